"""Sentences about agencies and the people in them."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

SENTENCES: dict[str, LazyString] = {
    "agency_needs_a_name": _l("กรอกชื่อหน่วยงาน เช่น องค์การบริหารส่วนจังหวัดตัวอย่าง"),
    "agency_name_too_long": _l("ชื่อหน่วยงานยาวเกิน %(most)s ตัวอักษร ใช้ชื่อที่สั้นกว่านี้"),
    "agency_type_too_long": _l("ประเภทหน่วยงานยาวเกิน %(most)s ตัวอักษร ใช้ชื่อที่สั้นกว่านี้"),
    "agency_code_unfit": _l("รหัสหน่วยงาน %(code)s ใช้ไม่ได้ ใช้ตัวอักษรอังกฤษพิมพ์เล็ก ตัวเลข หรือขีด ยาว 2–31 ตัว เช่น example-pao"),
    "agency_code_taken": _l("รหัสหน่วยงาน %(code)s มีผู้ใช้แล้ว เลือกรหัสอื่น"),
    "agency_missing": _l("ยังไม่มีหน่วยงานในระบบ เริ่มด้วย ita-flow init --agency ชื่อหน่วยงาน --admin อีเมล"),
    "agency_unknown": _l("ไม่พบหน่วยงานรหัส %(code)s รหัสที่มีคือ %(known)s"),
    "agency_not_chosen": _l("มีหลายหน่วยงานในระบบ ระบุด้วย --agency รหัส รหัสที่มีคือ %(known)s"),
    "email_unfit": _l("อีเมล %(email)s ใช้ไม่ได้ ตรวจการสะกด เช่น name@example.go.th"),
    "person_of_another_agency": _l("อีเมล %(email)s เป็นของหน่วยงานอื่นในระบบนี้ ใช้อีเมลอื่น"),
    "administrators_appoint_administrators": _l("เฉพาะผู้ดูแลระบบเท่านั้นที่แต่งตั้งผู้ดูแลระบบได้ โปรดแจ้งผู้ดูแลระบบ"),
    "administrators_look_after_their_own": _l("บัญชีของผู้ดูแลระบบแก้ไขได้โดยผู้ดูแลระบบเท่านั้น โปรดแจ้งผู้ดูแลระบบ"),
    "director_needs_a_division": _l("ผู้อำนวยการกองต้องอยู่ในสำนัก/กอง ไม่ใช่ฝ่าย/กลุ่มงาน เลือกสำนัก/กอง"),
    "email_of_account_in_use": _l("อีเมลของผู้ที่เข้าใช้งานแล้วเปลี่ยนได้โดยผู้ดูแลระบบเท่านั้น โปรดแจ้งผู้ดูแลระบบ"),
    "email_of_another_name": _l("อีเมล %(email)s เป็นของ %(name)s ตรวจอีเมลหรือแก้ชื่อให้ตรงกัน"),
    "email_taken": _l("อีเมล %(email)s เป็นของ %(name)s อยู่แล้ว เปิดรายชื่อของผู้นั้นเพื่อเพิ่มตำแหน่ง หรือใช้อีเมลอื่น"),
    "head_needs_a_section": _l("หัวหน้าฝ่ายต้องอยู่ในฝ่าย/กลุ่มงาน เลือกฝ่าย/กลุ่มงาน"),
    "invitation_is_waiting": _l("คำเชิญก่อนหน้านี้ยังรอส่งอยู่ ไม่ต้องส่งซ้ำ"),
    "invited_account_is_closed": _l("บัญชีนี้ปิดใช้งานอยู่ เปิดใช้งานก่อนแล้วจึงส่งคำเชิญ"),
    "invited_person_has_a_password": _l("ผู้นี้ตั้งรหัสผ่านแล้ว ไม่ต้องส่งคำเชิญอีก"),
    "last_administrator": _l("หน่วยงานต้องมีผู้ดูแลระบบอย่างน้อยหนึ่งคน แต่งตั้งผู้ดูแลระบบคนใหม่ก่อน"),
    "no_seat_for_oneself": _l("ท่านกำหนดที่นั่งพิจารณาหรือผู้บริหารให้ตนเองไม่ได้ โปรดให้ผู้ดูแลระบบหรือผู้ประสานงานคนอื่นกำหนด"),
    "officer_needs_a_unit": _l("เจ้าหน้าที่ต้องอยู่ในสำนัก/กอง หรือฝ่าย/กลุ่มงาน เลือกหน่วยที่สังกัด"),
    "own_account_closed": _l("ท่านปิดบัญชีของตนเองไม่ได้ โปรดให้ผู้ดูแลระบบคนอื่นดำเนินการ"),
    "people_columns_missing": _l("ไม่พบคอลัมน์ %(missing)s แถวแรกมี: %(found)s โปรดใช้ชื่อคอลัมน์ตามแบบฟอร์ม"),
    "people_columns_twice": _l("มีคอลัมน์ซ้ำความหมายกัน: %(names)s ให้เหลือคอลัมน์เดียว"),
    "people_list_empty": _l("ยังไม่มีรายชื่อ เลือกไฟล์ หรือวางข้อความที่มีแถวชื่อคอลัมน์และรายชื่อ"),
    "people_list_is_a_workbook": _l("ไฟล์นี้เป็นสมุดงาน Excel เปิดแล้วบันทึกเป็น CSV UTF-8 ก่อน"),
    "people_list_not_text": _l("ไฟล์นี้ไม่ใช่ข้อความ CSV ที่อ่านได้ บันทึกจากโปรแกรมตารางเป็น CSV UTF-8 แล้วเลือกใหม่"),
    "people_list_refused": _l("ยังไม่ได้บันทึกรายชื่อใด เพราะมี %(count)s แถวที่ต้องแก้ไข"),
    "people_list_too_large": _l("รายชื่อใหญ่เกิน 1 MB แบ่งเป็นหลายไฟล์"),
    "people_list_too_long": _l("มี %(count)s แถว ต้องไม่เกิน %(most)s แถว แบ่งเป็นหลายไฟล์"),
    "person_name_too_long": _l("ชื่อยาวเกิน %(most)s ตัวอักษร ใช้ชื่อที่สั้นกว่านี้"),
    "person_needs_a_name": _l("กรอกชื่อและนามสกุล"),
    "person_unknown": _l("ไม่พบผู้ใช้อีเมล %(email)s ในหน่วยงานนี้ ตรวจการสะกด"),
    "post_ends_before_it_begins": _l("วันสิ้นสุดอยู่ก่อนวันเริ่ม ตรวจวันที่ทั้งสอง"),
    "post_has_begun": _l("ตำแหน่งนี้เริ่มแล้ว ระบุวันสิ้นสุดแทนการยกเลิก"),
    "post_is_held_already": _l("ดำรงตำแหน่งนี้อยู่แล้วในช่วงวันดังกล่าว ตรวจวันเริ่มและหน่วยที่สังกัด"),
    "post_of_the_whole_agency": _l("ตำแหน่งนี้เป็นของทั้งหน่วยงาน ไม่ต้องระบุสำนัก/กองหรือฝ่าย/กลุ่มงาน"),
    "post_title_too_long": _l("ชื่อตำแหน่งยาวเกิน %(most)s ตัวอักษร ใช้ชื่อที่สั้นกว่านี้"),
    "role_and_seat_both_named": _l("ระบุบทบาทหรือที่นั่งอย่างใดอย่างหนึ่ง ถ้ามีทั้งสองให้แยกเป็นสองแถว"),
    "role_or_seat_needed": _l("ระบุบทบาทหรือที่นั่ง เช่น เจ้าหน้าที่ หรือ หัวหน้าฝ่าย"),
    "role_or_seat_unknown": _l("ไม่รู้จักบทบาทหรือที่นั่ง %(word)s ใช้คำตามแบบฟอร์ม เช่น เจ้าหน้าที่ หรือ หัวหน้าฝ่าย"),
    "row_has_too_many_cells": _l("มีช่องเกินจำนวนคอลัมน์ ตรวจเครื่องหมายจุลภาคหรืออัญประกาศในแถว"),
    "row_repeats_another": _l("ซ้ำกับแถว %(other)s ลบแถวใดแถวหนึ่ง"),
    "section_needs_its_division": _l("ระบุสำนัก/กองของ %(name)s"),
    "unit_of_another_agency": _l("หน่วยที่เลือกไม่ใช่ของหน่วยงานท่าน เลือกใหม่"),
}


def counted_changes(*, people: int, posts: int, changed: int, same: int) -> str:
    """What a list of people does, in numbers; what it does not do is left out."""
    parts = (
        (people, _("บุคลากรใหม่ %(count)s คน", count=people)),
        (posts, _("ตำแหน่งใหม่ %(count)s ตำแหน่ง", count=posts)),
        (changed, _("เปลี่ยน %(count)s ตำแหน่ง", count=changed)),
        (same, _("ไม่เปลี่ยน %(count)s แถว", count=same)),
    )
    return " · ".join(words for count, words in parts if count)
