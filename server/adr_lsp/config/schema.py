"""The form of the configuration, for validation and for editors (JSON Schema)."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

Glob = Annotated[str, Field(min_length=1)]
Prefix = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9]*$")]


class RunSettings(BaseModel):
    """How `adr-lsp run` starts the tools."""

    model_config = ConfigDict(extra="forbid", strict=True)

    pytest: list[str] = Field(
        default=[],
        description="The command that starts pytest, as a list: "
        '["docker", "compose", "run", "app", "pytest"].',
    )


class Settings(BaseModel):
    """`[tool.adr-lsp]` in `pyproject.toml`, or the whole of `adr-lsp.toml`."""

    model_config = ConfigDict(extra="forbid", strict=True, title="adr-lsp")

    records: list[Glob] = Field(
        default=[], description="Globs of the records; empty: they are looked for."
    )
    prefixes: list[Prefix] = Field(
        default=["INV"], min_length=1, description="What an invariant's id begins with."
    )
    min_cases: int = Field(
        default=10,
        alias="min-cases",
        ge=1,
        description="A property that accepted fewer generated cases proves nothing.",
    )
    scaffold_path: str = Field(
        default="tests/test_{slug}.py",
        alias="scaffold-path",
        pattern=r"^([A-Za-z0-9_{}-][A-Za-z0-9_.{}-]*/)*[A-Za-z0-9_{}-]+\.py$",
        description="Where a scaffold goes, below the nearest folder with a pyproject.toml.",
    )
    run: RunSettings = Field(default=RunSettings(), description="How tools are started.")


def json_schema() -> dict[str, Any]:
    """The published JSON Schema of the configuration."""
    return Settings.model_json_schema()
