"""How commands speak: to people in Thai, to programs in JSON."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterable
from typing import Any, ParamSpec

import click
import sqlalchemy as sa
from flask.cli import with_appcontext
from flask_babel import force_locale
from flask_babel import gettext as _

from ita_flow import schema
from ita_flow.domain.refusals import Invalid, Refusal
from ita_flow.extensions import db
from ita_flow.models.people import Agency

P = ParamSpec("P")

REFUSED, USED_WRONGLY = 1, 2

as_json = click.option("--json", "as_json", is_flag=True, help="พิมพ์เป็น JSON สำหรับโปรแกรม")
agency_option = click.option("--agency", "agency_code", metavar="CODE", help="รหัสหน่วยงาน เมื่อมีหลายหน่วยงาน")


class NotReady(Refusal):
    """The database is empty or older than this program."""


def emit(as_json: bool, payload: object, lines: Iterable[str] = ()) -> None:
    """Print the payload for a program, or the lines for a person."""
    if as_json:
        click.echo(json.dumps(payload, ensure_ascii=False, indent=2))
    else:
        for line in lines:
            click.echo(line)


def say_no(sentence: str) -> None:
    click.echo(sentence, err=True)


def in_app(command: Callable[P, Any]) -> Callable[P, Any]:
    """Run within the application, speaking Thai."""

    @functools.wraps(command)
    def spoken(*args: P.args, **kwargs: P.kwargs) -> Any:
        with force_locale("th"):
            return command(*args, **kwargs)

    return with_appcontext(spoken)


def needs_database(command: Callable[P, Any]) -> Callable[P, Any]:
    """Within the application, but only on a database at the revision that this program needs."""

    @functools.wraps(command)
    def checked(*args: P.args, **kwargs: P.kwargs) -> Any:
        if not schema.is_current():
            raise NotReady("database_not_ready")
        return command(*args, **kwargs)

    return in_app(checked)


def the_agency(code: str | None) -> Agency:
    """The agency of that code, or the only one there is."""
    agencies = {agency.code: agency for agency in db.session.scalars(sa.select(Agency).order_by(Agency.code))}
    known = ", ".join(agencies)
    if not agencies:
        raise Invalid("agency_missing")
    if code is not None and code not in agencies:
        raise Invalid("agency_unknown", code=code, known=known)
    if code is None and len(agencies) > 1:
        raise Invalid("agency_not_chosen", known=known)
    return agencies[code] if code else next(iter(agencies.values()))


def complaint_about(error: click.UsageError) -> str:
    """What was wrong with the way a command was called, and where its help stands."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error.format_message()
    help_command = f"{error.ctx.command_path if error.ctx else 'ita-flow'} --help"
    return _("ใช้คำสั่งไม่ถูกต้อง: %(what)s ดูวิธีใช้ด้วย %(help)s", what=_what_is_wrong(error), help=help_command)


def _what_is_wrong(error: click.UsageError) -> str:
    if isinstance(error, click.MissingParameter) and error.param:
        return _("ต้องระบุ %(name)s", name=_name_of(error.param))
    if isinstance(error, click.exceptions.NoSuchCommand):
        return _("ไม่มีคำสั่ง %(name)s", name=error.command_name)
    if isinstance(error, click.NoSuchOption):
        return _("ไม่มีตัวเลือก %(name)s", name=error.option_name)
    if isinstance(error, click.BadOptionUsage):
        return _("ตัวเลือก %(name)s ไม่ถูกต้อง ตรวจค่าที่ระบุต่อท้าย", name=error.option_name)
    if isinstance(error, click.BadParameter) and error.param:
        return _("ค่าของ %(name)s ใช้ไม่ได้ (%(message)s)", name=_name_of(error.param), message=error.message)
    return _("มีข้อความเกินหรือผิดรูปแบบ (%(message)s)", message=error.message)


def _name_of(parameter: click.Parameter) -> str:
    return parameter.opts[0] if isinstance(parameter, click.Option) else parameter.human_readable_name
