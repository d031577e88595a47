"""Hashes by which the record remembers what was submitted, so that no part of the rows is altered unseen.

Of a piece of evidence the record holds a seal and not the name of the file: a name that somebody must not read any
more can go.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC

from ita_flow.models.evidence import Evidence
from ita_flow.models.progress_reports import ReportVersion
from ita_flow.models.proposals import Proposal
from ita_flow.workflow import audit
from ita_flow.workflow.evidence import mark_of


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


def content_hash(version: ReportVersion) -> str:
    """The hash of everything that the seats decide on: words, claim, ticks and evidence, and of the way it goes."""
    way = {
        "passed": list(version.passed),
        "distinct": version.distinct_deciders,
        "newer": [
            [mark_of(one), mark_of(one.supersedes), one.supersede_reason] for one in version.evidence if one.supersedes
        ],
    }
    content = {
        "report": version.report.id,
        "version": version.version,
        "claim": version.claimed_status.value,
        "percent": version.percent,
        "steps": list(version.done_steps),
        "text": version.text,
        "obstacles": version.obstacles,
        "advice": version.advice,
        "chain": list(version.chain),
        "evidence": [mark_of(evidence) for evidence in version.evidence],
        **{name: value for name, value in way.items() if value},  # versions of old knew no such thing
    }
    return hashlib.sha256(audit.canonical(content).encode()).hexdigest()


def way_hash(proposal: Proposal) -> str:
    """The hash of the way that a proposal goes: the seats that decide, those passed over, and the rule for people."""
    way = {"chain": list(proposal.chain), "passed": list(proposal.passed), "distinct": proposal.distinct_deciders}
    return hashlib.sha256(audit.canonical(way).encode()).hexdigest()
