"""How much a request may bring along."""

from __future__ import annotations

from flask import Request, current_app

WITHOUT_FILES = "application/x-www-form-urlencoded"


class BoundedRequest(Request):
    """A form without files is read into memory at once, before anybody is known, so it may bring text only."""

    @property
    def max_content_length(self) -> int | None:
        limit = "MAX_FORM_MEMORY_SIZE" if self.mimetype == WITHOUT_FILES else "MAX_CONTENT_LENGTH"
        length: int | None = current_app.config[limit]
        return length
