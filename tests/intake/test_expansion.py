"""ทุกกอง: every division on file and every one that the document names."""

from __future__ import annotations

import pytest

from ita_flow.domain.refusals import Invalid
from ita_flow.intake.draft import PlanDraft, Responsible
from ita_flow.intake.expansion import expanded
from tests.intake.documents import read, report, with_cell

ROW, RESPONSIBLE = "4. กระบวนการกำกับดูแล", 5


def draft_of(text: str) -> PlanDraft:
    draft = read(text).draft
    assert draft is not None
    return draft


def test_every_division_on_file_or_in_the_document_is_responsible() -> None:
    draft = draft_of(with_cell(ROW, RESPONSIBLE, "ทุกกอง"))
    named = {one.division for measure in draft.measures for one in measure.responsible}

    measure = expanded(draft, ["กองช่าง", "กอง แผนงาน"]).measures[3]

    assert measure.responsible[:2] == (Responsible(None, "กองช่าง"), Responsible(None, "กอง แผนงาน"))
    assert {one.division for one in measure.responsible} == {"กองช่าง", "กอง แผนงาน"} | named - {"กองแผนงาน"}
    assert measure.responsible_text == "ทุกกอง"
    assert not measure.is_for_every_division


def test_a_division_that_is_named_beside_all_keeps_its_section() -> None:
    draft = draft_of(with_cell(ROW, RESPONSIBLE, "ฝ่ายพัสดุ กองช่าง และ ทุกกอง"))

    measure = expanded(draft, ["กองช่าง", "กองคลัง"]).measures[3]

    assert measure.responsible[:2] == (Responsible("ฝ่ายพัสดุ", "กองช่าง"), Responsible(None, "กองคลัง"))


def test_a_draft_without_it_stays_as_it_is() -> None:
    draft = draft_of(report())

    assert expanded(draft, ["กองช่าง"]) is draft


def test_all_divisions_of_an_agency_without_any_are_refused() -> None:
    draft = draft_of(with_cell(ROW, RESPONSIBLE, "ทุกกอง"))
    nobody = PlanDraft(**{**vars(draft), "measures": draft.measures[3:4]})

    with pytest.raises(Invalid) as refused:
        expanded(nobody, [])

    assert refused.value.key == "every_division_unknown"
