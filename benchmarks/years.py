"""An invented book of some years, for how long a day's overview takes: `python -m benchmarks.years FOLDER CLIENTS`.

Every client has ten visits with all that came of them, so 5,000 clients have 50,000. What presses today grows more
slowly than the book, as with a rep: three visits a day, one promise in a hundred overdue, one client in twenty a key
account with its sheets; and no rep looks after more than some hundreds at once. Of a larger book the others rest: in no
class, their promises kept, their terms over, with no next contact agreed.
"""

import sys
from base64 import b32encode
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import islice, product
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.book import CITIES, CUES, PEOPLE, PLACES, SECTORS, TODAY, TOPICS, TRADES, WORDS
from salescoach.records.account import Assessment, Contract, Occasion, Said, Touch
from salescoach.records.me import Me
from salescoach.records.models import (
    Client,
    Contact,
    Debrief,
    Note,
    ObjectionMet,
    Observation,
    Promise,
    Step,
    Visit,
)
from salescoach.store import Store, open_store
from salescoach.store.connection import in_batches

VISITS = 10
#: Visits planned in the next days, and held in the last ones without a debrief, however large the book.
AHEAD, WAITING = 6, 3
YEARS = 3 * 365
#: Clients that are looked after, however large the book.
AWAKE = 500
#: Clients that are made and written at once.
SLICE = 1_000
#: From the letters of base 32 to those of a ULID.
CROCKFORD = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", b"0123456789ABCDEFGHJKMNPQRSTVWXYZ")
SETTLED = ("care.a-call", "care.b-call", "after-signing.first-week", "after-signing.month-6")
SHEETS: dict[str, dict[str, tuple[Any, ...]]] = {
    "risk": {"is_opportunity": ("yes", "unsure", "no"), "project": ("plus", "unknown")},
    "ten-weapons": dict.fromkeys(("net", "level", "standards", "quality", "service", "supply"), ("0", "1", "2")),
}


def names(count: int) -> Iterator[str]:
    """Names of clients, English and Chinese by turns, each once, however many."""
    sites = ("", *(f" {number}" for number in range(2, 1_000)))
    english = (f"{place} {trade}{site}" for site, place, trade in product(sites, PLACES, TRADES))
    chinese = (f"{city}{word}{sector}{site}" for site, city, word, sector in product(sites, CITIES, WORDS, SECTORS))
    return islice((name for pair in zip(english, chinese, strict=False) for name in pair), count)


@cache
def _moment(day: date) -> str:
    """What the ULIDs of a day begin with."""
    from ulid import ULID

    return str(ULID.from_datetime(datetime.combine(day, time(9), UTC)))[:10]


class Years:
    """The records of a book, the same for the same seed."""

    def __init__(self, seed: int = 1, today: date = TODAY) -> None:
        self.chance, self.today = Random(seed), today
        self.resting: set[str] = set()  # ids of clients

    def rest(self, clients: list[Client]) -> list[Client]:
        """The clients of a book, those among them at rest that are more than a rep looks after."""
        every = -(-len(clients) // AWAKE)
        self.resting = {one.id for at, one in enumerate(clients) if at % every}
        asleep = self.resting
        return [replace(one, tags=(), key_account=False) if one.id in asleep else one for one in clients]

    def id(self, day: date) -> str:
        """A ULID made on a day."""
        return _moment(day) + b32encode(self.chance.randbytes(10)).translate(CROCKFORD).decode()

    def ago(self, most: int, least: int = 1) -> date:
        """A day that is past."""
        return self.today - timedelta(days=self.chance.randint(least, most))

    def client(self, name: str) -> Client:
        """One in twenty a key account; half of them in a class; most with a country."""
        draw = self.chance.random
        tags = tuple(tag for tag, share in (("A", 0.05), ("B", 0.2), ("C", 0.3), ("machinery", 0.3)) if draw() < share)
        entered = self.today - timedelta(days=YEARS)
        country = self.chance.choice(("DE", "CN", "", ""))
        return Client(
            id=self.id(entered), name=name, industry="pumps", stage="early", country=country, tags=tags,
            key_account=draw() < 0.05,
        )  # fmt: skip

    def people(self, client: Client) -> Iterator[Contact]:
        """Those whom the rep knows there."""
        for name in PEOPLE[:3]:
            yield Contact(id=self.id(self.today), client_id=client.id, name=name, position="buyer", influence=3)

    def visits(self, client: Client, who: str) -> Iterator[Visit]:
        """Debriefed visits, the last of them up to a year ago."""
        for number in range(VISITS):
            day = self.ago(YEARS - 30 if number else 365)
            outcome = self.chance.choice(("advance", "continuation", "order", "no-sale"))
            said = Debrief(
                summary="Talked about the trial.", outcome=outcome, lesson="Ask before showing.",
                client_commitments=(Step(who="Tom Reeve", what="test a sample"),),
                listening={"talked-more": self.chance.random() < 0.2},
                next_step="Hear what the trial says.",
                next_date=None if client.id in self.resting else day + timedelta(days=30),
            )  # fmt: skip
            yield Visit(
                id=self.id(day), client_id=client.id, when=day, purpose="discovery", status="done",
                contact_ids=(who,), debrief=said, playbooks={"prep": 1, "debrief": 1},
            )  # fmt: skip

    def of_visit(self, visit: Visit, who: str) -> Iterator[Any]:
        """What was promised, heard and seen in a visit."""
        late = self.chance.random() < 0.01 and visit.client_id not in self.resting
        for owner in ("ours", "theirs"):
            due = visit.when + timedelta(days=14)
            state, ended = ("open", None) if late else ("done", due)
            yield Promise(
                id=self.id(visit.when), client_id=visit.client_id, owner=owner, who="", what="send the report",
                by=due, state=state, closed_on=ended, visit_id=visit.id,
            )  # type: ignore[arg-type]  # fmt: skip
        yield ObjectionMet(
            id=self.id(visit.when), client_id=visit.client_id, on=visit.when, said="Too dear.",
            topic=self.chance.choice(TOPICS), resolved=self.chance.random() < 0.6, visit_id=visit.id,
        )  # fmt: skip
        for cue in CUES:
            yield Observation(
                id=self.id(visit.when), client_id=visit.client_id, contact_id=who, on=visit.when, cue=cue,
                visit_id=visit.id,
            )  # fmt: skip

    def of_client(self, client: Client, who: str) -> Iterator[Any]:
        """Contract, days that matter, touches that are settled, a note and, of a key account, its sheets."""
        chance, id_ = self.chance, client.id
        for _ in range(chance.choice((0, 0, 1, 1, 2))):
            over = id_ in self.resting
            day = self.ago(900, 500 if over else 1)
            terms: tuple[int | None, ...] = (12,) if over else (None, 12, 24, 36)
            motive = chance.choice((None, "image", "follower", "profit"))
            revenue = float(chance.randint(5, 500)) * 1000
            yield Contract(
                id=self.id(day), client_id=id_, signed=day, months=chance.choice(terms), motive=motive,
                revenue=revenue, currency="EUR",
            )  # type: ignore[arg-type]  # fmt: skip
        if chance.random() < 0.5:
            day = date(1980, 1, 1) + timedelta(days=chance.randint(0, 365))
            yield Occasion(
                id=self.id(self.today), client_id=id_, kind="birthday", what="Birthday", day=day, yearly=True,
                contact_id=who,
            )  # fmt: skip
        for clock in SETTLED:
            day = self.ago(700)
            yield Touch(id=self.id(day), client_id=id_, clock=f"{clock}@{day.isoformat()}", on=day)
        yield Note(id=self.id(self.today), client_id=id_, on=self.ago(700), text="Runs two shifts.")
        if client.key_account:
            yield from (self.sheet(id_, sheet) for sheet in SHEETS for _ in range(2))
            yield self.planned(id_, who)

    def sheet(self, client_id: str, sheet: str) -> Assessment:
        """One walk through a sheet."""
        day = self.ago(200)
        answers = {name: Said(answer=self.chance.choice(held)) for name, held in SHEETS[sheet].items()}
        return Assessment(id=self.id(day), client_id=client_id, sheet=sheet, version=1, on=day, answers=answers)

    def planned(self, client_id: str, who: str) -> Assessment:
        """A row of the relationship plan: what was due is done, and the next is some way off."""
        day = self.ago(90)
        by = (self.today + timedelta(days=self.chance.randint(10, 300))).isoformat()
        answers = {"action": Said(answer="invite to the plant"), "by": Said(answer=by)}
        return Assessment(
            id=self.id(day), client_id=client_id, sheet="relationship-plan", version=1, on=day, answers=answers,
            contact_id=who,
        )  # fmt: skip

    def diary(self, clients: list[Client]) -> Iterator[Visit]:
        """Visits ahead, and those that nobody has told of yet."""
        for days in (*(-one for one in range(1, WAITING + 1)), *(one % 3 for one in range(AHEAD))):
            day, client = self.today + timedelta(days=days), self.chance.choice(clients)
            yield Visit(id=self.id(day), client_id=client.id, when=day, purpose="discovery", playbooks={"prep": 1})


def fill(store: Store, count: int, years: Years) -> None:
    """Put the book into an empty store, slice by slice, since a large one is larger than the memory."""
    clients = years.rest([years.client(name) for name in names(count)])
    shelves = {
        Contact: store.contacts, Visit: store.visits, Promise: store.promises, ObjectionMet: store.objections,
        Observation: store.observations, Note: store.notes, Contract: store.contracts,
        Assessment: store.assessments, Occasion: store.occasions, Touch: store.touches,
    }  # fmt: skip
    tables = [shelf.table._meta.table_name for shelf in shelves.values()]
    with store.transaction(), store.connection.indexes_later(tables):
        store.me.save(Me(name="Jana Brandt", company="Morvale Seals", products=("seals",), proof_points=("No leak.",)))
        store.clients.add_all(clients)
        for some in in_batches(clients, SLICE):
            for kind, records in _belonging(some, years).items():
                shelves[kind].add_all(records)  # type: ignore[attr-defined]
        store.visits.add_all([*years.diary(clients)])


def _belonging(clients: Sequence[Client], years: Years) -> dict[type, list[Any]]:
    """All that belongs to some clients, by its kind, each after what it refers to."""
    people = {client.id: list(years.people(client)) for client in clients}
    visits = {client.id: list(years.visits(client, people[client.id][0].id)) for client in clients}
    of_kind: dict[type, list[Any]] = {
        Contact: [one for some in people.values() for one in some],
        Visit: [one for some in visits.values() for one in some],
    }
    for client in clients:
        who = people[client.id][0].id
        told = [one for visit in visits[client.id] for one in years.of_visit(visit, who)]
        for one in (*told, *years.of_client(client, who)):
            of_kind.setdefault(type(one), []).append(one)
    return of_kind


def make(folder: Path, count: int) -> None:
    """A data folder with the book: nothing of it can be taken back, and a power cut would spoil it."""
    with open_store(folder) as store:
        store.connection.before_changes(None)
        for setting in ("journal_mode = off", "synchronous = off", "cache_size = -400000"):
            store.connection.named(f"PRAGMA {setting}", {})
        fill(store, count, Years())
        store.connection.named("PRAGMA journal_mode = wal", {})


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]))
