"""Every key of the configuration changes something that a user sees."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from adr_lsp.config.schema import MethodSettings, RunSettings, Settings
from cli.command import adr_lsp

RECORD = "# 1. Wrap\n\n## Invariants\n\n- **{}-1** *(bounds)*: A wrapped number is below ten.\n"
TESTS = """from hypothesis import given, strategies as st


# Verifies: ADR-0001/INV-1
@given(st.sampled_from(range(5000)))
def test_wraps(n):
    assert n % 10 < 10
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path, "docs/adr/0001-wrap.md", RECORD.format("INV"))
    return tmp_path


def write(root: Path, path: str, content: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(content)


def configured(root: Path, content: str) -> Path:
    write(root, "pyproject.toml", f"[tool.adr-lsp]\n{content}\n")
    return root


def said(root: Path) -> Any:
    return adr_lsp(root, "--check", "-f", "json").json


def codes(root: Path) -> list[str]:
    return sorted(each["code"] for each in said(root)["findings"])


def test_records(root: Path) -> None:
    write(root, "design/a.md", "# A\n\n## Invariants\n\n- **INV-1**: It holds.\n")
    assert [r["path"] for r in said(configured(root, ""))["records"]] == ["docs/adr/0001-wrap.md"]
    globbed = configured(root, 'records = ["design/**/*.md"]')
    assert [r["path"] for r in said(globbed)["records"]] == ["design/a.md"]


def test_prefixes(root: Path) -> None:
    write(root, "docs/adr/0001-wrap.md", RECORD.format("SAFE"))
    assert [i["id"] for i in said(configured(root, ""))["invariants"]] == [None]
    more = configured(root, 'prefixes = ["INV", "SAFE"]')
    assert [i["id"] for i in said(more)["invariants"]] == ["SAFE-1"]


def test_min_cases(root: Path) -> None:
    write(root, "tests/test_wrap.py", TESTS)
    assert adr_lsp(configured(root, ""), "run").code == 0
    assert said(root)["invariants"][0]["verdict"] == "passed"
    strict = configured(root, "min-cases = 1000")
    assert said(strict)["invariants"][0]["verdict"] == "vacuous"


def test_scaffold_path(root: Path) -> None:
    configured(root, 'scaffold-path = "checks/{slug}_test.py"')
    assert adr_lsp(root, "scaffold", "ADR-0001/INV-1").code == 0
    assert (root / "checks/wrap_test.py").is_file()


def test_scaffold_paths_of_typescript(root: Path) -> None:
    write(root, "package.json", '{ "devDependencies": { "vitest": "^5", "fast-check": "^4" } }')
    configured(root, 'scaffold-paths = { typescript = "checks/{slug}.spec.ts" }')
    asked = ("scaffold", "ADR-0001/INV-1", "--language", "typescript")
    assert adr_lsp(root, *asked).code == 0
    assert "// Verifies: ADR-0001/INV-1\n" in (root / "checks/wrap.spec.ts").read_text()


def test_scaffold_paths_of_rust(root: Path) -> None:
    write(root, "Cargo.toml", '[package]\nname = "wrap"\nversion = "0.1.0"\n')
    configured(root, 'scaffold-paths = { rust = "tests/{slug}_holds.rs" }')
    asked = ("scaffold", "ADR-0001/INV-1", "--language", "rust")
    assert adr_lsp(root, *asked).code == 0
    assert "// Verifies: ADR-0001/INV-1\n" in (root / "tests/wrap_holds.rs").read_text()


def test_required_sections(root: Path) -> None:
    assert codes(configured(root, "")) == ["ADL301"]
    assert codes(configured(root, 'required-sections = ["Context"]')) == ["ADL301", "ADL511"]


def test_evidence(root: Path) -> None:
    write(root, "tests/test_wrap.py", TESTS)
    assert adr_lsp(configured(root, ""), "run").code == 0
    (root / ".adr-lsp").rename(root / "artifacts")
    assert said(configured(root, ""))["invariants"][0]["verdict"] == "not-run"
    named = configured(root, 'evidence = ["artifacts/evidence/*.jsonl"]')
    assert said(named)["invariants"][0]["verdict"] == "passed"
    write(root, "tests/test_wrap.py", TESTS.replace("# Verifies", "# As decided.\n# Verifies"))
    assert said(named)["invariants"][0]["verdict"] == "passed"
    gone = configured(root, 'evidence = ["gone/*.jsonl"]')
    assert "ADL409" in codes(gone)
    assert adr_lsp(gone, "--check").code == 1


JUNIT = """<testsuites name="pytest tests"><testsuite name="pytest">
<testcase classname="tests.test_wrap" name="test_wraps">{}</testcase>
</testsuite></testsuites>
"""


def test_reports(root: Path) -> None:
    write(root, "tests/test_wrap.py", TESTS)
    write(root, "ci/junit.xml", JUNIT.format(""))
    assert said(configured(root, ""))["invariants"][0]["verdict"] == "not-run"
    named = configured(root, 'reports = ["ci/**/*.xml"]')
    assert said(named)["invariants"][0]["verdict"] == "unsigned"
    assert said(named)["summary"]["evidence"]["reports"] == 1
    required = adr_lsp(named, "--check", "--require-evidence", "-f", "json")
    assert [each["code"] for each in required.json["findings"]] == ["ADL412"]
    write(root, "ci/junit.xml", JUNIT.format("<failure message='assert 10 &lt; 10'/>"))
    failed = said(named)
    assert failed["invariants"][0]["verdict"] == "failed"
    assert [each["code"] for each in failed["findings"]] == ["ADL401"]
    write(root, "ci/junit.xml", JUNIT.format("")[:-15])
    torn = said(named)
    assert torn["invariants"][0]["verdict"] == "not-run"
    assert [each["code"] for each in torn["findings"]] == ["ADL409"]
    assert "`ci/junit.xml` is no report that can be read: line " in torn["findings"][0]["message"]


EXAMPLE = "# Verifies: ADR-0001/INV-1\ndef test_wraps():\n    assert wrap(11) == 1\n"


def test_needs(root: Path) -> None:
    write(root, "tests/test_wrap.py", EXAMPLE)
    assert said(configured(root, ""))["findings"] == []
    configured(root, 'needs = { accepted = "property" }')
    (found,) = said(root)["findings"]
    assert found["code"] == "ADL302"
    assert found["message"] == (
        "`INV-1` has no test by `property`, needed by the configuration for status `accepted`"
    )
    assert said(root)["invariants"][0]["needs"] == {"methods": ["property"], "from": "status"}
    configured(root, 'needs = { accepted = "property", bounds = "example|model" }')
    assert said(root)["findings"] == [], "the pattern counts before the status"
    assert said(root)["invariants"][0]["needs"]["from"] == "pattern"
    own = RECORD.format("INV").replace("(bounds)", "(bounds, needs: state-machine)")
    write(root, "docs/adr/0001-wrap.md", own)
    (found,) = said(root)["findings"]
    assert found["message"] == "`INV-1` has no test by `state-machine`"
    assert said(root)["invariants"][0]["needs"]["from"] == "invariant"


def test_words_under_needs_that_mean_nothing(root: Path) -> None:
    configured(root, 'needs = { bound = "property", accepted = "propery | example" }')
    found = [(f["message"], f["range"]["start"]) for f in said(root)["findings"]]
    assert (
        "`needs`: `bound` is no pattern and no status; did you mean `bounds`?",
        {"line": 2, "column": 11},
    ) in found
    assert (
        "`needs.accepted`: `propery` is no method; did you mean `property`?",
        {"line": 2, "column": 43},
    ) in found
    assert said(root)["invariants"][0]["needs"] == {"methods": ["example"], "from": "status"}


def test_needs_may_name_a_method_of_the_teams_own(root: Path) -> None:
    write(root, "tests/test_wrap.py", EXAMPLE)
    own = """needs = { accepted = "smoke" }
[tool.adr-lsp.run.methods.smoke]
files = ["{}/**/*.py"]
command = ["smoke"]
report = "smoke.xml"
"""
    assert codes(configured(root, own.replace("{}", "smoke"))) == ["ADL302"]
    assert codes(configured(root, own.replace("{}", "tests"))) == []


BARE = "# {}. Name things\n\n{}See [there](gone.md).\n"


def spoken(root: Path) -> list[str]:
    """The findings as `0001 ADL101 warning`."""
    found = said(root)["findings"]
    return [f"{f['path'].rpartition('/')[2][:4]} {f['code']} {f['severity']}" for f in found]


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """Two records, each with no invariant and a broken link; the first of 2020."""
    write(tmp_path, "docs/adr/0001-a.md", BARE.format(1, "Date: 2020-02-02\n\n"))
    write(tmp_path, "docs/adr/0002-b.md", BARE.format(2, ""))
    return tmp_path


BOTH = ["0001 ADL101 warning", "0001 ADL206 warning", "0002 ADL101 warning", "0002 ADL206 warning"]


def test_no_key_at_all(bare: Path) -> None:
    assert spoken(bare) == [BOTH[0], BOTH[2]]
    assert spoken(configured(bare, "")) == BOTH


def test_exclude(bare: Path) -> None:
    assert spoken(configured(bare, 'exclude = ["docs/**/0001-*"]')) == BOTH[2:]
    named = adr_lsp(bare, "--check", "docs/adr/0001-a.md")
    assert "docs/adr/0001-a.md is no record; skipped" in named.err


def test_select(bare: Path) -> None:
    assert spoken(configured(bare, 'select = ["ADL2"]')) == [BOTH[1], BOTH[3]]


def test_ignore(bare: Path) -> None:
    assert spoken(configured(bare, 'ignore = ["no-invariants"]')) == [BOTH[1], BOTH[3]]


def test_severity(bare: Path) -> None:
    configured(bare, 'severity = { broken-link = "error", ADL101 = "off" }')
    assert spoken(bare) == ["0001 ADL206 error", "0002 ADL206 error"]


def test_severity_switches_on(bare: Path) -> None:
    write(bare, "docs/adr/0004-c.md", BARE.format(4, "## Invariants\n\nNone: no.\n\n"))
    configured(bare, '[tool.adr-lsp.severity]\nnumber-gap = "hint"')
    assert "0004 ADL513 hint" in spoken(bare)


def test_per_file_ignores(bare: Path) -> None:
    configured(bare, '[tool.adr-lsp.per-file-ignores]\n"docs/adr/0001-*.md" = ["ALL"]')
    assert spoken(bare) == BOTH[2:]
    assert said(bare)["summary"]["silenced"] == {"suppression": 0, "ignore": 2, "baseline": 0}


@pytest.mark.parametrize("written", ['"2021-01-01"', "2021-01-01", '"ADR-0002"'])
def test_since(bare: Path, written: str) -> None:
    since = written.strip('"')
    configured(bare, f"since = {written}")
    assert spoken(bare) == BOTH[1:]
    assert said(bare)["summary"]["older"] == 1
    assert f"2 records (1 before {since})" in adr_lsp(bare, "--check").out


def test_baseline(bare: Path) -> None:
    configured(bare, 'baseline = "docs/accepted.json"')
    assert adr_lsp(bare, "baseline", "write").code == 0
    assert (bare / "docs/accepted.json").is_file()
    assert spoken(bare) == []
    assert spoken(configured(bare, "")) == BOTH


SCRIPT = 'import {{ it }} from "{}";\n// Verifies: ADR-0001/INV-1\nit("a", f);\n'
STARTED = {
    "cargo": {"src/lib.rs": "// Verifies: ADR-0001/INV-1\n#[test]\nfn wraps() {}\n"},
    "vitest": {
        "a.test.ts": 'import { it } from "vitest";\n// Verifies: ADR-0001/INV-1\nit("a", f);\n'
    },
    "node": {
        "a.test.js": 'import { it } from "node:test";\n// Verifies: ADR-0001/INV-1\nit("a", f);\n'
    },
    "pytest": {"test_a.py": "# Verifies: ADR-0001/INV-1\ndef test_a():\n    f()\n"},
}


@pytest.mark.parametrize("tool", STARTED)
def test_run_commands(root: Path, tool: str) -> None:
    write(root, "Cargo.toml", '[package]\nname = "a"\n')
    write(root, "package.json", "{}")
    for path, text in STARTED[tool].items():
        write(root, path, text)
    done = adr_lsp(configured(root, f'[tool.adr-lsp.run]\n{tool} = ["./of-our-own"]'), "run")
    assert done.code == 3
    assert "./of-our-own (configured)" in done.err
    assert "could not start: ./of-our-own" in done.err


def test_run_time_limit(root: Path) -> None:
    write(root, "test_a.py", "# Verifies: ADR-0001/INV-1\ndef test_a():\n    assert f()\n")
    waits = f'pytest = ["{sys.executable}", "-c", "import time; time.sleep(600)"]'
    configured(root, f"[tool.adr-lsp.run]\n{waits}\ntime-limit = 1")
    done = adr_lsp(root, "run")
    assert done.code == 3
    assert "it had not ended after 1 s (run.time-limit)" in done.err
    assert said(root)["invariants"][0]["verdict"] == "error"


def test_run_methods(root: Path) -> None:
    write(root, "checks/test_a.py", "# Verifies: ADR-0001/INV-1\ndef test_a():\n    assert f()\n")
    case = "<testcase name='test_a' classname='checks.test_a' file='checks/test_a.py'/>"
    report = f"<testsuite>{case}</testsuite>"
    script = f"import pathlib; pathlib.Path('r.xml').write_text({report!r})"
    own = f"files = ['checks/*']\ncommand = [{sys.executable!r}, 'own.py']\nreport = 'r.xml'"
    write(root, "own.py", script + "\n")
    configured(root, f"[tool.adr-lsp.run.methods.golden]\n{own}")
    done = adr_lsp(root, "run", "--method", "golden")
    assert (done.code, said(root)["invariants"][0]["verdict"]) == (0, "passed"), done.err
    assert "golden, 1 test:" in done.err
    assert adr_lsp(configured(root, ""), "run", "--method", "golden").code == 2


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("records = 'docs'", "pyproject.toml:2: `records`"),
        ("prefixes = ['inv']", "pyproject.toml:2: `prefixes`"),
        ("scaffold-path = '/etc/x.py'", "pyproject.toml:2: `scaffold-path`"),
        ("scaffold-path = '../x.py'", "pyproject.toml:2: `scaffold-path`"),
        ("run = 'pytest'", "pyproject.toml:2: `run`"),
        ("[tool.adr-lsp.run]\npytest = 'pytest -q'", "pyproject.toml:3: `run.pytest`"),
        ("x = ", "pyproject.toml:2: invalid TOML"),
        ("since = 2024", "is `2024`: a text in quotation marks is expected, such as `since = "),
        ("select = ['ADL1', 3]", "`select`, item 2, is `3`: a text in quotation marks is expected"),
        ("severity = 'off'", "a table is expected, such as `severity = {ADL301 ="),
        ("severity = {ADL1 = 'no'}", '`severity.ADL1` is `"no"`: "error", "warning", "inform'),
        ("severity = {'A 1' = 'off'}", '`severity.A 1` is `"A 1"`: another form is expected'),
        ("min-cases = 2024-01-01", "`min-cases` is `2024-01-01`: a whole number is expected"),
        ("run.time-limit = 0", "a number from 1 on is expected, such as `run.time-limit = 900`"),
        ("run.methods.x.files = ['a']", "`run.methods.x.command` is missing; one is expected, suc"),
    ],
)
def test_what_is_not_allowed_is_said_at_its_line(root: Path, content: str, message: str) -> None:
    done = adr_lsp(configured(root, content), "--check")
    assert done.code == 2
    assert message in done.err, done.err


@pytest.mark.parametrize("content", ["[[tool.adr-lsp]]\nsince = '1'", "tool.'adr-lsp' = 3 # {}"])
def test_a_table_that_is_none_is_said(root: Path, content: str) -> None:
    write(root, "pyproject.toml", content.format("[tool.adr-lsp]") + "\n")
    done = adr_lsp(root, "--check")
    assert (done.code, "`tool.adr-lsp` is no table" in done.err) == (2, True), done.err
    write(root, "pyproject.toml", "tool = 3 # [tool.adr-lsp]\n")
    assert adr_lsp(root, "--check").code == 1


def test_every_key_has_an_example_that_is_allowed() -> None:
    """What a message or an editor offers can be taken as it is."""
    for model in (Settings, RunSettings, MethodSettings):
        fields = {field.alias or name: field for name, field in model.model_fields.items()}
        model.model_validate({name: (field.examples or [])[0] for name, field in fields.items()})
