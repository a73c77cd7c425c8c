"""A counterexample in the room that there is: on one line, or on some.

Of named values, and of a call, the first are kept. Of the steps of a state machine the last decide,
so what does not fit is left out before them; so it is with a list that a tool printed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from adr_lsp.evidence.model import Counterexample
from adr_lsp.snapshot.reason import plural, short

_STEP = re.compile(r"((?:\w+(?:, \w+)* = )?)state\.(?=\w+\()")
_AROUND = re.compile(r"state = \w+\(\)\Z|state\.teardown\(\)\Z")
_REPLAY = re.compile(r"\s?/\*replayPath=[^*]*\*/")
_NOTE = re.compile(r"\s+# or any other generated value$", re.MULTILINE)
_MEMBER = re.compile(r"<([A-Za-z_]\w*(?:\.\w+)+): [^<>]{1,200}>")
_CALL = re.compile(r"test\w*\(\s*(.*?),?\s*\)", re.DOTALL)
_OPENING, _CLOSING = re.compile(r"([(\[{])\s+"), re.compile(r",?\s+([)\]}])")
_LISTED = ("[", "(")


def on_line(counterexample: Counterexample, longest: int) -> str:
    """`n=0, fee=1`; `… push(x=1); pop()`; else the text that the tool printed."""
    if counterexample.values:
        pairs = (f"{name}={text}" for name, text in counterexample.values.items())
        return short(", ".join(pairs), longest)
    steps = _steps(counterexample.text)
    if steps:
        return _last_steps(steps, longest)
    flat = _plain(_REPLAY.sub("", counterexample.text))
    return _end(flat, longest) if flat.startswith(_LISTED) else short(flat, longest)


def on_lines(counterexample: Counterexample, longest: int, most: int | None = None) -> str:
    """As the tool printed it, in about so many characters, and at `most` so many lines."""
    text = counterexample.text.strip()
    lines = text.splitlines()
    if len(text) <= longest and (most is None or len(lines) <= most):
        return text
    if _steps(text):
        kept = _fitting(lines[::-1], longest, most)[::-1]
        return "\n".join((f"… {plural(len(lines) - len(kept), 'line')} before", *kept))
    if len(lines) == 1 and text.startswith(_LISTED):
        return _end(text, longest)
    return "\n".join((*_fitting(lines, longest, most), "…"))


def _plain(text: str) -> str:
    """A call of a test without the test and the notes of the tool; members of enumerations by
    their names. To be read, and no program any more."""
    flat = _MEMBER.sub(r"\1", _flat(_NOTE.sub("", text)))
    called = _CALL.fullmatch(flat)
    inside = called[1] if called else flat
    return _CLOSING.sub(r"\1", _OPENING.sub(r"\1", inside))


def _flat(text: str) -> str:
    return " ".join(text.split())


def _end(text: str, longest: int) -> str:
    return text if len(text) <= longest else "…" + text[len(text) - longest + 1 :].lstrip()


def _steps(text: str) -> list[str]:
    """The calls of a program of Hypothesis, without what stands around them in each."""
    steps: list[str] = []
    for line in text.splitlines():
        if _AROUND.match(line):
            continue
        if _STEP.match(line):
            steps.append(_STEP.sub(r"\1", line, count=1))
        elif steps:  # a value goes on
            steps[-1] += f" {line.strip()}"
    return steps


def _last_steps(steps: Sequence[str], longest: int) -> str:
    """As many of the last as fit; of the very last its beginning, which names it."""
    if len("; ".join(steps)) <= longest:
        return _flat("; ".join(steps))
    room = longest - len("… ")
    shown = short(steps[-1], room)
    for step in reversed(steps[:-1]):
        longer = f"{_flat(step)}; {shown}"
        if len(longer) > room:
            break
        shown = longer
    return shown if len(steps) == 1 else f"… {shown}"


def _fitting(lines: Sequence[str], longest: int, most: int | None) -> list[str]:
    """The first of the lines that fit; of one that is too long by itself, its beginning."""
    kept: list[str] = []
    for line in lines[:most]:
        if kept and len(line) > longest:
            break
        kept.append(line[: max(longest, 1)])
        longest -= len(line) + 1
    return kept
