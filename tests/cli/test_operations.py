"""Setting up, serving, verifying the record and the demo, as on a machine where nothing runs yet."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from ita_flow import create_app, schema, serving
from ita_flow.domain.permissions import Role, Seat
from ita_flow.domain.reminders import DEFAULT_RULES
from tests.cli.command import Command
from tests.databases import close
from tests.intake.documents import AGENCY, report

INIT = ("init", "--agency", "อบจ.สายธาร", "--admin", "admin@example.go.th")
on_sqlite = pytest.mark.parametrize("empty_database", ["sqlite"], indirect=True)
"""For what does not depend on the database."""


def table(database: str, statement: str) -> list[tuple[object, ...]]:
    """The rows of a statement that is committed."""
    engine = sa.create_engine(database)
    with engine.begin() as connection:
        result = connection.execute(sa.text(statement))
        rows = [tuple(row) for row in result] if result.returns_rows else []
    engine.dispose()
    return rows


def number_of(database: str, name: str) -> object:
    return table(database, f"SELECT count(*) FROM {name}")[0][0]


def test_init_makes_the_agency_its_administrator_and_a_link(machine: Command, empty_database: str) -> None:
    told = machine(*INIT, "--json")

    assert (told.code, told.err) == (0, "")
    link = told.json["link"]
    assert told.json == {
        "agency": AGENCY,
        "code": "agency",
        "type": "องค์การบริหารส่วนจังหวัด",
        "administrator": "admin@example.go.th",
        "link": link,
        "new": True,
    }
    assert re.fullmatch(r"http://127\.0\.0\.1:5000/sign-in/link/[\w-]{40,}", link)
    assert table(empty_database, "SELECT role FROM memberships") == [("administrator",)]
    assert number_of(empty_database, "reminder_rules") == len(DEFAULT_RULES)


def test_init_again_is_harmless(machine: Command, empty_database: str) -> None:
    machine(*INIT)

    again = machine(*INIT, "--json")

    assert (again.code, again.json["new"], again.json["code"]) == (0, False, "agency")
    for name in ("agencies", "users", "memberships", "audit_events"):
        assert number_of(empty_database, name) == 1


def test_the_link_of_init_sets_the_password_once(machine: Command, empty_database: str) -> None:
    path = machine(*INIT, "--json").json["link"].removeprefix("http://127.0.0.1:5000")
    app = create_app()
    first, second = set_password(app.test_client(), path), app.test_client().get(path).status_code
    close(app)

    assert (first, second) == (303, 410)
    assert machine(*INIT, "--json").json["link"] is None
    assert table(empty_database, "SELECT count(*) FROM users WHERE password_hash IS NOT NULL") == [(1,)]


def set_password(client: FlaskClient, path: str) -> int:
    page = client.get(path).get_data(as_text=True)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    password = "สายน้ำใสไหลเย็น-2567"
    fields = {"csrf_token": token[1] if token else "", "password": password, "password_again": password}
    return client.post(path, data=fields).status_code


@on_sqlite
def test_init_takes_a_code_and_a_type(machine: Command) -> None:
    told = machine(
        "init", "--agency", "สำนักงานตัวอย่าง", "--admin", "a@b.go.th", "--code", "office", "--type", "อบต.", "--json"
    )

    assert (told.json["code"], told.json["type"]) == ("office", "องค์การบริหารส่วนตำบล")


@on_sqlite
def test_a_type_that_the_name_does_not_tell_stays_unknown(machine: Command) -> None:
    told = machine("init", "--agency", "สำนักงานตัวอย่าง", "--admin", "a@b.go.th")

    assert "ประเภท: ไม่ทราบ" in told.out.splitlines()


@on_sqlite
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--agency", "อบจ.ก", "--admin", "nobody"), "อีเมล nobody ไม่ถูกต้อง"),
        (("--agency", "  ", "--admin", "a@b.go.th"), "กรอกชื่อหน่วยงาน"),
        (("--agency", "ก" * 101, "--admin", "a@b.go.th"), "ต้องไม่เกิน 100 ตัวอักษร"),
        (("--agency", "อบจ.ก", "--admin", "a@b.go.th", "--code", "ก ข"), "รหัสหน่วยงาน ก ข ใช้ไม่ได้"),
        (("--agency", "อบจ.ก", "--admin", "a@b.go.th", "--code", "agency"), "รหัสหน่วยงาน agency มีผู้ใช้แล้ว"),
        (("--agency", "อบจ.ก", "--admin", "admin@example.go.th"), "เป็นของหน่วยงานอื่น"),
    ],
)
def test_init_tells_what_cannot_be(
    machine: Command, empty_database: str, arguments: tuple[str, ...], sentence: str
) -> None:
    machine(*INIT)

    refused = machine("init", *arguments)

    assert (refused.code, refused.out) == (1, "")
    assert sentence in refused.err
    assert number_of(empty_database, "agencies") == 1


def test_the_whole_setup_on_a_machine_where_nothing_runs(machine: Command, tmp_path: Path) -> None:
    document = tmp_path / "report.txt"
    document.write_text(report(), encoding="utf-8")

    codes = [
        machine(*arguments).code
        for arguments in (
            INIT,
            ("plan", "import", str(document), "--year", "2567"),
            ("plan", "show", "2567"),
            ("assessment", "show", "2566"),
            ("task", "list", "--year", "2567"),
            ("audit", "verify"),
        )
    ]

    assert codes == [0] * 6


def test_a_whole_record_is_verified(machine: Command) -> None:
    machine(*INIT)

    verified = machine("audit", "verify", "--json")

    assert (verified.code, verified.json) == (0, {"whole": True, "broken": []})


def test_an_altered_record_is_found(machine: Command, empty_database: str) -> None:
    machine(*INIT)
    is_sqlite = empty_database.startswith("sqlite")
    table(empty_database, "DROP TRIGGER no_update_of_audit_events" + ("" if is_sqlite else " ON audit_events"))
    table(empty_database, "UPDATE audit_events SET body = replace(body, 'agency', 'other') WHERE seq = 1")

    found, told = machine("audit", "verify", "--json"), machine("audit", "verify")

    assert (found.code, told.code) == (1, 1)
    broken = {"agency_id": 1, "seq": 1, "reason": "body_altered", "row": None, "differs": []}
    assert found.json == {"whole": False, "broken": [broken]}
    assert told.out == "หน่วยงานเลขที่ 1 ลำดับที่ 1: มีการแก้ไขเนื้อหาของรายการ\n"


@pytest.fixture
def not_serving(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Where ``serve`` would have listened."""
    heard: list[tuple[str, int]] = []
    monkeypatch.setattr(serving, "serve", lambda _app, host, port: heard.append((host, port)))
    return heard


@on_sqlite
def test_serve_needs_a_database(machine: Command, not_serving: list[tuple[str, int]]) -> None:
    refused = machine("serve")

    assert (refused.code, refused.out, not_serving) == (1, "", [])
    assert "ita-flow init" in refused.err


@on_sqlite
def test_serve_needs_a_secret_and_says_how_to_make_one(machine: Command, not_serving: list[tuple[str, int]]) -> None:
    machine(*INIT)

    refused = machine("serve")

    assert (refused.code, refused.out, not_serving) == (1, "", [])
    assert "secrets.token_hex" in refused.err
    assert "ITA_FLOW_SECRET_KEY" in refused.err


@on_sqlite
def test_serve_pretends_no_day_outside_the_demo(
    machine: Command, not_serving: list[tuple[str, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    machine(*INIT)
    monkeypatch.setenv("ITA_FLOW_SECRET_KEY", "only for tests")
    monkeypatch.setenv("ITA_FLOW_TODAY", "2024-03-18")

    refused = machine("serve")

    assert (refused.code, refused.out, not_serving) == (1, "", [])
    assert "ITA_FLOW_TODAY" in refused.err


@on_sqlite
def test_serve_says_where_it_answers(
    machine: Command, not_serving: list[tuple[str, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    machine(*INIT)
    monkeypatch.setenv("ITA_FLOW_SECRET_KEY", "only for tests")

    served = machine("serve", "--port", "5123", "--json")

    assert (served.code, served.json, not_serving) == (0, {"address": "http://127.0.0.1:5123"}, [("127.0.0.1", 5123)])


@on_sqlite
def test_a_database_of_a_newer_program_is_left_alone(machine: Command, empty_database: str) -> None:
    machine(*INIT)
    table(empty_database, "UPDATE alembic_version SET version_num = '9999'")

    refused = machine(*INIT)

    assert (refused.code, refused.out) == (1, "")
    assert "รุ่นใหม่กว่า" in refused.err


DEMO = ("demo", "--no-serve", "--json")


@on_sqlite
def test_the_demo_prints_an_account_for_every_role_and_seat(machine: Command, empty_database: str) -> None:
    told = machine(*DEMO)

    assert told.code == 0
    assert list(told.json) == ["accounts"]
    assert {tuple(account) for account in told.json["accounts"]} == {("role", "email", "password")}
    assert {account["role"] for account in told.json["accounts"]} == {*map(str, Role), *map(str, Seat)} - {
        str(Seat.NAMED)
    }


@pytest.fixture
def built(machine: Command) -> Command:
    assert machine(*DEMO).code == 0
    return machine


@on_sqlite
def test_the_tasks_of_the_demo_stand_where_the_story_left_them(built: Command) -> None:
    tasks = {task["measure"]: task for task in built("task", "list", "--year", "2567", "--json").json}

    assert {number: (task["state"], task["deadline"]) for number, task in tasks.items()} == {
        1: ("done", "met"),
        2: ("in_progress", "due_soon"),
        3: ("submitted", "met_pending"),
        4: ("in_progress", "on_track"),
        5: ("returned", "on_track"),
        6: ("done", "met"),
        7: ("not_started", "due_soon"),
    }
    assert all(task["officers"] for task in tasks.values())


def test_the_record_of_the_demo_holds_and_its_mails_are_kept_in_the_house(built: Command, empty_database: str) -> None:
    assert built("audit", "verify").code == 0
    assert table(empty_database, "SELECT DISTINCT state FROM outbox_messages") == [("sent",)]
    assert table(empty_database, "SELECT state, version FROM progress_reports WHERE state = 'draft'") == [("draft", 0)]
    waiting = "SELECT count(*) FROM decisions JOIN report_versions ON report_versions.id = report_version_id JOIN "
    waiting += "progress_reports ON progress_reports.id = report_id WHERE state = 'submitted'"
    assert table(empty_database, waiting) == [(1,)]


@on_sqlite
def test_the_demo_a_second_time_is_quick_and_changes_nothing(built: Command, empty_database: str) -> None:
    before = all_counts(empty_database)
    began = time.monotonic()

    again = built(*DEMO)

    assert (again.code, len(again.json["accounts"])) == (0, 9)
    assert time.monotonic() - began < 3
    assert all_counts(empty_database) == before


def all_counts(database: str) -> Mapping[str, object]:
    engine = sa.create_engine(database)
    names = sa.inspect(engine).get_table_names()
    engine.dispose()
    return {name: number_of(database, name) for name in names}


def test_the_demo_is_not_built_into_the_database_of_an_agency(
    machine: Command, empty_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine(*INIT)
    before = all_counts(empty_database)
    monkeypatch.setenv("ITA_FLOW_INSTANCE", str(tmp_path / "elsewhere"))

    refused = machine(*DEMO)

    assert (refused.code, refused.out) == (1, "")
    assert "หน่วยงานจริง" in refused.err
    assert all_counts(empty_database) == before
    assert not (tmp_path / "elsewhere" / "settings.toml").exists()


@on_sqlite
@pytest.mark.parametrize("name", ["ita_flow.sqlite3", "evidence", "settings.toml"])
def test_a_folder_in_which_something_is_kept_does_not_become_a_demo(
    machine: Command, tmp_path: Path, name: str
) -> None:
    (tmp_path / name).touch() if "." in name else (tmp_path / name).mkdir()

    refused = machine(*DEMO)

    assert (refused.code, refused.out) == (1, "")
    assert "หน่วยงานจริง" in refused.err
    assert not (tmp_path / "settings.toml").exists() or not (tmp_path / "settings.toml").read_text()


@on_sqlite
def test_half_a_demo_is_not_shown(machine: Command, empty_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ita_flow.demo.build._remind", interrupted)
    with pytest.raises(KeyboardInterruptOfTest):
        machine(*DEMO)

    refused = machine(*DEMO)

    assert (refused.code, refused.out) == (1, "")
    assert "สร้างไม่เสร็จ" in refused.err


class KeyboardInterruptOfTest(Exception):
    """Somebody stopped it."""


def interrupted() -> None:
    raise KeyboardInterruptOfTest


def test_the_schema_knows_its_newest_revision(empty_app: Flask) -> None:
    assert schema.present_revision() is None

    schema.upgrade()
    schema.upgrade()

    assert schema.present_revision() == schema.newest_revision()
