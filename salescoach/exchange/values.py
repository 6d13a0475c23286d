"""Single cells and properties of a file in our own terms: several words in one cell, days, countries, names."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import get_args

from salescoach.records.account import NO_YEAR
from salescoach.records.names import fold

#: What a spreadsheet takes for a formula at the beginning of a cell, also behind a line end or in full width.
ACTS = "=+-@\t\r\n＝＋－＠"
GUARDED = re.compile(rf"'+(?=[{re.escape(ACTS)}])")
#: Signs between several words in one cell, without and with commas.
PARTING = {False: ";；、|", True: ";；、|,，"}
PARTS = {
    commas: re.compile(rf"((?:\\.|[^\\{signs}\n])*)(?:[{signs}\n]|$)", re.DOTALL) for commas, signs in PARTING.items()
}
CHINESE = re.compile(r"[\u3400-\u9fff·]+")
YEAR_FIRST = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ].*)?")
NO_YEAR_DAY = re.compile(r"(?:--|0000-|1604-)?(\d{1,2})[-月](\d{1,2})日?")
COMPACT = re.compile(r"(\d{4}|--)-?(\d{2})(\d{2})(?:T.*)?")
DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
#: What programs write where there is no day.
NO_DAY = re.compile(r"0+[./-]0+[./-]0+")
COUNTRIES = """
        DE Germany Deutschland Allemagne 德国|CN China 中国 PRC Chine 中华人民共和国|
        AT Austria Österreich Autriche 奥地利|CH Switzerland Schweiz Suisse 瑞士|US USA 美国 America|
        GB UK England 英国|FR France Frankreich 法国|IT Italy Italien Italie 意大利|
        ES Spain Spanien Espagne 西班牙|NL Netherlands Niederlande 荷兰|BE Belgium Belgien 比利时|
        PL Poland Polen Pologne 波兰|CZ Czechia Tschechien 捷克|SE Sweden Schweden 瑞典|
        DK Denmark Dänemark 丹麦|NO Norway Norwegen 挪威|FI Finland Finnland 芬兰|RU Russia Russland 俄罗斯|
        UA Ukraine 乌克兰|TR Turkey Türkei 土耳其|JP Japan Japon 日本|KR Korea 韩国|IN India Indien Inde 印度|
        SG Singapore Singapur 新加坡|MY Malaysia 马来西亚|TH Thailand 泰国|VN Vietnam 越南|
        ID Indonesia 印度尼西亚 印尼|PH Philippines 菲律宾|HK 香港 中国香港|TW Taiwan 台湾 中国台湾|
        MO Macau 澳门|AU Australia Australien 澳大利亚|NZ 新西兰|CA Canada Kanada 加拿大|
        MX Mexico Mexiko 墨西哥|BR Brazil Brasilien 巴西|AR Argentina 阿根廷|ZA 南非|EG Egypt 埃及|
        AE UAE 阿联酋|SA 沙特 沙特阿拉伯|IL Israel 以色列|IE Ireland Irland 爱尔兰|PT Portugal 葡萄牙|
        GR Greece 希腊|HU Hungary Ungarn 匈牙利|RO Romania 罗马尼亚|LU Luxembourg 卢森堡"""
#: Names of more than one word.
LONG = {"united states": "US", "united states of america": "US", "united kingdom": "GB", "great britain": "GB",
        "south korea": "KR", "hong kong": "HK", "new zealand": "NZ", "south africa": "ZA", "saudi arabia": "SA",
        "the netherlands": "NL", "czech republic": "CZ", "people's republic of china": "CN",
        "united arab emirates": "AE", "russian federation": "RU"}  # fmt: skip
YES = frozenset({"yes", "y", "true", "1", "x", "ja", "oui", "是", "对", "有"})


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; an apostrophe that would be taken off again is doubled."""
    return f"'{cell}" if cell[:1] and (cell[0] in ACTS or GUARDED.match(cell)) else cell


def unguarded(cell: str) -> str:
    """A cell without the apostrophe that `guarded`, or a spreadsheet, put before it."""
    return cell[1:] if GUARDED.match(cell) else cell


def joined(words: Iterable[str], *, commas: bool = False) -> str:
    """Several words in one cell; a sign that parts them is kept apart by a backslash."""
    return "; ".join(re.sub(rf"([\\{PARTING[commas]}])", r"\\\1", word) for word in words)


def parted(cell: str, *, commas: bool = False) -> tuple[str, ...]:
    """The words of a cell, each once."""
    if cell.isalnum():
        return (cell,)
    found = (re.sub(r"\\(.)", r"\1", part).strip() for part in PARTS[commas].findall(cell))
    return tuple(dict.fromkeys(word for word in found if word))


def full_name(family: str, given: str, middle: str = "") -> str:
    """A person's name from its parts: a Chinese family name stands first, without a space."""
    parts = [part.strip() for part in (given, middle, family)]
    if all(CHINESE.fullmatch(part) for part in parts if part):
        return parts[2] + parts[1] + parts[0] if parts[1] else parts[2] + parts[0]
    return " ".join(part for part in parts if part)


def country(text: str) -> str | None:
    """The two letters of a country that is written as these or by a common name; None for another."""
    plain = fold(text)
    if len(plain) == 2 and plain.isascii() and plain.isalpha():
        return plain.upper()
    return _countries().get(plain)


def _countries() -> dict[str, str]:
    rows = [row.split() for row in COUNTRIES.split("|")]
    return {fold(name): code for code, *names in rows for name in names} | LONG


def is_yes(text: str) -> bool:
    """What says that something is so."""
    return fold(text) in YES


def one_of(text: str, kind: object) -> str | None:
    """A fixed id; None where it is none of them."""
    plain = fold(text)
    return plain if plain in get_args(kind) else None


def day_first(cells: Iterable[str]) -> bool | None:
    """Whether days like 5/3/1980 begin with the day, by those that can be read one way alone; None: nothing tells."""
    found = [match for cell in cells if (match := SLASHED.fullmatch(cell.strip()))]
    first, second = (any(int(match[at]) > 12 for match in found) for at in (1, 2))
    return None if first == second else first


def birthday(text: str, european: bool | None) -> date | None:
    """
    A day as programs write birthdays, in the year `NO_YEAR` where it has none; None where it is not certainly one.

    Args:
        european: What `day_first` says of the file.
    """
    plain = text.strip()
    for shape, order in ((YEAR_FIRST, (1, 2, 3)), (COMPACT, (1, 2, 3)), (NO_YEAR_DAY, (0, 1, 2)), (DOTTED, (3, 2, 1))):
        if found := shape.fullmatch(plain):
            return _day([found[at] if at else "" for at in order])
    if (found := SLASHED.fullmatch(plain)) and european is not None:
        return _day([found[3], found[2], found[1]] if european else [found[3], found[1], found[2]])
    return None


def _day(parts: Sequence[str]) -> date | None:
    year = int(parts[0]) if parts[0].isdigit() else NO_YEAR
    try:
        return date(NO_YEAR if year in (0, 1604) else year, int(parts[1]), int(parts[2]))
    except ValueError:
        return None
