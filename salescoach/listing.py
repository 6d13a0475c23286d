"""
The playbook files under a folder, and what each is now. Every run asks, and a folder may hold thousands: so this looks
at each file once, makes little of it, and loads nothing (both lanes use it).
"""

import os

TYPE_CHECKING = False  # `typing` costs
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

SUFFIXES = (".yaml", ".yml")
#: The folder of each kind. What lies below a folder of such a name is of that kind alone, so that who asks for one kind
#: need not look at the files of the others. Elsewhere lies anything.
FOLDERS = {
    "typology": "typologies",
    "objection": "objections",
    "technique": "techniques",
    "checklist": "checklists",
    "scorecard": "scorecards",
    "timeline": "timelines",
    "scenario": "scenarios",
    "rules": "rules",
    "card": "cards",
    "small-talk": "small-talk",
    "phrasings": "phrasings",
}
#: The part of a folder that is below no folder of a kind.
ELSEWHERE = ""
PARTS = (ELSEWHERE, *FOLDERS.values())
#: The list of what the sources say; it lies beside the playbooks and is none.
SOURCES = "sources.yaml"
#: More than this is a folder of something else: a home folder named by mistake must not be read through.
MOST_FILES = 20_000
MOST_ENTRIES = 50_000
#: Folders within folders; playbooks lie one or two deep.
DEEPEST = 20

#: Every folder with such files, and a row for each of them: name, NUL, when it was last written and its size.
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
    return sorted(one for part in parted(folder, PARTS, suffixes).values() for one in part)


def parted(folder: str, parts: "Collection[str]", suffixes: tuple[str, ...] = SUFFIXES) -> dict[str, Listing]:
    """As `listed`, by part; the other parts are not looked at."""
    root = os.path.realpath(folder)
    found: dict[str, Listing] = {part: [] for part in parts}
    files = seen = 0
    for place, entries, part in _folders(root, parts):
        if part in found:
            named = (one for one in entries if _may_be_playbook(one.name, suffixes))
            rows = [f"{one.name}\0{_stamp(one)}" for one in named if _is_file(one, root)]
            found[part] += [(place, sorted(rows))] if rows else []
            files += len(rows)
        seen += len(entries)
        if files > MOST_FILES or seen > MOST_ENTRIES:
            raise OverflowError
    return {part: sorted(listing) for part, listing in found.items()}


def links_out(folder: str) -> list[str]:
    """
    What `listed` leaves out: files named like playbooks, and folders, that are links out of the folder.

    Nothing behind a link is looked at. A folder that is not there has none.
    """
    from itertools import islice

    root = os.path.realpath(folder)
    entries = islice((one for _, entries, _ in _folders(root, PARTS) for one in entries), MOST_ENTRIES)
    links = (one for one in entries if one.is_symlink() and not _leads_inside(one, root))
    return sorted(one.path for one in links if _may_be_playbook(one.name, SUFFIXES) or _is_folder(one))


def stamps(listing: Listing) -> dict[str, str]:
    """Path → stamp of every file."""
    split = ((folder, row.partition("\0")) for folder, rows in listing for row in rows)
    return {f"{folder.rstrip(os.sep)}{os.sep}{name}": stamp for folder, (name, _, stamp) in split}


def part_below(part: str, name: str) -> str:
    """Of which part a folder of this name is, in a folder of a part: the outermost name of a kind decides."""
    return part or (name if name in PARTS else ELSEWHERE)


def _folders(root: str, parts: "Collection[str]") -> "Iterator[tuple[str, list[os.DirEntry[str]], str]]":
    """Every folder that is looked into, none hidden and no link; what is in it; and of which part it is."""
    waiting, wanted = [(root, 0, ELSEWHERE)], {ELSEWHERE, *parts}
    while waiting:
        place, deep, part = waiting.pop()
        entries = _entries(place)
        yield place, entries, part
        for one in entries if deep < DEEPEST else ():
            if one.name[0] != "." and one.is_dir(follow_symlinks=False):
                below = part_below(part, one.name)
                waiting += [(one.path, deep + 1, below)] if below in wanted else []


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
