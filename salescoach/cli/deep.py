"""`salescoach objection WORDS --deep`: the objection as a walk, from the pause to the next step.

It is walked where somebody can be asked (a terminal for questions and answer, no `--no-input`, no `--json`), with an
answers file (`--answers`), or printed to be filled in (`--questions`). Everywhere else (a pipe, `--no-input`, `--json`
without answers) `--deep` opens the whole answer and exits with 0, as scripts know it: a walk that nobody can take is
no mistake here, because the answer itself is all there.

With `--for` the finished walk is kept as an objection heard today, on today's planned visit of that client where there
is one. The debrief of that day starts with it and takes its place. Without `--for` nothing is kept.
"""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from salescoach.cli.result import Result
from salescoach.cli.walking import Asking, choices, conduct, tell
from salescoach.coach import deep as coach
from salescoach.coach.advice import Voice, voice
from salescoach.coach.deep import Case
from salescoach.coach.matching.words import fold
from salescoach.coach.objection import Answer
from salescoach.coach.prep import walked
from salescoach.errors import Interrupted
from salescoach.language import Lang, quoted, say, show_day
from salescoach.playbook.models import Objection, Technique
from salescoach.records.models import Client, Contact, Note, ObjectionMet
from salescoach.shape import value

if TYPE_CHECKING:
    from salescoach.cli.context import Session
    from salescoach.cli.objection import Listener
    from salescoach.walk.machine import Walk


@value
class Wish:
    """What the command line asked for."""

    words: str
    confident: bool  # the words lead to this topic without asking
    for_: str | None = None
    style: str | None = None
    why: bool = False
    answers: str | None = None
    questions: bool = False
    as_json: bool = False


def walks(session: "Session", wish: Wish) -> bool:
    """Whether the objection is walked: with answers, to be printed, or where somebody can be asked."""
    if wish.answers is not None or wish.questions:
        return True
    return not wish.as_json and session.interactive and sys.stdout.isatty()


def take_through(
    session: "Session", given: Answer, listener: "Listener", document: dict[str, Any], wish: Wish
) -> Result:
    """
    Walk the objection, keep it where it is for a client, and show what it came to.

    Raises:
        InvalidError: The answers file does not hold.
        Interrupted: Left before the end: the draft is kept, and what to say next has been said.
    """
    client = listener.history.client if listener.history else None
    case = _case(session, given, listener)
    asking = _asking(given.topic, client, wish)
    said = {} if _names(case, wish.words) else {"said": wish.words}
    if not wish.questions and wish.answers is None:
        _settle_older(session, asking)
    guide = Guide(case, session)
    try:
        walk = conduct(session, asking, lambda kept: _walk(session, said | dict(kept)), guide.beside())
    except Interrupted:
        if guide.at is not None:
            line = coach.say_next(case, guide.answers, guide.at)[0]
            tell(session, say("deep.stopped", session.lang, text=line.text))
        raise
    if isinstance(walk, Result):
        return walk
    made = coach.walked(case, walk.answers)
    kept = _keep(session, case, made, asking, client, listener.person)
    return _shown(made, case, document, wish, kept)


def _case(session: "Session", given: Answer, listener: "Listener") -> Case:
    library = session.library()

    def speaking(lang: Lang) -> Voice:
        return voice(lang, session.me(), client=listener.client, contact=listener.contact)

    return Case(
        given=given,
        book=library.get(Objection, given.topic),
        techniques={one.id: one for one in library.all(Technique)},
        speaker=speaking(session.lang),
        spoken=speaking(listener.spoken) if listener.spoken else None,
    )


def _names(case: Case, words: str) -> bool:
    """The words name the topic; they are nothing that a customer said."""
    title = case.book.title
    return fold(words) in {fold(case.book.id), *map(fold, (title,) if isinstance(title, str) else title.values())}


def _asking(topic: str, client: Client | None, wish: Wish) -> Asking:
    """
    How it is asked. The topic is part of the draft's command: so a client who is removed or merged takes the draft
    along. What was said stands in the draft, so words that were not clear need not be cleared up again.
    """
    options = [("--for", wish.for_), ("--style", wish.style)]
    line = ["salescoach objection", quoted(wish.words if wish.confident else topic), "--deep"]
    line += [f"{name} {quoted(text)}" for name, text in options if text is not None]
    return Asking(
        command=f"objection {topic}",
        subject=client.id if client else "",
        line=" ".join(line),
        answers=wish.answers,
        questions=wish.questions,
    )


def _settle_older(session: "Session", asking: Asking) -> None:
    """A walk that was left on another day was another talk, perhaps: the rep says whether it goes on."""
    drafts = session.store().drafts
    kept = drafts.find(asking.command, asking.subject)
    if kept is None or kept.updated == session.today:
        return
    from salescoach.walk.terminal import choose

    names = [say("deep.older-on", session.lang), say("deep.older-new", session.lang)]
    if choose(say("deep.older", session.lang, day=show_day(kept.updated, session.lang)), names, session.lang):
        drafts.drop(asking.command, asking.subject)


def _walk(session: "Session", kept: Mapping[str, Any]) -> "Walk":
    from salescoach.walk.machine import Walk

    library = session.library()
    return Walk(walked(library, "objection"), kept, today=session.today, choices=choices(library))


class Guide:
    """Stands beside the walk: says what to say at each question, and knows at which one it was left."""

    def __init__(self, case: Case, session: "Session") -> None:
        self.case, self.session = case, session
        self.at: str | None = None
        self.answers: Mapping[str, Any] = {}

    def beside(self) -> Any:
        """As a walk takes it."""
        from salescoach.walk.beside import Beside

        return Beside(lines=self.lines, fits=self.fits)

    def lines(self, question: str, answers: Mapping[str, Any]) -> Sequence[str]:
        """What to say at a question."""
        self.at, self.answers = question, answers
        lines = coach.lines_for(self.case, question, answers)
        return [say("deep.line", self.session.lang, text=line.text) for line in lines]

    def fits(self, question: str, answers: Mapping[str, Any]) -> Sequence[str]:
        """The techniques that fit the kind."""
        return coach.fitting(self.case, answers) if question == "technique" else ()


def _keep(
    session: "Session", case: Case, made: coach.Walked, asking: Asking, client: Client | None, contact: Contact | None
) -> tuple[str, ...]:
    """The objection heard, what it settles and what it has no place for, and the end of the draft: one transaction."""
    if client is None:
        if session.has_store():
            session.store().drafts.drop(asking.command, asking.subject)
        return ()
    store, lang = session.store(), session.lang
    met = _met(session, case, made, client, contact)
    note = coach.note_of(made, case.speaker)
    with store.transaction():
        store.objections.save(met)
        for earlier in store.objections.unresolved(client.id) if met.resolved else ():
            if earlier.topic == met.topic:
                store.objections.save(replace(earlier, resolved=True))
        if note:
            store.notes.add(Note(id=store.new_id(), client_id=client.id, on=session.today, text=note))
        store.drafts.drop(asking.command, asking.subject)
    said = say("deep.kept-visit" if met.visit_id else "deep.kept", lang, client=client.name)
    return (said, *([say("deep.kept-note", lang, client=client.name)] if note else []))


def _met(session: "Session", case: Case, made: coach.Walked, client: Client, contact: Contact | None) -> ObjectionMet:
    store, today = session.store(), session.today
    met = coach.record(case, made, store.new_id(), client.id, today, store.objections.of(client.id))
    planned = [one for one in store.visits.planned_for(client.id, today) if one.when == today]
    visit_id = met.visit_id or (planned[0].id if planned else None)
    return replace(met, visit_id=visit_id, contact_id=met.contact_id or (contact.id if contact else None))


def _shown(made: coach.Walked, case: Case, document: dict[str, Any], wish: Wish, kept: tuple[str, ...]) -> Result:
    whole = {**document, "walk": coach.document(made)}
    if wish.as_json:
        return Result(document=whole, json=True)
    from salescoach.cli.show import width
    from salescoach.render.deep import walked_text

    return Result(document=whole, show=walked_text(made, case.speaker, width(sys.stdout), kept=kept, why=wish.why))
