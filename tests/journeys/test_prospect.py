"""Finding clients at a terminal: ways, leads, and what they become; ways without a lead wait for one."""

import json
from collections.abc import Callable

import pytest

from salescoach.language import say
from tests.examples import BOTH_WAYS
from tests.journeys.asking import ask, label
from tests.journeys.program import Run
from tests.journeys.terminal import BACK, CTRL_C, ENTER, Terminal, squeeze

LANGS = ("en", "zh")
FIRM = {"en": "Brandt Pumps", "zh": "华星机械"}
BOSS = {"en": "Uwe Lenz", "zh": "王总"}
Open = Callable[..., Terminal]


def asks(path: str, lang: str) -> str:
    return ask("prospect", path, lang)


@BOTH_WAYS
def test_a_lead_becomes_a_client_with_a_first_visit(at: Open, run: Run, lang: str, columns: int) -> None:
    walk = at("prospect", lang=lang, columns=columns)
    walk.answers(asks("ways", lang), " " + ENTER)
    walk.answers(asks("leads.name", lang), FIRM[lang] + ENTER)
    walk.answers(asks("leads.way", lang))
    walk.asked(asks("leads.why", lang))
    walk.presses(BACK)
    best = label("prospect", "ways", "directories", lang)
    walk.asked(asks("leads.way", lang))
    walk.presses(best[:6])
    walk.until(lambda: f"/ {best[:6]}" in walk.asking, "the others gone")
    walk.answers(asks("leads.way", lang))
    walk.answers(asks("leads.why", lang))
    walk.asked(asks("leads.contact", lang))
    assert walk.broken == []
    walk.presses(CTRL_C)
    assert walk.ends() == 130

    again = at("prospect", lang=lang, columns=columns)
    again.answers(asks("leads.contact", lang), BOSS[lang] + ENTER)
    again.answers(asks("leads.position", lang))
    again.answers(asks("leads.channel", lang), "1")
    again.answers(asks("leads.opening", lang))
    again.answers(asks("leads.when", lang), "2026-12-04" + ENTER)
    again.answers(asks("leads.name", lang))
    assert again.ends() == 0
    again.sees(FIRM[lang], "salescoach prep")
    assert again.broken == []

    known = json.loads(run("client", "show", FIRM[lang], "--json").stdout)
    assert known["client"]["tags"] == ["prospect", "way:directories"]
    assert [one["name"] for one in known["contacts"]] == [BOSS[lang]]
    assert (known["next_visit"]["when"], known["next_visit"]["purpose"]) == ("2026-12-04", "first-visit")

    third = at("prospect", lang=lang, columns=columns)
    third.asked(asks("ways", lang))
    count = say("prospect.brought-by", lang, way=best, count=1)
    assert squeeze(say("prospect.brought", lang, ways=count)) in squeeze(third.said), (
        "which way paid, before it is asked"
    )
    assert third.broken == []
    third.presses(CTRL_C)
    assert third.ends() == 130


@pytest.mark.parametrize("lang", LANGS)
def test_ways_without_a_lead_wait_until_there_is_a_name(at: Open, run: Run, lang: str) -> None:
    walk = at("prospect", lang=lang)
    walk.answers(asks("ways", lang), " " + ENTER)
    walk.answers(asks("leads.name", lang))
    assert walk.ends() == 0
    walk.sees(say("prospect.none", lang), say("prospect.kept", lang))

    again = at("prospect", lang=lang)
    again.answers(asks("leads.name", lang), FIRM[lang] + ENTER)
    assert squeeze(asks("ways", lang)) not in squeeze(again.scroll)
    for field in ("way", "why", "contact", "channel", "opening", "when"):
        again.answers(asks(f"leads.{field}", lang))
    assert squeeze(asks("leads.position", lang)) not in squeeze(again.scroll), "nobody, no position"
    again.answers(asks("leads.name", lang))
    assert again.ends() == 0
    again.sees(say("prospect.no-day", lang), "salescoach prep")
    assert json.loads(run("visit", "list", "--json").stdout)["visits"] == []


@pytest.mark.parametrize("lang", LANGS)
def test_whether_a_near_name_is_that_client_is_asked(at: Open, run: Run, lang: str) -> None:
    assert run("client", "add", FIRM[lang]).returncode == 0
    begins = FIRM[lang][: len(FIRM[lang]) // 2]
    for picked, clients in (("1", [FIRM[lang]]), ("2", [FIRM[lang], begins])):
        walk = at("prospect", lang=lang)
        walk.answers(asks("ways", lang))
        walk.answers(asks("leads.name", lang), begins + ENTER)
        for field in ("way", "why", "contact", "channel", "opening"):
            walk.answers(asks(f"leads.{field}", lang))
        walk.answers(asks("leads.when", lang), "2020-01-01" + ENTER)
        walk.sees(say("error.date-over", lang, day="2020-01-01"))
        walk.replaces(asks("leads.when", lang), "2026-12-04")
        walk.answers(asks("leads.name", lang))
        walk.answers(say("cli.who-is-meant", lang, name=begins), picked)
        assert walk.ends() == 0
        assert walk.broken == []
        listed = json.loads(run("client", "list", "--json").stdout)["clients"]
        assert sorted(one["name"] for one in listed) == sorted(clients)
