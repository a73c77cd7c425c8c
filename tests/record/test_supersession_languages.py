"""Which records a record supersedes, said in other languages than English."""

from __future__ import annotations

import pytest

from adr_lsp.record import Status
from record.texts import record


@pytest.mark.parametrize(
    "said",
    [
        "Remplacée par ADR-0007",
        "Remplacé par la décision [ADR-0007](0007-cache.md)",
        "Reemplazado por ADR-0007.",
        "Reemplazada por el [ADR-0007](0007-cache.md)",
        "Sustituida por `0007`",
        "Substituída pela ADR 0007",
        "Substituído por [ADR-0007](0007-cache.md)",
        "Ersetzt durch [ADR-0007](0007-cache.md)",
        "Abgelöst durch die ADR-0007",
        "Sostituito da ADR-0007",
        "Sostituita dalla [ADR-0007](0007-cache.md)",
        "Vervangen door ADR-0007",
        "Заменено ADR-0007",
        "Заменён на [ADR-0007](0007-cache.md)",
        "已被 ADR-0007 取代（仅供参考）",
        "已被[ADR-0007](0007-cache.md)替代",
        "[ADR-0007](0007-cache.md) に置き換えられた",
        "ADR-0007により代替",
        "ADR-0007로 대체됨",
        "ADR-0007에 의해 대체됨",
    ],
)
def test_replaced(said: str) -> None:
    found = record(f"# 3. Cache on disk\n\n- Status: {said}\n- Date: 2026-01-02\n")
    assert [(one.key[-4:], one.partial) for one in found.superseded_by] == [("0007", False)]
    assert found.supersedes == ()
    assert found.status is Status.SUPERSEDED


@pytest.mark.parametrize(
    "said",
    [
        "Remplacé partiellement par ADR-0007",
        "Reemplazado parcialmente por ADR-0007",
        "Parcialmente reemplazada por ADR-0007",
        "Substituída em parte por ADR-0007",
        "Teilweise ersetzt durch ADR-0007",
        "Sostituita in parte da ADR-0007 (il resto vale)",
        "Частично заменено ADR-0007",
    ],
)
def test_replaced_in_part(said: str) -> None:
    found = record(f"# 3. Cache on disk\n\n## Status\n\n{said}\n")
    assert [(one.key, one.partial) for one in found.superseded_by] == [("ADR-0007", True)]
    assert found.status is Status.ACCEPTED


@pytest.mark.parametrize(
    "said",
    [
        "Parts of ADR-0002",
        "Unfinished portions of ADR-0002",
        "ADR-0002 (partial: only the cache)",
        "ADR-0002, sections 3 and 4",
        "ADR-0002 §4",
    ],
)
def test_a_part_is_replaced(said: str) -> None:
    found = record(f"# 3. Cache on disk\n\n- Supersedes: {said}\n")
    assert [(one.key, one.partial) for one in found.supersedes] == [("ADR-0002", True)]


@pytest.mark.parametrize(
    "said",
    [
        "Akzeptiert. Die Tabelle ist durch einen Index ersetzt.",
        "Aceptado, reemplaza la hoja de cálculo",
        "已被广泛使用",
        "ADR-0007을 따른다",
        "ADR-0007 に従う",
    ],
)
def test_nothing_is_replaced(said: str) -> None:
    found = record(f"# 3. Cache on disk\n\n- Status: {said}\n")
    assert (found.supersedes, found.superseded_by) == ((), ())
