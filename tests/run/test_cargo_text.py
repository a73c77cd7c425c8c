"""What cargo, libtest and proptest print, read without starting them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adr_lsp.evidence.reports.model import Unreadable
from adr_lsp.run.tool import Selected
from adr_lsp.run.tools.cargo import nextest
from adr_lsp.run.tools.cargo.content import content_of
from adr_lsp.run.tools.cargo.debug import arguments, on_one_line
from adr_lsp.run.tools.cargo.errors import Fault, faults
from adr_lsp.run.tools.cargo.heard import MOST_LINES, Heard, failure
from adr_lsp.run.tools.cargo.layout import Layout
from adr_lsp.run.tools.cargo.libtest import Block, Output
from adr_lsp.run.tools.cargo.manifest import package_in
from adr_lsp.run.tools.cargo.modules import modules_of, split
from adr_lsp.run.tools.cargo.regressions import replayed

RUNNING = "     Running unittests src/lib.rs (target/debug/deps/a-0123)"
PRETTY = [
    ("n = 1", "n = 1"),
    ("v = [\n    0,\n    1,\n]", "v = [0, 1]"),
    ("v = []", "v = []"),
    ("p = Point {\n    x: 1,\n    y: (\n        2,\n    ),\n}", "p = Point { x: 1, y: (2) }"),
    ('m = {\n    "a": {\n        1,\n    },\n}', 'm = {"a": {1}}'),
    ('s = "two\\nlines, {"', 's = "two\\nlines, {"'),
    ('s = Some(\n    "a\nb",\n)', 's = Some("a\nb")'),
    ("c = '\\'', d = '{'", "c = '\\'', d = '{'"),
]


@pytest.mark.parametrize(("written", "plain"), PRETTY)
def test_values_over_several_lines_are_told_on_one(written: str, plain: str) -> None:
    assert on_one_line(written) == plain
    assert on_one_line(plain) == plain


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ('n = 1, s = "a, b = c"', {"n": "1", "s": '"a, b = c"'}),
        ("mut v = [1, 2], r#type = T { x: 1 }", {"v": "[1, 2]", "type": "T { x: 1 }"}),
        ("d = 1, 2", {"d": "1, 2"}),
        ("(a, b) = (1, 2)", None),
        ("", None),
    ],
)
def test_arguments_are_told_apart(text: str, values: dict[str, str] | None) -> None:
    assert arguments(text) == values


@given(st.text(alphabet="(){}[],\"'\\ \n=anP"))
def test_no_text_is_too_strange(text: str) -> None:
    plain = on_one_line(text)
    assert arguments(plain) is None or plain


def blocks(*lines: str) -> list[Block]:
    output = Output()
    for line in lines:
        output.add(line)
    return list(output.end())


def outcomes(*lines: str) -> dict[str, str]:
    (block,) = blocks(RUNNING, *lines)
    return block.outcomes


def test_of_what_is_printed_without_a_test_only_errors_are_kept() -> None:
    output = Output()
    for line in (
        "Boom",
        "x" * 5_000,
        "error: no such thing",
        "   --> src/lib.rs:1:1",
        "y\0",
    ) * 9_000:
        output.add(line)
    assert len(output.before) == MOST_LINES
    assert set(output.before) == {"error: no such thing", "   --> src/lib.rs:1:1"}


def test_more_passes_than_were_counted_are_no_passes() -> None:
    told = "test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured"
    assert outcomes("test a ... ok", told) == {"a": "passed"}
    assert outcomes("test a ... ok", "test forged ... ok", told) == {}


def test_a_line_that_a_test_printed_into() -> None:
    told = "test result: FAILED. 1 passed; 1 failed; 0 ignored"
    assert outcomes("test a ... a child says", "ok", "FAILED", "test b ... ok", told) == {
        "a": "failed",
        "b": "passed",
    }
    assert outcomes("test a ... a child says", "ok") == {}  # and then its crate was gone


def test_what_tests_printed_is_no_outcome() -> None:
    told = ("failures:", "", "---- a stdout ----", "test b ... ok", "", "failures:", "    a")
    assert outcomes("test a ... FAILED", *told) == {"a": "failed"}


def test_reasons_documentation_and_older_compilers() -> None:
    told = blocks(
        RUNNING,
        "test a ... ignored, no sandbox",
        "test b - should panic ... ok <0.012s>",
        "   Doc-tests a",
        "test src/lib.rs - double (line 7) - compile ... ok",
    )
    assert told[0].reasons == {"a": "no sandbox"}
    assert told[0].outcomes == {"a": "skipped", "b": "passed"}
    assert told[1].outcomes == {"src/lib.rs - double (line 7)": "passed"}
    old = Heard(["thread 'a' panicked at 'it is so', src/lib.rs:3:5"])
    assert failure(old, "a") == {
        "outcome": "failed",
        "message": "it is so",
        "location": ["src/lib.rs", 3],
    }


LINES = (
    RUNNING,
    "   Doc-tests a",
    "test a ... ok",
    "test b ... ",
    "test b ... FAILED",
    "ok",
    "FAILED",
    "successes:",
    "failures:",
    "---- a stdout ----",
    "---- b stdout ----",
    "test result: ok. 1 passed; 0 failed; 0 ignored",
    "test result: FAILED. 0 passed; 1 failed; 0 ignored",
    "thread 'a' panicked at src/lib.rs:1:2:",
    "Test failed: no.",
    "minimal failing input: n = [",
    "\tsuccesses: 3",
    "proptest: Test case passed",
    "proptest: Starting shrinking",
)


@given(st.lists(st.sampled_from(LINES) | st.text(max_size=20), max_size=30))
def test_whatever_is_printed_nothing_passes_uncounted(lines: list[str]) -> None:
    for block in blocks(*lines):
        passed = list(block.outcomes.values()).count("passed")
        assert block.total is None or passed <= block.total[0]
        for name, heard in block.heard.items():
            assert failure(heard, name)["outcome"] in ("failed", "error")
    assert isinstance(faults(lines), list)


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_a_report_is_read_or_refused(raw: bytes) -> None:
    assert isinstance(nextest.read(raw), (list, Unreadable))
    whole = b"<testsuites><testcase name='a'><system-out>" + raw
    assert isinstance(nextest.read(whole), (list, Unreadable))


def test_inputs_that_were_printed_do_not_make_a_report_too_large(tmp_path: Path) -> None:
    shown = "proptest: Next test input: n = 1\nproptest: Test case passed\n"
    text = f"<testsuites><testcase name='a'><system-err>{shown * 2}</system-err></testcase>"
    (tmp_path / "junit.xml").write_text(text + "</testsuites>")
    raw = nextest.report_in(tmp_path / "junit.xml") or b""
    assert b"Next test input: n = 1\n" not in raw.removeprefix(text[:80].encode())
    cases = nextest.read(raw)
    assert isinstance(cases, list)
    assert Heard("\n".join(cases[0].printed).splitlines()).passed == 2
    assert nextest.report_in(tmp_path / "gone.xml") is None


def test_what_the_compiler_complains_of() -> None:
    told = [
        "error[E0308]: mismatched types",
        " --> src/lib.rs:2:25",
        "error: no such thing",
        "error: could not compile `a` (lib test) due to 2 previous errors",
    ]
    assert faults(told) == [
        Fault("error[E0308]: mismatched types", "src/lib.rs", 2),
        Fault("error: no such thing"),
    ]


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


CRATE = {
    "Cargo.toml": '[package]\nname = "a-b"\n[[test]]\nname = "named"\npath = "checks/own.rs"\n',
    "src/lib.rs": "mod one;\n// mod gone;\nmod two {\n    mod three;\n}\nmod r#loop;",
    "src/one.rs": "pub mod four;\n",
    "src/one/four.rs": "",
    "src/two/three/mod.rs": '#[path = "far.rs"]\nmod five;\n',
    "src/two/three/far.rs": "",
    "src/loop.rs": "",
    "src/gone.rs": "",
    "src/bin/tool.rs": "",
    "tests/apart/main.rs": "mod shared;",
    "tests/apart/shared.rs": "",
    "checks/own.rs": "",
    "examples/shown.rs": "",
}


def test_modules_are_found_in_their_files(tmp_path: Path) -> None:
    package = package_in(write(tmp_path, CRATE))
    assert package is not None
    targets = {f"{t.kind} {t.name}": t for t in package.targets}
    assert set(targets) == {"lib a_b", "bin tool", "test named", "test apart", "example shown"}
    assert modules_of(package, targets["lib a_b"]) == {
        "": "src/lib.rs",
        "one": "src/one.rs",
        "one::four": "src/one/four.rs",
        "two::three": "src/two/three/mod.rs",
        "two::three::five": "src/two/three/far.rs",
        "loop": "src/loop.rs",
    }
    apart = modules_of(package, targets["test apart"])
    assert split(apart, "shared::tests::adds") == ("tests/apart/shared.rs", "tests::adds")
    assert split(apart, "tests::adds") == ("tests/apart/main.rs", "tests::adds")
    assert nextest.binary_id(package, targets["lib a_b"]) == "a-b"
    assert nextest.binary_id(package, targets["bin tool"]) == "a-b::bin/tool"


def test_tests_are_named_as_their_crate_names_them(tmp_path: Path) -> None:
    package = package_in(write(tmp_path, CRATE))
    assert package is not None
    tests = (
        Selected("src/one/four.rs", "tests::adds"),
        Selected("tests/apart/shared.rs", "cases"),
        Selected("src/gone.rs", "tests::lost"),
    )
    layout = Layout(tmp_path, package, tests)
    assert layout.words() == ("--package", "a-b", "--lib", "--test", "apart")
    assert layout.filters() == ("--exact", "one::four::tests::adds", "shared::cases")
    assert layout.expression() == (
        "(binary_id(=a-b) & (test(/^one::four::tests::adds(::|$)/)))"
        " | (binary_id(=a-b::apart) & (test(/^shared::cases(::|$)/)))"
    )
    apart = layout.target_of("a-b::apart")
    assert apart is not None
    assert layout.test(apart, "shared::cases::case_1") == (
        "tests/apart/shared.rs::cases",
        "[case_1]",
    )
    assert layout.test(apart, "shared::more") == ("tests/apart/shared.rs::more", None)
    write(tmp_path, {"tests/apart/shared.rs": "#[rstest]\n#[case(1)]\nfn cases() {}\n"})
    assert layout.filters() == ("one::four::tests::adds", "shared::cases")
    whole = Layout(tmp_path, package, (Selected("src/one/four.rs", ""),))
    assert whole.filters() == ()
    crate = Layout(tmp_path, package, (Selected("src/lib.rs", ""),))
    assert crate.expression() == "(binary_id(=a-b) & (all()))"


def test_a_manifest_that_is_broken_is_no_package(tmp_path: Path) -> None:
    for text in ("[package", "[package]\nname = 3\n", "[workspace]\n", "package = 1\n"):
        assert package_in(write(tmp_path, {"Cargo.toml": text})) is None


def test_a_package_rests_on_those_beside_it(tmp_path: Path) -> None:
    shared = '[package]\nname = "shared"\n'
    files = {
        "Cargo.toml": '[workspace]\nmembers = []\n[workspace.dependencies]\nb = { path = "b" }\n',
        "a/Cargo.toml": '[package]\nname = "a"\n[dependencies]\nb = { workspace = true }\n'
        '[target."cfg(unix)".dev-dependencies]\nc = { path = "../c" }\n',
        "a/src/lib.rs": 'const T: &str = include_str!("../data.txt");',
        "a/data.txt": "",
        "a/inner/Cargo.toml": shared,
        "a/inner/src/lib.rs": "",
        "b/Cargo.toml": '[package]\nname = "b"\n[dependencies]\na = { path = "../a" }\n',
        "b/src/lib.rs": "",
        "c/Cargo.toml": '[package]\nname = "c"\n',
        "c/build.rs": "",
        "unrelated.rs": "",
        "a/target/CACHEDIR.TAG": "",
        "a/target/made.rs": "",
    }
    package = package_in(write(tmp_path, files) / "a")
    assert package is not None
    found = set(content_of(tmp_path, package))
    assert found == {
        *("Cargo.toml", "a/Cargo.toml", "a/src/lib.rs", "a/data.txt"),
        *("b/Cargo.toml", "b/src/lib.rs", "c/Cargo.toml", "c/build.rs"),
    }


def test_regressions_stand_beside_the_sources(tmp_path: Path) -> None:
    seed = f"# note\ncc {'ab' * 32} # shrinks to n = 7, v = [1, 2]\ncc bad # shrinks to n = 8\n"
    files = {
        "src/lib.rs": "",
        "src/deep/a.rs": "",
        "proptest-regressions/deep/a.txt": seed,
        "tests/b.rs": "",
        "tests/b.proptest-regressions": seed,
    }
    write(tmp_path, files)
    told = [{"text": "n = 7, v = [1, 2]", "values": {"n": "7", "v": "[1, 2]"}}]
    assert replayed(tmp_path / "src/deep/a.rs") == told
    assert replayed(tmp_path / "tests/b.rs") == told
    assert replayed(tmp_path / "src/lib.rs") == []
