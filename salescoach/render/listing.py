"""A listing: a record in columns that fit the width, its last one on two rows at most; on a narrow screen as text."""

from collections.abc import Sequence

from salescoach.language import visible
from salescoach.render.sheet import NARROW
from salescoach.wrap import cells, crop, pad, wrap

GAP = 2
#: No column but the last is wider than this share of the screen.
SHARE = 0.4
#: All columns but the last leave it this share at least.
LAST = 0.2


def listing(rows: Sequence[Sequence[str]], width: int) -> str:
    """
    Rows of cells as text. Empty columns are left out; the last column takes what is left and wraps once.

    Args:
        rows: Each with the same number of cells, as plain text; nothing in them can act on a terminal.
        width: Columns of the screen, at least 20.
    """
    shown = [[visible(cell) for cell in row] for row in rows]
    if width < NARROW:
        return "\n".join(line for row in shown for line in _folded([cell for cell in row if cell], max(20, width)))
    used = [at for at in range(len(shown[0]) if shown else 0) if any(row[at] for row in shown)]
    widths = _widths([[row[at] for at in used] for row in shown], width)
    return "\n".join(line for row in shown for line in _lines([row[at] for at in used], widths))


def _folded(cells_: list[str], width: int) -> list[str]:
    first, *rest = wrap(" · ".join(cells_), width - GAP)
    return [first, *(" " * GAP + line for line in rest)]


def _widths(rows: list[list[str]], width: int) -> list[int]:
    most = int(width * SHARE)
    columns = list(zip(*rows, strict=True))
    widths = [min(most, max(map(cells, column))) for column in columns[:-1]]
    while sum(widths) + GAP * len(widths) > width * (1 - LAST):
        widest = widths.index(max(widths))
        widths[widest] -= 1
    return [*widths, width - sum(widths) - GAP * len(widths)] if columns else []


def _lines(row: list[str], widths: list[int]) -> list[str]:
    if not row:
        return [""]
    first, *more = wrap(row[-1], widths[-1])
    begun = [pad(crop(cell, width), width) for cell, width in zip(row[:-1], widths[:-1], strict=True)]
    indent = " " * (sum(widths[:-1]) + GAP * (len(widths) - 1))
    rest = [indent + crop(" ".join(more), widths[-1])] if more else []
    return [(" " * GAP).join([*begun, first]).rstrip(), *rest]
