"""What the mails about events say, compared with texts that were read and agreed to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import pytest

from ita_flow.domain.approval_chains import ActingScope, ChainSeat, Verb
from ita_flow.domain.approvals import DecisionKind
from ita_flow.domain.calendar import bangkok_moment
from ita_flow.domain.notices import NoticeKind
from ita_flow.domain.permissions import ActingKind, Role, Seat
from ita_flow.domain.states import WorkStatus
from ita_flow.domain.units import UnitKind
from ita_flow.mail.event_message import event
from ita_flow.mail.rendering import Message
from ita_flow.models.approval_chains import ActingOrder
from ita_flow.models.people import Agency, Membership, Unit, User
from ita_flow.models.plans import Measure
from ita_flow.models.progress_reports import Decision, ProgressReport, ReportVersion
from ita_flow.models.tasks import Task
from ita_flow.queries.notice_mails import News, in_order
from ita_flow.wording.notices import cut_short
from tests.letterbox import let_break
from tests.snapshot import Snapshot

FRIDAY = date(2024, 3, 15)
HALF_YEAR, YEAR_END = date(2024, 3, 31), date(2024, 9, 30)
MORNING, EVENING = bangkok_moment(FRIDAY, 10, 20), bangkok_moment(FRIDAY, 16, 42)
LONG_TITLE = "ช่องทางการร้องเรียนการทุจริตที่ปลอดภัยภายในหน่วยงาน"

AGENCY = Agency(name="องค์การบริหารส่วนจังหวัดตัวอย่าง", short_name="อบจ.ตัวอย่าง")
DIVISION = Unit(id=1, name="กองยุทธศาสตร์และงบประมาณ", kind=UnitKind.DIVISION)
SECTION = Unit(id=2, name="ฝ่ายประชาสัมพันธ์", kind=UnitKind.SECTION, parent=DIVISION)


def a_person(name: str, *posts: Membership) -> User:
    return User(name=name, agency=AGENCY, memberships=list(posts))


def a_post(
    title: str, seat: Seat | None = None, unit: Unit | None = None, acting: ActingKind | None = None
) -> Membership:
    role = Role.OFFICER if seat is None else None
    place = unit.id if unit else None
    first = date(2023, 10, 1)
    return Membership(post=title, role=role, seat=seat, unit=unit, unit_id=place, acting=acting, starts_on=first)


@pytest.fixture
def officer() -> User:
    return a_person("สมหญิง ใจดี", a_post("นักประชาสัมพันธ์ชำนาญการ", unit=SECTION))


@pytest.fixture
def head() -> User:
    return a_person("มานะ ตั้งใจ", a_post("หัวหน้าฝ่ายประชาสัมพันธ์", Seat.SECTION_HEAD, SECTION))


@pytest.fixture
def director() -> User:
    return a_person("วิชัย พัฒนา", a_post("ผู้อำนวยการกองยุทธศาสตร์และงบประมาณ", Seat.DIRECTOR, DIVISION))


@pytest.fixture
def coordinator() -> User:
    return a_person("อรุณี แก้วใส")


def a_task(title: str, *officers: User, due_on: date = HALF_YEAR, number: int = 3) -> Task:
    measure = Measure(title=title, number=number)
    units = {"division": DIVISION, "division_id": DIVISION.id, "section": SECTION, "section_id": SECTION.id}
    return Task(id=number, measure=measure, due_on=due_on, officers=list(officers), **units)


def a_version(task: Task, author: User, claim: WorkStatus = WorkStatus.DONE, percent: int = 100) -> ReportVersion:
    report = ProgressReport(task=task, authors=[author], version=1)
    chain = [ChainSeat(Seat.SECTION_HEAD, title="หัวหน้าฝ่ายประชาสัมพันธ์"), ChainSeat(Seat.DIRECTOR, title="ผู้อำนวยการกอง")]
    return ReportVersion(
        report=report,
        version=1,
        claimed_status=claim,
        percent=percent,
        chain=[seat.kept() for seat in chain],
        submitted_by=author,
        submitted_at=MORNING,
    )


def decided(
    version: ReportVersion,
    kind: DecisionKind,
    comment: str = "",
    verb: Verb = Verb.ENDORSE,
    order: ActingOrder | None = None,
    at: datetime = EVENING,
) -> ReportVersion:
    Decision(
        report_version=version,
        seat=Seat.SECTION_HEAD,
        seat_title="หัวหน้าฝ่ายประชาสัมพันธ์",
        verb=verb,
        seat_number=1,
        round=1,
        kind=kind,
        comment=comment,
        own_post="หัวหน้าฝ่ายตรวจติดตามและประเมินผล",
        acting_order=order,
        decided_at=at,
    )
    return version


def an_order(acting: User, holder: User | None, kind: ActingKind = ActingKind.ACTING, **more: object) -> ActingOrder:
    post = a_post("", Seat.DIRECTOR, DIVISION, kind)
    post.user, post.starts_on, post.ends_on = acting, date(2024, 3, 18), date(2024, 3, 22)
    return ActingOrder(id=1, membership=post, holder=holder, order_no="118/2567", **({"scope": ActingScope.ALL} | more))


def read(reader: User, news: Sequence[News], coordinator: User | None = None, *, has_calendar: bool = False) -> Message:
    return event(reader, in_order(news), FRIDAY, coordinator, has_calendar=has_calendar)


def returned(reader: User, title: str = "นโยบายการขัดกันฯ", **more: object) -> News:
    task = a_task(title, reader, **more)  # type: ignore[arg-type]
    version = decided(a_version(task, reader), DecisionKind.RETURN, "ขอแนบประกาศฉบับลงนาม และระบุวันที่ประกาศ")
    return News(NoticeKind.RETURNED, reader, task, version)


def assigned(reader: User, title: str, *officers: User, **more: object) -> News:
    return News(NoticeKind.ASSIGNED, reader, a_task(title, *(officers or (reader,)), **more))  # type: ignore[arg-type]


def approved(
    reader: User, title: str, number: int = 3, claim: WorkStatus = WorkStatus.DONE, percent: int = 100
) -> News:
    task = a_task(title, reader, number=number)
    version = decided(a_version(task, reader, claim, percent), DecisionKind.APPROVE, verb=Verb.APPROVE)
    return News(NoticeKind.APPROVED, reader, task, version)


def awaiting(reader: User, author: User) -> News:
    task = a_task("พัฒนาระบบบริการออนไลน์", author, due_on=date(2024, 3, 18))
    version = decided(a_version(task, author), DecisionKind.APPROVE)
    return News(NoticeKind.AWAITING_SOON, reader, task, version)


pytestmark = pytest.mark.usefixtures("app_alone")


def accept(snapshot: Snapshot, name: str, message: Message) -> None:
    snapshot(f"event_{name}.txt", f"{message.subject}\n\n{message.text}")


def test_a_returned_report(snapshot: Snapshot, officer: User, coordinator: User) -> None:
    accept(snapshot, "returned", read(officer, [returned(officer)], coordinator))


def test_a_report_returned_by_whoever_acts(snapshot: Snapshot, officer: User, head: User, coordinator: User) -> None:
    acting = a_post("หัวหน้าฝ่ายประชาสัมพันธ์", Seat.SECTION_HEAD, SECTION, ActingKind.ACTING)
    order = ActingOrder(membership=acting, holder=head, order_no="104/2567", scope=ActingScope.ALL)
    task = a_task(LONG_TITLE, officer)
    version = decided(a_version(task, officer), DecisionKind.RETURN, "1. ขอภาพถ่าย\n2. ระบุวันที่ประชุม", order=order)

    message = read(officer, [News(NoticeKind.RETURNED, officer, task, version)], coordinator)

    accept(snapshot, "returned_by_acting", message)


def test_several_returned_reports(snapshot: Snapshot, officer: User, coordinator: User) -> None:
    news = [returned(officer, due_on=YEAR_END), returned(officer, "พัฒนาระบบบริการออนไลน์", number=2)]

    accept(snapshot, "returned_several", read(officer, news, coordinator))


def test_a_task_for_an_officer(snapshot: Snapshot, officer: User, coordinator: User) -> None:
    news = [assigned(officer, "พัฒนาระบบบริการออนไลน์")]

    accept(snapshot, "assigned", read(officer, news, coordinator, has_calendar=True))


def test_tasks_of_different_dates(snapshot: Snapshot, officer: User, coordinator: User) -> None:
    news = [assigned(officer, "พัฒนาระบบบริการออนไลน์"), assigned(officer, LONG_TITLE, due_on=YEAR_END, number=7)]

    accept(snapshot, "assigned_several", read(officer, news, coordinator, has_calendar=True))


def test_a_task_for_the_section_of_a_head(snapshot: Snapshot, officer: User, head: User, coordinator: User) -> None:
    accept(snapshot, "assigned_head", read(head, [assigned(head, "พัฒนาระบบบริการออนไลน์", officer)], coordinator))


def test_a_report_that_is_due_soon_waits(snapshot: Snapshot, officer: User, director: User, coordinator: User) -> None:
    accept(snapshot, "awaiting", read(director, [awaiting(director, officer)], coordinator))


def test_whoever_begins_to_act(snapshot: Snapshot, head: User, director: User, coordinator: User) -> None:
    news = [News(NoticeKind.ACTING_STARTS, head, order=an_order(head, director, division=DIVISION))]

    accept(snapshot, "acting_starts", read(head, news, coordinator))


def test_whose_seat_somebody_begins_to_act_in(
    snapshot: Snapshot, head: User, director: User, coordinator: User
) -> None:
    order = an_order(head, director, ActingKind.DELEGATED, scope=ActingScope.PROGRESS)

    message = read(director, [News(NoticeKind.ACTING_STARTS, director, order=order)], coordinator)

    accept(snapshot, "acting_starts_holder", message)


def test_whoever_acts_no_more(snapshot: Snapshot, head: User, director: User, coordinator: User) -> None:
    news = [News(NoticeKind.ACTING_ENDS, head, order=an_order(head, director))]

    accept(snapshot, "acting_ends", read(head, news, coordinator))


def test_whose_seat_nobody_acts_in_any_more(snapshot: Snapshot, head: User, director: User, coordinator: User) -> None:
    news = [News(NoticeKind.ACTING_ENDS, director, order=an_order(head, director))]

    accept(snapshot, "acting_ends_holder", read(director, news, coordinator))


def test_an_approved_report(snapshot: Snapshot, officer: User, coordinator: User) -> None:
    accept(snapshot, "approved", read(officer, [approved(officer, "พัฒนาระบบบริการออนไลน์")], coordinator))


def test_several_approved_reports(snapshot: Snapshot, officer: User, coordinator: User) -> None:
    news = [approved(officer, "พัฒนาระบบบริการออนไลน์"), approved(officer, LONG_TITLE, 7, WorkStatus.IN_PROGRESS, 50)]

    accept(snapshot, "approved_several", read(officer, news, coordinator))


@pytest.fixture
def everything(officer: User, coordinator: User) -> Message:
    news = [
        approved(officer, "ขับเคลื่อน <จริยธรรม> & คุณธรรม", 6),
        assigned(officer, "พัฒนาระบบบริการออนไลน์", number=2),
        returned(officer, due_on=YEAR_END, number=5),
    ]
    return read(officer, news, coordinator, has_calendar=True)


def test_several_kinds_in_one_mail(snapshot: Snapshot, everything: Message) -> None:
    accept(snapshot, "of_several_kinds", everything)


def test_the_page_of_the_mail(snapshot: Snapshot, everything: Message) -> None:
    snapshot("event_of_several_kinds.html.txt", everything.html)


def test_the_most_urgent_names_the_subject_and_the_button(everything: Message) -> None:
    assert everything.subject.startswith("[ITA] ส่งกลับแก้ไข: ")
    assert everything.html.count("display:inline-block;background:#0A5566") == 1


def test_titles_and_comments_are_escaped_on_the_page_only(everything: Message) -> None:
    assert "ขับเคลื่อน <จริยธรรม> & คุณธรรม" in everything.text
    assert "ขับเคลื่อน &lt;จริยธรรม&gt; &amp; คุณธรรม" in let_break(everything.html)


def test_a_subject_stays_short(officer: User) -> None:
    subject = read(officer, [returned(officer, LONG_TITLE)]).subject

    assert len(subject) <= 45 + len("[ITA] ")


@pytest.mark.parametrize(
    ("text", "most", "cut"),
    [("มาตรการ", 7, "มาตรการ"), ("มาตรการที่", 9, "มาตรการ…"), ("ที่เรื่อง", 7, "ที่…"), ("กขค", 2, "ก…")],
)
def test_a_title_that_is_cut_loses_no_mark(text: str, most: int, cut: str) -> None:
    assert cut_short(text, most) == cut
