"""The cast that is put into each test's database is the one that the factories write."""

from __future__ import annotations

from dataclasses import fields

from flask import Flask

from ita_flow.extensions import db
from tests.factories import Cast, a_task, a_user, the_cast


def test_the_cast_put_back_is_the_cast_that_was_written(app: Flask) -> None:
    written = names_in(the_cast())
    for table in reversed(db.metadata.sorted_tables):
        db.session.execute(table.delete())
    db.session.commit()
    db.session.expunge_all()

    put_back = the_cast()

    assert names_in(put_back) == written
    assert put_back.task.officers == [put_back.officer]
    assert put_back.section.parent is put_back.division


def test_rows_after_the_cast_get_numbers_of_their_own(cast: Cast) -> None:
    assert a_user(cast.agency).id not in {cast.officer.id, cast.stranger.id}
    assert a_task(division=cast.division).id not in {cast.task.id, cast.other_task.id, cast.strange_task.id}


def names_in(cast: Cast) -> dict[str, object]:
    return {field.name: getattr(getattr(cast, field.name), "name", None) for field in fields(cast)}
