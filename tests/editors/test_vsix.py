"""The packages of the extension, one per platform: that each holds all that its server needs, made
for that platform and each Python, and that the one for this platform runs."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import struct
import subprocess
import sys
import tomllib
import zipfile
from email.message import Message
from email.parser import HeaderParser
from pathlib import Path, PurePosixPath

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from PIL import Image

import provision
from adr_lsp import __version__
from editors.conftest import PLATFORMS
from lsp.client import client
from recorders.test_interpreters import NEW, OLD, environment, interpreter

MINORS = (11, 12, 13, 14)
WITHOUT = {"win32-arm64": (11,)}  # no PyYAML for it
LOCK = provision.CLIENT / "bundled" / "requirements.txt"
# Tests import it, in an environment of their own.
NOT_BUNDLED = {"hypothesis"}
LIBS = "extension/bundled/libs"
NATIVE = re.compile(r"\.(so(\.\d+)*|pyd|dll|dylib)$")
# Which wheels run there, what a module compiled for one CPython ends in, and for which machine.
MADE_FOR = {
    "linux-x64": (r"manylinux(1|20\d\d|_2_([5-9]|1\d|2[0-8]))_x86_64", "x86_64-linux-gnu", 62),
    "linux-arm64": (r"manylinux(20\d\d|_2_(1\d|2[0-8]))_aarch64", "aarch64-linux-gnu", 183),
    "alpine-x64": (r"musllinux_1_[0-2]_x86_64", "x86_64-linux-musl", 62),
    "darwin-x64": (r"macosx_1[0-2]_\d+_(x86_64|universal2)", "darwin", 0x01000007),
    "darwin-arm64": (r"macosx_1[12]_\d+_(arm64|universal2)", "darwin", 0x0100000C),
    "win32-x64": (r"win_amd64", "win_amd64", 0x8664),
    "win32-arm64": (r"win_arm64", "win_arm64", 0xAA64),
}
RECORD = """\
# 1. Count

## Status

Accepted

## Invariants

- **INV-1**: A counter never decreases.
- **INV-1**: A counter starts at zero.
"""


def machine(raw: bytes) -> int:
    """Which machine a compiled module is for, as its own format numbers it."""
    if raw[:4] == b"\x7fELF":
        return int(struct.unpack_from("<H", raw, 18)[0])
    if raw[:4] == b"\xcf\xfa\xed\xfe":
        return int(struct.unpack_from("<I", raw, 4)[0])
    if raw[:2] == b"MZ":
        return int(struct.unpack_from("<H", raw, struct.unpack_from("<I", raw, 60)[0] + 4)[0])
    raise AssertionError(f"no compiled module: {raw[:4]!r}")


class Package:
    """What lies in one `.vsix`."""

    def __init__(self, file: Path) -> None:
        self.raw = zipfile.ZipFile(io.BytesIO(file.read_bytes()))
        self.names = self.raw.namelist()

    def text(self, name: str) -> str:
        return self.raw.read(name).decode()

    def folders(self) -> set[str]:
        return {name.split("/")[3] for name in self.names if name.startswith(f"{LIBS}/")}

    def distributions(self, folder: str) -> dict[str, Message]:
        found = {}
        for name in self.names:
            path = PurePosixPath(name)
            if name.startswith(f"{LIBS}/{folder}/") and path.match("*.dist-info/METADATA"):
                metadata = HeaderParser().parsestr(self.text(name))
                wheel = HeaderParser().parsestr(self.text(str(path.with_name("WHEEL"))))
                metadata["X-Tags"] = " ".join(wheel.get_all("Tag", []))
                found[canonicalize_name(metadata["Name"])] = metadata
        return found


def needed(platform: str, minor: int, present: dict[str, Message]) -> set[str]:
    """All that the server needs there, by what each package says; versions fit."""
    system = {"darwin": "darwin", "win32": "win32"}.get(platform.split("-")[0], "linux")
    says = {"python_version": f"3.{minor}", "python_full_version": f"3.{minor}.0"}
    says |= {"sys_platform": system, "platform_python_implementation": "CPython", "extra": ""}
    names, todo = set(), ["adr-lsp"]
    while todo:
        name = todo.pop()
        if name in names:
            continue
        names.add(name)
        assert name in present, f"{name} is missing"
        for line in present[name].get_all("Requires-Dist", []):
            wanted = Requirement(line)
            other = canonicalize_name(wanted.name)
            if other in NOT_BUNDLED or (wanted.marker and not wanted.marker.evaluate(says)):
                continue
            todo.append(other)
            if other in present:
                assert wanted.specifier.contains(present[other]["Version"]), line
    return names


@pytest.fixture(scope="module", params=PLATFORMS)
def package(request: pytest.FixtureRequest, bundles: dict[str, Path]) -> tuple[str, Package]:
    return request.param, Package(bundles[request.param])


def test_a_package_holds_all_that_its_server_needs(package: tuple[str, Package]) -> None:
    """Verifies: ADR-0020/INV-1"""
    platform, held = package
    minors = [minor for minor in MINORS if minor not in WITHOUT.get(platform, ())]
    assert held.folders() == {"py", "abi3", *(f"cp3{minor}" for minor in minors)}
    pattern = MADE_FOR[platform][0]
    for minor in minors:
        parts = {folder: held.distributions(folder) for folder in ("py", "abi3", f"cp3{minor}")}
        counted = [name for part in parts.values() for name in part]
        present = {name: metadata for part in parts.values() for name, metadata in part.items()}
        assert sorted(counted) == sorted(needed(platform, minor, present))
        for folder, part in parts.items():
            for name, metadata in part.items():
                assert fits(metadata["X-Tags"], folder, minor, pattern), (name, metadata["X-Tags"])


def fits(tags: str, folder: str, minor: int, platform: str) -> bool:
    if folder == "py":
        return all(tag.endswith("-none-any") for tag in tags.split())
    abi = "abi3" if folder == "abi3" else f"cp3{minor}"
    made = [tag.split("-") for tag in tags.split()]
    return all(
        int(interpreter.removeprefix("cp3")) <= minor and made_for == abi and
        any(re.fullmatch(platform, each) for each in place.split("."))
        for interpreter, made_for, place in made
    )  # fmt: skip


def test_what_is_compiled_is_for_that_machine(package: tuple[str, Package]) -> None:
    """Verifies: ADR-0020/INV-1"""
    platform, held = package
    _, ending, wanted = MADE_FOR[platform]
    native = [name for name in held.names if name.startswith(LIBS) and NATIVE.search(name)]
    assert {machine(held.raw.read(name)) for name in native} == {wanted}
    assert not [name for name in native if name.startswith(f"{LIBS}/py/")]
    for folder in held.folders() - {"py", "abi3"}:  # by such names the launcher knows its own
        interpreter = "cp3" if platform.startswith("win32") else "cpython-3"
        suffix = f".{interpreter}{folder.removeprefix('cp3')}-{ending}."
        inside = [name for name in native if name.startswith(f"{LIBS}/{folder}/")]
        assert any(suffix in name for name in inside), (suffix, inside)


def test_a_package_says_what_it_is(package: tuple[str, Package]) -> None:
    platform, held = package
    assert f'TargetPlatform="{platform}"' in held.text("extension.vsixmanifest")
    schema = provision.PROJECT / "docs/schema/configuration.schema.json"
    assert held.text("extension/schema/configuration.schema.json") == schema.read_text()
    assert held.text("extension/changelog.md").startswith("# Changelog")
    icon = json.loads(held.text("extension/package.json"))["icon"]
    drawn = Image.open(io.BytesIO(held.raw.read(f"extension/{icon}")))
    assert (drawn.format, drawn.size) == ("PNG", (256, 256))
    notices = held.text("extension/ThirdPartyNotices.txt")
    for folder in held.folders():
        for metadata in held.distributions(folder).values():
            told = f"\n  {metadata['Name']} {metadata['Version']}: "
            assert told in notices or metadata["Name"] == "adr-lsp"
    assert "carries no text of its licence" not in notices
    assert not re.search(r"/tests?/|\.pyc|\.pth", "\n".join(held.names))


def test_what_is_left_out_is_told() -> None:
    told = (provision.CLIENT / "README.md").read_text()
    for platform in PLATFORMS:
        [row] = [line for line in told.splitlines() if line.startswith(f"| `{platform}`")]
        minors = [minor for minor in MINORS if minor not in WITHOUT.get(platform, ())]
        assert f"3.{minors[0]} to 3.{minors[-1]}" in row


def test_the_lock_fits_the_project() -> None:
    lock = LOCK.read_text()
    assert "://" not in lock
    pins = dict(re.findall(r"^([\w.-]+)==([\w.]+)", lock, re.MULTILINE))
    assert lock.count("--hash=sha256:") > len(pins)
    project = tomllib.loads((provision.PROJECT / "pyproject.toml").read_text())["project"]
    for wanted in map(Requirement, project["dependencies"]):
        name = canonicalize_name(wanted.name)
        assert name in NOT_BUNDLED or wanted.specifier.contains(pins[name]), f"{wanted}: make lock"


# Here, for real


@pytest.fixture(scope="module")
def launcher(bundled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of this platform's package, as it is installed."""
    folder = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(bundled) as package:
        package.extractall(folder)
    return folder / "extension/bundled/tool/launch.py"


def asked(python: Path | str, launcher: Path) -> tuple[int, str]:
    """What the client asks each interpreter."""
    command = [python, "-E", "-s", "-S", launcher, "--can-run"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout.strip()


def pythons() -> dict[int, Path]:
    """Those of this machine that the server is for; at least the one that runs this."""
    found = {minor: interpreter(f"3.{minor}") for minor in MINORS}
    found[sys.version_info.minor] = Path(sys.executable)
    return {minor: python for minor, python in found.items() if python}


@pytest.mark.parametrize("minor", MINORS)
def test_each_python_here_runs_the_server(launcher: Path, tmp_path: Path, minor: int) -> None:
    python = pythons().get(minor)
    if python is None:
        return  # what is in the package for it was looked at above
    code, said = asked(python, launcher)
    assert (code, said.rpartition(".")[0]) == (0, f"3.{minor}")
    record = tmp_path / "docs/adr/0001-count.md"
    record.parent.mkdir(parents=True)
    record.write_text(RECORD)
    command = (str(python), "-I", "-S", str(launcher))
    with client("--stdio", cwd=tmp_path, command=command) as server:
        told = server.initialize(tmp_path)
        assert told["serverInfo"]["version"] == __version__
        uri = server.open(record)
        server.until(lambda: "ADL201" in (server.codes(uri) or []), "a finding")
        assert server.leave() == 0
        assert server.log == ""


def test_nothing_of_the_workspace_or_the_environment_is_imported(
    launcher: Path, tmp_path: Path
) -> None:
    """Verifies: ADR-0020/INV-2"""
    marker, venv = tmp_path / "imported", tmp_path / "venv"
    code = f"import pathlib; pathlib.Path({str(marker)!r}).touch()\n"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", venv], check=True)
    [packages] = venv.glob("lib/python*/site-packages")
    workspace = tmp_path / "workspace"
    (workspace / "docs" / "adr").mkdir(parents=True)
    (workspace / "docs/adr/0001-count.md").write_text(RECORD)
    names = ("adr_lsp", "yaml", "json", "sitecustomize", "usercustomize", "pydantic", "pyromark")
    for folder in (packages, workspace):
        for name in names:
            (folder / f"{name}.py").write_text(code)
    (packages / "evil.pth").write_text(code)
    hostile = {"PYTHONPATH": str(workspace), "PYTHONSTARTUP": str(workspace / "json.py")}
    done = subprocess.run(
        [venv / "bin" / "python", "-I", "-S", launcher, "--check", "--no-cache"],
        cwd=workspace,
        env=os.environ | hostile,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "ADL201" in done.stdout, done.stderr
    assert not marker.exists()


CODE = "def double(n):\n    return n + n\n\n\ndef triple(n):\n    return 3 * n\n"
TEST = """\
from code_of_ours import double


# Verifies: ADR-0001/INV-1
def test_double():
    assert double(2) == 4
"""


def test_coverage_comes_with_it_where_the_tests_have_none(launcher: Path, tmp_path: Path) -> None:
    """Also where the interpreter of the tests is another one than the server's."""
    python = without_coverage(tmp_path / ".venv")
    (tmp_path / "docs/adr").mkdir(parents=True)
    (tmp_path / "docs/adr/0001-count.md").write_text(
        RECORD.replace("- **INV-1**: A counter s", "A counter s")
    )
    (tmp_path / "code_of_ours.py").write_text(CODE)
    (tmp_path / "test_code.py").write_text(TEST)
    code = "import coverage"
    assert subprocess.run([python, "-c", code], capture_output=True, check=False).returncode
    told = [
        subprocess.run(
            [sys.executable, "-I", "-S", launcher, *words],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        ).stdout
        for words in (["run"], ["show", "ADR-0001/INV-1"])
    ]
    assert "covered: code_of_ours.py: 2" in told[1], told
    assert f"Python {NEW[0]}" in told[1]


def without_coverage(folder: Path) -> Path:
    """The newest environment that recorders are tested in, but for coverage.py."""
    kept = environment(*NEW)
    subprocess.run([kept, "-m", "venv", "--without-pip", folder], check=True)
    [source] = kept.parents[1].glob("lib/python*/site-packages")
    [target] = folder.glob("lib/python*/site-packages")
    for entry in source.iterdir():
        if "coverage" not in entry.name:
            (target / entry.name).symlink_to(entry)
    return folder / "bin" / "python"


def test_a_python_that_cannot_run_it_is_told_what_is_needed(launcher: Path) -> None:
    """Verifies: ADR-0020/INV-3"""
    old = interpreter(OLD[0])
    assert old
    code, said = asked(old, launcher)
    assert code == 3
    assert re.fullmatch(r"needs CPython 3\.11 to 3\.14; found 3\.8\.\d+", said)
    started = subprocess.run([old, launcher], capture_output=True, text=True, check=False)
    assert (started.returncode, started.stdout) == (3, "")
    assert re.fullmatch(r"adr-lsp: needs CPython 3\.11 to 3\.14; found .*\n", started.stderr)


def copied(launcher: Path, folder: Path, *, keep: str, name: str = "") -> Path:
    """A launcher beside the libraries for other interpreters than this one."""
    copy = folder / "tool" / "launch.py"
    copy.parent.mkdir()
    shutil.copy(launcher, copy)
    (folder / "libs" / keep).mkdir(parents=True)
    if name:
        (folder / "libs" / keep / name).touch()
    return copy


def test_a_python_newer_than_the_package_is_told_so(launcher: Path, tmp_path: Path) -> None:
    """Verifies: ADR-0020/INV-3"""
    code, said = asked(sys.executable, copied(launcher, tmp_path, keep="cp310"))
    assert code == 3
    assert said.startswith("needs CPython 3.10; found 3.1")
    assert said.endswith("which is newer than this version of adr-lsp")


def test_libraries_for_another_machine_are_told(launcher: Path, tmp_path: Path) -> None:
    """Verifies: ADR-0020/INV-3"""
    own = f"cp3{sys.version_info.minor}"
    other = copied(launcher, tmp_path, keep=own, name="a.cp311-win_arm64.pyd")
    code, said = asked(sys.executable, other)
    assert code == 3
    assert "is for another machine or build of Python" in said
