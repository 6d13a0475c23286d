"""Whole books by hypothesis: every sort of record, with references that hold."""

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from salescoach.records.account import Assessment, Contract, Crisis, LogEntry, Occasion, Said, Touch
from salescoach.records.book import Book
from salescoach.records.ids import CrisisKind, OccasionKind, SigningMotive, TouchState
from salescoach.records.models import Client, Contact, Unmatched
from salescoach.records.names import fold
from salescoach.records.practice import Exercise
from salescoach.records.sentences import same
from tests.store import samples
from tests.store.samples import days, ids, many_answers, many_texts, maybe, maybe_days, one_of, texts

counts = st.integers(0, 2**63 - 1)
#: Plain data, as answers on a sheet are kept: no dates.
plain = st.recursive(
    st.none() | st.booleans() | samples.numbers | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=5,
)


def some(strategy: Any, most: int = 2) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, max_size=most, unique_by=lambda one: one.id).map(by_id)


def by_id(records: list[Any]) -> tuple[Any, ...]:
    return tuple(sorted(records, key=lambda one: one.id))


def apart(beings: list[Any], key: Any = lambda _: "") -> list[Any]:
    """Without those whose name, or alias, another has."""
    kept, taken = [], set()
    for one in beings:
        names = {(key(one), fold(name)) for name in (one.name, *one.aliases)}
        if not names & taken:
            kept.append(one)
            taken |= names
    return kept


@st.composite
def clients(draw: st.DrawFn) -> tuple[Client, ...]:
    drawn = draw(st.lists(st.tuples(ids, samples.clients()), max_size=3, unique_by=lambda pair: pair[0]))
    return by_id(apart([replace(one, id=id_) for id_, one in drawn]))


@st.composite
def contacts(draw: st.DrawFn, of: list[str]) -> tuple[Contact, ...]:
    drawn = draw(st.lists(st.tuples(ids, samples.contacts()), max_size=3, unique_by=lambda pair: pair[0]))
    people = [replace(one, id=id_, client_id=draw(st.sampled_from(of))) for id_, one in drawn]
    return by_id(apart(people, lambda one: one.client_id))


@st.composite
def books(draw: st.DrawFn) -> Book:
    """A book that the program could have kept."""
    held: dict[str, Any] = {"me": draw(samples.mes), "clients": draw(clients())}
    held |= {"exercises": draw(some(exercises)), "unmatched": apart_sentences(draw(some(sentences)))}
    at = [one.id for one in held["clients"]]
    held["crises"] = draw(some(crises(st.sampled_from([None, *at]))))
    held["drafts"] = apart_drafts(draw(some(samples.drafts)))
    if not at:
        return Book(**held)
    held["contacts"] = draw(contacts(at))
    people = [one.id for one in held["contacts"]]
    met = st.lists(st.sampled_from(people), max_size=2, unique=True).map(tuple) if people else st.just(())
    held["visits"] = draw(
        st.lists(
            st.tuples(ids, st.sampled_from(at), met, samples.visits), max_size=3, unique_by=lambda one: one[0]
        ).map(lambda drawn: by_id([replace(v, id=i, client_id=c, contact_ids=m) for i, c, m, v in drawn]))
    )
    called = [one.id for one in held["visits"]]
    client, contact, visit = (st.sampled_from(of) for of in (at, [None, *people], [None, *called]))
    for name, strategy in {
        "promises": samples.promises,
        "objections": samples.objections,
        "observations": samples.observations,
        "notes": samples.notes,
        "contracts": contracts,
        "assessments": assessments,
        "occasions": occasions,
        "touches": touches,
    }.items():
        records = draw(some(strategy))
        held[name] = tuple(placed(draw, one, client_id=client, contact_id=contact, visit_id=visit) for one in records)
    return Book(**held)


def placed(draw: st.DrawFn, one: Any, **places: Any) -> Any:
    return replace(one, **{name: draw(place) for name, place in places.items() if hasattr(one, name)})


def apart_sentences(said: tuple[Unmatched, ...]) -> tuple[Unmatched, ...]:
    return by_id(list({same(one.said): one for one in said}.values()))


def apart_drafts(drafts: tuple[Any, ...]) -> tuple[Any, ...]:
    return by_id(list({(one.command, one.subject): one for one in drafts}.values()))


SOME_ID = st.just("")
contracts = st.builds(
    Contract,
    id=ids,
    client_id=SOME_ID,
    signed=days,
    months=st.none() | st.integers(-(10**6), 10**6),
    motive=maybe(SigningMotive),
    least=texts,
    revenue=st.none() | st.floats(allow_nan=False, allow_infinity=False),
    currency=texts,
    subject=texts,
)
assessments = st.builds(
    Assessment,
    id=ids,
    client_id=SOME_ID,
    sheet=texts,
    version=counts,
    on=days,
    answers=st.dictionaries(texts, st.builds(Said, answer=plain, because=texts), max_size=3),
)
occasions = st.builds(
    Occasion, id=ids, client_id=SOME_ID, kind=one_of(OccasionKind), what=texts, day=days, yearly=st.booleans()
)
touches = st.builds(Touch, id=ids, client_id=SOME_ID, clock=texts, on=days, state=one_of(TouchState))
exercises = st.builds(Exercise, id=ids, case=texts, on=days, answer=texts, hit=many_texts, of=counts)
sentences = st.builds(Unmatched, id=ids, said=texts, on=days, times=counts)


def crises(client: Any) -> st.SearchStrategy[Crisis]:
    log = st.lists(st.builds(LogEntry, at=texts, text=texts, who=texts), max_size=2).map(tuple)
    return st.builds(
        Crisis,
        id=ids,
        kind=one_of(CrisisKind),
        opened=days,
        client_id=client,
        answers=many_answers,
        log=log,
        closed=maybe_days,
    )
