"""A glance at the file for a command that cannot wait for the whole store: who the rep is, and nothing else."""

import os
from pathlib import Path

from salescoach.records.me import Me
from salescoach.store import FILE_NAME

_QUERY = "SELECT name, company, products, proof_points, style FROM me"


def read_me(folder: Path) -> Me:
    """
    The rep, read without opening the store for writing; an empty `Me` where nothing can be read.

    An answer to an objection is worth more than a complaint about the file: that comes with the next command that
    needs the records.
    """
    path = folder / FILE_NAME
    if not os.path.isfile(path):  # noqa: PTH113 - of a name that cannot be one it says no, where Path raises
        return Me()
    import sqlite3
    from contextlib import closing, suppress

    import msgspec

    with suppress(sqlite3.Error, msgspec.MsgspecError, OSError):
        try:
            with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=0.2)) as database:
                row = database.execute(_QUERY).fetchone()
        except sqlite3.OperationalError:  # nothing can be written beside it
            from salescoach.store.snapshot import open_to_read

            with closing(open_to_read(path)) as database:
                row = database.execute(_QUERY).fetchone()
        if row:
            products, proofs = (msgspec.json.decode(text, type=tuple[str, ...]) for text in row[2:4])
            return Me(name=row[0], company=row[1], products=products, proof_points=proofs, style=row[4])
    return Me()
