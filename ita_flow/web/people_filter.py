"""The filter of the list of people, as it stands in the query string. What cannot be read is left out."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from ita_flow.domain.accounts import AccountState
from ita_flow.queries.people import LONGEST_SEARCH, PeopleFilter
from ita_flow.web.forms import typed


@dataclass(frozen=True)
class AskedPeople:
    """What the address asks for, and which page of it."""

    chosen: PeopleFilter
    page: int

    @property
    def is_narrow(self) -> bool:
        return self.chosen != PeopleFilter()

    def at(self, page: int) -> dict[str, object]:
        """What stands in the address of another page of the same list."""
        chosen = self.chosen
        asked = {
            "q": chosen.text,
            "unit": chosen.unit,
            "state": chosen.state.value if chosen.state else "",
            "page": page,
        }
        return {name: value for name, value in asked.items() if value}


def read_filter(asked: MultiDict[str, str], units: Collection[int]) -> AskedPeople:
    """The filter that this query string asks for; a unit that is not there any more is left out."""
    unit = asked.get("unit", type=int)
    state = None
    with suppress(ValueError):
        state = AccountState(asked.get("state", ""))
    text = " ".join(typed(asked.get("q", "")).split())[:LONGEST_SEARCH]
    return AskedPeople(PeopleFilter(text, unit if unit in units else None, state), asked.get("page", 1, type=int))
