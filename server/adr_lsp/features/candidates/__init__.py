"""Sentences that read like invariants: ranked on request, never a finding, never counted."""

from adr_lsp.features.candidates.ranking import Candidate, candidates, of_record, rate
from adr_lsp.features.candidates.sentence import Sentence, sentences

__all__ = ["Candidate", "Sentence", "candidates", "of_record", "rate", "sentences"]
