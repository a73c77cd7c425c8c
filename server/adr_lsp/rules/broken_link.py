"""
## What it does
Reports a relative link in a record to a file that does not exist. Only links that name a file with
an extension are looked up; addresses, links within the page, site-absolute paths (`/adr/23`),
handles (`@team`) and links that leave the root are not judged.

## Why
Records refer to each other by file name. When one is renamed, the trail of reasons ends.

## Example
````adr docs/adr/0002-bounded-queue.md
# 2. Bound the queue

This follows [the first decision](0001-queues.md).
                                  ^^^^^^^^^^^^^^ ADL206 `0001-queues.md` does not exist
````
````adr docs/adr/0001-use-queues.md
# 1. Use queues
````

## How to mend
Link the file under its present name:

````adr docs/adr/0002-bounded-queue.md
# 2. Bound the queue

This follows [the first decision](0001-use-queues.md).
````
````adr docs/adr/0001-use-queues.md
# 1. Use queues
````
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from adr_lsp.diagnostic import Severity
from adr_lsp.record import Record
from adr_lsp.rule import LOG, Finding, quoted, rule
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import unquoted

_PAGE_BESIDE = re.compile(r"[\w-]+\.mdx?")
_FILE = re.compile(r"[^/]*[^/.]\.(?=\w*[A-Za-z])\w{1,8}\Z")
_NO_FILE = re.compile(
    r"""[/\#@?]                             # absolute, within the page, a handle
      | [A-Za-z][A-Za-z0-9+.-]*:(?!\d+\Z)  # a scheme, not a line number
      | [^/\s]+@[^/\s]+\Z                  # a mail address
      | .*[{}<>$*|]                        # a template's place
    """,
    re.VERBOSE,
)
_LINE = re.compile(r":\d+(?::\d+)?\Z")
_DOMAINS = "com|org|net|io|dev|app|gov|edu|info|cloud|tech|ai|eu|uk|de|fr"
_HOST = re.compile(rf"(?:[\w-]+\.)+(?:{_DOMAINS})\Z")
_HOSTED = re.compile(r"(?:\A|/)(?:\.\./)+(?:blob|tree|raw|wiki|issues|pull|releases)/")
LONGEST = 1000  # no path is longer, and what is needs no search
_PAGES = (".md", ".mdx")


@rule("ADL206", "broken-link", Severity.WARNING, reads=LOG, doc=__doc__)
def broken_link(record: Record, snapshot: Snapshot) -> Iterator[Finding]:
    for link in record.links:
        path = linked_file(record, link.target)
        if path is not None and not _is_there(path, snapshot):
            yield Finding(link.target_range, f"{quoted(link.target, 60)} does not exist")


def linked_file(record: Record, target: str) -> str | None:
    """The path below the root that a link names, or None if it clearly names no file there."""
    if _PAGE_BESIDE.fullmatch(target) and len(target) <= LONGEST:
        return record.path[: record.path.rfind("/") + 1] + target  # as most links are
    if not target or len(target) > LONGEST or _NO_FILE.match(target):
        return None
    path = _LINE.sub("", unquoted(target.partition("#")[0].partition("?")[0]))
    if not _FILE.search(path) or _HOST.match(path.partition("/")[0]) or _HOSTED.search(path):
        return None
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(record.path), path))
    return None if joined.startswith("../") else joined


def _is_there(path: str, snapshot: Snapshot) -> bool:
    if snapshot.tree.exists(path):
        return True
    stem, suffix = posixpath.splitext(path)
    return suffix == ".html" and any(snapshot.tree.exists(stem + page) for page in _PAGES)
