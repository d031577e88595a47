"""Mails in English, for those who chose it: each kind once, as somebody read and agreed to it."""

from __future__ import annotations

from email.header import decode_header, make_header

import pytest
from flask import Flask

from ita_flow.database import transaction
from ita_flow.domain.languages import Language
from ita_flow.domain.mail_samples import MailSample
from ita_flow.i18n import speaking
from ita_flow.mail.samples import sample_mail
from ita_flow.models.people import Agency
from ita_flow.workflow.languages import choose_language
from tests.factories import NOW, TODAY, Cast
from tests.letterbox import Letterbox, text_of
from tests.mail.conftest import PostRoom
from tests.snapshot import Snapshot
from tests.source import THAI


@pytest.fixture
def agency(app_alone: Flask) -> Agency:
    name = "Somewhere Subdistrict Municipality"
    return Agency(name=name, short_name="Somewhere", code="somewhere", contact="tel. 0 2000 0000")


@pytest.mark.parametrize("sample", MailSample)
def test_each_kind_reads_as_agreed(agency: Agency, sample: MailSample, snapshot: Snapshot) -> None:
    with speaking(Language.ENGLISH):
        mail = sample_mail(sample, agency, TODAY).message

    snapshot(f"english_{sample}.txt", f"Subject: {mail.subject}\n\n{mail.text}")


@pytest.mark.parametrize("sample", MailSample)
def test_no_part_of_it_is_thai(agency: Agency, sample: MailSample) -> None:
    with speaking(Language.ENGLISH):
        mail = sample_mail(sample, agency, TODAY).message

    assert THAI.findall(f"{mail.subject} {mail.text} {mail.html}") == []
    assert '<html lang="en">' in mail.html


def test_who_chose_english_gets_english_letters(office: Cast, post_room: PostRoom, letterbox: Letterbox) -> None:
    with transaction():
        choose_language(office.officer, Language.ENGLISH, at=NOW)

    post_room.send()

    [letter] = letterbox.letters
    assert letter["Content-Language"] == "en"
    assert str(make_header(decode_header(letter["Subject"]))).startswith("[ITA] 16 days left: 1 measure")
    assert office.task.measure.title in text_of(letter)
