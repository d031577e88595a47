"""The three ways in which a letter is not handed over."""

from __future__ import annotations


class Refused(Exception):
    """The recipient's server will never take this letter."""


class TryLater(Exception):
    """This letter was not taken, or nobody can say whether it was; another time it may be."""


class Unreachable(Exception):
    """The mail server takes no letter at all now; it says nothing about this one."""
