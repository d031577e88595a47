"""``ita-flow evidence check``: whether the files of the evidence are those that were put in."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from time import monotonic

import click
from flask.cli import AppGroup
from flask_babel import gettext as _

from ita_flow.cli.talk import REFUSED, as_json, emit, needs_database
from ita_flow.config import MEGABYTE
from ita_flow.database import reading
from ita_flow.domain.clock import real_now
from ita_flow.extensions import clock
from ita_flow.models.evidence import Evidence
from ita_flow.queries.evidence import damaged_evidence
from ita_flow.wording.labels import label_of
from ita_flow.workflow import evidence_checks
from ita_flow.workflow.evidence import store
from ita_flow.workflow.evidence_checks import FILES_A_TRANSACTION, Named

group = AppGroup("evidence", help="ไฟล์หลักฐาน")


def add_commands(main: AppGroup) -> None:
    main.add_command(group)


@group.command("check", help="อ่านไฟล์หลักฐานซ้ำ ตรวจว่าตรงกับที่บันทึกไว้เมื่อแนบ")
@click.option("--all", "is_all", is_flag=True, help="อ่านทุกไฟล์ ถ้าไม่ระบุจะอ่านเฉพาะส่วนของวันนี้")
@as_json
@needs_database
def check(is_all: bool, as_json: bool) -> int:
    began = monotonic()
    with reading():
        due = evidence_checks.all_files() if is_all else evidence_checks.due_files(clock.now())
    _check(due)
    seconds = monotonic() - began
    orphans = evidence_checks.sweep(store(), real_now())
    with reading():
        damaged = damaged_evidence()
        lines = [*(_line(piece) for piece in damaged), _summary(due, seconds, damaged)]
        payload = _payload(due, seconds, damaged, orphans)
    emit(as_json, payload, lines)
    return REFUSED if damaged else 0


def _check(due: Sequence[Named]) -> None:
    """Read them in parts, and show on standard error how far it has come."""
    with click.progressbar(length=len(due), label=_("ตรวจไฟล์หลักฐาน"), file=sys.stderr) as watched:
        for start in range(0, len(due), FILES_A_TRANSACTION):
            part = due[start : start + FILES_A_TRANSACTION]
            evidence_checks.check(store(), part, clock.now())
            watched.update(len(part))


def _payload(
    read: Sequence[Named], seconds: float, damaged: Sequence[Evidence], orphans: Sequence[str]
) -> dict[str, object]:
    return {
        "files": len(read),
        "bytes": sum(file.size for file in read),
        "seconds": round(seconds, 3),
        "damaged": [
            {
                "agency_id": piece.agency_id,
                "evidence": piece.id,
                "name": piece.name,
                "sha256": piece.sha256,
                "outcome": piece.damage,
            }
            for piece in damaged
        ],
        "orphans": orphans,
    }


def _line(piece: Evidence) -> str:
    number = _("หลักฐานเลขที่ %(number)s", number=piece.id)
    return f"✗ {number} {piece.name}: {label_of(piece.damage)}" if piece.damage else number


def _summary(read: Sequence[Named], seconds: float, damaged: Sequence[Evidence]) -> str:
    size = sum(file.size for file in read) / MEGABYTE
    count = {"files": f"{len(read):,}", "size": f"{size:,.1f}", "seconds": f"{seconds:.1f}"}
    told = _("อ่าน %(files)s ไฟล์ %(size)s MB ใน %(seconds)s วินาที", **count)
    if damaged:
        return f"{told} {_('พบไฟล์ที่ต้องกู้คืนจากสำเนาสำรอง %(count)s รายการ', count=len(damaged))}"
    return f"{told} {_('ไม่พบไฟล์ที่เสียหาย')}"
