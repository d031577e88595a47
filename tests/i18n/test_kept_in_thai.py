"""What is kept stays Thai, whoever enters it; official names have their English; lists may come in either language."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from ita_flow.domain.approval_chains import ChainSeat
from ita_flow.domain.areas import AREAS
from ita_flow.domain.languages import Language
from ita_flow.domain.permissions import Role, Seat
from ita_flow.domain.scoring import INDICATORS, INSTRUMENTS, LEVEL_NAMES
from ita_flow.i18n import speaking
from ita_flow.intake.people_csv import read_people
from ita_flow.wording.labels import label_of, seat_name, thai_label_of
from ita_flow.wording.official_names import OFFICIAL, official
from ita_flow.workflow.approval_seats import title_of
from tests.factories import Cast


@pytest.fixture
def english(app: Flask) -> Iterator[None]:
    with speaking(Language.ENGLISH):
        yield


@pytest.mark.usefixtures("english")
def test_the_title_of_a_seat_is_kept_in_thai_and_shown_in_english(cast: Cast) -> None:
    title = title_of(ChainSeat(Seat.DIRECTOR), cast.task)

    assert title == thai_label_of(Seat.DIRECTOR) == "ผู้อำนวยการกอง"
    assert seat_name(ChainSeat(Seat.DIRECTOR, title=title)) == label_of(Seat.DIRECTOR) == "Division director"


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("word", ["เจ้าหน้าที่", "Officer", "officer"])
def test_a_list_of_people_is_read_in_either_language(word: str) -> None:
    people = read_people(f"email,name,section,role\na@example.go.th,ก ข,ฝ่ายสถิติ,{word}\n")

    assert [line.held for line in people.lines] == [Role.OFFICER]


def test_every_official_name_stands_beside_its_own(plain_app: Flask) -> None:
    with speaking(Language.THAI):
        assert [(name, str(said)) for name, said in OFFICIAL.items() if name != str(said)] == []


def test_no_official_name_is_left_out() -> None:
    names = {*AREAS.values(), *INDICATORS.values(), *(rule.name for rule in INSTRUMENTS.values()), *LEVEL_NAMES}

    assert names == set(OFFICIAL)


def test_what_is_no_official_name_stays_as_it_stands(plain_app: Flask) -> None:
    with speaking(Language.ENGLISH):
        assert (official(AREAS[2]), official("กองคลัง"), official(None)) == ("Services and e-services", "กองคลัง", "")
