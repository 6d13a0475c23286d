"""Where playbooks are looked for, and what is left alone."""

from pathlib import Path

import pytest

from salescoach.errors import PlaybookError
from salescoach.playbook import layers as rooms
from salescoach.playbook.layers import Layer, built_in, layers, playbook_files
from tests.playbook.samples import CARD, write


def names(folder: Path) -> list[str]:
    files = playbook_files(Layer(name="team", folder=folder))
    return [file.relative_to(folder.resolve()).as_posix() for file in files]


def test_every_yaml_file_anywhere_below_is_one_in_a_fixed_order(tmp_path: Path) -> None:
    for name in ("b.yaml", "a/z.yml", "a/deep/er/x.yaml", "c.YAML"):
        write(tmp_path, name, CARD)

    assert names(tmp_path) == ["a/deep/er/x.yaml", "a/z.yml", "b.yaml", "c.YAML"]


def test_hidden_files_other_files_and_the_list_of_sources_are_none(tmp_path: Path) -> None:
    for name in (
        ".draft.yaml",
        ".git/x.yaml",
        "README.md",
        "a.yaml~",
        "a.yaml.bak",
        "sources.yaml",
        "sub/sources.yaml",
    ):
        write(tmp_path, name, CARD)

    assert names(tmp_path) == []


def test_a_link_within_the_folder_is_followed_and_one_out_of_it_is_not(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    kept = write(inside, "a.yaml", CARD)
    secret = write(outside, "secret.yaml", CARD)
    (inside / "same.yaml").symlink_to(kept)
    (inside / "secret.yaml").symlink_to(secret)
    (inside / "folder").symlink_to(outside)
    (inside / "round").symlink_to(inside)

    assert names(inside) == ["a.yaml", "same.yaml"]


def test_a_folder_that_is_itself_a_link_is_meant(tmp_path: Path) -> None:
    write(tmp_path / "real", "a.yaml", CARD)
    (tmp_path / "link").symlink_to(tmp_path / "real")

    assert len(playbook_files(Layer(name="team", folder=tmp_path / "link"))) == 1


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert names(tmp_path / "none") == []


def test_a_home_folder_named_by_mistake_is_not_read_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("salescoach.listing.MOST_FILES", 3)
    for n in range(4):
        write(tmp_path, f"{n}.yaml", CARD)

    with pytest.raises(PlaybookError) as caught:
        names(tmp_path)
    assert caught.value.key == "playbook-folder-huge"


def test_layers_stand_from_the_built_in_set_to_the_reps_own() -> None:
    found = layers([Path("/a"), Path("/b")], Path("/me"))

    assert [(layer.name, str(layer.folder)) for layer in found[1:]] == [
        ("team", "/a"),
        ("team", "/b"),
        ("personal", "/me"),
    ]
    assert found[0] == built_in()
    assert [layer.name for layer in layers()] == ["built-in"]


def test_the_built_in_set_of_a_checkout_lies_beside_the_package() -> None:
    assert built_in().folder == Path(rooms.__file__).resolve().parents[2] / "playbooks"
