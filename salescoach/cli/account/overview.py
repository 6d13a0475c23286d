"""`salescoach account show`: the one screen about an account."""

import sys
from functools import cached_property
from typing import TYPE_CHECKING, Any

from salescoach.cli.account import Wish
from salescoach.cli.account.outlooks import warnings
from salescoach.cli.account.renewal import contract_rows
from salescoach.cli.account.sheets import About
from salescoach.cli.lookup import find_client
from salescoach.cli.result import Result
from salescoach.coach import account as coach
from salescoach.coach.assess import Standing, score, verdict, weakest
from salescoach.coach.contracts import days_left, running
from salescoach.coach.moves import Move, planned_actions, sheet_moves
from salescoach.language import pick, quoted, say
from salescoach.playbook.models import Scorecard, Typology
from salescoach.records.models import Contact
from salescoach.render.brief import SLACK
from salescoach.render.lines import dated, with_command
from salescoach.render.sheet import COUNT, Sheet

if TYPE_CHECKING:
    from salescoach.cli.context import Session

#: Rows of each part on 80×24.
BUDGET = {
    "contract": 3, "people": 3, "gaps": 3, "risks": 4, "loyalty": 1, "criteria": 1, "process": 1, "next": 5,
}  # fmt: skip
WEAKEST = 3
#: Parts whose rows may break.
WRAPPED = ("contract", "risks")
#: Touches that are named.
CARES = 2


def overview(session: "Session", name: str, as_json: bool) -> Result:
    """One screen: stage, contract, people, gaps, risks, loyalty, criteria, process, next moves."""
    about = Overview(session, name)
    if as_json:
        return Result(document=about.document(), json=True)
    return Result(document={}, show=about.picture())


def _weighs(one: Contact) -> tuple[bool, bool, bool, int]:
    return (
        "decision-maker" not in one.roles,
        one.stance != "opponent",
        not set(one.roles) & {"key-person", "coach"},
        -(one.influence or 0),
    )


class Overview:
    """Everything that the screen about one account rests on."""

    def __init__(self, session: "Session", name: str) -> None:
        self.session = session
        client = find_client(session, name)
        self.about = About(session, client, "stage", Wish(show=True))
        self.history = self.about.history
        begun = self.history.sheets
        self.sheets = begun or coach.sheets_of(session.library().all(Scorecard), (), session.today)
        self.lang, self.today = session.lang, session.today

    def parts(self) -> dict[str, list[str]]:
        """Each part's rows, in the order of the screen."""
        return {
            "contract": contract_rows(self.about, self.about_contract()),
            "people": self.people(),
            "gaps": self.gaps(),
            "risks": [*self.verdicts(), *warnings(self.about)],
            "loyalty": self.loyalty(),
            "criteria": self.criteria(),
            "process": self.process(),
        }

    def about_contract(self) -> Any:
        """The contract in force, or the last one."""
        return running(self.history.contracts, self.today)

    def head(self) -> str:
        """Who, what sort of account, which stage, and its place by revenue."""
        client = self.history.client
        key = say("records.key-account", self.lang) if client.key_account else ""
        stage = say(f"render.stage-{client.stage}", self.lang)
        parts = (client.name, key, stage, client.industry, client.country, *client.tags, self.place())
        return " · ".join(part for part in parts if part)

    def place(self) -> str:
        """The place in the 80/20 ranking."""
        ranked = coach.ranking(self.session.store().contracts.list(), self.today)
        mine = next((one for one in ranked if one.client_id == self.history.client.id), None)
        if mine is None:
            return ""
        count = sum(one.currency == mine.currency for one in ranked)
        return say("account.rank-place", self.lang, place=mine.place, count=count, share=round(100 * mine.share))

    def people(self) -> list[str]:
        """Those who decide first, then those against us, then the most influential."""
        from salescoach.cli.gather import titles
        from salescoach.cli.sheets import person_line

        words = titles(self.session.library(), self.lang)
        people = sorted(self.history.contacts, key=_weighs)
        return [person_line(one, words) for one in people]

    def gaps(self) -> list[str]:
        """The gaps of the map."""
        from salescoach.cli.account.map import centre_of, gaps_told

        drawn = centre_of(self.session, self.history.client)
        return [one.text for one in gaps_told(self.session, drawn, drawn.gaps)]

    def verdicts(self) -> list[str]:
        """What screening and risk come to."""
        rows = []
        for id_ in ("screen", "risk"):
            sheet = self.sheets.get(id_)
            judged = verdict(sheet) if sheet else None
            if sheet and judged in sheet.card.verdicts:
                title = pick(sheet.card.verdicts[judged].title, self.lang)
                rows.append(say(f"account.verdict-{id_}", self.lang, title=title))
        return rows

    def loyalty(self) -> list[str]:
        """Points of the ten weapons, and the weakest of them."""
        sheet = self.sheets.get("ten-weapons")
        points = score(sheet) if sheet and sheet.begun else None
        if sheet is None or points is None:
            return []
        weak = [pick(one.item.ask, self.lang) for one in weakest(sheet)[:WEAKEST]]
        joined = " · ".join(weak)
        return [say("account.loyalty-line", self.lang, reached=points[0], of=points[1], weakest=joined)]

    def criteria(self) -> list[str]:
        """The most pressing light, and what it stands on."""
        sheet = self.sheets.get("purchasing-criteria")
        found = coach.criteria(sheet) if sheet else ()
        if not found:
            return []
        first = found[0].light
        names = say("walk.between", self.lang).join(one.what for one in found if one.light == first)
        return [say("account.criteria-line", self.lang, light=say(f"account.light-{first}", self.lang), names=names)]

    def process(self) -> list[str]:
        """The step where they are, and by when it moves on."""
        sheet = self.sheets.get("purchasing-process")
        here = sheet.answer("step") if sheet else None
        if sheet is None or not here:
            return []
        from datetime import date

        entries = self.session.library().get(Typology, "purchasing-steps").entries
        step = next((pick(one.title, self.lang) for one in entries if one.id == here), here)
        by = sheet.answer("moves_by")
        return [(dated(date.fromisoformat(by), self.today, self.lang) if by else "") + step]

    def moves(self) -> list[tuple[str, str]]:
        """What to do next, with the command: care that is due, the plan, the next visit, sheets empty or too old."""
        titled = [
            (say(f"account.{one.key}", self.lang, **{**one.facts, "title": pick(one.facts["title"], self.lang)}), one)
            for one in self.sheet_moves()
        ]
        return [*self.care, *self.actions(), *self.affairs(), *((text, one.command) for text, one in titled)]

    @cached_property
    def care(self) -> list[tuple[str, str]]:
        """The most pressing touches."""
        from salescoach.cli.care import care_of

        due = care_of(self.session, self.history.client)[:CARES]
        return [(one.title, f"salescoach care done {one.id}") for one in due]

    def actions(self) -> list[tuple[str, str]]:
        """What the relationship plan has due."""
        command = f"salescoach account map {quoted(self.history.client.name)} --plan"
        found = []
        for one in planned_actions(self.history.assessments, self.today):
            facts = {"name": self.about.names.get(one.contact_id, ""), "action": one.action}
            begins = dated(one.by, self.today, self.lang)
            found.append((begins + say("account.move-plan", self.lang, **facts), command))
        return found

    def affairs(self) -> list[tuple[str, str]]:
        """The next visit and the contract, where there is none."""
        name, found = quoted(self.history.client.name), []
        if not self.session.store().visits.planned_for(self.history.client.id, self.today):
            found.append((say("account.move-prep", self.lang), f"salescoach prep {name}"))
        if not self.history.contracts and any(one.debrief and one.debrief.order for one in self.history.held):
            found.append((say("account.move-contract", self.lang), f"salescoach account renewal {name}"))
        return found

    def sheet_moves(self) -> tuple[Move, ...]:
        """The sheets to begin or to go over again; that of the renewal only where there is a contract."""
        return sheet_moves(self.history, [sheet for sheet in self.sheets.values() if self._applies(sheet)])

    def _applies(self, sheet: Standing) -> bool:
        return sheet.card.use != "map" and (sheet.card.use != "renewal" or bool(self.history.contracts))

    def told(self, room: int) -> list[str]:
        """The moves as rows: each command whole, the plan's actions in words, the sheets to walk in one row a sort."""
        together, found = [], self.sheet_moves()
        for key in ("move-old", "move-begin"):
            sort = [one for one in found if one.key == key]
            uses = " · ".join(pick(one.facts["title"], self.lang) for one in sort)
            together += [(say(f"account.{key}-all", self.lang, sheets=uses), sort[0].command)] if sort else []
        def rows(moves: list[tuple[str, str]]) -> list[str]:
            return [with_command(text, command, room, self.lang) or command for text, command in moves]

        actions = [text for text, _ in self.actions()]
        return [*rows(self.care), *actions, *rows([*self.affairs(), *together])]

    def picture(self) -> Any:
        """The screen."""
        from salescoach.cli.show import width

        sheet = Sheet(width(sys.stdout))
        sheet.heading(self.head())
        for name, rows in self.parts().items():
            style = "yellow" if name == "risks" else ""
            sheet.part(say(f"account.{name}", self.lang), rows, BUDGET[name], style, one_row=name not in WRAPPED)
        room = sheet.measure - COUNT if not sheet.narrow else 2 * sheet.measure - SLACK
        sheet.part(say("account.next", self.lang), self.told(room), BUDGET["next"], one_row=True)
        return sheet.text()

    def document(self) -> dict[str, Any]:
        """For programs."""
        return {
            "schema": "salescoach/account@1",
            "client": self.history.client,
            "stage": self.history.client.stage,
            "contract": self.about_contract(),
            "days_left": days_left(self.history.contracts, self.today),
            "contacts": self.history.contacts,
            "verdicts": {id_: verdict(sheet) for id_, sheet in self.sheets.items()},
            **{name: rows for name, rows in self.parts().items() if name not in ("contract", "people")},
            "next": [{"text": text, "command": command} for text, command in self.moves()],
        }
