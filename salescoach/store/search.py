"""Everything the rep wrote, found by its words: one index over all records (FTS5).

The index is made when something is first searched for, and from then on kept by temporary triggers as every change is
made. Chinese is indexed character by character and asked for as a run of characters, since no tokenizer of the
database knows its words. A record's place is its day and then its id, so that the latest is found first without
reading the rest.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from hashlib import blake2b
from typing import Any

import msgspec

from salescoach.errors import StoreError
from salescoach.shape import value
from salescoach.store.connection import Connection
from salescoach.store.shelf import LAST

#: Counted up where what is indexed changes: an older index is made afresh at the next search.
VERSION = 2
#: Bits of a place that tell records of one day apart.
BITS = 40
#: Clients and people have no day: they are found first.
UNDATED = date.max.toordinal()
#: Around what was found in an excerpt.
START, END = "\x02", "\x03"
EXCERPT_TOKENS = 24

#: Table → its day, and the columns with what the rep wrote.
INDEXED: dict[str, tuple[str | None, tuple[str, ...]]] = {
    "client": (None, ("name", "aliases", "industry", "tags", "remarks")),
    "contact": (None, ("name", "aliases", "position", "department", "mail", "phone", "remarks")),
    "visit": ("when", ("plan", "debrief")),
    "promise": ("by", ("who", "what")),
    "objection": ("on", ("said",)),
    "observation": ("on", ("cue",)),
    "note": ("on", ("text",)),
    "unmatched": ("on", ("said",)),
    "contract": ("signed", ("subject", "least")),
    "assessment": ("on", ("answers",)),
    "occasion": ("day", ("what",)),
    "crisis": ("opened", ("answers", "log")),
    "exercise": ("on", ("answer",)),
}
#: Kept as JSON; of a visit only what was written, not what was worked out.
PACKED = frozenset({"aliases", "tags", "plan", "debrief", "answers", "log"})
WRITTEN = frozenset(
    {"primary_advance", "fallback_advance", "questions", "notes", "checklist", "summary", "client_commitments"}
    | {"lesson", "next_step", "extra"}
)
NO_WORDS = frozenset({"by", "at", "state", "$date"})

#: Parts Chinese characters in the index, and is taken out again where it is shown.
APART = "\x1f"
CHINESE = re.compile(r"([\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])")
#: Full-width letters and digits are plain ones.
PLAIN = {
    wide: wide - 0xFEE0
    for low, high in ((0xFF10, 0xFF19), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A))
    for wide in range(low, high + 1)
}
#: How German letters are typed without them; accents are no matter anyway.
TYPED = (("ss", "ß"), ("ae", "ä"), ("oe", "ö"), ("ue", "ü"))
TOKEN = re.compile(r"\w+")

#: The words that stand in the index, and which of them begin in a way.
WORDS = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.words_term USING fts5vocab({place}, words, row)"
LONGER = "SELECT term FROM temp.words_term WHERE term >= :first AND term < :end LIMIT :most"
#: A word of so many letters may go on in so many ways before it is left open.
OPEN, ENDINGS = 4, 24

#: Where the index cannot be kept.
UNKEPT = ("store-full", "store-read-only")
TABLE = """
CREATE VIRTUAL TABLE {place}words USING fts5(
    text, record UNINDEXED, id UNINDEXED, client_id, tokenize = 'unicode61 remove_diacritics 2')
"""
INTO = "INSERT INTO words (rowid, text, record, id, client_id)"
PUT = f"{INTO} VALUES ({{place}}, {{words}}, '{{table}}', {{row}}.id, {{owner}})"
TAKE = "DELETE FROM words WHERE rowid = {place}"
TRIGGER = 'CREATE TEMP TRIGGER IF NOT EXISTS words_{event}_{table} AFTER {event} ON main."{table}" BEGIN {steps} END'
ALL = "SELECT {place}, {words}, '{table}', row.id, {owner} FROM \"{table}\" AS row"
FIND = f"""
SELECT rowid, record, id, client_id, snippet(words, 0, '{START}', '{END}', '…', {EXCERPT_TOKENS}) FROM words
WHERE words MATCH :query {{among}} ORDER BY rowid DESC LIMIT :most
"""


@value
class Found:
    """A record with the words that were looked for."""

    record: str  # its table: "visit", "note" …
    id: str
    client_id: str | None
    day: date | None
    excerpt: str  # a few words around what was found, which stands between `START` and `END`

    def plain(self) -> str:
        """The excerpt as it was written."""
        return self.excerpt.replace(START, "").replace(END, "")

    def parts(self) -> tuple[tuple[str, bool], ...]:
        """The excerpt in pieces; True: what was looked for."""
        pieces = (part.partition(END) for part in self.excerpt.split(START))
        before, *marked = pieces
        told = [(before[0], False), *(pair for found, _, rest in marked for pair in ((found, True), (rest, False)))]
        return tuple((text, found) for text, found in told if text)


class Search:
    """Looking for words in all records."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._place = "main"  # where the index is

    def find(self, text: str, most: int, clients: Sequence[str] = ()) -> list[Found]:
        """
        Records with every word of a text, or words that begin like it: clients and people, then the latest.

        Args:
            clients: Ids; where there are any, only what belongs to these.
        """
        query = self._query(text)
        if not query:
            return []
        places = {f"c{number}": one for number, one in enumerate(clients)}
        among = f"AND client_id IN ({', '.join(f':{name}' for name in places)})" if places else ""
        asked = f"{{text}} : ({query}){_of(clients)}"
        rows = self.connection.named(FIND.format(among=among), {"query": asked, "most": most, **places})
        return [
            Found(record=record, id=row, client_id=owner, day=_day(place), excerpt=_joined(excerpt))
            for place, record, row, owner, excerpt in rows
        ]

    def _query(self, text: str) -> str:
        """Every word of a text as a phrase of its tokens, whose last one may go on; in any way that it may be typed."""
        groups = ([" ".join(TOKEN.findall(_apart(form))) for form in _forms(word)] for word in text.split())
        kept = [[asked for phrase in phrases if phrase for asked in self._going_on(phrase)] for phrases in groups]
        return " AND ".join(f"({' OR '.join(phrases)})" for phrases in kept if phrases)

    def _going_on(self, phrase: str) -> list[str]:
        """
        A phrase whose last word may go on: as whole words where there are few that begin so. They are read from the
        latest on, while of a word that is left open the index reads every place before it gives the first.
        """
        before, _, last = phrase.rpartition(" ")
        if CHINESE.fullmatch(last):  # a word of its own, which never goes on
            return [f'"{phrase}"']
        endings = self._beginning(last.lower()) if len(last) >= OPEN and last.isascii() and last.isalnum() else None
        if endings is None:
            return [f'"{phrase}" *']
        return [f'"{before} {word}"' for word in (last, *endings)]

    def _beginning(self, start: str) -> list[str] | None:
        """The words of the index that begin so and go on; None where they are many, or cannot be asked for."""
        bounds = {"first": f"{start}0", "end": start + LAST, "most": ENDINGS + 1}
        try:
            self.connection.named(WORDS.format(place=self._place), {})
            found = [word for (word,) in self.connection.named(LONGER, bounds)]
        except StoreError:
            return None
        return found if len(found) <= ENDINGS else None

    def of_clients(self, clients: Sequence[str]) -> list[Found]:
        """The records of the clients themselves, as if their names had been found."""
        places = {f"c{number}": one for number, one in enumerate(clients)}
        query = f"SELECT id, name FROM client WHERE id IN ({', '.join(f':{name}' for name in places)}) ORDER BY name"
        rows = self.connection.named(query, places)
        return [Found(record="client", id=row, client_id=row, day=None, excerpt=name) for row, name in rows]

    def is_made(self) -> bool:
        """There is an index of this program's kind."""
        return self.connection.named("SELECT version FROM words_state", {}) == [(VERSION,)]

    def size(self) -> int:
        """How many records there are to index."""
        counts = " + ".join(f'(SELECT count(*) FROM "{table}")' for table in INDEXED)
        return int(self.connection.named(f"SELECT {counts}", {})[0][0])

    def make(self, told: Callable[[int], None] = lambda _: None) -> None:
        """
        Index everything afresh, for this run alone where it cannot be kept.

        Args:
            told: Hears after each sort of record how many they were.
        """
        self._functions()
        try:
            with self.connection.transaction():
                self._fill(told)
        except StoreError as error:
            if error.key not in UNKEPT and error is not self.connection.refusal:
                raise
            self.connection.named("PRAGMA temp_store = 2", {})
            with self.connection.reading():
                self.connection.named("CREATE TEMP TABLE words_state (version INTEGER NOT NULL)", {})
                self._fill(told, "temp.")
            self._place = "temp"

    def _fill(self, told: Callable[[int], None], place: str = "main.") -> None:
        self.connection.named(f"DROP TABLE IF EXISTS {place}words", {})  # an older index has other columns
        self.connection.named(TABLE.format(place=place), {})
        for table in INDEXED:
            chosen = ALL.format(table=table, **_parts(table, "row"))
            self.connection.named(f"{INTO} {chosen}", {})
            told(self.connection.named("SELECT changes()", {})[0][0])
        self.connection.named("DELETE FROM words_state", {})
        self.connection.named(f"INSERT INTO words_state (version) VALUES ({VERSION})", {})

    def watch(self) -> None:
        """From now on the index follows what this connection changes; where there is none, nothing is to follow."""
        if not self.is_made():
            return
        self._functions()
        for table in INDEXED:
            for statement in _triggers(table):
                self.connection.named(statement, {})

    def forget(self) -> None:
        """There is no index any more, nor anything left of it; the next search makes one."""
        for statement in ("DROP TABLE words", TABLE.format(place=""), "DELETE FROM words_state"):
            self.connection.named(statement, {})

    def _functions(self) -> None:
        driver: Any = self.connection.database.connection()  # type: ignore[no-untyped-call]
        driver.create_function("place_of", 3, _place, deterministic=True)
        driver.create_function("words_of", -1, _words, deterministic=True)


def _triggers(table: str) -> Iterator[str]:
    new, old = _parts(table, "NEW"), _parts(table, "OLD")
    put = f"{TAKE.format(place=new['place'])}; {PUT.format(table=table, row='NEW', **new)};"
    take = f"{TAKE.format(place=old['place'])};"
    for event, steps in (("insert", put), ("update", take + put), ("delete", take)):
        yield TRIGGER.format(event=event, table=table, steps=steps)


def _parts(table: str, row: str) -> dict[str, str]:
    """A row's place, words and client, as SQL."""
    day, columns = INDEXED[table]
    words = ", ".join(f"'{name}', {row}.\"{name}\"" for name in columns)
    owner = {"client": f"{row}.id", "unmatched": "NULL", "exercise": "NULL"}.get(table, f"{row}.client_id")
    when = f'{row}."{day}"' if day else "NULL"
    return {"place": f"place_of('{table}', {when}, {row}.id)", "words": f"words_of({words})", "owner": owner}


def _place(table: str, day: str | None, identifier: str) -> int:
    """Where a record stands in the index."""
    try:
        ordinal = date.fromisoformat(day).toordinal() if day else UNDATED
    except ValueError:
        ordinal = UNDATED
    apart = blake2b(f"{table}/{identifier}".encode(), digest_size=BITS // 8).digest()
    return ordinal << BITS | int.from_bytes(apart)


def _day(place: int) -> date | None:
    ordinal = place >> BITS
    return None if ordinal == UNDATED else date.fromordinal(ordinal)


def written(row: Mapping[str, str | None]) -> str:
    """What the rep wrote in some columns, on one line."""
    texts = [
        text
        for name, content in row.items()
        if content
        for text in (_written(name, content) if name in PACKED else (content,))
    ]
    return " · ".join(" ".join(text.split()) for text in texts if text)


def _words(*columns: str | None) -> str:
    """What stands in some columns (name, content, name, content …), as it is indexed."""
    return _apart(written({str(name): content for name, content in zip(columns[::2], columns[1::2], strict=True)}))


def _written(name: str, packed: str) -> Iterator[str]:
    held = msgspec.json.decode(packed)
    if name in ("plan", "debrief"):
        held = {key: part for key, part in held.items() if key in WRITTEN}
    return _leaves(held)


def _leaves(held: Any) -> Iterator[str]:
    if isinstance(held, str):
        yield held
    elif isinstance(held, dict):
        for key, part in held.items():
            if key not in NO_WORDS:
                yield from _leaves(part)
    elif isinstance(held, list):
        for part in held:
            yield from _leaves(part)


def _apart(text: str) -> str:
    """Every Chinese character a word of its own, without a space that was not there."""
    return text if text.isascii() else CHINESE.sub(rf"{APART}\1{APART}", text.translate(PLAIN))


def _joined(excerpt: str) -> str:
    """As it is written, on one line."""
    return " ".join(excerpt.replace(APART, "").split())


def _of(clients: Sequence[str]) -> str:
    """And what belongs to any of these, by the index alone: an id is a phrase there, which may be part of another."""
    phrases = [f'"{" ".join(TOKEN.findall(one))}"' for one in clients]
    return f" AND {{client_id}} : ({' OR '.join(phrases)})" if all(map(TOKEN.search, clients)) and clients else ""


def _forms(word: str) -> list[str]:
    """A word as it may be written: Strasse and Straße, Mueller and Müller, 东方 and 東方."""
    lower, forms = word.lower(), [word, *_scripts(word)]
    for plain, marked in TYPED:
        forms += [lower.replace(plain, marked)] * (plain in lower) + [lower.replace(marked, plain)] * (marked in lower)
    return list(dict.fromkeys(forms))


def _scripts(word: str) -> tuple[str, ...]:
    """A word in simplified characters, and in traditional ones."""
    if word.isascii() or not CHINESE.search(word):
        return ()
    from salescoach.records.simplified import simplify, traditional_forms

    plain = simplify(word)
    return (plain, *traditional_forms(plain))
