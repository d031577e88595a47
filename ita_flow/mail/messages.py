"""What each mail says: one function a message, its text in ``templates/email/<message>/``."""

from __future__ import annotations

from datetime import date, datetime
from textwrap import wrap

from ita_flow.config import settings
from ita_flow.i18n import language_of, short_moment
from ita_flow.mail.carriers import server_name
from ita_flow.mail.links import masked_address
from ita_flow.mail.rendering import Message, render
from ita_flow.models.people import Membership, User
from ita_flow.queries.anchors import Anchor
from ita_flow.wording.invitations import duty_of
from ita_flow.wording.letters import greeting, questions_to
from ita_flow.wording.posts import post_with_unit

LETTERS_TOGETHER = 8
"""Of a hash that people compare by eye."""


def invitation(recipient: User, today: date, inviter: User | None, coordinator: User | None) -> Message:
    """What a new person reads: who invites them to what, and the link, masked, by which they set a password."""
    with language_of(recipient):
        return render(
            "invite",
            agency=recipient.agency.name,
            contact=recipient.agency.contact,
            greeting=greeting(recipient.name),
            inviter=inviter.name if inviter else None,
            posts=[_post(one) for one in recipient.memberships if one.ends_on is None or today <= one.ends_on],
            email=recipient.email,
            link=masked_address(),
            questions=questions_to(coordinator.name) if coordinator else None,
        )


def trial(recipient: User, at: datetime) -> Message:
    """What a person reads who asked whether mails arrive; ``at`` is the moment of the office."""
    with language_of(recipient):
        return render(
            "test",
            agency=recipient.agency.name,
            greeting=greeting(recipient.name),
            server=server_name(settings()),
            moment=short_moment(at),
            link=f"{settings().base_url}/admin/mail",
        )


def anchor(recipient: User, end: Anchor) -> Message:
    """What an auditor keeps: where the record of the agency ended at a moment."""
    with language_of(recipient):
        return render(
            "anchor",
            agency=recipient.agency.name,
            greeting=greeting(recipient.name),
            seq=f"{end.seq:,}",
            moment=short_moment(datetime.fromisoformat(end.at)),
            fingerprint=" ".join(wrap(end.hash, LETTERS_TOGETHER)),
            line=end.line(),
            link=f"{settings().base_url}/activity",
        )


def _post(membership: Membership) -> tuple[str, str]:
    """The post with its unit, and what its holder does here."""
    return post_with_unit(membership), duty_of(membership.role, membership.seat)
