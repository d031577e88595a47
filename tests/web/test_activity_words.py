"""A recorded change in words; what this program does not know is shown as it stands."""

from __future__ import annotations

from typing import Any

import pytest

from ita_flow.queries.activity_subjects import Names, Subject
from ita_flow.wording.activity_values import changes_between

pytestmark = pytest.mark.usefixtures("plain_app")

NAMES = Names(
    {"unit:3": Subject(name="กองคลัง"), "named_seat:7": Subject(name="ประธานคณะทำงาน"), "plan:2": Subject(year=2567)},
    {5: "สมหญิง ใจดี"},
)


@pytest.mark.parametrize(
    ("part", "value", "told"),
    [
        ("due_on", "2024-03-31", ("กำหนดแล้วเสร็จ", "31 มี.ค. 2567")),
        ("division", 3, ("สำนัก/กอง", "กองคลัง")),
        ("division", 4, ("สำนัก/กอง", "4")),
        ("officers", [5, 6], ("ผู้รับผิดชอบ", "สมหญิง ใจดี, 6")),
        ("state", "approved", ("สถานะ", "เห็นชอบแล้ว")),
        ("plan_state", "approved", ("สถานะ", "อนุมัติแล้ว")),
        ("state", "gossip", ("สถานะ", "gossip")),
        ("percent", 50, ("ร้อยละ", "50%")),
        ("active", False, ("ใช้งานบัญชี", "ไม่ใช่")),
        ("passed", ["director:vacant"], ("ตำแหน่งที่ข้าม", "ผู้อำนวยการกอง (ไม่มีผู้ดำรงตำแหน่ง)")),
        ("passed", ["named:vacant:ประธานคณะทำงาน"], ("ตำแหน่งที่ข้าม", "ประธานคณะทำงาน (ไม่มีผู้ดำรงตำแหน่ง)")),
        ("chain", ["director", "ประธานคณะทำงาน"], ("ลำดับผู้พิจารณา", "ผู้อำนวยการกอง, ประธานคณะทำงาน")),
        ("seats", ["director approve 3 any"], ("ลำดับพิจารณา", "ผู้อำนวยการกอง อนุมัติ ภายใน 3 วันทำการ")),
        ("seats", ["named:7 endorse 5 all"], ("ลำดับพิจารณา", "ประธานคณะทำงาน ทุกคน เห็นชอบ ภายใน 5 วันทำการ")),
        ("seats", ["what nobody knows"], ("ลำดับพิจารณา", "what nobody knows")),
        ("plan", 2, ("แผน", "ปี 2567")),
        ("plan", 9, ("แผน", "9")),
        ("evidence", ["a", "b"], ("หลักฐาน", "2 รายการ")),
        ("content", "0123456789abcdef", ("รหัสตรวจสอบเนื้อหา", "0123456789ab…")),
        ("gossip", {"a": 1}, ("gossip", "{'a': 1}")),
    ],
)
def test_a_value_is_said_as_people_say_it(part: str, value: Any, told: tuple[str, str]) -> None:
    (change,) = changes_between({}, {part: value}, NAMES)

    assert (change.part, change.after.replace("\u00a0", " "), change.before) == (*told, "")


def test_only_what_is_otherwise_is_told_and_states_first() -> None:
    before = {"version": 1, "percent": 10, "title": "เดิม", "area": 2, "state": "draft"}
    after = {"version": 2, "percent": 10, "title": "ใหม่", "state": "submitted"}

    changes = changes_between(before, after, NAMES)

    assert [(change.before, change.after) for change in changes] == [
        ("ร่าง", "รอพิจารณา"),
        ("เดิม", "ใหม่"),
        ("2", "ไม่มี"),
        ("1", "2"),
    ]


def test_what_was_empty_and_stays_empty_is_not_told() -> None:
    assert changes_between({"comment": ""}, {"comment": None, "items": []}, NAMES) == []
