"""What a document says of all divisions, said of each of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ita_flow.domain.refusals import Invalid
from ita_flow.domain.thai import comparison_key
from ita_flow.intake.draft import DraftMeasure, PlanDraft, Responsible

MOST_TASKS = 5_000
"""Each measure is a task of each of its divisions."""


def expanded(draft: PlanDraft, divisions_on_file: Sequence[str]) -> PlanDraft:
    """The draft with ทุกกอง replaced by every division on file and every other one that the document names.

    ``responsible_text`` stays as written. A draft without ทุกกอง comes back as it is. Raises ``Invalid`` with the
    key ``every_division_unknown`` when neither the file nor the document knows a division,
    and with ``plan_too_many_tasks`` where so many divisions would get so many measures that no agency means it.
    """
    if not any(measure.is_for_every_division for measure in draft.measures):
        return draft
    named = [one.division for measure in draft.measures for one in measure.responsible]
    divisions = _once([*divisions_on_file, *named])
    if not divisions:
        raise Invalid("every_division_unknown")
    _refuse_too_many(sum(measure.is_for_every_division for measure in draft.measures) * len(divisions))
    return replace(draft, measures=tuple(_expanded(measure, divisions) for measure in draft.measures))


def _refuse_too_many(tasks: int) -> None:
    if tasks > MOST_TASKS:
        raise Invalid("plan_too_many_tasks", count=tasks, most=MOST_TASKS)


def _once(names: Iterable[str]) -> list[str]:
    """Each division by the name that stands first, however the others are spaced."""
    first: dict[str, str] = {}
    for name in names:
        first.setdefault(comparison_key(name), name)
    return list(first.values())


def _expanded(measure: DraftMeasure, divisions: Iterable[str]) -> DraftMeasure:
    """The divisions that the measure itself names keep their sections."""
    if not measure.is_for_every_division:
        return measure
    own = {comparison_key(one.division) for one in measure.responsible}
    others = [Responsible(None, name) for name in divisions if comparison_key(name) not in own]
    return replace(measure, responsible=(*measure.responsible, *others), is_for_every_division=False)
