"""The whole book as one JSON document: written a record a line, read back strictly and in batches.

Dates inside answers are marked, as in the store (`records.packing`). What is read comes from somebody else: its size
and depth are bounded, an unknown key or a wrong type is an error with its place, and ids must look like ids.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import msgspec

from salescoach.errors import InvalidError
from salescoach.exchange.strict import strict_decoder
from salescoach.records.book import PARTS
from salescoach.records.me import Me
from salescoach.records.packing import dated, packed

SCHEMA = "salescoach/book@1"
#: The part of a schema before its number, and that number.
NAME, _, VERSION = SCHEMA.partition("@")

#: Larger than any book, and than what one would want in memory.
MOST_BYTES = 2 * 1024**3
#: One record of a person's is text of some pages.
MOST_OF_ONE = 8 * 1024**2
#: Lists and maps in each other in what a walk asked; walks ask for two or three.
DEEPEST = 32
BATCH = 1000
#: What is kept as a whole number has so many bits.
BITS = 63

ID = re.compile(r"[0-9A-HJKMNP-TV-Z]{26}")
REFERENCES = ("id", "client_id", "contact_id", "visit_id")
#: How the decoder says what is wrong, and what we call it.
COMPLAINTS = (
    (re.compile(r"unknown field `(?P<field>.*)`"), "archive-unknown"),
    (re.compile(r"missing required field `(?P<field>.*)`"), "archive-missing"),
)
PLACE = re.compile(r" - at `(?:key in )?\$(?P<place>.*)`$")

Record = Any
#: Where in its part a record stands, and the record or why it cannot be used.
Read = tuple[int, Record | InvalidError]


def written(me: Me, parts: Iterable[tuple[str, Iterable[Record]]], made: date, program: str) -> Iterator[bytes]:
    """
    The document, piece by piece: UTF-8, a record a line.

    Args:
        parts: The names of `PARTS` with their records.
        made: The day of the export.
        program: The program's version.
    """
    head = {"schema": SCHEMA, "made": made, "program": program, "me": None if me == Me() else me}
    yield b"{" + b",\n".join(_pair(name, packed(content)) for name, content in head.items())
    for name, records in parts:
        yield b",\n" + _pair(name, b"[")
        yield from _lines(records)
        yield b"]"
    yield b"}\n"


def _pair(name: str, content: bytes) -> bytes:
    return b'"%s": %s' % (name.encode(), content)


def _lines(records: Iterable[Record]) -> Iterator[bytes]:
    before = b"\n"
    for record in records:
        yield before + packed(record)
        before = b",\n"


class Archive:
    """
    A document that was read as far as its outline; records are read when they are asked for.

    Raises:
        InvalidError: It is no JSON, no book, of a newer kind, or too big.
    """

    def __init__(self, raw: bytes) -> None:
        self.raw = raw.removeprefix(b"\xef\xbb\xbf")
        if len(raw) > MOST_BYTES:
            raise InvalidError("archive-too-big", mib=MOST_BYTES // 1024**2)
        outline = self._outline()
        self.me: Me | None = outline.me
        self._parts: dict[str, list[msgspec.Raw]] = {name: getattr(outline, name) for name in PARTS}

    @property
    def count(self) -> int:
        """How many records there are."""
        return sum(map(len, self._parts.values())) + (self.me is not None)

    def size(self, name: str) -> int:
        """How many records a part has."""
        return len(self._parts[name])

    def batches(self, name: str) -> Iterator[list[Read]]:
        """The records of a part, some at a time; may be asked for again."""
        raws, read = self._parts[name], _Reader(name)
        for start in range(0, len(raws), BATCH):
            yield [(at, read(at, raws[at])) for at in range(start, min(start + BATCH, len(raws)))]

    def lines(self, places: Iterable[tuple[str, int]]) -> list[int]:
        """
        The lines on which records begin.

        They are found by their text, each after the one before, as long as they come in the order of the document; of
        some that are the same to the letter the first is as good.
        """
        found, line, last = [], 1, 0
        for name, at in places:
            text = bytes(self._parts[name][at])
            begins = self.raw.find(text, last)
            if begins < 0:
                begins, line, last = max(0, self.raw.find(text)), 1, 0
            line += self.raw.count(b"\n", last, begins)
            last = begins
            found.append(line)
        return found

    def _outline(self) -> Any:
        self._refuse_other_schemas()
        try:
            return _OUTLINE.decode(self.raw)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise self._complaint(error) from None

    def _refuse_other_schemas(self) -> None:
        try:
            told = msgspec.json.decode(self.raw, type=_Headed).schema
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise self._complaint(error) from None
        name, _, number = told.partition("@")
        if name == NAME and number.isdigit() and int(number[:9]) > int(VERSION):
            raise InvalidError("archive-newer", schema=told)
        if told != SCHEMA:
            raise InvalidError("archive-schema", schema=told[:60], wanted=SCHEMA)

    def _complaint(self, error: Exception) -> InvalidError:
        if isinstance(error, RecursionError):
            return InvalidError("archive-deep", place="$", most=DEEPEST)
        if isinstance(error, msgspec.ValidationError):
            return complaint(error, "")
        byte = re.search(r"\(byte (\d+)\)", str(error))
        end = int(byte[1]) if byte else len(self.raw)
        return InvalidError("archive-json", line=self.raw.count(b"\n", 0, end) + 1)


class _Headed(msgspec.Struct):
    schema: str = ""


_OUTLINE = msgspec.json.Decoder(
    msgspec.defstruct(
        "Outline",
        [
            ("schema", str),
            ("made", date | None, None),
            ("program", str, ""),
            ("me", Me | None, None),
            *((name, list[msgspec.Raw], msgspec.field(default_factory=list)) for name in PARTS),
        ],
        forbid_unknown_fields=True,
    )
)


class _Reader:
    """Reads the records of one part."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.holds: Any = PARTS[name]
        self.references = [one for one in REFERENCES if one in self.holds.__dataclass_fields__]
        self.decode = msgspec.json.Decoder(self.holds).decode
        #: Refuses what the record's own class would pass over: unknown keys, numbers that cannot be kept.
        self.check = strict_decoder(self.holds, BITS).decode

    def __call__(self, at: int, raw: msgspec.Raw) -> Record | InvalidError:
        place = f"{self.name}[{at}]"
        if len(memoryview(raw)) > MOST_OF_ONE:
            return InvalidError("archive-record-big", place=place, mib=MOST_OF_ONE // 1024**2)
        try:
            self.check(raw)
            record = dated(self.decode(raw))
        except RecursionError:
            return InvalidError("archive-deep", place=place, most=DEEPEST)
        except msgspec.ValidationError as error:
            return complaint(error, place)
        except (msgspec.MsgspecError, UnicodeDecodeError, ValueError, OverflowError):
            return InvalidError("archive-type", place=place)
        return self._doubt(record, place) or record

    def _doubt(self, record: Record, place: str) -> InvalidError | None:
        for name in self.references:
            given = getattr(record, name)
            if given is not None and not ID.fullmatch(given):
                return InvalidError("archive-id", place=f"{place}.{name}")
        for name, free in _free(record):
            if not _bounded(free, DEEPEST):
                return InvalidError("archive-deep", place=f"{place}.{name}", most=DEEPEST)
        return None


def _free(record: Record) -> Iterator[tuple[str, Any]]:
    """The parts of a record whose shape no class says."""
    if answers := getattr(record, "answers", None):
        yield "answers", [getattr(said, "answer", said) for said in answers.values()]
    for name in ("plan", "debrief"):
        held = getattr(record, name, None)
        if held is not None and held.extra:
            yield f"{name}.extra", held.extra


def _bounded(free: Any, deepest: int) -> bool:
    """It is not nested deeper than that, and holds no number that could not be kept."""
    if isinstance(free, int):
        return bool(-(2**BITS) <= free < 2**BITS)
    if isinstance(free, dict):
        free = list(free.values())
    return not isinstance(free, list) or (deepest > 0 and all(_bounded(one, deepest - 1) for one in free))


def complaint(error: msgspec.ValidationError, place: str) -> InvalidError:
    """What the decoder says of a value, with its place in the document."""
    said = str(error)
    if found := PLACE.search(said):
        place = (place + found["place"]).lstrip(".")
        said = said[: found.start()]
    for pattern, key in COMPLAINTS:
        if match := pattern.search(said):
            return InvalidError(key, place=f"{place}.{match['field'][:60]}".lstrip("."))
    return InvalidError("archive-type", place=place or "$")
