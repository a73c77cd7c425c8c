"""Which rules speak, and how grave they are: what is selected, ignored and given a severity.

A rule is named by its code, the beginning of one (`ADL5`), its name, or `ALL`. Of what selects a
rule and what ignores it, the longer beginning counts (a name is as long as a code); of two that
are equally long, what ignores. A severity selects at the length of its own name, `off` ignores.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from adr_lsp.config import Config
from adr_lsp.diagnostic import Severity
from adr_lsp.rule import Rule
from adr_lsp.rules import RULES
from adr_lsp.rules.nearest import did_you_mean
from adr_lsp.text import NOWHERE, Range, Text

CRASHED = "ADL605"  # its findings are ours to answer for: they cannot be silenced
MISCONFIGURED = "ADL903"  # what is misspelt in `select` must not select silence
ALL, FAMILY, OFF = "ALL", "ADL", "off"
BY_DEFAULT = 0

Severities = tuple[tuple[str, str], ...]
Said = tuple[tuple[str, ...], tuple[str, ...], Severities]
Given = tuple[int, str]  # how long the name of the rule is, and the severity


def said(config: Config) -> Said:
    """All that a configuration says of which rules speak."""
    return config.select, config.ignore, config.severity


@lru_cache(maxsize=16)
def chosen(said: Said, *, require_evidence: bool = False) -> tuple[Rule, ...]:
    """The rules that speak, each with the severity that it has here."""
    select, ignore, severities = said
    found = []
    for rule in RULES:
        given = _given(severities, rule)
        selected = _longest(select, rule) if select else _on(rule, given, require_evidence)
        if selected is None and rule.code == MISCONFIGURED:
            selected = BY_DEFAULT
        if rule.code == CRASHED:
            found.append(rule)
        elif selected is not None and selected > _ignored(ignore, given, rule):
            found.append(_as_grave(rule, given))
    return tuple(found)


def _on(rule: Rule, given: Given | None, required: bool) -> int | None:
    """How strongly a rule is on where nothing is selected; None if it is off.

    One that is off by default is switched on by a severity of its own, not by one for many.
    """
    by_default = rule.severity is not None or (rule.required and required)
    if given and given[1] != OFF and (by_default or given[0] == len(rule.code)):
        return given[0]
    return BY_DEFAULT if by_default else None


def _ignored(ignore: tuple[str, ...], given: Given | None, rule: Rule) -> int:
    """How strongly a rule is ignored; -1 if it is not."""
    off = given[0] if given and given[1] == OFF else -1
    longest = _longest(ignore, rule)
    return off if longest is None else max(off, longest)


def _as_grave(rule: Rule, given: Given | None) -> Rule:
    usual = rule.severity or rule.opt_in or Severity.WARNING
    severity = Severity(given[1]) if given and given[1] != OFF else usual
    return rule if severity is rule.severity else replace(rule, severity=severity)


def _given(severities: Severities, rule: Rule) -> Given | None:
    """The severity that the longest name of the rule is given; the later of two."""
    found: Given | None = None
    for name, severity in severities:
        named = length(name, rule)
        if named is not None and (found is None or named >= found[0]):
            found = named, severity
    return found


def _longest(names: Iterable[str], rule: Rule) -> int | None:
    lengths = (length(name, rule) for name in names)
    return max((each for each in lengths if each is not None), default=None)


def length(name: str, rule: Rule) -> int | None:
    """How much of a rule's code a name gives; None if it names another rule."""
    if name.lower() == rule.name:
        return len(rule.code)
    code = FAMILY if name.upper() == ALL else name.upper()
    return len(code) if code.startswith(FAMILY) and rule.code.startswith(code) else None


def named(names: Iterable[str]) -> Iterator[Rule]:
    """Every rule that one of the names means."""
    wanted = tuple(names)
    return (rule for rule in RULES if _longest(wanted, rule) is not None)


def fault(name: str) -> str | None:
    """What is wrong with a name, and what may be meant; None if it names a rule."""
    if any(length(name, rule) is not None for rule in RULES):
        return None
    known = (said for rule in RULES for said in (rule.code, rule.name))
    return f"no rule is called `{name}`{did_you_mean(name, known)}"


def unknown(config: Config) -> Iterator[tuple[str, str]]:
    """Names in the configuration that name no rule, each with what is wrong with it."""
    for name in dict.fromkeys(_names(config)):
        wrong = fault(name)
        if wrong:
            yield name, wrong


def _names(config: Config) -> Iterator[str]:
    yield from config.select
    yield from config.ignore
    yield from (name for name, _ in config.severity)
    for _, names in config.per_file_ignores:
        yield from names


def place(text: Text, word: str) -> Range:
    """Where a configuration says a word: in quotation marks, or as a key."""
    said = re.escape(word)
    found = re.search(rf"""(?<=["']){said}(?=["'])|\b{said}(?=\s*=)""", text.content)
    return text.range(*found.span()) if found else NOWHERE
