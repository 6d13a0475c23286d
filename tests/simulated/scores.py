"""How well shares of the four styles fit what was true: found, Brier score, and how far sureness is off."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from salescoach.records.ids import Style

#: What was true, and the shares that were given.
Case = tuple[Style, Mapping[Style, float]]


@dataclass(frozen=True)
class Bin:
    """Cases that were alike sure."""

    count: int
    sure: float  # mean share of the likeliest style
    found: float  # share of cases where it was the true one


@dataclass(frozen=True)
class Scores:
    """
    Of many cases.

    Args:
        brier: Mean sum over the styles of the squared distance from the truth: 0 is best; always even is 0.75.
        off: Mean distance of sureness from truth over the bins, weighted by their cases (expected calibration error).
        over: Mean sureness less the share found: above 0 it believes itself too much.
    """

    count: int
    found: float
    brier: float
    off: float
    over: float
    bins: tuple[Bin, ...]

    def __str__(self) -> str:
        return f"found {self.found:.1%} of {self.count}, Brier {self.brier:.3f}, off {self.off:.3f}, over {self.over:+.3f}"


def scores(cases: Sequence[Case]) -> Scores:
    """Hold shares against the truth; bins are tenths of sureness."""
    told = sorted((max(shares.values()), shares[true] == max(shares.values())) for true, shares in cases)
    groups = [list(group) for _, group in groupby(told, key=lambda one: min(9, int(10 * one[0])))]
    bins = tuple(Bin(len(one), _mean(sure for sure, _ in one), _mean(hit for _, hit in one)) for one in groups)
    return Scores(
        count=len(cases),
        found=_mean(hit for _, hit in told),
        brier=_mean(sum((p - (style == true)) ** 2 for style, p in shares.items()) for true, shares in cases),
        off=sum(one.count * abs(one.sure - one.found) for one in bins) / len(cases),
        over=_mean(sure - hit for sure, hit in told),
        bins=bins,
    )


def _mean(numbers: Iterable[float]) -> float:
    each = list(numbers)
    return sum(each) / len(each)
