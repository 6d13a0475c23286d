"""
A year of calls by a rep who never was, with the truth behind them: style, price sensitivity, honesty of promises.

The rates of the cues are the generator's own, written by hand from what a cue means: often, now and then, else seldom.
Nothing here reads a playbook; but whoever wrote the rates had seen its likelihoods, and the two mostly agree on which
style a cue is typical of (docs/decisions/0018). People are not one style through and through: each has habits, which come back visit after visit, and a second style that shows.
One cue in five is wrong: any cue at all was noted down.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import get_args

from salescoach.records.ids import Style, Topic
from salescoach.records.models import Client, Contact, Debrief, ObjectionMet, Observation, Plan, Promise, Visit

STYLES: tuple[Style, ...] = get_args(Style)
#: The year ends the day before.
TODAY = date(2026, 12, 1)
YEAR = 364
#: How often a cue is noted in somebody of a style, against the others: often, now and then, seldom.
OFTEN, NOW_AND_THEN, SELDOM = 10.0, 4.0, 1.0

OFTEN_SEEN: Mapping[Style, str] = {
    "driver": """
        cuts-small-talk decides-fast impatient blunt takes-control talks-results wants-short-answer wants-to-win
        demanding quick-anger makes-the-story power-dress short-messages steady-gaze drives-change watches-clock
        does-other-things work-first self-assured frank-opinions digs-in-when-pushed challenges-vague bare-big-desk
        """,
    "expressive": """
        enjoys-small-talk talks-more big-picture shows-feelings improvises skips-details forgets-agreed takes-risks
        talks-fast persuades seeks-attention bends-rules lights-up-at-praise big-gestures awards-on-wall messy-desk
        tells-stories outgoing exaggerates gets-close lively-messages dresses-to-impress speaks-loudly loose-with-time
        """,
    "amiable": """
        wavers patient listens-well holds-back-opinion relations-first uneasy-with-change makes-peace photos-on-desk
        talks-slowly relaxed warm-helpful even-tempered likes-routine talks-of-we talks-family speaks-softly
        smiles-often asks-who-uses listens-to-stories asks-others-first hard-to-say-no cardigan-dress loyal easily-hurt
        """,
    "analytical": """
        asks-for-data takes-notes plans-ahead asks-how-it-works criticises avoids-risk blank-face draws-tables
        follows-rules waits-for-facts even-voice sits-still eyes-on-paper charts-and-order dissects-stories meticulous
        compares-options reserved-polite exact-messages thinks-before-speaking technical-terms earnest private
        plain-dress shuns-spotlight
        """,
}
NOW_AND_THEN_SEEN: Mapping[Style, str] = {
    "driver": """
        talks-fast speaks-loudly takes-risks awards-on-wall blank-face talks-more skips-details persuades private
        criticises plans-ahead bends-rules earnest compares-options exaggerates
        """,
    "expressive": """
        decides-fast frank-opinions impatient relations-first relaxed warm-helpful drives-change smiles-often
        talks-family self-assured wants-to-win easily-hurt quick-anger photos-on-desk does-other-things
        """,
    "amiable": """
        enjoys-small-talk shuns-spotlight avoids-risk reserved-polite shows-feelings loose-with-time follows-rules
        thinks-before-speaking takes-notes plain-dress gets-close forgets-agreed waits-for-facts
        """,
    "analytical": """
        work-first cuts-small-talk watches-clock patient listens-well holds-back-opinion wavers challenges-vague
        uneasy-with-change likes-routine speaks-softly talks-slowly even-tempered short-messages digs-in-when-pushed
        """,
}
CUES = tuple(sorted({cue for words in (*OFTEN_SEEN.values(), *NOW_AND_THEN_SEEN.values()) for cue in words.split()}))
#: How far the habits of one person lie from those of their style, as the deviation of a logarithm.
HABIT = 0.5
#: The share of the second style in what somebody shows.
SECOND = 0.1
#: One cue in five is wrong.
WRONG = 0.2

TOPICS: tuple[Topic, ...] = ("trust", "timing", "competitor", "need", "effort", "service", "budget")
ASK = ("What does a stop cost?", "Who signs?", "谁来用？", "What did the last one lack?", "预算什么时候定？", "Who is asked?")
WORK = ("send the drawings", "fit a trial kit", "bring the figures", "talk to the works manager", "find a date")


@dataclass(frozen=True)
class Truth:
    """What the coach cannot see: of one person, and of the calls on them."""

    style: Style
    second: Style
    price: float  # probability that the price comes up in a call
    honesty: float  # probability that they do by its day what they promised


@dataclass(frozen=True)
class Year:
    """A client with one person, all that was recorded of them in a year, oldest first, and the truth."""

    truth: Truth
    client: Client
    contact: Contact
    visits: tuple[Visit, ...]
    observations: tuple[Observation, ...]
    objections: tuple[ObjectionMet, ...]
    promises: tuple[Promise, ...]


def rates(style: Style) -> dict[str, float]:
    """How often each cue is noted in somebody of that style, against the others."""
    often, sometimes = set(OFTEN_SEEN[style].split()), set(NOW_AND_THEN_SEEN[style].split())
    return {cue: OFTEN if cue in often else NOW_AND_THEN if cue in sometimes else SELDOM for cue in CUES}


class Somebody:
    """A person with a true style, habits of their own, and a second style that shows now and then."""

    def __init__(self, truth: Truth, chance: random.Random, *, wrong: float = WRONG) -> None:
        self.chance, self.wrong = chance, wrong
        first, second = rates(truth.style), rates(truth.second)
        whole, other = sum(first.values()), sum(second.values())
        habits = {cue: chance.lognormvariate(0, HABIT) for cue in CUES}
        self.shown = [habits[cue] * ((1 - SECOND) * first[cue] / whole + SECOND * second[cue] / other) for cue in CUES]

    def cues(self, number: int) -> tuple[str, ...]:
        """What a rep notes of one visit: `number` cues, each once, one in five of them wrong."""
        noted: dict[str, None] = {}
        while len(noted) < number:
            wrong = self.chance.random() < self.wrong
            noted[self.chance.choice(CUES) if wrong else self.chance.choices(CUES, self.shown)[0]] = None
        return tuple(noted)


def a_truth(chance: random.Random) -> Truth:
    """Anybody: every style as likely, half of the people sensitive to price, promises kept by some and not by others."""
    style, second = chance.sample(STYLES, 2)
    return Truth(style, second, price=chance.choice((0.1, 0.8)), honesty=chance.choice((0.3, 0.6, 0.9)))


def seen_in(truth: Truth, seed: int, visits: int, cues: int = 4, *, off_days: float = 0.0) -> tuple[Observation, ...]:
    """
    The observations of that many visits, three weeks apart, the last one three weeks before today.

    Args:
        off_days: The share of visits in which the person is not themselves: they are all of their second style.
    """
    chance = random.Random(f"cues {seed}")
    usual, off = Somebody(truth, chance), Somebody(replace(truth, style=truth.second, second=truth.style), chance)
    days = [TODAY - timedelta(weeks=3 * back) for back in range(visits, 0, -1)]
    return tuple(
        Observation(id=f"O{number:02}-{cue}", client_id="C", on=day, cue=cue, contact_id="P")
        for number, day in enumerate(days)
        for cue in (off if chance.random() < off_days else usual).cues(cues)
    )


# A year


def a_year(seed: int, visits: int = 12) -> Year:
    """A client in a year of calls; the same seed always gives the same year."""
    chance = random.Random(f"year {seed}")
    truth = a_truth(chance)
    return Calls(truth, chance, seed).year(visits)


class Calls:
    """Plays a year, call by call. What is planned, asked, promised and heard is drawn here, and nowhere else."""

    def __init__(self, truth: Truth, chance: random.Random, seed: int) -> None:
        self.truth, self.chance = truth, chance
        self.somebody = Somebody(truth, random.Random(f"cues {seed}"))
        roles = chance.choice(((), ("user",), ("decision-maker",)))
        self.contact = Contact(id="P", client_id="C", name="Li Wei", roles=roles)
        self.planned: list[str] = []
        self.visits: list[Visit] = []
        self.observations: list[Observation] = []
        self.objections: list[ObjectionMet] = []
        self.promises: list[Promise] = []

    def year(self, visits: int) -> Year:
        """All calls, oldest first, spread over the year."""
        days = sorted(self.chance.sample(range(1, YEAR), visits), reverse=True)
        for number, back in enumerate(days):
            self.call(f"{number:02}", TODAY - timedelta(days=back))
        client = Client(id="C", name="Hengtai Pumps")
        return Year(
            self.truth, client, self.contact, tuple(self.visits), tuple(self.observations), tuple(self.objections),
            tuple(self.promises),
        )  # fmt: skip

    def call(self, number: str, day: date) -> None:
        """One call: what was planned, asked, dropped, seen, heard and promised."""
        heard = self.heard(number, day)
        questions = self.some(ASK, 2)
        drop = self.some([*self.planned, *(f"objection-{one.topic}" for one in self.objections)], 0.3)
        self.planned += questions
        plan = Plan(
            questions=questions, drop=drop, forecast=self.chance.choice(("likely", "even", "unlikely")),
            expected_objections=self.some(("price", *TOPICS), 1),
        )  # fmt: skip
        debrief = Debrief(
            asked=self.some(self.planned, 1.5), outcome=self.chance.choice(("advance", "continuation", "continuation")),
            primary=self.chance.choice(("met", "missed")),
        )  # fmt: skip
        self.visits.append(
            Visit(
                id=f"V{number}", client_id="C", when=day, purpose="discovery", contact_ids=(self.contact.id,),
                status="done", plan=plan, debrief=debrief,
            )
        )  # fmt: skip
        self.observations += [
            Observation(
                id=f"O{number}-{cue}", client_id="C", on=day, cue=cue, contact_id=self.contact.id, visit_id=f"V{number}"
            )
            for cue in self.somebody.cues(self.chance.choice((3, 4, 4, 5)))
        ]  # fmt: skip
        self.objections += heard
        self.promises += [self.promised(f"R{number}-{n}", day) for n in range(self.chance.choice((0, 1, 1, 2)))]

    def some(self, choices: Sequence[str], expected: float) -> tuple[str, ...]:
        """Each once, so many of them on average."""
        each = list(dict.fromkeys(choices))
        return tuple(one for one in each if self.chance.random() < expected / len(each))

    def heard(self, number: str, day: date) -> list[ObjectionMet]:
        """The price as often as the person is sensitive to it, now and then something else; most are resolved."""
        topics = ["price"] if self.chance.random() < self.truth.price else []
        topics += [self.chance.choice(TOPICS)] if self.chance.random() < 0.3 else []
        return [
            ObjectionMet(
                id=f"B{number}-{topic}", client_id="C", on=day, said=f"what they said of {topic}", topic=topic,
                resolved=self.chance.random() < 0.7, visit_id=f"V{number}", contact_id=self.contact.id,
            )
            for topic in topics
        ]  # fmt: skip

    def promised(self, id_: str, day: date) -> Promise:
        """Their promise: done by its day as far as they are honest, else after it, or still open."""
        by = min(day + timedelta(days=self.chance.randint(3, 21)), TODAY - timedelta(days=1))
        promise = Promise(
            id=id_, client_id="C", owner="theirs", who=self.contact.name, what=self.chance.choice(WORK), by=by,
            visit_id=f"V{id_[1:3]}",
        )  # fmt: skip
        if self.chance.random() < self.truth.honesty:
            return replace(promise, state="done", closed_on=by - timedelta(days=self.chance.choice((0, 1, 2))))
        late = by + timedelta(days=self.chance.randint(1, 30))
        done = late < TODAY and self.chance.random() < 0.5
        return replace(promise, state="done", closed_on=late) if done else promise
