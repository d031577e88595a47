"""A plan on its way through the seats, as its people see it: proposed, read, decided on, published."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from ita_flow.database import transaction
from ita_flow.domain.approval_chains import Subject
from ita_flow.domain.permissions import Seat
from ita_flow.domain.states import PlanState
from ita_flow.extensions import db
from ita_flow.models.people import User
from ita_flow.models.plans import Plan
from ita_flow.models.proposals import Proposal
from ita_flow.queries.approval_chains import ChainScope, chain_settled
from ita_flow.queries.plan_seen import seen_plan
from ita_flow.queries.proposals import seen_now
from ita_flow.workflow.amendments import begin
from ita_flow.workflow.plan_editing import plan_to_edit, settle
from ita_flow.workflow.proposals import approve, propose_plan, return_proposal
from tests.browser import Browser, Page
from tests.factories import NOW, Cast, a_report, a_task, an_acting_order
from tests.statements import MOST_STATEMENTS, counted_statements

LINK = "https://www.example.go.th/ita/2567"

SignedIn = Callable[[User], Browser]


@pytest.fixture
def plan(cast: Cast) -> Plan:
    """The plan of the cast, as a draft that lacks nothing that it must have."""
    plan = cast.task.measure.plan
    for measure in plan.measures:
        if measure not in (cast.task.measure, cast.other_task.measure):
            a_task(measure, section=cast.section, officers=[cast.officer])
    plan.state, plan.approved_at = PlanState.DRAFT, None
    settle(plan)
    db.session.commit()
    return plan


@pytest.fixture
def signed_in(app: Flask, today: object) -> SignedIn:
    def browser_of(person: User) -> Browser:
        browser = Browser(app)
        browser.sign_in(person)
        return browser

    return browser_of


def proposed(plan: Plan, cast: Cast) -> Proposal:
    with transaction():
        return propose_plan(plan, seen=seen_plan(plan), actor=cast.coordinator, at=NOW)


def let_pass(proposal: Proposal, actor: User) -> None:
    with transaction():
        approve(proposal, seen_now(proposal), actor=actor, at=NOW)


def its_page(proposal: Proposal) -> str:
    return f"/proposals/{proposal.id}"


def primaries(page: Page) -> list[str]:
    return [" ".join("".join(one.itertext()).split()) for one in page.of_class("btn-primary")]


def test_what_is_missing_is_told_part_by_part_with_its_field(signed_in: SignedIn, plan: Plan, cast: Cast) -> None:
    cast.task.measure.method = ""
    plan.measures[0].ends_on = plan.measures[0].ends_on.replace(year=2026)
    plan.has_no_limitations = False
    db.session.commit()

    page = signed_in(cast.coordinator).get("/plans/2567/proposal")

    measure, first = cast.task.measure.id, plan.measures[0].id
    assert page.links["ประเด็นที่ 2 ยังไม่มีผลการวิเคราะห์"] == "/plans/2567/areas/2/edit#analysis"
    method = f"/plans/2567/measures/{measure}/edit#method"
    assert page.links["มาตรการที่ 2 ยังไม่มีขั้นตอนและวิธีการปฏิบัติ"] == method
    window = f"/plans/2567/measures/{first}/edit#window_kind-0"
    assert page.links["ระยะเวลาของมาตรการที่ 1 ไม่อยู่ในปีงบประมาณของแผน"] == window
    assert page.links["ยังไม่ระบุข้อจำกัดของหน่วยงาน หรือแจ้งว่าไม่มี"] == "/plans/2567/limitations"
    assert primaries(page) == ["เสนอแผนเพื่อพิจารณา"]


def test_each_gap_leads_to_a_field_that_is_there(signed_in: SignedIn, plan: Plan, cast: Cast) -> None:
    plan.measures[0].ends_on = plan.measures[0].ends_on.replace(year=2026)
    cast.task.measure.method = ""
    db.session.commit()
    coordinator = signed_in(cast.coordinator)

    addresses = [one for one in coordinator.get("/plans/2567/proposal").links.values() if "#" in one and "/edit" in one]

    assert len(addresses) > 3
    for address in addresses:
        path, _, anchor = address.partition("#")
        assert anchor in coordinator.get(path).ids


def test_a_plan_that_lacks_what_it_must_have_cannot_be_proposed(signed_in: SignedIn, plan: Plan, cast: Cast) -> None:
    db.session.delete(cast.task)
    db.session.commit()
    coordinator = signed_in(cast.coordinator)

    page = coordinator.get("/plans/2567/proposal")

    assert primaries(page) == ["เติมรายการที่ขาด"]
    refused = coordinator.post("/plans/2567/proposal", {"seen": seen_plan(plan), "form_key": "once-and-only"}, 422)
    assert "แผนยังขาด 1 รายการ" in refused.errors[0]
    assert plan.state is PlanState.DRAFT


def test_a_plan_is_proposed_endorsed_approved_and_published(signed_in: SignedIn, plan: Plan, cast: Cast) -> None:
    coordinator, chief, executive = (signed_in(one) for one in (cast.coordinator, cast.chief, cast.executive))
    sent = coordinator.submit(coordinator.get("/plans/2567/proposal").form("/plans/2567/proposal"))
    address = sent.goes_to or ""
    assert "รอปลัดพิจารณา" in coordinator.follow(sent).words

    assert chief.get("/approvals").links["แผนมาตรการ ปีงบประมาณ 2567"] == address
    page = chief.get(address)
    assert primaries(page) == ["เห็นชอบ"]
    done = chief.follow(chief.submit(page.form(f"{address}/approval")))
    assert "รอผู้บริหารสูงสุดพิจารณา" in done.words

    page = executive.get(address)
    assert primaries(page) == ["อนุมัติ"]
    done = executive.follow(executive.submit(page.form(f"{address}/approval")))
    assert "แผนฉบับนี้มีผลใช้" in done.words

    page = coordinator.get("/plans/2567")
    assert primaries(page) == ["เผยแพร่แผน"]
    form = coordinator.get(page.links["เผยแพร่แผน"]).form()
    coordinator.submit(form, link=LINK)
    assert signed_in(cast.officer).get("/plans/2567").links["ดูแผนบนเว็บไซต์ของหน่วยงาน"] == LINK


def test_a_plan_comes_back_with_the_reason_on_its_page(signed_in: SignedIn, plan: Plan, cast: Cast) -> None:
    proposal = proposed(plan, cast)
    chief = signed_in(cast.chief)
    form = chief.get(its_page(proposal)).form(f"{its_page(proposal)}/return")

    refused = chief.submit(form, 422, comment=" ")
    assert "กรอกเหตุผลที่ส่งกลับ" in refused.words
    chief.submit(form, comment="ขาดข้อจำกัดด้านงบประมาณ")

    page = signed_in(cast.coordinator).get("/plans/2567")
    assert "ปลัดส่งกลับแก้ไขเมื่อ" in page.words
    assert "ขาดข้อจำกัดด้านงบประมาณ" in page.words
    assert "ขาดข้อจำกัดด้านงบประมาณ" in signed_in(cast.coordinator).get("/plans/2567/proposal").words
    assert "ขาดข้อจำกัดด้านงบประมาณ" in signed_in(cast.coordinator).get("/notifications").words


def test_who_decides_again_reads_why_it_came_back_before(signed_in: SignedIn, plan: Plan, cast: Cast) -> None:
    first = proposed(plan, cast)
    with transaction():
        return_proposal(first, seen_now(first), comment="ขาดข้อจำกัดด้านงบประมาณ", actor=cast.chief, at=NOW)

    page = signed_in(cast.chief).get(its_page(proposed(plan, cast)))

    assert "ขาดข้อจำกัดด้านงบประมาณ" in page.words
    assert its_page(first) in page.links.values()
    assert "การเสนอครั้งก่อน" not in signed_in(cast.chief).get(its_page(first)).words


def test_what_was_typed_stays_when_a_reason_is_too_long(signed_in: SignedIn, plan: Plan, cast: Cast) -> None:
    proposal = proposed(plan, cast)
    chief = signed_in(cast.chief)
    typed = "ก" * 2_001

    page = chief.submit(chief.get(its_page(proposal)).form(f"{its_page(proposal)}/return"), 422, comment=typed)

    assert page.form(f"{its_page(proposal)}/return").fields["comment"] == [typed]


def test_the_coordinator_takes_it_back_and_goes_on_writing(signed_in: SignedIn, plan: Plan, cast: Cast) -> None:
    proposal = proposed(plan, cast)
    coordinator = signed_in(cast.coordinator)
    assert "แก้ไข ประเด็นที่ 1" not in coordinator.get("/plans/2567").links

    page = coordinator.submit(coordinator.get(its_page(proposal)).form(f"{its_page(proposal)}/withdrawal"))

    assert page.goes_to == "/plans/2567"
    assert "แก้ไข ประเด็นที่ 1" in coordinator.follow(page).links


@pytest.mark.parametrize(
    "room", ["measures/new", "measures/{0}/edit", "measures/{0}/removal", "areas/1/edit", "limitations"]
)
def test_the_forms_of_a_plan_that_waits_are_not_opened(signed_in: SignedIn, plan: Plan, cast: Cast, room: str) -> None:
    coordinator, address = signed_in(cast.coordinator), f"/plans/2567/{room.format(plan.measures[0].id)}"
    coordinator.get(address)
    proposed(plan, cast)

    refused = coordinator.get(address, 409, headers={"Referer": "http://localhost/plans/2567"})

    assert "หากต้องแก้ไข ให้ดึงกลับก่อน" in refused.words
    assert refused.links["กลับไปหน้าเดิม"] == "http://localhost/plans/2567"


@pytest.mark.parametrize(
    "before", ["http://localhost{0}", "http://localhost/plans/2567/measures/1/place", "http://x.example/"]
)
def test_no_way_back_leads_to_the_same_page_or_to_none_of_ours(
    signed_in: SignedIn, plan: Plan, cast: Cast, before: str
) -> None:
    proposed(plan, cast)
    address = f"/plans/2567/measures/{plan.measures[0].id}/edit"

    refused = signed_in(cast.coordinator).get(address, 409, headers={"Referer": before.format(address)})

    assert "กลับไปหน้าเดิม" not in refused.links


def test_writing_in_a_plan_that_waits_is_refused_and_the_text_stays(
    signed_in: SignedIn, plan: Plan, cast: Cast
) -> None:
    coordinator = signed_in(cast.coordinator)
    form = coordinator.get("/plans/2567/areas/1/edit").form()
    proposed(plan, cast)

    page = coordinator.submit(form, 409, overview="พิมพ์ไว้แล้ว")

    assert "หากต้องแก้ไข ให้ดึงกลับก่อน" in page.errors[0]
    assert page.form().fields["overview"] == ["พิมพ์ไว้แล้ว"]


@pytest.mark.parametrize("who", ["coordinator", "executive", "officer", "director"])
def test_whose_turn_it_is_not_finds_nothing_to_press(signed_in: SignedIn, plan: Plan, cast: Cast, who: str) -> None:
    proposal = proposed(plan, cast)
    browser = signed_in(getattr(cast, who))

    page = browser.get(its_page(proposal))

    assert "รอปลัดพิจารณา" in page.words
    assert f"{its_page(proposal)}/approval" not in [form.action for form in page.forms]


def test_a_plan_counts_with_the_reports_that_wait(signed_in: SignedIn, plan: Plan, cast: Cast) -> None:
    proposed(plan, cast)
    chief = signed_in(cast.chief)

    assert "รอท่านพิจารณา 1 รายการ" in chief.get("/home").words
    page = chief.get("/approvals")
    assert (page.heading, primaries(page)) == ("รอท่านพิจารณา 1 รายการ", ["เปิดพิจารณา แผนมาตรการ ปีงบประมาณ 2567"])


def test_pages_cost_the_same_with_a_proposal(signed_in: SignedIn, plan: Plan, cast: Cast) -> None:
    proposal = proposed(plan, cast)
    pages = {cast.chief: ("/approvals", its_page(proposal)), cast.coordinator: ("/plans/2567", its_page(proposal))}
    for person, addresses in pages.items():
        browser = signed_in(person)
        for address in addresses:
            with counted_statements() as statements:
                browser.get(address)

            assert len(statements) <= MOST_STATEMENTS, "\n".join(statements)


def test_an_amendment_is_decided_on_by_what_it_changes(signed_in: SignedIn, plan: Plan, cast: Cast) -> None:
    let_pass(first := proposed(plan, cast), cast.chief)
    let_pass(first, cast.executive)
    with transaction():
        begin(plan, "ปรับตามผลการประเมิน", actor=cast.coordinator, at=NOW)
    with transaction():
        amendment = plan_to_edit(cast.agency, 2567)
        assert amendment
        amendment.measures[0].title = "มาตรการที่ปรับใหม่"
        settle(amendment)
    proposal = proposed(amendment, cast)

    page = signed_in(cast.chief).get(its_page(proposal))

    assert page.heading == "แผนฉบับแก้ไข (ฉบับที่ 2) ปีงบประมาณ 2567"
    assert "ปรับตามผลการประเมิน" in page.words
    assert "มาตรการที่ปรับใหม่" in page.words
    assert page.links["เปิดอ่านแผนทั้งฉบับ"] == "/plans/2567?version=2"


def test_a_link_that_does_not_open_is_told_beside_its_field(signed_in: SignedIn, plan: Plan, cast: Cast) -> None:
    let_pass(proposal := proposed(plan, cast), cast.chief)
    let_pass(proposal, cast.executive)
    coordinator = signed_in(cast.coordinator)

    page = coordinator.submit(coordinator.get("/plans/2567/publication").form(), 422, link="เว็บของเรา")

    assert "ลิงก์นี้เปิดไม่ได้" in page.errors[0]
    assert page.form().fields["link"] == ["เว็บของเรา"]


def test_the_agency_settles_who_decides_on_its_plans(signed_in: SignedIn, cast: Cast) -> None:
    coordinator = signed_in(cast.coordinator)
    form = coordinator.get("/admin/chains/plans").form("/admin/chains/plans")
    assert (form.fields["seat-1"], form.fields["seat-2"]) == (["chief"], ["executive"])

    form.fields["seat-1"] = [""]
    coordinator.submit(form)

    settled = chain_settled(ChainScope(cast.agency.id, subject=Subject.PLANS))
    assert settled
    assert [seat.seat for seat in settled.chain.seats] == [Seat.EXECUTIVE]
    assert chain_settled(ChainScope(cast.agency.id)) is None


def test_a_seat_of_a_unit_does_not_decide_on_plans(signed_in: SignedIn, cast: Cast) -> None:
    coordinator = signed_in(cast.coordinator)
    form = coordinator.get("/admin/chains/plans").form("/admin/chains/plans")

    page = coordinator.submit(form, 422, **{"seat-1": "director"})

    assert "ตำแหน่งที่ดูแลทั้งหน่วยงาน" in page.words


def test_reports_and_plans_stand_beside_each_other(signed_in: SignedIn, plan: Plan, cast: Cast) -> None:
    """The chief acts on no report of the usual chain; a head of a section sees no plan."""
    proposed(plan, cast)
    a_report(cast.task, cast.officer)

    page = signed_in(cast.head).get("/approvals")

    assert page.heading == "รอท่านพิจารณา 1 รายการ"
    assert "แผนและการขยายกำหนดเวลา" not in page.words


def test_whoever_acts_reads_in_whose_seat_they_decide(signed_in: SignedIn, plan: Plan, cast: Cast) -> None:
    an_acting_order(cast.director, Seat.CHIEF, holder=cast.chief, order_no="45/2567")
    proposal = proposed(plan, cast)
    director = signed_in(cast.director)

    assert "ในฐานะผู้รักษาราชการแทนปลัด คำสั่งที่ 45/2567" in director.get("/approvals").words
    page = director.get(its_page(proposal))
    assert "ในฐานะผู้รักษาราชการแทนปลัด คำสั่งที่ 45/2567" in page.words
    done = director.follow(director.submit(page.form(f"{its_page(proposal)}/approval")))
    assert "รักษาราชการแทนปลัด" in done.words


def test_a_published_plan_offers_no_writing(signed_in: SignedIn, plan: Plan, cast: Cast) -> None:
    plan.state, plan.approved_at = PlanState.PUBLISHED, NOW
    plan.published_at, plan.published_link = NOW, LINK
    db.session.commit()
    coordinator = signed_in(cast.coordinator)

    assert "แก้ไขขั้นตอนและกำหนด" not in coordinator.get(f"/tasks/{cast.task.id}").links
    refused = coordinator.get(f"/tasks/{cast.task.id}/edit", 409)
    assert "ให้จัดทำแผนฉบับแก้ไข" in refused.words
