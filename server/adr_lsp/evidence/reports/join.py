"""Which tests of the tree the cases of a report are, and what these earned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import field

from adr_lsp.evidence.model import Outcome, Result
from adr_lsp.evidence.reports.matching import contains, matched, text_of, within
from adr_lsp.evidence.reports.model import Case, Known, Report, Spot
from adr_lsp.evidence.reports.names import node_of
from adr_lsp.evidence.reports.places import Places, base_of
from adr_lsp.value import dataclass

Tests = Mapping[str, Sequence[Known]]
Base = tuple[int, tuple[str, ...]]
Hit = tuple[str, Known, str | None, bool]  # the last: all around the test is meant
FAULTS = (Outcome.FAILED, Outcome.ERROR, Outcome.FLAKY)


@dataclass(slots=True)
class Joined:
    """`results` are those of the tests, `ambiguous` the cases that may be any of several: they
    count for none."""

    results: list[Result] = field(default_factory=list)
    ambiguous: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What one report is joined with."""

    tool: str
    tests: Tests
    places: Places
    base: Base | None
    several: frozenset[tuple[str, ...]]


def join(report: Report, tests: Tests, places: Places) -> Joined:
    """The results of those tests, by path, that the report tells of."""
    joined = Joined()
    asked = _Asked(report.tool, tests, places, _base(report, places), _several(report))
    for case in report.cases:
        for spot in case.spots:
            hits = list(dict.fromkeys(_hits(case, spot, asked)))
            if hits and _is_one(hits, spot, asked):
                joined.results += [_result(case, *hit) for hit in hits]
            elif hits:
                joined.ambiguous.append(case.name or case.classname)
            if hits:
                break
    joined.results = _without_sums(joined.results) if report.tool == "gotestsum" else joined.results
    return joined


def of_whole_files(report: Report, paths: Collection[str], places: Places) -> Iterator[Result]:
    """What cases tell of files without tests of their own: each is a part of its file."""
    for case in report.cases:
        told = {places.of("file", spot.place) for spot in case.spots if spot.kind == "file"}
        for path in sorted({fit[0] for fit in told if len(fit) == 1} & set(paths)):
            yield _result(case, path, Known(""), f"[{case.name}]", around=False)


def _hits(case: Case, spot: Spot, asked: _Asked) -> Iterator[Hit]:
    """Every test that the case may be or, where a whole suite failed, that it stands for."""
    for path, names in _candidates(spot, asked):
        tests = asked.tests.get(path, ())
        found = matched(tests, names, asked.tool, is_flat=spot.flat) if names and tests else []
        yield from ((path, test, parameter, False) for test, parameter in found)
        if not found and case.outcome in FAULTS:
            for test in tests:
                if not names or within(test, names, is_flat=spot.flat):
                    yield path, test, None, True
                elif not spot.flat and contains(test, names):
                    yield path, test, None, False


def _candidates(spot: Spot, asked: _Asked) -> list[tuple[str, tuple[str, ...]]]:
    if spot.kind == "crate":
        return list(asked.places.crate(spot.place, spot.names))
    paths = asked.places.of(spot.kind, spot.place)
    if len(paths) > 1 and spot.kind == "file" and asked.base:
        based = [path for path in paths if base_of(spot.place, path) == asked.base]
        paths = tuple(based) if len(based) == 1 else paths
    return [(path, spot.names) for path in paths]


def _is_one(hits: Sequence[Hit], spot: Spot, asked: _Asked) -> bool:
    """Whether only these tests can be meant: no other file that fits has one of that name."""
    here = {path for path, *_ in hits}
    whole = all(around for *_, around in hits)
    if len(here) > 1 or (len(hits) > 1 and not whole) or spot.names in asked.several:
        return False
    others = [path for path, _ in _candidates(spot, asked) if path not in here]
    if spot.kind == "crate" or not others:
        return True
    texts = {text_of(test) for _, test, *_ in hits}
    return not any(asked.places.holds(path, text) for path in others for text in texts)


def _several(report: Report) -> frozenset[tuple[str, ...]]:
    """Names that the report gives more than once and for no file: nobody tells whose they are."""
    told = Counter(
        names
        for case in report.cases
        for names in {spot.names for spot in case.spots if spot.kind == "script"}
    )
    return frozenset(names for names, count in told.items() if count > 1)


def _base(report: Report, places: Places) -> Base | None:
    """The folder in which the tool ran, where all places that mean one file alone agree on it."""
    told = {spot.place for case in report.cases for spot in case.spots if spot.kind == "file"}
    found = ((place, places.of("file", place)) for place in told)
    bases = {base_of(place, paths[0]) for place, paths in found if len(paths) == 1}
    return bases.pop() if len(bases) == 1 else None


def _result(case: Case, path: str, test: Known, parameter: str | None, around: bool) -> Result:
    outcome, error = case.outcome, case.error
    if around and outcome is Outcome.FAILED:
        outcome, error = Outcome.ERROR, "setup"
    if case.doubtful and test.read and test.limit is None:
        outcome = Outcome.PASSED
    if outcome is Outcome.PASSED and test.limit is not None:
        outcome = test.limit
    elif outcome is Outcome.FAILED and case.cases and test.limit is Outcome.XPASSED:
        outcome = Outcome.XFAILED  # what was observed is a case, not what became of the test
    return Result(
        test=f"{path}::{test.name}",
        parameter=parameter or None,
        outcome=outcome,
        duration=case.duration,
        message="" if outcome is Outcome.PASSED else case.message,
        error=error,
        cases=case.cases,
        counterexample=case.counterexample,
    )


def under_tests(
    report: Report, tests: Tests, places: Places
) -> Iterator[tuple[tuple[str, str | None], Mapping[str, frozenset[int]]]]:
    """The lines that ran under each test, where the report tells them apart, by its id."""
    for context, lines in report.contexts.items():
        printed, names = node_of(context)
        paths = places.of("file", printed)
        known = tests.get(paths[0], ()) if len(paths) == 1 else ()
        for test, parameter in matched(known, names, "pytest", is_flat=False) if names else ():
            yield (f"{paths[0]}::{test.name}", parameter or None), placed(lines, places)


def placed(lines: Mapping[str, frozenset[int]], places: Places) -> dict[str, frozenset[int]]:
    """Lines by the files of the tree, without those that may be of several or of none."""
    found = ((places.of("file", printed), each) for printed, each in lines.items() if each)
    return {paths[0]: each for paths, each in found if len(paths) == 1}


def _without_sums(results: Sequence[Result]) -> list[Result]:
    """Without a test whose parts tell all that it tells: go writes both."""
    parts = {result.test for result in results if result.parameter}
    faults = {r.test for r in results if r.parameter and r.outcome in FAULTS}
    return [
        result
        for result in results
        if result.parameter
        or result.test not in parts
        or (result.outcome in FAULTS and result.test not in faults)
    ]
