"""One answer for one form: the second press gets the first answer, and a passing trouble is tried again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from os import SEEK_END

from flask import request
from flask_wtf import FlaskForm
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.datastructures import FileStorage

from ita_flow.database import is_passing, transaction
from ita_flow.domain.refusals import Invalid, Refusal, Stale
from ita_flow.web.access import actor, begin_reading, now
from ita_flow.web.forms import tell
from ita_flow.workflow import receipts

TRIES = 3
SHORTEST_KEY = 8


def once(deed: Callable[[], str], part: str = "") -> str:
    """Do this deed in one transaction and return where it leads, or where it led the first time.

    The key comes with the form; ``part`` tells the deeds of one form apart, when each is done in a transaction of its
    own. Raises Stale when somebody else was quicker. Whatever is refused, the request goes on by reading.
    """
    key = form_key(part)
    try:
        return _tried(deed, key)
    except (Refusal, IntegrityError, StaleDataError) as trouble:
        begin_reading()
        first_answer = receipts.location_of(actor(), key)
        if first_answer:
            return first_answer
        if isinstance(trouble, Refusal):
            raise
        raise Stale("someone_was_quicker") from trouble


def first_answer() -> str | None:
    """Where this form led when it was sent before; None the first time."""
    return receipts.location_of(actor(), form_key())


def attempt(form: FlaskForm, deed: Callable[[], str], by: Callable[[Callable[[], str]], str] = once) -> str | None:
    """Where the deed leads, or None with what is wrong told in the form. ``by`` sees to it that it is done once."""
    if not form.validate():
        return None
    try:
        return by(deed)
    except Invalid as refusal:
        begin_reading()
        tell(form, refusal)
        return None


def form_key(part: str = "") -> str:
    """What makes this sending the same as another: the one-time key of the form, its address, and all that it says.

    A browser that brings an old key back, in another form or with other words, must not be told that all is done.
    Raises Invalid when the form has no key.
    """
    key = request.form.get("form_key", "")
    if not SHORTEST_KEY <= len(key) <= receipts.LONGEST_KEY:
        raise Invalid("form_without_key")
    said = [request.path, part, sorted(item for item in request.form.items(multi=True) if item[0] != "csrf_token")]
    files = [(name, file.filename, _size(file)) for name, file in request.files.items(multi=True)]
    return hashlib.sha256(repr((said, files)).encode()).hexdigest()


def _size(file: FileStorage) -> int:
    file.stream.seek(0, SEEK_END)
    return file.stream.tell()


def _tried(deed: Callable[[], str], key: str) -> str:
    for tries_left in reversed(range(TRIES)):
        try:
            return _done(deed, key)
        except DBAPIError as trouble:
            if not tries_left or not is_passing(trouble):
                raise
    raise AssertionError


def _done(deed: Callable[[], str], key: str) -> str:
    with transaction():
        first_answer = receipts.location_of(actor(), key)
        if first_answer:
            return first_answer
        location = deed()
        receipts.keep(actor(), key, location, now())
        return location
