"""What a visit left open, at a terminal: ticked as asked in the debrief, dropped in prep the third time."""

import json
from collections.abc import Callable

import pytest

from salescoach.language import say
from tests.journeys.asking import ask
from tests.journeys.program import Run
from tests.journeys.terminal import ENTER, Terminal

LANGS = ("en", "zh")
QUESTIONS = {"en": ["What does one leak cost you?", "Who signs?"], "zh": ["漏一次油要花多少钱？", "谁来签字？"]}
Open = Callable[..., Terminal]


def to_the_end(walk: Terminal) -> None:
    """Enter at every question that is left."""
    while walk.child.isalive():
        walk.until(lambda: bool(walk.asking) or not walk.child.isalive(), "the next question or the end")
        if walk.asking:
            walk.answers(walk.asking.split("\n")[0])
    assert walk.ends() == 0


@pytest.mark.parametrize("lang", LANGS)
def test_the_question_that_was_ticked_stays_away_and_the_other_comes_back(
    at: Open, run: Run, client: str, lang: str
) -> None:
    plan = json.dumps({"questions": QUESTIONS[lang]}, ensure_ascii=False)
    assert run("prep", client, "--answers", "-", given=plan).returncode == 0
    debrief = at("debrief", lang=lang)
    debrief.answers(ask("debrief", "ended", lang), "3")
    debrief.answers(ask("debrief", "summary", lang))
    debrief.answers(ask("debrief", "client_commitments.who", lang))
    debrief.answers(ask("debrief", "our_promises.what", lang))
    shown = debrief.answers(ask("debrief", "asked", lang), " " + ENTER)
    assert all(question in shown for question in QUESTIONS[lang])
    to_the_end(debrief)
    assert debrief.broken == []

    carried = json.loads(run("prep", client, "--brief", "--json").stdout)["carried"]
    assert [one["id"] for one in carried if one["kind"] == "question"] == QUESTIONS[lang][1:]


@pytest.mark.parametrize(("lang", "columns"), [("en", 80), ("zh", 40)])
def test_the_third_time_prep_asks_what_to_drop(at: Open, run: Run, client: str, lang: str, columns: int) -> None:
    plan = json.dumps({"questions": QUESTIONS[lang][:1]}, ensure_ascii=False)
    for given in (plan, "{}", "{}"):
        assert run("prep", client, "--answers", "-", given=given).returncode == 0
        assert run("debrief", client, "--answers", "-", given="{}").returncode == 0

    prep = at("prep", client, lang=lang, columns=columns)
    prep.reads_on(say("prep.hold", lang))
    for path in ("purpose", "when", "contacts"):
        prep.answers(ask("prep", path, lang))
    for step in ("primary_advance", "fallback_advance"):
        for field in ("who", "what", "by"):
            prep.answers(ask("prep", f"{step}.{field}", lang))
    shown = prep.answers(ask("prep", "drop", lang), " " + ENTER)
    assert QUESTIONS[lang][0] in shown
    to_the_end(prep)
    assert prep.broken == []

    carried = json.loads(run("prep", client, "--brief", "--json").stdout)["carried"]
    assert [one for one in carried if one["kind"] == "question"] == []
