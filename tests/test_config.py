"""Settings: the environment wins over the file, the file over the defaults, and nonsense is told in Thai."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ita_flow.config import ROOT, SETTINGS_FILE, BadSetting, Settings, read_settings
from tests.source import THAI


def settings_of(folder: Path, written: str = "", **environment: str) -> Settings:
    (folder / SETTINGS_FILE).write_text(written, encoding="utf-8")
    names = {f"ITA_FLOW_{name.upper()}": value for name, value in environment.items()}
    return read_settings(names | {"ITA_FLOW_INSTANCE": str(folder)})


def test_without_any_setting_it_runs_on_sqlite_here() -> None:
    settings = read_settings({}, ROOT / "instance")

    assert settings.is_sqlite
    assert settings.database_url.endswith("/instance/ita_flow.sqlite3")
    assert settings.evidence_folder == ROOT / "instance" / "evidence"
    assert (settings.base_url, settings.smtp_url, settings.secret_key) == ("http://127.0.0.1:5000", None, None)
    assert (settings.today, settings.is_demo) == (None, False)


def test_the_folder_is_where_the_environment_says(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)

    assert settings.instance == tmp_path
    assert settings.database_url == f"sqlite:///{tmp_path / 'ita_flow.sqlite3'}"


def test_the_file_wins_over_the_defaults(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, 'base_url = "https://ita.example.go.th/"\nsmtp_url = "smtp://mail.example.go.th"')

    assert settings.base_url == "https://ita.example.go.th"
    assert settings.smtp_url == "smtp://mail.example.go.th"
    assert settings.is_https
    assert settings.host == "ita.example.go.th"


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, 'secret_key = "written"', secret_key="from the environment")

    assert settings.secret_key == "from the environment"


def test_an_empty_setting_is_none(tmp_path: Path) -> None:
    assert settings_of(tmp_path, 'smtp_url = "smtp://mail.example.go.th"', smtp_url="").smtp_url is not None
    assert settings_of(tmp_path, 'smtp_url = ""').smtp_url is None


def test_another_database_may_be_named(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, database_url="postgresql+psycopg:///ita_flow")

    assert not settings.is_sqlite


@pytest.mark.parametrize("written", ["2024-03-18", '"2024-03-18"'])
def test_a_day_may_be_pretended(tmp_path: Path, written: str) -> None:
    assert settings_of(tmp_path, f"today = {written}").today == date(2024, 3, 18)
    assert settings_of(tmp_path, today="2024-03-18").today == date(2024, 3, 18)


def test_the_pace_of_mails_is_a_number(tmp_path: Path) -> None:
    assert settings_of(tmp_path).mails_per_minute == 60
    assert settings_of(tmp_path, "mails_per_minute = 10").mails_per_minute == 10
    assert settings_of(tmp_path, mails_per_minute="600").mails_per_minute == 600


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("today", "18 มีนาคม"),
        ("today", "2024-02-30"),
        ("base_url", "ita.example.go.th"),
        ("base_url", "ftp://ita.example.go.th"),
        ("base_url", "https://"),
        ("mails_per_minute", "0"),
        ("mails_per_minute", "many"),
    ],
)
def test_a_setting_that_makes_no_sense_is_named_in_thai(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(BadSetting, match=f"ITA_FLOW_{name.upper()}") as refused:
        settings_of(tmp_path, **{name: value})

    assert THAI.search(str(refused.value))
    assert value in str(refused.value)


@pytest.mark.parametrize("written", ["today = ", "no equals sign", '"unclosed'])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, written: str) -> None:
    with pytest.raises(BadSetting, match=SETTINGS_FILE):
        settings_of(tmp_path, written)
