"""The ledger of reminders: every scheduled mail, and why somebody got one or none."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Response, abort, render_template, request
from flask_babel import gettext as _

from ita_flow.documents.reminder_csv import csv_of
from ita_flow.domain.clock import real_now
from ita_flow.domain.permissions import Permission
from ita_flow.domain.refusals import Invalid
from ita_flow.domain.reminder_ledger import LedgerState
from ita_flow.mail.letters import letter_of
from ita_flow.mail.sender import BadAddress
from ita_flow.models.outbox import OutboxMessage
from ita_flow.models.people import User
from ita_flow.models.tasks import Task
from ita_flow.queries.mail import WAITING
from ita_flow.queries.operations import Trouble, signs_of_life
from ita_flow.queries.reminder_answers import ReminderAnswer, answer, people_to_ask_about, tasks_to_ask_about
from ita_flow.queries.reminder_ledger import ledger, mail_of, page_of
from ita_flow.queries.reminder_rows import LedgerRow
from ita_flow.web.access import actor, now, requires, today
from ita_flow.web.downloads import csv_to_take
from ita_flow.web.forms import tell
from ita_flow.web.forms.reminder_answers import WhyForm
from ita_flow.web.framed_mails import framed
from ita_flow.web.health import troubles
from ita_flow.web.reminder_filter import AskedLedger, read_filter
from ita_flow.web.reminder_remedies import remedies_of
from ita_flow.wording.reminder_answers import told_sentence, verdict_sentence
from ita_flow.wording.reminder_ledger import reason_of_line

bp = Blueprint("reminder_ledger", __name__, url_prefix="/admin/reminders/ledger")


@bp.get("")
@requires(Permission.REMINDER_READ)
def index() -> str:
    people, tasks = _choices()
    asked = _asked(people, tasks)
    return render_template(
        "reminder_ledger/index.html",
        asked=asked,
        page=page_of(_rows(asked)[::-1], asked.page),
        form=_why_form(people, tasks, asked),
        people=people,
        tasks=tasks,
        states=LedgerState,
    )


@bp.get("/export.csv")
@requires(Permission.REMINDER_READ)
def export() -> Response:
    day, content = today().isoformat(), csv_of(_rows(_asked(*_choices())))
    return csv_to_take(content, f"reminders {day}.csv", _("อีเมลแจ้งเตือน %(day)s.csv", day=day))


@bp.get("/why")
@requires(Permission.REMINDER_READ)
def why() -> str | tuple[str, int]:
    form = WhyForm(request.args)
    form.offer(*_choices())
    try:
        found = _answered(form) if form.validate() else None
    except Invalid as refusal:
        found = None
        tell(form, refusal)
    page = render_template("reminder_ledger/why.html", form=form, found=found, **_in_words(found))
    return page if found else (page, 422)


@bp.get("/mails/<int:message_id>")
@requires(Permission.REMINDER_READ)
def mail(message_id: int) -> str:
    kept, text, _html = _read(message_id)
    return render_template("reminder_ledger/mail.html", mail=kept, text=text, waits=kept.state in WAITING)


@bp.get("/mails/<int:message_id>/frame")
@requires(Permission.REMINDER_READ)
def frame(message_id: int) -> Response:
    _kept, _text, html = _read(message_id)
    return framed(html) if html else abort(404)


def _choices() -> tuple[Sequence[User], Sequence[Task]]:
    return people_to_ask_about(actor().agency), tasks_to_ask_about(actor().agency)


def _asked(people: Sequence[User], tasks: Sequence[Task]) -> AskedLedger:
    return read_filter(request.args, today(), [person.id for person in people], [task.id for task in tasks])


def _rows(asked: AskedLedger) -> list[LedgerRow]:
    """What the filter lets through, the earliest day first."""
    rows = ledger(actor().agency, asked.first_day, asked.last_day, today())
    return [row for row in rows if asked.lets_through(row)]


def _why_form(people: Sequence[User], tasks: Sequence[Task], asked: AskedLedger) -> WhyForm:
    """The question, begun with whom and what the list is narrowed to."""
    form = WhyForm(None, data={"person": str(asked.person or ""), "task": str(asked.task or "")})
    form.offer(people, tasks)
    form.begin_with(today())
    return form


def _answered(form: WhyForm) -> ReminderAnswer:
    is_silent = Trouble.TIMETABLE in troubles(signs_of_life())
    return answer(form.question(today()), now(), is_silent=is_silent)


def _in_words(found: ReminderAnswer | None) -> dict[str, object]:
    """The short answer, what the mail said, and what explains it."""
    if found is None:
        return {}
    asked, row = found.question, found.row
    lines = [reason_of_line(line, row) for line in found.lines] if row else []
    return {
        "verdict": verdict_sentence(found.verdict, asked.person.name, asked.task.measure.title if asked.task else ""),
        "reasons": list(dict.fromkeys(lines)),
        "remedies": remedies_of(found),
        "facts": [told_sentence(told) for told in found.facts],
    }


def _read(message_id: int) -> tuple[OutboxMessage, str, str]:
    """A scheduled mail with its text and HTML: as it went out, or as it would now; empty where it says nothing."""
    kept = mail_of(actor().agency_id, message_id)
    if kept is None:
        abort(404)
    if kept.state not in WAITING:
        return kept, kept.text or "", kept.html or ""
    try:
        letter = letter_of(kept.id, real_now())
    except BadAddress:
        letter = None
    return kept, letter.message.text if letter else "", letter.message.html if letter else ""
