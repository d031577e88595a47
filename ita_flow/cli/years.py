"""How fiscal years and days are written on the command line."""

from __future__ import annotations

from datetime import date

import click
from flask_babel import gettext as _

from ita_flow.domain.calendar import FiscalYear
from ita_flow.domain.dates import read_date
from ita_flow.domain.refusals import Invalid
from ita_flow.wording import sentence_of


class BuddhistYear(click.ParamType[FiscalYear]):
    """A fiscal year as people write it."""

    name = "ปี พ.ศ."

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> FiscalYear:
        if isinstance(value, FiscalYear):
            return value
        try:
            return FiscalYear(int(str(value)))
        except ValueError:
            self.fail(_("ปีงบประมาณเป็นปี พ.ศ. เช่น 2567 แต่พบ %(value)s", value=value), param, ctx)


BUDDHIST_YEAR = BuddhistYear()


class Day(click.ParamType[date]):
    """A day as people write it, in the Buddhist or the common era."""

    name = "วันที่"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return read_date(str(value))
        except Invalid as refusal:
            self.fail(sentence_of(refusal), param, ctx)


DAY = Day()
