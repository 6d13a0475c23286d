"""Style as a hypothesis: what was seen in a person, weighed into a probability of each of the four styles.

Each cue's likelihoods stand in the styles playbook, and so does how far observations are believed: some are mistaken,
and old ones fade (people change, memories blur). The same cue seen again on the same day counts once. Below the
threshold there is no style, only cues to watch for. Sources: S004-CROSSWALK (cues), Merrill & Reid 1981 (two axes);
the weighing is ours (docs/decisions/0018).
"""

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date

from salescoach.coach.cues import STYLES, Lexicon, languages, lexicon, spot
from salescoach.language import Lang
from salescoach.playbook.models import Cue, Typology, Weighing
from salescoach.records.ids import Style
from salescoach.records.models import Contact, Observation
from salescoach.shape import value

#: A style is named from this probability on; below it tactics stay neutral.
THRESHOLD = 0.6
#: Words that belong to no cue are believed only where they move one style this far above even.
FAINT = 0.45

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


@value
class Description:
    """What free words on a person say; like a reading, of what is described rather than what was observed."""

    shares: Shares
    cues: tuple[Cue, ...]  # those it names, in the order it names them
    denied: tuple[Cue, ...]  # those it says the person does not show
    recognised: bool  # otherwise the shares are even

    @property
    def style(self) -> Style | None:
        """The style, if one is clear enough."""
        return _clear(self.shares)


def read(styles: Typology, seen: Iterable[Observation], today: date) -> Reading:
    """Weigh the observations of one person, as of `today`."""
    cues = {cue.id: cue for cue in styles.cues}
    known = sorted((one for one in seen if one.cue in cues), key=lambda one: (one.on, one.id), reverse=True)
    each = [_weights(styles, one, cues[one.cue], today) for one in distinct(known)]
    shares = _shares({style: math.fsum(one[style] for one in each) for style in STYLES})
    return Reading(shares=shares, style=_clear(shares), seen=tuple(known))


def describe(styles: Typology, known: Callable[[Lang], Lexicon], words: str) -> Description:
    """
    Read a style from free words on how a person behaves, in either language or both.

    Args:
        known: The lexicon of a language, made from `styles`; asked for only where the words need it.
    """
    spotted = [spot(known(lang), words) for lang in languages(words)]
    named = tuple(dict.fromkeys(number for one in spotted for number in one.named))
    denied = tuple(dict.fromkeys(number for one in spotted for number in one.denied if number not in named))
    drift = [sum(one.drift[at] for one in spotted) for at in range(len(STYLES))]
    cues, missing = (tuple(styles.cues[number] for number in numbers) for numbers in (named, denied))
    evidence = {
        style: drift[at] + sum(_log(cue, style) for cue in cues) + sum(_log_without(cue, style) for cue in missing)
        for at, style in enumerate(STYLES)
    }
    shares = _shares(evidence)
    recognised = bool(cues or missing) or shares[0][1] >= FAINT
    return Description(
        shares=shares if recognised else _shares(dict.fromkeys(STYLES, 0.0)),
        cues=cues,
        denied=missing,
        recognised=recognised,
    )


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
    return _shares({style: math.log(max(share, 1e-300)) - weights[style] for style, share in reading.shares})


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


def telltale(styles: Typology) -> Sequence[Cue]:
    """One cue for each style, in their order: the one that tells it from all others best."""

    def lead(cue: Cue, style: Style) -> float:
        return _log(cue, style) - max(_log(cue, other) for other in STYLES if other != style)

    return [max(styles.cues, key=lambda cue: lead(cue, style)) for style in STYLES]


def recognise(styles: Typology, words: str, known: Callable[[Lang], Lexicon] | None = None) -> tuple[str, ...]:
    """
    Ids of the cues that free words describe: a cue's own id, or any of the forms it may be put in.

    Args:
        known: What the playbook says in a language, where that has been worked out before.
    """
    look_up = known or (lambda lang: lexicon(styles, lang))
    if any(cue.id == words for cue in styles.cues):
        return (words,)
    found = (number for lang in languages(words) for number in spot(look_up(lang), words).named)
    return tuple(styles.cues[number].id for number in dict.fromkeys(found))


def _shares(evidence: Mapping[Style, float]) -> Shares:
    """Probabilities from log-likelihoods."""
    top = max(evidence.values())
    odds = {style: math.exp(weight - top) for style, weight in evidence.items()}
    total = sum(odds.values())
    return tuple(sorted(((style, share / total) for style, share in odds.items()), key=lambda pair: -pair[1]))


def _clear(shares: Shares) -> Style | None:
    best, share = shares[0]
    return best if share >= THRESHOLD else None


def _weights(styles: Typology, one: Observation, cue: Cue, today: date) -> dict[Style, float]:
    """Log-likelihood of each style given the cue, faded with age."""
    age = max(0, (today - one.on).days)
    fade: float = 0.5 ** (age / weighing(styles).half_life_days)
    return {style: fade * math.log(likely) for style, likely in believed(styles, cue).items()}


def _log(cue: Cue, style: Style) -> float:
    return math.log(cue.likelihood.get(style, 0.25))


def _log_without(cue: Cue, style: Style) -> float:
    """Of a style, given that the cue is said to be missing; a sure cue leaves a little doubt."""
    return math.log(max(0.02, 1 - cue.likelihood.get(style, 0.25)))
