"""Playbooks that are passed over because they are links out of their folder: for the commands that say so."""

import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from salescoach.listing import DEEPEST, MOST_ENTRIES, SOURCES, SUFFIXES


def links_out(folder: Path) -> list[Path]:
    """
    What `playbook_files` leaves out of a folder: files named like playbooks, and folders, that are links out of it.

    Nothing behind a link is looked at. A folder that is not there has none.
    """
    root = os.path.realpath(folder)
    found = (path for path in islice(_named(root), MOST_ENTRIES) if path and _leads_out(path, root))
    return sorted(map(Path, found))


def target_of(link: Path) -> Path:
    """Where a link leads in the end."""
    return Path(os.path.realpath(link))


def _named(root: str) -> Iterator[str | None]:
    """Folders, and files named like playbooks; None for every other file, so that a huge folder comes to an end too."""
    for folder, inner, files in os.walk(root):  # does not follow links to folders
        deep = folder[len(root) :].count(os.sep)
        inner[:] = sorted(name for name in inner if not name.startswith(".") and deep < DEEPEST)
        yield from (f"{folder}{os.sep}{name}" for name in inner)
        for name in files:
            named = name.lower().endswith(SUFFIXES) and name != SOURCES and not name.startswith(".")
            yield f"{folder}{os.sep}{name}" if named else None


def _leads_out(path: str, root: str) -> bool:
    return os.path.islink(path) and not Path(os.path.realpath(path)).is_relative_to(root)  # noqa: PTH114 - thousands
