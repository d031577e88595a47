"""Building the demo through the same deeds that people do, at the times of its story."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from flask_babel import gettext as _

from ita_flow.config import settings
from ita_flow.database import reading, transaction
from ita_flow.demo import people
from ita_flow.demo.papers import paper
from ita_flow.demo.people import ADMINISTRATOR, CHAIN, DIVISION_WITH_ITS_OWN_CHAIN, OFFICERS_OF_MEASURES, PEOPLE, Person
from ita_flow.demo.story import (
    ASSIGNED_AT,
    ESTABLISHED_AT,
    EVENTS,
    REMINDED_AT,
    WINDOWS,
    Decided,
    Morning,
    Ordered,
    Written,
)
from ita_flow.domain.approvals import Seen
from ita_flow.domain.calendar import FiscalYear, bangkok_day
from ita_flow.domain.notices import GATHERING
from ita_flow.domain.permissions import ActingKind
from ita_flow.domain.progress import Claim
from ita_flow.domain.refusals import Invalid
from ita_flow.domain.units import UnitKind
from ita_flow.extensions import db, true_moment
from ita_flow.intake.reading import read_plan
from ita_flow.mail.carriers import carrier_of
from ita_flow.mail.delivery import deliver
from ita_flow.models.outbox import MessageKind, OutboxMessage
from ita_flow.models.people import Agency, Unit, User
from ita_flow.models.plans import Measure
from ita_flow.models.progress_reports import ProgressReport
from ita_flow.models.tasks import Task
from ita_flow.queries.acting_orders import ActedSeat
from ita_flow.queries.approval_chains import ChainScope
from ita_flow.workflow import acting_notices, agencies, approvals, evidence, progress_reports
from ita_flow.workflow.accounts import hash_password
from ita_flow.workflow.acting_orders import Order, enter
from ita_flow.workflow.approval_chains import NONE_YET, save_chain
from ita_flow.workflow.assessment_windows import set_windows
from ita_flow.workflow.audit import COMMAND_LINE
from ita_flow.workflow.people import hire
from ita_flow.workflow.plan_import import Document, import_plan
from ita_flow.workflow.reminders import plan_reminders
from ita_flow.workflow.tasks import assign

AGENCY = "องค์การบริหารส่วนจังหวัดตัวอย่าง"
PROVINCE = "ตัวอย่าง"
DOCUMENT = Path(__file__).with_name("plan_2567.txt")
YEAR = FiscalYear(2567)
Tell = Callable[[str], None]


def build(tell: Tell) -> None:
    """Make the demo unless it is there; tells each stage. Raises Invalid on a database with a real agency."""
    if is_built():
        return
    with transaction():
        agency = _establish(tell)
        _import(agency, tell)
        _hire_everybody(agency, tell)
        _settle_a_chain(agency)
        _announce_windows(agency)
        _assign_everything(tell)
    _deliver(ASSIGNED_AT + GATHERING)
    _tell_the_story(tell)
    tell(_("อีเมล"))
    _remind()


def is_built() -> bool:
    """Whether the demo is there. Raises Invalid on a database with a real agency, or with half a demo."""
    with reading():
        kinds = set(db.session.scalars(sa.select(Agency.is_demo)))
        reminded = sa.select(OutboxMessage.id).where(OutboxMessage.kind == MessageKind.REMINDER)
        is_finished = db.session.scalar(sa.select(sa.exists(reminded)))
    if False in kinds:
        raise Invalid("not_a_demo")
    if kinds and not is_finished:
        raise Invalid("demo_unfinished", folder=settings().instance)
    return bool(kinds)


def _establish(tell: Tell) -> Agency:
    tell(_("หน่วยงาน"))
    made = agencies.establish(
        AGENCY, ADMINISTRATOR.email, code="demo", is_demo=True, via=COMMAND_LINE, at=ESTABLISHED_AT
    )
    made.administrator.name = ADMINISTRATOR.name
    made.agency.province, made.agency.contact = PROVINCE, _("สำนักปลัด โทร. 0 2000 0000 ต่อ 12")
    db.session.flush()  # the import reads the agency anew
    return made.agency


def _import(agency: Agency, tell: Tell) -> None:
    tell(_("แผน 7 ประเด็น 7 มาตรการ"))
    reading = read_plan(DOCUMENT.read_bytes(), DOCUMENT.name, YEAR, agency.name)
    with DOCUMENT.open("rb") as stream:
        stored = evidence.store().put(stream, DOCUMENT.stat().st_size)
    document = Document(DOCUMENT.name, stored.sha256)
    import_plan(agency, reading, document, is_approved=True, actor=None, via=COMMAND_LINE, at=ESTABLISHED_AT)


def _hire_everybody(agency: Agency, tell: Tell) -> None:
    tell(_("บุคลากร"))
    password_hash = hash_password(people.PASSWORD)
    for person in PEOPLE:
        hire(
            agency,
            email=person.email,
            name=person.name,
            post=person.post,
            role=person.role,
            seat=person.seat,
            unit=_unit_of(person),
            on=YEAR.starts_on,
            at=ESTABLISHED_AT,
        )
    for user in db.session.scalars(sa.select(User).where(User.agency_id == agency.id)):
        user.password_hash = password_hash


def _settle_a_chain(agency: Agency) -> None:
    division = _division(DIVISION_WITH_ITS_OWN_CHAIN)
    save_chain(ChainScope(agency.id, division.id), CHAIN, NONE_YET, actor=_user("coordinator"), at=ASSIGNED_AT)


def _announce_windows(agency: Agency) -> None:
    set_windows(agency, YEAR.buddhist_year, WINDOWS, seen="", actor=_user("coordinator"), at=ASSIGNED_AT)


def _division(name: str) -> Unit:
    return db.session.scalars(sa.select(Unit).where(Unit.kind == UnitKind.DIVISION, Unit.name == name)).one()


def _unit_of(person: Person) -> Unit | None:
    if person.division is None:
        return None
    division = _division(person.division)
    if person.section is None:
        return division
    chosen = sa.select(Unit).where(Unit.parent_id == division.id, Unit.name == person.section)
    return db.session.scalars(chosen).one()


def _assign_everything(tell: Tell) -> None:
    tell(_("มอบหมาย"))
    for measure, account in OFFICERS_OF_MEASURES.items():
        assign(_task(measure), [_user(account)], actor=_user("coordinator"), at=ASSIGNED_AT)


def _tell_the_story(tell: Tell) -> None:
    tell(_("รายงาน"))
    for number, event in enumerate(EVENTS, 1):
        if isinstance(event, Written):
            _write(event, number)
        elif isinstance(event, Ordered):
            _order(event)
        elif isinstance(event, Morning):
            _tell_of_orders(event)
        else:
            _decide(event)
        _deliver(event.at + GATHERING)


def _tell_of_orders(event: Morning) -> None:
    with transaction():
        acting_notices.tell_of_the_day(_agency(), bangkok_day(event.at), event.at)


def _deliver(at: datetime) -> None:
    """Hand over what the mails said by then; in the demo they end in its outbox page."""
    carrier = carrier_of(settings())
    if carrier:
        deliver(carrier, lambda: true_moment(at), lambda: at)


def _write(event: Written, number: int) -> None:
    files = [evidence.receive(paper(name, 10 * number + place), name) for place, name in enumerate(event.files)]
    with transaction():
        actor = _user(event.by)
        report = progress_reports.open_report(_task(event.measure), actor, event.at)
        claim = Claim(status=event.claim, text=event.text, done_steps=event.steps)
        progress_reports.save(report, claim, actor=actor, at=event.at, files=files, link=event.link)
        if event.is_sent:
            progress_reports.submit(report, actor=actor, at=event.at)


def _order(event: Ordered) -> None:
    with transaction():
        (post,) = _user(event.holder).memberships
        order = Order(
            kind=ActingKind.ACTING,
            seat=ActedSeat.of(post),
            acting=_user(event.by),
            order_no=event.number,
            starts_on=event.starts_on,
            ends_on=event.ends_on,
            ordered_on=bangkok_day(event.at),
        )
        enter(order, actor=_user("coordinator"), at=event.at)


def _decide(event: Decided) -> None:
    with transaction():
        report = progress_reports.newest_report(_task(event.measure))
        assert report is not None
        _decide_on(report, event, _user(event.by), event.at)


def _decide_on(report: ProgressReport, event: Decided, actor: User, at: datetime) -> None:
    version = report.current
    assert version is not None
    seen = Seen(version.version, version.approvals + 1)
    if event.reason:
        approvals.return_for_revision(report, seen, comment=event.reason, actor=actor, at=at)
    else:
        approvals.approve(report, seen, actor=actor, at=at)


def _remind() -> None:
    """The mails of the last working day before T−14."""
    with transaction():
        plan_reminders(_agency(), bangkok_day(REMINDED_AT), REMINDED_AT, true_moment(REMINDED_AT))
    _deliver(REMINDED_AT)


def _agency() -> Agency:
    return db.session.scalars(sa.select(Agency).where(Agency.is_demo)).one()


def _user(account: str) -> User:
    return db.session.scalars(sa.select(User).where(User.email == f"{account}@{people.DOMAIN}")).one()


def _task(measure: int) -> Task:
    chosen = sa.select(Task).join(Task.measure).where(Measure.number == measure)
    return db.session.scalars(chosen).one()
