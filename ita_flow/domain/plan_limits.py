"""How long the texts of a plan may be, and how many parts it may have, whether typed or brought in."""

from __future__ import annotations

LONGEST_TITLE = 500
LONGEST_TEXT = 10_000
LONGEST_LIMITATION = 2_000
LONGEST_LINK = 2_000
LONGEST_REASON = 2_000
LONGEST_STEP = LONGEST_TEXT
"""A method without parts is one step."""

MOST_ITEMS = 60
MOST_STEPS = 40
MOST_LIMITATIONS = 30
