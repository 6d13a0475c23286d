"""The buying centre: who is who at a client, what each of them weighs, who reaches whom, and what is missing.

Roles are those of S000-ROLES and S001-PEOPLE3, stances S001-STANCE3, weights and the relationship plan S001-KEY5, gaps
S000-MISTAKES and S000-BUYMODEL. The figures (factors, days, thresholds) are ours.
"""

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date
from typing import Any, Literal, get_args

from salescoach.coach.advice import Advice, Voice, advise, documents, is_spoken
from salescoach.coach.assess import Standing, standing
from salescoach.coach.history import SENIOR
from salescoach.language import Lang, pick, say
from salescoach.playbook.models import Entry, Item, Mark, Scorecard, Typology
from salescoach.records.account import Assessment, Touch
from salescoach.records.ids import BuyingRole, Stance
from salescoach.records.models import Client, Contact, Promise, Visit
from salescoach.records.names import fold
from salescoach.shape import value

GapId = Literal[
    "single-thread", "no-decision-maker", "opponent-unattended", "department-silent", "no-coach", "eyes-upward",
    "no-user",
]  # fmt: skip
#: The gravest first: in this order they are shown.
GAPS: tuple[GapId, ...] = get_args(GapId)
ROLES: tuple[BuyingRole, ...] = get_args(BuyingRole)
STANCES: tuple[Stance, ...] = get_args(Stance)

#: What a technical purchase multiplies influence with: S001-KEY5 names the directions, the factors are ours.
MORE, LESS = 1.3, 0.7
#: Influence of somebody of whom nothing is known, and of one whose role says that they count; ours.
USUAL, USUAL_SENIOR = 2, 4
#: The departments whose word counts in technical matters.
TECHNICAL_DEPARTMENTS = frozenset({"production", "quality"})
#: The groups that a supplier faces (S000-BUYMODEL); one of each will do. The first of a group stands for it.
FACED = (("production",), ("quality",), ("purchasing", "finance"))
#: Where somebody belongs whose department nobody wrote down (S000-ROLES).
DEPARTMENT_OF_ROLE: Mapping[BuyingRole, str] = {"purchaser": "purchasing", "user": "production"}
#: Somebody was met lately who was met within so many days.
LATELY = 180
#: From this relation (0 to 5) on we reach a person, and those they influence.
GOOD = 3
#: Names in a line; the others are counted.
NAMED = 4
#: A Latin alias of so few letters is a word of its own: QA is not in Qatar, labor not in collaboration.
SHORT_ALIAS = 5


@value
class Cards:
    """The sheets that the map rests on, and the departments of a client (typology `departments`)."""

    person: Scorecard
    account: Scorecard
    plan: Scorecard
    departments: tuple[Entry, ...] = ()


@value
class Step:
    """What is planned to come closer to a person."""

    action: str = ""
    by: date | None = None
    check: str = ""

    def stands(self, today: date) -> bool:
        """There is something to do, and its day has not gone by."""
        return bool(self.action) and self.by is not None and self.by >= today

    def overdue(self, today: date) -> bool:
        """Its day has gone by."""
        return self.by is not None and self.by < today


@value
class Person:
    """One person on the map."""

    contact: Contact
    department: str = ""  # id of the typology, else as it is written; "" where nothing says it
    influence: int | None = None  # 1 to 5; None where neither the contact nor an answer says it
    weight: float  # influence as this purchase shifts it; above 0
    holder: str = ""  # who of us
    relation: int | None = None  # 0 to 5
    rival_relation: int | None = None  # 0 to 5
    last_touch: date | None = None
    reports_to: str | None = None  # contact id, as all below
    influenced_by: tuple[str, ...] = ()
    at_odds_with: tuple[str, ...] = ()
    plan: Step

    @property
    def id(self) -> str:
        """The contact's."""
        return self.contact.id

    @property
    def name(self) -> str:
        """The contact's."""
        return self.contact.name

    @property
    def roles(self) -> tuple[BuyingRole, ...]:
        """The contact's."""
        return self.contact.roles

    @property
    def stance(self) -> Stance | None:
        """The contact's."""
        return self.contact.stance

    @property
    def near(self) -> bool:
        """We reach them: they are for us, or the relation is good."""
        return self.stance == "supporter" or (self.relation or 0) >= GOOD

    @property
    def senior(self) -> bool:
        """Somebody looked up to, who does not work with the product."""
        return bool(SENIOR & set(self.roles) or self.department == "management") and "user" not in self.roles


@value
class Branch:
    """
    A row of the tree: a person, or the heading of a department.

    `last` has an entry for each level down to this one: nothing follows there.
    """

    contact_id: str | None = None
    department: str = ""
    last: tuple[bool, ...] = ()


@value
class Gap:
    """Something that is missing; `names` are people, or departments by id or as written."""

    id: GapId
    names: tuple[str, ...] = ()


@value
class Book:
    """What a map was drawn from."""

    client: Client
    contacts: tuple[Contact, ...]
    held: tuple[Visit, ...]
    touches: tuple[Touch, ...]
    assessments: tuple[Assessment, ...]
    promises: tuple[Promise, ...]
    cards: Cards
    today: date


@value
class Centre:
    """The buying centre of one client as of one day; people with the most weight first."""

    book: Book
    people: tuple[Person, ...]
    tree: tuple[Branch, ...]
    gaps: tuple[Gap, ...]
    technical_content: str | None = None  # low, medium, high
    decision_style: str | None = None  # flat, hierarchical

    @property
    def client(self) -> Client:
        """Whose it is."""
        return self.book.client

    def person(self, contact_id: str) -> Person:
        """
        One person by contact id.

        Raises:
            KeyError: Nobody on this map. That is our bug.
        """
        found = next((one for one in self.people if one.id == contact_id), None)
        if found is None:
            raise KeyError(contact_id)
        return found

    @property
    def conflicts(self) -> tuple[tuple[Person, Person], ...]:
        """Who is at odds with whom, each pair once."""
        place = {one.id: number for number, one in enumerate(self.people)}
        pairs = {
            (min(place[one.id], place[other]), max(place[one.id], place[other]))
            for one in self.people
            for other in one.at_odds_with
        }
        return tuple((self.people[one], self.people[other]) for one, other in sorted(pairs))


@value
class Loss:
    """What goes when a person goes."""

    person: Person
    roles: tuple[BuyingRole, ...] = ()  # that nobody else holds
    departments: tuple[str, ...] = ()  # where nobody else is known
    last_supporter: bool = False
    share: float = 0.0  # of all weight, 0 to 1
    nobody_left: bool = False  # nobody else is known
    cut_off: tuple[Person, ...] = ()  # whom we reach through them alone
    promises: tuple[Promise, ...] = ()  # of theirs, open
    gaps: tuple[Gap, ...] = ()  # that open with it


@value
class Reason:
    """One answer that a proposal rests on."""

    item: Item
    mark: Mark


@value
class Proposal:
    """What the guided series says of a person; None where it does not say."""

    roles: tuple[BuyingRole, ...] = ()
    denied: tuple[BuyingRole, ...] = ()  # roles that they do not have
    stance: Stance | None = None
    influence: int | None = None
    because: tuple[Reason, ...] = ()

    def roles_after(self, before: Sequence[BuyingRole]) -> tuple[BuyingRole, ...]:
        """The roles that somebody with those of before has now; what was not answered stays."""
        held = (set(before) - set(self.denied)) | set(self.roles)
        return tuple(role for role in ROLES if role in held)


# Drawing the map


def centre(
    client: Client,
    contacts: Iterable[Contact],
    visits_held: Iterable[Visit],
    touches: Iterable[Touch],
    assessments: Iterable[Assessment],
    cards: Cards,
    today: date,
    *,
    promises: Iterable[Promise] = (),
) -> Centre:
    """
    The map of one client.

    Args:
        visits_held: Visits that took place, in any order.
        assessments: Every sheet of this client; those that the map does not rest on are passed over.
        promises: Open ones, for what would be lost with a person.
    """
    book = Book(
        client=client, contacts=tuple(contacts), held=tuple(visits_held), touches=tuple(touches),
        assessments=tuple(assessments), promises=tuple(promises), cards=cards, today=today,
    )  # fmt: skip
    return _drawn(book)


def _drawn(book: Book) -> Centre:
    account = standing(book.cards.account, book.assessments, book.today)
    technical = account.answer("technical_content")
    met = last_touches(book)
    ids = {one.id for one in book.contacts}
    found = [_person(book, contact, technical, met.get(contact.id), ids) for contact in book.contacts]
    people = tuple(sorted(found, key=lambda one: (-one.weight, one.name, one.id)))
    return Centre(
        book=book, people=people, tree=tree(people), gaps=tuple(_gaps(book, people)), technical_content=technical,
        decision_style=account.answer("decision_style"),
    )  # fmt: skip


def _person(book: Book, contact: Contact, technical: str | None, met: date | None, ids: set[str]) -> Person:
    about = [one for one in book.assessments if one.contact_id == contact.id]
    series = standing(book.cards.person, about, book.today, contact_id=contact.id)
    plan = standing(book.cards.plan, about, book.today, contact_id=contact.id)
    department = department_of(contact, book.cards.departments)
    influence = contact.influence or _points(series, "weight")
    others = ids - {contact.id}
    boss = series.answer("reports_to")
    return Person(
        contact=contact, department=department, influence=influence,
        weight=weight(contact.roles, department, influence, technical),
        holder=str(plan.answer("owner") or ""), relation=_points(plan, "relation"),
        rival_relation=_points(plan, "rival_relation"), last_touch=met,
        reports_to=boss if boss in others else None,
        influenced_by=_known(series.answer("influenced_by"), others),
        at_odds_with=_known(series.answer("at_odds_with"), others),
        plan=_step(plan),
    )  # fmt: skip


def _known(said: Any, ids: set[str]) -> tuple[str, ...]:
    """The contacts of an answer that are still there."""
    return tuple(dict.fromkeys(one for one in said or () if one in ids))


def _points(sheet: Standing, item_id: str) -> int | None:
    """A figure on a scale: the points of the choice, else the number that was given."""
    held = sheet.of(item_id)
    if held is None or held.answer is None:
        return None
    if held.mark is not None and held.mark.points is not None:
        return held.mark.points
    return int(held.answer) if str(held.answer).isdigit() else None


def _step(plan: Standing) -> Step:
    by = plan.answer("by")
    return Step(
        action=str(plan.answer("action") or ""),
        by=date.fromisoformat(by) if isinstance(by, str) else by,
        check=str(plan.answer("check") or ""),
    )


def weight(roles: Sequence[BuyingRole], department: str, influence: int | None, technical: str | None) -> float:
    """
    Influence as the technical content of the purchase shifts it (S001-KEY5 step 4).

    A technical purchase raises technical people and lowers the decision maker, a simple one the reverse; who is both
    stays as they are.
    """
    base = float(influence or (USUAL_SENIOR if SENIOR & set(roles) else USUAL))
    expert = is_technical(roles, department)
    decides = "decision-maker" in roles
    if technical not in ("low", "high") or expert == decides:
        return base
    return base * (MORE if expert == (technical == "high") else LESS)


def is_technical(roles: Sequence[BuyingRole], department: str) -> bool:
    """Their word counts in technical matters; that of an influencer not where they work in another department."""
    return department in TECHNICAL_DEPARTMENTS or "user" in roles or ("influencer" in roles and not department)


def department_of(contact: Contact, departments: Sequence[Entry]) -> str:
    """The id of the department that is written, or that the job title speaks of; else as written; else by role."""
    for text in (contact.department, contact.position):
        if found := _department_in(text, departments):
            return found
    by_role = (DEPARTMENT_OF_ROLE[role] for role in contact.roles if role in DEPARTMENT_OF_ROLE)
    return contact.department.strip() or next(by_role, "")


def _department_in(text: str, departments: Sequence[Entry]) -> str:
    """The department whose alias the text holds; of several the longest alias."""
    said = fold(text)
    found = [
        (len(alias), -place, entry.id)
        for place, entry in enumerate(departments)
        for name in (entry.id, *entry.aliases)
        if _holds(said, alias := fold(name))
    ]
    return max(found)[2] if found else ""


def _holds(text: str, alias: str) -> bool:
    if alias.isascii() and len(alias) <= SHORT_ALIAS:
        return re.search(rf"(?<![a-z0-9]){re.escape(alias)}(?![a-z0-9])", text) is not None
    return bool(alias) and alias in text


def department_names(drawn: Centre, lang: Lang) -> dict[str, str]:
    """What each department is called, by id: as the rep writes it where all its people agree, else its title."""
    names = {entry.id: pick(entry.title, lang) for entry in drawn.book.cards.departments}
    for id_ in names:
        written = [word for one in drawn.people if one.department == id_ and (word := one.contact.department.strip())]
        if len({fold(word) for word in written}) == 1:
            names[id_] = written[0]
    return names


def last_touches(book: Book) -> dict[str, date]:
    """
    The last day somebody was met, called or cared for, by contact id.

    Who is named in a commitment of a visit was there too, though nobody ticked them.
    """
    named = {fold(name): one.id for one in book.contacts for name in (one.name, *one.aliases)}
    days: dict[str, date] = {}
    for visit in book.held:
        steps = visit.debrief.client_commitments if visit.debrief else ()
        promised = (named.get(fold(step.who)) for step in steps)
        for id_ in {*visit.contact_ids, *(one for one in promised if one)}:
            _latest(days, id_, visit.when, book.today)
    for touch in book.touches:
        if touch.state == "done" and touch.contact_id:
            _latest(days, touch.contact_id, touch.on, book.today)
    return days


def _latest(days: dict[str, date], id_: str, day: date, today: date) -> None:
    if day <= today:
        days[id_] = max(day, days.get(id_, day))


# The tree


def tree(people: Sequence[Person]) -> tuple[Branch, ...]:
    """
    Everybody once, depth first: under whom they report to, and who has no line at all under their department.

    Where people report to each other in a ring, the one with the most weight stands at its top.
    """
    bosses = _bosses(people)
    under: dict[str, list[Person]] = {}
    for one in people:
        if boss := bosses.get(one.id):
            under.setdefault(boss, []).append(one)
    tops = [one for one in people if one.id not in bosses]
    rows = _rows([one for one in tops if one.id in under], under)
    groups: dict[str, list[Person]] = {}
    for one in tops:
        if one.id not in under:
            groups.setdefault(fold(one.department), []).append(one)
    for key in sorted(groups, key=lambda key: (key == "", -groups[key][0].weight, key)):
        members = groups[key]
        rows.append(Branch(department=members[0].department))
        rows += [Branch(contact_id=one.id, last=(one is members[-1],)) for one in members]
    return tuple(rows)


def _bosses(people: Sequence[Person]) -> dict[str, str]:
    """Whom each reports to, rings opened."""
    place = {one.id: number for number, one in enumerate(people)}
    bosses = {one.id: one.reports_to for one in people if one.reports_to in place and one.reports_to != one.id}
    sound: set[str] = set()
    for one in people:
        path: dict[str, None] = {}
        id_: str | None = one.id
        while id_ is not None and id_ not in sound and id_ not in path:
            path[id_] = None
            id_ = bosses.get(id_)
        if id_ is not None and id_ in path:
            walked = list(path)
            del bosses[min(walked[walked.index(id_) :], key=place.__getitem__)]
        sound |= set(path)
    return {id_: boss for id_, boss in bosses.items() if boss is not None}


def _rows(tops: Sequence[Person], under: Mapping[str, Sequence[Person]]) -> list[Branch]:
    """Depth first without recursion: a line of command may be as long as it likes."""
    rows: list[Branch] = []
    waiting: list[tuple[Person, tuple[bool, ...]]] = [(one, ()) for one in reversed(tops)]
    while waiting:
        one, last = waiting.pop()
        rows.append(Branch(contact_id=one.id, last=last))
        below = under.get(one.id, ())
        waiting += [(next_, (*last, next_ is below[-1])) for next_ in reversed(below)]
    return rows


def line_above(people: Sequence[Person], contact_id: str) -> tuple[Person, ...]:
    """Whom somebody reports to, and whom those report to, up to the top; of a ring everybody once."""
    by_id = {one.id: one for one in people}
    found: dict[str, Person] = {}
    boss = by_id[contact_id].reports_to if contact_id in by_id else None
    while boss is not None and boss in by_id and boss not in found:
        found[boss] = by_id[boss]
        boss = by_id[boss].reports_to
    return tuple(found.values())


# What is missing


def _gaps(book: Book, people: Sequence[Person]) -> Iterable[Gap]:
    """In the order of `GAPS`."""
    lately = [one for one in people if one.last_touch and (book.today - one.last_touch).days <= LATELY]
    if len(lately) <= 1:
        yield _gap("single-thread", lately)
    deciders = [one for one in people if "decision-maker" in one.roles]
    if not any(one.last_touch for one in deciders):
        yield _gap("no-decision-maker", deciders)
    against = [one for one in people if one.stance == "opponent" and not one.plan.stands(book.today)]
    if against:
        yield _gap("opponent-unattended", against)
    if silent := _silent(book, people):
        yield Gap(id="department-silent", names=silent)
    if not any("coach" in one.roles for one in people):
        yield Gap(id="no-coach")
    seen = [one for one in people if one.last_touch] or list(people)
    if seen and all(one.senior for one in seen):
        yield _gap("eyes-upward", seen)
    if not any("user" in one.roles for one in people):
        yield Gap(id="no-user")


def _gap(id_: GapId, people: Iterable[Person]) -> Gap:
    return Gap(id=id_, names=tuple(one.name for one in people))


def _silent(book: Book, people: Sequence[Person]) -> tuple[str, ...]:
    """Departments where somebody is known and nobody was met, then those of the purchase where nobody is known."""
    if book.client.kind == "person":
        return ()
    met: dict[str, bool] = {}
    names: dict[str, str] = {}
    for one in people:
        key = fold(one.department)
        names.setdefault(key, one.department)
        met[key] = met.get(key, False) or one.last_touch is not None
    known = [names[key] for key, seen in met.items() if key and not seen]
    return (*known, *(group[0] for group in FACED if not set(group) & met.keys()))


# Without somebody


def without(drawn: Centre, contact_id: str) -> Loss:
    """
    What is lost if a person leaves.

    Raises:
        KeyError: Nobody on this map. That is our bug.
    """
    person = drawn.person(contact_id)
    others = [one for one in drawn.people if one.id != contact_id]
    held = {role for one in others for role in one.roles}
    staffed = {fold(one.department) for one in others}
    book = drawn.book
    left = _drawn(replace(book, contacts=tuple(one for one in book.contacts if one.id != contact_id)))
    names = {fold(name) for name in (person.name, *person.contact.aliases)}
    return Loss(
        person=person,
        roles=tuple(role for role in person.roles if role not in held),
        departments=tuple(name for name in [person.department] if name and fold(name) not in staffed),
        last_supporter=person.stance == "supporter" and not any(one.stance == "supporter" for one in others),
        share=person.weight / sum(one.weight for one in drawn.people),
        nobody_left=not others,
        cut_off=_cut_off(drawn.people, person),
        promises=tuple(one for one in book.promises if _owes(one) and fold(one.who) in names),
        gaps=opened(drawn.gaps, left.gaps),
    )  # fmt: skip


def _owes(promise: Promise) -> bool:
    return promise.state == "open" and promise.owner == "theirs"


def opened(before: Iterable[Gap], after: Iterable[Gap]) -> tuple[Gap, ...]:
    """The gaps of after that there were not before; of departments, those that are newly silent."""
    known = {gap.id: {fold(name) for name in gap.names} for gap in before}
    found = []
    for gap in after:
        fresh = tuple(name for name in gap.names if fold(name) not in known.get(gap.id, set()))
        if gap.id not in known:
            found.append(gap)
        elif gap.id == "department-silent" and fresh:
            found.append(replace(gap, names=fresh))
    return tuple(found)


def _cut_off(people: Sequence[Person], gone: Person) -> tuple[Person, ...]:
    """Whom we reach now and not without that person."""
    left = [one for one in people if one.id != gone.id]
    lost = _reached(people) - _reached(left)
    return tuple(one for one in left if one.id in lost)


def _reached(people: Sequence[Person]) -> set[str]:
    """Everybody whom lines of reporting and influence join to somebody near us, and those themselves."""
    ids = {one.id for one in people}
    joined: dict[str, set[str]] = {id_: set() for id_ in ids}
    for one in people:
        for other in {one.reports_to, *one.influenced_by} & ids:
            joined[one.id].add(str(other))
            joined[str(other)].add(one.id)
    found: set[str] = set()
    waiting = [one.id for one in people if one.near]
    while waiting:
        id_ = waiting.pop()
        if id_ not in found:
            found.add(id_)
            waiting += joined[id_] - found
    return found


# What the guided series proposes


def proposal(card: Scorecard, answers: Mapping[str, Any]) -> Proposal:
    """
    Roles, stance and influence from what a person does, each with the answers it rests on.

    Args:
        card: The `person` sheet.
        answers: Of a walk, or all that were ever given, by item id.
    """
    items = [item for part in card.parts for item in part.items]
    given = [(item, mark) for item in items for mark in item.choices if mark.id == answers.get(item.id)]
    said = {name for _, mark in given for name in mark.proposes}
    denied = {name for item, mark in given if mark.id == "no" for other in item.choices for name in other.proposes}
    points = next((mark.points for item, mark in given if item.id == "weight" and mark.points), None)
    return Proposal(
        roles=tuple(role for role in ROLES if role in said),
        denied=tuple(role for role in ROLES if role in denied - said),
        stance=next((stance for stance in STANCES if stance in said), None),
        influence=max(1, min(5, points)) if points else None,
        because=tuple(
            Reason(item=item, mark=mark) for item, mark in given if mark.proposes or (points and item.id == "weight")
        ),
    )


# What comes next


def next_to_ask(drawn: Centre) -> Person | None:
    """The person with the most weight of whom role or stance is not known."""
    return next((one for one in drawn.people if not one.roles or one.stance is None), None)


@value
class Told:
    """A gap in words, with what to do about it."""

    gap: Gap
    text: str
    names: tuple[str, ...]
    do: tuple[Advice, ...] = ()


def told(gaps: Iterable[Gap], words: Typology, departments: Mapping[str, str], speaker: Voice) -> tuple[Told, ...]:
    """
    Gaps in the rep's language.

    Args:
        words: The typology `map-gaps`; of a gap that it does not have, the names alone are told.
        departments: What each is called, by id.
    """
    entries = {entry.id: entry for entry in words.entries}
    found = []
    for gap in gaps:
        entry = entries.get(gap.id)
        names = tuple(departments.get(name, name) for name in gap.names) if gap.id == "department-silent" else gap.names
        do = advise(words, entry.lines.get("do", ()), speaker) if entry else ()
        if gap.id == "no-decision-maker" and names:
            do = tuple(sorted(do, key=lambda line: not is_spoken(line.text)))  # known: not to be looked for, to be met
        text = _in_words(gap, names, pick(entry.summary or entry.title, speaker.lang) if entry else "", speaker.lang)
        found.append(Told(gap=gap, text=text, names=names, do=do))
    return tuple(found)


def _in_words(gap: Gap, names: Sequence[str], summary: str, lang: Lang) -> str:
    if gap.id == "single-thread" and not names:
        return say("centre.gap-nobody-lately", lang, days=LATELY)
    listed = listing(names, lang)
    if gap.id == "single-thread":
        return say("centre.gap-only", lang, summary=summary, days=LATELY, names=listed)
    if gap.id == "no-decision-maker" and names:
        return say("centre.gap-never-met", lang, names=listed)
    if not names:
        return summary
    return say("centre.gap-names", lang, summary=summary.rstrip(".。"), names=listed)


def listing(names: Sequence[str], lang: Lang, most: int = NAMED) -> str:
    """Names one after the other, those beyond `most` counted."""
    rest = len(names) - most
    shown = say("walk.between", lang).join(names[:most])
    return say("centre.and-more", lang, names=shown, count=rest) if rest > 0 else shown


# For programs


def document(drawn: Centre, gaps: Sequence[Told], loss: Loss | None, opening: Sequence[Told] = ()) -> dict[str, Any]:
    """
    As `account map --json` prints it.

    Args:
        gaps: What is missing, in words.
        loss: With `--without`; `opening` are its gaps in words.
    """
    names = {one.id: one.name for one in drawn.people}
    ids = {entry.id for entry in drawn.book.cards.departments}
    return {
        "schema": "salescoach/account-map@1",
        "client": drawn.client.name,
        "technical_content": drawn.technical_content,
        "decision_style": drawn.decision_style,
        "people": [_person_document(one, names, ids) for one in drawn.people],
        "gaps": [_gap_document(one) for one in gaps],
        "without": None if loss is None else _loss_document(loss, opening),
    }


def _person_document(one: Person, names: Mapping[str, str], departments: Set[str]) -> dict[str, Any]:
    return {
        "name": one.name,
        "position": one.contact.position,
        "department": one.contact.department,
        "department_id": one.department if one.department in departments else None,
        "roles": list(one.roles),
        "stance": one.stance,
        "influence": one.influence,
        "weight": round(one.weight, 2),
        "holder": one.holder,
        "relation": one.relation,
        "rival_relation": one.rival_relation,
        "last_touch": one.last_touch,
        "reports_to": names.get(one.reports_to or ""),
        "influenced_by": [names[id_] for id_ in one.influenced_by],
        "at_odds_with": [names[id_] for id_ in one.at_odds_with],
        "plan": {"action": one.plan.action, "by": one.plan.by, "check": one.plan.check},
    }


def _gap_document(one: Told) -> dict[str, Any]:
    return {"id": one.gap.id, "text": one.text, "names": list(one.names), "do": documents(one.do)}


def _loss_document(loss: Loss, opening: Sequence[Told]) -> dict[str, Any]:
    return {
        "name": loss.person.name,
        "roles": list(loss.roles),
        "departments": list(loss.departments),
        "last_supporter": loss.last_supporter,
        "share": round(loss.share, 4),
        "cut_off": [one.name for one in loss.cut_off],
        "promises": [{"id": one.id, "what": one.what, "by": one.by} for one in loss.promises],
        "gaps": [_gap_document(one) for one in opening],
    }
