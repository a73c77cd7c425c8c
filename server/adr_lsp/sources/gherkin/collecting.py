"""Which scenarios a feature holds, read line by line: a half-typed line loses no other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field

from adr_lsp.sources.code import Code
from adr_lsp.sources.gherkin.keywords import keywords
from adr_lsp.sources.places import Mark, Outline, Place
from adr_lsp.value import dataclass

_LANGUAGE = re.compile(rb"[ \t]*#[ \t]*language[ \t]*:[ \t]*([\w-]+)")
_TAG = re.compile(rb"@[^\s@#]+")
_LEVELS = {"feature": 0, "rule": 1, "scenario": 2, "background": 2}
_TEXTS = (b'"""', b"```")


@dataclass(frozen=True, slots=True)
class _Section:
    """A feature, rule, scenario or background: where its tags begin, its keyword, its title."""

    kind: str
    start: int
    head: int
    title: tuple[int, int]
    marks: tuple[Mark, ...]
    examples: list[Mark] = field(default_factory=list)


@dataclass(slots=True)
class _Read:
    """What was read so far: sections, comments, and the tags since the last section."""

    kinds: dict[bytes, str]
    sections: list[_Section] = field(default_factory=list)
    comments: list[tuple[int, int]] = field(default_factory=list)
    tags: list[Mark] = field(default_factory=list)
    fence: bytes = b""


def outline(code: Code) -> Outline:
    """Every feature, rule and scenario of a file, with its comments."""
    read = _Read(_kinds(b"en"))
    byte = 0
    for line in code.data.splitlines(keepends=True) if code.data else ():
        _take(read, byte, line)
        byte += len(line)
    return Outline(code, _places(code, read.sections), read.comments)


def _kinds(language: bytes) -> dict[bytes, str]:
    named = keywords(language.decode(errors="replace"))
    return {word.encode(): kind for word, kind in named.items()}


def _take(read: _Read, byte: int, line: bytes) -> None:
    bare = line.strip()
    first = byte + len(line) - len(line.lstrip())
    if bare.startswith(_TEXTS):
        read.fence = b"" if bare[:3] == read.fence else read.fence or bare[:3]
    elif read.fence or not bare:
        return
    elif bare.startswith(b"#"):
        said = _LANGUAGE.match(line)
        if said and not read.sections:
            read.kinds = _kinds(said[1])
        read.comments.append((first, first + len(bare)))
    elif bare.startswith(b"@"):
        found = _TAG.finditer(line, 0, _beside(line))
        read.tags += (Mark(byte + tag.start(), byte + tag.end(), "marker") for tag in found)
        if _beside(line) < len(line):
            read.comments.append((byte + _beside(line), byte + len(line.rstrip())))
    else:
        _begin(read, first, bare)


def _beside(line: bytes) -> int:
    """Where a comment behind tags begins, or the line's end."""
    at = line.find(b" #")
    return at + 1 if at >= 0 else len(line)


def _begin(read: _Read, first: int, bare: bytes) -> None:
    """A section, if the line begins one; tags before anything else mean nothing."""
    word, sign, rest = bare.partition(b":")
    kind = read.kinds.get(word) if sign else None
    if kind == "examples":
        if read.sections:
            read.sections[-1].examples.extend(read.tags)
    elif kind:
        title = first + len(word) + 1 + len(rest) - len(rest.lstrip())
        start = min([first, *(tag.start for tag in read.tags)])
        span = (title, first + len(bare))
        read.sections.append(_Section(kind, start, first, span, tuple(read.tags)))
    read.tags = []


def _places(code: Code, sections: list[_Section]) -> Iterator[Place]:
    ends = [len(code.data)] * len(_LEVELS)
    for section in reversed(sections):
        level = _LEVELS[section.kind]
        end = ends[level]
        ends[level:] = [section.start] * (len(ends) - level)
        if section.kind != "background":
            yield _place(code, section, end)


def _place(code: Code, section: _Section, end: int) -> Place:
    scenario = section.kind == "scenario"
    title = code.data[slice(*section.title)].decode(errors="replace") if scenario else ""
    named = Mark(*section.title, "title")
    return Place(
        start=section.start,
        head=section.head,
        end=end,
        name=section.title,
        title=title,
        method="example" if scenario else None,
        marks=(*section.marks, named, *section.examples),
    )
