"""A Chinese name in Latin letters: 李静 as “Li Jing”, “LiJing” or “Jing Li”, 王小明 as “Wang Xiaoming”.

Pinyin is no spelling of its own: what is written small, all in capitals, in one word or beside another syllable may be
any word (“he can”, “human”, guanxi) or somebody else (“Li Jing Mei”). It is told from what can only be a name.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from salescoach.records.names import fold, loosen, syllables

COMPOUND = (
    "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "端木", "夏侯", "南宫",
)  # fmt: skip
#: A name alone; what has more characters is a company.
SHORTEST, LONGEST = 2, 4
WITHIN, BETWEEN = r"[\s\-\u2010\u2011'’·]*", r"(?:,\s*|[\s\-\u2010\u2011·.]*)"
#: In the folded text, where accents are gone.
BEFORE, AFTER = r"(?<![a-z\d_])", r"(?![a-z\d_])"
#: Another syllable that is written like a part of a name.
SYLLABLE = r"(?:(?:Zh|Ch|Sh|[B-DF-HJ-NP-TW-Z])[aeiouü]{1,3}|[AEO][aeiou]{0,2})(?:ng|n|r)?"
GOES_ON = re.compile(rf"[-\u2010\u2011]\w|[ \t]{SYLLABLE}(?!\w)")
BEGAN = re.compile(rf"(?:\w[-\u2010\u2011]|(?<!\w){SYLLABLE}[ \t])$")
#: As far back as a syllable begins.
REACH = 12


def forms(name: str) -> tuple[re.Pattern[str], ...]:
    """How a Chinese name may stand in a folded text, each with the family's and the given name as groups."""
    parts = _parts(name)
    if parts is None:
        return ()
    family, given = (WITHIN.join(map(_spellings, part)) for part in parts)
    return (
        re.compile(f"{BEFORE}({family}){BETWEEN}({given}){AFTER}"),
        re.compile(rf"{BEFORE}({given})\s+({family}){AFTER}"),
    )


def is_written_as_name(text: str, span: tuple[int, int], parts: Sequence[str]) -> bool:
    """What stands there can only be a name: each part with a capital, not everything, and no further syllable."""
    start, end = span
    if text[start:end].isupper() or not all(part[:1].isupper() for part in parts):
        return False
    return not GOES_ON.match(text, end) and not BEGAN.search(text[max(0, start - REACH) : start])


def sounds(name: str) -> frozenset[str]:
    """A name as it is heard, without spaces, in either order; what two people have in common who are written alike."""
    parts = _parts(name)
    if parts is not None:
        family, given = ("".join(part) for part in parts)
        return frozenset({family + given, given + family})
    words = fold(name).replace(",", " ").split()
    return frozenset({loosen(name), loosen(" ".join(reversed(words)))}) if name.strip() else frozenset()


@lru_cache(maxsize=64)
def _parts(name: str) -> tuple[list[str], list[str]] | None:
    """The syllables of the family's and of the given name; None for a name that is not Chinese."""
    plain = loosen(name)
    if not SHORTEST <= len(plain) <= LONGEST or not re.fullmatch("[\u3400-\u9fff]+", plain):
        return None
    said = syllables(plain, person=True)
    family = 2 if plain.startswith(COMPOUND) and len(plain) > SHORTEST else 1
    return said[:family], said[family:]


def _spellings(syllable: str) -> str:
    """A syllable; its ü is written u, v or yu as well."""
    return syllable.replace("v", "(?:yu|u|v)")
