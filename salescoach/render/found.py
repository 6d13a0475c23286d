"""What a search found: for each record what it is, and the words around what was looked for."""

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from salescoach.language import visible
from salescoach.shape import value
from salescoach.wrap import wrap

if TYPE_CHECKING:
    from rich.text import Text

INDENT = "  "


@value
class Hit:
    """A record that was found, as it is shown."""

    head: str  # whose it is, what, when
    parts: tuple[tuple[str, bool], ...]  # the excerpt; True: what was looked for


def text(hits: Sequence[Hit], width: int) -> "Text":
    """Two rows a record, a few more where the screen is narrow."""
    from rich.text import Text

    out = Text(no_wrap=True, overflow="ignore")
    for number, hit in enumerate(hits):
        out.append("\n" if number else "")
        out.append("\n".join(wrap(visible(hit.head), width)), style="bold cyan")
        _excerpt(out, hit.parts, width)
    return out


def _excerpt(out: "Text", parts: Sequence[tuple[str, bool]], width: int) -> None:
    """The excerpt wrapped, what was looked for in bold, wherever the rows break."""
    shown = [(visible(part), found) for part, found in parts]
    bold = [found for part, found in shown for _ in part]
    at, whole = 0, "".join(part for part, _ in shown)
    for row in wrap(whole, width - len(INDENT)):
        out.append("\n" + INDENT)
        at = whole.index(row, at)
        for found, run in groupby(zip(bold[at : at + len(row)], row, strict=True), key=itemgetter(0)):
            out.append("".join(letter for _, letter in run), style="bold" if found else None)
        at += len(row)
