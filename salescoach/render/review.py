"""The rep's own numbers for eyes: what both the screen and the page show, and the screen."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from salescoach.coach.ledger import ENOUGH
from salescoach.coach.review import CLAIMS, COIN, Rate, Review, Spread, Week
from salescoach.language import Lang, say, show_day
from salescoach.render.sheet import Sheet
from salescoach.render.styles import bar, level
from salescoach.shape import value
from salescoach.wrap import cells, pad

if TYPE_CHECKING:
    from rich.text import Text

#: Stands in a line of months for one with too few cases.
GAP = "·"
#: Weeks and months that are drawn, the latest.
WEEKS, MONTHS = 26, 24
#: Cells of a bar on the screen, and on a narrow one.
BAR, SHORT_BAR = 10, 8


@value
class Row:
    """A rate with its name; the same rate of the span before; what was claimed it would be, 0 to 1."""

    name: str
    rate: Rate
    before: Rate | None = None
    claim: float | None = None


@value
class Measure:
    """Amounts with their name; the same of the span before."""

    id: str  # "seconds" or "prompts"
    name: str
    spread: Spread
    before: Spread


@value
class Part:
    """Rows under a title, and sentences below them."""

    id: str
    title: str
    rows: tuple[Row, ...] = ()
    measures: tuple[Measure, ...] = ()
    notes: tuple[str, ...] = ()


class ReviewView:
    """A review in the rep's language."""

    def __init__(self, found: Review, lang: Lang, titles: Mapping[str, str]) -> None:
        self.found = found
        self.lang = lang
        self.titles = titles  # outcomes → their titles

    def head(self) -> str:
        """Whose numbers of which days."""
        span = self.found.now.period
        return say("review.head", self.lang, first=self.day(span.first), last=self.day(span.last))

    def scope(self) -> str:
        """How many visits, and how many before."""
        now, before = self.found.now.visits, self.found.before.visits
        if not before:
            return say("review.visits", self.lang, visits=now)
        return say("review.visits-before", self.lang, visits=now, before=before)

    def parts(self) -> list[Part]:
        """What is shown, in order; a part without a case says how to come by one."""
        return [
            self._outcomes(),
            self._or_hint("plan", [self._row("primary"), self._row("fallback")]),
            self._forecast(),
            self._or_hint("objections", [self._row("expected"), self._row("foreseen")]),
            self._or_hint("promises", self._promises()),
            self._or_hint("styles", [self._row("styles")]),
            self._effort(),
        ]

    def cautions(self) -> list[str]:
        """What the numbers leave out, and how to read them."""
        now = self.found.now
        undebriefed = now.visits - now.debriefed
        rates = [rate for part in self.parts() for row in part.rows for rate in (row.rate, row.before) if rate]
        few = any(0 < rate.count < ENOUGH for rate in rates)
        return [
            *([say("review.few", self.lang, count=now.debriefed, enough=ENOUGH)] if 0 < now.debriefed < ENOUGH else []),
            *([say("review.waiting", self.lang, count=now.waiting)] if now.waiting else []),
            *([say("review.undebriefed", self.lang, count=undebriefed)] if undebriefed else []),
            say("review.reading-few", self.lang, enough=ENOUGH) if few else say("review.reading", self.lang),
        ]

    def weeks(self) -> tuple[Week, ...]:
        """The weeks that are drawn."""
        return self.found.weeks[-WEEKS:]

    def pace(self) -> str:
        """Visits a week, of the weeks that are drawn."""
        weeks = self.weeks()
        return f"{sum(one.visits for one in weeks) / max(1, len(weeks)):.1f}"

    def day(self, day: date) -> str:
        """A day with its year, without its weekday."""
        shown = show_day(day, self.lang)
        return shown.partition("（")[0] if self.lang == "zh" else shown.partition(" ")[2]

    def month(self, first: date) -> str:
        """A month with its year."""
        return say("review.month", self.lang, month=first.month, year=first.year)

    def count(self, rate: Rate) -> str:
        """How many of how many."""
        return say("review.count", self.lang, won=rate.won, count=rate.count)

    def percent(self, rate: Rate) -> str:
        """Share and interval; nothing where there are too few cases."""
        if not rate.enough:
            return ""
        low, high = (round(100 * bound) for bound in rate.interval)
        return say("review.percent", self.lang, percent=round(100 * rate.share), low=low, high=high)

    def medians(self, *, before: bool) -> str:
        """What a debrief costs, in one line, beside what it cost before or not; nothing where there are too few."""
        seconds, prompts = self.found.now.seconds, self.found.now.prompts
        if not seconds.enough:
            return ""
        line = say(
            "review.medians", self.lang, count=seconds.count, seconds=self.half(seconds, "seconds"),
            prompts=self.half(prompts, "prompts"),
        )  # fmt: skip
        return line + self._medians_before() if before else line

    def _medians_before(self) -> str:
        seconds, prompts = self.found.before.seconds, self.found.before.prompts
        if not seconds.enough:
            return say("review.medians-before-few", self.lang, count=seconds.count) if seconds.count else ""
        return say(
            "review.medians-before", self.lang, seconds=_whole(seconds.median), prompts=_whole(prompts.median)
        )

    def half(self, spread: Spread, name: str) -> str:
        """The median of "seconds" or "prompts", and the bounds of the middle half, in whole numbers."""
        low, high = map(_whole, spread.quarters)
        return say(f"review.half-{name}", self.lang, median=_whole(spread.median), low=low, high=high)

    def amount_before(self, spread: Spread) -> str:
        """What the median was before; nothing where there are too few."""
        return say("review.amount-before", self.lang, median=_whole(spread.median)) if spread.enough else ""

    def before(self, rate: Rate | None) -> str:
        """What it was before; nothing where there was no case."""
        if rate is None or not rate.count:
            return ""
        if not rate.enough:
            return say("review.before-few", self.lang, won=rate.won, count=rate.count)
        return say("review.before", self.lang, percent=round(100 * rate.share))

    def _outcomes(self) -> Part:
        now, before = self.found.now, dict(self.found.before.outcomes)
        rows = [
            Row(
                name=self.titles.get(outcome, outcome),
                rate=Rate(won=count, count=now.debriefed),
                before=Rate(won=before[outcome], count=self.found.before.debriefed),
            )
            for outcome, count in now.outcomes
        ]
        notes = {
            "up": (say("review.shift-up", self.lang),),
            "down": (say("review.shift-down", self.lang),),
        }
        return self._or_hint("outcomes", [*rows, self._row("advance")], notes.get(self.found.shift or "", ()))

    def _forecast(self) -> Part:
        now, before = self.found.now, dict(self.found.before.forecasts)
        if not now.forecast:
            return self._part("forecast", (), (say("review.none-forecast", self.lang),))
        rows = [
            Row(name=say(f"review.row-{said}", self.lang), rate=rate, before=before[said], claim=CLAIMS[said])
            for said, rate in now.forecasts
        ]
        return self._part("forecast", rows, self._calibration())

    def _calibration(self) -> tuple[str, ...]:
        now = self.found.now
        likely, notes = dict(now.forecasts)["likely"], []
        if likely.count:
            notes.append(say("review.likely", self.lang, won=likely.won, count=likely.count))
        if now.brier is not None:
            facts = {"score": f"{now.brier:.2f}", "coin": COIN}
            notes.append(say("review.brier", self.lang, **facts))
        if now.lean:
            notes.append(say(f"review.lean-{now.lean}", self.lang))
        return tuple(notes)

    def _effort(self) -> Part:
        """What a debrief costs; only those walked at a terminal are measured."""
        now, before = self.found.now, self.found.before
        title = say("review.part-effort", self.lang)
        if not now.seconds.count:
            return Part(id="effort", title=title, notes=(say("review.none-effort", self.lang),))
        if not now.seconds.enough:
            few = say("review.few-effort", self.lang, count=now.seconds.count, enough=ENOUGH)
            return Part(id="effort", title=title, notes=(few,))
        measures = tuple(
            Measure(id=id_, name=say(f"review.row-{id_}", self.lang), spread=spread, before=earlier)
            for id_, spread, earlier in (
                ("seconds", now.seconds, before.seconds),
                ("prompts", now.prompts, before.prompts),
            )
        )
        return Part(id="effort", title=title, measures=measures)

    def _promises(self) -> list[Row]:
        before = dict(self.found.before.promises)
        return [
            Row(name=say(f"review.row-{owner}", self.lang), rate=rate, before=before[owner])
            for owner, rate in self.found.now.promises
        ]

    def _row(self, name: str) -> Row:
        return Row(
            name=say(f"review.row-{name}", self.lang),
            rate=getattr(self.found.now, name),
            before=getattr(self.found.before, name),
        )

    def _or_hint(self, name: str, rows: Sequence[Row], notes: Sequence[str] = ()) -> Part:
        """The rows; without a case, how to come by one."""
        counted = any(row.rate.count for row in rows)
        return self._part(name, rows, notes if counted else (say(f"review.none-{name}", self.lang),))

    def _part(self, name: str, rows: Iterable[Row], notes: Iterable[str]) -> Part:
        shown = tuple(row for row in rows if row.rate.count)
        return Part(id=name, title=say(f"review.part-{name}", self.lang), rows=shown, notes=tuple(notes))


def review_text(view: ReviewView, width: int) -> "Text":
    """The review on one screen of at least 80 columns and 24 rows; on a narrow one below each other."""
    sheet = Sheet(width)
    sheet.heading(f"{view.head()} · {view.scope()}")
    parts = view.parts()
    table = _Table(view, [row for part in parts for row in part.rows], sheet)
    for part in parts:
        rows = [line for row in part.rows for line in table.lines(row)]
        notes = [" ".join(part.notes)] if view.lang == "en" else ["".join(part.notes)]
        sheet.part(part.title, [*rows, *_measured(view, part, sheet), *notes], None)
    _courses(view, sheet)
    sheet.part(say("review.part-note", view.lang), view.cautions(), None, "dim")
    return sheet.text()


def _measured(view: ReviewView, part: Part, sheet: Sheet) -> list[str]:
    """The medians in one line; what they were before is left out where there is no room for it."""
    if not part.measures:
        return []
    full = view.medians(before=True)
    return [full if cells(full) <= sheet.measure else view.medians(before=False)]


def _whole(amount: float) -> str:
    return f"{amount:.0f}"


class _Table:
    """Rows of rates under each other, in columns as wide as the widest."""

    def __init__(self, view: ReviewView, rows: Sequence[Row], sheet: Sheet) -> None:
        self.view, self.sheet = view, sheet
        self.bar = BAR if any(row.rate.enough for row in rows) else 0
        self.name = max((cells(row.name) for row in rows), default=0) + 1
        self.count = max((cells(view.count(row.rate)) for row in rows), default=0) + 1
        self.percent = max((cells(view.percent(row.rate)) for row in rows), default=0) + 1

    def lines(self, row: Row) -> list[str]:
        """One line; two on a narrow screen. What it was before is left out where there is no room for it."""
        view, rate = self.view, row.rate
        figures = f"{pad(view.count(rate), self.count)}{pad(view.percent(rate), self.percent)}"
        if self.sheet.narrow and not rate.enough:
            return [f"{row.name}  {view.count(rate)}"]
        if self.sheet.narrow:
            return [row.name, f"{bar(rate.share, SHORT_BAR)} {figures}".rstrip()]
        drawn = bar(rate.share, self.bar) if rate.enough else " " * self.bar
        line = f"{pad(row.name, self.name)}{drawn} {figures}".rstrip()
        full = f"{pad(row.name, self.name)}{drawn} {figures}{view.before(row.before)}".rstrip()
        return [full if cells(full) <= self.sheet.measure else line]


def _courses(view: ReviewView, sheet: Sheet) -> None:
    """Visits by week and the advance rate by month, as lines of bars."""
    lang, weeks, months = view.lang, view.weeks(), view.found.months[-MONTHS:]
    if len(weeks) > 1:
        line = sparkline([one.visits for one in weeks], max(one.visits for one in weeks))
        words = say("review.weeks", lang, line=line, count=view.pace(), first=view.day(weeks[0].first))
        sheet.part(say("review.part-weeks", lang), [words], None)
    if sum(one.advance.enough for one in months) > 1:
        line = sparkline([one.advance.share if one.advance.enough else None for one in months], 1)
        first, last = view.month(months[0].first), view.month(months[-1].first)
        words = say("review.months", lang, line=line, first=first, last=last)
        sheet.part(say("review.part-months", lang), [words], None)


def sparkline(numbers: Iterable[float | None], most: float) -> str:
    """A character a number, from nothing to `most`; a dot where there is none."""
    return "".join(GAP if one is None else level(one / most if most else 0) for one in numbers)


def steps_text(head: str, steps: Sequence[tuple[str, str]], width: int) -> "Text":
    """What to do first: commands, each with what it is for."""
    sheet = Sheet(width)
    sheet.full(head, "bold")
    room = max(cells(command) for command, _ in steps) + 2
    for command, words in steps:
        line = f"{pad(command, room)}{words}"
        for row in [line] if cells(line) <= sheet.width - 2 else [command, words]:
            sheet.spoken(row)
    return sheet.text()
