"""An objection taken step by step: what to say at each step, which techniques fit, and what is said next.

The order is that of S001-OBJRULE6 and LAER: pause, listen, acknowledge, explore (the five questions of S001-OBJTECH6),
tell real, false and hidden apart (S001-OBJTYPE3, S002-OBJCLASS3), choose a technique (S001-OBJTECH6, S002-OBJTECH3),
respond, check, fix the next step while it is warm (S003-NEXTSTEP).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from salescoach.coach.advice import Advice, Voice, advise, documents, is_spoken
from salescoach.coach.objection import Answer
from salescoach.coach.prep import step, step_document
from salescoach.language import pick, say, show_day
from salescoach.playbook.models import Objection, Technique
from salescoach.playbook.models import Step as Handling
from salescoach.records.ids import ObjectionKind
from salescoach.records.models import ObjectionMet, Step
from salescoach.shape import value

Answers = Mapping[str, Any]
#: The questions of the checklist that have something to say, in its order.
STEPS = (
    *("pause", "listen", "acknowledge", "holding", "besides", "supposing", "another", "takes"),
    *("class", "technique", "response", "settled", "next_step"),
)
EXPLORING = ("holding", "besides", "supposing", "another", "takes")
KINDS: tuple[ObjectionKind, ...] = ("real", "false", "hidden")
#: Lines shown before a response, at most.
MOST = 4
#: Lines of what is known of the person, at most.
KNOWN = 2
#: The techniques that the walk itself goes by: who has come this far has used them.
WALKED = ("laer", "five-questions")
NEXT_STEP = "S003-NEXTSTEP"


@value
class Case:
    """One objection being handled: its answer for whoever is listening, and what that was made from."""

    given: Answer
    book: Objection
    techniques: Mapping[str, Technique]
    speaker: Voice
    spoken: Voice | None = None  # in the language of the customer, where it is another than the rep's


@value
class Walked:
    """What a walk came to."""

    said: str
    title: str  # of the topic
    kind: ObjectionKind | None
    means: str  # what this kind means for this topic
    technique: str | None
    technique_title: str
    say: tuple[Advice, ...]
    found: tuple[str, ...]  # what they answered to the questions
    settled: bool | None
    next_step: Step | None
    ask: Advice  # the question that tells the kinds apart
    say_next: tuple[Advice, ...]


def lines_for(case: Case, question: str, answers: Answers) -> tuple[Advice, ...]:
    """What to say or do at one step, the topic's own words first; nothing where a step needs none."""
    if question == "pause":
        return (*_moves(case, question), *case.given.known[:KNOWN])
    if question in ("listen", "acknowledge"):
        return _moves(case, question) or _of_technique(case, "laer", question)
    if question in EXPLORING:
        return _exploring(case, question)
    if question == "class":
        return (case.given.ask, *(_kind(case, kind) for kind in KINDS))
    if question == "response":
        return response(case, answers)
    if question == "settled":
        return _moves(case, "check") or (_ours(case, "check"),)
    if question == "next_step":
        return (*_instead(case, answers), _appointment(case))
    return ()


def fitting(case: Case, answers: Answers) -> tuple[str, ...]:
    """
    Techniques that fit the kind: those this topic has a step for in the order of its steps, then the others. Those
    with a step alone where the kind is not known. Last come the two that the walk itself is made of.
    """
    kind = _kind_of(answers)
    own = [one.technique for one in case.book.steps if one.technique in case.techniques]
    fit = sorted(one.id for one in case.techniques.values() if kind in one.fits)
    found = dict.fromkeys(one for one in (*own, *fit) if one and (kind is None or one in fit))
    return tuple(sorted(found, key=lambda one: one in WALKED))


def response(case: Case, answers: Answers) -> tuple[Advice, ...]:
    """The sentences of the answer: the technique's on this topic, for this person, then the topic's general ones."""
    chosen = answers.get("technique") or next(iter(fitting(case, answers)), "")
    lines = _with_technique(case, chosen)
    person = (*case.given.style[:1], *case.given.behaviour[:1])
    return (*lines[: MOST - len(person)], *person, *_moves(case, "respond"))[:MOST]


def say_next(case: Case, answers: Answers, at: str | None = None) -> tuple[Advice, ...]:
    """
    The one line to say now.

    Args:
        at: The question at which the walk was left; None: it is told from the answers.
    """
    here = at if at is not None else _stands_at(answers)
    if here in STEPS:
        for question in STEPS[STEPS.index(here) :]:
            if lines := lines_for(case, question, answers):
                return lines[:1]
    if here.endswith("_out"):
        return say_next(case, answers, _after(here.removesuffix("_out")))
    return say_next(case, answers) if at is not None else (_agreed(case, answers),)


def walked(case: Case, answers: Answers) -> Walked:
    """What the walk came to, and what is said next."""
    kind, technique = _kind_of(answers), answers.get("technique")
    known = case.techniques.get(technique or "")
    return Walked(
        said=answers.get("said") or case.given.title,
        title=case.given.title,
        kind=kind,
        means=case.given.kinds[kind] if kind else "",
        technique=technique,
        technique_title=pick(known.title, case.speaker.lang) if known else technique or "",
        say=response(case, answers),
        found=tuple(answers[key] for key in EXPLORING if answers.get(key)),
        settled=answers.get("settled"),
        next_step=step(answers.get("next_step")),
        ask=case.given.ask,
        say_next=say_next(case, answers),
    )


def document(made: Walked) -> dict[str, Any]:
    """As it stands under `walk` in `objection --json`."""
    return {
        "said": made.said,
        "class": made.kind,
        "technique": made.technique,
        "settled": made.settled,
        "next_step": step_document(made.next_step),
        "found": list(made.found),
        "say_next": documents(made.say_next),
    }


def step_line(agreed: Step, speaker: Voice) -> str:
    """Who does what by when, as far as it is known."""
    line = agreed.what
    if agreed.who:
        line = say("deep.what-who", speaker.lang, who=agreed.who, what=line) if line else agreed.who
    day = show_day(agreed.by, speaker.lang, year=False) if agreed.by else ""
    return say("deep.what-by", speaker.lang, what=line, day=day) if day and line else line or day


def note_of(made: Walked, speaker: Voice) -> str:
    """What an objection's record has no place for: their answers, and the next step; "" where there is neither."""
    lang, between = speaker.lang, say("deep.between", speaker.lang)
    parts = [say("deep.note-found", lang, found=between.join(made.found))] if made.found else []
    if made.next_step:
        parts.append(say("deep.note-next", lang, step=step_line(made.next_step, speaker)))
    return say("deep.note", lang, said=made.said, parts=between.join(parts)) if parts else ""


# Where the lines come from


def _moves(case: Case, move: str) -> tuple[Advice, ...]:
    """The answer's own lines for a move."""
    wanted = {f"{case.book.id}.{line.id}" for line in case.book.say if line.move == move}
    return tuple(line for line in case.given.say if line.id in wanted)


def _steps(case: Case, wanted: Callable[[Handling], bool]) -> tuple[Advice, ...]:
    """The answer's steps of that sort."""
    ids = {f"{case.book.id}.{one.id}" for one in case.book.steps if wanted(one)}
    return tuple(line for line in case.given.steps if line.id in ids)


def _with_technique(case: Case, technique: str) -> tuple[Advice, ...]:
    """The topic's steps that use it; where there are none, how the technique goes."""
    own = _own_steps(case, technique)
    return own or _of_technique(case, technique)


def _of_technique(case: Case, technique: str, line: str | None = None) -> tuple[Advice, ...]:
    """A technique's lines, or the one of that id; sentences to say in the language spoken with the customer."""
    known = case.techniques.get(technique)
    if known is None:
        return ()
    lines = [one for one in known.steps if line in (None, one.id)]
    theirs = {one.id: one for one in advise(known, lines, case.spoken or case.speaker) if is_spoken(one.text)}
    return tuple(theirs.get(one.id, one) for one in advise(known, lines, case.speaker))


def _exploring(case: Case, question: str) -> tuple[Advice, ...]:
    """The topic's own question where it has one for this place in the sequence, then the general one."""
    asked = _moves(case, "explore")
    own = {"holding": asked[:1], "besides": asked[1:], "supposing": ()}.get(question, ())
    if question == "supposing":
        own = _steps(case, lambda one: one.technique == "five-questions")
    return (*own, *_of_technique(case, "five-questions", question))


def _kind(case: Case, kind: ObjectionKind) -> Advice:
    """What one kind sounds like on this topic."""
    text = say(f"deep.kind-{kind}", case.speaker.lang, text=case.given.kinds[kind])
    return replace(case.given.ask, id=f"{case.book.id}.tell.{kind}", text=text)


def _kind_of(answers: Answers) -> ObjectionKind | None:
    return next((kind for kind in KINDS if kind == answers.get("class")), None)


def _instead(case: Case, answers: Answers) -> tuple[Advice, ...]:
    """Not settled: a sentence of the next technique that this topic has a step for."""
    if answers.get("settled") is not False:
        return ()
    tried = answers.get("technique") or next(iter(fitting(case, answers)), None)
    others = (_own_steps(case, one) for one in fitting(case, answers) if one != tried)
    return next((lines[:1] for lines in others if lines), ())


def _own_steps(case: Case, technique: str) -> tuple[Advice, ...]:
    """The topic's steps that use a technique."""
    return _steps(case, lambda one: bool(technique) and one.technique == technique)


def _appointment(case: Case) -> Advice:
    """The question with two dates to choose from: the topic's own, else a general one."""
    own = _steps(case, lambda one: one.source == NEXT_STEP)
    return own[-1] if own else _ours(case, "next", source=NEXT_STEP)


def _agreed(case: Case, answers: Answers) -> Advice:
    """The next step, said back."""
    agreed = step(answers.get("next_step")) or Step()
    return _ours(case, "agreed", what=step_line(agreed, case.spoken or case.speaker))


def _ours(case: Case, name: str, source: str = "ours", **facts: object) -> Advice:
    text = say(f"deep.{name}", (case.spoken or case.speaker).lang, **facts)
    return Advice(id=f"objection.{name}", text=text, source=source, playbook="objection", version=case.book.version)


# Where the walk stands


def _stands_at(answers: Answers) -> str:
    """The step after the last one answered; "" where even the next step is agreed."""
    done = [number for number, question in enumerate(STEPS) if _is_answered(question, answers)]
    if not done:
        return STEPS[0]
    last = STEPS[done[-1]]
    if last in EXPLORING and answers.get(f"{last}_out"):
        return "class"
    return _after(last)


def _after(question: str) -> str:
    place = STEPS.index(question) + 1 if question in STEPS else 0
    return STEPS[place] if place < len(STEPS) else ""


def _is_answered(question: str, answers: Answers) -> bool:
    if question in ("pause", "listen", "acknowledge", "response"):
        return _state((answers.get("checklist") or {}).get(question)) == "done"
    if question == "next_step":
        return bool((answers.get("next_step") or {}).get("what"))
    return answers.get(question) is not None


def _state(ticked: Any) -> str | None:
    state = ticked.get("state") if isinstance(ticked, Mapping) else ticked
    return state if isinstance(state, str) else None


# From the walk to the debrief of the day


def known_to(met: Sequence[ObjectionMet]) -> list[dict[str, Any]]:
    """Objections walked through already, as the answers that a debrief starts with."""
    return [_entry(one) for one in met]


def _entry(one: ObjectionMet) -> dict[str, Any]:
    entry = {"said": one.said, "topic": one.topic, "kind": one.kind, "technique": one.technique}
    return {key: part for key, part in entry.items() if part} | {"resolved": one.resolved}


def joined(
    entries: Sequence[Mapping[str, Any]], met: Sequence[ObjectionMet], topic_of: Callable[[str], str | None]
) -> list[dict[str, Any]]:
    """
    What a debrief says of objections with what was walked through before: each once, and none forgotten.

    Returns:
        The entries; one that was walked through before has its `id`, and its `contact_id`.
    """
    by_words = {one.said: one.topic for one in met}
    given = [{key: part for key, part in entry.items() if part is not None} for entry in entries if entry.get("said")]
    for entry in given:
        if "topic" not in entry:
            entry["topic"] = by_words.get(entry["said"]) or topic_of(entry["said"])
    partners = _partners([(entry["said"], entry["topic"]) for entry in given], met)
    whole = [{**(_kept(known) if known else {}), **entry} for entry, known in zip(given, partners, strict=True)]
    return [*whole, *(_kept(one) for one in met if one not in partners)]


def _kept(one: ObjectionMet) -> dict[str, Any]:
    return {**_entry(one), "id": one.id, "contact_id": one.contact_id}


def in_place(objections: Sequence[ObjectionMet], entries: Sequence[Mapping[str, Any]]) -> tuple[ObjectionMet, ...]:
    """The objections that `joined` entries became, each under the id it had before: saving replaces that."""
    return tuple(
        replace(one, id=entry.get("id") or one.id, contact_id=one.contact_id or entry.get("contact_id"))
        for one, entry in zip(objections, entries, strict=True)
    )


def _partners(entries: Sequence[tuple[str, str | None]], met: Sequence[ObjectionMet]) -> list[ObjectionMet | None]:
    """For each entry the objection in the same words, else one on the same topic that no other entry has words of."""
    words = {said for said, _ in entries}
    left = list(met)
    found: list[ObjectionMet | None] = []
    for said, topic in entries:
        alike = [one for one in left if one.said == said]
        alike += [one for one in left if topic and one.topic == topic and one.said not in words]
        left = [one for one in left if one not in alike[:1]]
        found.append(alike[0] if alike else None)
    return found


def record(
    case: Case, made: Walked, id_: str, client_id: str, on: date, earlier: Sequence[ObjectionMet]
) -> ObjectionMet:
    """
    The objection as it is kept.

    Args:
        earlier: The client's others: the same words of the same day are the same objection, and keep its id.
    """
    known = next((one for one in earlier if (one.on, one.said, one.topic) == (on, made.said, case.book.id)), None)
    base = known or ObjectionMet(id=id_, client_id=client_id, on=on, said=made.said, topic=case.book.id)
    return replace(base, kind=made.kind, technique=made.technique, resolved=made.settled is True)
