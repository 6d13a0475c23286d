"""Everything a rep keeps, as one value: what goes out as a whole and comes back as a whole."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from salescoach.records.account import Assessment, Contract, Crisis, Occasion, Touch
from salescoach.records.me import Me
from salescoach.records.models import (
    Client,
    Contact,
    Draft,
    Note,
    ObjectionMet,
    Observation,
    Promise,
    Unmatched,
    Visit,
)
from salescoach.records.practice import Exercise
from salescoach.shape import value


@value
class Book:
    """All records, each sort by id."""

    me: Me = Me()
    clients: tuple[Client, ...] = ()
    contacts: tuple[Contact, ...] = ()
    visits: tuple[Visit, ...] = ()
    promises: tuple[Promise, ...] = ()
    objections: tuple[ObjectionMet, ...] = ()
    observations: tuple[Observation, ...] = ()
    notes: tuple[Note, ...] = ()
    contracts: tuple[Contract, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    occasions: tuple[Occasion, ...] = ()
    touches: tuple[Touch, ...] = ()
    crises: tuple[Crisis, ...] = ()
    exercises: tuple[Exercise, ...] = ()
    unmatched: tuple[Unmatched, ...] = ()
    drafts: tuple[Draft, ...] = ()


#: The parts of a book and what each holds; a record comes after those that it refers to. `me` is apart: it is one.
PARTS: Mapping[str, type[Any]] = MappingProxyType(
    {
        "clients": Client,
        "contacts": Contact,
        "visits": Visit,
        "promises": Promise,
        "objections": ObjectionMet,
        "observations": Observation,
        "notes": Note,
        "contracts": Contract,
        "assessments": Assessment,
        "occasions": Occasion,
        "touches": Touch,
        "crises": Crisis,
        "exercises": Exercise,
        "unmatched": Unmatched,
        "drafts": Draft,
    }
)
