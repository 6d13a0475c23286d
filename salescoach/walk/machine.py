"""Asking as a pure state machine: checklists and the answers so far say what is asked next.

A `Walk` never changes; every step gives a new one. It knows no terminal, file, clock or language. What it holds goes
into a draft as `state` after every answer and comes back as `Walk(…, answers=state)`.

Conditions are asked in the order of the checklists, each with what was answered before it. An answer that a changed
condition hides stays in the state and comes back when its question does.
"""

from collections.abc import Callable, Mapping, Sequence
from copy import copy, deepcopy
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

from salescoach.errors import InvalidError
from salescoach.language import Text
from salescoach.playbook.conditions import holds
from salescoach.playbook.facts import Facts
from salescoach.playbook.models import Checklist, Pace, Question, QuestionType, Section
from salescoach.shape import value
from salescoach.walk.tree import CHECKLIST, Check, Choices, Keys, Path, Spread, nest, options_of
from salescoach.walk.values import Option, chosen, sets_of, take

#: Key of `Walk.state` that lists the prompts that were passed over. No question can be called so.
SKIPPED = "_skipped"
#: The defaults, given the answers so far.
Known = Callable[[Mapping[str, Any]], Mapping[str, Any]]
_PACES: tuple[Pace, ...] = ("quick", "normal", "deep")


@value
class Prompt:
    """One thing to ask: a question, a field of a group, or one more of a list."""

    question: Question  # the field itself, where it is part of a group
    path: Path
    kind: QuestionType  # never "group"
    options: tuple[Option, ...]
    default: Any  # the answer given before, else what is known: plain data, None where there is neither
    why: Text | None
    optional: bool  # may be skipped
    section: Section
    group: Question | None  # the group that it is part of
    number: int | None  # which one of a list, from 1

    @property
    def opens(self) -> bool:
        """The first thing asked of a group."""
        return self.group is not None and self.group.fields[0].id == self.question.id


class Walk:
    """
    A checklist being walked.

    Args:
        checklists: Walked one after the other. One with `purposes` or `crises` is asked only when the facts say so.
        answers: What was said so far: a draft's `state`, or answers in the shape of CLI.md. What does not fit (a
            question that a newer playbook no longer has) is kept in `state` and left out of `answers`.
        facts: What is known given some answers; its `answers` are filled in here.
        choices: What `choices_from` stands for.
        pace: How much is asked; required questions are asked at every pace.
        known: Answers shown as defaults, such as last time's; never part of `answers` by themselves. A function of the
            answers so far where the defaults depend on them.
        today: For dates such as "tomorrow".
        check: Refuses an answer for a reason of this walk's own, by an InvalidError.
    """

    def __init__(
        self,
        checklists: Sequence[Checklist],
        answers: Mapping[str, Any] | None = None,
        *,
        today: date,
        facts: Callable[[Mapping[str, Any]], Facts] = lambda answers: Facts(),
        choices: Choices | None = None,
        pace: Pace = "normal",
        known: Mapping[str, Any] | Known | None = None,
        check: Check | None = None,
    ) -> None:
        self.checklists = tuple(checklists)
        self.facts = facts
        self.choices: Choices = choices or {}
        self.pace = pace
        self.today = today
        self.check = check
        self.keys = Keys(self.checklists)
        self._at: Path | None = None
        self._knowing = known if callable(known) else None
        self._known, _ = self._load({} if known is None or callable(known) else known)
        self._values, self._aside = self._load({k: v for k, v in (answers or {}).items() if k != SKIPPED})
        self._skipped = _paths((answers or {}).get(SKIPPED))
        self._know()

    def _load(self, raw: Mapping[str, Any]) -> tuple[dict[Path, Any], dict[Path, Any]]:
        """One value a path, and what could not be taken."""
        aside: dict[Path, Any] = {}

        def keep(path: Path, part: Any, error: InvalidError) -> None:
            aside[path] = part

        return Spread(self.keys, self.choices, self.today, keep, inner=True, check=self.check).all(raw), aside

    @property
    def current(self) -> Prompt | None:
        """What is asked now; None when all is asked."""
        prompts = self._reading.prompts
        here = next((prompt for prompt in prompts if prompt.path == self._at), None)
        return here or next((prompt for prompt in prompts if self._waits(prompt)), None)

    @property
    def answers(self) -> dict[str, Any]:
        """What was said, by the keys of CLI.md, as plain JSON data; without what the conditions now hide."""
        return deepcopy(self._reading.answers)

    @property
    def state(self) -> dict[str, Any]:
        """What a draft stores: every answer, hidden ones too, and what was skipped. JSON data."""
        state = nest({**self._aside, **self._values})
        skipped = [list(path) for path in sorted(self._skipped, key=str)]
        return deepcopy({**state, SKIPPED: skipped} if skipped else state)

    @property
    def known(self) -> dict[str, Any]:
        """Every answer and every default, in the shape of `state`: what an answers file starts from."""
        return nest({**self._known, **self._values})

    @property
    def position(self) -> tuple[int, int]:
        """Which question this is, from 1, and of how many; a group or a list is one question."""
        keys = list(dict.fromkeys(_key(prompt.path) for prompt in self._reading.prompts))
        now = self.current
        return (keys.index(_key(now.path)) + 1 if now else len(keys), len(keys))

    @property
    def asked(self) -> tuple[str, ...]:
        """Ids of the questions that are asked at this pace, in order; a group or a list once."""
        return tuple(dict.fromkeys(str(_key(prompt.path)[-1]) for prompt in self._reading.prompts))

    @property
    def unused(self) -> tuple[str, ...]:
        """Top-level keys with an answer that the conditions hide or that no question takes."""
        left = (path for path in self._aside if path not in self._reading.seen)
        return tuple(dict.fromkeys(str(path[0]) for path in (*self.hidden, *left)))

    @property
    def hidden(self) -> tuple[Path, ...]:
        """Where there is an answer that the conditions hide."""
        return tuple(path for path in self._values if path not in self._reading.seen)

    def knows(self, path: Path, held: Any) -> bool:
        """`held` is what was known at `path` before the walk began."""
        return path in self._known and self._known[path] == held

    @property
    def missing(self) -> tuple[Prompt, ...]:
        """The required questions that have no answer yet."""
        return tuple(p for p in self._reading.prompts if not p.optional and p.path not in self._values)

    def given(self, path: Path) -> Any:
        """The answer at `path` as plain data (the choice's id for a one-of that `sets`); None where there is none."""
        prompt = next((prompt for prompt in self._reading.prompts if prompt.path == path), None)
        return prompt.default if prompt and path in self._values else None

    def answer(self, raw: Any) -> "Walk":
        """
        The walk after `raw` was answered to `current`; an empty answer skips.

        Raises:
            InvalidError: The answer does not fit; nothing has changed.
        """
        prompt = self._asked()
        held = take(prompt.question, prompt.options, raw, self.today)
        if held is None or (held == [] and not prompt.optional):
            return self.skip()
        if self.check is not None:
            self.check(prompt.path, held)
        return self._next({**self._values, prompt.path: held}, self._skipped - {prompt.path})

    def skip(self) -> "Walk":
        """
        The walk after `current` was left open; an answer given before is taken back.

        Raises:
            InvalidError: "answer-needed" – it is required.
        """
        prompt = self._asked()
        if not prompt.optional:
            raise InvalidError("answer-needed")
        left = {path: held for path, held in self._values.items() if path != prompt.path}
        return self._next(left, self._skipped | {prompt.path})

    def back(self) -> "Walk":
        """The walk at the prompt asked before `current`, its answer as the default; itself at the first one."""
        now, earlier = self.current, self._at
        for prompt in self._reading.prompts:
            if now and prompt.path == now.path:
                break
            if not self._waits(prompt):
                earlier = prompt.path
        return self._next(self._values, self._skipped, at=earlier)

    def taking(self, values: Mapping[Path, Any]) -> "Walk":
        """The walk with valid `values` put in, lists and groups as a whole."""
        whole = {path[0] for path in values} - {CHECKLIST}
        left = {path: held for path, held in self._values.items() if path[0] not in whole}
        return self._next({**left, **values}, self._skipped - set(values))

    def _asked(self) -> Prompt:
        if (prompt := self.current) is None:
            raise ValueError("the walk is done")
        return prompt

    def _next(self, values: dict[Path, Any], skipped: frozenset[Path], at: Path | None = None) -> "Walk":
        after = copy(self)
        after.__dict__.pop("_reading", None)
        after._values, after._skipped, after._at = values, skipped, at
        after._know()
        return after

    def _know(self) -> None:
        """Work the defaults out again, where they depend on the answers."""
        if self._knowing:
            self._known, _ = self._load(self._knowing(self.answers))
            self.__dict__.pop("_reading", None)

    def _waits(self, prompt: Prompt) -> bool:
        return prompt.path not in self._values and (prompt.path not in self._skipped or not prompt.optional)

    @cached_property
    def _reading(self) -> "_Reading":
        return _Reading(self, self._values, self._known)


def _paths(raw: Any) -> frozenset[Path]:
    """Paths from their JSON form; whatever is none is passed over."""
    listed = raw if isinstance(raw, list) else []
    return frozenset(tuple(path) for path in listed if isinstance(path, (list, tuple)) and _is_path(path))


def _is_path(path: Sequence[Any]) -> bool:
    return all(isinstance(step, (str, int)) for step in path)


def _key(path: Path) -> Path:
    """The question that a path belongs to."""
    return path[:2] if path[0] == CHECKLIST else path[:1]


@value
class _Place:
    """Where in the checklists the reading is, and how it asks there."""

    section: Section
    asked: bool
    must: bool = False
    group: Question | None = None
    number: int | None = None
    entry: Mapping[str, Any] | None = None  # the fields of this group answered so far


class _Reading:
    """One pass through the checklists: what is asked at this pace, and the answers that count."""

    def __init__(self, walk: Walk, values: Mapping[Path, Any], known: Mapping[Path, Any]) -> None:
        self.walk = walk
        self.values = values
        self.known = known
        self.answers: dict[str, Any] = {}
        self.prompts: list[Prompt] = []
        self.seen: set[Path] = set()
        self._told: Facts | None = None
        for checklist in walk.checklists:
            self._checklist(checklist)

    def _facts(self, entry: Mapping[str, Any] | None = None) -> Facts:
        """The facts given the answers before this point; a group's own fields stand beside the walk's answers."""
        if self._told is None:
            self._told = replace(self.walk.facts(self.answers), answers=dict(self.answers))
        return replace(self._told, answers={**self.answers, **entry}) if entry else self._told

    def _shown(self, when: Mapping[str, Any] | None, entry: Mapping[str, Any] | None = None) -> bool:
        return when is None or holds(dict(when), self._facts(entry))

    def _checklist(self, checklist: Checklist) -> None:
        if checklist.purposes and self._facts().purpose not in checklist.purposes:
            return
        if checklist.crises and self._facts().crisis_kind not in checklist.crises:
            return
        for section in checklist.sections:
            if self._shown(section.when):
                self._section(section)

    def _section(self, section: Section) -> None:
        for question in section.questions:
            path: Path = (CHECKLIST, question.id) if question.type == "check" else (question.id,)
            if path in self.seen or not self._shown(question.when):
                continue
            self.seen.add(path)
            asked = question.required or _PACES.index(question.pace) <= _PACES.index(self.walk.pace)
            held = self._any(question, path, _Place(section=section, asked=asked, must=question.required))
            if held is not None:
                self._tell(question, held)

    def _tell(self, question: Question, held: Any) -> None:
        """Put an answer under the key that it is read by."""
        self._told = None
        if question.type == "check":
            self.answers.setdefault(CHECKLIST, {})[question.id] = held
        elif sets_of(question):
            self.answers.update(held)
        else:
            self.answers[question.id] = held

    def _any(self, question: Question, path: Path, place: _Place) -> Any:
        if question.repeat:
            return self._entries(question, path, place)
        return self._one(question, path, place)

    def _entries(self, question: Question, path: Path, place: _Place) -> list[Any] | None:
        """The entries of a list that hold anything, then (if asked) the prompt for one more."""
        count = self._count(path)
        held = []
        for i in range(count):
            entry = self._one(question, (*path, i), replace(place, must=place.must and i == 0, number=i + 1))
            held += [] if entry is None else [entry]
        if place.asked and not (count and self.walk.pace == "quick"):
            self._one_more(question, (*path, count), replace(place, must=place.must and not count, number=count + 1))
        return held or None

    def _count(self, path: Path) -> int:
        size = len(path)
        places = [step for held in self.values if held[:size] == path and isinstance(step := held[size], int)]
        return max(places, default=-1) + 1

    def _one_more(self, question: Question, path: Path, place: _Place) -> None:
        """Ask for the first field of a new entry; left empty, it ends the list."""
        first = next((field for field in question.fields if self._shown(field.when)), None)
        if first:
            self._leaf(first, (*path, first.id), replace(place, group=question))
        elif question.type != "group":
            self._leaf(question, path, place)

    def _one(self, question: Question, path: Path, place: _Place) -> Any:
        if question.type == "group":
            return self._fields(question, path, place)
        return self._leaf(question, path, place)

    def _fields(self, group: Question, path: Path, place: _Place) -> dict[str, Any] | None:
        """A group's fields in turn. A required one is required once anything of the group is answered."""
        begun = any(held[: len(path)] == path for held in self.values)
        entry: dict[str, Any] = {}
        for field in group.fields:
            if not self._shown(field.when, {**(place.entry or {}), **entry}):
                continue
            must = field.required if begun else place.must and field is group.fields[0]
            asked = place.asked and (field.pace != "deep" or self.walk.pace == "deep")
            inner = replace(place, must=must, asked=asked, group=group, entry=entry)
            held = self._any(field, (*path, field.id), inner)
            entry |= {} if held is None else {field.id: held}
        return entry or None

    def _leaf(self, question: Question, path: Path, place: _Place) -> Any:
        self.seen.add(path)
        if place.asked or place.must:
            self.prompts.append(self._prompt(question, path, place))
        return self.values.get(path)

    def _prompt(self, question: Question, path: Path, place: _Place) -> Prompt:
        default = self.values.get(path, self.known.get(path))
        if default is not None and sets_of(question):
            default = chosen(question, default)
        return Prompt(
            question=question,
            path=path,
            kind=question.type,
            options=options_of(question, self.walk.choices),
            default=default,
            why=question.why or (place.group.why if place.group else None),
            optional=not place.must,
            section=place.section,
            group=place.group,
            number=place.number,
        )
