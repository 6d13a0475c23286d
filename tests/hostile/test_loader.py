"""Playbook files of somebody else's: bounded in time and memory, one warning each, and the built-in set answers."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescoach.errors import PlaybookError
from salescoach.language import LANGS, say
from salescoach.playbook.compile import load
from salescoach.playbook.layers import built_in
from salescoach.playbook.problem import Problem
from salescoach.playbook.yaml_text import read_bytes
from tests.examples import tried as so_often
from tests.hostile.counting import tried
from tests.hostile.files import BOMBS
from tests.hostile.texts import NASTY, runs, texts
from tests.program import Program

NORMAL = built_in().folder / "objections" / "price.yaml"
#: The worst of them takes 13 times as long as a built-in file of 80 kB; they are a megabyte.
TIMES = 60
KEPT = sorted(Path(__file__).with_name("kept").glob("*.yaml"))


def test_every_bomb_is_refused_under_limits_of_memory_and_of_time(tmp_path: Path) -> None:
    for name, raw in BOMBS.items():
        (tmp_path / f"{name}.yaml").write_bytes(raw)
    with (tmp_path / "200-mb.yaml").open("wb") as file:
        file.write(NORMAL.read_bytes())
        file.truncate(200 * 1024 * 1024)
    files = [*map(str, sorted(tmp_path.iterdir())), *map(str, KEPT)]
    done = subprocess.run(
        [sys.executable, "-m", "tests.hostile.limited", str(NORMAL), *files],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert set(found) == set(files)
    assert {name: key for name, (key, _) in found.items() if not key} == {}
    assert {name: times for name, (_, times) in found.items() if times > TIMES} == {}
    tried(times=len(files))


@so_often(150)
@given(
    st.one_of(st.sampled_from(NASTY), texts(), runs(20_000)), st.sampled_from(["", "kind: ", "- ", "a: &a ", '"', "? "])
)
def test_any_text_is_plain_data_or_a_refusal_with_a_place(text: str, before: str) -> None:
    raw = (before + text).encode()
    tried()
    try:
        read_bytes(raw, "f")
    except PlaybookError as error:
        assert error.where  # noqa: PT017
        assert error.where.startswith("f:")  # noqa: PT017
        for lang in LANGS:
            assert len(say(f"error.{error.key}", lang, **error.facts)) < 500  # noqa: PT017


@so_often(60)
@given(st.binary(max_size=300))
def test_any_bytes_are_plain_data_or_a_refusal(raw: bytes) -> None:
    tried()
    try:
        read_bytes(raw, "f")
    except PlaybookError as error:
        assert error.where  # noqa: PT017


# In the place of a file


def made(folder: Path) -> list[Path]:
    """What can lie there under the name of a playbook; none of it is one."""
    (folder / "folder.yaml").mkdir(parents=True)
    os.mkfifo(folder / "pipe.yaml")
    (folder / "dangling.yaml").symlink_to(folder / "nowhere.yaml")
    (folder / "loop.yaml").symlink_to(folder / "loop.yaml")
    (folder / "device.yaml").symlink_to("/dev/zero")
    (folder / "outside.yaml").symlink_to("/etc/passwd")
    (folder / "bomb.yaml").write_bytes(BOMBS["billion-laughs"])
    (folder / "line\nbreak\x1b[2J.yaml").write_bytes(b"kind: card\n")
    Path(os.fsdecode(os.fsencode(folder) + b"/no\xff\xfetext.yaml")).write_bytes(b"kind: card\n")
    return sorted(folder.iterdir())


@pytest.mark.parametrize("layer", ["personal", "team"])
def test_what_is_no_file_is_a_warning_line_and_the_built_in_set_answers(
    program: Program, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, layer: str
) -> None:
    expected = program.ok("objection", "price")
    folder = home / "data" / "playbooks" if layer == "personal" else tmp_path / "team"
    made(folder)
    monkeypatch.setenv("SALESCOACH_PLAYBOOKS", str(tmp_path / "team") if layer == "team" else "")

    for _ in range(2):  # compiled, and from what was kept
        ran = program("objection", "price")
        tried(ran.code)
        assert ran.code == 0, ran
        assert ran.out == expected
        lines = ran.err.splitlines()
        assert all(line.startswith("warning: ") for line in lines), lines
        named = sorted(line.split(f"{folder}/")[1].split(":")[0] for line in lines)  # links to outside are passed over
        assert named == [
            "bomb.yaml",
            "dangling.yaml",
            "line break\\x1b[2J.yaml",
            "loop.yaml",
            "no\\udcff\\udcfetext.yaml",
            "pipe.yaml",
        ]
        assert ran.err.replace("\n", "").isprintable()


def test_lint_ends_with_4_and_a_line_for_whatever_is_named(program: Program, tmp_path: Path) -> None:
    for path in made(tmp_path / "x"):
        if path.name == "device.yaml":
            continue
        ran = program("playbook", "lint", str(path))
        tried(ran.code)
        assert ran.code == (0 if path.is_dir() else 4), (path, ran)
        assert (ran.out + ran.err).replace("\n", "").isprintable()
    assert program("playbook", "lint", str(tmp_path / "x" / "device.yaml")).code == 4
    assert program("playbook", "lint", str(tmp_path / "x")).code == 4
    json.loads(program("playbook", "lint", str(tmp_path / "x"), "--json").out)


@pytest.mark.parametrize("name", ["x" * 300, "../" * 2_000, "/dev/null/x", "a/" * 3_000])
def test_a_path_that_can_be_none_is_not_found(program: Program, name: str) -> None:
    assert program("playbook", "lint", name).code == 3


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read anything")
def test_a_file_that_may_not_be_read_is_a_warning_line(program: Program, home: Path) -> None:
    path = home / "data" / "playbooks" / "closed.yaml"
    path.parent.mkdir(parents=True)
    path.write_bytes(NORMAL.read_bytes())
    path.chmod(0)

    ran = program("objection", "price")

    assert (ran.code, ran.err.count("warning: ")) == (0, 1)


def test_a_folder_of_ten_thousand_broken_files_is_told_in_a_few_lines(program: Program, home: Path) -> None:
    folder = home / "data" / "playbooks"
    folder.mkdir(parents=True)
    for number in range(10_000):
        (folder / f"{number}.yaml").touch()

    ran = program("objection", "price")

    assert ran.code == 0
    assert ran.err.count("\n") == 9
    assert "9992" in ran.err.splitlines()[-1]


def test_folders_a_thousand_deep_are_passed_over(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tempfile.mkdtemp()  # not of pytest, which could not remove it
    monkeypatch.setenv("SALESCOACH_PLAYBOOKS", folder)
    here = Path.cwd()
    try:
        os.chdir(folder)
        for _ in range(1_200):
            Path("d").mkdir()
            os.chdir("d")
        os.chdir(here)
        ran = program("objection", "price")
    finally:
        os.chdir(here)
        subprocess.run(["rm", "-rf", folder], check=True)

    assert (ran.code, ran.err) == (0, "")


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
def test_a_case_that_was_found_is_refused(path: Path) -> None:
    assert isinstance(load(path), Problem)
