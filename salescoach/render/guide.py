"""A reference card for eyes."""

from typing import TYPE_CHECKING

from salescoach.coach.advice import Voice
from salescoach.language import visible
from salescoach.playbook.models import Card
from salescoach.render.card import rows
from salescoach.wrap import wrap

if TYPE_CHECKING:
    from rich.text import Text


def text(card: Card, speaker: Voice, width: int, last: tuple[str, ...] = ()) -> "Text":
    """The card as Rich text, with lines below it."""
    from rich.text import Text

    out = Text(no_wrap=True, overflow="ignore")
    below = [(row, "dim") for line in last for row in wrap(visible(line), width)]
    for number, (row, style) in enumerate([*rows(card, speaker, width), *below]):
        out.append(("\n" if number else "") + row, style=style or None)
    return out
