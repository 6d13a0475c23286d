"""Learning from the phrasings: multinomial logistic regression over tf-idf features, in plain Python.

One pass after the other over all sentences, each moving the weights of its features a little towards its own class and
away from those that were taken for it, in ever smaller steps. How far the outcome can be believed is learned apart: a
part of the sentences is held out, with all that is nearly alike, and the scores are flattened until they are as sure
as they are right on those.
"""

import math
from array import array
from collections import Counter
from collections.abc import Sequence
from random import Random

from salescoach.coach.matching.lanes import Lanes
from salescoach.coach.matching.view import DOUBT, RARITY, View, Vocabulary, softmax, substance, vector
from salescoach.coach.matching.words import bags
from salescoach.language import Lang

#: One, in the fixed-point arithmetic of a feature's value, and of a weight.
VALUE, WEIGHT = 1 << 8, 1 << 20
PASSES, RATE = 4, 2.0
#: A sentence that is taken for its own class with this probability teaches nothing more.
LEARNED = 0.97
#: One part of this many is held out to learn how sure to be; with fewer sentences than FEW there is nothing to learn.
PARTS, FEW = 3, 200
#: How much surer than on our own phrasings: those are odder than what customers say (benchmarks/sentences_*.tsv).
SURER = 1.2
#: A class with this many sentences has nothing to learn from what only one of them holds.
PLENTY = 100
#: How much of what is no objection is to be refused, and how much of what is one may be with it, at most.
HEARD, MISSED = 0.9, 0.22
#: What is tried as sharpness; USUAL where there are too few sentences to tell.
SHARPNESS, USUAL = tuple(round(0.4 + 0.1 * step, 1) for step in range(25)), 1.2

#: A sentence, as its class and its features.
Bagged = tuple[int, list[Counter[int]]]
#: The same, as its class and its (feature number, value) pairs in fixed point.
Example = tuple[int, list[tuple[int, int]]]


def learn(sentences: Sequence[tuple[int, str]], classes: int, lang: Lang) -> View:
    """
    A view of one language.

    Args:
        sentences: (class, words); the last class is what is no objection.
        classes: How many there are.
        lang: The language they are in.
    """
    bagged = [(own, bags(words, lang)) for own, words in sentences]
    vocabulary, weights = _learned(bagged, classes)
    table, step = _small(weights, classes)
    sharpness, lean = _held_out(bagged, classes)
    keys = array("I", vocabulary.keys).tobytes()
    return View(
        classes=classes, keys=keys, rarity=vocabulary.rarity, weights=table, step=step * sharpness * SURER, lean=lean
    )


def _learned(bagged: Sequence[Bagged], classes: int) -> tuple[Vocabulary, list[int]]:
    """The features there are, and the packed weights of each."""
    vocabulary = _vocabulary(bagged)
    examples = [(own, _fixed(vector(bag, vocabulary))) for own, bag in bagged]
    return vocabulary, _train(examples, len(vocabulary.keys), classes)


def _vocabulary(bagged: Sequence[Bagged]) -> Vocabulary:
    """The features that tell something: found twice, or in one of the few sentences that a class has."""
    seen = Counter(key for _, views in bagged for bag in views for key in bag)
    sizes = Counter(own for own, _ in bagged)
    rare = {key for own, views in bagged if sizes[own] < PLENTY for bag in views for key in bag}
    keys = sorted(key for key, count in seen.items() if count > 1 or key in rare)
    rarity = (math.log((1 + len(bagged)) / (1 + seen[key])) + 1 for key in keys)
    return Vocabulary(keys, bytes(min(255, round(RARITY * one)) for one in rarity))


def _fixed(known: Sequence[tuple[int, float]]) -> list[tuple[int, int]]:
    return [(at, round(VALUE * weight)) for at, weight in known]


def _train(examples: Sequence[Example], features: int, classes: int) -> list[int]:
    lanes, order, random = Lanes(classes), list(examples), Random(0)
    weights = [0] * features
    for turn in range(PASSES):
        random.shuffle(order)
        step = RATE * WEIGHT / VALUE * (1 - turn / PASSES)
        for own, known in order:
            odds = softmax(_scores(weights, known, lanes))
            if odds[own] < LEARNED:
                change = [round(-step * one) for one in odds]
                change[own] += round(step)
                packed = lanes.pack(change)
                for at, weight in known:
                    weights[at] += weight * packed
    return weights


def _odds(
    weights: Sequence[int], known: Sequence[tuple[int, int]], lanes: Lanes, sharpness: float = 1.0
) -> list[float]:
    return softmax([sharpness * score for score in _scores(weights, known, lanes)])


def _scores(weights: Sequence[int], known: Sequence[tuple[int, int]], lanes: Lanes) -> list[float]:
    total = sum([weight * weights[at] for at, weight in known])
    return [score / (VALUE * WEIGHT) for score in lanes.unpack(total)]


def _likeness(views: "Sequence[Counter[int]]") -> int:
    """A number that near-duplicates are likely to share: the smallest of their features' numbers, scrambled."""
    return min((key * 2_654_435_761 % 2**32 for bag in views for key in bag), default=0)


def _held_out(bagged: Sequence[Bagged], classes: int) -> tuple[float, float]:
    """
    What only sentences that were not learned from can tell.

    Returns:
        What the scores must be multiplied with to be as sure as they are right, and what must be added to "no
        objection" so that it is heard out of most of what is none.
    """
    if len(bagged) < FEW:
        return USUAL, 0.0
    groups = [_likeness(bag) % PARTS for _, bag in bagged]
    vocabulary, weights = _learned([one for one, group in zip(bagged, groups, strict=True) if group], classes)
    lanes = Lanes(classes)
    scored = []
    for (own, bag), group in zip(bagged, groups, strict=True):
        if not group:
            known = substance(bag, vocabulary)
            scores = _scores(weights, _fixed(vector(bag, vocabulary)), lanes)
            scored.append((own, [known * score for score in scores]))
    sharpness = min(SHARPNESS, key=lambda sharpness: _surprise(scored, sharpness))
    return sharpness, _lean(scored, sharpness)


def _lean(scored: Sequence[tuple[int, Sequence[float]]], sharpness: float) -> float:
    """As much as it takes to refuse HEARD of what is no objection, as long as no more than MISSED of the others are."""
    doubts: tuple[list[float], list[float]] = ([], [])
    for own, (*topics, none) in scored:
        doubts[own == len(topics)].append(sharpness * (none - max(topics)))
    objections, others = map(sorted, doubts)
    if not objections or not others:
        return 0.0
    wanted = math.log(DOUBT) - others[int((1 - HEARD) * len(others))]
    borne = math.log(DOUBT) - objections[int((1 - MISSED) * len(objections))]
    return min(wanted, borne)


def _surprise(scored: Sequence[tuple[int, Sequence[float]]], sharpness: float) -> float:
    chances = (softmax([sharpness * score for score in scores])[own] for own, scores in scored)
    return -sum(math.log(max(chance, 1e-9)) for chance in chances)


def _small(weights: Sequence[int], classes: int) -> tuple[bytes, float]:
    """The weights as signed bytes, and the size of a step."""
    lanes = Lanes(classes)
    numbers = [number for packed in weights for number in lanes.unpack(packed)]
    most = max(map(abs, numbers), default=0) or 1
    small = array("b", (round(127 * number / most) for number in numbers))
    return small.tobytes(), most / WEIGHT / 127
