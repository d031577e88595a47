"""Sentences about agencies and the people in them."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

SENTENCES: dict[str, LazyString] = {
    "agency_needs_a_name": _l("กรอกชื่อหน่วยงาน เช่น องค์การบริหารส่วนจังหวัดตัวอย่าง"),
    "agency_name_too_long": _l("ชื่อหน่วยงานต้องไม่เกิน %(most)s ตัวอักษร"),
    "agency_type_too_long": _l("ประเภทหน่วยงานต้องไม่เกิน %(most)s ตัวอักษร"),
    "agency_code_unfit": _l("รหัสหน่วยงาน %(code)s ใช้ไม่ได้ ใช้ตัวอักษรอังกฤษพิมพ์เล็ก ตัวเลข หรือขีด ยาว 2–31 ตัว เช่น example-pao"),
    "agency_code_taken": _l("รหัสหน่วยงาน %(code)s มีผู้ใช้แล้ว เลือกรหัสอื่น"),
    "agency_missing": _l("ยังไม่มีหน่วยงานในระบบ เริ่มด้วย ita-flow init --agency ชื่อหน่วยงาน --admin อีเมล"),
    "agency_unknown": _l("ไม่พบหน่วยงานรหัส %(code)s รหัสที่มีคือ %(known)s"),
    "agency_not_chosen": _l("มีหลายหน่วยงานในระบบ ระบุด้วย --agency รหัส รหัสที่มีคือ %(known)s"),
    "email_unfit": _l("อีเมล %(email)s ไม่ถูกต้อง กรอกใหม่ เช่น name@example.go.th"),
    "person_of_another_agency": _l("อีเมล %(email)s เป็นของหน่วยงานอื่นในระบบนี้ ใช้อีเมลอื่น"),
    "administrators_appoint_administrators": _l("ผู้ดูแลระบบเท่านั้นที่แต่งตั้งผู้ดูแลระบบได้ โปรดแจ้งผู้ดูแลระบบ"),
    "administrators_look_after_their_own": _l("ผู้ดูแลระบบเท่านั้นที่แก้ไขบัญชีของผู้ดูแลระบบได้ โปรดแจ้งผู้ดูแลระบบ"),
    "appointed_account_is_closed": _l("บัญชีของ %(name)s ปิดใช้งานอยู่ โปรดเปิดใช้งานก่อน แล้วจึงแต่งตั้ง"),
    "director_needs_a_division": _l("ผู้อำนวยการกองต้องสังกัดสำนัก/กอง ไม่ใช่ฝ่าย/กลุ่มงาน ระบุสำนัก/กอง"),
    "email_of_account_in_use": _l("ผู้นี้ตั้งรหัสผ่านแล้ว ผู้ดูแลระบบเท่านั้นที่เปลี่ยนอีเมลได้ โปรดแจ้งผู้ดูแลระบบ"),
    "email_of_another_name": _l("อีเมล %(email)s เป็นของ %(name)s ตรวจอีเมล หรือแก้ชื่อให้ตรงกัน"),
    "email_taken": _l("อีเมล %(email)s เป็นของ %(name)s อยู่แล้ว หากเป็นคนเดียวกัน ให้เพิ่มตำแหน่งที่หน้าของผู้นั้น หากไม่ใช่ ให้ใช้อีเมลอื่น"),
    "head_needs_a_section": _l("หัวหน้าฝ่ายต้องสังกัดฝ่าย/กลุ่มงาน ระบุฝ่าย/กลุ่มงาน"),
    "invitation_is_waiting": _l("คำเชิญก่อนหน้านี้ยังรอส่งอยู่ จึงไม่ต้องส่งซ้ำ"),
    "invited_account_is_closed": _l("บัญชีนี้ปิดใช้งานอยู่ โปรดเปิดใช้งานก่อน แล้วจึงส่งคำเชิญ"),
    "invited_person_has_a_password": _l("ผู้นี้ตั้งรหัสผ่านแล้ว จึงไม่ต้องส่งคำเชิญอีก"),
    "last_administrator": _l("หน่วยงานต้องมีผู้ดูแลระบบอย่างน้อยหนึ่งคนเสมอ โปรดแต่งตั้งคนใหม่ก่อน"),
    "no_seat_for_oneself": _l("ท่านแต่งตั้งตนเองเป็นผู้พิจารณาหรือผู้บริหารไม่ได้ โปรดให้ผู้ดูแลระบบหรือผู้ประสานงาน ITA คนอื่นแต่งตั้ง"),
    "officer_needs_a_unit": _l("เจ้าหน้าที่ต้องมีสังกัด ระบุสำนัก/กองหรือฝ่าย/กลุ่มงาน"),
    "own_account_closed": _l("ท่านปิดบัญชีของตนเองไม่ได้ โปรดให้ผู้ดูแลระบบคนอื่นดำเนินการ"),
    "people_columns_missing": _l("ไม่พบคอลัมน์ %(missing)s แถวแรกที่อ่านได้คือ %(found)s โปรดตั้งชื่อคอลัมน์ตามแบบฟอร์ม"),
    "people_columns_twice": _l("คอลัมน์ %(names)s หมายถึงเรื่องเดียวกัน ให้เหลือคอลัมน์เดียว"),
    "people_list_empty": _l("ยังไม่มีรายชื่อ เลือกไฟล์ หรือวางตารางที่แถวแรกเป็นชื่อคอลัมน์"),
    "people_list_is_a_workbook": _l("ไฟล์นี้เป็นไฟล์ Excel ให้เปิดแล้วบันทึกเป็นชนิด CSV UTF-8 หรือคัดลอกตารางมาวางแทน"),
    "people_list_not_text": _l("อ่านรายชื่อนี้ไม่ได้ บันทึกจาก Excel เป็นชนิด CSV UTF-8 แล้วเลือกไฟล์ใหม่ หรือคัดลอกตารางมาวางแทน"),
    "people_list_refused": _l("ยังไม่ได้บันทึกรายชื่อใด เพราะมี %(count)s แถวที่ต้องแก้ไข"),
    "people_list_too_large": _l("รายชื่อต้องไม่เกิน 1 MB แบ่งเป็นหลายไฟล์"),
    "people_list_too_long": _l("รายชื่อมี %(count)s แถว แต่นำเข้าได้ครั้งละไม่เกิน %(most)s แถว แบ่งเป็นหลายไฟล์"),
    "person_name_too_long": _l("ชื่อและนามสกุลต้องไม่เกิน %(most)s ตัวอักษร"),
    "person_needs_a_name": _l("กรอกชื่อและนามสกุล"),
    "person_unknown": _l("ไม่พบอีเมล %(email)s ในหน่วยงานนี้ ตรวจการสะกด"),
    "post_ends_before_it_begins": _l("วันสิ้นสุดอยู่ก่อนวันเริ่ม ตรวจวันทั้งสองอีกครั้ง"),
    "post_has_begun": _l("ตำแหน่งนี้เริ่มแล้ว จึงนำออกไม่ได้ ให้ระบุวันสิ้นสุดแทน"),
    "post_is_held_already": _l("ผู้นี้ดำรงตำแหน่งนี้อยู่แล้วในช่วงเวลานั้น ตรวจสังกัดและวันเริ่มอีกครั้ง"),
    "post_of_the_whole_agency": _l("ตำแหน่งนี้ดูแลทั้งหน่วยงาน จึงไม่ต้องระบุสำนัก/กองหรือฝ่าย/กลุ่มงาน"),
    "post_title_too_long": _l("ชื่อตำแหน่งต้องไม่เกิน %(most)s ตัวอักษร"),
    "role_and_seat_both_named": _l("กรอกบทบาทหรือตำแหน่งบริหารเพียงช่องเดียว หากมีทั้งสองให้แยกเป็นสองแถว"),
    "role_or_seat_needed": _l("ระบุบทบาท เช่น เจ้าหน้าที่ หรือหัวหน้าฝ่าย"),
    "role_or_seat_unknown": _l("ไม่มีบทบาทชื่อ “%(word)s” ใช้คำตามแบบฟอร์ม เช่น เจ้าหน้าที่ หรือหัวหน้าฝ่าย"),
    "row_has_too_many_cells": _l("มีข้อมูลเกินจำนวนคอลัมน์ ตรวจจุลภาคและอัญประกาศในแถวนี้"),
    "row_repeats_another": _l("ซ้ำกับแถว %(other)s นำออกหนึ่งแถว"),
    "section_needs_its_division": _l("ระบุสำนัก/กองที่ %(name)s สังกัด"),
    "unit_of_another_agency": _l("ไม่พบสังกัดที่เลือกในหน่วยงานนี้แล้ว เลือกใหม่"),
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
