"""Style as a hypothesis: what was seen in a person, weighed into a probability of each of the four styles.

Each cue's likelihoods stand in the styles playbook, and so does how far observations are believed: some are mistaken,
and old ones fade (people change, memories blur). The same cue seen again on the same day counts once. Below the
threshold there is no style, only cues to watch for. Sources: S004-CROSSWALK (cues), Merrill & Reid 1981 (two axes);
the weighing is ours (docs/decisions/0018).
"""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from salescoach.playbook.models import Cue, Typology, Weighing
from salescoach.records.ids import STYLES, Style
from salescoach.records.models import Contact, Observation
from salescoach.shape import value

#: A style is named from this probability on; below it tactics stay neutral.
THRESHOLD = 0.6

#: Probability of each style, best first.
Shares = tuple[tuple[Style, float], ...]


@value
class Reading:
    """What the observations say: probabilities that sum to 1, best first, and the style if one is clear enough."""

    shares: Shares
    style: Style | None
    seen: tuple[Observation, ...]  # those that a cue of the playbook stands behind, newest first

    @property
    def confidence(self) -> float:
        """Probability of the best style, rounded to two places."""
        return round(self.shares[0][1], 2)


def read(styles: Typology, seen: Iterable[Observation], today: date) -> Reading:
    """Weigh the observations of one person, as of `today`."""
    cues = {cue.id: cue for cue in styles.cues}
    known = sorted((one for one in seen if one.cue in cues), key=lambda one: (one.on, one.id), reverse=True)
    each = [_weights(styles, one, cues[one.cue], today) for one in distinct(known)]
    shares = shares_of({style: math.fsum(one[style] for one in each) for style in STYLES})
    return Reading(shares=shares, style=clear(shares), seen=tuple(known))


def distinct(seen: Iterable[Observation]) -> tuple[Observation, ...]:
    """The observations that count, in their order: the same cue once a day."""
    return tuple({(one.cue, one.on): one for one in seen}.values())


def weighing(styles: Typology) -> Weighing:
    """How far cues are believed, as the playbook says."""
    return styles.weighing or Weighing()


def believed(styles: Typology, cue: Cue) -> dict[Style, float]:
    """How likely the cue is noted in each style: some of what is noted is mistaken, and that is any style alike."""
    told = {style: cue.likelihood.get(style, 0.25) for style in STYLES}
    mistaken = weighing(styles).mistaken
    anyhow = mistaken * math.fsum(told.values()) / len(told)
    return {style: (1 - mistaken) * likely + anyhow for style, likely in told.items()}


def faded(styles: Typology, one: Observation, today: date) -> bool:
    """So old that it counts for half or less."""
    return (today - one.on).days >= weighing(styles).half_life_days


def without(styles: Typology, reading: Reading, one: Observation, cue: Cue, today: date) -> Shares:
    """The shares as they would be, had this one not been seen."""
    weights = _weights(styles, one, cue, today)
    return shares_of({style: math.log(max(share, 1e-300)) - weights[style] for style, share in reading.shares})


def updated(likelihood: Mapping[Style, float], belief: Mapping[Style, float]) -> dict[Style, float]:
    """The shares after a cue is seen that is that likely, as `believed` says."""
    odds = {style: share * likelihood[style] for style, share in belief.items()}
    total = sum(odds.values())
    return {style: share / total for style, share in odds.items()}


def effective(reading: Reading, contact: Contact | None) -> Style | None:
    """The style to act on: what was seen where that is clear, else the rep's own judgement, else none."""
    return reading.style or (contact.style if contact is not None else None)


def next_cues(styles: Typology, reading: Reading, limit: int) -> Sequence[Cue]:
    """The cues not yet seen that tell the two likeliest styles apart best."""
    return telling(styles, reading.shares, {one.cue for one in reading.seen}, limit)


def telling(styles: Typology, shares: Shares, seen: Collection[str], limit: int) -> Sequence[Cue]:
    """The cues, but for those of the ids seen, that tell the two likeliest styles apart best."""
    first, second = shares[0][0], shares[1][0]
    unseen = [(cue, believed(styles, cue)) for cue in styles.cues if cue.id not in seen]
    ranked = sorted(unseen, key=lambda pair: -abs(math.log(pair[1][first] / pair[1][second])))
    return [cue for cue, _ in ranked[:limit]]


def shares_of(evidence: Mapping[Style, float]) -> Shares:
    """Probabilities from log-likelihoods."""
    top = max(evidence.values())
    odds = {style: math.exp(weight - top) for style, weight in evidence.items()}
    total = sum(odds.values())
    return tuple(sorted(((style, share / total) for style, share in odds.items()), key=lambda pair: -pair[1]))


def clear(shares: Shares) -> Style | None:
    """The likeliest style, if it is likely enough to be named."""
    best, share = shares[0]
    return best if share >= THRESHOLD else None


def _weights(styles: Typology, one: Observation, cue: Cue, today: date) -> dict[Style, float]:
    """Log-likelihood of each style given the cue, faded with age."""
    age = max(0, (today - one.on).days)
    fade: float = 0.5 ** (age / weighing(styles).half_life_days)
    return {style: fade * math.log(likely) for style, likely in believed(styles, cue).items()}
