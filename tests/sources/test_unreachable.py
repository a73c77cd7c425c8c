"""An assertion that never runs proves nothing."""

from __future__ import annotations

import pytest

from adr_lsp.sources.python.vacuous import vacuity

DEAD = {
    "after return": "    return\n    assert f(1) == 2\n",
    "if False": "    if False:\n        assert f(1) == 2\n",
    "while 0": "    while 0:\n        assert f(1) == 2\n",
    "nothing to loop over": "    for x in []:\n        assert f(x) == 2\n",
    "after continue": "    for x in [1]:\n        continue\n        assert f(x) == 2\n",
}
ALIVE = {
    "else": "    if False:\n        pass\n    else:\n        assert f(1) == 2\n",
    "a return in a branch": "    if f(0):\n        return\n    assert f(1) == 2\n",
    "a loop": "    for x in [1]:\n        assert f(x) == 2\n        continue\n",
}


def why(body: str) -> str | None:
    source = f"from m import f\n\ndef test_x():\n{body}"
    return vacuity("t.py", "test_x", {"t.py": source.encode()}.get, ["t.py"], None, {})


@pytest.mark.parametrize("case", DEAD)
def test_what_never_runs_asserts_nothing(case: str) -> None:
    assert why(DEAD[case]) == "it asserts nothing"


@pytest.mark.parametrize("case", ALIVE)
def test_what_may_run_counts(case: str) -> None:
    assert why(ALIVE[case]) is None
