"""Before a visit: playbooks, what is known of the client and the date become a Brief; the answers become a plan.

Sources: S001-VISIT8 and S003-PREP (what to prepare), S001-OUTCOME4 and Rackham 1988 (plan an advance and a smaller
one to fall back on), S004-CROSSWALK E/H (meet the behaviour first, then go on in the style).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice
from typing import Any, Protocol, TypeVar

from salescoach.coach.advice import Advice, Voice, advise, documents, evidence_of, own_words
from salescoach.coach.alike import covered
from salescoach.coach.assess import first_question
from salescoach.coach.care import Care
from salescoach.coach.carry import Carried, by_age, reminder, standing, unasked
from salescoach.coach.complaint import open_complaints
from salescoach.coach.contracts import NEAR, days_left, running
from salescoach.coach.facts import facts_before
from salescoach.coach.history import History, reading
from salescoach.coach.kept import overdue
from salescoach.coach.moves import planned_actions, sheet_moves
from salescoach.coach.style import Reading, effective
from salescoach.coach.watching import Seen, evidence, watched
from salescoach.language import LANGS, Lang, addressed, pick, quoted, say, show_day
from salescoach.playbook.conditions import holds
from salescoach.playbook.facts import Facts
from salescoach.playbook.models import Card, Checklist, Gives, Objection, Playbook, Rule, Rules, Typology, Use
from salescoach.records.ids import Purpose, Style
from salescoach.records.models import Contact, Debrief, Plan, Promise, Step, Ticked, Visit
from salescoach.records.sentences import same
from salescoach.shape import value

Book = TypeVar("Book", bound=Playbook)
#: Visits that the contract is about.
ABOUT_CONTRACT = ("renewal", "care", "negotiation")
#: Visits that go on until they end with an order or a no: the next is most likely for the same.
GOES_ON = ("presentation", "negotiation")
#: So many days after they agreed to a step it may be asked for again.
A_YEAR = 365
#: At most so many expected objections are looked out for.
EXPECTED = 3
#: What was heard on that many days since the visit that lies so many visits back is looked out for again.
USUAL, LATELY = 3, 6


class Books(Protocol):
    """The playbooks, whatever keeps them."""

    def get(self, kind: type[Book], id_: str, /) -> Book:
        """The playbook of that kind and id."""

    def find(self, kind: type[Book], id_: str, /) -> Book | None:
        """The playbook of that kind and id, if there is one."""

    def labelled(self, kind: type[Book], label: str, /) -> tuple[Book, ...]:
        """Every playbook of that kind with that label, sorted by id."""


@value
class Person:
    """Somebody met in this visit, with what works and what does not."""

    contact: Contact | None  # None: the client itself is the person
    name: str
    reading: Reading
    style: Style | None  # the one acted on
    do: tuple[Advice, ...]
    avoid: tuple[Advice, ...]
    watch: tuple[Advice, ...]
    adjust: tuple[Advice, ...] = ()  # the rep's style meets theirs; the last of what to do
    seen: tuple[Seen, ...] = ()  # what the reading rests on, newest first
    cues: tuple[Advice, ...] = ()  # those to watch for next, the most telling first


@value
class Expected:
    """An objection to be ready for, and why."""

    topic: str
    title: str
    reason: str  # "unresolved", "style", "stage" or "common"
    say: tuple[Advice, ...]
    times: int = 0  # unresolved: this is the n-th brief that brings it back
    heard: int = 0  # it comes again and again: so often of late, resolved or not


@value
class Gap:
    """Something not known that would help, and the command that fills it."""

    text: str
    command: str
    id: str = ""  # as it is dropped; "" for one that is not carried from visit to visit
    since: date | None = None  # the first visit that left it open
    times: int = 0  # visits that did


@value
class Reference:
    """A card that helps with this visit."""

    id: str
    title: str
    lines: tuple[Advice, ...]


@value
class Brief:
    """Everything a rep may want to see before a visit, the most useful first in each part."""

    visit: Visit
    client: str
    stage: str
    purpose_title: str
    today: date
    warnings: tuple[Advice, ...]
    ours: tuple[Promise, ...]
    theirs: tuple[Promise, ...]
    people: tuple[Person, ...]
    primary: Step | None
    fallback: Step | None
    last: Visit | None
    objections: tuple[Expected, ...]
    questions: tuple[Advice, ...]
    agenda: tuple[Advice, ...]
    gaps: tuple[Gap, ...]
    checklist: tuple[Advice, ...]
    drafts: tuple[Advice, ...] = ()  # the rules behind the advances that are drafted, not the rep's own
    carried: tuple[Carried, ...] = ()  # what comes back, oldest and most useful first
    cards: tuple[Reference, ...] = ()  # only in a deep brief


def guess_purpose(history: History, today: date) -> Purpose:
    """What the next visit is most likely for, when the rep has not said."""
    if history.planned is not None and history.planned.purpose is not None:
        return history.planned.purpose
    if open_complaints(history.assessments) or any(one.topic == "service" for one in history.standing):
        return "complaint"
    left = days_left(history.contracts, today)
    if left is not None and 0 <= left <= NEAR:
        return "renewal"
    last = history.last
    if last and last.purpose in GOES_ON and not (last.debrief and last.debrief.outcome in ("order", "no-sale")):
        return last.purpose
    if is_settled(history, left):
        return "care"
    return "discovery" if history.held else "first-visit"


def is_settled(history: History, left: int | None) -> bool:
    """They buy from us already: a contract runs, the stage says so, or a visit ended with an order."""
    ordered = any(visit.debrief and visit.debrief.order for visit in history.held)
    runs = bool(history.contracts) and (left is None or left > 0)
    return runs or history.client.stage in ("stable", "strategic") or ordered


def who_is_met(history: History, visit: Visit) -> tuple[Contact, ...]:
    """The people of a visit: those planned, else those of the last visit, else the most influential three."""
    by_id = {contact.id: contact for contact in history.contacts}
    for source in (visit, history.last):
        met = tuple(by_id[one] for one in (source.contact_ids if source else ()) if one in by_id)
        if met:
            return met
    return tuple(sorted(history.contacts, key=lambda one: (-(one.influence or 0), one.id))[:3])


def brief(
    books: Books,
    history: History,
    visit: Visit,
    today: date,
    speaker: Voice,
    *,
    deep: bool = False,
    care: Sequence[Care] = (),
) -> Brief:
    """
    The brief of one visit. Pure: the same playbooks, history and date always give the same brief.

    Args:
        deep: With the reference cards for this sort of visit.
        care: Touches that are due with this client; what is routine is left out, since the visit is one.
    """
    wanted = [one for one in care if not one.routine]
    gaps_to_fill = sheet_questions(history, speaker)
    met = who_is_met(history, visit)
    styles = books.get(Typology, "styles")
    facts = facts_before(history, styles, visit, met, today)
    plan = visit.plan or Plan()
    drafted = advances(books, history, visit, met, facts, speaker)
    primary, fallback = (own or draft for own, draft in zip(_planned(plan), _both(drafted), strict=True))
    missing = gaps(history, met, styles, today, speaker.lang)
    return Brief(
        visit=visit,
        client=history.client.name,
        stage=history.client.stage,
        purpose_title=title_of(books, "purposes", visit.purpose, speaker.lang),
        today=today,
        warnings=hints(books, "warning", facts, speaker),
        ours=tuple(one for one in history.promises if one.owner == "ours"),
        theirs=tuple(one for one in history.promises if one.owner == "theirs"),
        people=people(books, history, met, today, speaker, wanted),
        primary=primary,
        fallback=fallback,
        drafts=tuple(one.advice for one in drafted if one.step in (primary, fallback)),
        last=history.last,
        objections=expected(books, history, plan, facts, speaker),
        questions=(
            *asked_first(history, plan, speaker.lang),
            *cared_for(wanted, None),
            *gaps_to_fill[:1],
            *hints(books, "question", facts, speaker),
            *gaps_to_fill[1:],
        ),
        agenda=(
            *agreed(history, visit, today, speaker.lang),
            *_noted(history, plan),
            *hints(books, "agenda", facts, speaker),
        ),
        gaps=missing,
        checklist=checklist_items(walked_for(books, "prep", visit.purpose), facts, speaker),
        carried=carried(history, missing),
        cards=references(books, visit.purpose, speaker) if deep else (),
    )


def carried(history: History, missing: Iterable[Gap]) -> tuple[Carried, ...]:
    """All that comes back from earlier visits, oldest first."""
    open_gaps = (
        Carried(id=gap.id, kind="gap", text=gap.text, since=gap.since, times=gap.times)
        for gap in missing
        if gap.id and gap.since
    )
    return by_age((*standing(history), *unasked(history), *open_gaps))


def carried_to(books: Books, history: History, visit: Visit, today: date, lang: Lang) -> tuple[Carried, ...]:
    """What comes back to a visit."""
    styles = books.get(Typology, "styles")
    return carried(history, gaps(history, who_is_met(history, visit), styles, today, lang))


def asked_first(history: History, plan: Plan, lang: Lang) -> tuple[Advice, ...]:
    """The rep's own questions, those that came back marked; then what else came back, oldest first."""
    back = {same(one.text): one for one in unasked(history)}
    planned = [reminder(back.pop(same(text)), lang) if same(text) in back else text for text in plan.questions]
    rest = by_age((*back.values(), *(one for one in standing(history) if not one.topic)))
    return (
        *(own_words(f"plan.question-{number}", text) for number, text in enumerate(planned, 1)),
        *(own_words(f"carried.{one.kind}-{number}", reminder(one, lang)) for number, one in enumerate(rest, 1)),
    )


def agreed(history: History, visit: Visit, today: date, lang: Lang) -> tuple[Advice, ...]:
    """What the contract holds, where the visit is about it: its end, and the least that they expect of it."""
    contract = running(history.contracts, today)
    if contract is None or visit.purpose not in ABOUT_CONTRACT:
        return ()
    ends = say("coach.contract-ends", lang, day=show_day(contract.ends, lang)) if contract.ends else ""
    least = say("coach.contract-least", lang, least=contract.least) if contract.least else ""
    told = " · ".join(part for part in (contract.subject, ends, least) if part)
    return (own_words("contract", told),) if told else ()


def references(books: Books, purpose: Purpose | None, speaker: Voice) -> tuple[Reference, ...]:
    """The cards made for visits of this purpose."""
    return tuple(
        Reference(
            id=card.id,
            title=pick(card.title, speaker.lang),
            lines=tuple(line for section in card.sections for line in advise(card, section.lines, speaker)),
        )
        for card in (books.labelled(Card, purpose) if purpose else ())
    )


def walked(books: Books, use: Use) -> tuple[Checklist, ...]:
    """The checklists of one use in the order they are walked: those for every purpose first."""
    return tuple(sorted(books.labelled(Checklist, use), key=lambda book: bool(book.purposes)))


def walked_for(books: Books, use: Use, purpose: Purpose | None) -> tuple[Checklist, ...]:
    """Those of them that fit a visit: the common questions, then the purpose's own."""
    own = books.labelled(Checklist, f"{use}:{purpose}") if purpose else ()
    return (*books.labelled(Checklist, f"{use}:"), *own)


def hints(books: Books, gives: Gives, facts: Facts, speaker: Voice) -> tuple[Advice, ...]:
    """The rules of one sort that hold now, the most useful first."""
    ranked = sorted(rules_that_hold(books, gives, facts), key=lambda pair: (-pair[1].rank, pair[0].id, pair[1].id))
    return tuple(line for book, rule in ranked for line in advise(book, (rule,), speaker))


def rules_that_hold(books: Books, gives: Gives, facts: Facts) -> list[tuple[Rules, Rule]]:
    """Every rule of one sort whose condition the facts meet."""
    told = [(book, rule) for book in books.labelled(Rules, gives) for rule in book.rules]
    alike = {id(rule): rule for _, rule in told}  # copies of a playbook share what they have alike
    meet = {key for key, rule in alike.items() if holds(rule.when, facts)}
    return [(book, rule) for book, rule in told if id(rule) in meet]


@value
class Drafted:
    """An advance that a rule proposes."""

    step: Step
    advice: Advice


def advances(
    books: Books, history: History, visit: Visit, met: Sequence[Contact], facts: Facts, speaker: Voice
) -> tuple[Drafted, ...]:
    """The advance to ask for and a smaller one: the two best rules, dated from the visit; nothing agreed already."""
    ranked = sorted(rules_that_hold(books, "advance", facts), key=lambda pair: (-pair[1].rank, pair[1].id))
    agreed = _agreed_steps(history, visit.when)
    fresh = (
        Drafted(step=_step(rule, visit.when, met, speaker), advice=line)
        for book, rule in ranked
        for line in advise(book, (rule,), speaker)
        if not any(covered(pick(rule.say, lang), step) for lang in LANGS for step in agreed)
    )
    return tuple(islice(fresh, 2))


def _agreed_steps(history: History, on: date) -> tuple[str, ...]:
    """What they still owe, and what they agreed to on the way to this deal, done or not: it is no step further."""
    owed = [one.what for one in history.promises if one.owner == "theirs"]
    return (*owed, *(one.what for debrief in _this_deal(history, on) for one in debrief.client_commitments))


def _this_deal(history: History, on: date) -> Iterable[Debrief]:
    """The visits of the last year, newest first, as far back as the one that ended with an order."""
    for visit in history.held:
        if visit.debrief is None or (on - visit.when).days > A_YEAR:
            continue
        yield visit.debrief
        if visit.debrief.order:
            return


def _planned(plan: Plan) -> tuple[Step | None, Step | None]:
    return plan.primary_advance, plan.fallback_advance


def _both(drafted: Sequence[Drafted]) -> tuple[Step | None, Step | None]:
    first, second, *_ = [*(one.step for one in drafted), None, None]
    return first, second


def _step(rule: Rule, when: date, met: Sequence[Contact], speaker: Voice) -> Step:
    asked = rule.when.get("roles_met") if isinstance(rule.when, Mapping) else None
    roles = {asked} if isinstance(asked, str) else set(asked or ())
    suited = [one for one in met if roles & set(one.roles)] or met
    who = suited[0].name if suited else (speaker.fill(rule.who) if rule.who else "") or ""
    span = None if rule.within_days is None else min(timedelta(days=rule.within_days), date.max - when)
    by = None if span is None else next_workday(when + span)
    return Step(who=who, what=speaker.fill(rule.say) or "", by=by)


def next_workday(day: date) -> date:
    """`day`, or the Monday after it where it falls on a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= 5 else 0)


def people(
    books: Books, history: History, met: Sequence[Contact], today: date, speaker: Voice, care: Sequence[Care] = ()
) -> tuple[Person, ...]:
    """Those met, each with what is due with them, then tactics: behaviour first, then style, neutral where unclear."""
    if not met and history.client.kind == "person":
        return (_person(books, history, None, today, speaker, ()),)
    return tuple(_person(books, history, contact, today, speaker, care) for contact in met)


def _person(
    books: Books, history: History, contact: Contact | None, today: date, speaker: Voice, care: Sequence[Care]
) -> Person:
    styles = books.get(Typology, "styles")
    seen = reading(history, styles, contact, today)
    style = effective(seen, contact)
    behaviour = contact.behaviour if contact is not None else None
    sheets = [(books.get(Typology, "behaviours"), behaviour), (styles, style or "neutral")]

    def lines(group: str) -> tuple[Advice, ...]:
        return tuple(line for book, entry in sheets for line in entry_lines(book, entry, group, speaker))

    name = contact.name if contact is not None else history.client.name
    first = cared_for(care, contact) if contact is not None else ()
    return Person(
        contact=contact, name=name, reading=seen, style=style,
        do=first + planned_with(history, contact, today, speaker.lang) + lines("do"), avoid=lines("avoid"),
        watch=entry_lines(styles, "neutral", "watch", speaker),
        adjust=adjusting(books, history.me.style, style, speaker),
        seen=evidence(styles, seen, today, speaker),
        cues=advise(styles, watched(styles, seen), speaker),
    )  # fmt: skip


def adjusting(books: Books, mine: Style | None, theirs: Style | None, speaker: Voice) -> tuple[Advice, ...]:
    """What a rep of one style changes for a person of another; nothing where either is not known."""
    if mine is None or theirs is None:
        return ()
    return entry_lines(books.get(Typology, "style-pairs"), f"{mine}-{theirs}", "adjust", speaker)


def cared_for(care: Sequence[Care], contact: Contact | None) -> tuple[Advice, ...]:
    """What is due with one person, or with nobody in particular: what it is, and the first thing to say or to do."""
    wanted = contact.id if contact is not None else None
    return tuple(
        replace(line, text=f"{one.title} · {line.text}")
        for one in care
        if (one.contact.id if one.contact else None) == wanted
        for line in (*one.say, *one.do)[:1]
    )


def sheet_questions(history: History, speaker: Voice) -> tuple[Advice, ...]:
    """Of each sheet that was begun the first gap that a question to the customer would fill."""
    begun = [sheet for sheet in history.sheets.values() if sheet.begun]
    return tuple(question for sheet in begun for question in first_question(sheet, speaker))


def planned_with(history: History, contact: Contact | None, today: date, lang: Lang) -> tuple[Advice, ...]:
    """What the relationship plan has due with this person."""
    wanted = contact.id if contact is not None else None
    due = [one for one in planned_actions(history.assessments, today) if one.contact_id == wanted]
    days = [show_day(one.by, lang, year=False) for one in due]
    lines = [say("coach.plan-action", lang, action=one.action, day=day) for one, day in zip(due, days, strict=True)]
    return tuple(own_words("plan.action", line) for line in lines)


def entry_lines(book: Typology, entry_id: str | None, group: str, speaker: Voice) -> tuple[Advice, ...]:
    """One group of lines of a typology's entry; ids carry the entry: `styles.driver.<line>`."""
    for entry in book.entries:
        if entry.id == entry_id:
            given = advise(book, entry.lines.get(group, ()), speaker)
            return tuple(_under(line, entry.id) for line in given)
    return ()


def _under(line: Advice, entry_id: str) -> Advice:
    return replace(line, id=line.id.replace(".", f".{entry_id}.", 1))


def expected(books: Books, history: History, plan: Plan, facts: Facts, speaker: Voice) -> tuple[Expected, ...]:
    """
    The objections to be ready for: what comes again and again, then all open ones, oldest first; up to three with those
    named, then by the rules.
    """
    back = {one.topic: one.times for one in standing(history) if one.topic}
    again = usual(history)
    reasons = {topic: "unresolved" if topic in back else "common" for topic in (*again, *back)}
    most = max(EXPECTED, len(reasons))
    for topic in plan.expected_objections:
        reasons.setdefault(topic, "common")
    ranked = sorted(rules_that_hold(books, "objection", facts), key=lambda pair: -pair[1].rank)
    for _, rule in ranked:
        if rule.topic:
            reasons.setdefault(rule.topic, _reason(rule))
    known = ((book, reason) for topic, reason in reasons.items() if (book := books.find(Objection, topic)))
    return tuple(
        Expected(
            topic=book.id,
            title=pick(book.title, speaker.lang),
            reason=reason,
            say=advise(book, book.say, speaker),
            times=back.get(book.id, 0),
            heard=again.get(book.id, 0),
        )
        for book, reason in islice(known, most)
    )


def usual(history: History) -> dict[str, int]:
    """The topics that come again and again, the most frequent first: on how many days since the sixth visit back."""
    first = history.held[:LATELY][-1].when if history.held else date.max
    days = {(one.topic, one.on) for one in history.heard if one.topic and one.on >= first}
    counts = Counter(topic for topic, _ in days)
    often = ((topic, count) for topic, count in counts.items() if count >= USUAL)
    return dict(sorted(often, key=lambda pair: (-pair[1], pair[0])))


def _reason(rule: Rule) -> str:
    asked = rule.when or {}
    if "styles_met" in asked:
        return "style"
    return "stage" if "stage" in asked else "common"


def _noted(history: History, plan: Plan) -> tuple[Advice, ...]:
    """The rep's notes for this visit; before the first one, the remarks on the client where there are none."""
    notes = plan.notes or ("" if history.held else history.client.remarks)
    lines = [line.strip() for line in notes.splitlines() if line.strip()]
    return tuple(own_words(f"plan.note-{number}", line) for number, line in enumerate(lines, 1))


def checklist_items(lists: Iterable[Checklist], facts: Facts, speaker: Voice) -> tuple[Advice, ...]:
    """The items to be ticked before this visit, at normal pace."""
    return tuple(
        Advice(
            id=f"{book.id}.{question.id}",
            text=speaker.fill(question.ask) or "",
            source=question.source or book.sources[0],
            playbook=book.id,
            version=book.version,
            evidence=evidence_of(book, question),
        )
        for book in lists
        for section in book.sections
        for question in section.questions
        if question.type == "check" and question.pace != "deep" and holds(question.when, facts)
    )


def gaps(history: History, met: Sequence[Contact], styles: Typology, today: date, lang: Lang) -> tuple[Gap, ...]:
    """
    What is not known and would change the brief, each with the command that fills it.

    Who the rep is comes first; then what visits left open, oldest and most useful first; a dropped one not at all.
    """
    mine = []
    if not history.me.company or not history.me.products:
        mine.append(Gap(text=say("coach.gap-me", lang), command="salescoach me"))
    found = [gap for gap in _people_gaps(history, met, styles, today, lang) if gap.id not in history.dropped]
    found.sort(key=lambda gap: -gap.times)
    return (*mine, *found, *sheet_gaps(history, lang))


def _people_gaps(history: History, met: Sequence[Contact], styles: Typology, today: date, lang: Lang) -> Iterable[Gap]:
    """Who is not known there, and what of those who are met; each as old as the visits that could have told."""
    client, anybody = quoted(history.client.name), say("coach.gap-anybody", lang)
    roles = {role for one in history.contacts for role in one.roles}
    add = f"salescoach contact add {client} {anybody}"
    if not history.contacts and history.client.kind == "company":
        yield _gap(history.held, "contacts", say("coach.gap-contacts", lang), add)
    elif history.contacts and "decision-maker" not in roles:
        text = say("coach.gap-decision-maker", lang)
        yield _gap(history.held, "decision-maker", text, f"{add} --role decision-maker")
    for one in met:
        seen = [visit for visit in history.held if one.id in visit.contact_ids]
        person = addressed(history.client.name, one.name)
        if not one.roles:
            text = say("coach.gap-role", lang, name=one.name)
            yield _gap(seen, f"role-{one.id}", text, f"salescoach contact edit {person}")
        if effective(reading(history, styles, one, today), one) is None:
            text = say("coach.gap-style", lang, name=one.name)
            yield _gap(seen, f"style-{one.id}", text, f"salescoach profile {person}")


def _gap(visits: Sequence[Visit], name: str, text: str, command: str) -> Gap:
    """A gap that those visits, newest first, left open."""
    since = visits[-1].when if visits else None
    return Gap(text=text, command=command, id=f"gap-{name}", since=since, times=len(visits))


def sheet_gaps(history: History, lang: Lang) -> tuple[Gap, ...]:
    """The sheets of this account that were begun and have answers too old to count."""
    begun = [one for one in history.sheets.values() if one.begun]
    return tuple(
        Gap(text=say("coach.gap-sheet", lang, title=pick(one.facts["title"], lang), count=one.facts["count"]),
            command=one.command)
        for one in sheet_moves(history, begun)
    )  # fmt: skip


def title_of(books: Books, typology: str, entry_id: str | None, lang: Lang) -> str:
    """The title of a type in the rep's language, "" where there is none of that id."""
    entries = books.get(Typology, typology).entries
    return next((pick(entry.title, lang) for entry in entries if entry.id == entry_id), "")


def plan(visit: Visit, answers: Mapping[str, Any], contact_ids: tuple[str, ...]) -> Visit:
    """The visit as planned by the answers of a prep walk (keys as in the prep checklist)."""
    from dataclasses import replace

    made = Plan(
        primary_advance=step(answers.get("primary_advance")),
        fallback_advance=step(answers.get("fallback_advance")),
        questions=tuple(text for text in answers.get("questions") or () if text not in (answers.get("drop") or ())),
        expected_objections=tuple(answers.get("expected_objections") or ()),
        forecast=answers.get("forecast"),
        checklist={item: ticked(state) for item, state in (answers.get("checklist") or {}).items()},
        notes=answers.get("notes") or "",
        drop=tuple(answers.get("drop") or ()),
        extra={key: said for key, said in answers.items() if key not in PLAN_KEYS},
    )
    when = answers.get("when")
    return replace(
        visit,
        purpose=answers.get("purpose") or visit.purpose,
        when=day(when) or visit.when,
        contact_ids=contact_ids or visit.contact_ids,
        plan=made,
    )


#: Answer keys of a prep that have a place of their own in the record.
PLAN_KEYS = frozenset(
    [
        "purpose",
        "when",
        "contacts",
        "primary_advance",
        "fallback_advance",
        "questions",
        "expected_objections",
        "forecast",
        "checklist",
        "notes",
        "drop",
    ]
)


def step(said: Any) -> Step | None:
    """Who does what by when, from an answer `{who, what, by}`; None where nothing was said."""
    if not said or not any(said.values()):
        return None
    return Step(who=said.get("who") or "", what=said.get("what") or "", by=day(said.get("by")))


def ticked(said: Any) -> Ticked:
    """A checklist item's answer: a state, or {state, note}."""
    if isinstance(said, Mapping):
        return Ticked(state=said["state"], note=said.get("note") or "")
    return Ticked(state=said)


def day(said: Any) -> date | None:
    """An answer's date: a date, or ISO text."""
    return date.fromisoformat(said) if isinstance(said, str) and said else said or None


def all_advice(brief: Brief) -> tuple[Advice, ...]:
    """Every line of advice in a brief, in the order of the screen."""
    people_lines = [
        line for person in brief.people for line in (*person.do, *person.adjust, *person.avoid, *person.cues)
    ]
    said = [line for one in brief.objections for line in one.say]
    return (*brief.warnings, *people_lines, *brief.drafts, *said, *brief.questions, *brief.agenda, *brief.checklist)


def document(brief: Brief) -> dict[str, Any]:
    """The brief as `prep --json` prints it."""
    last = brief.last
    return {
        "schema": "salescoach/brief@1",
        "client": brief.client,
        "purpose": brief.visit.purpose,
        "when": brief.visit.when,
        "warnings": documents(brief.warnings),
        "promises": {
            "ours": [_owed(one, brief.today) for one in brief.ours],
            "theirs": [_owed(one, brief.today) for one in brief.theirs],
        },
        "contacts": [_person_document(one) for one in brief.people],
        "advance": {"primary": step_document(brief.primary), "fallback": step_document(brief.fallback)},
        "last_visit": None if last is None else _last_document(last),
        "objections": [
            {"topic": one.topic, "reason": one.reason, "say": documents(one.say)} for one in brief.objections
        ],
        "questions": documents(brief.questions),
        "agenda": documents(brief.agenda),
        "gaps": [{"text": gap.text, "command": gap.command} for gap in brief.gaps],
        "checklist": documents(brief.checklist),
        "carried": [one.document() for one in brief.carried],
    }


def _owed(promise: Promise, today: date) -> dict[str, Any]:
    late = overdue(promise, today)
    return {"id": promise.id, "who": promise.who, "what": promise.what, "by": promise.by, "overdue": late}


def _person_document(person: Person) -> dict[str, Any]:
    contact = person.contact
    return {
        "name": person.name,
        "roles": list(contact.roles) if contact else [],
        "stance": contact.stance if contact else None,
        "style": {
            "id": person.reading.style,
            "confidence": person.reading.confidence,
            "override": contact.style if contact else None,
        },
        "do": documents((*person.do, *person.adjust)),
        "avoid": documents(person.avoid),
        "watch": documents(person.cues),
    }


def step_document(step: Step | None) -> dict[str, Any] | None:
    """Who does what by when, as in every JSON document."""
    return None if step is None else {"who": step.who, "what": step.what, "by": step.by}


def _last_document(visit: Visit) -> dict[str, Any]:
    debrief = visit.debrief
    return {
        "id": visit.id,
        "when": visit.when,
        "purpose": visit.purpose,
        "outcome": debrief.outcome if debrief else None,
        "summary": debrief.summary if debrief else "",
        "lesson": debrief.lesson if debrief else "",
        "next_step": debrief.next_step if debrief else "",
        "next_date": debrief.next_date if debrief else None,
    }
