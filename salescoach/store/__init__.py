"""
Keeping: what a rep knows, in one SQLite file. Values go in and come out; rows and SQL stay here.

The database library is imported when the store is first asked for: a command that only glances at the file
(`glance.py`) does without it.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from salescoach.store.opening import open_store
    from salescoach.store.store import Store

FILE_NAME = "salescoach.db"

__all__ = ["FILE_NAME", "Store", "open_store"]

_HOMES = {"open_store": "opening", "Store": "store"}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"salescoach.store.{_HOMES[name]}"), name)
