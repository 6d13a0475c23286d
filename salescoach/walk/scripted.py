"""Walks without a terminal: an answers file in YAML, and the file to fill in.

Any key that one of the walk's checklists knows may be answered, whatever the pace and in any order. Nothing is taken
from a file that has a mistake in it: the first one is reported with its line and key.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NoReturn

from salescoach.errors import InvalidError
from salescoach.language import Lang, pick, say
from salescoach.playbook.conditions import COMBINE, holds
from salescoach.playbook.facts import Facts
from salescoach.playbook.models import KEY, Checklist, Question, Section
from salescoach.playbook.yaml_text import Positioned, read
from salescoach.walk.beside import Beside
from salescoach.walk.machine import Walk
from salescoach.walk.tree import CHECKLIST, Path, Spread, options_of
from salescoach.walk.values import SHOWN, STATES, clean, sets_of, written

#: Yes/no answers that exclude each other even where they are separate questions.
IMPOSSIBLE = (("order", "refused"),)
#: More choices than these are not listed in a comment.
LISTED = 30


def answer_all(walk: Walk, text: str, name: str, *, hidden: bool = True, empty: bool = True) -> Walk:
    """
    The walk with all the answers of a file; what it does not mention stays as it is.

    Args:
        walk: New, or with what the command line said already.
        text: YAML, keys as `--questions` prints them.
        name: What the file is called in messages.
        hidden: An answer may be there whose question the others hide; it is left out.
        empty: There may be nothing in the file at all.

    Raises:
        InvalidError: Syntax, an unknown key, an answer that does not fit, an impossible combination, a required one
            missing, a hidden one. `where` is "name:line:col"; the message names the key.
    """
    file = read(text, name, InvalidError)
    if file.data is None:
        if not empty:
            raise InvalidError("answers-empty", where=file.where(()))
        file = Positioned(name, {}, file.root)
    if not isinstance(file.data, dict):
        raise InvalidError("answers-not-a-map", where=file.where(()))

    def refuse(path: Path, raw: Any, error: InvalidError) -> NoReturn:
        raise _placed(file, path, error)

    values = Spread(walk.keys, walk.choices, walk.today, refuse, check=walk.check).all(file.data)
    after = walk.taking(values)
    _refuse_the_impossible(after, file)
    if not hidden:
        _refuse_the_hidden(after, values, file)
    for prompt in after.missing:
        raise _placed(file, prompt.path, InvalidError("answer-needed"))
    return after


def _placed(file: Positioned, path: Path, error: InvalidError) -> InvalidError:
    """`error` with its place in the file and the key that it is about."""
    unknown = error.key == "answers-unknown"
    key = error.key if error.key.startswith("answers-") else f"answers-{error.key}"
    facts = {**error.facts, "question": error.facts["question"] if unknown else dotted(path)}
    return InvalidError(key, where=file.where(path, key=unknown), **facts)


def dotted(path: Path) -> str:
    """A path as it is read: client_commitments[0].by"""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")


def _refuse_the_impossible(walk: Walk, file: Positioned) -> None:
    answers = walk.answers
    for keys in IMPOSSIBLE:
        if all(answers.get(key) is True for key in keys):
            facts = {"question": keys[-1], "keys": ", ".join(keys)}
            raise InvalidError("answers-contradict", where=file.where((keys[-1],)), **facts)


def _refuse_the_hidden(walk: Walk, values: Mapping[Path, Any], file: Positioned) -> None:
    """An answer that is news and would be lost; what stood in the file to be filled in is none."""
    for path in walk.hidden:
        if path in values and not walk.knows(path, values[path]):
            keys = dict.fromkeys(key for when in _conditions(walk, path) for key in _asked_about(when))
            facts = {"question": dotted(path), "keys": ", ".join(keys)}
            raise InvalidError("answers-hidden", where=file.where(path, key=True), **facts)


def _conditions(walk: Walk, path: Path) -> Iterator[Mapping[str, Any]]:
    """What has to hold for the question at `path` to be asked."""
    for section in (section for checklist in walk.checklists for section in checklist.sections):
        for question in (one for one in section.questions if one.id in path[:2]):
            fields = (field.when for field in question.fields if field.id in path)
            yield from (when for when in (section.when, question.when, *fields) if when)


def _asked_about(when: Mapping[str, Any]) -> Iterator[str]:
    """The answers that a condition asks about."""
    yield from when.get("answers", ())
    for part in (part for name in COMBINE for part in when.get(name, ())):
        yield from _asked_about(part)


def template(walk: Walk, lang: Lang, beside: Beside | None = None) -> str:
    """
    The file to fill in: every key with prompt, type, choices and default as comments, known answers filled in. Lines
    that stand beside a question are comments above it.

    Fed back as it is, it answers what was known and nothing else.
    """
    lines = [f"# {say('walk.file-head', lang)}"]
    known, checks = walk.known, _Written()
    done: set[str] = set()
    for section, question in _asked(walk):
        if question.id in done:
            continue
        done.add(question.id)
        writer = _Writer(walk, lang)
        writer.beside(
            "  " if question.type == "check" else "", beside.lines(question.id, walk.answers) if beside else ()
        )
        if question.type == "check":
            checks.title(section, lang)
            writer.check(question, known.get(CHECKLIST, {}).get(question.id))
            checks.lines += writer.lines
        else:
            writer.question(question, known.get(question.id), indent="")
            lines += ["", *writer.lines]
    if checks.lines:
        states = say("walk.file-checklist", lang, states=say("walk.between", lang).join(STATES))
        lines += ["", f"# {states}", f"{CHECKLIST}:", *checks.lines]
    return "\n".join(lines) + "\n"


def _asked(walk: Walk) -> Iterator[tuple[Section, Question]]:
    """Every question of the checklists that are for this purpose, or of all where none is."""
    fitting = [checklist for checklist in walk.checklists if _for_this(walk, checklist)]
    facts = walk.facts(walk.answers)
    for checklist in fitting or walk.checklists:
        for section in checklist.sections:
            for question in section.questions:
                if not _for_another_crisis(question, facts) and _can_be_answered(walk, question):
                    yield section, question


def _for_another_crisis(question: Question, facts: Facts) -> bool:
    """No answer can bring this question up: the kind of crisis is settled before the walk."""
    return (
        facts.crisis_kind is not None
        and set(question.when or ()) == {"crisis_kind"}
        and not holds(question.when, facts)
    )


def _can_be_answered(walk: Walk, question: Question) -> bool:
    """Something can be chosen: nothing has come back, say, where all was asked."""
    return question.choices_from is None or question.open or bool(options_of(question, walk.choices))


def _for_this(walk: Walk, checklist: Checklist) -> bool:
    facts = walk.facts(walk.answers)
    purpose = not checklist.purposes or facts.purpose is None or facts.purpose in checklist.purposes
    crisis = not checklist.crises or facts.crisis_kind is None or facts.crisis_kind in checklist.crises
    return purpose and crisis


class _Written:
    """The lines under `checklist:`, with the headings of their sections."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._last = ""

    def title(self, section: Section, lang: Lang) -> None:
        if section.id != self._last:
            self.lines += [f"  # {say('walk.section', lang, title=_line(pick(section.title, lang)))}"]
        self._last = section.id


class _Writer:
    """Writes one question of the file, as YAML with comments."""

    def __init__(self, walk: Walk, lang: Lang) -> None:
        self.walk = walk
        self.lang: Lang = lang
        self.lines: list[str] = []

    def beside(self, indent: str, lines: Iterable[str]) -> None:
        """What stands beside a question, a comment a line."""
        for line in lines:
            self._note(indent, line)

    def question(self, question: Question, known: Any, indent: str) -> None:
        """Comments, key and value of any question but a check."""
        self._note(indent, pick(question.ask, self.lang))
        if keys := sets_of(question):
            self._sets(question, keys, known or {}, indent)
            return
        self._note(indent, *self._about(question), *self._default(question, known))
        if known == []:
            self._value(indent, question.id, known)
        elif question.type == "group" or question.repeat or question.type in {"ticks", "many-of"}:
            self.lines.append(f"{indent}{question.id}:")
            self._inside(question, known, indent)
        else:
            self._value(indent, question.id, known)

    def check(self, question: Question, known: Any) -> None:
        """An item under `checklist:`."""
        self._note("  ", pick(question.ask, self.lang), *self._default(question, known))
        self._value("  ", question.id, known)

    def _note(self, indent: str, *parts: str) -> None:
        if text := " · ".join(filter(None, map(_line, parts))):
            self.lines.append(f"{indent}# {text}")

    def _about(self, question: Question) -> list[str]:
        """Type, choices and whether it is required."""
        kind = say(f"walk.type-{question.type}", self.lang)
        listed = () if question.type == "ticks" else self._options(question)  # each tick has a line of its own
        options = [self._named(option.id, pick(option.label, self.lang)) for option in listed]
        choices = say("walk.between", self.lang).join(options[:LISTED]) + ("" if len(options) <= LISTED else " …")
        parts = [say("walk.type-list", self.lang, type=kind) if question.repeat else kind, *self._limits(question)]
        parts += [say("walk.file-choices", self.lang, choices=choices)] if options else []
        parts += [say("walk.file-open", self.lang)] if question.open and options else []
        return parts + ([say("walk.file-required", self.lang)] if question.required else [])

    def _limits(self, question: Question) -> list[str]:
        """What a number or a date has to keep to."""
        least, most = written(question.min), written(question.max)
        bounds = "between" if least and most else "min" if least else "max" if most else ""
        keys = ["whole" if question.whole else "", bounds, question.tense or ""]
        return [say(f"walk.file-{key}", self.lang, least=least, most=most) for key in keys if key]

    def _default(self, question: Question, known: Any) -> list[str]:
        """What is known, where it is one plain value."""
        plain = isinstance(known, (str, int, float)) and len(str(known)) <= SHOWN
        return [say("walk.file-default", self.lang, default=_scalar(known).strip('"'))] if plain else []

    def _options(self, question: Question) -> tuple[Any, ...]:
        return options_of(question, self.walk.choices)

    def _named(self, key: str, label: str) -> str:
        return key if key == label else say("walk.file-named", self.lang, name=key, about=label)

    def _sets(self, question: Question, keys: tuple[str, ...], known: Mapping[str, Any], indent: str) -> None:
        """Yes/no keys, each with the choices that make it yes, or with those that make it no where they are fewer."""
        for key in keys:
            labels: dict[str, list[str]] = {"yes": [], "no": []}
            for choice in question.choices:
                label = say("walk.file-quoted", self.lang, label=pick(choice.label, self.lang))
                labels["yes" if choice.sets.get(key) else "no"].append(label)
            flag = min((flag for flag, named in labels.items() if named), key=lambda flag: len(labels[flag]))
            named = say("walk.between", self.lang).join(labels[flag])
            self._note(indent, say(f"walk.file-{flag}", self.lang, labels=named))
            self._value(indent, key, known.get(key))

    def _inside(self, question: Question, known: Any, indent: str) -> None:
        """What stands below a key: fields, entries or ticks."""
        deeper = indent + "  "
        if question.type == "ticks":
            for option in self._options(question):
                self._note(deeper, pick(option.label, self.lang))
                self._value(deeper, option.id, (known or {}).get(option.id))
        elif question.type == "group" and not question.repeat:
            self._fields(question, known or {}, deeper)
        elif question.type == "group":
            for entry in _entries(known) or [{}]:
                self._entry(question, entry, deeper)
        else:
            self.lines += [f"{deeper}- {_scalar(part)}" for part in _entries(known)]

    def _fields(self, group: Question, known: Mapping[str, Any], indent: str) -> None:
        for field in group.fields:
            self.question(field, known.get(field.id), indent)

    def _entry(self, group: Question, known: Mapping[str, Any], indent: str) -> None:
        """One entry of a list: its comments, then `- ` before its first key."""
        start = len(self.lines)
        self._fields(group, known, indent + "  ")
        first = next(i for i in range(start, len(self.lines)) if not self.lines[i].lstrip().startswith("#"))
        self.lines[first] = f"{indent}- {self.lines[first].lstrip()}"

    def _value(self, indent: str, key: str, known: Any) -> None:
        name = key if re.fullmatch(KEY, key) and key != "null" else _scalar(key)
        self.lines.append(f"{indent}{name}:" + ("" if known is None else f" {_scalar(known)}"))


def _entries(known: Any) -> list[Any]:
    return [entry for entry in known or [] if entry is not None]


def _line(text: str) -> str:
    """`text` on one line, so that it stays inside its comment."""
    return " ".join(clean(text).split())


def _scalar(held: Any) -> str:
    """Plain data as YAML in one line: JSON is YAML, once what YAML cannot print is escaped."""
    number = isinstance(held, (int, float)) and not isinstance(held, bool)
    text = written(held) if number else json.dumps(held, ensure_ascii=False)
    return "".join(char if char.isprintable() or char == " " else _escaped(char) for char in text)


def _escaped(char: str) -> str:
    return f"\\u{ord(char):04x}" if ord(char) <= 0xFFFF else f"\\U{ord(char):08x}"
