"""The one family of errors that a person can mend. Anything else that escapes is a bug of ours.

An error carries a message key and its facts, never a sentence: the edge says it in the rep's language,
with the hint that follows it, and ends with the class's exit code. Scripts key on `code`.
"""

from collections.abc import Sequence
from enum import IntEnum


class ExitCode(IntEnum):
    """How a run ended, for scripts."""

    OK = 0
    BUG = 1
    USAGE = 2
    NOT_FOUND = 3
    INVALID = 4
    STORAGE = 5
    INTERRUPTED = 130


class SalescoachError(Exception):
    """Something a person can mend: what happened, where, and what to do next.

    Args:
        key: Message in the catalogue's `error` area; its hint, if it has one, is `<key>-hint`.
        where: The place in a file, as "file:line:col".
        facts: What the message's and the hint's placeholders are filled with.
    """

    code = "salescoach-error"
    exit_code = ExitCode.USAGE

    def __init__(self, key: str, *, where: str | None = None, **facts: object) -> None:
        super().__init__(key, facts)
        self.key = key
        self.where = where
        self.facts = facts


class UsageError(SalescoachError):
    """The command line asks for something that cannot be done that way."""

    code = "usage"


class NotFoundError(SalescoachError):
    """A name that means nothing here, or more than one thing; `nearest` are the best three guesses."""

    code = "not-found"
    exit_code = ExitCode.NOT_FOUND

    def __init__(self, key: str, *, nearest: Sequence[str] = (), **facts: object) -> None:
        super().__init__(key, where=None, **facts)
        self.nearest = tuple(nearest)[:3]


class InvalidError(SalescoachError):
    """Data that came in (an answers file, a date, a record) does not hold."""

    code = "invalid"
    exit_code = ExitCode.INVALID


class PlaybookError(InvalidError):
    """A playbook file that cannot be used."""

    code = "playbook-invalid"


class StoreError(SalescoachError):
    """The database or its folder cannot be read or written."""

    code = "storage"
    exit_code = ExitCode.STORAGE


class Interrupted(SalescoachError):  # noqa: N818 - it is no fault of anybody
    """The rep stopped a walk; what was answered is kept in a draft."""

    code = "interrupted"
    exit_code = ExitCode.INTERRUPTED
