"""A reference card in rows: one screen of text without a terminal, so that the checks can measure it."""

from salescoach.coach.advice import Voice, advise
from salescoach.language import visible
from salescoach.playbook.models import Card
from salescoach.wrap import cells, crop, wrap

#: A row and its style.
Row = tuple[str, str]


def rows(card: Card, speaker: Voice, width: int) -> list[Row]:
    """The rows of a card at a width, from its title to its last line."""
    made: list[Row] = [(crop(speaker.fill(card.title) or "", width), "bold")]
    summary = speaker.fill(card.summary) if card.summary else None
    made += [(row, "dim") for row in wrap(visible(summary), width)] if summary else []
    made += [(f"  {row}", "") for row in picture(card, speaker)]
    for section in card.sections:
        lines = [line.text for line in advise(card, section.lines, speaker)]
        if lines:
            made += [(row, "bold cyan") for row in wrap(visible(speaker.fill(section.title) or ""), width)]
        for line in lines:
            first, *rest = wrap(visible(line), width - 4)
            made += [(f"  · {first}", ""), *((f"    {row}", "") for row in rest)]
    return made


def picture(card: Card, speaker: Voice) -> list[str]:
    """The lines of a card's picture as they stand."""
    drawn = speaker.fill(card.picture) if card.picture else None
    return [visible(line) for line in drawn.strip("\n").split("\n")] if drawn else []


def wide(card: Card, speaker: Voice) -> int:
    """Cells of the widest line of the picture."""
    return max(map(cells, picture(card, speaker)), default=0)
