"""Reference cards by the words that somebody has in mind, in either language."""

import re
from collections.abc import Iterable, Iterator, Sequence

from salescoach.coach.advice import Voice, advise, documents
from salescoach.coach.matching.words import fold
from salescoach.language import Text
from salescoach.playbook.models import Card
from salescoach.shape import value

#: What a word is worth where it is found: what a card is looked up by, its title, its summary and headings, its lines.
LOOKED_UP, TITLE, HEADINGS, LINES = 8.0, 6.0, 2.0, 1.0
#: Words that everybody types and nothing is found by.
_SMALL = frozenset([
    "a", "an", "and", "at", "do", "for", "how", "i", "in", "is", "it", "me", "my", "of", "on", "or", "the", "to",
    "what", "when", "where", "who", "with",
])  # fmt: skip
#: Part of a word is worth so much less than the whole.
PART = 0.5
_HAN = re.compile(r"[\u3400-\u9fff]+")
_LATIN = re.compile(r"[a-z0-9]+")


@value
class Found:
    """A card and how well it fits the words; more is better."""

    card: Card
    score: float


def find(cards: Iterable[Card], words: str) -> tuple[Found, ...]:
    """The cards that the words point to, the best first; none where nothing in them is found."""
    wanted = tuple(dict.fromkeys(_terms(fold(words))))
    found = [Found(card=card, score=_score(card, wanted, fold(words))) for card in cards]
    return tuple(sorted((one for one in found if one.score), key=lambda one: (-one.score, one.card.id)))


def _terms(folded: str) -> Iterator[str]:
    """English words without the smallest; Chinese in twos."""
    yield from (_stem(word) for word in _LATIN.findall(folded) if word not in _SMALL)
    for run in _HAN.findall(folded):
        yield from (run[at : at + 2] for at in range(max(1, len(run) - 1)))


def _stem(word: str) -> str:
    """Without the plural or a verb's ending: good enough to look something up."""
    for ending in ("ing", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            return word.removesuffix(ending)
    return word


def _score(card: Card, wanted: Sequence[str], whole: str) -> float:
    """The sum over the words, each where it is worth most; an id or a whole title or key word beats everything."""
    places = tuple(_places(card))
    if whole == card.id or any(whole == text for worth, text in places if worth >= TITLE):
        return 100.0
    each = [max((_worth(term, worth, text) for worth, text in places), default=0.0) for term in wanted]
    return round(sum(each) * sum(map(bool, each)) / len(wanted), 2) if wanted else 0.0


def _worth(term: str, worth: float, text: str) -> float:
    if term not in text:
        return 0.0
    if _HAN.match(term):
        return worth
    return worth if any(_stem(word) == term for word in _LATIN.findall(text)) else worth * PART


def _places(card: Card) -> Iterator[tuple[float, str]]:
    """Everything that stands on a card, with what it is worth to find a word there."""
    yield LOOKED_UP, card.id.replace("-", " ")
    yield from ((LOOKED_UP, fold(word)) for words in card.words.values() for word in words)
    yield from ((TITLE, text) for text in _texts(card.title))
    headings = [card.summary, *(section.title for section in card.sections)]
    yield from ((HEADINGS, text) for heading in headings if heading for text in _texts(heading))
    yield from ((LINES, text) for section in card.sections for line in section.lines for text in _texts(line.text))


def _texts(text: Text) -> list[str]:
    return [fold(text)] if isinstance(text, str) else [fold(one) for one in text.values()]


def document(card: Card, speaker: Voice) -> dict[str, object]:
    """A card as it stands in JSON documents."""
    return {
        "id": card.id,
        "shelf": card.shelf,
        "title": speaker.fill(card.title),
        "summary": speaker.fill(card.summary) if card.summary else None,
        "picture": speaker.fill(card.picture) if card.picture else None,
        "sections": [
            {
                "id": section.id,
                "title": speaker.fill(section.title),
                "lines": documents(advise(card, section.lines, speaker)),
            }
            for section in card.sections
        ],
    }
