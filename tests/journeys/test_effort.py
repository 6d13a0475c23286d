"""What a debrief costs, measured at a terminal: paused, killed and resumed it is the sum of its sittings."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from salescoach.records.models import Draft
from salescoach.store import open_store
from tests.conftest import TODAY
from tests.journeys.asking import ask
from tests.journeys.program import Run
from tests.journeys.terminal import BACK, PAUSE, Terminal

Open = Callable[..., Terminal]


def to_the_end(walk: Terminal) -> int:
    """Enter at every question that is left; how many."""
    count = 0
    while True:
        walk.until(lambda: bool(walk.asking) or not walk.child.isalive(), "the next question or the end")
        if not walk.asking:
            assert walk.ends() == 0
            return count
        walk.answers(walk.asking.split("\n")[0])
        count += 1


def effort(run: Run) -> Any:
    visit = json.loads(run("visit", "list", "--json").stdout)["visits"][0]["visit"]
    return json.loads(run("visit", "show", visit["id"], "--json").stdout)["visit"]["debrief"]["effort"]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.usefixtures("client")
def test_paused_and_killed_and_resumed_it_is_the_sum_of_its_sittings(at: Open, run: Run, lang: str) -> None:
    first = at("debrief", lang=lang)
    first.answers(ask("debrief", "ended", lang), "3")
    first.asked(ask("debrief", "summary", lang))
    first.presses(PAUSE)
    assert first.ends() == 130
    second = at("debrief", lang=lang)
    second.answers(ask("debrief", "summary", lang))
    second.asked(ask("debrief", "client_commitments.who", lang))
    second.presses(BACK)
    second.answers(ask("debrief", "summary", lang))
    second.asked(ask("debrief", "client_commitments.who", lang))
    second.is_killed()

    left = to_the_end(at("debrief", lang=lang))

    spent = effort(run)
    assert spent["prompts"] == 4 + left, "going back, and what is answered again, cost the rep too"
    assert 0 < spent["seconds"] < 120


@pytest.mark.usefixtures("client")
def test_a_draft_of_an_earlier_version_resumes_and_its_cost_is_not_known(at: Open, run: Run, home: Path) -> None:
    planned = json.loads(run("visit", "list", "--json").stdout)["visits"][0]["visit"]["id"]
    with open_store(home / "data") as store:
        visit = store.visits.get(planned)
        answers = {"order": False, "refused": False, "summary": "kept before"}
        store.drafts.keep(
            Draft(id=store.new_id(), command="debrief", subject=visit.id, answers=answers, updated=visit.when)
        )

    assert to_the_end(at("debrief")) > 0

    visit_now = json.loads(run("visit", "show", planned, "--json").stdout)["visit"]
    assert visit_now["debrief"]["summary"] == "kept before"
    assert visit_now["debrief"]["effort"] is None
    assert visit_now["when"] == TODAY


def test_a_debrief_from_a_file_costs_nothing_that_is_known(run: Run, client: str) -> None:
    assert run("debrief", client, "--answers", "-", given="{}").returncode == 0

    assert effort(run) is None
