"""The windows of the assessment: the weeks in which an agency may enter something, set anew each year."""

from __future__ import annotations

from enum import StrEnum


class AssessmentWindowKind(StrEnum):
    """What may be done while the window is open."""

    OIT_UPLOAD = "oit_upload"
    """The addresses of the items of disclosure are entered."""

    EXPLANATION = "explanation"
    """The agency explains what the assessor could not see."""
