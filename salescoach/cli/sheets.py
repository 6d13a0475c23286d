"""The pictures and documents of the record commands: sheets of one client, contact or visit, rows of listings."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from salescoach.coach import kept
from salescoach.language import Lang, quoted, say, show_date, show_day
from salescoach.records.account import Occasion, has_year
from salescoach.records.models import Client, Contact, Debrief, Note, ObjectionMet, Observation, Promise, Step, Visit
from salescoach.records.names import short_id
from salescoach.render.lines import heard_line, plan_line, promise_line
from salescoach.render.sheet import Sheet
from salescoach.shape import value

if TYPE_CHECKING:
    from rich.text import Text

    from salescoach.cli.context import Session
    from salescoach.store import Store

#: Rows of each part of a client's screen on 80×24.
BUDGET = {
    "aliases": 1, "people": 5, "birthday": 1, "promises": 4, "kept": 1, "last": 2, "next": 2, "notes": 3, "missing": 4,
}  # fmt: skip
#: Parts whose entries are cropped to one row each; the others wrap.
ONE_ROW = ("aliases", "people", "birthday", "promises")
Words = Mapping[str, str]


@value
class Known:
    """What one screen about a client rests on."""

    client: Client
    contacts: tuple[Contact, ...]
    promises: tuple[Promise, ...]  # open ones
    promised: tuple[Promise, ...]  # all there were
    last: Visit | None
    next: Visit | None
    notes: tuple[Note, ...]
    days: tuple[Occasion, ...]
    missing: tuple[tuple[str, str], ...]  # what, and the command that fills it
    words: dict[str, str]


def known_of(session: "Session", client: Client) -> Known:
    """Gather it."""
    from salescoach.cli.gather import history_of, titles

    history = history_of(session, client)
    planned = session.store().visits.planned_for(client.id, session.today)
    return Known(
        client=client,
        contacts=history.contacts,
        promises=history.promises,
        promised=tuple(session.store().promises.of(client.id)),
        last=history.last,
        next=planned[0] if planned else None,
        notes=history.notes,
        days=tuple(session.store().occasions.of(client.id)),
        missing=tuple(_missing(session, history, bool(planned))),
        words=titles(session.library(), session.lang),
    )


def _missing(session: "Session", history: Any, planned: bool) -> Iterable[tuple[str, str]]:
    from salescoach.coach.prep import gaps
    from salescoach.playbook.models import Typology

    lang, client = session.lang, history.client
    styles = session.library().get(Typology, "styles")
    for gap in gaps(history, history.contacts, styles, session.today, lang):
        yield gap.text, gap.command
    if not planned:
        yield say("records.gap-next-visit", lang), f"salescoach prep {quoted(client.name)}"
    if not (client.industry and client.country and client.language):
        yield say("records.gap-industry", lang), f"salescoach client edit {quoted(client.name)}"


def client_document(known: Known, today: date) -> dict[str, Any]:
    """The screen about a client, for programs."""
    return {
        "schema": "salescoach/client@1",
        "client": known.client,
        "contacts": known.contacts,
        "promises": known.promises,
        "promises_kept": kept.document(known.promised, today),
        "last_visit": known.last,
        "next_visit": known.next,
        "notes": known.notes,
        "gaps": [{"text": text, "command": command} for text, command in known.missing],
    }


def client_sheet(known: Known, today: date, lang: Lang, width: int) -> "Text":
    """Who, people, open promises, last and next visit, notes, and what is missing."""
    client, sheet = known.client, Sheet(width)
    key = say("records.key-account", lang) if client.key_account else ""
    stage = say(f"render.stage-{client.stage}", lang)
    sheet.heading(_joined([client.name, key, client.industry, client.country, stage, *client.tags]))
    parts = {
        "aliases": [_joined(client.aliases)],
        "people": [person_line(one, known.words) for one in known.contacts],
        "birthday": [_births(known, lang)],
        "promises": [f"{short_id(one.id)} · {promise_line(one, today, lang)}" for one in known.promises],
        "kept": [kept_line(known.promised, today, lang)],
        "last": [visit_line(known.last, known.words, lang)] if known.last else [],
        "next": [visit_line(known.next, known.words, lang)] if known.next else [],
        "notes": [client.remarks, *(_joined([show_day(one.on, lang), one.text]) for one in known.notes)],
        "missing": [f"{text} → {command}" for text, command in known.missing],
    }
    for name, entries in parts.items():
        sheet.part(say(f"records.{name}", lang), entries, BUDGET[name], one_row=name in ONE_ROW)
    return sheet.text()


def _births(known: Known, lang: Lang) -> str:
    """Birthdays: of the client who is a person, and of people there."""
    names = {one.id: one.name for one in known.contacts if known.client.kind != "person" or len(known.contacts) > 1}
    born = (one for one in known.days if one.kind == "birthday")
    return _joined(f"{names.get(one.contact_id or '', '')} {_born(one, lang)}".strip() for one in born)


def _born(one: Occasion, lang: Lang) -> str:
    return show_date(one.day, lang, year=has_year(one))


def kept_line(promises: Sequence[Promise], today: date, lang: Lang) -> str:
    """How far each side keeps its promises, "" while that cannot be said."""
    sides = (("ours", kept.kept(promises, "ours", today)), ("theirs", kept.kept(promises, "theirs", today)))
    return _joined(
        say(f"records.kept-{side}", lang, kept=one.kept, of=one.of)
        + (say("records.kept-late", lang, count=one.late) if one.late else "")
        for side, one in sides
        if one is not None
    )


def contact_sheet(
    client: Client,
    contact: Contact,
    seen: Sequence[Observation],
    days: Iterable[Occasion],
    lang: Lang,
    words: Words,
    width: int,
) -> "Text":
    """Everything about a person."""
    sheet = Sheet(width)
    sheet.heading(_joined([contact.name, contact.position, contact.department, client.name]))
    influence = say("records.influence", lang, influence=contact.influence) if contact.influence else ""
    traits = [*contact.roles, contact.stance, contact.style, contact.behaviour]
    judged = _joined([*(words.get(id_, id_) for id_ in traits if id_), influence])
    sheet.part(say("records.roles", lang), [judged], None)
    sheet.part(say("records.aliases", lang), [_joined(contact.aliases)], None)
    sheet.part(say("records.reach", lang), [_joined([contact.mail, contact.phone, contact.language or ""])], None)
    born = [_born(one, lang) for one in days if one.kind == "birthday"]
    sheet.part(say("records.birthday", lang), born, None)
    sheet.part(say("records.observed", lang), [_joined([show_day(one.on, lang), one.cue]) for one in seen], None)
    sheet.part(say("records.notes", lang), contact.remarks.split("\n"), None)
    return sheet.text()


@value
class Came:
    """What a visit left behind beside its own record."""

    promises: tuple[Promise, ...] = ()
    objections: tuple[ObjectionMet, ...] = ()
    observations: tuple[Observation, ...] = ()

    def document(self) -> dict[str, Any]:
        """For programs."""
        return {"promises": self.promises, "objections": self.objections, "observations": self.observations}


def visit_sheet(
    client: Client, visit: Visit, came: Came, people: Mapping[str, str], lang: Lang, words: Words, width: int
) -> "Text":
    """A visit: who and why, the plan, the debrief and what came of it."""
    sheet = Sheet(width)
    status = say(f"records.status-{visit.status}", lang)
    purpose = words.get(visit.purpose or "", visit.purpose or "")
    sheet.heading(_joined([client.name, show_day(visit.when, lang), purpose, status, short_id(visit.id)]))
    sheet.part(say("records.people", lang), [_joined(people.get(one, "") for one in visit.contact_ids)], None)
    for name, entries in (*_planned(visit, lang, words), *_debriefed(visit, came, people, lang, words)):
        sheet.part(say(f"records.{name}", lang), entries, None)
    return sheet.text()


def _noticed(seen: Sequence[Observation], people: Mapping[str, str], lang: Lang, words: Words) -> list[str]:
    """What was noticed, a line a person; what was put down to nobody says so."""
    cues: dict[str, list[str]] = {}
    for one in seen:
        cues.setdefault(people.get(one.contact_id or "", ""), []).append(words.get(one.cue, one.cue))
    nobody = say("records.observed-nobody", lang)
    return [say("records.observed-in", lang, who=who or nobody, cues=_joined(noted)) for who, noted in cues.items()]


def _planned(visit: Visit, lang: Lang, words: Words) -> list[tuple[str, list[str]]]:
    plan = visit.plan
    if plan is None:
        return []
    return [
        ("plan", [_step(plan.primary_advance, lang)]),
        ("fallback", [_step(plan.fallback_advance, lang)]),
        ("ask", list(plan.questions)),
        ("expect", [_joined(words.get(topic, topic) for topic in plan.expected_objections)]),
        ("notes", plan.notes.split("\n")),
    ]


def _debriefed(
    visit: Visit, came: Came, people: Mapping[str, str], lang: Lang, words: Words
) -> list[tuple[str, list[str]]]:
    debrief = visit.debrief
    if debrief is None:
        return []
    when = show_day(debrief.next_date, lang) if debrief.next_date else ""
    ours = [Step(what=one.what, by=one.by) for one in came.promises if one.owner == "ours"]
    return [
        ("outcome", [_joined([words.get(debrief.outcome, debrief.outcome), debrief.summary])]),
        ("met", [plan_line(debrief, lang)]),
        ("agreed", [_step(one, lang) for one in debrief.client_commitments]),
        ("owed", [_step(one, lang) for one in ours]),
        ("asked", list(debrief.asked)),
        ("heard", [heard_line(one, words, lang) for one in came.objections]),
        ("observed", _noticed(came.observations, people, lang, words)),
        ("slips", [words.get(one, one) for one in _slips(debrief)]),
        ("lesson", [debrief.lesson]),
        ("next", [_joined([debrief.next_step, when])]),
    ]


def _slips(debrief: Debrief) -> list[str]:
    """What the rep owned up to, as `question.choice`; the ticks of a debrief are all of that sort."""
    lists = {"listening": debrief.listening, "taboos": debrief.taboos, **debrief.extra}
    said = {key: ticks for key, ticks in lists.items() if isinstance(ticks, Mapping)}
    return [f"{key}.{choice}" for key, ticks in said.items() for choice, happened in ticks.items() if happened is True]


def person_line(contact: Contact, words: Words) -> str:
    """A person in one line."""
    ids = [*contact.roles, contact.stance, contact.style]
    return _joined([contact.name, contact.position, *(words.get(id_, id_) for id_ in ids if id_)])


def visit_line(visit: Visit, words: Words, lang: Lang) -> str:
    """A visit in one line."""
    debrief = visit.debrief
    said = [words.get(debrief.outcome, debrief.outcome), debrief.summary or debrief.lesson] if debrief else []
    purpose = words.get(visit.purpose or "", visit.purpose or "")
    return _joined([show_day(visit.when, lang), purpose, *said, short_id(visit.id)])


def visit_rows(
    visits: Sequence[Visit], names: Mapping[str, str], words: Words, today: date, lang: Lang
) -> list[list[str]]:
    """Rows of a listing: id, day (the year only where it is another), client, state, purpose and what came of it."""
    rows = []
    for visit in visits:
        status = say(f"records.status-{visit.status}", lang)
        outcome = words.get(visit.debrief.outcome, visit.debrief.outcome) if visit.debrief else status
        purpose = words.get(visit.purpose or "", visit.purpose or "")
        summary = visit.debrief.summary if visit.debrief else ""
        about = _joined([purpose, summary])
        day = show_day(visit.when, lang, year=visit.when.year != today.year)
        rows.append([short_id(visit.id), day, names.get(visit.client_id, ""), outcome, about])
    return rows


def promise_rows(promises: Sequence[Promise], names: Mapping[str, str], today: date, lang: Lang) -> list[list[str]]:
    """Rows of a listing: id, client, state, and who owes what by when."""
    rows = []
    for one in promises:
        state = "" if one.state == "open" else say(f"records.state-{one.state}", lang)
        rows.append([short_id(one.id), names.get(one.client_id, ""), state, promise_line(one, today, lang)])
    return rows


def client_names(store: "Store", records: Iterable[Visit | Promise]) -> dict[str, str]:
    """The names of the clients that records belong to, by id."""
    return {id_: store.clients.get(id_).name for id_ in {one.client_id for one in records}}


def _step(step: Step | None, lang: Lang) -> str:
    if step is None or not (step.who or step.what):
        return show_day(step.by, lang) if step and step.by else ""
    line = say("records.step", lang, who=step.who, what=step.what) if step.who else step.what
    return line + (say("records.by", lang, day=show_day(step.by, lang)) if step.by else "")


def _joined(words: Iterable[str]) -> str:
    return " · ".join(word for word in words if word)
