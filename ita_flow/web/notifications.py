"""การแจ้งเตือน: what a person was told, the newest first, and up to where they have read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from ita_flow.domain.notices import NoticeKind
from ita_flow.domain.permissions import Permission
from ita_flow.mail.proposal_parts import title_of
from ita_flow.queries.inbox import Entry, inbox_page
from ita_flow.web.access import actor, now, requires, today
from ita_flow.web.decisions import decided_in
from ita_flow.web.once import once
from ita_flow.wording import ending_notices, extension_notices, proposal_notices
from ita_flow.wording import inbox as words
from ita_flow.wording.posts import spoken_post
from ita_flow.workflow.inbox import mark_read

bp = Blueprint("notifications", __name__, url_prefix="/notifications")


@dataclass(frozen=True)
class Line:
    """One entry in words."""

    subject: str
    """The measure, or the post in which somebody acts."""

    sentence: str
    at: datetime
    is_unread: bool
    address: str = ""
    """Where it is seen; empty where this person may not open it any more."""

    quote: str = ""
    note: str = ""


@bp.get("")
@requires(Permission.ACCOUNT_USE)
def index() -> str:
    page = inbox_page(actor(), request.args.get("page", 1, type=int))
    lines = [_line(entry) for entry in page.entries]
    return render_template("notifications/index.html", page=page, lines=lines, query=_query)


@bp.post("/reading")
@requires(Permission.ACCOUNT_USE)
def read() -> Response:
    until = _moment(request.form.get("until", ""))
    location = once(lambda: _read(until))
    flash(str(words.ALL_READ), "success")
    return redirect(location, code=303)


def _read(until: datetime) -> str:
    mark_read(actor(), until, at=now())
    return url_for(".index")


def _query(number: int) -> Mapping[str, object]:
    return {"page": number} if number > 1 else {}


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC) if moment.tzinfo else abort(400)
    except (ValueError, OverflowError):  # a day on the edge of all time has no other zone
        abort(400)


def _line(entry: Entry) -> Line:
    return _asked_after(entry) if entry.chase else _told(entry)


def _asked_after(entry: Entry) -> Line:
    assert entry.chase is not None
    sentence = words.chased_words(entry.chase.reason, entry.chase.asked_by.name)
    return _of_the_task(entry, sentence)


def _told(entry: Entry) -> Line:
    assert entry.notice is not None
    return _LINES[entry.notice.kind](entry)


def _assigned(entry: Entry) -> Line:
    assert entry.task is not None
    return _of_the_task(entry, words.assigned_words(entry.task.due_on, is_own=entry.is_own))


def _of_the_task(entry: Entry, sentence: str) -> Line:
    assert entry.task is not None
    title, address = entry.task.measure.title, url_for("tasks.show", task_id=entry.task.id)
    return Line(title, sentence, entry.at, entry.is_unread, address)


def _returned(entry: Entry) -> Line:
    decider = decided_in(entry.decision) if entry.decision else ""
    comment = entry.decision.comment if entry.decision else ""
    return _of_the_report(entry, words.returned_words(_number(entry), decider), comment)


def _approved(entry: Entry) -> Line:
    return _of_the_report(entry, words.approved_words(_number(entry)))


def _awaiting(entry: Entry) -> Line:
    assert entry.task is not None
    return _of_the_report(entry, words.awaiting_words(_number(entry), entry.task.due_on))


def _of_the_report(entry: Entry, sentence: str, quote: str = "") -> Line:
    assert entry.task is not None
    address = url_for("progress_reports.show", task_id=entry.task.id, number=_number(entry))
    note = str(words.TAKEN_BACK) if entry.was_taken_back else ""
    return Line(entry.task.measure.title, sentence, entry.at, entry.is_unread, address, quote, note)


def _number(entry: Entry) -> int:
    assert entry.version is not None
    return entry.version.report.number


def _cancelled(entry: Entry) -> Line:
    assert entry.task is not None
    return replace(_of_the_task(entry, ending_notices.cancelled_words()), quote=entry.task.ending_reason or "")


def _reopened(entry: Entry) -> Line:
    assert entry.task is not None
    return _of_the_task(entry, ending_notices.reopened_words(entry.task.due_on))


def _extended(entry: Entry) -> Line:
    wish = entry.proposal
    assert wish is not None
    assert wish.due_on is not None
    assert wish.due_before is not None
    return _of_the_task(entry, extension_notices.extended_words(wish.due_on, wish.due_before))


def _proposed(entry: Entry) -> Line:
    return _of_the_proposal(entry, proposal_notices.awaits_you())


def _not_accepted(entry: Entry) -> Line:
    returned = entry.proposal.return_standing if entry.proposal else None
    decider = decided_in(returned) if returned else ""
    return _of_the_proposal(entry, proposal_notices.came_back(decider), returned.comment if returned else "")


def _in_force(entry: Entry) -> Line:
    return _of_the_proposal(entry, proposal_notices.came_into_force())


def _of_the_proposal(entry: Entry, sentence: str, quote: str = "") -> Line:
    proposal = entry.proposal
    assert proposal is not None
    address = url_for("proposals.show", proposal_id=proposal.id)
    return Line(title_of(proposal), sentence, entry.at, entry.is_unread, address, quote)


def _acting_starts(entry: Entry) -> Line:
    assert entry.order is not None
    post = entry.order.membership
    assert post.acting is not None
    told = words.acting_starts_words(post.acting, post.user.name, post.starts_on, post.ends_on, is_own=entry.is_own)
    return _of_the_order(entry, told)


def _acting_ends(entry: Entry) -> Line:
    assert entry.order is not None
    post = entry.order.membership
    assert post.acting is not None
    return _of_the_order(entry, words.acting_ends_words(post.acting, post.user.name, post.ends_on, is_own=entry.is_own))


def _of_the_order(entry: Entry, sentence: str) -> Line:
    assert entry.order is not None
    may_open = actor().may(Permission.ACTING_WRITE, today())
    address = url_for("acting_orders.show", order_id=entry.order.id) if may_open else ""
    return Line(spoken_post(entry.order.membership), sentence, entry.at, entry.is_unread, address)


_LINES: Mapping[NoticeKind, Callable[[Entry], Line]] = {
    NoticeKind.RETURNED: _returned,
    NoticeKind.AWAITING_SOON: _awaiting,
    NoticeKind.PROPOSED: _proposed,
    NoticeKind.NOT_ACCEPTED: _not_accepted,
    NoticeKind.IN_FORCE: _in_force,
    NoticeKind.ASSIGNED: _assigned,
    NoticeKind.CANCELLED: _cancelled,
    NoticeKind.REOPENED: _reopened,
    NoticeKind.EXTENDED: _extended,
    NoticeKind.ACTING_STARTS: _acting_starts,
    NoticeKind.ACTING_ENDS: _acting_ends,
    NoticeKind.APPROVED: _approved,
}
