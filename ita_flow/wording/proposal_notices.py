"""What mails and the inbox say of plans and wishes for a later due date that are laid before the seats."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ita_flow.i18n import short_date, short_moment
from ita_flow.wording.letters import polite_name
from ita_flow.wording.notices import titles_in_short

OPEN_PROPOSAL = _l("เปิดพิจารณา")
OPEN_PLAN = _l("เปิดหน้าแผน")


def plan_title(year: int, version: int, *, is_amendment: bool) -> str:
    """แผนมาตรการ ปีงบประมาณ 2567"""
    if is_amendment:
        return str(_("แผนฉบับแก้ไข (ฉบับที่ %(version)s) ปีงบประมาณ %(year)s", version=version, year=year))
    return str(_("แผนมาตรการ ปีงบประมาณ %(year)s", year=year))


def proposed_subject(titles: Sequence[str]) -> str:
    return str(_("รอท่านพิจารณา: %(what)s", what=titles_in_short(titles)))


def wish_title(title: str) -> str:
    """Of a task in a subject, where its report could be meant as well."""
    return str(_("ขอขยายกำหนด %(title)s", title=title))


def proposed_sentence(plans: int, wishes: int) -> str:
    if not wishes:
        return str(_("มีแผนถึงลำดับพิจารณาของท่าน %(count)s ฉบับ", count=plans))
    if not plans:
        return str(_("มีคำขอขยายกำหนดเวลาถึงลำดับพิจารณาของท่าน %(count)s เรื่อง", count=wishes))
    return str(_("มีแผนและคำขอขยายกำหนดเวลาถึงลำดับพิจารณาของท่าน %(count)s เรื่อง", count=plans + wishes))


def proposed_by(name: str, at: datetime) -> str:
    return str(_("เสนอโดย%(name)s เมื่อ %(moment)s", name=polite_name(name), moment=short_moment(at)))


def asked_words(due_before: date, due_on: date) -> str:
    return str(_("ขอขยายกำหนดจาก %(was)s เป็น %(wanted)s", was=short_date(due_before), wanted=short_date(due_on)))


def not_accepted_subject(titles: Sequence[str]) -> str:
    return str(_("ส่งกลับ: %(what)s", what=titles_in_short(titles)))


def not_accepted_sentence(count: int) -> str:
    return str(_("ผู้พิจารณาส่งกลับ %(count)s เรื่อง แก้ไขตามเหตุผลแล้วเสนอใหม่ได้", count=count))


def in_force_subject(titles: Sequence[str]) -> str:
    return str(_("อนุมัติแล้ว: %(what)s", what=titles_in_short(titles)))


def in_force_sentence() -> str:
    return str(_("แผนผ่านการพิจารณาครบทุกลำดับแล้ว ขั้นต่อไปคือเผยแพร่แผน"))


def came_into_force() -> str:
    """In the inbox, of a plan that the last seat approved."""
    return str(_("แผนผ่านการพิจารณาครบทุกลำดับแล้ว"))


def awaits_you() -> str:
    """In the inbox, of something that came to the person's seat."""
    return str(_("ถึงลำดับพิจารณาของท่าน"))


def came_back(who: str) -> str:
    """In the inbox, of something that was given back."""
    return str(_("%(who)sส่งกลับแก้ไข", who=who))
