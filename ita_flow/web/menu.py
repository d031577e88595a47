"""The places of the menu, from left to right; what a person sees of them is what they may open."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l


@dataclass(frozen=True)
class MenuPlace:
    """A place in the menu: its endpoint and the blueprints whose pages belong to it."""

    endpoint: str
    name: LazyString
    also: tuple[str, ...] = ()
    unless: str = ""
    """An endpoint that leads there too: who may open that one has no need of this place."""

    @property
    def rooms(self) -> tuple[str, ...]:
        return (self.endpoint.split(".")[0], *self.also)


MENU = (
    MenuPlace("home.index", _l("งานของฉัน")),
    MenuPlace("tasks.index", _l("มาตรการ"), also=("progress_reports", "evidence", "task_editing")),
    MenuPlace("approvals.index", _l("พิจารณา"), also=("bulk_approvals", "proposals")),
    MenuPlace("chase.index", _l("ติดตาม")),
    MenuPlace("dashboard.index", _l("ภาพรวม"), also=("calendar", "divisions", "hand_overs")),
    MenuPlace(
        "plans.show",
        _l("แผน"),
        also=(
            "amendments",
            "assignments",
            "catalogue",
            "measures",
            "plan_editing",
            "plan_exports",
            "plan_imports",
            "plan_proposals",
            "plan_start",
            "roll_forward",
        ),
    ),
    MenuPlace("assessments.show", _l("คะแนน"), also=("findings",)),
    MenuPlace("activity.index", _l("บันทึกการเปลี่ยนแปลง"), unless="settings.index"),
    MenuPlace("reminder_ledger.index", _l("อีเมลแจ้งเตือน"), unless="settings.index"),
    MenuPlace(
        "settings.index",
        _l("ตั้งค่า"),
        also=(
            "acting_orders",
            "activity",
            "agency",
            "approval_chains",
            "assessment_windows",
            "holidays",
            "mail",
            "mail_samples",
            "named_seats",
            "people",
            "people_import",
            "posts",
            "reminder_ledger",
            "reminder_rules",
            "units",
        ),
    ),
)
