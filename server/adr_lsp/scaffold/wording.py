"""What the words of a statement say: its pattern, its limits, a name for its test."""

from __future__ import annotations

import re
from collections.abc import Sequence

_SIGNS = (
    ("exactly-once", r"exactly once"),
    ("at-most-once", r"at most once|only once|"
     r"(?:never|not?) (?:\w+ ){0,3}(?:twice|more than once)"),
    ("round-trip", r"without (?:any )?loss|read back|"
     r"round[- ]?trip|lossless|inverse|(?:gives?|returns?|yields?) back|and back\b"),
    ("round-trip", r"\b(?:de)?cod\w+ .*\bencod|\bencod\w+ .*\bdecod|\bdecod\w+.*\bencod"),
    ("round-trip", r"serial\w+ .*deserial|deserial\w+ .*serial|\bdump.*\bload|\bload.*\bdump"),
    ("round-trip", r"\bpars\w+ .*(?:print|format|render|serial|writ|equal|same|original)"),
    ("idempotence", r"idempoten|twice .*(?:same|once|nothing|equal)|again .*(?:same|nothing|no )"),
    ("commutativity", r"commut|in (?:any|either) order|order .*(?:not matter|irrelevant|same)"),
    ("commutativity", r"(?:regardless|independent) of .*\border|\bnot (?:depend|care|matter) .*"
     r"\b(?:order|comes first|is first)\b"),
    ("monotonic", r"\b(?:more|(?:heavi|long|larg|bigg|great|high|lat|old|new|wid|deep|fast)er)\b"
     r".* never \w+ (?:an? )?(?:less|lower|fewer|smaller|shorter|sooner|earlier|cheaper)\b"),
    ("monotonic", r"\b(?:add|rais|increas|grow|extend)\w* .*\bnever (?:lower|reduc|short|decreas)"),
    ("associativity", r"associativ|\bgrouping|however .*\bgrouped"),
    ("append-only", r"append[- ]only|only grows|immutable"),
    ("append-only", r"(?:never|not|no \w+ is) (?:ever )?(?:be )?"
     r"(?:chang|remov|delet|rewrit|overwrit|edit|alter|updat)"),
    ("oracle", r"agrees? with|reference implementation|same \w+ as the|equivalent to|brute.force"),
    ("oracle", r"match(?:es)? the (?:reference|naive|old|slow|specification|model)|\bnaive\b"),
    ("conservation", r"conserv|\bsums? .*(?:zero|equal|same|total|constant)|adds? up"),
    ("conservation", r"\btotals? .*(?:unchanged|same|preserv|constant|equal)|nor destroyed"),
    ("mutual-exclusion", r"at most one \w+ .*(?:at a time|holds)|mutual"),
    ("latency", r"milliseconds|\bp9\d|\b\d+ ?(?:ms|s|seconds?|minutes?)\b"),
    ("monotonic", r"monoton|never (?:decreas|goes? back|shrink)|only (?:increas|ris)"),
    ("uniqueness", r"\bunique|\bno two\b|\bdistinct"),
    ("durability", r"durab|\b(?:is|are) (?:ever )?lost|surviv\w+ .*(?:crash|restart)"),
    ("bounds", r"\bbetween\b|at (?:most|least)|exceed|no (?:more|less|fewer) than|negative"),
    ("bounds", r"never (?:above|below|less|greater|more|fewer)|bounded|[≤≥]|[<>]=|\.\.|\bwithin\b"),
    ("bounds", r"(?:never|not|no \w+) \w+ (?:more|less|fewer) than"),
    ("ordering", r"\bsorted\b|\bin (?:\w+ )?order\b|ordered by|"
     r"\b(?:newest|oldest|latest|earliest|highest|lowest|largest|smallest) (?:\w+ )?first\b"),
    ("determinism", r"determinis|same inputs? .*same|"
     r"\bsame \w+ (?:always )?(?:gives?|yields?|produces?|returns?|makes?) the same"),
    ("metamorphic", r"\bdoubl\w+ .*\bdoubl|\btwice (?:as|the) .*\btwice (?:as|the)"),
    ("structure", r"\bimports?\b|depends? on|\blayers?\b|"
     r"\b(?:never|nobody|nothing|no \w+) calls?\b"),
    ("atomicity", r"\batomic|all or nothing|either .* or nothing"),
    ("eventual", r"\beventually\b"),
    ("authorization", r"unauthori|permission|\bonly .* (?:may|can)\b"),
    ("acyclic", r"acyclic|\bcycles?\b"),
    ("total", r"never (?:raises?|crash|panic|fail)"),
)  # fmt: skip

_STOP = frozenset(
    re.findall(
        r"\w+",
        "a all an and any are as at be been both but by can do does each every for from had has "
        "have if in into is it its may must of on one or shall should so some such than that the "
        "their then there these they this those to was we were when where which while will with",
    )
)
_KEY = re.compile(
    r"(?:(?:[A-Z0-9]+-)*?ADR[-_ ]?(?:[A-Z]{2,}[-_])?)?"
    r"(?:\d{4}-\d{2}-\d{2}(?:[_-]\d+)?|\d+)(?:[-_. ]+|\Z)",
    re.IGNORECASE,
)
_NUMBER = r"-?\d[\d_,]*(?:\.\d+)?"
_LIMIT = rf"(?:(?:the|its|a|an|that) )?({_NUMBER}|zero|one\b|\w+)"
_BETWEEN = re.compile(rf"\b(?:between|from) {_LIMIT} (?:and|to) {_LIMIT}")
_DOTS = re.compile(rf"({_NUMBER}) ?(?:\.\.\.?|–|…) ?({_NUMBER})")
_LOW = re.compile(
    rf"(?:at least|(?:no|not|never) (?:less|fewer|smaller|lower) than|never (?:falls? )?below|"
    rf"≥|>=) ?{_LIMIT}"
)
_HIGH = re.compile(
    rf"(?:at most|(?:no|not|never) (?:more|greater|larger|longer|higher) than|never (?:rises? )?"
    rf"above|(?:never|not) (?:be )?exceeds?|(?:never|not) \w+ more than|up to|≤|<=) ?{_LIMIT}"
)
_SIGNED = re.compile(r"(?:never|not|non)[- ](?:be )?negative")


def suggest_pattern(statement: str) -> str | None:
    """The pattern that the wording suggests where none is declared."""
    text = statement.lower()
    return next((pattern for pattern, sign in _SIGNS if re.search(sign, text)), None)


def words(statement: str) -> list[str]:
    """The content words, in lower case, that can stand in a Python name."""
    found = (word.strip("_").lower() for word in re.findall(r"\w+", statement.replace("'", "")))
    return [w for w in found if len(w) > 1 and w not in _STOP and f"t{w}".isidentifier()]


def test_name(statement: str, others: Sequence[str] = ()) -> str:
    """`test_` and five content words; more where another statement has the same five."""
    return "test_" + "_".join(_distinct(statement, others) or ["invariant"])


def machine_name(statement: str, others: Sequence[str] = ()) -> str:
    """The same words as the name of a class."""
    parts = "_".join(_distinct(statement, others) or ["invariant"]).split("_")
    name = "".join(part[:1].upper() + part[1:] for part in parts)
    return name if name[0].isalpha() else f"Invariant{name}"


def _distinct(statement: str, others: Sequence[str]) -> list[str]:
    own, rivals = words(statement), [words(other) for other in others]
    length = 5
    while length < len(own) and any(rival[:length] == own[:length] for rival in rivals):
        length += 1
    return own[:length]


def slug(stem: str) -> str:
    """A record's stem without its key, as part of a file name."""
    rest = _KEY.sub("", stem, count=1) if _KEY.match(stem) else stem
    name = re.sub(r"\W+", "_", rest).strip("_").lower()
    return name or "adr_" + re.sub(r"\W+", "_", stem).strip("_").lower()


def limits(statement: str, known: Sequence[str] = ()) -> tuple[str | None, str | None]:
    """The lower and the upper limit that the statement gives: numbers, or names in `known`."""
    text = statement.replace("`", "")
    if pair := _BETWEEN.search(text) or _DOTS.search(text):
        low, high = _limit(pair[1], known), _limit(pair[2], known)
        if low or high:
            return low, high
    lowest, highest = _LOW.search(text), _HIGH.search(text)
    low = _limit(lowest[1], known) if lowest else None
    if low is None and _SIGNED.search(text):
        low = "0"
    return low, _limit(highest[1], known) if highest else None


def _limit(word: str, known: Sequence[str]) -> str | None:
    spelled = {"zero": "0", "one": "1"}.get(word)
    if spelled:
        return spelled
    if re.fullmatch(_NUMBER, word):
        return _grouped(word)
    return word if word in known else None


def _grouped(number: str) -> str:
    plain = number.rstrip(",").replace(",", "_") if "," in number else number
    return re.sub(r"^(-?)0+(?=\d)", r"\1", plain).strip("_")


def whole_numbers(statement: str) -> list[int]:
    """The whole numbers that the statement names."""
    found = re.findall(rf"(?<![\w.-])({_NUMBER})(?![\w-])", statement)
    plain = (number.replace(",", "").replace("_", "") for number in found)
    return [int(number) for number in plain if re.fullmatch(r"-?\d{1,19}", number)]
