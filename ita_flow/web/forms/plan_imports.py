"""Bringing a document in, and deciding on its doubts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from flask import request
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, RadioField, SubmitField, TextAreaField
from wtforms.fields import SelectChoice

from ita_flow.domain.plan_limits import LONGEST_REASON
from ita_flow.domain.refusals import Invalid
from ita_flow.domain.thai import tidy
from ita_flow.intake.draft import Correction, Doubt
from ita_flow.web.forms import typed

ACCEPTED_DOCUMENTS = ".docx,.xlsx,.csv,.txt"
LONGEST_OWN_TEXT = 500
KEEP, PROPOSAL = "keep", "proposal"
ON_PAPER, AS_DRAFT = "paper", "draft"
KEY_LENGTH = 16


class BringForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    file = FileField(_l("ไฟล์แผนของหน่วยงาน"), render_kw={"accept": ACCEPTED_DOCUMENTS})
    text = TextAreaField(_l("ตารางของแผน"), filters=[typed], render_kw={"rows": 10})


class ChoicesForm(FlaskForm):  # type: ignore[misc]
    """What is decided on a document. Each doubt has fields of its own, named by what it is and not by its place."""

    seen = HiddenField()
    approval = RadioField(
        _l("สถานะของแผน"),
        choices=[
            SelectChoice(ON_PAPER, _l("ลงนามอนุมัติแล้ว เริ่มติดตามและแจ้งเตือนได้ทันที")),
            SelectChoice(AS_DRAFT, _l("ยังเป็นร่าง นำเข้าไว้แก้ไขก่อน")),
        ],
        default=ON_PAPER,
        validate_choice=False,
    )
    reason = TextAreaField(_l("เหตุผลที่แก้ไขแผน"), filters=[typed], render_kw={"rows": 3, "maxlength": LONGEST_REASON})
    amend = SubmitField(_l("นำเข้าเป็นแผนฉบับแก้ไข"))
    accepted = HiddenField()
    adjust = SubmitField(_l("อ่านใหม่ตามที่เลือก"))
    take_all = BooleanField(_l("แก้ตามข้อเสนอทุกแห่ง"))

    @property
    def is_approved(self) -> bool:
        """Whether the document counts as signed on paper."""
        return bool(self.approval.data != AS_DRAFT)

    @property
    def amended_because(self) -> str | None:
        """The reason for which the plan in force is amended; None where the document is not to do that."""
        return (self.reason.data or "") if self.amend.data else None

    @property
    def is_only_adjusting(self) -> bool:
        """Whether the person wants to see the document anew rather than to bring it in."""
        return bool(self.adjust.data)

    def chosen_for(self, doubt: Doubt) -> str:
        """What was picked for this doubt: to keep it, unless the person said otherwise."""
        return PROPOSAL if request.form.get(f"doubt-{key_of(doubt)}") == PROPOSAL else KEEP

    def own_text_for(self, doubt: Doubt) -> str:
        """What the person wrote instead; it goes before what is proposed."""
        return tidy(typed(request.form.get(f"own-{key_of(doubt)}")))

    def accepts(self, doubt: Doubt) -> bool:
        return f"accept-{key_of(doubt)}" in request.form

    def wants_back(self, correction: Correction) -> bool:
        """Whether the text of the document is to stand again."""
        return f"restore-{key_of(correction)}" in request.form

    def division_for(self, name: str) -> str | None:
        """The number of the division that is meant by a name, empty for a new one; None where nothing was asked."""
        return request.form.get(f"unit-{key_of_text(name)}")

    def corrections(self, doubts: Iterable[Doubt]) -> list[Correction]:
        """What is meant otherwise. Raises Invalid for a text that is too long."""
        found = []
        for doubt in doubts:
            replacement = self._replacement(doubt)
            if replacement and replacement != doubt.found:
                found.append(Correction(doubt.line, doubt.found, replacement))
        return found

    def _replacement(self, doubt: Doubt) -> str:
        own = self.own_text_for(doubt)
        if len(own) > LONGEST_OWN_TEXT:
            raise Invalid("import_text_too_long", field=f"own-{key_of(doubt)}", limit=LONGEST_OWN_TEXT)
        takes_proposal = bool(self.take_all.data) or self.chosen_for(doubt) == PROPOSAL
        return own or (doubt.proposal if takes_proposal else "")


def key_of(about: Doubt | Correction) -> str:
    """What names the fields of this doubt or correction, also after others were settled."""
    kind = about.kind if isinstance(about, Doubt) else ""
    return key_of_text(f"{kind}|{about.line}|{about.found}")


def key_of_text(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:KEY_LENGTH]
