"""One person's style as far as it is known: what speaks for it, what against, what to watch, and how to adjust to it.

The quiz asks for the cues that would tell the most now. Sources: S004-CROSSWALK (cues, tactics), Merrill & Reid 1981
(style under stress; versatility: the rep adjusts); which cues are asked is ours.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from salescoach.coach.advice import Advice, Voice, advise, documents
from salescoach.coach.prep import Books, adjusting, entry_lines
from salescoach.coach.style import Reading, effective, faded, read
from salescoach.coach.watching import Seen, evidence, most_telling, watched
from salescoach.language import pick
from salescoach.playbook.models import Cue, Typology
from salescoach.records.ids import Style
from salescoach.records.models import Contact, Observation
from salescoach.shape import value

#: Cues that a quiz asks for.
ASKED = 9


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
    grounds: tuple[Advice, ...] = ()  # the cues that were seen, newest first, each once
    unnamed: tuple[str, ...] = ()  # what was noticed there among several people, and not said in whom

    @property
    def looked_for(self) -> tuple[Advice, ...]:
        """What to watch for that is shown: where the style is clear, one cue will do."""
        return self.watch[:1] if self.reading.style else self.watch

    def because(self, seen: int | None = None, do: int | None = None) -> tuple[Advice, ...]:
        """Everything that has a reason, as far as it is shown: of what was seen and what to do only so many."""
        shown = {one.cue for one in self.seen[:seen]}
        grounds = (line for line in self.grounds if line.id.rpartition(".")[2] in shown)
        return (*grounds, *self.looked_for, *self.do[:do], *self.adjust, *self.stress)


def profile(
    books: Books,
    seen: Iterable[Observation],
    client: str,
    contact: Contact | None,
    mine: Style | None,
    today: date,
    speaker: Voice,
    among: Iterable[Observation] = (),
) -> Profile:
    """
    The profile of one person, or of a client without people.

    Args:
        seen: What was observed in this person.
        mine: The rep's own style.
        among: What was observed there and put down to nobody.
    """
    styles = books.get(Typology, "styles")
    reading = read(styles, seen, today)
    style = effective(reading, contact)
    cues = {cue.id: cue for cue in styles.cues}
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
        grounds=advise(styles, [cues[id_] for id_ in dict.fromkeys(one.cue for one in reading.seen)], speaker),
        unnamed=tuple(
            dict.fromkeys(pick(cues[one.cue].text, speaker.lang) if one.cue in cues else one.cue for one in among)
        ),
    )


#: Where a style lies on the two axes: how fast and direct, and whether things or people come first (S004-AXES).
AXES: dict[tuple[str, str], Style] = {
    ("quick", "task"): "driver",
    ("quick", "people"): "expressive",
    ("calm", "people"): "amiable",
    ("calm", "task"): "analytical",
}


def on_axes(pace: str | None, focus: str | None) -> Style | None:
    """The style of somebody who says where they lie on both axes (Merrill & Reid 1981); None where one is open."""
    return AXES.get((pace or "", focus or ""))


# The quiz


def quiz(styles: Typology, reading: Reading, today: date, begun: Sequence[str] = ()) -> tuple[Cue, ...]:
    """
    The cues to ask for now, the one that would tell most first; those that still count were seen and are not asked.

    Args:
        begun: Ids of cues that a quiz left half-way has asked already; they come first.
    """
    fresh = {one.cue for one in reading.seen if not faded(styles, one, today)}
    cues = {cue.id: cue for cue in styles.cues}
    first = [cues[id_] for id_ in begun if id_ in cues]
    left = [cue for cue in styles.cues if cue.id not in fresh and cue.id not in begun]
    return (*first, *most_telling(styles, left, reading.shares, max(0, ASKED - len(first))))


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
