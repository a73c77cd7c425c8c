"""The report in a real browser: it shows, it asks for nothing, and nothing in it runs."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import provision
from editors.conftest import ACTIVATED, HERE, RENEW, keep
from provision import need

EVIL = "<script>window.pwned=1</script><img src=http://127.0.0.1:9/x onerror=window.pwned=1>"
RECORD = f"""\
# 1. {EVIL}

## Status

Accepted {EVIL}

![an image](http://127.0.0.1:9/tracker.png) [run](javascript:window.pwned=1)
[far](https://example.org/) <https://example.org/>

{EVIL}

| a | b |
| - | - |
| {EVIL} | </table></details></main><script>alert(1)</script> |

## Invariants

- **INV-1** *(bounds)*: {EVIL} is `{EVIL}`.
  - Verified by: [`test_it`](../../tests/test_it.py)
"""
TEST = """
from hypothesis import given, strategies as st


@given(st.integers())
def test_it(n):
    assert n < 5, "</style></pre><script>window.pwned=1</script>"
"""


def reported(folder: Path, *arguments: str) -> Path:
    command = [sys.executable, "-m", "adr_lsp", "report", "-o", "report.html", *arguments]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return folder / "report.html"


def with_a_fault(scratch: Path) -> Path:
    """The ledger of the sample, run, then with a fault in one line; for the docs' pictures."""
    left = shutil.ignore_patterns(".adr-lsp", "checkout", "replica", "__pycache__", ".hypothesis")
    root = shutil.copytree(provision.PROJECT / "adrs-sample", scratch / "ledger", ignore=left)
    command = [sys.executable, "-m", "adr_lsp", "run"]
    activated = os.environ | ACTIVATED
    subprocess.run(command, cwd=root, check=True, capture_output=True, env=activated)
    file = root / "ledger/settlement.py"
    code = file.read_text()
    mended = "return max(one, other, key=lambda line: line.revision)"
    assert mended in code
    file.write_text(code.replace(mended, "return other"))
    command.append("ADR-0008")
    subprocess.run(command, cwd=root, check=False, capture_output=True, env=activated)
    return root


@pytest.fixture(scope="module")
def seen(pictures: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    need("node", "playwright", "chromium")
    scratch = tmp_path_factory.mktemp("report")
    hostile = scratch / "hostile"
    (hostile / "docs/adr").mkdir(parents=True)
    (hostile / "tests").mkdir()
    (hostile / "docs/adr/0001-evil.md").write_text(RECORD)
    (hostile / "tests/test_it.py").write_text(TEST)
    command = [sys.executable, "-m", "adr_lsp", "run"]
    activated = os.environ | ACTIVATED
    subprocess.run(command, cwd=hostile, check=False, capture_output=True, env=activated)
    own = scratch / "own.html"
    command = [sys.executable, "-m", "adr_lsp", "report", "-o", str(own)]
    shown = with_a_fault(scratch) if os.environ.get(RENEW) else provision.PROJECT
    subprocess.run(command, cwd=shown, check=True, capture_output=True)
    pages = [
        {"name": "report-light", "url": own.as_uri(), "scheme": "light"},
        {"name": "report-dark", "url": own.as_uri(), "scheme": "dark"},
        {"name": "report-hostile", "url": reported(hostile).as_uri(), "scheme": "light"},
    ]
    told, observed = scratch / "wanted.json", scratch / "observed.json"
    paths = {"playwright": provision.PLAYWRIGHT, "browser": provision.chromium()}
    wanted = {"pages": pages, "pictures": pictures, "observed": observed} | paths
    told.write_text(json.dumps(wanted, default=str))
    command = [str(provision.NODE), str(HERE / "report" / "look.mjs"), str(told)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert observed.is_file(), done.stdout + done.stderr
    for name in ("report-light", "report-dark"):
        keep(pictures / f"{name}.png")
    return {each["name"]: each for each in json.loads(observed.read_text())}


@pytest.mark.parametrize("name", ["report-light", "report-dark", "report-hostile"])
def test_it_asks_for_nothing_and_nothing_runs(seen: dict[str, Any], name: str) -> None:
    page = seen[name]
    assert [url for url in page["asked"] if not url.startswith("file:")] == []
    assert (len(page["asked"]), page["ran"], page["pwned"]) == (1, [], False)
    assert (page["scripts"], page["handlers"], page["refused"]) == (0, [], [])


@pytest.mark.parametrize("name", ["report-light", "report-dark", "report-hostile"])
def test_it_is_read_with_weak_eyes_a_screen_reader_and_on_paper(
    seen: dict[str, Any], name: str
) -> None:
    page, read = seen[name], seen[name]["read"]
    assert (read["pale"], read["broken"], read["unnamed"], read["unheard"]) == ([], [], [], 0)
    assert read["landmarks"] == ["banner", "navigation", "main", "contentinfo"]
    assert (read["rowHeaders"] > 0, read["images"]) == (True, 0)
    assert (page["wide"], page["hidden"]) == ([], [])


def test_hostile_words_are_shown_as_they_are(seen: dict[str, Any]) -> None:
    page = seen["report-hostile"]
    assert page["letters"] == ["F"]
    assert page["first"][0].startswith("ADR-0001/INV-1 ")


def test_it_follows_the_readers_light_and_dark(seen: dict[str, Any]) -> None:
    assert seen["report-light"]["background"] == "rgb(255, 255, 255)"
    assert seen["report-dark"]["background"] != "rgb(255, 255, 255)"
