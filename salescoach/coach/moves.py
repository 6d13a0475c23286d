"""What to do next with an account: the affairs that press, the plan, the sheets that are empty or too old (ours)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from salescoach.coach.account import soon
from salescoach.coach.assess import Standing
from salescoach.coach.history import History
from salescoach.language import quoted
from salescoach.playbook.models import Sheet
from salescoach.records.account import Assessment
from salescoach.shape import value

#: The relationship plan's playbook, and how far ahead its actions are shown.
PLAN = "relationship-plan"
AHEAD = 14
#: Sheets are proposed in this order: first whether, then who, then how it stays.
SHEETS: tuple[Sheet, ...] = ("screen", "risk", "stage", "process", "criteria", "loyalty", "analyse", "renewal")


@value
class PlannedAction:
    """A row of the relationship plan that is due."""

    contact_id: str
    action: str
    owner: str
    by: date


@value
class Move:
    """Something to do next; `key` and `facts` are a message of the catalogue, `command` does it."""

    key: str
    facts: Mapping[str, Any]
    command: str


def planned_actions(assessments: Iterable[Assessment], today: date) -> tuple[PlannedAction, ...]:
    """The actions of the relationship plan that are overdue or due within two weeks, the earliest first."""
    last: dict[str, dict[str, Any]] = {}
    for one in assessments:
        if one.sheet == PLAN and one.contact_id:
            last.setdefault(one.contact_id, {}).update({key: said.answer for key, said in one.answers.items()})
    found = [
        PlannedAction(contact_id=id_, action=row["action"], owner=str(row.get("owner") or ""), by=by)
        for id_, row in last.items()
        if row.get("action") and row.get("by") and soon(by := date.fromisoformat(row["by"]), today, AHEAD)
    ]
    return tuple(sorted(found, key=lambda one: (one.by, one.contact_id)))


def sheet_moves(history: History, sheets: Sequence[Standing]) -> tuple[Move, ...]:
    """The sheets that are not begun, and those whose answers got too old."""
    name = quoted(history.client.name)
    found = []
    for sheet in sorted(sheets, key=lambda one: SHEETS.index(one.card.use) if one.card.use in SHEETS else len(SHEETS)):
        command = f"salescoach account {sheet.card.use} {name}"
        old = sum(one.state in ("faded", "reopened") for one in sheet.held)
        facts = {"title": sheet.card.title, "count": old}
        if not sheet.begun:
            found.append(Move(key="move-begin", facts=facts, command=command))
        elif old:
            found.append(Move(key="move-old", facts=facts, command=command))
    return tuple(found)
