"""What a report claims, what it lacks before it can be submitted, and how far a task is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from ita_flow.domain.refusals import Invalid
from ita_flow.domain.states import WorkStatus
from ita_flow.domain.thai import is_blank

MAX_TEXT = 2000
PERCENT_STEP = 5
MOST_BEFORE_APPROVAL = 95


@dataclass(frozen=True)
class Claim:
    """What an officer writes about a task: a status, the steps done, and words."""

    status: WorkStatus | None
    text: str
    done_steps: Sequence[int] = field(default=())
    """Positions of the steps that are ticked, counted from 1."""

    percent: int | None = None
    """The officer's own estimate, where the method is one single step."""

    obstacles: str = ""
    advice: str = ""


def missing_before_submit(claim: Claim, *, has_evidence: bool) -> list[Invalid]:
    """Everything that keeps this claim from being submitted, in the order of the form."""
    problems = []
    if claim.status is None:
        problems.append(Invalid("claim_missing", field="status"))
    if claim.status is WorkStatus.NOT_STARTED and claim.done_steps:
        problems.append(Invalid("not_started_with_steps", field="done_steps"))
    if is_blank(claim.text):
        problems.append(Invalid("text_missing", field="text"))
    problems += too_long(claim)
    if claim.status is WorkStatus.DONE and not has_evidence:
        problems.append(Invalid("evidence_missing", field="files"))
    return problems


def too_long(claim: Claim) -> list[Invalid]:
    """The texts that are longer than a report may hold."""
    texts = {"text": claim.text, "obstacles": claim.obstacles, "advice": claim.advice}
    return [
        Invalid("text_too_long", field=name, length=f"{len(text):,}", limit=f"{MAX_TEXT:,}")
        for name, text in texts.items()
        if len(text) > MAX_TEXT
    ]


def claimed_percent(claim: Claim, steps: Collection[int]) -> int:
    """How far the task would be if the claim is approved: 100 only when it claims completion."""
    if claim.status is WorkStatus.DONE:
        return 100
    if claim.status is not WorkStatus.IN_PROGRESS:
        return 0
    if len(steps) > 1:
        share = 100 * len(set(claim.done_steps) & set(steps)) // len(steps)
        return min(share, MOST_BEFORE_APPROVAL)
    return min(claim.percent or 0, MOST_BEFORE_APPROVAL)
