"""Ids, numbers and files renamed in every place that names them, and nowhere else."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from cli.command import adr_lsp

FILES = {
    "docs/adr/0001-old-store.md": """# 1. Old store

## Status

Superseded by [ADR-0012](0012-use-journal.md), see `ADR-0012/INV-1`
""",
    "docs/adr/0012-use-journal.md": """---
id: 12
---

# 12. Use a journal

Status: accepted

## Context

ADR-0012 says INV-1 and INV-10; [INV-1](0013-next.md) there is another. See [here](#invariants).

```text
ADR-0012/INV-1 in code stays
```

<!-- ADR-0012/INV-1 in a comment stays -->

## Invariants

- **INV-1** *(bounds)*: A number is below ten.
  - Verified by: [`test_a`](../../tests/test_a.py)
- **INV-10**: Another, unlike INV-1.
""",
    "docs/adr/0013-next.md": """# 13. Next

Supersedes: 1

Builds on [INV-1](0012-use-journal.md), ADR-0012/INV-1, INV-10 and adr-12#INV-1.
Not ADR-0112/INV-1, not XADR-0012/INV-1, not 0012-use-journals; ADR 12 in words.

## Invariants

- **INV-1**: Its own INV-1.
""",
    "docs/adr/README.md": "- [12](0012-use-journal.md#invariants)\n- [x](./0012-use-journal.md)\n",
    "tests/test_a.py": '''"""Nothing."""

import pytest


# Verifies: ADR-0012/INV-1, INV-10
def test_a():
    assert 2 > 1


@pytest.mark.invariant("ADR-12/INV-1")
def test_b():
    """It is so.

    Verifies: ADR-0012/INV-10
    """
    text = "ADR-0012/INV-1 in a text stays"
    assert text


# Verifies: ADR-0013/INV-1
def test_c():
    assert 3 > 1
''',
    "src/post.ts": "// see ADR-0012/INV-1 (and ADR-0012)\nit('[ADR-0012/INV-1] holds', () => {})\n",
    "formal/Journal.tla": "\\* ADR-0012/INV-1\nadr_0012_inv_1_holds == TRUE\n"
    "adr_0012_inv_10 == TRUE\n",
    "adr-lsp.toml": 'since = "ADR-0012"\n[per-file-ignores]\n'
    '"docs/adr/0012-use-journal.md" = ["ADL206"]\n',
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for path, content in FILES.items():
        write(tmp_path, path, content)
    return tmp_path


def write(root: Path, path: str, content: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_bytes(content.encode())


def read(root: Path) -> dict[str, str]:
    return {
        p.relative_to(root).as_posix(): p.read_bytes().decode(errors="replace")
        for p in sorted(root.rglob("*"))
        if p.is_file() and ".adr-lsp" not in p.parts
    }


def done(root: Path, *arguments: str) -> str:
    result = adr_lsp(root, *arguments)
    assert result.code == 0, result.err
    return result.err


def shape(root: Path) -> Any:
    """What a check says, without the names."""
    said = adr_lsp(root, "--check", "--select", "ALL", "-f", "json").json
    findings = sorted((f["code"], f["range"]["start"]["line"]) for f in said["findings"])
    invariants = sorted((i["verdict"], len(i["tests"])) for i in said["invariants"])
    return findings, invariants, said["summary"]


def test_an_id_is_renamed_wherever_it_means_the_invariant(root: Path) -> None:
    before = shape(root)
    done(root, "rename", "ADR-0012/INV-1", "INV-NO-LOSS")
    after = read(root)
    assert shape(root) == before
    journal = after["docs/adr/0012-use-journal.md"]
    assert "says INV-NO-LOSS and INV-10; [INV-1](0013-next.md) there" in journal
    assert "ADR-0012/INV-1 in code stays" in journal
    assert "ADR-0012/INV-1 in a comment stays" in journal
    assert "- **INV-NO-LOSS** *(bounds)*" in journal
    assert "Another, unlike INV-NO-LOSS." in journal
    following = after["docs/adr/0013-next.md"]
    assert (
        "[INV-NO-LOSS](0012-use-journal.md), ADR-0012/INV-NO-LOSS, INV-10 and adr-12#INV-NO-LOSS"
        in following
    )
    assert "Not ADR-0112/INV-1, not XADR-0012/INV-1" in following
    assert "- **INV-1**: Its own INV-1." in following
    assert "`ADR-0012/INV-NO-LOSS`" in after["docs/adr/0001-old-store.md"]
    tests = after["tests/test_a.py"]
    assert "# Verifies: ADR-0012/INV-NO-LOSS, INV-10" in tests
    assert 'invariant("ADR-12/INV-NO-LOSS")' in tests
    assert "ADR-0012/INV-1 in a text stays" in tests
    assert "# Verifies: ADR-0013/INV-1" in tests
    assert after["src/post.ts"].count("ADR-0012/INV-NO-LOSS") == 2
    assert "adr_0012_inv_no_loss_holds == TRUE\nadr_0012_inv_10 ==" in after["formal/Journal.tla"]


def test_there_and_back_is_what_it_was(root: Path) -> None:
    done(root, "rename", "ADR-0012/INV-1", "INV-77")
    done(root, "rename", "ADR-0012/INV-77", "INV-1")
    assert read(root) == FILES
    (root / "adr-lsp.toml").unlink()  # its `since` names the record that comes next
    done(root, "renumber", "ADR-0012", "0030")
    assert "docs/adr/0030-use-journal.md" in read(root)
    done(root, "renumber", "30", "12")
    assert read(root) == {path: text for path, text in FILES.items() if path != "adr-lsp.toml"}


@pytest.mark.parametrize(
    ("id", "new", "reason"),
    [
        ("ADR-0012/INV-1", "INV-10", "has an invariant INV-10 already"),
        ("ADR-0012/INV-1", "INV-1", "already"),
        ("ADR-0012/INV-1", "inv 3", "is no id"),
        ("ADR-0012/INV-1", "REQ-3", "is no id"),
        ("ADR-0012", "INV-3", "name one invariant"),
        ("ADR-0099/INV-1", "INV-3", "no such record"),
    ],
)
def test_what_cannot_be_renamed(root: Path, id: str, new: str, reason: str) -> None:
    refused = adr_lsp(root, "rename", id, new)
    assert (refused.code, reason in refused.err) == (2, True), refused.err
    assert read(root) == FILES


def test_a_number_is_changed_wherever_it_means_the_record(root: Path) -> None:
    before = shape(root)
    done(root, "renumber", "ADR-0012", "15")
    after = read(root)
    assert shape(root) == before
    assert "docs/adr/0012-use-journal.md" not in after
    journal = after["docs/adr/0015-use-journal.md"]
    assert journal.startswith("---\nid: 15\n---\n\n# 15. Use a journal\n")
    assert "ADR-0015 says INV-1" in journal
    assert "ADR-0012/INV-1 in code stays" in journal
    assert (
        "[ADR-0015](0015-use-journal.md), see `ADR-0015/INV-1`"
        in after["docs/adr/0001-old-store.md"]
    )
    following = after["docs/adr/0013-next.md"]
    assert "[INV-1](0015-use-journal.md), ADR-0015/INV-1, INV-10 and adr-15#INV-1" in following
    assert (
        "Not ADR-0112/INV-1, not XADR-0012/INV-1, not 0012-use-journals; ADR 15 in words"
        in following
    )
    assert "Supersedes: 1\n" in following
    assert (
        after["docs/adr/README.md"]
        == "- [15](0015-use-journal.md#invariants)\n- [x](./0015-use-journal.md)\n"
    )
    assert "# Verifies: ADR-0015/INV-1, INV-10" in after["tests/test_a.py"]
    assert 'invariant("ADR-15/INV-1")' in after["tests/test_a.py"]
    assert "adr_0015_inv_1_holds" in after["formal/Journal.tla"]
    followed = FILES["adr-lsp.toml"].replace("0012-use", "0015-use")
    assert after["adr-lsp.toml"] == followed.replace("ADR-0012", "ADR-0013")


def test_the_baseline_follows(root: Path) -> None:
    done(root, "baseline", "write")
    assert adr_lsp(root, "--check").code == 0
    done(root, "renumber", "ADR-0012")
    done(root, "rename", "ADR-0014/INV-10", "INV-4")
    assert adr_lsp(root, "--check").code == 0, adr_lsp(root, "--check").out


def test_a_folder_of_its_own_is_renamed_whole(tmp_path: Path) -> None:
    write(tmp_path, "docs/adr/0001-a/README.md", "# A\n\n![p](p.png) [b](../0002-b/README.md)\n")
    write(tmp_path, "docs/adr/0001-a/p.png", "picture")
    write(
        tmp_path, "docs/adr/0002-b/README.md", "# B\n\n[a](../0001-a/README.md) [a](../0001-a/)\n"
    )
    done(tmp_path, "renumber", "1", "3")
    after = read(tmp_path)
    assert set(after) == {
        "docs/adr/0002-b/README.md",
        "docs/adr/0003-a/README.md",
        "docs/adr/0003-a/p.png",
    }
    assert not (tmp_path / "docs/adr/0001-a").exists()
    assert after["docs/adr/0002-b/README.md"].count("../0003-a/") == 2


def test_of_two_records_of_one_number_the_named_one_is_renumbered(tmp_path: Path) -> None:
    body = "# 7. {0}\n\n## Invariants\n\n- **INV-{1}**: It is so.\n"
    write(tmp_path, "docs/adr/0007-a.md", body.format("A", "1"))
    write(tmp_path, "docs/adr/0007-b.md", body.format("B", "2"))
    write(tmp_path, "docs/adr/0008-c.md", "# 8. C\n\nADR-0007, ADR-0007/INV-2 and [b](0007-b.md)\n")
    write(
        tmp_path, "tests/test_x.py", "# Verifies: ADR-0007/INV-2\ndef test_x():\n    assert 2 > 1\n"
    )
    assert "ambiguous" in adr_lsp(tmp_path, "renumber", "7", "9").err
    said = done(tmp_path, "renumber", "0007-b", "9")
    assert "docs/adr/0008-c.md:3: 0007 may mean several; left" in said
    after = read(tmp_path)
    assert after["docs/adr/0008-c.md"] == "# 8. C\n\nADR-0007, ADR-0009/INV-2 and [b](0009-b.md)\n"
    assert after["docs/adr/0009-b.md"].startswith("# 9. B\n")
    assert after["docs/adr/0007-a.md"].startswith("# 7. A\n")
    assert after["tests/test_x.py"].startswith("# Verifies: ADR-0009/INV-2\n")


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("ADR-0012", "13"), "is the number of docs/adr/0013-next.md"),
        (("ADR-0012", "12"), "already"),
        (("ADR-0012", "x"), "no number of a record"),
        (("ADR-0099", "5"), "no such record"),
    ],
)
def test_what_cannot_be_renumbered(root: Path, arguments: tuple[str, ...], reason: str) -> None:
    refused = adr_lsp(root, "renumber", *arguments)
    assert (refused.code, reason in refused.err) == (2, True), refused.err
    assert read(root) == FILES


def test_a_diff_is_the_change(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    copy = tmp_path_factory.mktemp("copy") / "root"
    shutil.copytree(root, copy)
    patch = adr_lsp(root, "renumber", "12", "20", "--diff").out
    assert read(root) == FILES
    subprocess.run(["git", "init", "--quiet"], cwd=copy, check=True)
    subprocess.run(["git", "apply"], input=patch, text=True, cwd=copy, check=True)
    shutil.rmtree(copy / ".git")
    done(root, "renumber", "12", "20")
    assert read(copy) == read(root)


def test_line_ends_and_marks_stay(tmp_path: Path) -> None:
    content = "\ufeff# 1. A\r\n\r\n## Invariants\r\n\r\n- **INV-1**: See ADR-0001/INV-1.\r\n"
    write(tmp_path, "docs/adr/0001-a.md", content)
    done(tmp_path, "rename", "ADR-0001/INV-1", "INV-2")
    done(tmp_path, "renumber", "1", "2")
    expected = content.replace("INV-1", "INV-2").replace("0001", "0002").replace("# 1.", "# 2.")
    assert read(tmp_path) == {"docs/adr/0002-a.md": expected}


FORMS = """# 14. Forms

[12. Use a journal](0012-use-journal.md) [0012](0012-use-journal.md) [x][one] [7 ways](0013-next.md)
<a href="0012-use-journal.md">12</a> ![i](img/ADR-0012.png) [a](<0012-use-journal.md> "t 12")
ADRs 0012, 0013 and 12; ADR-12/13; ADR#12; ADR-0012-use-journal; an ADR 12 months old; ADR 12.5
[top](0012-use-journal.md#12-use-a-journal) [site](/adr/12) [root](/docs/adr/0012-use-journal)
https://example.org/docs/adr/0012-use-journal.md [ADR-0012](0012-example.md) [ADR 12](0013-next.md)
INV-1 of ADR-0012, ADR-0012 (INV-1), ADR-0012/INV-1/INV-10

| 12 | [Use a journal](0012-use-journal.md) | 12 |
| -- | -- | -- |

```inline``` ADR-0012

> ~~~
> ADR-0012
> ~~~

[one]: ./0012-use-journal.md "One"
"""


def test_every_form_of_a_name_follows(root: Path) -> None:
    write(root, "docs/adr/0014-forms.md", FORMS)
    journal = FILES["docs/adr/0012-use-journal.md"].replace(
        "id: 12", "slug: 12\ntitle: 12. Journal"
    )
    write(root, "docs/adr/0012-use-journal.md", journal)
    write(root, "mkdocs.yml", 'nav:\n  - "ADR 12": adr/0012-use-journal.md\n')
    write(root, "CODEOWNERS", "/docs/adr/0012-use-journal.md @me\n")
    write(root, "docs/adr/template.md", "# ADR-0012\n\n[ADR-0012](0012-example.md)\n")
    (root / "notes.txt").write_bytes("Gr\xfc\xdfe, ADR-0012".encode("latin-1"))
    (root / "picture.bin").write_bytes(b"\0ADR-0012")
    write(root, "src/a.py", 'PATH = "docs/adr/0012-use-journal.md"\n')
    said = done(root, "renumber", "12", "15")
    after = read(root)
    assert after["docs/adr/0014-forms.md"] == FORMS_AFTER
    assert "slug: 15\ntitle: 15. Journal\n" in after["docs/adr/0015-use-journal.md"]
    assert after["mkdocs.yml"] == 'nav:\n  - "ADR 15": adr/0015-use-journal.md\n'
    assert after["CODEOWNERS"] == "/docs/adr/0015-use-journal.md @me\n"
    assert "docs/adr/0014-forms.md:7: 0012-use-journal.md is in an address; left" in said
    assert "docs/adr/template.md:1: 0012 is in a template; left" in said
    assert "notes.txt:1: ADR-0012 the file is not UTF-8; left" in said
    assert "src/a.py:1: docs/adr/0012-use-journal.md is in a text of code; left" in said
    assert "picture.bin" not in said


FORMS_AFTER = """# 14. Forms

[15. Use a journal](0015-use-journal.md) [0015](0015-use-journal.md) [x][one] [7 ways](0013-next.md)
<a href="0015-use-journal.md">15</a> ![i](img/ADR-0012.png) [a](<0015-use-journal.md> "t 12")
ADRs 0015, 0013 and 15; ADR-15/13; ADR#15; ADR-0015-use-journal; an ADR 12 months old; ADR 12.5
[top](0015-use-journal.md#15-use-a-journal) [site](/adr/15) [root](/docs/adr/0015-use-journal)
https://example.org/docs/adr/0012-use-journal.md [ADR-0012](0012-example.md) [ADR 12](0013-next.md)
INV-1 of ADR-0015, ADR-0015 (INV-1), ADR-0015/INV-1/INV-10

| 15 | [Use a journal](0015-use-journal.md) | 12 |
| -- | -- | -- |

```inline``` ADR-0015

> ~~~
> ADR-0012
> ~~~

[one]: ./0015-use-journal.md "One"
"""


def test_ids_beside_keys_and_in_lists_follow(root: Path) -> None:
    write(root, "docs/adr/0014-forms.md", FORMS)
    write(root, "features/a.feature", "@ADR-0012/INV-1\nFeature: x\n")
    done(root, "rename", "ADR-0012/INV-1", "INV-5")
    after = read(root)
    line = "INV-5 of ADR-0012, ADR-0012 (INV-5), ADR-0012/INV-5/INV-10\n"
    assert after["docs/adr/0014-forms.md"] == FORMS.replace(FORMS.splitlines(True)[7], line)
    assert after["features/a.feature"] == "@ADR-0012/INV-5\nFeature: x\n"


@pytest.mark.parametrize(
    ("names", "titles", "old", "new", "name", "title"),
    [
        (("1-a", "2-b"), "{0}. T", 2, 10, "10-b", "10. T"),
        (("9-a", "10-b"), "{0}. T", 10, 3, "3-b", "3. T"),
        (("0009-a", "0010-b"), "{0}. T", 10, 3, "0003-b", "3. T"),
        (("0009-a", "1010-b"), "{0}. T", 1010, 3, "0003-b", "3. T"),
        (("009-a", "101-b"), "ADR {0:03}: T", 101, 12, "012-b", "ADR 012: T"),
        (("X-ADR-0009-a", "X-ADR-OPS-0003-b"), "{0}. T", 3, 9, "X-ADR-OPS-0009-b", "9. T"),
        (("21-a.adr", "24-b.adr"), "{0}. T", 24, 30, "30-b.adr", "30. T"),
        (("2022-12-05_006-a", "2022-12-06_012-b"), "{0}. T", 12, 7, "2022-12-06_007-b", "7. T"),
        (("0001-a", "0000-b"), "{0:04}: T of 2000", 0, 2, "0002-b", "0002: T of 2000"),
    ],
)
def test_a_number_is_written_as_the_log_writes_them(
    tmp_path: Path, names: tuple[str, str], titles: str, old: int, new: int, name: str, title: str
) -> None:
    first = re.search(r"(\d+)-a", names[0])
    assert first
    write(tmp_path, f"docs/adr/{names[0]}.md", f"# {titles.format(int(first[1]))}\n")
    write(tmp_path, f"docs/adr/{names[1]}.md", f"# {titles.format(old)}\n")
    done(tmp_path, "renumber", f"docs/adr/{names[1]}.md", str(new))
    after = read(tmp_path)
    assert after[f"docs/adr/{name}.md"] == f"# {title}\n", after
