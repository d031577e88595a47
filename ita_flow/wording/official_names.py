"""Official names that stand in the rules of the office, for those who read them in English."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from ita_flow.domain.areas import AREAS
from ita_flow.domain.scoring import GOOD, IMPROVE, IMPROVE_NOW, INDICATORS, INSTRUMENTS, PASSED, TOP

AREA_NAMES: Mapping[int, LazyString] = {
    1: _l("กระบวนการปฏิบัติงานที่โปร่งใสและมีประสิทธิภาพ"),
    2: _l("การให้บริการและระบบ E-Service"),
    3: _l("ช่องทางและรูปแบบการประชาสัมพันธ์เผยแพร่ข้อมูลข่าวสารภาครัฐ"),
    4: _l("กระบวนการกำกับดูแลการใช้ทรัพย์สินของราชการ"),
    5: _l("กระบวนการสร้างความโปร่งใสในการใช้งบประมาณและการจัดซื้อจัดจ้าง"),
    6: _l("กระบวนการควบคุม ตรวจสอบการใช้อำนาจและการบริหารงานบุคคล"),
    7: _l("กลไกและมาตรการในการแก้ไขและป้องกันการทุจริตภายในหน่วยงาน"),
}
INDICATOR_NAMES: Mapping[int, LazyString] = {
    1: _l("การปฏิบัติหน้าที่"),
    2: _l("การใช้งบประมาณ"),
    3: _l("การใช้อำนาจ"),
    4: _l("การใช้ทรัพย์สินของราชการ"),
    5: _l("การแก้ไขปัญหาการทุจริต"),
    6: _l("คุณภาพการดำเนินงาน"),
    7: _l("ประสิทธิภาพการสื่อสาร"),
    8: _l("การปรับปรุงการทำงาน"),
    9: _l("การเปิดเผยข้อมูล"),
    10: _l("การป้องกันการทุจริต"),
}
INSTRUMENT_NAMES = (
    _l("แบบวัดการรับรู้ของผู้มีส่วนได้เสียภายใน"),
    _l("แบบวัดการรับรู้ของผู้มีส่วนได้เสียภายนอก"),
    _l("แบบวัดการเปิดเผยข้อมูลสาธารณะ"),
)
LEVELS: Mapping[str, LazyString] = {
    TOP: _l("ผ่านดีเยี่ยม"),
    GOOD: _l("ผ่านดี"),
    PASSED: _l("ผ่าน"),
    IMPROVE: _l("ต้องปรับปรุง"),
    IMPROVE_NOW: _l("ต้องปรับปรุงโดยด่วน"),
}
OFFICIAL: Mapping[str, LazyString] = {
    **{AREAS[number]: name for number, name in AREA_NAMES.items()},
    **{INDICATORS[number]: name for number, name in INDICATOR_NAMES.items()},
    **{rule.name: name for rule, name in zip(INSTRUMENTS.values(), INSTRUMENT_NAMES, strict=True)},
    **LEVELS,
}


def official(name: str | None) -> str:
    """An official name in the language that is being spoken; what is none stays as it stands."""
    return str(OFFICIAL.get(name or "", name or ""))
