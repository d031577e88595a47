"""What several tests of the readers share."""

from __future__ import annotations

import pytest

from ita_flow.intake import readers as readers_of_house
from ita_flow.intake.readers.office import transcribed
from ita_flow.intake.readers.paper import Paper


@pytest.fixture
def inside_of_the_test(monkeypatch: pytest.MonkeyPatch) -> None:
    """Office files are read here and not in a program apart, so that an error of the reader fails the test."""
    monkeypatch.setattr(readers_of_house, "paper_of_office", lambda content: Paper.of(transcribed(content)))
