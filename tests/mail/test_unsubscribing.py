"""Links for having fewer mails: only ours are taken, for ever, and they say what we wrote into them."""

from __future__ import annotations

import pytest
from flask import Flask
from itsdangerous import URLSafeSerializer

from ita_flow.domain.notices import MailOption
from ita_flow.mail.unsubscribing import Unsubscription, token_of, unsubscribe_address, unsubscription_of

WEEKLY, APPROVED = MailOption.WEEKLY, MailOption.APPROVED

pytestmark = pytest.mark.usefixtures("app_alone")


def test_the_address_is_a_page_of_ours() -> None:
    address = unsubscribe_address(7, [WEEKLY])

    assert address == f"http://127.0.0.1:5000/unsubscribe/{token_of(7, [WEEKLY])}"


def test_a_link_says_who_asks_for_less_of_what() -> None:
    assert unsubscription_of(token_of(7, [WEEKLY, APPROVED])) == Unsubscription(7, frozenset({WEEKLY, APPROVED}))


def test_a_mail_that_is_sent_again_bears_the_same_link() -> None:
    assert token_of(7, [WEEKLY, APPROVED]) == token_of(7, {APPROVED, WEEKLY})


def test_a_link_of_an_earlier_key_is_taken_while_that_key_is_known(app_alone: Flask) -> None:
    token = token_of(7, [WEEKLY])
    app_alone.config.update(SECRET_KEY="a new one", SECRET_KEY_FALLBACKS=["only for tests"])

    assert unsubscription_of(token) == Unsubscription(7, frozenset({WEEKLY}))
    assert token_of(7, [WEEKLY]) != token


def test_a_link_of_a_forgotten_key_is_not_taken(app_alone: Flask) -> None:
    token = token_of(7, [WEEKLY])
    app_alone.config["SECRET_KEY"] = "a new one"

    assert unsubscription_of(token) is None


def signed(content: object, salt: str = "fewer mails") -> str:
    return str(URLSafeSerializer("only for tests", salt=salt).dumps(content))


@pytest.mark.parametrize("token", ["", "x", "ก" * 50, "WzcsWyJ3ZWVrbHkiXV0.AAAA", "\0", "." * 5000])
def test_what_we_did_not_sign_is_not_taken(token: str) -> None:
    assert unsubscription_of(token) is None


@pytest.mark.parametrize("content", [[7], [7, ["gossip"]], ["x", ["weekly"]], {"7": 1}, 7, None, [7, 7]])
def test_what_was_signed_for_something_else_is_not_taken(content: object) -> None:
    assert unsubscription_of(signed(content)) is None


def test_a_ticket_of_another_kind_is_not_taken() -> None:
    assert unsubscription_of(signed([7, ["weekly"]], salt="a file that was kept")) is None
    assert unsubscription_of(signed([7, ["weekly"]])) is not None


def test_a_link_for_another_person_cannot_be_made_from_ones_own() -> None:
    _content, _dot, signature = token_of(7, [WEEKLY]).partition(".")
    content, _dot, _signature = token_of(8, [WEEKLY]).partition(".")

    assert unsubscription_of(f"{content}.{signature}") is None
