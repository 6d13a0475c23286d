"""
Whom the clocks of care concern: the clients with the most pressing lines, found by the database and not one by one.

Written in SQL, since these queries join a calendar that is passed in as JSON. They may find more than is due (what is
left to `coach.care.pending` is too fine for SQL), and never less. A part that is worked out once ends in LIMIT -1: the
database would work it out again for each place that uses it.
"""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any, Literal

from salescoach.records.names import DIGITS, SHORT_ID, TIME
from salescoach.records.pressing import Candidate, Mark, Rhythm
from salescoach.store.connection import Connection

#: The calendar, as a table.
CALENDAR = """
WITH mark(rank, since, clock, start, fits, others) AS (
    SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]'),
           json_extract(value, '$[3]'), json_extract(value, '$[4]'), json_extract(value, '$[5]')
    FROM json_each(:marks) LIMIT -1 OFFSET 0)
SELECT mark.rank, client.key_account, mark.since, client.name, client.id, {clock} AS clock
FROM {which}
WHERE NOT EXISTS ({settled} {clock})
OR EXISTS (
    SELECT 1 FROM json_each(mark.others) AS other
    WHERE NOT EXISTS ({settled} other.value || substr({clock}, instr({clock}, '@'))))
ORDER BY mark.rank DESC, client.key_account DESC, mark.since, client.name, client.id, clock LIMIT :most
"""
SETTLED = 'SELECT 1 FROM touch WHERE touch.client_id = client.id AND touch."on" >= :remembered AND touch.clock ='
#: Contracts by a day of theirs; one that a later one took the place of is out.
CONTRACTS = """mark CROSS JOIN contract ON contract.{column} = mark.start AND contract.signed <= :today
    AND instr(mark.fits, '|' || ifnull(contract.motive, '') || '|')
    AND NOT EXISTS (
        SELECT 1 FROM contract AS other WHERE other.client_id = contract.client_id
        AND other.signed > contract.signed AND other.signed <= :today
        AND (other.subject = contract.subject OR other.subject = '' OR contract.subject = ''))
CROSS JOIN client ON client.id = contract.client_id"""
OCCASIONS = """occasion CROSS JOIN mark ON mark.fits = occasion.kind
    AND mark.start = CASE WHEN occasion.yearly THEN substr(occasion.day, 6) ELSE occasion.day END
CROSS JOIN client ON client.id = occasion.client_id"""
HOLIDAYS = "mark JOIN client ON client.country = mark.start"
#: Where each sort of start is kept, and the clock of a line.
WHICH = {
    "signed": (CONTRACTS.format(column="signed"), "mark.clock"),
    "ends": (CONTRACTS.format(column="ends"), "mark.clock"),
    "occasion": (OCCASIONS, f"mark.clock || '#' || lower(substr(occasion.id, -{SHORT_ID}))"),
    "holiday": (HOLIDAYS, "mark.clock"),
}

#: The milliseconds that a ULID begins with, and the day they stand for; null for an id that is none.
MILLISECONDS = " + ".join(
    f"(instr('{DIGITS}', upper(substr(client.id, {place}, 1))) - 1) * {len(DIGITS) ** (TIME - place)}"
    for place in range(1, TIME + 1)
)
ULID = "length(client.id) = 26 AND upper(client.id) GLOB '[0-7]*' AND upper(client.id) NOT GLOB '*[^0-9A-HJKMNP-TV-Z]*'"
ENTERED = f"CASE WHEN {ULID} THEN date(({MILLISECONDS}) / 1000, 'unixepoch') END"
#: What a touch settled, without its day.
BEAT = "substr(touch.clock, 1, instr(touch.clock || '@', '@') - 1)"
#: When they were last touched as a beat wants it, and no earlier than they came into the book. As `care.pending`, but
#: that a beat which was dropped counts only where no other is like it: whoever drops one is told of the next.
ROUTINE = f"""
WITH client_of AS (
    SELECT client.id, client.key_account, client.name, {ENTERED} AS entered,
        (SELECT last_held."when" FROM last_held WHERE last_held.client_id = client.id) AS held,
        (SELECT max(note."on") FROM note WHERE note.client_id = client.id) AS noted,
        (SELECT max(touch."on") FROM touch WHERE touch.client_id = client.id AND touch."on" >= :remembered AND (
            (touch.state = 'done' AND {BEAT} NOT IN (SELECT value FROM json_each(:shorter)))
            OR (touch.state = 'dropped' AND {BEAT} = :alone))) AS touched,
        (SELECT max(contract.signed) FROM contract WHERE contract.client_id = client.id) AS signed
    FROM client WHERE client.tags || client.key_account IN (SELECT value FROM json_each(:tags)) LIMIT -1 OFFSET 0
), last_of AS (
    SELECT *, coalesce(nullif(max(ifnull(held, ''), ifnull(touched, ''),
        CASE WHEN :shorter = '[]' THEN ifnull(noted, '') ELSE '' END), ''), signed) AS last FROM client_of
), due AS (
    SELECT *, CASE WHEN last IS NULL THEN :today
        ELSE date(CASE WHEN entered IS NULL THEN last ELSE max(last, min(entered, :today)) END, :days) END AS since
    FROM last_of
)
SELECT :rank, key_account, since, name, id, :beat FROM due
WHERE since <= :today AND ifnull(noted, '') <> :today
AND NOT (:met AND (last IS NULL OR (held IS NULL AND signed IS NULL AND NOT EXISTS (
    SELECT 1 FROM touch WHERE touch.client_id = due.id AND touch."on" >= :remembered AND touch.state = 'done'))))
AND NOT EXISTS (
    SELECT 1 FROM visit WHERE visit.client_id = due.id AND visit.status = 'planned'
    AND visit."when" BETWEEN :today AND date(:today, :planned))
ORDER BY key_account DESC, since, name, id LIMIT :most
"""


#: Every value once, from one to the next by the index: contracts are many more than days, clients than countries.
EACH = """
WITH RECURSIVE found(value) AS (
    SELECT min({column}) FROM {table}
    UNION ALL
    SELECT (SELECT min({column}) FROM {table} WHERE {column} > found.value) FROM found WHERE found.value IS NOT NULL)
SELECT value FROM found WHERE value IS NOT NULL
"""


class Pressing:
    """Candidates for lines of care in the order in which they press."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def days(self, column: Literal["signed", "ends"]) -> list[date]:
        """Every day on which a contract was signed, or on which one ends, in order."""
        return [date.fromisoformat(day) for day in self._each("contract", column)]

    def countries(self) -> list[str]:
        """Every country that a client is in."""
        return [country for country in self._each("client", "country") if country]

    def of_marks(self, starts: str, marks: Sequence[Mark], today: date, remembered: date, most: int) -> list[Candidate]:
        """
        Whom the days of a calendar concern, without what is settled.

        Args:
            starts: What the marks count from: "signed", "ends", "holiday" or "occasion".
            remembered: What was settled before this day does not count.
            most: So many candidates.
        """
        which, clock = WHICH[starts]
        query = CALENDAR.format(which=which, clock=clock, settled=SETTLED)
        return self._found(query, marks=json.dumps(marks), today=today, remembered=remembered, most=most)

    def of_rhythm(self, one: Rhythm, today: date, remembered: date, most: int) -> list[Candidate]:
        """For whom one of some beats that count alike from the last touch may be due. As `of_marks`."""
        first, *others = one.beats
        tags = json.dumps([f"{tags}{int(key_account)}" for tags, key_account in one.tags])
        return self._found(
            ROUTINE, rank=one.rank, beat=first, alone=None if others else first, days=f"{one.days:+d} days",
            planned=f"{one.planned:+d} days", shorter=json.dumps(one.shorter), tags=tags, met=one.met, today=today,
            remembered=remembered, most=most,
        )  # fmt: skip

    def _each(self, table: str, column: str) -> list[str]:
        return [value for (value,) in self.connection.named(EACH.format(table=table, column=column), {})]

    def _found(self, query: str, **facts: Any) -> list[Candidate]:
        plain = {name: one.isoformat() if isinstance(one, date) else one for name, one in facts.items()}
        return [Candidate(*row) for row in self.connection.named(query, plain)]
