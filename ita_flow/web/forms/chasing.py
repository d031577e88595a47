"""What is chosen to be asked after, as the page showed it, with a sentence of one's own."""

from __future__ import annotations

import re
from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import TextAreaField

from ita_flow.domain.chasing import LONGEST_NOTE
from ita_flow.web.forms import typed

_SEEN = re.compile(r"([0-9]{1,9})-[0-9a-f]{12}")


class ChaseForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    note = TextAreaField(
        _l("ข้อความเพิ่มเติมถึงผู้รับ (ถ้ามี)"),
        filters=[typed],
        render_kw={"rows": 2, "maxlength": LONGEST_NOTE, "form": "chosen"},
    )


def read_seen(texts: list[str]) -> Mapping[int, str]:
    """By their ids, the tasks that were chosen with what was seen of them. Raises ValueError for what no page sends."""
    matches = [_SEEN.fullmatch(text) for text in texts]
    if not all(matches):
        raise ValueError(texts)
    return {int(match[1]): match[0] for match in matches if match}
