"""Dates as a rep says them, in English or Chinese, and shown with the weekday so that a slip is seen at once.

Understood (docs and CLI.md list them): `2026-12-01` · `12-01` `12/1` `12月1日` (the next such day, today counts) ·
today, tomorrow, 今天, 明天, 后天, 大后天 · `in 3 days|weeks|months`, 3天后, 两周后, 三个月后 · tue, 周二 (the next such
day, not today) · `next tue`, 下周二 (that day of the next ISO week) · end of month, 月底 · end of week, 周末前 (this
week's Friday; at a weekend the next one's). Full width, traditional characters, case and spaces make no difference.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

from salescoach.errors import InvalidError
from salescoach.language import normal

#: Nothing that names a day is longer; what is, is refused before any pattern sees it.
LONGEST = 40
FRIDAY = 4
#: 29 February comes back within eight years (1896 to 1904, 2096 to 2104).
LEAP_GAP = 8

_TRADITIONAL = str.maketrans("週禮後個號兩", "周礼后个号两")
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_NUMERAL = "0-9〇零一二两三四五六七八九十百"
_UNITS = {"day": "day", "week": "week", "month": "month", "天": "day", "日": "day", "周": "week", "星期": "week"}
_UNITS |= {"礼拜": "week", "个星期": "week", "个礼拜": "week", "个月": "month", "月": "month"}
_NAMED_DAYS = {"today": 0, "tomorrow": 1, "今天": 0, "今日": 0, "明天": 1, "明日": 1, "后天": 2, "大后天": 3}
_NAMED_ENDS = {
    "end of month": "month", "end of the month": "month", "月底": "month", "本月底": "month",
    "end of week": "week", "end of the week": "week", "周末前": "week", "本周末前": "week",
}  # fmt: skip
_ENGLISH_DAYS = (
    "mon|monday", "tue|tues|tuesday", "wed|weds|wednesday", "thu|thur|thurs|thursday", "fri|friday", "sat|saturday",
    "sun|sunday",
)  # fmt: skip
_WEEKDAYS = {name: number for number, names in enumerate(_ENGLISH_DAYS) for name in names.split("|")}
_WEEKDAYS |= {char: number for number, char in enumerate("一二三四五六日")} | {"天": 6}


def parse_date(text: str, today: date, *, past: bool = False) -> date:
    """
    The day that `text` names, seen from `today`; forms without a year are never in the past.

    Args:
        past: What is asked about has happened: a day without a year, and a weekday, is the last such.

    Raises:
        InvalidError: "date-unclear" – not a form listed above, or a day that does not exist.
    """
    said = _plain(text)
    if len(said) <= LONGEST:
        for pattern, meaning in _FORMS:
            if found := pattern.fullmatch(said):
                return _existing(_LAST.get(meaning, meaning) if past else meaning, found, text, today)
    raise _unclear(text)


def _plain(text: str) -> str:
    """Half width, lower case, simplified, spaces only between words."""
    said = normal("NFKC", text).translate(_TRADITIONAL).casefold()
    said = " ".join(said.split()).strip(" .。")
    return re.sub(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])", "", said)


def _unclear(text: str) -> InvalidError:
    shown = text if len(text) <= LONGEST else text[:LONGEST] + "…"
    return InvalidError("date-unclear", answer=shown)


def _existing(meaning: "Meaning", found: re.Match[str], text: str, today: date) -> date:
    """What the match means, where such a day exists in the calendar."""
    try:
        return meaning(found, today)
    except (ValueError, OverflowError):  # 30 February; ten thousand months from now
        raise _unclear(text) from None


def _number(numeral: str) -> int:
    """Digits or a Chinese numeral up to 999: 12, 十二, 两百."""
    if numeral.isascii():
        return int(numeral)
    total, digit = 0, None
    for char in numeral:
        if char in "十百":
            total += (1 if digit is None else digit) * (10 if char == "十" else 100)
            digit = None
        elif digit:  # two digits in a row (二三) are no number
            raise ValueError(numeral)
        else:
            digit = int(char) if char.isascii() else _DIGITS[char]
    return total + (digit or 0)


def _full(found: re.Match[str], today: date) -> date:
    return date(*(int(part) for part in found.groups()))


def _month_day(found: re.Match[str], today: date) -> date:
    """The next such day, today counts."""
    years = range(today.year, min(today.year + LEAP_GAP, date.max.year) + 1)
    return next(day for day in _such_days(found, years) if day >= today)


def _last_month_day(found: re.Match[str], today: date) -> date:
    """The last such day, today counts."""
    years = range(today.year, max(today.year - LEAP_GAP, date.min.year) - 1, -1)
    return next(day for day in _such_days(found, years) if day <= today)


def _such_days(found: re.Match[str], years: Iterable[int]) -> Iterator[date]:
    """That day of each year that has it; an error where none of them has."""
    month, day = (_number(part) for part in found.groups())
    for year in years:
        if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]:
            yield date(year, month, day)
    raise ValueError(found.string)


def _named(found: re.Match[str], today: date) -> date:
    return today + timedelta(days=_NAMED_DAYS[found.string])


def _from_now(found: re.Match[str], today: date) -> date:
    count, unit = _number(found[1]), _UNITS[found[2]]
    if unit == "month":
        return _months_later(today, count)
    return today + timedelta(days=count * (7 if unit == "week" else 1))


def _months_later(today: date, count: int) -> date:
    """The same day `count` months on; the month's last where it has no such day."""
    year, month = divmod(today.year * 12 + today.month - 1 + count, 12)
    if year > date.max.year:
        raise ValueError(count)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def _coming_weekday(found: re.Match[str], today: date) -> date:
    """The next such day, not today."""
    return today + timedelta(days=(_WEEKDAYS[found[1]] - today.weekday() - 1) % 7 + 1)


def _last_weekday(found: re.Match[str], today: date) -> date:
    """The last such day, not today."""
    return today - timedelta(days=(today.weekday() - _WEEKDAYS[found[1]] - 1) % 7 + 1)


def _next_week(found: re.Match[str], today: date) -> date:
    """That day of the next ISO week."""
    return today + timedelta(days=7 - today.weekday() + _WEEKDAYS[found[1]])


def _end(found: re.Match[str], today: date) -> date:
    if _NAMED_ENDS[found.string] == "month":
        return today.replace(day=monthrange(today.year, today.month)[1])
    return today + timedelta(days=(FRIDAY - today.weekday()) % 7)


Meaning = Callable[[re.Match[str], date], date]
#: What a form means where the day has been.
_LAST: dict[Meaning, Meaning] = {_month_day: _last_month_day, _coming_weekday: _last_weekday}


def _one_of(names: object) -> str:
    """A pattern for any of `names`, the longest first."""
    return "|".join(sorted(map(str, names), key=len, reverse=True))  # type: ignore[call-overload]


_ENGLISH = "|".join(_ENGLISH_DAYS)
_FORMS: tuple[tuple[re.Pattern[str], Meaning], ...] = tuple(
    (re.compile(pattern), meaning)
    for pattern, meaning in (
        (r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})", _full),
        (r"([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})[日号]?", _full),
        (r"([0-9]{1,2})[-/]([0-9]{1,2})", _month_day),
        (rf"([{_NUMERAL}]{{1,3}})月([{_NUMERAL}]{{1,3}})[日号]?", _month_day),
        (_one_of(_NAMED_DAYS), _named),
        (_one_of(_NAMED_ENDS), _end),
        (r"in ([0-9]{1,4}) ?(day|week|month)s?", _from_now),
        (rf"([{_NUMERAL}]{{1,5}})(天|日|周|个?星期|个?礼拜|个月)(?:[之以]?后)?", _from_now),
        (rf"({_ENGLISH})", _coming_weekday),
        (r"(?:周|星期|礼拜)([一二三四五六日天])", _coming_weekday),
        (rf"next ({_ENGLISH})", _next_week),
        (r"下(?:个)?(?:周|星期|礼拜)([一二三四五六日天])", _next_week),
    )
)
