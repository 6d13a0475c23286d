"""Account sheets for eyes: what was answered, what it is worth, what to do, what is still open."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from salescoach.coach.advice import Advice
from salescoach.coach.assess import Held, Standing, due, filled, score, stops_at, verdict
from salescoach.coach.said import in_words
from salescoach.language import Lang, pick, say, show_day
from salescoach.playbook.models import Means
from salescoach.render.sheet import Sheet

if TYPE_CHECKING:
    from rich.text import Text

#: What an answer means, at a glance; also readable without colour.
SIGNS: Mapping[Means | None, str] = {"good": "✓", "open": "?", "bad": "✗", None: "·"}
STYLES: Mapping[Means | None, str] = {"good": "", "open": "yellow", "bad": "bold red", None: ""}
#: Open items that are named; the rest is counted.
NAMED = 4


class SheetView:
    """One sheet of one client in the rep's language."""

    def __init__(self, sheet: Standing, today: date, lang: Lang, names: Mapping[str, str]) -> None:
        self.sheet = sheet
        self.today = today
        self.lang = lang
        self.names = names  # contact ids to names

    def title(self) -> str:
        """What sheet it is, what it comes to, and how much of it is filled."""
        judged, points = verdict(self.sheet), score(self.sheet)
        full, of = filled(self.sheet)
        verdicts = self.sheet.card.verdicts
        words = [
            pick(self.sheet.card.title, self.lang),
            pick(verdicts[judged].title, self.lang) if judged in verdicts else "",
            say("account.points", self.lang, reached=points[0], of=points[1]) if points and full else "",
            say("account.filled", self.lang, full=full, of=of),
        ]
        return " · ".join(word for word in words if word)

    def answered(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Each part's title with the rows of what was answered, and how each is drawn."""
        parts: dict[str, tuple[str, list[tuple[str, str]]]] = {}
        for one in self.sheet.held:
            if one.state != "open":
                _, rows = parts.setdefault(one.part.id, (pick(one.part.title, self.lang), []))
                rows.append((self.row(one), STYLES[one.means]))
        return list(parts.values())

    def row(self, one: Held) -> str:
        """One answer: what it means, the question, the answer, its evidence and its age."""
        between = say("walk.between", self.lang)
        answer = between.join(in_words(one.item, one.answer, self.lang, self.names))
        asked = say("account.answered", self.lang, ask=pick(one.item.ask, self.lang), answer=answer)
        return " · ".join(part for part in (f"{SIGNS[one.means]} {asked}", one.because, self.worth(one)) if part)

    def worth(self, one: Held) -> str:
        """The day of an answer and, where it is no longer firm, why."""
        if one.on is None:
            return ""
        day = show_day(one.on, self.lang, year=one.on.year != self.today.year)
        guess = one.state == "fading" and one.means in ("good", "bad") and not one.because
        state = "guess" if guess else one.state
        return day if state == "firm" else f"{day}{say(f'account.state-{state}', self.lang)}"

    def open(self) -> list[str]:
        """What is not answered yet, in the order in which it is asked."""
        asks = [pick(one.item.ask, self.lang) for one in due(self.sheet) if one.state == "open"]
        more = len(asks) - NAMED
        return asks[:NAMED] + ([say("account.more", self.lang, count=more)] if more > 0 else [])


def sheet_text(
    views: Sequence[SheetView], advice: Sequence[Advice], width: int, head: str, extra: Sequence[tuple[str, list[str]]]
) -> "Text":
    """The sheets of one command: each with its answers and gaps, then what the records add, then what to do."""
    sheet = Sheet(width)
    sheet.heading(head)
    for view in views:
        _view(sheet, view)
    todo = (say("account.do", views[0].lang), [line.text for line in advice])
    for title, rows in (*extra, todo):
        if rows:
            sheet.blank()
            sheet.full(title, "bold cyan")
            for row in rows:
                sheet.spoken(row)
    return sheet.text()


def _view(sheet: Sheet, view: SheetView) -> None:
    sheet.blank()
    sheet.full(view.title(), "bold cyan")
    for title, rows in view.answered():
        sheet.full(title, "dim")
        for row, style in rows:
            sheet.spoken(row, style)
    if stops_at(view.sheet) is None:
        for row in view.open():
            sheet.spoken(f"○ {row}", "dim")
