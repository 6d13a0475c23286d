"""A complaint at a terminal: words at every step, left and gone on with, an honest promise, and the end."""

import json
from collections.abc import Callable
from typing import Any

import pytest
import yaml

from salescoach.language import say
from tests.examples import BOTH_WAYS
from tests.journeys.asking import CHECKLISTS, ask, label
from tests.journeys.program import Run
from tests.journeys.terminal import BACK, CTRL_C, ENTER, Terminal, squeeze

LANGS = ("en", "zh")
CLIENT = {"en": "Ammerfeld Hydraulik", "zh": "苏州禾澄液压"}
KARL = {"en": "Karl Dorn", "zh": "周建国"}
SAID = {"en": "press 4 stands still since Friday", "zh": "四号压机周五起就停了"}
WAYS = {"en": ("swap the seal tonight", "lend a press"), "zh": ("今晚换密封", "借一台压机")}
Open = Callable[..., Terminal]


def words(entry: str, group: str, lang: str) -> list[str]:
    """The words of a step as the playbook has them."""
    book = yaml.safe_load((CHECKLISTS.parent / "typologies" / "complaint-words.yaml").read_text("utf-8"))
    lines = next(one for one in book["entries"] if one["id"] == entry)["lines"][group]
    return [str(line["text"][lang]) for line in lines]


@pytest.fixture
def book(run: Run) -> Callable[[str], None]:
    """A client with a driver in it."""

    def make(lang: str) -> None:
        assert run("client", "add", CLIENT[lang]).returncode == 0
        assert run("contact", "add", CLIENT[lang], KARL[lang], "--style", "driver").returncode == 0

    return make


def asks(path: str, lang: str) -> str:
    return ask("complaint", path, lang)


def listen(walk: Terminal, lang: str) -> None:
    """The first step."""
    walk.answers(asks("said", lang), SAID[lang] + ENTER)
    for question in ("tone", "facts"):
        walk.answers(asks(question, lang))
    walk.answers(asks("danger", lang), "n")
    walk.answers(asks("restated", lang))
    walk.answers(asks("restated_right", lang), "y")


def solve(walk: Terminal, lang: str) -> None:
    """From the offer of help to the promise."""
    walk.answers(asks("help_offered", lang), "y")
    for way in WAYS[lang]:
        walk.answers(asks("options", lang), way + ENTER)
    walk.answers(asks("options", lang))
    shown = walk.answers(asks("chosen", lang), "1")
    assert all(squeeze(way) in squeeze(shown) for way in WAYS[lang]), "the ways just offered are there to choose from"
    walk.answers(asks("certain", lang), "n")
    walk.answers(asks("report_by", lang), "2026-12-04" + ENTER)
    walk.answers(asks("report_to", lang))
    walk.answers(asks("several_clients", lang), "y")
    walk.answers(asks("reputation", lang), "n")


@BOTH_WAYS
def test_a_complaint_is_left_gone_on_with_promised_honestly_and_settled(
    at: Open, run: Run, book: Callable[[str], None], lang: str, columns: int
) -> None:
    book(lang)
    first = at("complaint", CLIENT[lang], lang=lang, columns=columns)
    first.answers(say("complaint.who", lang), "1")
    first.asked(asks("said", lang))
    assert squeeze(words("driver", "listen", lang)[0]) in squeeze(first.said), "the words come before the question"
    listen(first, lang)
    first.answers(asks("emotion", lang), "4")
    first.asked(asks("acknowledged", lang))
    assert squeeze(words("furious", "acknowledge", lang)[0]) in squeeze(first.said)
    assert squeeze(words("driver", "acknowledge", lang)[0]) in squeeze(first.said)
    first.presses(BACK)
    shown = first.asked(asks("emotion", lang))
    assert f"> 4 {label('complaint', 'emotion', 'furious', lang)}" in shown, "back, with what was answered"
    assert first.broken == []
    first.presses(CTRL_C)
    assert first.ends() == 130

    second = at("complaint", CLIENT[lang], lang=lang, columns=columns)
    second.answers(asks("acknowledged", lang))
    assert squeeze(asks("said", lang)) not in squeeze(second.scroll), "it goes on where it was left"
    second.asked(asks("help_offered", lang))
    assert squeeze(words("driver", "help", lang)[0]) in squeeze(second.said)
    solve(second, lang)
    second.asked(asks("settled", lang))
    assert squeeze(words("any", "not_sure", lang)[0]) in squeeze(second.said)
    second.answers(asks("settled", lang), "n")
    assert second.ends() == 0
    second.sees(SAID[lang], "salescoach crisis product --for", say("complaint.now", lang))
    assert second.broken == []

    (found,) = json.loads(run("complaint", "--json").stdout)["complaints"]
    assert (found["contact"], found["said"], found["by"]) == (KARL[lang], SAID[lang], "2026-12-04")
    assert found["emotion"] == "furious"

    third = at("complaint", CLIENT[lang], lang=lang, columns=columns, today="2026-12-04")
    third.answers(say("complaint.which", lang), "1")
    shown = third.asked(asks("said", lang))
    assert squeeze(SAID[lang]) in squeeze(shown), "the last answer stands there"
    assert squeeze(words("any", "still_open", lang)[0]) in squeeze(third.said), "what to say on the day"
    assert third.broken == []
    third.presses(CTRL_C)
    assert third.ends() == 130

    done = at("complaint", CLIENT[lang], "--settled", lang=lang, columns=columns, today="2026-12-04")
    assert done.ends() == 0
    done.sees(say("complaint.reported", lang))
    assert done.broken == []
    assert json.loads(run("complaint", "--json").stdout)["complaints"] == []
    promises: list[Any] = json.loads(run("promise", "list", "--json").stdout)["promises"]
    assert promises == []


def test_at_a_client_that_is_new_it_is_added_on_the_spot(at: Open, run: Run) -> None:
    walk = at("complaint", "New Ltd")
    walk.answers(say("cli.who-is-meant", "en", name="New Ltd"), "1")
    walk.asked(asks("said", "en"))
    walk.presses(CTRL_C)

    assert walk.ends() == 130
    assert [one["name"] for one in json.loads(run("client", "list", "--json").stdout)["clients"]] == ["New Ltd"]


def test_another_complaint_begins_beside_the_open_one(at: Open, run: Run, book: Callable[[str], None]) -> None:
    book("en")
    who = f"{CLIENT['en']}/{KARL['en']}"
    assert run("complaint", who, "--answers", "-", given=f"said: {SAID['en']}\n").returncode == 0
    walk = at("complaint", who)
    walk.answers(say("complaint.which", "en"), "2")
    shown = walk.asked(asks("said", "en"))
    assert SAID["en"] not in shown
    walk.answers(asks("said", "en"), "the invoice is wrong" + ENTER)
    walk.asked(asks("tone", "en"))
    walk.presses(CTRL_C)
    assert walk.ends() == 130

    again = at("complaint", who)
    shown = again.asked(say("complaint.which", "en"))
    assert "the invoice is wrong" in shown
    assert SAID["en"] in shown.replace("\n", " ")
    again.presses("1")
    again.asked(asks("tone", "en"))
    again.presses(CTRL_C)
    assert again.ends() == 130
