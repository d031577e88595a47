"""Sentences about reading documents: why a file or a phrase was refused, what is needed, what is doubtful."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

PLACES: dict[str, LazyString] = {
    "place_file": _l("ไฟล์ %(name)s"),
    "place_line": _l("บรรทัด %(line)d"),
    "place_row": _l("แถวที่ %(row)d"),
    "place_paragraph": _l("ย่อหน้าที่ %(number)d"),
    "place_table_row": _l("ตารางที่ %(table)d แถวที่ %(row)d"),
    "place_sheet_row": _l("แผ่นงาน “%(sheet)s” แถวที่ %(row)d"),
    "place_cell": _l("%(row)s คอลัมน์ %(column)s"),
    "place_scores": _l("ตารางคะแนนรายตัวชี้วัด"),
    "place_table_at": _l("ตารางมาตรการที่เริ่มจาก%(row)s"),
    "place_prose": _l("ส่วนวิเคราะห์รายประเด็น"),
    "place_document": _l("ทั้งเอกสาร"),
}

FOUND: dict[str, LazyString] = {
    "found_bytes": _l("ไฟล์ขนาด %(count)d ไบต์"),
    "found_empty": _l("ช่องว่าง"),
    "found_nothing": _l("ไม่พบ"),
    "found_no_year": _l("ไม่พบปีของผลการประเมิน"),
    "found_no_indicator": _l("ไม่พบคะแนนตัวชี้วัดที่ %(numbers)s"),
    "found_no_area": _l("ไม่พบประเด็นที่ %(number)d %(name)s"),
    "found_columns": _l("มีคอลัมน์ %(columns)s"),
    "found_rows": _l("มี %(count)d มาตรการ"),
    "found_cells": _l("มี %(count)d ช่อง"),
    "found_letters": _l("ข้อความยาว %(count)d ตัวอักษร"),
    "found_items": _l("มีหัวข้อ %(count)d ข้อ"),
    "found_steps": _l("มี %(count)d ขั้นตอน"),
    "found_limitations": _l("มีข้อจำกัด %(count)d รายการ"),
    "found_twice": _l("%(code)s ปรากฏซ้ำ ครั้งแรกอยู่ที่%(row)s"),
}

NEEDED: dict[str, LazyString] = {
    "needed_table": _l("ใส่ตารางที่มีหัวคอลัมน์ ประเด็น มาตรการ ผู้รับผิดชอบ และระยะเวลา ถ้าเป็นไฟล์ข้อความให้คั่นช่องด้วยแท็บ"),
    "needed_columns": _l("เพิ่มคอลัมน์ %(columns)s"),
    "needed_cells": _l("ให้แถวนี้มีไม่เกิน %(count)d ช่องตามหัวตาราง"),
    "needed_cell": _l("กรอกช่อง %(column)s"),
    "needed_area": _l("ระบุหมายเลข 1 ถึง 7 หรือชื่อของประเด็น"),
    "needed_area_row": _l("เพิ่มมาตรการของประเด็นนี้อย่างน้อย 1 มาตรการ"),
    "needed_area_prose": _l("เขียนให้ครบทั้ง 7 ประเด็น หรือตัดส่วนนี้ออกทั้งหมด"),
    "needed_item": _l("เขียนรหัสข้อนำหน้าชื่อข้อ เช่น O11 แผนดำเนินงาน"),
    "needed_letters": _l("ย่อข้อความให้ไม่เกิน %(most)d ตัวอักษร"),
    "needed_items": _l("ระบุหัวข้อไม่เกิน %(most)d ข้อ"),
    "needed_steps": _l("รวมขั้นตอนที่ต่อเนื่องกันให้เหลือไม่เกิน %(most)d ขั้นตอน"),
    "needed_limitations": _l("ระบุข้อจำกัดไม่เกิน %(most)d รายการ"),
    "needed_item_range": _l("เรียงรหัสข้อจากน้อยไปมาก เช่น O19 - O22"),
    "needed_division": _l("ระบุชื่อสำนัก/กองที่รับผิดชอบ หรือ ทุกกอง จะระบุฝ่าย/กลุ่มงานด้วยก็ได้ เช่น ฝ่ายพัสดุ กองคลัง"),
    "needed_fewer": _l("ให้เหลือไม่เกิน %(most)d มาตรการ ถ้ามีตารางของปีอื่นหรือเรื่องอื่นอยู่ด้วยให้ตัดออก"),
    "needed_score": _l("ระบุคะแนน 0 ถึง 100 ทศนิยมไม่เกินสองตำแหน่ง เช่น 95.47"),
    "needed_indicators": _l("ระบุคะแนนให้ครบทั้ง 10 ตัวชี้วัด หรือตัดผลการประเมินออกทั้งหมด"),
    "needed_indicator": _l("ระบุหมายเลขตัวชี้วัด 1 ถึง 10"),
    "needed_level": _l("ระบุชื่อระดับผลการประเมิน เช่น ผ่านดี"),
    "needed_rank": _l("ระบุลำดับเป็นตัวเลข เช่น ลำดับที่ 3"),
    "needed_year": _l("ระบุปี พ.ศ. ของผลการประเมิน เช่น ผลการประเมิน ปีงบประมาณ พ.ศ. 2566"),
    "needed_finding": _l("ระบุรหัสข้อคำถาม เช่น ข้อ e4 หรือข้อ O2"),
    "needed_channel": _l("ใส่หัวข้อ EIT Public หรือ EIT Survey ไว้ก่อนข้อคำถาม"),
    "needed_once": _l("ใช้รหัสนี้เพียงครั้งเดียวในส่วนเดียวกัน"),
}

DOUBTS: dict[str, LazyString] = {
    "doubled_word": _l("คำซ้ำ อาจตั้งใจเขียนว่า %(once)s"),
    "impossible_marks": _l("สระหรือวรรณยุกต์เรียงผิดหลักภาษาไทย โปรดตรวจตัวสะกด"),
    "foreign_script": _l("ระบบไม่ทราบว่าอักษรต่างภาษานี้ควรเป็นอักษรไทยตัวใด"),
    "written_differently": _l("%(elsewhere)s เขียนว่า “%(other)s”"),
    "item_title": _l("%(elsewhere)s ใช้รหัส %(code)s กับชื่อ “%(other)s”"),
    "score_twice": _l("%(elsewhere)s ระบุ %(other)s"),
    "total": _l("คะแนนรวมไม่ตรงกับตัวชี้วัด คำนวณจาก 10 ตัวชี้วัดได้ %(computed)s"),
    "level": _l("ระดับไม่ตรงกับคะแนน คำนวณจากคะแนนได้ระดับ %(computed)s"),
    "indicator_name": _l("ตัวชี้วัดที่ %(number)d มีชื่อว่า %(name)s"),
    "area_name": _l("อ่านเป็นประเด็นที่ %(number)d %(name)s"),
    "sequence": _l("เลขข้อไม่ตรงลำดับ ข้อนี้เป็นลำดับที่ %(sequence)d ของส่วนนี้"),
    "same_analysis": _l("ผลการวิเคราะห์เป็นข้อความเดียวกัน %(count)d มาตรการ ควรวิเคราะห์แยกแต่ละมาตรการ"),
    "empty_cell": _l("ไม่ได้กรอกช่อง %(column)s"),
    "another_agency": _l("เอกสารนี้เป็นของ %(stated)s ไม่ใช่ %(wanted)s"),
    "other_agency_named": _l("เอกสารนี้เป็นของ %(agency)s แต่กล่าวถึงหน่วยงานอื่น"),
    "another_year": _l("เอกสารนี้เป็นแผนของปี %(stated)s ไม่ใช่ปี %(wanted)d"),
    "window_of_another_year": _l("ระยะเวลาเป็นของปีอื่น ระบบอ่านเป็นช่วงเดียวกันของปีงบประมาณ %(wanted)d"),
    "formula": _l("ช่องนี้เป็นสูตรที่ไม่มีผลคำนวณ ระบบจึงอ่านได้แต่ตัวสูตร เปิดไฟล์ด้วย Excel แล้วบันทึกใหม่"),
    "hidden_sheet": _l("ไม่ได้อ่านแผ่นงานที่ซ่อนไว้ ถ้าต้องการใช้ ให้เลิกซ่อนแล้วนำเข้าอีกครั้ง"),
    "hidden_rows": _l("ไม่ได้อ่านแถวที่ซ่อนไว้ในแผ่นงาน %(sheet)s ถ้าต้องการใช้ ให้เลิกซ่อนแล้วนำเข้าอีกครั้ง"),
    "hidden_columns": _l("ไม่ได้อ่านคอลัมน์ที่ซ่อนไว้ในแผ่นงาน %(sheet)s ถ้าต้องการใช้ ให้เลิกซ่อนแล้วนำเข้าอีกครั้ง"),
    "item_range": _l("อ่านเป็นช่วงรหัส รวม %(count)d ข้อ ถ้าหมายถึงเพียง 2 ข้อ ให้คั่นด้วยเครื่องหมาย ,"),
    "item_list": _l("อ่านเป็น 2 ข้อ ถ้าหมายถึงช่วงรหัส ให้เขียนเฉพาะรหัส เช่น O19 - O22"),
    "named_by_post": _l("เอกสารระบุเป็นตำแหน่ง ระบบอ่านเป็น %(units)s"),
    "row_left_out": _l("ไม่ได้นำเข้าแถวนี้ เพราะช่องไม่ตรงกับตารางมาตรการ"),
    "columns_unused": _l("ไม่ได้นำเข้าคอลัมน์ %(columns)s"),
    "assessed_years": _l("เอกสารระบุปีที่ประเมินไว้หลายปี ระบบอ่านเป็นปี %(year)d"),
}

SENTENCES: dict[str, LazyString] = {
    "document_too_large": _l("ไฟล์ใหญ่ %(size)s MB ใช้ไฟล์ข้อความที่ไม่เกิน %(most)s MB"),
    "document_office_too_large": _l("ไฟล์ใหญ่ %(size)s MB ตัดรูปภาพออกให้เหลือไม่เกิน %(most)s MB แล้วนำเข้าอีกครั้ง"),
    "document_empty": _l("ไฟล์ไม่มีข้อความ เลือกไฟล์ที่มีเนื้อหาของแผน"),
    "document_not_text": _l("อ่านข้อความในไฟล์นี้ไม่ได้ ใช้ไฟล์ .docx .xlsx .csv หรือ .txt ที่บันทึกแบบ UTF-8"),
    "document_old_office": _l(
        "ไฟล์นี้เป็น Word หรือ Excel รุ่นเก่า หรือมีรหัสผ่าน บันทึกเป็น .docx หรือ .xlsx ที่ไม่มีรหัสผ่าน แล้วนำเข้าอีกครั้ง"
    ),
    "document_encrypted": _l("ไฟล์มีรหัสผ่าน บันทึกเป็นไฟล์ที่ไม่มีรหัสผ่าน แล้วนำเข้าอีกครั้ง"),
    "document_pdf": _l("ไฟล์นี้เป็น PDF ใช้ไฟล์ต้นฉบับ .docx หรือ .xlsx หรือคัดลอกตารางจากไฟล์มาวางแทน"),
    "document_picture": _l("ไฟล์นี้เป็นรูปภาพ ใช้ไฟล์ต้นฉบับ .docx หรือ .xlsx"),
    "document_other_archive": _l("ไฟล์นี้เป็นไฟล์บีบอัด แตกไฟล์แล้วเลือกเอกสาร .docx หรือ .xlsx ที่อยู่ข้างใน"),
    "document_other_format": _l("ระบบไม่รู้จักไฟล์ชนิดนี้ เปิดด้วย Word หรือ Excel แล้วบันทึกเป็น .docx หรือ .xlsx"),
    "document_damaged": _l("ไฟล์ชำรุด เปิดไฟล์ด้วย Word หรือ Excel แล้วบันทึกใหม่ หรือใช้สำเนาอื่น"),
    "document_bombed": _l("ไฟล์ขยายออกแล้วใหญ่ผิดปกติ คัดลอกเฉพาะเนื้อหาของแผนไปไว้ในไฟล์ใหม่"),
    "document_takes_too_much": _l("ไฟล์ใหญ่หรือซับซ้อนเกินกว่าจะอ่านได้ คัดลอกเฉพาะเนื้อหาของแผนไปไว้ในไฟล์ใหม่"),
    "document_too_many_lines": _l("ไฟล์มีเกิน %(most)d บรรทัด ใช้ไฟล์ที่มีเฉพาะแผน"),
    "document_too_many_letters": _l("ไฟล์มีข้อความเกิน %(most)d ตัวอักษร ใช้ไฟล์ที่มีเฉพาะแผน"),
    "document_too_wide": _l("ตารางมีเกิน %(most)d คอลัมน์ ใช้ไฟล์ที่มีเฉพาะตารางของแผน"),
    "document_line_too_long": _l("บรรทัด %(line)d ยาวเกินไป แบ่งให้ไม่เกิน %(most)d ตัวอักษรต่อบรรทัด"),
    "document_row_too_long": _l("มีแถวหรือย่อหน้าที่ยาวเกินไป แบ่งให้ไม่เกิน %(most)d ตัวอักษร"),
    "document_quote_open": _l("บรรทัด %(line)d มีเครื่องหมายคำพูดเปิดแต่ไม่มีตัวปิด เติมให้ครบคู่แล้วนำเข้าอีกครั้ง"),
    "document_marks_piled": _l("มีสระหรือวรรณยุกต์ซ้อนกันเกิน %(most)d ตัว พิมพ์ข้อความส่วนนี้ใหม่"),
    "window_unreadable": _l(
        "เขียนระยะเวลา เช่น ภายใน 6 เดือนแรก · ตลอดปีงบประมาณ · ไตรมาสที่ 2 · ตุลาคม %(begins_in)d - มีนาคม %(fiscal_year)d "
        "· 31 มีนาคม %(fiscal_year)d"
    ),
    "window_impossible_date": _l("วันที่นี้ไม่มีอยู่จริง แก้เป็นวันที่ที่มีในปฏิทิน"),
    "window_outside_year": _l("กำหนดแล้วเสร็จต้องอยู่ระหว่าง 1 ตุลาคม %(begins_in)d ถึง 30 กันยายน %(fiscal_year)d"),
    "window_backwards": _l("วันเริ่มต้องมาก่อนวันสิ้นสุด สลับวันทั้งสอง หรือแก้ปีให้อยู่ในปีงบประมาณ %(fiscal_year)d"),
    "plan_too_many_tasks": _l("เอกสารให้ทุกกองรับผิดชอบรวม %(count)s งาน เกิน %(most)s งาน ระบุสำนัก/กองของแต่ละมาตรการแทน"),
    "every_division_unknown": _l("เอกสารให้ทุกกองรับผิดชอบ แต่ยังไม่มีสำนัก/กองในระบบ เพิ่มสำนัก/กองก่อนแล้วนำเข้าอีกครั้ง"),
    "window_of_another_year": _l("ระยะเวลานี้เป็นของปีงบประมาณ %(year)d แก้เป็นช่วงเวลาในปีงบประมาณ %(fiscal_year)d"),
}


def say(sentences: dict[str, LazyString], key: str, **values: object) -> str:
    """A place, finding, need or doubt in words."""
    return str(sentences[key]) % values
