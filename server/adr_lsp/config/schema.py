"""The form of the configuration, for validation and for editors (JSON Schema)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

Glob = Annotated[str, Field(min_length=1)]
Code = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9-]*$")]
Prefix = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9]*$")]


Methods = Annotated[str, Field(pattern=r"^[a-z0-9-]+( *\| *[a-z0-9-]+)*$")]


class MethodSettings(BaseModel):
    """A way of verifying that is the team's own."""

    model_config = ConfigDict(extra="forbid", strict=True)

    files: list[Glob] = Field(
        examples=[["golden/*.txt"]], min_length=1, description="Globs of the files that it runs."
    )
    command: list[str] = Field(
        examples=[["./golden", "{files}"]],
        min_length=1,
        description="What is started, as a list; `{files}` alone in it stands for the files.",
    )
    report: str = Field(
        examples=["golden.xml"],
        min_length=1,
        description="The report that the command writes, relative to the root.",
    )
    format: Literal["junit", "jsonl"] = Field(
        examples=["junit"],
        default="junit",
        description="The report's format; `jsonl` is our own evidence format.",
    )


class RunSettings(BaseModel):
    """How `adr-lsp run` starts the tools."""

    model_config = ConfigDict(extra="forbid", strict=True)

    pytest: list[str] = Field(
        examples=[["uv", "run", "pytest"]],
        default=[],
        description="The command that starts pytest, as a list: "
        '["docker", "compose", "run", "app", "pytest"].',
    )
    vitest: list[str] = Field(
        examples=[["npx", "vitest"]], default=[], description="The command that starts vitest."
    )
    node: list[str] = Field(
        examples=[["node"]],
        default=[],
        description="The command that starts Node for `node --test`.",
    )
    cargo: list[str] = Field(
        examples=[["cargo"]], default=[], description="The command that starts cargo."
    )
    time_limit: int = Field(
        examples=[900],
        default=600,
        alias="time-limit",
        ge=1,
        description="Seconds after which a tool is ended, and its tests count as errors.",
    )
    methods: dict[Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")], MethodSettings] = Field(
        examples=[
            {
                "golden": {
                    "files": ["golden/*.txt"],
                    "command": ["./golden", "{files}"],
                    "report": "golden.xml",
                }
            }
        ],
        default={},
        description="The team's own ways of verifying, by the method's name.",
    )


def _said(given: object) -> object:
    """A date of TOML, which stands without quotation marks, as text."""
    return given.isoformat() if isinstance(given, date) else given


class Settings(BaseModel):
    """`[tool.adr-lsp]` in `pyproject.toml`, or the whole of `adr-lsp.toml`."""

    model_config = ConfigDict(extra="forbid", strict=True, title="adr-lsp")

    records: list[Glob] = Field(
        examples=[["docs/decisions/*.md"]],
        default=[],
        description="Globs of the records; empty: they are looked for.",
    )
    exclude: list[Glob] = Field(
        examples=[["docs/adr/drafts/**"]],
        default=[],
        description="Globs of files that are no records.",
    )
    select: list[Code] = Field(
        examples=[["ADL1", "ADL4"]],
        default=[],
        description='The only rules that speak: codes, beginnings of codes ("ADL5"), names or '
        '"ALL". Without it, those that are on by default.',
    )
    ignore: list[Code] = Field(
        examples=[["ADL101"]],
        default=[],
        description="Rules that are silent. Where a rule is selected and ignored, the longer "
        "beginning of its code counts; of two that are equally long, `ignore`.",
    )
    severity: dict[Code, Literal["error", "warning", "information", "hint", "off"]] = Field(
        examples=[{"ADL301": "error"}],
        default={},
        description="How grave a rule is: its code, the beginning of one, or its name. Rules that "
        "are off by default are switched on by it, unless `select` leaves them out.",
    )
    per_file_ignores: dict[Glob, list[Code]] = Field(
        examples=[{"docs/adr/old/**": ["ADL3"]}],
        default={},
        alias="per-file-ignores",
        description="Rules that are silent in the files that a glob means.",
    )
    since: Annotated[str | None, BeforeValidator(_said)] = Field(
        examples=["2026-01-01"],
        default=None,
        pattern=r"^(\d{4}-\d{2}-\d{2}|.*\d.*)$",
        description="A date, or a record's key (then only its own log is meant): older records owe "
        "no invariants, nor today's form. Of rules about them, those on invariants and tests that "
        "are missing (ADL1, ADL301, ADL302) and on form (ADL502 to ADL505, ADL51) are silent. A "
        "record without a date is older than a date if a record of its log with its number or a "
        "higher one is.",
    )
    baseline: str = Field(
        examples=["adr-lsp-baseline.json"],
        default="adr-lsp-baseline.json",
        min_length=1,
        description="The file of findings that are accepted as they are; `adr-lsp baseline write` "
        "writes it.",
    )
    required_sections: list[str] = Field(
        examples=[["Context", "Decision"]],
        default=[],
        alias="required-sections",
        description="Headings that every record must have (ADL511).",
    )
    evidence: list[Glob] = Field(
        examples=[["ci/evidence/*.jsonl"]],
        default=[],
        description="Globs of runs that stand elsewhere than in .adr-lsp/evidence, from CI say.",
    )
    template: str | None = Field(
        examples=["docs/adr/template.md"],
        default=None,
        description="The file that `adr-lsp new` begins with.",
    )
    prefixes: list[Prefix] = Field(
        examples=[["INV", "SAFE"]],
        default=["INV"],
        min_length=1,
        description="What an invariant's id begins with.",
    )
    min_cases: int = Field(
        examples=[100],
        default=10,
        alias="min-cases",
        ge=1,
        description="A property that accepted fewer generated cases proves nothing.",
    )
    scaffold_path: str = Field(
        examples=["tests/invariants/test_{slug}.py"],
        default="tests/test_{slug}.py",
        alias="scaffold-path",
        pattern=r"^([A-Za-z0-9_{}-][A-Za-z0-9_.{}-]*/)*[A-Za-z0-9_{}-]+\.py$",
        description="Where a scaffold goes, below the nearest folder with a pyproject.toml.",
    )
    scaffold_paths: dict[Literal["typescript", "rust"], str] = Field(
        examples=[{"typescript": "tests/{slug}.test.ts"}],
        default={},
        alias="scaffold-paths",
        description="Where a scaffold in another language goes, below the nearest folder with a "
        "package.json or a Cargo.toml: tests/{slug}.test.ts, tests/{slug}.rs.",
    )
    needs: dict[Code, Methods] = Field(
        examples=[{"at-most-once": "property|model"}],
        default={},
        description="Methods of which an invariant needs one (`property|model`), by the status of "
        "its record or by its pattern, which counts first; its own `needs:` counts before both.",
    )
    reports: list[Glob] = Field(
        examples=[["ci/junit.xml"]],
        default=[],
        description="Globs of reports that other tools wrote, from CI say: JUnit XML, LCOV, "
        "Cobertura, Istanbul, coverage.py's JSON, Hypothesis's observations.",
    )
    run: RunSettings = Field(
        examples=[{"time-limit": 900}], default=RunSettings(), description="How tools are started."
    )


def json_schema() -> dict[str, Any]:
    """The published JSON Schema of the configuration."""
    return Settings.model_json_schema()
