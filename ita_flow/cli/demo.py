"""``ita-flow demo``: an invented agency in the middle of its year, to look around in."""

from __future__ import annotations

import os
import secrets
from dataclasses import replace
from datetime import date
from pathlib import Path

import click
from flask.cli import AppGroup
from flask_babel import force_locale
from flask_babel import gettext as _

from ita_flow import create_app, schema, serving
from ita_flow.cli.talk import as_json, emit
from ita_flow.cli.years import DAY
from ita_flow.config import DATABASE_FILE, PREFIX, ROOT, SETTINGS_FILE, Settings, read_settings
from ita_flow.demo.build import build, is_built
from ita_flow.demo.people import ADMINISTRATOR, PASSWORD, PEOPLE, Person
from ita_flow.domain.refusals import Invalid

HOST, PORT = "127.0.0.1", 5000
TODAY = date(2024, 3, 18)


def add_commands(main: AppGroup) -> None:
    main.add_command(demo)


@click.command(help="สร้างและเปิดระบบสาธิตของหน่วยงานสมมติ อีเมลไม่ออกไปภายนอก")
@click.option("--no-serve", is_flag=True, help="สร้างข้อมูลเท่านั้น ไม่เปิดระบบ")
@click.option("--port", default=PORT, show_default=True, type=click.IntRange(1, 65535), help="พอร์ต")
@click.option("--today", type=DAY, help="วันที่สมมติว่าเป็นวันนี้ (ปกติ 18 มี.ค. 2567)")
@as_json
def demo(no_serve: bool, port: int, today: date | None, as_json: bool) -> None:
    settings = _demo_settings(port, today)
    app = create_app(settings)
    with app.app_context(), force_locale("th"):
        if schema.present_revision():
            is_built()
        _keep(settings)
        _tell(_("ฐานข้อมูล"))
        schema.upgrade()
        build(_tell)
        emit(as_json, {"accounts": _accounts()}, _welcome(settings))
        if not no_serve:
            serving.refuse_unfit(settings)
            serving.serve(app, HOST, port)


def _demo_settings(port: int, today: date | None) -> Settings:
    """The settings of a demo's own folder; a folder in which anything else was kept before is none."""
    folder = Path(os.environ.get(f"{PREFIX}INSTANCE") or ROOT / "instance" / "demo")
    settings = read_settings(instance=folder)
    is_used = any(path.exists() for path in (folder / SETTINGS_FILE, folder / DATABASE_FILE, settings.evidence_folder))
    if is_used and not settings.is_demo:
        raise Invalid("not_a_demo")
    return replace(
        settings,
        is_demo=True,
        base_url=f"http://{HOST}:{port}",
        smtp_url=None,
        secret_key=settings.secret_key or secrets.token_hex(32),
        today=today or settings.today or TODAY,
    )


def _keep(settings: Settings) -> None:
    """Mark the folder as a demo's, for every later start."""
    settings_file = settings.instance / SETTINGS_FILE
    if not settings_file.exists():
        settings_file.touch(mode=0o600)
        written = f'demo = true\nsecret_key = "{settings.secret_key}"\ntoday = "{TODAY.isoformat()}"\n'
        settings_file.write_text(written, encoding="utf-8")


def _tell(stage: str) -> None:
    click.echo(f"… {stage}", err=True)


def _shown() -> list[Person]:
    return [person for person in (*PEOPLE, ADMINISTRATOR) if person.is_shown]


def _accounts() -> list[dict[str, str]]:
    return [
        {"role": str(person.role or person.seat), "email": person.email, "password": PASSWORD} for person in _shown()
    ]


def _welcome(settings: Settings) -> list[str]:
    lines = [
        "",
        _("ระบบสาธิต องค์การบริหารส่วนจังหวัดตัวอย่าง: %(address)s", address=settings.base_url),
        _("รหัสผ่านของทุกบัญชี: %(password)s", password=PASSWORD),
        "",
    ]
    lines += [f"  {person.email:<24}{person.name} · {person.post}" for person in _shown()]
    return [*lines, "", _("อีเมลไม่ออกไปภายนอก ดูได้ที่ %(address)s/demo/outbox", address=settings.base_url)]
