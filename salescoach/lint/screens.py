"""Checks of what a rep can take in: an objection's first block, a checklist's sections."""

from collections.abc import Iterator, Sequence
from itertools import product

from salescoach.coach.advice import Voice, voice
from salescoach.language import LANGS, Lang, say
from salescoach.lint.finding import Finding
from salescoach.lint.source import Known, Source
from salescoach.playbook.conditions import fact_table
from salescoach.playbook.models import Card, Checklist, Objection, Part, Playbook, Question, Scorecard, Section
from salescoach.records.me import Me
from salescoach.render.card import rows, wide
from salescoach.wrap import wrap

#: Rows of the first block, and the cells of a row on 80 columns with a small margin.
ROWS, MEASURE = 6, 74
#: Rows of a card on 80 columns: a screen of 24, with the command above it and a line below. Cells of a picture.
CARD, COLUMNS, PICTURE = 22, 80, 38
#: Questions at one pause point, those for `--deep` not counted.
QUESTIONS = 9


def pauses_first(source: Source, known: Known) -> Iterator[Finding]:
    """Before any word, a pause."""
    book = source.playbook
    if isinstance(book, Objection) and (not book.say or book.say[0].move != "pause"):
        yield source.finding("PB013", ("say", 0, "move"))


def explores_before_responding(source: Source, known: Known) -> Iterator[Finding]:
    """Who answers before asking answers the wrong question."""
    if not isinstance(source.playbook, Objection):
        return
    moves = [line.move for line in source.playbook.say]
    if "explore" not in moves or "respond" in moves[: moves.index("explore")]:
        yield source.finding("PB014", ("say",))


def first_block_fits(source: Source, known: Known) -> Iterator[Finding]:
    """The first block can be read at a glance, whatever it is filled with."""
    if not isinstance(source.playbook, Objection):
        return
    for lang in LANGS:
        taken = {line.id: _rows(line.text, lang) for line in source.playbook.say if not line.replaces}
        for line in source.playbook.say:
            if line.replaces in taken:
                taken[line.replaces] = max(taken[line.replaces], _rows(line.text, lang))
        total = sum(taken.values())
        if total > ROWS:
            yield source.finding("PB015", ("say",), rows=total, most=ROWS, lang=lang)


def card_fits(source: Source, known: Known) -> Iterator[Finding]:
    """A card is read at a glance, and its picture on a phone's terminal too."""
    card = source.playbook
    if not isinstance(card, Card):
        return
    for lang in LANGS:
        speaker = _sample(lang)
        taken = len(rows(card, speaker, COLUMNS))
        if taken > CARD:
            yield source.finding("PB028", ("sections",), rows=taken, most=CARD, lang=lang)
        if wide(card, speaker) > PICTURE:
            yield source.finding("PB029", ("picture",), cells=wide(card, speaker), most=PICTURE, lang=lang)


def _sample(lang: Lang) -> Voice:
    """Plain words in place of names, and words of common length for what may be known."""
    return voice(lang, Me(), **{name: say(f"lint.sample-{name}", lang) for name in ("proof", "competitor", "figure")})


def _rows(text: dict[Lang, str] | str, lang: Lang) -> int:
    return len(wrap(_sample(lang).fill(text) or "", MEASURE))


def _asked_at_once(questions: Sequence[Question]) -> int:
    """The most of these questions that one walk asks: those for other purposes or crises are not among them."""
    table = fact_table()
    walks = product(table["purpose"].choices, table["crisis_kind"].choices)
    return max(sum(_may_be_asked(question, *walk) for question in questions) for walk in walks)


def _may_be_asked(question: Question, purpose: str, crisis: str) -> bool:
    when = question.when or {}
    return purpose in when.get("purpose", (purpose,)) and crisis in when.get("crisis_kind", (crisis,))


def sections_are_short(source: Source, known: Known) -> Iterator[Finding]:
    """People cut corners on long lists."""
    for name, place, section in _pause_points(source.playbook):
        questions: Sequence[Question] = section.items if isinstance(section, Part) else section.questions
        asked = _asked_at_once([question for question in questions if question.pace != "deep"])
        if asked > QUESTIONS:
            yield source.finding("PB016", (name, place), id=section.id, asked=asked, most=QUESTIONS)


def _pause_points(book: Playbook) -> Iterator[tuple[str, int, Section | Part]]:
    if isinstance(book, Checklist):
        yield from (("sections", place, section) for place, section in enumerate(book.sections))
    elif isinstance(book, Scorecard):
        yield from (("parts", place, part) for place, part in enumerate(book.parts))
