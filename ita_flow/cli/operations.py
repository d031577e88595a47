"""Running the system: ``init``, ``serve``, ``doctor``."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import AppGroup
from flask_babel import gettext as _

from ita_flow import schema, serving
from ita_flow.cli.checks import Check, all_checks
from ita_flow.cli.talk import REFUSED, as_json, emit, in_app, needs_database
from ita_flow.config import settings
from ita_flow.database import transaction
from ita_flow.domain.clock import real_now
from ita_flow.extensions import clock
from ita_flow.workflow import accounts, agencies
from ita_flow.workflow.audit import COMMAND_LINE

DEFAULT_HOST, DEFAULT_PORT = "127.0.0.1", 5000


def add_commands(main: AppGroup) -> None:
    for command in (init, serve, doctor):
        main.add_command(command)


@click.command(help="เตรียมฐานข้อมูล หน่วยงาน และผู้ดูแลระบบ ทำซ้ำได้โดยไม่เสียหาย")
@click.option("--agency", "name", required=True, metavar="NAME", help="ชื่อหน่วยงาน")
@click.option("--admin", "email", required=True, metavar="EMAIL", help="อีเมลของผู้ดูแลระบบ")
@click.option("--code", metavar="CODE", help="รหัสสั้นของหน่วยงาน ใช้ในที่อยู่เว็บ")
@click.option("--type", "type_name", metavar="TYPE", help="ประเภทหน่วยงาน ถ้าไม่ระบุจะอ่านจากชื่อ")
@click.option("--new-link", is_flag=True, help="พิมพ์ลิงก์ตั้งรหัสผ่านใหม่ แม้ผู้ดูแลระบบตั้งรหัสผ่านไว้แล้ว")
@as_json
@in_app
def init(name: str, email: str, code: str | None, type_name: str | None, new_link: bool, as_json: bool) -> None:
    schema.upgrade()
    with transaction():
        made = agencies.establish(name, email, code=code, type_name=type_name, via=COMMAND_LINE, at=clock.now())
        needs_link = new_link or made.administrator.password_hash is None
        token = accounts.create_link(made.administrator, real_now()) if needs_link else None
        payload = {
            "agency": made.agency.name,
            "code": made.agency.code,
            "type": made.agency.type,
            "administrator": made.administrator.email,
            "link": f"{settings().base_url}/sign-in/link/{token}" if token else None,
            "new": made.is_new,
        }
    emit(as_json, payload, _initialised(payload))


def _initialised(made: dict[str, str | bool | None]) -> list[str]:
    lines = [
        _("พร้อมใช้: %(agency)s (รหัส %(code)s)", agency=made["agency"], code=made["code"]),
        _("ประเภท: %(type)s", type=made["type"] or _("ไม่ทราบ")),
        _("ผู้ดูแลระบบ: %(email)s", email=made["administrator"]),
    ]
    if made["link"]:
        lines.append(_("ตั้งรหัสผ่านที่ลิงก์นี้ ใช้ได้ครั้งเดียวภายใน 7 วัน: %(link)s", link=made["link"]))
    else:
        lines.append(_("ผู้ดูแลระบบตั้งรหัสผ่านไว้แล้ว"))
    return lines


@click.command(help="เปิดระบบให้ใช้งาน")
@click.option("--host", default=DEFAULT_HOST, show_default=True, help="ที่อยู่ที่รับการเชื่อมต่อ")
@click.option("--port", default=DEFAULT_PORT, show_default=True, type=click.IntRange(1, 65535), help="พอร์ต")
@as_json
@needs_database
def serve(host: str, port: int, as_json: bool) -> None:
    serving.refuse_unfit(settings())
    address = f"http://{host}:{port}"
    emit(as_json, {"address": address}, [_("กำลังเปิดระบบที่ %(address)s กด Ctrl+C เพื่อหยุด", address=address)])
    serving.serve(current_app._get_current_object(), host, port)  # type: ignore[attr-defined]


@click.command(help="ตรวจความพร้อมของระบบ")
@as_json
@in_app
def doctor(as_json: bool) -> int:
    checks = list(all_checks(settings()))
    payload = {"checks": [{"name": one.name, "ok": one.is_good, "message": one.message} for one in checks]}
    emit(as_json, payload, [_told(check) for check in checks])
    return 0 if all(check.is_good for check in checks) else REFUSED


def _told(check: Check) -> str:
    return f"{'✓' if check.is_good else '✗'} {check.message}"
