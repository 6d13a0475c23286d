"""Which objection is this? Words in either language to topics, learned from the playbooks' own phrasings.

A name of a topic is looked up (`by_name`). Anything else goes to a linear classifier over the features of `words.py`,
which was trained when the playbooks were compiled (`learn.py`), so that a topic that a sales manager adds is matched at
once. It knows one class more than there are topics: what is no objection at all. See docs/decisions/0010.
"""

import re
from collections.abc import Iterator, Sequence

from salescoach.coach.matching.view import DOUBT, View, is_common, likelihoods
from salescoach.coach.matching.words import LONGEST, bags, fold, language_of
from salescoach.language import LANGS, Lang, Text
from salescoach.playbook.models import Objection, Phrasings, SmallTalk
from salescoach.shape import value

#: Counts up whenever the way of learning changes, so that nothing learned the old way is believed.
METHOD = 5
#: From CLEAR on, with a lead of MARGIN, a topic is the answer; two topics of at least SECOND are both meant.
CLEAR, MARGIN, SECOND = 0.65, 0.35, 0.3
#: Of a clause on its own the same is asked, but less: it need only agree with the first topics of the whole.
CLEAR_CLAUSE, MARGIN_CLAUSE, AMONG = 0.55, 0.2, 5
#: Nothing is worth showing where the best topic is fainter than FAINT.
FAINT = 0.12
#: Where one thing said ends and another begins, and how many are heard.
MOST_CLAUSES = 12
_CLAUSE = r"[,.;:!?，。；：！？、…—]+|\b(?:and|but|besides|plus|also)\b|而且|但是|不过|再说|还有|另外|加上"


@value
class Topics:
    """The topics by name: all that an answer by id or alias needs."""

    titles: dict[str, Text]  # id → title, in the order of ids
    names: dict[str, str]  # folded id, alias, title or sentence of the rep's own → id


@value
class Index:
    """What the matcher learned: the topics' ids, and a view of each language."""

    topics: list[str]
    views: dict[Lang, View]


@value
class Match:
    """A topic with how likely it is the one meant, 0 to 1. What the topics lack of 1 is "no objection at all"."""

    topic: str
    score: float


def names_of(objections: Sequence[Objection], more: Sequence[Phrasings] = ()) -> Topics:
    """
    Every topic's id, aliases and titles; the first topic to claim a name keeps it.

    Args:
        more: Sentences that are looked up like names, after all of these: what was just adopted is known at once.
    """
    names: dict[str, str] = {}
    for book in objections:
        titles = [book.title] if isinstance(book.title, str) else book.title.values()
        aliases = (alias for words in book.aliases.values() for alias in words)
        for name in (book.id, *titles, *aliases):
            names.setdefault(fold(name), book.id)
    for own, _, words in _adopted(objections, more):
        names.setdefault(fold(words), objections[own].id)
    return Topics(titles={book.id: book.title for book in objections}, names=names)


def by_name(topics: Topics, words: str) -> list[Match]:
    """The topic of that very id, alias or title with score 1 and the others with 0; empty where none is called so."""
    named = topics.names.get(fold(words))
    if named is None:
        return []
    return _ordered(list(topics.titles), [1.0 if topic == named else 0.0 for topic in topics.titles])


def build(
    objections: Sequence[Objection],
    others: Sequence[SmallTalk] = (),
    langs: Sequence[Lang] = LANGS,
    *,
    more: Sequence[Phrasings] = (),
) -> Index:
    """Learn from the phrasings, aliases and key words of all topics, and from what is none of them. Takes seconds."""
    from salescoach.coach.matching.learn import learn

    views = {lang: learn(_sentences(objections, others, lang, more), len(objections) + 1, lang) for lang in langs}
    return Index(topics=[book.id for book in objections], views=views)


def effort(
    objections: Sequence[Objection], others: Sequence[SmallTalk], lang: Lang, *, more: Sequence[Phrasings] = ()
) -> int:
    """What learning a language costs: its sentences times the topics that each is held against."""
    return len(_sentences(objections, others, lang, more)) * len(objections)


def stamp(
    objections: Sequence[Objection], others: Sequence[SmallTalk], lang: Lang, *, more: Sequence[Phrasings] = ()
) -> str:
    """What an index of one language was learned from, as a short text: the same sentences, the same stamp."""
    from hashlib import sha256

    known = repr((METHOD, [book.id for book in objections], _sentences(objections, others, lang, more)))
    return sha256(known.encode()).hexdigest()[:16]


def _sentences(
    objections: Sequence[Objection], others: Sequence[SmallTalk], lang: Lang, more: Sequence[Phrasings]
) -> list[tuple[int, str]]:
    ours = [
        (own, words)
        for own, book in enumerate(objections)
        for lists in (book.phrasings, book.aliases, book.keywords)
        for words in lists.get(lang, ())
    ]
    ours += [(own, words) for own, spoken, words in _adopted(objections, more) if spoken == lang]
    return ours + [(len(objections), words) for book in others for words in book.phrasings.get(lang, ())]


def _adopted(objections: Sequence[Objection], more: Sequence[Phrasings]) -> Iterator[tuple[int, Lang, str]]:
    """Topic by its place, language and sentence; those of topics that there are not are passed over."""
    places = {book.id: own for own, book in enumerate(objections)}
    for book in more:
        for topic, lists in book.topics.items():
            for lang, sentences in lists.items():
                yield from ((places[topic], lang, words) for words in sentences if topic in places)


def rank(index: Index, words: str) -> list[Match]:
    """Every topic with its probability, best first; all 0 in a language that was not learned. Never fails."""
    return _rank(index, words, language_of(words))


def is_ordinary(index: Index, word: str) -> bool:
    """Whether an English word stands in several phrasings; a name stands in none, or in one or two by chance."""
    view = index.views.get("en")
    return view is not None and is_common(view, word)


def _rank(index: Index, words: str, lang: Lang) -> list[Match]:
    view = index.views.get(lang)
    topics = likelihoods(view, bags(words, lang))[:-1] if view else [0.0] * len(index.topics)
    return _ordered(index.topics, topics)


def _ordered(topics: Sequence[str], scores: Sequence[float]) -> list[Match]:
    pairs = sorted(zip(topics, scores, strict=True), key=lambda pair: (-pair[1], pair[0]))
    return [Match(topic=topic, score=round(score, 3)) for topic, score in pairs]


def is_match(matches: Sequence[Match]) -> bool:
    """There is something worth showing at all: a topic likelier than none."""
    if not matches or matches[0].score < FAINT:
        return False
    return matches[0].score * DOUBT > 1 - sum(one.score for one in matches)


def is_confident(matches: Sequence[Match]) -> bool:
    """One topic stands out clearly enough to be answered without asking back."""
    return is_match(matches) and _stands_out(matches, CLEAR, MARGIN)


def _stands_out(matches: Sequence[Match], score: float, lead: float) -> bool:
    first, second = _first(2, matches)
    return first.score >= score and first.score - second.score >= lead


def _first(count: int, matches: Sequence[Match]) -> Sequence[Match]:
    return (*matches, *(Match(topic="", score=0.0),) * count)[:count]


def both(matches: Sequence[Match]) -> tuple[str, ...]:
    """The topics that the words clearly hold: none, one, or two where they share the score and no third comes near."""
    if is_confident(matches):
        return (matches[0].topic,)
    first, second, third = _first(3, matches)
    shared = second.score >= SECOND and first.score + second.score >= CLEAR and third.score < second.score / 2
    return (first.topic, second.topic) if shared and is_match(matches) else ()


def named(index: Index, words: str) -> tuple[str, ...]:
    """The topics clearly said, at most two: clause by clause, in the order of saying, or by the words as a whole."""
    whole, lang = rank(index, words), language_of(words)
    likely = [one.topic for one in whole[:AMONG]]
    clauses = [clause for clause in re.split(_CLAUSE, words[:LONGEST]) if clause.strip()][:MOST_CLAUSES]
    heard = [_rank(index, clause, lang) for clause in clauses] if len(clauses) > 1 else []
    clear = [one[0].topic for one in heard if is_match(one) and _stands_out(one, CLEAR_CLAUSE, MARGIN_CLAUSE)]
    apart = tuple(dict.fromkeys(topic for topic in clear if topic in likely))
    return apart if len(apart) == 2 else both(whole)
