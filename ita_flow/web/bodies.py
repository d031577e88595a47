"""How much a request may bring along."""

from __future__ import annotations

from flask import Request, current_app

WITHOUT_FILES = "application/x-www-form-urlencoded"


class BoundedRequest(Request):
    """A form without files is read into memory at once, before anybody is known, so it may bring text only."""

    @property  # type: ignore[misc]  # nobody sets it for a single request
    def max_content_length(self) -> int:  # type: ignore[override]
        whole: int = current_app.config["MAX_CONTENT_LENGTH"]
        text: int = current_app.config["MAX_FORM_MEMORY_SIZE"]
        return min(whole, text) if self.mimetype == WITHOUT_FILES else whole
