"""What people type about a plan as a whole: its areas, its limitations, its approval, its beginning."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, FieldList, Form, FormField, HiddenField, IntegerField, StringField, TextAreaField
from wtforms.validators import Optional, ValidationError

from ita_flow.domain.calendar import FIRST_FISCAL_YEAR, LAST_FISCAL_YEAR
from ita_flow.intake.by_hand import item_as_typed
from ita_flow.models.plans import Plan, PlanArea
from ita_flow.queries.plan_seen import seen_area, seen_limitations
from ita_flow.web.forms import typed
from ita_flow.workflow.plan_editing import AreaText, LimitationText

EMPTY_ROWS = 2
FEWEST_ROWS = 3


class SeenForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    """A form that carries what its page showed, so that nobody writes over what they did not see."""

    seen = HiddenField(filters=[typed])

    def show_newer(self, seen: str) -> None:
        """Let the next press speak of what stands now."""
        self.seen.raw_data, self.seen.data = None, seen


class StartForm(FlaskForm):  # type: ignore[misc]
    source = IntegerField(_l("คัดลอกจากแผนปี"), validators=[Optional()])
    """The year whose plan is the pattern; none for an empty plan."""

    def validate_source(self, field: IntegerField) -> None:
        # Not by NumberRange, which takes the number for a float and breaks on a long one.
        if field.data is not None and not FIRST_FISCAL_YEAR <= field.data <= LAST_FISCAL_YEAR:
            raise ValidationError


class AreaForm(SeenForm):
    overview = TextAreaField(_l("ภาพรวม"), filters=[typed], render_kw={"rows": 4})
    items = TextAreaField(_l("หัวข้อที่ใช้ในการวิเคราะห์"), filters=[typed], render_kw={"rows": 4})
    analysis = TextAreaField(_l("ผลการวิเคราะห์"), filters=[typed], render_kw={"rows": 5})
    focus = TextAreaField(_l("จุดเน้นของประเด็น"), filters=[typed], render_kw={"rows": 2})

    @classmethod
    def for_area(cls, area: PlanArea | None) -> AreaForm:
        standing = {
            "seen": seen_area(area),
            "overview": area.overview if area else "",
            "items": items_of_area(area),
            "analysis": area.analysis if area else "",
            "focus": area.focus if area else "",
        }
        return cls(data=standing)

    @property
    def text(self) -> AreaText:
        return AreaText(*(field.data or "" for field in (self.overview, self.items, self.analysis, self.focus)))


def items_of_area(area: PlanArea | None) -> str:
    """The items that the prose names, one on a line. They bear no year of their own."""
    return "\n".join(
        item_as_typed(item["code"], item["title"], item.get("year", 0), 0) for item in (area.items if area else ())
    )


class LimitationRow(Form):  # type: ignore[misc]
    limitation = TextAreaField(_l("ข้อจำกัด"), filters=[typed], render_kw={"rows": 2})
    analysis = TextAreaField(_l("ผลการวิเคราะห์"), filters=[typed], render_kw={"rows": 2})
    suggestion = TextAreaField(_l("ข้อเสนอแนะ"), filters=[typed], render_kw={"rows": 2})


class LimitationsForm(SeenForm):
    has_none = BooleanField(_l("แจ้งว่าหน่วยงานไม่มีข้อจำกัด"))
    rows = FieldList(FormField(LimitationRow), _l("ข้อจำกัด"))

    @classmethod
    def for_plan(cls, plan: Plan) -> LimitationsForm:
        kept = [
            {"limitation": row.limitation, "analysis": row.analysis, "suggestion": row.suggestion}
            for row in plan.limitations
        ]
        empty = max(EMPTY_ROWS, FEWEST_ROWS - len(kept))
        standing = {
            "seen": seen_limitations(plan),
            "has_none": plan.has_no_limitations,
            "rows": [*kept, *({} for _ in range(empty))],
        }
        return cls(data=standing)

    @property
    def texts(self) -> list[LimitationText]:
        """The rows as typed, empty ones too."""
        return [
            LimitationText(row.limitation.data or "", row.analysis.data or "", row.suggestion.data or "")
            for row in self.rows
        ]


class ApprovalForm(SeenForm):
    signed_on = StringField(_l("วันที่ลงนามอนุมัติ"), filters=[typed], render_kw={"autocomplete": "off"})
    order_no = StringField(_l("เลขที่คำสั่งหรือหนังสือ (ถ้ามี)"), filters=[typed], render_kw={"autocomplete": "off"})
