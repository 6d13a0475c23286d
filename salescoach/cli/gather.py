"""Gathering for the coach: what the store and the playbooks know, put together as the values it works on."""

from typing import TYPE_CHECKING

from salescoach.coach.account import sheets_of
from salescoach.coach.history import History
from salescoach.language import Lang, pick, say
from salescoach.playbook.models import Entry, Scorecard, Typology
from salescoach.records.models import Client, Visit

if TYPE_CHECKING:
    from salescoach.cli.context import Session
    from salescoach.playbook.library import Library

#: Typologies whose ids are shown as words.
TITLED = ("roles", "stances", "styles", "behaviours", "outcomes", "purposes")
STAGES = ("developing", "early", "stable", "strategic")


def history_of(session: "Session", client: Client, planned: Visit | None = None) -> History:
    """Everything known of one client that bears on the next call."""
    store = session.store()
    assessments = tuple(store.assessments.of(client.id))
    heard = tuple(store.objections.of(client.id))
    return History(
        me=store.me.get(),
        client=client,
        contacts=tuple(store.contacts.of(client.id)),
        held=tuple(store.visits.held(client.id)),
        planned=planned,
        promises=tuple(store.promises.open_of(client.id)),
        unresolved=tuple(one for one in heard if not one.resolved),
        heard=heard,
        observations=tuple(store.observations.of(client.id)),
        notes=tuple(store.notes.of(client.id)),
        contracts=tuple(store.contracts.of(client.id)),
        assessments=assessments,
        touches=tuple(store.touches.of(client.id)),
        crises=tuple(store.crises.of(client.id)),
        sheets=sheets_of(session.library().all(Scorecard), assessments, session.today) if assessments else {},
    )


def entry_called(typology: Typology, name: str) -> Entry | None:
    """The type of that id, title (in either language) or alias; None where none is called so."""
    from salescoach.coach.matching.words import fold

    wanted = fold(name)
    for entry in typology.entries:
        called = (entry.title,) if isinstance(entry.title, str) else entry.title.values()
        if wanted in map(fold, (entry.id, *called, *entry.aliases)):
            return entry
    return None


def titles(library: "Library", lang: Lang) -> dict[str, str]:
    """Role, stance, style, outcome, purpose and stage ids to the words a person reads."""
    words = {stage: say(f"render.stage-{stage}", lang) for stage in STAGES}
    for name in TITLED:
        entries = library.get(Typology, name).entries
        words |= {entry.id: pick(entry.title, lang) for entry in entries if (name, entry.id) != ("styles", "neutral")}
    return words
