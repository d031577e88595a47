"""The form in which the result of a year is written down by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import Length

from ita_flow.domain.calendar import FIRST_FISCAL_YEAR, LAST_FISCAL_YEAR
from ita_flow.domain.refusals import Invalid
from ita_flow.domain.scoring import INDICATORS, Contradiction, contradictions, levels_named_in
from ita_flow.domain.thai import arabic_digits, is_blank, tidy
from ita_flow.intake.recognise.scores import score_of
from ita_flow.models.assessments import Assessment
from ita_flow.web.forms import typed
from ita_flow.wording import sentence_of
from ita_flow.wording.official_names import official
from ita_flow.workflow.assessments import RESULT_FIELDS, Result, version_of

LONGEST_TEXT = 5000
LONGEST_GROUP = 200
LONGEST_NUMBER = 6


def _score(refusal: Invalid) -> Callable[[str], Decimal | None]:
    """What reads a score that was typed; empty is unknown. Says the refusal's sentence for anything else."""

    def read(text: str) -> Decimal | None:
        score = score_of(tidy(text))
        if score is None and not is_blank(text):
            raise ValueError(sentence_of(refusal))
        return score

    return read


def whole_number(name: LazyString, example: int, least: int = 1, most: int = 999_999) -> Callable[[str], int | None]:
    """What reads a whole number that was typed, in either script; empty is unknown."""

    def read(text: str) -> int | None:
        digits = arabic_digits(tidy(text))
        if not digits:
            return None
        is_number = digits.isascii() and digits.isdigit() and len(digits) <= LONGEST_NUMBER
        if not is_number or not least <= int(digits) <= most:
            raise ValueError(sentence_of(Invalid("number_unfit", name=name, example=example)))
        return int(digits)

    return read


def short_enough(most: int) -> Length:
    """At most so many letters."""
    return Length(max=most, message=_l("ข้อความต้องไม่เกิน %(max)d ตัวอักษร"))


NUMERIC = {"inputmode": "numeric", "maxlength": LONGEST_NUMBER, "autocomplete": "off"}
DECIMAL = {"inputmode": "decimal", "maxlength": 12, "autocomplete": "off"}


def number_field(name: LazyString, example: int, *bounds: int) -> StringField:
    """A field for a whole number, at least and at most the bounds."""
    return StringField(name, filters=[typed, whole_number(name, example, *bounds)], render_kw=NUMERIC)


class AssessmentForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    """Total, level and ranks as published, and the ten scores with what the agency makes of each."""

    seen = HiddenField()
    accepted = HiddenField()
    total = StringField(_l("คะแนนรวม"), filters=[typed, _score(Invalid("score_unfit"))], render_kw=DECIMAL)
    level = SelectField(_l("ระดับผลการประเมิน"), validate_choice=False)
    criteria_year = number_field(_l("เกณฑ์ปี พ.ศ."), 2567, FIRST_FISCAL_YEAR, LAST_FISCAL_YEAR)
    rank_province = number_field(_l("อันดับในจังหวัด"), 1)
    rank_national = number_field(_l("อันดับในประเทศ"), 23)
    rank_group = StringField(
        _l("กลุ่มที่จัดอันดับ"),
        filters=[typed],
        validators=[short_enough(LONGEST_GROUP)],
        render_kw={"maxlength": LONGEST_GROUP},
    )

    @classmethod
    def of(cls, assessment: Assessment | None, year: int) -> AssessmentForm:
        """The form as it was sent, or, before that, as the assessment stands."""
        form: AssessmentForm = cls(data=_standing(assessment))
        form.level.choices = _levels(year, assessment.level if assessment else None)
        return form

    def show_newer(self, assessment: Assessment | None) -> None:
        """Let the next press speak of the assessment as it stands now."""
        self.seen.data = version_of(assessment)

    def score_field(self, number: int) -> StringField:
        return self[f"score_{number}"]

    def analysis_field(self, number: int) -> TextAreaField:
        return self[f"analysis_{number}"]

    @property
    def result(self) -> Result:
        scores = {number: self.score_field(number).data for number in INDICATORS}
        analyses = {number: (self.analysis_field(number).data or "").strip() for number in INDICATORS}
        return Result(
            criteria_year=self.criteria_year.data,
            total=self.total.data,
            level=self.level.data if self.level.data in self._levels else None,
            rank_province=self.rank_province.data,
            rank_national=self.rank_national.data,
            rank_group=tidy(self.rank_group.data or "") or None,
            scores={number: score for number, score in scores.items() if score is not None},
            analyses={number: text for number, text in analyses.items() if text},
        )

    @property
    def _levels(self) -> list[str]:
        return [value for value, *_ in self.level.iter_choices() if value]

    def unconfirmed(self, year: int) -> Sequence[Contradiction]:
        """Contradictions in the result that the person has not yet said are as published."""
        result = self.result
        found = contradictions(year, result.total, result.level, result.scores)
        said = " ".join(f"{one.field}:{one.stated}:{one.computed}" for one in found)
        if self.accepted.data == said:
            return ()
        self.accepted.data = said
        return found


for _indicator in INDICATORS:
    _refusal = Invalid("score_of_indicator_unfit", number=_indicator)
    setattr(
        AssessmentForm,
        f"score_{_indicator}",
        StringField(_l("คะแนน"), filters=[typed, _score(_refusal)], render_kw=DECIMAL),
    )
    setattr(
        AssessmentForm,
        f"analysis_{_indicator}",
        TextAreaField(
            _l("ผลการวิเคราะห์"), filters=[typed], validators=[short_enough(LONGEST_TEXT)], render_kw={"rows": 2}
        ),
    )


def _standing(assessment: Assessment | None) -> dict[str, str]:
    standing = {"seen": version_of(assessment)}
    if assessment:
        standing |= {name: written(getattr(assessment, name)) for name in RESULT_FIELDS}
        for row in assessment.indicators:
            standing |= {f"score_{row.number}": written(row.score), f"analysis_{row.number}": row.analysis}
    return standing


def written(value: object) -> str:
    """A value as it stands in its field; the unknown leaves it empty."""
    return "" if value is None else str(value)


def _levels(year: int, kept: str | None) -> list[SelectChoice]:
    """The levels of that year, and the one that stands there already, however it was named."""
    names = dict.fromkeys([*levels_named_in(year), *([kept] if kept else [])])
    return [SelectChoice("", _l("ไม่มีข้อมูล")), *(SelectChoice(name, official(name)) for name in names)]
