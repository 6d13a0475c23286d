"""An objection walked at a real terminal: what a rep reads and presses, in both languages, on a wide and a narrow one."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from salescoach.language import say
from tests.examples import BOTH_WAYS
from tests.journeys.asking import ask, label, why
from tests.journeys.terminal import BACK, CTRL_C, ENTER, PAUSE, Terminal, squeeze
from tests.journeys.test_journey import reads_well

Open = Callable[..., Terminal]
LANGS = pytest.mark.parametrize("lang", ["en", "zh"])
CLIENT = "华星机械"
TYPED: dict[str, dict[str, str]] = {
    "en": {
        "words": "too expensive", "first": "dearer than last year", "second": "the budget is gone",
        "who": "Lena Voss", "what": "send last year's quote", "day": "next fri", "technique": "Borrow the force",
        "client": "Ammerfeld Hydraulik",
    },
    "zh": {
        "words": "太贵了", "first": "比去年高两成", "second": "预算用完了",
        "who": "王总", "what": "把去年的报价单发来", "day": "下周五", "technique": "借力推手",
        "client": CLIENT,
    },
}  # fmt: skip


def put(name: str, lang: str) -> str:
    return ask("objection", name, lang)


def hears(terminal: Terminal, lang: str) -> None:
    """Pause, listen, acknowledge: a key each."""
    for name in ("pause", "listen", "acknowledge"):
        terminal.answers(put(name, lang), "d")


def explores(terminal: Terminal, lang: str) -> None:
    """Two questions; with the second answer the true reason is out."""
    mine = TYPED[lang]
    terminal.answers(put("holding", lang), mine["first"] + ENTER)
    terminal.answers(put("holding_out", lang), "n")
    terminal.answers(put("besides", lang), mine["second"] + ENTER)
    terminal.answers(put("besides_out", lang), "y")


def finishes(terminal: Terminal, lang: str) -> None:
    """From the class to the next step."""
    mine = TYPED[lang]
    terminal.answers(put("class", lang), "1")
    offered = terminal.asked(put("technique", lang))
    assert squeeze(mine["technique"]) in squeeze(offered)
    terminal.presses("1")
    terminal.answers(put("response", lang), "d")
    terminal.answers(put("settled", lang), "n")
    for field, typed in (("who", mine["who"]), ("what", mine["what"]), ("by", mine["day"])):
        terminal.answers(put(f"next_step.{field}", lang), typed + ENTER)


@BOTH_WAYS
def test_an_objection_is_walked_from_the_pause_to_the_next_step(
    at: Open, book: Callable[..., Any], lang: str, columns: int
) -> None:
    mine = TYPED[lang]
    book("client", "add", mine["client"])
    given = book("--lang", lang, "objection", "price", "--style", "driver")["answer"]

    walk = at(
        "objection", mine["words"], "--deep", "--for", mine["client"], "--style", "driver", lang=lang, columns=columns
    )
    walk.asked(put("pause", lang))
    walk.sees(given["say"][0]["text"])
    hears(walk, lang)
    walk.asked(put("holding", lang))
    walk.sees(given["say"][1]["text"])
    explores(walk, lang)
    walk.asked(put("class", lang))
    walk.sees(given["kind"]["ask"]["text"], given["kind"]["real"], given["kind"]["hidden"])
    assert squeeze(put("supposing", lang)) not in squeeze(walk.scroll)
    finishes(walk, lang)

    assert walk.ends() == 0
    shown = walk.sees(
        mine["second"], mine["technique"], given["style"][0]["text"], say("deep.settled-no", lang),
        say("deep.say-next", lang), say("deep.kept", lang, client=mine["client"]),
    )  # fmt: skip
    assert squeeze(f"“{mine['words']}”") in squeeze(shown)
    reads_well(walk, lang)
    assert book("prep", mine["client"], "--brief")["objections"][0]["topic"] == "price"


@BOTH_WAYS
def test_left_in_the_middle_it_says_what_to_say_next_and_goes_on_there(
    at: Open, book: Callable[..., Any], lang: str, columns: int
) -> None:
    mine = TYPED[lang]
    given = book("--lang", lang, "objection", "price")["answer"]
    first = at("objection", mine["words"], "--deep", lang=lang, columns=columns)
    hears(first, lang)
    explores(first, lang)
    first.asked(put("class", lang))
    first.presses(CTRL_C)

    assert first.ends() == 130
    first.sees(
        say("deep.stopped", lang, text=given["kind"]["ask"]["text"]), say("error.walk-paused", lang),
        "salescoach objection", "--deep",
    )  # fmt: skip
    first.screen.broken = [row for row in first.broken if "salescoach " not in row]  # a command stays as it is copied
    reads_well(first, lang)

    again = at("objection", mine["words"], "--deep", lang=lang, columns=columns)
    again.asked(put("class", lang))
    assert squeeze(put("pause", lang)) not in squeeze(again.scroll)
    finishes(again, lang)
    assert again.ends() == 0
    again.sees(mine["first"], mine["who"])
    reads_well(again, lang)

    anew = at("objection", mine["words"], "--deep", lang=lang, columns=columns)
    anew.asked(put("pause", lang))


@LANGS
def test_one_goes_back_skips_and_asks_why(at: Open, lang: str) -> None:
    walk = at("objection", "price", "--deep", lang=lang)
    walk.answers(put("pause", lang), ENTER)
    walk.asked(put("listen", lang))
    walk.presses("?")
    walk.sees(why("objection", "listen", lang))
    walk.presses(BACK)
    walk.answers(put("pause", lang), "n")
    walk.answers(put("listen", lang), "d")
    walk.answers(put("acknowledge", lang), "d")
    for name in ("holding", "besides", "supposing", "another", "takes"):
        walk.answers(put(name, lang))
    walk.answers(put("class", lang), "3")
    offered = walk.asked(put("technique", lang))
    assert squeeze(TYPED[lang]["technique"]) not in squeeze(offered), "it does not fit a hidden one"
    walk.presses(PAUSE)

    assert walk.ends() == 130
    assert squeeze(label("objection", "class", "hidden", lang)) in squeeze(walk.scroll)
    reads_well(walk, lang)


@LANGS
def test_a_walk_left_on_another_day_goes_on_only_if_wanted(at: Open, lang: str) -> None:
    first = at("objection", "price", "--deep", lang=lang)
    first.answers(put("pause", lang), "d")
    first.asked(put("listen", lang))
    first.presses(CTRL_C)
    assert first.ends() == 130

    again = at("objection", "price", "--deep", lang=lang, today="2026-12-03")
    again.sees(say("deep.older-on", lang), say("deep.older-new", lang))
    again.presses("2")
    again.asked(put("pause", lang))
    reads_well(again, lang)


@LANGS
def test_the_debrief_of_the_day_has_it_filled_in_and_counts_it_once(
    at: Open, book: Callable[..., Any], home: Path, lang: str
) -> None:
    mine = TYPED[lang]
    book("client", "add", mine["client"])
    answers = home.parent / "walk.yaml"
    answers.write_text("class: real\ntechnique: boomerang\nsettled: no\n", encoding="utf-8")
    book("objection", mine["words"], "--deep", "--for", mine["client"], "--answers", str(answers))

    debrief = at("debrief", mine["client"], lang=lang)
    debrief.answers(ask("debrief", "ended", lang), "3")
    for path in ("summary", "client_commitments.who", "our_promises.what"):
        debrief.answers(ask("debrief", path, lang))
    assert mine["words"] in debrief.asked(ask("debrief", "objections.said", lang))
    debrief.answers(ask("debrief", "objections.said", lang))
    debrief.answers(ask("debrief", "objections.resolved", lang), "y")
    debrief.answers(ask("debrief", "objections.said", lang))
    while debrief.child.isalive():
        debrief.until(lambda: bool(debrief.asking) or not debrief.child.isalive(), "the next question or the end")
        if debrief.asking:
            debrief.answers(debrief.asking.split("\n")[0])

    assert debrief.ends() == 0
    debrief.sees(mine["words"], say("render.resolved", lang))
    assert book("objection", "price", "--mine")["count"] == 1
    brief = book("prep", mine["client"], "--brief")
    assert "unresolved" not in [one["reason"] for one in brief["objections"]]
