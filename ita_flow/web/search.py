"""Finding anything of the agency by its words."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from flask import Blueprint, render_template, request, url_for

from ita_flow.domain.permissions import Permission
from ita_flow.domain.searching import Findable, Search
from ita_flow.queries.search import Hit, HitGroup, search_all, search_in
from ita_flow.web.access import actor, requires, today
from ita_flow.web.forms import typed

bp = Blueprint("search", __name__, url_prefix="/search")


@bp.get("")
@requires(Permission.TASK_READ)
def index() -> str:
    search, kind = Search(typed(request.args.get("q", ""))), _asked_kind()
    number = request.args.get("page", 1, type=int)
    groups = [search_in(actor(), search, kind, number, today())] if kind else search_all(actor(), search, today())
    return render_template(
        "search/index.html",
        search=search,
        kind=kind,
        groups=[group for group in groups if group.count],
        address_of=address_of,
        all_of=lambda group: _all_of(search, group),
        at=lambda page: {"q": search.text, "in": kind, "page": page},
    )


def _asked_kind() -> Findable | None:
    """The one kind that is asked for; None for all, and for what is none."""
    with suppress(ValueError):
        return Findable(request.args.get("in", ""))
    return None


def _all_of(search: Search, group: HitGroup) -> str:
    kind: dict[str, Any] = {"in": group.kind.value}
    return url_for(".index", q=search.text, **kind)


def address_of(kind: Findable, hit: Hit) -> str:
    """The page on which this is seen."""
    if kind is Findable.PEOPLE:
        return _address_of_person(hit)
    assert hit.place
    if hit.place.task is None:
        return url_for("tasks.index", year=hit.place.year, measure=hit.place.number)
    if kind is Findable.REPORTS:
        return url_for("progress_reports.show", task_id=hit.place.task, number=hit.report)
    anchor = "evidence" if kind is Findable.EVIDENCE else None
    return url_for("tasks.show", task_id=hit.place.task, _anchor=anchor)


def _address_of_person(hit: Hit) -> str:
    """The page of the person for who looks after people, else their tasks."""
    if actor().may(Permission.PEOPLE_WRITE, today()):
        return url_for("people.show", user_id=hit.person)
    return url_for("tasks.index", officer=hit.person)
