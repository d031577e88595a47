"""Signing in and out, links and passwords, without the pages."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
import sqlalchemy as sa
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from ita_flow.domain.clock import real_now
from ita_flow.domain.refusals import Invalid
from ita_flow.extensions import db
from ita_flow.models.accounts import FailedSignIn, SignIn
from ita_flow.models.audit import AuditEvent
from ita_flow.queries.accounts import live_sign_in, open_link
from ita_flow.workflow import accounts
from tests.factories import NOW, PASSWORD, Cast

ELSEWHERE = "203.0.113.7"
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NEW_PASSWORD = "กระเป๋าสีเขียวใต้ต้นมะขาม"


def test_a_password_is_kept_as_argon2id_with_the_agreed_cost() -> None:
    kept = accounts.hash_password(PASSWORD)

    assert kept.startswith("$argon2id$v=19$m=32768,t=3,p=1$")


def test_only_the_own_password_fits(cast: Cast) -> None:
    cast.officer.password_hash = accounts.hash_password(PASSWORD)

    assert accounts.is_password_of(cast.officer, PASSWORD) == (True, None)
    assert accounts.is_password_of(cast.officer, PASSWORD + " ")[0] is False


def test_a_hash_of_another_cost_is_made_anew(cast: Cast) -> None:
    weaker = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8192, parallelism=1),))
    cast.officer.password_hash = weaker.hash(PASSWORD)

    fits, newer_hash = accounts.is_password_of(cast.officer, PASSWORD)
    accounts.sign_in(cast.officer, real_now(), newer_hash=newer_hash)

    assert fits
    assert cast.officer.password_hash == newer_hash
    assert str(newer_hash).startswith("$argon2id$v=19$m=32768,t=3,p=1$")


def hashes_compared(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The hashes that passwords are compared with from now on."""
    compared: list[str] = []
    compare = accounts._hashing.verify_and_update

    def note_and_compare(password: str, kept: str) -> tuple[bool, str | None]:
        compared.append(kept)
        return compare(password, kept)

    monkeypatch.setattr(accounts._hashing, "verify_and_update", note_and_compare)
    return compared


@pytest.mark.parametrize("who", ["unknown", "without a password", "inactive"])
def test_nobody_gets_in_without_a_password_of_their_own(cast: Cast, who: str, monkeypatch: pytest.MonkeyPatch) -> None:
    person = None if who == "unknown" else cast.officer
    if who == "without a password":
        cast.officer.password_hash = None
    cast.officer.is_active = who != "inactive"
    hashes_looked_at = hashes_compared(monkeypatch)

    fits, _newer = accounts.is_password_of(person, PASSWORD)

    assert not fits
    assert len(hashes_looked_at) == 1, "the same work is done for everybody"


def test_a_session_is_found_by_its_token_alone(cast: Cast) -> None:
    token = accounts.sign_in(cast.officer, real_now())

    found = live_sign_in(token, real_now())

    assert found is not None
    assert found.user is cast.officer
    assert token not in db.session.scalars(sa.select(SignIn.token_hash)).all()
    assert live_sign_in(token + "x", real_now()) is None


def test_a_session_of_somebody_who_left_is_over(cast: Cast) -> None:
    token = accounts.sign_in(cast.officer, real_now())

    cast.officer.is_active = False

    assert live_sign_in(token, real_now()) is None


def test_all_sessions_of_a_person_can_be_ended(cast: Cast) -> None:
    ours = [accounts.sign_in(cast.officer, real_now()) for _device in range(2)]
    of_another = accounts.sign_in(cast.colleague, real_now())

    accounts.end_all(cast.officer, real_now())

    assert [live_sign_in(token, real_now()) for token in ours] == [None, None]
    assert live_sign_in(of_another, real_now())


def test_after_five_wrong_passwords_one_has_to_wait(cast: Cast) -> None:
    start = real_now()
    for _try in range(5):
        accounts.announce_try(cast.officer.email, ELSEWHERE, start)

    with pytest.raises(Invalid) as refusal:
        accounts.announce_try(cast.officer.email.upper(), "198.51.100.9", start)

    assert (refusal.value.key, refusal.value.values) == ("sign_in_wait", {"minutes": 1})
    accounts.announce_try(cast.officer.email, ELSEWHERE, start + MINUTE)


def test_a_thousand_tries_from_everywhere_reach_the_hash_rarely(cast: Cast) -> None:
    start, taken = real_now(), 0
    for number in range(1000):
        try:
            accounts.announce_try(
                cast.officer.email, f"198.51.100.{number % 250}", start + number * timedelta(seconds=3)
            )
            taken += 1
        except Invalid:
            pass

    assert taken <= 15


def test_one_place_may_try_a_hundred_times_an_hour(cast: Cast) -> None:
    start = real_now()
    for number in range(100):
        accounts.announce_try(f"person{number}@example.go.th", ELSEWHERE, start)

    with pytest.raises(Invalid) as refusal:
        accounts.announce_try("one.more@example.go.th", ELSEWHERE, start + 59 * MINUTE)

    assert refusal.value.values == {"minutes": 1}
    accounts.announce_try("one.more@example.go.th", "198.51.100.9", start)
    accounts.announce_try("one.more@example.go.th", ELSEWHERE, start + HOUR)


def test_signing_in_strikes_out_what_went_wrong_before(cast: Cast) -> None:
    for person in (cast.officer, cast.colleague):
        accounts.announce_try(person.email, ELSEWHERE, real_now())

    accounts.sign_in(cast.officer, real_now())

    assert db.session.scalars(sa.select(FailedSignIn.email)).all() == [cast.colleague.email]


def test_a_link_sets_a_password_once(cast: Cast) -> None:
    token = accounts.create_link(cast.officer, real_now())
    old_session = accounts.sign_in(cast.officer, real_now())

    person = accounts.use_link(token, accounts.hash_password(NEW_PASSWORD), at=NOW, now=real_now())

    assert accounts.is_password_of(person, NEW_PASSWORD)[0]
    assert live_sign_in(old_session, real_now()) is None
    with pytest.raises(Invalid, match="link_spent"):
        accounts.use_link(token, accounts.hash_password(PASSWORD), at=NOW, now=real_now())


def test_setting_a_password_spends_every_link_of_the_person(cast: Cast) -> None:
    first, second = (accounts.create_link(cast.officer, real_now()) for _link in range(2))
    of_another = accounts.create_link(cast.colleague, real_now())

    accounts.use_link(second, accounts.hash_password(NEW_PASSWORD), at=NOW, now=real_now())

    assert open_link(first, real_now()) is None
    assert open_link(of_another, real_now())


def test_a_link_holds_for_seven_days(cast: Cast) -> None:
    created_at = real_now()
    token = accounts.create_link(cast.officer, created_at)

    assert open_link(token, created_at + 7 * DAY - MINUTE)
    assert open_link(token, created_at + 7 * DAY) is None


def test_a_new_password_stands_in_the_record_without_itself(cast: Cast) -> None:
    token = accounts.create_link(cast.officer, real_now())

    accounts.use_link(token, accounts.hash_password(NEW_PASSWORD), at=NOW, now=real_now())

    body = json.loads(db.session.scalars(sa.select(AuditEvent.body)).one())
    assert (body["action"], body["actor"]) == ("account.password_set", f"user:{cast.officer.id}")
    assert (body["before"], body["after"]) == ({}, {})


@pytest.mark.parametrize("password", ["officer@example.go.th", "officer@example1234", "ตัวอย่างตัวอย่าง", "short"])
def test_a_password_close_to_the_person_is_refused(cast: Cast, password: str) -> None:
    with pytest.raises(Invalid):
        accounts.check_new_password(cast.officer, password)


def test_tries_that_count_no_more_are_forgotten(cast: Cast) -> None:
    start = real_now()
    accounts.announce_try("someone@example.go.th", ELSEWHERE, start)

    accounts.announce_try(cast.officer.email, ELSEWHERE, start + timedelta(hours=25))

    assert db.session.scalars(sa.select(FailedSignIn.email)).all() == [cast.officer.email]
