"""What comes in: an agency's own document is read into a draft of its plan, with everything that is doubtful."""

from __future__ import annotations

from ita_flow.intake.reading import Reading, read_plan
from ita_flow.intake.recognise.known_units import KnownUnits

__all__ = ["KnownUnits", "Reading", "read_plan"]
