"""Every checklist there is, walked to its end, and what was answered found again in the record."""

import json
from typing import Any, get_args

import pytest

from salescoach.cli.walking import choices
from salescoach.language import Lang
from salescoach.playbook.facts import Facts
from salescoach.playbook.layers import layers
from salescoach.playbook.library import Library, open_library
from salescoach.playbook.models import Checklist
from salescoach.records.ids import CrisisKind, Purpose
from salescoach.walk.machine import Prompt, Walk
from tests.conftest import TODAY
from tests.examples import each_once
from tests.journeys.program import Run

#: Answers differ by turn: every choice of a question with three is met, yes and no, done and not now.
TURNS = (0, 1, 2)
#: More prompts than any walk has: one that goes on is caught.
MOST = 400


@pytest.fixture(scope="module")
def library(compiled: Any) -> Library:
    return open_library(layers((), compiled / "none"), compiled)


def generated(prompt: Prompt, turn: int) -> Any:
    """An answer that fits, by type; lists get two entries, and in the last turn nothing is written in words."""
    if prompt.number is not None and prompt.number > 2:
        return ""
    ids = [option.id for option in prompt.options]
    match prompt.kind:
        case "yes-no":
            return turn % 2 == 0
        case "number":
            return max(prompt.question.min or 0, min(turn + 7, prompt.question.max or 99))
        case "date":
            return ("2026-12-24", "tomorrow", "下周二")[turn]
        case "check":
            return ("done", "skip", {"state": "not-now", "note": "改天"})[turn]
        case "one-of" if ids:
            return ids[turn % len(ids)]
        case "many-of" | "ticks" if ids:
            return ids[turn :: turn + 1]
        case _:
            return ("Words, with: colons", "中文，“引号”", "")[turn]


def walked(walk: Walk, turn: int) -> Walk:
    """The walk, answered to its end."""
    for _ in range(MOST):
        if (prompt := walk.current) is None:
            return walk
        walk = walk.answer(generated(prompt, turn))
    raise AssertionError(f"never ends: {walk.current}")


def facts(purpose: str | None = None, crisis: str | None = None) -> Any:
    return lambda answers: Facts(
        purpose=purpose, crisis_kind=crisis, took_place=answers.get("took_place", True), primary_in_doubt=True,  # type: ignore[arg-type]
    )  # fmt: skip


def lists(library: Library, use: str, purpose: str | None = None) -> list[Checklist]:
    books = [book for book in library.all(Checklist) if book.use == use]
    return [book for book in books if not book.purposes or purpose in book.purposes]


def a_walk(library: Library, books: list[Checklist], told: Any) -> Walk:
    from datetime import date

    return Walk(books, today=date.fromisoformat(TODAY), facts=told, choices=choices(library), pace="deep")


def document(run: Run, *args: str, given: str, lang: Lang) -> Any:
    done = run(*args, "--answers", "-", "--json", given=given, lang=lang)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


@each_once("purpose, turn", get_args(Purpose), TURNS)
def test_prep_and_debrief_of_every_purpose_are_walked_to_the_end(
    run: Run, library: Library, purpose: str, turn: int
) -> None:
    lang: Lang = ("en", "zh")[turn % 2]  # type: ignore[assignment]
    run("client", "add", "Acme")
    prep = walked(a_walk(library, lists(library, "prep", purpose), facts(purpose)), turn).answers
    prep |= {"purpose": purpose, "when": TODAY}
    brief = document(run, "prep", "Acme", given=json.dumps(prep, ensure_ascii=False), lang=lang)
    assert (brief["purpose"], brief["when"]) == (purpose, TODAY)
    kept = json.loads(run("visit", "list", "--json").stdout)["visits"][0]["visit"]["plan"]
    assert set(kept["checklist"]) == set(prep["checklist"])
    assert len(kept["checklist"]) >= 5

    debrief = walked(a_walk(library, lists(library, "debrief", purpose), facts(purpose)), turn).answers
    verdict = document(run, "debrief", given=json.dumps(debrief, ensure_ascii=False), lang=lang)
    assert verdict["outcome"] == ("order", "no-sale", None)[turn] or turn == 2
    assert len(verdict["objections"]) == len([one for one in debrief.get("objections", []) if one.get("said")])
    kept = json.loads(run("visit", "list", "--json").stdout)["visits"][0]["visit"]["debrief"]
    for key in ("summary", "lesson", "listening", "taboos", "next_step"):
        assert kept[key] == debrief.get(key, type(kept[key])())
    special = {question.id for book in lists(library, "debrief", purpose) if book.purposes
               for section in book.sections for question in section.questions}  # fmt: skip
    assert special & set(debrief) <= set(kept["extra"])


@each_once("kind, turn", get_args(CrisisKind), TURNS)
def test_every_kind_of_crisis_is_walked_to_the_end(run: Run, library: Library, kind: str, turn: int) -> None:
    walk = walked(a_walk(library, lists(library, "crisis"), facts(crisis=kind)), turn)
    plan = document(run, "crisis", kind, given=json.dumps(walk.answers, ensure_ascii=False), lang="zh")

    said = [one["id"] for part in plan["parts"] for one in part["answers"]]
    assert set(said) == {key for key, one in walk.answers.items() if one not in ("", [], {})}
    assert len(plan["parts"]) == 6


@pytest.mark.parametrize("turn", TURNS)
def test_the_walk_about_oneself_is_walked_to_the_end(run: Run, library: Library, turn: int) -> None:
    walk = walked(a_walk(library, lists(library, "me"), facts()), turn)
    me = document(run, "me", given=json.dumps(walk.answers, ensure_ascii=False), lang="en")

    assert {key: me[key] for key in walk.answers} == walk.answers


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_questions_prints_is_an_answers_file_that_holds_as_it_is(run: Run, client: str, lang: str) -> None:
    for args in (("me",), ("prep", client), ("debrief",), *(("crisis", kind) for kind in get_args(CrisisKind))):
        printed = run(*args, "--questions", lang=lang)
        assert printed.returncode == 0
        answered = run(*args, "--answers", "-", given=printed.stdout.decode(), lang=lang)
        assert answered.returncode == 0, (args, answered.stderr.decode())
