"""What the page of a document in hand shows: all that was read, and all that waits for a person's word."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from ita_flow.domain.areas import AREAS
from ita_flow.domain.calendar import WindowKind, last_working_day
from ita_flow.domain.refusals import Refusal
from ita_flow.domain.states import PlanState
from ita_flow.domain.thai import comparison_key
from ita_flow.i18n import short_date
from ita_flow.intake.draft import Doubt, DraftMeasure, Part, PlanDraft, Problem, Repair, Responsible
from ita_flow.intake.reading import Reading
from ita_flow.models.plans import ImportDraft, Plan
from ita_flow.queries.free_days import free_days_of
from ita_flow.queries.import_drafts import UnitsOnFile
from ita_flow.web.access import actor
from ita_flow.web.forms.plan_imports import PROPOSAL, ChoicesForm, key_of, key_of_text
from ita_flow.web.import_parts import DivisionRead, DoubtRead, MeasureRead, RepairsRead, Settled, UnitRead
from ita_flow.wording.labels import label_of
from ita_flow.wording.plan_imports import DOUBTS, OTHER_DOUBT, PARTS, REPAIRS
from ita_flow.workflow.import_drafts import Choices
from ita_flow.workflow.plan_drafts import Difference
from ita_flow.workflow.plan_import import DocumentDiffers, Imported
from ita_flow.workflow.plan_units import Naming, as_on_file

HALF_OF_SARA_AM = 0x0E4D
MOST_DIFFERENCES = 60


@dataclass(frozen=True)
class Preview:
    """Everything about a document in hand, on the day the page is asked for."""

    draft: ImportDraft
    reading: Reading
    choices: Choices
    units: UnitsOnFile
    form: ChoicesForm
    plan: Plan | None
    """The plan of that year that is kept, if there is one."""

    imported: Imported | None
    """What would change; nothing when the document could not be read, or may not come in."""

    refusal: Refusal | None
    """Why the document may not come in although it could be read."""

    @property
    def read(self) -> PlanDraft | None:
        return self.reading.draft

    @property
    def differences(self) -> Sequence[Difference]:
        """What the document says otherwise than what was kept before; of a plan that is new there is nothing."""
        if isinstance(self.refusal, DocumentDiffers):
            return self.refusal.differences
        return self.imported.overwritten if self.imported else ()

    @property
    def problems(self) -> Sequence[Problem]:
        return self.reading.problems

    @property
    def changes_nothing(self) -> bool:
        return self.imported is not None and not self.imported.differences

    @property
    def may_come_in(self) -> bool:
        return self.imported is not None and bool(self.imported.differences)

    @property
    def may_amend(self) -> bool:
        """Whether what the document changes may come in as an amendment of the plan in force."""
        return isinstance(self.refusal, DocumentDiffers) and self.plan is not None

    @property
    def shown_differences(self) -> Sequence[Difference]:
        """As many of them as anybody reads."""
        return self.differences[:MOST_DIFFERENCES]

    @property
    def areas(self) -> dict[int, bool]:
        """The seven areas, each with whether it has a measure."""
        covered = {measure.area for measure in self.read.measures} if self.read else set()
        return {number: number in covered for number in AREAS}

    @property
    def measures(self) -> Sequence[MeasureRead]:
        said = self.imported.draft if self.imported else self.read and as_on_file(self.read, self._naming)
        return [self._measure(number, measure) for number, measure in enumerate(said.measures if said else (), 1)]

    @property
    def divisions(self) -> Sequence[DivisionRead]:
        """Every division that the document names, once."""
        return [self._division(name) for name in division_names_of(self.reading)]

    @property
    def new_divisions(self) -> Sequence[DivisionRead]:
        return [division for division in self.divisions if division.known is None]

    @property
    def new_divisions_close(self) -> Sequence[DivisionRead]:
        """The new ones that may be others on file, spelled otherwise, and of which nobody has said which."""
        return [division for division in self.new_divisions if division.close and not division.chosen]

    @property
    def has_choices(self) -> bool:
        """Whether there is anything to be seen anew after choosing."""
        return bool(self.to_decide or self.settled or (self.new_divisions and self.units.divisions))

    @property
    def must_be_accepted(self) -> Sequence[DoubtRead]:
        return [self._doubt(doubt) for doubt in self.reading.must_be_accepted]

    @property
    def to_decide(self) -> Sequence[DoubtRead]:
        return [one for one in self._doubts if one.may_be_decided]

    @property
    def proposals(self) -> int:
        """For how many doubts something is proposed."""
        return sum(bool(one.doubt.proposal) for one in self.to_decide)

    @property
    def to_know(self) -> Sequence[DoubtRead]:
        return [one for one in self._doubts if not one.may_be_decided]

    @property
    def settled(self) -> Sequence[Settled]:
        still = {(doubt.line, doubt.found) for doubt in self.reading.doubts}
        return [
            Settled(key_of(one), one, self.reading.place_of(one.line), (one.line, one.found) in still)
            for one in self.choices.corrections
        ]

    @property
    def repairs(self) -> Sequence[RepairsRead]:
        kinds = Counter(_kind_of(repair) for repair in self.reading.repairs)
        return [self._repairs(kind, count) for kind, count in kinds.most_common()]

    @property
    def left_out(self) -> Sequence[str]:
        """The parts of a plan of which the document does not speak, by name."""
        return [str(PARTS[part.value]) for part in Part if self.read and part not in self.read.holds]

    @property
    def free_due_dates(self) -> Sequence[tuple[date, date]]:
        """Due dates on which nobody works, each with the last working day before."""
        days = sorted({measure.window.ends_on for measure in self.read.measures} if self.read else ())
        working = [(day, last_working_day(day, free_days_of(actor().agency))) for day in days]
        return [(day, before) for day, before in working if day != before]

    @property
    def _doubts(self) -> Sequence[DoubtRead]:
        return [self._doubt(doubt) for doubt in self.reading.doubts if not doubt.must_be_accepted]

    def _doubt(self, doubt: Doubt) -> DoubtRead:
        return DoubtRead(
            key=key_of(doubt),
            doubt=doubt,
            name=str(DOUBTS.get(doubt.kind, OTHER_DOUBT)),
            place=self.reading.place_of(doubt.line),
            is_proposal_chosen=self.form.chosen_for(doubt) == PROPOSAL,
            own_text=self.form.own_text_for(doubt),
            is_accepted=self.form.accepts(doubt),
        )

    def _measure(self, number: int, said: DraftMeasure) -> MeasureRead:
        place = self.reading.place_of(said.lines.get("title", 0))
        return MeasureRead(number, said, [self._unit(one) for one in said.responsible], place)

    @property
    def _naming(self) -> Naming:
        return Naming.of(self.units, self.choices.unit_names)

    def _unit(self, responsible: Responsible) -> UnitRead:
        division = self.units.division(responsible.division)
        section = self.units.section(division, responsible.section) if division and responsible.section else None
        return UnitRead(responsible.section, responsible.division, division is not None, section is not None)

    def _division(self, name: str) -> DivisionRead:
        meant = self.choices.unit_names.get(name)
        known = self.units.division(name)
        chosen = self.units.division(meant) if meant else None
        return DivisionRead(key_of_text(name), name, known, chosen, [] if known else self.units.close_to(name))

    def _repairs(self, kind: str, count: int) -> RepairsRead:
        example = next(repair for repair in self.reading.repairs if _kind_of(repair) == kind)
        shown = example if example.replaced else None
        return RepairsRead(str(REPAIRS[kind]), count, shown, self.reading.place_of(example.line))


def division_names_of(reading: Reading) -> Sequence[str]:
    """The names of the divisions that the document gives measures to, each as it is first spelled."""
    named: dict[str, str] = {}
    for measure in reading.draft.measures if reading.draft else ():
        for responsible in measure.responsible:
            named.setdefault(comparison_key(responsible.division), responsible.division)
    return list(named.values())


def words_of(value: str | None) -> str:
    """A value of a plan as people read it: days with Buddhist years, states and windows by their names."""
    if not value:
        return _("ไม่มี")
    for read in (_day, _state, _window):
        with suppress(ValueError):
            return read(value)
    return value


def _day(value: str) -> str:
    return short_date(date.fromisoformat(value))


def _state(value: str) -> str:
    return label_of(PlanState(value))


def _window(value: str) -> str:
    return label_of(WindowKind(value))


def _kind_of(repair: Repair) -> str:
    if not repair.replaced:
        return "unseen"
    if HALF_OF_SARA_AM in map(ord, repair.found):
        return "sara_am"
    is_thai = unicodedata.name(repair.found[0], "").startswith("THAI")
    return "order" if is_thai or len(repair.found) > 1 else "foreign"
