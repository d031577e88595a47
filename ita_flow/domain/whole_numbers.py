"""Whole numbers as the databases keep them."""

from __future__ import annotations

LARGEST_NUMBER = 2**31 - 1
"""The largest that fits into a column of every database; whoever types more asks for a row that cannot exist."""
