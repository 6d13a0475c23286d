"""An invented book for the benchmarks: many clients, each with people, visits, promises and objections.

Run as a program, it fills the store in a folder: `python -m benchmarks.book FOLDER COUNT`.
"""

import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import islice, product
from pathlib import Path

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

TODAY = date(2026, 12, 1)

PLACES = ["Ammerfeld", "Birkholm", "Calder", "Dunmoor", "Eschau", "Farnby", "Weidenbach", "Hollin", "Innsee", "Jarrow"]
TRADES = ["Hydraulics", "Bearings", "Foods", "Textiles", "Valves", "Packaging", "Optics", "Castings", "Paper", "Tools"]
FORMS = ["", " Group", " North", " South", " Export"]
CITIES = ["苏州", "无锡", "常州", "南通", "扬州", "泰州", "镇江", "盐城", "淮安", "徐州"]
WORDS = ["恒远", "明达", "瑞丰", "华腾", "正泽", "博润", "安捷", "宏川", "嘉禾", "立群"]
SECTORS = ["机械", "纺织", "食品", "包装", "阀门"]
PEOPLE = ["Anna Berg", "Tom Reeve", "王敏", "李国强"]
CUES = ["asks-for-data", "takes-notes"]
TOPICS = ["price", "timing", "competitor", "trust", "authority"]


def names(count: int) -> Iterator[str]:
    """Names of clients, English and Chinese by turns, each once."""
    english = (f"{place} {trade}{form}" for form, place, trade in product(FORMS, PLACES, TRADES))
    chinese = (f"{city}{word}{sector}有限公司" for sector, city, word in product(SECTORS, CITIES, WORDS))
    return islice((name for pair in zip(english, chinese, strict=True) for name in pair), count)


def fill(store: Store, count: int) -> None:
    """Put `count` clients, at most 1,000, with all that belongs to them into an empty store."""
    new = store.new_id
    clients = [Client(id=new(), name=name, industry="pumps", stage="early") for name in names(count)]
    people = [person for client in clients for person in _people(client, new)]
    with store.transaction():
        store.me.save(Me(name="Jana Brandt", company="Morvale Seals", products=("seals",), proof_points=("No leak.",)))
        store.clients.add_all(clients)
        store.contacts.add_all(people)
        store.visits.add_all([visit for client in clients for visit in _visits(client, new)])
        store.promises.add_all([promise for client in clients for promise in _promises(client, new)])
        store.objections.add_all([met for client in clients for met in _objections(client, new)])
        store.observations.add_all([seen for person in people for seen in _observations(person, new)])
        store.notes.add_all([Note(id=new(), client_id=one.id, on=TODAY, text="Runs two shifts.") for one in clients])


def _people(client: Client, new: Callable[[], str]) -> Iterator[Contact]:
    for name in PEOPLE:
        yield Contact(id=new(), client_id=client.id, name=name, position="buyer", roles=("purchaser",), influence=3)


def _visits(client: Client, new: Callable[[], str]) -> Iterator[Visit]:
    agreed = Step(who="Tom Reeve", what="test a sample")
    said = Debrief(summary="Talked about the trial.", client_commitments=(agreed,))
    for weeks in (2, 8, 20):
        day = TODAY - timedelta(weeks=weeks)
        yield Visit(id=new(), client_id=client.id, when=day, purpose="discovery", status="done", debrief=said)


def _promises(client: Client, new: Callable[[], str]) -> Iterator[Promise]:
    due = TODAY - timedelta(days=3)
    yield Promise(id=new(), client_id=client.id, owner="ours", who="me", what="send the test report", by=due)
    yield Promise(id=new(), client_id=client.id, owner="theirs", who="Tom Reeve", what="send the drawing", by=due)


def _objections(client: Client, new: Callable[[], str]) -> Iterator[ObjectionMet]:
    for topic in TOPICS[:2]:
        yield ObjectionMet(id=new(), client_id=client.id, on=TODAY - timedelta(weeks=2), said="Too dear.", topic=topic)


def _observations(person: Contact, new: Callable[[], str]) -> Iterator[Observation]:
    for cue in CUES:
        day = TODAY - timedelta(weeks=2)
        yield Observation(id=new(), client_id=person.client_id, contact_id=person.id, on=day, cue=cue)


if __name__ == "__main__":
    with open_store(Path(sys.argv[1])) as opened:
        fill(opened, int(sys.argv[2]))
