"""Walks that were begun and not ended, and whom they are about."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from salescoach.shape import value

#: Whom a draft is about: a client, a person, or a visit to one.
QUERY = """
SELECT command, subject, coalesce(client.name, of_visit.name, of_contact.name || '/' || contact.name, ''), updated,
    draft.id
FROM draft
LEFT JOIN client ON client.id = draft.subject
LEFT JOIN visit ON visit.id = draft.subject LEFT JOIN client AS of_visit ON of_visit.id = visit.client_id
LEFT JOIN contact ON contact.id = draft.subject LEFT JOIN client AS of_contact ON of_contact.id = contact.client_id
ORDER BY updated, draft.id
"""


@value
class Started:
    """A half-finished walk, as far as it says what it is about."""

    command: str
    subject: str  # an id
    about: str  # "CLIENT" or "CLIENT/CONTACT"; empty where it is about none
    updated: date | None
    id: str


def started(rows: Iterable[tuple[Any, ...]]) -> tuple[Started, ...]:
    """The walks from the rows of `QUERY`, the oldest first."""
    return tuple(
        Started(command=command, subject=subject, about=about, updated=_day(day), id=id_)
        for command, subject, about, day, id_ in rows
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        return None
