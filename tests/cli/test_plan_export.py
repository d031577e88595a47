"""``ita-flow plan export``: a file that the import takes back, written whole or not at all."""

from __future__ import annotations

import hashlib
import io
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask

from ita_flow.cli import plan_exports
from ita_flow.extensions import clock
from ita_flow.models.people import Agency
from tests.cli.command import Command
from tests.factories import TODAY, an_agency
from tests.intake.documents import AGENCY, report

FORMS = pytest.mark.parametrize("form", ["xlsx", "csv"])
BEGINNINGS = {"xlsx": b"PK", "csv": b"\xef\xbb\xbf"}
on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
"""For what does not depend on the database."""


@pytest.fixture
def agency(app: Flask) -> Agency:
    clock.pretend(TODAY)
    return an_agency(AGENCY, code="saithan")


@pytest.fixture
def plan(command: Command, agency: Agency, tmp_path: Path) -> None:
    document = tmp_path / "report.txt"
    document.write_text(report(), encoding="utf-8")
    assert command("plan", "import", str(document), "--year", "2567").code == 0


@FORMS
def test_what_goes_out_comes_in_without_a_difference(command: Command, plan: None, tmp_path: Path, form: str) -> None:
    file = tmp_path / f"แผน.{form}"

    told = command("plan", "export", "2567", "--format", form, "--out", str(file), "--json")
    again = command("plan", "import", str(file), "--year", "2567", "--json")

    content = file.read_bytes()
    assert (told.code, told.err) == (0, "")
    assert told.json == {"path": str(file), "measures": 7, "sha256": hashlib.sha256(content).hexdigest()}
    assert content.startswith(BEGINNINGS[form])
    assert (again.code, again.err, again.json["problems"], again.json["changes"]) == (0, "", [], 0)


@on_sqlite
def test_a_person_reads_where_it_is(command: Command, plan: None, tmp_path: Path) -> None:
    told = command("plan", "export", "2567", "--out", str(tmp_path / "plan.xlsx"))

    assert told.out == f"ส่งออก 7 มาตรการ ไปยัง {tmp_path / 'plan.xlsx'}\n"


@on_sqlite
def test_a_file_that_is_there_is_replaced_and_nothing_else_is_left(
    command: Command, plan: None, tmp_path: Path
) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "plan.csv").write_text("เดิม", encoding="utf-8")

    assert command("plan", "export", "2567", "--format", "csv", "--out", str(folder / "plan.csv")).code == 0
    assert [path.name for path in folder.iterdir()] == ["plan.csv"]
    assert (folder / "plan.csv").read_bytes().startswith(BEGINNINGS["csv"])


@on_sqlite
def test_a_file_that_cannot_be_finished_leaves_the_old_one(
    command: Command, plan: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "exports" / "plan.csv"
    file.parent.mkdir()
    file.write_text("เดิม", encoding="utf-8")

    def full(_handle: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(os, "fsync", full)
    refused = command("plan", "export", "2567", "--format", "csv", "--out", str(file))

    assert (refused.code, refused.out) == (1, "")
    assert "no space left" in refused.err
    assert [(path.name, path.read_text(encoding="utf-8")) for path in file.parent.iterdir()] == [("plan.csv", "เดิม")]


@on_sqlite
@pytest.mark.parametrize("where", ["", "nowhere/plan.xlsx"])
def test_where_no_file_can_be_written_is_refused(command: Command, plan: None, tmp_path: Path, where: str) -> None:
    refused = command("plan", "export", "2567", "--out", str(tmp_path / where))

    assert (refused.code, refused.out) == (1, "")
    assert "ตรวจสิทธิของโฟลเดอร์" in refused.err


@on_sqlite
def test_a_device_stays_a_device(command: Command, plan: None) -> None:
    assert command("plan", "export", "2567", "--format", "csv", "--out", os.devnull).code == 0
    assert not Path(os.devnull).is_file()


@on_sqlite
@FORMS
def test_a_dash_means_standard_output(command: Command, plan: None, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    out = SimpleNamespace(buffer=io.BytesIO(), isatty=lambda: False, flush=lambda: None)
    monkeypatch.setattr(plan_exports, "sys", SimpleNamespace(stdout=out))

    told = command("plan", "export", "2567", "--format", form, "--out", "-")

    assert (told.code, told.out) == (0, "")
    assert out.buffer.getvalue().startswith(BEGINNINGS[form])


@on_sqlite
def test_no_workbook_goes_to_a_screen_and_nothing_goes_beside_json(
    command: Command, plan: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside_json = command("plan", "export", "2567", "--out", "-", "--json")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(plan_exports, "sys", SimpleNamespace(stdout=SimpleNamespace(isatty=lambda: True)))
    to_a_screen = command("plan", "export", "2567", "--out", "-")

    assert (beside_json.code, beside_json.out, to_a_screen.code, to_a_screen.out) == (2, "", 2, "")
    assert "--out" in beside_json.err
    assert "--out" in to_a_screen.err


@on_sqlite
@pytest.mark.parametrize("wrong", [[], ["--out", "x.pdf", "--format", "pdf"]])
def test_wrong_usage_is_told(command: Command, plan: None, wrong: list[str]) -> None:
    refused = command("plan", "export", "2567", *wrong)

    assert (refused.code, refused.out) == (2, "")
    assert "ita-flow plan export --help" in refused.err


@on_sqlite
def test_a_year_without_a_plan_is_refused_and_writes_nothing(command: Command, agency: Agency, tmp_path: Path) -> None:
    refused = command("plan", "export", "2560", "--out", str(tmp_path / "plan.xlsx"))

    assert (refused.code, refused.out) == (1, "")
    assert "ยังไม่มีแผนปีงบประมาณ 2560" in refused.err
    assert not (tmp_path / "plan.xlsx").exists()
