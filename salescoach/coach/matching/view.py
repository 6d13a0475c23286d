"""What was learned of one language, in the compact form that a single query needs: a few arrays of small numbers."""

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from zlib import crc32

from salescoach.shape import value

#: How telling a feature is (its inverse document frequency), in steps of 1 / RARITY.
RARITY = 25

#: "No objection" is taken for meant from this many times the likelihood of the best topic on.
DOUBT = 0.5
#: A feature that stands in this many times as many sentences as the rarest is common.
FEW = 3

#: How much a sentence must hold before it counts in full: as much as that many squared units of rarity.
SCANT = 200

#: A sentence as (feature number, weight) pairs.
Vector = list[tuple[int, float]]


@value
class View:
    """
    A linear classifier over hashed features; the last class is "no objection at all".

    Feature `i` is number `i` of the sorted 32-bit `keys`, is as telling as byte `i` of `rarity`, and its weights for
    all classes are the signed bytes from `i * classes` on, in steps of `step`. `lean` is added to the last class.
    """

    classes: int
    keys: bytes
    rarity: bytes
    weights: bytes
    step: float
    lean: float = 0.0


class Vocabulary:
    """The features that are known: their sorted keys, and how telling each is, in steps of 1 / RARITY."""

    def __init__(self, keys: Sequence[int], rarity: bytes) -> None:
        self.keys = keys
        self.rarity = rarity
        # Looked for from the top: `max` goes through every feature, which is longer than a sentence takes.
        self.rarest = next((step for step in range(255, -1, -1) if step in rarity), RARITY) / RARITY

    def weighed(self, bag: Counter[int]) -> Iterator[tuple[int | None, float]]:
        """Each feature's number and weight (tf-idf); an unknown one has no number, and counts as the rarest known."""
        for key, count in bag.items():
            at = bisect_left(self.keys, key)
            often = 1 + math.log(count)
            if at < len(self.keys) and self.keys[at] == key:
                yield at, often * self.rarity[at] / RARITY
            else:
                yield None, often * self.rarest


def vector(bags: Sequence[Counter[int]], vocabulary: Vocabulary) -> Vector:
    """The known features of a sentence with their weights: each view of length one, however many features it has."""
    whole: Vector = []
    for bag in bags:
        raw = [(at, weight) for at, weight in vocabulary.weighed(bag) if at is not None]
        length = math.sqrt(sum(weight * weight for _, weight in raw)) or 1.0
        whole.extend((at, weight / length) for at, weight in raw)
    return whole


def substance(bags: Sequence[Counter[int]], vocabulary: Vocabulary) -> float:
    """How much of a sentence is known, 0 to 1: little of a text from elsewhere, and little of a very short one."""
    weighed = [pair for bag in bags for pair in vocabulary.weighed(bag)]
    whole = sum(weight * weight for _, weight in weighed)
    known = sum(weight * weight for at, weight in weighed if at is not None)
    return math.sqrt(known / (whole + SCANT))


def likelihoods(view: View, bags: Sequence[Counter[int]]) -> list[float]:
    """The probability of each class; all 0 where nothing in the sentence is known."""
    vocabulary = Vocabulary(memoryview(view.keys).cast("I"), view.rarity)
    weights = memoryview(view.weights).cast("b")
    known = vector(bags, vocabulary)
    if not known:
        return [0.0] * view.classes
    sums = [0.0] * view.classes
    for at, weight in known:
        row = weights[at * view.classes : (at + 1) * view.classes]
        sums = [so_far + weight * one for so_far, one in zip(sums, row, strict=True)]
    sharpness = view.step * substance(bags, vocabulary)
    *topics, none = (sharpness * one for one in sums)
    return softmax([*topics, none + view.lean])


def is_common(view: View, feature: str) -> bool:
    """Whether a feature stands in more than a few sentences: at least FEW times as many as the rarest."""
    keys = memoryview(view.keys).cast("I")
    key = crc32(feature.encode())
    at = bisect_left(keys, key)
    known = at < len(keys) and keys[at] == key
    return known and view.rarity[at] <= max(view.rarity) - RARITY * math.log(FEW)


def softmax(scores: Sequence[float]) -> list[float]:
    """Scores as probabilities."""
    top = max(scores)
    odds = [math.exp(score - top) for score in scores]
    whole = sum(odds)
    return [one / whole for one in odds]
