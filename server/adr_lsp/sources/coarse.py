"""What a test rests on in a language whose definitions are not told apart: whole files."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from adr_lsp.sources.change import Change, Covered, Memo, Read


def what_changed(
    path: str, _name: str, old: Read, new: Read, _files: Collection[str], covered: Covered | None
) -> tuple[Change, ...]:
    """The test's file and those that ran, each as a whole."""
    paths = sorted({path, *(covered or ())})
    return tuple(Change("unparsed", path, "") for path in paths if old(path) != new(path))


def definition_digest(_path: str, raw: bytes, _name: str) -> str | None:
    import hashlib  # it loads a library that most checks do not need

    return hashlib.sha256(raw).hexdigest()


def vacuity(
    _path: str, _name: str, _read: Read, _files: Collection[str], _pattern: str | None, _memo: Memo
) -> str | None:
    """Nobody can say that the test cannot fail."""
    return None


def around(_path: str) -> Iterable[str]:
    return ()
