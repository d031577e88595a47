"""A deed that may move mails is rehearsed first: what it would change is shown, and nothing is kept until then.

The page of what would move sends the same form once more, confirmed, or back to where it was filled in.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, render_template, request
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from ita_flow.domain.refusals import Stale
from ita_flow.extensions import db
from ita_flow.queries.moved_mails import MovedMails, coming_days, compare, last_day_to_compare, posts_held
from ita_flow.web.access import actor, begin_reading, today
from ita_flow.web.once import first_answer, once
from ita_flow.wording.moved_mails import days_words, rule_words, subject_words
from ita_flow.wording.posts import post_with_unit

STEP, CONFIRMED, EDIT = "step", "confirmed", "edit"
OF_THE_FORM = ("csrf_token", "form_key", STEP)
MOST_ROWS = 50


class Unseen(Exception):
    """A deed would move these mails, and whoever does it has not seen them yet."""

    def __init__(self, about: str, moved: MovedMails) -> None:
        super().__init__(about)
        self.about, self.moved = about, moved


def once_seen(deed: Callable[[], str], about: str, *, always: bool = True) -> str:
    """Do the deed once, as ``once`` does, when it is confirmed. Before that raises Unseen, with which mails it moves.

    ``about`` says what is done. Unless ``always``, a deed that moves no mail needs no confirmation.
    """
    if request.form.get(STEP) != CONFIRMED and not first_answer():
        moved = rehearsed(deed)
        if moved or always:
            raise Unseen(about, moved)
    return once(deed)


def goes_back() -> bool:
    """Whether the form was sent back from the page of moved mails, to be filled in otherwise."""
    return request.form.get(STEP) == EDIT


def rehearsed(deed: Callable[[], str]) -> MovedMails:
    """What the deed does to the coming mails; whatever it writes is rolled back, and the request goes on by reading."""
    last_day = last_day_to_compare(actor().agency, today())
    before = coming_days(actor().agency, today(), last_day)
    db.session.rollback()
    try:
        deed()
        db.session.flush()
        db.session.expire_all()  # lists that were read before the deed may hold what it took away
        after = coming_days(actor().agency, today(), last_day)
    except (IntegrityError, StaleDataError) as trouble:
        raise Stale("someone_was_quicker") from trouble
    finally:
        begin_reading()
    return compare(before, after)


def show_unseen_mails(app: Flask) -> None:
    """Let the page be shown wherever a deed turns out to be unseen."""
    app.register_error_handler(Unseen, _page)


def _page(unseen: Unseen) -> str:
    moved = unseen.moved
    return render_template(
        "rehearsals/show.html",
        about=unseen.about,
        moved=moved,
        posts=posts_held(moved.recipients, today()),
        post_with_unit=post_with_unit,
        subject_words=subject_words,
        rule_words=rule_words,
        days_words=days_words,
        most=MOST_ROWS,
        action=request.path,
        kept=[item for item in request.form.items(multi=True) if item[0] not in OF_THE_FORM],
    )
