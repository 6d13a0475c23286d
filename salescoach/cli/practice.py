"""`salescoach practice`: one case at a time, answered in the rep's own words and held against a good answer."""

import sys
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from salescoach.cli.options import Answers, Json, Questions
from salescoach.cli.result import Result
from salescoach.cli.walking import Asking, conduct
from salescoach.coach import practice as coach
from salescoach.coach.advice import Advice, Voice, own_words, voice
from salescoach.coach.practice import Chosen
from salescoach.errors import NotFoundError
from salescoach.language import Lang, both, pick, say
from salescoach.playbook.models import Checklist, Objection, Rules, Scenario, Typology
from salescoach.records.practice import Exercise

if TYPE_CHECKING:
    from salescoach.cli.context import Session
    from salescoach.walk.beside import Beside
    from salescoach.walk.machine import Walk

app = typer.Typer(add_completion=False)
LINE = "salescoach practice"
#: Of what was shown so many are named.
REASONS = 2


@app.command(help="practice.help")
def practice(
    ctx: typer.Context,
    case: Annotated[str | None, typer.Argument(help="practice.case", show_default=False)] = None,
    everything: Annotated[bool, typer.Option("--list", help="practice.list")] = False,
    show: Annotated[bool, typer.Option("--show", help="practice.show")] = False,
    answers: Answers = None,
    questions: Questions = False,
    as_json: Json = False,
) -> Result:
    """One case: the situation, the question, the rep's answer, and what a good answer holds."""
    session: Session = ctx.obj
    if everything:
        return _list(session, as_json)
    chosen, because = _wanted(session, case)
    wanted = session.library().get(Scenario, chosen.case)
    walks = answers is not None or questions or session.interactive
    if show or (as_json and not walks):
        return _result(session, wanted, because, None, as_json)
    line = f"{LINE} {wanted.id}"
    asking = Asking(command="practice", subject=wanted.id, line=line, answers=answers, questions=questions)
    speaker = voice(session.lang, session.me())
    beside = _beside(wanted, because, speaker)
    walk = conduct(session, asking, lambda kept: _walk(session, wanted, kept, speaker), beside)
    if isinstance(walk, Result):
        return walk
    return _result(session, wanted, because, _kept(session, wanted, walk, asking), as_json)


# Which case


def _wanted(session: "Session", name: str | None) -> tuple[Chosen, tuple[Advice, ...]]:
    """
    The case that is named, or the one to practise today, and why it.

    Raises:
        NotFoundError: There is none of that name, or none at all.
    """
    if name is not None:
        return Chosen(case=_named(session, name)), ()
    chosen = _half_done(session) or todays(session)
    if chosen is None:
        raise NotFoundError("scenario-none")
    return chosen, _because(session, chosen)


def _named(session: "Session", name: str) -> str:
    """The id of the case that is meant."""
    from difflib import get_close_matches

    known = session.library().labels(Scenario)
    wanted = name.strip().casefold()
    begun = [wanted] if wanted in known else [id_ for id_ in known if wanted and wanted in id_]
    if len(begun) == 1:
        return begun[0]
    raise NotFoundError("scenario-unknown", nearest=begun or get_close_matches(wanted, known, 3, 0.3), name=name)


def todays(session: "Session") -> Chosen | None:
    """The case to practise today, by what the debriefs show."""
    cases = session.library().labels(Scenario)
    if not session.has_store():
        return coach.choose(cases, {}, {}, session.today)
    store = session.store()
    first = session.today - timedelta(days=coach.DAYS)
    visits = store.visits.held_between(first, session.today, coach.DEBRIEFS)
    shown = coach.shown_in(visits, store.objections.of_visits([one.id for one in visits]))
    return coach.choose(cases, shown, coach.last_of_each(store.exercises.list()), session.today)


def _half_done(session: "Session") -> Chosen | None:
    """A case that was begun and left, the latest: first it is finished."""
    if not session.interactive or not session.has_store():
        return None
    known = session.library().labels(Scenario)
    drafts = [one for one in session.store().drafts.list() if one.command == "practice" and one.subject in known]
    latest = max(drafts, key=lambda one: (one.updated, one.id), default=None)
    return Chosen(case=latest.subject) if latest else None


def _because(session: "Session", chosen: Chosen) -> tuple[Advice, ...]:
    """Why this case, in sentences."""
    lang = session.lang
    if not chosen.shown:
        key = "never" if chosen.last is None else "longest"
        day = "" if chosen.last is None else chosen.last.isoformat()
        return (own_words(f"because-{key}", say(f"practice.because-{key}", lang, day=day)),)
    known, speaker = _names(session), voice(lang, session.me())
    shown = chosen.shown[:REASONS]
    return tuple(_shown(id_, count, coach.filled(known.get(id_, id_), speaker), lang) for id_, count in shown)


def _shown(id_: str, count: int, what: str, lang: Lang) -> Advice:
    return own_words(f"because-{id_}", say("practice.because-shown", lang, what=what, count=count, days=coach.DAYS))


def _names(session: "Session") -> Mapping[str, Any]:
    library = session.library()
    debriefs, feedback = library.labelled(Checklist, "debrief"), library.labelled(Rules, "feedback")
    return coach.names(library.get(Typology, "outcomes"), library.titles(Objection), debriefs, feedback)


# The walk


def _walk(session: "Session", case: Scenario, kept: Mapping[str, Any], speaker: Voice) -> "Walk":
    from salescoach.walk.machine import Walk

    return Walk([coach.as_checklist(case, both("practice.which"), speaker)], kept, today=session.today)


def _beside(case: Scenario, because: Sequence[Advice], speaker: Voice) -> "Beside":
    """Why this case and what happened, before its question."""
    from salescoach.walk.beside import Beside

    def lines(question: str, answers: Mapping[str, Any]) -> Sequence[str]:
        if question != coach.ANSWER:
            return ()
        return [*(one.text for one in because), coach.filled(case.situation, speaker)]

    return Beside(lines=lines, fits=lambda question, answers: ())


def _kept(session: "Session", case: Scenario, walk: "Walk", asking: Asking) -> Exercise:
    """The exercise, kept together with the end of its draft."""
    store = session.store()
    with store.transaction():
        store.drafts.drop(asking.command, asking.subject)
        return store.exercises.add(coach.taken(case, walk.answers, store.new_id(), session.today))


# What is shown


def _result(
    session: "Session", case: Scenario, because: Sequence[Advice], done: Exercise | None, as_json: bool
) -> Result:
    from salescoach.cli.show import width
    from salescoach.render.practice import Work, document, picture

    speaker = voice(session.lang, session.me())
    work = Work(case=case, because=tuple(because), speaker=speaker, done=done, before=_before(session, case, done))
    if as_json:
        return Result(document=document(work), json=True)
    return Result(document=document(work), show=picture(work, width(sys.stdout)))


def _before(session: "Session", case: Scenario, done: Exercise | None) -> Exercise | None:
    """The time before."""
    if not session.has_store():
        return None
    return next((one for one in session.store().exercises.of(case.id) if done is None or one.id != done.id), None)


def _list(session: "Session", as_json: bool) -> Result:
    """Every case with when it was last worked and how it went."""
    from salescoach.cli.show import width
    from salescoach.render.listing import listing

    exercises = session.store().exercises.list() if session.has_store() else []
    last = coach.last_of_each(exercises)
    listed = [_listed(session, one, last.get(one.id), exercises) for one in session.library().all(Scenario)]
    document = {"schema": "salescoach/practice-list@1", "cases": listed}
    if as_json:
        return Result(document=document, json=True)
    rows = [(one["case"], _day(one["last"]), _score(one, session.lang), one["title"]) for one in listed]
    return Result(document=document, show=listing(rows, width(sys.stdout)) or say("practice.empty", session.lang))


def _listed(session: "Session", case: Scenario, last: Exercise | None, exercises: Sequence[Exercise]) -> dict[str, Any]:
    return {
        "case": case.id,
        "title": pick(case.title, session.lang),
        "last": last.on if last else None,
        "hit": len(last.hit) if last else None,
        "of": last.of if last else None,
        "times": sum(one.case == case.id for one in exercises),
        "trains": list(case.trains),
    }


def _day(last: date | None) -> str:
    return "" if last is None else last.isoformat()


def _score(one: Mapping[str, Any], lang: Lang) -> str:
    return "" if one["last"] is None else say("practice.score", lang, hit=one["hit"], of=one["of"])
