"""What differs between two states of a root, and how a comment on a pull request says it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from adr_lsp.diagnostic import Diagnostic, Severity
from adr_lsp.features.delta import Delta, compared
from adr_lsp.features.diagnostics import findings
from adr_lsp.features.finding_key import FindingKey, finding_key
from adr_lsp.features.formats.delta_text import delta_text
from adr_lsp.features.formats.markdown import LONGEST, MARKER, markdown
from adr_lsp.features.formats.markdown_text import code, fenced, link, message, prose
from adr_lsp.features.report import Report, report
from adr_lsp.features.together import apart
from adr_lsp.text import NOWHERE
from evidence.writing import cases, example, result
from snapshot.made import Root

PATH = "docs/adr/0001-merge.md"
HEAD = "# {}. Merge\n\n## Status\n\n{}\n\n## Invariants\n\n"
ONE = "- **INV-1**: Alpha holds.\n"
TWO = "- **INV-2**: Beta holds.\n"
TEST = "def test_merge():\n    # Verifies: ADR-0001/INV-1\n    assert merge(1, 2) == 3\n"
NAMED = '"""x"""\n\n\n# Verifies: ADR-0001/INV-1\ndef test_merge():\n    assert merge(1, 2) == 3\n'


def record(*invariants: str, number: int = 1, status: str = "Accepted") -> str:
    return HEAD.format(number, status) + "".join(invariants)


def against(
    before: dict[str, str],
    after: dict[str, str],
    *,
    there: dict[str, str] | None = None,
    runs_on: dict[str, str] | None = None,
) -> Report:
    """The report on `after` with `before` as its base; `there` are files of the other branch."""
    root, then, tip = Root(), Root(), Root()
    if runs_on is not None:
        for path, text in runs_on.items():
            root.write(path, text)
        root.ran(result(test="tests/test_merge.py::test_merge", cases=cases(100)))
        root.files.clear()
    for made, files in ((root, after), (then, before), (tip, there or {})):
        for path, text in files.items():
            made.write(path, text)
    then.runs, then.objects = root.runs, root.objects
    gained = tuple(tip.snapshot().log)
    present = replace(root.snapshot(), base=then.snapshot(), base_name="main", gained=gained)
    return compared(report(present))


def delta(before: dict[str, str], after: dict[str, str], **more: dict[str, str] | None) -> Delta:
    found = against(before, after, **more).delta
    assert found
    return found


def check(before: dict[str, str], after: dict[str, str], said: str, **more: dict[str, str]) -> None:
    *told, _ = delta_text(delta(before, after, **more)).splitlines()
    shown = [re.sub(" +", " ", line) for line in told]
    assert shown == [line.strip() for line in said.strip().splitlines()]


def test_an_invariant_that_is_gone_comes_first() -> None:
    check(
        {PATH: record(ONE, TWO)},
        {PATH: record("- **INV-1**: Alpha always holds.\n", "- **INV-3**: New.\n")},
        """
        ▼ ADR-0001/INV-2 invariant removed Beta holds.
        ± ADR-0001/INV-1 reworded Alpha holds. → Alpha always holds.
        ▲ ADR-0001/INV-3 invariant added New.
        """,
    )


def test_one_that_keeps_its_words_has_another_id() -> None:
    check(
        {PATH: record(ONE)},
        {PATH: record("- **INV-7**: Alpha holds.\n")},
        "± ADR-0001/INV-7 was ADR-0001/INV-1 Alpha holds.",
    )
    check(
        {PATH: record(ONE, TWO), "docs/adr/0002-b.md": record(number=2)},
        {PATH: record(TWO), "docs/adr/0002-b.md": record(ONE, number=2)},
        "± ADR-0002/INV-1 was ADR-0001/INV-1 Alpha holds.",
    )


def test_records_come_go_and_change_their_status() -> None:
    check(
        {PATH: record(), "docs/adr/0002-b.md": "# 2. B\n"},
        {PATH: record(status="Deprecated"), "docs/adr/0003-c.md": "# 3. C\n"},
        """
        ▼ ADR-0002 record removed B
        ± ADR-0001 status Accepted → Deprecated
        ▲ ADR-0003 record added C
        """,
    )


def test_a_renumbered_record_is_the_same_record() -> None:
    moved = "docs/adr/0009-merge.md"
    check(
        {PATH: record(ONE)},
        {moved: record(ONE, number=9)},
        f"""
        ± ADR-0009/INV-1 was ADR-0001/INV-1 Alpha holds.
        ± ADR-0009 record renamed {PATH} → {moved}
        """,
    )


def test_layout_alone_is_no_change() -> None:
    check({PATH: record(ONE)}, {PATH: "\n" + record("- **INV-1**:  Alpha\n  holds.\n\n")}, "")


def test_a_proof_that_the_change_makes_stale_is_lost() -> None:
    files = {PATH: record(ONE), "tests/test_merge.py": NAMED}
    reworded = files | {PATH: record("- **INV-1**: Alpha never holds.\n")}
    lost = "▼ ADR-0001/INV-1 now stale: "
    said = delta_text(delta(files, reworded, runs_on=files))
    assert re.sub(" +", " ", said).startswith(lost)
    assert "proof lost" in said
    back = delta_text(delta(reworded, files, runs_on=files))
    assert "▲ ADR-0001/INV-1       now passed  Alpha holds." in back
    assert delta(files, files, runs_on=files).lost == ()


def test_two_branches_that_took_one_number() -> None:
    here = {"docs/adr/0002-mine.md": record(ONE, number=2)}
    there = {"docs/adr/0002-theirs.md": "# 2. Theirs\n"}
    found = delta({}, here, there=there)
    assert [each.there.path for each in found.taken] == ["docs/adr/0002-theirs.md"]
    messages = [each.message for each in found.new if each.code == "ADL501"]
    assert messages == ["`ADR-0002` names `0002-theirs.md` on `main`"]


def test_what_both_branches_have_is_not_taken_twice() -> None:
    here = {"docs/adr/0002-mine.md": record(ONE, number=2)}
    assert delta({}, here, there=here).taken == ()  # the same file has come here too
    assert delta(here, here, there={"docs/adr/0002-x.md": "# 2. X\n"}).taken == ()  # renamed there
    other_log = {"docs/adr/sub/0003-x.md": "# 3. X\n"}
    assert delta({}, here, there=other_log).taken == ()


def test_findings_are_told_apart_by_key_and_number() -> None:
    weak = "- **INV-{0}**: The {0} queue is fast.\n"
    one = {PATH: record(weak.format(1))}
    two = {PATH: "\n\n" + record(weak.format(1), weak.format(2))}
    found = delta(one, two)
    assert [each.invariant for each in found.new if each.code == "ADL103"] == ["ADR-0001/INV-2"]
    assert [each.code for each in found.gone if each.code == "ADL103"] == []
    renamed = {"docs/adr/0001-other.md": one[PATH]}
    assert (delta(one, renamed).new, delta(one, renamed).gone) == ((), ())


def test_the_first_test_of_a_log_brings_no_finding() -> None:
    one = {PATH: record(ONE, TWO, "- **INV-3**: Gamma holds.\n")}
    found = delta(one, {**one, "tests/test_merge.py": NAMED})
    assert [each.invariant for each in found.new] == []
    assert [each.message for each in found.gone] == ["`INV-1` has no test"]


def test_a_key_is_what_the_message_quotes_first() -> None:
    present = Root()
    present.write(PATH, record(ONE))
    said = "`  Some\tWord ` is no pattern; did you mean `other`?"
    finding = Diagnostic(
        "ADL107", "x", Severity.WARNING, PATH, NOWHERE, said, "k", "ADR-0001/INV-1"
    )
    key = finding_key(present.snapshot(), finding)
    assert key == FindingKey("ADL107", "0001-merge", "INV-1", "some word")
    elsewhere = replace(finding, path="tests/a.py", message="no quote", invariant=None)
    assert finding_key(present.snapshot(), elsewhere).place == "tests/a.py"


STATEMENTS = st.sampled_from(["Alpha holds.", "Beta is fast.", "Gamma never ends.", ""])
INVARIANTS = st.dictionaries(st.integers(1, 4), STATEMENTS, max_size=3)
RECORDS = st.dictionaries(st.integers(1, 4), INVARIANTS, max_size=3)


def files_of(records: dict[int, dict[int, str]]) -> dict[str, str]:
    return {
        f"docs/adr/000{number}-x.md": record(
            *(f"- **INV-{id}**: {said}\n" for id, said in found.items()), number=number
        )
        for number, found in records.items()
    }


@given(RECORDS)
def test_nothing_differs_from_itself(records: dict[int, dict[int, str]]) -> None:
    files = files_of(records)
    assert delta_text(delta(files, files)) == (
        "since main: no record changed; findings: 0 new, 0 gone\n"
    )


@given(RECORDS, RECORDS)
def test_a_change_and_its_reverse_say_the_same(
    one: dict[int, dict[int, str]], other: dict[int, dict[int, str]]
) -> None:
    report = against(files_of(one), files_of(other))
    there, back = report.delta, delta(files_of(other), files_of(one))
    assert there and report.snapshot.base
    assert sorted(each.key for each in there.added) == sorted(each.key for each in back.removed)
    assert (there.before, there.now) == (back.now, back.before)
    assert len(there.new) == len(back.gone)
    now, then = (findings(each).told for each in (report.snapshot, report.snapshot.base))
    assert single(now) - single(there.new) == single(then) - single(there.gone)


def single(found: Iterable[Diagnostic]) -> int:
    return sum(1 for _ in apart(found))


# Markdown

GFM = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
CALL = re.compile(
    r"(?<![\w\u200b])@\w|#\d|!\d|[$%~&]\w|GH-\d|https?://|www\.\w|[\w.]@[\w]|\b[0-9a-f]{7,40}\b"
)
OUR_HTML = re.compile(
    r"<!-- adr-lsp check -->\s*|<details><summary>[\w ]+ \(\d+\)</summary>\s*|</details>\s*"
)
HOSTILE = (
    "@octocat closes #12, GH-1 !3 $4 %5 ~bug &6 a@b.example :tada: 0123456789abcdef "
    "<img src=x onerror=y> <!-- x --> ![i](http://e.example/i.png) [l](javascript:x) "
    "`tick` ``two`` | pipe \\| back\\ **b** __u__ ~~s~~ www.e.example https://e.example/ &lt;b&gt;"
)
TEXTS = st.one_of(
    st.text(st.sampled_from("@#!`|\\<>[]()*_~&:/.-+ aw1\n\t\x1b\u202e\u200bé"), max_size=40),
    st.sampled_from([HOSTILE, "::error::x", "##[error]x", "```\nx\n```", "</details>", ""]),
    st.text(max_size=40),
)


def tokens(text: str) -> Iterator[Token]:
    for token in GFM.parse(text):
        yield token
        yield from token.children or ()


def harmless(text: str) -> list[Token]:
    """What a comment shows has no image, markup or call of other people's making."""
    found = list(tokens(text))
    assert not {token.type for token in found} & {"image", "s_open"}
    for token in found:
        if token.type in ("html_block", "html_inline"):
            assert not OUR_HTML.sub("", token.content).strip(), token.content
        if token.type == "text":
            assert not CALL.search(token.content), token.content
        if token.type == "link_open":
            assert re.fullmatch(r"[\w%./~-]+(#L\d+)?", str(token.attrs["href"])), token.attrs
            assert not str(token.attrs["href"]).startswith("//")
    assert not re.search(r"^\s*(::|##\[)", text, re.MULTILINE)
    return found


@given(TEXTS)
def test_prose_shows_what_it_says_and_does_nothing(text: str) -> None:
    found = harmless(f"x {prose(text)} x\n")
    assert {token.type for token in found} <= {
        "paragraph_open", "paragraph_close", "inline", "text", "text_special",
    }  # fmt: skip
    shown = "".join(token.content for token in found if token.type == "text")
    letters = re.sub(r"[^A-Za-z]", "", text)
    if len(text) < 200 and text.isascii() and text.isprintable():
        assert re.sub(r"[^A-Za-z]", "", shown) == f"x{letters}x"


@given(TEXTS)
def test_code_is_one_span_in_a_cell(text: str) -> None:
    found = harmless(f"| a | b |\n| --- | --- |\n| {code(text)} | {message(text)} |\n")
    assert [token.type for token in found].count("td_open") == 2
    assert sum(token.type == "code_inline" for token in found) >= 1


@given(TEXTS, TEXTS)
def test_a_link_leads_below_the_root(text: str, path: str) -> None:
    found = harmless(f"| a |\n| --- |\n| {link(text, path or 'x', 3)} |\n")
    assert [token.type for token in found].count("link_open") == 1


@given(TEXTS)
def test_a_block_of_code_ends_where_it_should(text: str) -> None:
    found = [token.type for token in GFM.parse(f"{fenced(text)}\n\nend\n")]
    assert found == ["fence", "paragraph_open", "inline", "paragraph_close"]


def hostile_files(count: int = 1) -> dict[str, str]:
    return {
        f"docs/adr/{number:04}-{name}.md": f"# {number}. {HOSTILE}\n\n## Status\n\n{HOSTILE}\n\n"
        f"## Invariants\n\n- **INV-1** *(fast)*: {HOSTILE} fast\n- {HOSTILE}\n\n"
        f"[x]({'y' * 5}.md)\n"
        for number in range(1, count + 1)
        for name in ("a", "@octocat #1 ![x](y) `|` <b>\n::error::z")
    }


@given(TEXTS)
def test_a_comment_on_hostile_records_is_harmless(text: str) -> None:
    """Verifies: ADR-0015/INV-2"""
    before, after = hostile_files(), hostile_files(2)
    after[PATH] = record(f"- **INV-1**: {text}\n")
    before[PATH] = record(f"- **INV-1**: {text} before\n", status=text)
    said = markdown(against(before, after))
    assert said.startswith(f"{MARKER}\n")
    harmless(said)


def test_a_comment_says_what_fits() -> None:
    said = markdown(against({}, hostile_files(400)))
    assert len(said) <= LONGEST
    assert re.search(r"\*\d+ more rows do not fit here\.\*", said)
    assert said.count("<details>") == said.count("</details>") > 0
    harmless(said)


def test_a_comment_without_a_base_has_no_delta() -> None:
    present = Root()
    present.write(PATH, record(ONE))
    said = markdown(report(present.snapshot()))
    assert "▲" not in said
    assert "▼" not in said
    assert "#### Findings" in said
    assert f"[`{PATH}:9`]({PATH}#L9)" in said


def test_counterexamples_stand_in_blocks_of_code() -> None:
    root = Root()
    root.write(PATH, record(ONE))
    root.write("tests/test_merge.py", NAMED)
    seen = {"text": "test_merge(\n```\n::error::x\n@octocat)", "values": None}
    root.ran(result("failed", counterexample=seen, message="x"))
    said = markdown(report(root.snapshot()))
    assert "#### Counterexamples" in said
    (block,) = [token for token in tokens(said) if token.type == "fence"]
    assert "test_merge(\n```\n" in block.content
    harmless(said)
    assert example(n="0")  # the shape that recorders write


def test_the_delta_moves_the_denominators() -> None:
    said = markdown(against({PATH: record(ONE)}, {PATH: record(ONE, TWO)}))
    assert "**2 invariants** ▲1" in said
    assert "2 unverified ▲1" in said
