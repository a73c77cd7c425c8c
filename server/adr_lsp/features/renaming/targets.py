"""Links and names of files in a page: those that follow a file, and those that only look so."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, unquote

from adr_lsp.features.renaming.model import Found
from adr_lsp.features.renaming.pages import Page
from adr_lsp.features.renaming.paths import Moves, anew, meant_by, spoken
from adr_lsp.record.declaration import id_pattern
from adr_lsp.record.key import stem_of

WAY = r"(?:<(?P<angle>[^<>\n]*)>|(?P<plain>(?:\\.|[^\s()<>\\]|\([^\s()<>]*\))+))"
_INLINE = re.compile(rf"\]\(\s*{WAY}")
_DEFINITION = re.compile(
    r"^[ >]*\[(?P<label>[^\[\]\n]{1,300})\]:[ \t]*\n?[ \t]*"
    r"(?:<(?P<angle>[^<>\n]*)>|(?P<plain>\S+))",
    re.MULTILINE,
)
_ATTRIBUTE = re.compile(
    r"\b(?:href|src|to|from|import)(?:\s*[=(]\s*|\s+)(?P<quote>[\"'])(?P<angle>[^\"'\n]*)(?P=quote)"
)
_SIGNS = r"[\w.@+~%/-]"
_FRAGMENT = re.compile(r"[#?]")

ADDRESS = "is in an address"
NOWHERE_THERE = "does not lead there"
IN_CODE = "is in a text of code"


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link leads: its path without fragment, as it stands at `start`. `plain`: spaces need
    no escape."""

    start: int
    written: str
    rest: str
    plain: bool

    @property
    def end(self) -> int:
        return self.start + len(self.written)


def targets(page: Page) -> Iterator[Target]:
    """The targets of links, images, definitions and attributes."""
    for form in (_INLINE, _DEFINITION, _ATTRIBUTE) if page.markdown else ():
        for first, last in page.parts:
            for found in form.finditer(page.text.content, first, last):
                yield _target(found)


def _target(found: re.Match[str]) -> Target:
    kind = "plain" if found.groupdict().get("plain") is not None else "angle"
    whole = found[kind]
    cut = _FRAGMENT.search(whole)
    at = cut.start() if cut else len(whole)
    return Target(found.start(kind), whole[:at], whole[at:], kind == "angle")


def way(found: re.Match[str]) -> str:
    """The target as it stands, with its fragment; nothing where the form has none."""
    groups = found.groupdict()
    return groups.get("plain") or groups.get("angle") or ""


def definitions(page: Page) -> dict[str, str]:
    """The targets of links that are named: `[x]: 0012-x.md`, by name."""
    found: dict[str, str] = {}
    for first, last in page.parts if page.markdown else ():
        for each in _DEFINITION.finditer(page.text.content, first, last):
            found.setdefault(each["label"].lower(), way(each))
    return found


def retargeted(moves: Moves, page: Page) -> Iterator[Found]:
    """Every target that leads to what moves, or away from a page that does."""
    leaves = posixpath.dirname(moves.after(page.path)) != posixpath.dirname(page.path)
    for target in targets(page):
        meant = meant_by(moves, page.path, target.written)
        if meant is None:
            continue
        if moves.moved(meant.path) or (leaves and meant.cut is None):
            new = anew(moves, meant, target.written, page.path, plain=target.plain)
            if new is None:
                yield Found(target.start, target.end, None, NOWHERE_THERE)
            elif _differs(new, target.written):
                yield Found(target.start, target.end, new)


def _differs(new: str, written: str) -> bool:
    return posixpath.normpath(spoken(new)) != posixpath.normpath(spoken(written))


def mentioned(moves: Moves, page: Page) -> Iterator[Found]:
    """Names of files that move, wherever they stand by themselves."""
    form = _form(moves.odd)
    for first, last in page.parts:
        for start, token in _tokens(moves, form, page.text.content, first, last):
            yield from _mention(moves, page, start, token)
    for first, last in _between(page) if page.code else ():
        for start, token in _tokens(moves, form, page.text.content, first, last):
            if "." in posixpath.basename(token):
                for each in _mention(moves, page, start, token):
                    yield Found(each.start, each.end, None, IN_CODE)


def _tokens(
    moves: Moves, form: re.Pattern[str], content: str, first: int, last: int
) -> Iterator[tuple[int, str]]:
    """Every path that may name what moves, and where it begins."""
    names = moves.names
    for found in form.finditer(content, first, last):
        token = found.group()
        if token[token.rfind("/") + 1 :].rstrip(".-") in names or "/" in token or "%" in token:
            token = _stripped(token, moves.snapshot.config.prefixes)
            name = token[token.rfind("/") + 1 :]
            if (unquote(name) if "%" in name else name) in names:
                yield found.start(), token


def _between(page: Page) -> Iterator[tuple[int, int]]:
    start = 0
    for first, last in page.parts:
        yield start, first
        start = last
    yield start, len(page.text.content)


@lru_cache(maxsize=8)
def _form(odd: tuple[str, ...]) -> re.Pattern[str]:
    """A path; a name with a space is found only by itself."""
    names = "|".join(map(re.escape, sorted(odd, key=len, reverse=True)))
    return re.compile(rf"(?:{_SIGNS}*/)?(?:{names})(?!\w)|{_SIGNS}+" if odd else rf"{_SIGNS}+")


def _stripped(token: str, prefixes: tuple[str, ...]) -> str:
    """Without what ends a sentence, and without ids behind it."""
    token = token.rstrip(".-")
    head, _, last = token.rpartition("/")
    while head and (not last or _id(prefixes).fullmatch(last)):
        token = head
        head, _, last = token.rpartition("/")
    return token


@lru_cache(maxsize=16)
def _id(prefixes: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(id_pattern(prefixes))


def _mention(moves: Moves, page: Page, start: int, token: str) -> Iterator[Found]:
    name = posixpath.basename(token)
    named = moves.names[unquote(name) if "%" in name else name]
    end = start + len(token)
    if token.startswith("//") and page.text.content[start - 1 : start] == ":":
        if any(_is_address_of(token, path) for path in named):
            yield Found(end - len(name), end, None, ADDRESS)
        return
    if "/" not in token:
        yield from _bare(moves, page, start, name, named)
        return
    meant = meant_by(moves, page.path, token, loose=True)
    if meant is None:
        records = moves.snapshot.log.records
        if any(path in records and stem_of(path) in token for path in named):
            yield Found(end - len(name), end, None, NOWHERE_THERE)
    elif moves.moved(meant.path):
        new = anew(moves, meant, token, page.path, plain=True)
        if new is None:
            yield Found(start, end, None, NOWHERE_THERE)
        elif _differs(new, token):
            yield Found(start, end, new)


def _is_address_of(token: str, path: str) -> bool:
    stem = posixpath.splitext(path)[0]
    return posixpath.splitext(token)[0].endswith(f"/{stem}")


def _bare(
    moves: Moves, page: Page, start: int, name: str, named: tuple[str, ...]
) -> Iterator[Found]:
    """A name without a folder: the file beside the page, a record's stem, else the only file that
    is called so. A change of the folder alone leaves it."""
    plain = unquote(name)
    renamed = [path for path in named if _called(moves.after(path), path, plain) != plain]
    if not renamed:
        return
    meant = _alone(moves, page.path, plain, named)
    if meant is None:
        yield Found(start, start + len(name), None)
    elif meant in renamed:
        new = _called(moves.after(meant), meant, plain)
        yield Found(start, start + len(name), quote(new) if "%" in name else new)


def _alone(moves: Moves, page: str, name: str, named: tuple[str, ...]) -> str | None:
    """The path that a lone name means; None if it may be several."""
    beside = posixpath.join(posixpath.dirname(page), name)
    if moves.snapshot.tree.exists(beside):
        return beside
    stems = {stem_of(path) for path in named if path in moves.snapshot.log.records}
    for stem in stems:
        found = moves.snapshot.log.resolve(stem, None, page)
        return found.record.path if found.record else None
    only = moves.alike.get(name, ())
    return only[0] if len(only) == 1 else None


def _called(path: str, before: str, name: str) -> str:
    """What a file or a record that was called `name` is called at its new path; a folder is not
    called by a lone name."""
    base, stem = posixpath.basename(before), stem_of(before)
    own = base.startswith(stem)
    if name == base and posixpath.splitext(base)[1]:
        return posixpath.basename(path)
    if name.startswith(stem) and (own or name == stem) and posixpath.splitext(base)[1]:
        return stem_of(path) + name[len(stem) :]
    return name
