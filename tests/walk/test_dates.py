"""Dates as a rep says them."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescoach.errors import InvalidError
from salescoach.language import show_day
from salescoach.walk.dates import parse_date

TODAY = date(2026, 11, 26)  # a Thursday

MEANINGS = {
    "2026-12-01": date(2026, 12, 1),
    "2025-01-02": date(2025, 1, 2),
    "2026年12月1日": date(2026, 12, 1),
    "12-01": date(2026, 12, 1),
    "12/1": date(2026, 12, 1),
    "１２／１": date(2026, 12, 1),
    "12月1日": date(2026, 12, 1),
    "12月1号": date(2026, 12, 1),
    "12 月 1 號": date(2026, 12, 1),
    "十二月一日": date(2026, 12, 1),
    "11-26": TODAY,
    "11-25": date(2027, 11, 25),
    "02-29": date(2028, 2, 29),
    "today": TODAY,
    " Tomorrow ": date(2026, 11, 27),
    "今天": TODAY,
    "明天": date(2026, 11, 27),
    "后天": date(2026, 11, 28),
    "後天": date(2026, 11, 28),
    "大后天": date(2026, 11, 29),
    "in 3 days": date(2026, 11, 29),
    "in 1 day": date(2026, 11, 27),
    "In  2 weeks": date(2026, 12, 10),
    "in 3 months": date(2027, 2, 26),
    "3天后": date(2026, 11, 29),
    "三天后": date(2026, 11, 29),
    "3天": date(2026, 11, 29),
    "3周后": date(2026, 12, 17),
    "两周后": date(2026, 12, 10),
    "兩週後": date(2026, 12, 10),
    "十五天以后": date(2026, 12, 11),
    "二十一天后": date(2026, 12, 17),
    "3个月后": date(2027, 2, 26),
    "三個月後": date(2027, 2, 26),
    "两个星期之后": date(2026, 12, 10),
    "tue": date(2026, 12, 1),
    "Tuesday": date(2026, 12, 1),
    "thu": date(2026, 12, 3),
    "周二": date(2026, 12, 1),
    "週二": date(2026, 12, 1),
    "星期二": date(2026, 12, 1),
    "礼拜二": date(2026, 12, 1),
    "周日": date(2026, 11, 29),
    "星期天": date(2026, 11, 29),
    "next tue": date(2026, 12, 1),
    "next thursday": date(2026, 12, 3),
    "下周二": date(2026, 12, 1),
    "下個禮拜天": date(2026, 12, 6),
    "end of month": date(2026, 11, 30),
    "月底": date(2026, 11, 30),
    "end of week": date(2026, 11, 27),
    "周末前": date(2026, 11, 27),
}


@pytest.mark.parametrize(("text", "day"), MEANINGS.items())
def test_every_form_of_the_command_line_page_is_understood(text: str, day: date) -> None:
    assert parse_date(text, TODAY) == day


@pytest.mark.parametrize(
    "text",
    ["", "soon", "02-30", "13-01", "0-0", "2026-02-30", "0000-01-01", "周八", "二三天后", "next", "in days", "十",
     "in 9999 weeks of talking about nothing at all", "12-", "١٢-٠١", "\x1b[2J", "month"],
)  # fmt: skip
def test_what_names_no_day_is_refused_and_quoted(text: str) -> None:
    with pytest.raises(InvalidError) as refused:
        parse_date(text, TODAY)

    assert refused.value.key == "date-unclear"
    assert str(refused.value.facts["answer"]).startswith(text[:10])


def test_the_end_of_the_week_is_friday_and_at_a_weekend_the_next_one() -> None:
    ends = [parse_date("周末前", date(2026, 11, day)) for day in (23, 27, 28, 29)]

    assert ends == [date(2026, 11, 27), date(2026, 11, 27), date(2026, 12, 4), date(2026, 12, 4)]


def test_a_weekday_is_never_today_and_next_week_starts_on_monday() -> None:
    sunday = date(2026, 11, 29)

    assert parse_date("sun", sunday) == date(2026, 12, 6)
    assert parse_date("next mon", sunday) == date(2026, 11, 30)
    assert parse_date("下周日", sunday) == date(2026, 12, 6)


def test_months_end_where_the_month_has_no_such_day() -> None:
    assert parse_date("in 1 month", date(2027, 1, 31)) == date(2027, 2, 28)


def test_the_end_of_the_calendar_is_refused_not_a_crash() -> None:
    for text in ("tomorrow", "next tue", "in 1 month", "02-29", "12-30"):
        with pytest.raises(InvalidError):
            parse_date(text, date.max)


def test_a_day_is_shown_with_its_weekday_in_both_languages() -> None:
    assert show_day(date(2026, 12, 1), "en") == "Tue 1 Dec 2026"
    assert show_day(date(2026, 12, 1), "zh") == "2026年12月1日（周二）"


PAST = {
    "11-26": TODAY,
    "11-27": date(2025, 11, 27),
    "02-29": date(2024, 2, 29),
    "12月1日": date(2025, 12, 1),
    "wed": date(2026, 11, 25),
    "thu": date(2026, 11, 19),
    "周五": date(2026, 11, 20),
    "2025-01-02": date(2025, 1, 2),
}


@pytest.mark.parametrize(("text", "day"), PAST.items())
def test_of_something_that_has_happened_a_day_without_a_year_is_the_last_such(text: str, day: date) -> None:
    assert parse_date(text, TODAY, past=True) == day


def test_the_beginning_of_the_calendar_is_refused_not_a_crash() -> None:
    for text in ("12-30", "02-29", "sun"):
        with pytest.raises(InvalidError):
            parse_date(text, date.min, past=True)


days = st.dates(min_value=date(1990, 1, 1), max_value=date(2999, 12, 31))


@given(days, days)
def test_an_iso_date_means_itself_whatever_today_is(day: date, today: date) -> None:
    assert parse_date(day.isoformat(), today) == day


@given(st.sampled_from([text for text in MEANINGS if not text.startswith("20")]), days)
def test_a_form_without_a_year_is_never_in_the_past(text: str, today: date) -> None:
    assert parse_date(text, today) >= today


@given(days, st.integers(0, 400))
def test_days_and_weeks_from_now_count_in_digits(today: date, count: int) -> None:
    assert parse_date(f"in {count} days", today) == today + timedelta(days=count)
    assert parse_date(f"{count}周后", today) == today + timedelta(weeks=count)


@given(st.text() | st.text(alphabet="下周二三十两百个月天后末前底in 0123456789-/日号next"), st.dates())
def test_any_text_gives_a_day_or_is_refused(text: str, today: date) -> None:
    with suppress(InvalidError):
        assert isinstance(parse_date(text, today), date)
