"""What the crisis command works at: which crisis is meant, what is asked about it, and its report."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from salescoach.cli.lookup import find_client
from salescoach.cli.output import columns, delivered
from salescoach.cli.result import Result
from salescoach.cli.unfinished import few
from salescoach.cli.walking import choices
from salescoach.coach import crisis as coach
from salescoach.coach.advice import voice
from salescoach.errors import NotFoundError, UsageError
from salescoach.language import quoted, say, show_day, visible
from salescoach.playbook.facts import Facts
from salescoach.playbook.models import Checklist, Entry, Typology
from salescoach.records.account import Crisis
from salescoach.records.ids import CrisisKind
from salescoach.records.models import Client
from salescoach.records.names import short_id
from salescoach.shape import value

if TYPE_CHECKING:
    from salescoach.cli.context import Session
    from salescoach.walk.beside import Beside
    from salescoach.walk.machine import Walk

KINDS: tuple[CrisisKind, ...] = get_args(CrisisKind)
#: What drafts of the two walks are filed under, which is also the use of their checklists; the subject is the crisis.
PLAN, REVIEW = "crisis", "crisis-review"
#: The id of a crisis that nobody has decided to keep.
UNSAVED = ""
#: The question beside which a message is shown, and the audience that it is for.
SAID_NOW, CLIENT = "holding_statement", "client"


@value
class Wish:
    """What the command line asks for, beside the one thing to be done."""

    words: tuple[str, ...] = ()
    client: str | None = None
    by: str = ""
    drafts: bool = False
    fresh: bool = False
    answers: str | None = None
    questions: bool = False
    phase: coach.Phase | None = None
    form: str = "text"
    output: Path | None = None
    as_json: bool = False


class Desk:
    """Where the crises are, and how they are shown in this run."""

    def __init__(self, session: "Session", wish: Wish) -> None:
        self.session, self.wish, self.lang = session, wish, session.lang

    @cached_property
    def lists(self) -> list[Checklist]:
        """The checklists of the plan, and those of the review, which want an owner for each measure."""
        library = self.session.library()
        return [*library.labelled(Checklist, PLAN), *coach.owned(library.labelled(Checklist, REVIEW))]

    @cached_property
    def typologies(self) -> dict[str, Typology]:
        """All typologies by id."""
        return {book.id: book for book in self.session.library().all(Typology)}

    @cached_property
    def now(self) -> str:
        """The day of this run and the time by the clock: "2026-12-01 14:05"."""
        return f"{self.session.today.isoformat()} {datetime.now().astimezone():%H:%M}"

    @property
    def columns(self) -> int:
        """Of the screen, or of a file."""
        return columns(self.wish.output)

    # Words for a crisis

    def name_of(self, one: Crisis) -> str:
        """The client's name; "" where it is about none."""
        return self.session.store().clients.get(one.client_id).name if one.client_id else ""

    def line(self, one: Crisis) -> str:
        """The command line that goes on with a crisis."""
        client = self.name_of(one)
        return f"salescoach crisis {one.kind}" + (f" --for {quoted(client)}" if client else "")

    def about(self, one: Crisis) -> str:
        """A crisis in a few words."""
        parts = (say(f"crisis.short-{one.kind}", self.lang), self.name_of(one), show_day(one.opened, self.lang))
        return " · ".join(visible(part) for part in parts if part)

    # Which one

    @cached_property
    def client(self) -> Client | None:
        """The client that was named."""
        wanted = self.wish.client
        return find_client(self.session, wanted, may_add=True) if wanted else None

    @cached_property
    def named(self) -> tuple[CrisisKind | None, Crisis | None, str]:
        """
        The kind, the crisis by its id, and the audience that the words name.

        Raises:
            UsageError: A word is none of these.
        """
        kind: CrisisKind | None = None
        one: Crisis | None = None
        audience = ""
        for word in self.wish.words:
            if meant := next((known for known in KINDS if known == word and kind is None), None):
                kind = meant
            elif self.wish.drafts and not audience and (entry := self._audience(word)):
                audience = entry.id
            elif kind is None and one is None:
                one = self._by_id(word)
            else:
                raise UsageError("usage-extra", name=word)
        return kind, one, audience

    def _audience(self, word: str) -> Entry | None:
        from salescoach.cli.gather import entry_called

        book = self.typologies.get("crisis-phases")
        return entry_called(book, word) if book else None

    def _by_id(self, word: str) -> Crisis:
        if self.session.has_store():
            try:
                return self.session.store().crises.get(word)
            except NotFoundError as error:
                if error.key == "id-ambiguous":
                    raise
        if self.wish.drafts and (book := self.typologies.get("crisis-phases")):
            raise UsageError("crisis-audience", name=word, choices=", ".join(entry.id for entry in book.entries))
        raise UsageError("crisis-kind", name=word)

    def found(self) -> Crisis | None:
        """
        The crisis that is meant: the one named, else the open one of that kind and client. None: there is none.

        Raises:
            UsageError: More than one is open, and nobody is there to ask.
        """
        kind, one, _ = self.named
        if one is not None or not self.session.has_store():
            return one
        fits = [
            one
            for one in self.session.store().crises.open()
            if kind in (None, one.kind) and (self.client is None or one.client_id == self.client.id)
        ]
        if kind is not None and self.client is None:
            fits = [one for one in fits if one.client_id is None][:1] or fits
        return self._chosen(fits) if len(fits) > 1 else next(iter(fits), None)

    def _chosen(self, fits: Sequence[Crisis]) -> Crisis:
        if not self.session.interactive:
            names, more = few([f"{self.about(one)} ({short_id(one.id)})" for one in fits], self.lang)
            raise UsageError("crisis-several", count=len(fits), names=names, more=more)
        from salescoach.walk.terminal import choose

        return fits[choose(say("crisis.which-open", self.lang), [self.about(one) for one in fits], self.lang)]

    def needed(self) -> Crisis:
        """
        The crisis that is meant, open or closed, with what a walk under way has answered.

        Raises:
            NotFoundError: There is none.
        """
        if (one := self.found()) is None:
            raise NotFoundError("crisis-none-open")
        return self.drafted(one)

    def still_open(self, one: Crisis) -> Crisis:
        """
        The crisis itself, where something may still be done about it.

        Raises:
            UsageError: It is closed.
        """
        if one.closed is not None:
            raise UsageError("crisis-closed", day=show_day(one.closed, self.lang), id=short_id(one.id))
        return one

    def drafted(self, one: Crisis) -> Crisis:
        """The crisis with what its walks under way have answered so far."""
        from salescoach.walk.machine import SKIPPED

        answers = dict(one.answers)
        for command in (PLAN, REVIEW) if one.id else ():
            if draft := self.session.store().drafts.find(command, one.id):
                answers |= draft.answers
        answers.pop(SKIPPED, None)
        return replace(one, answers=answers)

    def kind(self) -> CrisisKind:
        """
        The kind of a new crisis; asked where there is somebody to ask.

        Raises:
            UsageError: Nobody is.
        """
        kind, _, _ = self.named
        if kind is not None:
            return kind
        if not self.session.interactive:
            raise UsageError("crisis-kind-missing")
        from salescoach.walk.terminal import choose

        names = [say(f"crisis.kind-{one}", self.lang) for one in KINDS]
        return KINDS[choose(say("crisis.which", self.lang), names, self.lang)]

    # The report

    def made(self, one: Crisis) -> coach.Report:
        """The report of a crisis."""
        plan, review = (Build(self, one, use)({}) for use in (PLAN, REVIEW))
        done = {coach.DONE: one.answers[coach.DONE]} if coach.DONE in one.answers else {}
        client = self.name_of(one)
        return coach.report(
            self.lists,
            self.typologies,
            replace(one, answers={**plan.answers, **review.answers, **done}),
            self.session.today,
            voice(self.lang, self.session.me(), client=client),
            asked=plan.asked,
            phase=self.wish.phase or coach.phase_at(one, self.now),
            client=client,
        )

    def show(self, one: Crisis) -> Result:
        """The report as a result."""
        made = self.made(one)
        document = coach.document(made)
        return self.out(document, None if self.wish.as_json else self._picture(made, one))

    def out(self, document: Mapping[str, Any], picture: Any) -> Result:
        """A document and its picture as a result; the picture in a file where one was named."""
        if self.wish.as_json:
            return Result(document=document, show=picture, json=True)
        return delivered(self.session, document, picture, self.wish.output)

    def _picture(self, made: coach.Report, one: Crisis) -> Any:
        from salescoach.render.crisis import crisis_html, crisis_markdown, crisis_text

        if self.wish.form == "text":
            return crisis_text(made, self.lang, self.columns, self._closing(made, one))
        return crisis_html(made, self.lang) if self.wish.form == "html" else crisis_markdown(made, self.lang)

    def _closing(self, made: coach.Report, one: Crisis) -> list[str]:
        """The commands that go on from here."""
        if one.closed is not None:
            return []
        key = "crisis.open" if made.open else "crisis.change"
        asked = say(key, self.lang, count=made.open, command=self.line(one))
        return [asked, say("crisis.add", self.lang), say("crisis.later", self.lang)]


class Build:
    """Makes the walk of a crisis from the answers it starts with: those of a draft, else those of the record."""

    def __init__(self, desk: Desk, one: Crisis, use: str, part: str = "", *, begins_now: bool = False) -> None:
        self.desk, self.one, self.use, self.part, self.begins_now = desk, one, use, part, begins_now

    def __call__(self, kept: Mapping[str, Any]) -> "Walk":
        """The walk; of one part alone where one was chosen, its answers to be confirmed or changed."""
        from salescoach.walk.machine import SKIPPED, Walk

        lists = [book for book in self.desk.lists if book.use == self.use]
        answers = dict(kept) or {key: said for key, said in self.one.answers.items() if key != SKIPPED}
        if self.part and not kept:
            sections = [section for book in lists for section in book.sections if section.id == self.part]
            again = {question.id for section in sections for question in section.questions}
            answers = {key: said for key, said in answers.items() if key not in again}
            lists = coach.only(lists, self.part)
        return Walk(
            lists,
            answers,
            today=self.desk.session.today,
            facts=lambda _: Facts(crisis_kind=self.one.kind),
            choices=choices(self.desk.session.library()),
            known=dict(self.one.answers) | ({coach.BEGAN: self.desk.now[11:]} if self.begins_now else {}),
        )

    def beside(self) -> "Beside":
        """What can be said now stands beside the question for it."""
        from salescoach.walk.beside import Beside

        return Beside(lines=self._lines, fits=lambda question, answers: ())

    def _lines(self, question: str, answers: Mapping[str, Any]) -> list[str]:
        if question != SAID_NOW:
            return []
        made = self.desk.made(replace(self.one, answers=dict(answers)))
        drafts = [line.text for one in made.audiences if one.id == CLIENT for line in one.drafts]
        return [say("crisis.for-example", self.desk.lang, text=drafts[0])] if drafts else []
