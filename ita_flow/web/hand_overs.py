"""Handing over the work of somebody who moves: one screen with all that is open of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ita_flow.domain.permissions import Permission, may_appoint
from ita_flow.domain.refusals import Incomplete, Invalid
from ita_flow.models.people import Membership, User
from ita_flow.queries.hand_overs import HandOver, hand_over_of, open_tasks, person_who_moves, reach_of
from ita_flow.web.access import actor, begin_reading, now, requires, today
from ita_flow.web.forms import tell
from ita_flow.web.forms.hand_overs import HandOverForm, Row, passings_of, rows_as_they_stand, sent_posts, sent_rows
from ita_flow.web.once import once
from ita_flow.web.rehearsals import goes_back, once_seen
from ita_flow.wording import sentence_of
from ita_flow.workflow.acting_orders import is_clerk
from ita_flow.workflow.appointments import held_by
from ita_flow.workflow.hand_overs import Passing, TasksChanged, hand_over, refuse_hand_over

bp = Blueprint("hand_overs", __name__, url_prefix="/handover/<int:user_id>")


@bp.get("")
@requires(Permission.TASK_HAND_OVER)
def show(user_id: int) -> str:
    leaving = _leaving_or_404(user_id)
    return _page(leaving, HandOverForm.of(today()), rows_as_they_stand(leaving))


@bp.post("")
@requires(Permission.TASK_HAND_OVER)
def save(user_id: int) -> Response | tuple[str, int]:
    leaving, form, rows = _leaving_or_404(user_id), HandOverForm(), sent_rows()
    if not form.validate() or goes_back():
        return _page(leaving, form, _still_open(leaving, rows)), 422 if form.errors else 200
    moved: list[int] = []
    try:
        location = _save_seen(user_id, form, passings_of(form, rows, leaving), moved)
    except (Incomplete, TasksChanged) as refusal:
        return _page_again(user_id, form, rows, refusal)
    flash(_told(moved[-1] if moved else None), "success")
    return redirect(location, code=303)


def _save_seen(user_id: int, form: HandOverForm, passings: Sequence[Passing], moved: list[int]) -> str:
    """Others are written to from here on, which is shown before it is saved."""
    moving = sum(one.successor_id is not None for one in passings)

    def deed() -> str:
        return _save(user_id, form, passings, moved)

    if not moving and not sent_posts():
        return once(deed)
    return once_seen(deed, _about(_person_or_404(user_id).name, moving), always=False)


def _about(name: str, moving: int) -> str:
    if not moving:
        return _("กำหนดวันสิ้นสุดตำแหน่งของ %(name)s", name=name)
    return _("ส่งมอบงานของ %(name)s %(count)s งาน", count=moving, name=name)


def _save(user_id: int, form: HandOverForm, passings: Sequence[Passing], moved: list[int]) -> str:
    count = hand_over(
        _person_or_404(user_id),
        passings,
        on=form.on.day or today(),
        ending=sent_posts(),
        actor=actor(),
        at=now(),
        today=today(),
    )
    moved.append(count)
    return url_for(".show", user_id=user_id)


def _told(moved: int | None) -> str:
    if moved is None:
        return _("ส่งมอบงานแล้ว")
    return _("ส่งมอบงานแล้ว %(count)s งาน", count=moved) if moved else _("บันทึกแล้ว ไม่มีงานใดเปลี่ยนผู้รับผิดชอบ")


def _page_again(
    user_id: int, form: HandOverForm, rows: Mapping[int, Row], refusal: Incomplete | TasksChanged
) -> tuple[str, int]:
    """The same page with all that was chosen; the next press is weighed against what is shown now."""
    begin_reading()
    leaving = _leaving_or_404(user_id)
    for problem in refusal.problems:
        tell(form, problem)
    shown = _still_open(leaving, rows)
    if isinstance(refusal, Incomplete):
        return _page(leaving, form, shown, refusal.problems), 422
    stands = rows_as_they_stand(leaving)
    fresh = {task: replace(row, seen=stands[task].seen) for task, row in shown.items()}
    return _page(leaving, form, fresh, refusal.problems), 409


def _still_open(leaving: HandOver, rows: Mapping[int, Row]) -> dict[int, Row]:
    """The rows as they were filled in, of the tasks that the person still has; what came since as it stands."""
    return {task: rows.get(task, row) for task, row in rows_as_they_stand(leaving).items()}


def _page(leaving: HandOver, form: HandOverForm, rows: Mapping[int, Row], problems: Sequence[Invalid] = ()) -> str:
    form.offer(leaving.by_division)
    return render_template(
        "hand_overs/show.html",
        leaving=leaving,
        form=form,
        rows=rows,
        division=_division_of(leaving),
        ending=sent_posts(),
        may_end=[post.id for post in leaving.posts if _may_end(post)],
        may_order=is_clerk(actor(), today()),
        problems=[(problem.field, sentence_of(problem)) for problem in problems],
    )


def _may_end(post: Membership) -> bool:
    may = actor().may(Permission.PEOPLE_WRITE, today()) and may_appoint(actor().posts_on(today()), held_by(post))
    return may and post.starts_on <= today()


def _division_of(leaving: HandOver) -> tuple[int, str] | None:
    """The id and the name of the division in which the person works, for the way back."""
    units = [post.unit.parent or post.unit for post in leaving.posts if post.unit]
    worked_in = [(unit.id, unit.name) for unit in units]
    worked_in += [(task.division_id, task.standing.division_name) for task in leaving.tasks]
    return next(iter(worked_in), None)


def _leaving_or_404(user_id: int) -> HandOver:
    person = _person_or_404(user_id)
    reach, tasks = reach_of(actor(), today()), open_tasks(person, today())
    refuse_hand_over(person, reach, tasks, today())
    return hand_over_of(person, reach, tasks, today())


def _person_or_404(user_id: int) -> User:
    person = person_who_moves(actor(), user_id)
    if person is None:
        abort(404)
    return person
