"""`salescoach profile`: a short quiz on what was seen in a person, and their style as far as it is known."""

import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from salescoach.cli.lookup import find_person
from salescoach.cli.options import Answers, Json, Questions
from salescoach.cli.result import Result
from salescoach.cli.understanding import lexicons
from salescoach.cli.walking import Asking, choices, conduct
from salescoach.coach import profile as coach
from salescoach.coach.advice import Voice, voice
from salescoach.coach.described import recognise
from salescoach.coach.style import read
from salescoach.errors import NotFoundError, UsageError
from salescoach.language import LANGS, Text, addressed, both, pick, say, visible
from salescoach.playbook.models import Checklist, Cue, Question, Section, Typology
from salescoach.records.ids import STYLES
from salescoach.records.models import Client, Contact, Observation

if TYPE_CHECKING:
    from salescoach.cli.context import Session
    from salescoach.walk.machine import Walk

app = typer.Typer(add_completion=False)
DRAFT = "profile"
#: Key of an answers file: cues that were not asked for, by id or in free words.
MORE = "cues"


@app.command(help="profile.help")
def profile(
    ctx: typer.Context,
    client: Annotated[str, typer.Argument(metavar="CLIENT[/CONTACT]", help="profile.client", show_default=False)],
    show: Annotated[bool, typer.Option("--show", help="profile.show")] = False,
    why: Annotated[bool, typer.Option("--why", help="profile.why")] = False,
    answers: Answers = None,
    questions: Questions = False,
    as_json: Json = False,
) -> Result:
    """Ask what was seen, unless it is only to be shown; keep it, and show the profile."""
    session: Session = ctx.obj
    if show and (answers is not None or questions):
        raise UsageError("profile-show-alone")
    who, contact = _whom(session, *find_person(session, client))
    about = About(session, who, contact)
    if not show:
        asking = Asking(command=DRAFT, subject=about.subject, line=about.command, answers=answers, questions=questions)
        walk = conduct(session, asking, about.walk_for(asking), about.beside())
        if isinstance(walk, Result):
            return walk
        about.keep(walk.answers)
    return about.shown(why=why, as_json=as_json)


def _whom(session: "Session", who: Client, contact: Contact | None) -> tuple[Client, Contact | None]:
    """
    The person meant; where only a client is named, the one person there, or the one picked at a terminal.

    Raises:
        NotFoundError: There are several, and nobody can be asked.
    """
    people = list(session.store().contacts.of(who.id)) if contact is None and who.kind == "company" else []
    if len(people) > 1 and not session.interactive:
        raise NotFoundError("profile-whom", nearest=[f"{who.name}/{one.name}" for one in people[:3]], client=who.name)
    if len(people) > 1:
        from salescoach.walk.terminal import choose

        names = [visible(one.name) for one in people]
        return who, people[choose(say("profile.whom", session.lang), names, session.lang)]
    return who, people[0] if people else contact


class About:
    """One person, or a client without people: what is asked of them, kept and shown."""

    def __init__(self, session: "Session", who: Client, contact: Contact | None) -> None:
        self.session, self.who, self.contact = session, who, contact
        self.styles: Typology = session.library().get(Typology, "styles")
        self.titles = {entry.id: entry.title for entry in self.styles.entries}

    @property
    def subject(self) -> str:
        """What a draft is about."""
        return self.contact.id if self.contact else self.who.id

    @property
    def command(self) -> str:
        """The command line that asks again."""
        return f"salescoach profile {addressed(self.who.name, self.contact.name if self.contact else '')}"

    @property
    def seen(self) -> list[Observation]:
        """What was observed in this person; of a client without people, in the client."""
        wanted = self.contact.id if self.contact else None
        return [one for one in self._observed if one.contact_id == wanted]

    @property
    def _observed(self) -> Sequence[Observation]:
        return self.session.store().observations.of(self.who.id)

    # Asking

    def beside(self) -> Any:
        """As a walk takes it: leaving a question open has a name of its own."""
        from salescoach.walk.beside import Beside

        nothing: Sequence[str] = ()
        unanswered = say("profile.not-noticed", self.session.lang)
        return Beside(lines=lambda *_: nothing, fits=lambda *_: nothing, unanswered=unanswered)

    def walk_for(self, asking: Asking) -> Any:
        """Makes the walk: a file may answer any cue of the playbook, and have more in free words."""
        in_file = asking.questions or asking.answers is not None

        def build(kept: Mapping[str, Any]) -> "Walk":
            from salescoach.walk.machine import Walk

            picked = self._picked(kept)
            rest = [cue for cue in self.styles.cues if cue not in picked] if asking.answers is not None else []
            made = checklist(self._asks((*picked, *rest)), self._more() if in_file else (), self._title())
            today = self.session.today
            return Walk((made,), kept, today=today, choices=choices(self.session.library()))

        return build

    def _picked(self, kept: Mapping[str, Any]) -> tuple[Cue, ...]:
        from salescoach.walk.machine import SKIPPED

        passed = [str(path[0]) for path in kept.get(SKIPPED, ())]
        begun = tuple(dict.fromkeys((*passed, *kept)))
        today = self.session.today
        return coach.quiz(self.styles, read(self.styles, self.seen, today), today, begun)

    def _asks(self, cues: Sequence[Cue]) -> tuple[Question, ...]:
        return tuple(Question(id=cue.id, ask=cue.text, type="yes-no", why=self._why(cue)) for cue in cues)

    def _why(self, cue: Cue) -> Text:
        best = self.titles[max(STYLES, key=lambda style: cue.likelihood.get(style, 0.25))]
        return {lang: say("profile.because", lang, style=pick(best, lang)) for lang in LANGS}

    def _more(self) -> tuple[Question, ...]:
        return (Question(id=MORE, ask=both("profile.cues"), type="many-of", choices_from="cues", open=True),)

    def _title(self) -> Text:
        name = visible(self.contact.name if self.contact else self.who.name)
        return {lang: say("profile.quiz", lang, name=name) for lang in LANGS}

    # Keeping

    def keep(self, answers: Mapping[str, Any]) -> None:
        """A yes is an observation of today, unless it was made already; a no says nothing. The draft ends."""
        store, today = self.session.store(), self.session.today
        known = {one.cue for one in self.seen if one.on == today}
        cues = [cue for cue in self._cues(answers) if cue not in known]
        with store.transaction():
            for cue in cues:
                store.observations.add(self._observation(cue))
            store.drafts.drop(DRAFT, self.subject)

    def _cues(self, answers: Mapping[str, Any]) -> tuple[str, ...]:
        known = lexicons(self.session.library()) if answers.get(MORE) else None
        words = answers.get(MORE) or ()
        more = [cue for said in words for cue in recognise(self.styles, said, known) or (said,)]
        return tuple(dict.fromkeys((*(key for key, said in answers.items() if said is True), *more)))

    def _observation(self, cue: str) -> Observation:
        return Observation(
            id=self.session.store().new_id(),
            client_id=self.who.id,
            on=self.session.today,
            cue=cue,
            contact_id=self.contact.id if self.contact else None,
        )

    # Showing

    def shown(self, *, why: bool, as_json: bool) -> Result:
        """The profile as it is now."""
        session, me = self.session, self.session.me()
        name = self.contact.name if self.contact else ""
        speaker: Voice = voice(session.lang, me, client=self.who.name, contact=name)
        made = coach.profile(
            session.library(),
            self.seen,
            self.who.name,
            self.contact,
            me.style,
            session.today,
            speaker,
            among=[one for one in self._observed if one.contact_id is None] if self.contact else (),
        )
        document = coach.document(made)
        if why:
            document["why"] = [line.because() for line in made.because()]
        if as_json:
            return Result(document=document, json=True)
        return Result(document=document, show=self._picture(made, why=why))

    def _picture(self, made: coach.Profile, *, why: bool) -> Any:
        from salescoach.cli.show import width
        from salescoach.render.profile import ProfileView, profile_text

        session = self.session
        titles = {id_: pick(title, session.lang) for id_, title in self.titles.items()}
        mine = session.me().style is not None
        view = ProfileView(made, titles, session.lang, session.today, mine=mine, command=self.command)
        return profile_text(view, width(sys.stdout), why=why)


def checklist(asked: Sequence[Question], more: Sequence[Question], title: Text) -> Checklist:
    """The quiz as a checklist of this run."""
    section = Section(id="cues-seen", title=title, questions=(*asked, *more))
    return Checklist(
        kind="checklist", id="profile", version=1, title=title, sources=("ours",), use="debrief", sections=(section,)
    )
