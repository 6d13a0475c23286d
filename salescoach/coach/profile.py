"""One person's style as far as it is known: what speaks for it, what against, what to watch, and how to adjust to it.

The quiz asks for the cues that would tell the most now. Sources: S004-CROSSWALK (cues, tactics), Merrill & Reid 1981
(style under stress; versatility: the rep adjusts); which cues are asked is ours.
"""

import math
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from salescoach.coach.advice import Advice, Voice, advise, documents
from salescoach.coach.cues import STYLES
from salescoach.coach.prep import Books, adjusting, entry_lines
from salescoach.coach.style import (
    Reading,
    Shares,
    distinct,
    effective,
    faded,
    next_cues,
    read,
    updated,
    without,
)
from salescoach.language import pick
from salescoach.playbook.models import Cue, Typology
from salescoach.records.ids import Style
from salescoach.records.models import Contact, Observation
from salescoach.shape import value

#: Cues that a quiz asks for, and those to look for while the style is open.
ASKED, LOOK_FOR = 9, 3
#: Of what earlier answers may have made of the shares, only the likeliest are weighed.
BRANCHES = 12
#: How likely it is to come to these shares, and the shares.
Belief = tuple[float, dict[Style, float]]


@value
class Seen:
    """One cue seen on a day: what it speaks for, and how it stands to all the rest."""

    cue: str
    text: str
    on: date
    speaks_for: Style
    fading: bool  # counts for half or less
    against: bool  # without it the likeliest style would be likelier still


@value
class Profile:
    """What is known of how one person behaves."""

    name: str
    client: str
    contact: Contact | None
    reading: Reading
    style: Style | None  # the one acted on
    seen: tuple[Seen, ...]  # newest first
    watch: tuple[Advice, ...]  # cues that would tell the likeliest styles apart, best first
    do: tuple[Advice, ...]
    stress: tuple[Advice, ...]
    adjust: tuple[Advice, ...]
    own: Style | None  # the rep's own judgement of this person


def profile(
    books: Books,
    seen: Iterable[Observation],
    client: str,
    contact: Contact | None,
    mine: Style | None,
    today: date,
    speaker: Voice,
) -> Profile:
    """
    The profile of one person, or of a client without people.

    Args:
        seen: What was observed in this person.
        mine: The rep's own style.
    """
    styles = books.get(Typology, "styles")
    reading = read(styles, seen, today)
    style = effective(reading, contact)
    return Profile(
        name=contact.name if contact else client,
        client=client,
        contact=contact,
        reading=reading,
        style=style,
        seen=evidence(styles, reading, today, speaker),
        watch=advise(styles, watched(styles, reading), speaker),
        do=entry_lines(styles, style or "neutral", "do", speaker),
        stress=entry_lines(styles, style, "stress", speaker),
        adjust=adjusting(books, mine, style, speaker),
        own=contact.style if contact else None,
    )


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
            fading=faded(one, today),
            against=dict(without(reading, one, cues[one.cue], today))[best] > reading.shares[0][1] + 1e-9,
        )
        for one in distinct(reading.seen)
    )


def watched(styles: Typology, reading: Reading) -> Sequence[Cue]:
    """The next cues to watch for: those that tell a clear style from the next one, else those that tell the most."""
    if reading.style:
        return next_cues(styles, reading, LOOK_FOR)
    met = {one.cue for one in reading.seen}
    return most_telling([cue for cue in styles.cues if cue.id not in met], reading.shares, LOOK_FOR)


# The quiz


def quiz(styles: Typology, reading: Reading, today: date, begun: Sequence[str] = ()) -> tuple[Cue, ...]:
    """
    The cues to ask for now, the one that would tell most first; those that still count were seen and are not asked.

    Args:
        begun: Ids of cues that a quiz left half-way has asked already; they come first.
    """
    fresh = {one.cue for one in reading.seen if not faded(one, today)}
    cues = {cue.id: cue for cue in styles.cues}
    first = [cues[id_] for id_ in begun if id_ in cues]
    left = [cue for cue in styles.cues if cue.id not in fresh and cue.id not in begun]
    return (*first, *most_telling(left, reading.shares, max(0, ASKED - len(first))))


def most_telling(cues: Sequence[Cue], shares: Shares, limit: int) -> tuple[Cue, ...]:
    """
    The cues that together are expected to move the shares most, chosen one by one.

    Only a yes is kept, so only a yes tells anything: what a cue is worth is how likely a yes is, times how far that
    would move what is believed by then, over all that the answers before it may have made of it.
    """
    left, picked = list(cues), list[Cue]()
    beliefs: list[Belief] = [(1.0, dict(shares))]
    while left and len(picked) < limit:
        best = max(left, key=lambda cue: sum(weight * gain(cue, belief) for weight, belief in beliefs))
        left.remove(best)
        picked.append(best)
        after = [branch for weight, belief in beliefs for branch in _answered(best, weight, belief)]
        beliefs = sorted(after, key=lambda branch: -branch[0])[:BRANCHES]
    return tuple(picked)


def gain(cue: Cue, belief: dict[Style, float]) -> float:
    """Bits that asking for this cue is expected to bring: P(yes) × the distance of the shares after a yes."""
    after = updated(cue, belief)
    return _yes(cue, belief) * sum(share * math.log2(share / belief[style]) for style, share in after.items() if share)


def _yes(cue: Cue, belief: dict[Style, float]) -> float:
    return sum(share * cue.likelihood.get(style, 0.25) for style, share in belief.items())


def _answered(cue: Cue, weight: float, belief: dict[Style, float]) -> tuple[Belief, ...]:
    yes = _yes(cue, belief)
    return (weight * yes, updated(cue, belief)), (weight * (1 - yes), belief)


def document(made: Profile) -> dict[str, Any]:
    """The profile as `profile --json` prints it."""
    shares = [round(share, 4) for _, share in made.reading.shares]
    shares[0] = round(1 - sum(shares[1:]), 4)  # so that what is printed sums to 1 as well
    return {
        "schema": "salescoach/profile@1",
        "client": made.client,
        "contact": made.contact.name if made.contact else None,
        "styles": [{"style": name, "p": p} for (name, _), p in zip(made.reading.shares, shares, strict=True)],
        "confidence": made.reading.confidence,
        "style": made.reading.style,
        "evidence": [
            {
                "cue": one.cue,
                "text": one.text,
                "on": one.on,
                "speaks_for": one.speaks_for,
                "fading": one.fading,
                "against": one.against,
            }
            for one in made.seen
        ],
        "next_cue": made.watch[0].document() if made.watch else None,
        "look_for": [] if made.style else documents(made.watch),
        "do": documents(made.do),
        "stress": documents(made.stress),
        "own": made.own,
        "adjust": documents(made.adjust),
    }
