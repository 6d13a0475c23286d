"""A folder of pages for the rep alone: names that any system can hold, nothing written outside it or by a link."""

import os
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from salescoach.errors import InvalidError
from salescoach.exchange.files import write_private

INDEX = "index.md"
#: The first line of the index, and of every page: it is ours to write again.
MARKER = "<!-- salescoach/folder@1 -->"
LONGEST_NAME = 60
#: Names that Windows keeps for devices, whatever follows a dot.
RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d|com[¹²³]|lpt[¹²³]|conin\$|conout\$|index)", re.IGNORECASE)


def file_names(clients: Iterable[tuple[str, str]]) -> dict[str, str]:
    """
    A file name for each client, by id: letters, digits and single dashes. Those that would be the same on some
    system end in the id; so does one that some system would not take.

    Args:
        clients: Ids and names.
    """
    plain = {identifier: _plain(name) for identifier, name in clients}
    counted: dict[str, int] = {}
    for name in plain.values():
        counted[_same(name)] = counted.get(_same(name), 0) + 1
    return {
        identifier: f"{name}.md"
        if counted[_same(name)] == 1 and not _unfit(name)
        else f"{name}-{identifier.lower()}.md"
        for identifier, name in plain.items()
    }


def _plain(name: str) -> str:
    normal = unicodedata.normalize("NFC", name)
    spaced = "".join(char if char.isalnum() else "-" for char in normal)
    cut = re.sub("-+", "-", spaced).strip("-")
    while len(cut.encode()) > LONGEST_NAME * 3 or len(cut) > LONGEST_NAME:
        cut = cut[:-1]
    return cut.strip("-") or "client"


def _same(name: str) -> str:
    """What some systems hold to be one name."""
    return unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())


def _unfit(name: str) -> bool:
    return name == "client" or RESERVED.fullmatch(name) is not None


def prepare(folder: Path) -> None:
    """
    Make the folder, or take over one that an earlier export wrote, and remove its pages.

    Raises:
        InvalidError: It is a link, a file, or holds what no export wrote.
        OSError: It cannot be made.
    """
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise InvalidError("folder-not-ours", path=folder)
    if not folder.exists():
        folder.mkdir(mode=0o700, parents=True)
    folder.chmod(0o700)
    pages = sorted(folder.iterdir())
    if pages and not _is_ours(folder / INDEX):
        raise InvalidError("folder-not-ours", path=folder)
    for page in pages:
        if page.suffix == ".md" and page.name != INDEX and _is_ours(page):
            page.unlink()


def write_page(folder: Path, name: str, text: str) -> None:
    """
    Write one page, for the rep's eyes alone.

    Raises:
        InvalidError: Something of that name is there and no page of ours.
        OSError: It cannot be written.
    """
    path = folder / name
    if path.parent != folder or (os.path.lexists(path) and not _is_ours(path)):
        raise InvalidError("folder-not-ours", path=path)
    write_private(path, [f"{MARKER}\n\n{text}".encode("utf-8", "backslashreplace")])


def _is_ours(index: Path) -> bool:
    if index.is_symlink() or not index.is_file():
        return False
    with index.open("rb") as file:
        return file.readline(len(MARKER) + 2).rstrip() == MARKER.encode()
