"""Names of clients and people: how they are cleaned, compared and found again, in Latin letters and in Chinese.

A name is compared through its `Spelling`, worked out once, when the name is saved. One scale of scores (below) says
how well a query fits; what is best by a clear margin is used, anything else is asked back.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any, Literal

from salescoach.errors import InvalidError
from salescoach.language import normal
from salescoach.shape import value

How = Literal["exact", "alias", "pinyin", "prefix", "fuzzy"]

#: How well a query fits, best first. Steps of 5 = `MARGIN`: a better way of fitting wins over a worse one.
EXACT, EXACT_LOOSE, ALIAS, ALIAS_LOOSE, PINYIN, PREFIX, INITIALS_PREFIX = 100.0, 95.0, 90.0, 85.0, 80.0, 75.0, 70.0
#: A likeness of 0 to 100 counts this much of itself: the best guess stays below the worst certain fit.
GUESS_WEIGHT = 0.65
#: From here on a guess may be used without asking: a likeness of 85, which is one slip in seven letters.
GOOD_ENOUGH = 85 * GUESS_WEIGHT
#: From here on a name is worth showing as "nearest": a likeness of 35.
WORTH_SHOWING = 35.0
#: The best is clear when the next is at least this far behind.
MARGIN = 5.0
#: Likeness of a name that holds the whole query somewhere in the middle.
CONTAINS = 85.0

MAX_LENGTH = 200
SHORT_ID = 6
#: A ULID: ten characters of time, sixteen of chance, in these digits; more than its 48 bits the first cannot hold.
ULID = re.compile(r"[0-7][0-9A-HJKMNP-TV-Z]{25}", re.IGNORECASE)
DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
TIME = 10

LEGAL_FORMS = frozenset(
    {"gmbh", "mbh", "ag", "kg", "kgaa", "ohg", "ug", "se", "ltd", "limited", "llc", "llp", "inc", "incorporated"}
    | {"corp", "corporation", "co", "company", "plc", "sa", "sas", "sarl", "srl", "spa", "bv", "nv", "ab", "as"}
    | {"oy", "oyj", "aps", "pty", "pte", "kk", "group", "holding", "holdings", "&", "+", "and", "und"}
)
CHINESE_LEGAL_FORMS = ("股份有限公司", "有限责任公司", "有限公司", "股份公司", "股份", "集团", "公司")
#: Characters that are read differently as a surname.
SURNAMES = {
    "曾": "zeng", "单": "shan", "仇": "qiu", "解": "xie", "朴": "piao", "区": "ou", "查": "zha", "盖": "ge",
    "乐": "yue", "翟": "zhai", "卜": "bu", "覃": "qin", "缪": "miao", "员": "yun", "繁": "po", "洗": "xian",
}  # fmt: skip
JOINERS = "\u200c\u200d"  # meant: Persian spelling, emoji


@value
class Spelling:
    """
    A name as it is compared.

    Args:
        text: As written.
        folded: Case, width, accents and spacing made equal.
        loose: Also without legal form, punctuation and spaces, and in simplified characters.
        pinyin: The loose key read aloud, without spaces; "" where it holds no Chinese.
        initials: The first letter of each Chinese character, other letters as they are; "" likewise.
    """

    text: str
    folded: str
    loose: str
    pinyin: str = ""
    initials: str = ""


@value
class Named:
    """Somebody or something with names: the first spelling is the name, the others are aliases."""

    id: str
    spellings: tuple[Spelling, ...]


@value
class Match:
    """A candidate that fits a query, how, and how well (0 to 100)."""

    id: str
    name: str
    how: How
    score: float


@value
class Resolved:
    """One clear winner."""

    match: Match


@value
class Ambiguous:
    """Several fit about as well; best first."""

    matches: tuple[Match, ...]


@value
class Unknown:
    """None fits well enough; the nearest three at most, best first."""

    nearest: tuple[Match, ...]


Resolution = Resolved | Ambiguous | Unknown


def clean_name(text: str) -> str:
    """
    A name as it may be saved: one line, without control characters, direction marks and doubled spaces.

    Raises:
        InvalidError: Nothing is left, or more than 200 characters.
    """
    plain = normal("NFC", text)
    if plain.isprintable():  # the same, sooner
        return _fitting(" ".join(plain.split()))
    spaced = "".join(" " if char.isspace() else char for char in plain)
    return _fitting(" ".join("".join(char for char in spaced if _belongs(char)).split()))


def _fitting(name: str) -> str:
    if not name:
        raise InvalidError("name-empty")
    if len(name) > MAX_LENGTH:
        raise InvalidError("name-long", name=name[:20], length=len(name), most=MAX_LENGTH)
    return name


def _belongs(char: str) -> bool:
    return char in JOINERS or unicodedata.category(char) not in ("Cc", "Cf", "Cs")


def short_id(identifier: str) -> str:
    """An id as it is shown: its last six characters, which are chance and so differ early."""
    return identifier[-SHORT_ID:].lower()


def entered_on(identifier: str) -> date | None:
    """The day (in UTC) on which a record with this id was made; None for an id that is no ULID."""
    if not ULID.fullmatch(identifier):
        return None
    milliseconds = 0
    for char in identifier[:TIME].upper():
        milliseconds = milliseconds * len(DIGITS) + DIGITS.index(char)
    try:
        return datetime.fromtimestamp(milliseconds // 1000, UTC).date()
    except (ValueError, OverflowError, OSError):  # beyond the years of the calendar
        return None


def fold(name: str) -> str:
    """The name with case, width, accents of Latin letters and spacing made equal."""
    if name.isascii():  # the same, sooner
        return " ".join(name.casefold().split())
    plain = "".join(_without_latin_accents(normal("NFKD", name).casefold()))
    words = " ".join(normal("NFKC", plain).split())
    return re.sub(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])", "", words)


def _without_latin_accents(decomposed: str) -> Iterable[str]:
    base = ""
    for char in decomposed:
        if not unicodedata.combining(char):
            base = char
        elif base.isascii():
            continue
        yield char


def loosen(name: str) -> str:
    """The folded name in simplified characters, without legal form, punctuation and spaces; the second, looser key."""
    folded = simple(fold(name))
    words = re.sub(r"[.’']", "", folded).replace("a/s", "as")
    parts = [part for part in re.split(r"[\s,;:()\-/|_·]+", words) if part]
    while len(parts) > 1 and parts[-1] in LEGAL_FORMS:
        parts.pop()
    squeezed = _letters("".join(parts))
    return _without_chinese_form(squeezed) or squeezed or folded.replace(" ", "")


def simple(text: str) -> str:
    """The text in simplified characters."""
    if text.isascii():  # the same, sooner
        return text
    from salescoach.records.simplified import simplify

    return simplify(text)


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def _without_chinese_form(text: str) -> str:
    end = len(text)
    while form := next((form for form in CHINESE_LEGAL_FORMS if text.endswith(form, 0, end)), ""):
        if len(form) == end:
            break
        end -= len(form)
    return text[:end]


def spell(name: str, *, person: bool = False) -> Spelling:
    """
    Work out how a name is compared. Slow (pinyin) for Chinese names, so done once, when the name is saved.

    Args:
        name: As it will be saved.
        person: It is a person's: its first character is read as a surname.
    """
    loose = loosen(name)
    pinyin, initials = read_aloud(loose, person=person)
    return Spelling(text=name, folded=fold(name), loose=loose, pinyin=pinyin, initials=initials)


def read_aloud(text: str, *, person: bool = False) -> tuple[str, str]:
    """The pinyin of a text and its initials, without spaces; both empty where it holds no Chinese."""
    if not any(_is_chinese(char) for char in text):
        return "", ""
    said_aloud = syllables(text, person=person)
    first = [said[:1] if _is_chinese(char) else said for char, said in zip(text, said_aloud, strict=True)]
    return "".join(said_aloud), "".join(first)


def syllables(text: str, *, person: bool = False) -> list[str]:
    """The pinyin of each character, without tones; what is not Chinese as it is."""
    from pypinyin import lazy_pinyin

    said = lazy_pinyin(text, errors=_one_by_one)
    if person and text[0] in SURNAMES:
        said[0] = SURNAMES[text[0]]
    return said


def _one_by_one(text: str) -> Any:
    """What pypinyin puts in for text that is not Chinese; more than one is allowed, though its types say not."""
    return list(text)


def _is_chinese(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"


def certain(query: str, candidates: Iterable[Named]) -> list[Match]:
    """The candidates that the query names exactly, by an alias, by pinyin or by how it begins; best first."""
    fits = _Fits(query)
    return _best_first(match for candidate in candidates if (match := fits(candidate)) is not None)


class _Fits:
    """A query, ready to be held against candidates."""

    def __init__(self, query: str) -> None:
        self.folded, self.loose = fold(query), loosen(query)
        self.speakable = self.loose.isascii() and len(self.loose) > 1
        #: One Latin letter begins too many names to mean one of them.
        self.may_begin = len(self.loose) > 1 or not self.loose.isascii()

    def __call__(self, candidate: Named) -> Match | None:
        found = [fit for at, spelling in enumerate(candidate.spellings) if (fit := self._fit(spelling, at > 0))]
        if not found or not self.loose:
            return None
        score, how = max(found)
        return Match(id=candidate.id, name=candidate.spellings[0].text, how=how, score=score)

    def _fit(self, spelling: Spelling, alias: bool) -> tuple[float, How] | None:
        if self.folded == spelling.folded:
            return (ALIAS, "alias") if alias else (EXACT, "exact")
        if self.loose == spelling.loose:
            return (ALIAS_LOOSE, "alias") if alias else (EXACT_LOOSE, "exact")
        if self.may_begin and (spelling.folded.startswith(self.folded) or spelling.loose.startswith(self.loose)):
            return PREFIX, "prefix"
        return self._sounds_like(spelling) if self.speakable else None

    def _sounds_like(self, spelling: Spelling) -> tuple[float, How] | None:
        if self.loose == spelling.pinyin:
            return PINYIN, "pinyin"
        if self.loose == spelling.initials or spelling.pinyin.startswith(self.loose):
            return PREFIX, "pinyin"
        return (INITIALS_PREFIX, "pinyin") if spelling.initials.startswith(self.loose) else None


def guesses(query: str, candidates: Sequence[Named]) -> list[Match]:
    """The candidates whose names look like the query, best first; the slow way, over every name."""
    from rapidfuzz import fuzz, process

    folded, loose = fold(query), loosen(query)
    flat = [(candidate, spelling) for candidate in candidates for spelling in candidate.spellings]
    likeness: dict[int, float] = {}

    def compare(wanted: str, names: list[str], scorer: Callable[..., float]) -> None:
        best = process.extract(wanted, names, scorer=scorer, limit=50, score_cutoff=WORTH_SHOWING, processor=None)
        for _, score, at in best:
            likeness[at] = max(likeness.get(at, 0.0), score)

    compare(loose, [spelling.loose for _, spelling in flat], fuzz.ratio)
    if " " in folded:
        compare(_sorted_words(folded), [_sorted_words(spelling.folded) for _, spelling in flat], fuzz.ratio)
    if loose.isascii():
        compare(loose, [spelling.pinyin for _, spelling in flat], fuzz.ratio)
    if len(loose) > (2 if loose.isascii() else 1):
        likeness |= {at: max(likeness.get(at, 0.0), CONTAINS) for at, (_, s) in enumerate(flat) if loose in s.loose}
    return _best_first(
        Match(
            id=flat[at][0].id,
            name=flat[at][0].spellings[0].text,
            how="fuzzy",
            score=round(score * GUESS_WEIGHT, 2),
        )
        for at, score in likeness.items()
    )


def _sorted_words(folded: str) -> str:
    """The words in a fixed order and run together: a surname that is the same must not outweigh the rest."""
    return "".join(sorted(folded.split()))


def rank(query: str, candidates: Sequence[Named]) -> list[Match]:
    """Every candidate that fits the query at all, best first: certain fits, then guesses."""
    return _best_first([*certain(query, candidates), *guesses(query, candidates)])


def resolve(query: str, candidates: Sequence[Named]) -> Resolution:
    """Which candidate the query means. Guesses are made only where no certain fit decides."""
    if not loosen(query):
        return Unknown(nearest=())
    sure = certain(query, candidates)
    return decide(sure or guesses(query, candidates))


def decide(matches: Sequence[Match]) -> Resolution:
    """One clear winner among ranked matches, or what to ask back."""
    if not matches or matches[0].score < GOOD_ENOUGH:
        return Unknown(nearest=tuple(matches[:3]))
    close = tuple(match for match in matches if match.score > matches[0].score - MARGIN)
    return Resolved(match=matches[0]) if len(close) == 1 else Ambiguous(matches=close)


def near(found: Resolution) -> tuple[Match, ...]:
    """Whom a resolution speaks of, best first."""
    if isinstance(found, Resolved):
        return (found.match,)
    return found.matches if isinstance(found, Ambiguous) else found.nearest


def _best_first(matches: Iterable[Match]) -> list[Match]:
    """Best first, each candidate once; equal scores by name, so that the order never wavers."""
    best: dict[str, Match] = {}
    for match in matches:
        if match.id not in best or best[match.id].score < match.score:
            best[match.id] = match
    return sorted(best.values(), key=lambda match: (-match.score, len(match.name), match.name, match.id))
