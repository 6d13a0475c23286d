"""The wording of the questions, read from the playbooks by id: a journey does not break when a question is reworded."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

CHECKLISTS = Path(__file__).parents[2] / "playbooks" / "checklists"
SCORECARDS = CHECKLISTS.parent / "scorecards"


@cache
def _questions(name: str) -> dict[str, Any]:
    """The questions of a checklist, or the items of a scorecard."""
    if (SCORECARDS / f"{name}.yaml").exists():
        card = yaml.load((SCORECARDS / f"{name}.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
        return {one["id"]: one for part in card["parts"] for one in part["items"]}
    book = yaml.safe_load((CHECKLISTS / f"{name}.yaml").read_text(encoding="utf-8"))
    return {one["id"]: one for section in book["sections"] for one in section["questions"]}


def find(name: str, path: str) -> dict[str, Any]:
    """A question by checklist and "id", or "group.field"."""
    first, _, field = path.partition(".")
    question: dict[str, Any] = _questions(name)[first]
    return next(one for one in question["fields"] if one["id"] == field) if field else question


def ask(name: str, path: str, lang: str) -> str:
    """What is asked."""
    return str(find(name, path)["ask"][lang])


def why(name: str, path: str, lang: str) -> str:
    """Why it is asked."""
    return str(find(name, path)["why"][lang])


def label(name: str, path: str, choice: str, lang: str) -> str:
    """A choice as it is read."""
    return str(next(one["label"][lang] for one in find(name, path)["choices"] if one["id"] == choice))


def first_check(name: str, lang: str) -> str:
    """The first item of a list to tick."""
    return str(next(one["ask"][lang] for one in _questions(name).values() if one["type"] == "check"))


def outcome(name: str, lang: str) -> str:
    """How a verdict calls an outcome."""
    book = yaml.safe_load((CHECKLISTS.parent / "typologies" / "outcomes.yaml").read_text(encoding="utf-8"))
    return str(next(one["title"][lang] for one in book["entries"] if one["id"] == name)).upper()
