"""Account sheets: what was answered when, what it is still worth, and what the whole comes to.

An answer is worth 1, or a half where it claims something without evidence, and half of that after each `good_for`
days. One that hangs on another is asked again when the other has changed since. The sheets are S001-SCREEN5,
S001-RISK4, S001-ANALYSE4, S001-WEAPONS10 and what else the scorecards name; that answers fade is ours.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any, Literal, get_args

from salescoach.coach.advice import Advice, Voice, advise, is_spoken
from salescoach.language import Text, pick
from salescoach.playbook.conditions import ANY, holds
from salescoach.playbook.facts import Facts
from salescoach.playbook.models import Checklist, Item, Line, Mark, Means, Part, Question, Scorecard, Section
from salescoach.records.account import Assessment, Said
from salescoach.shape import value

#: What has become of an answer: there is none · it holds · it gets old, or rests on nothing · too old · what it hangs
#: on has changed.
State = Literal["open", "firm", "fading", "faded", "reopened"]
#: Asked in this order: gaps first.
ASKED_FIRST: tuple[State, ...] = ("open", "reopened", "faded", "fading")
STATES: tuple[State, ...] = get_args(State)

#: What an answer without evidence is worth.
GUESS = 0.5
#: Above this an answer is firm, above the next it is fading, below it is too old to count.
FIRM, FADED = 0.5, 0.25
#: Of the points that could be had: a sheet is weak below the first share, strong from the second (ours).
ENOUGH, STRONG = 0.5, 0.75
#: The key under which the evidence of an answer is asked: `can_use`, `can_use_because`.
BECAUSE = "_because"


@value
class Held:
    """One item of a sheet and the last answer to it."""

    item: Item
    part: Part
    state: State
    answer: Any = None
    because: str = ""
    on: date | None = None
    worth: float = 0.0  # 0 to 1

    @property
    def mark(self) -> Mark | None:
        """The choice that was answered, where the item has choices."""
        return next((mark for mark in self.item.choices if mark.id == self.answer), None)

    @property
    def means(self) -> Means | None:
        """What the answer says, as long as it counts."""
        return self.mark.means if self.mark is not None and self.state in ("firm", "fading") else None


@value
class Standing:
    """A sheet of one client, or of one person there, as of today."""

    card: Scorecard
    held: tuple[Held, ...]
    contact_id: str | None = None

    def of(self, item_id: str) -> Held | None:
        """One item by its id."""
        return next((one for one in self.held if one.item.id == item_id), None)

    def answer(self, item_id: str) -> Any:
        """The answer to one item, whatever it is worth by now; None where there is none."""
        one = self.of(item_id)
        return one.answer if one is not None else None

    @property
    def begun(self) -> bool:
        """Something of it was answered."""
        return any(one.state != "open" for one in self.held)

    @property
    def last(self) -> date | None:
        """The day of the latest answer."""
        return max((one.on for one in self.held if one.on), default=None)


def standing(
    card: Scorecard,
    assessments: Iterable[Assessment],
    today: date,
    *,
    contact_id: str | None = None,
    facts: Facts | None = None,
) -> Standing:
    """
    Every item of a sheet with its latest answer and what that is worth today.

    Args:
        assessments: In any order; those of other sheets and other people are passed over.
    """
    about = [one for one in assessments if one.sheet == card.id and one.contact_id == contact_id]
    told = _Told(sorted(about, key=lambda one: (one.on, one.id)))
    known = facts or Facts()
    held = tuple(
        _held(part, item, told, today)
        for part in card.parts
        if holds(part.when, known)
        for item in part.items
        if holds(item.when, known)
    )
    return Standing(card=card, held=held, contact_id=contact_id)


class _Told:
    """The answers of one sheet in order: for each item the last one, and when it last changed."""

    def __init__(self, assessments: Sequence[Assessment]) -> None:
        self.last: dict[str, tuple[Said, date, int]] = {}
        self.changed: dict[str, int] = {}
        for number, assessment in enumerate(assessments):
            for id_, said in assessment.answers.items():
                before = self.last.get(id_)
                if before is not None and before[0].answer != said.answer:
                    self.changed[id_] = number
                self.last[id_] = (said, assessment.on, number)


def _held(part: Part, item: Item, told: _Told, today: date) -> Held:
    if item.id not in told.last:
        return Held(item=item, part=part, state="open")
    said, on, number = told.last[item.id]
    worth = value_of(item, said, (today - on).days)
    reopened = any(told.changed.get(id_, -1) > number for id_ in item.hangs_on)
    return Held(
        item=item, part=part, state="reopened" if reopened else _state(worth),
        answer=said.answer, because=said.because, on=on, worth=worth,
    )  # fmt: skip


def value_of(item: Item, said: Said, days: int) -> float:
    """What an answer is worth `days` after it was given: from 1 down to nearly 0; never more with more days."""
    proven = 1.0 if said.because or said.answer not in claims(item) else GUESS
    return proven if item.good_for is None else proven * 0.5 ** (max(0, days) / item.good_for)


def _state(worth: float) -> State:
    return "firm" if worth > FIRM else "fading" if worth > FADED else "faded"


def weighed(item: Item) -> bool:
    """An item whose answers speak for or against."""
    return any(mark.means for mark in item.choices)


def claims(item: Item) -> tuple[str, ...]:
    """The answers that claim something, and so need evidence: not to know needs none."""
    return tuple(mark.id for mark in item.choices if mark.means in ("good", "bad"))


def due(sheet: Standing, *, deep: bool = False) -> tuple[Held, ...]:
    """
    What is to be asked, gaps first; in a funnel nothing after the first bad answer.

    Args:
        deep: Also what only a thorough look asks.
    """
    wanted = [one for one in _before_the_stop(sheet) if one.state != "firm" and (deep or one.item.pace != "deep")]
    return tuple(sorted(wanted, key=lambda one: ASKED_FIRST.index(one.state)))


def _before_the_stop(sheet: Standing) -> tuple[Held, ...]:
    for place, one in enumerate(sheet.held):
        if sheet.card.funnel and one.means == "bad":
            return sheet.held[: place + 1]
    return sheet.held


def stops_at(sheet: Standing) -> Held | None:
    """The item at which a funnel ends; None where it does not."""
    return next((one for one in sheet.held if sheet.card.funnel and one.means == "bad"), None)


def verdict(sheet: Standing) -> Means | None:
    """
    What the sheet comes to: bad with any bad answer, good when every weighed item at normal pace is answered well.

    Where points are added up they decide: bad below half of what the answers could reach, good from three quarters
    with nothing bad; and open until half of them are answered. None where nothing is weighed, or nothing answered.
    """
    judged = [one for one in sheet.held if weighed(one.item) and (one.item.pace != "deep" or one.means)]
    if not judged or not sheet.begun:
        return None
    if scored := _scored(sheet):
        return _by_points(scored)
    found = {one.means for one in judged}
    if "bad" in found:
        return "bad"
    return "good" if found == {"good"} else "open"


def _scored(sheet: Standing) -> list[Held]:
    """The items whose answers give points."""
    return [one for one in sheet.held if any(mark.points is not None for mark in one.item.choices)]


def _by_points(scored: Sequence[Held]) -> Means:
    counted = [one for one in scored if _points(one) is not None]
    if 2 * len(counted) < len(scored):
        return "open"
    share = sum(_points(one) or 0 for one in counted) / (sum(_most(one) for one in counted) or 1)
    if share < ENOUGH:
        return "bad"
    return "good" if share >= STRONG and not any(one.means == "bad" for one in counted) else "open"


def _most(one: Held) -> int:
    return max(mark.points or 0 for mark in one.item.choices)


def score(sheet: Standing) -> tuple[int, int] | None:
    """Points reached and to be had by the items that give any; answers too old do not count. None: no item does."""
    items = _scored(sheet)
    if not items:
        return None
    reached = sum(_points(one) or 0 for one in items)
    return reached, sum(map(_most, items))


def _points(one: Held) -> int | None:
    return one.mark.points if one.mark is not None and one.state in ("firm", "fading") else None


def weakest(sheet: Standing) -> tuple[Held, ...]:
    """The answered items that give points, the weakest first; of equals the one that was looked at longest ago."""
    scored = [one for one in sheet.held if _points(one) is not None]
    return tuple(sorted(scored, key=lambda one: (_points(one) or 0, one.on or date.min)))


def filled(sheet: Standing) -> tuple[int, int]:
    """How many items have an answer that still counts, and of how many: those at normal pace, and what was answered."""
    asked = [one for one in sheet.held if one.item.pace != "deep" or one.state != "open"]
    return sum(one.state in ("firm", "fading") for one in asked), len(asked)


# As a walk, and back


def as_checklist(sheet: Standing, wanted: Sequence[Held], because: Text, *, in_file: bool = False) -> Checklist:
    """
    The sheet as something to be walked: the wanted items in their order, each weighed one followed by its evidence.

    Args:
        because: How the evidence is asked for.
        in_file: Evidence is taken for every answer, not only asked for where one claims something.
    """
    card = sheet.card
    sections: dict[str, list[Question]] = {}
    titles = {one.part.id: one.part.title for one in wanted}
    stops: list[dict[str, Any]] = []
    for one in wanted:
        asked = _questions(one.item, because, tuple(stops), (ANY,) if in_file else claims(one.item))
        sections.setdefault(one.part.id, []).extend(asked)
        bad = [mark.id for mark in one.item.choices if mark.means == "bad"]
        if card.funnel and bad:
            stops.append({"answers": {one.item.id: bad}})
    return Checklist(
        kind="checklist", id=card.id, version=card.version, title=card.title, sources=card.sources, use="me",
        sections=tuple(Section(id=id_, title=titles[id_], questions=tuple(asked)) for id_, asked in sections.items()),
    )  # fmt: skip


def _questions(
    item: Item, because: Text, stops: tuple[dict[str, Any], ...], explained: tuple[str, ...]
) -> list[Question]:
    """The item as a question, and where it is weighed the evidence of the answers that are to be explained."""
    not_stopped: dict[str, Any] | None = {"none": list(stops)} if stops else None
    when = _both(item.when, not_stopped)
    asked = {field.name: getattr(item, field.name) for field in fields(Question)}
    main = Question(**{**asked, "when": when, "pace": "normal"})
    if not weighed(item):
        return [main]
    said = _both(when, {"answers": {item.id: list(explained)}})
    return [main, Question(id=item.id + BECAUSE, ask=because, type="text", when=said)]


def _both(one: dict[str, Any] | None, other: dict[str, Any] | None) -> dict[str, Any] | None:
    return {"all": [one, other]} if one and other else one or other


def known_answers(sheet: Standing) -> dict[str, Any]:
    """What was answered before, by the keys of the walk: the defaults of the next one."""
    known: dict[str, Any] = {}
    for one in sheet.held:
        if one.state != "open":
            known[one.item.id] = one.answer
            if one.because:
                known[one.item.id + BECAUSE] = one.because
    return known


def taken(
    sheet: Standing, answers: Mapping[str, Any], today: date, new_id: Callable[[], str], client_id: str
) -> Assessment | None:
    """
    The answers of a walk as a record; None where nothing was answered.

    Evidence that is not given again is not carried over: an answer rests on what was said with it.
    """
    said = {
        one.item.id: Said(answer=answers[one.item.id], because=str(answers.get(one.item.id + BECAUSE) or ""))
        for one in sheet.held
        if answers.get(one.item.id) not in (None, "", [], {})
    }
    if not said:
        return None
    return Assessment(
        id=new_id(), client_id=client_id, contact_id=sheet.contact_id, sheet=sheet.card.id, version=sheet.card.version,
        on=today, answers=said,
    )  # fmt: skip


# What to do


def advice_of(sheet: Standing, speaker: Voice) -> tuple[Advice, ...]:
    """What follows: from the verdict, then from the bad answers, the open ones, and what the others call for."""
    judged = verdict(sheet)
    lines = list(sheet.card.verdicts[judged].lines) if judged in sheet.card.verdicts else []
    order: tuple[Means | None, ...] = ("bad", "open", None, "good")
    for means in order:
        lines += [line for one in sheet.held for mark in marks_of(one) if mark.means == means for line in mark.do]
    return advise(sheet.card, lines, speaker)


def marks_of(one: Held) -> tuple[Mark, ...]:
    """The choices that were answered and still count."""
    if one.state not in ("firm", "fading"):
        return ()
    said = one.answer if isinstance(one.answer, list) else [one.answer]
    return tuple(mark for mark in one.item.choices if mark.id in said)


def step_up(one: Held, sheet: Standing, speaker: Voice) -> tuple[Advice, ...]:
    """What the item itself advises while it is weak."""
    return advise(sheet.card, one.item.do, speaker)


def first_question(sheet: Standing, speaker: Voice) -> tuple[Advice, ...]:
    """What to ask the customer about the weakest point, or to fill the first gap; none where neither has a question."""
    for one in (*weakest(sheet)[:1], *due(sheet)):
        spoken = [line for line in (*_whys(one), *one.item.do) if is_spoken(pick(line.text, speaker.lang))]
        if spoken:
            return advise(sheet.card, spoken[:1], speaker)
    return ()


def _whys(one: Held) -> tuple[Line, ...]:
    """What an item says of how to find out, as a line of its own."""
    why = one.item.why
    return (Line(id=one.item.id.replace("_", "-"), text=why, source=one.item.source),) if why is not None else ()
