"""How rows are kept: committed at once, or all together."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from ita_flow.extensions import db

GATHERING = "gathering"
Row = TypeVar("Row")


def kept(row: Row) -> Row:
    db.session.add(row)
    keep()
    return row


def keep() -> None:
    if db.session.info.get(GATHERING):
        db.session.flush()
    else:
        db.session.commit()


@contextmanager
def one_commit() -> Iterator[None]:
    """Commit everything arranged inside at its end: quicker when there is much of it."""
    db.session.info[GATHERING] = True
    try:
        yield
    finally:
        del db.session.info[GATHERING]
    db.session.commit()
