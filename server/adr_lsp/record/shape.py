"""What a file looks like before it is parsed: a decision, a template, or neither.

Asked only of files whose name and folder leave it open whether they are records.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import cache

from adr_lsp.record.heading import HEADS_STATUS
from adr_lsp.record.yaml_value import Value, texts
from adr_lsp.value import dataclass

_MAX_SIZE = 64 * 1024
_TOP = 3000
_HEADINGS = (
    "context|context and problem statement|problem statement|problem|decisions?|decision outcome"
    "|decision drivers|consequences|considered options|options considered|alternatives?"
    "|alternatives? considered|motivation|rationale|drawbacks|proposal|prior art|goals|non[- ]goals"
    "|(?:open|unresolved) questions|trade-?offs(?: and mitigations)?|risks and mitigations"
    "|contexte|décision|conséquences|kontext|entscheidung|konsequenzen|contexto|decisión|decisão"
    "|consecuencias|consequências|맥락|컨텍스트|배경|결정|결과|背景|决策|决定|後果|后果|決定|影響|コンテキスト|結果|контекст|решение"
)
_TITLED = re.compile(
    r"^(?:title:|#{1,2} )[^\n]{0,40}\b(?:ADR[-_ #]?\d|architectur\w+ decision record)",
    re.IGNORECASE | re.MULTILINE,
)
_CALLED = re.compile(r"# \W*(ADR|RFC|KEP)[-_ #]?0*(\d{1,9})\b", re.IGNORECASE)
_PLACEHOLDER = r"(?:\{[^{}\n]*\}|\{\{\{?[^{}\n]*\}\}\}?|\[[^\]\n]*\]|<[^>\n]*>)"


@dataclass(frozen=True, slots=True)
class Shape:
    """`headings` counts the different ones that decisions have; `titled` says that a title or the
    top calls it an ADR, `called` is the key in its title, `("ADR", 7)`. `folders` are those that
    a settings file of a tool for decision records names, relative to the root."""

    status: bool = False
    headings: int = 0
    titled: bool = False
    template: bool = False
    called: tuple[str, int] | None = None
    folders: tuple[str, ...] = ()

    @property
    def decides(self) -> bool:
        return not self.template and self.status + self.headings > 1

    @property
    def hints(self) -> bool:
        """Enough where the name says already what the file is."""
        return not self.template and (self.status or self.titled or self.headings > 0)


NO_SHAPE = Shape()
SETTINGS = (".adr-dir", ".log4brains.yml")


def shape_of(path: str, raw: bytes) -> Shape:
    """The shape of a file, of which only the beginning is read."""
    content = raw[:_MAX_SIZE].decode("utf-8-sig", errors="replace")
    name = posixpath.basename(path)
    if name in SETTINGS:
        read = _adr_tools if name == ".adr-dir" else _log4brains
        return Shape(folders=tuple(_inside(posixpath.dirname(path), read(content))))
    status, heading, placeholder = _patterns()
    found = {each[1].lower() for each in heading.finditer(content)}
    title = next((line for line in content.splitlines() if line.startswith("# ")), "")
    template = placeholder.fullmatch(title) is not None
    top = content[:_TOP]
    titled = _TITLED.search(top) is not None
    named = _CALLED.match(title)
    called = (named[1].upper(), int(named[2])) if named else None
    return Shape(status.search(top) is not None, len(found), titled, template, called)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """A place for a status, a heading of a decision, and a title that nobody wrote yet."""
    lead, label = (
        r"(?:[^\w\s#]{1,4}[ \t]+)?(?:\d+\.?[ \t]+)?[*_]*",
        f"(?:{'|'.join(sorted(HEADS_STATUS))})",
    )
    flags = re.IGNORECASE | re.MULTILINE
    status = (
        rf"^[ \t>]{{0,4}}(?:[*+-][ \t]+|\|[ \t]*)?[*_]*{label}[*_]*[ \t]*[:|]"
        rf"|^#{{1,3}}[ \t]+{lead}{label}\b"
    )
    heading = rf"^#{{1,3}}[ \t]+{lead}({_HEADINGS})[*_]*:?[ \t]*\r?$"
    title = rf"# (?:\W*(?:adr|rfc|pdr|number|nnnn?|xxxx?)?[-:. \d]*{_PLACEHOLDER})+\W*"
    return re.compile(status, flags), re.compile(heading, flags), re.compile(title, re.IGNORECASE)


def _adr_tools(content: str) -> Iterator[str]:
    """One line with a folder."""
    yield next(iter(content.split("\n")), "").strip()


def _log4brains(content: str) -> Iterator[str]:
    """`project.adrFolder`, and `adrFolder` of each of `project.packages`."""
    from adr_lsp.record.guarded_yaml import guarded_fields  # PyYAML is slow to import

    for key, value in guarded_fields(content, 0).fields or ():
        if key.text == "project":
            yield from _adr_folders(value)


def _adr_folders(value: Value) -> Iterator[str]:
    for key, item in zip(value.keys, value.items, strict=False):
        if key.text == "adrFolder":
            yield from (text.text for text in texts(item))
        elif key.text == "packages":
            for package in item.items:
                yield from _adr_folders(package)


def _inside(base: str, folders: Iterator[str]) -> Iterator[str]:
    """Those that lie in the root, and are not all of it."""
    for folder in folders:
        path = posixpath.normpath(posixpath.join(base, folder)) if folder else "."
        if not path.startswith(("..", "/")) and path != ".":
            yield path
