"""Answers as they are kept: nested plain data on the outside, one value a path on the inside.

A path names one thing that is asked: ("notes",), ("primary_advance", "who"), ("questions", 0),
("client_commitments", 1, "by"), ("checklist", "sell-nothing").
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from salescoach.errors import InvalidError
from salescoach.playbook.models import Checklist, ChoicesFrom, Question
from salescoach.walk.values import Option, nearest, sets_of, shown, take

Path = tuple[str | int, ...]
Choices = Mapping[ChoicesFrom, Sequence[Option]]
#: What is done about something that cannot be taken: told where, what and why.
Refuse = Callable[[Path, Any, InvalidError], None]
#: What a walk has against an answer that its question takes: raises InvalidError.
Check = Callable[[Path, Any], None]

#: Where the checks of every checklist live among the answers.
CHECKLIST = "checklist"


class Keys:
    """Every key that some checklists know: of questions, of checks, and of yes/no answers that choices stand for."""

    def __init__(self, checklists: Iterable[Checklist]) -> None:
        self.questions: dict[str, Question] = {}
        self.checks: dict[str, Question] = {}
        self.sets: dict[str, Question] = {}
        for question in (q for checklist in checklists for section in checklist.sections for q in section.questions):
            known = self.checks if question.type == "check" else self.questions
            known.setdefault(question.id, question)
            for key in sets_of(question):
                self.sets.setdefault(key, question)

    def names(self) -> list[str]:
        """The keys of an answers file's top level."""
        stored = [key for key, question in self.questions.items() if not sets_of(question)]
        return [*stored, *self.sets, *([CHECKLIST] if self.checks else [])]


def options_of(question: Question, choices: Choices) -> tuple[Option, ...]:
    """What can be chosen: the question's own choices, then those that are taken from elsewhere."""
    own = tuple(Option(id=choice.id, label=choice.label) for choice in question.choices)
    return own + tuple(choices.get(question.choices_from, ()) if question.choices_from else ())


def nest(values: Mapping[Path, Any]) -> dict[str, Any]:
    """Nested data of `values`; a place of a list that holds nothing is None. A later path wins over an earlier one."""
    root: dict[Any, Any] = {}
    for path, held in values.items():
        node = root
        for step in path[:-1]:
            if not isinstance(node.get(step), _Branch):
                node[step] = _Branch()
            node = node[step]
        node[path[-1]] = held
    return {key: _plain(node) for key, node in root.items()}


class _Branch(dict[Any, Any]):
    """A part of the tree, told from a value that is a mapping itself."""


def _plain(node: Any) -> Any:
    if not isinstance(node, _Branch):
        return node
    if all(isinstance(key, int) for key in node):
        return [_plain(node[i]) if i in node else None for i in range(max(node) + 1)]
    return {str(key): _plain(part) for key, part in node.items()}


class Spread:
    """Takes nested answers apart into one value a path; whatever does not fit goes to `refuse`."""

    def __init__(
        self, keys: Keys, choices: Choices, today: date, refuse: Refuse, inner: bool = False, check: Check | None = None
    ) -> None:
        self.keys = keys
        self.choices = choices
        self.today = today
        self.refuse = refuse
        self.check = check
        self.inner = inner  # our own draft: a one-of with `sets` may stand under its own key too
        self.values: dict[Path, Any] = {}

    def all(self, raw: Mapping[str, Any]) -> dict[Path, Any]:
        """The values of `raw`, an answers file's data or a draft's."""
        for key, part in raw.items():
            if key not in self.keys.sets:
                self._top(key, part)
        for question in {question.id: question for question in self.keys.sets.values()}.values():
            flags = {key: raw[key] for key in sets_of(question) if raw.get(key) is not None}
            self._flags(question, flags)
        return self.values

    def _flags(self, question: Question, flags: Mapping[str, Any]) -> None:
        """The yes/no answers of a one-of, each checked alone and then together."""
        good = {key: flag for key, flag in flags.items() if self._fits(question, (key,), {key: flag})}
        if good:
            first = next(reversed(good))
            self._put(question, (question.id,), {**self.values.get((question.id,), {}), **good}, at=(first,))

    def _fits(self, question: Question, path: Path, raw: Any) -> bool:
        try:
            take(question, options_of(question, self.choices), raw, self.today)
        except InvalidError as error:
            self.refuse(path, next(iter(raw.values())), error)
            return False
        return True

    def _top(self, key: str, raw: Any) -> None:
        question = self.keys.questions.get(key)
        if key == CHECKLIST and self.keys.checks:
            self._fields((key,), self.keys.checks, raw)
        elif question is None or (sets_of(question) and not self.inner):
            self._unknown((key,), raw, self.keys.names())  # even where it is empty: a slip of the pen is told at once
        else:
            self._any(question, (key,), raw)

    def _any(self, question: Question, path: Path, raw: Any) -> None:
        if question.repeat:
            self._entries(question, path, raw)
        else:
            self._one(question, path, raw)

    def _entries(self, question: Question, path: Path, raw: Any) -> None:
        if raw is None:
            return
        if not isinstance(raw, (list, tuple)):
            self.refuse(path, raw, InvalidError("answer-not-a-list"))
            return
        for i, entry in enumerate(raw):
            self._one(question, (*path, i), entry)

    def _one(self, question: Question, path: Path, raw: Any) -> None:
        if question.type == "group":
            self._fields(path, {field.id: field for field in question.fields}, raw)
        else:
            self._put(question, path, raw, at=path)

    def _fields(self, path: Path, fields: Mapping[str, Question], raw: Any) -> None:
        if raw is None:
            return
        if not isinstance(raw, Mapping):
            self.refuse(path, raw, InvalidError("answer-not-fields", fields=", ".join(list(fields)[:5])))
            return
        for key, part in raw.items():
            if key in fields:
                self._any(fields[key], (*path, key), part)
            else:
                self._unknown((*path, key), part, fields)

    def _put(self, question: Question, path: Path, raw: Any, at: Path) -> None:
        try:
            held = take(question, options_of(question, self.choices), raw, self.today)
            if self.check is not None and held is not None:
                self.check(path, held)
        except InvalidError as error:
            self.refuse(at, raw, error)
            return
        if held is not None:
            self.values[path] = held

    def _unknown(self, path: Path, raw: Any, known: Iterable[str]) -> None:
        name = shown(path[-1])
        self.refuse(path, raw, InvalidError("answers-unknown", question=name, nearest=nearest(name, known)))
