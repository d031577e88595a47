"""The Thai sentences of refusals and the names of states, a file for each noun.

A sentence says what happened and what to do. Keys are the keys of ``Refusal``; values are filled in by name.
"""

from __future__ import annotations

from ita_flow.domain.refusals import Refusal
from ita_flow.wording import (
    accounts,
    acting_orders,
    agencies,
    amendments,
    approval_chains,
    approvals,
    assessments,
    assignments,
    catalogue,
    chasing,
    closing,
    evidence,
    extensions,
    hand_overs,
    holidays,
    intake,
    mail,
    operations,
    people,
    plan_editing,
    plan_imports,
    plans,
    progress_reports,
    proposals,
    reminder_answers,
    reminder_rules,
    reminders,
    tasks,
    units,
)

_SENTENCES = (
    accounts.SENTENCES
    | acting_orders.SENTENCES
    | agencies.SENTENCES
    | amendments.SENTENCES
    | approval_chains.SENTENCES
    | approvals.SENTENCES
    | assessments.SENTENCES
    | assignments.SENTENCES
    | catalogue.SENTENCES
    | chasing.SENTENCES
    | closing.SENTENCES
    | evidence.SENTENCES
    | extensions.SENTENCES
    | hand_overs.SENTENCES
    | holidays.SENTENCES
    | intake.SENTENCES
    | mail.SENTENCES
    | operations.SENTENCES
    | people.SENTENCES
    | plan_editing.SENTENCES
    | plan_imports.SENTENCES
    | plans.SENTENCES
    | progress_reports.SENTENCES
    | proposals.SENTENCES
    | reminder_answers.SENTENCES
    | reminder_rules.SENTENCES
    | reminders.SENTENCES
    | tasks.SENTENCES
    | units.SENTENCES
)


def sentence_of(refusal: Refusal) -> str:
    """The sentence that tells a person why, and what to do."""
    return str(_SENTENCES[refusal.key]) % refusal.values


def knows(key: str) -> bool:
    """Whether a refusal of this key can be put into words; a test asks it for every key in the program."""
    return key in _SENTENCES
