"""Walking account sheets: what is open or old is asked, answers are kept with their day and evidence, then shown."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from typing import TYPE_CHECKING, Any, get_args

from salescoach.cli.account import Wish
from salescoach.cli.gather import history_of
from salescoach.cli.lookup import contact_called, find_client, newcomer
from salescoach.cli.result import Result
from salescoach.cli.walking import Asking, choices, conduct, tell
from salescoach.coach.advice import Advice, Voice, documents, voice
from salescoach.coach.assess import (
    Held,
    Standing,
    advice_of,
    as_checklist,
    due,
    filled,
    known_answers,
    score,
    standing,
    taken,
    verdict,
)
from salescoach.errors import Interrupted, UsageError
from salescoach.language import both, quoted, say, show_day
from salescoach.playbook.facts import Facts
from salescoach.playbook.models import Item, Question, Scorecard, Sheet
from salescoach.records.account import Assessment
from salescoach.records.ids import RelationshipStage
from salescoach.records.models import Client, Contact
from salescoach.shape import value

if TYPE_CHECKING:
    from salescoach.cli.context import Session
    from salescoach.walk.machine import Walk

#: Lines of advice under a sheet; `--deep` shows all.
ADVICE = 8


def cards_for(session: "Session", use: Sheet, about: str = "client") -> tuple[Scorecard, ...]:
    """The scorecards that a command walks, in their order."""
    found = [card for card in session.library().labelled(Scorecard, use) if card.about == about]
    return tuple(sorted(found, key=lambda card: (-card.rank, card.id)))


def walk_or_show(session: "Session", use: Sheet, name: str, wish: Wish) -> Result:
    """
    The sheets of one command about a client: asked where somebody can answer, then shown.

    Raises:
        UsageError: Nobody can be asked, and neither answers nor the sheet alone were asked for.
    """
    client = find_client(session, name, may_add=not wish.show)
    return About(session, client, use, wish).asked_and_shown()


@value
class Outlook:
    """What a command adds to its sheets: rows for eyes, and the same for programs."""

    rows: tuple[tuple[str, list[str]], ...] = ()
    advice: tuple[Advice, ...] = ()
    document: Mapping[str, Any] = field(default_factory=dict)


class About:
    """One command's sheets of one client, as they stand now."""

    def __init__(self, session: "Session", client: Client, use: Sheet, wish: Wish) -> None:
        self.session, self.client, self.use, self.wish = session, client, use, wish
        self.cards = cards_for(session, use)
        self.history = history_of(session, client)

    @property
    def in_file(self) -> bool:
        """The answers stand in a file, or the file is printed."""
        return self.wish.answers is not None or self.wish.questions

    @property
    def line(self) -> str:
        """The command line that goes on with this."""
        return f"salescoach account {self.use} {quoted(self.client.name)}"

    @property
    def speaker(self) -> Voice:
        """The rep's voice towards this client."""
        return voice(self.session.lang, self.history.me, client=self.client.name)

    def standings(self) -> list[Standing]:
        """Each sheet as of today."""
        return [standing(card, self.history.assessments, self.session.today) for card in self.cards]

    def asked_and_shown(self) -> Result:
        """Ask, where that is wished for, and show; with `--json` alone it is a read."""
        asks = not self.wish.show and not (self.wish.json and self.wish.answers is None)
        stopped = self.walk() if asks else None
        return stopped if stopped is not None else self.shown()

    def walk(self) -> Result | None:
        """
        Ask and keep; a result where there is nothing more to do than to show it.

        A sheet that is left half-way keeps what was answered: each answer stands by itself, and the rest stays due.
        """
        sheets = self.standings()
        wanted = [self._wanted(sheet, self.in_file) for sheet in sheets]
        if not any(wanted) and not self.asks_more(self.in_file):
            tell(self.session, say("account.nothing-due", self.session.lang))
            return None
        asking = Asking(
            command=f"account {self.use}", subject=self.client.id, line=self.line,
            answers=self.wish.answers, questions=self.wish.questions, hidden=False,
        )  # fmt: skip

        def build(kept: Mapping[str, Any]) -> "Walk":
            return self.build(sheets, wanted, kept)

        try:
            walk = conduct(self.session, asking, build)
        except Interrupted:
            draft = self.session.store().drafts.find(asking.command, asking.subject)
            if draft is not None:
                self.keep(sheets, build(draft.answers).answers, asking)
            raise
        if isinstance(walk, Result):
            return walk
        self.keep(sheets, walk.answers, asking)
        return None

    def asks_more(self, file: bool) -> bool:
        """Whether there is something to ask besides the sheets."""
        return False

    def _wanted(self, sheet: Standing, file: bool) -> tuple[Held, ...]:
        if file:
            return sheet.held
        if self.wish.all:
            return tuple(one for one in sheet.held if self.wish.deep or one.item.pace != "deep")
        return due(sheet, deep=self.wish.deep)

    def build(self, sheets: Sequence[Standing], wanted: Sequence[Sequence[Held]], kept: Mapping[str, Any]) -> "Walk":
        """The walk of what is wanted, from the answers so far."""
        from salescoach.walk.machine import Walk

        because, pairs = both("account.because"), zip(sheets, wanted, strict=True)
        lists = [as_checklist(sheet, held, because, in_file=self.in_file) for sheet, held in pairs if held]
        contacts = self.history.contacts
        known = {key: said for sheet in sheets for key, said in told_by_name(sheet, contacts).items()}
        return Walk(
            lists, kept, today=self.session.today, facts=lambda answers: Facts(stage=self.client.stage),
            choices=choices(self.session.library(), contacts), known=known, pace="deep",
        )  # fmt: skip

    def keep(self, sheets: Sequence[Standing], answers: Mapping[str, Any], asking: Asking) -> None:
        """Save what was answered, each sheet by itself, and drop the draft with it."""
        store = self.session.store()
        with store.transaction():
            made = []
            for sheet in sheets:
                one = taken(sheet, answers, self.session.today, store.new_id, self.client.id)
                if one is not None:
                    made.append(store.assessments.add(with_ids(self.session, self.client, sheet.card, one)))
            besides = self.keep_besides(answers)
            store.drafts.drop(asking.command, asking.subject)
        day = show_day(self.session.today, self.session.lang)
        if made or not besides:
            tell(self.session, say("account.saved" if made else "account.nothing-said", self.session.lang, day=day))
        self.history = history_of(self.session, self.client)

    def keep_besides(self, answers: Mapping[str, Any]) -> bool:
        """Keep what was answered besides the sheets; whether there was any."""
        return False

    def shown(self) -> Result:
        """The sheets, with what the command adds."""
        sheets = self.standings()
        added = self.outlook(sheets)
        advice = (*added.advice, *(line for sheet in sheets for line in advice_of(sheet, self.speaker)))
        document = {
            "schema": f"salescoach/account-{self.use}@1",
            "client": self.client.name,
            "sheets": [sheet_document(sheet, self.names) for sheet in sheets],
            **added.document,
            "advice": documents(advice),
        }
        if self.wish.json:
            return Result(document=document, json=True)
        return Result(document=document, show=self._picture(sheets, added, advice))

    def outlook(self, sheets: Sequence[Standing]) -> Outlook:
        """What this command adds."""
        from salescoach.cli.account.outlooks import OUTLOOKS

        add = OUTLOOKS.get(self.use)
        return add(self, {sheet.card.id: sheet for sheet in sheets}) if add else Outlook()

    @property
    def names(self) -> dict[str, str]:
        """Contact ids to names."""
        return {one.id: one.name for one in self.history.contacts}

    def _picture(self, sheets: Sequence[Standing], added: Outlook, advice: Sequence[Advice]) -> Any:
        from salescoach.cli.show import width
        from salescoach.render.account import SheetView, sheet_text

        lang, today = self.session.lang, self.session.today
        views = [SheetView(sheet, today, lang, self.names) for sheet in sheets]
        few = advice if self.wish.deep else advice[:ADVICE]
        return sheet_text(views, few, width(sys.stdout), self.client.name, added.rows)


# Contacts are kept by their ids, so that a new name breaks nothing, and asked for by their names


def with_ids(session: "Session", client: Client, card: Scorecard, made: Assessment) -> Assessment:
    """The answers with contacts' ids in place of their names; somebody unknown becomes a contact, which is told."""
    people = {item.id: item for part in card.parts for item in part.items if is_about_people(item)}
    new: list[str] = []
    changed = {
        id_: replace(said, answer=_ids(session, client, people[id_], said.answer, new)) if id_ in people else said
        for id_, said in made.answers.items()
    }
    if new:
        tell(session, say("account.new-people", session.lang, names=say("walk.between", session.lang).join(new)))
    return replace(made, answers=changed)


def _ids(session: "Session", client: Client, item: Item, said: Any, new: list[str]) -> Any:
    if isinstance(said, list):
        return list(dict.fromkeys(_ids(session, client, item, one, new) for one in said))
    if said in [mark.id for mark in item.choices]:
        return said
    found = contact_called(session, client, str(said))
    if found is None:
        found = newcomer(session, client, str(said))
        new.append(found.name)
    return found.id


def told_by_name(sheet: Standing, contacts: Sequence[Contact]) -> dict[str, Any]:
    """What was answered before, contacts by the names that they have now; who is no longer there is left out."""
    names = {one.id: one.name for one in contacts}
    own = {one.item.id: {mark.id: mark.id for mark in one.item.choices} for one in _of_people(sheet)}
    known = known_answers(sheet)
    told = {key: _names(said, own[key] | names) if key in own else said for key, said in known.items()}
    return {key: said for key, said in told.items() if said not in (None, [])}


def _of_people(sheet: Standing) -> list[Held]:
    return [one for one in sheet.held if is_about_people(one.item)]


def is_about_people(question: Question) -> bool:
    """The answer names contacts."""
    return question.choices_from == "contacts"


def _names(said: Any, names: Mapping[str, str]) -> Any:
    if isinstance(said, list):
        return [names[one] for one in said if one in names]
    return names.get(str(said))


def sheet_document(sheet: Standing, names: Mapping[str, str]) -> dict[str, Any]:
    """A sheet for programs."""
    full, of = filled(sheet)
    points = score(sheet)
    return {
        "id": sheet.card.id,
        "verdict": verdict(sheet),
        "points": points[0] if points else None,
        "of": points[1] if points else None,
        "known": full,
        "items": of,
        "answers": [
            {
                "id": one.item.id, "part": one.part.id, "state": one.state, "answer": _plain(one, names),
                "because": one.because, "on": one.on, "worth": round(one.worth, 3), "means": one.means,
            }
            for one in sheet.held
        ],
    }  # fmt: skip


def _plain(one: Held, names: Mapping[str, str]) -> Any:
    return _names(one.answer, names) if is_about_people(one.item) and one.answer else one.answer


# The stage


def set_stage(session: "Session", name: str, stage: str, as_json: bool) -> Result:
    """Record the stage of a relationship."""
    if stage not in get_args(RelationshipStage):
        raise UsageError("stage-unknown", name=stage)
    client = find_client(session, name)
    saved = session.store().clients.save(replace(client, stage=stage))  # type: ignore[arg-type]  # checked above
    told = say("account.stage-set", session.lang, stage=say(f"account.stage-{stage}", session.lang))
    document = {"schema": "salescoach/client@1", "client": saved}
    return Result(document=document, show=told, json=as_json)
