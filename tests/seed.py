"""The one real document: where it lies, for the tests marked ``seed``."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.needs import is_ci
from tests.source import ROOT

VARIABLE = "ITA_FLOW_SEED"


def seed() -> bytes:
    """The document. Without it a test is skipped, but never where everything has to run."""
    path = _path()
    if path is None:
        if is_ci():
            pytest.fail(f"the real document is missing: set {VARIABLE} to its path")
        pytest.skip(f"needs the real document: set {VARIABLE} to its path")
    return path.read_bytes()


def _path() -> Path | None:
    named = os.environ.get(VARIABLE)
    paths = [Path(named)] if named else sorted((ROOT.parent / "shared" / "seed").glob("*.txt"))
    return next((path for path in paths if path.is_file()), None)
