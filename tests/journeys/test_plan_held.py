"""A debrief at a terminal holds the plan against what was agreed: in doubt it asks, and names the step it asks about."""

import json
from collections.abc import Callable

import pytest

from tests.journeys.asking import ask
from tests.journeys.program import Run
from tests.journeys.terminal import ENTER, Terminal, squeeze

Open = Callable[..., Terminal]
PLANNED = {"en": "send the yearly quantities", "zh": "把年用量发给我们"}
AGREED = {"en": "tell us yearly volumes and quality", "zh": "把年用量整理好"}
NAME = "Li Wei"


@pytest.mark.parametrize(("lang", "columns"), [("en", 80), ("zh", 40)])
def test_the_step_in_doubt_is_named_and_a_yes_asks_nothing_about_the_smaller_one(
    at: Open, run: Run, client: str, lang: str, columns: int
) -> None:
    step = {"who": NAME, "what": PLANNED[lang], "by": "2026-12-08"}
    plan = json.dumps({"primary_advance": step, "fallback_advance": step}, ensure_ascii=False)
    assert run("prep", client, "--answers", "-", given=plan).returncode == 0
    debrief = at("debrief", lang=lang, columns=columns)
    debrief.answers(ask("debrief", "ended", lang), "3")
    debrief.answers(ask("debrief", "summary", lang))
    for field, words in (("who", NAME), ("what", AGREED[lang]), ("by", "2026-12-08"), ("who", "")):
        debrief.answers(ask("debrief", f"client_commitments.{field}", lang), words + ENTER)

    debrief.asked(ask("debrief", "primary_met", lang))
    assert squeeze(PLANNED[lang]) in squeeze(debrief.said)
    debrief.answers(ask("debrief", "primary_met", lang), "y")

    debrief.asked(ask("debrief", "our_promises.what", lang))
    assert debrief.broken == []
