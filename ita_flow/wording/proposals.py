"""Sentences about plans and wishes for a later due date that are laid before the seats."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from ita_flow.domain.states import ProposalState

SENTENCES: dict[str, LazyString] = {
    "plan_approve_too_late": _l("แผนนี้ไม่ได้รอพิจารณาแล้ว โปรดเปิดหน้าแผนเพื่อดูสถานะล่าสุด"),
    "plan_propose_too_late": _l("แผนนี้เสนอพิจารณาหรืออนุมัติไปก่อนแล้ว โปรดเปิดหน้าแผนเพื่อดูสถานะล่าสุด"),
    "plan_publish_too_late": _l("บันทึกการเผยแพร่ได้เฉพาะแผนที่อนุมัติแล้วและยังไม่เผยแพร่ โปรดเปิดหน้าแผนเพื่อดูสถานะล่าสุด"),
    "plan_return_too_late": _l("แผนนี้ไม่ได้รอพิจารณาแล้ว โปรดเปิดหน้าแผนเพื่อดูสถานะล่าสุด"),
    "plan_sign_too_late": _l("บันทึกการลงนามได้เฉพาะแผนที่ยังเป็นร่าง หากเสนอพิจารณาไว้ ให้ดึงกลับก่อนแล้วบันทึกอีกครั้ง"),
    "plan_withdraw_too_late": _l("ดึงกลับไม่ได้ เพราะแผนนี้ไม่ได้รอพิจารณาแล้ว โปรดเปิดหน้าแผนเพื่อดูสถานะล่าสุด"),
    "plan_write_too_late": _l(
        "ในสถานะปัจจุบัน แก้ไขแผนนี้โดยตรงไม่ได้ โปรดเปิดหน้าแผน หากรอพิจารณาอยู่ ให้ดึงกลับก่อน หากเผยแพร่แล้ว ให้จัดทำแผนฉบับแก้ไข"
    ),
    "plan_is_proposed": _l("แผนปี %(year)s รอพิจารณาอยู่ จึงยังแก้ไขไม่ได้ หากต้องแก้ไข ให้ดึงกลับก่อน"),
    "plan_is_published": _l("แผนปี %(year)s เผยแพร่แล้ว จึงแก้ไขโดยตรงไม่ได้ หากต้องแก้ไข ให้จัดทำแผนฉบับแก้ไข"),
    "proposal_approve_too_late": _l("มีผู้ดำเนินการกับเรื่องนี้ไปก่อนแล้ว โปรดเปิดดูสถานะล่าสุด"),
    "proposal_return_too_late": _l("มีผู้ดำเนินการกับเรื่องนี้ไปก่อนแล้ว โปรดเปิดดูสถานะล่าสุด"),
    "proposal_withdraw_too_late": _l("ดึงกลับไม่ได้ เพราะเรื่องนี้พิจารณาเสร็จแล้ว หรือดึงกลับไปก่อนแล้ว โปรดเปิดดูสถานะล่าสุด"),
    "proposal_says_otherwise": _l(
        "ชื่อหน่วยงานหรือโครงสร้างหน่วยงานในแผนเปลี่ยนไปหลังเสนอพิจารณา จึงอนุมัติฉบับที่เสนอไม่ได้ "
        "โปรดส่งกลับ หรือให้ผู้ประสานงาน ITA ดึงกลับแล้วเสนอใหม่"
    ),
    "proposal_waits_already": _l("เรื่องนี้เสนอพิจารณาไว้แล้ว โปรดเปิดดูสถานะล่าสุด หากต้องแก้ไข ให้ดึงกลับก่อน"),
    "published_link_missing": _l("วางลิงก์ของหน้าเว็บไซต์ที่เผยแพร่แผน"),
    "published_link_strange": _l("ลิงก์นี้เปิดไม่ได้ คัดลอกที่อยู่เว็บทั้งหมดจากเบราว์เซอร์ ขึ้นต้นด้วย https:// แล้ววางอีกครั้ง"),
}

BECAME: Mapping[str, Mapping[ProposalState, LazyString]] = {
    "plan": {
        ProposalState.WAITING: _l("รอพิจารณา"),
        ProposalState.APPROVED: _l("พิจารณาครบทุกลำดับแล้ว แผนฉบับนี้มีผลใช้"),
        ProposalState.RETURNED: _l("ผู้พิจารณาส่งกลับแก้ไข แก้ไขแผนแล้วเสนอพิจารณาใหม่ได้ทันที"),
        ProposalState.WITHDRAWN: _l("ผู้ประสานงาน ITA ดึงแผนกลับแล้ว แก้ไขแล้วเสนอพิจารณาใหม่ได้ทันที"),
    },
    "extension": {
        ProposalState.WAITING: _l("รอพิจารณา"),
        ProposalState.APPROVED: _l("พิจารณาครบทุกลำดับแล้ว งานนี้ใช้กำหนดใหม่"),
        ProposalState.RETURNED: _l("ผู้พิจารณาส่งกลับ กำหนดปัจจุบันยังใช้อยู่ ขอขยายกำหนดเวลาใหม่ได้"),
        ProposalState.WITHDRAWN: _l("ดึงคำขอกลับแล้ว กำหนดปัจจุบันยังใช้อยู่"),
    },
}
"""By the kind of a proposal: what became of it, and what comes next."""
