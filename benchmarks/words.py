"""Sentences of a kind that decision records have, the same ones for the same seed."""

from __future__ import annotations

from random import Random

_VOCABULARY = (
    "the a every each one no an accepted stored late pending cached signed ordered "
    "request reply retry batch entry ledger queue index partition writer reader client session "
    "stores answers keeps finds orders refuses repeats merges drops reads writes signs "
    "before after while within without because unless until once twice again nothing everything"
)
_WORDS = _VOCABULARY.split()


def sentence(random: Random) -> str:
    words = random.choices(_WORDS, k=random.randint(7, 19))
    if random.random() < 0.15:
        words[random.randrange(len(words))] = f"`{random.choice(_WORDS)}_{random.choice(_WORDS)}`"
    return " ".join(words).capitalize() + "."


def paragraph(random: Random, sentences: int) -> str:
    return " ".join(sentence(random) for _ in range(sentences))
