"""Keeping: what a rep knows, in one SQLite file. Values go in and come out; rows and SQL stay here."""

from salescoach.store.opening import FILE_NAME, open_store
from salescoach.store.store import Store

__all__ = ["FILE_NAME", "Store", "open_store"]
