"""What a sentence is made of: the features that speak for a topic, view by view.

English is seen as words with their neighbours, and as groups of letters, so that slips and inflections still meet;
Chinese as one to three characters, in simplified form whatever was typed.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from zlib import crc32

from salescoach.language import Lang, normal

#: What is read of a very long text, in characters.
LONGEST = 2000

#: Patterns are compiled when they are first used: an answer by topic uses none of them.
_WORD = r"[a-z0-9']+"
_HAN = r"[\u3400-\u9fff]"
_LETTER = r"[a-z\u3400-\u9fff]"
_RUN = r"[\u3400-\u9fffa-z0-9]+"
#: A sentence with one of these is hardly speech.
_CODE = "{}[]<>=;_\\|^"
_NUMBER = r"\d+(?:[.,:]\d+)*"


def fold(text: str) -> str:
    """Text with width, case, accents of apostrophes and spaces made alike."""
    plain = normal("NFKC", text).casefold().replace("’", "'").replace("`", "'")
    return " ".join(plain.split())


def language_of(text: str) -> Lang:
    """Chinese where there is a Chinese character, else English."""
    return "zh" if re.search(_HAN, text) else "en"


def bags(text: str, lang: Lang) -> list[Counter[int]]:
    """The features of a sentence, as numbers of 32 bits, counted; one bag for each view, empty where there is none."""
    folded = re.sub(_NUMBER, "0", fold(text[:LONGEST]))
    if not re.search(_LETTER, folded):
        return []
    if lang == "zh":
        from salescoach.records.simplified import simplify

        return [_counted((*_characters(simplify(folded)), *_signs(folded)))]
    words = [word for found in re.findall(_WORD, folded) if (word := found.strip("'"))]
    return [_counted((*_words(words), *_signs(folded))), _counted(_letters(words))]


def _counted(features: Iterable[str]) -> Counter[int]:
    return Counter(crc32(feature.encode()) for feature in features)


def _words(words: Sequence[str]) -> Iterator[str]:
    yield from words
    yield from (f"{first} {second}" for first, second in pairwise(words))


def _signs(folded: str) -> Iterator[str]:
    """Signs that programs are full of, and people's sentences are not."""
    if any(sign in folded for sign in _CODE):
        yield _CODE


def _letters(words: Sequence[str]) -> Iterator[str]:
    for word in words:
        edged = f"_{word}_"
        for size in (3, 4):
            yield from (f"~{edged[at : at + size]}" for at in range(len(edged) - size + 1))


def _characters(folded: str) -> Iterator[str]:
    for run in re.findall(_RUN, folded):
        for size in (1, 2, 3):
            yield from (run[at : at + size] for at in range(len(run) - size + 1))
