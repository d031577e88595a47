"""What stands around every page: the header, the menu and the year switch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from flask import Flask, current_app, g, request, url_for

from ita_flow import config
from ita_flow.domain.calendar import FiscalYear
from ita_flow.extensions import clock
from ita_flow.models.people import Membership, User
from ita_flow.queries.awaiting import count_reports_awaiting
from ita_flow.queries.inbox import MOST_COUNTED
from ita_flow.queries.years import KnownYears
from ita_flow.web import access, template_words
from ita_flow.web.addresses import home, own_path
from ita_flow.web.around import around, proposals_for_me
from ita_flow.web.menu import MENU, MenuPlace

WITH_A_YEAR = ("calendar.index", "chase.index", "divisions.show", "tasks.index")
"""Pages that are the same in every year, which stands after the question mark of their address."""


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
        """How many reports and proposals wait for this person's decision."""
        return count_reports_awaiting(self.person, self.today) + len(proposals_for_me()) if self.person else 0

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

    @property
    def unread(self) -> int:
        """How many things the person was told that they have not marked as read, as far as they are counted."""
        return around().unread

    @property
    def unread_words(self) -> str:
        """Their number as the bell shows it: 99+ where there are more."""
        return str(self.unread) if self.unread < MOST_COUNTED else f"{MOST_COUNTED - 1}+"

    @property
    def recorded(self) -> int:
        """The number of the last event on record when this page was read."""
        return around().recorded

    @property
    def years(self) -> KnownYears:
        return around().years

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
            there = url_for(request.endpoint or "", **{**where, "year": year})
            return own_path(there) or url_for("plans.show", year=year)  # a form alone is sent there
        if request.endpoint in WITH_A_YEAR:
            return url_for(request.endpoint, **where, year=year)
        return url_for("dashboard.index" if self._is_served("dashboard.index") else "tasks.index", year=year)


def furnish(app: Flask) -> None:
    """Give templates their words, and every page its frame."""
    template_words.teach(app)
    app.context_processor(_around_the_page)


def _around_the_page() -> dict[str, object]:
    return {"frame": Frame(), "person": g.get("person"), "today": clock.today()}
