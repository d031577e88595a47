"""``ita-flow plan import`` of plans as other offices lay them out, in every kind of file."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from tests.cli.command import Command
from tests.factories import an_agency
from tests.intake.layouts import LAYOUTS, Layout
from tests.intake.makers import MAKERS
from tests.intake.records import agency_of, said_by_the_layout, said_in_the_records


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("file_name", MAKERS)
@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_a_plan_in_another_layout_is_imported_exactly_and_only_once(
    app: Flask, command: Command, tmp_path: Path, layout: Layout, file_name: str
) -> None:
    an_agency(agency_of(layout), code="rimthan")
    document = tmp_path / file_name
    document.write_bytes(MAKERS[file_name](layout.blocks))
    arguments = ("plan", "import", str(document), "--year", str(layout.year), "--json")

    first, again = command(*arguments), command(*arguments)

    assert (first.code, again.code, again.json["changes"]) == (0, 0, 0)
    assert said_in_the_records() == said_by_the_layout(layout)
