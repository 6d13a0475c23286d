"""A year of calls with a known truth: what the coach makes of it is so, nothing is lost, and it is always the same."""

import random
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salescoach.cli.context import Session
from salescoach.cli.gather import history_of
from salescoach.coach import prep
from salescoach.coach.advice import voice
from salescoach.coach.carry import unasked
from salescoach.coach.history import History, dropped_as
from salescoach.coach.kept import kept
from salescoach.coach.review import Period, Rate, Records, numbers
from salescoach.playbook.library import Library
from salescoach.playbook.models import Typology
from salescoach.records.me import Me
from salescoach.records.models import ObjectionMet, Visit
from salescoach.records.sentences import same
from salescoach.settings import Settings
from tests.simulated.reps import TODAY, YEAR, Year, a_year

ME = Me(name="Anna Berg", company="Nordfluid", products=("the NF pump",), style="amiable")
NEXT = Visit(id="W", client_id="C", when=TODAY, purpose="discovery", contact_ids=("P",))
YEARS = tuple(a_year(seed) for seed in range(80))
A_FEW = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=12)


def after(year: Year, visits: int | None = None) -> History:
    """What is known after so many visits of a year, in the order in which the store gives it."""
    held = year.visits[:visits]
    ids = {visit.id for visit in held}
    owed = [one for one in year.promises if one.visit_id in ids and one.state == "open"]
    heard = tuple(one for one in reversed(year.objections) if one.visit_id in ids)
    return History(
        me=ME,
        client=year.client,
        contacts=(year.contact,),
        held=tuple(reversed(held)),
        promises=tuple(sorted(owed, key=lambda one: (one.by or TODAY, one.id))),
        unresolved=tuple(one for one in heard if not one.resolved),
        heard=heard,
        observations=tuple(one for one in year.observations if one.visit_id in ids),
    )


def brief_after(books: Library, history: History) -> prep.Brief:
    return prep.brief(books, history, NEXT, TODAY, voice("en", ME, client=history.client.name))


# What was true


def test_the_style_of_the_year_stands_in_the_brief(books: Library) -> None:
    people = [(year.truth, brief_after(books, after(year)).people[0]) for year in YEARS]

    assert sum(person.style == truth.style for truth, person in people) >= 0.9 * len(people)


def test_price_heads_what_is_expected_of_those_who_are_sensitive_to_it_and_of_few_others(books: Library) -> None:
    heads = [(year.truth.price, brief_after(books, after(year)).objections[0].topic == "price") for year in YEARS]
    sensitive = [first for price, first in heads if price > 0.5]
    others = [first for price, first in heads if price < 0.5]

    assert sum(sensitive) >= 0.9 * len(sensitive) > 20
    assert sum(others) <= 0.3 * len(others)


def test_what_comes_again_and_again_stands_with_how_often_and_no_open_objection_is_left_out(books: Library) -> None:
    met = [
        ObjectionMet(id=f"B{n}", client_id="C", on=visit.when, said="too dear", topic="price", resolved=True)
        for n, visit in enumerate(YEARS[0].visits[-3:])
    ]
    others = [
        ObjectionMet(id=f"T{topic}", client_id="C", on=YEARS[0].visits[0].when, said=topic, topic=topic)
        for topic in ("timing", "trust", "budget", "effort")
    ]
    history = History(
        me=ME, client=YEARS[0].client, held=tuple(reversed(plain(YEARS[0].visits))), unresolved=tuple(others),
        heard=(*met, *others),
    )  # fmt: skip

    expected = brief_after(books, history).objections

    assert (expected[0].topic, expected[0].heard, expected[0].reason) == ("price", 3, "common")
    assert {one.topic for one in expected[1:]} == {"timing", "trust", "budget", "effort"}


def plain(visits: Iterable[Visit]) -> list[Visit]:
    """Visits of which only the days are known."""
    return [Visit(id=one.id, client_id="C", when=one.when, status="done") for one in visits]


def test_what_is_kept_of_their_promises_is_as_honest_as_they_are() -> None:
    """Done by its day, of those due: in each interval the truth, but for one in twenty; and all of one sort together."""
    counts = [(year.truth.honesty, kept(year.promises, "theirs", TODAY)) for year in YEARS]
    rates = [(truth, Rate(won=one.kept - one.late, count=one.of)) for truth, one in counts if one is not None]

    within = [low <= truth <= high for truth, rate in rates for low, high in [rate.interval]]
    assert len(within) > 0.9 * len(YEARS)
    assert sum(within) >= 0.9 * len(within)
    for honesty in {truth for truth, _ in rates}:
        alike = [rate for truth, rate in rates if truth == honesty]
        low, high = Rate(won=sum(one.won for one in alike), count=sum(one.count for one in alike)).interval
        assert low <= honesty <= high
        assert high - low < 0.15


def test_the_review_counts_their_promises_as_the_brief_does(books: Library) -> None:
    span = Period(first=TODAY.replace(year=TODAY.year - 2), last=TODAY)
    for year in YEARS[:20]:
        found = numbers(Records(visits=year.visits, promises=year.promises), span, TODAY, books.get(Typology, "styles"))
        one = kept(year.promises, "theirs", TODAY)
        if one is not None:
            assert dict(found.promises)["theirs"] == Rate(won=one.kept - one.late, count=one.of)


# Nothing is lost


@A_FEW
@given(seed=st.integers(0, 10_000), visits=st.integers(1, 12))
def test_every_question_planned_is_asked_or_dropped_or_comes_back(books: Library, seed: int, visits: int) -> None:
    history = after(a_year(seed), visits)
    brief = brief_after(books, history)
    back = [same(one.text) for one in unasked(history)]

    assert back == [same(one.text) for one in brief.carried if one.kind == "question"]
    assert len(brief.questions) >= len(back) == len(set(back))
    for text in {text for visit in history.held for text in visit.plan.questions}:  # type: ignore[union-attr]
        assert (same(text) in back) == waits(text, tuple(reversed(history.held))), text


def waits(text: str, visits: Sequence[Visit]) -> bool:
    """Told from the end: the last that was done with a question; a visit plans, then asks, and drops what it found."""
    for visit in reversed(visits):
        if visit.debrief and text in visit.debrief.asked:
            return False
        if visit.plan and text in visit.plan.questions:
            return True
        if visit.plan and text in visit.plan.drop:
            return False
    return False


@A_FEW
@given(seed=st.integers(0, 10_000), visits=st.integers(1, 12))
def test_every_objection_is_resolved_or_dropped_or_comes_back(books: Library, seed: int, visits: int) -> None:
    history = after(a_year(seed), visits)
    brief = brief_after(books, history)

    for one in history.unresolved:
        later = [visit for visit in history.held if visit.when >= one.on and visit.id != one.visit_id]
        dropped = any(dropped_as(one) in visit.plan.drop for visit in later if visit.plan)
        if not dropped:
            assert one.topic in {expected.topic for expected in brief.objections}
            assert dropped_as(one) in {carried.id for carried in brief.carried}


@A_FEW
@given(seed=st.integers(0, 10_000), visits=st.integers(1, 12))
def test_every_gap_is_filled_or_comes_back(books: Library, seed: int, visits: int) -> None:
    year = a_year(seed)
    brief = brief_after(books, after(year, visits))
    back = {one.id for one in brief.carried if one.kind == "gap"}

    assert ("gap-role-P" in back) == (not year.contact.roles)
    assert ("gap-decision-maker" in back) == ("decision-maker" not in year.contact.roles)
    assert ("gap-style-P" in back) == (brief.people[0].style is None)


# The same history, the same brief


@A_FEW
@given(seed=st.integers(0, 10_000), visits=st.integers(0, 12), chance=st.randoms(use_true_random=False))
def test_the_same_history_always_gives_the_same_brief(
    books: Library, seed: int, visits: int, chance: random.Random
) -> None:
    brief = brief_after(books, after(a_year(seed), visits))

    assert brief_after(books, after(a_year(seed), visits)) == brief


@pytest.mark.parametrize("seed", [1, 2])
def test_records_written_in_another_order_give_the_same_brief(seed: int, books: Library, tmp_path: Path) -> None:
    year = a_year(seed)
    mixed = random.Random(seed)

    briefs = [brief_after(books, stored(year, tmp_path / name, mixed)) for name in ("one", "other")]

    assert briefs[0] == briefs[1]
    assert prep.document(briefs[0]) == prep.document(brief_after(books, after(year)))


def stored(year: Year, home: Path, mixed: random.Random) -> History:
    """What the store gives back of a year whose records were written in any order."""
    paths = {"data": home, "config": home, "cache": home / "cache"}
    session = Session(Settings(lang="en", today=TODAY, team_playbooks=(), no_input=True, **paths))  # type: ignore[arg-type]
    store = session.store()
    store.me.save(ME)
    store.clients.add(year.client)
    store.contacts.add(year.contact)
    shelves = (
        (store.visits, year.visits), (store.observations, year.observations), (store.objections, year.objections),
        (store.promises, year.promises),
    )  # fmt: skip
    with store.transaction():
        for shelf, records in shelves:
            for record in mixed.sample(records, len(records)):  # type: ignore[var-annotated]
                shelf.add(record)
    known = history_of(session, year.client)
    session.close()
    return known


def test_a_year_is_a_year_and_always_the_same() -> None:
    assert a_year(7) == a_year(7) != a_year(8)
    assert all(0 < (TODAY - visit.when).days < YEAR for visit in YEARS[7].visits)
    assert [visit.when for visit in YEARS[7].visits] == sorted(visit.when for visit in YEARS[7].visits)
