"""Where a scaffold in Rust goes, what it leaves alone, and when there is none."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adr_lsp.config import Config
from adr_lsp.scaffold import Refusal, Scaffold
from adr_lsp.scaffold.rust.expression import Then, bound, layout
from adr_lsp.sources.code import parse
from scaffold.memory import Files, edited, made, refused, written

ADR = "docs/adr/0012-hold-money-as-minor-units.md"
TEST = "tests/hold_money_as_minor_units.rs"
MANIFEST = '[package]\nname = "money-box"\nversion = "0.1.0"\nedition = "2021"\n'
CODE = """\
pub mod coins {
    pub fn encode(amount: i64) -> String {
        amount.to_string()
    }

    pub fn decode(text: &str) -> Option<i64> {
        text.parse().ok()
    }

    fn hidden(amount: i64) -> i64 {
        amount
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Purse {
    coins: Vec<u8>,
}

impl Purse {
    pub fn new(coins: Vec<u8>) -> Self {
        Purse { coins }
    }

    pub fn joined(&self, other: &Purse) -> Purse {
        Purse { coins: [&self.coins[..], &other.coins[..]].concat() }
    }

    pub(crate) fn sorted(self) -> Purse {
        self
    }
}
"""


def record(*invariants: str) -> str:
    return "# 12. Hold money as minor units\n\n## Invariants\n\n" + "\n".join(invariants) + "\n"


FIRST = (
    "- **INV-1** *(round-trip)*: An amount survives encoding.\n  - Target: `crate::coins::encode`"
)
SECOND = "- **INV-2** *(commutativity)*: Purses join.\n  - Target: `money_box::Purse::joined`"
PROJECT: Files = {"Cargo.toml": MANIFEST, ADR: record(FIRST, SECOND), "src/lib.rs": CODE}


def project(target: str, pattern: str = "determinism", **files: str) -> Files:
    line = f"- **INV-1** *({pattern})*: It holds for everyone.\n  - Target: `{target}`"
    return {"Cargo.toml": MANIFEST, "src/lib.rs": CODE, **files, ADR: record(line)}


def scaffold_of(files: Files, id: str = "INV-1", method: str = "property") -> Scaffold:
    scaffold = made(files, id, method)
    assert isinstance(scaffold, Scaffold), scaffold
    return scaffold


def test_links_the_test_from_the_record() -> None:
    after = written(PROJECT)
    line = f"  - Verified by: [`amount_survives_encoding`](../../{TEST})"
    assert line in after[ADR].splitlines()
    assert after[ADR].replace(line + "\n", "") == PROJECT[ADR]


def test_links_a_test_in_its_modules() -> None:
    files = project("src/lib.rs:Purse::sorted")
    assert "[`tests::holds_everyone`](../../src/lib.rs)" in written(files)[ADR]


def test_two_invariants_of_a_record_share_the_file() -> None:
    both = written(written(PROJECT), "INV-2")[TEST]
    assert both.startswith("use money_box::coins::{decode, encode};\n")
    assert both.count("use proptest::prelude::*;") == 1
    assert "use money_box::Purse;" in both
    assert both.count("proptest! {") == 2
    assert not parse(both.encode(), "rust").has_error


def test_names_are_added_to_a_use_that_stands() -> None:
    other = SECOND.replace("money_box::Purse::joined", "crate::coins::decode")
    other = other.replace("commutativity", "total").replace("Purses join", "Decoding never panics")
    files = {**PROJECT, ADR: record(FIRST, other)}
    standing = "use money_box::coins::encode;\n\nfn own() {}\n"
    after = written({**files, TEST: standing}, "INV-2")[TEST]
    assert after.startswith("use money_box::coins::{decode, encode};\nuse proptest::prelude::*;\n")


def test_strategies_that_stand_are_used() -> None:
    standing = "fn sums() -> impl Strategy<Value = i64> {\n    -5..=5i64\n}\n"
    after = written({**PROJECT, TEST: f"use proptest::prelude::*;\n\n{standing}"})[TEST]
    assert "amount in sums()" in after
    assert "i64s" not in after


def test_a_second_time_is_refused() -> None:
    assert refused(written(PROJECT)) == f"`amount_survives_encoding` already stands in {TEST}"


def test_a_second_time_is_refused_beside_the_target() -> None:
    files = project("src/lib.rs:Purse::sorted")
    assert refused(written(files)) == "`tests::holds_everyone` already stands in src/lib.rs"


def test_a_name_that_the_target_has_is_not_taken_from_it() -> None:
    files = project("crate::coins::encode").copy()
    files[ADR] = record("- **INV-1** *(total)*: Encode.\n  - Target: `crate::coins::encode`")
    assert scaffold_of(files).name == "encode_holds"
    assert "already stands" in refused(written(files))


@pytest.mark.parametrize("standing", ["fn (", "use a::{", "mod x {\n"])
def test_a_file_that_cannot_be_parsed_is_left_alone(standing: str) -> None:
    assert "cannot be parsed" in refused({**PROJECT, TEST: standing})


def test_line_ends_of_a_file_stay() -> None:
    after = written({**PROJECT, TEST: "// ours\r\n\r\nfn own() {}\r\n"})[TEST]
    assert "\n" not in after.replace("\r\n", "")


@pytest.mark.parametrize("after", [0, 40])
def test_a_range_stands_in_brackets_before_a_method(after: int) -> None:
    method = "prop_map(|command_id| MotorTurnsAtMostOnceForACommandStep::Open { command_id })"
    said = layout(Then("1..=3u64", method), 8, 12, after)
    assert said.startswith("(1..=3u64)")


def test_a_chain_that_fits_on_the_next_line_is_not_broken() -> None:
    method = "prop_map(|command_id| MotorTurnsMostOnceCommandStep::Open { command_id })"
    chain = Then("1..=3u64", method)
    assert bound(chain, 8, 12) == f"\n            (1..=3u64).{method}"
    assert bound(chain, 12, 12).startswith(" (1..=3u64)\n")
    assert bound("Just(1)", 8, 12) == " Just(1)"


def test_methods_that_are_not_written_are_refused() -> None:
    said = refused(PROJECT, method="model")
    assert said == "there is no scaffold for the method `model` in Rust yet"
    assert "only for the patterns append-only, " in refused(PROJECT, method="state-machine")


def test_the_configured_path_is_used() -> None:
    config = Config(scaffold_paths=(("rust", "tests/{slug}_holds.rs"),))
    assert "tests/hold_money_as_minor_units_holds.rs" in written(PROJECT, config=config)


@pytest.mark.parametrize("path", ["../../{slug}.rs", "tests/{slug}.py", "/etc/{slug}.rs"])
def test_a_configured_path_that_cannot_be_is_refused(path: str) -> None:
    config = Config(scaffold_paths=(("rust", path),))
    assert made(PROJECT, config=config) == Refusal(f"`{path}` is no Rust file below the root")


OUTSIDE = (TEST, "use money_box::coins::")


@pytest.mark.parametrize(
    ("target", "path", "used"),
    [
        ("crate::coins::encode", TEST, "use money_box::coins::encode;"),
        ("money_box::coins::encode", TEST, "use money_box::coins::encode;"),
        ("coins::encode", TEST, "use money_box::coins::encode;"),
        ("src/lib.rs:coins::encode", TEST, "use money_box::coins::encode;"),
        ("src/lib.rs::coins::encode()", TEST, "use money_box::coins::encode;"),
        ("src/lib.rs#Purse::joined", TEST, "use money_box::Purse;"),
        ("crate::Purse::joined", TEST, "use money_box::Purse;"),
        ("Purse::joined", TEST, "use money_box::Purse;"),
        ("crate::Purse::sorted", "src/lib.rs", "    use super::*;"),
        ("crate::coins::hidden", "src/lib.rs", "        use super::*;"),
    ],
)
def test_finds_the_target(target: str, path: str, used: str) -> None:
    after = written(project(target))
    assert f"{used}\n" in after[path]
    assert "TODO: target" not in after[path]


@pytest.mark.parametrize(
    ("target", "why"),
    [
        ("crate::coins::gone", "there is no `crate::coins::gone`"),
        ("other::encode", "there is no `other::encode`"),
        ("src/gone.rs:encode", "there is no file `src/gone.rs`"),
        ("src/lib.rs:gone", "`src/lib.rs` defines no `gone`"),
        ("src/lib.rs", "`src/lib.rs` is a file; name a function or a type in it"),
        ("src/lost.rs:found", "no `Cargo.toml` and `mod` lines lead to `src/lost.rs`"),
    ],
)
def test_says_why_a_target_is_not_known(target: str, why: str) -> None:
    files = project(target, **{"src/lost.rs": "pub fn found() {}\n"})
    text = " ".join(line.strip(" /") for line in written(files)[TEST].splitlines())
    assert f"TODO: target `{target}` was not found: {why}" in text


def test_the_words_of_the_statement_name_the_target() -> None:
    files = {**PROJECT, ADR: record("- **INV-1** *(determinism)*: `encode` is plain.")}
    assert "encode(amount)" in written(files)[TEST]
    files = {**PROJECT, ADR: record("- **INV-1** *(determinism)*: `Purse::joined` is plain.")}
    assert ".joined(&other)" in written(files)[TEST]


def test_modules_are_followed_to_their_files() -> None:
    files = {
        "src/lib.rs": "mod money;\npub mod more;\npub use money::coins::{encode as write, Coin};\n",
        "src/money/mod.rs": "pub mod coins;\n",
        "src/money/coins.rs": "#[derive(Debug)]\npub struct Coin(pub u8);\n\n"
        "pub fn encode(coin: &Coin) -> u8 {\n    coin.0\n}\n",
        "src/more.rs": "pub use crate::money::coins::*;\n",
    }
    after = written(project("src/money/coins.rs:encode", **files))[TEST]
    assert "use money_box::{write, Coin};\n" in after
    assert "write(&coin)" in after


def test_a_test_of_a_workspace_stands_in_the_crate_of_its_target() -> None:
    files = {
        "Cargo.toml": '[workspace]\nmembers = ["crates/*"]\n\n[workspace.dependencies]\n'
        'proptest = "1"\n',
        "crates/one/Cargo.toml": MANIFEST.replace("money-box", "one"),
        "crates/one/src/lib.rs": "pub fn same(n: &two::Number) -> u8 {\n    n.0\n}\n",
        "crates/two/Cargo.toml": MANIFEST.replace("money-box", "two"),
        "crates/two/src/lib.rs": "#[derive(Debug)]\npub struct Number(pub u8);\n",
        ADR: record("- **INV-1** *(total)*: It ends.\n  - Target: `one::same`"),
    }
    after = written(files)
    test = after["crates/one/tests/hold_money_as_minor_units.rs"]
    assert "use one::same;\nuse proptest::prelude::*;\nuse two::Number;\n" in test
    manifest = tomllib.loads(after["crates/one/Cargo.toml"])
    assert manifest["dev-dependencies"] == {"proptest": {"workspace": True}}


@pytest.mark.parametrize(
    "before",
    [
        MANIFEST,
        MANIFEST.rstrip(),
        f"{MANIFEST}\n[dev-dependencies]\n",
        f'{MANIFEST}\n[dev-dependencies] # tests\nserde = "1"\n\n[features]\nfast = []\n',
        f'{MANIFEST}\n[dev-dependencies]\nserde = "1"',
        f'{MANIFEST}\n[dev-dependencies.serde]\nversion = "1"\n',
    ],
)
def test_the_manifest_gains_proptest_and_nothing_else(before: str) -> None:
    after = written({**PROJECT, "Cargo.toml": before})["Cargo.toml"]
    old, new = tomllib.loads(before), tomllib.loads(after)
    assert new.pop("dev-dependencies") == {**old.pop("dev-dependencies", {}), "proptest": "1"}
    assert old == new


@pytest.mark.parametrize(
    "before",
    [
        f'{MANIFEST}\n[dev-dependencies]\nproptest = "1.4"\n',
        f'{MANIFEST}\n[dependencies]\nproptest = {{ version = "1" }}\n',
    ],
)
def test_a_manifest_that_has_proptest_is_left_alone(before: str) -> None:
    assert written({**PROJECT, "Cargo.toml": before})["Cargo.toml"] == before


def test_a_manifest_that_cannot_be_changed_safely_is_left_alone_and_said() -> None:
    before = f"dev-dependencies = {{ }}\n{MANIFEST}"
    after = written({**PROJECT, "Cargo.toml": before})
    assert after["Cargo.toml"] == before
    assert "`cargo add --dev proptest`" in after[TEST]


def test_tests_that_stand_in_a_file_of_their_own_are_added_to() -> None:
    files = {"src/lib.rs": f"{CODE}\n#[cfg(test)]\nmod tests;\n", "src/tests.rs": "use super::*;\n"}
    scaffold = scaffold_of(project("crate::Purse::sorted", **files))
    assert (scaffold.path, scaffold.name) == ("src/tests.rs", "holds_everyone")


def test_what_a_type_lacks_is_said() -> None:
    code = (
        "pub struct Bare {\n    pub n: u8,\n}\n\n"
        "pub fn both(one: &Bare, other: &Bare) -> Bare {\n    Bare { n: one.n.max(other.n) }\n}\n"
    )
    after = written(project("crate::both", "commutativity", **{"src/lib.rs": code}))[TEST]
    text = " ".join(line.strip(" /") for line in after.splitlines())
    assert "`Bare` needs `#[derive(Debug)]`: proptest shows what failed by it" in text
    assert "`Bare` needs `#[derive(Debug, PartialEq)]` to be compared" in text


def test_a_target_of_the_wrong_shape_is_a_sketch_that_says_so() -> None:
    after = written(project("crate::coins::encode", "associativity"))[TEST]
    assert "cannot be tested for `associativity`, which needs" in after
    assert 'prop_assert!(false, "not implemented: ADR-0012/INV-1");' in after


def test_an_async_function_is_a_sketch_that_says_so() -> None:
    code = "pub async fn wait(n: u8) -> u8 {\n    n\n}\n"
    after = written(project("crate::wait", "determinism", **{"src/lib.rs": code}))[TEST]
    assert "`wait` is async: call it by the runtime of the project" in after


@settings(deadline=None, max_examples=50)
@given(statement=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
def test_any_statement_gives_a_file_that_can_be_parsed(statement: str) -> None:
    line = " ".join(statement.split()) or "x"
    files = {
        **PROJECT,
        ADR: record(f"- **INV-1** *(total)*: {line}\n  - Target: `crate::coins::encode`"),
    }
    try:
        scaffold = scaffold_of(files)
    except StopIteration:  # the text makes the item something other than an invariant
        return
    text = edited(files, scaffold.edits)[scaffold.path]
    assert not parse(text.encode(), "rust").has_error
    assert text.count("adr-lsp: scaffold") == 1
    assert text.count("Verifies:") == 1


@settings(deadline=None, max_examples=50)
@given(code=st.text(alphabet=list("fnpub struct<>(){}[];:,&mut'ae=!#\n\"i32"), max_size=80))
def test_any_code_is_read_without_an_error(code: str) -> None:
    files = project("crate::a", **{"src/lib.rs": f"pub fn a(n: i32) -> i32 {{ n }}\n{code}"})
    assert isinstance(made(files), Scaffold | Refusal)


TAKEN = """\
pub trait Clock {
    fn now(&self) -> u64;
}

#[derive(Debug)]
pub struct Fixed(pub u64);

impl Clock for Fixed {
    fn now(&self) -> u64 {
        self.0
    }
}

pub fn by_trait(clock: &dyn Clock, other: impl Clock) -> u64 {
    clock.now().max(other.now())
}

pub fn by_function(f: impl Fn(u8) -> u8) -> u8 {
    f(1)
}

pub fn by_stranger(n: Stranger) -> u8 {
    n.0
}

pub unsafe fn by_pointer(n: *const u8) -> u8 {
    *n
}
"""


def test_a_type_that_has_a_trait_stands_for_it() -> None:
    after = written(project("crate::by_trait", **{"src/lib.rs": TAKEN}))[TEST]
    assert "(clock in fixeds(), other in fixeds())" in after
    assert "`Fixed` stands for every `Clock`" in after


@pytest.mark.parametrize(
    ("target", "why"),
    [
        ("by_function", "takes `f`, of which no value can be drawn: Fn(u8) -> u8"),
        ("by_stranger", "takes `n`, of which no value can be drawn: Stranger"),
        ("by_pointer", "is unsafe: call it where its conditions are met"),
    ],
)
def test_what_cannot_be_called_is_a_sketch_that_says_so(target: str, why: str) -> None:
    after = written(project(f"crate::{target}", **{"src/lib.rs": TAKEN}))[TEST]
    text = " ".join(line.strip(" /") for line in after.splitlines())
    assert f"`{target}` {why}" in text
    assert f"{target}(" not in after


def test_code_that_is_nested_too_deeply_is_refused() -> None:
    deep = "mod a { " * 3000 + "}" * 3000
    files = project("crate::a", **{"src/lib.rs": deep})
    assert isinstance(made(files), Scaffold | Refusal)
