"""
A crisis as it stands: the 6F with its answers, the first hour, who does what by when, who speaks to whom, the log and
the review (S000-6F, S000-GOODWILL, S000-RECEIVABLES; how an answer fits the blame is Coombs 2007).
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Literal, get_args

from salescoach.coach.advice import Advice, Voice, advise, documents
from salescoach.coach.said import in_words
from salescoach.language import Lang, pick, say
from salescoach.playbook.facts import Facts
from salescoach.playbook.models import Checklist, Entry, Question, Section, Typology
from salescoach.records.account import Crisis, LogEntry
from salescoach.records.ids import CrisisKind
from salescoach.shape import value

#: When a message is given: each audience has one for every phase.
Phase = Literal["first-hour", "first-day", "until-solved", "afterwards"]
PHASES: tuple[Phase, ...] = get_args(Phase)
#: Phases in which the minutes of the first hour still matter.
EARLY: tuple[Phase, ...] = ("first-hour", "first-day")

#: Key of a crisis' answers that lists the steps that are done, as [question, what]. No question can be called so.
DONE = "_done"
#: The question of the plan that says who tells whom, and that of the review that says what is to be prevented.
AUDIENCES, MEASURES = "audiences", "prevent"
#: Questions by what they say; the later ones are what older plans were asked.
LEADS, CAUSED, BEGAN = ("who_leads", "leader"), ("who_caused", "seen_as"), "began"
#: What older plans called a cluster.
FORMERLY = {"victim": "outside"}
#: The review scores each F, from 1 to this: `f_fast` is the score of the part `fast`.
SCORED, MOST = "f_", 5
#: What parts two names: a measure has one owner.
_SEVERAL = re.compile(r"[,，、;；/&+]|\s(?:and|und|or)\s|(?<=[\u4e00-\u9fff])[和与及](?=[\u4e00-\u9fff]{2})")
_CLOCK = re.compile(r"(?<!\d)([01]?\d|2[0-3])\s*[:：.点时hH]\s*([0-5]\d)?(?!\d)")
HOUR, DAY = 60, 24 * 60
_NOTHING: tuple[Any, ...] = (None, "", [], {})


@value
class Answered:
    """One question and what was answered, in words."""

    id: str
    ask: str
    lines: tuple[str, ...]
    source: str


@value
class Part:
    """One F of the six."""

    id: str
    title: str
    answered: tuple[Answered, ...]


@value
class Action:
    """Who does what by when: a step of the plan, or a measure of the review."""

    number: int  # from 1, as it is shown
    question: str  # the id of the question that it answers
    who: str = ""
    what: str = ""
    by: date | None = None
    done: bool = False

    def overdue(self, today: date) -> bool:
        """Past its day and not done."""
        return not self.done and self.by is not None and self.by < today


@value
class Minute:
    """A mark of the first hour."""

    minutes: int
    at: str  # by the clock; "" while nobody has said when it began
    do: tuple[Advice, ...]


@value
class Cluster:
    """How others see our part, and what that asks of us (Coombs)."""

    id: str
    title: str
    know: tuple[Advice, ...] = ()  # what people will think
    fit: tuple[Advice, ...] = ()
    forbid: tuple[Advice, ...] = ()


@value
class Audience:
    """Whom we speak to: who does it, what the plan says, and messages ready to be edited."""

    id: str
    title: str
    who: str  # a name of the plan, else who of us it should be
    planned: bool = False
    channel: str = ""
    what: str = ""
    by: date | None = None
    drafts: tuple[Advice, ...] = ()


@value
class Score:
    """How well we did on one F, from 1 to 5."""

    id: str
    title: str
    points: int


@value
class Review:
    """What the crisis taught."""

    scores: tuple[Score, ...]
    measures: tuple[Action, ...]
    answered: tuple[Answered, ...]


@value
class Report:
    """Everything about one crisis, for eyes and for programs."""

    id: str
    kind: CrisisKind
    title: str
    client: str
    opened: date
    closed: date | None
    phase: Phase
    leads: str
    began: str  # "14:05", "" while nobody said
    first_hour: tuple[Minute, ...]
    cluster: Cluster | None
    parts: tuple[Part, ...]
    open: int  # questions of the plan without an answer
    steps: tuple[Action, ...]
    audiences: tuple[Audience, ...]
    log: tuple[LogEntry, ...]
    review: Review | None
    today: date


def report(
    lists: Sequence[Checklist],
    typologies: Mapping[str, Typology],
    crisis: Crisis,
    today: date,
    speaker: Voice,
    *,
    asked: Sequence[str] = (),
    phase: Phase = "until-solved",
    client: str = "",
) -> Report:
    """
    A crisis as it stands.

    Args:
        lists: The checklists of the plan and of the review.
        typologies: By id; those that are not there say nothing.
        crisis: With answers that fit the checklists.
        asked: Ids of the questions that this kind of crisis is asked.
        phase: Of the messages.
        client: The client's name.
    """
    answers, lang = crisis.answers, speaker.lang
    plan = [book for book in lists if book.use == "crisis"]
    begun = clock(str(answers.get(BEGAN) or ""))
    desk = _Desk(typologies, speaker, Facts(crisis_kind=crisis.kind, answers=dict(answers)))
    return Report(
        id=crisis.id,
        kind=crisis.kind,
        title=say("crisis.title", lang, kind=say(f"crisis.kind-{crisis.kind}", lang)),
        client=client,
        opened=crisis.opened,
        closed=crisis.closed,
        phase=phase,
        leads=_first(answers, LEADS),
        began="" if begun is None else hour(begun),
        first_hour=desk.first_hour(begun),
        cluster=desk.cluster(_first(answers, CAUSED)),
        parts=tuple(_part(book, section, answers, lang) for book in plan for section in book.sections),
        open=sum(answers.get(id_) in _NOTHING for id_ in asked),
        steps=tuple(_actions(_groups(plan), answers)),
        audiences=desk.audiences(_told(answers), phase),
        log=tuple(sorted(crisis.log, key=lambda entry: entry.at)),
        review=_review(lists, answers, lang),
        today=today,
    )


def _first(answers: Mapping[str, Any], keys: Sequence[str]) -> str:
    return next((str(answers[key]) for key in keys if answers.get(key) not in _NOTHING), "")


# Clock and phase


def clock(text: str) -> int | None:
    """The minutes since midnight of the first time of day in `text`: "14:05", "14点05", "2026-12-01 14:05"."""
    found = _CLOCK.search(text)
    return int(found[1]) * HOUR + int(found[2] or 0) if found else None


def hour(minutes: int) -> str:
    """Minutes since midnight as a clock shows them."""
    return f"{minutes % DAY // HOUR:02}:{minutes % HOUR:02}"


def phase_at(crisis: Crisis, at: str) -> Phase:
    """
    The phase at a moment: the first hour is over when an entry of the log, or the beginning, is an hour old.

    Args:
        at: "2026-12-01 14:05".
    """
    if crisis.closed is not None:
        return "afterwards"
    if crisis.opened.isoformat() < at[:10]:
        return "until-solved"
    now = clock(at) or 0
    marks = [clock(entry.at) for entry in crisis.log if entry.at[:10] == at[:10]]
    marks.append(clock(str(crisis.answers.get(BEGAN) or "")))
    return "first-day" if any(mark is not None and now - mark > HOUR for mark in marks) else "first-hour"


# The parts of the plan


def _part(book: Checklist, section: Section, answers: Mapping[str, Any], lang: Lang) -> Part:
    said = tuple(
        _answered(book, question, answers[question.id], lang)
        for question in section.questions
        if answers.get(question.id) not in _NOTHING
    )
    return Part(id=section.id, title=pick(section.title, lang), answered=said)


def _answered(book: Checklist, question: Question, said: Any, lang: Lang) -> Answered:
    return Answered(
        id=question.id,
        ask=pick(question.ask, lang),
        lines=tuple(in_words(question, said, lang)),
        source=question.source or book.sources[0],
    )


# Who does what by when


def _groups(books: Sequence[Checklist]) -> Iterator[str]:
    """The questions that ask for steps, in their order."""
    for book in books:
        for section in book.sections:
            for question in section.questions:
                if question.type == "group" and question.id not in (AUDIENCES, MEASURES):
                    yield question.id


def steps(answers: Mapping[str, Any]) -> tuple[Action, ...]:
    """The steps of a plan without its checklists: everything that is to be done, but for messages and measures."""
    return tuple(_actions((key for key in answers if key not in (AUDIENCES, MEASURES, DONE)), answers))


def _actions(questions: Iterator[str], answers: Mapping[str, Any]) -> Iterator[Action]:
    done = [tuple(one) for one in answers.get(DONE) or ()]
    number = 0
    for question in questions:
        for said in _entries(answers.get(question)):
            number += 1
            what = str(said.get("what") or "")
            yield Action(
                number=number, question=question, who=str(said.get("who") or ""), what=what, by=_day(said.get("by")),
                done=(question, what) in done,
            )  # fmt: skip


def _entries(said: Any) -> list[Mapping[str, Any]]:
    """The groups of an answer that say who does what."""
    listed = said if isinstance(said, list) else [said]
    return [one for one in listed if isinstance(one, Mapping) and (one.get("what") or one.get("who"))]


def _day(said: Any) -> date | None:
    """A day; None where an answer to a question that is no longer asked is none."""
    try:
        return date.fromisoformat(said)
    except (TypeError, ValueError):
        return None


def finished(crisis: Crisis, step: Action) -> Crisis:
    """The crisis with that step done."""
    done = [*(crisis.answers.get(DONE) or ()), [step.question, step.what]]
    return replace(crisis, answers={**crisis.answers, DONE: done})


# What the playbooks say


def _told(answers: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """What the plan says of each audience; the first entry of each counts."""
    told: dict[str, Mapping[str, Any]] = {}
    for said in answers.get(AUDIENCES) or ():
        if isinstance(said, Mapping) and said.get("audience"):
            told.setdefault(str(said["audience"]), said)
    return told


class _Desk:
    """The typologies of crises, asked for one of them."""

    def __init__(self, typologies: Mapping[str, Typology], speaker: Voice, facts: Facts) -> None:
        self.typologies, self.speaker, self.facts = typologies, speaker, facts

    def entries(self, name: str) -> tuple[tuple[Typology, Entry], ...]:
        """The types of a typology; none where it is not there."""
        book = self.typologies.get(name)
        return tuple((book, entry) for entry in book.entries) if book else ()

    def lines(self, book: Typology, entry: Entry, group: str) -> tuple[Advice, ...]:
        """A group's lines as advice."""
        return advise(book, entry.lines.get(group, ()), self.speaker, self.facts)

    def first_hour(self, begun: int | None) -> tuple[Minute, ...]:
        """What to do at which minute."""
        return tuple(
            Minute(
                minutes=int(entry.id),
                at="" if begun is None else hour(begun + int(entry.id)),
                do=self.lines(book, entry, "do"),
            )
            for book, entry in self.entries("crisis-first-hour")
            if entry.id.isdecimal()
        )

    def cluster(self, caused: str) -> Cluster | None:
        """What follows from who is held responsible."""
        wanted = FORMERLY.get(caused, caused)
        for book, entry in self.entries("crisis-clusters"):
            if entry.id == wanted:
                know, fit, forbid = (self.lines(book, entry, group) for group in ("know", "fit", "forbid"))
                title = pick(entry.title, self.speaker.lang)
                return Cluster(id=entry.id, title=title, know=know, fit=fit, forbid=forbid)
        return None

    def audiences(self, told: Mapping[str, Mapping[str, Any]], phase: Phase) -> tuple[Audience, ...]:
        """Every audience with its messages at this phase: those of the plan first."""
        known = [self._audience(book, entry, told, phase) for book, entry in self.entries("crisis-phases")]
        return tuple(sorted(known, key=lambda one: not one.planned))

    def _audience(self, book: Typology, entry: Entry, told: Mapping[str, Any], phase: Phase) -> Audience:
        said = told.get(entry.id, {})
        lang = self.speaker.lang
        usual = self.speaker.fill(entry.summary) if entry.summary else ""
        return Audience(
            id=entry.id,
            title=pick(entry.title, lang),
            who=str(said.get("who") or usual or ""),
            planned=bool(said),
            channel=str(said.get("channel") or ""),
            what=str(said.get("what") or ""),
            by=_day(said.get("by")),
            drafts=self.lines(book, entry, phase),
        )


# The review


def _review(lists: Sequence[Checklist], answers: Mapping[str, Any], lang: Lang) -> Review | None:
    """What was said after the crisis; None before anybody has."""
    books = [book for book in lists if book.use == "crisis-review"]
    asked = [(book, question) for book in books for section in book.sections for question in section.questions]
    said = [(book, question) for book, question in asked if answers.get(question.id) not in _NOTHING]
    if not said:
        return None
    return Review(
        scores=tuple(_scores(lists, [question for _, question in said], answers, lang)),
        measures=measures(answers),
        answered=tuple(
            _answered(book, question, answers[question.id], lang)
            for book, question in said
            if question.id != MEASURES and not question.id.startswith(SCORED)
        ),
    )


def _scores(
    lists: Sequence[Checklist], said: Sequence[Question], answers: Mapping[str, Any], lang: Lang
) -> Iterator[Score]:
    titles = {section.id: pick(section.title, lang) for book in lists for section in book.sections}
    for question in said:
        points = str(answers[question.id])
        if question.id.startswith(SCORED) and points.isdecimal():
            title = titles.get(question.id.removeprefix(SCORED)) or pick(question.ask, lang)
            yield Score(id=question.id, title=title, points=min(MOST, int(points)))


def measures(answers: Mapping[str, Any]) -> tuple[Action, ...]:
    """What the review wants prevented, each with its owner."""
    return tuple(_actions(iter((MEASURES,)), answers))


def shared(answers: Mapping[str, Any]) -> Action | None:
    """The first measure that has more than one owner; None where every one has its own."""
    return next((one for one in measures(answers) if _SEVERAL.search(one.who.strip())), None)


def owned(lists: Sequence[Checklist]) -> list[Checklist]:
    """The checklists of the review, in which a measure is not taken without an owner."""
    return [_questions(book, lambda _, question: _with_owner(question)) for book in lists]


def _with_owner(question: Question) -> Question:
    if question.id != MEASURES:
        return question
    fields = tuple(replace(one, required=one.required or one.id == "who") for one in question.fields)
    return replace(question, fields=fields)


def only(lists: Sequence[Checklist], part: str) -> list[Checklist]:
    """The checklists with the questions of one part; what the others were answered still counts."""

    def asked(section: Section, question: Question) -> Question:
        return question if section.id == part else replace(question, pace="deep", required=False)

    return [_questions(book, asked) for book in lists]


def _questions(book: Checklist, change: Callable[[Section, Question], Question]) -> Checklist:
    sections = tuple(
        replace(section, questions=tuple(change(section, question) for question in section.questions))
        for section in book.sections
    )
    return replace(book, sections=sections)


def lacking(made: Report) -> list[tuple[str, int]]:
    """What is not done yet, as (what, how many)."""
    counts = {
        "questions": made.open,
        "steps": sum(not one.done for one in made.steps),
        "review": int(made.review is None),
        "measures": int(made.review is not None and not made.review.measures),
    }
    return [(key, count) for key, count in counts.items() if count]


# For programs


def document(made: Report) -> dict[str, Any]:
    """As `crisis --json` prints it."""
    return {
        "schema": "salescoach/crisis@1",
        "kind": made.kind,
        "open": made.open,
        "parts": [
            {"id": part.id, "title": part.title, "answers": [_answer_document(one) for one in part.answered]}
            for part in made.parts
        ],
        "id": made.id or None,
        "client": made.client or None,
        "opened": made.opened,
        "closed": made.closed,
        "phase": made.phase,
        "leads": made.leads or None,
        "began": made.began or None,
        "cluster": _cluster_document(made.cluster),
        "first_hour": [
            {"minutes": one.minutes, "at": one.at or None, "do": documents(one.do)} for one in made.first_hour
        ],
        "audiences": audience_documents(made.audiences),
        "steps": [_action_document(one, made.today) for one in made.steps],
        "log": [{"at": one.at, "text": one.text, "who": one.who} for one in made.log],
        "review": _review_document(made),
    }


def _answer_document(one: Answered) -> dict[str, str]:
    return {"id": one.id, "ask": one.ask, "text": "\n".join(one.lines), "source": one.source}


def _cluster_document(cluster: Cluster | None) -> dict[str, Any] | None:
    if cluster is None:
        return None
    lines = {"know": cluster.know, "fit": cluster.fit, "forbid": cluster.forbid}
    return {
        "id": cluster.id,
        "title": cluster.title,
        **{name: documents(advice) for name, advice in lines.items()},
    }


def audience_documents(audiences: Sequence[Audience]) -> list[dict[str, Any]]:
    """Who is told what by whom, with the messages."""
    return [
        {
            "id": one.id, "title": one.title, "who": one.who, "planned": one.planned, "channel": one.channel or None,
            "what": one.what or None, "by": one.by, "drafts": documents(one.drafts),
        }
        for one in audiences
    ]  # fmt: skip


def _action_document(one: Action, today: date) -> dict[str, Any]:
    return {
        "number": one.number, "question": one.question, "who": one.who, "what": one.what, "by": one.by,
        "done": one.done, "overdue": one.overdue(today),
    }  # fmt: skip


def _review_document(made: Report) -> dict[str, Any] | None:
    if made.review is None:
        return None
    return {
        "scores": [{"id": one.id, "title": one.title, "points": one.points} for one in made.review.scores],
        "measures": [_action_document(one, made.today) for one in made.review.measures],
        "answers": [_answer_document(one) for one in made.review.answered],
    }
