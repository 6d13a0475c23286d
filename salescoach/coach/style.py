"""Style as a hypothesis: what was seen in a person, weighed into a probability of each of the four styles.

Each cue's likelihoods stand in the styles playbook. Observations count half after a year (people change, memories
blur), and the same cue seen again on the same day counts once. Below the threshold there is no style, only cues to
watch for. Sources: S004-CROSSWALK (cues), Merrill & Reid 1981 (two axes); the weighing is ours.
"""

import math
from collections.abc import Iterable, Sequence
from datetime import date
from typing import get_args

from salescoach.playbook.models import Cue, Typology
from salescoach.records.ids import Style
from salescoach.records.models import Contact, Observation
from salescoach.shape import value

STYLES: tuple[Style, ...] = get_args(Style)
#: A style is named from this probability on; below it tactics stay neutral.
THRESHOLD = 0.6
HALF_LIFE_DAYS = 365.0


@value
class Reading:
    """What the observations say: probabilities that sum to 1, best first, and the style if one is clear enough."""

    shares: tuple[tuple[Style, float], ...]
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
    distinct = {(one.cue, one.on): one for one in known}.values()
    evidence = {style: sum(_weight(one, cues[one.cue], style, today) for one in distinct) for style in STYLES}
    top = max(evidence.values())
    odds = {style: math.exp(weight - top) for style, weight in evidence.items()}
    total = sum(odds.values())
    shares = sorted(((style, share / total) for style, share in odds.items()), key=lambda pair: -pair[1])
    best, share = shares[0]
    return Reading(shares=tuple(shares), style=best if share >= THRESHOLD else None, seen=tuple(known))


def _weight(one: Observation, cue: Cue, style: Style, today: date) -> float:
    """Log-likelihood of the style given the cue, faded with age."""
    age = max(0, (today - one.on).days)
    fade: float = 0.5 ** (age / HALF_LIFE_DAYS)
    return fade * math.log(cue.likelihood.get(style, 0.25))


def effective(reading: Reading, contact: Contact | None) -> Style | None:
    """The style to act on: what was seen where that is clear, else the rep's own judgement, else none."""
    return reading.style or (contact.style if contact is not None else None)


def next_cues(styles: Typology, reading: Reading, limit: int) -> Sequence[Cue]:
    """The cues not yet seen that tell the two likeliest styles apart best."""
    first, second = reading.shares[0][0], reading.shares[1][0]
    seen = {one.cue for one in reading.seen}
    unseen = [cue for cue in styles.cues if cue.id not in seen]
    return sorted(unseen, key=lambda cue: -_contrast(cue, first, second))[:limit]


def _contrast(cue: Cue, first: Style, second: Style) -> float:
    ratio = math.log(cue.likelihood.get(first, 0.25)) - math.log(cue.likelihood.get(second, 0.25))
    return abs(ratio)


def recognise(styles: Typology, words: str) -> tuple[str, ...]:
    """Ids of the cues that free words describe: a cue's own id or text, or any of the forms it may be put in."""
    said = _plain(words)
    return tuple(cue.id for cue in styles.cues if any(form and form in said for form in _forms(cue)) or cue.id == words)


def _forms(cue: Cue) -> list[str]:
    texts = [cue.text] if isinstance(cue.text, str) else list(cue.text.values())
    return [_plain(form) for form in (*texts, *(one for forms in cue.words.values() for one in forms))]


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
