"""For the people who keep the server: is it alive, does its database answer, and does what runs by itself run?"""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, current_app, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from ita_flow import config
from ita_flow.database import reading
from ita_flow.domain.clock import real_now
from ita_flow.queries.operations import Signs, Trouble, signs_of_life
from ita_flow.web.access import public

bp = Blueprint("health", __name__)

SAID_OF_TROUBLE = {Trouble.TIMETABLE: "silent", Trouble.MAIL: "stuck"}


@bp.get("/healthz")
@public
def show() -> ResponseReturnValue:
    try:
        with reading():
            found = troubles(signs_of_life())
    except SQLAlchemyError:
        return jsonify(database="down", version=config.VERSION), 503
    told = {trouble.value: SAID_OF_TROUBLE[trouble] if trouble in found else "ok" for trouble in Trouble}
    return jsonify(database="ok", **told, version=config.VERSION), 503 if found else 200


def troubles(signs: Signs) -> Sequence[Trouble]:
    """What does not run as it should; a server that has just started waits for the first sign."""
    return signs.troubles(real_now(), current_app.config["STARTED_AT"])
