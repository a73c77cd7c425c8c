"""Where the headings of a text stand, told by its lines alone: most texts need no parser for that.

Says exactly what parsing the whole text says, or nothing at all. A `#` in the first column ends
whatever stands before it but fenced code and HTML, so the parts between such lines can be parsed
each on its own, and most need not be.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain

from adr_lsp.value import dataclass

_SIGN = (
    r"(?=[#`~=<\- \t])(?:"
    r"(?P<heading>\#{1,6})(?:[ \t]++(?P<title>[^\n`*_\[\]<&\\!~\#]*+)(?=\n|\Z)|(?=[ \t\n]|\Z))"
    r"|(?P<indent>[ \t]*)(?P<fence>`{3,}|~{3,})"
    r"|(?P<under>[ ]{0,3}(?:=+|-+)[ \t]*(?=\n|\Z))"
    r"|(?P<before>[ ]{0,3})<(?P<tag>!--|[A-Za-z]+|[/!?])"
    r"|(?P<odd>[ ]{1,3}\#{1,6}(?=[ \t\n]|\Z)))"
)
HEADING, TITLE = 1, 2  # groups: by number they cost less
_AT_START = re.compile(_SIGN)
_ON_LINE = re.compile(r"\n" + _SIGN)
_VERBATIM_TAGS = frozenset({"pre", "script", "style", "textarea", "!", "?"})
_UNLIKE_TAGS = ("\n#", "```", "~~~", "<!--")
_FENCES = ("```", "~~~")


@dataclass(
    slots=True, eq=False
)  # not frozen, like all that is made by the thousand: a third of the cost
class Heading:
    """A heading outside quotes and lists; its events reach from `event` to before `after`,
    where all of the text was parsed. An empty level says that its line has yet to be parsed."""

    level: int
    title: str
    start: int
    end: int
    event: int = 0
    after: int = 0


@dataclass(slots=True, eq=False)
class Sketch:
    """The headings, and the stretches of code and comments."""

    headings: list[Heading]
    verbatim: list[tuple[int, int]]


def sketch(content: str) -> Sketch | None:
    """The headings outside quotes and lists; None where only the parser can tell.

    A definition of a link concerns the whole text, so there is none here.
    """
    if "\r" in content or "\0" in content or _defines_links(content):
        return None
    headings: list[Heading] = []
    verbatim: list[tuple[int, int]] = []
    after = 0
    first = _AT_START.match(content)
    signs = _ON_LINE.finditer(content)
    for found in chain((first,), signs) if first else signs:
        place = found.start() + 1 if found is not first else 0
        if place < after:
            continue
        if found[HEADING]:
            headings.append(_heading(found, place))
            continue
        end = _past(content, found, place)
        if end is None:
            return None
        if end:
            verbatim.append((place, end))
            after = end
    return Sketch(headings, verbatim) if _no_other_fence(content, verbatim) else None


def _defines_links(content: str) -> bool:
    """Whether `]:` stands there; a search for one character is many times as fast as for two."""
    found = content.find("]")
    while found >= 0:
        if content.startswith(":", found + 1):
            return True
        found = content.find("]", found + 1)
    return False


def _heading(found: re.Match[str], place: int) -> Heading:
    marks, title = found.group(HEADING, TITLE)
    if title is None:
        return Heading(0, "", place, place)
    bare = title.rstrip()
    end = found.start(TITLE) + len(bare) if bare else place + len(marks)
    return Heading(len(marks), bare, place, end)


def _past(content: str, found: re.Match[str], start: int) -> int | None:
    """Where code or a comment ends; 0 for what is neither, None where only the parser can tell."""
    if found["fence"]:
        return _past_fence(content, found)
    if found["tag"] == "!--":
        return _past_comment(content, found, start)
    if found["tag"] and found["tag"].lower() not in _VERBATIM_TAGS:
        blank = content.find("\n\n", start)
        block = content[start : blank if blank >= 0 else len(content)]
        return None if any(sign in block for sign in _UNLIKE_TAGS) else 0
    alone = found["under"] and (start < 2 or content[start - 2] == "\n")
    return 0 if alone else None


def _past_fence(content: str, found: re.Match[str]) -> int | None:
    indent, fence = found["indent"], found["fence"]
    line_end = content.find("\n", found.end())
    info = content[found.end() : line_end] if line_end >= 0 else ""
    if line_end < 0 or "`" in info or "\t" in indent:
        return None
    closing = _closing(len(indent), fence[0], len(fence))
    closed = closing.match(content, line_end) if indent else closing.search(content, line_end)
    if closed is None or (len(indent) > 3 and "](" in closed.group()):
        return None
    return closed.end()


@lru_cache(maxsize=64)
def _closing(indent: int, sign: str, length: int) -> re.Pattern[str]:
    """The line that closes a fence; from where it opens where both may stand in an item."""
    if not indent:
        return re.compile(rf"\n[ ]{{0,3}}{sign}{{{length},}}[ \t]*(?=\n|\Z)")
    lead = f"[ ]{{{indent}}}"
    return re.compile(
        rf"(?:\n(?:{lead}(?![ \t]*(?:```|~~~))[^\n]*+|[ \t]*+(?=\n)))*+"
        rf"\n{lead}{sign}{{{length},}}[ \t]*(?=\n|\Z)"
    )


def _past_comment(content: str, found: re.Match[str], start: int) -> int | None:
    closing = content.find("-->", found.end())
    if closing < 0:
        return None
    line_end = content.find("\n", closing)
    end = line_end if line_end >= 0 else len(content)
    lead = found["before"]
    if lead and any(
        line.strip() and not line.startswith(lead) for line in content[start:end].split("\n")
    ):
        return None
    return end


def _no_other_fence(content: str, verbatim: list[tuple[int, int]]) -> bool:
    """No fence begins in the middle of a line, behind the marker of an item say."""
    for fence in _FENCES:
        if fence[0] in content and fence in content:
            start = 0
            for first, last in (*verbatim, (len(content), len(content))):
                if content.find(fence, start, first) >= 0:
                    return False
                start = last
    return True
