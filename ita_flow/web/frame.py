"""What stands around every page: the header, the menu, the year switch, and the words templates may use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from secrets import token_urlsafe

from flask import Flask, current_app, g, request, url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from ita_flow import config, i18n
from ita_flow.domain.areas import AREAS
from ita_flow.domain.calendar import FiscalYear, bangkok_day
from ita_flow.domain.scoring import INDICATORS, INSTRUMENTS
from ita_flow.domain.steps import steps_of
from ita_flow.domain.units import short_name_of
from ita_flow.extensions import clock
from ita_flow.models.people import Membership, User
from ita_flow.queries.awaiting import count_awaiting
from ita_flow.queries.years import NO_YEARS, KnownYears, known_years
from ita_flow.web import access, assets, icons
from ita_flow.web.addresses import home
from ita_flow.web.decisions import decided_in, outcome_of
from ita_flow.web.forms import invalidity_of, notes_of, ties_of
from ita_flow.web.thai_lines import unbroken
from ita_flow.wording.labels import counted_days, deadline_words, label_of, seat_name
from ita_flow.wording.posts import spoken_post
from ita_flow.wording.reminder_ledger import reason_of


@dataclass(frozen=True)
class MenuPlace:
    """A place in the menu: its endpoint and the blueprints whose pages belong to it."""

    endpoint: str
    name: LazyString
    also: tuple[str, ...] = ()
    unless: str = ""
    """An endpoint that leads there too: who may open that one has no need of this place."""

    @property
    def rooms(self) -> tuple[str, ...]:
        return (self.endpoint.split(".")[0], *self.also)


MENU = (
    MenuPlace("home.index", _l("งานของฉัน")),
    MenuPlace("tasks.index", _l("มาตรการ"), also=("progress_reports", "evidence", "task_editing")),
    MenuPlace("approvals.index", _l("พิจารณา"), also=("bulk_approvals",)),
    MenuPlace("dashboard.index", _l("ภาพรวม")),
    MenuPlace(
        "plans.show",
        _l("แผน"),
        also=("assignments", "measures", "plan_editing", "plan_exports", "plan_imports", "plan_start"),
    ),
    MenuPlace("assessments.show", _l("คะแนน"), also=("findings",)),
    MenuPlace("activity.index", _l("บันทึกการเปลี่ยนแปลง"), unless="settings.index"),
    MenuPlace("reminder_ledger.index", _l("อีเมลแจ้งเตือน"), unless="settings.index"),
    MenuPlace(
        "settings.index",
        _l("ตั้งค่า"),
        also=(
            "acting_orders",
            "activity",
            "agency",
            "approval_chains",
            "assessment_windows",
            "holidays",
            "mail",
            "mail_samples",
            "named_seats",
            "people",
            "people_import",
            "posts",
            "reminder_ledger",
            "reminder_rules",
            "units",
        ),
    ),
)


@dataclass(frozen=True)
class MenuEntry:
    name: str
    address: str
    is_current: bool
    count: int = 0


@dataclass(frozen=True)
class YearEntry:
    year: int
    address: str
    is_current: bool


class Frame:
    """The parts of the frame. Each is found out only when a page draws it, so that error pages need no database."""

    @cached_property
    def person(self) -> User | None:
        person: User | None = g.get("person")
        return person

    @property
    def today(self) -> date:
        return clock.today()

    @property
    def is_pretending(self) -> bool:
        """Whether the day or the content is invented: a strip says so on every page."""
        return clock.is_shifted or self._is_demo

    @property
    def _is_demo(self) -> bool:
        return config.settings().is_demo or bool(self.person and self.person.agency.is_demo)

    @property
    def version(self) -> str:
        return config.VERSION

    @property
    def demo_outbox(self) -> str | None:
        """Where mails are read that never went out; only in a demo."""
        return url_for("demo.outbox") if self._is_demo and self._is_served("demo.outbox") else None

    @cached_property
    def home(self) -> str:
        return home()

    @cached_property
    def menu(self) -> Sequence[MenuEntry]:
        """The places this person may go to."""
        return [self._entry(place) for place in MENU if self.opens(place.endpoint) and not self.opens(place.unless)]

    def opens(self, endpoint: str) -> bool:
        """Whether there is such a page and this person may open it."""
        if not self.person or not self._is_served(endpoint):
            return False
        permission = access.access_of(endpoint).permission
        return permission is None or self.person.may(permission, self.today)

    def _is_served(self, endpoint: str) -> bool:
        return endpoint in current_app.view_functions

    def _entry(self, place: MenuPlace) -> MenuEntry:
        return MenuEntry(
            name=str(place.name),
            address=self._address(place.endpoint),
            is_current=request.blueprint in place.rooms,
            count=self.waiting if place.endpoint == "approvals.index" else 0,
        )

    def _address(self, endpoint: str) -> str:
        if endpoint == "plans.show":
            return url_for(endpoint, year=self.years.opening(self.fiscal_year))
        if endpoint == "assessments.show":
            return url_for(endpoint, year=next(iter(self.years.assessed), self.fiscal_year - 1))
        return url_for(endpoint)

    @cached_property
    def waiting(self) -> int:
        """How many reports wait for this person's decision."""
        return count_awaiting(self.person, self.today) if self.person else 0

    @property
    def posts(self) -> Sequence[Membership]:
        """The posts under the person's name: the first of their own, and all in which they act today."""
        held = self.person.memberships_on(self.today) if self.person else []
        return [*[post for post in held if post.acting is None][:1], *(post for post in held if post.acting)]

    @property
    def may_hand_over(self) -> bool:
        """Whether the person holds a seat of their own in which somebody could act for them."""
        held = self.person.memberships_on(self.today) if self.person else []
        return any(post.seat and post.acting is None for post in held) and self.opens("acting_orders.index")

    @cached_property
    def years(self) -> KnownYears:
        return known_years(self.person.agency_id) if self.person else NO_YEARS

    @property
    def fiscal_year(self) -> int:
        return FiscalYear.containing(self.today).buddhist_year

    @property
    def shown_year(self) -> int:
        """The year of this page: named in its address, else the one that pages open with."""
        named = (request.view_args or {}).get("year") or request.args.get("year", type=int)
        return named if isinstance(named, int) else self.years.opening(self.fiscal_year)

    @cached_property
    def year_switch(self) -> Sequence[YearEntry]:
        """The years to switch between; empty unless there are several."""
        if len(self.years.planned) < 2:
            return []
        return [YearEntry(year, self._in_year(year), year == self.shown_year) for year in self.years.planned]

    def _in_year(self, year: int) -> str:
        """The same page in that year, or the overview where a page has no year."""
        where = request.view_args or {}
        if "year" in where and any(name.endswith("_id") for name in where):
            return url_for("plans.show", year=year)  # the page of a row, which another year does not have
        if "year" in where:
            return url_for(request.endpoint or "", **{**where, "year": year})
        if request.endpoint == "tasks.index" or not self._is_served("dashboard.index"):
            return url_for("tasks.index", year=year)
        return url_for("dashboard.index", year=year)


def furnish(app: Flask) -> None:
    """Give templates their words, and every page its frame."""
    app.jinja_env.filters.update(
        label=label_of,
        ledger_reason=reason_of,
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
        short_moment=i18n.short_moment,
        weekday_moment=i18n.weekday_moment,
        short_name=short_name_of,
        unbroken=unbroken,
        file_size=file_size,
        steps=steps_of,
    )
    app.jinja_env.globals.update(
        AREAS=AREAS,
        INDICATORS=INDICATORS,
        INSTRUMENTS=INSTRUMENTS,
        asset_url=assets.asset_url,
        counted_days=counted_days,
        deadline_words=deadline_words,
        icon_svg=icons.icon_svg,
        invalidity_of=invalidity_of,
        new_form_key=new_form_key,
        notes_of=notes_of,
        ties_of=ties_of,
    )
    app.context_processor(_around_the_page)


def _around_the_page() -> dict[str, object]:
    return {"frame": Frame(), "person": g.get("person"), "today": clock.today()}


def new_form_key() -> str:
    """A key for one filling-in of a form, so that a second press gets the first answer."""
    return token_urlsafe(16)


def file_size(size: int) -> str:
    """0.4 MB, or 12 KB for small files."""
    number, unit = (size / config.MEGABYTE, "MB") if size >= config.MEGABYTE / 10 else (size / 1024, "KB")
    return f"{number:.1f}{i18n.NO_BREAK}{unit}" if unit == "MB" else f"{max(1, round(number))}{i18n.NO_BREAK}{unit}"
