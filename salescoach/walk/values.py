"""One answer at a time: what a rep typed, chose or wrote in a file becomes plain data, or is refused with a reason.

The same rules hold at the terminal and for answers files. A value that went through here and through JSON comes back
unchanged when it goes through here again.
"""

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, get_args

from salescoach.errors import InvalidError
from salescoach.language import LANGS, Text, normal, pick, say
from salescoach.playbook.models import Question
from salescoach.records.ids import ItemState
from salescoach.records.names import MAX_LENGTH
from salescoach.shape import value
from salescoach.walk.dates import parse_date

#: Characters that are kept of an answer, by type of question.
LONGEST = {"text": 4_000, "long": 20_000}
#: Of an answer that is quoted in a message.
SHOWN = 40
STATES: tuple[ItemState, ...] = get_args(ItemState)

#: What moves a cursor, hides text or cannot be encoded. Tabs and line ends are dealt with before.
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_BETWEEN = re.compile("[,，、;；\n]")
_NUMBER = re.compile(r"([+-]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?) ?([万亿]?)")
#: In one country 240 with a fraction, in another 240 thousand.
_TWO_WAYS = re.compile(r"([+-]?)([1-9][0-9]{0,2})\.([0-9]{3})")
_TIMES = {"": 1, "万": 10_000, "亿": 100_000_000}
_YES = frozenset(("yes", "y", "true", "是", "是的", "对", "有", "好"))
_NO = frozenset(("no", "n", "false", "否", "不", "不是", "不对", "没", "没有"))
_STATE_KEYS = {"d": "done", "s": "skip", "n": "not-now", "1": "done", "2": "skip", "3": "not-now"}


@value
class Option:
    """One of the answers to choose from: what is stored, and what is shown."""

    id: str
    label: Text


def take(question: Question, options: Sequence[Option], raw: Any, today: date) -> Any:
    """
    The answer `raw` to `question` as plain JSON data, in the shape that `Question` documents.

    A one-of whose choices have `sets` gives those yes/no answers: {"order": True}. A check gives its state, or
    {"state", "note"}. None: nothing was said (empty, blank).

    Raises:
        InvalidError: It does not fit; keys are those of `catalogue.walk.REFUSALS`.
    """
    if raw is None or (isinstance(raw, str) and not clean(raw)):
        return None
    return _TAKERS[question.type](question, options, raw, today)


def clean(text: str, lines: bool = False) -> str:
    """`text` without control characters and outer blanks; line ends become spaces unless `lines`."""
    text = _LINE_ENDS.sub("\n", text).replace("\t", " ")
    text = _CONTROL.sub("", text if lines else text.replace("\n", " "))
    return text.strip()


def shown(raw: Any) -> str:
    """`raw` short enough to be quoted in a message."""
    text = clean(raw if isinstance(raw, str) else str(raw))
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"


def same(text: str) -> str:
    """`text` for comparing: width, case and spacing make no difference."""
    return " ".join(normal("NFKC", text).casefold().split())


def nearest(word: str, known: Iterable[str]) -> str:
    """The known words most like `word`, the best first; the first few known ones where nothing is like it."""
    from difflib import get_close_matches

    words = list(dict.fromkeys(known))
    return ", ".join(get_close_matches(word, words, n=3, cutoff=0.5) or words[:5])


def find(options: Sequence[Option], said: str, numbers: bool = True) -> Option | None:
    """The option meant by its id, its label in either language, or (with `numbers`) its number from 1."""
    wanted = same(said)
    for option in options:
        if wanted in {same(option.id), *(same(pick(option.label, lang)) for lang in LANGS)}:
            return option
    if numbers and wanted.isascii() and wanted.isdecimal() and 1 <= int(wanted[:9]) <= len(options):
        return options[int(wanted[:9]) - 1]
    return None


def _text(question: Question, options: Sequence[Option], raw: Any, today: date) -> str:
    if isinstance(raw, (Mapping, list, tuple)):
        raise InvalidError("answer-not-text")
    said = clean(str(raw), lines=question.type == "long")
    most = LONGEST.get(question.type, LONGEST["text"])
    if len(said) > most:
        raise InvalidError("answer-too-long", length=len(said), most=most)
    if question.no_figures and any(map(str.isdigit, said)):
        raise InvalidError("answer-has-figures", answer=shown(said))
    return said


def _number(question: Question, options: Sequence[Option], raw: Any, today: date) -> int | float:
    number = _read(raw)
    least, most = question.min, question.max
    if question.whole and number != round(number):
        raise InvalidError("answer-not-whole", answer=shown(raw))
    if (least is not None and number < least) or (most is not None and number > most):
        bounds = "range" if None not in (least, most) else "min" if most is None else "max"
        raise InvalidError(f"answer-{bounds}", answer=shown(raw), least=written(least), most=written(most))
    return round(number) if question.whole else number


def _read(raw: Any) -> int | float:
    """A number as it is typed; one that can be read in two ways is no guess of ours."""
    if isinstance(raw, (int, float)) and not isinstance(raw, bool) and math.isfinite(raw):
        return raw
    said = same(str(raw))
    found = _NUMBER.fullmatch(said)
    if not found or len(found[1]) > SHOWN:
        raise InvalidError("answer-not-a-number", answer=shown(raw))
    if unclear := _TWO_WAYS.fullmatch(said):
        thousands, fraction = "".join(unclear.groups()), written(float(said))
        raise InvalidError("answer-two-ways", answer=shown(raw), thousands=thousands, fraction=fraction)
    digits = found[1].replace(",", "")
    number = float(digits) * _TIMES[found[2]] if "." in digits else int(digits) * _TIMES[found[2]]
    return round(number) if found[2] and number == round(number) else number


def written(number: float | None) -> str:
    """A number as it is typed, so that it is read as the same one; "" for none."""
    text = "" if number is None else str(round(number) if number == round(number) and abs(number) < 1e15 else number)
    return f"{text}0" if _TWO_WAYS.fullmatch(text) else text


def _date(question: Question, options: Sequence[Option], raw: Any, today: date) -> str:
    said = raw.date() if isinstance(raw, datetime) else raw
    day = said if isinstance(said, date) else day_meant(question, said if isinstance(said, str) else shown(said), today)
    if question.tense == "past" and day > today:
        raise InvalidError("date-not-yet", day=day.isoformat())
    if question.tense == "ahead" and day < today:
        raise InvalidError("date-over", day=day.isoformat())
    return day.isoformat()


def day_meant(question: Question, text: str, today: date) -> date:
    """
    The day that `text` names where this is asked, whether it may be the answer or not.

    Raises:
        InvalidError: "date-unclear".
    """
    return parse_date(text, today, past=question.tense == "past")


def _yes_no(question: Question, options: Sequence[Option], raw: Any, today: date) -> bool:
    said = same(str(raw))
    if said not in _YES | _NO:
        raise InvalidError("answer-not-yes-no", answer=shown(raw))
    return said in _YES


def _one_of(question: Question, options: Sequence[Option], raw: Any, today: date) -> Any:
    if isinstance(raw, Mapping) and sets_of(question):
        return _flags(question, raw)
    said = _text(question, options, raw, today)
    found = _choice(question, options, said)
    return dict(_sets(question, found)) if sets_of(question) else found


def _choice(question: Question, options: Sequence[Option], said: str) -> str:
    """The id of the option meant, or the free words themselves where the question is open."""
    people = question.choices_from == "contacts"
    found = find(options, said, numbers=people or not question.open)
    if found:
        return found.id
    if question.open:
        return _name(said) if people else said
    raise InvalidError("answer-not-a-choice", answer=shown(said), nearest=nearest(said, (o.id for o in options)))


def _name(said: str) -> str:
    """The name of somebody new: without a letter it is a slip of the finger."""
    if said and not any(char.isalpha() for char in said):
        raise InvalidError("answer-not-a-name", answer=shown(said))
    if len(said) > MAX_LENGTH:
        raise InvalidError("answer-too-long", length=len(said), most=MAX_LENGTH)
    return said


def sets_of(question: Question) -> tuple[str, ...]:
    """The yes/no keys that the choices of a one-of stand for, in order; none for every other question."""
    return tuple(dict.fromkeys(key for choice in question.choices for key in choice.sets))


def _sets(question: Question, choice_id: str) -> dict[str, bool]:
    return next((choice.sets for choice in question.choices if choice.id == choice_id), {})


def _flags(question: Question, raw: Mapping[str, Any]) -> dict[str, bool]:
    """
    Yes/no answers given under their own keys, and what follows from a yes: all that every choice still open sets alike.

    A no says little (neither an order nor a refusal is a common end), so nothing follows from it alone.
    """
    keys = sets_of(question)
    flags = {key: _yes_no(question, (), flag, date.min) for key, flag in raw.items() if key in keys}
    if not any(flags.values()):
        return flags
    left = [c.sets for c in question.choices if all(c.sets.get(key, False) == flag for key, flag in flags.items())]
    if not left:
        agreed = sorted(key for key, flag in flags.items() if flag)
        raise InvalidError("answers-contradict", question=question.id, keys=", ".join(agreed))
    return flags | {key: flag for key, flag in left[0].items() if all(sets.get(key) is flag for sets in left)}


def chosen(question: Question, flags: Mapping[str, bool]) -> str | None:
    """The id of the choice that stands for `flags`: the very same, else the one with the same yeses."""
    agreed = {key for key, flag in flags.items() if flag}
    alike = [choice for choice in question.choices if agreed == {key for key, flag in choice.sets.items() if flag}]
    exact = [choice for choice in alike if choice.sets == dict(flags)]
    return next((choice.id for choice in exact + alike), None)


def _many_of(question: Question, options: Sequence[Option], raw: Any, today: date) -> list[str]:
    if isinstance(raw, Mapping):
        raise InvalidError("answer-not-a-list")
    parts = raw if isinstance(raw, (list, tuple)) else dict.fromkeys(_parts(options, str(raw)))
    said = [_text(question, options, part, today) for part in parts if part is not None]
    return list(dict.fromkeys(_choice(question, options, words) for words in said if words))


def _parts(options: Sequence[Option], raw: str) -> list[str]:
    """What stands between commas, unless the whole is one option whose label has a comma."""
    return [raw] if find(options, raw, numbers=False) else _BETWEEN.split(raw)


def _ticks(question: Question, options: Sequence[Option], raw: Any, today: date) -> dict[str, bool] | None:
    """{choice id: yes/no}; from a list, what is in it is yes and the rest no."""
    if not isinstance(raw, Mapping):
        ticked = _many_of(question, options, raw, today)
        return {option.id: option.id in ticked for option in options} | dict.fromkeys(ticked, True)
    given = {_choice(question, options, str(key)): flag for key, flag in raw.items() if flag is not None}
    return {key: _yes_no(question, options, flag, today) for key, flag in given.items()} or None


def _check(question: Question, options: Sequence[Option], raw: Any, today: date) -> str | dict[str, str] | None:
    if not isinstance(raw, Mapping):
        return _state(raw)
    if unknown := set(raw) - {"state", "note"}:
        raise InvalidError("answer-not-fields", fields="state, note", answer=shown(sorted(map(str, unknown))[0]))
    if raw.get("state") is None:
        return None
    state, note = _state(raw["state"]), _text(question, options, raw.get("note") or "", today)
    return {"state": state, "note": note} if note else state


def _state(raw: Any) -> str:
    said = same(str(raw)).replace(" ", "-")
    for state in STATES:
        if said in {state, *(same(say(f"walk.{state}", lang)).replace(" ", "-") for lang in LANGS)}:
            return state
    if said in _STATE_KEYS:
        return _STATE_KEYS[said]
    raise InvalidError("answer-not-a-state", answer=shown(raw))


Taker = Callable[[Question, Sequence[Option], Any, date], Any]
_TAKERS: dict[str, Taker] = {
    "text": _text,
    "long": _text,
    "number": _number,
    "date": _date,
    "yes-no": _yes_no,
    "one-of": _one_of,
    "many-of": _many_of,
    "ticks": _ticks,
    "check": _check,
}
