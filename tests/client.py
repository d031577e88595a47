"""A client whose requests stand alone, although the test holds an application context of its own."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from ita_flow.extensions import db


class ClientOfItsOwn(FlaskClient):
    """Each request gets its own context, so nobody stays signed in through the test's ``g``, and its own session.

    The test's transaction ends first: what it arranged is seen, and its lock does not hold the request up.
    """

    def open(self, *args: Any, **keywords: Any) -> TestResponse:
        db.session.commit()
        keywords.setdefault("buffered", True)
        with self.application.app_context():
            return super().open(*args, **keywords)
