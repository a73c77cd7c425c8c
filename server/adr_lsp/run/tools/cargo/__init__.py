"""cargo test, or cargo-nextest where the workspace has a configuration of it."""

from __future__ import annotations

import secrets
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from adr_lsp.config import Config
from adr_lsp.run.tool import Asked, Command, Missing, Tool, ToolRun, nearest
from adr_lsp.sources.model import Source

if TYPE_CHECKING:
    from adr_lsp.run.tools.cargo.layout import Layout

NEXTEST_FILE = ".config/nextest.toml"
TESTS = ("test", "t")
ENVIRONMENT = (  # so that all is told, and each test by itself
    ("CARGO_TERM_QUIET", "false"),
    ("CARGO_TERM_COLOR", "never"),
    ("RUST_BACKTRACE", "0"),
    ("RUST_TEST_NOCAPTURE", "0"),
    ("PROPTEST_VERBOSE", "2"),
)


def project_of(root: Path, _config: Config, path: str, _source: Source | None) -> Path | None:
    """The package that a file of Rust stands in."""
    if not path.endswith(".rs"):
        return None
    from adr_lsp.run.tools.cargo.manifest import has_package

    return nearest(root, path, has_package)


def plan(asked: Asked) -> ToolRun | Missing:
    from adr_lsp.run.tools.cargo.layout import Layout
    from adr_lsp.run.tools.cargo.manifest import package_in

    configured = asked.config.command("cargo")
    command = _command(asked, configured)
    if command is None:
        return Missing(
            "cargo", "it is not on the PATH: install Rust, or set run.cargo", asked.tests
        )
    package = package_in(asked.project)
    layout = Layout(asked.root, package, asked.tests) if package else None
    if layout is None or not layout.located:
        return Missing("cargo", "no crate of Cargo.toml holds these files", asked.tests)
    return _run(asked, command, layout)


def _run(asked: Asked, command: Command, layout: Layout) -> ToolRun:
    from adr_lsp.run.tools.cargo.watch import Details, Watch

    started, with_nextest = _subcommand(command)
    if asked.debugged:
        return ToolRun("cargo", asked.project, started, _one_by_one(layout), asked.tests)
    scratch = asked.root / ".adr-lsp" / "run" / secrets.token_hex(8)
    arguments = _nextest(layout, scratch) if with_nextest else _test(layout)
    details = Details(layout, scratch / "junit.xml" if with_nextest else None)
    return ToolRun(
        tool="cargo",
        project=asked.project,
        command=started,
        arguments=arguments,
        tests=asked.tests,
        environment=ENVIRONMENT,
        watch=lambda run: Watch(asked.root, run, details),
    )


def _command(asked: Asked, configured: tuple[str, ...]) -> Command | None:
    """How cargo starts, with the subcommand where it is decided here."""
    if configured:
        return Command(configured, "configured")
    cargo = shutil.which("cargo")
    if cargo is None:
        return None
    folders = [f for f in (asked.project, *asked.project.parents) if f.is_relative_to(asked.root)]
    wanted = any((folder / NEXTEST_FILE).is_file() for folder in folders)
    if wanted and shutil.which("cargo-nextest"):
        return Command((cargo, "nextest"), f"{NEXTEST_FILE} is there")
    why = f"{NEXTEST_FILE} is there, but no cargo-nextest" if wanted else "cargo on PATH"
    return Command((cargo, "test"), why)


def _subcommand(command: Command) -> tuple[Command, bool]:
    """The command up to cargo, and whether nextest is meant, which a configured one may say."""
    words = command.arguments
    if words[-1] == "run" and words[-2:-1] == ("nextest",):
        words = words[:-1]
    named = words[-1] if len(words) > 1 else ""
    plain = words[:-1] if named in (*TESTS, "nextest") else words
    return Command(plain, command.origin), named == "nextest"


def _test(layout: Layout) -> tuple[str, ...]:
    filters = layout.filters()
    return ("test", "--no-fail-fast", *layout.words(), "--", "--show-output", *filters)


def _one_by_one(layout: Layout) -> tuple[str, ...]:
    """For a debugger, which starts what cargo built, with what stands behind `--`."""
    return ("test", *layout.words(), "--", "--test-threads=1", *layout.filters())


def _nextest(layout: Layout, scratch: Path) -> tuple[str, ...]:
    from adr_lsp.run.tools.cargo.nextest import PROFILE

    ours = ("--profile", PROFILE, "--tool-config-file", f"adr-lsp:{scratch / 'nextest.toml'}")
    chosen = (*layout.words(), "-E", layout.expression())
    return ("nextest", "run", "--no-fail-fast", "--no-tests=pass", *ours, *chosen)


CARGO = Tool("cargo", project_of, plan, debugger="native")
