"""Version 7: what the last commands changed, so that it can be taken back, and the words of all records, to be found.

Both begin empty. The journal is written by triggers (`store.journal`), the index when something is first searched for
(`store.search`).
"""

from typing import Any

CHANGE = """
CREATE TABLE change (seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, command TEXT NOT NULL)
"""
CHANGE_ROW = """
CREATE TABLE change_row (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    change_id TEXT NOT NULL REFERENCES change (id) ON DELETE CASCADE,
    kept TEXT NOT NULL, row TEXT NOT NULL, event TEXT NOT NULL, before TEXT)
"""
CHANGE_ROW_INDEX = "CREATE INDEX change_row_change_id ON change_row (change_id)"
WORDS = """
CREATE VIRTUAL TABLE words USING fts5(
    text, record UNINDEXED, id UNINDEXED, client_id UNINDEXED, tokenize = 'unicode61 remove_diacritics 2')
"""
WORDS_STATE = "CREATE TABLE words_state (version INTEGER NOT NULL)"


def up(migrator: Any, db: Any) -> None:
    """Add the tables."""
    for statement in (CHANGE, CHANGE_ROW, CHANGE_ROW_INDEX, WORDS, WORDS_STATE):
        db.execute_sql(statement)
