"""Version 8: each client's last visit held, kept apart, with the day of its next contact.

So the next contacts that are due are found by an index, not by a look at every client. Triggers keep it: whatever
writes a visit, be it an import, an undo or a merge, the row is right. Nothing in them meets a conflict, since within a
trigger the statement that set it off decides what a conflict means.

And an index of countries, so that they too are known without a look at every client.
"""

from typing import Any

TABLE = """
CREATE TABLE last_held (
    client_id TEXT NOT NULL PRIMARY KEY, visit_id TEXT NOT NULL, "when" DATE NOT NULL, next_date DATE) WITHOUT ROWID
"""
INDEX = 'CREATE INDEX last_held_next_date ON last_held (next_date, "when", visit_id) WHERE next_date IS NOT NULL'
LAST_OF = """
SELECT client_id, id, "when", next_date FROM visit WHERE client_id = {client} AND status = 'done'
ORDER BY "when" DESC, id DESC LIMIT 1
"""
FILL = f"""
INSERT INTO last_held SELECT client_id, id, "when", next_date FROM visit
WHERE id IN (SELECT (SELECT id FROM ({LAST_OF.format(client="client.id")})) FROM client)
"""
AGAIN = "DELETE FROM last_held WHERE client_id = {client}; INSERT INTO last_held " + LAST_OF
INSERTED = """
CREATE TRIGGER last_held_insert AFTER INSERT ON visit WHEN NEW.status = 'done' BEGIN
    DELETE FROM last_held WHERE client_id = NEW.client_id AND ("when", visit_id) < (NEW."when", NEW.id);
    INSERT INTO last_held SELECT NEW.client_id, NEW.id, NEW."when", NEW.next_date
    WHERE NOT EXISTS (SELECT 1 FROM last_held WHERE client_id = NEW.client_id);
END
"""
UPDATED = f"""
CREATE TRIGGER last_held_update AFTER UPDATE ON visit
WHEN (OLD.client_id, OLD."when", OLD.status, OLD.next_date)
    IS NOT (NEW.client_id, NEW."when", NEW.status, NEW.next_date)
BEGIN {AGAIN.format(client="OLD.client_id")}; {AGAIN.format(client="NEW.client_id")}; END
"""
DELETED = f"""
CREATE TRIGGER last_held_delete AFTER DELETE ON visit
WHEN EXISTS (SELECT 1 FROM last_held WHERE client_id = OLD.client_id AND visit_id = OLD.id)
BEGIN {AGAIN.format(client="OLD.client_id")}; END
"""


def up(migrator: Any, db: Any) -> None:
    """Add the table, fill it, and have it kept; add the index."""
    for statement in (TABLE, FILL, INDEX, INSERTED, UPDATED, DELETED):
        db.execute_sql(statement)
    migrator.migrate(migrator.add_index("client", ("country",)))
