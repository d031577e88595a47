"""What the headings of a table of measures mean, in the words of many offices."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain

from ita_flow.domain.thai import comparison_key
from ita_flow.intake.readers import Line

HEADINGS: dict[str, tuple[str, ...]] = {
    "numbering": ("ที่", "ลำดับ", "ลำดับที่", "เลขที่", "No", "#", "ข้อ", "ข้อที่"),
    "area": (
        "ประเด็น", "ประเด็นที่", "หัวข้อการวิเคราะห์", "ประเด็นการวิเคราะห์", "ประเด็นการประเมิน", "ด้าน", "ด้านที่", "หัวข้อ",
    ),
    "items": (
        "หัวข้อที่ใช้ในการวิเคราะห์", "หัวข้อที่ใช้วิเคราะห์", "ข้อที่ใช้ในการวิเคราะห์", "ข้อที่ใช้วิเคราะห์", "ข้อ OIT", "หัวข้อ OIT",
        "OIT", "รหัส OIT", "รายการ OIT", "หัวข้อการประเมิน OIT", "หัวข้อการประเมิน", "หัวข้อการวิเคราะห์", "หัวข้อ", "รหัสข้อ", "ข้อ",
    ),
    "analysis": ("ผลการวิเคราะห์", "ผลวิเคราะห์", "การวิเคราะห์", "บทวิเคราะห์", "สรุปผลการวิเคราะห์", "ข้อค้นพบ"),
    "title": ("มาตรการ", "มาตรการ/กิจกรรม", "กิจกรรม", "โครงการ", "ชื่อมาตรการ", "ชื่อกิจกรรม", "ชื่อโครงการ"),
    "method": (
        "ขั้นตอนและวิธีการปฏิบัติ", "วิธีดำเนินการ", "วิธีการดำเนินการ", "วิธีดำเนินงาน", "วิธีการดำเนินงาน", "วิธีการปฏิบัติ",
        "วิธีปฏิบัติ", "วิธีการ", "ขั้นตอน", "ขั้นตอนการดำเนินงาน", "ขั้นตอนการดำเนินการ", "ขั้นตอนการปฏิบัติ", "แนวทาง",
        "แนวทางการดำเนินงาน", "แนวทางการดำเนินการ", "แนวทางปฏิบัติ", "รายละเอียดการดำเนินการ", "กิจกรรม",
    ),
    "responsible": (
        "ผู้รับผิดชอบ", "หน่วยงานที่รับผิดชอบ", "หน่วยงานรับผิดชอบ", "หน่วยงานผู้รับผิดชอบ", "ส่วนราชการที่รับผิดชอบ",
        "ส่วนราชการ", "หน่วยงาน", "ส่วนงาน", "สำนัก", "กอง", "เจ้าภาพ",
    ),
    "window": (
        "ระยะเวลาดำเนินการ", "ระยะเวลาในการดำเนินการ", "ระยะเวลา", "กรอบเวลา", "กรอบระยะเวลา", "กำหนดแล้วเสร็จ",
        "กำหนดเวลา", "วันที่แล้วเสร็จ", "วันแล้วเสร็จ", "ช่วงเวลา", "เวลา", "ครบกำหนด",
    ),
}  # fmt: skip
"""The headings that mean a field, the most usual first. One that means several stands with each of them."""

BEGINNINGS: dict[str, tuple[str, ...]] = {
    "items": ("ข้อoit", "หัวข้อoit", "oit", "หัวข้อที่ใช้", "ข้อที่ใช้"),
    "area": ("ประเด็น", "หัวข้อการวิเคราะห์"),
    "analysis": ("ผลการวิเคราะห์", "ผลวิเคราะห์", "การวิเคราะห์"),
    "title": ("มาตรการ", "กิจกรรม", "โครงการ"),
    "method": ("วิธี", "ขั้นตอน", "แนวทาง", "รายละเอียด", "การดำเนิน"),
    "responsible": ("ผู้รับผิดชอบ", "หน่วยงาน", "ส่วนราชการ", "หน่วยรับผิดชอบ"),
    "window": ("ระยะเวลา", "กรอบเวลา", "กรอบระยะเวลา", "กำหนดแล้วเสร็จ", "กำหนดเวลา", "ช่วงเวลา", "วันที่แล้วเสร็จ"),
}
"""How longer headings begin. Other cells may begin so too, so this counts only in a row that is a heading anyway."""

TOLD_ALREADY = ("วันครบกำหนด",)
"""Columns that only say again what another one says, as in the table that this program writes."""

WORDS_FOR_ITEMS = ("oit", "ข้อ", "รหัส")
ESSENTIAL = frozenset({"title", "responsible", "window"})
FEWEST_KNOWN, FEWEST_KNOWN_OF_ESSENTIAL = 3, 2
LONGEST_HEADING = 120

_NOTE = re.compile(r"[(\[][^()\[\]]{0,80}[)\]]")
_AROUND = " :：*.•-–()0123456789"
_BETWEEN_NAMES = re.compile("[/,&]|และ|หรือ")
_KEYS = {field: list(map(comparison_key, names)) for field, names in HEADINGS.items()}
_FIELDS_BY_KEY: dict[str, tuple[str, ...]] = {
    key: tuple(field for field, others in _KEYS.items() if key in others) for keys in _KEYS.values() for key in keys
}


def heading_key(text: str) -> str:
    """A heading without its notes in brackets, its number and the marks around it."""
    return _heading_key(text) if len(text) <= LONGEST_HEADING else ""


@lru_cache(maxsize=1024)
def _heading_key(text: str) -> str:
    return comparison_key(_NOTE.sub("", text)).strip(_AROUND)


def is_table_heading(line: Line) -> bool:
    """Whether the line is the heading of a table of measures."""
    if not line.is_row:
        return False
    known = {field for cell in line.cells for field in _known(heading_key(cell))[:1]} - {"numbering"}
    likely = {field for cell in line.cells for field in meanings_of(cell)[:1]}
    if not known or not {"area", "title"} & likely:
        return False
    return len(known) >= FEWEST_KNOWN or (
        likely >= ESSENTIAL and (len(known) >= FEWEST_KNOWN_OF_ESSENTIAL or "area" in likely)
    )


def says_nothing_new(name: str) -> bool:
    """Whether a column of this name may be left out without a word."""
    return "numbering" in meanings_of(name) or heading_key(name) in TOLD_ALREADY


@lru_cache(maxsize=1024)
def _known(key: str) -> tuple[str, ...]:
    """The fields that a heading is known to mean; several names joined by a stroke mean each of theirs."""
    if key in _FIELDS_BY_KEY:
        return _FIELDS_BY_KEY[key]
    names = [name for name in _BETWEEN_NAMES.split(key) if name]
    known = [_FIELDS_BY_KEY.get(name, ()) for name in names]
    return tuple(dict.fromkeys(chain.from_iterable(known))) if all(known) else ()


def meanings_of(cell: str) -> tuple[str, ...]:
    """The fields that a heading may mean, the likeliest first; none for what is no heading."""
    key = heading_key(cell)
    return _known(key) or tuple(field for field, words in BEGINNINGS.items() if key.startswith(words))[:1]


def rank_of(field: str, cell: str) -> int:
    """How usual a heading is for its field; 0 is the most usual."""
    keys = _KEYS[field]
    first = _BETWEEN_NAMES.split(heading_key(cell))[0]
    return keys.index(first) if first in keys else len(keys)
