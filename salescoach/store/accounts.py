"""What is kept of accounts over months: contracts, answers on sheets, occasions, touches and crises."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from salescoach.records.account import Assessment, Contract, Crisis, Occasion, Touch
from salescoach.records.ids import CrisisKind
from salescoach.store.shelf import Several, Shelf
from salescoach.store.tables import AssessmentRow, ContractRow, CrisisRow, OccasionRow, TouchRow


class Contracts(Shelf[Contract]):
    """What was signed."""

    holds, table, record = Contract, ContractRow, "contract"

    def of(self, client_id: str) -> Several[Contract]:
        """A client's contracts, the latest first."""
        return self._where(ContractRow.client_id == client_id, order=(ContractRow.signed.desc(), ContractRow.id.desc()))

    def of_clients_with_one_ending(self, first: date, last: date) -> Several[Contract]:
        """All contracts of the clients one of whose terms ends in a span of days, both ends included."""
        clients = ContractRow.select(ContractRow.client_id).where(ContractRow.ends.between(first, last))
        return self._where(ContractRow.client_id.in_(clients), order=(ContractRow.id,))

    def _row(self, value: Contract) -> dict[str, Any]:
        return super()._row(value) | {"ends": value.ends}


class Assessments(Shelf[Assessment]):
    """Answers on account sheets, each with its day; nothing is overwritten."""

    holds, table, record = Assessment, AssessmentRow, "assessment"

    def of(self, client_id: str) -> Several[Assessment]:
        """Everything answered about a client and its people, oldest first."""
        return self._where(AssessmentRow.client_id == client_id, order=(AssessmentRow.on, AssessmentRow.id))

    def on_sheet(self, sheet: str) -> Several[Assessment]:
        """Everything answered on one sheet, whoever it is about, oldest first."""
        return self._where(AssessmentRow.sheet == sheet, order=(AssessmentRow.on, AssessmentRow.id))

    def on_sheet_of(self, sheet: str, client_ids: Sequence[str]) -> Several[Assessment]:
        """Everything answered on one sheet about some clients, a few hundred at most, oldest first."""
        about = AssessmentRow.client_id.in_(list(client_ids))
        return self._where(AssessmentRow.sheet == sheet, about, order=(AssessmentRow.on, AssessmentRow.id))


class Occasions(Shelf[Occasion]):
    """Days that matter to clients."""

    holds, table, record = Occasion, OccasionRow, "occasion"

    def of(self, client_id: str) -> Several[Occasion]:
        """A client's occasions, oldest first."""
        return self._where(OccasionRow.client_id == client_id, order=(OccasionRow.day, OccasionRow.id))


class Touches(Shelf[Touch]):
    """Lines of care that are settled."""

    holds, table, record = Touch, TouchRow, "touch"

    def of(self, client_id: str) -> Several[Touch]:
        """A client's touches, the latest first."""
        return self._where(TouchRow.client_id == client_id, order=(TouchRow.on.desc(), TouchRow.id.desc()))

    def since(self, day: date) -> Several[Touch]:
        """Everybody's touches from a day on, oldest first."""
        return self._where(TouchRow.on >= day, order=(TouchRow.on, TouchRow.id))


class Crises(Shelf[Crisis]):
    """Crises that are or were managed."""

    holds, table, record = Crisis, CrisisRow, "crisis"

    def open(self) -> Several[Crisis]:
        """Those that are not closed, the latest first."""
        return self._where(CrisisRow.closed.is_null(), order=(CrisisRow.opened.desc(), CrisisRow.id.desc()))

    def find(self, kind: CrisisKind, client_id: str | None) -> Crisis | None:
        """The open crisis of a kind, about a client or about none."""
        about = CrisisRow.client_id.is_null() if client_id is None else CrisisRow.client_id == client_id
        order = (CrisisRow.opened.desc(), CrisisRow.id.desc())
        return self._first(CrisisRow.closed.is_null(), CrisisRow.kind == kind, about, order=order)

    def of(self, client_id: str) -> Several[Crisis]:
        """A client's crises, the latest first."""
        return self._where(CrisisRow.client_id == client_id, order=(CrisisRow.opened.desc(), CrisisRow.id.desc()))
