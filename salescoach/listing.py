"""
The playbook files under a folder, and what each is now. Every run asks, and a folder may hold thousands: so this looks
at each file once, makes little of it, and loads nothing (both lanes use it).
"""

import os

TYPE_CHECKING = False  # `typing` costs
if TYPE_CHECKING:
    from collections.abc import Iterator

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
    files = seen = 0
    for place, entries in _folders(root):
        named = (one for one in entries if _may_be_playbook(one.name, suffixes))
        rows = [f"{one.name}\0{_stamp(one)}" for one in named if _is_file(one, root)]
        found.append((place, sorted(rows)))
        files, seen = files + len(rows), seen + len(entries)
        if files > MOST_FILES or seen > MOST_ENTRIES:
            raise OverflowError
    return sorted(found)


def links_out(folder: str) -> list[str]:
    """
    What `listed` leaves out: files named like playbooks, and folders, that are links out of the folder.

    Nothing behind a link is looked at. A folder that is not there has none.
    """
    from itertools import islice

    root = os.path.realpath(folder)
    entries = islice((one for _, entries in _folders(root) for one in entries), MOST_ENTRIES)
    links = (one for one in entries if one.is_symlink() and not _leads_inside(one, root))
    return sorted(one.path for one in links if _may_be_playbook(one.name, SUFFIXES) or _is_folder(one))


def stamps(listing: Listing) -> dict[str, str]:
    """Path → stamp of every file."""
    split = ((folder, row.partition("\0")) for folder, rows in listing for row in rows)
    return {f"{folder.rstrip(os.sep)}{os.sep}{name}": stamp for folder, (name, _, stamp) in split}


def _folders(root: str) -> "Iterator[tuple[str, list[os.DirEntry[str]]]]":
    """Every folder that is looked into, and what is in it; none that is hidden, or a link."""
    waiting = [(root, 0)]
    while waiting:
        place, deep = waiting.pop()
        entries = _entries(place)
        yield place, entries
        if deep < DEEPEST:
            inner = (one for one in entries if one.name[0] != "." and one.is_dir(follow_symlinks=False))
            waiting += [(one.path, deep + 1) for one in inner]


def _may_be_playbook(name: str, suffixes: tuple[str, ...]) -> bool:
    return name.lower().endswith(suffixes) and name[0] != "." and name != SOURCES


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
    return _leads_inside(entry, root) and not os.path.isdir(entry.path)  # noqa: PTH112 - a link to itself is no error


def _is_folder(link: "os.DirEntry[str]") -> bool:
    return link.name[0] != "." and os.path.isdir(link.path)  # noqa: PTH112 - never raises


def _leads_inside(link: "os.DirEntry[str]", root: str) -> bool:
    real = os.path.realpath(link.path)
    return real == root or real.startswith(root.rstrip(os.sep) + os.sep)


def _stamp(entry: "os.DirEntry[str]") -> str:
    """When a file was last written, and its size; "gone" where it cannot be asked."""
    try:
        known = entry.stat()
    except OSError:
        return "gone"
    return f"{known.st_mtime_ns}:{known.st_size}"
