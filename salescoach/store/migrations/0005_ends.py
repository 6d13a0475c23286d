"""Version 5: the day on which a contract's term is over as a column, and indexes by day and by sheet.

With them the first lines of a day's overview are found without reading the whole book.
"""

from datetime import date
from typing import Any

from peewee import DateField

INDEXES = (
    ("contract", ("signed",)),
    ("contract", ("ends",)),
    ("assessment", ("sheet", "on")),
)


def up(migrator: Any, db: Any) -> None:
    """Add the column, work it out for the contracts that are there, and add the indexes."""
    migrator.migrate(migrator.add_column("contract", "ends", DateField(null=True)))
    terms = db.execute_sql("SELECT id, signed, months FROM contract WHERE months IS NOT NULL").fetchall()
    for identifier, signed, months in terms:
        ends = _months_after(date.fromisoformat(signed), months).isoformat()
        db.execute_sql("UPDATE contract SET ends = ? WHERE id = ?", (ends, identifier))
    for table, columns in INDEXES:
        migrator.migrate(migrator.add_index(table, columns))


def _months_after(day: date, months: int) -> date:
    """The same day so many months later, the last of a shorter month; the last of all days where there is none such."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    if not date.min.year <= year <= date.max.year:
        return date.max if months > 0 else date.min
    last = next(number for number in (31, 30, 29, 28) if _is_day(year, month, number))
    return date(year, month, min(day.day, last))


def _is_day(year: int, month: int, number: int) -> bool:
    try:
        date(year, month, number)
    except ValueError:
        return False
    return True
