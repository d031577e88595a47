"""The words that templates may use: how states, days, names and sizes are said."""

from __future__ import annotations

from secrets import token_urlsafe

from flask import Flask

from ita_flow import config, i18n
from ita_flow.domain.calendar import bangkok_day
from ita_flow.domain.scoring import INSTRUMENTS
from ita_flow.domain.steps import steps_of
from ita_flow.domain.units import short_name_of
from ita_flow.i18n.thai_lines import unbroken
from ita_flow.web import assets, icons, plan_changes, plan_versions
from ita_flow.web.decisions import decided_in, outcome_of
from ita_flow.web.forms import invalidity_of, notes_of, ties_of
from ita_flow.wording import inbox
from ita_flow.wording.labels import counted_days, deadline_words, label_of, seat_name
from ita_flow.wording.official_names import AREA_NAMES, INDICATOR_NAMES, official
from ita_flow.wording.posts import spoken_post
from ita_flow.wording.reminder_ledger import reasons_of


def teach(app: Flask) -> None:
    """Let templates use these."""
    app.jinja_env.filters.update(
        label=label_of,
        ledger_reasons=reasons_of,
        official=official,
        seat_name=seat_name,
        spoken_post=spoken_post,
        outcome=outcome_of,
        decided_in=decided_in,
        bangkok_day=bangkok_day,
        short_date=i18n.short_date,
        long_date=i18n.long_date,
        weekday_date=i18n.weekday_date,
        weekday_and_day=i18n.weekday_and_day,
        day_and_month=i18n.day_and_month,
        month_and_year=i18n.month_and_year,
        short_month=i18n.short_month,
        short_moment=i18n.short_moment,
        weekday_moment=i18n.weekday_moment,
        short_name=short_name_of,
        unbroken=unbroken,
        file_size=file_size,
        steps=steps_of,
        told_change=plan_changes.told,
    )
    app.jinja_env.globals.update(
        AREAS=AREA_NAMES,
        INDICATORS=INDICATOR_NAMES,
        INSTRUMENTS=INSTRUMENTS,
        asset_url=assets.asset_url,
        counted_days=counted_days,
        deadline_words=deadline_words,
        icon_svg=icons.icon_svg,
        inbox_name=inbox.NAME,
        invalidity_of=invalidity_of,
        new_form_key=new_form_key,
        notes_of=notes_of,
        plan_address=plan_versions.address_of,
        plan_words=plan_versions.words_of,
        ties_of=ties_of,
    )


def new_form_key() -> str:
    """A key for one filling-in of a form, so that a second press gets the first answer."""
    return token_urlsafe(16)


def file_size(size: int) -> str:
    """0.4 MB, or 12 KB for small files."""
    number, unit = (size / config.MEGABYTE, "MB") if size >= config.MEGABYTE / 10 else (size / 1024, "KB")
    return f"{number:.1f}{i18n.NO_BREAK}{unit}" if unit == "MB" else f"{max(1, round(number))}{i18n.NO_BREAK}{unit}"
