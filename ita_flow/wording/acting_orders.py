"""Sentences about orders by which somebody acts in a seat, and what the kinds of them mean."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from ita_flow.domain.permissions import ActingKind

SENTENCES: dict[str, LazyString] = {
    "acted_seat_is_held": _l("ตำแหน่งนี้มีผู้ดำรงตำแหน่งในช่วงวันดังกล่าวคือ %(name)s โปรดเลือกตำแหน่งนี้พร้อมชื่อผู้ดำรงตำแหน่ง หรือแก้ไขวัน"),
    "acting_account_is_closed": _l("บัญชีของ %(name)s ปิดใช้งานอยู่ โปรดเปิดใช้งานก่อน หรือเลือกผู้อื่น"),
    "acting_decided_later": _l("มีการพิจารณาตามคำสั่งนี้เมื่อ %(day)s วันสิ้นสุดจึงต้องไม่ก่อนวันดังกล่าว"),
    "acting_ends_already": _l("คำสั่งนี้สิ้นสุด %(day)s อยู่แล้ว หากต้องการขยายเวลา ให้บันทึกคำสั่งใหม่"),
    "acting_ends_when": _l("ระบุวันสุดท้ายที่ทำหน้าที่แทน"),
    "acting_for_oneself": _l("ผู้ทำหน้าที่แทนต้องไม่ใช่ผู้ดำรงตำแหน่งนั้นเอง โปรดเลือกผู้อื่น"),
    "acting_has_begun": _l("คำสั่งนี้มีผลแล้ว จึงนำออกไม่ได้ โปรดกำหนดวันสิ้นสุดของคำสั่ง"),
    "acting_kind_needed": _l("เลือกว่าเป็นการรักษาราชการแทน ปฏิบัติราชการแทน หรือรักษาการในตำแหน่ง"),
    "acting_order_of_others": _l("แก้ไขคำสั่งนี้ได้เฉพาะผู้ดำรงตำแหน่ง ผู้ประสานงาน ITA หรือผู้ดูแลระบบ โปรดแจ้งผู้ดังกล่าว"),
    "acting_order_is_undated": _l("กรอกวันที่ลงนามในคำสั่ง เช่น 15 มี.ค. 2567"),
    "acting_order_not_signed_yet": _l("วันที่ลงนามในคำสั่งยังมาไม่ถึง โปรดตรวจวันที่อีกครั้ง"),
    "acting_order_number_too_long": _l("เลขที่คำสั่งต้องไม่เกิน %(most)s ตัวอักษร"),
    "acting_order_without_number": _l("กรอกเลขที่คำสั่ง เช่น 12/2567"),
    "acting_order_entered_already": _l("บันทึกคำสั่งที่ %(number)s ให้ผู้นี้ในตำแหน่งนี้ไว้แล้ว จึงไม่ต้องบันทึกซ้ำ"),
    "acting_outlasts_the_holder": _l("ผู้ดำรงตำแหน่งนี้อยู่ในตำแหน่งตั้งแต่ %(first)s ถึง %(last)s โปรดแก้ไขวันให้อยู่ในช่วงดังกล่าว"),
    "acting_person_needed": _l("เลือกผู้ทำหน้าที่แทน"),
    "acting_seat_needed": _l("เลือกตำแหน่งที่จะมีผู้ทำหน้าที่แทน"),
    "acts_there_already": _l("ผู้นี้ดำรงตำแหน่งหรือทำหน้าที่แทนในตำแหน่งนี้อยู่แล้วในช่วงวันดังกล่าว โปรดเลือกผู้อื่น หรือแก้ไขวัน"),
    "delegation_needs_a_holder": _l(
        "ปฏิบัติราชการแทนต้องมีผู้ดำรงตำแหน่งเป็นผู้มอบอำนาจ หากตำแหน่งว่าง โปรดเลือกรักษาราชการแทน หรือรักษาการในตำแหน่ง"
    ),
    "division_of_a_narrow_seat": _l("ตำแหน่งนี้พิจารณาเฉพาะสำนัก/กองหรือฝ่ายของตนอยู่แล้ว โปรดเลือก “ทุกสำนัก/กอง”"),
    "in_position_needs_a_vacancy": _l(
        "รักษาการในตำแหน่งใช้เฉพาะตำแหน่งที่ว่าง หากมีผู้ดำรงตำแหน่ง ให้เลือกรักษาราชการแทน หรือปฏิบัติราชการแทน"
    ),
    "no_order_for_oneself": _l(
        "ท่านบันทึกคำสั่งให้ตนเองทำหน้าที่แทนไม่ได้ โปรดให้ผู้ดำรงตำแหน่ง หรือผู้ประสานงาน ITA หรือผู้ดูแลระบบคนอื่นบันทึก"
    ),
    "order_for_own_seat_only": _l("ท่านมอบผู้ทำหน้าที่แทนได้เฉพาะตำแหน่งของท่าน ตำแหน่งอื่นโปรดแจ้งผู้ประสานงาน ITA หรือผู้ดูแลระบบ"),
    "post_is_by_order": _l("ตำแหน่งนี้มาจากคำสั่งให้ทำหน้าที่แทน โปรดแก้ไขที่หน้าผู้รักษาราชการแทน"),
}

MEANINGS: Mapping[ActingKind, LazyString] = {
    ActingKind.ACTING: _l("ตำแหน่งว่าง หรือผู้ดำรงตำแหน่งปฏิบัติราชการไม่ได้"),
    ActingKind.DELEGATED: _l("ผู้ดำรงตำแหน่งมอบอำนาจให้พิจารณาแทน โดยยังพิจารณาเองได้"),
    ActingKind.IN_POSITION: _l("ตำแหน่งว่าง และมีผู้ทำหน้าที่ไปจนกว่าจะแต่งตั้ง"),
}
"""When each kind is meant."""
