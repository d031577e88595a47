"""``ita-flow assessment show``: the result of an assessed year."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import Command
from tests.factories import an_agency
from tests.intake.documents import AGENCY, report


@pytest.fixture
def imported(command: Command, tmp_path: Path) -> None:
    an_agency(AGENCY)
    document = tmp_path / "report.txt"
    document.write_text(report(), encoding="utf-8")
    assert command("plan", "import", str(document), "--year", "2567").code == 0


@pytest.mark.usefixtures("imported")
def test_scores_are_strings_with_two_places(command: Command) -> None:
    shown = command("assessment", "show", "2566", "--json").json

    assert (shown["year"], shown["criteria_year"], shown["total"], shown["level"]) == (2566, 2567, "95.57", "ผ่านดี")
    assert shown["indicators"]["8"] == "87.50"
    assert shown["instruments"] == {"IIT": "97.90", "EIT": "90.00", "OIT": "98.00"}
    assert (shown["rank_province"], shown["rank_national"]) == (4, 31)
    assert list(shown["analysis"]) == ["1", "6", "9"]
    assert shown["findings"][0]["items"] == ["O34", "O35", "O28"]


@pytest.mark.usefixtures("imported")
def test_a_person_reads_the_result(command: Command) -> None:
    lines = command("assessment", "show", "2566").out.splitlines()

    assert lines[0] == "ผลการประเมินปี 2566: 95.57 ผ่านดี"
    assert lines[1:4] == ["IIT: 97.90", "EIT: 90.00", "OIT: 98.00"]
    assert lines[-1] == "ข้อเสนอแนะของผู้ประเมิน 8 เรื่อง"


@pytest.mark.usefixtures("imported")
def test_a_year_without_a_result_is_refused(command: Command) -> None:
    refused = command("assessment", "show", "2565", "--json")

    assert (refused.code, refused.out) == (1, "")
    assert "ยังไม่มีผลการประเมินปี 2565" in refused.err
