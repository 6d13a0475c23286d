"""What may be in the book twice: listed with the command that merges it, or asked one by one at a terminal."""

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Literal

from salescoach.cli.result import Result
from salescoach.cli.show import rows, width
from salescoach.cli.stopping import heard
from salescoach.errors import Interrupted, SalescoachError
from salescoach.language import addressed, pick, quoted, say, visible
from salescoach.records.joining import Saying, apart_names
from salescoach.records.models import Client, Contact

if TYPE_CHECKING:
    from salescoach.cli.context import Session
    from salescoach.records.duplicates import Pair

#: So many pairs are asked about, or listed after an import; `client list --duplicates` has them all.
MOST = 20
#: What tells whether two are one.
PERSON = ("name", "company", "position", "department", "mail", "phone", "aliases", "remarks")
FIRM = ("name", "industry", "country", "tags", "aliases", "remarks")
#: Cells that a record takes beside another, at least.
NARROWEST = 20


def listed(session: "Session", as_json: bool) -> Result:
    """All pairs in the book."""
    from salescoach.records.duplicates import duplicates

    store = session.store() if session.has_store() else None
    pairs = duplicates(store.clients.list(), store.contacts.list()) if store else []
    told = {"schema": "salescoach/duplicates@1", "duplicates": document(session, pairs)}
    lines = _commands(session, pairs) or [say("importing.no-duplicates", session.lang)]
    return Result(document=told, show=rows(lines, sys.stdout), json=as_json)


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


def offered(
    session: "Session", pairs: "Sequence[Pair]", told: Sequence[str], again: "Callable[[str], Sequence[Pair]]"
) -> list[str]:
    """
    After an import: at a terminal each pair is asked about and merged, otherwise the commands are named.

    Args:
        told: What is shown, above the questions where some are asked.
        again: The pairs that are left after a merge, given the id of the record that stayed.

    Returns:
        Lines to show, those of `told` first unless they stand above on the same screen.
    """
    if not session.interactive or all(pair.apart for pair in pairs):
        return [*told, *(_named(session, pairs) if pairs else [])]
    sys.stderr.write(rows(told, sys.stderr) + "\n")
    shown = [] if sys.stdout.isatty() else [*told]
    asking = _Asking(session, pairs, again)
    try:
        asking.run()
    except Interrupted:  # of the questions they have had enough; what was imported is still told
        heard()
    return [*shown, *asking.merged, *(_named(session, asking.left) if asking.left else [])]


class _Asking:
    """The questions about pairs, one after the other; `left` are those that nobody has answered."""

    def __init__(
        self, session: "Session", pairs: "Sequence[Pair]", again: "Callable[[str], Sequence[Pair]]"
    ) -> None:
        self.session, self.again = session, again
        self.left = list(pairs)
        self.merged: list[str] = []
        self.apart: set[tuple[str, str]] = set()
        self.asked = 0

    def run(self) -> None:
        """Ask until all are answered, or enough are, or the rep has had enough."""
        while self.asked < MOST and (pair := next((one for one in self.left if not one.apart), None)):
            kept = self._kept(pair)
            if kept is None:
                return
            self.asked += 1
            if kept:
                self._merge(pair, kept)
            else:
                self.apart.add((pair.gone.id, pair.kept.id))
                self.left.remove(pair)

    def _kept(self, pair: "Pair") -> "Client | Contact | Literal[False] | None":
        """One key: who stays; False: they are two; None: enough asked. Enter alone merges nobody."""
        from salescoach.walk.terminal import choose

        lang = self.session.lang
        count = self.asked + sum(not one.apart for one in self.left)
        why = say(f"importing.why-{pair.why}", lang)
        gone, kept = _names(pair)
        names = {"gone": visible(gone), "kept": visible(kept)}
        place = say("importing.ask-place", lang, place=self.asked + 1, count=count, why=why)
        sys.stderr.write("\n".join(["", place, *self._beside(pair)]) + "\n")
        stays = [say("importing.ask-keep", lang, name=names[which]) for which in ("kept", "gone")]
        rows = [*stays, say("importing.ask-apart", lang), say("importing.ask-enough", lang)]
        picked = choose(say("importing.ask-same", lang, **names), rows, lang, pointed=len(stays))
        return (pair.kept, pair.gone, False, None)[picked]

    def _beside(self, pair: "Pair") -> list[str]:
        """Both records in two columns, so far as they say what decides; on a narrow screen one below the other."""
        lang, owners = self.session.lang, _owners(self.session, [pair])
        rows = [
            [say(f"record.field-{name}", lang), *(_cell(one, name, owners) for one in (pair.kept, pair.gone))]
            for name in (PERSON if isinstance(pair.kept, Contact) else FIRM)
        ]
        return compared([row for row in rows if any(row[1:])], width(sys.stderr))

    def _merge(self, pair: "Pair", kept: "Client | Contact") -> None:
        from salescoach.cli.show import message

        gone = pair.gone if kept is pair.kept else pair.kept
        lang, store = self.session.lang, self.session.store()
        more: list[str] = []
        try:
            if isinstance(gone, Client) and isinstance(kept, Client):
                more = merge_clients(self.session, gone, kept)[1]
            else:
                store.contacts.merge(gone.id, kept.id, saying(self.session))
        except SalescoachError as error:  # another window was faster
            self.merged.append(message(error, lang))
            self.apart.add((pair.gone.id, pair.kept.id))
        else:
            self.merged.append(say("importing.merged", lang, gone=visible(gone.name), kept=visible(kept.name)))
            self.merged += more
        self.left = [one for one in self.again(kept.id) if (one.gone.id, one.kept.id) not in self._answered()]

    def _answered(self) -> set[tuple[str, str]]:
        return self.apart | {(kept, gone) for gone, kept in self.apart}


def _cell(one: Client | Contact, name: str, owners: dict[str, str]) -> str:
    held = owners.get(getattr(one, "client_id", ""), "") if name == "company" else getattr(one, name)
    return visible(", ".join(held) if isinstance(held, tuple) else str(held or ""))


def compared(rows: Sequence[Sequence[str]], columns: int) -> list[str]:
    """A label and two cells a row, beside each other; where the screen is narrow below each other."""
    from salescoach.wrap import cells, crop, pad

    label = max((cells(row[0]) for row in rows), default=0)
    room = (columns - label - 5) // 2
    if room >= NARROWEST:
        rows = [["", "1", "2"], *rows]
        return [f"  {pad(row[0], label)} {pad(crop(row[1], room), room)} {crop(row[2], room)}".rstrip() for row in rows]
    room = columns - label - 5
    return [
        line
        for name, *both in rows
        for line in (f"  {pad(name, label)} 1 {crop(both[0], room)}", f"  {pad('', label)} 2 {crop(both[1], room)}")
    ]


def _named(session: "Session", pairs: "Sequence[Pair]") -> list[str]:
    lang = session.lang
    together = [pair for pair in pairs if not pair.apart]
    lines = [say("importing.duplicates", lang, count=len(together))] if together else []
    lines += _commands(session, pairs[:MOST])
    return lines + ([say("importing.all-duplicates", lang)] if len(pairs) > MOST else [])


def _commands(session: "Session", pairs: "Sequence[Pair]") -> list[str]:
    owners, lang = _owners(session, pairs), session.lang
    lines = [
        say("importing.pair", lang, command=visible(command), why=say(f"importing.why-{pair.why}", lang))
        for pair in pairs
        if (command := _command(pair, owners))
    ]
    lines += [
        say("importing.pair-apart", lang, **_whom(pair, owners), why=say(f"importing.why-{pair.why}", lang))
        for pair in pairs
        if pair.apart
    ]
    return lines + ([say("importing.apart-how", lang)] if any(pair.apart for pair in pairs) else [])


def _whom(pair: "Pair", owners: dict[str, str]) -> dict[str, str]:
    """Two people at two clients, each with where they are."""
    both = (("gone", pair.gone), ("kept", pair.kept))
    return {which: visible(f"{owners[one.client_id]}/{one.name}") for which, one in both if isinstance(one, Contact)}


def _owners(session: "Session", pairs: "Sequence[Pair]") -> dict[str, str]:
    """The names of the clients that people of the pairs are at."""
    people = {one.client_id for pair in pairs for one in (pair.gone, pair.kept) if isinstance(one, Contact)}
    return session.store().clients.called(people) if people else {}


def _command(pair: "Pair", owners: dict[str, str]) -> str | None:
    """What merges a pair; None where nothing does while their clients are two."""
    if pair.apart:
        return None
    if isinstance(pair.gone, Contact) and isinstance(pair.kept, Contact):
        gone, kept = _names(pair)
        return f"salescoach contact merge {addressed(owners[pair.gone.client_id], gone)} {quoted(kept)}"
    return f"salescoach client merge {quoted(pair.gone.name)} {quoted(pair.kept.name)}"


def _names(pair: "Pair") -> tuple[str, ...]:
    """Who would go and who would stay; people of one name are told apart."""
    both = (pair.gone, pair.kept)
    people = [one for one in both if isinstance(one, Contact)]
    return tuple(apart_names(people)) if people else tuple(one.name for one in both)


def saying(session: "Session") -> Saying:
    """How what differs between two that become one is worded: ids of behaviours by their titles."""
    from salescoach.playbook.models import Typology

    entries = session.library().get(Typology, "behaviours").entries
    return Saying(lang=session.lang, titles={entry.id: pick(entry.title, session.lang) for entry in entries})


def merge_clients(session: "Session", gone: Client, kept: Client) -> tuple[Client, list[str]]:
    """Two clients become one; and lines that say who was at both, and who is called otherwise now."""
    store, lang = session.store(), session.lang
    before = store.contacts.of(gone.id)
    merged = store.clients.merge(gone.id, kept.id, saying(session))
    after = store.contacts.these([one.id for one in before])
    joined = [one.name for one in before if one.id not in after]
    apart = [after[one.id].name for one in before if one.id in after and after[one.id].name != one.name]
    told = (("merge-joined", joined), ("merge-apart", apart))
    between = say("walk.between", lang)
    return merged, [
        say(f"records.{key}", lang, names=between.join(map(visible, names))) for key, names in told if names
    ]
