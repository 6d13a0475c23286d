"""Two languages, both first class: bilingual text from playbooks and the message catalogue.

A text in a playbook is a plain string (the same in every language) or `{en: …, zh: …}`. A message of the
program itself stands in `salescoach/catalogue/<area>.py` as `key: (english, chinese)` and is asked for as
`say("area.key", lang, …)`.
"""

from collections.abc import Mapping
from datetime import date
from importlib import import_module
from typing import Literal, get_args

Lang = Literal["en", "zh"]
LANGS: tuple[Lang, ...] = get_args(Lang)

#: Text that is shown to a person: one string for every language, or one for each.
Text = str | dict[Lang, str]


def pick(text: Text, lang: Lang) -> str:
    """The wording of `text` in `lang`, else in the other language: a half-translated file still helps."""
    if isinstance(text, str):
        return text
    return text.get(lang) or next((text[other] for other in LANGS if text.get(other)), "")


def say(key: str, lang: Lang, /, **facts: object) -> str:
    """The program's own message `key` ("area.name") in `lang`, its `{placeholders}` filled with `facts`.

    Raises:
        KeyError: No such message, or a fact it needs is missing. That is our bug.
    """
    area, _, name = key.partition(".")
    messages: Mapping[str, tuple[str, str]] = import_module(f"salescoach.catalogue.{area}").MESSAGES
    wording = messages[name][LANGS.index(lang)]
    return wording.format_map(facts) if facts else wording


def told(facts: Mapping[str, object], lang: Lang) -> dict[str, object]:
    """Facts of an error, with what the operating system said in its own language said in `lang`."""
    return {name: _system(fact, lang) if isinstance(fact, str) else fact for name, fact in facts.items()}


def _system(said: str, lang: Lang) -> str:
    import errno
    import os

    from salescoach.catalogue.system import MESSAGES

    known = [name.removeprefix("errno-") for name in MESSAGES]
    names = {os.strerror(getattr(errno, name)): name for name in known if hasattr(errno, name)}
    return say(f"system.errno-{names[said]}", lang) if said in names else said


def both(key: str) -> Text:
    """The program's own message `key` in every language: for a question that the program makes itself."""
    return {lang: say(key, lang) for lang in LANGS}


def visible(text: str) -> str:
    r"""
    `text` with nothing in it that could act: control characters, terminal escapes, direction marks and other
    invisible format characters stand as `\x1b`-style escapes. Tabs, line breaks and wide spaces become spaces.
    """
    if text.isprintable():
        return text
    return "".join(_harmless(char) for char in text)


def _harmless(char: str) -> str:
    if char.isprintable():
        return char
    if char.isspace():
        return " "
    return f"\\x{ord(char):02x}" if ord(char) < 0x100 else f"\\u{ord(char):04x}"


#: No script piles up more (Unicode calls a text with fewer stream-safe); sorting them takes the square of their number.
MOST_MARKS = 30


def normal(form: Literal["NFC", "NFKC", "NFD", "NFKD"], text: str) -> str:
    """`text` in a normal form of Unicode; of a tower of marks on one character no more than can be meant."""
    if text.isascii():
        return text
    import unicodedata

    kept, marks = [], 0
    for char in text:
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks <= MOST_MARKS:
            kept.append(char)
    return unicodedata.normalize(form, "".join(kept))


def quoted(name: str) -> str:
    """A name as it is typed on a command line: in quotes only where a shell would take it apart, in any script."""
    if name and all(char.isalnum() or char in "-_./@:+,%" for char in name) and not name.startswith("-"):
        return name
    return "'" + name.replace("'", "'\"'\"'") + "'"


def addressed(client: str, contact: str = "") -> str:
    """`CLIENT`, or `CLIENT/CONTACT` where a person is meant, as it is typed on a command line."""
    return quoted(f"{client}/{contact}" if contact else client)


def parse_lang(name: str) -> Lang | None:
    """The language meant by a code or locale such as "zh", "zh_CN.UTF-8" or "en-GB"; None where it is neither."""
    head = name.replace("-", "_").split("_")[0].split(".")[0].lower()
    return next((lang for lang in LANGS if lang == head), None)


_WEEKDAYS = {"en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), "zh": tuple("一二三四五六日")}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def show_day(day: date, lang: Lang, *, year: bool = True) -> str:
    """A day as a person writes it, with its weekday: "Tue 1 Dec 2026", "2026年12月1日（周二）"; or without the year."""
    weekday = _WEEKDAYS[lang][day.weekday()]
    date_ = show_date(day, lang, year=year)
    return f"{date_}（周{weekday}）" if lang == "zh" else f"{weekday} {date_}"


def show_date(day: date, lang: Lang, *, year: bool = True) -> str:
    """A day without its weekday: "1 Dec 2026", "2026年12月1日"; or without the year."""
    if lang == "zh":
        return f"{day.year}年" * year + f"{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS[day.month - 1]}" + f" {day.year}" * year
