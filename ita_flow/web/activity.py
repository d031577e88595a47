"""The record of changes: who did what, in whose seat, and what was otherwise before."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, render_template, request, stream_with_context, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from ita_flow.documents.activity_csv import csv_of
from ita_flow.domain.collation import sorting_key
from ita_flow.domain.deeds import DeedKind
from ita_flow.domain.permissions import Permission
from ita_flow.queries.activity import activity_page, all_activity, last_check
from ita_flow.queries.activity_subjects import Names, Subject, is_id
from ita_flow.web.access import actor, now, requires, today
from ita_flow.web.activity_filter import read_filter, without_unknown_person
from ita_flow.web.downloads import csv_to_take
from ita_flow.web.once import once
from ita_flow.wording.activity import KINDS
from ita_flow.wording.activity_lines import line_of
from ita_flow.wording.record import KeptBreak, told_of_break
from ita_flow.workflow.record_check import end_of, first_break, keep_check

bp = Blueprint("activity", __name__, url_prefix="/activity")


@bp.get("")
@requires(Permission.AUDIT_READ)
def index() -> str:
    asked, agency_id = read_filter(request.args), actor().agency_id
    page = activity_page(agency_id, asked.chosen, asked.before)
    asked, last = without_unknown_person(asked, page.names.people), last_check(agency_id)
    return render_template(
        "activity/index.html",
        asked=asked,
        chosen=asked.chosen,
        page=page,
        lines=[line_of(entry, page.names) for entry in page.entries],
        address_of=lambda subject: address_of(subject, page.names),
        check=last,
        broken=told_of_break(KeptBreak.of(last.after)) if last and not last.after.get("whole") else "",
        people=sorted(page.names.people.items(), key=lambda pair: sorting_key(pair[1])),
        kinds=[(kind, KINDS[kind]) for kind in DeedKind],
    )


@bp.get("/export.csv")
@requires(Permission.AUDIT_READ)
def export() -> Response:
    asked, day = read_filter(request.args), today().isoformat()
    content = stream_with_context(csv_of(all_activity(actor().agency_id, asked.chosen)))
    return csv_to_take(content, f"activity {day}.csv", _("บันทึกการเปลี่ยนแปลง %(day)s.csv", day=day))


@bp.post("/check")
@requires(Permission.AUDIT_READ)
def check() -> Answer:
    """Look at the whole record before anything is written, so that nobody waits for it."""
    agency_id = actor().agency_id
    end, found = end_of(agency_id), first_break(agency_id, watch=None)

    def keep() -> str:
        keep_check(agency_id, end, found, actor=actor(), at=now())
        return url_for(".index")

    location = once(keep)
    if found:
        flash(_("พบข้อมูลที่ไม่ตรงกับบันทึก %(what)s โปรดแจ้งผู้ดูแลระบบ", what=told_of_break(found)), "warning")
    else:
        flash(_("ตรวจสอบแล้ว บันทึกครบถ้วน ไม่พบการแก้ไข"), "success")
    return redirect(location, code=303)


def address_of(subject: str, names: Names) -> str | None:
    """The page on which the subject of an event is seen, where there is one."""
    kind, _colon, number = subject.partition(":")
    if kind == "user" and actor().may(Permission.PEOPLE_WRITE, today()):
        return url_for("people.show", user_id=number) if is_id(number) and int(number) in names.people else None
    found = names.subjects.get(subject)
    return _address(kind, int(number), found) if found else None


def _address(kind: str, number: int, found: Subject) -> str | None:
    if kind == "progress_report" and found.report:
        return url_for("progress_reports.show", task_id=found.task, number=found.report)
    if kind in ("task", "evidence", "progress_report"):
        return url_for("tasks.show", task_id=found.task)
    if kind in ("plan", "measure"):
        return url_for("plans.show", year=found.year)
    if kind == "assessment":
        return url_for("assessments.show", year=found.year)
    may_open = kind == "unit" and actor().may(Permission.UNIT_WRITE, today())
    return url_for("units.show", unit_id=number) if may_open else None
