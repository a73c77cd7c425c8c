"""What the headings above a sentence say of it: decided, weighed, or only told."""

from __future__ import annotations

import re
from functools import lru_cache

from adr_lsp.record.heading import bare, heads_invariants, heads_status, heads_unread

# Nothing is promised there.
_DROPPED = re.compile(
    r"(?:(?:considered|alternative|other|possible|rejected) )*(?:options?|approaches)\b.*|"
    r".*alternatives?\b.*|(?:.* )?(?:pros|cons)\b.*|(?:dis)?advantages.*|sources|resources|"
    r"more information|references?|links?|liens|références|change ?log|history|historique|"
    r"glossary|terminology|(?:table of )?contents|related.*|further reading|see also|notes?|"
    r"appendix.*|acknowledge?ments?|authors?|reviewers?|participants?|stakeholders?.*|metadata|"
    r"implementation history|prior art.*|(?:(?:open|unresolved|further) )?questions.*|"
    r"discussions?|(?:out of scope|non[- ]?goals?).*|user stor.*|next steps|follow[- ]?ups?|"
    r"future.*|todos?|(?:current|existing) (?:state|situation|behaviou?r|design|implementation).*|"
    r"examples?.*|usage.*|milestones?.*|roadmap.*|timeline.*|status.*|test(?:ing)?(?: plan)?|"
    r"acceptance evidence"
)
_TOLD = re.compile(
    r"(?:\w+ )?(?:context|contexte|background|motivation|problem|summary|overview|introduction|"
    r"abstract|why|rationale|justification|reasons?|drivers?|forces|goals?|challenges?|issues?|"
    r"consequences?|conséquences|impacts?|positives?|negatives?|neutral|trade-?offs?|risks?|"
    r"downsides?|drawbacks?|benefits?|limitations|assumptions|user experience|migration|plan|"
    r"rollout|upgrade|backwards? compatibility|compatibility)\b.*"
)
_BINDING = re.compile(
    r".*\b(?:invariants?|requirements?|rules?|constraints?|guarantees?|safety|security|privacy|"
    r"semantics|propert(?:y|ies)|protocol|contract|specification|validation|conventions|must|"
    r"never|principles|polic(?:y|ies)|correctness|consistency|ordering|idempoten\w+|concurrency|"
    r"authori[sz]ation|failure|errors?|lifecycle|compliance|confirmation|conditions|fields?|"
    r"format|schema|types?)\b.*"
)
_DECIDED = re.compile(r"(?:the )?(?:decisions?|outcome|décision|resolution|chosen option)\b.*")
KINDS = (("dropped", _DROPPED), ("binding", _BINDING), ("told", _TOLD), ("decided", _DECIDED))


@lru_cache(maxsize=4096)
def kind_of(title: str) -> str | None:
    """What a heading says of all below it; None where it only names its subject."""
    if heads_invariants(title):
        return "invariants"
    if heads_unread(title) or heads_status(title):
        return "dropped"
    words = bare(title)
    return next((kind for kind, titles in KINDS if titles.fullmatch(words)), None)


def section_kind(headings: tuple[str, ...]) -> str:
    """What the nearest heading that says anything says; what is dropped is so from afar.

    `invariants` are declared there, `dropped` promises nothing, `told` is why and what follows,
    `decided` and `binding` hold what is promised, and a `named` section is about some subject.
    """
    kinds = [kind for title in headings if (kind := kind_of(title))]
    for final in ("invariants", "dropped"):
        if final in kinds:
            return final
    return kinds[0] if kinds else "named"
