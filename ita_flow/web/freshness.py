"""Whether what an open page shows still stands: asked by the page itself, without anybody's hand."""

from __future__ import annotations

from flask import Blueprint, jsonify, request
from werkzeug.wrappers import Response

from ita_flow.domain.permissions import Permission
from ita_flow.domain.whole_numbers import LARGEST_NUMBER
from ita_flow.queries.freshness import changes_since
from ita_flow.web.access import actor, by_itself, requires, today
from ita_flow.wording.freshness import change_words

bp = Blueprint("freshness", __name__)

MOST_WATCHED = 500
"""Tasks of one page; what else stands on it is looked at when the form is sent."""


@bp.get("/fresh")
@by_itself
@requires(Permission.TASK_READ)
def fresh() -> Response:
    """What was done to these tasks after the page was read: nothing (204), or a sentence for each deed."""
    tasks = [task for task in request.args.getlist("task", type=int)[:MOST_WATCHED] if 0 < task <= LARGEST_NUMBER]
    recorded = request.args.get("recorded", type=int)
    if recorded is None or not tasks:
        return _nothing()
    since, with_chases = min(max(recorded, 0), LARGEST_NUMBER), "chases" in request.args
    changes = changes_since(actor(), tasks, since, today(), with_chases=with_chases)
    if not changes:
        return _nothing()
    is_one = len(set(tasks)) == 1
    return jsonify([{"task": one.task.id, "sentence": change_words(one, is_one=is_one)} for one in changes])


def _nothing() -> Response:
    return Response(status=204, mimetype="application/json")
