"""Where a text names a person, and the same for any record: to show all that is held on somebody, and to take it out.

A name is found whatever its case, width and accents; a Latin one as a word of its own, in either order, a Chinese one
of two or more characters anywhere, in traditional characters and in pinyin (`aloud`) too. A mail address or a telephone
number is a name too: a number is the same however it is grouped and whatever country code stands before it. What only
may mean the person ("Ms" and a last name, 李总) is told apart, and never taken out.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from functools import lru_cache
from typing import Any

from salescoach.records.aloud import COMPOUND, forms, is_written_as_name
from salescoach.records.simplified import simplify

#: In the folded text: characters that need no space around a word.
CHINESE = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
#: Not the middle of a word in letters; Chinese around it is no part of the word.
BEFORE, AFTER = rf"(?<![^\W{CHINESE}])", rf"(?![^\W{CHINESE}])"
#: How somebody is addressed by the last name alone.
TITLES = (
    r"(?:mr|mrs|ms|miss|mx|sir|dr|prof|professor|herrn?|hr|frau|fr|fraulein|mme|mlle|madame|monsieur|m|senora?|sra?"
    r"|signora?|sig|dott)"
)
#: The same in Chinese, after the surname: it names too many to be sure.
CHINESE_TITLES = (
    r"(?:总经理|总监|经理|主任|主管|科长|处长|部长|厂长|局长|院长|校长|老师|医生|工程师|会计"
    r"|先生|女士|小姐|太太|老板|董事长|董|总|工|姐|哥)"
)
#: Shorter single words are words of every day too (Will, May, Jo): they count where they are written like a name.
SHORT = 4
#: Fields of records that hold ids and words of ours, never somebody's name.
FIXED = frozenset(
    {
        *("id", "client_id", "contact_id", "contact_ids", "visit_id", "kind", "language", "country", "stage", "roles"),
        *(
            "stance",
            "style",
            "behaviour",
            "purpose",
            "status",
            "forecast",
            "outcome",
            "primary",
            "fallback",
            "feedback",
        ),
        *("unknown", "drop", "owner", "state", "topic", "technique", "expected_objections", "motive", "currency"),
        *("sheet", "clock", "case", "hit", "command", "playbooks", "listening", "taboos", "at"),
    }
)

#: A telephone number: its last digits tell it, whatever stands before them.
NUMBER = re.compile(r"[\d\s()+./\-]+")
SHORTEST_NUMBER, TOLD_BY = 7, 8
BETWEEN_DIGITS = r"[\s()./\-]*"

Span = tuple[int, int]
#: Whether what is written at a place of a text, in these parts, is the name.
Fits = Callable[[str, Span, Sequence[str]], bool]


def mentions(text: str, names: Sequence[str], *, aloud: bool = True) -> list[Span]:
    """
    Where the text names the person, from left to right, none within another.

    Args:
        aloud: Chinese names in pinyin too.
    """
    if not text or not names:
        return []
    folded, places = _folded(text)
    found = []
    for pattern, fits in _patterns(tuple(names), aloud=aloud):
        for match in pattern.finditer(folded):
            spans = [(places[match.start(group)], places[match.end(group)]) for group in range(pattern.groups + 1)]
            if fits(text, spans[0], [text[at:end] for at, end in spans[1:]]):
                found.append(spans[0])
    return _apart(found)


def named(text: str, names: Sequence[str], *, aloud: bool = True) -> list[str]:
    """The person's names as they are written there."""
    return [text[start:end] for start, end in mentions(text, names, aloud=aloud)]


def near_mentions(text: str, names: Sequence[str]) -> int:
    """How often the text may mean the person and does not say so: a surname with a title, or a last name alone."""
    return len(hints(text, names))


def hints(text: str, names: Sequence[str], *, aloud: bool = True) -> list[str]:
    """The words that may mean the person and are no `mentions`, as they are written: "Mr Li", "Quist", "li jing"."""
    folded, places = _folded(text)
    certain = mentions(text, names, aloud=aloud)
    found = [
        (places[match.start()], places[match.end()])
        for pattern in _near(tuple(names))
        for match in pattern.finditer(folded)
    ]
    return [text[at:end] for at, end in found if not any(first < end and at < last for first, last in certain)]


def naming(value: Any, names: Sequence[str], *, aloud: bool = True) -> bool:
    """Some text in a value (a record, a tuple, a map, text) names the person."""
    return any(mentions(text, names, aloud=aloud) for text in texts(value))


def without(value: Any, names: Sequence[str], instead: str, *, aloud: bool = True) -> Any:
    """The value with `instead` wherever its texts named the person; the same object where they did not."""

    def replaced(text: str) -> str:
        for start, end in reversed(mentions(text, names, aloud=aloud)):
            text = text[:start] + instead + text[end:]
        return text

    return _changed(value, replaced)


def texts(value: Any) -> Iterable[str]:
    """Every free text in a value, ids and fixed words apart."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from texts([*value.keys(), *value.values()])
    elif isinstance(value, list | tuple):
        for part in value:
            yield from texts(part)
    elif is_dataclass(value):
        yield from texts([getattr(value, field.name) for field in fields(value) if not _is_fixed(value, field.name)])


def _is_fixed(value: Any, name: str) -> bool:
    """A draft's subject is an id; a contract's is what was signed."""
    return name in FIXED or (name == "subject" and hasattr(value, "command"))


def _changed(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        made: Any = {_changed(key, change): _changed(part, change) for key, part in value.items()}
        return made if made != value else value
    if isinstance(value, list | tuple):
        made = type(value)(_changed(part, change) for part in value)
        return made if made != value else value
    if not is_dataclass(value) or isinstance(value, type):
        return value
    free = [field.name for field in fields(value) if not _is_fixed(value, field.name)]
    parts = {name: (part, _changed(part, change)) for name in free if (part := getattr(value, name))}
    changes = {name: new for name, (old, new) in parts.items() if new is not old and new != old}
    return replace(value, **changes) if changes else value


def _apart(spans: list[Span]) -> list[Span]:
    kept: list[Span] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if kept and start < kept[-1][1]:
            kept[-1] = (kept[-1][0], max(end, kept[-1][1]))
        else:
            kept.append((start, end))
    return kept


def _folded(text: str) -> tuple[str, Sequence[int]]:
    """
    The text with case, width, accents and traditional characters made equal, and where in the text each of its
    characters begins.
    """
    if text.isascii():
        return text.lower(), range(len(text) + 1)
    simple = simplify(text.lower())
    if len(simple) == len(text) and unicodedata.is_normalized("NFKD", simple) and "ß" not in simple:
        return simple, range(len(text) + 1)
    made, places = [], []
    for at, char in enumerate(text):
        for part in unicodedata.normalize("NFKD", char).casefold():
            if not unicodedata.combining(part):
                made.append(part)
                places.append(at)
    return simplify("".join(made)), [*places, len(text)]


def _anyhow(text: str, span: Span, parts: Sequence[str]) -> bool:
    return True


def _with_capital(text: str, span: Span, parts: Sequence[str]) -> bool:
    return text[span[0]].isupper()


@lru_cache(maxsize=64)
def _patterns(names: tuple[str, ...], *, aloud: bool) -> tuple[tuple[re.Pattern[str], Fits], ...]:
    """What to look for in the folded text, and how it must be written."""
    found: list[tuple[re.Pattern[str], Fits]] = []
    for name in names:
        words = _folded(name)[0].split()
        if digits := _number(name):
            found.append((digits, _anyhow))
        if not words or digits:
            continue
        careful = len(words) == 1 and len(words[0]) <= SHORT and words[0].isascii() and name.strip()[0].isupper()
        found.append((_pattern(words), _with_capital if careful else _anyhow))
        found += [(pattern, is_written_as_name) for pattern in forms(name)] if aloud else []
        if len(words) > 1 and _is_latin(words[-1]):
            found += [(pattern, _anyhow) for pattern in _other_orders(words)]
    return tuple(found)


def _other_orders(words: list[str]) -> Iterable[re.Pattern[str]]:
    """A Latin name with a title, the last name first, and with an initial in its middle."""
    last = re.escape(words[-1])
    yield re.compile(rf"{BEFORE}{TITLES}\.?\s+{last}{AFTER}")
    yield re.compile(rf"{BEFORE}{last}(?:,\s*|\s+){_spaced(words[:-1])}{AFTER}")
    yield re.compile(rf"{BEFORE}{re.escape(words[0])}\s+\w\.?\s+{last}{AFTER}")


def _number(name: str) -> re.Pattern[str] | None:
    """A telephone number however it is grouped; None for anything else."""
    digits = re.sub(r"\D", "", name)
    if len(digits) < SHORTEST_NUMBER or not NUMBER.fullmatch(name):
        return None
    told = BETWEEN_DIGITS.join(digits[-TOLD_BY:])
    return re.compile(rf"(?<!\d)\+?(?:\d{BETWEEN_DIGITS}){{0,7}}{told}(?!\d)")


def _pattern(words: list[str]) -> re.Pattern[str]:
    """One for the whole name. A Chinese character alone is a word of every day: it must stand alone."""
    whole = "".join(words)
    if len(whole) == 1 and not _is_latin(whole):
        return re.compile(rf"(?<!\w){re.escape(whole)}(?!\w)")
    if all(map(_is_chinese, whole)):
        return re.compile(r"\s*".join(map(re.escape, whole)))
    before = "" if _is_chinese(whole[0]) else BEFORE
    after = "" if _is_chinese(whole[-1]) else AFTER
    return re.compile(f"{before}{_spaced(words)}{after}")


def _spaced(words: Iterable[str]) -> str:
    return r"[\s\-\u2010\u2011.·]+".join(map(re.escape, words))


@lru_cache(maxsize=64)
def _near(names: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    found: dict[str, re.Pattern[str]] = {}
    for name in names:
        words = _folded(name)[0].split()
        whole = "".join(words)
        found |= {form.pattern: form for form in forms(name)}
        if len(whole) > 1 and all(map(_is_chinese, whole)):
            surname = next((one for one in COMPOUND if whole.startswith(one)), whole[0])
            found[surname] = re.compile(rf"[老小]?{surname}{CHINESE_TITLES}|[老小]{surname}(?!\w)")
        elif len(words) > 1 and _is_latin(words[-1]) and len(words[-1]) > 1:
            found[words[-1]] = re.compile(rf"{BEFORE}{re.escape(words[-1])}{AFTER}")
    return tuple(found.values())


def _is_chinese(char: str) -> bool:
    return re.match(f"[{CHINESE}]", char) is not None


def _is_latin(word: str) -> bool:
    return not any(map(_is_chinese, word))
