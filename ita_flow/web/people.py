"""People: the list, one person with posts and account, and somebody new."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ita_flow.domain.accounts import AccountState
from ita_flow.domain.clock import real_now
from ita_flow.domain.permissions import Permission, Role, Seat, may_appoint
from ita_flow.domain.refusals import Invalid
from ita_flow.models.people import NamedSeat, Unit, User
from ita_flow.queries.people import PersonRow, open_tasks_of, people_page, person_row
from ita_flow.queries.seating import named_seat_of, named_seats_of
from ita_flow.queries.units import unit_of, units_by_division
from ita_flow.web.access import actor, begin_reading, now, requires, today
from ita_flow.web.forms import chosen_id, tell
from ita_flow.web.forms.people import NewPersonForm, PersonForm, PostForm
from ita_flow.web.once import attempt, once
from ita_flow.web.people_filter import read_filter
from ita_flow.web.rehearsals import goes_back, once_seen
from ita_flow.workflow import people
from ita_flow.workflow.appointments import appoint, bring_in, may_give

bp = Blueprint("people", __name__, url_prefix="/admin/people")


@bp.get("")
@requires(Permission.PEOPLE_WRITE)
def index() -> str:
    choices = units_by_division(actor().agency_id)
    asked = read_filter(request.args, {unit.id for division, sections in choices for unit in (division, *sections)})
    page = people_page(actor().agency_id, asked.chosen, asked.page, today())
    return render_template(
        "people/index.html",
        asked=asked,
        chosen=asked.chosen,
        page=page,
        units=choices,
        states=AccountState,
        shift=now() - real_now(),
    )


@bp.get("/new")
@requires(Permission.PEOPLE_WRITE)
def new() -> str:
    return _new_page(NewPersonForm(data={"unit": request.args.get("unit", "")}))


@bp.post("/new")
@requires(Permission.PEOPLE_WRITE)
def add() -> tuple[str, int] | Response:
    form = NewPersonForm()
    location = attempt(form, lambda: _bring_in(form))
    if location is None:
        return _new_page(form), 422
    flash(_("เพิ่ม %(name)s แล้ว ระบบจะส่งคำเชิญไปที่ %(email)s", name=form.name.data, email=form.email.data), "success")
    return redirect(location, code=303)


@bp.get("/<int:user_id>")
@requires(Permission.PEOPLE_WRITE)
def show(user_id: int) -> str:
    row = _row_or_404(user_id)
    return _page(row, PersonForm(obj=row.user))


@bp.post("/<int:user_id>")
@requires(Permission.PEOPLE_WRITE)
def correct(user_id: int) -> tuple[str, int] | Response:
    _row_or_404(user_id)
    form = PersonForm()
    location = attempt(form, lambda: _correct(user_id, form))
    if location is None:
        return _page(_row_or_404(user_id), form), 422
    flash(_("บันทึกข้อมูลของ %(name)s แล้ว", name=form.name.data), "success")
    return redirect(location, code=303)


@bp.get("/<int:user_id>/posts/new")
@requires(Permission.PEOPLE_WRITE)
def new_post(user_id: int) -> str:
    return _post_page(_row_or_404(user_id).user, PostForm())


@bp.post("/<int:user_id>/posts/new")
@requires(Permission.PEOPLE_WRITE)
def add_post(user_id: int) -> tuple[str, int] | Response:
    _row_or_404(user_id)
    form = PostForm()
    if goes_back():
        return _post_page(_row_or_404(user_id).user, form), 200
    location = attempt(form, lambda: _appoint(user_id, form), by=_once_its_mails_were_seen(user_id))
    if location is None:
        return _post_page(_row_or_404(user_id).user, form), 422
    flash(_("เพิ่มตำแหน่งแล้ว"), "success")
    return redirect(location, code=303)


@bp.post("/<int:user_id>/invitation")
@requires(Permission.PEOPLE_WRITE)
def invite(user_id: int) -> tuple[str, int] | Response:
    def deed(user: User) -> None:
        people.invite(user, actor=actor(), at=now(), now=real_now())

    return _done(user_id, deed, _("ระบบจะส่งคำเชิญอีกครั้งทางอีเมล"))


@bp.post("/<int:user_id>/closing")
@requires(Permission.PEOPLE_WRITE)
def close(user_id: int) -> tuple[str, int] | Response:
    def deed(user: User) -> None:
        people.close(user, actor=actor(), at=now(), now=real_now())

    about = _("ปิดใช้งานบัญชีของ %(name)s", name=_row_or_404(user_id).user.name)
    return _done(user_id, deed, _("ปิดใช้งานบัญชีแล้ว ผู้นี้เข้าสู่ระบบไม่ได้จนกว่าจะเปิดใช้งานอีกครั้ง"), about)


@bp.post("/<int:user_id>/reopening")
@requires(Permission.PEOPLE_WRITE)
def reopen(user_id: int) -> tuple[str, int] | Response:
    about = _("เปิดใช้งานบัญชีของ %(name)s อีกครั้ง", name=_row_or_404(user_id).user.name)
    return _done(user_id, lambda user: people.reopen(user, actor=actor(), at=now()), _("เปิดใช้งานบัญชีอีกครั้งแล้ว"), about)


def _bring_in(form: NewPersonForm) -> str:
    user = bring_in(
        actor().agency,
        email=form.email.data or "",
        name=form.name.data or "",
        post=form.post(_unit_chosen(form), _named_seat_chosen(form), today()),
        actor=actor(),
        at=now(),
        now=real_now(),
    )
    return url_for(".show", user_id=user.id)


def _correct(user_id: int, form: PersonForm) -> str:
    user, name, email = _row_or_404(user_id).user, form.name.data or "", form.email.data or ""
    people.correct(user, name=name, email=email, actor=actor(), at=now(), now=real_now())
    return url_for(".show", user_id=user_id)


def _once_its_mails_were_seen(user_id: int) -> Callable[[Callable[[], str]], str]:
    about = _("เพิ่มตำแหน่งของ %(name)s", name=_row_or_404(user_id).user.name)
    return lambda deed: once_seen(deed, about, always=False)


def _appoint(user_id: int, form: PostForm) -> str:
    post = form.post(_unit_chosen(form), _named_seat_chosen(form), today())
    appoint(_row_or_404(user_id).user, post, actor=actor(), at=now())
    return url_for(".show", user_id=user_id)


def _unit_chosen(form: PostForm) -> Unit | None:
    """The unit that was chosen, if any; raises Invalid for one that is not there any more."""
    text = form.unit.data or ""
    if not text:
        return None
    unit = unit_of(actor(), chosen_id(text))
    if unit is None:
        raise Invalid("unit_of_another_agency", field="unit")
    return unit


def _named_seat_chosen(form: PostForm) -> NamedSeat | None:
    """The seat that the agency named and that was chosen, if any; raises Invalid for one that is gone."""
    if form.named_seat_id is None:
        return None
    seat = named_seat_of(actor(), form.named_seat_id)
    if seat is None:
        raise Invalid("named_seat_is_gone", field="held")
    return seat


def _done(
    user_id: int, deed: Callable[[User], None], said: str, about: str | None = None
) -> tuple[str, int] | Response:
    """Do it and show the person again, or say on the person's page what was refused.

    With ``about`` it says what is done that may move mails, which are shown before.
    """
    _row_or_404(user_id)
    if goes_back():
        return redirect(url_for(".show", user_id=user_id), code=303)

    def done() -> str:
        deed(_row_or_404(user_id).user)
        return url_for(".show", user_id=user_id)

    try:
        location = once_seen(done, about, always=False) if about else once(done)
    except Invalid as refusal:
        begin_reading()
        row = _row_or_404(user_id)
        form = PersonForm(formdata=None, obj=row.user)
        tell(form, refusal)
        return _page(row, form), 422
    flash(said, "success")
    return redirect(location, code=303)


def _page(row: PersonRow, form: PersonForm) -> str:
    may_move = people.may_move(row.user, actor(), now())
    if not may_move:
        form.email.render_kw = {**form.email.render_kw, "readonly": True}
    return render_template(
        "people/show.html",
        row=row,
        user=row.user,
        form=form,
        tasks=open_tasks_of(row.user),
        may_change=people.may_touch(row.user, actor(), now()),
        may_take=[post for post in (*Role, *Seat) if may_appoint(actor().posts_on(today()), post)],
        shift=now() - real_now(),
        may_change_email=may_move,
    )


def _new_page(form: NewPersonForm) -> str:
    _offer(form, None)
    return render_template("people/new.html", form=form)


def _post_page(user: User, form: PostForm) -> str:
    _offer(form, user)
    return render_template("people/post.html", form=form, user=user)


def _offer(form: PostForm, user: User | None) -> None:
    agency_id = actor().agency_id
    form.offer(_posts_for(user), named_seats_of(agency_id), units_by_division(agency_id))


def _posts_for(user: User | None) -> list[Role | Seat]:
    return [post for post in (*Role, *Seat) if may_give(user, post, actor(), today())]


def _row_or_404(user_id: int) -> PersonRow:
    row = person_row(actor(), user_id, today())
    if row is None:
        abort(404)
    return row
