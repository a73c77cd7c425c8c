"""What in a sentence's words speaks for a lasting property of the system, and what against it.

The weights are set by hand, in the scale of a logistic score. Fitting them to labelled sentences of
one half of the repositories ranked those of the other half no better.
"""

from __future__ import annotations

import re

from adr_lsp.value import dataclass


@dataclass(frozen=True, slots=True)
class Sign:
    """`name` says in words what was found, `weight` how much it says.

    The pattern is searched in the sentence in lower case, which is twice as fast as ignoring case.
    """

    name: str
    weight: float
    pattern: re.Pattern[str]


def _sign(name: str, weight: float, *words: str) -> Sign:
    """Each of `words` is a regular expression; one of them is enough."""
    return Sign(name, weight, re.compile("|".join(words)))


def _first(words: str) -> str:
    """The sentence begins so."""
    return rf"^\W*(?:{words})\b"


def _any(words: str) -> str:
    return rf"\b(?:{words})\b"


FOR = (
    _sign("a count", 1.2, _any("(?:only|exactly) once|at most|no two|more than once"),
          _any(r"(?:exactly|at least|no (?:more|fewer|less) than) (?:one|two|zero|\d\w*)"),
          _any(r"exactly (?:the|those|that|match\w*)|up to \d\w*"),
          _any("non-?(?:empty|negative|null|zero)")),
    _sign("always or never", 1.0, _any("always|never|under no circumstances|in all cases"),
          _any("regardless of|irrespective of|independent(?:ly)? of|no matter")),
    _sign("must not", 1.0, _any("(?:must|shall|should) (?:not|never|neither)|is forbidden"),
          _any("(?:is|are) (?:not allowed|disallowed|prohibited)")),
    _sign("must", 0.6, r"\b(?:must|shall)\b(?! (?:not|never|neither|be able))"),
    _sign("cannot", 0.2, _any("cannot|can not|can never|can't")),
    _sign("every or none", 0.7, _first("each|every|all|any|no|only|exactly|both"),
          _any("for (?:all|every|each|any)")),
    _sign("each", 0.2, r"(?<!^)\b(?:each|every|all|any)\b"),
    _sign("only", 0.5, r"(?<!not )\b(?:only|solely|exclusively)\b"),
    _sign("a property's name", 0.9,
          _any(r"idempoten\w*|atomic(?:ally|ity)?|monoton\w+|determinis\w+|immutab\w+|append-only"),
          _any(r"round-?trips?|commut\w+|associativ\w+|invariant\w*|no-op|all-or-nothing|acyclic"),
          _any(r"linearizab\w+|serializab\w+|lossless\w*|byte-identical|canonical|total order"),
          _any(r"disjoint|read-?only|write-once|(?:exactly|at-most|at-least)-once|finite|bounded"),
          _any(r"fails?[- ]closed|mutually exclusive|conserv(?:ed?|ation)|self-contained"),
          _any(r"tamper-\w+|reproducib\w+|stateless|unique(?:ly|ness)?|distinct|isolated")),
    _sign("equality", 0.8, _any("equals?|equal to|identical(?: to)?|same|sum of|match(?:es)?"),
          _any(r"corresponds?|preserv\w+|unchanged|unaffected|remains?|stays?"),
          r"\S [=≤≥<>]=? \S"),
    _sign("a condition", 0.5,
          _first("if|when|whenever|once|unless|for|upon|on|after|before|otherwise") + ".*,"),
    _sign("a refusal", 0.6, _any("rejects?|refuses?|den(?:y|ies)|fails?|raises?|throws?|aborts?"),
          _any("rejected|refused|denied|ignores?|ignored|discards?|discarded|rolls? back"),
          _any(r"(?:returns?|store) (?:an? )?(?:\S+ )?(?:error|40\d|null|none|empty)"),
          _any("prevents?|forbids?|blocks?|blocked")),
    _sign("a denial", 0.25, _any("does not|do not|doesn't|is not|are not|isn't|without|nor")),
    _sign("an enforced rule", 0.25, _any(r"enforc\w+|guarante\w+|ensures?|asserts?|mandatory"),
          _any("validat(?:es|ed)|verif(?:ies|ied)|requires?|required|checks?")),
    _sign("a state", 0.4, _any("contains?|consists?|holds?|keeps?|stor(?:es|ed)|returns?|yields?"),
          _any("produc(?:es|ed)|carries|determin(?:es|ed)|belongs?|has|owns?|registers?"),
          _any("is (?:the|an?|set|computed|derived|defined)|defaults? to|default value")),
    _sign("a secret", 0.15, _any(r"secrets?|credentials?|tokens?|passwords?|sensitive|encrypt\w+"),
          _any(r"signed|signatures?|unauthori[sz]ed|permissions?|tenants?|keys?|auth\w*")),
    _sign("an order", 0.2, _any("before|after|order(?:ed|ing)?|until|prior to|precedes?|first")),
    _sign("an end", 0.1, _any(r"eventually|within \d\w*|terminates?|expires?"),
          _any(r"\d+ ?(?:ms|seconds?)")),
)  # fmt: skip

AGAINST = (
    _sign("a guess", -1.3, _any("would|might|could|likely|unlikely|probably|perhaps|possibly"),
          _any(r"maybe|potential\w*|seems?|presumably|hopefully|ideally|approximately|roughly"),
          _any(r"about \d+|expected to be|assum\w+|acknowledge\w*|believe|not necessarily")),
    _sign("a question", -3.0, r"\?\W*$"),
    _sign("a habit", -1.0, _any("usually|typically|generally|often|sometimes|mostly|rarely"),
          _any("commonly|in practice|currently|today|at the moment|for now|historically"),
          _any("in the past|as of|existing|already")),
    _sign("we or you", -0.7, _any("we|our|us|i|my|you|your|let's")),
    _sign("people", -0.7, _any("teams?|developers?|users?|contributors?|maintainers?|reviewers?"),
          _any("customers?|people|engineers?|staff|operators?|readers?|authors?|community"),
          _any("stakeholders?|newcomers?|organi[sz]ations?|members?|everyone|partners?"),
          _any("administrators?|adopters?|designers?|implement[eo]rs?|consumers should")),
    _sign("a process", -0.5, _any("document(?:ed|ation)|training|pull requests?|prs?|roadmap"),
          _any(r"migrat\w+|releas\w+|review(?:ed|s)?|meetings?|approv\w+|upgrad\w+|deprecat\w+"),
          _any(r"maintain(?:ed|ing)?|adopt\w*|merged|code ?base|refactor\w*|effort|follow-?up"),
          _any(r"iteration|milestone|ticket|ship\w*|rollout|work|tests?|testing|adrs?|decisions?"),
          _any(r"proposal|considered|considering|discuss\w*|taking into account")),
    _sign("a plan", -0.5, _any(r"will|going to|plan(?:s|ned)?|intend\w*|later|future|next|goal"),
          _any(r"needs? to|needed|have to|has to|want(?:s|ed)?|wish|introduc\w+|new|now")),
    _sign("an ability", -0.5,
          r"\b(?:able to|allow(?:s|ed|ing)?|support(?:s|ed|ing)?|enabl\w+|can|may)\b(?! not)",
          _any(r"possible|optional(?:ly)?|provid(?:es?|ed|ing)|helps?|lets?|capab\w+|compatible")),
    _sign("what was", -1.0, _any("was|were|had|has been|have been|did|chose|chosen|decided"),
          _any("used to|rejected option")),
    _sign("a judgement", -0.9, _any(r"good|bad|better|worse|best|eas(?:y|ier|ily)|simpl\w+"),
          _any(r"complex\w*|hard(?:er)?|clear\w*|benefits?|advantages?|drawbacks?|concern"),
          _any(r"problem|issues?|risks?|trade-?offs?|costs?|faster|slower|slow|fast|performance"),
          _any(r"overhead|flexib\w+|extensib\w+|popular|mature|quick\w*|significant\w*|nice"),
          _any(r"important(?:ly)?|desirab\w+|undesirab\w+|cleaner|reduc\w+|improv\w+|harmless"),
          _any(r"increas(?:es|ed|ing)|challenge|feasible|worth|overkill|unfortunately|honest")),
    _sign("a reason", -0.3, _any("because|since|due to|therefore|thus|hence|in order to|so that"),
          _any("as a result|impl(?:y|ies)|means that")),
    _sign("what stands before it", -0.5, _first("this|that|these|those|it|they|but|however|also"),
          _first("so|additionally|here|there|such|furthermore|moreover|similarly|both|then")),
    _sign("an example", -0.7, _any("e\\.g|for example|for instance|such as|example|i\\.e|see"),
          _any("figure|below|above|following|follows")),
    _sign("an opening", -2.0, r":\W*$"),
    _sign("an order to the reader", -0.8,
          _first("use|add|create|implement|ensure|make|define|update|remove|move|set|run|allow"),
          _first("support|provide|introduce|consider|keep|avoid|do not|don't|prefer|write|extend"),
          _first("replace|separate|return|call|query|build|deploy|configure|install|include"),
          _first("check|see|note|document|extract|split|rename|delete|change|expose|generate"),
          _first("test|validate|verify|wire|register|derive|adopt|replicate|persist|invoke")),
    _sign("no subject", -0.6, _first("has|have|is|are|checks|differs|covers|takes|gains|brings"),
          _first("avoids|makes|gives|needs|requires|provides|allows|uses|adds|removes|creates"),
          _first(r"reduces|increases|represents|given|using|with|\w+ing")),
)  # fmt: skip
