"""Style from free words: what somebody says of a person is taken apart into cues, which speak for a style.

What was observed is weighed in `style`; here it is what was described, once, with no day to it.
"""

import math
from collections.abc import Callable, Sequence

from salescoach.coach.cues import Lexicon, languages, lexicon, spot
from salescoach.coach.style import Shares, clear, shares_of
from salescoach.language import Lang
from salescoach.playbook.models import Cue, Typology
from salescoach.records.ids import STYLES, Style
from salescoach.shape import value

#: Words that belong to no cue are believed only where they move one style this far above even.
FAINT = 0.45


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
        return clear(self.shares)


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
    shares = shares_of(evidence)
    recognised = bool(cues or missing) or shares[0][1] >= FAINT
    return Description(
        shares=shares if recognised else shares_of(dict.fromkeys(STYLES, 0.0)),
        cues=cues,
        denied=missing,
        recognised=recognised,
    )


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


def _log(cue: Cue, style: Style) -> float:
    return math.log(cue.likelihood.get(style, 0.25))


def _log_without(cue: Cue, style: Style) -> float:
    """Of a style, given that the cue is said to be missing; a sure cue leaves a little doubt."""
    return math.log(max(0.02, 1 - cue.likelihood.get(style, 0.25)))
