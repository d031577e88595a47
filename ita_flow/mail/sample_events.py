"""The samples of the mail that tells what has happened, by what it may tell."""

from __future__ import annotations

from flask_babel import gettext as _

from ita_flow.domain.approvals import DecisionKind
from ita_flow.domain.notices import NoticeKind
from ita_flow.domain.states import WorkStatus
from ita_flow.mail.event_message import event
from ita_flow.mail.rendering import Message
from ita_flow.mail.sample_proposals import answered, plan_proposed, wish_for_later
from ita_flow.mail.sample_rows import ETHICS, GIFTS, MANUAL, ONLINE, SampleOffice
from ita_flow.queries.notice_mails import News


def assigned(office: SampleOffice) -> Message:
    news = [News(NoticeKind.ASSIGNED, office.officer, office.task(1, ONLINE, 120))]
    return event(office.officer, news, office.today, office.coordinator, has_calendar=True)


def returned(office: SampleOffice) -> Message:
    task = office.task(1, GIFTS, 20)
    version = office.decided(task, DecisionKind.RETURN, _("ขอแนบประกาศฉบับลงนาม และระบุวันที่ประกาศ"))
    return event(
        office.officer, [News(NoticeKind.RETURNED, office.officer, task, version)], office.today, office.coordinator
    )


def approved(office: SampleOffice) -> Message:
    tasks = office.task(1, GIFTS, 20, is_done=True), office.task(2, ETHICS, 20, is_done=True)
    news = [
        News(NoticeKind.APPROVED, office.officer, task, office.decided(task, DecisionKind.APPROVE)) for task in tasks
    ]
    return event(office.officer, news, office.today, office.coordinator)


def acting(office: SampleOffice) -> Message:
    news = [News(NoticeKind.ACTING_STARTS, office.head, order=office.order)]
    return event(office.head, news, office.today, office.coordinator)


def asked_for_later(office: SampleOffice) -> Message:
    wish = wish_for_later(office, office.task(1, ONLINE, 12))
    news = [News(NoticeKind.PROPOSED, office.director, wish.task, proposal=wish)]
    return event(office.director, news, office.today, office.coordinator)


def extended(office: SampleOffice) -> Message:
    task = office.task(1, ONLINE, 12)
    wish = answered(office, wish_for_later(office, task), DecisionKind.APPROVE)
    assert wish.due_on
    task.due_on = wish.due_on
    news = [News(NoticeKind.EXTENDED, office.officer, task, proposal=wish)]
    return event(office.officer, news, office.today, office.coordinator, has_calendar=True)


def cancelled(office: SampleOffice) -> Message:
    task = office.task(2, MANUAL, 60)
    task.work_status = WorkStatus.CANCELLED
    reason = _("จังหวัดเปิดใช้คู่มือกลางแล้ว จึงไม่ต้องจัดทำแยก")
    news = [News(NoticeKind.CANCELLED, office.officer, task, reason=reason)]
    return event(office.officer, news, office.today, office.coordinator)


def reopened(office: SampleOffice) -> Message:
    reason = _("ประกาศที่เผยแพร่ขาดลายมือชื่อผู้บริหาร ขอให้จัดทำใหม่")
    news = [News(NoticeKind.REOPENED, office.officer, office.task(1, GIFTS, 45), reason=reason)]
    return event(office.officer, news, office.today, office.coordinator, has_calendar=True)


def proposed(office: SampleOffice) -> Message:
    news = [News(NoticeKind.PROPOSED, office.executive, proposal=plan_proposed(office))]
    return event(office.executive, news, office.today, office.coordinator)


def not_accepted(office: SampleOffice) -> Message:
    comment = _("มาตรการด้านการใช้งบประมาณยังไม่ระบุผู้รับผิดชอบ ขอให้เพิ่มเติมก่อนเสนออีกครั้ง")
    proposal = answered(office, plan_proposed(office), DecisionKind.RETURN, comment)
    news = [News(NoticeKind.NOT_ACCEPTED, office.coordinator, proposal=proposal)]
    return event(office.coordinator, news, office.today, office.coordinator)


def in_force(office: SampleOffice) -> Message:
    proposal = answered(office, plan_proposed(office), DecisionKind.APPROVE)
    news = [News(NoticeKind.IN_FORCE, office.coordinator, proposal=proposal)]
    return event(office.coordinator, news, office.today, office.coordinator)
