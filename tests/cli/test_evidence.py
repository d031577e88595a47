"""``ita-flow evidence check``: reads the files, names what is damaged, and leaves with 1 when something is."""

from __future__ import annotations

import io

import pytest
from flask import Flask

from ita_flow.config import MEGABYTE
from ita_flow.models.evidence import Evidence
from ita_flow.workflow.evidence import store
from tests.cli.command import Command
from tests.factories import Cast, a_file

FILES = 35
"""More than a thirtieth of them is two."""


@pytest.fixture
def pieces(app: Flask, cast: Cast) -> list[Evidence]:
    contents = [f"%PDF-1.4 file {number}".encode() for number in range(FILES)]
    for content in contents:
        store().put(io.BytesIO(content), MEGABYTE)
    return [a_file(cast.task, cast.officer, content, f"{number}.pdf") for number, content in enumerate(contents)]


def damage(piece: Evidence) -> None:
    path = store().path_of(str(piece.sha256))
    path.chmod(0o600)
    path.write_bytes(b"something else")


@pytest.mark.usefixtures("pieces")
def test_the_share_of_the_day_is_read_once(command: Command) -> None:
    first, second = (command("evidence", "check", "--json") for _ in range(2))

    assert (first.code, first.json["files"], first.json["damaged"]) == (0, 2, [])
    assert (second.code, second.json["files"]) == (0, 0)


def test_all_files_are_read_when_asked_for(command: Command, pieces: list[Evidence]) -> None:
    told = command("evidence", "check", "--all", "--json")

    assert (told.code, told.json["files"]) == (0, FILES)
    assert told.json["bytes"] == sum(piece.size or 0 for piece in pieces)


def test_damage_is_named_and_leaves_with_one(command: Command, pieces: list[Evidence]) -> None:
    damage(pieces[7])
    sha256 = pieces[7].sha256

    told, again = command("evidence", "check", "--all"), command("evidence", "check", "--json")

    assert (told.code, again.code) == (1, 1)
    assert told.out.startswith(f"✗ หลักฐานเลขที่ {pieces[7].id} 7.pdf: ไฟล์นี้ไม่ตรงกับที่บันทึกไว้")
    assert again.json["damaged"] == [
        {
            "agency_id": pieces[7].agency_id,
            "evidence": pieces[7].id,
            "name": "7.pdf",
            "sha256": sha256,
            "outcome": "altered",
        }
    ]


def test_the_doctor_tells_of_damage_until_it_is_mended(command: Command, pieces: list[Evidence]) -> None:
    content = b"%PDF-1.4 file 0"
    damage(pieces[0])
    command("evidence", "check", "--all")
    damaged = command("doctor").out

    store().path_of(str(pieces[0].sha256)).unlink()
    store().put(io.BytesIO(content), MEGABYTE)
    mended = command("evidence", "check", "--all")

    assert "✗ หลักฐาน 1 รายการเสียหายหรือหายไป" in damaged
    assert mended.code == 0
    assert "✓ ไม่พบไฟล์หลักฐานที่เสียหาย" in command("doctor").out


def test_how_far_it_has_come_is_told_beside_what_programs_read(command: Command, pieces: list[Evidence]) -> None:
    told = command("evidence", "check", "--all", "--json")

    assert "ตรวจไฟล์หลักฐาน" in told.err
    assert told.out.startswith("{")
