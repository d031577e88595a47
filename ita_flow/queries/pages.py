"""Pages of long lists, counted from 1."""

from __future__ import annotations


def nearest_page(number: int, count: int, a_page: int) -> tuple[int, int]:
    """The page that is asked for, or the nearest there is, and how many there are; at least one, be it empty."""
    pages = max(1, -(-count // a_page))
    return min(max(number, 1), pages), pages
