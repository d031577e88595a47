"""A plan of hundreds of measures, written in a few statements: what lists cost must not depend on how long they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from ita_flow.domain.approval_chains import USUAL
from ita_flow.domain.approvals import DecisionKind
from ita_flow.domain.areas import AREAS
from ita_flow.domain.permissions import Seat
from ita_flow.domain.states import ReportState, WorkStatus
from ita_flow.extensions import Base, db
from ita_flow.models.evidence import Evidence, EvidenceKind
from ita_flow.models.people import Unit, User
from ita_flow.models.plans import Measure, MeasureItem, Plan
from ita_flow.models.progress_reports import Decision, ProgressReport, ReportVersion, report_authors, version_evidence
from ita_flow.models.tasks import Step, Task, task_officers
from tests.factories.cast import Cast
from tests.factories.people import NOW, TODAY, YEAR
from tests.factories.plans import a_plan, sha256

Row = Mapping[str, Any]

STAGES = ("nothing", "draft", "submitted", "half_way", "returned", "under_way", "done")
"""What was reported on a task: each of seven tasks stands at the next of them, over and over."""


def many_tasks(cast: Cast, how_many: int, year: int = YEAR.buddhist_year) -> Plan:
    """A newer version of the year's plan, a task a measure: in every state, of both divisions, late and in time."""
    versions = sa.select(sa.func.count()).where(Plan.agency_id == cast.agency.id, Plan.year == year)
    plan = a_plan(cast.agency, year=year, measures=0, version=(db.session.scalar(versions) or 0) + 1)
    measures = _added(Measure, [_measure(plan, number) for number in range(1, how_many + 1)])
    tasks = _added(Task, [_task(cast, measure, place) for place, measure in enumerate(measures)])
    _insert(MeasureItem.__table__, [_item(measure, place) for place, measure in enumerate(measures)])
    _insert(Step.__table__, [{"task_id": task, "position": 1, "text": "ดำเนินการ"} for task in tasks])
    officers = [_officer(cast, place).id for place in range(how_many)]
    _insert(task_officers, [{"task_id": task, "user_id": who} for task, who in zip(tasks, officers, strict=True)])
    _report_on(cast, tasks)
    _count_rows_anew()
    db.session.commit()
    return plan


def _count_rows_anew() -> None:
    """As PostgreSQL does by itself a while after many rows came: until then it plans as for the few of before."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(sa.text("ANALYZE"))


def _added(model: type[Base], rows: Sequence[Row]) -> list[int]:
    """The ids of these rows, in their order."""
    if not rows:
        return []
    key = model.__table__.c.id
    return list(db.session.scalars(sa.insert(model).returning(key, sort_by_parameter_order=True), rows))


def _insert(table: sa.FromClause, rows: Sequence[Row]) -> None:
    if rows:
        assert isinstance(table, sa.Table)
        db.session.execute(table.insert(), rows)


def _measure(plan: Plan, number: int) -> Row:
    window = plan.fiscal_year.first_half if number % 3 else plan.fiscal_year.full_year
    return {
        "agency_id": plan.agency_id,
        "plan_id": plan.id,
        "number": number,
        "area": (number - 1) % len(AREAS) + 1,
        "title": f"มาตรการที่ยาวพอสมควรสำหรับการเปิดเผยข้อมูลสาธารณะ ลำดับที่ {number}",
        "method": f"ประชุมคณะทำงานครั้งที่ {number} แล้วดำเนินการตามขั้นตอนที่กำหนดไว้ในคู่มือ",
        "responsible_text": "กองที่รับผิดชอบ",
        "window_text": "ภายในเวลาที่กำหนด",
        "window_kind": window.kind,
        "starts_on": window.starts_on,
        "ends_on": window.ends_on,
    }


def _item(measure: int, place: int) -> Row:
    number = place % 40 + 1
    return {"measure_id": measure, "position": 1, "year": 2566, "code": f"O{number}", "title": f"ข้อที่ {number}"}


def _task(cast: Cast, measure: int, place: int) -> Row:
    is_done = _stage(place) == "done"
    section = _section(cast, place)
    return {
        "agency_id": cast.agency.id,
        "measure_id": measure,
        "division_id": section.parent_id,
        "section_id": section.id,
        "due_on": TODAY + timedelta(days=place % 120 - 30),
        "work_status": _work_status(place),
        "percent": {WorkStatus.DONE: 100, WorkStatus.IN_PROGRESS: 50}.get(_work_status(place), 0),
        "completed_at": NOW if is_done else None,
        "claimed_done_on": TODAY if is_done else None,
        "revision": 1,
    }


def _report_on(cast: Cast, tasks: Sequence[int]) -> None:
    told = [(place, task) for place, task in enumerate(tasks) if _stage(place) != "nothing"]
    reports = _added(ProgressReport, [_report(cast, place, task) for place, task in told])
    authors = [
        {"report_id": report, "user_id": _officer(cast, place).id}
        for report, (place, _) in zip(reports, told, strict=True)
    ]
    _insert(report_authors, authors)
    sent = [
        (place, task, report) for (place, task), report in zip(told, reports, strict=True) if _stage(place) != "draft"
    ]
    versions = _added(ReportVersion, [_version(cast, place, report) for place, _, report in sent])
    evidence = _added(Evidence, [_evidence(cast, place, task) for place, task, _ in sent])
    pairs = zip(versions, evidence, strict=True)
    _insert(version_evidence, [{"report_version_id": version, "evidence_id": piece} for version, piece in pairs])
    decisions = [
        _decision(cast, place, version, seat_number)
        for (place, _, _), version in zip(sent, versions, strict=True)
        for seat_number in range(1, _decided(place) + 1)
    ]
    _added(Decision, decisions)


def _report(cast: Cast, place: int, task: int) -> Row:
    is_draft = _stage(place) == "draft"
    return {
        "agency_id": cast.agency.id,
        "task_id": task,
        "number": 1,
        "state": _report_state(place),
        "claimed_status": _claim(place),
        "text": f"รายงานของลำดับที่ {place + 1}",
        "saved_at": NOW,
        "version": 0 if is_draft else 1,
        "revision": 1,
    }


def _version(cast: Cast, place: int, report: int) -> Row:
    seats = USUAL.seats if _claim(place) is WorkStatus.DONE else USUAL.seats[:1]
    return {
        "agency_id": cast.agency.id,
        "report_id": report,
        "version": 1,
        "claimed_status": _claim(place),
        "percent": 100 if _claim(place) is WorkStatus.DONE else 50,
        "done_steps": [],
        "text": f"ดำเนินการแล้วตามลำดับที่ {place + 1} และประชาสัมพันธ์ให้ทราบทั่วกัน",
        "obstacles": "",
        "advice": "",
        "chain": [seat.kept() for seat in seats],
        "distinct_deciders": False,
        "content_hash": sha256(str(report)),
        "submitted_by_id": _officer(cast, place).id,
        "submitted_at": NOW - timedelta(days=place % 60),
    }


def _evidence(cast: Cast, place: int, task: int) -> Row:
    return {
        "agency_id": cast.agency.id,
        "task_id": task,
        "kind": EvidenceKind.LINK,
        "name": f"หน้าเว็บของลำดับที่ {place + 1}",
        "url": f"https://example.go.th/{place + 1}",
        "added_by_id": _officer(cast, place).id,
        "added_at": NOW,
    }


def _decision(cast: Cast, place: int, version: int, seat_number: int) -> Row:
    is_return = _stage(place) == "returned"
    return {
        "agency_id": cast.agency.id,
        "report_version_id": version,
        "submitted_by_id": _officer(cast, place).id,
        "seat": Seat.SECTION_HEAD if seat_number == 1 else Seat.DIRECTOR,
        "seat_number": seat_number,
        "kind": DecisionKind.RETURN if is_return else DecisionKind.APPROVE,
        "comment": "โปรดแนบภาพถ่าย" if is_return else "",
        "content_hash": sha256(str(version)),
        "decided_by_id": _decider(cast, place, seat_number).id,
        "decided_at": NOW,
    }


def _stage(place: int) -> str:
    return STAGES[place % len(STAGES)]


def _decided(place: int) -> int:
    """How many seats have decided."""
    return {"half_way": 1, "returned": 1, "under_way": 1, "done": 2}.get(_stage(place), 0)


def _claim(place: int) -> WorkStatus:
    return WorkStatus.IN_PROGRESS if _stage(place) in ("draft", "under_way") else WorkStatus.DONE


def _work_status(place: int) -> WorkStatus:
    reached = {"under_way": WorkStatus.IN_PROGRESS, "done": WorkStatus.DONE}
    return reached.get(_stage(place), WorkStatus.NOT_STARTED)


def _report_state(place: int) -> ReportState:
    states = {"draft": ReportState.DRAFT, "returned": ReportState.RETURNED}
    is_decided = _stage(place) in ("under_way", "done")
    return ReportState.APPROVED if is_decided else states.get(_stage(place), ReportState.SUBMITTED)


def _is_ours(place: int) -> bool:
    return place % 2 == 0


def _section(cast: Cast, place: int) -> Unit:
    return cast.section if _is_ours(place) else cast.other_section


def _officer(cast: Cast, place: int) -> User:
    return cast.officer if _is_ours(place) else cast.other_officer


def _decider(cast: Cast, place: int, seat_number: int) -> User:
    if _is_ours(place):
        return cast.head if seat_number == 1 else cast.director
    return cast.other_head if seat_number == 1 else cast.other_director
