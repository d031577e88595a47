"""Office files are read apart from the house, in a program that may take little memory and time."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from ita_flow.domain.refusals import Invalid
from ita_flow.intake.readers import inside
from ita_flow.intake.readers.lines import Line, Place, Remark
from ita_flow.intake.readers.paper import Paper

LONGEST_WAIT = 30
"""Seconds by the clock on the wall, for a program that waits instead of working."""

MOST_AT_ONCE = 2
"""However many files are brought in at the same moment, together they take no more memory than this many."""

_seats = BoundedSemaphore(MOST_AT_ONCE)
_COMMAND = (sys.executable, "-I", "-X", "utf8", str(Path(inside.__file__)))


def paper_of_office(content: bytes) -> Paper:
    """Raises ``Invalid`` with a key ``document_…`` for what is no readable Word document or workbook."""
    said = _said(content)
    if "refused" in said:
        raise Invalid(said["refused"], **said["values"])
    return Paper(
        tuple(Line(number, tuple(cells)) for number, cells in enumerate(said["lines"], start=1)),
        tuple(Place(**place) for place in said["places"]),
        tuple(Remark(**remark) for remark in said["remarks"]),
    )


def _said(content: bytes) -> dict[str, Any]:
    try:
        with _seats:
            run = subprocess.run(_COMMAND, input=content, capture_output=True, timeout=LONGEST_WAIT, check=False)
    except (subprocess.TimeoutExpired, OSError):
        raise Invalid("document_takes_too_much") from None
    if run.returncode < 0:  # ended by a signal, as whoever goes beyond a bound
        raise Invalid("document_takes_too_much")
    if run.returncode > 0:
        raise Invalid("document_damaged")
    said: dict[str, Any] = json.loads(run.stdout)
    return said
