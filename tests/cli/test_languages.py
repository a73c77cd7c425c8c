"""The sample in three languages: a fault by hand shows at the line with its counterexample, taken
out it shows passed again without another run, and a weakened test makes the verdict stale."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

import provision
from cli.command import adr_lsp
from lsp.client import client
from provision import need

SAMPLE = provision.PROJECT / "adrs-sample"
LEFT = shutil.ignore_patterns(".adr-lsp", "node_modules", "target", "__pycache__", ".hypothesis")
ALL = {"start": {"line": 0, "character": 0}, "end": {"line": 999, "character": 0}}


@dataclass(frozen=True, slots=True)
class Seeded:
    """A fault in one line of code, and a weaker form of the test; `shows` is in the example."""

    invariant: str
    record: str
    code: str
    holds: str
    violates: str
    shows: str
    test: str
    strong: str
    weak: str
    tools: tuple[str, ...] = ()


PYTHON = Seeded(
    "ADR-0007/INV-2",
    "docs/adr/0007-round-fees-half-even.md",
    "ledger/fees.py",
    "gross + -charged",
    "gross + charged",
    "Money(",
    "tests/strategies.py",
    "priced = ties() | st.tuples(grosses, rates)",
    "priced = st.tuples(grosses, rates)",
)
TYPESCRIPT = Seeded(
    "ADR-0102/INV-2",
    "checkout/docs/adr/0102-check-out-as-a-workflow.md",
    "checkout/src/order.ts",
    '    this.#state = "cancelling";\n',
    "",
    "cancel (reply lost)",
    "checkout/tests/order.test.ts",
    '"works", "request lost", "reply lost");',
    '"works");',
    ("node", "javascript"),
)
RUST = Seeded(
    "ADR-0201/INV-3",
    "replica/docs/adr/0201-replicate-balances-as-counters.md",
    "replica/src/balance.rs",
    "(*known).max(count)",
    "*known + count",
    "Balance {",
    "replica/tests/replication.rs",
    "vec(each, 0..8)",
    "vec(each, 0..1)",
    ("cargo",),
)


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    copy = shutil.copyfile  # as of now: cargo takes older files for built ones
    root = shutil.copytree(SAMPLE, tmp_path / "sample", ignore=LEFT, copy_function=copy)
    if provision.JAVASCRIPT.is_dir():
        (root / "checkout" / "node_modules").symlink_to(provision.JAVASCRIPT / "node_modules")
    return root


def environment() -> dict[str, str]:
    """Where the tools are; the command line's own Python stays the first."""
    cargo = provision.cargo_environment()
    kept = {name: cargo[name] for name in cargo if name.startswith(("CARGO", "RUSTUP"))}
    path = (str(Path(sys.executable).parent), str(provision.BIN), os.environ["PATH"])
    return kept | {"PATH": os.pathsep.join(path)}


def verdict(root: Path, seeded: Seeded) -> tuple[str, str]:
    """The verdict on the invariant and the reason, as `--check` tells them."""
    found = adr_lsp(root, "--check", "-f", "json").json["invariants"]
    key = {f"{each['record']}/{each['id']}": each for each in found}[seeded.invariant]
    return key["verdict"], key["reason"]


def ran(root: Path, seeded: Seeded) -> None:
    done = adr_lsp(root, "run", seeded.invariant, **environment())
    assert done.code in (0, 1), done.err


def replaced(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text()
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
    (root / path).write_text(text.replace(old, new))


def hint(root: Path, seeded: Seeded) -> str:
    """What an editor shows at the end of the invariant's line."""
    file = root / seeded.record
    lines = file.read_text().splitlines()
    line = next(n for n, text in enumerate(lines) if seeded.invariant.partition("/")[2] in text)
    with client(cwd=root) as editor:
        editor.initialize(root)
        editor.open(file)
        hints = editor.on("inlayHint", file.as_uri(), range=ALL)
    return next(each["label"] for each in hints if each["position"]["line"] == line)


@pytest.mark.parametrize("seeded", [PYTHON, TYPESCRIPT, RUST], ids=["python", "typescript", "rust"])
def test_a_fault_in_one_line_shows_and_goes(sample: Path, seeded: Seeded) -> None:
    need(*seeded.tools)
    assert verdict(sample, seeded)[0] == "not-run"
    ran(sample, seeded)
    assert verdict(sample, seeded)[0] == "passed"
    replaced(sample, seeded.test, seeded.strong, seeded.weak)
    assert verdict(sample, seeded)[0] == "stale"
    assert hint(sample, seeded).startswith("◐ stale: ")
    (sample / seeded.test).write_bytes((SAMPLE / seeded.test).read_bytes())
    assert verdict(sample, seeded)[0] == "passed"
    replaced(sample, seeded.code, seeded.holds, seeded.violates)
    assert verdict(sample, seeded)[0] == "stale"
    ran(sample, seeded)
    said = verdict(sample, seeded)
    assert said[0] == "failed"
    assert seeded.shows in said[1]
    assert hint(sample, seeded).startswith("✗ ")
    (sample / seeded.code).write_bytes((SAMPLE / seeded.code).read_bytes())
    assert verdict(sample, seeded)[0] == "passed"
    assert hint(sample, seeded).startswith("✓ 1 test, ")
