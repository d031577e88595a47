"""What a post is called: one's own by its title, one in which somebody acts with the words of the order before it."""

from __future__ import annotations

from typing import Protocol

from ita_flow.domain.permissions import ActingKind, Role, Seat
from ita_flow.domain.units import head_of
from ita_flow.wording.labels import Named, acted_seat, label_of


class Held(Protocol):
    """A post as somebody holds it, or acts in it."""

    @property
    def role(self) -> Role | None: ...

    @property
    def seat(self) -> Seat | None: ...

    @property
    def unit(self) -> Named | None: ...

    @property
    def acting(self) -> ActingKind | None: ...

    @property
    def post(self) -> str: ...


def spoken_post(held: Held) -> str:
    """``ผู้อำนวยการกองคลัง``, or ``รักษาราชการแทนผู้อำนวยการกองคลัง`` where somebody acts."""
    return acted_seat(held.acting, title_of(held)) if held.acting else held.post


def title_of(held: Held) -> str:
    """What the post itself is called; without a title of its own, as the unit or the sort of seat tells."""
    if held.post:
        return held.post
    sort = held.seat or held.role
    return (held.unit and head_of(held.unit.name)) or (label_of(sort) if sort else "")


def post_with_unit(held: Held) -> str:
    """The post, with its unit unless that is named already."""
    spoken = spoken_post(held)
    return spoken if held.unit is None or held.unit.name in spoken else f"{spoken} {held.unit.name}"
