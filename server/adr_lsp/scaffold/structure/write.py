"""From an invariant about structure to the rule of a tool that checks it."""

from __future__ import annotations

from adr_lsp.record import Invariant, Record
from adr_lsp.scaffold.language import language_for
from adr_lsp.scaffold.model import Refusal, Scaffold
from adr_lsp.scaffold.place import project_of
from adr_lsp.scaffold.structure import ast_grep, dependency_cruiser, import_linter
from adr_lsp.scaffold.structure.edits import link_edit
from adr_lsp.scaffold.structure.wording import Wanted, wanted
from adr_lsp.snapshot import Snapshot

_MARKERS = {"python": "pyproject.toml", "typescript": "package.json", "rust": "Cargo.toml"}
_FORMS = (
    "say it as `a` never imports `b`, only `x` may import `y`, the layers `a` > `b` > `c`, "
    "no cycles in `a`, or never call `f`, with the names in code spans"
)


def write(
    snapshot: Snapshot, record: Record, invariant: Invariant, language: str | None
) -> Scaffold | Refusal:
    """The rule and the link to it, or why there is none."""
    if invariant.pattern not in (None, "structure"):
        pattern = invariant.pattern
        return Refusal(
            f"`{pattern}` is about what code does, which no tool reads off its structure"
        )
    statement = record.text.between(invariant.statement_range)
    targets = tuple(target.text.strip().strip("`") for target in invariant.targets)
    rule = wanted(statement, targets)
    if rule is None:
        return Refusal(f"the words give no rule that a tool can check: {_FORMS}")
    written_in = language or language_for(record, invariant, snapshot.tree.paths())
    project = project_of(record.path, snapshot.tree.paths(), _MARKERS[written_in])
    reference = f"{snapshot.log.key(record)}/{invariant.id}"
    made = _written(snapshot, project, rule, statement, reference, written_in)
    if isinstance(made, Refusal):
        return made
    linked = link_edit(record, invariant, made.path, made.name)
    return Scaffold(made.path, made.name or made.path.rpartition("/")[2], (*made.edits, *linked))


def _written(
    snapshot: Snapshot, project: str, rule: Wanted, statement: str, reference: str, language: str
) -> import_linter.Written | Refusal:
    if rule.kind == "call":
        return ast_grep.rule(snapshot, project, rule, statement, reference, language)
    if language == "python":
        return import_linter.contract(snapshot, project, rule, statement, reference)
    if language == "typescript":
        return dependency_cruiser.rules(snapshot, project, rule, statement, reference)
    return Refusal(
        "no tool that adr-lsp knows checks the imports of Rust: make crates of the parts"
    )
