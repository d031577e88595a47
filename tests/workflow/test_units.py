"""Units: found by any of their names, named once, merged and removed without losing anything."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from ita_flow.database import transaction
from ita_flow.domain.refusals import Invalid, Stale
from ita_flow.extensions import db
from ita_flow.models.people import Membership, Unit
from ita_flow.models.plans import Plan
from ita_flow.models.tasks import Task
from ita_flow.workflow import units
from ita_flow.workflow.audit import broken_chains
from ita_flow.workflow.plan_drafts import content_hash, kept_draft
from ita_flow.workflow.plan_editing import settle
from ita_flow.workflow.unit_merging import merge, merging_of
from tests.factories import NOW, Cast, a_division, a_plan, a_section, a_task, an_agency
from tests.record import events_about


def settled(plan: Plan) -> bool:
    """Whether the hash of the plan's content speaks of what it says now."""
    db.session.expire_all()
    return plan.content_hash == content_hash(kept_draft(plan))


def refused(deed: Callable[[], object]) -> str:
    """The key with which this deed is refused."""
    with pytest.raises(Invalid) as refusal, transaction():
        deed()
    return refusal.value.key


def names(unit: Unit) -> set[str]:
    return {alias.name for alias in unit.aliases}


def of_kind(agency_id: int) -> list[str]:
    return sorted(db.session.scalars(sa.select(Unit.name).where(Unit.agency_id == agency_id)))


def test_a_division_is_added_and_recorded(cast: Cast) -> None:
    with transaction():
        unit = units.add_division(cast.agency, " กอง  ช่าง ", actor=cast.coordinator, at=NOW)

    assert (unit.name, unit.parent_id) == ("กอง ช่าง", None)
    assert events_about(f"unit:{unit.id}")[0]["actor"] == f"user:{cast.coordinator.id}"


@pytest.mark.parametrize("written", ["กองคลัง", "กอง คลัง", " กองคลัง"])
def test_a_name_is_given_once_however_it_is_spaced(cast: Cast, written: str) -> None:
    assert (
        refused(lambda: units.add_division(cast.agency, written, actor=cast.coordinator, at=NOW)) == "unit_name_taken"
    )


@pytest.mark.parametrize(("written", "key"), [("", "unit_needs_a_name"), ("ก" * 201, "unit_name_too_long")])
def test_a_name_says_something_and_fits(cast: Cast, written: str, key: str) -> None:
    assert refused(lambda: units.add_division(cast.agency, written, actor=cast.coordinator, at=NOW)) == key


@pytest.mark.parametrize("unit", ["division", "section"])
def test_the_hash_of_a_plan_follows_the_new_name_of_a_unit_in_it(cast: Cast, unit: str) -> None:
    plan = cast.task.measure.plan
    with transaction():
        settle(plan)
    before = plan.content_hash

    with transaction():
        units.rename(getattr(cast, unit), "สำนักปลัด", actor=cast.coordinator, at=NOW)

    assert settled(plan)
    assert plan.content_hash != before


@pytest.mark.parametrize(("unit", "into"), [("division", "other_division"), ("section", "new_section")])
def test_the_hash_of_a_plan_follows_units_that_are_merged(cast: Cast, unit: str, into: str) -> None:
    plan, new_section = cast.task.measure.plan, a_section(cast.division, "ฝ่ายแผนงาน")
    other = new_section if into == "new_section" else cast.other_division
    with transaction():
        settle(plan)
    before = plan.content_hash

    with transaction():
        merge(getattr(cast, unit), other, actor=cast.coordinator, at=NOW)

    assert settled(plan)
    assert plan.content_hash != before


def test_sections_of_two_divisions_may_bear_one_name(cast: Cast) -> None:
    with transaction():
        section = units.add_section(cast.other_division, cast.section.name, actor=cast.coordinator, at=NOW)

    assert section.parent_id == cast.other_division.id


def test_the_old_name_still_finds_a_renamed_unit(cast: Cast) -> None:
    with transaction():
        units.rename(cast.other_division, "กองการเงินและบัญชี", actor=cast.coordinator, at=NOW)

    made: list[str] = []
    found = units.division_called(cast.agency.id, "กอง คลัง")
    assert found
    assert found.id == cast.other_division.id
    assert made == []


def test_another_spelling_of_the_same_name_leaves_no_other_name(cast: Cast) -> None:
    with transaction():
        units.rename(cast.other_division, "กอง คลัง", actor=cast.coordinator, at=NOW)

    assert (cast.other_division.name, names(cast.other_division)) == ("กอง คลัง", set())


def test_a_unit_gets_its_old_name_back(cast: Cast) -> None:
    for name in ("กองการเงิน", "กองคลัง"):
        with transaction():
            units.rename(cast.other_division, name, actor=cast.coordinator, at=NOW)

    assert (cast.other_division.name, names(cast.other_division)) == ("กองคลัง", {"กองการเงิน"})


def test_the_same_name_again_is_no_change(cast: Cast) -> None:
    with transaction():
        units.rename(cast.other_division, "กองคลัง ", actor=cast.coordinator, at=NOW)

    assert events_about(f"unit:{cast.other_division.id}") == []


def test_another_name_is_taken_like_a_name(cast: Cast) -> None:
    with transaction():
        units.add_alias(cast.other_division, "สำนักการคลัง", actor=cast.coordinator, at=NOW)

    taken = "unit_name_taken"
    assert refused(lambda: units.add_division(cast.agency, "สำนักการคลัง", actor=cast.coordinator, at=NOW)) == taken
    assert refused(lambda: units.rename(cast.division, "สำนัก การคลัง", actor=cast.coordinator, at=NOW)) == taken
    assert refused(lambda: units.add_alias(cast.division, "สำนักการคลัง", actor=cast.coordinator, at=NOW)) == taken


def test_a_name_that_the_unit_has_is_not_added_again(cast: Cast) -> None:
    assert refused(lambda: units.add_alias(cast.division, cast.division.name, actor=cast.coordinator, at=NOW)) == (
        "unit_has_the_name"
    )


def test_a_name_taken_out_finds_the_unit_no_more(cast: Cast) -> None:
    with transaction():
        units.add_alias(cast.section, "งานประชาสัมพันธ์", actor=cast.coordinator, at=NOW)
    with transaction():
        units.remove_alias(cast.section, "งานประชาสัมพันธ์", actor=cast.coordinator, at=NOW)

    assert units.section_called(cast.division, "งานประชาสัมพันธ์") is None
    assert [event["action"] for event in events_about(f"unit:{cast.section.id}")] == [
        "unit.alias_added",
        "unit.alias_removed",
    ]


def test_a_unit_is_removed_once_nothing_refers_to_it(cast: Cast) -> None:
    spare = a_division(cast.agency, "กองสาธารณสุข")
    spare_id = spare.id

    with transaction():
        units.remove(spare, actor=cast.coordinator, at=NOW)

    assert db.session.get(Unit, spare_id) is None
    assert refused(lambda: units.remove(cast.division, actor=cast.coordinator, at=NOW)) == "unit_in_use"
    assert refused(lambda: units.remove(cast.section, actor=cast.coordinator, at=NOW)) == "unit_in_use"


def test_a_unit_that_somebody_removed_meanwhile_is_told(cast: Cast) -> None:
    spare = a_division(cast.agency, "กองสาธารณสุข")

    def too_late() -> None:
        gone = sa.delete(Unit).where(Unit.id == spare.id)
        db.session.execute(gone.execution_options(synchronize_session=False))
        units.rename(spare, "กองอนามัย", actor=cast.coordinator, at=NOW)

    with pytest.raises(Stale), transaction():
        too_late()


def test_a_merged_division_hands_over_everything(cast: Cast) -> None:
    twin = a_division(cast.agency, "กองแผน")
    same, own = a_section(twin, "ฝ่าย ประชาสัมพันธ์"), a_section(twin, "ฝ่ายสถิติ")
    plan = a_plan(cast.agency, version=2)
    tasks = [a_task(plan.measures[0], section=same), a_task(plan.measures[2], section=own)]
    cast.officer.memberships[0].unit_id = same.id
    db.session.commit()

    with transaction():
        merge(twin, cast.division, actor=cast.coordinator, at=NOW)

    assert [(task.division_id, task.section_id) for task in tasks] == [
        (cast.division.id, cast.section.id),
        (cast.division.id, own.id),
    ]
    assert own.parent_id == cast.division.id
    assert cast.officer.memberships[0].unit_id == cast.section.id
    assert units.division_called(cast.agency.id, "กองแผน") is cast.division
    assert "กองแผน" not in of_kind(cast.agency.id)


def test_merging_is_recorded_with_all_that_moved(cast: Cast) -> None:
    twin = a_division(cast.agency, "กองแผน")
    task = a_task(a_plan(cast.agency, version=2).measures[0], division=twin)
    twin_id = twin.id

    with transaction():
        merge(twin, cast.division, actor=cast.coordinator, at=NOW)

    (event,) = events_about(f"unit:{cast.division.id}")
    assert event["action"] == "unit.merged"
    assert event["before"] == {"unit": twin_id, "names": ["กองแผน"]}
    assert event["after"]["tasks"] == [task.id]
    assert list(broken_chains()) == []


def test_a_section_merges_into_its_sibling(cast: Cast) -> None:
    twin = a_section(cast.division, "งานประชาสัมพันธ์")
    task = a_task(a_plan(cast.agency, version=2).measures[0], section=twin)

    with transaction():
        merge(twin, cast.section, actor=cast.coordinator, at=NOW)

    assert task.section_id == cast.section.id
    assert names(cast.section) == {"งานประชาสัมพันธ์"}


def test_divisions_with_a_task_of_one_measure_do_not_merge(cast: Cast) -> None:
    a_task(cast.task.measure, division=cast.other_division)

    assert refused(lambda: merge(cast.other_division, cast.division, actor=cast.coordinator, at=NOW)) == (
        "units_share_a_measure"
    )
    assert db.session.scalar(sa.select(sa.func.count()).where(Task.division_id == cast.other_division.id)) == 2


def test_only_units_that_are_alike_merge(cast: Cast) -> None:
    strange = a_division(an_agency("เทศบาลตำบลไกล", code="far"), "กองแผน")

    def merging(unit: Unit, into: Unit) -> Callable[[], object]:
        return lambda: merge(unit, into, actor=cast.coordinator, at=NOW)

    assert refused(merging(cast.division, cast.other_section)) == "units_unlike"
    assert refused(merging(cast.section, cast.other_section)) == "units_unlike"
    assert refused(merging(cast.division, strange)) == "units_unlike"
    assert refused(merging(cast.division, cast.division)) == "unit_merged_into_itself"


def test_a_section_that_is_two_of_the_others_is_not_guessed(cast: Cast) -> None:
    twin = a_division(cast.agency, "กองแผน")
    both = a_section(twin, "ฝ่ายประชาสัมพันธ์")
    a_section(cast.division, "ฝ่ายสารสนเทศ")
    with transaction():
        units.add_alias(both, "ฝ่ายสารสนเทศ", actor=cast.coordinator, at=NOW)

    assert refused(lambda: merging_of(twin, cast.division)) == "sections_named_crosswise"


@pytest.mark.usefixtures("app")
def test_merging_is_foretold_without_changing_anything(app: Flask, cast: Cast) -> None:
    foretold = merging_of(cast.other_division, cast.division)

    assert ([task.id for task in foretold.tasks], foretold.joined) == ([cast.other_task.id], [])
    assert [section.id for section in foretold.moved] == [cast.other_section.id]
    posts = {membership.user_id for membership in foretold.memberships}
    assert posts == {cast.other_officer.id, cast.other_head.id, cast.other_director.id}
    assert db.session.scalar(sa.select(sa.func.count()).where(Membership.unit_id == cast.other_section.id)) == 2
