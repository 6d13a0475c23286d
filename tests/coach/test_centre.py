"""The buying centre: weights, the tree, gaps, what goes with a person, and what the guided series proposes."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescoach.coach import centre as coach
from salescoach.coach.centre import LATELY, LESS, MORE, Cards, Centre, Gap, Loss, centre, without
from salescoach.playbook.library import Library
from salescoach.playbook.models import Scorecard, Typology
from salescoach.records.account import Assessment, Said, Touch
from salescoach.records.ids import BuyingRole, Stance
from salescoach.records.models import Contact, Promise, Step, Visit
from tests.coach.samples import TODAY, a_client, a_contact, a_held_visit, a_promise, a_visit, in_english
from tests.examples import tried

ROLES: tuple[BuyingRole, ...] = get_args(BuyingRole)
STANCES: tuple[Stance, ...] = get_args(Stance)
RECENT = TODAY - timedelta(days=20)


@pytest.fixture(scope="session")
def cards(books: Library) -> Cards:
    return Cards(
        person=books.get(Scorecard, "person"),
        account=books.get(Scorecard, "account-map"),
        plan=books.get(Scorecard, "relationship-plan"),
        departments=books.get(Typology, "departments").entries,
    )


def said(sheet: str, contact: Contact | None = None, on: date = TODAY, **answers: Any) -> Assessment:
    given_ = {id_: Said(answer=answer) for id_, answer in answers.items()}
    about = contact.id if contact else None
    return Assessment(
        id=f"A-{sheet}-{about}-{on}", client_id="C1", sheet=sheet, version=1, on=on, answers=given_, contact_id=about
    )


def met(*people: Contact, when: date = RECENT) -> Visit:
    return a_visit(id=f"V-{when}", when=when, status="done", contact_ids=tuple(one.id for one in people))


def drawn(
    cards: Cards,
    people: Sequence[Contact],
    *,
    held: Sequence[Visit] = (),
    assessments: Sequence[Assessment] = (),
    touches: Sequence[Touch] = (),
    promises: Sequence[Promise] = (),
    **client: Any,
) -> Centre:
    return centre(a_client(**client), people, held, touches, assessments, cards, TODAY, promises=promises)


def gap(found: Centre, id_: str) -> Gap | None:
    return next((one for one in found.gaps if one.id == id_), None)


# Weight


@pytest.mark.parametrize(
    ("technical", "engineer", "boss"),
    [("high", 3 * MORE, 5 * LESS), ("low", 3 * LESS, 5 * MORE), ("medium", 3, 5), (None, 3, 5)],
)
def test_technical_content_shifts_weight_between_the_decision_maker_and_technical_people(
    cards: Cards, technical: str | None, engineer: float, boss: float
) -> None:
    people = [
        a_contact("Eng", department="R&D", influence=3),
        a_contact("User", roles=("user",), influence=3),
        a_contact("Boss", roles=("decision-maker",), influence=5),
        a_contact("Buyer", roles=("purchaser",), influence=2),
    ]
    about = [said("account-map", technical_content=technical)] if technical else []

    found = drawn(cards, people, assessments=about)

    assert {one.name: one.weight for one in found.people} == {
        "Eng": engineer,
        "User": engineer,
        "Boss": boss,
        "Buyer": 2,
    }


def test_who_decides_and_is_technical_keeps_their_weight(cards: Cards) -> None:
    head = a_contact("Head", department="Production", roles=("decision-maker",), influence=4)

    assert drawn(cards, [head], assessments=[said("account-map", technical_content="high")]).people[0].weight == 4


@pytest.mark.parametrize(
    ("fields", "technical"),
    [
        ({"roles": ("influencer",)}, True),
        ({"roles": ("influencer",), "department": "R&D"}, True),
        ({"roles": ("influencer",), "department": "Finance"}, False),
        ({"roles": ("influencer", "purchaser")}, False),
        ({"roles": ("influencer", "purchaser", "user")}, True),
    ],
)
def test_an_influencer_is_technical_unless_they_work_elsewhere(
    cards: Cards, fields: dict[str, Any], technical: bool
) -> None:
    ann = a_contact("Ann", influence=3, **fields)

    (found,) = drawn(cards, [ann], assessments=[said("account-map", technical_content="high")]).people

    assert found.weight == (3 * MORE if technical else 3)


def test_influence_is_the_contacts_own_else_what_was_answered(cards: Cards) -> None:
    own, answered, neither = a_contact("Own", influence=2), a_contact("Answered"), a_contact("Neither")
    answers = [said("person", own, weight="5"), said("person", answered, weight="5")]

    found = drawn(cards, [own, answered, neither], assessments=answers)

    assert {one.name: one.influence for one in found.people} == {"Own": 2, "Answered": 5, "Neither": None}


def test_the_relationship_plan_is_read_with_its_figures_and_day(cards: Cards) -> None:
    ann = a_contact("Ann")
    plan = said(
        "relationship-plan", ann, relation="4", rival_relation="1", owner="Jana", action="Show the plant",
        by="2026-11-01", check="She comes",
    )  # fmt: skip

    (one,) = drawn(cards, [ann], assessments=[plan]).people

    assert (one.relation, one.rival_relation, one.holder) == (4, 1, "Jana")
    assert (one.plan.action, one.plan.by, one.plan.check) == ("Show the plant", date(2026, 11, 1), "She comes")
    assert one.plan.overdue(TODAY)
    assert not one.plan.stands(TODAY)


# Departments and the last touch


@pytest.mark.parametrize(
    ("fields", "department"),
    [
        ({"department": "Quality Assurance"}, "quality"),
        ({"department": "QA"}, "quality"),
        ({"department": "Qatar office"}, "Qatar office"),
        ({"department": "Collaboration"}, "Collaboration"),
        ({"department": "生产技术部"}, "production"),
        ({"position": "采购经理"}, "purchasing"),
        ({"position": "Head of Quality Management"}, "quality"),
        ({"department": "Finance", "position": "Head of purchasing"}, "finance"),
        ({"roles": ("purchaser",)}, "purchasing"),
        ({"position": "Assistant"}, ""),
    ],
)
def test_a_department_is_known_by_any_of_its_names_or_by_the_job(
    cards: Cards, fields: dict[str, Any], department: str
) -> None:
    assert coach.department_of(a_contact("Ann", **fields), cards.departments) == department


@pytest.mark.parametrize(
    ("words", "name"),
    [(("Engineering",), "Engineering"), (("Engineering", "", "engineering "), "Engineering"),
     (("Engineering", "R&D"), "Production and engineering"), (("",), "Production and engineering")],
)  # fmt: skip
def test_a_department_is_called_as_the_rep_does_where_all_its_people_agree(
    cards: Cards, words: tuple[str, ...], name: str
) -> None:
    people = [a_contact(f"P{n}", department=word, roles=("user",)) for n, word in enumerate(words)]

    assert coach.department_names(drawn(cards, people), "en")["production"] == name


def test_a_person_was_met_in_a_visit_by_a_touch_or_by_what_they_promised(cards: Cards) -> None:
    ann, ben, cid, dan = (a_contact(name) for name in ("Ann", "Ben", "Cid", "Dan"))
    promised = a_held_visit(date(2026, 9, 1), client_commitments=(Step(who="cid", what="ask"),))
    touches = [
        Touch(id="T1", client_id="C1", clock="x", on=date(2026, 10, 5), contact_id=ben.id),
        Touch(id="T2", client_id="C1", clock="y", on=date(2026, 10, 6), contact_id=dan.id, state="dropped"),
    ]
    held = [met(ann, when=date(2026, 8, 1)), met(ann, when=date(2026, 11, 1)), promised]

    found = drawn(cards, [ann, ben, cid, dan], held=held, touches=touches)

    assert {one.name: one.last_touch for one in found.people} == {
        "Ann": date(2026, 11, 1), "Ben": date(2026, 10, 5), "Cid": date(2026, 9, 1), "Dan": None,
    }  # fmt: skip


def test_a_day_that_is_yet_to_come_is_no_touch(cards: Cards) -> None:
    ann = a_contact("Ann")

    assert drawn(cards, [ann], held=[met(ann, when=TODAY + timedelta(days=1))]).people[0].last_touch is None


# The tree


def rows(found: Centre) -> list[tuple[int, str]]:
    names = {one.id: one.name for one in found.people}
    return [(len(row.last), names.get(row.contact_id or "", row.department)) for row in found.tree]


def test_people_stand_under_whom_they_report_to_the_others_under_their_department(cards: Cards) -> None:
    boss, head, hand = a_contact("Boss", influence=5), a_contact("Head", influence=4), a_contact("Hand")
    buyer, clerk = a_contact("Buyer", department="Purchasing", influence=3), a_contact("Clerk", department="采购部")
    lines = [said("person", head, reports_to=boss.id), said("person", hand, reports_to=head.id)]

    found = drawn(cards, [hand, head, boss, clerk, buyer, a_contact("Nobody")], assessments=lines)

    assert rows(found) == [
        (0, "Boss"), (1, "Head"), (2, "Hand"), (0, "purchasing"), (1, "Buyer"), (1, "Clerk"), (0, ""), (1, "Nobody"),
    ]  # fmt: skip


def test_somebody_who_is_no_longer_there_leads_nobody(cards: Cards) -> None:
    ann = a_contact("Ann")

    found = drawn(cards, [ann], assessments=[said("person", ann, reports_to="gone", influenced_by=["gone"])])

    assert found.people[0].reports_to is None
    assert found.people[0].influenced_by == ()


def test_in_a_ring_the_heaviest_stands_at_the_top(cards: Cards) -> None:
    ann, ben, cid = a_contact("Ann", influence=1), a_contact("Ben", influence=5), a_contact("Cid", influence=3)
    ring = [said("person", one, reports_to=other.id) for one, other in ((ann, ben), (ben, cid), (cid, ann))]

    assert rows(drawn(cards, [ann, ben, cid], assessments=ring)) == [(0, "Ben"), (1, "Ann"), (2, "Cid")]


def test_above_somebody_stand_their_boss_and_the_bosses_of_that_one_each_once(cards: Cards) -> None:
    ann, ben, cid, dan = (a_contact(name) for name in ("Ann", "Ben", "Cid", "Dan"))
    lines = [said("person", one, reports_to=boss.id) for one, boss in ((ann, ben), (ben, cid), (cid, ben))]
    people = drawn(cards, [ann, ben, cid, dan], assessments=lines).people

    assert [one.name for one in coach.line_above(people, ann.id)] == ["Ben", "Cid"]
    assert coach.line_above(people, dan.id) == ()


def test_a_line_of_two_thousand_is_drawn(cards: Cards) -> None:
    people = [
        coach.Person(contact=a_contact(f"P{n:04}"), weight=1.0, plan=coach.Step(), reports_to=f"P-P{n + 1:04}")
        for n in range(2000)
    ]

    assert len(coach.tree(people)) == 2000


NAMES = "ABCDEFG"
A_LINE = st.none() | st.sampled_from(NAMES)


@given(st.lists(A_LINE, min_size=len(NAMES), max_size=len(NAMES)), st.permutations(NAMES))
def test_everybody_stands_in_the_tree_once_whatever_was_answered_and_always_alike(
    cards: Cards, bosses: list[str | None], order: list[str]
) -> None:
    people = {name: a_contact(name, id=name) for name in NAMES}
    lines = [said("person", people[name], reports_to=boss) for name, boss in zip(NAMES, bosses, strict=True) if boss]

    found = drawn(cards, [people[name] for name in order], assessments=lines)

    assert sorted(row.contact_id for row in found.tree if row.contact_id) == list(NAMES)
    assert found.tree == drawn(cards, list(people.values()), assessments=lines).tree


# Gaps


def whole(cards: Cards, **changes: Any) -> Centre:
    """A map without a gap."""
    people = [
        a_contact("Eng", department="Technical", roles=("user", "influencer")),
        a_contact("QA", department="Quality", roles=("coach",)),
        a_contact("Buyer", department="Purchasing", roles=("purchaser",)),
        a_contact("Boss", department="Management", roles=("decision-maker",)),
    ]
    return drawn(cards, people, **{"held": [met(*people)], **changes})


def test_a_map_with_everybody_met_has_no_gap(cards: Cards) -> None:
    assert whole(cards).gaps == ()


def test_an_empty_book_has_gaps_and_no_crash(cards: Cards) -> None:
    assert {one.id for one in drawn(cards, []).gaps} == {
        "single-thread", "no-decision-maker", "department-silent", "no-coach", "no-user",
    }  # fmt: skip


def test_only_one_person_met_lately_is_a_single_thread(cards: Cards) -> None:
    ann, ben = a_contact("Ann"), a_contact("Ben")
    long_ago = TODAY - timedelta(days=LATELY + 1)

    found = drawn(cards, [ann, ben], held=[met(ann), met(ben, when=long_ago)])

    assert gap(found, "single-thread") == Gap(id="single-thread", names=("Ann",))
    assert gap(drawn(cards, [ann, ben], held=[met(ann, ben)]), "single-thread") is None
    assert gap(drawn(cards, [ann, ben], held=[met(ben, when=long_ago)]), "single-thread") == Gap(id="single-thread")


def test_a_decision_maker_who_was_never_met_is_a_gap_with_a_name(cards: Cards) -> None:
    boss, other = a_contact("Boss", roles=("decision-maker",)), a_contact("Other", roles=("decision-maker",))

    assert gap(drawn(cards, [boss]), "no-decision-maker") == Gap(id="no-decision-maker", names=("Boss",))
    assert gap(drawn(cards, [a_contact()]), "no-decision-maker") == Gap(id="no-decision-maker")
    assert gap(drawn(cards, [boss, other], held=[met(other)]), "no-decision-maker") is None


@pytest.mark.parametrize(
    ("plan", "attended"),
    [
        ({}, False),
        ({"action": "Lunch"}, False),
        ({"by": "2026-12-20"}, False),
        ({"action": "Lunch", "by": "2026-11-30"}, False),
        ({"action": "Lunch", "by": "2026-12-01"}, True),
    ],
)
def test_an_opponent_wants_a_step_whose_day_has_not_gone_by(cards: Cards, plan: dict[str, str], attended: bool) -> None:
    tom = a_contact("Tom", stance="opponent")
    plans = [said("relationship-plan", tom, **plan)] if plan else []

    found = gap(drawn(cards, [tom], assessments=plans), "opponent-unattended")

    assert found == (None if attended else Gap(id="opponent-unattended", names=("Tom",)))


def test_departments_where_nobody_was_met_and_those_where_nobody_is_known_are_silent(cards: Cards) -> None:
    lab, buyer = a_contact("Lab", department="Spedition"), a_contact("Buyer", department="Einkauf")

    found = drawn(cards, [lab, buyer], held=[met(buyer)])

    assert gap(found, "department-silent") == Gap(id="department-silent", names=("Spedition", "production", "quality"))


def test_finance_stands_for_purchasing(cards: Cards) -> None:
    people = [
        a_contact("A", department="Finance"),
        a_contact("B", department="QA"),
        a_contact("C", department="技术部"),
    ]

    assert gap(drawn(cards, people, held=[met(*people)]), "department-silent") is None


def test_a_person_who_buys_in_their_own_name_has_no_departments(cards: Cards) -> None:
    assert gap(drawn(cards, [a_contact()], kind="person"), "department-silent") is None


def test_only_leaders_is_eyes_upward(cards: Cards) -> None:
    boss, chief = a_contact("Boss", roles=("decision-maker",)), a_contact("Chief", position="CEO")
    hand, master = a_contact("Hand", roles=("user",)), a_contact("Master", roles=("user", "decision-maker"))

    assert gap(drawn(cards, [boss, chief]), "eyes-upward") is not None
    assert gap(drawn(cards, [boss, hand], held=[met(boss)]), "eyes-upward") == Gap(id="eyes-upward", names=("Boss",))
    assert gap(drawn(cards, [boss, hand], held=[met(boss, hand)]), "eyes-upward") is None
    assert gap(drawn(cards, [boss, master]), "eyes-upward") is None, "who decides and uses it is both"


@pytest.mark.parametrize("role", ["coach", "user"])
def test_no_coach_and_no_user_are_gaps(cards: Cards, role: Any) -> None:
    assert gap(drawn(cards, [a_contact()]), f"no-{role}") is not None
    assert gap(drawn(cards, [a_contact(roles=(role,))]), f"no-{role}") is None


def test_every_gap_is_told_with_what_to_do(cards: Cards, books: Library) -> None:
    every = [Gap(id=id_, names=("Ann",)) for id_ in coach.GAPS]

    told = coach.told(every, books.get(Typology, "map-gaps"), {}, in_english())

    assert all(one.text and one.do and all(line.source for line in one.do) for one in told)
    assert all("Ann" in one.text for one in told)


# Without somebody


def test_what_hangs_on_one_person_goes_with_them(cards: Cards) -> None:
    ann = a_contact(
        "Ann", aliases=("Annie",), department="Quality", roles=("coach", "user"), stance="supporter", influence=3
    )
    ben = a_contact("Ben", department="Purchasing", roles=("user", "purchaser"), influence=1)
    cid, dan = a_contact("Cid", influence=4), a_contact("Dan", influence=4)
    lines = [
        said("person", ben, reports_to=cid.id),
        said("person", cid, influenced_by=[ann.id]),
        said("relationship-plan", dan, relation="3"),
    ]
    promises = [
        a_promise("the drawings", owner="theirs", who="annie"),
        a_promise("a date", owner="theirs", who="Ben"),
        a_promise("our quote", owner="ours", who="Ann"),
        a_promise("old", owner="theirs", who="Ann", state="done"),
    ]

    loss = without(drawn(cards, [ann, ben, cid, dan], assessments=lines, promises=promises), ann.id)

    assert loss.roles == ("coach",)
    assert loss.departments == ("quality",)
    assert loss.last_supporter
    assert loss.share == 0.25
    assert [one.name for one in loss.cut_off] == ["Cid", "Ben"]
    assert [one.what for one in loss.promises] == ["the drawings"]
    assert [one.id for one in loss.gaps] == ["no-coach"]


def test_of_departments_those_that_fall_silent_with_a_person_are_named(cards: Cards) -> None:
    ann, ben = a_contact("Ann", department="Quality"), a_contact("Ben", department="Spedition")
    found = drawn(cards, [ann, ben], held=[met(ann)])
    assert gap(found, "department-silent") == Gap(
        id="department-silent", names=("Spedition", "production", "purchasing")
    )

    loss = without(found, ann.id)

    assert Gap(id="department-silent", names=("quality",)) in loss.gaps


def test_whom_we_also_reach_another_way_is_not_cut_off(cards: Cards) -> None:
    ann, ben, cid = a_contact("Ann", stance="supporter"), a_contact("Ben", stance="supporter"), a_contact("Cid")
    lines = [said("person", cid, influenced_by=[ann.id], reports_to=ben.id)]

    assert without(drawn(cards, [ann, ben, cid], assessments=lines), ann.id).cut_off == ()


def test_without_the_only_one_nobody_is_left(cards: Cards) -> None:
    ann, ben = a_contact("Ann"), a_contact("Ben")

    assert without(drawn(cards, [ann]), ann.id).nobody_left
    assert not without(drawn(cards, [ann, ben]), ann.id).nobody_left


def test_somebody_who_is_not_on_the_map_is_our_bug(cards: Cards) -> None:
    with pytest.raises(KeyError):
        without(drawn(cards, [a_contact()]), "nobody")


@st.composite
def books_of_people(draw: st.DrawFn) -> dict[str, Any]:
    """What a map is drawn from: up to six people with any roles, departments, lines and visits."""
    names = NAMES[: draw(st.integers(1, 6))]
    people = [
        a_contact(
            name, id=name, department=draw(st.sampled_from(["", "Quality", "Einkauf", "Spedition", "生产部"])),
            roles=tuple(draw(st.sets(st.sampled_from(ROLES), max_size=3))),
            stance=draw(st.none() | st.sampled_from(STANCES)), influence=draw(st.none() | st.integers(1, 5)),
        )
        for name in names
    ]  # fmt: skip
    some = st.lists(st.sampled_from(names), max_size=2)
    lines = [
        said("person", one, reports_to=draw(st.sampled_from(names)), influenced_by=draw(some), at_odds_with=draw(some))
        for one in people
    ]
    plans = [
        said("relationship-plan", one, relation=str(draw(st.integers(0, 5)))) for one in people if draw(st.booleans())
    ]
    account = [said("account-map", technical_content=draw(st.sampled_from(["low", "medium", "high"])))]
    seen = draw(st.lists(st.sampled_from(people), unique_by=lambda one: one.id, max_size=6))
    promises = [a_promise(f"what {name}", owner="theirs", who=name) for name in draw(some)]
    return {
        "people": people, "assessments": lines + plans + account, "held": [met(*seen)] if seen else [],
        "promises": list({one.id: one for one in promises}.values()),
    }  # fmt: skip


def losses(cards: Cards, book: dict[str, Any]) -> list[tuple[Contact, Loss]]:
    found = drawn(cards, **book)
    return [(one, without(found, one.id)) for one in book["people"]]


@tried(20)
@given(books_of_people())
def test_a_loss_never_names_the_person_themself(cards: Cards, book: dict[str, Any]) -> None:
    for gone, loss in losses(cards, book):
        assert gone.id not in [one.id for one in loss.cut_off]
        assert all(gone.name not in one.names for one in loss.gaps)


@tried(20)
@given(books_of_people())
def test_roles_lost_are_those_that_nobody_else_holds(cards: Cards, book: dict[str, Any]) -> None:
    for gone, loss in losses(cards, book):
        others = {role for one in book["people"] if one.id != gone.id for role in one.roles}
        assert set(loss.roles) == set(gone.roles) - others


@tried(20)
@given(books_of_people())
def test_the_gaps_of_a_loss_are_those_of_the_map_without_that_person(cards: Cards, book: dict[str, Any]) -> None:
    before = drawn(cards, **book)
    for gone, loss in losses(cards, book):
        left = drawn(cards, **{**book, "people": [one for one in book["people"] if one.id != gone.id]})
        assert loss.gaps == coach.opened(before.gaps, left.gaps)
        assert {one.id for one in loss.gaps} <= {one.id for one in left.gaps}
        assert {one.id for one in left.gaps} <= {one.id for one in (*before.gaps, *loss.gaps)}


@tried(20)
@given(books_of_people())
def test_shares_are_parts_of_one(cards: Cards, book: dict[str, Any]) -> None:
    shares = [loss.share for _, loss in losses(cards, book)]

    assert all(0 < share <= 1 for share in shares)
    assert sum(shares) == pytest.approx(1)


@tried(20)
@given(books_of_people(), st.data())
def test_a_second_holder_of_a_role_never_makes_the_loss_larger(
    cards: Cards, book: dict[str, Any], data: st.DataObject
) -> None:
    gone = data.draw(st.sampled_from(book["people"]))
    second = a_contact("Second", roles=tuple(gone.roles) or ("user",), department=gone.department)
    before = without(drawn(cards, **book), gone.id)

    after = without(drawn(cards, **{**book, "people": [*book["people"], second]}), gone.id)

    assert after.roles == ()
    assert set(after.departments) <= set(before.departments)
    assert after.share < before.share
    assert after.last_supporter == before.last_supporter
    assert after.promises == before.promises
    assert {one.id for one in after.cut_off} <= {one.id for one in before.cut_off}


# The guided series


def test_the_series_proposes_roles_stance_and_influence_with_its_reasons(cards: Cards) -> None:
    answers = {
        "uses_it": "yes", "buys_it": "no", "shapes_choice": "unsure", "says_yes": "yes", "can_move_it": "yes",
        "helps_us_inside": "no", "acts_for_us": "raised-hurdles", "weight": "4", "reports_to": "x",
    }  # fmt: skip

    found = coach.proposal(cards.person, answers)

    assert found.roles == ("user", "decision-maker", "key-person")
    assert found.denied == ("purchaser", "coach")
    assert (found.stance, found.influence) == ("opponent", 4)
    assert [one.item.id for one in found.because] == ["uses_it", "says_yes", "can_move_it", "acts_for_us", "weight"]


def test_what_was_not_answered_stays_and_a_no_takes_a_role_away(cards: Cards) -> None:
    found = coach.proposal(cards.person, {"uses_it": "no", "buys_it": "yes"})

    assert found.roles_after(("user", "coach")) == ("purchaser", "coach")
    assert (found.stance, found.influence) == (None, None)


def test_nothing_answered_proposes_nothing(cards: Cards) -> None:
    assert coach.proposal(cards.person, {}) == coach.Proposal()


@pytest.mark.parametrize("role", ROLES)
def test_every_role_can_be_proposed(cards: Cards, role: BuyingRole) -> None:
    yes = {item.id: "yes" for part in cards.person.parts for item in part.items}

    assert role in coach.proposal(cards.person, yes).roles


@pytest.mark.parametrize("stance", STANCES)
def test_every_stance_can_be_proposed(cards: Cards, stance: Stance) -> None:
    item = next(one for part in cards.person.parts for one in part.items if one.id == "acts_for_us")
    found = {coach.proposal(cards.person, {"acts_for_us": mark.id}).stance for mark in item.choices}

    assert stance in found


def test_the_heaviest_of_whom_role_or_stance_is_open_is_asked_about_next(cards: Cards) -> None:
    done = a_contact("Done", roles=("user",), stance="neutral", influence=5)

    found = drawn(cards, [done, a_contact("Light", influence=1), a_contact("Heavy", influence=4)])

    assert (one := coach.next_to_ask(found)) is not None
    assert one.name == "Heavy"
    assert coach.next_to_ask(drawn(cards, [done])) is None
