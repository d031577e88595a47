"""Reading the evidence again: a part of the store each day, so that within a month every file has been looked at.

No transaction is open while a file is read. What was found stands in ``evidence_checks``; an agency whose evidence
is damaged finds it in its record, once when it happens and once when the file is whole again.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

import sqlalchemy as sa

from ita_flow.config import MEGABYTE
from ita_flow.database import insert_missing, reading, transaction
from ita_flow.domain.calendar import bangkok_day, bangkok_moment
from ita_flow.domain.files import StoreOutcome
from ita_flow.extensions import db
from ita_flow.models.evidence import Evidence, EvidenceCheck
from ita_flow.models.plans import ImportDraft, ImportJob
from ita_flow.storage import Store
from ita_flow.workflow import audit

SHARE_OF_A_DAY = Fraction(1, 30)
MOST_BYTES_AT_ONCE = 100 * MEGABYTE
FILES_A_TRANSACTION = 200
AGE_OF_LEFTOVERS = timedelta(hours=48)
"""What is younger may belong to an upload under way, or to a form that is not sent yet."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Named:
    """A file that evidence names: its hash, and its size in bytes."""

    sha256: str
    size: int


def check_some(store: Store, at: datetime, share: Fraction = SHARE_OF_A_DAY) -> Mapping[str, StoreOutcome]:
    """Read what is due of this day's ``share``, the longest unread first; returns what was found, by hash.

    At least one file a day is read, and not many more bytes at once than ``MOST_BYTES_AT_ONCE``.
    """
    with reading():
        due = list(_at_once(due_files(at, share)))
    return check(store, due, at)


def check(store: Store, files: Sequence[Named], at: datetime) -> Mapping[str, StoreOutcome]:
    """Read these files and keep what was found, so many in a transaction; returns it by hash."""
    found: dict[str, StoreOutcome] = {}
    for start in range(0, len(files), FILES_A_TRANSACTION):
        looked_at = {file.sha256: _look(store, file) for file in files[start : start + FILES_A_TRANSACTION]}
        with transaction():
            _keep(looked_at, at)
        found |= looked_at
    return found


def due_files(at: datetime, share: Fraction = SHARE_OF_A_DAY) -> Sequence[Named]:
    """What is still to be read on this day, the longest unread first."""
    total = db.session.scalar(sa.select(sa.func.count(sa.distinct(Evidence.sha256)))) or 0
    left = math.ceil(total * share) - _read_today(at)
    return _oldest_first(left) if left > 0 else []


def all_files() -> Sequence[Named]:
    """Every file that evidence names, the longest unread first."""
    return _oldest_first(None)


def is_first_today(at: datetime) -> bool:
    """Whether no file was read yet on this day."""
    with reading():
        return _read_today(at) == 0


def sweep(store: Store, now: datetime) -> Sequence[str]:
    """Remove what broken uploads left behind; returns the hashes of files that nothing names, which stay."""
    old = now - AGE_OF_LEFTOVERS
    removed = store.remove_leftovers(old)
    with reading():
        known = _known_hashes()
    orphans = sorted(set(store.hashes(old)) - known)
    if removed:
        log.info("%s leftovers of broken uploads removed", removed)
    if orphans:
        log.warning("%s files in the store are named by nothing, the first is %s", len(orphans), orphans[0])
    return orphans


def _read_today(at: datetime) -> int:
    day_began = bangkok_moment(bangkok_day(at), 0, 0)
    chosen = sa.select(sa.func.count()).select_from(EvidenceCheck).where(EvidenceCheck.checked_at >= day_began)
    return db.session.scalar(chosen) or 0


def _oldest_first(limit: int | None) -> Sequence[Named]:
    last_read = sa.func.max(EvidenceCheck.checked_at)
    chosen = (
        sa.select(Evidence.sha256, sa.func.max(Evidence.size))
        .outerjoin(EvidenceCheck, EvidenceCheck.sha256 == Evidence.sha256)
        .where(Evidence.sha256.is_not(None))
        .group_by(Evidence.sha256)
        .order_by(last_read.is_not(None), last_read, Evidence.sha256)
        .limit(limit)
    )
    return [Named(str(sha256), size or 0) for sha256, size in db.session.execute(chosen)]


def _at_once(files: Sequence[Named]) -> Iterator[Named]:
    """The first file, however large, and others as long as the bytes allow."""
    read = 0
    for file in files:
        read += file.size
        if read > MOST_BYTES_AT_ONCE and file is not files[0]:
            return
        yield file


def _look(store: Store, file: Named) -> StoreOutcome:
    try:
        if store.is_whole(file.sha256):
            return StoreOutcome.WHOLE
        return StoreOutcome.ALTERED if store.holds(file.sha256) else StoreOutcome.MISSING
    except OSError:
        log.exception("evidence %s cannot be read", file.sha256)
        return StoreOutcome.MISSING


def _keep(looked_at: Mapping[str, StoreOutcome], at: datetime) -> None:
    """Write down what was found; whoever writes at the same time waits, so that a change is told once."""
    new = [{"sha256": sha256, "outcome": outcome, "checked_at": at} for sha256, outcome in sorted(looked_at.items())]
    first_time = {row.sha256 for row in insert_missing(EvidenceCheck, new)}
    chosen = sa.select(EvidenceCheck).where(EvidenceCheck.sha256.in_(looked_at)).order_by(EvidenceCheck.sha256)
    before: dict[str, StoreOutcome | None] = {}
    for row in db.session.scalars(chosen.with_for_update().execution_options(populate_existing=True)):
        before[row.sha256] = None if row.sha256 in first_time else row.outcome
        row.outcome, row.checked_at = looked_at[row.sha256], at
    db.session.flush()
    _tell_changes(before, looked_at, at)


def _tell_changes(before: Mapping[str, StoreOutcome | None], after: Mapping[str, StoreOutcome], at: datetime) -> None:
    """Put on record, in every agency that uses a file, that it was damaged or is whole again."""
    changed = [sha256 for sha256 in after if (before[sha256] or StoreOutcome.WHOLE) is not after[sha256]]
    for (agency_id, sha256), pieces in _pieces_with(changed).items():
        was, outcome = before[sha256], after[sha256]
        is_whole = outcome is StoreOutcome.WHOLE
        log.log(logging.INFO if is_whole else logging.ERROR, "evidence %s is %s: %s", pieces, outcome.value, sha256)
        audit.record(
            "evidence.whole_again" if is_whole else "evidence.damaged",
            agency_id,
            f"evidence:{pieces[0]}",
            at=at,
            actor=None,
            before={"outcome": was.value if was else None},
            after={"outcome": outcome.value, "sha256": sha256, "evidence": pieces},
        )


def _pieces_with(hashes: Collection[str]) -> Mapping[tuple[int, str], list[int]]:
    """The evidence that names these files, by agency and hash, in the order in which agencies are locked."""
    if not hashes:
        return {}
    chosen = sa.select(Evidence.agency_id, Evidence.sha256, Evidence.id).where(Evidence.sha256.in_(hashes))
    found: dict[tuple[int, str], list[int]] = {}
    for agency_id, sha256, piece in db.session.execute(chosen.order_by(Evidence.agency_id, Evidence.id)):
        found.setdefault((agency_id, str(sha256)), []).append(piece)
    return found


def _known_hashes() -> set[str]:
    """Everything that has a row: evidence, and the documents that plans were read from."""
    columns = (Evidence.sha256, ImportDraft.sha256, ImportJob.sha256)
    return {sha256 for column in columns for sha256 in db.session.scalars(sa.select(column).distinct()) if sha256}
