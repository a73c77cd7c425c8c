"""From a repository that never heard of adr-lsp to a check that fails on what is new alone."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from cli.command import Done, adr_lsp, run

BARE = "# {0}. Decide {0}\n\n## Status\n\nAccepted\n\nSee [there](gone.md).\n"
CLEAN = "# {0}. Decide {0}\n\n## Status\n\nAccepted\n\n## Invariants\n\nNone: it is a habit.\n"
FILE = "adr-lsp-baseline.json"
IDS = "# 3. X\n\n## Invariants\n\n- **SAFE-1**: It holds 3.\n- **SAFE-2**: It holds 4.\n"
STYLES = {
    "numbered": ("docs/adr/000{}-decide.md", BARE),
    "dated": ("doc/architecture/decisions/2020010{}-decide.md", BARE),
    "folders": ("adr/000{}-decide/README.md", BARE),
    "clean": ("docs/decisions/000{}-decide.md", CLEAN),
}


def write(root: Path, path: str, content: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_bytes(content.encode())


def check(root: Path, *arguments: str) -> Done:
    return adr_lsp(root, "--check", *arguments)


def findings(root: Path, *arguments: str) -> list[str]:
    found = check(root, "-f", "json", *arguments).json["findings"]
    return [f"{f['path'].rpartition('/')[2]} {f['code']}" for f in found]


def files(root: Path) -> dict[str, bytes]:
    found = (file for file in root.rglob("*") if file.is_file() and ".git" not in file.parts)
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in found}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    run(["git", "init", "-q"], tmp_path)
    for number in (1, 2):
        write(tmp_path, f"docs/adr/000{number}-x.md", BARE.format(number))
    return tmp_path


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("configure", [False, True])
def test_the_story(tmp_path: Path, style: str, configure: bool) -> None:
    run(["git", "init", "-q"], tmp_path)
    path, text = STYLES[style]
    for number in range(1, 5):
        write(tmp_path, path.format(number), text.format(number))
    before = files(tmp_path)
    looked = adr_lsp(tmp_path, "init")
    assert (looked.code, files(tmp_path)) == (0, before)
    assert "4 records (" in looked.out
    if configure:
        assert adr_lsp(tmp_path, "init", "--write").code == 0
    assert adr_lsp(tmp_path, "baseline", "write").code == 0
    quiet = check(tmp_path)
    assert quiet.code == 0, quiet.out
    assert len(quiet.out.splitlines()) == 1
    new = path.format(9)
    write(tmp_path, new, "# 9. Decide again\n\n## Status\n\nAccepted\n")
    assert check(tmp_path).code == 1
    assert findings(tmp_path) == [f"{new.rpartition('/')[2]} ADL101"]


def test_an_untouched_root_hears_one_finding_a_file_and_how_many_wait(root: Path) -> None:
    done = check(root)
    assert done.code == 1
    assert findings(root) == ["0001-x.md ADL101", "0002-x.md ADL101"]
    assert done.out.splitlines()[-1].startswith("2 more findings are held back until")
    assert len(findings(root, "--select", "ALL")) == 4
    assert len(findings(root, "--no-baseline")) == 4
    assert check(root, "-f", "json").json["summary"]["held_back"] == 2
    assert "2 more findings" in check(root, "-f", "concise").err
    assert "2 more findings" not in check(root).err
    write(root, "docs/adr/0003-y.md", "# 3. Y\n\nStatus: Accepted\n\n- **INV-1**: It holds 3.\n")
    assert len(findings(root)) == 5
    assert "held back" not in check(root).out


def test_flags_stand_in_place_of_what_is_configured(root: Path) -> None:
    write(root, "adr-lsp.toml", "select = ['ADL1']\nignore = ['ADL101']\n")
    assert findings(root) == []
    assert findings(root, "--select", "ADL2") == ["0001-x.md ADL206", "0002-x.md ADL206"]
    assert len(findings(root, "--select", "ADL2, no-invariants")) == 4
    assert len(findings(root, "--select", "ADL206", "--select", "ADL101")) == 4
    assert findings(root, "--select", "ALL", "--ignore", "ADL1,broken-link") == []
    write(root, "adr-lsp.toml", "select = ['ADL101', 'ADL206']\n")
    assert findings(root, "--ignore", "ADL1") == ["0001-x.md ADL206", "0002-x.md ADL206"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--select", "ADL999"], "--select: no rule is called `ADL999`"),
        (["--select", "ADL101,no-invariant"], "did you mean `no-invariants`?"),
        (["--ignore", "AD"], "--ignore: no rule is called `AD`"),
        (["--baseline", "gone.json"], "gone.json: no such file"),
        (["--baseline", ".."], "outside the root"),
        (["--baseline", "docs"], "docs: no file that can be read"),
        (["-f", "json", "-f", "yaml"], "'yaml' is unknown; known are text, concise, json"),
        (["-f", "json:out", "-f", "sarif:./out"], "two formats go into ./out"),
    ],
)
def test_what_names_nothing_is_usage(root: Path, arguments: list[str], message: str) -> None:
    done = check(root, *arguments)
    assert (done.code, done.out) == (2, "")
    assert message in done.err


def test_statistics_count_findings_by_rule(root: Path) -> None:
    write(root, "docs/adr/0003-y.md", CLEAN.format(3) + "\n[a](b.md)\n")
    done = check(root, "--select", "ALL", "--statistics")
    assert done.code == 1
    assert done.out.splitlines()[:2] == ["3 ADL206 broken-link", "2 ADL101 no-invariants"]
    assert done.out.splitlines()[-1].startswith("3 records")
    document = check(root, "--select", "ALL", "-f", "json").json
    assert document["statistics"] == {"ADL206": 3, "ADL101": 2}


def test_findings_may_be_told_without_failing(root: Path) -> None:
    done = check(root, "--exit-zero")
    assert done.code == 0
    assert "ADL101" in done.out
    assert check(root, "--exit-zero", "--select", "ADL999").code == 2


def test_a_baseline_by_another_name(root: Path) -> None:
    write(root, "adr-lsp.toml", "")
    assert "docs/known.json" in adr_lsp(root, "baseline", "write", "docs/known.json").out
    assert check(root).code == 1
    quiet = check(root, "--baseline", "docs/known.json")
    assert quiet.code == 0
    assert "4 findings silenced: 4 by baseline" in quiet.out
    assert check(root, "--baseline", "docs/known.json", "--no-baseline").code == 1


def test_dead_entries_are_noted_and_pruned(root: Path) -> None:
    adr_lsp(root, "baseline", "write")
    write(root, "docs/adr/0001-x.md", CLEAN.format(1))
    done = check(root)
    assert done.code == 0
    assert f"2 entries of {FILE} match no finding any more" in done.out
    assert check(root, "-f", "json").json["summary"]["dead"] == 2
    assert "adr-lsp baseline prune" in check(root, "-f", "concise").err
    patch = adr_lsp(root, "baseline", "prune", "--diff").out
    assert [line[:12] for line in patch.splitlines() if line[:2] == "-{"] == ['-{"rule": "A'] * 2
    assert adr_lsp(root, "baseline", "prune").out == f"{FILE}: 2 dead findings dropped, 2 left\n"
    once = (root / FILE).read_bytes()
    assert adr_lsp(root, "baseline", "prune").out == f"{FILE}: 0 dead findings dropped, 2 left\n"
    assert (root / FILE).read_bytes() == once
    assert check(root).out.count("\n") == 1


def test_a_baseline_that_cannot_be_used_is_2_and_can_be_written_anew(root: Path) -> None:
    missing = adr_lsp(root, "baseline", "prune")
    assert missing.code == 2
    assert "baseline write" in missing.err
    write(root, FILE, '{"version": 1,\n"findings": [\n<<<<<<< HEAD\n')
    done = check(root)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"adr-lsp: {FILE}:3: ")
    assert "a conflict of a merge; `adr-lsp baseline write` writes it anew" in done.err
    assert adr_lsp(root, "baseline", "prune").code == 2
    assert check(root, "--no-baseline").code == 1
    assert adr_lsp(root, "baseline", "write").code == 0
    assert check(root).code == 0


def test_two_branches_that_change_the_baseline_merge(root: Path) -> None:
    for number in range(3, 9):
        write(root, f"docs/adr/000{number}-x.md", BARE.format(number))
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org"]

    def commit() -> None:
        run([*git, "add", "-A"], root)
        assert run([*git, "commit", "-qm", "x"], root).code == 0

    adr_lsp(root, "baseline", "write")
    commit()
    run([*git, "checkout", "-qb", "other"], root)
    write(root, "docs/adr/0002-x.md", CLEAN.format(2))
    adr_lsp(root, "baseline", "prune")
    commit()
    run([*git, "checkout", "-q", "-"], root)
    write(root, "docs/adr/0009-x.md", BARE.format(9))
    adr_lsp(root, "baseline", "write")
    commit()
    assert run([*git, "merge", "-q", "--no-edit", "other"], root).code == 0
    assert check(root).out.count("\n") == 1
    assert len(json.loads((root / FILE).read_text())["findings"]) == 16


def test_init_writes_into_the_project_file(root: Path) -> None:
    write(root, "pyproject.toml", '[project]\r\nname = "x"')
    write(root, "docs/adr/0003-x.md", IDS)
    patch = adr_lsp(root, "init", "--write", "--diff")
    assert "+++ b/pyproject.toml" in patch.out
    assert not (root / ".adr-lsp").exists()
    done = adr_lsp(root, "init", "--write")
    assert (done.code, done.out.splitlines()[:2]) == (
        0,
        ["wrote pyproject.toml", "wrote .adr-lsp/.gitignore"],
    )
    raw = (root / "pyproject.toml").read_bytes()
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert raw.startswith(b'[project]\r\nname = "x"\r\n\r\n[tool.adr-lsp]\r\n# ')
    table = tomllib.loads(raw.decode())["tool"]["adr-lsp"]
    assert table == {"prefixes": ["INV", "SAFE"]}
    assert (root / ".adr-lsp/.gitignore").read_text() == "*\n"
    ids = [each["id"] for each in check(root, "-f", "json").json["invariants"]]
    assert ids == ["SAFE-1", "SAFE-2"]
    again = adr_lsp(root, "init", "--write")
    assert again.code == 2
    assert "pyproject.toml configures this root already; nothing was written" in again.err
    assert (root / "pyproject.toml").read_bytes() == raw
    assert "configured by pyproject.toml" in adr_lsp(root, "init").out


@pytest.mark.parametrize(
    "project", [None, "", "[build-system]\nrequires = []\n", "[project", 'tool = {x = {y = "z"}}\n']
)
def test_init_writes_a_file_of_its_own_elsewhere(root: Path, project: str | None) -> None:
    if project is not None:
        write(root, "pyproject.toml", project)
    assert adr_lsp(root, "init", "--write").code == 0
    assert project is None or (root / "pyproject.toml").read_text() == project
    assert tomllib.loads((root / "adr-lsp.toml").read_text()) == {}
    assert len(findings(root)) == 4


def test_init_says_what_it_found(root: Path) -> None:
    write(root, "docs/adr/template.md", "# T\n")
    write(root, ".adr-dir", "design/log\n")
    write(root, "design/log/choose.md", "# Choose\n")
    write(root, "tests/test_a.py", "")
    write(root, ".github/workflows/test.yml", "")
    done = adr_lsp(root, "init")
    for said in (
        "docs/adr: 2 records (2 other); of these 2 with a status, 0 with a date, 0 with",
        "1 of 3 Markdown files are no records: template.md",
        ".adr-dir names design/log",
        "tests: 1 file for pytest",
        "pipelines: .github/workflows/test.yml",
        "findings: 4 in 2 files: 2 ADL101, 2 ADL206",
        "accepts the 4 findings of today",
    ):
        assert said in done.out, done.out


def test_init_where_there_is_no_record_begins_none(tmp_path: Path) -> None:
    run(["git", "init", "-q"], tmp_path)
    done = adr_lsp(tmp_path, "init")
    assert done.code == 0
    assert "no record found" in done.out
    assert '`adr-lsp new "TITLE"` begins a log in docs/adr' in done.out
    assert files(tmp_path) == {}
    assert adr_lsp(tmp_path, "init", "--write").code == 0
    assert sorted(files(tmp_path)) == [".adr-lsp/.gitignore", "adr-lsp.toml"]
    assert adr_lsp(tmp_path, "init", "gone").code == 2


def test_hostile_names_steer_nothing(root: Path) -> None:
    write(root, "docs/adr/0003-\x1b[2J\u202e\n::error::x.md", BARE.format(3))
    write(root, ".adr-dir", "\x1b[2J\u202e")
    write(root, "\x1b[2J\u202e/a.md", "# A\n")
    outputs = [
        adr_lsp(root, "init").out,
        adr_lsp(root, "init", "--write", "--diff").out,
        adr_lsp(root, "init", "--write").out,
        adr_lsp(root, "baseline", "write", "\u202e.json").out,
        check(root, "--statistics").out,
        check(root, "--baseline", "\u202e.json").out,
    ]
    for said in (*outputs[:1], *outputs[2:]):
        assert said
        assert not [c for c in said if c < " " and c != "\n"]
        assert "\u202e" not in said
        assert not [line for line in said.splitlines() if line.startswith("::")]
    assert check(root, "--baseline", "\u202e.json").code == 0
