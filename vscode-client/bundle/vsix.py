"""One package of the extension: everything in a folder as it is installed, then `vsce` on it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from fetch import PROJECT, TOOLS, Wheels
from notices import third_party
from unpack import unpack

CLIENT = PROJECT / "vscode-client"
CHANGES = PROJECT / "CHANGELOG.md"
SCHEMA = PROJECT / "docs" / "schema" / "configuration.schema.json"
LAUNCHER = "bundled/tool/launch.py"
COPIED = ("README.md", "LICENSE", "icon.png", "walkthrough", LAUNCHER)
DEVELOPMENT = ("scripts", "devDependencies")
# Of our own files `npm run package` says whether one holds a secret; libraries take it a minute.
UNSEARCHED = ("--allow-package-all-secrets", "--allow-package-env-file")


def call(*command: str | Path, cwd: Path) -> None:
    """Runs a command with our node; what it printed is shown only if it failed."""
    path = f"{TOOLS / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env=os.environ | {"PATH": path},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise OSError(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")


def build_client(into: Path) -> None:
    """The extension's own program."""
    npm = TOOLS / "bin" / "npm"
    call(npm, "run", "--silent", "check", cwd=CLIENT)
    call(npm, "run", "--silent", "build", "--", f"--outfile={into}", cwd=CLIENT)


def build_server(into: Path) -> Path:
    """The wheel of the checkout."""
    words = ("wheel", "--quiet", "--no-deps", "--disable-pip-version-check")
    call(sys.executable, "-m", "pip", *words, "--wheel-dir", into, PROJECT, cwd=PROJECT)
    return next(into.glob("adr_lsp-*.whl"))


def package(wheels: Wheels, server: Path, client: Path, out: Path) -> None:
    with tempfile.TemporaryDirectory(dir=TOOLS, prefix="stage-") as scratch:
        stage = Path(scratch) / "adr-lsp"
        fill(stage, wheels, server, client)
        vsce = CLIENT / "node_modules" / "@vscode" / "vsce" / "vsce"
        made = Path(scratch) / out.name
        fixed = ("--no-dependencies", "--allow-missing-repository", *UNSEARCHED, "--target")
        node = TOOLS / "bin" / "node"
        call(node, vsce, "package", *fixed, wheels.platform.name, "--out", made, cwd=stage)
        out.parent.mkdir(exist_ok=True)
        made.replace(out)


def fill(stage: Path, wheels: Wheels, server: Path, client: Path) -> None:
    """All files of the package."""
    for name in COPIED:
        source, target = CLIENT / name, stage / name
        target.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if source.is_dir() else shutil.copy)(source, target)
    made = {"dist/extension.js": client, f"schema/{SCHEMA.name}": SCHEMA, CHANGES.name: CHANGES}
    for name, source in made.items():
        (stage / name).parent.mkdir(exist_ok=True)
        shutil.copy(source, stage / name)
    manifest = json.loads((CLIENT / "package.json").read_text())
    shown = {key: value for key, value in manifest.items() if key not in DEVELOPMENT}
    (stage / "package.json").write_text(json.dumps(shown, indent=2))
    libs = stage / "bundled" / "libs"
    unpack(server, libs / "py")
    notices = [
        unpack(wheel, libs / folder) for folder, all in wheels.folders.items() for wheel in all
    ]
    (stage / "ThirdPartyNotices.txt").write_text(third_party(notices))
