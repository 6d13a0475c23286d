"""A sheet: rows with a label on the left and text beside it, built for a width, counted in screen rows.

A part of a sheet has a budget of rows. What does not fit is not shrunk but left out and counted: `+n`.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from salescoach.language import visible
from salescoach.wrap import cells, crop, pad, wrap

if TYPE_CHECKING:
    from rich.text import Text

#: Below this many columns labels stand in the text, and a part may take twice its rows.
NARROW = 60
LABEL = 10
#: Kept free at the right for the count of what was left out.
COUNT = 4


class Sheet:
    """Rows of one screen, in the order they were added."""

    def __init__(self, width: int) -> None:
        self.width = max(20, width)
        self.narrow = self.width < NARROW
        self.rows: list[tuple[str, str, str]] = []  # label, text, style

    @property
    def indent(self) -> int:
        """Where the text column starts."""
        return 2 if self.narrow else LABEL

    @property
    def measure(self) -> int:
        """Cells for text in a row."""
        return self.width - self.indent

    def heading(self, text: str, style: str = "bold") -> None:
        """A line across the sheet, cropped to one row; on a narrow screen to two."""
        first, *rest = wrap(visible(text), self.width) if self.narrow else [visible(text)]
        self.rows += [("", crop(row, self.width), f"={style}") for row in (first, " ".join(rest)) if row]

    def spoken(self, text: str, style: str = "") -> None:
        """A line to be said, nearly as wide as the sheet."""
        self.rows += [("", f"  {row}", f"={style}") for row in wrap(visible(text), self.width - 2)]

    def full(self, text: str, style: str = "") -> None:
        """Text across the whole sheet, wrapped, without a label: it can be copied as it stands."""
        self.rows += [("", row, f"={style}") for row in wrap(visible(text), self.width)]

    def blank(self) -> None:
        """An empty row."""
        self.rows.append(("", "", ""))

    def part(
        self,
        label: str,
        entries: Iterable[str],
        budget: int | None,
        style: str = "",
        *,
        one_row: bool = False,
        together: bool = False,
        total: int | None = None,
    ) -> None:
        """
        Entries under a label, in order, as long as their rows fit the budget; nothing at all for no entries.

        Args:
            budget: Rows at most (twice as many where the screen is narrow); None for no limit.
            one_row: Crop each entry to one row, unless there is no limit or the screen is narrow.
            together: An entry means little without those before it: where one is left out, so is all after it.
            total: How many entries there are: they are then taken only until there is no room left, and may be only
                the first of them.
        """
        shown = (visible(entry) for entry in entries if entry)
        rows, left = self._fit(shown, budget, one_row, together, total)
        if not rows:
            return
        if left:
            room = self.measure - max(COUNT, len(f" +{left}"))
            if cells(rows[-1]) > room and len(rows) < self._limit(budget):
                rows.append("")
            rows[-1] = f"{pad(crop(rows[-1], room), room)} +{left}"
        for number, row in enumerate(rows):
            self._row(label if number == 0 else "", row, style)

    def _limit(self, budget: int | None) -> int:
        return 0 if budget is None else budget * 2 if self.narrow else budget

    def _fit(
        self, entries: Iterable[str], budget: int | None, one_row: bool, together: bool, total: int | None
    ) -> tuple[list[str], int]:
        if budget is None:
            return [row for entry in entries for row in wrap(entry, self.measure)], 0
        limit = self._limit(budget)
        rows: list[str] = []
        left = taken = 0
        for taken, entry in enumerate(entries, 1):
            if rows and len(rows) >= limit:  # nothing fits any more: the others are counted
                left += 1
                continue
            wrapped = [crop(entry, self.measure)] if one_row and not self.narrow else wrap(entry, self.measure)
            if len(rows) + len(wrapped) <= limit and not (together and left):
                rows += wrapped
            elif not rows:
                rows = [*wrapped[: limit - 1], crop(" ".join(wrapped[limit - 1 :]), self.measure)]
            else:
                left += 1
            if total is not None and len(rows) >= limit:
                return rows, left + total - taken
        return rows, left + (0 if total is None else total - taken)

    def _row(self, label: str, text: str, style: str) -> None:
        if self.narrow and label:
            self.rows.append((label, "", ""))
            label = ""
        self.rows.append((label, text, style))

    def text(self) -> "Text":
        """The sheet as Rich text: labels dim, rows in their style."""
        from rich.text import Text

        out = Text(no_wrap=True, overflow="ignore")
        for number, (label, text, style) in enumerate(self.rows):
            if number:
                out.append("\n")
            self._append(out, label, text, style)
        return out

    def _append(self, out: "Text", label: str, text: str, style: str) -> None:
        if style.startswith("="):
            out.append(text, style=style[1:] or None)
            return
        if label and not text:
            out.append(label, style="bold cyan")
            return
        if text:
            out.append(pad(label, self.indent) if cells(label) < self.indent else f"{label} ", style="bold cyan")
        out.append(text, style=style or None)
