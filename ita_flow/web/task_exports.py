"""The list of tasks as a file: the same address, the same rows, all pages of them."""

from __future__ import annotations

from flask import Blueprint, Response, request
from flask_babel import gettext as _

from ita_flow.documents.tasks_csv import csv_of
from ita_flow.domain.permissions import Permission
from ita_flow.queries.officers import officers_of
from ita_flow.queries.task_lists import listed_tasks
from ita_flow.web.access import actor, requires, today
from ita_flow.web.downloads import csv_to_take
from ita_flow.web.task_filter import list_asked_for

bp = Blueprint("task_exports", __name__)


@bp.get("/tasks.csv")
@requires(Permission.TASK_READ)
def download() -> Response:
    asked = list_asked_for(actor(), request.args, today()).asked
    rows = listed_tasks(actor(), asked.wanted, today())
    content, year, day = csv_of(rows, officers_of(actor(), asked.chosen)), asked.chosen.year, today().isoformat()
    return csv_to_take(content, f"tasks {year} {day}.csv", _("มาตรการ ปี %(year)s ณ %(day)s.csv", year=year, day=day))
