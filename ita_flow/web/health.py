"""For the people who keep the server: is it alive, and is its database?"""

from __future__ import annotations

import sqlalchemy as sa
from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from ita_flow import config
from ita_flow.database import reading
from ita_flow.extensions import db
from ita_flow.web.access import public

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@public
def show() -> ResponseReturnValue:
    is_well = _database_answers()
    return jsonify(database="ok" if is_well else "down", version=config.VERSION), 200 if is_well else 503


def _database_answers() -> bool:
    try:
        with reading():
            db.session.execute(sa.select(1))
    except SQLAlchemyError:
        return False
    return True
