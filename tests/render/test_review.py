"""The rep's numbers for eyes: one screen, no line too wide, a page without script that says what the screen says."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salescoach.coach.review import OUTCOMES, Records, period, review
from salescoach.language import LANGS, Lang
from salescoach.playbook.models import Typology
from salescoach.records.models import Debrief, Effort, ObjectionMet, Plan, Promise, Visit
from salescoach.render.review import GAP, ReviewView, review_text, sparkline
from salescoach.render.review_page import review_html
from salescoach.render.styles import LEVELS
from salescoach.wrap import cells
from tests.render.test_pages import Page

TODAY = date(2026, 12, 1)
STYLES = Typology(kind="typology", id="styles", version=1, title="Styles", sources=("ours",), entries=())
TITLES: dict[Lang, dict[str, str]] = {
    "en": {"order": "Order", "advance": "Advance", "continuation": "Continuation", "no-sale": "No sale"},
    "zh": {"order": "订单", "advance": "有进展", "continuation": "暂时中断", "no-sale": "没有成交"},
}
FORECASTS = ("likely", "even", "unlikely", None)


def a_book(count: int, every: int = 3, back: int = 0) -> Records:
    """So many debriefed visits, one every few days, with all that can be counted."""
    visits = [
        Visit(
            id=f"V{number}", client_id="C1", when=TODAY - timedelta(days=back + number * every), status="done",
            contact_ids=(f"P{number % 7}",),
            plan=Plan(forecast=FORECASTS[number % 4], expected_objections=("price",)),
            debrief=Debrief(
                outcome=OUTCOMES[number % 4], primary=("met", "missed")[number % 2], fallback="met",
                effort=Effort(prompts=11 + number % 5, seconds=60.0 + 10 * (number % 5)),
            ),
        )
        for number in range(count)
    ]  # fmt: skip
    promises = [
        Promise(id=f"R{one.id}", client_id="C1", owner=("ours", "theirs")[number % 2], who="", what="x",
                by=one.when, state="done", closed_on=one.when)  # type: ignore[arg-type]
        for number, one in enumerate(visits)
    ]  # fmt: skip
    heard = [
        ObjectionMet(id=f"J{one.id}", client_id="C1", on=one.when, said="x", topic="price", visit_id=one.id)
        for one in visits
    ]
    return Records(visits=visits, promises=promises, objections=heard)


def view_of(records: Records, lang: Lang = "en", since: date | None = None) -> ReviewView:
    return ReviewView(review(records, period(TODAY, since), STYLES), lang, TITLES[lang])


def rows(records: Records, width: int, lang: Lang = "en", since: date | None = None) -> list[str]:
    return review_text(view_of(records, lang, since), width).plain.split("\n")


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 400), st.integers(1, 9), st.sampled_from([40, 60, 80, 120]), st.sampled_from(LANGS))
def test_no_row_is_wider_than_the_screen(count: int, every: int, width: int, lang: Lang) -> None:
    since = date(2015, 1, 1) if count % 2 else None

    wide = [row for row in rows(a_book(count, every), width, lang, since) if cells(row) > width]

    assert wide == []


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("count", [6, 60, 400])
def test_all_of_it_fits_one_screen_of_80_by_24(lang: Lang, count: int) -> None:
    waiting = Visit(id="W", client_id="C1", when=TODAY - timedelta(days=1))
    book = a_book(count, 1)

    assert len(rows(replace(book, visits=[*book.visits, waiting]), 80, lang)) < 24


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("width", [40, 80])
def test_of_few_cases_the_count_alone_is_shown(lang: Lang, width: int) -> None:
    shown = "\n".join(rows(a_book(4), width, lang))

    assert {"en": "2 of 4", "zh": "2/4"}[lang] in shown
    figures = shown.partition({"en": "Note", "zh": "说明"}[lang])[0]
    assert "%" not in figures
    assert "█" not in figures.partition({"en": "By week", "zh": "每周"}[lang])[0]


def test_the_sentence_on_forecasts_has_its_counts() -> None:
    assert "When you say likely, it comes in 8 of 8." in " ".join(" ".join(rows(a_book(30), 80)).split())


def test_what_came_before_stands_beside_it_where_there_is_room() -> None:
    assert any(re.search(r"Order or advance .* before \d+ %$", row) for row in rows(a_book(60), 80))
    assert not any(re.search(r"before \d+ %", row) for row in rows(a_book(60), 40))


@pytest.mark.parametrize("lang", LANGS)
def test_what_is_not_counted_says_how_it_could_be(lang: Lang) -> None:
    bare = [Visit(id=f"V{number}", client_id="C1", when=TODAY, status="done", debrief=Debrief()) for number in range(6)]

    parts = {part.id: part for part in view_of(Records(visits=bare), lang).parts()}

    hints = [parts[name] for name in ("plan", "forecast", "objections", "promises", "styles", "effort")]
    assert all(not part.rows and not part.measures and len(part.notes) == 1 for part in hints)


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "Medians of 30: 80 s (70–90), 13 questions (12–14); before 80 s, 13"),
        ("zh", "30次取中位数：80秒（70–90），13个问题（12–14）；之前80秒，13个"),
    ],
)
def test_what_a_debrief_costs_stands_in_one_row_beside_what_it_cost_before(lang: Lang, said: str) -> None:
    row = next(row for row in rows(a_book(60), 80, lang) if row.startswith({"en": "Debrief", "zh": "复盘"}[lang]))

    assert row.split(maxsplit=1)[1] == said


@pytest.mark.parametrize(("lang", "said"), [("en", "Measured: 4. From 5 on"), ("zh", "量过4次，满5次才有中位数")])
def test_a_few_debriefs_have_no_median(lang: Lang, said: str) -> None:
    shown = "\n".join(rows(a_book(4), 80, lang))

    assert said in shown
    assert not re.search(r"Medians of|取中位数：", shown)


@pytest.mark.parametrize(("before", "said"), [(0, False), (3, True)])
def test_of_too_few_before_the_count_alone_is_named(before: int, said: bool) -> None:
    now, earlier = a_book(6), a_book(before, 1, back=100)
    older = [replace(one, id=f"W{one.id}") for one in earlier.visits]

    line = view_of(replace(now, visits=[*now.visits, *older])).medians(before=True)

    assert line.endswith("; before: only 3") is said
    assert "before" not in line or said


def test_where_every_count_is_large_nothing_is_said_of_small_ones() -> None:
    assert "Below 5" not in "\n".join(rows(a_book(60), 80))
    assert "Below 5" in "\n".join(rows(a_book(6), 80))


@given(st.lists(st.none() | st.integers(0, 50), min_size=1))
def test_a_sparkline_has_a_character_a_number_and_rises_with_it(numbers: list[int | None]) -> None:
    known = [one for one in numbers if one is not None]
    line = sparkline(numbers, max(known, default=0))

    assert len(line) == len(numbers)
    levels = sorted(
        (number, LEVELS.index(char)) for number, char in zip(numbers, line, strict=True) if number is not None
    )
    assert [level for _, level in levels] == sorted(level for _, level in levels)
    assert all((number == 0) == (level == 0) for number, level in levels)
    assert line.count(GAP) == numbers.count(None)


# The page


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_is_whole_and_asks_for_nothing_from_outside(lang: Lang) -> None:
    html = review_html(view_of(a_book(60), lang), [])

    page = Page(html)
    assert page.open == [], "every tag is closed"
    allowed = {
        *("html", "head", "meta", "title", "style", "body", "h1", "h2", "section", "p", "span", "table", "tr", "th"),
        *("td", "small", "svg", "rect", "path"),
    }
    assert {tag for tag, _ in page.tags} <= allowed
    assert not re.search(r"https?:|url\(|@import|<script|\bon\w+=|xlink", html)
    assert ("html", {"lang": lang}) in page.tags


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_says_what_the_screen_says(lang: Lang) -> None:
    view = view_of(a_book(60), lang)

    said = " ".join(text for _, text in Page(review_html(view, [])).texts)

    for part in view.parts():
        for row in part.rows:
            assert row.name in said
            assert f"{view.count(row.rate)} · {view.percent(row.rate)}" in said or not row.rate.enough
        for one in part.measures:
            assert one.name in said
            assert view.half(one.spread, one.id) in said
        assert all(note in said for note in part.notes)
    assert all(caution in said for caution in view.cautions())


def test_every_chart_stays_in_its_frame_and_is_hidden_from_readers_since_the_figures_stand_beside_it() -> None:
    page = Page(review_html(view_of(a_book(60)), []))

    charts = [attrs for tag, attrs in page.tags if tag == "svg"]
    assert len(charts) > 10
    assert all(attrs["aria-hidden"] == "true" for attrs in charts)
    for tag, attrs in page.tags:
        if tag == "rect":
            assert float(attrs["width"] or 0) <= 100
            assert float(attrs.get("y") or 0) + float(attrs["height"] or 0) <= 100.01


def test_a_month_without_a_debrief_has_a_dash() -> None:
    html = review_html(view_of(a_book(40, every=1, back=1)), [])

    assert '12/2026</th><td>–</td>' in html
    assert "0 of 0" not in html


def test_few_cases_have_no_chart() -> None:
    html = review_html(view_of(a_book(4, every=1)), [])

    assert 'class="rate"' not in html


def test_steps_are_text_on_the_page() -> None:
    html = review_html(view_of(Records()), [("salescoach prep '<b>'", "before & after")])

    assert "salescoach prep &#x27;&lt;b&gt;&#x27;" in html
    assert "before &amp; after" in html
