"""What was seen in a person, dated and weighed, and which cues to watch for next.

Sources: S004-CROSSWALK (cues); which ones are worth watching for is ours.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from salescoach.coach.advice import Voice
from salescoach.coach.style import Reading, Shares, believed, distinct, faded, next_cues, updated, without
from salescoach.language import pick
from salescoach.playbook.models import Cue, Typology
from salescoach.records.ids import STYLES, Style
from salescoach.shape import value

#: Cues to look for while the style is open.
LOOK_FOR = 3
#: Of what earlier answers may have made of the shares, only the likeliest are weighed.
BRANCHES = 12
#: How likely it is to come to these shares, and the shares.
Belief = tuple[float, dict[Style, float]]
#: How likely a cue is noted in each style.
Likelihood = Mapping[Style, float]


@value
class Seen:
    """One cue seen on a day: what it speaks for, and how it stands to all the rest."""

    cue: str
    text: str
    on: date
    speaks_for: Style
    fading: bool  # counts for half or less
    against: bool  # without it the likeliest style would be likelier still


def evidence(styles: Typology, reading: Reading, today: date, speaker: Voice) -> tuple[Seen, ...]:
    """What the reading rests on, newest first; the same cue once a day."""
    cues = {cue.id: cue for cue in styles.cues}
    best = reading.shares[0][0]
    return tuple(
        Seen(
            cue=one.cue,
            text=pick(cues[one.cue].text, speaker.lang),
            on=one.on,
            speaks_for=max(STYLES, key=lambda style: cues[one.cue].likelihood.get(style, 0.25)),
            fading=faded(styles, one, today),
            against=dict(without(styles, reading, one, cues[one.cue], today))[best] > reading.shares[0][1] + 1e-9,
        )
        for one in distinct(reading.seen)
    )


def watched(styles: Typology, reading: Reading) -> Sequence[Cue]:
    """The next cues to watch for: those that tell a clear style from the next one, else those that tell the most."""
    if reading.style:
        return next_cues(styles, reading, LOOK_FOR)
    met = {one.cue for one in reading.seen}
    return most_telling(styles, [cue for cue in styles.cues if cue.id not in met], reading.shares, LOOK_FOR)


def most_telling(styles: Typology, cues: Iterable[Cue], shares: Shares, limit: int) -> tuple[Cue, ...]:
    """
    The cues that together are expected to move the shares most, chosen one by one.

    Only a yes is kept, so only a yes tells anything: what a cue is worth is how likely a yes is, times how far that
    would move what is believed by then, over all that the answers before it may have made of it.
    """
    left, picked = [(cue, believed(styles, cue)) for cue in cues], list[Cue]()
    beliefs: list[Belief] = [(1.0, dict(shares))]
    while left and len(picked) < limit:
        best = max(left, key=lambda pair: sum(weight * gain(pair[1], belief) for weight, belief in beliefs))
        left.remove(best)
        picked.append(best[0])
        after = [branch for weight, belief in beliefs for branch in _answered(best[1], weight, belief)]
        beliefs = sorted(after, key=lambda branch: -branch[0])[:BRANCHES]
    return tuple(picked)


def gain(likely: Likelihood, belief: dict[Style, float]) -> float:
    """Bits that asking for a cue is expected to bring: P(yes) × the distance of the shares after a yes."""
    after = updated(likely, belief)
    moved = sum(share * math.log2(share / belief[style]) for style, share in after.items() if share)
    return _yes(likely, belief) * moved


def _yes(likely: Likelihood, belief: dict[Style, float]) -> float:
    return sum(share * likely[style] for style, share in belief.items())


def _answered(likely: Likelihood, weight: float, belief: dict[Style, float]) -> tuple[Belief, ...]:
    yes = _yes(likely, belief)
    return (weight * yes, updated(likely, belief)), (weight * (1 - yes), belief)
