"""What the words of a status mean."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from adr_lsp.record.model import Status
from adr_lsp.record.replaced import BEFORE, BETWEEN, BY, REPLACED, SOME, may_relate

_WORDS = {
    Status.ACCEPTED: (
        "accepted accept approved approve implemented active decided adopted adopt agreed done "
        "final finalized finalised complete completed ratified implementable enforced effective "
        "current confirmed in-force in-effect in-use valid live validated merged published "
        "released implementing in-implementation under-implementation being-implemented "
        "accepté acceptée adopté adoptée validé validée approuvé approuvée actif en-vigueur "
        "aceptado aceptada aprobado aprobada vigente aceito aceita aprovado aprovada aceite "
        "akzeptiert angenommen beschlossen entschieden genehmigt accettato accettata approvato "
        "approvata geaccepteerd принято принят принята accolto "
        "승인 승인됨 수락 수락됨 채택 채택됨 결정됨 적용됨 구현됨 확정 확정됨 "
        "완료 완료됨 确定 已接受 已采纳 已採納 已採用 已批准 已通过 已通過 已完成 已实施 已实现 "
        "承認 承認済 承認済み 採択 採用 採用済 採用済み 決定 決定済み 完了 実装済み"
    ),
    Status.PROPOSED: (
        "proposed proposal propose pending provisional review reviewing in-review under-review "
        "ready-for-review in-discussion under-discussion in-consideration under-consideration "
        "under-evaluation discussion discussing open suggested requested candidate rfc "
        "request-for-comments tbd undecided deferred postponed on-hold in-progress ongoing trial "
        "experimental refinement awaiting not-started not-decided to-be-decided to-be-reviewed "
        "proposé proposée en-discussion en-cours en-attente candidat candidate "
        "propuesto propuesta pendiente en-revisión proposto proposta pendente em-revisão "
        "vorgeschlagen offen in-diskussion voorgesteld предложено предложен предложена "
        "제안 제안됨 제안중 검토 검토중 검토-중 보류 "
        "提议 提議 提案 提案中 讨论中 待定 検討中 レビュー中 保留"
    ),
    Status.DRAFT: (
        "draft drafting wip work-in-progress placeholder incomplete stub brouillon ébauche "
        "borrador rascunho entwurf bozza concept черновик 초안 草稿 草案 下書き"
    ),
    Status.REJECTED: (
        "rejected reject declined withdrawn abandoned cancelled canceled dropped discarded denied "
        "invalidated refused vetoed not-accepted not-approved not-adopted won't-do wontfix "
        "rejeté rejetée refusé refusée abandonné abandonnée rechazado rechazada descartado "
        "rejeitado rejeitada recusado abgelehnt verworfen zurückgezogen rifiutato rifiutata "
        "afgewezen отклонено отклонён "
        "거부 거부됨 거절 거절됨 기각 반려 반려됨 철회 已拒绝 已拒絕 拒绝 却下"
    ),
    Status.DEPRECATED: (
        "deprecated obsolete retired archived reverted outdated sunset expired removed revoked "
        "rescinded historical historic legacy obsolète déprécié dépréciée obsoleto obsoleta "
        "depreciado depreciada veraltet überholt deprecato deprecata устарело "
        "폐기 폐기됨 已废弃 已弃用 已棄用 已废止 废弃 廃止 非推奨"
    ),
    Status.SUPERSEDED: (
        "superseded superceded superseeded supersceded superseed supeseded supercede supersede "
        "replaced obsoleted remplacé remplacée reemplazado reemplazada sustituido sustituida "
        "substituído substituída ersetzt abgelöst sostituito sostituita vervangen zastąpiony "
        "заменено заменён заменена 대체 대체됨 已取代 已替代 被取代 置き換え"
    ),
}
_MEANING = {
    word.replace("-", " "): status for status, words in _WORDS.items() for word in words.split()
}
_LONGEST = max(len(word.split()) for word in _MEANING)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_FILLERS = frozenset(
    ("decision", "adr", "status", "this", "the", "is", "was", "has", "been", "currently")
)
_LONGEST_VALUE = 400
_PARTIAL = frozenset({"mostly", *SOME.split("|")})
_CHOICE = re.compile(r"[|/]")
_LINK_TARGET = re.compile(r"\]\([^)]*\)")


@lru_cache(maxsize=1024)
def status_of(value: str) -> Status:
    """The status that a value as written stands for; only its first words count."""
    words = " ".join(_LINK_TARGET.sub("]", value[:_LONGEST_VALUE]).split()).lower()
    if not words:
        return Status.NONE
    if _is_template(words):
        return Status.OTHER
    in_part = False
    if may_relate(words):
        replaced, replaced_in_part = _replaced()
        in_part = replaced_in_part.search(words) is not None
        if not in_part and replaced.search(words):
            return Status.SUPERSEDED
    found = [word.group().replace("’", "'") for word in _WORD.finditer(words[:200])]
    while found and found[0] in _FILLERS:
        del found[0]
    partial = bool(found) and found[0] in _PARTIAL
    meant = _first_meaning(found[1:] if partial else found)
    if (partial or in_part) and meant in (Status.SUPERSEDED, Status.DEPRECATED):
        return Status.ACCEPTED
    return meant


def _first_meaning(words: list[str]) -> Status:
    for length in range(min(_LONGEST, len(words)), 0, -1):
        meant = _MEANING.get(" ".join(words[:length]))
        if meant:
            return meant
    return Status.OTHER


def _is_template(words: str) -> bool:
    """A template's own choice of words, `proposed | accepted | …`, that nobody made yet."""
    if words[0] in "{[" and " | " in words:
        return True
    offered = {_first_meaning(_WORD.findall(part)) for part in _CHOICE.split(words)}
    return len(offered - {Status.OTHER}) > 2


@cache
def _replaced() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """That all of a record was replaced, or a part of it. Compiled when one may have been."""
    return re.compile(
        rf"(?<!\w)(?:{REPLACED}) (?:{BY})(?!\w)|{BETWEEN}|{BEFORE}", re.IGNORECASE
    ), re.compile(
        rf"(?<!\w)(?:{SOME}|parts?\b[^.;]*?)[ ,]*(?:{REPLACED})(?!\w)"
        rf"|(?<!\w)(?:{REPLACED})[ (]+(?:{SOME})(?!\w)"
    )
