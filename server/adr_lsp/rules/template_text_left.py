"""
## What it does
Reports text that comes from a template and that nobody replaced: placeholders in braces or brackets
(`{title of option 1}`, `[argument a]`), a choice of statuses, the questions of Nygard's template.
Off unless it is selected. Code and comments are not read.

## Why
A placeholder is a question that was not answered, and readers take what stands around it for a
decision.

## Example
````toml adr-lsp.toml
select = ["ADL514"]
````
````adr
# 1. Use queues

## Context

The issue motivating this decision, and any context that influences or constrains the decision.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ADL514 `The issue motivating this decision` is text of a template

## Decision

We use {title of option 1}, because items must not be lost.
       ^^^^^^^^^^^^^^^^^^^ ADL514 `{title of option 1}` is text of a template
````

## How to mend
Write what is meant there, or delete the section:

````toml adr-lsp.toml
select = ["ADL514"]
````
````adr
# 1. Use queues

## Context

The broker drops items when it restarts.

## Decision

We use a queue on disk, because items must not be lost.
````
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from adr_lsp.diagnostic import Severity
from adr_lsp.record import Record
from adr_lsp.rule import RECORD, Finding, quoted, rule
from adr_lsp.rules.fences import unfenced
from adr_lsp.rules.place import first_line
from adr_lsp.snapshot import Snapshot

TEXT_LENGTH = 60
_ASKED = r"""
      (?:short\s)?title(?:\sof\b|,|\sand\b) | short\s(?:noun|title)
    | name\sof\s(?:the\s)?(?:option|decision) | (?:title\sof\s)?option\s[\dabc]\b
    | argument\s[a-z]\b | (?:decision\s)?driver\s\d | numbers?\sof\soptions
    | describe\s(?:the|here|in|what) | justification\b | example\s\| | list\s(?:everyone|all|the)\s
    | e\.g\.,?\s(?:improvement|compromising|only\soption) | description\sof\s | pointer\sto\s
    | space-separated | yyyy-mm-dd | date\swhen | your\s | insert\s | replace\swith | put\syour\s
    | (?:positive|negative)\sconsequence | (?:proposed|accepted|draft|rejected)\s*\|
    | what\s(?:is|are|was)\sthe\s | todo\b | tbd\b | list\sof\s(?:people|names|consulted|decision)
"""
_QUESTIONS = r"""
      what\sis\sthe\sissue\sthat\swe(?:'|’)re\sseeing\sthat\sis\smotivating\sthis\sdecision(?:\sor\schange)?
    | what\sis\sthe\schange\sthat\swe(?:'|’)re\sproposing(?:\sand/or\sdoing)?
    | what\sbecomes\seasier\sor\smore\sdifficult\sto\sdo\s(?:because\sof\sthis\schange|and\sany\srisks)
    | the\sissue\smotivating\sthis\sdecision
    | the\schange\sthat\swe(?:'|’)re\sproposing\sor\shave\sagreed\sto\simplement
    | this\ssection\sdescribes\s(?:the\sforces\sat\splay|our\sresponse\sto\sthese\sforces
        |the\sresulting\scontext)
    | lorem\sipsum
"""  # noqa: E501


@rule("ADL514", "template-text-left", None, reads=RECORD, doc=__doc__, opt_in=Severity.WARNING)
def template_text_left(record: Record, _: Snapshot) -> Iterator[Finding]:
    for found in _left().finditer(unfenced(record)):
        part = "question" if found["question"] else 0
        place = record.text.range(*found.span(part))
        said = quoted(found[part], TEXT_LENGTH)
        yield Finding(first_line(record, place), f"{said} is text of a template")


@cache
def _left() -> re.Pattern[str]:
    """A placeholder that begins as templates have it, or one of their questions."""
    braces = rf"\{{\s*(?:{_ASKED})[^{{}}\n]{{0,300}}\}}"
    label = r"(?-i:[A-Z]\w+\s[\dA-Z]\])"
    brackets = rf"\[(?!{label})(?=\s*(?:{_ASKED}))[^\[\]\n]{{0,300}}\](?![(\[:])"
    placeholder = f"{braces}|{brackets}"
    question = rf"^[ \t>*_-]*(?P<question>{_QUESTIONS})"
    flags = re.VERBOSE | re.IGNORECASE | re.MULTILINE
    return re.compile(f"{placeholder}|{question}", flags)
