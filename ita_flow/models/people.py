"""Agencies, their units, the people in them, and the posts these hold from one day to another."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, remote

from ita_flow.domain.languages import Language
from ita_flow.domain.permissions import ActingKind, Permission, Role, Seat, permissions_of
from ita_flow.domain.units import UnitKind
from ita_flow.extensions import Base, stored_enum
from ita_flow.models.calendar import Holiday


class Agency(Base):
    """A public agency: everything else belongs to one."""

    __tablename__ = "agencies"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(32), unique=True)
    name: Mapped[str] = mapped_column(sa.String(200), unique=True)
    short_name: Mapped[str] = mapped_column(sa.String(100))
    type: Mapped[str | None] = mapped_column(sa.String(100))
    province: Mapped[str | None] = mapped_column(sa.String(100))
    contact: Mapped[str | None] = mapped_column(sa.String(200))
    """Whom people ask for help and how, as they read it: a telephone number, a room."""

    is_demo: Mapped[bool] = mapped_column(default=False)
    closes_on_labour_day: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    closes_on_childrens_day: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    created_at: Mapped[datetime]

    holidays: Mapped[list[Holiday]] = relationship(order_by=Holiday.day, cascade="all, delete-orphan")
    """The days of which it says itself whether it is closed."""


class Unit(Base):
    """A division (กอง/สำนัก) or a section (ฝ่าย/กลุ่มงาน) of one."""

    __tablename__ = "units"
    __table_args__ = (
        UniqueConstraint("agency_id", "id"),
        ForeignKeyConstraint(["agency_id", "parent_id"], ["units.agency_id", "units.id"], name="fk_units_parent"),
        CheckConstraint("(kind = 'section') = (parent_id IS NOT NULL)", name="sections_have_a_parent"),
        Index(
            "uq_units_division",
            "agency_id",
            "name",
            unique=True,
            sqlite_where=sa.text("kind = 'division'"),
            postgresql_where=sa.text("kind = 'division'"),
        ),
        Index(
            "uq_units_section",
            "parent_id",
            "name",
            unique=True,
            sqlite_where=sa.text("kind = 'section'"),
            postgresql_where=sa.text("kind = 'section'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    parent_id: Mapped[int | None] = mapped_column()
    kind: Mapped[UnitKind] = mapped_column(stored_enum(UnitKind))
    name: Mapped[str] = mapped_column(sa.String(200))

    parent: Mapped[Unit | None] = relationship(
        primaryjoin=lambda: Unit.parent_id == remote(Unit.id), foreign_keys=[parent_id]
    )
    aliases: Mapped[list[UnitAlias]] = relationship(order_by="UnitAlias.name", cascade="all, delete-orphan")


class UnitAlias(Base):
    """Another name under which documents speak of a unit: an older one, or one that is spelled otherwise."""

    __tablename__ = "unit_aliases"
    __table_args__ = (CheckConstraint("name <> ''", name="says_something"),)

    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(200), primary_key=True)


class NamedSeat(Base):
    """A seat for approval chains that the agency named itself."""

    __tablename__ = "named_seats"
    __table_args__ = (
        UniqueConstraint("agency_id", "name"),
        UniqueConstraint("agency_id", "id"),
        CheckConstraint("name <> ''", name="says_something"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    name: Mapped[str] = mapped_column(sa.String(200))


class User(Base):
    """A person who signs in with an e-mail address."""

    __tablename__ = "users"
    __table_args__ = (UniqueConstraint("agency_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    email: Mapped[str] = mapped_column(sa.String(254), unique=True)
    name: Mapped[str] = mapped_column(sa.String(200))
    password_hash: Mapped[str | None] = mapped_column(sa.String(200))
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    language: Mapped[Language] = mapped_column(stored_enum(Language), default=Language.THAI, server_default="th")
    """In which pages and mails speak to this person."""

    notices_read_at: Mapped[datetime | None]
    """Up to when the person has seen what they were told; None where nothing yet."""

    agency: Mapped[Agency] = relationship()
    memberships: Mapped[list[Membership]] = relationship(
        back_populates="user",
        order_by="Membership.id",
        primaryjoin=lambda: Membership.user_id == User.id,
        foreign_keys=lambda: Membership.user_id,
    )

    def memberships_on(self, day: date) -> list[Membership]:
        """The posts this person holds on that day."""
        return [membership for membership in self.memberships if membership.is_held_on(day)]

    def posts_on(self, day: date) -> list[Role | Seat]:
        return [membership.role or membership.seat for membership in self.memberships_on(day)]  # type: ignore[misc]

    def permissions_on(self, day: date) -> frozenset[Permission]:
        return permissions_of(self.posts_on(day))

    def may(self, permission: Permission, day: date) -> bool:
        return permission in self.permissions_on(day)

    def has_role_on(self, role: Role, day: date) -> bool:
        return role in self.posts_on(day)

    def post_on(self, day: date) -> str:
        """How the person is introduced: the first post of their own that day, or nothing."""
        return next((held.post for held in self.memberships_on(day) if held.acting is None), "")


class Membership(Base):
    """A role or a seat that a person holds in the agency or one of its units, from a day and perhaps until one."""

    __tablename__ = "memberships"
    __table_args__ = (
        ForeignKeyConstraint(["agency_id", "user_id"], ["users.agency_id", "users.id"]),
        ForeignKeyConstraint(["agency_id", "unit_id"], ["units.agency_id", "units.id"]),
        CheckConstraint("(role IS NULL) <> (seat IS NULL)", name="role_or_seat"),
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_start"),
        CheckConstraint(
            "seat IS NULL OR seat NOT IN ('section_head', 'director') OR unit_id IS NOT NULL", name="heads_have_a_unit"
        ),
        ForeignKeyConstraint(
            ["agency_id", "named_seat_id"],
            ["named_seats.agency_id", "named_seats.id"],
            name="fk_memberships_named_seat",
        ),
        CheckConstraint("acting IS NULL OR seat IS NOT NULL", name="acting_is_in_a_seat"),
        CheckConstraint("(COALESCE(seat, '') = 'named') = (named_seat_id IS NOT NULL)", name="named_seats_have_a_name"),
        Index("uq_memberships_id_user_id", "id", "user_id", unique=True),
        Index("ix_memberships_unit_seat", "unit_id", "seat"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    user_id: Mapped[int] = mapped_column(index=True)
    unit_id: Mapped[int | None] = mapped_column()
    role: Mapped[Role | None] = mapped_column(stored_enum(Role))
    seat: Mapped[Seat | None] = mapped_column(stored_enum(Seat))
    named_seat_id: Mapped[int | None] = mapped_column()
    acting: Mapped[ActingKind | None] = mapped_column(stored_enum(ActingKind))
    """By what right, where it is not a seat of their own: an acting order tells the rest."""

    post: Mapped[str] = mapped_column(sa.String(200))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]

    user: Mapped[User] = relationship(
        back_populates="memberships", primaryjoin=lambda: Membership.user_id == User.id, foreign_keys=[user_id]
    )
    unit: Mapped[Unit | None] = relationship(primaryjoin=lambda: Membership.unit_id == Unit.id, foreign_keys=[unit_id])
    named_seat: Mapped[NamedSeat | None] = relationship(
        primaryjoin=lambda: Membership.named_seat_id == NamedSeat.id, foreign_keys=[named_seat_id]
    )

    def is_held_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)
