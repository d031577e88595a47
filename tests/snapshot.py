"""Texts compared with files that people have read and agreed to; ``--snapshot-update`` writes them anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Snapshot = Callable[[str, str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--snapshot-update", action="store_true", help="write the snapshots anew; then read the difference"
    )


@pytest.fixture
def snapshot(request: pytest.FixtureRequest) -> Snapshot:
    """``snapshot("name.txt", text)``: the text equals ``snapshots/name.txt`` beside the test."""
    folder = Path(request.path).parent / "snapshots"
    is_update = bool(request.config.getoption("--snapshot-update"))

    def compare(name: str, text: str) -> None:
        path = folder / name
        if is_update:
            folder.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert path.is_file(), f"{path} is missing: read the text, then run once with --snapshot-update"
        assert text == path.read_text(encoding="utf-8")

    return compare
