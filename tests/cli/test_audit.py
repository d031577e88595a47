"""``ita-flow audit``: an altered record is found, also one that was computed anew."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask import Flask

from ita_flow.database import transaction
from ita_flow.domain.progress import Claim
from ita_flow.domain.states import WorkStatus
from ita_flow.models.people import Agency
from ita_flow.storage import Stored
from ita_flow.workflow.evidence import Received
from ita_flow.workflow.progress_reports import open_report, save
from tests.cli.command import Command
from tests.factories import NOW, Cast, a_report, an_agency
from tests.workflow.test_anchors import compute_anew, grow


@pytest.fixture
def agency(app: Flask) -> Agency:
    agency = an_agency("องค์การบริหารส่วนจังหวัดสายธาร", code="saithan")
    grow(agency, 3)
    return agency


@pytest.fixture
def kept(command: Command, agency: Agency, tmp_path: Path) -> Path:
    """A file with the end of the record as it was."""
    file = tmp_path / "anchors.jsonl"
    assert command("audit", "anchors", "--out", str(file)).code == 0
    return file


def test_anchors_are_added_to_the_file_day_by_day(command: Command, agency: Agency, kept: Path) -> None:
    grow(agency, 2)

    told = command("audit", "anchors", "--out", str(kept), "--json")

    lines = [json.loads(line) for line in kept.read_text().splitlines()]
    assert [(line["agency"], line["seq"]) for line in lines] == [("saithan", 3), ("saithan", 5)]
    assert told.json == {"anchors": [lines[-1]], "file": str(kept)}
    assert command("audit", "verify", "--anchors", str(kept)).code == 0


def test_without_a_file_anchors_are_printed_as_they_would_stand_in_it(command: Command, kept: Path) -> None:
    printed = command("audit", "anchors").out.splitlines()

    assert [json.loads(line)["hash"] for line in printed] == [json.loads(kept.read_text())["hash"]]


def test_a_record_computed_anew_is_found_by_its_anchors_alone(command: Command, agency: Agency, kept: Path) -> None:
    compute_anew(agency, from_seq=2)

    alone, anchored = command("audit", "verify", "--json"), command("audit", "verify", "--anchors", str(kept), "--json")

    assert (alone.code, alone.json) == (0, {"whole": True, "broken": []})
    assert anchored.code == 1
    assert anchored.json["broken"] == [
        {"agency_id": agency.id, "seq": 3, "reason": "anchor_differs", "row": None, "differs": []}
    ]


def test_of_each_agency_the_first_break_is_told_once(command: Command, agency: Agency, kept: Path) -> None:
    with kept.open("a") as file:
        file.write(kept.read_text().replace('"seq": 3', '"seq": 2'))

    told = command("audit", "verify", "--anchors", str(kept))

    assert (told.code, len(told.out.splitlines())) == (1, 1)
    assert "ลำดับที่ 2" in told.out


@pytest.mark.parametrize("content", ["no anchor", '{"seq": 1}', b"\xff\xfe"])
def test_a_file_that_holds_no_anchors_is_refused_by_its_line(
    command: Command, agency: Agency, tmp_path: Path, content: str | bytes
) -> None:
    file = tmp_path / "other.txt"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())

    refused = command("audit", "verify", "--anchors", str(file))

    assert (refused.code, refused.out) == (1, "")
    assert "บรรทัด 1" in refused.err


def test_a_file_that_is_not_there_is_named(command: Command, agency: Agency, tmp_path: Path) -> None:
    refused = command("audit", "verify", "--anchors", str(tmp_path / "gone.jsonl"))
    unwritten = command("audit", "anchors", "--out", str(tmp_path))

    assert (refused.code, unwritten.code) == (1, 1)
    assert "gone.jsonl" in refused.err
    assert tmp_path.name in unwritten.err


def test_where_no_anchors_are_nothing_is_called_whole(command: Command, agency: Agency, tmp_path: Path) -> None:
    empty = tmp_path / "empty.jsonl"
    empty.touch()
    told = [command("audit", "verify", "--anchors", str(place)) for place in (empty, tmp_path, Path(__file__).parent)]

    assert [(one.code, one.out) for one in told] == [(1, "")] * 3
    assert "empty.jsonl" in told[0].err


def test_a_folder_of_anchors_is_read_as_one(command: Command, agency: Agency, kept: Path) -> None:
    grow(agency, 1)
    command("audit", "anchors", "--out", str(kept.with_name("later.jsonl")))
    compute_anew(agency, from_seq=4)

    told = command("audit", "verify", "--anchors", str(kept.parent), "--json")

    assert [(one["seq"], one["reason"]) for one in told.json["broken"]] == [(4, "anchor_differs")]


def test_a_row_that_does_not_agree_with_the_record_is_named(command: Command, cast: Cast) -> None:
    a_report(cast.task, cast.officer)  # written past the deeds, so that the record knows nothing of it

    told, spoken = command("audit", "verify", "--json"), command("audit", "verify")

    assert told.code == 1
    assert told.json["broken"] == [
        {"agency_id": cast.agency.id, "seq": 0, "reason": "row_unrecorded", "row": "report_version:1", "differs": []}
    ]
    assert "ฉบับที่ส่งเลขที่ 1: มีข้อมูลที่ไม่มีในบันทึก" in spoken.out


def test_files_are_read_unless_they_are_left_out(command: Command, cast: Cast) -> None:
    with transaction():
        draft = open_report(cast.task, cast.officer, NOW)
        file = Received("คำสั่ง.pdf", "application/pdf", Stored("a" * 64, 3))
        save(draft, Claim(WorkStatus.IN_PROGRESS, "กำลังทำ", [], 40), actor=cast.officer, at=NOW, files=[file])

    read, left_out = command("audit", "verify", "--json"), command("audit", "verify", "--no-files", "--json")

    assert (read.code, left_out.code) == (1, 0)
    assert [one["reason"] for one in read.json["broken"]] == ["file_broken"]
