"""A folder of pages: names that every system holds, nothing outside it, nothing of anybody else's touched."""

import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from salescoach.errors import InvalidError
from salescoach.exchange.folder import INDEX, file_names, prepare, write_page

RESERVED = {"con", "prn", "aux", "nul", "com1", "lpt9", "index"}


@given(st.lists(st.text(max_size=80), max_size=6))
@example(["../../etc/passwd", "CON", "con", "a/b", "a\\b", "Ä", "ä", "A\u0308", "ß", "SS", "", ".", "index", "长" * 90])
def test_file_names_are_safe_and_none_is_another_on_any_system(called: list[str]) -> None:
    clients = [(f"{number:026}", name) for number, name in enumerate(called)]

    names = file_names(clients)

    assert names == file_names(reversed(clients))
    same = {unicodedata.normalize("NFKC", name).casefold() for name in names.values()}
    assert len(same) == len(clients)
    for name in names.values():
        stem = name.removesuffix(".md")
        assert name.endswith(".md")
        assert all(char.isalnum() or char == "-" for char in stem)
        assert stem.casefold() not in RESERVED
        assert len(name.encode()) <= 255


def test_a_folder_is_for_the_rep_alone_whatever_the_umask(tmp_path: Path) -> None:
    folder, before = tmp_path / "out", os.umask(0)
    try:
        prepare(folder)
        write_page(folder, INDEX, "# x\n")
    finally:
        os.umask(before)

    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / INDEX).stat().st_mode & 0o777 == 0o600


def test_written_again_old_pages_go_and_what_is_not_ours_stays(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    prepare(folder)
    for name in (INDEX, "gone.md"):
        write_page(folder, name, "# x\n")
    (folder / "mine.md").write_text("mine")

    prepare(folder)

    assert sorted(path.name for path in folder.iterdir()) == [INDEX, "mine.md"]
    with pytest.raises(InvalidError):
        write_page(folder, "mine.md", "# x\n")


def test_a_folder_with_something_else_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")

    with pytest.raises(InvalidError) as refused:
        prepare(tmp_path)

    assert refused.value.key == "folder-not-ours"


def test_nothing_is_written_through_a_link(tmp_path: Path) -> None:
    elsewhere, folder = tmp_path / "elsewhere", tmp_path / "out"
    elsewhere.mkdir()
    secret = tmp_path / "secret"
    secret.write_text("mine")
    (tmp_path / "link").symlink_to(elsewhere)
    prepare(folder)
    write_page(folder, INDEX, "# x\n")
    (folder / "acme.md").symlink_to(secret)

    with pytest.raises(InvalidError):
        prepare(tmp_path / "link")
    with pytest.raises(InvalidError):
        write_page(folder, "acme.md", "# x\n")
    with pytest.raises(InvalidError):
        write_page(folder, "../acme.md", "# x\n")

    assert secret.read_text() == "mine"
