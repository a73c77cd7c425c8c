"""One fault per module, with its page."""

from __future__ import annotations

from adr_lsp.rule import Rule
from adr_lsp.rules.ambiguous_reference import ambiguous_reference
from adr_lsp.rules.analysis_cut import analysis_cut
from adr_lsp.rules.broken_link import broken_link
from adr_lsp.rules.compound_statement import compound_statement
from adr_lsp.rules.dead_target import dead_target
from adr_lsp.rules.dead_verifier import dead_verifier
from adr_lsp.rules.detached_reference import detached_reference
from adr_lsp.rules.duplicate_id import duplicate_id
from adr_lsp.rules.duplicate_number import duplicate_number
from adr_lsp.rules.empty_section import empty_section
from adr_lsp.rules.error import error
from adr_lsp.rules.failed import failed
from adr_lsp.rules.flaky import flaky
from adr_lsp.rules.invalid_date import invalid_date
from adr_lsp.rules.invalid_front_matter import invalid_front_matter
from adr_lsp.rules.known_violation import known_violation
from adr_lsp.rules.missing_id import missing_id
from adr_lsp.rules.missing_status import missing_status
from adr_lsp.rules.needs_unmet import needs_unmet
from adr_lsp.rules.no_invariants import no_invariants
from adr_lsp.rules.not_run import not_run
from adr_lsp.rules.number_gap import number_gap
from adr_lsp.rules.one_sided_supersession import one_sided_supersession
from adr_lsp.rules.removed_invariant import removed_invariant
from adr_lsp.rules.required_section import required_section
from adr_lsp.rules.rule_crashed import rule_crashed
from adr_lsp.rules.scaffolded import scaffolded
from adr_lsp.rules.skipped import skipped
from adr_lsp.rules.stale import stale
from adr_lsp.rules.superseded_but_verified import superseded_but_verified
from adr_lsp.rules.superseded_without_successor import superseded_without_successor
from adr_lsp.rules.supersession_cycle import supersession_cycle
from adr_lsp.rules.suppression_without_reason import suppression_without_reason
from adr_lsp.rules.template_text_left import template_text_left
from adr_lsp.rules.title_number_mismatch import title_number_mismatch
from adr_lsp.rules.too_large import too_large
from adr_lsp.rules.unfalsifiable import unfalsifiable
from adr_lsp.rules.unknown_configuration_key import unknown_configuration_key
from adr_lsp.rules.unknown_field import unknown_field
from adr_lsp.rules.unknown_pattern import unknown_pattern
from adr_lsp.rules.unknown_reference import unknown_reference
from adr_lsp.rules.unknown_status import unknown_status
from adr_lsp.rules.unlisted_operator import unlisted_operator
from adr_lsp.rules.unquantified_limit import unquantified_limit
from adr_lsp.rules.unreadable_report import unreadable_report
from adr_lsp.rules.unreadable_text import unreadable_text
from adr_lsp.rules.unsigned import unsigned
from adr_lsp.rules.unused_suppression import unused_suppression
from adr_lsp.rules.unverified import unverified
from adr_lsp.rules.vacuous import vacuous
from adr_lsp.rules.waiver_expired import waiver_expired
from adr_lsp.rules.weak_wording import weak_wording

RULES: tuple[Rule, ...] = (
    no_invariants,
    missing_id,
    weak_wording,
    unquantified_limit,
    compound_statement,
    unfalsifiable,
    unknown_pattern,
    empty_section,
    unknown_field,
    duplicate_id,
    unknown_reference,
    ambiguous_reference,
    dead_verifier,
    removed_invariant,
    broken_link,
    dead_target,
    unverified,
    needs_unmet,
    unlisted_operator,
    detached_reference,
    superseded_but_verified,
    failed,
    error,
    flaky,
    stale,
    vacuous,
    skipped,
    not_run,
    scaffolded,
    unreadable_report,
    waiver_expired,
    known_violation,
    unsigned,
    duplicate_number,
    title_number_mismatch,
    unknown_status,
    superseded_without_successor,
    missing_status,
    supersession_cycle,
    required_section,
    invalid_date,
    number_gap,
    template_text_left,
    one_sided_supersession,
    unreadable_text,
    too_large,
    invalid_front_matter,
    analysis_cut,
    rule_crashed,
    unused_suppression,
    suppression_without_reason,
    unknown_configuration_key,
)

__all__ = ["RULES"]
