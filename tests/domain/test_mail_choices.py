"""Which mails come to the holder of a post."""

from __future__ import annotations

import pytest

from ita_flow.domain.mail_choices import SureMail, options_of, sure_mails_of
from ita_flow.domain.notices import LESS_OFTEN, MailOption
from ita_flow.domain.permissions import Role, Seat


@pytest.mark.parametrize(
    ("posts", "options"),
    [
        ([Role.OFFICER], [MailOption.APPROVED]),
        ([Seat.SECTION_HEAD], [MailOption.AWAITING]),
        ([Seat.DIRECTOR], [MailOption.AWAITING, MailOption.WEEKLY]),
        ([Seat.EXECUTIVE], [MailOption.AWAITING, MailOption.MONTHLY]),
        ([Role.COORDINATOR, Role.OFFICER], [MailOption.APPROVED, MailOption.WINDOW, MailOption.WEEKLY]),
        ([Role.AUDITOR, Role.ADMINISTRATOR], []),
        ([], []),
    ],
)
def test_only_what_comes_to_the_post_can_be_chosen(posts: list[Role | Seat], options: list[MailOption]) -> None:
    assert options_of(posts) == options


def test_every_option_comes_to_somebody() -> None:
    assert set(options_of([*Role, *Seat])) == set(LESS_OFTEN)


@pytest.mark.parametrize("post", [*Role, *Seat])
def test_everybody_has_mails_that_always_come(post: Role | Seat) -> None:
    assert SureMail.ACCOUNT in sure_mails_of([post])


def test_an_officer_is_told_of_work_and_nothing_of_decisions() -> None:
    assert sure_mails_of([Role.OFFICER]) == [
        SureMail.ASSIGNED,
        SureMail.REMINDER,
        SureMail.RETURNED,
        SureMail.ACCOUNT,
    ]
