"""Where comments stand in a file of code, told by its suffix alone.

A short lexer for each family of languages: it passes over texts, so that a sign in a text begins no
comment. Docstrings of Python count as comments, without what stands in fences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_DOUBLE = r'"(?:[^"\\\n]|\\.)*"'
_SINGLE = r"'(?:[^'\\\n]|\\.)*'"
_CHARACTER = r"'(?:\\[^\n]{1,8}?|[^'\\\n])'"
_BACKTICK = r"`(?:[^`\\]|\\[\s\S])*`"
_LONG = r'"""[\s\S]*?(?:"""|\Z)|\'\'\'[\s\S]*?(?:\'\'\'|\Z)'
_DOC = rf"(?m:^)[ \t]*[rRuU]?(?P<doc>{_LONG})"
_SLASHES = r"(?P<comment>//[^\n]*|/\*[\s\S]*?(?:\*/|\Z))"
_HASH = r"(?P<comment>(?<![$&{\\])#[^\n]*)"

_FAMILIES: tuple[tuple[str, str], ...] = (
    (
        "js jsx ts tsx mjs cjs mts cts vue svelte c h cc cpp cxx hpp hh java go swift cs php dart"
        " proto groovy gradle m mm css scss less jsonc json5 kt kts sol zig",
        rf"{_SLASHES}|{_DOUBLE}|{_SINGLE}|{_BACKTICK}",
    ),
    ("rs scala fs fsx", rf"{_SLASHES}|{_DOUBLE}|{_CHARACTER}"),
    ("py pyi", rf"{_DOC}|{_HASH}|{_LONG}|{_DOUBLE}|{_SINGLE}"),
    (
        "rb sh bash zsh fish yaml yml toml tf hcl pl pm r jl ex exs nix cmake graphql ps1 mk bzl"
        " star conf properties cfg ini env",
        rf"{_HASH}|{_DOUBLE}|{_SINGLE}",
    ),
    (
        "sql lua hs elm adb ads vhd vhdl",
        r"(?P<comment>--\[\[[\s\S]*?(?:\]\]|\Z)|--[^\n]*|/\*[\s\S]*?(?:\*/|\Z)"
        rf"|\{{-[\s\S]*?(?:-\}}|\Z))|{_DOUBLE}|{_SINGLE}",
    ),
    ("tla", rf"(?P<comment>\\\*[^\n]*|\(\*[\s\S]*?(?:\*\)|\Z))|{_DOUBLE}"),
    ("ml mli v lean als dfy", rf"(?P<comment>\(\*[\s\S]*?(?:\*\)|\Z)|//[^\n]*|--[^\n]*)|{_DOUBLE}"),
    ("lisp cl clj cljs scm el rkt smt2 asm s", rf"(?P<comment>;[^\n]*)|{_DOUBLE}"),
    ("tex erl hrl", r"(?P<comment>(?<!\\)%[^\n]*)"),
    ("html htm xml svg", r"(?P<comment><!--[\s\S]*?(?:-->|\Z))"),
    ("json lock csv tsv", r"(?!)(?P<comment>)"),
)
_ANY = re.compile(
    r"""^[ \t]*(?P<comment>(?:\#|//|--|;|%|\\\*|\(\*|/\*|\*|<!--|dnl\b|REM\b|')[^\n]*)""",
    re.MULTILINE,
)
_BY_SUFFIX = {suffix: re.compile(form) for names, form in _FAMILIES for suffix in names.split()}
_FENCED = re.compile(r"^[ \t]*(`{3,}|~{3,})[^\n]*\n(?:[\s\S]*?^[ \t]*\1[`~]*[ \t]*$|[\s\S]*)", re.M)


def comments(path: str, content: str) -> Iterator[tuple[int, int]]:
    """The offsets of each comment, with its signs."""
    name = path.rpartition("/")[2]
    form = _BY_SUFFIX.get(name.rpartition(".")[2].lower() if "." in name else "", _ANY)
    documented = "doc" in form.groupindex
    for found in form.finditer(content):
        if found["comment"]:
            yield found.span("comment")
        elif documented and found["doc"]:
            yield from _unfenced(content, *found.span("doc"))


def titles(path: str, content: str) -> Iterator[tuple[int, int]]:
    """The texts that may be titles of tests; none in Python, whose tests have no titles."""
    suffix = path.rpartition(".")[2].lower()
    if suffix not in ("js", "jsx", "ts", "tsx", "mjs", "cjs", "mts", "cts"):
        return
    for found in _BY_SUFFIX[suffix].finditer(content):
        if not found["comment"]:
            yield found.span()


def _unfenced(content: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for fence in _FENCED.finditer(content, start, end):
        if start < fence.start():
            yield start, fence.start()
        start = fence.end()
    if start < end:
        yield start, end
