"""Rules that are scaffolded, checked by the real tools: on code that holds, and that does not."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

import provision
from adr_lsp.scaffold import Scaffold
from cli.command import adr_lsp
from scaffold.cases import apply, made, write
from scaffold.once import once

RULES = {
    "py": {
        "INV-1": "`shop.cart` never imports `shop.checkout`.",
        "INV-2": "Only `checkout` may import `payments`.",
        "INV-3": "Layers are `shop.checkout` > `shop.payments` > `shop.money`.",
        "INV-4": "There are no import cycles in `shop`.",
        "INV-5": "Nothing in `shop.money` imports `requests`.",
        "INV-6": "Never call `eval`, and nobody calls `eval`.",
    },
    "js": {
        "INV-11": "`cart` never imports `checkout`.",
        "INV-12": "Only `checkout` may import `payments`.",
        "INV-13": "Layers are `checkout` > `payments` > `money`.",
        "INV-14": "There are no import cycles in `src`.",
        "INV-15": "`money` never imports `lodash`.",
        "INV-16": "Nobody calls `eval`.",
    },
}
CODE = {
    "py/pyproject.toml": '[project]\nname = "shop"\nversion = "1"\n',
    "py/shop/__init__.py": "",
    "py/shop/money.py": "def cents(text: str) -> int:\n    return int(text)\n",
    "py/shop/payments.py": "from shop.money import cents\n\nPAID = cents('1')\n",
    "py/shop/cart.py": "from shop.money import cents\n\nEMPTY = cents('0')\n",
    "py/shop/checkout.py": "from shop import cart, payments\n\nDONE = payments.PAID, cart.EMPTY\n",
    "js/package.json": '{"name": "shop", "type": "module"}\n',
    "js/.dependency-cruiser.cjs": "module.exports = {\n  forbidden: [],\n  options: {},\n};\n",
    "js/src/money.mjs": "export const cents = Number;\n",
    "js/src/payments.mjs": 'import { cents as c } from "./money.mjs";\nexport const p = c("1");\n',
    "js/src/cart/index.mjs": 'import "../money.mjs";\nexport const empty = 0;\n',
    "js/src/checkout.mjs": 'import "./cart/index.mjs";\nimport "./payments.mjs";\n',
}
FAULTS = {
    "py/shop/cart.py": "from shop.money import cents\nfrom shop import checkout, payments\n",
    "py/shop/money.py": "import requests\nfrom shop import payments\neval('1')\n",
    "js/src/cart/index.mjs": 'import "../checkout.mjs";\nimport "../payments.mjs";\n',
    "js/src/money.mjs": 'import "lodash";\nimport "./payments.mjs";\neval("1");\n',
}
OFFENCES = {
    "INV-1": "shop.cart -> shop.checkout (l.2)",
    "INV-2": "shop.cart -> shop.payments (l.2)",
    "INV-3": "shop.money -> shop.payments (l.2)",
    "INV-4": "shop.",
    "INV-5": "shop.money -> requests (l.1)",
    "INV-6": "py/shop/money.py:3: eval('1')",
    "INV-11": "src/cart/index.mjs -> src/checkout.mjs",
    "INV-12": "src/cart/index.mjs -> src/payments.mjs",
    "INV-13": "src/money.mjs -> src/payments.mjs",
    "INV-14": " -> src/",
    "INV-15": "src/money.mjs -> node_modules/lodash",
    "INV-16": 'js/src/money.mjs:3: eval("1");',
}
IDS = sorted(OFFENCES)
Said = dict[str, dict[str, dict[str, object]]]


@pytest.fixture(scope="session")
def said(tmp_path_factory: pytest.TempPathFactory) -> Said:
    """What one run says of every invariant at each stage; one worker of several runs it."""
    provision.need("node", "javascript")
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    kept = shared / "structure.json"
    with once(kept) as first:
        if first:
            kept.write_text(json.dumps(_stages(tmp_path_factory.mktemp("structure"))))
    found: Said = json.loads(kept.read_text())
    return found


def _stages(root: Path) -> Said:
    write(root, {"adr-lsp.toml": "", **CODE})
    installed = Path(provision.TOOLS) / "javascript" / "node_modules"
    (root / "js/node_modules").mkdir()
    for name in (".bin", "dependency-cruiser", "@ast-grep"):
        (root / "js/node_modules" / name).symlink_to(installed / name)
    (root / "py/node_modules").symlink_to(root / "js/node_modules")
    write(root, {"js/node_modules/lodash/index.js": "module.exports = {};\n",
                 "js/node_modules/lodash/package.json": '{"name": "lodash"}\n'})  # fmt: skip
    for number, (project, rules) in enumerate(RULES.items(), 1):
        lines = "\n".join(f"- **{id}** *(structure)*: {text}" for id, text in rules.items())
        head = f"# {number}. Parts\n\n## Invariants\n\n"
        write(root, {f"{project}/docs/adr/000{number}-parts.md": f"{head}{lines}\n"})
        for id in rules:
            scaffold = made(root, id, "static")
            assert isinstance(scaffold, Scaffold), scaffold
            apply(root, scaffold)
    found = {"scaffolded": _run(root)}
    for path in (*root.rglob("*.toml"), *root.rglob("*.yml"), *root.rglob(".dependency-*.json")):
        if "node_modules" not in path.parts:
            _accept(path)
    found["holds"] = _run(root)
    new = {"py/shop/new.py": "", "js/src/new.mjs": ""}
    write(root, new)
    found["newer"] = _verdicts(root, "list", "-f", "json")
    for path in new:
        (root / path).unlink()
    write(root, FAULTS)
    found["changed"] = _verdicts(root, "list", "-f", "json")
    found["differs"] = _run(root)
    write(root, {path: code for path, code in CODE.items() if path in FAULTS})
    for path in ("py/shop/cart.py", "js/src/cart/index.mjs"):
        (root / path).unlink()
    write(root, {"js/rules/nobody-calls-eval.yml": _rule(root).replace("JavaScript", "Rust")})
    found["gone"] = _run(root)
    return found


def _rule(root: Path) -> str:
    return (root / "js/rules/nobody-calls-eval.yml").read_text()


def _accept(path: Path) -> None:
    """An author has read the rules: the lines and notes that say scaffold go."""
    text = path.read_text(encoding="utf-8")
    text = text.replace("; adr-lsp: scaffold (read the rule, then delete this note)", "")
    lines = text.splitlines(keepends=True)
    path.write_text("".join(line for line in lines if "adr-lsp: scaffold" not in line))


def _run(root: Path) -> dict[str, dict[str, object]]:
    return _verdicts(root, "run", "-f", "json")


def _verdicts(root: Path, *words: str) -> dict[str, dict[str, object]]:
    path = os.pathsep.join([str(Path(sys.executable).parent), provision.environment()["PATH"]])
    done = adr_lsp(root, *words, PATH=path)
    return {found["id"]: {**found, "err": done.err} for found in done.json}


@pytest.mark.parametrize("id", IDS)
def test_counts_as_scaffolded_while_its_line_stands(id: str, said: Said) -> None:
    assert said["scaffolded"][id]["verdict"] == "scaffolded"


@pytest.mark.parametrize("id", IDS)
def test_passes_on_code_that_holds(id: str, said: Said) -> None:
    assert said["holds"][id]["verdict"] == "passed", said["holds"][id]


@pytest.mark.parametrize("id", IDS)
def test_fails_on_code_that_differs_and_names_the_place(id: str, said: Said) -> None:
    found = said["differs"][id]
    assert found["verdict"] == "failed", found
    assert OFFENCES[id] in json.dumps(found).replace("\\\\", "").replace('\\"', '"')


@pytest.mark.parametrize("id", IDS)
def test_a_file_that_has_come_since_makes_it_stale(id: str, said: Said) -> None:
    assert said["newer"][id]["verdict"] == "stale"
    assert "/new." in str(said["newer"][id]["reason"])


@pytest.mark.parametrize("id", IDS)
def test_is_stale_until_it_is_run_again(id: str, said: Said) -> None:
    assert said["changed"][id]["verdict"] == "stale"


@pytest.mark.parametrize("id", ["INV-1", "INV-11", "INV-16"])
def test_a_rule_that_is_about_nothing_does_not_pass(id: str, said: Said) -> None:
    assert said["gone"][id]["verdict"] == "error", said["gone"][id]
