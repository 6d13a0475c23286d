"""All checks over files and layers."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pytest

from salescoach.lint.run import check_playbooks
from salescoach.playbook.authoring import scaffold
from salescoach.playbook.layers import Layer, layers
from salescoach.playbook.library import open_library
from salescoach.playbook.models import KINDS
from tests.playbook.samples import CARD, OBJECTION, TECHNIQUE, layer, write


@pytest.fixture
def team(tmp_path: Path) -> Layer:
    return layer("team", tmp_path / "team", price=OBJECTION, boomerang=TECHNIQUE, spin=CARD)


def found(*layers: Layer, files: list[Path] | None = None) -> list[tuple[str, str, str]]:
    remarks = check_playbooks(open_library(layers), files)
    return [(Path(one.where.split(":")[0]).name, one.where.split(":", 1)[1], one.code) for one in remarks]


def test_playbooks_that_hold_give_no_remark(team: Layer) -> None:
    assert found(team) == []


def test_every_mistake_of_a_broken_file_is_a_remark_in_the_order_of_files_and_lines(team: Layer) -> None:
    write(team.folder, "price.yaml", OBJECTION.replace("version: 3", "version: x").replace("move: pause", "move: wait"))
    write(team.folder, "a.yaml", "kind: [")
    write(team.folder, "spin.yaml", CARD.replace("Ask.", "'{you}'"))

    assert found(team) == [
        ("a.yaml", "2:1", "PB001"),
        ("price.yaml", "3:10", "PB001"),
        ("price.yaml", "13:11", "PB001"),
        ("spin.yaml", "10:25", "PB005"),
    ]


def test_two_files_of_a_layer_with_one_id_are_a_remark_and_of_two_layers_are_not(team: Layer, tmp_path: Path) -> None:
    mine = layer("personal", tmp_path / "me", price=OBJECTION)
    assert found(team, mine) == []

    write(team.folder, "zz.yaml", CARD)
    assert found(team, mine) == [("zz.yaml", "2:5", "PB002")]


def test_one_file_is_checked_against_all_the_others(team: Layer, tmp_path: Path) -> None:
    good = write(tmp_path, "good.yaml", OBJECTION)
    bad = write(tmp_path, "bad.yaml", OBJECTION.replace("technique: boomerang", "technique: bumerang"))

    assert found(team, files=[good]) == []
    assert found(team, files=[bad]) == [("bad.yaml", "20:16", "PB007")]


def test_a_broken_built_in_file_is_a_remark_and_does_not_hide_the_rest(tmp_path: Path) -> None:
    ours = layer("built-in", tmp_path, price=OBJECTION, boomerang=TECHNIQUE, spin="kind: card")

    codes = {(name, code) for name, _, code in found(ours)}

    assert ("spin.yaml", "PB001") in codes
    assert ("price.yaml", "PB007") not in codes
    assert ("price.yaml", "PB003") in codes  # the built-in set, and English alone


def test_a_single_file_of_the_built_in_set_is_held_to_both_languages(tmp_path: Path) -> None:
    ours = layer("built-in", tmp_path, spin=CARD)

    assert {code for _, _, code in found(ours, files=[tmp_path / "spin.yaml"])} == {"PB003"}


def test_a_folder_of_something_else_is_a_remark(team: Layer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("salescoach.listing.MOST_FILES", 1)

    (remark,) = check_playbooks(open_library((team,)))

    assert (remark.code, remark.what) == ("PB001", "error.playbook-folder-huge")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_new_writes_gives_no_remark(tmp_path: Path, lang: str) -> None:
    for kind in KINDS:
        write(tmp_path, f"{kind}.yaml", scaffold(kind, f"my-{kind}", "Mine", lang))  # type: ignore[arg-type]

    assert found(*layers((), tmp_path), files=sorted(tmp_path.glob("*.yaml"))) == []


def test_a_remark_is_one_line_and_one_object(team: Layer) -> None:
    write(team.folder, "spin.yaml", CARD.replace("Ask.", "'{you}'"))
    (remark,) = check_playbooks(open_library((team,)))
    file = team.folder / "spin.yaml"

    assert remark.line("en") == (
        f"{file}:10:25: PB005 {{you}} is never filled. · use {{company}} {{product}} {{client}} {{contact}} {{rep}} "
        "{proof} {competitor} {figure}, or plain words"
    )
    assert remark.document("en") | {"todo": "", "what": ""} == {
        "code": "PB005", "level": "error", "file": str(file), "line": 10, "column": 25, "what": "", "todo": "",
    }  # fmt: skip


@pytest.mark.unmeasured
def test_the_built_in_set_gives_no_remark() -> None:
    """Content is checked like code."""
    assert [one.line("en") for one in check_playbooks(open_library(layers()))] == []


def test_each_sentence_of_the_upper_layers_is_asked_once_and_all_in_one_go(team: Layer, tmp_path: Path) -> None:
    mine = layer("personal", tmp_path / "me", price=OBJECTION, dear=OBJECTION.replace("id: price", "id: dear"))
    asked: list[list[str]] = []

    def understood(said: Sequence[str]) -> list[str | None]:
        asked.append(list(said))
        return ["price"] * len(said)

    remarks = check_playbooks(open_library([team, mine]), understood=understood)

    assert len(asked) == 1
    assert len(asked[0]) == len(set(asked[0])) > 0
    assert {(Path(one.where.split(":")[0]).name, one.code) for one in remarks} == {("dear.yaml", "PB035")}


def test_what_would_take_long_to_learn_is_one_remark(team: Layer) -> None:
    (remark,) = check_playbooks(open_library([team]), understood=lambda _: None)

    assert (remark.code, remark.level, remark.facts["count"]) == ("PB036", "warning", 1)


def test_every_file_is_told_when_it_is_read_and_when_it_is_checked(team: Layer) -> None:
    pieces: list[int] = []

    def counting(total: int) -> AbstractContextManager[Callable[[int], None]]:
        pieces.append(-total)
        return nullcontext(pieces.append)

    check_playbooks(open_library([team]), counting=counting)

    assert pieces[0] == -6
    assert sum(pieces) == 0


def test_a_playbook_or_a_folder_that_is_a_link_out_of_its_folder_is_an_error(team: Layer, tmp_path: Path) -> None:
    outside = write(tmp_path / "outside", "far.yaml", CARD).parent
    (team.folder / "linked.yaml").symlink_to(outside / "far.yaml")
    (team.folder / "gone.yaml").symlink_to(outside / "gone.yaml")
    (team.folder / "cards").symlink_to(outside)
    (team.folder / ".hidden.yaml").symlink_to(outside / "far.yaml")
    (team.folder / "notes.txt").symlink_to(outside / "far.yaml")
    (team.folder / "again").symlink_to(team.folder)

    linked = [("cards", "1:1", "PB037"), ("gone.yaml", "1:1", "PB037"), ("linked.yaml", "1:1", "PB037")]
    assert found(team) == linked
    assert check_playbooks(open_library([team]), []) == []
    assert len(check_playbooks(open_library([team]), [], within=[team.folder])) == len(linked)


def test_what_lies_below_a_folder_of_another_kind_is_an_error_that_says_where_it_belongs(
    team: Layer, tmp_path: Path
) -> None:
    stray = write(team.folder, "pumps/cards/stray.yaml", OBJECTION.replace("id: price", "id: stray"))
    write(team.folder, "pumps/objections/right.yaml", OBJECTION.replace("id: price", "id: right"))

    (remark,) = [one for one in check_playbooks(open_library([team])) if one.code == "PB038"]

    assert remark.where == f"{stray}:1:7"
    assert remark.facts == {"kind": "objection", "folder": "cards", "right": "objections"}
    elsewhere = write(tmp_path / "other", "cards/stray.yaml", OBJECTION.replace("id: price", "id: stray"))
    told = check_playbooks(open_library([team]), [elsewhere], within=[tmp_path / "other"])
    assert [one.code for one in told] == ["PB038"]
    assert check_playbooks(open_library([team]), [elsewhere], within=[elsewhere.parent]) == []
