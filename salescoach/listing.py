"""
The playbook files under a folder, and what each is now. Every run asks, and a folder may hold thousands: so this looks
at each file once, makes little of it, and loads nothing (both lanes use it).
"""

import os

SUFFIXES = (".yaml", ".yml")
#: The list of what the sources say; it lies beside the playbooks and is none.
SOURCES = "sources.yaml"
#: More than this is a folder of something else: a home folder named by mistake must not be read through.
MOST_FILES = 20_000
MOST_ENTRIES = 50_000
#: Folders within folders; playbooks lie one or two deep.
DEEPEST = 20

#: Every folder, and a row for each file in it: name, NUL, when it was last written and its size.
Listing = list[tuple[str, list[str]]]


def listed(folder: str, suffixes: tuple[str, ...] = SUFFIXES) -> Listing:
    """
    The files that may be playbooks, in a fixed order; none where the folder is not there.

    Hidden files and folders, folders that are links, and files that are links out of the folder are passed over.

    Args:
        suffixes: How the names end, in small letters.

    Raises:
        OverflowError: There is far too much in the folder for one of playbooks.
    """
    root = os.path.realpath(folder)
    found: Listing = []
    waiting, files, seen = [(root, 0)], 0, 0
    while waiting:
        place, deep = waiting.pop()
        rows = []
        for entry in (entries := _entries(place)):
            name = entry.name
            if name[0] == ".":
                continue
            if name.lower().endswith(suffixes) and _is_file(entry, root):
                rows += [f"{name}\0{_stamp(entry)}"] if name != SOURCES else []
            elif deep < DEEPEST and entry.is_dir(follow_symlinks=False):
                waiting.append((entry.path, deep + 1))
        found.append((place, sorted(rows)))
        files, seen = files + len(rows), seen + len(entries)
        if files > MOST_FILES or seen > MOST_ENTRIES:
            raise OverflowError
    return sorted(found)


def stamps(listing: Listing) -> dict[str, str]:
    """Path → stamp of every file."""
    split = ((folder, row.partition("\0")) for folder, rows in listing for row in rows)
    return {f"{folder.rstrip(os.sep)}{os.sep}{name}": stamp for folder, (name, _, stamp) in split}


def _entries(place: str) -> "list[os.DirEntry[str]]":
    try:
        with os.scandir(place) as entries:
            return list(entries)
    except OSError:
        return []


def _is_file(entry: "os.DirEntry[str]", root: str) -> bool:
    """Whatever is no folder, and no link out of the root."""
    if not entry.is_symlink():
        return not entry.is_dir(follow_symlinks=False)
    inside = os.path.realpath(entry.path).startswith(root.rstrip(os.sep) + os.sep)
    return inside and not os.path.isdir(entry.path)  # noqa: PTH112 - a link to itself is no error


def _stamp(entry: "os.DirEntry[str]") -> str:
    """When a file was last written, and its size; "gone" where it cannot be asked."""
    try:
        known = entry.stat()
    except OSError:
        return "gone"
    return f"{known.st_mtime_ns}:{known.st_size}"
