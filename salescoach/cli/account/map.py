"""`salescoach account map`: the buying centre, what goes with a person, the relationship plan, the guided series."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from salescoach.cli.gather import titles
from salescoach.cli.lookup import contact_called, find_person, newcomer
from salescoach.cli.result import Result
from salescoach.cli.walking import Asking, choices, conduct, tell
from salescoach.coach import centre as coach
from salescoach.coach.advice import voice
from salescoach.coach.assess import Standing, as_checklist, known_answers, standing, taken
from salescoach.coach.said import in_words
from salescoach.errors import UsageError
from salescoach.language import LANGS, Lang, pick, quoted, say
from salescoach.playbook.models import Checklist, Scorecard, Typology
from salescoach.records.account import Assessment, Said
from salescoach.records.models import Client, Contact
from salescoach.records.names import clean_name
from salescoach.render.centre import CentreView, Command, centre_html, centre_markdown, centre_text
from salescoach.shape import value

if TYPE_CHECKING:
    from salescoach.cli.context import Session
    from salescoach.playbook.library import Library
    from salescoach.walk.machine import Walk

#: What drafts of this command are filed under.
COMMAND = "account map"
PERSON, ACCOUNT, PLAN = "person", "account-map", "relationship-plan"
#: Columns of what is written to a file.
FILE_WIDTH = 80
#: Gaps that are named after a walk.
STILL = 3


@value
class Wish:
    """What is to be shown, and how."""

    without: str | None = None
    plan: bool = False
    json: bool = False
    format: str = "text"
    output: Path | None = None


def show_map(
    session: "Session",
    client_text: str,
    *,
    without: str | None,
    plan: bool,
    ask: bool,
    answers: str | None,
    questions: bool,
    as_json: bool,
    format_: Literal["text", "md", "html"] | str,
    output: Path | None,
) -> Result:
    """
    The map of a client; of a person, or where it is asked for, the guided series.

    Raises:
        NotFoundError: No such client or person.
        UsageError: There is nobody to be asked, and there are no answers; or a format that there is not.
    """
    if format_ not in ("text", "md", "html"):
        raise UsageError("format-unknown", name=format_)
    client, contact = find_person(session, client_text)
    wish = Wish(without=without, plan=plan, json=as_json, format=format_, output=output)
    walks = ask or answers is not None or questions
    if not walks and (contact is None or plan or without is not None):
        return _shown(session, client, wish)
    if contact is None and ask and answers is None and not questions and session.interactive:
        contact = _which(session, client)
    asked = _Asked(session, client, contact, answers=answers, questions=questions)
    return asked.walked(wish)


# The map


def cards_of(library: "Library") -> coach.Cards:
    """What the map rests on."""
    return coach.Cards(
        person=library.get(Scorecard, PERSON),
        account=library.get(Scorecard, ACCOUNT),
        plan=library.get(Scorecard, PLAN),
        departments=library.get(Typology, "departments").entries,
    )


def centre_of(session: "Session", client: Client) -> coach.Centre:
    """The buying centre of a client as the records know it."""
    store = session.store()
    return coach.centre(
        client,
        store.contacts.of(client.id),
        store.visits.held(client.id),
        store.touches.of(client.id),
        store.assessments.of(client.id),
        cards_of(session.library()),
        session.today,
        promises=store.promises.open_of(client.id),
    )


def gaps_told(session: "Session", drawn: coach.Centre, gaps: Sequence[coach.Gap]) -> tuple[coach.Told, ...]:
    """Gaps in words, each with what to do about it."""
    speaker = voice(session.lang, session.me(), client=drawn.client.name)
    words = session.library().get(Typology, "map-gaps")
    return coach.told(gaps, words, drawn.book.cards.departments, speaker)


def _shown(session: "Session", client: Client, wish: Wish) -> Result:
    drawn = centre_of(session, client)
    loss = None
    if wish.without is not None:
        gone = session.store().contacts.find(client, wish.without)
        loss = coach.without(drawn, gone.id)
    gaps = gaps_told(session, drawn, drawn.gaps)
    opening = gaps_told(session, drawn, loss.gaps) if loss is not None else ()
    document = coach.document(drawn, gaps, loss, opening)
    if wish.json:
        return Result(document=document, json=True)
    view = CentreView(
        drawn,
        session.lang,
        {entry.id: pick(entry.title, session.lang) for entry in drawn.book.cards.departments},
        gaps if loss is None else opening,
        _commands(session, drawn, wish),
        loss=loss,
        plan=wish.plan,
    )
    return _in_format(session, view, document, wish)


def _in_format(session: "Session", view: CentreView, document: Mapping[str, Any], wish: Wish) -> Result:
    """As text, Markdown or HTML, on the screen or in a file."""
    from salescoach.cli.show import width

    picture: Any
    if wish.format == "text":
        picture = centre_text(view, width(sys.stdout) if wish.output is None else FILE_WIDTH)
    else:
        picture = centre_html(view) if wish.format == "html" else centre_markdown(view)
    if wish.output is None:
        return Result(document=document, show=picture)
    from salescoach.cli.prep import write_file

    write_file(wish.output, picture)
    return Result(document=document, show=say("prep.written", session.lang, path=wish.output))


def _commands(session: "Session", drawn: coach.Centre, wish: Wish) -> list[Command]:
    """What to type next: two lines at most."""
    lang, name = session.lang, drawn.client.name
    if not drawn.people:
        return [_command(lang, "next-contact", f"salescoach contact add {quoted(name)} NAME")]
    if wish.plan:
        idle = next((one for one in drawn.people if not one.plan.stands(session.today)), None)
        return [_about(lang, "next-step", drawn.client, idle.contact)] if idle is not None else []
    if wish.without is not None:
        return [_command(lang, "see-map", f"salescoach account map {quoted(name)}")]
    found = []
    if (person := coach.next_to_ask(drawn)) is not None:
        found.append(_about(lang, "next-person", drawn.client, person.contact))
    if drawn.technical_content is None:
        found.append(_command(lang, "next-account", f"salescoach account map {quoted(name)} --ask"))
    return found or [_command(lang, "next-plan", f"salescoach account map {quoted(name)} --plan")]


def _command(lang: Lang, key: str, line: str) -> Command:
    return Command(what=say(f"centre.{key}", lang), line=line)


def _about(lang: Lang, key: str, client: Client, contact: Contact) -> Command:
    what = say(f"centre.{key}", lang, name=contact.name)
    return Command(what=what, line=f"salescoach account map {quoted(f'{client.name}/{contact.name}')}")


# The guided series


def _which(session: "Session", client: Client) -> Contact | None:
    """Which person is meant; None for the account as a whole."""
    from salescoach.walk.terminal import choose

    drawn = centre_of(session, client)
    names = [say("centre.whole", session.lang), *(one.name for one in drawn.people)]
    wanted = coach.next_to_ask(drawn) if drawn.technical_content else None
    pointed = drawn.people.index(wanted) + 1 if wanted else 0
    place = choose(say("centre.which", session.lang), names, session.lang, pointed=pointed)
    return drawn.people[place - 1].contact if place else None


class _Asked:
    """One walk: about a person, or about the account as a whole."""

    def __init__(
        self, session: "Session", client: Client, contact: Contact | None, *, answers: str | None, questions: bool
    ) -> None:
        self.session, self.client, self.contact = session, client, contact
        self.lang: Lang = session.lang
        self.others = [one for one in session.store().contacts.of(client.id) if contact is None or one.id != contact.id]
        self.in_file = answers is not None or questions
        self.asking = Asking(
            command=COMMAND,
            subject=contact.id if contact is not None else client.id,
            line=f"salescoach account map {quoted(f'{client.name}/{contact.name}' if contact else client.name)}"
            + ("" if contact else " --ask"),
            answers=answers,
            questions=questions,
        )
        cards = cards_of(session.library())
        wanted = (cards.account,) if contact is None else (cards.person, cards.plan)
        said = session.store().assessments.of(client.id)
        subject = contact.id if contact is not None else None
        self.sheets = [standing(card, said, session.today, contact_id=subject) for card in wanted]

    def walked(self, wish: Wish) -> Result:
        """Ask, keep what was said, and say what was kept."""
        walk = conduct(self.session, self.asking, self.build)
        if isinstance(walk, Result):
            return walk
        proposed = coach.proposal(self.sheets[0].card, walk.answers)
        after = self.judged(proposed)
        keep = after is not None and self.agreed(proposed, after)
        new = self.save(walk, after if keep else None)
        if wish.json or wish.output is not None or wish.format != "text":
            return _shown(self.session, self.client, wish)
        return Result(document={}, show=self.told(walk, after, keep, new))

    def build(self, kept: Mapping[str, Any]) -> "Walk":
        """The series in its order, what was answered before as defaults."""
        from salescoach.walk.machine import Walk

        session = self.session
        lists = [self.checklist(sheet) for sheet in self.sheets]
        known = {key: said for sheet in self.sheets for key, said in self.named(sheet).items()}
        people = choices(session.library(), self.others)
        return Walk(lists, kept, today=session.today, choices=people, known=known)

    def checklist(self, sheet: Standing) -> Checklist:
        """Everything that is asked of a sheet; the thorough questions in a file alone."""
        wanted = [one for one in sheet.held if self.in_file or one.item.pace != "deep"]
        return as_checklist(sheet, wanted, {lang: say("account.because", lang) for lang in LANGS})

    def named(self, sheet: Standing) -> dict[str, Any]:
        """What is known, people by name."""
        names = {one.id: one.name for one in self.others}
        known = known_answers(sheet)
        for id_ in _of_people(sheet):
            said = known.pop(id_, None)
            found = [names[one] for one in ([said] if isinstance(said, str) else said or ()) if one in names]
            if found:
                known[id_] = found[0] if isinstance(said, str) else found
        return known

    def judged(self, proposed: coach.Proposal) -> Contact | None:
        """The contact as the answers have it; None where they change nothing."""
        if self.contact is None:
            return None
        after = replace(
            self.contact,
            roles=proposed.roles_after(self.contact.roles),
            stance=proposed.stance or self.contact.stance,
            influence=proposed.influence or self.contact.influence,
        )
        same = set(after.roles) == set(self.contact.roles) and replace(after, roles=self.contact.roles) == self.contact
        return None if same else after

    def agreed(self, proposed: coach.Proposal, after: Contact) -> bool:
        """At a terminal the rep has the last word."""
        if self.in_file:
            return True
        from typer import confirm

        words = titles(self.session.library(), self.lang)
        tell(self.session, say("centre.proposed", self.lang))
        for reason in proposed.because:
            tell(self.session, f"  {self.reason(reason, words)}")
        tell(self.session, say("centre.would-be", self.lang, name=after.name, line=self.line(after)))
        return confirm(say("centre.keep", self.lang), default=True, err=True)

    def reason(self, reason: coach.Reason, words: Mapping[str, str]) -> str:
        """An answer and what it speaks for."""
        speaks = [words.get(id_, id_) for id_ in reason.mark.proposes]
        speaks += [say("centre.influence", self.lang, points=reason.mark.points)] if reason.mark.points else []
        return say(
            "centre.reason",
            self.lang,
            ask=pick(reason.item.ask, self.lang),
            answer="".join(in_words(reason.item, reason.mark.id, self.lang)),
            proposes=say("centre.between", self.lang).join(speaks),
        )

    def line(self, contact: Contact) -> str:
        """Roles, stance and influence in words."""
        words = titles(self.session.library(), self.lang)
        parts = [*(words.get(role, role) for role in contact.roles), words.get(contact.stance or "", "")]
        parts += [say("centre.influence", self.lang, points=contact.influence)] if contact.influence else []
        return " · ".join(part for part in parts if part)

    def save(self, walk: "Walk", after: Contact | None) -> list[str]:
        """Answers, the contact, newcomers and the end of the draft in one transaction; the names of the newcomers."""
        store = self.session.store()
        new: list[str] = []
        with store.transaction():
            for sheet in self.sheets:
                answers = self.with_ids(sheet, walk.answers, new)
                record = self.record(sheet, answers)
                if record is not None:
                    store.assessments.add(record)
            if after is not None:
                store.contacts.save(after)
            store.drafts.drop(self.asking.command, self.asking.subject)
        return new

    def with_ids(self, sheet: Standing, answers: Mapping[str, Any], new: list[str]) -> dict[str, Any]:
        """The answers with people as contact ids; who is not known becomes a contact."""
        found = dict(answers)
        for id_ in _of_people(sheet):
            said = found.get(id_)
            if isinstance(said, str):
                found[id_] = self.contact_id(said, new)
            elif said:
                ids = [self.contact_id(name, new) for name in said]
                found[id_] = list(dict.fromkeys(one for one in ids if one))
        return found

    def contact_id(self, name: str, new: list[str]) -> str | None:
        """Whom a name means; None for the very person it is about."""
        known = contact_called(self.session, self.client, name)
        if known is None:
            known = newcomer(self.session, self.client, clean_name(name))
            new.append(known.name)
        return None if self.contact is not None and known.id == self.contact.id else known.id

    def record(self, sheet: Standing, answers: Mapping[str, Any]) -> Assessment | None:
        """What was answered, lists that are empty now among it: nobody is at odds with them any more."""
        store, today = self.session.store(), self.session.today
        made = taken(sheet, answers, today, store.new_id, self.client.id)
        emptied = {id_: Said(answer=[]) for id_ in _of_people(sheet) if answers.get(id_) == [] and sheet.answer(id_)}
        if not emptied:
            return made
        if made is not None:
            return replace(made, answers={**made.answers, **emptied})
        return Assessment(
            id=store.new_id(), client_id=self.client.id, contact_id=sheet.contact_id, sheet=sheet.card.id,
            version=sheet.card.version, on=today, answers=emptied,
        )  # fmt: skip

    def told(self, walk: "Walk", after: Contact | None, kept: bool, new: Sequence[str]) -> str:
        """What was kept, who is new, what is still missing, and where the map is."""
        from salescoach.cli.show import broken, shown

        lang = self.lang
        if not walk.answers:
            return say("centre.nothing-said", lang)
        lines = [self.kept_line(after, kept)]
        if new:
            lines.append(say("centre.new-people", lang, names=coach.listing(new, lang, len(new))))
        drawn = centre_of(self.session, self.client)
        missing = gaps_told(self.session, drawn, drawn.gaps)
        lines += [say("centre.still-open", lang)] if missing else []
        lines += [f"· {gap.text}" for gap in missing[:STILL]]
        line = f"salescoach account map {quoted(self.client.name)}"
        lines.append(say("centre.command", lang, what=say("centre.see-map", lang), command=line))
        return "\n".join(broken(shown(one), sys.stdout) for one in lines)

    def kept_line(self, after: Contact | None, kept: bool) -> str:
        """What became of the answers."""
        if self.contact is None:
            return say("centre.saved", self.lang, line=self.client.name)
        if after is not None and not kept:
            return say("centre.left", self.lang, name=self.contact.name)
        person = after or self.contact
        line = " · ".join(part for part in (person.name, self.line(person)) if part)
        return say("centre.saved", self.lang, line=line)


def _of_people(sheet: Standing) -> list[str]:
    """The items of a sheet that are answered with people."""
    return [one.item.id for one in sheet.held if one.item.choices_from == "contacts"]
