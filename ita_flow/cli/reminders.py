"""``ita-flow remind``: promising the reminders of a day or a span, or showing what would go out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import click
from flask.cli import AppGroup
from flask_babel import gettext as _

from ita_flow.cli.mail import count_waiting, delivery_lines, delivery_payload, send_what_is_due, trouble_of
from ita_flow.cli.talk import agency_option, as_json, emit, needs_database, say_no, the_agency
from ita_flow.cli.years import DAY
from ita_flow.database import reading, transaction
from ita_flow.domain.calendar import is_working_day
from ita_flow.domain.clock import real_now
from ita_flow.domain.refusals import Invalid
from ita_flow.domain.reminder_ledger import FIRST_DAY, LAST_DAY, LONGEST_SPAN, LedgerState
from ita_flow.extensions import clock
from ita_flow.i18n import NO_BREAK, weekday_date
from ita_flow.mail.delivery import Delivery
from ita_flow.models.people import Agency
from ita_flow.queries.free_days import free_days_of
from ita_flow.queries.reminder_ledger import ledger
from ita_flow.queries.reminder_rows import LedgerLine, LedgerRow
from ita_flow.wording.labels import label_of
from ita_flow.wording.reminder_ledger import hindrance_of, reason_of, reason_of_line
from ita_flow.workflow.audit import COMMAND_LINE
from ita_flow.workflow.reminders import Promised, plan_reminders


def add_commands(main: AppGroup) -> None:
    main.add_command(remind)


@click.command("remind", help="เตือนผู้รับผิดชอบมาตรการที่ใกล้ครบหรือเกินกำหนด และส่งอีเมลทันที")
@click.option("--today", type=DAY, metavar="DATE", help="ถือว่าวันนี้เป็นวันที่นี้ (พ.ศ. หรือ ค.ศ.)")
@click.option("--from", "first_day", type=DAY, metavar="DATE", help="ตั้งแต่วันที่ ใช้คู่กับ --to")
@click.option("--to", "last_day", type=DAY, metavar="DATE", help="ถึงวันที่ ใช้คู่กับ --from")
@click.option("--dry-run", "is_rehearsal", is_flag=True, help="แสดงอีเมลที่ส่งแล้วและที่จะส่ง โดยไม่บันทึกและไม่ส่ง")
@agency_option
@as_json
@needs_database
def remind(
    today: date | None,
    first_day: date | None,
    last_day: date | None,
    is_rehearsal: bool,
    agency_code: str | None,
    as_json: bool,
) -> None:
    days = _days(today, first_day, last_day)
    agency = the_agency(agency_code)
    if is_rehearsal:
        _rehearse(agency, days, today or clock.today(), as_json)
    else:
        _remind(agency, days, as_json)


def _days(today: date | None, first_day: date | None, last_day: date | None) -> Sequence[date]:
    """The one day or the span that was asked for, day by day."""
    if (first_day is None) != (last_day is None) or (today and first_day):
        raise click.UsageError(_("ระบุ --today อย่างเดียว หรือระบุ --from คู่กับ --to"))
    first = first_day or today or clock.today()
    count = ((last_day or first) - first).days + 1
    if count < 1:
        raise click.UsageError(_("--to ต้องไม่อยู่ก่อน --from"))
    if count > LONGEST_SPAN:
        raise Invalid("span_too_long", days=count, most=LONGEST_SPAN)
    if not FIRST_DAY <= first <= (last_day or first) <= LAST_DAY:
        raise click.UsageError(_("ระบุวันที่ตั้งแต่ %(first)s ถึง %(last)s", first=FIRST_DAY, last=LAST_DAY))
    return [first + timedelta(days=number) for number in range(count)]


def _rehearse(agency: Agency, days: Sequence[date], today: date, as_json: bool) -> None:
    with reading():
        rows = ledger(agency, days[0], days[-1], today, is_rehearsal=True)
        emit(as_json, [_payload_of(row) for row in rows], _rehearsal_lines(rows))


def _payload_of(row: LedgerRow) -> dict[str, object]:
    return {
        "send_on": row.send_on.isoformat(),
        "recipient": row.address,
        "sections": [{"kind": line.section.value, "task": line.task.id if line.task else None} for line in row.lines],
        "state": row.state.value,
        "reason": _plain(reason_of(row)),
    }


def _rehearsal_lines(rows: Sequence[LedgerRow]) -> Iterator[str]:
    for row in rows:
        state = "" if row.state is LedgerState.PLANNED else f" [{label_of(row.state)}]"
        yield _plain(f"{weekday_date(row.send_on)} {row.recipient.name} <{row.address}>{state}")
        for line in row.lines:
            yield f"  {_about(line)}{_plain(reason_of_line(line, row))}"
        if row.hindrance:
            yield f"  {_plain(hindrance_of(row))}"
    planned = sum(row.state is LedgerState.PLANNED for row in rows)
    yield _("จะส่งอีเมล %(count)s ฉบับ ยังไม่มีการบันทึกหรือส่งใด ๆ", count=planned)


def _about(line: LedgerLine) -> str:
    if line.task is None:
        return ""
    due = _plain(_("ครบกำหนด %(day)s", day=weekday_date(line.task.due_on)))
    return f"{line.about} · {due} · "


def _remind(agency: Agency, days: Sequence[date], as_json: bool) -> None:
    promised = Promised()
    delivery: Delivery | None = None
    for day in days:
        with transaction():
            promised += plan_reminders(agency, day, clock.now(), real_now(), via=COMMAND_LINE)
        sent = send_what_is_due()
        delivery = delivery + sent if delivery and sent else sent
    waiting = count_waiting()
    trouble = trouble_of(delivery, waiting)
    payload = {
        "from": days[0].isoformat(),
        "to": days[-1].isoformat(),
        "queued": promised.messages,
        "reminders": promised.reminders,
        **delivery_payload(delivery, waiting, trouble),
    }
    emit(as_json, payload, [*_promise_lines(agency, days, promised), *delivery_lines(delivery, waiting)])
    if trouble and waiting:
        say_no(trouble)


def _promise_lines(agency: Agency, days: Sequence[date], promised: Promised) -> Iterator[str]:
    if len(days) == 1 and not is_working_day(days[0], free_days_of(agency)):
        day = _plain(weekday_date(days[0]))
        yield _("%(day)s เป็นวันหยุด ไม่มีการเตือน เรื่องที่ถึงวันเตือนจะส่งในวันทำการถัดไป", day=day)
    yield _("เตือน %(reminders)s เรื่อง ในอีเมล %(messages)s ฉบับ", **vars(promised))


def _plain(text: str) -> str:
    return text.replace(NO_BREAK, " ")
