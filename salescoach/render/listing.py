"""A listing: one row a record in columns that fit the width, or, where the screen is narrow, a few lines each."""

from collections.abc import Sequence

from salescoach.language import visible
from salescoach.render.sheet import NARROW
from salescoach.render.wrap import cells, crop, pad, wrap

GAP = 2
#: No column but the last is wider than this share of the screen.
SHARE = 0.34


def listing(rows: Sequence[Sequence[str]], width: int) -> str:
    """
    Rows of cells as text. Empty columns are left out; the last column takes what is left and is cropped.

    Args:
        rows: Each with the same number of cells, as plain text; nothing in them can act on a terminal.
        width: Columns of the screen, at least 20.
    """
    shown = [[visible(cell) for cell in row] for row in rows]
    if width < NARROW:
        return "\n".join(line for row in shown for line in _folded([cell for cell in row if cell], max(20, width)))
    used = [at for at in range(len(shown[0]) if shown else 0) if any(row[at] for row in shown)]
    widths = _widths([[row[at] for at in used] for row in shown], width)
    return "\n".join(_line([row[at] for at in used], widths) for row in shown)


def _folded(cells_: list[str], width: int) -> list[str]:
    first, *rest = wrap(" · ".join(cells_), width - GAP)
    return [first, *(" " * GAP + line for line in rest)]


def _widths(rows: list[list[str]], width: int) -> list[int]:
    most = int(width * SHARE)
    columns = list(zip(*rows, strict=True))
    widths = [min(most, max(map(cells, column))) for column in columns[:-1]]
    while sum(widths) + GAP * len(widths) > width * 0.7:
        widest = widths.index(max(widths))
        widths[widest] -= 1
    return [*widths, width - sum(widths) - GAP * len(widths)] if columns else []


def _line(row: list[str], widths: list[int]) -> str:
    cropped = [pad(crop(cell, width), width) for cell, width in zip(row, widths, strict=True)]
    return (" " * GAP).join(cropped).rstrip()
