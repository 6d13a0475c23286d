"""
Which case to practise next, how it is asked, and what came of it.

Chosen by what the debriefs show: each thing that went wrong counts once a visit, and only after the case that trains it
was last worked. Where they show nothing, the case that was never worked comes first, then the one worked longest ago.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from salescoach.coach.advice import Voice
from salescoach.language import Text, pick
from salescoach.playbook.models import Checklist, Choice, Question, Rules, Scenario, Section, Typology
from salescoach.records.models import ObjectionMet, Visit
from salescoach.records.practice import Exercise
from salescoach.shape import value

#: Days that the debriefs are read back, and how many of them at most.
DAYS, DEBRIEFS = 90, 60
#: The two questions of a case.
ANSWER, HIT = "answer", "hit"
#: What an outcome must be to speak for practice.
WEAK = ("continuation", "no-sale")

#: What debriefs showed: an outcome, a fault, a topic or a feedback rule → the days, one a visit.
Shown = Mapping[str, Sequence[date]]


@value
class Chosen:
    """A case, and why it: what it trains and how often that was shown; else when it was last worked."""

    case: str  # its id
    shown: tuple[tuple[str, int], ...] = ()  # the most frequent first
    last: date | None = None


def shown_in(visits: Iterable[Visit], objections: Iterable[ObjectionMet]) -> dict[str, list[date]]:
    """What these visits' debriefs show: weak outcomes, faults, feedback that was given, topics left unresolved."""
    open_topics: dict[str, set[str]] = {}
    for one in objections:
        if one.topic and not one.resolved and one.visit_id:
            open_topics.setdefault(one.visit_id, set()).add(one.topic)
    shown: dict[str, list[date]] = {}
    for visit in visits:
        for id_ in _of_visit(visit) | open_topics.get(visit.id, set()):
            shown.setdefault(id_, []).append(visit.when)
    return shown


def _of_visit(visit: Visit) -> set[str]:
    told = visit.debrief
    if told is None:
        return set()
    faults = {id_ for ticked in (told.listening, told.taboos) for id_, happened in ticked.items() if happened}
    weak = {told.outcome} if told.outcome in WEAK else set()
    return faults | weak | {id_.rpartition(".")[2] for id_ in told.feedback}


def last_of_each(exercises: Iterable[Exercise]) -> dict[str, Exercise]:
    """Of every case the latest exercise."""
    last: dict[str, Exercise] = {}
    for one in exercises:
        known = last.get(one.case)
        if known is None or (known.on, known.id) < (one.on, one.id):
            last[one.case] = one
    return last


def choose(
    cases: Mapping[str, Sequence[str]], shown: Shown, last: Mapping[str, Exercise], today: date
) -> Chosen | None:
    """
    The case to practise today: the same whenever it is asked on one day; None where there are none.

    Among equals it moves on by one each day.

    Args:
        cases: What each case trains, by its id, in their order.
    """
    turn, often = today.toordinal(), {id_: len(days) for id_, days in shown.items()}

    def order(one: tuple[int, str]) -> tuple[int, date, int]:
        place, case = one
        worked = last[case].on if case in last else None
        counts = often if worked is None else dict(_since(worked, cases[case], shown))
        return -sum(counts.get(id_, 0) for id_ in cases[case]), worked or date.min, (place - turn) % len(cases)

    if not cases:
        return None
    _, case = min(enumerate(cases), key=order)
    worked = last[case].on if case in last else None
    found = sorted((one for one in _since(worked, cases[case], shown) if one[1]), key=lambda one: -one[1])
    return Chosen(case=case, shown=tuple(found), last=worked)


def _since(worked: date | None, trains: Sequence[str], shown: Shown) -> Iterator[tuple[str, int]]:
    """How often each thing that a case trains was shown since it was last worked on."""
    return ((id_, sum(worked is None or day > worked for day in shown.get(id_, ()))) for id_ in trains)


def names(
    outcomes: Typology, topics: Mapping[str, Text], debriefs: Iterable[Checklist], feedback: Iterable[Rules]
) -> dict[str, Text]:
    """What each thing that a debrief can show is called; a fault in the words in which it was admitted."""
    rules = {rule.id: rule.say for book in feedback for rule in book.rules}
    asked = (question for book in debriefs for section in book.sections for question in section.questions)
    faults = {one.id: one.label for question in asked if question.type == "ticks" for one in question.choices}
    return {
        **rules,
        **faults,
        **{one.id: one.title for one in outcomes.entries},
        **topics,
    }


def as_checklist(case: Scenario, which: Text, speaker: Voice) -> Checklist:
    """
    The case as something to be walked: its question, then the points of a good answer to tick.

    Args:
        which: How the points are asked for.
    """
    points = tuple(Choice(id=line.id, label=filled(line.text, speaker), source=line.source) for line in case.holds)
    return Checklist(
        kind="checklist", id=case.id, version=case.version, title=case.title, sources=case.sources, use="me",
        sections=(
            Section(
                id=case.id,
                title=case.title,
                questions=(
                    Question(id=ANSWER, ask=filled(case.ask, speaker), type="long"),
                    Question(id=HIT, ask=which, type="many-of", choices=points),
                ),
            ),
        ),
    )  # fmt: skip


def filled(text: Text, speaker: Voice) -> str:
    """A text with the rep's names; as it stands where one that it needs is not known."""
    return speaker.fill(text) or pick(text, speaker.lang)


def taken(case: Scenario, answers: Mapping[str, object], id_: str, today: date) -> Exercise:
    """The answers of a walk as a record."""
    given, hit = answers.get(ANSWER), answers.get(HIT)
    ticked = set(hit) if isinstance(hit, list) else set()
    return Exercise(
        id=id_,
        case=case.id,
        on=today,
        answer=str(given or ""),
        hit=tuple(line.id for line in case.holds if line.id in ticked),
        of=len(case.holds),
    )
