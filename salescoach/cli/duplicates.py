"""What may be in the book twice: listed with the command that merges it, or asked one by one at a terminal."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from salescoach.cli.result import Result
from salescoach.cli.show import width
from salescoach.errors import Interrupted, SalescoachError
from salescoach.language import addressed, quoted, say, visible
from salescoach.records.models import Contact

if TYPE_CHECKING:
    from salescoach.cli.context import Session
    from salescoach.records.duplicates import Pair

#: So many pairs are asked about, or listed after an import; `client list --duplicates` has them all.
MOST = 20


def listed(session: "Session", as_json: bool) -> Result:
    """All pairs in the book."""
    from salescoach.records.duplicates import duplicates

    store = session.store() if session.has_store() else None
    pairs = duplicates(store.clients.list(), store.contacts.list()) if store else []
    told = {"schema": "salescoach/duplicates@1", "duplicates": document(session, pairs)}
    lines = _commands(session, pairs) or [say("importing.no-duplicates", session.lang)]
    return Result(document=told, show=wrapped(lines, width(sys.stdout)), json=as_json)


def document(session: "Session", pairs: "Sequence[Pair]") -> list[dict[str, Any]]:
    """The pairs for programs."""
    owners = _owners(session, pairs)
    return [
        {
            "kind": "contact" if isinstance(pair.gone, Contact) else "client",
            "gone": {"id": pair.gone.id, "name": pair.gone.name},
            "kept": {"id": pair.kept.id, "name": pair.kept.name},
            "why": pair.why,
            "command": _command(pair, owners),
        }
        for pair in pairs
    ]


def offered(session: "Session", pairs: "Sequence[Pair]", told: Sequence[str]) -> list[str]:
    """
    After an import: at a terminal each pair is asked about and merged, otherwise the commands are named.

    Args:
        told: What is shown above the questions; it is then not shown again.

    Returns:
        Lines to show.
    """
    if not pairs:
        return []
    if not session.interactive:
        return _named(session, pairs)
    sys.stderr.write(wrapped(told, width(sys.stderr)) + "\n")
    merged: list[str] = []
    gone: set[str] = set()
    for place, pair in enumerate(pairs[:MOST]):
        if {pair.gone.id, pair.kept.id} & gone:
            continue
        try:
            done = _asked(session, pair)
        except Interrupted:
            return [*merged, *_named(session, pairs[place:])]
        if done:
            gone.add(done[0])
            merged.append(done[1])
    rest = [pair for pair in pairs[MOST:] if not {pair.gone.id, pair.kept.id} & gone]
    return [*merged, *(_named(session, rest) if rest else [])]


def _asked(session: "Session", pair: "Pair") -> tuple[str, str] | None:
    """One key: which name stays, or that they are two. What went, and a line that says so."""
    from salescoach.walk.terminal import choose

    lang, store = session.lang, session.store()
    names = {"gone": visible(pair.gone.name), "kept": visible(pair.kept.name)}
    question = say("importing.ask-same", lang, **names, why=say(f"importing.why-{pair.why}", lang))
    stays = [say("importing.ask-keep", lang, name=names[which]) for which in ("kept", "gone")]
    picked = choose(question, [*stays, say("importing.ask-apart", lang)], lang)
    if picked == len(stays):
        return None
    kept, gone = (pair.kept, pair.gone) if picked == 0 else (pair.gone, pair.kept)
    try:
        (store.contacts if isinstance(gone, Contact) else store.clients).merge(gone.id, kept.id)
    except SalescoachError as error:
        from salescoach.cli.show import message

        return "", message(error, lang)
    return gone.id, say("importing.merged", lang, gone=visible(gone.name), kept=visible(kept.name))


def _named(session: "Session", pairs: "Sequence[Pair]") -> list[str]:
    lang = session.lang
    lines = [say("importing.duplicates", lang, count=len(pairs)), *_commands(session, pairs[:MOST])]
    return lines + ([say("importing.all-duplicates", lang)] if len(pairs) > MOST else [])


def _commands(session: "Session", pairs: "Sequence[Pair]") -> list[str]:
    owners, lang = _owners(session, pairs), session.lang
    return [
        say("importing.pair", lang, command=visible(_command(pair, owners)), why=say(f"importing.why-{pair.why}", lang))
        for pair in pairs
    ]


def _owners(session: "Session", pairs: "Sequence[Pair]") -> dict[str, str]:
    """The names of the clients that people of the pairs are at."""
    people = {pair.gone.client_id for pair in pairs if isinstance(pair.gone, Contact)}
    return session.store().clients.called(people) if people else {}


def _command(pair: "Pair", owners: dict[str, str]) -> str:
    """What merges a pair."""
    if isinstance(pair.gone, Contact):
        gone = addressed(owners[pair.gone.client_id], pair.gone.name)
        return f"salescoach contact merge {gone} {quoted(pair.kept.name)}"
    return f"salescoach client merge {quoted(pair.gone.name)} {quoted(pair.kept.name)}"


def wrapped(lines: Sequence[str], columns: int) -> str:
    """Lines in rows of the screen; one with a command stays whole, so that it can be copied."""
    from salescoach.render.wrap import wrap

    rows = (row for line in lines for row in ([line] if line.startswith("salescoach ") else wrap(line, columns)))
    return "\n".join(rows)
