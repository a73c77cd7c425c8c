"""Every language decides the same and says it in the same words."""

from __future__ import annotations

import re

import pytest

from adr_lsp.scaffold import METHODS, PATTERNS
from adr_lsp.scaffold.python.shapes import SHAPES as PYTHON
from adr_lsp.scaffold.rust.shapes import MACHINE_SHAPES, SHAPES
from adr_lsp.scaffold.typescript.shapes import SHAPES as TYPESCRIPT
from scaffold.memory import Files, refused, written

ADR = "docs/adr/0007-money.md"
LIB = {"Cargo.toml": '[package]\nname = "shop"\nversion = "0.1.0"\nedition = "2021"\n'}
PROJECTS: dict[str, tuple[str, Files]] = {
    "python": ("money:nothing", {"money.py": "def nothing() -> None: ...\n"}),
    "typescript": (
        "src/money.ts:nothing",
        {"package.json": "{}", "src/money.ts": "export function nothing(): void {}\n"},
    ),
    "rust": ("crate::nothing", {**LIB, "src/lib.rs": "pub fn nothing() {}\n"}),
}
LANGUAGE = pytest.mark.parametrize("language", PROJECTS)


def project(language: str, invariant: str) -> Files:
    target, files = PROJECTS[language]
    item = f"- **INV-1**{invariant}\n  - Target: `{target}`\n"
    return {**files, ADR: f"# 7. Money\n\n## Invariants\n\n{item}"}


def test_every_language_has_a_shape_of_the_same_patterns() -> None:
    assert set(PYTHON) == set(TYPESCRIPT) == {*SHAPES, *MACHINE_SHAPES}


@pytest.mark.parametrize("pattern", sorted(set(PATTERNS) - set(PYTHON)))
def test_what_no_property_shows_is_refused_with_the_method_that_suits(pattern: str) -> None:
    said = {refused(project(each, f" *({pattern})*: Nothing is lost.")) for each in PROJECTS}
    assert len(said) == 1
    better = re.search(r"; the method `([\w-]+)` suits it$", said.copy().pop())
    assert better
    assert better[1] in set(METHODS) - {"property", "state-machine"}
    assert ". " not in said.pop()


@LANGUAGE
def test_what_only_the_wording_suggests_is_said_in_the_test(language: str) -> None:
    assert "`durability` is no property to test so" in text(language, ": No write is lost.")


@LANGUAGE
@pytest.mark.parametrize("pattern", ["bounds", "ordering", "conservation", "append-only"])
def test_a_target_of_the_wrong_shape_is_said_in_one_sentence(language: str, pattern: str) -> None:
    said = text(language, f" *({pattern})*: Nothing is lost.")
    assert f"`nothing` cannot be tested for `{pattern}`, which needs " in said


@LANGUAGE
def test_a_second_time_is_refused(language: str) -> None:
    files = written(project(language, ": Nothing is lost."))
    assert re.search(r" already stands in \S+$", refused(files))


def text(language: str, invariant: str) -> str:
    """The test that is written, its notes in one line."""
    files = project(language, invariant)
    new = {path: test for path, test in written(files).items() if test != files.get(path)}
    test = next(each for path, each in new.items() if "test" in path)
    assert "not implemented: ADR-0007/INV-1" in test
    return re.sub(r"\n +(?:#|//) +", " ", test)


REFUSING: dict[str, tuple[str, Files]] = {
    "python": (
        "fares:fare",
        {"fares.py": "def fare(minutes: int) -> int:\n    if minutes < 0:\n"
                     "        raise ValueError\n    return minutes\n"},
    ),
    "typescript": (
        "src/fares.ts:fare",
        {"package.json": "{}", "src/fares.ts": "export function fare(minutes: number): number {\n"
         "  if (minutes < 0) throw new RangeError();\n  return minutes;\n}\n"},
    ),
    "rust": (
        "crate::fare",
        {**LIB, "src/lib.rs": "pub fn fare(minutes: i64) -> Result<i64, String> {\n"
         "    if minutes < 0 { Err(String::new()) } else { Ok(minutes) }\n}\n"},
    ),
}  # fmt: skip


@LANGUAGE
@pytest.mark.parametrize("pattern", ["bounds", "monotonic"])
def test_what_the_target_refuses_is_said(language: str, pattern: str) -> None:
    target, files = REFUSING[language]
    item = f"- **INV-1** *({pattern})*: A fare is at least 0.\n  - Target: `{target}`\n"
    after = written({**files, ADR: f"# 7. Fares\n\n## Invariants\n\n{item}"})
    assert any("`fare` refuses some values" in test for test in after.values())
