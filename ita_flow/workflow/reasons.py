"""Reasons that people give for what they do to a plan or a task."""

from __future__ import annotations

from ita_flow.domain.plan_limits import LONGEST_REASON
from ita_flow.domain.refusals import Invalid
from ita_flow.domain.thai import is_blank


def read_reason(text: str, missing: str) -> str:
    """The reason as it is kept. Raises Invalid when it says nothing (``missing`` names the sentence), or too much."""
    if is_blank(text):
        raise Invalid(missing, "reason")
    said = text.strip()
    if len(said) > LONGEST_REASON:
        raise Invalid("text_too_long", "reason", length=f"{len(said):,}", limit=f"{LONGEST_REASON:,}")
    return said
