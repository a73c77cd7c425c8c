"""What the editors are tested on: a workspace, the packaged client, and what is missing."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

import provision
from provision import need
from scaffold.once import once

HERE = Path(__file__).parent
PICTURES = provision.PROJECT / ".tools" / "pictures"
KEPT = provision.PROJECT / "docs" / "pictures"
RENEW = "ADR_LSP_PICTURES"  # `make pictures` sets it
WIDEST, LARGEST = 1100, 100_000
DEADLINE = 30
PLATFORMS = (
    *("linux-x64", "linux-arm64", "alpine-x64"),
    *("darwin-x64", "darwin-arm64", "win32-x64", "win32-arm64"),
)
PYTHON = Path(sys.executable).parent
ACTIVATED = {"PATH": f"{PYTHON}{os.pathsep}{os.environ['PATH']}"}
collect_ignore = ["workspace", "vscode", "neovim"]


@pytest.fixture(scope="session")
def pictures() -> Path:
    """Where screenshots go, for human eyes; not in version control."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    return PICTURES


def palette(image: Image.Image) -> Image.Image:
    """256 colours: the most frequent ones as they are, and some that are near all others."""
    counted = sorted(image.getcolors(1 << 24) or (), key=lambda each: -each[0])
    frequent = [channel for _, colour in counted[:160] for channel in colour]
    others = image.quantize(96, Image.Quantize.MAXCOVERAGE).getpalette() or []
    made = Image.new("P", (1, 1))
    made.putpalette(frequent + others)
    return made


def keep(picture: Path) -> Path:
    """A small version of a screenshot, beside it; with `make pictures` it becomes the docs' own,
    under the same name."""
    small = picture.parent / "small" / picture.name
    small.parent.mkdir(exist_ok=True)
    image = Image.open(picture).convert("RGB")
    image.thumbnail((WIDEST, WIDEST))
    image.quantize(palette=palette(image), dither=Image.Dither.NONE).save(small, optimize=True)
    assert small.stat().st_size < LARGEST, f"{small} is too large for the docs"
    if os.environ.get(RENEW):
        KEPT.mkdir(exist_ok=True)
        shutil.copy(small, KEPT / small.name)
    return small


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all workers, as there is one window for all tests that look at it."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def packaged(shared: Path) -> Path:
    """The client as users install it."""
    need("node", "client")
    packed = shared / "packaged"
    with once(packed) as is_first:
        if is_first:
            subprocess.run(
                [provision.NPM, "run", "--silent", "package"],
                cwd=provision.CLIENT,
                env=provision.environment(),
                check=True,
                capture_output=True,
            )
            packed.touch()
    return provision.PROJECT / "dist" / "adr-lsp.vsix"


@pytest.fixture(scope="session")
def bundles() -> dict[str, Path]:
    """The client with the server in it, by platform; built once for all that test it now."""
    need("node", "client", "wheels")
    built = [provision.PROJECT / "dist" / f"adr-lsp-{name}.vsix" for name in PLATFORMS]
    kept = provision.TOOLS / "bundled"
    with (provision.TOOLS / "bundled.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        digest = _sources_of_bundles()
        if not (kept.is_file() and kept.read_text() == digest and all(map(Path.is_file, built))):
            command = [sys.executable, provision.CLIENT / "bundle", "--all"]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stdout + done.stderr
            kept.write_text(digest)
    return dict(zip(PLATFORMS, built, strict=True))


@pytest.fixture(scope="session")
def bundled(bundles: dict[str, Path]) -> Path:
    """The one for this platform."""
    return bundles["linux-x64"]


def _sources_of_bundles() -> str:
    """What they are built from, as a digest."""
    kept = (".py", ".ts", ".md", ".json", ".toml", ".txt", ".js", ".png")
    out = ("node_modules", "dist")
    folders = (
        provision.PROJECT / "server",
        provision.CLIENT,
        provision.PROJECT / "docs" / "schema",
    )
    found = [file for folder in folders for file in folder.rglob("*") if file.suffix in kept]
    single = [provision.PROJECT / name for name in ("pyproject.toml", "CHANGELOG.md")]
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in single))
    for file in sorted(found):
        if not set(out).intersection(file.parts):
            digest.update(f"{file}".encode() + file.read_bytes())
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Observed:
    """What one editor showed, step by step."""

    steps: dict[str, Any] = field(repr=False)

    def __call__(self, step: str) -> Any:
        outcome = self.steps.get(step, {"failed": "two steps before failed"})
        assert "saw" in outcome, outcome["failed"]
        return outcome["saw"]


def read(observed: Path) -> Observed:
    return Observed(json.loads(observed.read_text()))


def recorded_copy(folder: Path) -> Path:
    """A copy of the workspace, after its tests ran and were recorded."""
    shutil.copytree(HERE / "workspace", folder)
    run_tests(folder)
    return folder


def run_tests(folder: Path) -> None:
    """Runs a workspace's tests as its author would, outside any editor."""
    environment = {key: os.environ[key] for key in os.environ if not key.startswith("PYTEST_")}
    subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
        cwd=folder,
        env=environment,
        check=True,
        capture_output=True,
    )


def wrong_ledger(recorded: Path, scratch: Path) -> Path:
    """A module that breaks the first invariant, to take the right one's place."""
    wrong = scratch / "wrong.py"
    right = (recorded / "ledger.py").read_text()
    wrong.write_text(right.replace("[-minor_units,", "[minor_units,"))
    return wrong
