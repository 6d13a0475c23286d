"""Advice: a line of a playbook, in the rep's language, filled with the rep's own names, able to say why."""

import re
from collections.abc import Iterable
from typing import Protocol

from salescoach.language import Lang, Text, pick, say
from salescoach.playbook.conditions import holds
from salescoach.playbook.facts import Facts
from salescoach.playbook.models import Evidence, Playbook, Rule, When
from salescoach.records.me import Me
from salescoach.shape import value

_PLACE = re.compile(r"\{(\w+)\}")
#: Placeholders that always have wording: the rep's own, or a plain word in its place.
ALWAYS = ("company", "product", "client", "contact", "rep")


@value
class Advice:
    """One thing to say or do. `id` is the same in both languages; `playbook` and `version` say where it stands."""

    id: str
    text: str
    source: str
    playbook: str
    version: int
    evidence: Evidence | None = None

    def document(self) -> dict[str, str]:
        """As in every JSON document: id, text, source."""
        return {"id": self.id, "text": self.text, "source": self.source}

    def because(self) -> dict[str, object]:
        """Why this is said: rule, playbook, version, source and how strong the evidence is."""
        grade = {} if self.evidence is None else {"strength": self.evidence.strength, "evidence": self.evidence.source}
        return {"id": self.id, "playbook": self.playbook, "version": self.version, "source": self.source, **grade}


class Sayable(Protocol):
    """What lines of every kind have in common."""

    @property
    def id(self) -> str:
        """Unique in its playbook."""

    @property
    def source(self) -> str | None:
        """A framework id, or "ours"."""

    @property
    def evidence(self) -> Evidence | None:
        """How far it can be trusted."""


@value
class Voice:
    """Who speaks, to whom, in which language: what the placeholders of a line are filled with."""

    lang: Lang
    words: dict[str, str]

    def fill(self, text: Text) -> str | None:
        """`text` in the rep's language with its names; None where a name it cannot do without is not known."""
        wording = pick(text, self.lang)
        wanted = set(_PLACE.findall(wording))
        if not wanted:
            return wording
        if any(name not in self.words and name not in ALWAYS for name in wanted):
            return None
        return _PLACE.sub(lambda place: self._word(place, wording), wording)

    def _word(self, place: re.Match[str], wording: str) -> str:
        word = self.words.get(place[1]) or say(f"coach.{place[1]}", self.lang)
        starts = not wording[: place.start()].strip("“ ") or re.search(r"[.?!:][”]? “?$", wording[: place.start()])
        return word[:1].upper() + word[1:] if starts else word


def voice(lang: Lang, me: Me, *, client: str = "", contact: str = "", **more: str) -> Voice:
    """The rep's voice towards one client; empty words are left to their stand-ins."""
    words = {
        "company": me.company,
        "product": me.products[0] if me.products else "",
        "rep": me.name,
        "proof": me.proof_points[0] if me.proof_points else "",
        "client": client,
        "contact": contact,
        **more,
    }
    return Voice(lang=lang, words={name: word for name, word in words.items() if word})


def advise(book: Playbook, lines: Iterable[Sayable], speaker: Voice, facts: Facts | None = None) -> tuple[Advice, ...]:
    """The lines that hold for these facts, as advice, in their order. `lines` have `text` or (rules) `say`."""
    given = []
    for line in lines:
        when: When | None = getattr(line, "when", None)
        text = speaker.fill(line.say if isinstance(line, Rule) else getattr(line, "text", ""))
        if text is not None and (facts is None or holds(when, facts)):
            given.append(_advice(book, line, text))
    return tuple(given)


def documents(advice: Iterable[Advice]) -> list[dict[str, str]]:
    """A list of advice as it stands in a JSON document."""
    return [line.document() for line in advice]


def _advice(book: Playbook, line: Sayable, text: str) -> Advice:
    return Advice(
        id=f"{book.id}.{line.id}",
        text=text,
        source=line.source or (book.sources[0] if book.sources else "ours"),
        playbook=book.id,
        version=book.version,
        evidence=evidence_of(book, line),
    )


def evidence_of(book: Playbook, line: Sayable) -> Evidence | None:
    """
    How far a line can be trusted: by its own evidence, else by what holds for its source.

    A playbook's evidence speaks for the lines of its first source alone. What another source of the digest says is
    practice, as all that courses teach; what is ours claims nothing.
    """
    first = book.sources[0] if book.sources else None
    if line.evidence is not None or line.source in (None, first):
        return line.evidence or book.evidence
    return None if line.source == "ours" else Evidence(strength="practice")


def is_spoken(text: str) -> bool:
    """A line to be said as it stands: in quotes from its first word to its last."""
    return text.startswith(("“", '"')) and text.endswith(("”", '"'))


def own_words(id_: str, text: str) -> Advice:
    """Advice that comes from the rep's own records or plan rather than from a playbook."""
    return Advice(id=id_, text=text, source="ours", playbook="records", version=0)
