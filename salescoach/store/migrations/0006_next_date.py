"""Version 6: the day of the next contact as a column of its visit, in an index that finds each client's last visit.

With them a day's overview tells which next contacts are due without reading a single debrief.
"""

from typing import Any

from peewee import DateField

BEFORE = "visit_client_id_status_when"
COLUMNS = ("client_id", "status", "when", "id", "next_date")
#: As the debriefs that are there have it.
NEXT_DATES = """
UPDATE visit SET next_date = json_extract(debrief, '$.next_date') WHERE json_valid(debrief)
"""


def up(migrator: Any, db: Any) -> None:
    """Add the column, fill it, and put a wider index in the place of the one that it begins like."""
    migrator.migrate(migrator.add_column("visit", "next_date", DateField(null=True)))
    db.execute_sql(NEXT_DATES)
    migrator.migrate(migrator.drop_index("visit", BEFORE), migrator.add_index("visit", COLUMNS))
