"""What comes in: an agency's own document is read into a draft of its plan, with everything that is doubtful."""

from __future__ import annotations

from ita_flow.intake.reading import Reading, read_plan

__all__ = ["Reading", "read_plan"]
