"""Once a day the end of each record leaves the database: into a file, and in a mail to those who audit.

A day on which nothing ran has no file. Nothing is lost by it: each anchor covers all that was recorded before.
"""

from __future__ import annotations

import logging
import os
import secrets
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

from ita_flow.domain.calendar import BANGKOK
from ita_flow.mail import outbox
from ita_flow.models.outbox import MessageKind
from ita_flow.queries.anchors import Anchor, auditors_of, recorded_agencies

FIRST_HOUR = 6
"""In Bangkok, from which on the day has its anchors."""

log = logging.getLogger(__name__)


def is_time_to_remember(at: datetime) -> bool:
    return at.astimezone(BANGKOK).hour >= FIRST_HOUR


def file_of(folder: Path, day: date) -> Path:
    """The file of the anchors of a day of the office."""
    return folder / f"{day.isoformat()}.jsonl"


def promise_mails(today: date, now: datetime) -> int:
    """Promise each auditor one mail with the end of the record; returns how many auditors there are.

    ``now`` is the true moment from which the outbox counts. A mail tells the end as it stands when it leaves.
    """
    promised = 0
    for agency in recorded_agencies():
        auditors = auditors_of(agency, today)
        for auditor in auditors:
            message = outbox.enqueue(
                MessageKind.ANCHOR, f"anchor:{agency.id}:{today}:{auditor.id}", auditor, today, now
            )
            if message:
                outbox.gather(message)
        promised += len(auditors)
        if not auditors:
            log.info("agency %s has no auditor: the anchor of %s stands in the file only", agency.code, today)
    return promised


def keep_in_file(path: Path, anchors: Sequence[Anchor]) -> None:
    """Write the file of a day at once and only once; what stands there stays."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    writing = path.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        with os.fdopen(os.open(writing, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.writelines(f"{anchor.line()}\n" for anchor in anchors)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(writing, path)
    finally:
        writing.unlink(missing_ok=True)
