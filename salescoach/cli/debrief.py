"""`salescoach debrief`: what happened becomes an outcome, promises and one lesson."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from salescoach.cli.gather import history_of, titles
from salescoach.cli.lookup import contact_called
from salescoach.cli.meter import Meter
from salescoach.cli.options import Answers, Json, Questions
from salescoach.cli.result import Result
from salescoach.cli.understanding import find as find_topics
from salescoach.cli.understanding import lexicons, topics_of
from salescoach.cli.waiting import DAY, find_visit
from salescoach.cli.walking import Asking, choices, conduct, tell
from salescoach.coach import debrief as coach
from salescoach.coach import matching
from salescoach.coach.advice import voice
from salescoach.coach.carry import to_ask
from salescoach.coach.deep import in_place, joined, known_to
from salescoach.coach.described import recognise
from salescoach.coach.history import History
from salescoach.coach.prep import guess_purpose, title_of, walked_for
from salescoach.coach.used import used_in_debrief
from salescoach.errors import InvalidError
from salescoach.language import pick, quoted, say, show_day
from salescoach.playbook.models import Objection, Typology
from salescoach.records.models import Client, ObjectionMet, Visit

if TYPE_CHECKING:
    from salescoach.cli.context import Session
    from salescoach.playbook.facts import Facts
    from salescoach.playbook.models import Pace
    from salescoach.walk.beside import Beside
    from salescoach.walk.machine import Walk
    from salescoach.walk.tree import Path

app = typer.Typer(add_completion=False)


@app.command(help="debrief.help")
def debrief(
    ctx: typer.Context,
    client: Annotated[str | None, typer.Argument(help="debrief.client", show_default=False)] = None,
    when: Annotated[str | None, typer.Option("--when", metavar="DATE", help="debrief.when")] = None,
    quick: Annotated[bool, typer.Option("--quick", help="debrief.quick")] = False,
    deep: Annotated[bool, typer.Option("--deep", help="debrief.deep")] = False,
    why: Annotated[bool, typer.Option("--why", help="debrief.why")] = False,
    answers: Answers = None,
    questions: Questions = False,
    as_json: Json = False,
) -> Result:
    """Walk the debrief of a visit, judge it, save what follows from it, and show the verdict."""
    session: Session = ctx.obj
    at_terminal = answers is None and not questions and session.interactive
    waiting = find_visit(session, client, when, resuming=at_terminal)
    who, visit, planned = waiting.client, waiting.visit, waiting.planned
    found = visit if planned else None
    lately = tuple(session.store().visits.last_debriefed(coach.RECENT))
    history = replace(history_of(session, who), planned=visit if planned else None, lately=lately)
    met = _walked_before(session, visit)
    history = replace(history, unresolved=tuple(one for one in history.unresolved if one not in met))
    visit = visit if visit.purpose else replace(visit, purpose=guess_purpose(history, session.today))
    pace: Pace = "quick" if quick else "deep" if deep else "normal"
    asking = Asking(
        command="debrief",
        subject=visit.id if planned else who.id,
        line=f"salescoach debrief {quoted(who.name)}" + (" --quick" if quick else ""),
        answers=answers,
        questions=questions,
        empty=False,
        carried={} if planned else {DAY: visit.when.isoformat()},
    )
    if at_terminal:
        purpose = title_of(session.library(), "purposes", visit.purpose, session.lang)
        of = say("debrief.of", session.lang, client=who.name, purpose=purpose, day=show_day(visit.when, session.lang))
        tell(session, of)
    meter = Meter()
    build = Builder(session, history, visit, pace, met, file=answers is not None)
    walk = conduct(session, asking, build, _beside(session, visit), meter=meter)
    if isinstance(walk, Result):
        return walk
    if answers is not None:
        _refuse_lost(walk)
    said = _completed(session, walk.answers | _named(walk), met)
    # with --quick a file is held to what it says, and to nothing else
    verdict = _judged(session, history, visit, said, () if quick and answers is not None else walk.asked)
    if verdict.objections:
        verdict = replace(verdict, objections=in_place(verdict.objections, said["objections"]))
    if verdict.visit.debrief:
        counted = replace(verdict.visit.debrief, effort=meter.effort)
        verdict = replace(verdict, visit=replace(verdict.visit, debrief=counted))
    _save(session, history, visit, found, verdict, asking)
    return _shown(session, verdict, who, why=why, as_json=as_json)


def _beside(session: "Session", visit: Visit) -> "Beside":
    """Before the rep is asked whether the plan was met, what it was."""
    from salescoach.walk.beside import Beside

    def lines(question: str, answers: Mapping[str, Any]) -> list[str]:
        planned = coach.planned_step(visit.plan, question, session.lang)
        return [planned] if planned else []

    return Beside(lines=lines, fits=lambda question, answers: ())


class Builder:
    """Makes the walk of a debrief from the answers it starts with."""

    def __init__(
        self,
        session: "Session",
        history: History,
        visit: Visit,
        pace: "Pace",
        met: Sequence[ObjectionMet] = (),
        *,
        file: bool = False,
    ) -> None:
        self.session, self.history, self.visit, self.pace, self.met = session, history, visit, pace, met
        self.file = file

    def __call__(self, answers: Mapping[str, Any]) -> "Walk":
        """The common questions, then the purpose's own."""
        from salescoach.walk.machine import Walk

        library = self.session.library()
        return Walk(
            walked_for(library, "debrief", self.visit.purpose),
            answers,
            today=self.session.today,
            facts=self.facts,
            choices=choices(library, self.history.contacts, to_ask(self.history, self.visit)),
            pace=self.pace,
            known={"objections": known_to(self.met)} if self.met else {},
            check=self.check,
        )

    def check(self, path: "Path", held: Any) -> None:
        """
        Refuse a next contact that lies before the visit.

        Raises:
            InvalidError: "date-before-visit".
        """
        if path == ("next_date",) and held < self.visit.when.isoformat():
            raise InvalidError("date-before-visit", day=held, visit=self.visit.when.isoformat())

    def facts(self, answers: Mapping[str, Any]) -> "Facts":
        """What a condition may ask, given the answers so far."""
        known = coach.facts_after(self.session.library(), self.history, self.visit, answers, self.session.today)
        # a file may say what the short form would not ask
        return replace(known, quick=self.pace == "quick" and not self.file)


def _refuse_lost(walk: "Walk") -> None:
    """Answers about a call that did not take place contradict each other; none is dropped in silence."""
    if walk.answers.get("took_place") is False and walk.unused:
        raise InvalidError("not-held-yet-answered", keys=", ".join(walk.unused))


def _named(walk: "Walk") -> dict[str, Any]:
    """Whom the cues are about where a file says so unasked: somebody who came to a meeting planned with another."""
    return {"cues_about": walk.state["cues_about"]} if "cues_about" in walk.unused else {}


def _walked_before(session: "Session", visit: Visit) -> tuple[ObjectionMet, ...]:
    """The objections of this visit that `objection --deep` has kept: attached to it, or of its day and of no visit."""
    heard = session.store().objections.of(visit.client_id)
    return tuple(one for one in heard if one.visit_id == visit.id or (one.on == visit.when and one.visit_id is None))


def _completed(session: "Session", answers: Mapping[str, Any], met: Sequence[ObjectionMet] = ()) -> dict[str, Any]:
    """
    The answers with what can be told from their words: the topic of an objection, the cue behind free words; and with
    the objections that were walked through before.
    """
    whole = dict(answers)
    if (answers.get("objections") or met) and answers.get("took_place") is not False:
        whole["objections"] = joined(answers.get("objections") or (), met, lambda said: _topic_of(session, said))
    if answers.get("cues"):
        styles, known = session.library().get(Typology, "styles"), lexicons(session.library())
        found = [cue for words in answers["cues"] for cue in recognise(styles, words, known) or (words,)]
        whole["cues"] = list(dict.fromkeys(found))
    return whole


def _topic_of(session: "Session", said: str) -> str | None:
    library = session.library()
    matches = find_topics(library, topics_of(library), said)
    return matches[0].topic if matching.is_match(matches) else None


def _judged(
    session: "Session", history: History, visit: Visit, answers: Mapping[str, Any], asked: Sequence[str]
) -> coach.Verdict:
    speaker = voice(session.lang, history.me, client=history.client.name)
    library = session.library()
    verdict = coach.judge(
        library,
        history,
        visit,
        answers,
        session.today,
        speaker,
        session.store().new_id,
        lambda name: contact_called(session, history.client, name),
        asked,
    )
    pinned = used_in_debrief(library, visit, verdict)
    return replace(verdict, visit=replace(verdict.visit, playbooks=pinned))


def _save(
    session: "Session", history: History, visit: Visit, found: Visit | None, verdict: coach.Verdict, asking: Asking
) -> None:
    """
    Everything that follows from a debrief, and the end of its draft: one transaction. A visit that moves is as prepared
    as it was: the debrief's playbooks are not its own. What was there at the start is only changed where this debrief
    says something else: another window may have been at it.

    Raises:
        StoreError: The visit that was found was debriefed elsewhere meanwhile; nothing was saved.
    """
    store = session.store()
    visits = [] if found else [verdict.visit]
    known = {one.id: one for one in (*history.contacts, *verdict.newcomers)}
    if verdict.moved_to:
        moved = replace(visit, id=store.new_id(), when=verdict.moved_to, status="planned")
        visits.append(moved)
    kept: list[tuple[Any, Any]] = [
        (store.contacts, verdict.newcomers),
        (store.visits, visits),
        (store.promises, verdict.promises),
        (store.objections, (*verdict.objections, *verdict.settled)),
        (store.observations, verdict.observations),
    ]
    with store.transaction():
        if found:
            store.visits.change(found, verdict.visit)
        for shelf, values in kept:
            for one in values:
                shelf.save(one)
        for person in verdict.changed:
            store.contacts.change(known[person.id], person)
        store.drafts.drop(asking.command, asking.subject)


def _shown(session: "Session", verdict: coach.Verdict, client: Client, *, why: bool, as_json: bool) -> Result:
    document = coach.document(verdict, client.name)
    if why:
        document["why"] = [line.because() for line in (*verdict.because, *verdict.feedback)]
    if as_json:
        return Result(document=document, json=True)
    from salescoach.cli.show import width
    from salescoach.render.verdict import verdict_text

    lang, columns = session.lang, width(sys.stdout)
    topics = {id_: pick(title, lang) for id_, title in session.library().titles(Objection).items()}
    outcomes = titles(session.library(), lang)
    picture = verdict_text(
        verdict, client.name, lang, session.today, columns, outcomes=outcomes, topics=topics, why=why
    )
    return Result(document=document, show=picture)
