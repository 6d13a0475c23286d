"""`salescoach account renewal`: the contract, its clocks, and what decides whether it is renewed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from salescoach.cli.account import Wish
from salescoach.cli.account.outlooks import lines, texts, warnings
from salescoach.cli.account.sheets import About, Outlook
from salescoach.cli.lookup import confirm, find_client
from salescoach.cli.result import Result
from salescoach.cli.walking import tell
from salescoach.coach.advice import documents
from salescoach.coach.assess import Held, Standing
from salescoach.coach.contracts import days_left, running
from salescoach.coach.prep import walked
from salescoach.errors import NotFoundError
from salescoach.language import Lang, say, show_day
from salescoach.records.account import Contract
from salescoach.records.models import Client
from salescoach.records.names import fold

if TYPE_CHECKING:
    from salescoach.cli.context import Session
    from salescoach.coach.care import Care
    from salescoach.walk.machine import Walk

#: The clocks of the next so many days are shown.
AHEAD = 120
KEYS = ("signed", "months", "motive", "least", "revenue", "currency", "subject")


def renew(session: "Session", name: str, wish: Wish, *, new: bool) -> Result:
    """
    The contract and the sheet of its renewal: asked where somebody can answer, then shown with the clocks.

    Args:
        new: The walk is about another contract than the one on record.
    """
    client = find_client(session, name, may_add=not wish.show)
    renewal = Renewal(session, client, wish, new)
    return renewal.asked_and_shown()


def remove_contract(session: "Session", name: str, yes: bool, as_json: bool) -> Result:
    """
    Delete the contract on record; what was answered about the renewal stays.

    Raises:
        NotFoundError: There is none.
        UsageError: Nobody is there to confirm it.
    """
    client = find_client(session, name)
    renewal = Renewal(session, client, Wish(show=True), new=False)
    contract, lang = renewal.contract, session.lang
    if contract is None:
        raise NotFoundError("contract-none", name=client.name)
    line = contract_line(contract, session.today, lang)
    agreed = confirm(session, say("account.ask-remove-contract", lang, line=line), yes)
    if agreed:
        session.store().contracts.remove(contract.id)
    document = {"schema": "salescoach/contract@1", "client": client.name, "contract": contract, "removed": agreed}
    told = say("account.contract-removed", lang, line=line) if agreed else say("records.unchanged", lang)
    return Result(document=document, show=told, json=as_json)


class Renewal(About):
    """The contract of one client and the sheet about its renewal."""

    def __init__(self, session: "Session", client: Client, wish: Wish, new: bool) -> None:
        super().__init__(session, client, "renewal", wish)
        self.new = new

    @property
    def contract(self) -> Contract | None:
        """The contract in force, or the last one; the one that is signed but has not begun where there is no other."""
        return running(self.history.contracts, self.session.today) or next(iter(self.history.contracts), None)

    def asks_more(self, file: bool) -> bool:
        """The contract is asked for where there is none, where it is another, and where everything is."""
        return file or self.new or self.wish.all or self.contract is None

    def build(self, sheets: Sequence[Standing], wanted: Sequence[Sequence[Held]], kept: Mapping[str, Any]) -> "Walk":
        """The contract's questions where they are asked, then those of the sheet."""
        from salescoach.walk.machine import Walk

        contract = list(walked(self.session.library(), "contract")) if self.asks_more(self.in_file) else []
        rest = super().build(sheets, wanted, {})
        before = None if self.new else self.contract
        known = {} if before is None else {key: _as_answer(getattr(before, key)) for key in KEYS}
        known = {key: said for key, said in known.items() if said not in (None, "")}
        start = {"signed": known["signed"], **kept} if known and contract else kept
        return Walk(
            [*contract, *rest.checklists], start, today=self.session.today, facts=rest.facts, choices=rest.choices,
            known={**rest.known, **known}, pace="deep",
        )  # fmt: skip

    def keep_besides(self, answers: Mapping[str, Any]) -> bool:
        """The contract with what was answered of it."""
        if "signed" not in answers or not set(KEYS) & set(answers):
            return False
        store = self.session.store()
        before = None if self.new else self.contract
        told = {key: answers[key] for key in KEYS if key in answers} | {"signed": date.fromisoformat(answers["signed"])}
        if before is None:
            made = store.contracts.add(Contract(id=store.new_id(), client_id=self.client.id, **told))
        else:
            made = replace(before, **told)
            if made == before:
                return False
            store.contracts.save(made)
        lang = self.session.lang
        tell(self.session, say("account.contract-saved", lang, line=contract_line(made, self.session.today, lang)))
        return True

    def outlook(self, sheets: Any) -> Outlook:
        """The contract, what it must do for them by their motive, the clocks, and the warnings."""
        from salescoach.cli.care import care_of

        lang, contract = self.session.lang, self.contract
        rows: list[tuple[str, list[str]]] = [(say("account.contract", lang), contract_rows(self, contract))]
        motive = contract.motive if contract else None
        works = lines(self, "signing-motives", motive, "works")
        show = lines(self, "signing-motives", motive, "show")
        rows += [(say("account.works", lang), texts(works)), (say("account.show-them", lang), texts(show))]
        cares = sorted(care_of(self.session, self.client, AHEAD) if contract else (), key=lambda one: one.since)
        clocks = [care_line(one, contract, self.session.today, lang) for one in cares]
        rows.append((say("account.clocks", lang), clocks))
        warned = warnings(self)
        rows.append((say("account.warnings", lang), warned))
        left = days_left(self.history.contracts, self.session.today)
        document = {
            "contract": contract, "days_left": left, "works": documents(works), "show": documents(show),
            "clocks": [
                {"clock": one.clock, "since": one.since, "until": one.until, "title": one.title, "about": one.about}
                for one in cares
            ],
            "warnings": warned,
        }  # fmt: skip
        return Outlook(rows=tuple(rows), document=document)


def _as_answer(said: Any) -> Any:
    return said.isoformat() if isinstance(said, date) else said


def contract_rows(about: About, contract: Contract | None) -> list[str]:
    """A contract as rows."""
    lang = about.session.lang
    if contract is None:
        return [say("account.contract-none", lang)]
    from salescoach.cli.gather import entry_called
    from salescoach.language import pick
    from salescoach.playbook.models import Typology

    motive = entry_called(about.session.library().get(Typology, "signing-motives"), contract.motive or "")
    return [
        contract_line(contract, about.session.today, lang),
        *([say("account.contract-motive", lang, motive=pick(motive.title, lang))] if motive else []),
        *([say("account.contract-least", lang, least=contract.least)] if contract.least else []),
    ]


def contract_line(contract: Contract, today: date, lang: Lang) -> str:
    """A contract in one line: what, until when, what it brings, since when."""
    facts = {"day": show_day(contract.ends, lang), "days": abs((contract.ends - today).days)} if contract.ends else {}
    key = "" if not contract.ends else "account.contract-ends" if contract.ends > today else "account.contract-ended"
    revenue = f"{contract.revenue:,.0f} {contract.currency}".strip() if contract.revenue else ""
    parts = (
        contract.subject,
        say(key, lang, **facts) if key else "",
        say("account.contract-revenue", lang, revenue=revenue) if revenue else "",
        say("account.contract-signed", lang, signed=show_day(contract.signed, lang)),
    )
    return " · ".join(part for part in parts if part)


def care_line(one: "Care", shown: Contract | None, today: date, lang: Lang) -> str:
    """A clock: from when until when, what, and which day or contract, unless that is the one shown above it."""
    same = one.since.year == today.year
    until = say("account.until", lang, day=show_day(one.until, lang, year=False)) if one.until else ""
    known = fold(one.about) in ("", fold(one.title)) or (shown is not None and one.contract_id == shown.id)
    title = one.title if known else f"{one.title} · {one.about}"
    return say("account.clock-line", lang, since=show_day(one.since, lang, year=not same), until=until, title=title)
