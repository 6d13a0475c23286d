"""A new rep's first days, at a real terminal: everything a person does and reads, in both languages."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from salescoach.language import say, show_day
from tests.examples import BOTH_WAYS
from tests.journeys.asking import ask, first_check, label, outcome, why
from tests.journeys.terminal import BACK, CTRL_C, ENTER, PAUSE, Terminal, squeeze

LANGS = ("en", "zh")
#: What the rep types, so that it can be told from what the program says.
TYPED: dict[str, dict[str, str]] = {
    "en": {
        "name": "Jana Brandt", "company": "Morvale Seals", "product": "shaft seals", "client": "Ammerfeld Hydraulik",
        "person": "Karl Dorn", "other": "Lena Voss", "question": "What does one stop of press 4 cost you?", "summary": "Went through the report",
        "what": "fit two trial kits on press 4", "promise": "deliver two trial kits", "lesson": "Ask about the stop first",
        "said": "That is too expensive for us", "cue": "asks for data", "day": "next fri", "shown_day": "Fri 11 Dec",
        "new_day": "next mon", "topic": "Price",
    },
    "zh": {
        "name": "李娜", "company": "莫瓦密封", "product": "密封件", "client": "华星机械",
        "person": "王总", "other": "赵工", "question": "四号压机停一次要损失多少？", "summary": "一起看了检测报告",
        "what": "在四号压机上试两套密封件", "promise": "送两套试用件", "lesson": "先问停机损失",
        "said": "你们太贵了", "cue": "要数据", "day": "下周五", "shown_day": "12月11日（周五）",
        "new_day": "下周一", "topic": "价格",
    },
}  # fmt: skip
#: Two worries in one breath: with at least one of these, it is not clear which is meant.
UNCLEAR = {
    "en": (
        "not sure about this",
        "bad service and no money",
        "not now and does it work",
        "we have one already and who are you",
    ),
    "zh": ("有点贵，老板不一定批", "感觉一般", "没时间，太麻烦", "太贵，合同太长", "没钱，售后差"),
}
#: Latin words that stand on a Chinese screen with good reason: the program's own name, its commands, keys.
LATIN = re.compile(r"salescoach(?:\s+[a-z-]+)*|--[a-z]+(?:\s+[a-z|-]+)?|\bTab\b|\bAlt\b|\bLAER\b|\^[A-Z]|\b[dsnm] ")

Open = Callable[..., Terminal]


def visits_of(book: Callable[..., Any]) -> list[Any]:
    """Every visit, the latest first."""
    return [one["visit"] for one in book("visit", "list")["visits"]]


def reads_well(terminal: Terminal, lang: str) -> None:
    """What any screen must be: no trace of a crash, nothing wider than the screen, one language."""
    shown = terminal.scroll
    assert "Traceback" not in terminal.raw
    assert "SALESCOACH_DEBUG" not in terminal.raw
    assert terminal.broken == []
    if lang == "zh":
        assert re.findall(r"[A-Za-z]{2,}", LATIN.sub("", shown)) == []


def introduce(at: Open, lang: str, columns: int) -> None:
    """The walk about oneself."""
    mine = TYPED[lang]
    me = at("me", lang=lang, columns=columns)
    me.answers(ask("me", "name", lang), mine["name"] + ENTER)
    me.answers(ask("me", "company", lang), mine["company"] + ENTER)
    me.answers(ask("me", "products", lang), mine["product"] + ENTER)
    me.answers(ask("me", "products", lang))
    me.answers(ask("me", "proof_points", lang))
    me.answers(ask("me", "style", lang), "1")
    assert me.ends() == 0
    me.sees(mine["name"], mine["company"], mine["product"])
    reads_well(me, lang)


def plan(terminal: Terminal, lang: str) -> None:
    """The common questions of a prep up to the first item to tick, one of them corrected by going back."""
    mine = TYPED[lang]
    terminal.answers(ask("prep", "purpose", lang), "1")
    terminal.asked(ask("prep", "when", lang))
    terminal.presses("?")
    terminal.sees(why("prep", "when", lang))
    terminal.answers(ask("prep", "when", lang))
    terminal.answers(ask("prep", "contacts", lang), mine["other"] + ENTER)
    terminal.asked(ask("prep", "primary_advance.who", lang))
    terminal.presses(BACK)
    terminal.replaces(ask("prep", "contacts", lang), mine["person"])
    terminal.replaces(ask("prep", "primary_advance.who", lang), mine["person"])
    terminal.replaces(ask("prep", "primary_advance.what", lang), mine["what"])
    terminal.replaces(ask("prep", "primary_advance.by", lang), mine["day"])
    for field in ("who", "what", "by"):
        terminal.answers(ask("prep", f"fallback_advance.{field}", lang))
    terminal.answers(ask("prep", "questions", lang), mine["question"] + ENTER)
    terminal.answers(ask("prep", "questions", lang))
    terminal.answers(ask("prep", "expected_objections", lang))
    terminal.answers(ask("prep", "forecast", lang), "2")


def tick_all(terminal: Terminal) -> int:
    """Answer every item left with "done"; how many there were."""
    count = 0
    while True:
        terminal.until(lambda: bool(terminal.asking) or not terminal.child.isalive(), "an item or the end")
        if not terminal.asking:
            return count
        terminal.answers(terminal.asking.split("\n")[0], "d")
        count += 1


@BOTH_WAYS
def test_a_new_rep_preps_is_killed_resumes_and_debriefs(
    at: Open, book: Callable[..., Any], lang: str, columns: int
) -> None:
    mine = TYPED[lang]

    start = at(lang=lang, columns=columns)
    assert start.ends() == 0
    start.sees("salescoach me", "salescoach client add", "salescoach prep", say("today.welcome", lang))
    assert "Traceback" not in start.raw
    introduce(at, lang, columns)

    prep = at("prep", mine["client"], lang=lang, columns=columns)
    prep.answers(say("cli.who-is-meant", lang, name=mine["client"]), "1")
    prep.sees(say("render.advance", lang), say("render.gaps", lang))
    prep.reads_on(say("prep.hold", lang))
    plan(prep, lang)
    first = first_check("prep-first-visit", lang)
    prep.answers(first, "d")
    prep.until(lambda: bool(prep.asking) and squeeze(first) not in squeeze(prep.asking), "the second item")
    stopped = prep.asking.split("\n")[0]
    reads_well(prep, lang)
    prep.is_killed()

    again = at("prep", mine["client"], lang=lang, columns=columns)
    again.reads_on(say("prep.hold", lang))
    again.asked(stopped)
    again.sees(say("cli.resuming", lang, day=show_day(date(2026, 12, 1), lang)))
    assert squeeze(ask("prep", "purpose", lang)) not in squeeze(again.asking)
    assert 3 <= tick_all(again) <= 9
    assert again.ends() == 0
    again.sees(mine["what"])  # its people are known now, so the brief is shown afresh
    reads_well(again, lang)

    visit = visits_of(book)[0]
    assert (visit["when"], visit["purpose"], visit["status"]) == ("2026-12-01", "first-visit", "planned")
    kept = visit["plan"]
    assert kept["primary_advance"] == {"who": mine["person"], "what": mine["what"], "by": "2026-12-11"}
    assert (kept["questions"], kept["forecast"]) == ([mine["question"]], "even")
    assert {one["state"] for one in kept["checklist"].values()} == {"done"}
    assert [one["name"] for one in book("client", "show", mine["client"])["contacts"]] == [mine["person"]]

    quickly(at, lang, columns)
    promises = {one["promise"]["owner"]: one["promise"] for one in book("promise", "list")["promises"]}
    assert promises["theirs"]["what"] == mine["what"]
    assert (promises["ours"]["what"], promises["ours"]["by"]) == (mine["promise"], "2026-12-11")


def quickly(at: Open, lang: str, columns: int) -> None:
    """The debrief of the next day: at most eight prompts, then verdict, promise, message."""
    mine = TYPED[lang]
    debrief = at("debrief", "--quick", lang=lang, columns=columns, today="2026-12-02")
    keys = (
        ("ended", "3"),
        ("summary", mine["summary"] + ENTER),
        ("client_commitments.who", mine["person"] + ENTER),
        ("client_commitments.what", mine["what"] + ENTER),
        ("client_commitments.by", mine["day"] + ENTER),
        ("our_promises.what", mine["promise"] + ENTER),
        ("our_promises.by", mine["day"] + ENTER),
        ("lesson", mine["lesson"] + ENTER),
    )
    for path, typed in keys:
        debrief.answers(ask("debrief", path, lang), typed)
    assert debrief.ends() == 0
    assert len(keys) <= 8
    shown = debrief.sees(
        outcome("advance", lang), mine["promise"], mine["shown_day"], mine["lesson"],
        say("render.plan-primary", lang, result=say("render.result-met", lang)), say("render.message", lang),
        say("coach.confirm-greeting", lang, name=mine["person"]), mine["name"],
    )  # fmt: skip
    assert shown.index(say("render.message", lang)) > shown.index(outcome("advance", lang))
    reads_well(debrief, lang)


@pytest.fixture
def known(home: Path, book: Callable[..., Any]) -> Callable[[str], None]:
    """A rep who is known, with one client and one person there."""

    def make(lang: str) -> None:
        mine = TYPED[lang]
        answers = home.parent / "me.yaml"
        answers.write_text(f"name: {mine['name']}\ncompany: {mine['company']}\nproducts: [{mine['product']}]\n")
        book("me", "--answers", str(answers))
        book("client", "add", mine["client"])
        book("contact", "add", mine["client"], mine["person"])

    return make


@pytest.mark.parametrize("lang", LANGS)
def test_an_unplanned_visit_at_normal_pace_then_the_next_brief_shows_it(
    at: Open, known: Callable[[str], None], book: Callable[..., Any], lang: str
) -> None:
    known(lang)
    mine = TYPED[lang]
    debrief = at("debrief", mine["client"], lang=lang)
    debrief.answers(ask("debrief", "ended", lang), "3")
    debrief.answers(ask("debrief", "summary", lang), mine["summary"] + ENTER)
    debrief.answers(ask("debrief", "client_commitments.who", lang))
    debrief.answers(ask("debrief", "our_promises.what", lang), mine["promise"] + ENTER)
    debrief.answers(ask("debrief", "our_promises.by", lang), mine["day"] + ENTER)
    debrief.answers(ask("debrief", "our_promises.what", lang))
    debrief.answers(ask("debrief", "objections.said", lang), mine["said"] + ENTER)
    debrief.answers(ask("debrief", "objections.resolved", lang), "n")
    debrief.answers(ask("debrief", "objections.said", lang))
    debrief.answers(ask("debrief", "cues", lang), mine["cue"] + ENTER)
    debrief.answers(ask("debrief", "listening", lang), " " + ENTER)
    while debrief.child.isalive():
        debrief.until(lambda: bool(debrief.asking) or not debrief.child.isalive(), "the next question or the end")
        if debrief.asking:
            debrief.answers(debrief.asking.split("\n")[0])
    assert debrief.ends() == 0
    debrief.sees(outcome("continuation", lang), mine["said"], mine["topic"], mine["promise"])
    reads_well(debrief, lang)

    visit = visits_of(book)[0]
    assert visit["debrief"]["listening"]["talked-more"] is True
    brief = at("prep", mine["client"], lang=lang, today="2026-12-03")
    brief.reads_on(say("prep.hold", lang))
    brief.asked(ask("prep", "purpose", lang))
    brief.sees(mine["summary"], mine["promise"], mine["topic"], say("render.reason-unresolved", lang))
    brief.presses(PAUSE)
    assert brief.ends() == 130
    brief.sees(say("error.walk-paused", lang), "salescoach prep")
    reads_well(brief, lang)


@pytest.mark.parametrize("lang", LANGS)
def test_the_whole_brief_is_in_sight_on_80_by_24_until_a_key_is_pressed(
    at: Open, known: Callable[[str], None], lang: str
) -> None:
    known(lang)
    prep = at("prep", TYPED[lang]["client"], lang=lang)
    first, *_ = prep.reads_on(say("prep.hold", lang)).split("\n")

    assert first.startswith(TYPED[lang]["client"])
    prep.asked(ask("prep", "purpose", lang))


def test_a_screen_with_room_for_brief_and_questions_does_not_wait(at: Open, known: Callable[[str], None]) -> None:
    known("en")
    prep = at("prep", TYPED["en"]["client"], rows=60)

    prep.asked(ask("prep", "purpose", "en"))
    assert say("prep.hold", "en") not in prep.scroll


@pytest.mark.parametrize("lang", LANGS)
def test_ctrl_c_below_the_brief_saves_nothing(
    at: Open, known: Callable[[str], None], book: Callable[..., Any], lang: str
) -> None:
    known(lang)
    prep = at("prep", TYPED[lang]["client"], lang=lang)
    prep.sees(say("prep.hold", lang))
    prep.presses(CTRL_C)

    assert prep.ends() == 130
    assert say("error.stopped", lang) in prep.text
    assert visits_of(book) == []


@pytest.mark.parametrize("lang", LANGS)
def test_an_objection_on_the_spot_carries_names_and_an_unclear_one_offers_three(
    at: Open, known: Callable[[str], None], book: Callable[..., Any], lang: str
) -> None:
    known(lang)
    mine = TYPED[lang]
    clear = at("objection", "price", "--for", mine["client"], lang=lang)
    assert clear.ends() == 0
    shown = clear.sees(mine["topic"], say("render.then", lang), say("render.avoid-label", lang))
    assert "{" not in shown
    reads_well(clear, lang)

    unclear = at(
        "objection", next(words for words in UNCLEAR[lang] if not book("objection", words)["confident"]), lang=lang
    )
    offered = unclear.asked(say("objection.which", lang))
    rows = [line.lstrip(" >") for line in offered.split("\n")[1:-1]]
    assert [row.split(" ")[0] for row in rows] == ["1", "2", "3"]
    unclear.presses("2")
    assert unclear.ends() == 0
    assert unclear.text.lstrip().startswith(rows[1].removeprefix("2 "))
    reads_well(unclear, lang)


@pytest.mark.parametrize("lang", LANGS)
def test_a_cancelled_visit_stops_asking_and_one_that_did_not_take_place_moves(
    at: Open, known: Callable[[str], None], book: Callable[..., Any], home: Path, lang: str
) -> None:
    known(lang)
    mine = TYPED[lang]
    answers = home.parent / "plan.yaml"
    answers.write_text("purpose: discovery\nwhen: 2026-12-01\n")
    book("prep", mine["client"], "--answers", str(answers))
    waiting = book("today", today="2026-12-02")["debrief"]
    assert [one["client"] for one in waiting] == [mine["client"]]

    moved = at("debrief", lang=lang, today="2026-12-02")
    moved.answers(ask("debrief", "ended", lang), "4")
    moved.replaces(ask("debrief", "next_date", lang), mine["new_day"])
    assert moved.ends() == 0
    moved.sees(say("render.not-held", lang), mine["client"])
    reads_well(moved, lang)
    planned = [one for one in visits_of(book) if one["status"] == "planned"]
    assert [one["when"] for one in planned] == ["2026-12-07"]

    cancelled = at("visit", "cancel", planned[0]["id"], lang=lang, today="2026-12-08")
    assert cancelled.ends() == 0
    reads_well(cancelled, lang)
    nothing = at("debrief", lang=lang, today="2026-12-08")
    assert nothing.ends() == 3
    nothing.sees(say("error.nothing-to-debrief", lang))


def test_the_label_of_each_way_to_end_is_read_in_both_languages(at: Open, known: Callable[[str], None]) -> None:
    known("zh")
    debrief = at("debrief", TYPED["zh"]["client"], lang="zh", columns=40)
    debrief.asked(ask("debrief", "ended", "zh"))
    for choice in ("order", "refused", "open", "not-held"):
        assert label("debrief", "ended", choice, "zh") in debrief.asking
    reads_well(debrief, "zh")
