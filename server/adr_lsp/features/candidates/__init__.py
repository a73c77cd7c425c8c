"""Sentences that read like invariants: ranked on request, never a finding, never counted."""

from adr_lsp.features.candidates.ranking import FAIR, Candidate, candidates, of_record, rate
from adr_lsp.features.candidates.sentence import Sentence, as_written, sentences

__all__ = [
    "FAIR",
    "Candidate",
    "Sentence",
    "as_written",
    "candidates",
    "of_record",
    "rate",
    "sentences",
]
