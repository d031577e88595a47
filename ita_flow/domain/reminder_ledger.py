"""What is told of the scheduled mails afterwards and beforehand: what became of each, and what came in between."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from ita_flow.domain.calendar import FIRST_FISCAL_YEAR, LAST_FISCAL_YEAR, FiscalYear

LONGEST_SPAN = 400
"""Days that may be asked for at once."""

SHOWN_BEFORE, SHOWN_AHEAD = timedelta(days=30), timedelta(days=14)
"""What a page shows unless it is asked for other days."""

FIRST_DAY, LAST_DAY = FiscalYear(FIRST_FISCAL_YEAR + 1).starts_on, FiscalYear(LAST_FISCAL_YEAR).ends_on
"""Of no other day anything can be said: it belongs to no fiscal year, or the year before it does not."""


class LedgerState(StrEnum):
    """What became of a scheduled mail, or will."""

    PLANNED = "planned"
    SENT = "sent"
    SUPPRESSED = "suppressed"
    """Nobody needed it."""

    SUPERSEDED = "superseded"
    """A more urgent one about the same task was sent in its place."""

    FAILED = "failed"


class Hindrance(StrEnum):
    """What came between a mail and its recipient."""

    REFUSED = "refused"
    """The recipient's server will never take it, or the address is none."""

    GIVEN_UP = "given_up"
    """It was tried for a fortnight."""

    TRY_LATER = "try_later"
    """The recipient's server asked to try again later."""

    UNREACHABLE = "unreachable"
    """Our own mail server takes no letter at all."""

    NOTHING_TRUE = "nothing_true"
    """When its turn came, nothing of it was true any more."""

    GATHERED = "gathered"
    """It still waited when the next mail was promised, which says it all."""
