"""Whether the tests of an invariant notice a fault: what is tried, and what that showed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from adr_lsp.record import Invariant, Record
from adr_lsp.snapshot import LinkedTest, Snapshot
from adr_lsp.snapshot.tests import tests_of
from adr_lsp.value import dataclass

VACUOUS, INCONCLUSIVE, WEAK, STRONG = "vacuous", "inconclusive", "weak", "strong"
KINDS = ("baseline", "reached", "stub", "mutant", "left", "inputs", "events", "end")
FORBIDDING = ("append-only", "at-most-once", "mutual-exclusion")
LARGEST = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Job:
    """What is run: the tests, and what they are about (a path and a name; none: all that runs).
    `forbids`: the invariant is kept by whatever does nothing."""

    tests: tuple[LinkedTest, ...]
    targets: tuple[tuple[str, str], ...]
    forbids: bool = False


@dataclass(frozen=True, slots=True)
class Tried:
    """One small fault: its place, the line before and after, and whether a test noticed."""

    path: str
    line: int
    name: str
    kind: str
    before: str
    after: str
    noticed: bool


@dataclass(frozen=True, slots=True)
class Inputs:
    """What was drawn for one argument of one test, in words."""

    test: str
    argument: str
    shown: str


@dataclass(frozen=True, slots=True)
class Strength:
    """What was seen. `verdict` is one of the four words, `reason` says why as a sentence's end."""

    verdict: str
    reason: str
    reached: tuple[tuple[str, str, int], ...] = ()
    tried: tuple[Tried, ...] = ()
    left: int = 0
    inputs: tuple[Inputs, ...] = ()
    whole: bool = True

    @property
    def survivors(self) -> tuple[Tried, ...]:
        return tuple(each for each in self.tried if not each.noticed)


def job(snapshot: Snapshot, record: Record, invariant: Invariant) -> Job | str:
    """What to run, or why nothing can be."""
    linked = tests_of(snapshot, record, invariant)
    tests = tuple(test for test in linked if test.path.endswith(".py"))
    if not tests:
        other = f"; {linked[0].path} is in another language" if linked else ""
        return f"no test in Python is linked{other}"
    if all(test.test is not None and test.test.scaffold is not None for test in tests):
        return "its tests are scaffolds that nobody has filled in"
    targets = tuple(_targets(snapshot, record, invariant))
    return Job(tests, targets, invariant.pattern in FORBIDDING)


def _targets(snapshot: Snapshot, record: Record, invariant: Invariant) -> Iterator[tuple[str, str]]:
    if not invariant.targets:
        return
    from adr_lsp.scaffold.python.code import Code, Found
    from adr_lsp.scaffold.python.target import resolve

    code = Code(snapshot.tree, record.path)
    for target in invariant.targets:
        found = resolve(code, target.text)
        if isinstance(found, Found):  # where it is defined, not from where it is exported
            module = found.object.module
            name = found.object.path.removeprefix(f"{module.path}.")
            yield str(module.filepath), name
        else:
            yield target.text.strip().strip("`"), ""


def read(raw: bytes, job: Job) -> Strength:
    """What a run wrote down; also of one that was ended before it was through."""
    try:
        return _read(raw, job)
    except (TypeError, ValueError, KeyError, AttributeError, OverflowError):
        return Strength(INCONCLUSIVE, "what the run wrote down cannot be read", whole=False)


def _read(raw: bytes, job: Job) -> Strength:
    lines = list(_lines(raw))
    of = {kind: [line for line in lines if line.get("type") == kind] for kind in KINDS}
    drawn = [_inputs(line) for line in of["inputs"]]
    inputs = tuple(drawn + [each for line in of["events"] for each in _events(line)])
    verdict, reason = _verdict(of, job)
    reached = tuple((str(p), str(n), int(at)) for line in of["reached"]
                    for p, n, at in line["definitions"])  # fmt: skip
    tried = tuple(_tried(line) for line in of["mutant"] if line.get("outcome") != "skipped")
    left = sum(int(line.get("mutants", 0)) for line in of["left"])
    return Strength(verdict, reason, reached, tried, left, inputs, whole=bool(of["end"]))


def _lines(raw: bytes) -> Iterator[dict[str, Any]]:
    for line in raw[:LARGEST].splitlines():
        try:
            found = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(found, dict):
            yield found


def _verdict(of: dict[str, list[dict[str, Any]]], job: Job) -> tuple[str, str]:
    if not of["baseline"]:
        return INCONCLUSIVE, "the tests did not run to their end"
    if of["baseline"][-1].get("outcome") != "passed":
        test = of["baseline"][-1].get("test") or "collecting them"
        return INCONCLUSIVE, f"the tests fail as they are: {test}"
    if not any(line["definitions"] for line in of["reached"]):
        names = ", ".join(f"`{name or path}`" for path, name in job.targets)
        return INCONCLUSIVE, f"the tests never reach {names or 'code of the project'}"
    stub = of["stub"][-1] if of["stub"] else None
    if stub is None or not stub.get("names"):
        return INCONCLUSIVE, "nothing could be replaced by a stub"
    if stub.get("outcome") == "survived":
        names = ", ".join(f"`{name}`" for name in stub["names"][:5])
        verb = "is" if len(stub["names"]) == 1 else "are"
        more = "; such a promise is kept by doing nothing: assert that something happens, too"
        told = f"the tests pass although {names} {verb} replaced by a stub"
        return VACUOUS, told + (more if job.forbids else "")
    done = [line for line in of["mutant"] if line.get("outcome") != "skipped"]
    survived = sum(line.get("outcome") == "survived" for line in done)
    if survived:
        return WEAK, f"{survived} of {len(done)} small faults are not noticed"
    noticed = f"all {len(done)} small faults" if done else "the stub"
    return STRONG, f"the tests notice {noticed}"


def _tried(line: dict[str, Any]) -> Tried:
    return Tried(
        str(line.get("path")), int(line.get("line") or 0), str(line.get("name")),
        str(line.get("kind")), str(line.get("before")), str(line.get("after")),
        line.get("outcome") != "survived",
    )  # fmt: skip


def _inputs(line: dict[str, Any]) -> Inputs:
    return Inputs(str(line.get("test")), str(line.get("argument")), ", ".join(_shares(line)))


def _events(line: dict[str, Any]) -> Iterator[Inputs]:
    """What the test itself counted, with the share of its cases."""
    count = int(line.get("count") or 0)
    for event, times in (line.get("events") or {}).items():
        share = round(100 * int(times) / count) if count else 0
        yield Inputs(str(line.get("test")), f"event {event}", f"{share} %")


def _shares(line: dict[str, Any]) -> Iterator[str]:
    """`100 values, -3 to 9, zero 4 %, negative 31 %`."""
    count = int(line.get("count") or 0)
    yield f"{count} value" + ("" if count == 1 else "s")
    kinds = [kind for kind in line.get("kinds") or {} if kind != "NoneType"]
    if len(kinds) > 1:
        yield " | ".join(kinds)
    if "min" in line:
        yield f"{line['min']} to {line['max']}"
    if "largest" in line:
        yield f"sizes {line['smallest']} to {line['largest']}, median {line['median']}"
    for word in ("zero", "negative", "empty", "true", "none"):
        if word in line and count:
            yield f"{word} {round(100 * int(line[word]) / count)} %"


def text(key: str, strength: Strength) -> list[str]:
    """What a person reads."""
    lines = [f"{key}: {strength.verdict}: {strength.reason}"]
    lines += [f"  {each.path}:{each.line} in {each.name}, not noticed: "
              f"{each.before}  =>  {each.after}" for each in strength.survivors]  # fmt: skip
    if strength.left:
        lines.append(f"  {strength.left} more faults were not tried")
    if not strength.whole:
        lines.append("  time ran out: what is said here is of the part that ran")
    lines += _input_lines(strength.inputs)
    return lines


def _input_lines(inputs: Iterable[Inputs]) -> Iterator[str]:
    before = ""
    for each in sorted(inputs, key=lambda each: each.test):
        if each.test != before:
            yield f"  inputs of {each.test}"
            before = each.test
        yield f"    {each.argument}: {each.shown}"


def value(key: str, strength: Strength) -> dict[str, Any]:
    """What a program reads."""
    return {
        "id": key,
        "verdict": strength.verdict,
        "reason": strength.reason,
        "whole": strength.whole,
        "reached": [{"path": p, "name": n, "line": at} for p, n, at in strength.reached],
        "noticed": sum(each.noticed for each in strength.tried),
        "survivors": [
            {"path": t.path, "line": t.line, "name": t.name, "kind": t.kind, "before": t.before,
             "after": t.after}
            for t in strength.survivors
        ],
        "untried": strength.left,
        "inputs": [{"test": i.test, "argument": i.argument, "shown": i.shown}
                   for i in strength.inputs],
    }  # fmt: skip
