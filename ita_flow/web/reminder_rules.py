"""การแจ้งเตือน: by which rules people are reminded, when the assessment's windows close, and what goes out next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ita_flow.domain.calendar import FiscalYear
from ita_flow.domain.permissions import Permission
from ita_flow.domain.reminders import DEFAULT_RULES, Rule, Trigger
from ita_flow.queries.assessment_windows import windows_ahead
from ita_flow.queries.reminder_ledger import coming
from ita_flow.queries.reminder_rules import days_by_trigger, rules_on, seen_rules
from ita_flow.web.access import actor, now, requires, today
from ita_flow.web.forms.reminder_rules import RulesForm
from ita_flow.web.plan_desk import answer
from ita_flow.web.rehearsals import goes_back, once_seen
from ita_flow.wording.reminder_rules import NAMES, RECIPIENTS, rule_sentence
from ita_flow.workflow.reminder_rules import set_rules

bp = Blueprint("reminder_rules", __name__, url_prefix="/admin/reminders")

DEFAULTS = frozenset(DEFAULT_RULES)
SHOWN_OF_COMING = 12
"""Of the mails that go out next; the others are a press away."""


@bp.get("")
@requires(Permission.REMINDER_READ)
def index() -> str:
    agency = actor().agency
    return render_template(
        "reminder_rules/index.html",
        **_told(rules_on(agency)),
        windows=windows_ahead(agency, today()),
        year=FiscalYear.containing(today()).buddhist_year,
        may_write=actor().may(Permission.REMINDER_WRITE, today()),
        may_set_windows=actor().may(Permission.CALENDAR_WRITE, today()),
        coming=coming(agency, today()),
        shown_of_coming=SHOWN_OF_COMING,
    )


@bp.get("/rules")
@requires(Permission.REMINDER_WRITE)
def edit() -> str:
    standing = rules_on(actor().agency)
    is_restored = request.args.get("use") == "defaults"
    return _page(RulesForm.of(standing, DEFAULTS if is_restored else standing), is_restored=is_restored)


@bp.post("/rules")
@requires(Permission.REMINDER_WRITE)
def save() -> tuple[str, int] | Response:
    form = RulesForm.of(rules_on(actor().agency))
    if goes_back() or not form.validate():
        return _page(form), 422 if form.errors else 200
    location, status = answer(form, lambda: once_seen(lambda: _save(form), _("แก้ไขหลักเกณฑ์การแจ้งเตือน")))
    if location:
        flash(_("บันทึกหลักเกณฑ์การแจ้งเตือนแล้ว"), "success")
        return redirect(location, code=303)
    form.show_newer(seen_rules(rules_on(actor().agency)))
    return _page(form, has_changed=status == 409), status


def _save(form: RulesForm) -> str:
    set_rules(actor().agency, form.rules, seen=form.seen.data or "", actor=actor(), at=now())
    return url_for(".index")


def _page(form: RulesForm, is_restored: bool = False, has_changed: bool = False) -> str:
    standing = rules_on(actor().agency)
    return render_template(
        "reminder_rules/edit.html",
        form=form,
        is_restored=is_restored,
        has_changed=has_changed,
        is_usual=standing == DEFAULTS,
        **_told(standing),
    )


def _told(rules: Iterable[Rule]) -> Mapping[str, object]:
    """What a template needs to tell the rules in words."""
    return {
        "triggers": list(Trigger),
        "days": days_by_trigger(rules),
        "names": NAMES,
        "recipients": RECIPIENTS,
        "rule_sentence": rule_sentence,
    }
