"""``ita-flow audit …``: whether the record was altered, and its ends to be kept elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click
from flask.cli import AppGroup
from flask_babel import gettext as _

from ita_flow.cli.talk import REFUSED, as_json, emit, needs_database
from ita_flow.database import reading
from ita_flow.domain.clock import real_now
from ita_flow.domain.refusals import Invalid
from ita_flow.queries.anchors import Anchor, anchors_at
from ita_flow.wording.record import told_of_break
from ita_flow.workflow.anchors import anchors_in, contradictions
from ita_flow.workflow.audit import Break
from ita_flow.workflow.record_check import first_breaks

LARGEST_FILE = 50_000_000

group = AppGroup("audit", help="บันทึกการเปลี่ยนแปลง")


def add_commands(main: AppGroup) -> None:
    main.add_command(group)


@group.command("verify", help="ตรวจว่าบันทึก ผลการพิจารณา รายงาน และหลักฐานไม่ถูกแก้ไข")
@click.option(
    "--anchors", "file", type=click.Path(path_type=Path), metavar="FILE", help="ไฟล์หรือโฟลเดอร์รหัสตรวจสอบที่เก็บไว้"
)
@click.option("--files/--no-files", default=True, help="อ่านไฟล์หลักฐานทุกไฟล์ด้วย (ปกติอ่าน)")
@as_json
@needs_database
def verify(file: Path | None, files: bool, as_json: bool) -> int:
    remembered = _remembered(file) if file else []
    with reading():
        broken = _first_of_each_agency([*first_breaks(_shown if files else None), *contradictions(remembered)])
    payload = {"whole": not broken, "broken": [_payload(one) for one in broken]}
    emit(as_json, payload, [_told(one) for one in broken] or [_("บันทึกการเปลี่ยนแปลงครบถ้วน ไม่พบการแก้ไข")])
    return REFUSED if broken else 0


@contextmanager
def _shown(files: Sequence[tuple[str, int]]) -> Iterator[Iterable[tuple[str, int]]]:
    """How far the reading of files has come, beside what programs read."""
    with click.progressbar(files, label=_("ตรวจไฟล์หลักฐาน"), file=sys.stderr) as watched:
        yield watched


def _payload(one: Break) -> dict[str, object]:
    row = {"row": one.row or None, "differs": list(one.differs)}
    return {"agency_id": one.agency_id, "seq": one.seq, "reason": one.reason, **row}


@group.command("anchors", help="พิมพ์รหัสตรวจสอบท้ายบันทึกของทุกหน่วยงาน สำหรับเก็บไว้ภายนอก")
@click.option("--out", "file", type=click.Path(path_type=Path), metavar="FILE", help="ต่อท้ายไฟล์นี้แทนการพิมพ์")
@as_json
@needs_database
def anchors(file: Path | None, as_json: bool) -> None:
    with reading():
        found = anchors_at(real_now())
    if file:
        _append(file, found)
    lines = [_("เพิ่มรหัสตรวจสอบของ %(count)s หน่วยงานใน %(file)s", count=len(found), file=file)] if file else _lines(found)
    emit(as_json, {"anchors": [vars(one) for one in found], "file": str(file) if file else None}, lines)


def _lines(anchors: Sequence[Anchor]) -> list[str]:
    return [anchor.line() for anchor in anchors]


def _append(file: Path, anchors: Sequence[Anchor]) -> None:
    try:
        with file.open("a", encoding="utf-8") as out:
            out.writelines(f"{line}\n" for line in _lines(anchors))
    except OSError:
        raise Invalid("file_unwritable", name=file.name) from None


def _remembered(path: Path) -> list[Anchor]:
    """The anchors of a file, or of all the files of a folder: those that the worker wrote day by day.

    Where there are none, nothing would be compared, and a record computed anew would be called whole.
    """
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    remembered = [anchor for file in files for anchor in anchors_in(_lines_of(file))]
    if not remembered:
        raise Invalid("anchors_missing", name=path.name)
    return remembered


def _lines_of(file: Path) -> list[str]:
    try:
        with file.open("rb") as stream:
            content = stream.read(LARGEST_FILE)
    except (OSError, ValueError):
        raise Invalid("file_unopened", name=file.name) from None
    return content.decode("utf-8", "replace").splitlines()


def _first_of_each_agency(breaks: Sequence[Break]) -> list[Break]:
    """A broken chain contradicts what was remembered of it as well: once is enough."""
    first: dict[int, Break] = {}
    for one in breaks:
        first.setdefault(one.agency_id, one)
    return list(first.values())


def _told(one: Break) -> str:
    return _("หน่วยงานเลขที่ %(agency)s %(what)s", agency=one.agency_id, what=told_of_break(one))
