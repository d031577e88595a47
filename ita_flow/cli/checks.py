"""What the doctor looks at, each with what to do when it is not well."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy.exc import SQLAlchemyError

from ita_flow import schema
from ita_flow.config import MEGABYTE, Settings
from ita_flow.database import SQLITE_WITHOUT_WAL_BUG, reading
from ita_flow.mail.smtp import can_connect
from ita_flow.queries.evidence import damaged_evidence
from ita_flow.workflow.audit import broken_chains

LEAST_FREE_BYTES = 500 * MEGABYTE


@dataclass(frozen=True)
class Check:
    """One thing that was looked at, told in a sentence."""

    name: str
    is_good: bool
    message: str


def all_checks(settings: Settings) -> Iterator[Check]:
    """Look at everything; nothing is changed."""
    yield _database(settings)
    yield _folder(settings)
    yield _space(settings)
    yield _secret(settings)
    yield _mail(settings)
    yield _record()
    yield _evidence()


def _database(settings: Settings) -> Check:
    try:
        is_current = schema.is_current()
    except SQLAlchemyError as error:
        return Check("database", False, _("ติดต่อฐานข้อมูลไม่ได้: %(error)s", error=error.args[0]))
    if not is_current:
        return Check("database", False, _("ฐานข้อมูลยังไม่พร้อม เตรียมด้วย ita-flow init"))
    if settings.is_sqlite:
        note = (
            ""
            if sqlite3.sqlite_version_info >= SQLITE_WITHOUT_WAL_BUG
            else _(" (รุ่นเก่า ระบบให้เขียนทีละรายการเพื่อความปลอดภัย)")
        )
        return Check("database", True, _("ฐานข้อมูล SQLite %(version)s พร้อม", version=sqlite3.sqlite_version) + note)
    return Check("database", True, _("ฐานข้อมูล PostgreSQL พร้อม"))


def _folder(settings: Settings) -> Check:
    is_good = os.access(settings.instance, os.W_OK)
    sentence = _("เขียนโฟลเดอร์ข้อมูล %(folder)s ได้") if is_good else _("เขียนโฟลเดอร์ข้อมูล %(folder)s ไม่ได้ ตรวจสิทธิของโฟลเดอร์")
    return Check("folder", is_good, sentence % {"folder": settings.instance})


def _space(settings: Settings) -> Check:
    free = shutil.disk_usage(settings.instance).free
    is_good = free >= LEAST_FREE_BYTES
    sentence = _("พื้นที่ว่าง %(free)s MB") if is_good else _("พื้นที่ว่างเหลือ %(free)s MB ควรมีอย่างน้อย 500 MB")
    return Check("space", is_good, sentence % {"free": free // MEGABYTE})


def _secret(settings: Settings) -> Check:
    if settings.secret_key:
        return Check("secret", True, _("ตั้งกุญแจลับแล้ว"))
    return Check("secret", False, _("ยังไม่ได้ตั้งกุญแจลับ ITA_FLOW_SECRET_KEY ระบบจะไม่เปิดให้ใช้งาน"))


def _mail(settings: Settings) -> Check:
    if settings.is_demo:
        return Check("mail", True, _("ระบบสาธิต อีเมลเก็บไว้ในกล่องจดหมายสาธิต"))
    if not settings.smtp_url:
        return Check("mail", False, _("ยังไม่ได้ตั้งเซิร์ฟเวอร์อีเมล ITA_FLOW_SMTP_URL อีเมลจะรออยู่ในกล่องขาออก"))
    if can_connect(settings.smtp_url):
        return Check("mail", True, _("ติดต่อเซิร์ฟเวอร์อีเมลได้"))
    return Check("mail", False, _("ติดต่อเซิร์ฟเวอร์อีเมลไม่ได้ ตรวจ ITA_FLOW_SMTP_URL"))


def _record() -> Check:
    try:
        with reading():
            broken = list(broken_chains())
    except SQLAlchemyError:
        return Check("record", False, _("ยังอ่านบันทึกการเปลี่ยนแปลงไม่ได้"))
    if broken:
        return Check("record", False, _("พบร่องรอยการแก้ไขบันทึก ดูด้วย ita-flow audit verify"))
    return Check("record", True, _("บันทึกการเปลี่ยนแปลงครบถ้วน"))


def _evidence() -> Check:
    """What the worker found when it last read the files; reading them all is ``ita-flow evidence check --all``."""
    try:
        with reading():
            damaged = damaged_evidence()
    except SQLAlchemyError:
        return Check("evidence", False, _("ยังอ่านผลการตรวจไฟล์หลักฐานไม่ได้"))
    if damaged:
        sentence = _(
            "หลักฐาน %(count)s รายการเสียหายหรือหายไป กู้คืนจากสำเนาสำรอง แล้วสั่ง ita-flow evidence check --all",
            count=len(damaged),
        )
        return Check("evidence", False, sentence)
    return Check("evidence", True, _("ไม่พบไฟล์หลักฐานที่เสียหาย"))
