"""Any other language: a comment in a file speaks for the whole file."""

from __future__ import annotations

from collections.abc import Collection

from adr_lsp.sources import coarse
from adr_lsp.sources.change import Change, Covered, Read
from adr_lsp.sources.language import Language, later

_SUFFIXES = """
c h cc cpp cxx hpp hh m mm swift cs vb fs fsx php dart proto groovy gradle kt kts scala sol zig d
nim odin rb sh bash zsh fish bats yaml yml toml tf hcl rego cue pl pm t r R jl ex exs nix cmake
graphql ps1 psm1 mk bzl star robot sql lua hs elm adb ads vhd vhdl sv ml mli v lean als dfy lisp
cl clj cljs scm el rkt smt2 asm s erl hrl thy pml smv coq
"""
_NAMES = ("Makefile", "makefile", "GNUmakefile", "Dockerfile", "Justfile", "justfile", "Rakefile")


def _what_changed(
    path: str, name: str, old: Read, new: Read, files: Collection[str], covered: Covered | None
) -> tuple[Change, ...]:
    """A rule of ast-grep rests on all that its run looked at."""
    from adr_lsp.sources.static.ast_grep import is_ast_grep_rule

    everything = is_ast_grep_rule(path, new(path) or b"")
    looked_at = dict.fromkeys(files, ()) if everything else covered
    return coarse.what_changed(path, name, old, new, files, looked_at)


PLAIN = Language(
    "plain",
    (*(f".{each}" for each in _SUFFIXES.split()), *_NAMES),
    read=later("adr_lsp.sources.plain.reading", "read"),
    what_changed=_what_changed,
)
