"""Sentences about reading documents: why a file or a phrase was refused, what is needed, what is doubtful."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

PLACES: dict[str, LazyString] = {
    "place_file": _l("ไฟล์ %(name)s"),
    "place_line": _l("บรรทัด %(line)d"),
    "place_cell": _l("%(row)s คอลัมน์ %(column)s"),
    "place_scores": _l("ตารางคะแนนรายตัวชี้วัด"),
    "place_table_at": _l("ตารางมาตรการที่เริ่มบรรทัด %(line)d"),
    "place_prose": _l("ส่วนวิเคราะห์รายประเด็น"),
    "place_document": _l("ทั้งเอกสาร"),
}

FOUND: dict[str, LazyString] = {
    "found_bytes": _l("ข้อมูล %(count)d ไบต์"),
    "found_empty": _l("ช่องว่าง"),
    "found_nothing": _l("ไม่พบ"),
    "found_no_year": _l("ไม่พบปีของผลการประเมิน"),
    "found_no_indicator": _l("ไม่พบคะแนนตัวชี้วัดที่ %(numbers)s"),
    "found_no_area": _l("ไม่พบประเด็นที่ %(number)d %(name)s"),
    "found_columns": _l("มีคอลัมน์ %(columns)s"),
    "found_cells": _l("มี %(count)d ช่อง"),
    "found_twice": _l("%(code)s ปรากฏซ้ำ ครั้งแรกอยู่บรรทัด %(line)d"),
}

NEEDED: dict[str, LazyString] = {
    "needed_table": _l("ตารางที่มีหัวคอลัมน์ ประเด็น มาตรการ ผู้รับผิดชอบ และระยะเวลา คั่นช่องด้วยแท็บ"),
    "needed_columns": _l("คอลัมน์ %(columns)s"),
    "needed_cells": _l("ไม่เกิน %(count)d ช่องตามหัวตาราง"),
    "needed_cell": _l("กรอก %(column)s"),
    "needed_area": _l("หมายเลขและชื่อของหนึ่งในเจ็ดประเด็น"),
    "needed_area_row": _l("อย่างน้อยหนึ่งมาตรการในแต่ละประเด็นทั้งเจ็ด"),
    "needed_area_prose": _l("หัวข้อครบทั้งเจ็ดประเด็น หรือไม่มีส่วนนี้เลย"),
    "needed_item": _l("รหัสข้อ เช่น O11 นำหน้าชื่อข้อ"),
    "needed_division": _l("ชื่อสำนักหรือกองที่รับผิดชอบ ระบุฝ่ายหรือกลุ่มงานไว้หน้าหรือหลังก็ได้"),
    "needed_score": _l("คะแนน 0 ถึง 100 ทศนิยมไม่เกินสองตำแหน่ง เช่น 95.47"),
    "needed_indicators": _l("คะแนนครบทั้งสิบตัวชี้วัด หรือไม่มีผลการประเมินเลย"),
    "needed_indicator": _l("หมายเลขตัวชี้วัด 1 ถึง 10"),
    "needed_level": _l("ชื่อระดับผลการประเมิน เช่น ผ่านดี"),
    "needed_rank": _l("ลำดับเป็นตัวเลข เช่น ลำดับที่ 3"),
    "needed_year": _l("ปี พ.ศ. ของผลการประเมิน เช่น ผลการประเมิน ปีงบประมาณ พ.ศ. 2566"),
    "needed_finding": _l("รหัสข้อคำถาม เช่น ข้อ e4 หรือข้อ O2"),
    "needed_channel": _l("หัวข้อว่าเป็น EIT Public หรือ EIT Survey ก่อนข้อคำถาม"),
    "needed_once": _l("รหัสละหนึ่งครั้งในแต่ละส่วน"),
}

DOUBTS: dict[str, LazyString] = {
    "doubled_word": _l("คำซ้ำ อาจตั้งใจเขียนว่า %(once)s"),
    "impossible_marks": _l("สระหรือวรรณยุกต์เรียงกันในแบบที่ภาษาไทยไม่มี โปรดตรวจตัวสะกด"),
    "foreign_script": _l("อักษรต่างภาษาที่ระบบไม่ทราบว่าควรเป็นอักษรไทยตัวใด"),
    "written_differently": _l("บรรทัด %(elsewhere)d เขียนว่า %(other)s"),
    "item_title": _l("บรรทัด %(elsewhere)d ใช้รหัสเดียวกันว่า %(other)s"),
    "score_twice": _l("บรรทัด %(elsewhere)d ระบุ %(other)s"),
    "total": _l("คำนวณจากสิบตัวชี้วัดได้ %(computed)s"),
    "level": _l("คำนวณจากคะแนนได้ระดับ %(computed)s"),
    "indicator_name": _l("ตัวชี้วัดที่ %(number)d มีชื่อว่า %(name)s"),
    "area_name": _l("อ่านเป็นประเด็นที่ %(number)d %(name)s"),
    "sequence": _l("เป็นลำดับที่ %(sequence)d ของส่วนนี้"),
    "same_analysis": _l("ผลการวิเคราะห์เป็นข้อความเดียวกัน %(count)d มาตรการ ควรวิเคราะห์แยกแต่ละมาตรการ"),
    "empty_cell": _l("ช่อง %(column)s ว่าง"),
    "another_agency": _l("เอกสารเป็นของ %(stated)s ไม่ใช่ %(wanted)s"),
    "other_agency_named": _l("เอกสารของ %(agency)s กล่าวถึงหน่วยงานอื่น"),
    "another_year": _l("เอกสารกำหนดมาตรการของปี %(stated)s ไม่ใช่ปี %(wanted)d"),
    "window_of_another_year": _l("อ่านเป็นช่วงเวลาเดียวกันของปีงบประมาณ %(wanted)d"),
    "assessed_years": _l("เอกสารระบุปีที่ประเมินหลายปี อ่านเป็นปี %(year)d"),
}

SENTENCES: dict[str, LazyString] = {
    "document_too_large": _l("ไฟล์มีขนาด %(size)s MB ใช้ไฟล์ข้อความที่ไม่เกิน %(most)s MB"),
    "document_empty": _l("ไฟล์ไม่มีข้อความ เลือกไฟล์ที่มีเนื้อหาของแผน"),
    "document_not_text": _l("ไฟล์ไม่ใช่ข้อความที่อ่านได้ บันทึกเป็นข้อความธรรมดา (.txt) แบบ UTF-8 แล้วนำเข้าอีกครั้ง"),
    "document_too_many_lines": _l("ไฟล์มี %(count)d บรรทัด ใช้ไฟล์ที่ไม่เกิน %(most)d บรรทัด"),
    "document_line_too_long": _l("บรรทัด %(line)d ยาวเกินไป แบ่งให้ไม่เกิน %(most)d ตัวอักษรต่อบรรทัด"),
    "window_unreadable": _l("เขียนระยะเวลาเป็น ภายใน 6 เดือนแรก ตลอดปีงบประมาณ หรือวันที่ เช่น 31 มีนาคม %(fiscal_year)d"),
    "window_impossible_date": _l("วันที่นี้ไม่มีอยู่จริง แก้เป็นวันที่ที่มีในปฏิทิน"),
    "window_outside_year": _l("กำหนดต้องอยู่ระหว่าง 1 ตุลาคม %(begins_in)d ถึง 30 กันยายน %(fiscal_year)d"),
    "window_of_another_year": _l("เป็นช่วงเวลาของปีงบประมาณ %(year)d ระบุช่วงเวลาในปีงบประมาณ %(fiscal_year)d"),
}


def say(sentences: dict[str, LazyString], key: str, **values: object) -> str:
    """A place, finding, need or doubt in words."""
    return str(sentences[key]) % values
