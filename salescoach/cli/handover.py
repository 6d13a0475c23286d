"""A crisis as a file that one rep hands to another: for its owner's eyes alone, and read as a stranger's."""

import json
import os
import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, get_args

from salescoach.cli.show import as_json
from salescoach.coach.crisis import DONE
from salescoach.errors import InvalidError, StoreError
from salescoach.records.account import Crisis, LogEntry
from salescoach.records.ids import CrisisKind
from salescoach.shape import value

if TYPE_CHECKING:
    from salescoach.walk.machine import Walk

SCHEMA = "salescoach/crisis-file@1"
KEYS = ("schema", "kind", "opened", "client", "answers", "log", "closed")
ENTRY = ("at", "text", "who")
#: Answers of questions that these playbooks do not have are nested no deeper than this.
DEEPEST = 6
#: Characters of a text of the file, and numbers larger than anything that is counted in a crisis.
LONGEST, LARGEST = 20_000, 10**15
_AT = re.compile(r"\d{4}-\d{2}-\d{2} ([01]\d|2[0-3]):[0-5]\d")


@value
class Handed:
    """What a file holds: the crisis without ids, and the client's name."""

    crisis: Crisis
    client: str | None


def document(crisis: Crisis, client: str | None) -> dict[str, Any]:
    """Everything about a crisis, for the file."""
    return {
        "schema": SCHEMA,
        "kind": crisis.kind,
        "opened": crisis.opened,
        "client": client,
        "answers": crisis.answers,
        "log": [{"at": one.at, "text": one.text, "who": one.who} for one in crisis.log],
        "closed": crisis.closed,
    }


def write(path: Path, content: Mapping[str, Any]) -> None:
    """
    Write the file; nobody but its owner can read it.

    Raises:
        StoreError: It cannot be written.
    """
    try:
        handle = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            path.chmod(0o600)  # it may have been there, open to all
            file.write(as_json(content) + "\n")
    except OSError as error:
        raise StoreError("output-unwritable", path=path, why=error.strerror or str(error)) from None


def read(text: str, name: str, walk: Callable[[CrisisKind], "Walk"]) -> Handed:
    """
    What the file of a colleague holds, cleaned as typed answers are.

    Args:
        name: What the file is called in messages.
        walk: The questions of a kind of crisis, for checking the answers.

    Raises:
        InvalidError: It is no such file, or something in it does not hold.
    """
    held = _parsed(text, name)
    file = _File(name, held)
    if held.get("schema") != SCHEMA:
        raise InvalidError("crisis-file-schema", where=name, schema=_short(held.get("schema")), wanted=SCHEMA)
    if unknown := [key for key in held if key not in KEYS]:
        file.refuse(unknown[0], "unknown")
    kind = file.one_of("kind", get_args(CrisisKind))
    crisis = Crisis(
        id="",
        kind=kind,
        opened=file.day("opened") or file.refuse("opened", "missing"),
        answers=_answers(file, walk(kind)),
        log=tuple(_entry(file, number, one) for number, one in enumerate(file.list("log"))),
        closed=file.day("closed"),
    )
    return Handed(crisis=crisis, client=file.words("client", held.get("client")) or None)


def _parsed(text: str, name: str) -> dict[str, Any]:
    def refuse(constant: str) -> NoReturn:
        raise ValueError(constant)

    try:
        held = json.loads(text, parse_constant=refuse)
    except (ValueError, RecursionError):
        raise InvalidError("crisis-file-json", where=name) from None
    if not isinstance(held, dict):
        raise InvalidError("crisis-file-json", where=name)
    return held


def _short(given: object) -> str:
    from salescoach.walk.values import shown

    return shown(given) if given is not None else ""


class _File:
    """The parsed file, asked for values of one type or another."""

    def __init__(self, name: str, held: Mapping[str, Any]) -> None:
        self.name, self.held = name, held

    def refuse(self, place: str, why: str) -> NoReturn:
        """Something in the file does not hold: `why` is "unknown", "missing" or "type"."""
        raise InvalidError(f"crisis-file-{why}", where=self.name, place=_short(place))

    def one_of(self, key: str, choices: tuple[Any, ...]) -> Any:
        """One of the choices."""
        given = self.held.get(key)
        if not isinstance(given, str) or given not in choices:
            raise InvalidError("crisis-file-kind", where=self.name, given=_short(given), choices=", ".join(choices))
        return given

    def day(self, key: str) -> date | None:
        """An ISO date, or None."""
        given = self.held.get(key)
        if given is None:
            return None
        try:
            return date.fromisoformat(given)
        except (TypeError, ValueError):
            self.refuse(key, "type")

    def list(self, key: str) -> list[Any]:
        """A list; none where the key is not there."""
        given = self.held.get(key, [])
        return given if isinstance(given, list) else self.refuse(key, "type")

    def words(self, place: str, given: Any, lines: bool = False) -> str:
        """Text without control characters; "" for none."""
        from salescoach.walk.values import clean

        if given is None:
            return ""
        if not isinstance(given, str) or len(given) > LONGEST:
            self.refuse(place, "type")
        return clean(given, lines)


def _entry(file: _File, number: int, one: Any) -> LogEntry:
    place = f"log[{number}]"
    if not isinstance(one, dict) or set(one) - set(ENTRY):
        file.refuse(place, "type")
    at, text = file.words(f"{place}.at", one.get("at")), file.words(f"{place}.text", one.get("text"))
    if not _AT.fullmatch(at) or not _is_day(at[:10]):
        file.refuse(f"{place}.at", "type")
    if not text:
        file.refuse(f"{place}.text", "missing")
    return LogEntry(at=at, text=text, who=file.words(f"{place}.who", one.get("who")))


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _answers(file: _File, walk: "Walk") -> dict[str, Any]:
    """The answers as the questions take them; those of questions that are not asked here stay as plain data."""
    from salescoach.walk.machine import SKIPPED
    from salescoach.walk.scripted import dotted
    from salescoach.walk.tree import Path, Spread, nest

    given = file.held.get("answers", {})
    if not isinstance(given, dict):
        file.refuse("answers", "type")
    plain = _plain(file, "answers", given)
    known = {*walk.keys.names(), *walk.keys.questions}
    others = {key: said for key, said in plain.items() if key not in known and key != SKIPPED}
    if not _is_done(others.get(DONE, [])):
        file.refuse(f"answers.{DONE}", "type")

    def refuse(path: Path, raw: Any, error: InvalidError) -> NoReturn:
        file.refuse(f"answers.{dotted(path)}", "type")

    asked = {key: said for key, said in plain.items() if key in known}
    return {**nest(Spread(walk.keys, walk.choices, walk.today, refuse, inner=True).all(asked)), **others}


def _is_done(said: Any) -> bool:
    """Pairs of texts."""
    return isinstance(said, list) and all(
        isinstance(one, list) and len(one) == 2 and all(isinstance(part, str) for part in one) for one in said
    )


def _plain(file: _File, place: str, said: Any, depth: int = 0) -> Any:
    """Plain data that can be kept: its texts cleaned, not too deep, no number that is none."""
    if isinstance(said, str):
        return file.words(place, said, lines=True)
    if isinstance(said, list) and depth < DEEPEST:
        return [_plain(file, place, one, depth + 1) for one in said]
    if isinstance(said, dict) and depth < DEEPEST:
        inner = {file.words(place, key): one for key, one in said.items()}
        return {key: _plain(file, f"{place}.{key}", one, depth + 1) for key, one in inner.items()}
    if said is not None and not (isinstance(said, (bool, int, float)) and abs(said) < LARGEST):
        file.refuse(place, "type")
    return said
