"""``ita-flow people``: a list taken in by command, everybody listed, and a link to hand over."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from ita_flow.domain.clock import real_now
from ita_flow.domain.permissions import Seat
from ita_flow.extensions import db
from ita_flow.models.outbox import OutboxMessage
from ita_flow.queries.accounts import open_link
from tests.cli.command import Command
from tests.factories import Cast, an_acting_order
from tests.web.test_access import fingerprint

HEADING = "email,name,post,section,division,role,seat,starts_on,ends_on\n"
ROWS = "new@example.go.th,คนใหม่ ใจดี,นักวิชาการ,ฝ่ายใหม่,กองคลัง,officer,,2023-10-01,\n"
AGENCY = ("--agency", "example")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(HEADING + ROWS, encoding="utf-8")
    return path


@pytest.mark.usefixtures("today", "cast")
def test_a_list_is_taken_in_once(command: Command, file: Path) -> None:
    first = command("people", "import", str(file), "--json", *AGENCY).json
    again = command("people", "import", str(file), "--json", *AGENCY).json

    assert first == {
        "rows": 1,
        "changes": 1,
        "new_people": ["new@example.go.th"],
        "new_posts": [],
        "changed_posts": [],
        "unchanged": 0,
        "new_units": ["ฝ่ายใหม่ กองคลัง"],
        "problems": [],
        "saved": True,
    }
    assert (again["changes"], again["unchanged"], again["saved"]) == (0, 1, False)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(OutboxMessage)) == 1


@pytest.mark.usefixtures("today", "cast")
def test_a_dry_run_tells_and_keeps_nothing(command: Command, file: Path) -> None:
    before = fingerprint()

    ran = command("people", "import", str(file), "--dry-run", *AGENCY)

    assert "บุคลากรใหม่ 1 คน" in ran.out
    assert fingerprint() == before


@pytest.mark.usefixtures("today", "cast")
def test_a_wrong_row_keeps_all_out(command: Command, file: Path) -> None:
    file.write_text(HEADING + ROWS + "bad,ใคร,,,กองคลัง,officer,,,\n", encoding="utf-8")
    before = fingerprint()

    ran = command("people", "import", str(file), "--json", *AGENCY)

    assert (ran.code, ran.json["changes"], ran.json["saved"]) == (1, 0, False)
    assert [problem["row"] for problem in ran.json["problems"]] == [3]
    assert "แถว 3: อีเมล bad ไม่ถูกต้อง" in ran.err
    assert fingerprint() == before


@pytest.mark.usefixtures("cast")
@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04", b"\xff\xfe"])
def test_what_is_no_list_is_refused(command: Command, file: Path, content: bytes | None) -> None:
    if content is None:
        file.unlink()
    else:
        file.write_bytes(content)

    ran = command("people", "import", str(file), *AGENCY)

    assert (ran.code, ran.out) == (1, "")
    assert ran.err


@pytest.mark.usefixtures("today")
def test_everybody_is_listed_with_their_posts(command: Command, cast: Cast) -> None:
    people = {person["email"]: person for person in command("people", "list", "--json", *AGENCY).json}

    assert len(people) == 12
    assert people[cast.officer.email] == {
        "email": cast.officer.email,
        "name": cast.officer.name,
        "state": "in_use",
        "posts": [
            {
                "post": "เจ้าหน้าที่",
                "role": "officer",
                "seat": None,
                "acting": None,
                "section": cast.section.name,
                "division": cast.division.name,
                "starts_on": "2023-10-01",
                "ends_on": None,
            }
        ],
    }


def test_a_person_reads_a_line_each(command: Command, cast: Cast) -> None:
    lines = command("people", "list", *AGENCY).out.splitlines()

    assert any(line.startswith(cast.director.email) and cast.division.name in line for line in lines)


def test_those_who_act_in_a_seat_are_told_apart(command: Command, cast: Cast) -> None:
    an_acting_order(cast.other_head, Seat.SECTION_HEAD, cast.section, holder=cast.head)

    people = {person["email"]: person for person in command("people", "list", "--json", *AGENCY).json}
    lines = command("people", "list", *AGENCY).out

    assert [post["acting"] for post in people[cast.other_head.email]["posts"]] == [None, "acting"]
    assert "รักษาราชการแทนหัวหน้าฝ่ายประชาสัมพันธ์" in lines


def test_a_link_opens_the_account_of_that_person(command: Command, cast: Cast) -> None:
    printed = command("people", "link", cast.officer.email, "--json", *AGENCY).json

    link = open_link(printed["link"].rpartition("/")[2], real_now())
    assert link is not None
    assert link.user == cast.officer


@pytest.mark.usefixtures("cast")
@pytest.mark.parametrize("email", ["nobody@example.go.th", "stranger@example.go.th"])
def test_nobody_else_gets_a_link(command: Command, email: str) -> None:
    ran = command("people", "link", email, *AGENCY)

    assert (ran.code, ran.out) == (1, "")
