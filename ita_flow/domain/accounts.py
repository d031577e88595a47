"""How far a person's account is: asked to come, in use, or closed."""

from __future__ import annotations

from enum import StrEnum


class AccountState(StrEnum):
    IN_USE = "in_use"
    INVITED = "invited"
    """No password was set yet."""

    CLOSED = "closed"


def account_state(*, is_active: bool, has_password: bool) -> AccountState:
    if not is_active:
        return AccountState.CLOSED
    return AccountState.IN_USE if has_password else AccountState.INVITED
