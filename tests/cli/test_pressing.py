"""The first lines of care are the first of the whole list, whatever is in the book and however much."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain
from pathlib import Path
from random import Random
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.years import Years, fill
from salescoach.cli.care import _first, _pending
from salescoach.cli.context import Session
from salescoach.cli.pressing import care_first
from salescoach.coach.care import one_a_client
from salescoach.records.account import Assessment, Contract, Occasion, Said, Touch, months_after
from salescoach.records.ids import OccasionKind, TouchState
from salescoach.records.models import Client, Note, Visit
from salescoach.render.sheet import Sheet
from salescoach.settings import Settings

DEC_1 = date(2026, 12, 1)
#: Days on which much comes due: an ordinary one, one before a feast, the end of February, and a leap day.
DAYS = [DEC_1, date(2026, 12, 23), date(2027, 2, 28), date(2028, 2, 29)]

BUILT_IN = Path(__file__).parents[2] / "playbooks" / "timelines"
STATES: tuple[TouchState, ...] = ("done", "dropped", "dropped")


class Odd(Years):
    """A book in which everything that decides on care is likely, beside what a rep's would hold."""

    def client(self, name: str) -> Client:
        """Ids that are no ULID too, and rarer tags."""
        one = super().client(name)
        tags = (*one.tags, *(tag for tag in ("lapsed", "a") if self.chance.random() < 0.1))
        entered = self.id(self.ago(400)) if self.chance.random() < 0.8 else f"old-{name}"
        return replace(one, id=entered, tags=tags)

    def visits(self, client: Client, who: str) -> Iterator[Visit]:
        """Few, and some that are ahead."""
        for one in super().visits(client, who):
            if self.chance.random() < 0.1:
                yield one
        if self.chance.random() < 0.2:
            day = self.today + timedelta(days=self.chance.randint(0, 120))
            yield Visit(id=self.id(day), client_id=client.id, when=day)

    def of_client(self, client: Client, who: str) -> Iterator[Any]:
        """More of what is rare."""
        few = (one for one in super().of_client(client, who) if self.chance.random() < 0.6)
        return chain(few, self._odd(client.id, who))

    def _odd(self, id_: str, who: str) -> Iterator[Any]:
        draw = self.chance.random
        yield from (self.occasion(id_, kind) for kind in get_args(OccasionKind) if draw() < 0.15)
        for beat, months in (("month-6", 5), ("month-6-profit", 5), ("first-week", 0)):
            yield from self.signed(id_, beat, months)
        day = self.ago(9)
        if draw() < 0.1:
            said = {"said": Said(answer="late"), "settled": Said(answer=draw() < 0.5)}
            yield Assessment(id=self.id(day), client_id=id_, sheet="complaint", version=1, on=day, answers=said)
        if draw() < 0.1:
            yield Note(id=self.id(self.today), client_id=id_, on=self.today, text="x")
        if draw() < 0.2:
            state: Any = self.chance.choice(("done", "dropped"))
            clock = self.chance.choice(("care.a-visit@x", "care.b-visit@x", "care.regular@x", "care.c-call@x"))
            yield Touch(id=self.id(self.today), client_id=id_, clock=clock, on=self.ago(200, 0), state=state)

    def occasion(self, id_: str, kind: OccasionKind) -> Occasion:
        """A day near today."""
        day, yearly = self.today + timedelta(days=self.chance.randint(-12, 5)), kind == "birthday"
        born = date(1980, day.month, day.day) if yearly else day
        return Occasion(id=self.id(self.today), client_id=id_, kind=kind, what="x", day=born, yearly=yearly)

    def signed(self, id_: str, beat: str, months: int) -> Iterator[Any]:
        """Perhaps a contract, and perhaps its touch is settled."""
        day = self.ago(300)
        if self.chance.random() < 0.3:
            yield Contract(id=self.id(day), client_id=id_, signed=day, months=self.chance.choice((None, 6, 12)))
        if self.chance.random() < 0.5:
            since = months_after(day, months) + timedelta(days=0 if months else 3)
            yield Touch(id=self.id(day), client_id=id_, clock=f"after-signing.{beat}@{since}", on=self.ago(30))


#: Two more of each timeline: one that is the same, and one that sorts after it and differs in some beats.
COPIES = ("{}-2", "own-{}")
OTHERWISE = {"days: 60": "days: 45", "lasts: 21": "lasts: 30", "months: 6": "months: 5", "rank: 70": "rank: 71"}


def copy_timelines(folder: Path) -> None:
    """Timelines of a rep's own, most of whose beats have the timing of built-in ones."""
    folder.mkdir(parents=True)
    for path in BUILT_IN.glob("*.yaml"):
        text = path.read_text("utf-8")
        for copy in COPIES:
            name = copy.format(path.stem)
            (folder / f"{name}.yaml").write_text(text.replace(f"id: {path.stem}\n", f"id: {name}\n", 1), "utf-8")
            for said, otherwise in OTHERWISE.items():
                text = text.replace(said, otherwise, 2)


def settle_some(session: Session, chance: Random) -> None:
    """Settle some of what is due, and some of what is due then: of beats that are alike one, a few or all."""
    for share in (0.5, 0.3, 0.7):
        store, lines = session.store(), _pending(session, 0)[1]
        keen = {one.client.id: chance.choice((0.0, share, 1.0)) for one, _ in lines}
        for _, line in lines:
            if chance.random() < keen[line.client.id]:
                state, on = chance.choice(STATES), session.today - timedelta(days=chance.randint(1, 20))
                store.touches.add(
                    Touch(id=store.new_id(), client_id=line.client.id, clock=line.clock, on=on, state=state)
                )


@pytest.fixture
def session(home: Path) -> Iterator[Session]:
    where = {"data": home / "data", "config": home / "config", "cache": home / "cache"}
    opened = Session(Settings(lang="en", team_playbooks=(), today=DEC_1, no_input=True, **where))
    yield opened
    opened.close()


def on(session: Session, day: date) -> Session:
    """The same book on another day."""
    other = Session(replace(session.settings, today=day))
    other.__dict__.update(_store=session.store(), _library=session.library())
    return other


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.torture) for seed in range(1, 12))])
def test_the_first_clients_of_the_whole_list_are_found_without_it(session: Session, seed: int) -> None:
    fill(session.store(), 60, Odd(seed))
    for day in DAYS:
        then = on(session, day)
        for clients in (1, 5, 20, 60):
            assert care_first(then, clients) == [*one_a_client(_first(then, 0, clients)[0])], (day, clients)


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.torture) for seed in range(1, 12))])
def test_the_first_clients_are_found_where_several_playbooks_have_the_same_timing(session: Session, seed: int) -> None:
    copy_timelines(session.settings.data / "playbooks" / "timelines")
    fill(session.store(), 40, Odd(seed))
    chance = Random(seed)
    for day in DAYS:
        then = on(session, day)
        settle_some(then, chance)
        for clients in (1, 5, 40):
            assert care_first(then, clients) == [*one_a_client(_first(then, 0, clients)[0])], (day, clients)


def test_only_some_are_looked_at_in_a_large_book(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    from salescoach.coach import care

    fill(session.store(), 150, Years(1))
    looked: list[str] = []
    plain = care.pending
    monkeypatch.setattr(
        "salescoach.cli.pressing.pending", lambda *told, **more: looked.append(told[1].client.id) or plain(*told, **more)
    )

    assert care_first(session, 5) == [*one_a_client(_first(session, 0, 5)[0])]
    assert len(looked) <= 40


@given(
    entries=st.lists(st.integers(1, 200).map(lambda length: "x " * length), max_size=12),
    budget=st.integers(1, 8), width=st.sampled_from((40, 80)),
)  # fmt: skip
def test_entries_that_are_taken_one_by_one_are_shown_as_a_list_of_them(
    entries: list[str], budget: int, width: int
) -> None:
    whole, lazy = Sheet(width), Sheet(width)
    whole.part("Label", entries, budget)
    lazy.part("Label", iter(entries), budget, total=len(entries))

    assert lazy.rows == whole.rows
