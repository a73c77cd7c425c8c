"""ast-grep: rules that are files of their own, all of them in one start."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

from adr_lsp.config import Config
from adr_lsp.run.recording.content import files_below
from adr_lsp.run.tool import Asked, Command, Missing, Selected, Tool, ToolRun, nearest
from adr_lsp.run.tools.static.watch import Broken, Idle, Judged, RuleWatch
from adr_lsp.sources.model import Source
from adr_lsp.sources.static.ast_grep import is_ast_grep_rule, rule_ids

NAME = "ast-grep"
SETTINGS = ("sgconfig.yml", "sgconfig.yaml")
CODE = (".py", ".js", ".mjs", ".cjs", ".jsx", ".ts", ".tsx", ".mts", ".cts", ".rs", ".go", ".java",
        ".rb", ".kt", ".swift", ".c", ".h", ".cpp", ".cs", ".php", ".scala")  # fmt: skip
SUFFIXES = {"python": (".py",), "rust": (".rs",), "go": (".go",), "java": (".java",),
            "javascript": (".js", ".mjs", ".cjs", ".jsx"), "tsx": (".tsx",),
            "typescript": (".ts", ".mts", ".cts")}  # fmt: skip
_LANGUAGE = re.compile(r"^language:\s*[\"']?(\w+)", re.MULTILINE)
_MARKS = (*SETTINGS, "package.json", "pyproject.toml", "Cargo.toml")
_INSIDE = "node_modules/.bin/ast-grep"


def project_of(root: Path, _config: Config, path: str, source: Source | None) -> Path | None:
    """The nearest folder above a rule that configures ast-grep or a project, else the root."""
    if source is None or not is_ast_grep_rule(path, source.text.encode()):
        return None
    return nearest(root, path, lambda folder: any((folder / m).is_file() for m in _MARKS)) or root


def plan(asked: Asked) -> ToolRun | Missing:
    command = _command(asked)
    if command is None:
        reason = "no ast-grep found: npm install --save-dev @ast-grep/cli, or put it on PATH"
        return Missing(NAME, reason, asked.tests)
    texts = {test: (asked.root / test.path).read_text(encoding="utf-8") for test in asked.tests}
    ids = {test: rule_ids(text.encode()) for test, text in texts.items()}
    below = asked.project.relative_to(asked.root).as_posix()

    every = [each for known in ids.values() for each in known]

    def rules_of(test: Selected) -> tuple[str, ...]:
        return ids.get(test, ())

    def judge(lines: list[str]) -> Judged | None:
        found = judged(lines, every, asked)
        for test, text in texts.items() if found is not None else ():
            nothing = _about_nothing(asked, text)
            for id in ids[test] if nothing else ():
                found = {**(found or {}), id: nothing}
        return found

    return ToolRun(
        tool=NAME,
        project=asked.project,
        command=command,
        arguments=("scan", "--json=stream", "--inline-rules", "\n---\n".join(texts.values()), "."),
        tests=asked.tests,
        watch=lambda run: RuleWatch(
            asked.root, run, CODE, ["" if below == "." else below],
            judge, rules_of,
        ),
    )  # fmt: skip


def _command(asked: Asked) -> Command | None:
    home = nearest(asked.root, f"{asked.project.relative_to(asked.root).as_posix()}/x",
                   lambda folder: (folder / _INSIDE).exists())  # fmt: skip
    if home is not None:
        return Command((str(home / _INSIDE),), _INSIDE)
    program = shutil.which("ast-grep")
    return Command((program,), "ast-grep on PATH") if program else None


def judged(lines: list[str], ids: list[str], asked: Asked) -> Judged | None:
    """A line of JSON for each match; a rule without one held. A fault of a rule tells nothing."""
    if any(line.startswith("Error: ") and "found in code" not in line for line in lines):
        return None
    found: Judged = dict.fromkeys(ids)
    for match in filter(None, map(_match, lines)):
        name = str(match.get("ruleId"))
        line = match["range"]["start"]["line"] + 1
        path = _relative(asked, str(match.get("file")))
        said = f"{path}:{line}: {str(match.get('lines', '')).strip().splitlines()[0]}"
        before = found.get(name)
        kept = before.offences if isinstance(before, Broken) else ()
        first = before.location if isinstance(before, Broken) else (path, line)
        found[name] = Broken((*kept, said), first)
    return found


def _about_nothing(asked: Asked, rule: str) -> Idle | None:
    """A rule for a language of which the project has no file."""
    found = _LANGUAGE.search(rule)
    suffixes = SUFFIXES.get(found[1].lower()) if found else None
    below = asked.project.relative_to(asked.root).as_posix()
    files = files_below(asked.root, suffixes or (), lambda *_: False, "" if below == "." else below)
    if suffixes is None or any(True for _ in files):
        return None
    return Idle(f"there is no file of {found[1] if found else 'its language'}")


def _match(line: str) -> dict[str, Any] | None:
    if not line.startswith("{"):
        return None
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    whole = isinstance(found, dict) and "ruleId" in found and isinstance(found.get("range"), dict)
    return found if whole else None


def _relative(asked: Asked, file: str) -> str:
    below = asked.project.relative_to(asked.root).as_posix()
    path = Path(file).as_posix().removeprefix("./")
    return path if below == "." else f"{below}/{path}"


AST_GREP = Tool(NAME, project_of, plan)
