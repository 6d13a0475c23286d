"""What each account command adds to its sheets: the traffic light, the stage, the client's process, the warnings."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from salescoach.cli.account.sheets import About, Outlook
from salescoach.coach import account as coach
from salescoach.coach.advice import Advice, documents
from salescoach.coach.assess import Standing, step_up, weakest
from salescoach.coach.centre import department_of
from salescoach.coach.prep import entry_lines
from salescoach.language import Lang, pick, quoted, say, show_day
from salescoach.playbook.models import Sheet, Typology
from salescoach.records.models import Contact

Sheets = Mapping[str, Standing]
#: The weakest so many are turned into actions (S001-WEAPONS10).
WEAKEST = 2
#: What a stage is made of, in the order shown.
STAGE = ("goal", "work", "meet", "create", "seize", "move_on", "beware")
#: What is told of the step of the process where they are.
STEP = ("acts", "judge", "deliver")
STEPS = ("need", "search", "test", "negotiate")


def lines(about: About, typology: str, entry: str | None, group: str) -> tuple[Advice, ...]:
    """One group of lines of a type; none where the playbook has no such."""
    book = about.session.library().get(Typology, typology)
    return entry_lines(book, entry, group, about.speaker)


def texts(advice: Iterable[Advice]) -> list[str]:
    """Their wording."""
    return [line.text for line in advice]


# The traffic light


def criteria(about: About, sheets: Sheets) -> Outlook:
    """A light for each criterion, and what the most pressing light calls for."""
    lang = about.session.lang
    found = coach.criteria(sheets["purchasing-criteria"])
    rows = [criterion_line(one, lang) for one in found]
    advice = lines(about, "criteria-lights", found[0].light, "do") if found else ()
    listed = [{"what": one.what, "ours": one.ours, "theirs": one.theirs, "light": one.light} for one in found]
    return Outlook(rows=((say("account.lights", lang), rows),), advice=advice, document={"criteria": listed})


def criterion_line(one: coach.Criterion, lang: Lang) -> str:
    """A criterion with its light, and who meets it."""
    return say(
        "account.light-line", lang, light=say(f"account.light-{one.light}", lang), what=one.what,
        ours=_met(one.ours, lang), theirs=_met(one.theirs, lang),
    )  # fmt: skip


def _met(met: bool | None, lang: Lang) -> str:
    return say("account.unknown" if met is None else "account.meets" if met else "account.misses", lang)


# The stage


def stage(about: About, sheets: Sheets) -> Outlook:
    """Goal, work and what moves it on; whether the answers speak for another stage than the one recorded."""
    lang, now = about.session.lang, about.client.stage
    told = {group: lines(about, "relationship-stages", now, group) for group in STAGE}
    recorded = say("account.stage-is", lang, stage=say(f"account.stage-{now}", lang))
    rows: list[tuple[str, list[str]]] = [(say("account.stage", lang), [recorded])]
    rows += [(say(f"account.{group}", lang), texts(given)) for group, given in told.items() if given]
    shown = coach.stage_shown(sheets)
    if shown is not None and shown != now:
        command = f"salescoach account stage {quoted(about.client.name)} --set {shown}"
        words = say(f"account.stage-{shown}", lang)
        rows[0][1].append(say("account.stage-differs", lang, stage=words, command=command))
    document = {"stage": now, "answers_speak_for": shown, **{group: documents(given) for group, given in told.items()}}
    return Outlook(rows=tuple(rows), document=document)


# Loyalty


def loyalty(about: About, sheets: Sheets) -> Outlook:
    """The weakest weapons with one step up each, and what the rep's own records warn of."""
    lang = about.session.lang
    weapons = sheets["ten-weapons"]
    weak = weakest(weapons)
    rows = [
        say("account.weakest-line", lang, points=one.mark.points if one.mark else 0, ask=pick(one.item.ask, lang))
        for one in weak
    ]
    advice = tuple(line for one in weak[:WEAKEST] for line in step_up(one, weapons, about.speaker))
    warned = warnings(about)
    return Outlook(
        rows=((say("account.weakest", lang), rows), (say("account.warnings", lang), warned or [none(lang)])),
        advice=advice,
        document={"weakest": [one.item.id for one in weak], "warnings": warned},
    )


def none(lang: Lang) -> str:
    """There is nothing to warn of."""
    return say("account.none-warn", lang)


def warnings(about: About) -> list[str]:
    """What the records warn of, in words."""
    found = coach.warnings(about.history, about.session.today)
    return [warned_line(one, about.session.lang) for one in found]


def warned_line(one: coach.Warned, lang: Lang) -> str:
    """An early warning in words."""
    facts: dict[str, Any] = {**one.facts}
    for name in ("on", "opened"):
        if name in facts:
            facts[name] = show_day(facts[name], lang, year=False)
    if "names" in facts:
        facts["names"] = say("walk.between", lang).join(facts["names"])
    if "kind" in facts:
        facts["kind"] = say(f"crisis.kind-{facts['kind']}", lang)
    return say(f"account.{one.id}", lang, **facts)


# Their process


def process(about: About, sheets: Sheets) -> Outlook:
    """Their steps with who acts; for the one where they are, what counts; what to talk about with each department."""
    lang, sheet = about.session.lang, sheets["purchasing-process"]
    here = sheet.answer("step")
    book = about.session.library().get(Typology, "purchasing-steps")
    rows: list[tuple[str, list[str]]] = []
    steps = [_step(about, sheet, entry.id, pick(entry.title, lang), here) for entry in book.entries]
    rows.append((say("account.process-steps", lang), steps))
    rows += [(say(f"account.{group}", lang), texts(lines(about, book.id, here, group))) for group in STEP if here]
    asked = lines(about, book.id, here, "ask")
    rows.append((say("account.ask-for", lang), texts(asked)))
    talks = departments(about)
    rows += [(title, texts(given)) for title, given in talks]
    document = {
        "step": here,
        "acts": {id_: [about.names.get(one, "") for one in sheet.answer(f"acts_{id_}") or []] for id_ in STEPS},
        "ask": documents(asked),
        "talk": [{"with": title, "about": documents(given)} for title, given in talks],
    }
    return Outlook(rows=tuple(rows), document=document)


def _step(about: About, sheet: Standing, id_: str, title: str, here: str | None) -> str:
    names = [about.names[one] for one in sheet.answer(f"acts_{id_}") or [] if one in about.names]
    joined = say("walk.between", about.session.lang).join(names)
    told = say("account.acts-here", about.session.lang, title=title, names=joined) if joined else title
    return say("account.here" if id_ == here else "account.not-here", about.session.lang, title=told)


def departments(about: About) -> list[tuple[str, tuple[Advice, ...]]]:
    """What to talk about with the people of each department; the departments where nobody is known by their titles."""
    lang = about.session.lang
    book = about.session.library().get(Typology, "departments")
    people: dict[str, list[Contact]] = {}
    for contact in about.history.contacts:
        people.setdefault(department_of(contact, book.entries), []).append(contact)
    found = []
    for entry in book.entries:
        known = people.get(entry.id, [])
        facts = {"department": pick(entry.title, lang)}
        if known:
            names = say("walk.between", lang).join(one.name for one in known)
            title = say("account.talk-with", lang, names=names, **facts)
            found.append((title, entry_lines(book, entry.id, "talk", about.speaker)))
        else:
            found.append((say("account.talk-nobody", lang, **facts), entry_lines(book, entry.id, "ask", about.speaker)))
    return found


OUTLOOKS: Mapping[Sheet, Callable[[About, Sheets], Outlook]] = {
    "criteria": criteria, "stage": stage, "loyalty": loyalty, "process": process,
}  # fmt: skip
