"""Deeds under hostile or broken conditions: clocks that jump, seats that belong to nobody, words that hide."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from ita_flow.domain.approvals import Seen
from ita_flow.domain.clock import real_now
from ita_flow.domain.permissions import Role, Seat
from ita_flow.domain.refusals import Invalid, NotPermitted
from ita_flow.extensions import db
from ita_flow.models.accounts import FailedSignIn
from ita_flow.queries.accounts import live_sign_in
from ita_flow.queries.progress_reports import may_open
from ita_flow.workflow import accounts, approvals, evidence
from tests.factories import NOW, TODAY, Cast, a_file, a_membership, a_report, a_task

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def test_tries_of_a_clock_that_ran_ahead_keep_nobody_out(cast: Cast) -> None:
    for number in range(100):
        accounts.announce_try(f"{number // 5}{cast.officer.email}", "192.0.2.1", real_now() + 700 * DAY)

    accounts.announce_try(f"0{cast.officer.email}", "192.0.2.1", real_now())


@pytest.mark.parametrize("jump", [HOUR, DAY, 700 * DAY])
def test_a_session_does_not_outlive_a_clock_that_is_set_back(cast: Cast, jump: timedelta) -> None:
    token = accounts.sign_in(cast.officer, real_now() + jump)

    assert live_sign_in(token, real_now()) is None


@pytest.mark.parametrize("email", ["İ" * 254, "a\0b@example.go.th", "ẞ" * 300, "\0"], ids=ascii)
def test_every_text_can_be_counted_as_an_address(cast: Cast, email: str) -> None:
    accounts.announce_try(email, "fe80:0000:0000:0000:0000:0000:0000:0001%a-long-interface", real_now())

    assert accounts.person_called(email) is None
    assert len(db.session.scalars(sa.select(FailedSignIn.email)).one()) <= 254


@pytest.mark.parametrize("role", list(Role))
def test_a_person_without_a_unit_opens_no_draft_of_a_division(cast: Cast, role: Role) -> None:
    task = a_task(division=cast.division, section=None)
    a_membership(cast.other_officer, role=role, unit=None)

    assert not may_open(a_file(task, cast.officer), cast.other_officer, TODAY)


@pytest.mark.parametrize("comment", ["", " \n\t", "\u200b", "\ufeff\u2060"], ids=ascii)
def test_a_return_needs_a_reason_that_can_be_read(cast: Cast, comment: str) -> None:
    report = a_report(cast.task, cast.officer)

    with pytest.raises(Invalid, match="return_needs_a_reason"):
        approvals.return_for_revision(report, Seen(1, 1), comment=comment, actor=cast.head, at=NOW)


def test_an_author_who_is_made_director_afterwards_does_not_decide(cast: Cast) -> None:
    report = a_report(cast.task, cast.officer, approvals=1)
    a_membership(cast.officer, seat=Seat.DIRECTOR, unit=cast.division)

    with pytest.raises(NotPermitted, match="own_report"):
        approvals.approve(report, Seen(1, 2), actor=cast.officer, at=NOW)


@pytest.mark.parametrize(
    "link",
    ["https://exa\0mple.go.th/", "\x01https://example.go.th/", "https://a.th/\x1b[31m", "https://a.th/\u202egpj.exe"],
    ids=ascii,
)
def test_a_link_with_characters_that_nobody_sees_is_refused(link: str) -> None:
    with pytest.raises(Invalid, match="link_is_no_address"):
        evidence.read_link(link)
