"""How many statements a reading costs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from ita_flow.extensions import db
from ita_flow.models.people import User

MOST_STATEMENTS = 12
"""What one page may ask the database, however much it holds."""

NOT_A_READING = ("PRAGMA", "BEGIN", "SET")


@contextmanager
def counted_statements() -> Iterator[list[str]]:
    """The statements sent to the database inside the block; what merely opens a transaction is left out."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(NOT_A_READING):
            sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def with_nothing_loaded(user: User) -> User:
    """This person, in a session that holds no other row: what is read from here on costs what it costs a request."""
    user_id = user.id
    db.session.expunge_all()
    return db.session.get_one(User, user_id)
