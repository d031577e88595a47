"""ติดตาม: what is late, nearly late, silent or not decided, and asking after it in one press."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from ita_flow.config import settings
from ita_flow.domain.chasing import ChaseReason, WhyLeftOut
from ita_flow.domain.permissions import Permission
from ita_flow.domain.reminder_ledger import LedgerState
from ita_flow.models.chases import Chase
from ita_flow.queries.chase import ChaseList, ChaseRow, earlier_chases, titles_of, to_chase, with_last_mails
from ita_flow.queries.reminder_rows import STATES
from ita_flow.web.access import actor, now, requires, today
from ita_flow.web.around import year_asked_for
from ita_flow.web.forms import chosen_id
from ita_flow.web.forms.chasing import ChaseForm, read_seen
from ita_flow.web.once import attempt
from ita_flow.wording.chasing import LEFT_OUT, line_text, since_words
from ita_flow.wording.reminder_ledger import hindrance_of
from ita_flow.workflow import chasing

bp = Blueprint("chase", __name__, url_prefix="/chase")

ALL = "all"
MOST_TOLD = 15
"""Tasks that were left out and are told by their titles; the address of the answer, which is kept, holds no more."""

_LEFT = re.compile(r"([0-9]{1,9})-([a-z]+)")


@dataclass(frozen=True)
class Asked:
    """What the address asks for; what cannot be read is left out."""

    year: int
    division: int | None
    reason: ChaseReason | None
    chosen: str
    """The reason whose tasks are chosen, or ``ALL`` of them; else empty."""

    @property
    def is_narrow(self) -> bool:
        return bool(self.division or self.reason)

    def query(self, **other: object) -> Mapping[str, object]:
        """What stands in the address of this list."""
        asked = {"year": self.year, "division": self.division, "reason": self.reason, **other}
        return {name: value for name, value in asked.items() if value}

    def chooses(self, row: ChaseRow) -> bool:
        return row.may_be_asked and self.chosen in (ALL, row.reason.value)


@dataclass(frozen=True)
class Mailed:
    """A mail that was promised to a person, and of how much it speaks."""

    name: str
    count: int
    state: LedgerState


@bp.get("")
@requires(Permission.CHASE_WRITE)
def index() -> str:
    asked = _asked()
    found = _found(asked)
    return _page(asked, found, ChaseForm(None), {row.task.id for row in found.rows if asked.chooses(row)})


@bp.post("")
@requires(Permission.CHASE_WRITE)
def send() -> Response | tuple[str, int]:
    form, asked, seen = ChaseForm(), _asked(), _seen()
    location = attempt(form, lambda: _send(form, asked.year, seen))
    if location:
        return redirect(location, code=303)
    return _page(asked, _found(asked), form, seen.keys()), 422


@bp.get("/sent")
@requires(Permission.CHASE_WRITE)
def sent() -> str:
    chases = earlier_chases(chosen_id(request.args.get("mail")), actor())
    left_out = _left_out()
    return render_template(
        "chase/sent.html",
        mails=_mails(chases),
        measures=len({chase.task_id for chase in chases}),
        titles=titles_of(actor(), left_out.keys()) if left_out else {},
        left_out={task_id: LEFT_OUT[why] for task_id, why in left_out.items()},
        others=chosen_id(request.args.get("others")),
        year=_asked().year,
    )


def _send(form: ChaseForm, year: int, seen: Mapping[int, str]) -> str:
    done = chasing.chase(seen, year, form.note.data, actor=actor(), at=now())
    first = min((message.id for message in done.messages), default=None)
    left = [f"{task_id}-{why}" for task_id, why in done.left_out.items()]
    others = len(left[MOST_TOLD:]) or None
    return url_for(".sent", year=year, mail=first, left=left[:MOST_TOLD], others=others)


def _asked() -> Asked:
    reason = request.values.get("reason", "")
    return Asked(
        year=year_asked_for(),
        division=chosen_id(request.values.get("division")) or None,
        reason=ChaseReason(reason) if reason in list(ChaseReason) else None,
        chosen=request.args.get("chosen", ""),
    )


def _found(asked: Asked) -> ChaseList:
    return with_last_mails(
        to_chase(actor(), asked.year, today(), division=asked.division, reason=asked.reason),
    )


def _page(asked: Asked, found: ChaseList, form: ChaseForm, chosen: Collection[int]) -> str:
    return render_template(
        "chase/index.html",
        asked=asked,
        found=found,
        form=form,
        chosen=chosen,
        reasons=ChaseReason,
        since_words=since_words,
        hindrance_of=hindrance_of,
        line_text=_line_text(asked, found),
        why=LEFT_OUT,
        left=WhyLeftOut,
    )


def _line_text(asked: Asked, found: ChaseList) -> str:
    """For a group of LINE, whose own browser knows no session: the link asks for the real one."""
    divisions = Counter(row.task.division.name for row in found.rows).most_common()
    counts = {reason: len(rows) for reason, rows in found.groups.items()}
    narrowed = {"reason": asked.reason} if asked.reason else {"chase": 1}
    path = url_for("tasks.index", year=asked.year, division=asked.division, **narrowed)
    return line_text(asked.year, counts, divisions, f"{settings().base_url}{path}&openExternalBrowser=1")


def _seen() -> Mapping[int, str]:
    try:
        return read_seen(request.form.getlist("seen"))
    except ValueError:
        abort(400)


def _left_out() -> Mapping[int, WhyLeftOut]:
    matches = (_LEFT.fullmatch(text) for text in request.args.getlist("left"))
    return {int(match[1]): WhyLeftOut(match[2]) for match in matches if match and match[2] in list(WhyLeftOut)}


def _mails(chases: Sequence[Chase]) -> list[Mailed]:
    """One a person, in the order in which they were promised."""
    count = Counter(chase.recipient.id for chase in chases)
    mails = {chase.recipient.id: chase for chase in chases}
    return [
        Mailed(chase.recipient.name, count[chase.recipient.id], STATES.get(chase.message.state, LedgerState.PLANNED))
        for chase in mails.values()
    ]
