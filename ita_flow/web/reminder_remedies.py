"""Where one goes to mend what kept a mail from somebody, as far as the one who asks may go there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from ita_flow.domain.reminder_answers import Fact, Verdict
from ita_flow.queries.reminder_answers import ReminderAnswer
from ita_flow.web.frame import Frame


def remedies_of(found: ReminderAnswer) -> dict[str, str]:
    """Addresses by the words of their links."""
    frame = Frame()
    return {words: url_for(endpoint, **at) for endpoint, at, words in _remedies(found) if frame.opens(endpoint)}


def _remedies(found: ReminderAnswer) -> Iterator[tuple[str, dict[str, Any], str]]:
    person, task = found.question.person, found.question.task
    facts = {told.fact for told in found.facts}
    if found.verdict is Verdict.FAILED:
        yield "people.show", {"user_id": person.id}, _("แก้ไขอีเมลของผู้รับ")
        yield "mail.index", {}, _("ส่งอีกครั้งที่หน้า “อีเมล”")
    if facts & {Fact.CLOSED, Fact.NO_POST}:
        yield "people.show", {"user_id": person.id}, _("เปิดข้อมูลของผู้นี้")
    if task and facts & {Fact.NOT_THEIRS, Fact.NOBODY_ASSIGNED}:
        yield "assignments.index", {"year": task.measure.plan.year}, _("มอบหมายเจ้าหน้าที่")
    if Fact.HOLIDAY in facts:
        yield "holidays.index", {}, _("แก้ไขวันหยุด")
    if Fact.RULE_OFF in facts:
        yield "reminder_rules.index", {}, _("เปิดการแจ้งเตือน")
