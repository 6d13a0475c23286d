"""Which objection is this? Words in either language to topics, learned from the playbooks' own phrasings.

Two views vote: naive Bayes on the complement of each topic (Rennie et al. 2003), which is strong on short and uneven
text, and the likeness to the nearest phrasings, which is strong on half-remembered ones. Features are words, word
pairs and letter groups in English, one to three characters in Chinese, so slips and inflections still meet. Key words
count as phrasings of their own. Everything is learned when the playbooks are compiled: a topic that a sales manager
adds is matched at once.
"""

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from salescoach.language import LANGS, Lang, Text
from salescoach.playbook.models import Objection
from salescoach.shape import value

_WORD = re.compile(r"[a-z']+|\d+")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_SUFFIX = re.compile(r"(?:ing|edly|ed|ies|es|s|ly)$")

#: The nearest phrasings that have a say.
NEIGHBOURS = 7
#: What is read of a very long text, in characters.
LONGEST = 2000
#: Below this score a topic is not worth showing; from CLEAR on, with a lead of MARGIN, it is the answer.
FAINT, CLEAR, MARGIN = 0.12, 0.42, 0.12


@value
class View:
    """What was learned of one language."""

    idf: dict[str, float]
    complement: dict[str, list[float]]  # feature → a weight for each topic
    unseen: list[float]  # for a feature no phrasing has
    postings: dict[str, list[tuple[int, float]]]  # feature → (phrasing, weight)
    owners: list[int]  # phrasing → topic


@value
class Topics:
    """The topics by name: all that an answer by id or alias needs."""

    titles: dict[str, Text]  # id → title, in the order of ids
    names: dict[str, str]  # folded id, alias or title → id


@value
class Index:
    """What the matcher learned: the topics' ids, and a view of each language."""

    topics: list[str]
    views: dict[Lang, View]


@value
class Match:
    """A topic with how likely it is the one meant, 0 to 1."""

    topic: str
    score: float


def fold(text: str) -> str:
    """Text with width, case, accents of apostrophes and spaces made alike."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("’", "'").replace("`", "'")
    return " ".join(plain.split())


def features(text: str, lang: Lang) -> Counter[str]:
    """What a sentence is made of, counted; empty for text without a letter of that language."""
    folded = fold(text)
    return Counter(_chinese(folded) if lang == "zh" else _english(folded))


def _english(folded: str) -> Iterable[str]:
    words = [_stem(word) for word in _WORD.findall(folded)]
    yield from words
    yield from (f"{first} {second}" for first, second in pairwise(words))
    for word in words:
        edged = f"^{word}$"
        yield from (edged[at : at + 4] for at in range(len(edged) - 3))


def _stem(word: str) -> str:
    if word.isdigit():
        return "0"
    word = word.replace("'", "")
    return _SUFFIX.sub("", word) if len(word) > 4 else word


def _chinese(folded: str) -> Iterable[str]:
    for run in _HAN.findall(folded):
        for size in (1, 2, 3):
            yield from (run[at : at + size] for at in range(len(run) - size + 1))
    yield from _WORD.findall(folded)


def language_of(text: str) -> Lang:
    """Chinese where there is a Chinese character, else English."""
    return "zh" if _HAN.search(text) else "en"


def names_of(objections: Sequence[Objection]) -> Topics:
    """Every topic's id, aliases and titles; the first topic to claim a name keeps it."""
    names: dict[str, str] = {}
    for book in objections:
        titles = [book.title] if isinstance(book.title, str) else book.title.values()
        aliases = (alias for words in book.aliases.values() for alias in words)
        for name in (book.id, *titles, *aliases):
            names.setdefault(fold(name), book.id)
    return Topics(titles={book.id: book.title for book in objections}, names=names)


def build(objections: Sequence[Objection]) -> Index:
    """Learn from the phrasings, aliases and key words of all topics."""
    views = {lang: _view([_sentences(book, lang) for book in objections], lang) for lang in LANGS}
    return Index(topics=[book.id for book in objections], views=views)


def _sentences(book: Objection, lang: Lang) -> list[str]:
    lists = (book.phrasings, book.aliases, book.keywords)
    return [sentence for words in lists for sentence in words.get(lang, ())]


def _view(topics: Sequence[Sequence[str]], lang: Lang) -> View:
    bags = [(topic, features(sentence, lang)) for topic, sentences in enumerate(topics) for sentence in sentences]
    if not bags:
        return View(idf={}, complement={}, unseen=[], postings={}, owners=[])
    idf = _idf([bag for _, bag in bags])
    vectors = [(topic, _unit(bag, idf)) for topic, bag in bags]
    complement, unseen = _complement(vectors, len(topics))
    postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, (_, vector) in enumerate(vectors):
        for feature, weight in vector.items():
            postings[feature].append((number, round(weight, 4)))
    return View(
        idf=idf, complement=complement, unseen=unseen, postings=dict(postings), owners=[topic for topic, _ in vectors]
    )


def _idf(bags: Sequence[Mapping[str, int]]) -> dict[str, float]:
    seen = Counter(feature for bag in bags for feature in bag)
    return {feature: round(math.log((1 + len(bags)) / (1 + count)) + 1, 4) for feature, count in seen.items()}


def _unit(bag: Mapping[str, int], idf: Mapping[str, float]) -> dict[str, float]:
    raw = {feature: (1 + math.log(count)) * idf[feature] for feature, count in bag.items() if feature in idf}
    length = math.sqrt(sum(weight * weight for weight in raw.values())) or 1.0
    return {feature: weight / length for feature, weight in raw.items()}


def _complement(
    vectors: Sequence[tuple[int, Mapping[str, float]]], topics: int
) -> tuple[dict[str, list[float]], list[float]]:
    """For each feature, how much it speaks for each topic: minus the log of its share in all the other topics."""
    smooth = 0.3
    mass: dict[str, list[float]] = defaultdict(lambda: [0.0] * topics)
    for topic, vector in vectors:
        for feature, weight in vector.items():
            mass[feature][topic] += weight
    totals = [sum(column[topic] for column in mass.values()) for topic in range(topics)]
    everything = sum(totals)
    size = smooth * len(mass)
    bottoms = [math.log(everything - totals[topic] + size) for topic in range(topics)]
    learned = {}
    for feature, column in mass.items():
        whole = sum(column)
        learned[feature] = [
            round(bottoms[topic] - math.log(whole - column[topic] + smooth), 4) for topic in range(topics)
        ]
    return learned, [round(bottom - math.log(smooth), 4) for bottom in bottoms]


def by_name(topics: Topics, words: str) -> list[Match]:
    """The topic of that very id, alias or title with score 1 and the others with 0; empty where none is called so."""
    named = topics.names.get(fold(words))
    if named is None:
        return []
    return _ordered(list(topics.titles), [1.0 if topic == named else 0.0 for topic in topics.titles])


def rank(index: Index, words: str) -> list[Match]:
    """Every topic with its score, best first. Never fails, whatever the words."""
    lang = language_of(words)
    return _ordered(index.topics, _scores(index.views[lang], features(words[:LONGEST], lang), len(index.topics)))


def _scores(view: View, bag: Mapping[str, int], topics: int) -> list[float]:
    query = _unit(bag, view.idf)
    known = sum(query.values())
    if not known:
        return [0.0] * topics
    near = _near(view, query, topics)
    bayes = _bayes(view, query, topics)
    cover = _cover(view, bag)
    return [cover * (0.5 * bayes[topic] + 0.5 * near[topic]) for topic in range(topics)]


def _cover(view: View, bag: Mapping[str, int]) -> float:
    """How much of what was said the phrasings know at all: text from elsewhere scores low."""
    unknown = max(view.idf.values(), default=1.0)
    total = sum(view.idf.get(feature, unknown) for feature in bag)
    known = sum(view.idf.get(feature, 0.0) for feature in bag)
    return min(1.0, 1.6 * known / total) if total else 0.0


def _bayes(view: View, query: Mapping[str, float], topics: int) -> list[float]:
    sums = [0.0] * topics
    for feature, weight in query.items():
        for topic, learned in enumerate(view.complement[feature]):
            sums[topic] += weight * learned
    top = max(sums)
    odds = [math.exp(4 * (one - top)) for one in sums]
    return [one / sum(odds) for one in odds]


def _near(view: View, query: Mapping[str, float], topics: int) -> list[float]:
    likeness: dict[int, float] = defaultdict(float)
    for feature, weight in query.items():
        for number, other in view.postings.get(feature, ()):
            likeness[number] += weight * other
    nearest = sorted(likeness.items(), key=lambda pair: (-pair[1], pair[0]))[:NEIGHBOURS]
    votes = [0.0] * topics
    for number, like in nearest:
        votes[view.owners[number]] += like * like
    total = sum(votes)
    best = nearest[0][1] if nearest else 0.0
    return [min(1.0, 1.5 * best) * vote / total if total else 0.0 for vote in votes]


def _ordered(topics: Sequence[str], scores: Sequence[float]) -> list[Match]:
    pairs = sorted(zip(topics, scores, strict=True), key=lambda pair: (-pair[1], pair[0]))
    return [Match(topic=topic, score=round(score, 3)) for topic, score in pairs]


def is_confident(matches: Sequence[Match]) -> bool:
    """One topic stands out clearly enough to be answered without asking back."""
    first, second = (*matches, *(Match(topic="", score=0.0),) * 2)[:2]
    return first.score >= CLEAR and first.score - second.score >= MARGIN


def is_match(matches: Sequence[Match]) -> bool:
    """There is something worth showing at all."""
    return bool(matches) and matches[0].score >= FAINT
