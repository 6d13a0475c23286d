"""Small invented values for the coach: one client, two people, a day. Every function takes what a test cares about."""

from datetime import date
from typing import Any

from salescoach.coach.advice import Voice, voice
from salescoach.coach.history import History
from salescoach.records.me import Me
from salescoach.records.models import Client, Contact, Debrief, Observation, Promise, Step, Visit

TODAY = date(2026, 12, 1)  # a Tuesday
ME = Me(name="Anna Berg", company="Nordfluid", products=("the NF pump",), proof_points=("A dairy cut leaks by half.",))


def a_client(**changes: Any) -> Client:
    return Client(**{"id": "C1", "name": "Hengtai Pumps", **changes})


def a_contact(name: str = "Li Wei", **changes: Any) -> Contact:
    return Contact(**{"id": f"P-{name}", "client_id": "C1", "name": name, **changes})


def a_visit(**changes: Any) -> Visit:
    return Visit(**{"id": "V1", "client_id": "C1", "when": TODAY, "purpose": "discovery", **changes})


def a_held_visit(when: date, **debrief: Any) -> Visit:
    return a_visit(id=f"V-{when}", when=when, status="done", debrief=Debrief(**debrief))


def a_promise(what: str, by: date | None = None, **changes: Any) -> Promise:
    return Promise(
        **{"id": f"R-{what}", "client_id": "C1", "owner": "ours", "who": "", "what": what, "by": by, **changes}
    )


def seen(cue: str, on: date = TODAY, **changes: Any) -> Observation:
    return Observation(**{"id": f"O-{cue}-{on}", "client_id": "C1", "on": on, "cue": cue, **changes})


def a_history(**known: Any) -> History:
    return History(**{"me": ME, "client": a_client(), **known})


def in_english(**words: str) -> Voice:
    return voice("en", ME, client="Hengtai Pumps", **words)


def someone_does_something(**changes: Any) -> Step:
    return Step(**{"who": "Li Wei", "what": "send the drawings", "by": date(2026, 12, 8), **changes})
