"""What is wrong with a playbook file, as a value that can be kept."""

from salescoach.errors import PlaybookError
from salescoach.shape import value


@value
class Problem:
    """One thing wrong with a file: a message key of the `error` area with its facts, and the place."""

    key: str
    where: str  # "file:line:col", or a folder
    facts: dict[str, str | int]

    def error(self) -> PlaybookError:
        """The problem as an error to raise or to warn of."""
        return PlaybookError(self.key, where=self.where, **self.facts)


def twice(path: str, kind: str, id_: str, other: str) -> Problem:
    """A kind and id that another file of the same layer has."""
    return Problem(key="playbook-twice", where=f"{path}:1:1", facts={"kind": kind, "id": id_, "other": other})
