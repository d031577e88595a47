"""Which rows a person may ask for at all: those of their own agency. Others are not found."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.sql import Select

from ita_flow.models.evidence import Evidence
from ita_flow.models.people import User
from ita_flow.models.progress_reports import ProgressReport
from ita_flow.models.tasks import Task


def visible_tasks(user: User) -> Select[Task]:
    return sa.select(Task).where(Task.agency_id == user.agency_id)


def visible_reports(user: User) -> Select[ProgressReport]:
    """Reports that were submitted at least once; a draft is shown only beside its task."""
    return sa.select(ProgressReport).where(ProgressReport.agency_id == user.agency_id, ProgressReport.version > 0)


def visible_evidence(user: User) -> Select[Evidence]:
    return sa.select(Evidence).where(Evidence.agency_id == user.agency_id)
