"""Ways of saying no. A refusal carries a key and values; its Thai sentence lives in ``ita_flow.wording``."""

from __future__ import annotations

from collections.abc import Sequence


class Refusal(Exception):
    """Something that was asked for cannot be done; ``key`` names the sentence that says why and what to do."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


class NotPermitted(Refusal):
    """The person may see this, but may not do this."""


class Stale(Refusal):
    """Somebody else was quicker: what the person looked at has changed meanwhile."""


class Invalid(Refusal):
    """What was entered cannot be taken as it is; ``field`` names the form field it belongs to, if any."""

    def __init__(self, key: str, field: str | None = None, **values: object) -> None:
        super().__init__(key, **values)
        self.field = field


class Incomplete(Refusal):
    """Several things are wrong or missing at once; each is told, so that people mend them in one go."""

    def __init__(self, problems: Sequence[Invalid]) -> None:
        super().__init__("incomplete", count=len(problems))
        self.problems = problems
