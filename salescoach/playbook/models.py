"""What a playbook is: one value class a kind. Plain dataclasses here; pydantic checks them in `check.py`.

Fields say what a sales manager may write in YAML; docs/authoring.md explains them with examples. Every text that
is shown is `Text`: a string, or `{en: …, zh: …}`.
"""

import re
from collections.abc import Callable
from dataclasses import field
from datetime import date
from typing import Annotated, Any, Literal

from salescoach import language
from salescoach.language import LANGS, Lang
from salescoach.records.ids import CrisisKind, ObjectionKind, OccasionKind, Purpose, SigningMotive, Style
from salescoach.shape import value

Strength = Literal["research", "practice", "folklore"]
Status = Literal["draft", "reviewed", "stable", "deprecated"]
Kind = Literal[
    "typology",
    "objection",
    "technique",
    "checklist",
    "scorecard",
    "timeline",
    "scenario",
    "rules",
    "card",
    "small-talk",
    "phrasings",
]


class Matches:
    """A border rule for a string: the whole of it must match `pattern`. Costs nothing once the value is inside."""

    def __init__(self, pattern: str, means: str = "") -> None:
        self.pattern = pattern
        self.means = means

    def __get_pydantic_core_schema__(self, source: object, handler: Callable[[object], Any]) -> Any:
        from pydantic_core import core_schema

        noted = {"pydantic_js_updates": {"description": self.means}}
        return core_schema.str_schema(pattern=self.pattern, strict=True, max_length=80, metadata=noted)


class Between:
    """A border rule for a number: at least `least`, at most `most`."""

    def __init__(self, least: float, most: float) -> None:
        self.least = least
        self.most = most

    def __get_pydantic_core_schema__(self, source: object, handler: Callable[[object], Any]) -> Any:
        return {**handler(source), "ge": self.least, "le": self.most}


class Filled:
    """A border rule for a string: not empty, and no longer than anybody would read."""

    def __get_pydantic_core_schema__(self, source: object, handler: Callable[[object], Any]) -> Any:
        from pydantic_core import core_schema

        return core_schema.str_schema(strict=True, min_length=1, max_length=2000)


class Worded:
    """A border rule for a text that is shown: a string, or one for each language; told apart by shape."""

    def __get_pydantic_core_schema__(self, source: object, handler: Callable[[object], Any]) -> Any:
        from pydantic_core import core_schema

        one = core_schema.str_schema(strict=True, min_length=1, max_length=2000)
        each = {str(lang): core_schema.typed_dict_field(one, required=False) for lang in LANGS}
        both = core_schema.typed_dict_schema(each, extra_behavior="forbid", total=False)
        return core_schema.tagged_union_schema(
            {"string": one, "languages": core_schema.no_info_after_validator_function(_in_a_language, both)},
            discriminator=lambda given: "languages" if isinstance(given, dict) else "string",
            metadata={"pydantic_js_functions": [lambda *_: _text_json_schema()]},
        )


def _in_a_language(text: dict[Lang, str]) -> dict[Lang, str]:
    if not text:
        from pydantic_core import PydanticCustomError

        raise PydanticCustomError("no_language", "in no language")
    return text


def _text_json_schema() -> dict[str, Any]:
    one = {"type": "string", "minLength": 1}
    each = {"type": "object", "additionalProperties": False, "minProperties": 1}
    return {"anyOf": [one, {**each, "properties": dict.fromkeys(LANGS, one)}]}


class Asks:
    """A border rule for a `when:`: checked against the table of facts by `conditions.py`."""

    def __get_pydantic_core_schema__(self, source: object, handler: Callable[[object], Any]) -> Any:
        from salescoach.playbook.conditions import condition_schema

        return condition_schema()


SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
KEY = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")

#: Text that is shown, checked where it comes in; the type is `language.Text`.
Text = Annotated[language.Text, Worded()]
#: A word or sentence that something is matched against.
Words = Annotated[str, Filled()]
#: Lower-case words joined by hyphens: the id of a playbook, an entry or a line.
Slug = Annotated[str, Matches(rf"^{SLUG.pattern}$", "lower-case words joined by hyphens; never renamed")]
#: Like a slug, underscores allowed: the id of a question, which is also the key in an answers file.
Key = Annotated[str, Matches(rf"^{KEY.pattern}$", "lower-case words joined by - or _; never renamed")]
#: An id of the digest ("S001-VISIT8"), or "ours" for what goes beyond the sources.
SourceId = Annotated[str, Matches(r"^(S\d{3}-[A-Z0-9-]+|ours)$", "an id of the digest, or ours")]
#: An element of a file by its id; where several have it, with the id of what it stands in before it: "driver/pace".
Element = Annotated[str, Matches(rf"^{KEY.pattern}(/{KEY.pattern})*$", "the id of something in this file")]
#: A condition over facts, see `facts.py`.
When = Annotated[dict[str, Any], Asks()]
Likelihood = Annotated[float, Between(0.001, 1)]
#: The least or the most that a number may be.
Bound = Annotated[float, Between(-1e15, 1e15)]
#: Words in one or both languages, as lists: aliases, key words, phrasings.
WordLists = dict[Lang, tuple[Words, ...]]


@value
class Evidence:
    """How far a tactic can be trusted, and what speaks against it."""

    strength: Strength
    source: str | None = None  # author and title, or who practises it
    year: Annotated[int, Between(1, 2200)] | None = None
    finding: Text | None = None
    contradicted_by: Text | None = None


@value
class Line:
    """One thing to say or do: short, imperative or speakable, and able to name its source."""

    id: Slug
    text: Text
    source: SourceId | None = None  # None: the playbook's first source
    evidence: Evidence | None = None
    when: When | None = None


@value
class Playbook:
    """What every kind carries."""

    id: Slug
    version: Annotated[int, Between(1, 1_000_000)]
    title: Text
    sources: tuple[SourceId, ...]
    status: Status = "reviewed"
    evidence: Evidence | None = None  # for the lines of the first source that have none of their own
    carries: dict[SourceId, tuple[Element, ...]] = field(default_factory=dict)  # framework → its items, in its order
    review_by: date | None = None  # the day after which its advice must be read again

    @property
    def labels(self) -> tuple[str, ...]:
        """By what it is asked for beside its id: the library finds it without reading the others of its kind."""
        return ()


@value
class Cue:
    """Something that can be seen or heard and speaks for some styles more than for others."""

    id: Slug
    text: Text
    words: WordLists = field(default_factory=dict)  # how a rep may put it in free words
    likelihood: dict[Style, Likelihood]  # P(cue is noticed | style); what counts is the ratio between styles
    source: SourceId | None = None
    evidence: Evidence | None = None


@value
class Weighing:
    """How far cues that were noted are believed: the share that is mistaken, and the days after which one is half."""

    mistaken: Annotated[float, Between(0, 0.9)] = 0.25
    half_life_days: Annotated[int, Between(1, 36500)] = 365


@value
class Entry:
    """One type of a typology, with lines by group (`traits`, `wants`, `do`, `avoid`, `stress`, `close` …)."""

    id: Slug
    title: Text
    summary: Text | None = None
    aliases: tuple[Words, ...] = ()
    lines: dict[Key, tuple[Line, ...]] = field(default_factory=dict)
    source: SourceId | None = None


@value
class Typology(Playbook):
    """A set of types and how to tell them: styles, behaviours, outcomes, roles, purposes."""

    kind: Literal["typology"]
    entries: tuple[Entry, ...]
    cues: tuple[Cue, ...] = ()
    weighing: Weighing | None = None


Move = Literal["pause", "listen", "acknowledge", "explore", "respond", "check"]


@value
class Spoken:
    """
    A line of an objection's first block, with the move it makes; the block starts with pause and explore.

    One that `replaces` another stands in its place where the customer named what it needs: {competitor}, {figure}.
    """

    id: Slug
    move: Move
    text: Text
    replaces: Slug | None = None
    source: SourceId | None = None
    evidence: Evidence | None = None


@value
class Step:
    """A step after the first block; `technique` names the technique it uses."""

    id: Slug
    text: Text
    technique: Slug | None = None
    source: SourceId | None = None
    evidence: Evidence | None = None
    when: When | None = None


@value
class Tell:
    """How to tell a real objection from a false or a hidden one: one question, and what each answer means."""

    ask: Line
    real: Text
    false: Text
    hidden: Text


@value
class Objection(Playbook):
    """An answer to one topic of objection, and how to recognise it."""

    kind: Literal["objection"]
    summary: Text
    aliases: WordLists = field(default_factory=dict)  # other names of the topic: matched whole
    keywords: WordLists = field(default_factory=dict)  # words that point to it wherever they stand
    phrasings: WordLists = field(default_factory=dict)  # what customers say
    say: tuple[Spoken, ...]
    steps: tuple[Step, ...]
    style: dict[Style, tuple[Line, ...]] = field(default_factory=dict)
    avoid: tuple[Line, ...] = ()
    prevent: tuple[Line, ...] = ()
    tell: Tell


@value
class Example:
    """A worked example of a technique: what the customer said, what the rep answers."""

    said: Text
    answer: Text


@value
class Technique(Playbook):
    """A way of handling an objection, with steps and an example."""

    kind: Literal["technique"]
    summary: Text
    fits: tuple[ObjectionKind, ...]
    steps: tuple[Line, ...]
    examples: tuple[Example, ...]
    caution: Text | None = None


QuestionType = Literal["text", "long", "number", "date", "yes-no", "one-of", "many-of", "ticks", "check", "group"]
ChoicesFrom = Literal[
    "contacts", "topics", "techniques", "cues", "styles", "behaviours", "purposes", "planned-questions", "carried"
]
#: Of a date. past: not after today, and a day without a year is the last such; ahead: not before today.
Tense = Literal["past", "ahead"]
#: quick: asked even with --quick; normal: otherwise; deep: only with --deep.
Pace = Literal["quick", "normal", "deep"]


@value
class Choice:
    """One of the answers to choose from."""

    id: Key
    label: Text
    sets: dict[Key, bool] = field(default_factory=dict)  # yes/no answers this choice stands for, instead of its id
    source: SourceId | None = None


@value
class Question:
    """
    One question of a checklist; its `id` is the key in an answers file.

    Answers are: text, long → str · number → int or float · date → date · yes-no → bool · one-of → choice id ·
    many-of → list of choice ids (and free words where `open`) · ticks → {choice id: bool} ·
    check → "done", "skip" or "not-now", or {state, note} · group → {field id: answer}.
    With `repeat`, a text or a group is asked again until it is left empty, and the answer is a list.
    A number may have bounds (`min`, `max`) and be `whole`, a date be in the past or ahead (`tense`), a text be without
    figures (`no_figures`): another answer is asked again, and refused in a file.
    A one-of whose choices have `sets` stores those yes/no answers under their own keys and nothing under its own.
    """

    id: Key
    ask: Text
    type: QuestionType
    why: Text | None = None
    choices: tuple[Choice, ...] = ()
    choices_from: ChoicesFrom | None = None
    open: bool = False  # free words are taken besides the choices
    required: bool = False
    repeat: bool = False  # a text or a group that is asked again until it is left empty
    min: Bound | None = None  # of a number
    max: Bound | None = None  # of a number
    whole: bool = False  # a number without a fraction
    tense: Tense | None = None  # of a date
    no_figures: bool = False  # a text that has none, such as a currency
    fields: tuple["Question", ...] = ()  # of a group
    pace: Pace = "normal"
    source: SourceId | None = None
    evidence: Evidence | None = None
    when: When | None = None


@value
class Section:
    """A pause point: a heading and five to nine questions at most."""

    id: Slug
    title: Text
    questions: tuple[Question, ...]
    when: When | None = None


Use = Literal["prep", "debrief", "objection", "complaint", "crisis", "crisis-review", "contract", "prospect", "me"]


@value
class Checklist(Playbook):
    """Anything that is walked, question by question."""

    kind: Literal["checklist"]
    use: Use
    purposes: tuple[Purpose, ...] = ()  # empty: every purpose
    crises: tuple[CrisisKind, ...] = ()  # empty: every kind
    sections: tuple[Section, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """Its use, and its use for each purpose: `prep`, `prep:renewal`; `prep:` where it is for every one."""
        return self.use, *(f"{self.use}:{purpose}" for purpose in self.purposes or ("",))


#: What an answer says of the account: it speaks for going on, it leaves the matter open, it speaks against.
Means = Literal["good", "open", "bad"]


@value
class Mark(Choice):
    """An answer of a scorecard to choose from, what it means and what to do about it."""

    means: Means | None = None
    points: Annotated[int, Between(0, 100)] | None = None  # where the answers of a scorecard are added up
    proposes: tuple[Slug, ...] = ()  # buying roles and stances that it speaks for
    do: tuple[Line, ...] = ()  # what to do when this is the answer


@value
class Item(Question):
    """
    A question of a scorecard. Its answer is kept with the day and with what it rests on, and fades with time.

    An item whose choices have a meaning is asked for its evidence as well. When the answer to something that it
    `hangs_on` changes later, it is asked again.
    """

    choices: tuple[Mark, ...] = ()
    good_for: Annotated[int, Between(1, 3660)] | None = None  # days until an answer is worth half; None: it stays
    hangs_on: tuple[Key, ...] = ()  # ids of other items of the file
    do: tuple[Line, ...] = ()  # how to find out, or what to do while it is weak


@value
class Part:
    """A heading of a scorecard with its items."""

    id: Slug
    title: Text
    items: tuple[Item, ...]
    when: When | None = None


@value
class Verdict:
    """What a scorecard comes to, and what follows from it."""

    title: Text
    lines: tuple[Line, ...] = ()


Sheet = Literal["screen", "risk", "analyse", "map", "plan", "stage", "loyalty", "criteria", "process", "renewal"]


@value
class Scorecard(Playbook):
    """An account sheet that a rep returns to for months: answers with a date, a reason and an expiry."""

    kind: Literal["scorecard"]
    use: Sheet  # the command that walks it: `salescoach account <use>`
    about: Literal["client", "contact"] = "client"
    funnel: bool = False  # a bad answer ends the asking: what comes after does not matter yet
    rank: Annotated[int, Between(0, 1000)] = 50  # of several for one command the higher is walked first
    parts: tuple[Part, ...]
    verdicts: dict[Means, Verdict] = field(default_factory=dict)

    @property
    def labels(self) -> tuple[str, ...]:
        """Its command."""
        return (self.use,)


Starts = Literal["signed", "ends", "last-touch", "holiday", "occasion"]


@value
class Timing:
    """
    When a beat is due, for whom, and how pressing it is.

    Due `months` and `days` after what it `starts` from (before it, where they are negative), and for `lasts` days.
    From the last touch, it comes due again whenever so much time went by without one.
    """

    id: Slug
    starts: Starts
    months: Annotated[int, Between(-120, 120)] = 0
    days: Annotated[int, Between(-3660, 3660)] = 0
    lasts: Annotated[int, Between(1, 366)] = 14
    tags: tuple[Words, ...] = ()  # clients with one of these tags; empty: all
    occasions: tuple[OccasionKind, ...] = ()  # of starts: occasion; empty: every kind
    motives: tuple[SigningMotive, ...] = ()  # why they signed; empty: whatever it was
    rank: Annotated[int, Between(0, 1000)] = 50  # the most useful first where one line is shown for a client


@value
class Beat(Timing):
    """One touch of a timeline: when it is due and what to do and to say."""

    title: Text
    do: tuple[Line, ...]
    say: tuple[Line, ...] = ()
    style: dict[Style, tuple[Line, ...]] = field(default_factory=dict)  # what to say to this style instead
    source: SourceId | None = None
    evidence: Evidence | None = None


@value
class Clocks:
    """A timeline as far as it tells when: read without its words, which are most of it."""

    id: Slug
    beats: tuple[Timing, ...]


@value
class Timeline(Playbook):
    """Clocks: what is due so long after something, such as the touches after signing."""

    kind: Literal["timeline"]
    beats: tuple[Beat, ...]


@value
class Scenario(Playbook):
    """
    A case or a discussion question to practise on: told, asked, answered in the rep's own words, then held against it.

    `holds` are the points of a good answer, each short enough to be ticked. `trains` are what it helps with when a
    debrief shows it: topics, outcomes, faults of listening, taboos, feedback rules.
    """

    kind: Literal["scenario"]
    situation: Text  # the case, in three to eight lines
    ask: Text
    holds: tuple[Line, ...]
    mistakes: tuple[Line, ...] = ()
    model: tuple[Line, ...] = ()  # how somebody good might put it
    trains: tuple[Slug, ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        """What it trains."""
        return self.trains


@value
class Rule:
    """When the facts are so, give this line. `rank` orders rules that hold at once: higher is more useful."""

    id: Slug
    say: Text
    rank: Annotated[int, Between(0, 1000)] = 50
    when: When | None = None
    who: Text | None = None  # of an advance: who on their side acts
    within_days: Annotated[int, Between(0, 3660)] | None = None  # of an advance: by when, counted from the visit
    topic: Slug | None = None  # of an expected objection
    source: SourceId | None = None
    evidence: Evidence | None = None


Gives = Literal["warning", "question", "agenda", "advance", "objection", "hint", "feedback"]


@value
class Rules(Playbook):
    """Hints by rule: warnings, questions, agenda and advances for a brief; feedback for a debrief."""

    kind: Literal["rules"]
    gives: Gives
    rules: tuple[Rule, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """What its rules give."""
        return (self.gives,)


@value
class CardSection:
    """A heading of a card with its lines."""

    id: Slug
    title: Text
    lines: tuple[Line, ...]


#: What a card is about; the list of all cards is told in this order.
Shelf = Literal[
    "visit", "etiquette", "speech", "people", "market", "needs", "presenting", "price", "talk", "relationship",
    "trouble", "self",
]  # fmt: skip


@value
class Card(Playbook):
    """A reference read at a glance, one screen. A picture is shown as it stands, line by line."""

    kind: Literal["card"]
    shelf: Shelf = "visit"
    summary: Text | None = None
    words: WordLists = field(default_factory=dict)  # what it is looked up by
    purposes: tuple[Purpose, ...] = ()  # visits it helps with; `prep --deep` names it
    picture: Text | None = None  # at most 38 cells wide: a narrow screen shows it whole
    sections: tuple[CardSection, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """The visits it helps with."""
        return self.purposes


@value
class SmallTalk(Playbook):
    """What people say that is no objection at all: the matcher learns from it when to keep quiet."""

    kind: Literal["small-talk"]
    phrasings: WordLists


@value
class Phrasings(Playbook):
    """More ways to say it: what customers said, by topic; the matcher learns it with the topics' own phrasings."""

    kind: Literal["phrasings"]
    topics: dict[Slug, WordLists]  # topic → what customers say; of a topic that there is not, nothing is learned


AnyPlaybook = (
    Typology
    | Objection
    | Technique
    | Checklist
    | Scorecard
    | Timeline
    | Scenario
    | Rules
    | Card
    | SmallTalk
    | Phrasings
)

#: The value class of each kind.
KINDS: dict[Kind, type[AnyPlaybook]] = {
    "typology": Typology,
    "objection": Objection,
    "technique": Technique,
    "checklist": Checklist,
    "scorecard": Scorecard,
    "timeline": Timeline,
    "scenario": Scenario,
    "rules": Rules,
    "card": Card,
    "small-talk": SmallTalk,
    "phrasings": Phrasings,
}
