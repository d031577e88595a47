"""The command ``ita-flow``: exit 0 when done, 1 when refused, 2 when it was used wrongly."""

from __future__ import annotations

import sys

import click
from flask.cli import AppGroup, ScriptInfo
from sqlalchemy.exc import OperationalError

from ita_flow import create_app
from ita_flow.cli import assessments, audit, demo, evidence, mail, operations, people, plans, reminders, tasks
from ita_flow.cli.talk import REFUSED, USED_WRONGLY, complaint_about, say_no
from ita_flow.config import BadSetting
from ita_flow.domain.refusals import Refusal
from ita_flow.wording import sentence_of

group = AppGroup("ita-flow", help="ITA Flow: แผนมาตรการ ITA ของหน่วยงาน ตั้งแต่เอกสารจนถึงผลการดำเนินการ")
for room in (assessments, audit, demo, evidence, mail, operations, people, plans, reminders, tasks):
    room.add_commands(group)


def main(arguments: list[str] | None = None) -> None:
    """Run the command and leave with its exit code."""
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    """Run the command; every way of failing is told in Thai on standard error."""
    app_on_demand = ScriptInfo(create_app=create_app, set_debug_flag=False)
    try:
        result = group.main(args=arguments, prog_name="ita-flow", standalone_mode=False, obj=app_on_demand)
    except click.UsageError as error:
        say_no(complaint_about(error))
        return USED_WRONGLY
    except click.Abort:
        return REFUSED
    except BadSetting as error:
        say_no(str(error))
        return REFUSED
    except Refusal as refusal:
        say_no(sentence_of(refusal))
        return REFUSED
    except OperationalError as error:
        say_no(f"ฐานข้อมูลใช้งานไม่ได้ในขณะนี้ ลองอีกครั้ง หรือตรวจด้วย ita-flow doctor ({error.orig})")
        return REFUSED
    except OSError as error:
        say_no(f"ทำไม่สำเร็จ: {error} ตรวจสิทธิของโฟลเดอร์ พื้นที่ว่าง และพอร์ตที่ใช้ แล้วลองอีกครั้ง")
        return REFUSED
    return result if isinstance(result, int) else 0
