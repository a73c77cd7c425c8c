"""Builds the VS Code extension with the server in it, one `.vsix` per platform, into `dist/`.

    python vscode-client/bundle               # for this platform
    python vscode-client/bundle --all
    python vscode-client/bundle win32-x64 …
    python vscode-client/bundle --fetch       # only gets what is bundled, for all platforms

Node and the client's packages come from `python tests/provision.py node client`.
"""

from __future__ import annotations

import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from fetch import PROJECT, TOOLS, fetch, fetch_pure, kept
from platforms import ALL, Platform, here
from vsix import build_client, build_server, package

DIST = PROJECT / "dist"
BUILT_AT_ONCE, FETCHED_AT_ONCE = 2, 4


def main(arguments: list[str]) -> int:
    names = {platform.name: platform for platform in ALL}
    asked = list(names) if arguments in (["--all"], ["--fetch"]) else arguments or [here()]
    unknown = [name for name in asked if name not in names]
    if unknown:
        print(f"no such platform: {', '.join(unknown)}; known: {', '.join(names)}", file=sys.stderr)
        return 2
    TOOLS.mkdir(parents=True, exist_ok=True)
    platforms = [names[name] for name in asked]
    if arguments == ["--fetch"]:
        fetch_all(platforms)
    else:
        build(platforms)
    return 0


def fetch_all(platforms: list[Platform]) -> None:
    pure = fetch_pure()
    with ThreadPoolExecutor(FETCHED_AT_ONCE) as pool:
        list(pool.map(lambda platform: fetch(platform, pure), platforms))
    (kept() / "complete").touch()


def build(platforms: list[Platform]) -> None:
    with (
        tempfile.TemporaryDirectory(dir=TOOLS, prefix="bundle-") as scratch,
        ThreadPoolExecutor(BUILT_AT_ONCE) as pool,
    ):
        client = Path(scratch) / "extension.js"
        built = pool.submit(build_client, client)
        server = pool.submit(build_server, Path(scratch))
        pure = fetch_pure()
        built.result()

        def one(platform: Platform) -> str:
            wheels = fetch(platform, pure)
            out = DIST / f"adr-lsp-{platform.name}.vsix"
            package(wheels, server.result(), client, out)
            return summary(out, wheels.without)

        for told in pool.map(one, platforms):
            print(told, flush=True)


def summary(out: Path, without: dict[str, str]) -> str:
    size = f"{out.relative_to(PROJECT)}: {out.stat().st_size / 1e6:.1f} MB"
    gone = [f"  not for CPython {py}: no wheel of {what}" for py, what in without.items()]
    return "\n".join([size, *gone])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
