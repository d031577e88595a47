"""``ita-flow people …``: taking a list of people in, and showing who there is."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup
from flask_babel import gettext as _

from ita_flow.cli.talk import REFUSED, agency_option, as_json, emit, needs_database, say_no, the_agency
from ita_flow.config import settings
from ita_flow.database import reading, transaction
from ita_flow.domain.clock import real_now
from ita_flow.domain.refusals import Invalid
from ita_flow.extensions import clock
from ita_flow.intake.people_csv import MOST_BYTES, decoded
from ita_flow.models.people import Membership
from ita_flow.queries.people import PersonRow, all_people
from ita_flow.wording import sentence_of
from ita_flow.wording.labels import label_of
from ita_flow.wording.posts import spoken_post
from ita_flow.workflow.accounts import person_called
from ita_flow.workflow.audit import COMMAND_LINE
from ita_flow.workflow.people import give_link
from ita_flow.workflow.people_csv import ListRefused, take_in
from ita_flow.workflow.people_outlook import Change, Outlook, look_ahead

group = AppGroup("people", help="บุคลากร ตำแหน่ง และคำเชิญ")


def add_commands(main: AppGroup) -> None:
    main.add_command(group)


@group.command("import", help="นำเข้ารายชื่อบุคลากรจากไฟล์ CSV หากมีแถวผิดจะไม่บันทึกแถวใด")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--dry-run", is_flag=True, help="ตรวจสอบเท่านั้น ไม่บันทึก")
@agency_option
@as_json
@needs_database
def import_(file: Path, dry_run: bool, agency_code: str | None, as_json: bool) -> int:
    with file.open("rb") as stream:
        text = decoded(stream.read(MOST_BYTES + 1))
    with reading():
        outlook = look_ahead(the_agency(agency_code), text, actor=None, at=clock.now())
    if outlook.problems:
        return _refuse(as_json, outlook)
    if outlook.changes and not dry_run:
        with transaction():
            agency = the_agency(agency_code)
            outlook = take_in(agency, text, actor=None, via=COMMAND_LINE, at=clock.now(), now=real_now())
    with reading():
        emit(as_json, _import_payload(outlook, dry_run), _told(outlook, dry_run))
    return 0


def _refuse(as_json: bool, outlook: Outlook) -> int:
    emit(as_json, _import_payload(outlook, dry_run=True))
    say_no(sentence_of(ListRefused(outlook)))
    for problem in outlook.problems:
        say_no(_("แถว %(number)s: %(sentence)s", number=problem.number, sentence=sentence_of(problem.refusal)))
    return REFUSED


def _import_payload(outlook: Outlook, dry_run: bool) -> dict[str, object]:
    problems = [{"row": one.number, "reason": sentence_of(one.refusal)} for one in outlook.problems]
    return {
        "rows": len(outlook.entries) + len(outlook.problems),
        "changes": 0 if outlook.problems else outlook.changes,
        "new_people": [entry.email for entry in outlook.of(Change.NEW_PERSON)],
        "new_posts": [entry.email for entry in outlook.of(Change.NEW_POST)],
        "changed_posts": [entry.email for entry in outlook.of(Change.POST_CHANGED)],
        "unchanged": len(outlook.of(Change.NONE)),
        "new_units": list(outlook.new_units),
        "problems": problems,
        "saved": bool(outlook.changes) and not dry_run,
    }


def _told(outlook: Outlook, dry_run: bool) -> list[str]:
    if not outlook.changes:
        return [_("ตรงกับที่บันทึกไว้แล้ว ไม่มีอะไรเปลี่ยน")]
    lines = [_("ทดลองอ่าน ยังไม่ได้บันทึกข้อมูลใด") if dry_run else _("นำเข้าแล้ว"), outlook.in_numbers]
    if outlook.new_units:
        lines.append(_("สำนัก/กอง ฝ่าย/กลุ่มงานใหม่: %(units)s", units=", ".join(outlook.new_units)))
    return lines


@group.command("list", help="รายชื่อบุคลากรของหน่วยงาน")
@agency_option
@as_json
@needs_database
def list_(agency_code: str | None, as_json: bool) -> None:
    with reading():
        rows = all_people(the_agency(agency_code).id, clock.today())
        emit(as_json, [_payload(row) for row in rows], [_line(row) for row in rows])


def _payload(row: PersonRow) -> dict[str, object]:
    user = row.user
    posts = [_post_payload(post) for post in (*row.past_posts, *row.posts)]
    return {"email": user.email, "name": user.name, "state": row.state.value, "posts": posts}


def _post_payload(post: Membership) -> dict[str, object]:
    division = post.unit.parent or post.unit if post.unit else None
    return {
        "post": spoken_post(post),
        "role": post.role.value if post.role else None,
        "seat": post.seat.value if post.seat else None,
        "acting": post.acting.value if post.acting else None,
        "section": post.unit.name if post.unit and post.unit.parent else None,
        "division": division.name if division else None,
        "starts_on": post.starts_on.isoformat(),
        "ends_on": post.ends_on.isoformat() if post.ends_on else None,
    }


def _line(row: PersonRow) -> str:
    posts = ", ".join(_post_in_words(post) for post in row.posts)
    return f"{row.user.email:<32} {row.user.name} · {posts or _('ไม่มีตำแหน่งในวันนี้')} · {label_of(row.state)}"


def _post_in_words(post: Membership) -> str:
    return f"{spoken_post(post)} {post.unit.name}" if post.unit else spoken_post(post)


@group.command("link", help="พิมพ์ลิงก์ตั้งรหัสผ่านของบุคลากร ใช้เมื่อผู้นั้นรับอีเมลไม่ได้")
@click.argument("email")
@agency_option
@as_json
@needs_database
def link(email: str, agency_code: str | None, as_json: bool) -> None:
    with transaction():
        user = person_called(email)
        if user is None or user.agency_id != the_agency(agency_code).id:
            raise Invalid("person_unknown", email=email)
        token = give_link(user, via=COMMAND_LINE, at=clock.now(), now=real_now())
        address = f"{settings().base_url}/sign-in/link/{token}"
        payload = {"email": user.email, "link": address}
    emit(as_json, payload, [_("ตั้งรหัสผ่านที่ลิงก์นี้ ใช้ได้ครั้งเดียวภายใน 7 วัน: %(link)s", link=address)])
