"""Where the mail server stands, read from one setting."""

from __future__ import annotations

import pytest

from ita_flow.config import BadSetting
from ita_flow.mail.smtp import SmtpAddress, can_connect
from tests.letterbox import Letterbox


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("smtp://mail.example.go.th", SmtpAddress("mail.example.go.th", 25, is_tls=False, starts_tls=False)),
        ("smtp://mail.example.go.th:587", SmtpAddress("mail.example.go.th", 587, is_tls=False, starts_tls=True)),
        ("smtp://mail.example.go.th:2525?starttls=1", SmtpAddress("mail.example.go.th", 2525, False, True)),
        ("smtps://mail.example.go.th", SmtpAddress("mail.example.go.th", 465, is_tls=True, starts_tls=False)),
        (
            "smtps://a%40b:p%2Fw@mail.example.go.th:1465",
            SmtpAddress("mail.example.go.th", 1465, True, False, "a@b", "p/w"),
        ),
    ],
)
def test_the_address_is_read(url: str, address: SmtpAddress) -> None:
    assert SmtpAddress.read(url) == address


@pytest.mark.parametrize(
    "url", ["mail.example.go.th", "http://mail", "smtp://", "smtp://mail:port", "smtp://mail:99999"]
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(BadSetting):
        SmtpAddress.read(url)


def test_the_doctor_can_knock(letterbox: Letterbox) -> None:
    assert can_connect(letterbox.url)
    assert not can_connect("smtp://127.0.0.1:1")


def test_a_server_without_tls_gets_nothing_when_tls_was_asked_for(letterbox: Letterbox) -> None:
    assert not can_connect(f"{letterbox.url}?starttls=1")
