"""What was recorded of a change, in words: only what is otherwise than before."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Protocol

from flask_babel import gettext as _

from ita_flow.domain.approval_chains import ActingScope, Verb
from ita_flow.domain.approval_chains import Subject as DecidedOn
from ita_flow.domain.approvals import DecisionKind
from ita_flow.domain.assessment_windows import AssessmentWindowKind
from ita_flow.domain.chasing import ChaseReason
from ita_flow.domain.findings import Channel
from ita_flow.domain.languages import Language
from ita_flow.domain.notices import MailOption
from ita_flow.domain.permissions import ActingKind, Role, Seat
from ita_flow.domain.states import PlanState, ProposalState, ReportState, WorkStatus
from ita_flow.i18n import NO_BREAK, short_date
from ita_flow.wording.activity_parts import PARTS
from ita_flow.wording.labels import label_of, passed_words

UNSAID = frozenset(
    {
        "acting",
        "acting_order",
        "order",
        "own_post",
        "proposal",
        "round",
        "seals",
        "seat",
        "seat_number",
        "seat_title",
        "task",
        "verb",
    }
)
"""What is told elsewhere on the line, or speaks to programs only."""

UNSAID_OF_REPORTS = UNSAID | {"number", "on_behalf_of", "order_no"}

KNOWN: Mapping[str, Sequence[type[StrEnum]]] = {
    "chain": (Seat,),
    "assessment_window": (AssessmentWindowKind,),
    "channel": (Channel,),
    "chase_reason": (ChaseReason,),
    "claim": (WorkStatus,),
    "decides_on": (DecidedOn,),
    "decision": (DecisionKind,),
    "fewer_mails": (MailOption,),
    "kind": (ActingKind,),
    "language": (Language,),
    "post": (Role, Seat),
    "role": (Role,),
    "scope": (ActingScope,),
    "plan_state": (PlanState, ProposalState),
    "state": (ReportState, ProposalState),
    "verb": (Verb,),
    "work_status": (WorkStatus,),
}
PEOPLE = frozenset({"administrator", "holder", "officers", "on_behalf_of", "recipients", "successors"})
DAYS = frozenset({"done_on", "due_before", "due_on", "ends_on", "on", "ordered_on", "signed_on", "starts_on"})
UNITS = frozenset({"division", "joined_sections", "moved_sections", "parent", "section", "unit"})
HASHES = frozenset({"content", "hash", "sha256", "way"})
SHOWN_OF_HASH = 12
FIRST = (
    *("state", "plan_state", "work_status", "percent", "comment", "reason", "due_on", "due_before", "claim"),
    *("done", "carry_over", "leave", "cancel"),
    *("kind", "holder", "order_no", "ordered_on", "starts_on", "ends_on", "division", "plan", "seats"),
)
LAST = ("version", *HASHES)
"""Which parts are read first, and which only by those who look closely."""


class Subject(Protocol):
    """A row of which an event speaks; parts that it does not have are None."""

    @property
    def report(self) -> int | None: ...

    @property
    def measure(self) -> int | None: ...

    @property
    def name(self) -> str | None: ...

    @property
    def year(self) -> int | None: ...


class Names(Protocol):
    """How people call what stands in the record by number."""

    @property
    def people(self) -> Mapping[int, str]: ...

    @property
    def subjects(self) -> Mapping[str, Subject]: ...


@dataclass(frozen=True)
class Change:
    """One part that changed; ``before`` is empty where nothing was recorded of it."""

    part: str
    before: str
    after: str


def changes_between(
    before: Mapping[str, Any], after: Mapping[str, Any], names: Names, unsaid: Collection[str] = UNSAID
) -> list[Change]:
    """The parts that are otherwise than before, in words. A part that has none is called as it stands in the record."""
    parts = [part for part in {**before, **after} if part not in unsaid and before.get(part) != after.get(part, ...)]
    told = sorted(parts, key=_rank)
    return [_change(part, before, after, names) for part in told if _says_something(part, before, after)]


def _rank(part: str) -> tuple[bool, int]:
    return part in LAST, FIRST.index(part) if part in FIRST else len(FIRST)


def _says_something(part: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    return not (_is_nothing(before.get(part)) and _is_nothing(after.get(part)))


def _is_nothing(value: Any) -> bool:
    return value in (None, "", [])


def _change(part: str, before: Mapping[str, Any], after: Mapping[str, Any], names: Names) -> Change:
    was, is_now = (value_in_words(part, told[part], names) if part in told else "" for told in (before, after))
    return Change(str(PARTS.get(part, part)), was, is_now or str(_("ไม่มี")))


def value_in_words(part: str, value: Any, names: Names) -> str:
    """A recorded value as people say it; one that cannot be read is shown as it stands."""
    if _is_nothing(value):
        return str(_("ไม่มี"))
    if isinstance(value, bool):
        return str(_("ใช่") if value else _("ไม่ใช่"))
    if part == "evidence" and isinstance(value, list):
        return str(_("%(count)s รายการ", count=len(value)))
    if isinstance(value, list):
        separator = "\n" if any(len(str(one)) > 40 for one in value) else ", "
        return separator.join(value_in_words(part, one, names) for one in value)
    with suppress(ValueError, KeyError, TypeError):
        return _said(part, value, names)
    return str(value)


def _said(part: str, value: Any, names: Names) -> str:
    for kinds, say in _SAYING.items():
        if part in kinds:
            return say(part, value, names)
    return str(value)


def _member(part: str, value: Any, _names: Names) -> str:
    members = (kind(value) for kind in KNOWN[part] if value in list(kind))
    return next((label_of(member) for member in members), str(value))


def _passed(_part: str, value: Any, _names: Names) -> str:
    seat, why = passed_words(str(value))
    return f"{seat} ({why})"


def _plan(_part: str, value: Any, names: Names) -> str:
    return str(_("ปี %(year)s", year=names.subjects[f"plan:{value}"].year))


def _seat_of_chain(_part: str, value: Any, names: Names) -> str:
    """``director approve 3 any``: ผู้อำนวยการกอง อนุมัติ ภายใน 3 วันทำการ"""
    kind, verb, days, of_whom = str(value).split()
    seat, _colon, named = kind.partition(":")
    title = names.subjects[f"named_seat:{named}"].name if named else label_of(Seat(seat))
    all_of_them = str(_(" ทุกคน")) if of_whom == "all" else ""
    words = {"title": title, "all": all_of_them, "verb": label_of(Verb(verb)), "days": days}
    return str(_("%(title)s%(all)s %(verb)s ภายใน %(days)s วันทำการ", **words))


_SAYING: Mapping[frozenset[str], Callable[[str, Any, Names], str]] = {
    frozenset(KNOWN): _member,
    PEOPLE: lambda _part, value, names: names.people[int(value)],
    UNITS: lambda _part, value, names: names.subjects[f"unit:{value}"].name or str(value),
    DAYS: lambda _part, value, _names: short_date(date.fromisoformat(value)),
    HASHES: lambda _part, value, _names: f"{value[:SHOWN_OF_HASH]}…",
    frozenset({"passed"}): _passed,
    frozenset({"plan"}): _plan,
    frozenset({"seats"}): _seat_of_chain,
    frozenset({"approved_on"}): lambda _part, _value, _names: str(_("ลงนามในเอกสาร")),
    frozenset({"percent"}): lambda _part, value, _names: f"{value}%",
    frozenset({"named_seat"}): lambda _part, value, names: names.subjects[f"named_seat:{value}"].name or str(value),
    frozenset({"version", "number"}): lambda _part, value, _names: f"{value}",
    frozenset({"year"}): lambda _part, value, _names: str(_("พ.ศ.%(space)s%(year)s", space=NO_BREAK, year=value)),
}
