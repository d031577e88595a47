"""The ways in which a letter is not handed over."""

from __future__ import annotations

from typing import ClassVar

from ita_flow.models.outbox import Failure


class NotCarried(Exception):
    """A letter stays here; ``failure`` says in which of the ways that people are told of."""

    failure: ClassVar[Failure]


class Refused(NotCarried):
    """The recipient's server will never take this letter."""

    failure = Failure.REFUSED


class TryLater(NotCarried):
    """This letter was not taken, or nobody can say whether it was; another time it may be."""

    failure = Failure.TRY_LATER


class LineBroke(TryLater):
    """The server fell silent with this letter in hand."""

    failure = Failure.UNREACHABLE


class Unreachable(NotCarried):
    """The mail server takes no letter at all now; it says nothing about this one."""

    failure = Failure.UNREACHABLE
