"""``ita-flow mail deliver`` and ``ita-flow worker``: sending what the outbox holds, by hand or all day."""

from __future__ import annotations

from collections.abc import Iterator

import click
from flask import current_app
from flask.cli import AppGroup
from flask_babel import gettext as _

from ita_flow import jobs
from ita_flow.cli.talk import as_json, emit, needs_database, say_no
from ita_flow.config import settings
from ita_flow.database import reading
from ita_flow.domain.clock import real_now
from ita_flow.domain.refusals import Refusal
from ita_flow.extensions import clock
from ita_flow.mail.carriers import carrier_of
from ita_flow.mail.delivery import Delivery, deliver
from ita_flow.mail.outbox import waiting_count
from ita_flow.wording import sentence_of

group = AppGroup("mail", help="อีเมลในกล่องขาออก")


def add_commands(main: AppGroup) -> None:
    main.add_command(group)
    main.add_command(worker)


@group.command("deliver", help="ส่งอีเมลที่ถึงเวลาในกล่องขาออก")
@as_json
@needs_database
def deliver_due(as_json: bool) -> int:
    delivery = send_what_is_due()
    waiting = count_waiting()
    trouble = trouble_of(delivery, waiting)
    emit(as_json, delivery_payload(delivery, waiting, trouble), delivery_lines(delivery, waiting))
    if trouble:
        say_no(trouble)
    return int(trouble is not None)


@click.command("worker", help="ทำงานเบื้องหลัง: เตือนตามกำหนดและส่งอีเมล จนกว่าจะสั่งหยุด")
@as_json
@needs_database
def worker(as_json: bool) -> None:
    if carrier_of(settings()) is None:
        say_no(trouble_of(None, count_waiting()) or "")
    emit(as_json, {"started": True}, [_("เริ่มทำงานเบื้องหลังแล้ว หยุดด้วย Ctrl+C")])
    jobs.run_until_told_to_stop(current_app._get_current_object())  # type: ignore[attr-defined]


def send_what_is_due() -> Delivery | None:
    """Deliver by the way this installation sends mail; None when it has none."""
    carrier = carrier_of(settings())
    return deliver(carrier, real_now, clock.now, a_minute=settings().mails_per_minute) if carrier else None


def count_waiting() -> int:
    with reading():
        return waiting_count()


def trouble_of(delivery: Delivery | None, waiting: int) -> str | None:
    """Why mails wait, and what to do; None when there is no trouble."""
    if delivery is None:
        return sentence_of(Refusal("smtp_not_set", waiting=waiting))
    if delivery.trouble:
        return sentence_of(Refusal("smtp_unreachable", error=delivery.trouble, waiting=waiting))
    return None


def delivery_payload(delivery: Delivery | None, waiting: int, trouble: str | None) -> dict[str, object]:
    done = delivery or Delivery()
    return {
        "sent": done.sent,
        "dropped": done.dropped,
        "delayed": done.delayed,
        "dead": done.dead,
        "waiting": waiting,
        "trouble": trouble,
    }


def delivery_lines(delivery: Delivery | None, waiting: int) -> Iterator[str]:
    done = delivery or Delivery()
    yield _("ส่งอีเมลแล้ว %(sent)s ฉบับ รอส่ง %(waiting)s ฉบับ", sent=done.sent, waiting=waiting)
    if done.dropped:
        yield _("ไม่ต้องส่ง %(count)s ฉบับ เพราะเรื่องในอีเมลไม่เป็นปัจจุบันแล้ว", count=done.dropped)
    if done.dead:
        yield _("ส่งไม่ได้ %(count)s ฉบับ เซิร์ฟเวอร์อีเมลปลายทางไม่รับ ตรวจที่อยู่อีเมลของผู้รับ", count=done.dead)
