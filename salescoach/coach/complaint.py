"""
A complaint: the words of each step, the honest promise that comes of it, which complaints are open, which are a crisis.

Sources: S003-COMPLAINT (listen, acknowledge, help, solve), S003-PROMISE (what is not certain is not promised, only the
day of the report), S000-GOODWILL (from when on it is more than a complaint).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from salescoach.coach.advice import Advice, Voice, advise, documents, is_spoken
from salescoach.language import Lang, say
from salescoach.playbook.conditions import holds
from salescoach.playbook.facts import Facts
from salescoach.playbook.models import Checklist, Entry, Line, Question, Typology
from salescoach.records.account import Assessment, Said
from salescoach.records.ids import CrisisKind, Style
from salescoach.records.models import ObjectionMet, Promise
from salescoach.shape import value

if TYPE_CHECKING:
    from salescoach.coach.prep import Books

#: What a complaint is filed under, and where its words stand.
SHEET, WORDS = "complaint", "complaint-words"
#: The entry whose words are for everybody.
ANYBODY = "any"
#: Beside the answers: the complaint it belongs to, the promise that stands and whether that is of something certain,
#: the objection heard. No question is called so.
CASE, PROMISE, CERTAIN, OBJECTION = "_case", "_promise", "_certain", "_objection"
#: Lines beside one question, so that the question stays in sight.
BESIDE = 4
#: Letters of what was said that name it in a promise.
NAMED = 60

NewId = Callable[[], str]
Answers = Mapping[str, Any]


@value
class Complaint:
    """One complaint, from the first talk about it to the last word: what was answered last to each question."""

    id: str  # of its first assessment
    client_id: str
    contact_id: str | None
    since: date
    answers: dict[str, Any]
    promise: Promise | None = None  # while it is open
    promise_id: str | None = None
    reports: bool = True  # what we promised is only to report back
    objection_id: str | None = None

    @property
    def said(self) -> str:
        """The complaint in the client's words."""
        return str(self.answers.get("said") or "")

    @property
    def settled(self) -> bool:
        """The last word on it."""
        return self.answers.get("settled") is True

    @property
    def due(self) -> date | None:
        """By when we said that they would hear from us, while that is open."""
        return self.promise.by if self.promise else None


@value
class Setting:
    """What a talk about a complaint happens in."""

    client_id: str
    contact_id: str | None
    version: int  # of the checklist walked
    today: date
    rep: str
    lang: Lang
    case: str  # its id: that of its first assessment
    before: Complaint | None = None
    objection: ObjectionMet | None = None  # as it was kept the last time


@value
class Outcome:
    """What a talk about a complaint comes to: the records, and what follows."""

    assessment: Assessment
    objection: ObjectionMet
    promise: Promise | None  # that stands now
    certain: bool
    promises: tuple[Promise, ...]  # new or changed
    escalate: CrisisKind | None
    settled: bool


# Words


def words(
    books: "Books", section: str, style: Style | None, emotion: str | None, speaker: Voice, spoken: Voice | None = None
) -> tuple[Advice, ...]:
    """
    What to say in one of the four steps: to this emotion, then to this style; neutral words where that is not known.

    Args:
        spoken: In the language spoken with the client, where it is another: sentences to say are in that one.
    """
    book = books.get(Typology, WORDS)
    felt = _lines(book, emotion, section) if section == "acknowledge" else ()
    mine = _lines(book, style, section) or _lines(book, ANYBODY, section)
    return _worded(book, (*felt, *mine), speaker, spoken)[:BESIDE]


def for_all(
    books: "Books", group: str, answers: Answers, speaker: Voice, spoken: Voice | None = None
) -> tuple[Advice, ...]:
    """Words that are the same for everybody: `not_sure`, `still_open`, `crisis`; those that hold for these answers."""
    book = books.get(Typology, WORDS)
    facts = Facts(answers=dict(answers))
    return _worded(book, (one for one in _lines(book, ANYBODY, group) if holds(one.when, facts)), speaker, spoken)


def _lines(book: Typology, entry: str | None, group: str) -> tuple[Line, ...]:
    found: Entry | None = next((one for one in book.entries if one.id == entry), None)
    return found.lines.get(group, ()) if found else ()


def _worded(book: Typology, lines: Iterable[Line], speaker: Voice, spoken: Voice | None) -> tuple[Advice, ...]:
    given: list[Advice] = []
    for line in lines:
        theirs = advise(book, (line,), spoken) if spoken else ()
        given += theirs if theirs and is_spoken(theirs[0].text) else advise(book, (line,), speaker)
    return tuple(given)


def shortest(lines: Sequence[Advice]) -> tuple[Advice, ...]:
    """Of lines that follow one another, the first and the last to be said: where more has to fit the screen."""
    spoken = [line for line in lines if is_spoken(line.text)] or list(lines)
    return tuple(dict.fromkeys((spoken[0], spoken[-1]))) if spoken else ()


def beside(
    books: "Books",
    lists: Sequence[Checklist],
    question: str,
    answers: Answers,
    style: Style | None,
    speaker: Voice,
    spoken: Voice | None = None,
) -> tuple[Advice, ...]:
    """
    What to say at a question: at the first of each step its words; where the feeling is asked for first, after it is
    known; where nothing is certain, how to say so. Nothing at one that has an answer: it was said there.
    """
    if answers.get(question) not in (None, "", []):
        return ()
    if question == "report_by":
        return for_all(books, "not_sure", answers, speaker, spoken)[:BESIDE]
    section = next((one for book in lists for one in book.sections if question in _ids(one.questions)), None)
    if section is None or question != _worded_at(_ids(section.questions)):
        return ()
    return words(books, section.id, style, answers.get("emotion"), speaker, spoken)


def offered(question: str, answers: Answers) -> tuple[str, ...]:
    """The words to choose from at a question: which way out they took, of those that were offered."""
    return tuple(dict.fromkeys(answers.get("options") or ())) if question == "chosen" else ()


def _ids(questions: Iterable[Question]) -> list[str]:
    return [one.id for one in questions]


def _worded_at(ids: Sequence[str]) -> str:
    """The question of a section that its words stand beside: the first, or the one after the feeling."""
    at = ids.index("emotion") + 1 if "emotion" in ids else 0
    return ids[min(at, len(ids) - 1)]


# What comes of it


def outcome(answers: Answers, setting: Setting, new_id: NewId) -> Outcome:
    """The records of a talk: what was answered, the promise, the objection; and whether it is a crisis."""
    settled = answers.get("settled") is True
    standing, promises = _promises(answers, setting, settled, new_id)
    before = setting.before
    kept = before is not None and standing is not None and standing not in promises
    certain = not before.reports if before and kept else _certain(answers)
    objection = _objection(answers, setting, settled, new_id)
    hung = {CASE: setting.case, PROMISE: standing.id if standing else None, CERTAIN: certain, OBJECTION: objection.id}
    said = {key: held for key, held in {**answers, **hung}.items() if held not in (None, "", [], {})}
    return Outcome(
        assessment=Assessment(
            id=setting.case if before is None else new_id(),
            client_id=setting.client_id,
            contact_id=setting.contact_id,
            sheet=SHEET,
            version=setting.version,
            on=setting.today,
            answers={key: Said(answer=held) for key, held in said.items()},
        ),
        objection=objection,
        promise=standing,
        certain=certain,
        promises=promises,
        escalate=None if settled else crisis_kind(answers),
        settled=settled,
    )


def closed(setting: Setting, before: Complaint, new_id: NewId) -> Outcome:
    """The complaint is settled, and nothing else is to be said about it."""
    ended = outcome({**before.answers, "settled": True}, setting, new_id)
    kept = {key: said for key, said in ended.assessment.answers.items() if key == "settled" or key.startswith("_")}
    return replace(ended, assessment=replace(ended.assessment, answers=kept))


def crisis_kind(answers: Answers) -> CrisisKind | None:
    """The kind of crisis that a complaint has become: people in danger and several clients come before our name."""
    if answers.get("danger") is True or answers.get("several_clients") is True:
        return "product"
    return "goodwill" if answers.get("reputation") is True else None


def _promises(
    answers: Answers, setting: Setting, settled: bool, new_id: NewId
) -> tuple[Promise | None, tuple[Promise, ...]]:
    """
    The promise that stands after this talk, and those to be kept.

    Whoever talks about it again with something new to promise, or settles it, has reported back. Another day for the
    same thing is the same promise.
    """
    before = setting.before
    old, reports = (before.promise, before.reports) if before else (None, False)
    done = () if old is None or not reports else (replace(old, state="done", closed_on=setting.today),)
    new = None if before and _unchanged(answers, before) else _promised(answers, setting, new_id)
    if settled and (new is None or not _certain(answers)):
        return (None, done) if reports else (old, ())
    if new is None:
        return old, ()
    if old and not reports and old.what == new.what:
        moved = replace(old, by=new.by)
        return moved, (moved,)
    return new, (*done, new)


def _certain(answers: Answers) -> bool:
    return answers.get("certain") is True


def _unchanged(answers: Answers, before: Complaint) -> bool:
    """Nothing is promised that was not promised the last time, kept by now or not."""
    if before.reports == _certain(answers):
        return False
    asked = ("report_by",) if before.reports else ("promise", "promise_by")
    return all(answers.get(key) in (None, "", before.answers.get(key)) for key in asked)


def _promised(answers: Answers, setting: Setting, new_id: NewId) -> Promise | None:
    """What is certain, as it was said; else only the day of the report."""
    if _certain(answers):
        what, by = str(answers.get("promise") or ""), _day(answers.get("promise_by"))
    else:
        by = _day(answers.get("report_by"))
        what = say("complaint.report-back", setting.lang, said=_named(str(answers.get("said") or ""))) if by else ""
    if not what:
        return None
    return Promise(id=new_id(), client_id=setting.client_id, owner="ours", who=setting.rep, what=what, by=by)


def _day(said: Any) -> date | None:
    """An answer's date."""
    return date.fromisoformat(said) if said else None


def _named(said: str) -> str:
    return said if len(said) <= NAMED else said[: NAMED - 1].rstrip() + "…"


def _objection(answers: Answers, setting: Setting, settled: bool, new_id: NewId) -> ObjectionMet:
    said = str(answers.get("said") or "")
    if setting.objection is not None:
        return replace(setting.objection, said=said, resolved=settled)
    return ObjectionMet(
        id=new_id(), client_id=setting.client_id, contact_id=setting.contact_id, on=setting.today, said=said,
        topic="service", kind="real", resolved=settled,
    )  # fmt: skip


# Those that are open


def complaints(assessments: Iterable[Assessment], promises: Iterable[Promise] = ()) -> tuple[Complaint, ...]:
    """
    Every complaint that was talked about, the latest first.

    Args:
        assessments: Of one client or of all, on any sheets, oldest first.
        promises: The open ones, among them perhaps those that were made about it.
    """
    by_case: dict[str, list[Assessment]] = {}
    for one in assessments:
        if one.sheet == SHEET:
            case = one.answers.get(CASE)
            by_case.setdefault(str(case.answer) if case else one.id, []).append(one)
    still_open = {one.id: one for one in promises if one.state == "open"}
    made = [_complaint(case, talks, still_open) for case, talks in by_case.items()]
    return tuple(sorted(made, key=lambda one: (one.since, one.id), reverse=True))


def promised(assessments: Iterable[Assessment]) -> tuple[str, ...]:
    """The ids of the promises that were made in these talks."""
    made = (said for one in assessments if one.sheet == SHEET and (said := one.answers.get(PROMISE)))
    return tuple(dict.fromkeys(str(said.answer) for said in made if said.answer))


def open_complaints(assessments: Iterable[Assessment], promises: Iterable[Promise] = ()) -> tuple[Complaint, ...]:
    """Those whose last word is not that they are settled; the one that is due first comes first. As `complaints`."""
    left = (one for one in complaints(assessments, promises) if not one.settled)
    return tuple(sorted(left, key=lambda one: (one.due or date.max, one.since, one.id)))


def _complaint(case: str, talks: Sequence[Assessment], promises: Mapping[str, Promise]) -> Complaint:
    said = {key: one.answer for talk in talks for key, one in talk.answers.items()}
    answers = {key: held for key, held in said.items() if not key.startswith("_")}
    return Complaint(
        id=case,
        client_id=talks[0].client_id,
        contact_id=next((talk.contact_id for talk in reversed(talks) if talk.contact_id), None),
        since=talks[0].on,
        answers=answers,
        promise=promises.get(str(said.get(PROMISE))),
        promise_id=said.get(PROMISE),
        reports=said.get(CERTAIN) is not True,
        objection_id=said.get(OBJECTION),
    )


def defaults(complaint: Complaint, today: date) -> dict[str, Any]:
    """What Enter accepts when it is talked about again: the last answers, but no day that is over."""
    over = [key for key in ("promise_by", "report_by") if (by := _day(complaint.answers.get(key))) and by < today]
    return {key: held for key, held in complaint.answers.items() if key not in over and key != "settled"}


# For programs


def document(
    ended: Outcome, answers: Answers, *, client: str, contact: str, since: date, advice: Sequence[Advice], command: str
) -> dict[str, Any]:
    """As `complaint --json` prints it; `command` is the one that a crisis asks for."""
    promise = ended.promise
    return {
        "schema": "salescoach/complaint@1",
        "client": client,
        "contact": contact or None,
        "open": not ended.settled,
        "emotion": answers.get("emotion"),
        "options": answers.get("options") or [],
        "chosen": answers.get("chosen"),
        "promise": promise and {"id": promise.id, "what": promise.what, "by": promise.by, "certain": ended.certain},
        "say": documents(advice),
        "escalate": {"kind": ended.escalate, "command": command} if ended.escalate else None,
        "settled": ended.settled,
        "id": _case_of(ended),
        "said": answers.get("said"),
        "since": since,
    }


def _case_of(ended: Outcome) -> str:
    return str(ended.assessment.answers[CASE].answer)


def listed(complaint: Complaint, client: str, contact: str, today: date) -> dict[str, Any]:
    """An open complaint as the list prints it."""
    return {
        "id": complaint.id,
        "client": client,
        "contact": contact or None,
        "said": complaint.said,
        "emotion": complaint.answers.get("emotion"),
        "since": complaint.since,
        "by": complaint.due,
        "overdue": bool(complaint.due and complaint.due < today),
        "promise": complaint.promise_id,
    }
