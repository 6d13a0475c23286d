"""Care: when a touch is due, with whom, and that nobody is nagged twice."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salescoach.coach.advice import voice
from salescoach.coach.care import (
    Books,
    Care,
    Touching,
    classes,
    due,
    feasts,
    in_force,
    in_order,
    kind_called,
    one_a_client,
    pending,
    told_apart,
)
from salescoach.holidays import holidays_of
from salescoach.playbook.library import Library
from salescoach.playbook.models import Beat, Line, Timeline, Typology
from salescoach.records.account import Contract, Occasion, Touch
from salescoach.records.models import Note
from tests.coach.samples import ME, TODAY, a_client, a_contact, a_held_visit, a_promise, a_visit, seen
from tests.examples import tried

SPEAKER = voice("en", ME)


def day(text: str) -> date:
    return date.fromisoformat(text)


def line(id_: str, **more: Any) -> Line:
    return Line(**{"id": id_, "text": {"en": f"{id_} {{client}}", "zh": f"{id_} {{client}}"}, **more})


def beat(id_: str, starts: str, **more: Any) -> Beat:
    return Beat(
        **{"id": id_, "title": id_, "starts": starts, "do": (line(f"{id_}-do"),), "say": (line(f"{id_}-say"),), **more}
    )


def books(*beats: Beat, **more: Any) -> Books:
    timeline = Timeline(kind="timeline", id="care", version=1, title="Care", sources=("S004-CARE",), beats=beats)
    return Books(timelines=(timeline,), **more)


def a_contract(**changes: Any) -> Contract:
    return Contract(**{"id": "K1", "client_id": "C1", "signed": day("2026-06-01"), "months": 12, **changes})


def an_occasion(kind: str, on: str, **changes: Any) -> Occasion:
    made = {"id": f"OC-{kind}-{on}", "client_id": "C1", "kind": kind, "what": kind, "day": day(on), **changes}
    return Occasion(**made)


def a_touch(clock: str, on: date = TODAY, **changes: Any) -> Touch:
    return Touch(**{"id": f"T-{clock}-{on}", "client_id": "C1", "clock": clock, "on": on, **changes})


def a_note(on: date, text: str = "Spoke of the pump.") -> Note:
    return Note(id=f"N-{on}", client_id="C1", on=on, text=text)


def known(**facts: Any) -> Touching:
    return Touching(**{"client": a_client(), **facts})


def found(on: str | date, all_: Books, facts: Touching, days: int = 0) -> tuple[Care, ...]:
    today = day(on) if isinstance(on, str) else on
    return due(all_, facts, today, SPEAKER, days=days)


def clocks(on: str | date, all_: Books, facts: Touching, days: int = 0) -> list[str]:
    return [one.clock for one in found(on, all_, facts, days)]


# After signing, and before the end


SIX = books(beat("month-6", "signed", months=5, lasts=30))
#: A class A client is called every 30 days and visited every 90, a C every 90; others every 60.
ROUTINE = books(
    beat("a-call", "last-touch", days=30, tags=("A",), rank=70),
    beat("a-visit", "last-touch", days=90, tags=("A",), rank=60),
    beat("c-call", "last-touch", days=90, tags=("C",), rank=40),
    beat("regular", "last-touch", days=60, rank=30),
)
WISHES = books(
    beat("birthday", "occasion", occasions=("birthday",), lasts=2),
    beat("joy", "occasion", occasions=("joy",), lasts=5),
    beat("misfortune", "occasion", occasions=("misfortune",), lasts=5, rank=1),
)


@pytest.mark.parametrize(("on", "due_"), [("2026-10-31", 0), ("2026-11-01", 1), ("2026-11-30", 1), ("2026-12-01", 0)])
def test_a_beat_is_due_from_its_day_on_for_as_long_as_it_lasts(on: str, due_: int) -> None:
    assert clocks(on, SIX, known(contracts=(a_contract(),))) == ["care.month-6@2026-11-01"] * due_


def test_the_signing_motives_own_beat_stands_in_place_of_the_general_one() -> None:
    both = books(
        beat("month-6", "signed", months=5, lasts=60),
        beat("month-6-image", "signed", months=5, lasts=60, motives=("image",)),
        beat("shaky", "signed", months=3, lasts=180),
    )

    def of(motive: str | None) -> set[str]:
        return {one.title for one in found("2026-12-01", both, known(contracts=(a_contract(motive=motive),)))}

    assert of("image") == {"month-6-image", "shaky"}
    assert of("profit") == of(None) == {"month-6", "shaky"}


def test_what_they_count_on_stands_beside_the_line() -> None:
    contract = a_contract(subject="seals", least="half the leaks")

    assert (
        found("2026-11-01", SIX, known(contracts=(contract,)))[0].about
        == "seals · they count on at least: half the leaks"
    )


def test_the_term_has_clocks_before_its_end_and_after_it() -> None:
    ends = books(beat("ends-3", "ends", months=-3, lasts=45), beat("over", "ends", days=1, lasts=30))
    facts = known(contracts=(a_contract(signed=day("2026-01-31"), months=13),))

    assert clocks("2026-11-28", ends, facts) == ["care.ends-3@2026-11-28"]
    assert clocks("2027-03-01", ends, facts) == ["care.over@2027-03-01"]
    assert clocks("2026-11-28", ends, known(contracts=(a_contract(months=None),))) == []


def test_a_renewed_contract_has_no_clocks_any_more() -> None:
    ends = books(beat("ends-3", "ends", months=-3, lasts=45))
    old = a_contract(signed=day("2026-01-01"))
    new = a_contract(id="K2", signed=day("2026-09-20"))

    assert clocks("2026-10-01", ends, known(contracts=(old,))) == ["care.ends-3@2026-10-01"]
    assert clocks("2026-10-01", ends, known(contracts=(new, old))) == []


def test_a_contract_about_something_else_renews_nothing() -> None:
    seals, pumps = a_contract(subject="seals"), a_contract(id="K2", signed=day("2026-09-01"), subject="pumps")

    assert in_force((pumps, seals), TODAY) == (seals, pumps)
    assert in_force((replace(pumps, subject="Seals"), seals), TODAY) == (replace(pumps, subject="Seals"),)
    assert in_force((pumps, replace(seals, subject="")), TODAY) == (pumps,), "what it was about is not known"
    assert in_force((replace(pumps, signed=day("2027-01-01")),), TODAY) == (), "not signed yet"


# Routine


def test_a_class_is_called_at_its_own_rhythm_and_others_at_the_general_one() -> None:
    last = (a_held_visit(day("2026-06-01")),)

    def first_due(tags: tuple[str, ...]) -> date:
        facts = known(client=a_client(tags=tags), held=last)
        return next(on for n in range(400) if found(on := day("2026-06-01") + timedelta(days=n), ROUTINE, facts))

    assert [(first_due(tags) - day("2026-06-01")).days for tags in (("A",), ("C",), (), ("lapsed",))] == [
        30,
        90,
        60,
        60,
    ]


def test_a_key_account_without_a_class_is_an_a() -> None:
    assert "a" in classes(a_client(key_account=True))
    assert "a" not in classes(a_client(key_account=True, tags=("B",)))


def test_routine_waits_until_somebody_is_touched_however_long() -> None:
    facts = known(client=a_client(tags=("C",)), held=(a_held_visit(day("2025-01-01")),))

    assert clocks(TODAY, ROUTINE, facts) == ["care.c-call@2025-04-01"]


def test_a_call_does_not_stand_for_the_visit() -> None:
    called = a_touch("care.a-call@2026-11-01", day("2026-11-20"))
    facts = known(client=a_client(tags=("A",)), held=(a_held_visit(day("2026-08-01")),), touches=(called,))

    assert clocks(TODAY, ROUTINE, facts) == ["care.a-visit@2026-10-30"]
    assert clocks(TODAY, ROUTINE, replace(facts, notes=(a_note(day("2026-11-25")),))) == ["care.a-visit@2026-10-30"]
    assert clocks(TODAY, ROUTINE, replace(facts, held=(a_held_visit(day("2026-10-01")),))) == []


def test_a_call_of_one_playbook_does_not_stand_for_the_visit_of_another() -> None:
    (both,) = ROUTINE.timelines
    call, visit = (replace(both, id=one.id, beats=(one,)) for one in both.beats[:2])
    called = a_touch("a-call.a-call@2026-11-01", day("2026-11-20"))
    facts = known(client=a_client(tags=("A",)), held=(a_held_visit(day("2026-08-01")),), touches=(called,))

    for timelines in (call, visit), (visit, call):
        assert clocks(TODAY, Books(timelines=timelines), facts) == ["a-visit.a-visit@2026-10-30"]


def test_one_never_touched_is_due_at_once_only_where_something_says_that_it_matters() -> None:
    assert clocks(TODAY, ROUTINE, known()) == []
    assert clocks(TODAY, ROUTINE, known(client=a_client(tags=("C",)))) == ["care.c-call@never"]
    assert clocks(TODAY, ROUTINE, known(client=a_client(key_account=True))) == ["care.a-call@never"]
    assert clocks("2026-07-31", ROUTINE, known(contracts=(a_contract(),))) == ["care.regular@2026-07-31"]


@pytest.mark.parametrize(
    ("facts", "due_"),
    [
        ({}, 0),
        ({"notes": (a_note(day("2026-08-01")),)}, 0),
        ({"touches": (a_touch("care.holiday@2026-08-01", day("2026-08-01"), state="dropped"),)}, 0),
        ({"contracts": (a_contract(),)}, 1),
        ({"held": (a_held_visit(day("2026-08-01")),)}, 1),
        ({"touches": (a_touch("care.holiday@2026-08-01", day("2026-08-01")),)}, 1),
    ],
)
def test_a_prospect_has_no_routine_before_anything_was_signed_or_anybody_was_met_or_called(
    facts: dict[str, Any], due_: int
) -> None:
    prospect = known(client=a_client(tags=("prospect", "way:trade-fairs")), **facts)

    assert len(found(TODAY, ROUTINE, prospect)) == due_


def test_a_rhythm_of_a_tags_own_starts_at_once() -> None:
    former = books(beat("lapsed", "last-touch", days=90, tags=("lapsed",)))

    assert clocks(TODAY, former, known(client=a_client(tags=("lapsed",)))) == ["care.lapsed@never"]


@pytest.mark.parametrize(("ahead", "due_"), [(-1, 1), (0, 0), (30, 0), (31, 1)])
def test_a_visit_planned_within_the_interval_puts_routine_off(ahead: int, due_: int) -> None:
    only = books(*(one for one in ROUTINE.timelines[0].beats if one.id == "a-call"))
    planned = a_visit(when=TODAY + timedelta(days=ahead))

    assert len(found(TODAY, only, known(client=a_client(tags=("A",)), planned=(planned,)))) == due_
    late = known(client=a_client(tags=("A",)), planned=(planned,), held=(a_held_visit(day("2026-01-01")),))
    assert len(found(TODAY, only, late)) == due_


def test_time_before_the_client_was_in_the_book_does_not_count() -> None:
    entered = "01M8P570G0" + "0" * 16  # 30 November 2026
    signed = known(client=a_client(id=entered), contracts=(a_contract(signed=day("2025-01-10")),))
    met = known(client=a_client(id=entered), held=(a_held_visit(day("2026-03-01")),))

    for facts in (signed, met):
        assert clocks(TODAY, ROUTINE, facts) == []
        assert clocks("2027-01-29", ROUTINE, facts) == ["care.regular@2027-01-29"]
    clock_ahead = replace(met, client=a_client(id="7" + entered[1:]))
    assert clocks(TODAY, ROUTINE, clock_ahead, days=60) == ["care.regular@2027-01-30"], "entered today at the latest"


@pytest.mark.parametrize(
    "today_s",
    [{"held": (a_held_visit(TODAY),)}, {"notes": (a_note(TODAY),)}, {"touches": (a_touch("care.birthday@x"),)}],
)
def test_routine_is_quiet_on_a_day_on_which_they_were_touched(today_s: dict[str, Any]) -> None:
    facts = known(client=a_client(tags=("A",)), held=(a_held_visit(day("2026-08-01")),))
    assert clocks(TODAY, ROUTINE, facts) == ["care.a-call@2026-08-31"]

    assert clocks(TODAY, ROUTINE, replace(facts, **today_s)) == []


def test_routine_that_is_dropped_comes_again_after_its_time_and_not_before() -> None:
    facts = known(client=a_client(tags=("C",)), touches=(a_touch("care.c-call@never", state="dropped"),))

    assert clocks(TODAY + timedelta(days=89), ROUTINE, facts) == []
    assert clocks(TODAY + timedelta(days=90), ROUTINE, facts) == ["care.c-call@2027-03-01"]


# Days


def test_a_birthday_is_due_from_three_days_before_it() -> None:
    facts = known(occasions=(an_occasion("birthday", "1976-12-03", yearly=True),))

    shown = [n for n in range(10) if found(day("2026-11-27") + timedelta(days=n), WISHES, facts)]
    assert shown == [3, 4, 5, 6, 7], "30 November to 4 December"


def test_a_birthday_on_29_february_is_the_28th_in_other_years() -> None:
    facts = known(occasions=(an_occasion("birthday", "1980-02-29", yearly=True),))

    assert found("2027-02-26", WISHES, facts)[0].about == "birthday · Sun 28 Feb"
    assert found("2028-02-27", WISHES, facts)[0].about == "birthday · Tue 29 Feb"


def test_a_birthday_in_the_first_days_of_january_is_due_in_december() -> None:
    facts = known(occasions=(an_occasion("birthday", "1976-01-02", yearly=True),))

    assert [one.until for one in found("2026-12-31", WISHES, facts)] == [day("2027-01-03")]
    late = known(occasions=(an_occasion("birthday", "1976-12-31", yearly=True),))
    assert [one.since for one in found("2027-01-01", WISHES, late)] == [day("2026-12-28")]


def test_ahead_the_next_birthday_is_shown_once_this_years_is_settled() -> None:
    facts = known(occasions=(an_occasion("birthday", "1976-12-03", yearly=True),))
    (this,) = found(TODAY, WISHES, facts, days=366)

    (next_,) = found(TODAY, WISHES, replace(facts, touches=(a_touch(this.clock),)), days=366)
    assert (this.since, next_.since) == (day("2026-11-30"), day("2027-11-30"))


@pytest.mark.parametrize(
    ("what", "kind"),
    [
        ("birthday", "birthday"),
        ("Karl's Birthday", "birthday"),
        ("Geburtstag", "birthday"),
        ("王总的生日", "birthday"),
        ("60大寿", "birthday"),
        ("Firmenjubiläum", "anniversary"),
        ("10th anniversary of the works", "anniversary"),
        ("建厂十周年", "anniversary"),
        ("结婚纪念日", "anniversary"),
        ("trade fair", "event"),
        ("新厂投产", "event"),
    ],
)
def test_a_day_is_of_the_kind_that_it_is_called_in_either_language(what: str, kind: str) -> None:
    assert kind_called(what) == kind


def test_other_days_are_due_on_the_day_itself() -> None:
    facts = known(occasions=(an_occasion("joy", "2026-12-02"),))

    assert clocks("2026-12-01", WISHES, facts) == []
    assert len(clocks("2026-12-02", WISHES, facts)) == 1


def test_a_misfortune_comes_before_everything_and_silences_routine() -> None:
    trouble = an_occasion("misfortune", "2026-12-01")
    all_ = Books(timelines=WISHES.timelines + ROUTINE.timelines + SIX.timelines)
    facts = known(
        client=a_client(tags=("A",)), contracts=(a_contract(signed=day("2026-07-01")),),
        occasions=(an_occasion("joy", "2026-12-01"), trouble),
    )  # fmt: skip

    assert [one.title for one in found(TODAY, all_, facts)] == ["misfortune", "month-6", "joy"]


def test_what_is_over_tomorrow_comes_before_what_can_wait() -> None:
    all_ = Books(timelines=WISHES.timelines + ROUTINE.timelines + SIX.timelines)
    facts = known(
        client=a_client(tags=("A",)), contracts=(a_contract(signed=day("2026-07-01")),),
        occasions=(an_occasion("birthday", "1976-12-03", yearly=True),), held=(a_held_visit(day("2026-11-01")),),
    )  # fmt: skip

    def order(on: str) -> list[str]:
        return [one.title for one in found(on, all_, facts)]

    assert order("2026-12-02") == ["month-6", "birthday", "a-call"]
    assert order("2026-12-03") == ["birthday", "month-6", "a-call"], "until the 4th"
    assert order("2026-12-04") == ["birthday", "month-6", "a-call"]
    sick = replace(facts, occasions=(*facts.occasions, an_occasion("misfortune", "2026-12-02")))
    assert [one.title for one in found("2026-12-04", all_, sick)][:2] == ["misfortune", "birthday"]
    assert clocks("2026-12-14", ROUTINE, facts)[0].startswith("care.a-call"), "routine is never over"
    (call,) = found("2026-12-14", ROUTINE, facts)
    assert (call.until, call.routine) == (day("2026-12-14"), True)


def test_of_equals_key_accounts_come_first() -> None:
    joy = an_occasion("joy", "2026-12-01")
    plain = found(TODAY, WISHES, known(client=a_client(id="C2", name="Aachen Pumps"), occasions=(joy,)))
    key = found(TODAY, WISHES, known(client=a_client(name="Zeta Pumps", key_account=True), occasions=(joy,)))

    assert [one.client.name for one in in_order(plain + key)] == ["Zeta Pumps", "Aachen Pumps"]


def test_while_a_complaint_is_open_there_is_no_greeting_no_news_and_no_routine() -> None:
    all_ = Books(timelines=(*ALL.timelines, *books(beat("over", "ends", days=1, lasts=30)).timelines))
    facts = known(
        client=a_client(tags=("A",)), contracts=(a_contract(signed=day("2026-07-01")),),
        occasions=tuple(an_occasion(kind, "2026-12-01") for kind in ("birthday", "joy", "news")),
        holidays=((day("2026-12-02"), "Feast"),),
    )  # fmt: skip

    heard = [one.title for one in found(TODAY, all_, facts)]
    assert {"a-call", "holiday", "news"} <= set(heard)
    left = [one.title for one in found(TODAY, all_, replace(facts, complaint=True))]
    assert sorted(left) == sorted(one for one in heard if one not in ("a-call", "holiday", "news"))
    assert {"birthday", "joy", "month-6"} <= set(left)
    ahead = [one.title for one in found("2026-11-20", all_, replace(facts, complaint=True), days=20)]
    assert {"holiday", "news"} <= set(ahead), "by then it may be settled"
    ill = replace(facts, complaint=True, occasions=(an_occasion("misfortune", "2026-12-01"),))
    assert found(TODAY, all_, ill)[0].title == "misfortune"


def test_whom_a_misfortune_met_is_not_guessed() -> None:
    facts = known(contacts=(a_contact(),), occasions=(an_occasion("misfortune", "2026-12-01"),))
    assert found(TODAY, WISHES, facts)[0].contact is None

    told = replace(facts, occasions=(an_occasion("misfortune", "2026-12-01", contact_id=a_contact().id),))
    assert found(TODAY, WISHES, told)[0].contact == a_contact()


# Holidays


def test_the_lunar_holidays_of_china_are_on_their_days() -> None:
    named = {
        (name, on.isoformat()) for year in (2026, 2027, 2028) for on, name in reversed(holidays_of("CN", year, "zh"))
    }

    assert named >= {
        ("春节", "2026-02-17"), ("端午节", "2026-06-19"), ("中秋节", "2026-09-25"),
        ("春节", "2027-02-06"), ("端午节", "2027-06-09"), ("中秋节", "2027-09-15"),
        ("春节", "2028-01-26"), ("端午节", "2028-05-28"), ("中秋节", "2028-10-03"),
    }  # fmt: skip
    assert not any("休" in name for name, _ in named), "a day off for a working Sunday is no holiday"


def test_holidays_are_named_in_the_reps_language_and_a_country_that_is_not_known_has_none() -> None:
    english, chinese = (dict(holidays_of("DE", 2026, lang))[day("2026-12-25")] for lang in ("en", "zh"))

    assert (english, chinese) == ("Christmas Day", "圣诞节")
    assert dict(holidays_of("CN", 2026, "en"))[day("2026-09-25")] == "Mid-Autumn Festival"
    assert holidays_of("XX", 2026, "en") == ()


def test_holidays_that_follow_one_another_are_greeted_once() -> None:
    spring = [(day("2027-02-05"), "Eve"), *((day(f"2027-02-0{n}"), "Spring Festival") for n in (6, 7, 8))]
    easter = [(day("2027-03-26"), "Good Friday"), (day("2027-03-29"), "Easter Monday")]

    assert [tuple(one) for one in feasts(easter + spring)] == [
        (day("2027-02-05"), day("2027-02-08"), ("Eve", "Spring Festival")),
        (day("2027-03-26"), day("2027-03-29"), ("Good Friday", "Easter Monday")),
    ]


def test_of_a_long_feast_the_two_days_that_matter_most_are_named_in_their_order() -> None:
    days = ["Day before the Eve", "Eve", "New Year", "New Year", "Second day after"]

    (feast,) = feasts((day(f"2027-02-0{n}"), name) for n, name in enumerate(days, 1))
    assert feast.names == ("Eve", "New Year")


def test_a_greeting_is_due_before_the_holiday_and_as_long_as_they_celebrate() -> None:
    greeting = books(beat("holiday", "holiday", days=-3, lasts=4))
    facts = known(holidays=((day("2026-12-25"), "Christmas Day"), (day("2026-12-26"), "Boxing Day")))

    shown = [n for n in range(20, 30) if found(day(f"2026-12-{n}"), greeting, facts)]
    assert shown == [22, 23, 24, 25, 26]


def test_what_is_to_be_done_long_before_a_holiday_is_not_drawn_out_over_it() -> None:
    parcel = books(beat("parcel", "holiday", days=-14, lasts=7))
    facts = known(holidays=((day("2026-12-25"), "Christmas Day"), (day("2026-12-26"), "Boxing Day")))

    assert [one.until for one in found("2026-12-12", parcel, facts)] == [day("2026-12-17")]


# Words


def test_a_line_says_what_was_talked_of_last_in_a_visit_or_a_later_note() -> None:
    facts = known(client=a_client(tags=("C",)), held=(a_held_visit(day("2026-08-01"), summary="Showed the kit."),))
    assert found(TODAY, ROUTINE, facts)[0].talked.text == "Showed the kit."

    noted = replace(facts, notes=(a_note(day("2026-08-02"), "They moved."),))
    assert (found(TODAY, ROUTINE, noted)[0].talked.on, found(TODAY, ROUTINE, noted)[0].talked.text) == (
        day("2026-08-02"), "They moved.",
    )  # fmt: skip
    assert found(TODAY, ROUTINE, known(client=a_client(tags=("C",))))[0].talked is None


def test_a_promise_of_ours_that_is_late_comes_before_any_touch() -> None:
    late = a_promise("send the report", day("2026-11-20"))
    facts = known(client=a_client(tags=("C",)), promises=(late, a_promise("call back", day("2026-12-20"))))

    assert [one.text for one in found(TODAY, ROUTINE, facts)[0].do] == [
        "First what we owe them: send the report", "c-call-do Hengtai Pumps",
    ]  # fmt: skip


def test_what_to_say_follows_the_style_where_it_is_clear(books_: Library) -> None:
    styles = books_.get(Typology, "styles")
    styled = books(
        beat("c-call", "last-touch", days=90, tags=("C",), style={"driver": (line("short"),)}), styles=styles
    )
    person = a_contact(influence=5)
    facts = known(client=a_client(tags=("C",)), contacts=(person, a_contact("Wang", influence=1)))

    def said(one: Touching) -> list[str]:
        return [advice.id for advice in found(TODAY, styled, one)[0].say]

    assert said(facts) == ["care.c-call-say"]
    assert said(replace(facts, contacts=(replace(person, style="driver"),))) == ["care.short"]
    assert said(replace(facts, contacts=(replace(person, style="amiable"),))) == ["care.c-call-say"], (
        "it has no such line"
    )
    telling = sorted(styles.cues, key=lambda one: -one.likelihood.get("driver", 0))[:4]

    def observed(in_whom: str) -> Touching:
        return replace(facts, observations=tuple(seen(cue.id, contact_id=in_whom) for cue in telling))

    assert said(observed(person.id)) == ["care.short"]
    assert said(observed("somebody else")) == ["care.c-call-say"]


def test_a_line_keeps_its_source_and_has_its_beats_where_it_has_none() -> None:
    sourced = books(
        beat(
            "c-call",
            "last-touch",
            days=90,
            tags=("C",),
            source="S004-SERVICE",
            do=(line("a"), line("b", source="ours")),
        )
    )

    assert [one.source for one in found(TODAY, sourced, known(client=a_client(tags=("C",))))[0].do] == [
        "S004-SERVICE",
        "ours",
    ]


# General rules


ALL = Books(
    timelines=(
        Timeline(
            kind="timeline", id="care", version=1, title="Care", sources=("S004-CARE",),
            beats=(
                *SIX.timelines[0].beats, *ROUTINE.timelines[0].beats, *WISHES.timelines[0].beats,
                beat("holiday", "holiday", days=-3, lasts=4), beat("ends-3", "ends", months=-3, lasts=45),
                beat("news", "occasion", occasions=("news", "event", "anniversary"), lasts=14),
            ),
        ),
    )
)  # fmt: skip
DAYS = st.dates(day("2025-06-01"), day("2027-06-01"))
KINDS = st.sampled_from(["birthday", "anniversary", "joy", "misfortune", "event", "news"])


@st.composite
def clients(draw: st.DrawFn) -> Touching:
    """Anything that may be known of a client."""
    tags = tuple(draw(st.lists(st.sampled_from(["A", "C", "lapsed", "other"]), unique=True, max_size=2)))
    kinds = draw(st.lists(st.tuples(KINDS, DAYS, st.booleans()), max_size=4))
    return Touching(
        client=a_client(key_account=draw(st.booleans()), tags=tags),
        contracts=tuple(
            a_contract(id=f"K{n}", signed=on, months=months)
            for n, (on, months) in enumerate(
                draw(st.lists(st.tuples(DAYS, st.sampled_from([None, 3, 12])), max_size=2))
            )
        ),
        occasions=tuple(
            Occasion(id=f"OC{n:04}", client_id="C1", kind=kind, what="x", day=on, yearly=yearly)  # type: ignore[arg-type]
            for n, (kind, on, yearly) in enumerate(kinds)
        ),
        held=tuple(map(a_held_visit, draw(st.lists(DAYS, unique=True, max_size=2)))),
        notes=tuple(map(a_note, draw(st.lists(DAYS, unique=True, max_size=2)))),
        holidays=tuple((on, "Feast") for on in draw(st.lists(DAYS, unique=True, max_size=3))),
    )


@given(clients(), DAYS, st.sampled_from(["done", "dropped"]), st.data())
def test_a_line_that_is_settled_is_gone_and_the_others_stay_but_for_routine(
    facts: Touching, today: date, state: Any, data: st.DataObject
) -> None:
    before = found(today, ALL, facts)
    if not before:
        return
    settled = data.draw(st.sampled_from(before))
    after = replace(facts, touches=(a_touch(settled.clock, today, state=state),))

    routine = {one.clock for one in before if one.title in ("a-call", "a-visit", "c-call", "regular")}
    left = set(clocks(today, ALL, after))
    assert settled.clock not in left
    if settled.title != "misfortune":
        assert {one.clock for one in before} - {settled.clock} - routine <= left
        assert left <= {one.clock for one in before}, "nothing new comes up in its place"
    later = data.draw(st.integers(0, 800))
    assert settled.clock not in clocks(today + timedelta(days=later), ALL, after), "the same never comes again"


@given(clients(), DAYS)
def test_a_client_has_one_line_at_most_where_one_is_wanted_and_it_is_the_most_pressing(
    facts: Touching, today: date
) -> None:
    lines = found(today, ALL, facts)
    other = tuple(replace(one, client=a_client(id="C2", name="Other")) for one in lines)
    chosen = one_a_client(lines[::-1] + other)

    assert len(chosen) == (2 if lines else 0)
    assert all(one.rank == max(line_.rank for line_ in lines) for one in chosen)


@given(clients(), DAYS, st.randoms())
def test_the_order_of_the_records_does_not_matter(facts: Touching, today: date, shuffle: Any) -> None:
    def mixed(records: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(shuffle.sample(records, len(records)))

    names = ("contracts", "occasions", "held", "notes", "holidays")
    other = replace(facts, **{name: mixed(getattr(facts, name)) for name in names})

    assert found(today, ALL, other) == found(today, ALL, facts)


@settings(max_examples=15)
@given(st.dates(day("1950-01-01"), day("2025-01-01")), st.sampled_from([1, 14, 200, 366]), DAYS)
def test_a_yearly_day_comes_once_a_year_however_long_its_window(birth: date, lasts: int, first: date) -> None:
    long = books(beat("birthday", "occasion", lasts=lasts))
    facts = known(occasions=(an_occasion("birthday", birth.isoformat(), yearly=True),))
    came: list[date] = []
    for n in range(3 * 366):
        today = first + timedelta(days=n)
        for one in pending(long, facts, today):
            came.append(one.since)
            facts = replace(facts, touches=(*facts.touches, a_touch(one.clock, today)))

    assert all(late - early >= timedelta(days=365) for early, late in pairwise(came))
    assert 2 <= len(came) <= 4


@pytest.mark.parametrize(("tag", "rhythm"), [("A", 30), ("C", 90)])
@tried(20)
@given(done=st.lists(st.integers(0, 20), min_size=8, max_size=8))
def test_nobody_is_called_more_often_than_the_tag_says(tag: str, rhythm: int, done: list[int]) -> None:
    only = books(*(one for one in ROUTINE.timelines[0].beats if one.id != "a-visit"))
    facts, called, today = known(client=a_client(tags=(tag,))), [], TODAY
    for delay in done:
        while not pending(only, facts, today):
            today += timedelta(days=1)
        called.append(today)
        today += timedelta(days=delay)
        (one,) = pending(only, facts, today)
        facts = replace(facts, touches=(*facts.touches, a_touch(one.clock, today)))

    assert all((late - early).days >= rhythm for early, late in pairwise(called))


@given(clients(), DAYS)
def test_ids_are_the_same_in_the_next_run_and_differ_in_a_list(facts: Touching, today: date) -> None:
    lines = told_apart(pending(ALL, facts, today))
    doubled = told_apart((*lines, *(one._replace(client=a_client(id="C2")) for one in lines)))

    assert [one.id for one in lines] == [one.id for one in told_apart(pending(ALL, facts, today))]
    assert len({one.id for one in doubled}) == len(doubled) or not lines


def test_lines_of_the_same_id_get_longer_ones() -> None:
    (one,) = pending(SIX, known(contracts=(a_contract(),)), day("2026-11-01"))
    other = one._replace(clock="care.month-6@2020-01-01")

    first, second = told_apart((one, other))
    assert first.id != second.id
    assert first.id.startswith(one.id) or len(first.id) == len(one.id) + 1


# The timelines that come with the program


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_beat_that_comes_with_the_program_comes_due_and_says_something(books_: Library, lang: Any) -> None:
    timelines, speaker, start = books_.all(Timeline), voice(lang, ME), day("2026-01-01")
    occasions = tuple(
        an_occasion(kind, "2026-12-01") for kind in ("birthday", "anniversary", "joy", "misfortune", "event", "news")
    )
    for book in timelines:
        for one in book.beats:
            alone = Books(timelines=(replace(book, beats=(one,)),))
            facts = Touching(
                client=a_client(tags=one.tags),
                contracts=(a_contract(signed=start, motive=next(iter(one.motives), None)),),
                occasions=occasions if one.starts == "occasion" else (),
                holidays=((day("2026-12-25"), "Christmas Day"),),
            )
            lines = [care for n in range(450) for care in due(alone, facts, start + timedelta(days=n), speaker)]
            assert lines, one.id
            assert all(care.do and care.say for care in lines), one.id


@pytest.fixture
def books_(books: Library) -> Library:
    """The built-in set; this file has a function of that name."""
    return books
