"""Practising at a terminal: why this case, what happened, an answer, the points, what was missing."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from salescoach.language import Lang, say
from tests.journeys.program import Run
from tests.journeys.terminal import CTRL_C, ENTER, Terminal

SCENARIOS = Path(__file__).parents[2] / "playbooks" / "scenarios"
SAID: dict[Lang, str] = {"en": "I would go there myself.", "zh": "我会亲自去一趟。"}
Open = Callable[..., Terminal]


def told(id_: str, lang: Lang) -> dict[str, Any]:
    """The situation, the question and the points of a case in one language."""
    book = yaml.safe_load((SCENARIOS / f"{id_}.yaml").read_text(encoding="utf-8"))
    points = {one["id"]: one["text"][lang] for one in book["holds"]}
    return {"situation": book["situation"][lang], "ask": book["ask"][lang], "points": points}


@pytest.mark.parametrize(("lang", "columns"), [("en", 80), ("zh", 80), ("en", 40), ("zh", 40)])
def test_a_case_is_told_answered_ticked_and_held_against_the_points(
    at: Open, run: Run, lang: Lang, columns: int
) -> None:
    case = told("typhoon", lang)
    walk = at("practice", "typhoon", lang=lang, columns=columns)
    walk.asked(case["ask"])
    walk.sees(case["situation"])
    walk.answers(case["ask"], SAID[lang] + ENTER)
    walk.asked(say("practice.which", lang))
    walk.presses(CTRL_C)
    assert walk.ends() == 130

    again = at("practice", lang=lang, columns=columns)
    again.asked(say("practice.which", lang))
    again.sees(*case["points"].values())
    again.answers(say("practice.which", lang), "13" + ENTER)
    assert again.ends() == 0
    again.sees(SAID[lang], say("practice.missed", lang))
    assert walk.broken == again.broken == []

    (listed,) = [one for one in json.loads(run("practice", "--list", "--json").stdout)["cases"] if one["last"]]
    assert (listed["case"], listed["hit"], listed["of"]) == ("typhoon", 2, 6)
