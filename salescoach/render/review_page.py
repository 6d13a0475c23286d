"""The rep's own numbers as one page: words and figures as text, beside them charts that say the same again."""

from collections.abc import Sequence
from html import escape

from salescoach.coach.review import Rate
from salescoach.language import say, visible
from salescoach.render.pages import html_page
from salescoach.render.review import MONTHS, Measure, Part, ReviewView, Row

#: Colours keep 3:1 against the page and each other in light and in dark; charts are drawn, so they are printed too.
STYLE = """
td, th { border-bottom-color: #8888; padding: .3rem .5rem .3rem 0; }
th { font-weight: 500; width: 30%; }
td.chart { width: 32%; vertical-align: middle; }
td small { display: block; opacity: .85; }
td { font-variant-numeric: tabular-nums; }
section { break-inside: avoid; }
svg { display: block; width: 100%; overflow: visible; }
svg.rate { height: 1.1rem; }
svg.course { height: 5rem; margin: .5rem 0 .15rem; border-bottom: 1px solid #767676; }
.track { fill: none; stroke: #767676; stroke-width: 1; }
.bar { fill: #4a90b0; }
.line { stroke: currentColor; stroke-width: 2; }
.claim { stroke: currentColor; stroke-width: 3; }
svg * { vector-effect: non-scaling-stroke; }
.ends { display: flex; justify-content: space-between; gap: .5rem; font-size: .85rem; margin: 0; }
.note { font-size: .85rem; margin: .3rem 0; }
code { font-size: .9em; }
@media print { section { margin: 0; } td, th { padding: .1rem .4rem .1rem 0; } svg.course { height: 3rem; } }
"""


def review_html(view: ReviewView, steps: Sequence[tuple[str, str]]) -> str:
    """
    The review as one self-contained page.

    Args:
        steps: Commands, each with what it is for: what to do first where there is nothing to count.
    """
    if steps:
        body = _first(view, steps)
    else:
        parts = "\n".join(_section(view, part) for part in view.parts())
        body = f"{_note(view.scope())}\n{parts}\n{_weeks(view)}{_months(view)}{_cautions(view)}"
    return html_page(view.head(), body, view.lang, style=STYLE)


def _first(view: ReviewView, steps: Sequence[tuple[str, str]]) -> str:
    head = say("review.empty", view.lang, first=view.day(view.found.now.period.first))
    items = "\n".join(f"<li><code>{_safe(command)}</code> {_safe(words)}</li>" for command, words in steps)
    return f"<p>{_safe(head)}</p>\n<ul>\n{items}\n</ul>"


def _section(view: ReviewView, part: Part) -> str:
    rows = "\n".join([_row(view, row) for row in part.rows] + [_measure(view, one) for one in part.measures])
    table = f"<table>\n{rows}\n</table>\n" if rows else ""
    medians = [say("review.medians-of", view.lang, count=one.spread.count) for one in part.measures[:1]]
    notes = "".join(map(_note, [*part.notes, *medians]))
    return f"<section>\n<h2>{_safe(part.title)}</h2>\n{table}{notes}</section>"


def _row(view: ReviewView, row: Row) -> str:
    figures = _safe(_figures(view, row.rate))
    before = view.before(row.before)
    small = f"<small>{_safe(before)}</small>" if before else ""
    chart = _rate(row) if row.rate.enough else ""
    return f'<tr><th scope="row">{_safe(row.name)}</th><td class="chart">{chart}</td><td>{figures}{small}</td></tr>'


def _measure(view: ReviewView, one: Measure) -> str:
    """An amount as a row: the bar ends at the median, on a scale that holds what it was before too."""
    bounds = (*one.spread.quarters, *one.before.quarters)
    most = max(*bounds, 1.0)
    low, high = (100 * bound / most for bound in one.spread.quarters)
    before = view.amount_before(one.before)
    small = f"<small>{_safe(before)}</small>" if before else ""
    chart, figures = _bar(100 * one.spread.median / most, low, high), _safe(view.half(one.spread, one.id))
    return f'<tr><th scope="row">{_safe(one.name)}</th><td class="chart">{chart}</td><td>{figures}{small}</td></tr>'


def _rate(row: Row) -> str:
    """A share from 0 to 100, its interval and what was claimed."""
    low, high = (100 * bound for bound in row.rate.interval)
    claim = f'<path class="claim" d="M{100 * row.claim:g} 0V18"/>' if row.claim is not None else ""
    return _bar(100 * row.rate.share, low, high, claim)


def _bar(length: float, low: float, high: float, mark: str = "") -> str:
    """A bar from 0 to 100 and the line across it; for eyes alone, since the figures stand beside it."""
    return (
        '<svg class="rate" viewBox="0 0 100 18" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="bar" y="3" width="{length:.1f}" height="12"/>'
        '<rect class="track" y="3" width="100" height="12"/>'
        f'<path class="line" d="M{low:.1f} 9H{high:.1f}M{low:.1f} 6V12M{high:.1f} 6V12"/>{mark}</svg>'
    )


def _weeks(view: ReviewView) -> str:
    weeks = view.weeks()
    if len(weeks) < 2:
        return ""
    most = max(one.visits for one in weeks)
    columns = [_column(number, 100 * one.visits / most if most else 0) for number, one in enumerate(weeks)]
    title = f"{say('review.weeks-title', view.lang)} · {say('review.most', view.lang, count=most)}"
    ends = (view.day(weeks[0].first), view.day(view.found.now.period.last))
    return _course(title, columns, ends)


def _months(view: ReviewView) -> str:
    """Only months with enough cases have a column, with its interval; under the chart the counts of all."""
    months = view.found.months[-MONTHS:]
    if sum(one.advance.enough for one in months) < 2:
        return ""
    columns = []
    for number, one in enumerate(months):
        low, high = (100 * bound for bound in one.advance.interval)
        line = f'<path class="line" d="M{10 * number + 5} {100 - high:.1f}V{100 - low:.1f}"/>'
        columns.append(_column(number, 100 * one.advance.share) + line if one.advance.enough else "")
    rows = "\n".join(
        f'<tr><th scope="row">{_safe(view.month(one.first))}</th><td>'
        + _safe(_figures(view, one.advance))
        + "</td></tr>"
        for one in months
    )
    ends = (view.month(months[0].first), view.month(months[-1].first))
    return _course(say("review.months-title", view.lang), columns, ends, f"<table>\n{rows}\n</table>\n")


def _figures(view: ReviewView, rate: Rate) -> str:
    """The count, and the share where there are cases enough; a dash for none."""
    return " · ".join(text for text in (view.count(rate), view.percent(rate)) if text) if rate.count else "–"


def _column(number: int, height: float) -> str:
    return f'<rect class="bar" x="{10 * number + 1}" y="{100 - height:.1f}" width="8" height="{height:.1f}"/>'


def _course(title: str, columns: Sequence[str], ends: tuple[str, str], below: str = "") -> str:
    """Columns over time, from 0 at the foot to 100."""
    return (
        f"<section>\n<h2>{_safe(title)}</h2>\n"
        f'<svg class="course" viewBox="0 0 {10 * len(columns)} 100" preserveAspectRatio="none" aria-hidden="true">'
        f"{''.join(columns)}</svg>\n"
        f'<p class="ends"><span>{_safe(ends[0])}</span><span>{_safe(ends[1])}</span></p>\n{below}</section>\n'
    )


def _cautions(view: ReviewView) -> str:
    said = [say("review.legend", view.lang), *view.cautions(), say("review.private", view.lang)]
    return f"<section>\n<h2>{_safe(say('review.part-note', view.lang))}</h2>\n{''.join(map(_note, said))}</section>"


def _note(text: str) -> str:
    return f'<p class="note">{_safe(text)}</p>\n'


def _safe(text: str) -> str:
    return escape(visible(text))
