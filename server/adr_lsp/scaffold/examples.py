"""The examples that a record gives of an invariant: calls with results in its words, and tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from adr_lsp.markdown import Block, Phrase, blocks, read, walk
from adr_lsp.record import Form, Invariant, Record
from adr_lsp.value import dataclass

MOST = 100
LONGEST = 400
_LABEL = re.compile(
    r"\s*(?:verified|enforced|tested|checked|proved|covered|applies|waived|target|by construction)"
    r"\b[^:]*:",
    re.IGNORECASE,
)
_CALL = re.compile(r"(?:await\s+)?((?:new\s+)?[A-Za-z_$][\w$.:#]*!?)\((.*)\)\s*\Z", re.DOTALL)
_EQUALS = re.compile(r"\)\s*(?:={2,3}|≡|→|⇒|=>|->|=(?![=>]))\s*")
_GIVES = re.compile(
    r"[\s,]*(?:(?:which|that|it|always|and)\s+)*(?:(?:is|are|must be|shall be|should be|becomes?|"
    r"equals?|gives?|returns?|yields?|makes?|produces?|evaluates to|comes to|results? in)"
    r"(?:\s+(?:equal to|back|the|a|an|exactly))*(?=[\s:])|={1,3}|≡|→|⇒|=>|->|:)\s*",
    re.IGNORECASE,
)
_REFUSES = re.compile(
    r"[\s,]*(?:always\s+)?(?:throws?|raises?|panics? with|fails? with|is refused with)"
    r"(?:\s+(?:an?|the))?\s*",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[-−]?\d[\d_,]*(?:\.\d+)?(?![\w])")
_WORD = re.compile(
    r"(?:zero|one|true|false|null|none|nil|undefined|empty)\b|\"[^\"\n]*\"|'[^'\n]*'", re.IGNORECASE
)
_WORDS = {"zero": "0", "one": "1", "empty": ""}
_TELLING = re.compile(r"\bexamples?\b|\bfor instance\b|\be\.g\.|\bcases?\b", re.IGNORECASE)
_CLAUSE = re.compile(
    r"(?:for example|for instance|e\.g\.|examples?:)[,:]?\s*([^\s,:].*)", re.I | re.DOTALL
)
_CLAUSE_END = re.compile(r"(?<!e\.g)(?<!i\.e)[.;](?=\s|\Z)")
_AND = re.compile(r"\s*[,;]\s+(?:and\s+)?|\s+and\s+")
_EXPECTED = re.compile(
    r"(?:the )?(?:expected(?: \w+)?|results?|outputs?|returns?|gives|yields|outcome|answer|then|"
    r"=|→|⇒)",
    re.IGNORECASE,
)
_NAMED = re.compile(r"(?:example|case|name|scenario|description|title|#|no\.?|why)", re.IGNORECASE)
_LITERAL = re.compile(
    r"[-−]?\d[\w.,]*|\".*\"|'.*'|\[.*\]|\{.*\}|\(.*\)|true|false|none|null|nil|undefined", re.I
)
_OPENS, _CLOSES = "([{", ")]}"


@dataclass(frozen=True, slots=True)
class Example:
    """One case, its values as the record writes them.

    `values` are by column or keyword; by place ("0", "1", …) where the record gives only an order.
    `expected` is None where nothing says what is to come out. `call` is what the words call
    (`total`, `Cart.add`); empty for a row of a table. `refusal` names what the call raises.
    """

    name: str
    values: Mapping[str, str]
    expected: str | None
    call: str = ""
    refusal: str | None = None

    @property
    def suffix(self) -> str:
        """The name as the end of a test's name."""
        return "_with_" + "_".join(re.findall(r"\w+", self.name.lower()))


def examples_of(record: Record, invariant: Invariant) -> tuple[Example, ...]:
    """Every example in the invariant's words and in the tables inside or right below it."""
    about = list(_about(record, invariant))
    found: list[Example] = []
    for phrase in _phrases(about):
        found += _calls(phrase) or _clause(phrase)
    for lead, table in _tables(about):
        found += _rows(table, told=bool(_TELLING.search(lead)))
    first = {_same(example): example for example in reversed(found)}
    return tuple(first.values())[::-1][:MOST]


def _same(example: Example) -> tuple[object, ...]:
    values = tuple(example.values.items())
    return example.call, values, example.expected, example.refusal, "" if values else example.name


def _about(record: Record, invariant: Invariant) -> Iterator[Block]:
    """The blocks that say what the invariant is."""
    text = record.text
    top = blocks(read(text.content, text))
    at, end = text.offset(invariant.id_range.start), text.offset(invariant.range.end)
    if invariant.id is None:
        at = text.offset(invariant.statement_range.start)
    place = next((n for n, block in enumerate(top) if block.start <= at < block.end), None)
    if place is None:
        return
    if invariant.form is Form.HEADING:
        yield from (block for block in top[place + 1 :] if block.start < end)
        yield top[place]
        return
    holders = [block for block in walk(top[place : place + 1]) if block.start <= at < block.end]
    kind = {Form.ITEM: "item", Form.ROW: "row"}.get(invariant.form, "paragraph")
    own = next((block for block in reversed(holders) if block.kind == kind), top[place])
    yield from own.children if own.kind in ("item", "row") else (own,)
    if invariant.form is not Form.ROW and _closes(top[place], own):
        yield from _right_below(top[place + 1 :], own.kind == "paragraph")


def _closes(whole: Block, own: Block) -> bool:
    """Nothing of the top-level block stands behind the invariant."""
    return whole is own or (bool(whole.children) and whole.children[-1] is own)


def _right_below(following: list[Block], may_have_list: bool) -> Iterator[Block]:
    """A table that follows, behind the words that lead to it."""
    for block in following[:3]:
        if block.kind == "table":
            yield block
            return
        leads = block.kind == "paragraph" and _TELLING.search(block.phrase.plain)
        if leads:
            yield block
        elif not (may_have_list and block.kind == "list"):
            return


def _phrases(about: list[Block]) -> Iterator[Phrase]:
    """Words of paragraphs and items; not those of sub-items with a meaning of their own."""
    for block in about:
        if block.kind in ("paragraph", "heading", "cell"):
            if not _LABEL.match(block.phrase.plain):
                yield block.phrase
        elif block.kind == "list":
            for item in block.children:
                yield from _phrases(item.children)


def _tables(about: list[Block]) -> Iterator[tuple[str, Block]]:
    """Tables, each with the words that stand before it."""
    lead = ""
    for block in about:
        if block.kind == "table":
            yield lead, block
        lead = block.phrase.plain if block.kind in ("paragraph", "heading") else ""


def _calls(phrase: Phrase) -> list[Example]:
    """`total([1, 2])` is `3`: a call in a code span, and what its words say comes out."""
    spans = [span for span in phrase.spans if span.kind == "code"]
    found = []
    for span in spans:
        source = " ".join(phrase.plain[span.start : span.end].split())
        if len(source) > LONGEST:
            continue
        whole = _in_one_span(source)
        if whole:
            found.append(whole)
            continue
        call = _CALL.match(source)
        if call and _balanced(call[2]):
            found += _with_result(phrase, span.end, source, call)
    return found


def _in_one_span(source: str) -> Example | None:
    """`total([1, 2]) === 3`."""
    for sign in _EQUALS.finditer(source):
        call = _CALL.match(source[: sign.start() + 1])
        result = source[sign.end() :].strip()
        if call and _balanced(call[2]) and result and _concrete(parted(call[2])):
            return Example(source, _values(call[2]), result, call[1])
    return None


def _with_result(phrase: Phrase, end: int, source: str, call: re.Match[str]) -> list[Example]:
    values = _values(call[2])
    refuses = _REFUSES.match(phrase.plain, end)
    if refuses:
        what = _value_at(phrase, refuses.end())
        name = what or "an error"
        return [Example(f"{source} throws {name}", values, None, call[1], what or "")]
    gives = _GIVES.match(phrase.plain, end)
    expected = _value_at(phrase, gives.end()) if gives else None
    if expected is None or not _concrete(values.values()):
        return []
    return [Example(f"{source} is {expected}", values, expected, call[1])]


def _value_at(phrase: Phrase, at: int) -> str | None:
    """The value that stands at a place of the words: a code span, a number, a word for one."""
    span = phrase.span_at(at, "code")
    if span:
        return phrase.plain[span.start : span.end].strip()
    found = _NUMBER.match(phrase.plain, at)
    if found:
        return _number(found.group())
    word = _WORD.match(phrase.plain, at)
    return _WORDS.get(word.group().lower(), word.group()) or None if word else None


def _number(written: str) -> str:
    return re.sub(r"[_,](?=\d)", "", written).rstrip(",_").replace("−", "-")


def _concrete(values: Iterable[str]) -> bool:
    """They are values and not names: `decode(encode(x))` is a law, no example."""
    return all(_is_concrete(" ".join(value.split())) for value in values)


def _is_concrete(value: str) -> bool:
    call = _CALL.match(value)
    return _concrete(parted(call[2])) if call else bool(_LITERAL.fullmatch(value))


def _clause(phrase: Phrase) -> list[Example]:
    """For example, 100 at 15 % gives 85: numbers in their order, and what comes out."""
    clause = _CLAUSE.search(phrase.plain)
    if not clause:
        return []
    words = " ".join(_CLAUSE_END.split(clause[1], maxsplit=1)[0][:LONGEST].split())
    parts = _AND.split(words)
    told = [_told(part) for part in parts]
    if len(parts) > 1 and all(told):
        return [each for each in told if each]
    whole = _told(words)
    return [whole] if whole else [Example(words, {}, None)] if words else []


def _told(words: str) -> Example | None:
    """One example: the numbers before what says what comes out, and the number behind it."""
    gives = [g for g in _GIVES.finditer(words) if _NUMBER.match(words, g.end())]
    if not words or not gives:
        return None
    before, result = words[: gives[-1].start()], _NUMBER.match(words, gives[-1].end())
    taken = [_number(n.group()) for n in _NUMBER.finditer(before) if n.start() == 0
             or not (before[n.start() - 1].isalnum() or before[n.start() - 1] in "._")]  # fmt: skip
    values = {str(place): number for place, number in enumerate(taken)}
    return Example(words, values, _number(result.group()) if result else None)


def _rows(table: Block, *, told: bool) -> list[Example]:
    """The rows of a table that holds values; of one that holds anything else, none."""
    head = [" ".join(cell.phrase.plain.split()) for cell in table.children[0].children]
    if _LABEL.match(" ".join(head[:1]) + ":"):
        return []
    expected = next((n for n, name in enumerate(head) if _EXPECTED.fullmatch(name)), None)
    cells = [[_cell(c) for c in row.children] for row in table.children[1:]]
    values = [value for row in cells for value in row if value]
    literal = bool(values) and all(_LITERAL.fullmatch(value) for value in values)
    if expected is None and not told and not literal:
        return []
    return [e for row in cells if (e := _row(head, row, expected))]


def _cell(cell: Block) -> str:
    return " ".join(cell.phrase.plain.split())


def _row(head: list[str], row: list[str], expected: int | None) -> Example | None:
    named = next((n for n, name in enumerate(head) if _NAMED.fullmatch(name)), None)
    values = {
        name or str(n): value
        for n, (name, value) in enumerate(zip(head, row, strict=False))
        if n not in (named, expected)
    }
    result = row[expected] if expected is not None and expected < len(row) else None
    title = row[named] if named is not None and named < len(row) else ""
    if not any(values.values()) and not result:
        return None
    shown = ", ".join(f"{name} {value}" for name, value in values.items())
    shown += f" gives {result}" if result is not None else ""
    return Example(title or shown, values, result)


def _values(arguments: str) -> dict[str, str]:
    """What stands between the brackets of a call: by place, or by keyword."""
    found = {}
    for place, part in enumerate(parted(arguments)):
        keyword = re.match(r"([A-Za-z_]\w*)\s*=(?![=>])\s*", part)
        found[keyword[1] if keyword else str(place)] = part[keyword.end() :] if keyword else part
    return found


def parted(arguments: str) -> list[str]:
    """Arguments at their commas; those inside brackets and quotes part nothing."""
    parts, depth, quote, current = [], 0, "", ""
    for place, character in enumerate(arguments):
        if quote:
            escaped = arguments[place - 1] == "\\" and arguments[place - 2 : place - 1] != "\\"
            quote = "" if character == quote and not escaped else quote
        elif character in "\"'`":
            quote = character
        elif character in _OPENS or character in _CLOSES:
            depth += 1 if character in _OPENS else -1
        if character == "," and not depth and not quote:
            parts.append(current.strip())
            current = ""
        else:
            current += character
    return [part for part in (*parts, current.strip()) if part]


def _balanced(source: str) -> bool:
    depth = 0
    for character in source:
        depth += (character in _OPENS) - (character in _CLOSES)
        if depth < 0:
            return False
    return depth == 0
