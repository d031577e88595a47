"""The samples of all mails: made by the real functions, of invented people, and never kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask

from ita_flow.domain.calendar import bangkok_day
from ita_flow.domain.mail_samples import MailSample
from ita_flow.extensions import db
from ita_flow.mail.sample_rows import SampleOffice
from ita_flow.mail.samples import sample_mail, samples_that_can_be_made
from ita_flow.models.people import Agency, User
from ita_flow.models.tasks import Task
from ita_flow.queries.free_days import free_days_of
from ita_flow.wording.mail_samples import NAMES, READERS
from tests.factories import TODAY, Cast

SATURDAY = date(2024, 3, 16)
NAME = "เทศบาลตำบลสมมติ"


@pytest.fixture
def agency(app_alone: Flask) -> Agency:
    return Agency(name=NAME, short_name="ทต.สมมติ", code="somewhere", contact="โทร. 0 2000 0000")


@pytest.mark.parametrize("sample", MailSample)
def test_each_can_be_made_and_bears_the_name_of_the_agency(agency: Agency, sample: MailSample) -> None:
    mail = sample_mail(sample, agency, TODAY)

    assert mail.message.subject.startswith("[ITA] ")
    assert NAME in mail.message.text
    assert NAME in mail.message.html
    assert mail.message.text.startswith("เรียน ")
    assert NAMES[sample]
    assert READERS[sample]


def test_no_two_look_alike(agency: Agency) -> None:
    subjects = {sample_mail(sample, agency, TODAY).message.subject for sample in MailSample}

    assert len(subjects) == len(MailSample)


@pytest.mark.parametrize(
    ("sample", "subject"),
    [
        (MailSample.REMINDER, "[ITA] เหลือ 30 วัน: 2 มาตรการ"),
        (MailSample.OVERDUE, "[ITA] เกินกำหนด 1 วัน: 1 มาตรการ"),
        (MailSample.RETURNED, "[ITA] ส่งกลับแก้ไข: นโยบายไม่รับของขวัญ"),
        (MailSample.AWAITING, "[ITA] รอท่านพิจารณา 2 รายการ"),
        (MailSample.ASKED_FOR_LATER, "[ITA] รอท่านพิจารณา: ขอขยายกำหนด พัฒนาระบบบริการออน…"),
        (MailSample.EXTENDED, "[ITA] ขยายกำหนดถึง 29 เม.ย.: พัฒนาระบบบริการออนไลน์"),
        (MailSample.NOT_ACCEPTED, "[ITA] ส่งกลับ: แผนมาตรการ ปีงบประมาณ 2567"),
        (MailSample.ACTING, "[ITA] ท่านรักษาราชการแทนตั้งแต่ 18 มี.ค."),
        (MailSample.MONTHLY, "[ITA] ภาพรวมเดือน ก.พ.: เสร็จ 1 จาก 4"),
    ],
)
def test_each_says_what_such_a_mail_says(agency: Agency, sample: MailSample, subject: str) -> None:
    assert sample_mail(sample, agency, TODAY).message.subject == subject


@pytest.mark.parametrize(
    ("sample", "day"),
    [
        (MailSample.WEEKLY, "ณ 18 มี.ค. 2567"),
        (MailSample.MONTHLY, "ณ 1 มี.ค. 2567"),
    ],
)
def test_a_summary_is_read_on_the_day_on_which_it_comes(agency: Agency, sample: MailSample, day: str) -> None:
    assert day in sample_mail(sample, agency, date(2024, 3, 21)).message.text


def test_on_a_free_day_it_is_the_next_working_day(agency: Agency) -> None:
    office = SampleOffice.on(agency, SATURDAY, free_days_of(agency))

    assert bangkok_day(office.now) == date(2024, 3, 18)


def test_a_mail_that_names_a_server_needs_one_that_can_be_named(app_alone: Flask) -> None:
    app_alone.config["SETTINGS"] = replace(app_alone.config["SETTINGS"], smtp_url="mail.example.go.th")

    assert samples_that_can_be_made() == [sample for sample in MailSample if sample is not MailSample.TEST]


def test_nothing_of_them_is_kept(cast: Cast) -> None:
    before = counted()

    for sample in MailSample:
        sample_mail(sample, cast.agency, TODAY)
    db.session.commit()

    assert counted() == before


def counted() -> list[int]:
    return [db.session.scalars(sa.select(sa.func.count()).select_from(model)).one() for model in (User, Task, Agency)]
