"""Thai line breaks: words that browsers and mail programs, lacking them in their dictionaries, would tear apart."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

KEPT_WHOLE = (
    "ผู้อำนวยการกอง",
    "ผู้อำนวยการ",
    "ผู้รับผิดชอบ",
    "รับผิดชอบ",
    "ผู้รักษาราชการแทน",
    "รักษาราชการแทน",
    "ปฏิบัติราชการแทน",
    "รักษาการในตำแหน่ง",
    "ผู้ดำรงตำแหน่ง",
    "คำสั่ง",
    "เห็นชอบ",
    "ผู้ดูแลระบบ",
    "ผู้ประสานงาน",
    "ผู้ตรวจสอบ",
    "ผู้บริหารสูงสุด",
    "ผู้บริหาร",
    "ผู้พิจารณา",
    "ทั้งหน่วยงาน",
    "สำนัก/กอง",
    "ฝ่าย/กลุ่มงาน",
    "ตรวจสอบ",
    "เจ้าหน้าที่",
    "หัวหน้าฝ่าย",
    "ขั้นตอน",
    "ไม่แล้วเสร็จ",
    "แล้วเสร็จ",
    "คัดลอก",
    "มอบหมาย",
    "6 เดือนแรก",
    "6\u00a0เดือนแรก",
    "หน้าแรก",
    "อีกครั้ง",
    "งบประมาณ",
    "ตัวชี้วัด",
    "ข้อเสนอแนะ",
    "ประชาสัมพันธ์",
    "คุณธรรม",
    "ตัวอักษร",
    "เว้นว่าง",
    "เข้าสู่ระบบ",
    "ตาราง",
    "CSV UTF-8",
    "E-Service",
    "Social Network",
)
"""Longer words before the shorter ones they begin with."""

NUMBERED = "(?:ครั้ง|ฉบับ|ลำดับ|อันดับ|ประเด็น|มาตรการ|ตัวชี้วัด|คำสั่ง)ที่ [0-9]+(?:[–/][0-9]+)?|[0-9]{1,4} MB"
"""A number and what it counts, which belong on one line."""

_KEPT_WHOLE = re.compile("|".join([NUMBERED, *(re.escape(word) for word in KEPT_WHOLE)]))


def unbroken(text: object) -> Markup:
    """The text for a page, escaped, with words that must not be torn apart held together."""
    return Markup(held_together(str(escape(text)), 'class="w"'))


def held_together(escaped: str, by: str) -> str:
    """The same of text that is escaped already; ``by`` is the attribute that holds a word together."""
    # Only our own words are put between our own tags.
    return _KEPT_WHOLE.sub(rf"<span {by}>\g<0></span>", escaped)
