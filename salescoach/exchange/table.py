"""Tables: delimited text of any program, read row by row and written for spreadsheets.

The standard library reads the cells; here stands what it leaves open: which delimiter, which row is the header, a
quotation mark that is never closed, and how much is too much.
"""

import csv
import re
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from io import StringIO

from salescoach.errors import InvalidError, UsageError
from salescoach.exchange.arrival import Broken
from salescoach.exchange.decoding import DAMAGE
from salescoach.exchange.headers import SEVERAL, SKIP, SYNONYMS, key, known, labels
from salescoach.records.names import fold
from salescoach.shape import value

DELIMITERS = ",;\t|"
MOST_COLUMNS = 1000
#: Characters of a line at most, and of a field.
LONGEST = 128 * 1024
#: A quoted cell goes over so many lines at most: more, and its end is missing.
MOST_LINES = 1000
#: So many rows may stand above the header, and tell the delimiter.
SEARCHED = 10
MAPPABLE = (*SYNONYMS, SKIP)
#: What stands in no header: a mail address, a telephone number.
MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
PHONE = re.compile(r"\+?(?:[\s()./-]*\d){6,}")


@value
class Row:
    """One row: the line that it begins on, from 1, and its cells."""

    line: int
    cells: tuple[str, ...]


@value
class Columns:
    """
    What the columns of a table mean.

    Args:
        headers: As they stand in the file.
        places: Field → the columns that hold it, the strongest first.
        titled: Columns taken by hand into remarks, which keep their header before their words.
        unused: Columns that mean nothing to us.
    """

    headers: tuple[str, ...]
    places: Mapping[str, tuple[int, ...]]
    titled: tuple[int, ...] = ()
    unused: tuple[int, ...] = ()

    def has(self, *fields: str) -> bool:
        """One of the fields has a column."""
        return any(field in self.places for field in fields)


class Table:
    """
    A table, its header found. One without a header has the numbers of its columns for it.

    Args:
        mapped: The headers whose meaning is told by hand: where all are numbers, and no header is known, there is none.

    Raises:
        InvalidError: It is empty, too wide, has lines without an end, or its header is damaged.
    """

    def __init__(self, text: str, mapped: Iterable[str] = ()) -> None:
        lines = _lines(text)
        self.first, forced = _declared(lines)
        self.lines = lines[self.first :]
        self.delimiter = forced or _delimiter(self.lines)
        rows = [row for row in _some(self.lines, self.delimiter) if isinstance(row, Row)]
        if not any(any(row.cells) for row in rows):
            raise InvalidError("import-empty")
        self.header = _header(rows)
        self.damaged = DAMAGE.search(text) is not None
        if self.damaged and DAMAGE.search("".join(self.header.cells)):
            raise InvalidError("import-damaged", line=self.header.line + self.first)
        self.headless = _is_data(self.header, mapped)
        self.begin = self.header.cells
        if self.headless:
            widest = max(len(row.cells) for row in rows)
            self.header = Row(line=0, cells=tuple(str(place + 1) for place in range(widest)))
        if len(self.header.cells) > MOST_COLUMNS:
            raise InvalidError("import-wide", count=len(self.header.cells), most=MOST_COLUMNS)

    def rows(self) -> Iterator[Row | Broken]:
        """The rows below the header; empty ones are none."""
        for row in _read(self.lines, self.delimiter):
            line = row.line + self.first
            if row.line <= self.header.line:
                continue
            if isinstance(row, Broken):
                yield Broken(line=line, error=row.error)
            elif any(cell.strip() for cell in row.cells):
                yield self._fitting(Row(line=line, cells=row.cells))

    def _fitting(self, row: Row) -> Row | Broken:
        """With a cell for every column, and none beyond them."""
        width = len(self.header.cells)
        if self.damaged and DAMAGE.search("".join(row.cells)):
            return Broken(line=row.line, error=InvalidError("import-damaged-row"))
        if any(cell.strip() for cell in row.cells[width:]):
            return Broken(line=row.line, error=InvalidError("import-cells", count=len(row.cells), columns=width))
        return Row(line=row.line, cells=(*row.cells[:width], *[""] * (width - len(row.cells))))


def columns(table: Table, mapped: Mapping[str, str]) -> Columns:
    """
    What the columns mean: by hand where that was said, else by their headers.

    Args:
        mapped: Header, or number of the column from 1, → field.

    Raises:
        UsageError: A header that the table has not, or a field that there is not.
    """
    header = table.header
    by_hand = _by_hand(table, mapped)
    synonyms, titles = known(), labels()
    ranked: dict[str, list[tuple[int, int]]] = {}
    unused = []
    for place, title in enumerate(header.cells):
        field, rank = (by_hand[place], -1) if place in by_hand else synonyms.get(key(title), ("", 0))
        if field and field != SKIP:
            ranked.setdefault(field, []).append((rank, place))
        elif not field and key(title) not in titles:
            unused.append(place)
    for field, found in ranked.items():
        if field not in SEVERAL:
            unused += [place for _, place in sorted(found)[1:]]
    places = {field: tuple(place for _, place in sorted(found)) for field, found in ranked.items()}
    if "address" in places:  # as the file has them: street, town, code
        places["address"] = tuple(sorted(places["address"]))
    noting = [] if table.headless else by_hand.items()
    titled = tuple(place for place, field in noting if field in ("remarks", "company-remarks"))
    taken = {field: found if field in SEVERAL else found[:1] for field, found in places.items()}
    meant = _sorted_out(header, taken)
    used = {place for found in meant.values() for place in found}
    left = tuple(place for place in sorted(unused) if place not in used)
    return Columns(headers=header.cells, places=meant, titled=titled, unused=left)


def _by_hand(table: Table, mapped: Mapping[str, str]) -> dict[int, str]:
    """By header; by what stands in the first line of a table without one; by number."""
    numbers = {str(place + 1): place for place in range(len(table.header.cells))}
    named = numbers | {fold(title): place for place, title in reversed(list(enumerate(table.begin)))}
    shown = [*numbers] if table.headless else [one for one in table.begin if one]
    found = {}
    for title, field in mapped.items():
        if field not in MAPPABLE:
            raise UsageError("import-field", given=field, choices=", ".join(MAPPABLE))
        if fold(title) not in named:
            raise UsageError("import-header", given=title, headers=", ".join(shown)[:400])
        found[named[fold(title)]] = field
    return found


def _sorted_out(header: Row, places: dict[str, tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
    """What one header means depends on the others: whose name it is."""
    titles = {field: key(header.cells[found[0]]) for field, found in places.items()}
    person = {"name", "family", "given"} & places.keys()
    if titles.get("company") == key("客户名称") and not person:
        other = [at for at, title in enumerate(header.cells) if key(title) in (key("企业"), key("所在企业"))]
        if other:  # WeCom: customers are people, their firm stands beside them
            return places | {"name": places["company"], "company": (other[0],)}
    of_people = {"family", "given", "position", "department", "birthday", "mail"} & places.keys()
    bare = titles.get("name") in (key("Name"), key("名称")) and "company" not in places
    if bare and "industry" in places and not of_people:  # a list of accounts
        return {field: found for field, found in places.items() if field != "name"} | {"company": places["name"]}
    return places


def _lines(text: str) -> list[str]:
    """With their ends as they are: a lone CR ends a line too."""
    return StringIO(text, newline="").readlines()


def _declared(lines: Sequence[str]) -> tuple[int, str]:
    """`sep=;` in the first line, as spreadsheets write and read it."""
    first = lines[0].strip("\r\n") if lines else ""
    declared = first.lower().startswith("sep=") and len(first) == len("sep=;")
    return (1, first[-1]) if declared else (0, "")


def _some(lines: Sequence[str], delimiter: str) -> list[Row | Broken]:
    rows = _read(lines[: SEARCHED * 20], delimiter)
    return [row for row, _ in zip(rows, range(SEARCHED), strict=False)]


def _delimiter(lines: Sequence[str]) -> str:
    """The sign that parts the rows into most known headers, then into equal numbers of cells."""
    synonyms = known()

    def fits(sign: str) -> tuple[int, int, int]:
        rows = [row.cells for row in _some(lines, sign) if isinstance(row, Row) and any(row.cells)]
        headers = max((sum(key(cell) in synonyms for cell in row) for row in rows), default=0)
        widths = [len(row) for row in rows]
        return headers, sum(width == widths[0] > 1 for width in widths), widths[0] if widths else 0

    return max(DELIMITERS, key=fits)


def _header(rows: Sequence[Row]) -> Row:
    """The first row that holds anything, unless it holds no header and one below it holds two or more."""
    synonyms = known()
    filled = [row for row in rows if any(cell.strip() for cell in row.cells)]
    counted = [(sum(key(cell) in synonyms for cell in row.cells), row) for row in filled]
    later = next((row for count, row in counted if count >= 2), filled[0])
    return filled[0] if counted[0][0] else later


def _is_data(first: Row, mapped: Iterable[str]) -> bool:
    """What would be the header is somebody: it holds an address or number, or the columns are told by number alone."""
    cells, synonyms = [cell.strip() for cell in first.cells], known()
    count = sum(key(cell) in synonyms for cell in cells)
    told = [*mapped]
    if count == 0 and told and all(one.isdecimal() and one not in cells for one in told):
        return True
    return count < 2 and any(MAIL.fullmatch(cell) or PHONE.fullmatch(cell) for cell in cells)


def _read(lines: Sequence[str], delimiter: str) -> Iterator[Row | Broken]:
    """The rows; one whose quotation mark is never closed is broken, and the next line begins anew."""
    start = 0
    while start < len(lines):
        broken = yield from _read_on(lines, start, delimiter)
        if broken is None:
            return
        yield broken
        start = broken.line


def _read_on(lines: Sequence[str], start: int, delimiter: str) -> Generator[Row | Broken, None, Broken | None]:
    """Rows from a line on, until the end or a row that cannot be read, which is returned."""
    fed = _Fed(lines, start, delimiter)
    reader = csv.reader(fed, delimiter=delimiter)
    while True:
        fed.begin()
        try:
            cells = next(reader)
        except StopIteration:
            return None
        except (csv.Error, _EndlessError):
            return Broken(line=fed.first, error=InvalidError("import-endless", most=LONGEST, lines=MOST_LINES))
        if fed.at == len(lines) and fed.open():
            return Broken(line=fed.first, error=InvalidError("import-unclosed"))
        yield Row(line=fed.first, cells=tuple(cells))


class _EndlessError(Exception):
    """A line or a row does not end where it could."""


class _Fed:
    """Lines, one by one, and which of them the present row is made of."""

    def __init__(self, lines: Sequence[str], start: int, delimiter: str) -> None:
        self.lines, self.at, self.delimiter = lines, start, delimiter
        self.first = start + 1

    def __iter__(self) -> "_Fed":
        return self

    def __next__(self) -> str:
        if self.at >= len(self.lines):
            raise StopIteration
        line = self.lines[self.at]
        if len(line) > LONGEST or self.at - self.first >= MOST_LINES:
            raise _EndlessError
        self.at += 1
        return line

    def begin(self) -> None:
        """The next line begins a row."""
        self.first = self.at + 1

    def open(self) -> bool:
        """The present row ends within quotation marks."""
        lines = self.lines[self.first - 1 : self.at]
        if sum(line.count('"') for line in lines) % 2 == 0:
            return False
        try:
            list(csv.reader(lines, delimiter=self.delimiter, strict=True))
        except csv.Error as error:
            return "end of data" in str(error)
        return False


def written(rows: Iterable[Sequence[str]]) -> bytes:
    """A table for spreadsheets: commas, CRLF, UTF-8 with the mark without which they take Chinese for noise."""
    out = StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode("utf-8-sig", "replace")
