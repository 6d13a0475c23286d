"""Care: which touch is due with whom, and what to do and to say. Clocks stand in the timelines.

Each line has a clock, "after-signing.month-6@2026-06-01": the beat and the day it came due. A clock that is settled
does not come again. What the beats say is S004-SERVICE, S004-CARE and S004-RENEW-TIME; that a line is shown once, by
rank, and that what belongs to routine waits while anything else happened that day, is ours.
"""

from base64 import b32encode
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from typing import NamedTuple, TypeVar, get_args

from salescoach.coach.advice import Advice, Voice, advise, own_words
from salescoach.coach.contracts import in_force
from salescoach.coach.kept import overdue
from salescoach.coach.style import effective, read
from salescoach.language import LANGS, Lang, pick, say, show_day
from salescoach.playbook.facts import Facts
from salescoach.playbook.models import Beat, Clocks, Line, Timeline, Timing, Typology
from salescoach.records.account import Contract, Occasion, Touch, months_after
from salescoach.records.ids import OccasionKind, SigningMotive, Style
from salescoach.records.models import Client, Contact, Note, Observation, Promise, Visit
from salescoach.records.names import entered_on, fold, short_id
from salescoach.shape import value

#: A key account that is tagged with no class belongs to this one.
KEY_CLASS = "a"
#: Account classes as tags, in small letters.
CLASSES = frozenset("abc")
#: Days before the day from which a wish can be sent, where the beat does not say.
LEAD = {"birthday": 3, "anniversary": 3}
#: Kinds of day that are known by what the day is called.
CALLED: tuple[OccasionKind, ...] = ("birthday", "anniversary")
#: What happens to one person; where none is named, nobody is guessed.
PERSONAL = ("birthday", "joy", "misfortune")
#: What a line starts from, the most pressing last; a misfortune comes before all.
PRESSING = ("last-touch", "holiday", "occasion", "signed", "ends", "misfortune")
#: More than any rank of a beat.
STEP = 1001
#: More than anything that can wait.
FIRST = len(PRESSING) * STEP
#: What can be done for no longer than so many days from today does not wait.
SOON = timedelta(days=1)
#: Characters of an id; more only where two would be alike.
ID = 6
#: The fewest characters that may stand for an id.
SHORTEST = 4
SATURDAY = 5
#: Why they signed, or that nobody knows.
MOTIVES: frozenset[SigningMotive | None] = frozenset((None, *get_args(SigningMotive)))
#: No holidays follow one another for longer.
FEAST = 14
#: Names of a feast that are shown.
NAMES = 2

#: A timeline, its words read or not.
Clocked = Timeline | Clocks


@value
class Books:
    """
    The playbooks that care rests on.

    Args:
        whole: Gives the timeline of an id with its words, where `timelines` are without.
    """

    timelines: tuple[Clocked, ...]
    styles: Typology | None = None
    motives: Typology | None = None
    whole: Callable[[str], Timeline] | None = None


@value
class Touching:
    """One client and what bears on the next touch. Order does not matter anywhere."""

    client: Client
    contacts: tuple[Contact, ...] = ()
    contracts: tuple[Contract, ...] = ()
    occasions: tuple[Occasion, ...] = ()
    touches: tuple[Touch, ...] = ()
    held: tuple[Visit, ...] = ()  # visits that took place; the last one is enough
    planned: tuple[Visit, ...] = ()  # those ahead
    complaint: bool = False  # one of theirs is open
    notes: tuple[Note, ...] = ()  # the last one is enough
    promises: tuple[Promise, ...] = ()
    observations: tuple[Observation, ...] = ()
    holidays: tuple[tuple[date, str], ...] = ()  # of their country, named in the rep's language


@value
class Talked:
    """What was talked of last."""

    on: date
    text: str


class Feast(NamedTuple):
    """Holidays that follow one another."""

    first: date
    last: date
    names: tuple[str, ...]  # in their order; of more than two those that last longest


class Pending(NamedTuple):
    """A beat that came due, before anything is said: a plain tuple, since a large book has thousands to look at."""

    id: str
    clock: str
    client: Client
    book: Clocked
    beat: Timing
    since: date
    until: date
    rank: int
    of: Contract | Occasion | Feast | None


@value
class Care:
    """One touch that is due."""

    id: str
    clock: str
    client: Client
    contact: Contact | None
    title: str
    about: str  # which day, holiday or contract; "" where the title says it all
    since: date
    until: date  # the last good day; routine stays after it
    do: tuple[Advice, ...]
    say: tuple[Advice, ...]
    talked: Talked | None
    rank: int  # higher is more pressing
    contract_id: str | None = None  # of the contract it is about

    @property
    def routine(self) -> bool:
        """It is due for no other reason than that nobody was in touch."""
        return self.rank < STEP


L = TypeVar("L", Care, Pending)


def due(books: Books, known: Touching, today: date, speaker: Voice, *, days: int = 0) -> tuple[Care, ...]:
    """
    Every line of care that is due for one client, the most pressing first.

    Args:
        speaker: The rep; whom the line is for is filled in here.
        days: Also what comes due in so many days.
    """
    return tuple(worded(books, one, known, today, speaker) for one in pending(books, known, today, days=days))


def pending(books: Books, known: Touching, today: date, *, days: int = 0) -> tuple[Pending, ...]:
    """What `due` has lines for, without their words. People and what was observed in them do not matter here."""
    span = _Span(today, today + timedelta(days=days), frozenset(one.clock for one in known.touches))
    found = (one for book in books.timelines for one in _clocks(book, known, span))
    fresh = {one.clock: one for one in found}
    mourning = any(map(_is_misfortune, fresh.values()))
    routine = None if mourning else _routine(books.timelines, known, span)  # nobody is called about business then
    lines = [*fresh.values(), *([routine] if routine else [])]
    return in_order(one for one in lines if not (known.complaint and one.since <= today and _ill_timed(one)))


def _is_misfortune(one: Pending) -> bool:
    return isinstance(one.of, Occasion) and one.of.kind == "misfortune"


def _ill_timed(one: Pending) -> bool:
    """Who waits for an answer to a complaint wants no greeting card, no news of ours and no chat before it."""
    news = isinstance(one.of, Occasion) and one.of.kind == "news"
    return news or one.beat.starts in ("holiday", "last-touch")


def in_order(lines: Iterable[L]) -> tuple[L, ...]:
    """The most pressing first; of equals key accounts, then the one that waits longest."""
    return tuple(sorted(lines, key=_place))


def _place(one: L) -> tuple[int, bool, date, str, str, str]:
    return -one.rank, not one.client.key_account, one.since, one.client.name, one.client.id, one.clock


def one_a_client(lines: Iterable[L]) -> tuple[L, ...]:
    """At most one line a client: its most pressing."""
    return tuple(group[0] for group in by_client(lines))


def by_client(lines: Iterable[L]) -> tuple[tuple[L, ...], ...]:
    """The lines in the order in which they are listed: the client with the most pressing first, its others below."""
    groups: dict[str, list[L]] = {}
    for one in in_order(lines):
        groups.setdefault(one.client.id, []).append(one)
    return tuple(map(tuple, groups.values()))


# Ids


def told_apart(lines: Iterable[Pending]) -> tuple[Pending, ...]:
    """The same lines, with longer ids where two are alike."""
    lines = tuple(lines)
    alike = {id_ for id_, times in Counter(one.id for one in lines).items() if times > 1}
    if not alike:
        return lines
    return told_apart(
        one._replace(id=_digest(one.client.id, one.clock)[: len(one.id) + 1]) if one.id in alike else one
        for one in lines
    )


def is_named(client_id: str, clock: str, given: str) -> bool:
    """An id, or its beginning of four characters or more, means this clock."""
    return len(given) >= SHORTEST and _digest(client_id, clock).startswith(given)


def _digest(client_id: str, clock: str) -> str:
    return b32encode(sha256(f"{client_id} {clock}".encode()).digest()).decode().lower().rstrip("=")


# Clocks


class _Span(NamedTuple):
    """The days that are looked at, and what is settled."""

    today: date
    last: date
    settled: frozenset[str]

    def holds(self, since: date, until: date) -> bool:
        return since <= self.last and until >= self.today


def _pending(
    client: Client,
    book: Clocked,
    beat: Timing,
    since: date,
    until: date,
    key: str,
    of: Contract | Occasion | Feast | None,
) -> Pending:
    clock = f"{named(book, beat)}@{key}"
    starts = "misfortune" if isinstance(of, Occasion) and of.kind == "misfortune" else beat.starts
    return Pending(
        id=_digest(client.id, clock)[:ID], clock=clock, client=client, book=book, beat=beat, since=since, until=until,
        rank=PRESSING.index(starts) * STEP + beat.rank, of=of,
    )  # fmt: skip


def _clocks(book: Clocked, known: Touching, span: _Span) -> Iterator[Pending]:
    """Of one timeline, all but routine: what is in its window, or will be, and is not settled."""
    mine = classes(known.client)
    contracts = in_force(known.contracts, span.today)
    for beat in book.beats:
        if not for_class(beat, mine):
            continue
        if beat.starts in ("signed", "ends"):
            found = _of_contracts(book, beat, known.client, contracts, span)
        elif beat.starts == "holiday":
            found = _of_holidays(book, beat, known, span)
        elif beat.starts == "occasion":
            found = _of_occasions(book, beat, known, span)
        else:
            continue
        yield from (_pressed(one, span.today) for one in found if one.clock not in span.settled)


def _pressed(one: Pending, today: date) -> Pending:
    """What is over tomorrow comes before all that can wait; a misfortune always does."""
    return one._replace(rank=one.rank + FIRST) if one.until <= today + SOON or _is_misfortune(one) else one


def classes(client: Client) -> frozenset[str]:
    """The client's tags in small letters; a key account without a class is an A."""
    return classed(client.tags, client.key_account)


def classed(tags: Iterable[str], key_account: bool) -> frozenset[str]:
    """As `classes`."""
    small = frozenset(map(str.casefold, tags))
    return small | {KEY_CLASS} if key_account and not small & CLASSES else small


def for_class(beat: Timing, mine: frozenset[str]) -> bool:
    """The beat is for clients of these classes."""
    return not beat.tags or any(tag.casefold() in mine for tag in beat.tags)


def reach(timelines: Iterable[Clocked]) -> int:
    """The most days that any beat of a holiday is away from it, and the longest feast."""
    beats = [one for book in timelines for one in book.beats if one.starts == "holiday"]
    return max((abs(one.months) * 31 + abs(one.days) + one.lasts for one in beats), default=0) + FEAST


def _of_contracts(
    book: Clocked, beat: Timing, client: Client, contracts: Sequence[Contract], span: _Span
) -> Iterator[Pending]:
    for contract in contracts:
        start = contract.signed if beat.starts == "signed" else contract.ends
        if start is None:
            continue
        since = later(start, beat)
        until = last_day(since, beat)
        if span.holds(since, until) and contract.motive in motives_for(book, beat):
            yield _pending(client, book, beat, since, until, since.isoformat(), contract)


def motives_for(book: Clocked, beat: Timing) -> frozenset[SigningMotive | None]:
    """Why they signed whom a beat is for: one of a motive stands in place of the general one of the same day."""
    if beat.motives:
        return frozenset(beat.motives)
    day = beat.starts, beat.months, beat.days
    same = (one for one in book.beats if one.motives and (one.starts, one.months, one.days) == day)
    return MOTIVES.difference(*(one.motives for one in same))


def _of_holidays(book: Clocked, beat: Timing, known: Touching, span: _Span) -> Iterator[Pending]:
    for feast in feasts(known.holidays):
        since, until = greeting(beat, feast)
        if span.holds(since, until):
            yield _pending(known.client, book, beat, since, until, since.isoformat(), feast)


def greeting(beat: Timing, feast: Feast) -> tuple[date, date]:
    """From when to when a beat of a holiday is due: in time as long as they celebrate."""
    since = later(feast.first, beat)
    until = last_day(since, beat)
    return since, max(until, feast.last) if until >= feast.first else until


def feasts(holidays: Iterable[tuple[date, str]]) -> Iterator[Feast]:
    """Holidays that follow one another, with nothing but a weekend between them, as one."""
    run: list[tuple[date, str]] = []
    for day, name in sorted(set(holidays)):
        if run and not _follows(run[-1][0], day):
            yield _feast(run)
            run = []
        run.append((day, name))
    if run:
        yield _feast(run)


def _follows(day: date, other: date) -> bool:
    between = (day + timedelta(days=n) for n in range(1, (other - day).days))
    return all(one.weekday() >= SATURDAY for one in between)


def _feast(run: Sequence[tuple[date, str]]) -> Feast:
    days = Counter(name for _, name in run)
    chief = sorted(days, key=lambda name: (-days[name], len(name)))[:NAMES]  # a second day has the longer name
    return Feast(run[0][0], run[-1][0], tuple(name for name in days if name in chief))


def kind_called(what: str) -> OccasionKind:
    """The kind of a day by what it is called, in either language; an event where that does not tell."""
    text = fold(what)
    for kind in CALLED:
        names = (name for lang in LANGS for name in say(f"care.called-{kind}", lang).split(say("walk.between", lang)))
        if any(fold(name) in text for name in names):
            return kind
    return "event"


def _of_occasions(book: Clocked, beat: Timing, known: Touching, span: _Span) -> Iterator[Pending]:
    for occasion in known.occasions:
        if beat.occasions and occasion.kind not in beat.occasions:
            continue
        near = [(*window(beat, occasion.kind, day), day) for day in occurrences(occasion, span.today, span.last)]
        begun = [one for one in near if one[0] <= span.today][-1:]  # of a yearly one this year's alone
        ahead = [one for one in near if one[0] > span.today]
        key = short_id(occasion.id)
        inside = (
            _pending(known.client, book, beat, since, until, f"{since}#{key}", replace(occasion, day=day))
            for since, until, day in (*begun, *ahead)
            if span.holds(since, until)
        )
        yield from [one for one in inside if one.clock not in span.settled][:1]


def window(beat: Timing, kind: OccasionKind, day: date) -> tuple[date, date]:
    """From when to when a wish can be sent: around the day, where the beat does not say."""
    lead = 0 if beat.months or beat.days else LEAD.get(kind, 0)
    start = later(day, beat)
    return start - timedelta(days=lead), last_day(start, beat)


def occurrences(occasion: Occasion, today: date, last: date) -> tuple[date, ...]:
    """The days of an occasion around a span, in order; 29 February is the 28th in other years."""
    if not occasion.yearly:
        return (occasion.day,)
    years = range(max(occasion.day.year, today.year - 2), min(last.year + 2, date.max.year + 1))
    return tuple(months_after(occasion.day, (year - occasion.day.year) * 12) for year in years)


def later(start: date, beat: Timing) -> date:
    """The day on which a beat comes due that counts from `start`."""
    return months_after(start, beat.months) + timedelta(days=beat.days)


def last_day(since: date, beat: Timing) -> date:
    """The last good day of a beat that came due on `since`."""
    return since + timedelta(days=beat.lasts - 1)


# Routine


def _routine(books: Iterable[Clocked], known: Touching, span: _Span) -> Pending | None:
    """The one line of routine that is due, if any: quiet on a day on which anything else happened."""
    beats = [(book, beat) for book in books for beat in book.beats if beat.starts == "last-touch"]
    mine = rhythm(books, classes(known.client))
    shorter = shorter_ones(mine)
    quiet = _touched_on(known, span.today, {named(book, beat) for book, beat in beats})
    found = [_of_last_touch(book, beat, shorter[interval(beat)], known, span.today) for book, beat in mine]
    shown = [one for one in found if one and one.since <= span.last and not (quiet and one.since <= span.today)]
    return min(shown, key=lambda one: (one.since > span.today, -one.rank, one.since, one.clock), default=None)


def rhythm(books: Iterable[Clocked], mine: frozenset[str]) -> list[tuple[Clocked, Timing]]:
    """The beats of routine for these classes: a class has its own, and what is for nobody's class is for the others."""
    beats = [(book, beat) for book in books for beat in book.beats if beat.starts == "last-touch"]
    tagged = [pair for pair in beats if pair[1].tags and for_class(pair[1], mine)]
    return tagged or [pair for pair in beats if not pair[1].tags]


def shorter_ones(beats: Sequence[tuple[Clocked, Timing]]) -> dict[int, frozenset[str]]:
    """By the `interval` of each of some beats those that are shorter, of any playbook."""
    lengths = {interval(beat) for _, beat in beats}
    return {days: frozenset(named(*one) for one in beats if interval(one[1]) < days) for days in lengths}


def _touched_on(known: Touching, day: date, routine: set[str]) -> bool:
    """They were met, called or noted on that day, or a line of routine was put away."""
    touched = (one.on == day and (one.state == "done" or _beat_of(one) in routine) for one in known.touches)
    return any(touched) or any(one.when == day for one in known.held) or any(one.on == day for one in known.notes)


def _beat_of(touch: Touch) -> str:
    return touch.clock.partition("@")[0]


def _of_last_touch(
    book: Clocked, beat: Timing, shorter: frozenset[str], known: Touching, today: date
) -> Pending | None:
    last = _last_touch(named(book, beat), shorter, known, today)
    if not (beat.tags or classes(known.client) & CLASSES) and (last is None or not _dealt_with(known)):
        return None  # a name in the book, and nothing that says it matters yet
    since = later(last, beat) if last else today
    soon = max(since, today) + timedelta(days=interval(beat))
    if any(today <= one.when <= soon for one in known.planned):
        return None  # they will be met
    key = since.isoformat() if last else "never"
    return _pending(known.client, book, beat, since, last_day(since, beat), key, None)


def _dealt_with(known: Touching) -> bool:
    """More than notes about them: something was signed, or somebody was there, or called."""
    return bool(known.contracts or known.held or any(one.state == "done" for one in known.touches))


def _last_touch(beat: str, shorter: frozenset[str], known: Touching, today: date) -> date | None:
    """
    The last time they were touched as this beat wants it; before any, the day the last contract was signed.

    No earlier than they came into the book: what was done before that, nobody wrote down. A call does not stand for
    the visit: what settles a shorter rhythm, and a note, do not put off a longer one.
    """
    days = [one.when for one in known.held]
    days += [] if shorter else [one.on for one in known.notes]
    days += [one.on for one in known.touches if one.state == "done" and _beat_of(one) not in shorter]
    days += [one.on for one in known.touches if one.state == "dropped" and _beat_of(one) == beat]
    last = max(days or [one.signed for one in known.contracts], default=None)
    entered = entered_on(known.client.id)
    return max(last, min(entered, today)) if last and entered else last


def named(book: Clocked, beat: Timing) -> str:
    """What the clocks of a beat begin with."""
    return f"{book.id}.{beat.id}"


def interval(beat: Timing) -> int:
    """Days between two touches, near enough to tell a shorter rhythm from a longer one."""
    return beat.months * 30 + beat.days


# Words


def worded(books: Books, line: Pending, known: Touching, today: date, speaker: Voice) -> Care:
    """A line with whom it is for, what to do and what to say, and what was talked of last."""
    contact = _whom(known, line.of if isinstance(line.of, Occasion) else None)
    lang, names = speaker.lang, {"client": known.client.name, "contact": contact.name if contact else ""}
    towards = Voice(lang=lang, words=speaker.words | {name: word for name, word in names.items() if word})
    owed = [one for one in known.promises if one.owner == "ours" and overdue(one, today)]
    first = [own_words(f"promise.{one.id}", say("care.owed", lang, what=one.what)) for one in sorted(owed, key=_urgent)]
    facts = Facts(
        key_account=known.client.key_account, stage=known.client.stage, promises_overdue_ours=len(owed),
        contacts_known=len(known.contacts),
    )  # fmt: skip
    book, beat = _whole(books, line)
    style = _style(books, beat, known, contact, today)
    spoken = beat.style.get(style, beat.say) if style else beat.say
    return Care(
        id=line.id, clock=line.clock, client=known.client, contact=contact, about=_about(books, line.of, lang),
        title=towards.fill(beat.title) or pick(beat.title, lang), since=line.since, until=line.until,
        do=(*first[:1], *advise(book, _sourced(beat, beat.do), towards, facts)),
        say=advise(book, _sourced(beat, spoken), towards, facts),
        talked=talked_of(known), rank=line.rank, contract_id=line.of.id if isinstance(line.of, Contract) else None,
    )  # fmt: skip


def _whole(books: Books, line: Pending) -> tuple[Timeline, Beat]:
    """The timeline of a line and its beat, with their words."""
    book = line.book if isinstance(line.book, Timeline) or books.whole is None else books.whole(line.book.id)
    assert isinstance(book, Timeline)  # without their words, timelines come with what gives them
    return book, next(one for one in book.beats if one.id == line.beat.id)


def _about(books: Books, of: Contract | Occasion | Feast | None, lang: Lang) -> str:
    if isinstance(of, Contract):
        entries = books.motives.entries if books.motives else ()
        motive = next((pick(entry.title, lang) for entry in entries if entry.id == of.motive), "")
        least = say("care.least", lang, least=of.least) if of.least else ""
        return say("care.between", lang).join(part for part in (of.subject, motive, least) if part)
    if isinstance(of, Occasion):
        return say("care.on-day", lang, what=of.what, day=show_day(of.day, lang, year=False))
    if of is None:
        return ""
    names = say("walk.between", lang).join(of.names)
    return say("care.on-day", lang, what=names, day=show_day(of.first, lang, year=False))


def _urgent(promise: Promise) -> tuple[date, str]:
    return promise.by or date.max, promise.id


def _sourced(beat: Beat, lines: Iterable[Line]) -> list[Line]:
    """What a line does not say of itself, its beat says."""
    return [replace(one, source=one.source or beat.source, evidence=one.evidence or beat.evidence) for one in lines]


def _style(books: Books, beat: Beat, known: Touching, contact: Contact | None, today: date) -> Style | None:
    if not beat.style or books.styles is None:
        return None
    about = contact.id if contact else None
    return effective(read(books.styles, [one for one in known.observations if one.contact_id == about], today), contact)


def _whom(known: Touching, occasion: Occasion | None) -> Contact | None:
    """Whom the line is for: the person it is about, else one met last, the most influential first."""
    by_id = {one.id: one for one in known.contacts}
    if occasion and (occasion.contact_id or occasion.kind in PERSONAL):
        return by_id.get(occasion.contact_id or "")
    last = max(known.held, key=lambda one: (one.when, one.id), default=None)
    met = [by_id[id_] for id_ in (last.contact_ids if last else ()) if id_ in by_id]
    return min(met or known.contacts, key=lambda one: (-(one.influence or 0), one.name, one.id), default=None)


def talked_of(known: Touching) -> Talked | None:
    """What was talked of last: the last debrief's summary or lesson, or a later note."""
    held = [
        (one.when, 1, one.id, one.debrief.summary or one.debrief.lesson or one.debrief.next_step)
        for one in known.held
        if one.debrief
    ]
    notes = [(one.on, 0, one.id, one.text) for one in known.notes]
    on, _, _, text = max([one for one in (*held, *notes) if one[3]], default=(date.min, 0, "", ""))
    return Talked(on=on, text=text) if text else None
