"""After a call: what was said becomes an outcome with its reasons, promises, objections and what to do better.

The advance gate (Rackham 1988; S001-OUTCOME4): an outcome is computed from who does what by when, never from mood.
*order*; *advance* only with a person on their side, an action and a date; *no-sale* when refused; *continuation*
otherwise. What only we promised is a continuation.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import Any

from salescoach.coach.advice import Advice, Voice, advise, documents
from salescoach.coach.alike import CLEAR, DOUBT, likeness
from salescoach.coach.carry import to_ask
from salescoach.coach.facts import facts_before
from salescoach.coach.history import History
from salescoach.coach.prep import Books, day, rules_that_hold, step, who_is_met
from salescoach.coach.warm import is_warm
from salescoach.errors import InvalidError
from salescoach.language import Lang, say, show_day
from salescoach.playbook.facts import Facts
from salescoach.playbook.models import Typology
from salescoach.records.ids import Outcome, PlanResult
from salescoach.records.me import Me
from salescoach.records.models import (
    Contact,
    Debrief,
    ObjectionMet,
    Observation,
    Plan,
    Promise,
    Step,
    Visit,
)
from salescoach.shape import value

FEEDBACK_LINES = 3
#: What a rule loses for each of the last visits in which it was shown, so that it is not the same three every time.
STALE = 25
#: How many of the last visits are looked at, of this client's and of all.
RECENT = 3
#: Of two steps a commitment resembles, it is not clearly the one that it resembles less.
NOT_CLEAR = CLEAR - 0.01
#: What would be held against the rep where it is left open; the short form does not ask all of it.
TELLING = frozenset({"asked", "objections", "next_date"})
OURS = frozenset({"me", "us", "we", "i", "our side", "我", "我们", "我方", "咱们", "我司", "俺"})


@value
class Verdict:
    """What a debrief comes to: the closed visit, and the records that follow from it."""

    visit: Visit
    moved_to: date | None  # a visit that did not take place: the new date, if one was given
    because: tuple[Advice, ...]
    promises: tuple[Promise, ...]
    objections: tuple[ObjectionMet, ...]
    observations: tuple[Observation, ...]
    newcomers: tuple[Contact, ...]
    changed: tuple[Contact, ...]  # people of whom something new is known
    settled: tuple[ObjectionMet, ...]  # earlier objections that this call resolved
    feedback: tuple[Advice, ...]
    confirmation: str

    @property
    def foresight(self) -> dict[str, list[str]]:
        """
        Topics that prep expected against those that came: came, stayed away, came unexpected; in order of each.

        Where nobody was asked about objections, none is said to have stayed away.
        """
        plan = self.visit.plan if "objections" not in self.debrief.unknown else None
        expected = list(plan.expected_objections) if plan else []
        met = list(dict.fromkeys(one.topic for one in self.objections if one.topic))
        return {
            "came": [one for one in expected if one in met],
            "stayed_away": [one for one in expected if one not in met],
            "unexpected": [one for one in met if one not in expected],
        }

    @property
    def debrief(self) -> Debrief:
        """The debrief; an empty one for a visit that did not take place."""
        return self.visit.debrief or Debrief()


def outcome_of(order: bool, refused: bool, commitments: Iterable[Step]) -> Outcome:
    """
    The advance gate.

    Raises:
        InvalidError: An order and a refusal at once.
    """
    if order and refused:
        raise InvalidError("order-and-refused")
    if order:
        return "order"
    if refused:
        return "no-sale"
    return "advance" if any(is_full(one) for one in commitments) else "continuation"


def is_full(commitment: Step) -> bool:
    """A person on their side, an action and a date."""
    return bool(commitment.who and commitment.what and commitment.by) and not is_ours(commitment.who)


def is_ours(who: str) -> bool:
    """The words for our own side: what we do is no commitment of theirs."""
    return who.strip().casefold() in OURS


def plan_results(
    plan: Plan,
    commitments: Sequence[Step],
    outcome: Outcome,
    *,
    primary_met: bool | None = None,
    fallback_met: bool | None = None,
) -> tuple[PlanResult, PlanResult]:
    """
    What became of the planned advance and of the fallback, which nobody needed where the advance was met.

    Args:
        primary_met: The rep's own answer where the words left it in doubt; `fallback_met` likewise.
    """
    planned, smaller = plan.primary_advance, plan.fallback_advance
    primary = plan_result(planned, commitments, outcome, primary_met, smaller)
    return primary, "none" if primary == "met" else plan_result(smaller, commitments, outcome, fallback_met)


def plan_result(
    planned: Step | None,
    commitments: Sequence[Step],
    outcome: Outcome,
    said: bool | None,
    smaller: Step | None = None,
) -> PlanResult:
    """
    What became of one planned step. An order meets it: whatever was to be reached, an order is more.

    Args:
        said: The rep's own answer where the words left it in doubt.
        smaller: The fallback, of a planned advance: what was agreed may be that.
    """
    if planned is None or not planned.what:
        return "none"
    if said or outcome == "order" or (said is None and _best_likeness(planned, commitments, smaller) >= CLEAR):
        return "met"
    return "replaced" if outcome == "advance" else "missed"


def in_doubt(planned: Step | None, commitments: Sequence[Step], smaller: Step | None = None) -> bool:
    """A full commitment resembles the plan, but not clearly: the rep is asked."""
    return planned is not None and DOUBT <= _best_likeness(planned, commitments, smaller) < CLEAR


def _best_likeness(planned: Step, commitments: Sequence[Step], smaller: Step | None) -> float:
    return max((_likeness(planned, one, smaller) for one in commitments if is_full(one)), default=0.0)


def _likeness(planned: Step, agreed: Step, smaller: Step | None) -> float:
    """How much was agreed like the plan; what is more like the fallback is in doubt, and what is all of it is that."""
    alike = likeness(planned.what, agreed.what)
    other = likeness(smaller.what, agreed.what) if smaller else 0.0
    if other <= alike:
        return alike
    return 0.0 if other == 1 else min(alike, NOT_CLEAR)


def planned_step(plan: Plan | None, question: str, lang: Lang) -> str:
    """The step that "primary_met" or "fallback_met" asks about, in words; "" for any other question."""
    steps = {"primary_met": plan.primary_advance, "fallback_met": plan.fallback_advance} if plan else {}
    planned = steps.get(question)
    if planned is None:
        return ""
    step = say("coach.planned-step", lang, who=planned.who, what=planned.what) if planned.who else planned.what
    by = say("coach.confirm-by", lang, day=show_day(planned.by, lang)) if planned.by else ""
    return say(f"coach.planned-{question.removesuffix('_met')}", lang, step=step + by)


def facts_after(
    books: Books,
    history: History,
    visit: Visit,
    answers: Mapping[str, Any],
    today: date,
    unknown: Collection[str] = (),
) -> Facts:
    """
    What a `when:` may ask during and after a debrief; safe to call on half-finished answers.

    Args:
        unknown: Of TELLING, what nobody was asked and nobody said.
    """
    theirs, ours = commitments(answers)
    plan = visit.plan or Plan()
    order, refused = bool(answers.get("order")), bool(answers.get("refused"))
    outcome: Outcome | None = None if order and refused else outcome_of(order, refused, theirs)
    met = [one for one in answers.get("objections") or () if one.get("said")]
    topics = _topics(met)
    primary, fallback = _results(plan, theirs, outcome, answers)
    before = facts_before(history, books.get(Typology, "styles"), visit, who_is_met(history, visit), today)
    return replace(
        before,
        took_place=answers.get("took_place", True),
        outcome=outcome,
        commitments=len(theirs),
        commitments_dated=sum(map(is_full, theirs)),
        promises_made=len(ours),
        primary_result=primary,
        fallback_result=fallback,
        primary_in_doubt=outcome != "order" and in_doubt(plan.primary_advance, theirs, plan.fallback_advance),
        fallback_in_doubt=primary != "met" and in_doubt(plan.fallback_advance, theirs),
        forecast=plan.forecast,
        questions_planned=len(to_ask(history, visit)),
        questions_asked=len(answers["asked"]) if answers.get("asked") is not None else None,
        people_met=_maybe_met(history, visit, theirs),
        cues_noted=len(answers.get("cues") or ()) + bool(answers.get("behaviour")),
        objections_met=len(met),
        objections_open=sum(not one.get("resolved") for one in met),
        topics_met=topics,
        topics_open=_topics(one for one in met if not one.get("resolved")),
        topics_unexpected=topics - frozenset(plan.expected_objections),
        objection_kinds=frozenset(one["kind"] for one in met if one.get("kind")),
        listening_faults=_admitted(answers, "listening"),
        taboos_hit=_admitted(answers, "taboos"),
        faults_admitted=_review(answers),
        warm_words=is_warm(books.get(Typology, "warm-words"), answers.get("summary") or ""),
        next_date_set=None if "next_date" in unknown else bool(answers.get("next_date")),
        lesson_written=bool(answers.get("lesson")),
        answers=dict(answers),
    )


def _results(
    plan: Plan, theirs: Sequence[Step], outcome: Outcome | None, answers: Mapping[str, Any]
) -> tuple[PlanResult | None, PlanResult | None]:
    if outcome is None:
        return None, None
    said = {key: answers.get(key) for key in ("primary_met", "fallback_met")}
    return plan_results(plan, theirs, outcome, **said)


def _topics(met: Iterable[Mapping[str, Any]]) -> frozenset[Any]:
    return frozenset(one["topic"] for one in met if one.get("topic"))


def _admitted(answers: Mapping[str, Any], key: str) -> frozenset[str]:
    return frozenset(item for item, happened in (answers.get(key) or {}).items() if happened)


def _review(answers: Mapping[str, Any]) -> frozenset[str]:
    """What was ticked in the lists of this sort of visit; listening and taboos, asked after every one, are not them."""
    lists = [key for key, said in answers.items() if isinstance(said, Mapping) and key not in ("listening", "taboos")]
    return frozenset(item for key in lists for item, happened in answers[key].items() if happened is True)


def commitments(answers: Mapping[str, Any]) -> tuple[tuple[Step, ...], tuple[Step, ...]]:
    """Theirs and ours: what `me` or `us` was to do is a promise of ours, wherever it was written."""
    said = [made for one in answers.get("client_commitments") or () if (made := step(one))]
    promised = [made for one in answers.get("our_promises") or () if (made := step(one))]
    theirs = tuple(one for one in said if not is_ours(one.who))
    return theirs, (*promised, *(one for one in said if is_ours(one.who)))


def judge(
    books: Books,
    history: History,
    visit: Visit,
    answers: Mapping[str, Any],
    today: date,
    speaker: Voice,
    new_id: Callable[[], str],
    find_contact: Callable[[str], Contact | None],
    put: Collection[str] | None = None,
) -> Verdict:
    """
    The verdict on a call.

    Args:
        answers: Keys as in the debrief checklist; dates as ISO text.
        new_id: Gives ids for the records that follow.
        find_contact: The contact a name on their side means, if there is one.
        put: Ids of the questions that the walk asked; None: all of them. What was neither asked nor said is not known,
            and not held against anybody.

    Raises:
        InvalidError: An order and a refusal at once.
    """
    if answers.get("took_place") is False:
        return _not_held(visit, answers)
    theirs, ours = commitments(answers)
    newcomers = _newcomers(visit.client_id, theirs, new_id, find_contact)
    visit = replace(visit, contact_ids=visit.contact_ids or _seen(history, theirs, newcomers, find_contact))
    known = replace(history, contacts=(*history.contacts, *newcomers))
    outcome = outcome_of(bool(answers.get("order")), bool(answers.get("refused")), theirs)
    unknown = frozenset(one for one in TELLING if put is not None and one not in put and one not in answers)
    facts = facts_after(books, history, visit, answers, today, unknown)
    feedback = _feedback(books, history, facts, speaker)
    closed = _closed(visit, answers, theirs, outcome, facts, feedback, unknown)
    debrief = closed.debrief or Debrief()
    return Verdict(
        visit=closed,
        moved_to=None,
        because=_because(books, debrief, ours, speaker),
        promises=(
            *_promises(closed, theirs, "theirs", "", new_id),
            *_promises(closed, ours, "ours", history.me.name, new_id),
        ),
        objections=_objections(closed, answers, new_id),
        observations=_observations(known, closed, answers, new_id),
        newcomers=newcomers,
        changed=_behaved(known, closed, answers),
        settled=_settled(history, answers),
        feedback=feedback,
        confirmation=confirmation(known, closed, ours, today, speaker),
    )


def _not_held(visit: Visit, answers: Mapping[str, Any]) -> Verdict:
    """A visit that did not take place has no outcome; it moves where a new date is given."""
    return Verdict(
        visit=replace(visit, status="not-held"),
        moved_to=day(answers.get("next_date")),
        because=(), promises=(), objections=(), observations=(), newcomers=(),
        changed=(),
        settled=(), feedback=(), confirmation="",
    )  # fmt: skip


#: Answer keys of a debrief that have a place of their own in the record.
DEBRIEF_KEYS = frozenset(
    [
        "took_place",
        "summary",
        "order",
        "refused",
        "client_commitments",
        "asked",
        "our_promises",
        "objections",
        "cues",
        "cues_about",
        "listening",
        "taboos",
        "lesson",
        "next_step",
        "next_date",
        "primary_met",
        "fallback_met",
        "behaviour",
    ]
)


def _closed(
    visit: Visit,
    answers: Mapping[str, Any],
    theirs: tuple[Step, ...],
    outcome: Outcome,
    facts: Facts,
    feedback: Sequence[Advice],
    unknown: Collection[str],
) -> Visit:
    debrief = Debrief(
        summary=answers.get("summary") or "",
        order=bool(answers.get("order")),
        refused=bool(answers.get("refused")),
        client_commitments=theirs,
        asked=tuple(answers.get("asked") or ()),
        unknown=tuple(sorted(unknown)),
        listening=dict(answers.get("listening") or {}),
        taboos=dict(answers.get("taboos") or {}),
        lesson=answers.get("lesson") or "",
        next_step=answers.get("next_step") or "",
        next_date=day(answers.get("next_date")),
        outcome=outcome,
        primary=facts.primary_result or "none",
        fallback=facts.fallback_result or "none",
        feedback=tuple(line.id for line in feedback),
        extra={key: said for key, said in answers.items() if key not in DEBRIEF_KEYS},
    )
    return replace(visit, status="done", debrief=debrief)


def _because(books: Books, debrief: Debrief, ours: Sequence[Step], speaker: Voice) -> tuple[Advice, ...]:
    """Why this outcome: the rule that decided, in the call's own names."""
    outcomes = books.get(Typology, "outcomes")
    lang = speaker.lang
    theirs = debrief.client_commitments
    full = [one for one in theirs if is_full(one)]
    reasons: list[tuple[str, str]] = []
    if debrief.outcome == "advance":
        reasons += [("advance", say("coach.because-advance", lang, **_spoken(one, lang))) for one in full]
    elif debrief.outcome == "continuation":
        reasons += [("unfinished", _unfinished(one, lang)) for one in theirs]
        if ours and not theirs:
            reasons.append(("only-ours", say("coach.because-only-ours", lang)))
        reasons.append(("continuation", say("coach.because-continuation", lang)))
    else:
        reasons.append((debrief.outcome, say(f"coach.because-{debrief.outcome}", lang)))
    return tuple(
        Advice(id=f"outcomes.{id_}", text=text, source="S001-OUTCOME4", playbook="outcomes", version=outcomes.version)
        for id_, text in reasons
    )


def _spoken(one: Step, lang: Lang) -> dict[str, str]:
    return {"who": one.who, "what": one.what, "by": show_day(one.by, lang) if one.by else ""}


def _unfinished(one: Step, lang: Lang) -> str:
    missing = [part for part, there in (("who", one.who), ("what", one.what), ("by", one.by)) if not there]
    words = say("coach.list-comma", lang).join(say(f"coach.part-{part}", lang) for part in missing)
    return say("coach.because-unfinished", lang, what=one.what or one.who or "–", missing=words)


def _promises(
    visit: Visit, steps: Iterable[Step], owner: str, rep: str, new_id: Callable[[], str]
) -> tuple[Promise, ...]:
    return tuple(
        Promise(
            id=new_id(),
            client_id=visit.client_id,
            owner="ours" if owner == "ours" else "theirs",
            who=rep if owner == "ours" else one.who,
            what=one.what,
            by=one.by,
            visit_id=visit.id,
        )
        for one in steps
        if one.what
    )


def _objections(visit: Visit, answers: Mapping[str, Any], new_id: Callable[[], str]) -> tuple[ObjectionMet, ...]:
    return tuple(
        ObjectionMet(
            id=new_id(),
            client_id=visit.client_id,
            on=visit.when,
            said=one["said"],
            topic=one.get("topic"),
            kind=one.get("kind"),
            technique=one.get("technique"),
            resolved=bool(one.get("resolved")),
            visit_id=visit.id,
            contact_id=visit.contact_ids[0] if len(visit.contact_ids) == 1 else None,
        )
        for one in answers.get("objections") or ()
        if one.get("said")
    )


def _observations(
    history: History, visit: Visit, answers: Mapping[str, Any], new_id: Callable[[], str]
) -> tuple[Observation, ...]:
    """Cues are put down to the person whom they are about; where that is left open, to the client."""
    about = _about(history, visit, answers)
    person = about.id if about else None
    return tuple(
        Observation(
            id=new_id(), client_id=visit.client_id, on=visit.when, cue=cue, contact_id=person, visit_id=visit.id
        )
        for cue in answers.get("cues") or ()
    )


def _about(history: History, visit: Visit, answers: Mapping[str, Any]) -> Contact | None:
    """Whom cues and behaviour are about: the one named, else the one person met; None where that is open."""
    if said := answers.get("cues_about"):
        return next((one for one in history.contacts if one.name == said), None)
    met = _met(history, visit)
    return met[0] if len(met) == len(visit.contact_ids) == 1 else None


def _maybe_met(history: History, visit: Visit, theirs: Iterable[Step]) -> int:
    """How many people a cue may be about: those of the visit; where none is named, everybody known there."""
    if visit.contact_ids:
        return len(visit.contact_ids)
    return len({one.who.strip() for one in theirs if one.who.strip()}) or len(history.contacts)


def _newcomers(
    client_id: str,
    theirs: Iterable[Step],
    new_id: Callable[[], str],
    find_contact: Callable[[str], Contact | None],
) -> tuple[Contact, ...]:
    names = dict.fromkeys(one.who.strip() for one in theirs if one.who.strip())
    return tuple(Contact(id=new_id(), client_id=client_id, name=name) for name in names if find_contact(name) is None)


def _behaved(history: History, visit: Visit, answers: Mapping[str, Any]) -> tuple[Contact, ...]:
    """The person whom it is about, with the behaviour seen; nobody where that is left open."""
    about = _about(history, visit, answers) if answers.get("behaviour") else None
    return (replace(about, behaviour=answers["behaviour"]),) if about else ()


def _settled(history: History, answers: Mapping[str, Any]) -> tuple[ObjectionMet, ...]:
    """An objection resolved now settles the earlier ones on its topic."""
    resolved = {one.get("topic") for one in answers.get("objections") or () if one.get("resolved")} - {None}
    return tuple(replace(one, resolved=True) for one in history.unresolved if one.topic in resolved)


def _seen(
    history: History,
    theirs: Iterable[Step],
    newcomers: Iterable[Contact],
    find_contact: Callable[[str], Contact | None],
) -> tuple[str, ...]:
    """Who was met, where the plan does not say: those who committed to something, else the only person known there."""
    fresh = {one.name: one for one in newcomers}
    named = [fresh.get(one.who.strip()) or find_contact(one.who) for one in theirs if one.who.strip()]
    ids = tuple(dict.fromkeys(one.id for one in named if one is not None))
    return ids or (tuple(one.id for one in history.contacts) if len(history.contacts) == 1 else ())


def _feedback(books: Books, history: History, facts: Facts, speaker: Voice) -> tuple[Advice, ...]:
    """
    Three lines, the most useful first; what was shown in the last visits, here or elsewhere, stands back, and where
    there is anything else to say the same three never come twice running.
    """
    last = {visit.id: visit.debrief for visit in (*history.held[:RECENT], *history.lately[:RECENT])}
    shown = [id_ for debrief in last.values() if debrief for id_ in debrief.feedback]
    ranked = [
        (rule.rank, line)
        for book, rule in rules_that_hold(books, "feedback", facts)
        for line in advise(book, (rule,), speaker)
    ]
    ranked.sort(key=lambda pair: (-pair[0], pair[1].id))
    ranked = sorted(ranked, key=lambda pair: STALE * shown.count(pair[1].id) - pair[0])
    fresh = _not_again([line for _, line in ranked], _just_shown(history))
    place = {line.id: rank for rank, line in ranked}
    return tuple(sorted(fresh, key=lambda line: (-place[line.id], line.id)))


def _just_shown(history: History) -> list[frozenset[str]]:
    """What the last debrief showed: the last one with this client, and the last of all."""
    last = (*history.held[:1], *history.lately[:1])
    return [frozenset(visit.debrief.feedback) for visit in last if visit.debrief]


def _not_again(lines: Sequence[Advice], just: Sequence[frozenset[str]]) -> Sequence[Advice]:
    """The first three; the last of them gives way to the next line where just these three were shown together."""
    threes = combinations(lines, FEEDBACK_LINES)
    return next((three for three in threes if frozenset(line.id for line in three) not in just), lines[:FEEDBACK_LINES])


def confirmation(history: History, visit: Visit, ours: Sequence[Step], today: date, speaker: Voice) -> str:
    """A message to the client that can be copied: what was agreed, who, by when; in the language spoken there."""
    debrief = visit.debrief or Debrief()
    lang = _spoken_language(history, visit) or speaker.lang
    agreed = [_agreed(one.who, one, lang) for one in debrief.client_commitments if one.what]
    agreed += [_agreed(say("coach.confirm-we", lang), one, lang) for one in ours if one.what]
    parts = [_greeting(history, visit, lang), _thanks(visit, debrief, bool(agreed), today, lang)]
    if agreed:
        parts += [say("coach.confirm-agreed", lang), *agreed]
    if debrief.next_date and debrief.next_date >= today:
        parts.append(say("coach.confirm-next", lang, day=show_day(debrief.next_date, lang)))
    parts.append(say("coach.confirm-correct" if agreed else "coach.confirm-open", lang))
    parts += [say("coach.confirm-regards", lang), *_signature(history.me, lang)]
    return "\n".join(parts)


def _thanks(visit: Visit, debrief: Debrief, agreed: bool, today: date, lang: Lang) -> str:
    """For the order, else for the time; "today" only where the message can go out on the day of the visit."""
    if debrief.order:
        return say("coach.confirm-order", lang)
    if not agreed:
        return say("coach.confirm-thanks", lang)
    if visit.when == today:
        return say("coach.confirm-today", lang)
    return say("coach.confirm-earlier", lang, day=show_day(visit.when, lang, year=visit.when.year != today.year))


def _signature(me: Me, lang: Lang) -> list[str]:
    if me.name and me.company:
        return [say("coach.confirm-signature", lang, name=me.name, company=me.company)]
    return [part for part in (me.name, me.company) if part]


def _agreed(who: str, one: Step, lang: Lang) -> str:
    who = who or say("coach.confirm-you", lang)
    by = say("coach.confirm-by", lang, day=show_day(one.by, lang)) if one.by else ""
    return say("coach.confirm-line", lang, who=who, what=one.what, by=by)


def _met(history: History, visit: Visit) -> list[Contact]:
    return [contact for contact in history.contacts if contact.id in visit.contact_ids]


def _spoken_language(history: History, visit: Visit) -> Lang | None:
    spoken = [one.language for one in _met(history, visit) if one.language]
    return spoken[0] if spoken else history.client.language


def _greeting(history: History, visit: Visit, lang: Lang) -> str:
    met = _met(history, visit)
    if len(met) != 1 and history.client.kind != "person":
        return say("coach.confirm-greeting-all", lang)
    return say("coach.confirm-greeting", lang, name=met[0].name if len(met) == 1 else history.client.name)


def document(verdict: Verdict, client: str) -> dict[str, Any]:
    """The verdict as `debrief --json` prints it."""
    debrief = verdict.debrief
    return {
        "schema": "salescoach/debrief@1",
        "visit": verdict.visit.id,
        "client": client,
        "status": verdict.visit.status,
        "moved_to": verdict.moved_to,
        "outcome": debrief.outcome if verdict.visit.debrief else None,
        "because": documents(verdict.because),
        "plan": {"primary": debrief.primary, "fallback": debrief.fallback},
        "promises": [
            {"id": one.id, "owner": one.owner, "who": one.who, "what": one.what, "by": one.by}
            for one in verdict.promises
        ],
        "objections": [
            {
                "said": one.said,
                "topic": one.topic,
                "kind": one.kind,
                "technique": one.technique,
                "resolved": one.resolved,
            }
            for one in verdict.objections
        ],
        "expected_objections": verdict.foresight,
        "feedback": documents(verdict.feedback),
        "confirmation": verdict.confirmation,
    }
