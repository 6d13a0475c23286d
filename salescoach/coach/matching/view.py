"""What was learned of one language, in the compact form that a single query needs: a few arrays of small numbers."""

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from salescoach.shape import value

#: How telling a feature is (its inverse document frequency), in steps of 1 / RARITY.
RARITY = 25

#: A sentence as (feature number, weight) pairs.
Vector = list[tuple[int, float]]


@value
class View:
    """
    A linear classifier over hashed features; the last class is "no objection at all".

    Feature `i` is number `i` of the sorted 32-bit `keys`, is as telling as byte `i` of `rarity`, and its weights for
    all classes are the signed bytes from `i * classes` on, in steps of `step`.
    """

    classes: int
    keys: bytes
    rarity: bytes
    weights: bytes
    step: float


def vector(bags: Sequence[Counter[int]], keys: "Sequence[int]", rarity: bytes) -> Vector:
    """The known features of a sentence with their weights: each view of length one, however many features it has."""
    whole: Vector = []
    for bag in bags:
        raw = [
            (at, (1 + math.log(count)) * rarity[at] / RARITY)
            for key, count in bag.items()
            if (at := bisect_left(keys, key)) < len(keys) and keys[at] == key
        ]
        length = math.sqrt(sum(weight * weight for _, weight in raw)) or 1.0
        whole.extend((at, weight / length) for at, weight in raw)
    return whole


def likelihoods(view: View, bags: Sequence[Counter[int]]) -> list[float]:
    """The probability of each class; all 0 where nothing in the sentence is known."""
    keys = memoryview(view.keys).cast("I")
    weights = memoryview(view.weights).cast("b")
    known = vector(bags, keys, view.rarity)
    if not known:
        return [0.0] * view.classes
    sums = [0.0] * view.classes
    for at, weight in known:
        row = weights[at * view.classes : (at + 1) * view.classes]
        sums = [so_far + weight * one for so_far, one in zip(sums, row, strict=True)]
    return softmax([view.step * one for one in sums])


def softmax(scores: Sequence[float]) -> list[float]:
    """Scores as probabilities."""
    top = max(scores)
    odds = [math.exp(score - top) for score in scores]
    whole = sum(odds)
    return [one / whole for one in odds]
