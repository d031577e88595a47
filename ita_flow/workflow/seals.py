"""Seals: a piece of evidence as the record remembers it, so that no part of its row is altered unseen.

The record holds the hash and not the name of the file: a name that somebody must not read any more can go.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC

from ita_flow.models.evidence import Evidence
from ita_flow.workflow import audit


def seals_of(evidence: Iterable[Evidence]) -> list[str]:
    """The seal of each, such as ``12:ab34…``: its number, and the hash of all that its row says."""
    return [f"{one.id}:{_hash_of(one)}" for one in evidence]


def _hash_of(evidence: Evidence) -> str:
    said = {
        "agency": evidence.agency_id,
        "task": evidence.task_id,
        "kind": evidence.kind.value,
        "name": evidence.name,
        "url": evidence.url,
        "sha256": evidence.sha256,
        "size": evidence.size,
        "media_type": evidence.media_type,
        "added_by": evidence.added_by_id,
        "added_at": evidence.added_at.astimezone(UTC).isoformat(timespec="microseconds"),
        "supersedes": evidence.supersedes_id,
        "reason": evidence.supersede_reason,
    }
    return hashlib.sha256(audit.canonical(said).encode()).hexdigest()
