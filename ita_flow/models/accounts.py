"""Sessions, one-time links and the keys of forms that were already sent."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ita_flow.domain import sessions
from ita_flow.extensions import Base
from ita_flow.models.people import User


class SignIn(Base):
    """A session of a person on one device. Only the hash of its token is kept; ending it ends it everywhere."""

    __tablename__ = "sign_ins"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    is_remembered: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    user: Mapped[User] = relationship()


class SignInLink(Base):
    """A link that lets a person set a password, once and until it expires."""

    __tablename__ = "sign_in_links"
    __table_args__ = (CheckConstraint("expires_at > created_at", name="expires_later"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    user: Mapped[User] = relationship()

    @classmethod
    def opened_by(cls, token: str, user_id: int, now: datetime) -> SignInLink:
        """A link of this person that the token opens from now on; only the hash of the token is kept."""
        expires_at = now + sessions.LINK_HOLDS
        return cls(user_id=user_id, token_hash=sessions.token_hash(token), created_at=now, expires_at=expires_at)


class FailedSignIn(Base):
    """A wrong password or unknown address: counted to slow down guessing, over all processes."""

    __tablename__ = "failed_sign_ins"
    __table_args__ = (
        Index("ix_failed_sign_ins_email_at", "email", "at"),
        Index("ix_failed_sign_ins_ip_at", "ip", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(sa.String(254))
    ip: Mapped[str] = mapped_column(sa.String(45))
    at: Mapped[datetime]


class FormReceipt(Base):
    """The answer given to a form, by its one-time key: a second press gets the first answer."""

    __tablename__ = "form_receipts"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    key: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    location: Mapped[str] = mapped_column(sa.Text)
    at: Mapped[datetime] = mapped_column(index=True)
