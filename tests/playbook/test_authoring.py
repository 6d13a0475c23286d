"""A file to start from, an id from what was typed, and a draft that is active only when it holds."""

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescoach.errors import UsageError
from salescoach.language import LANGS, Lang
from salescoach.playbook.authoring import Draft, files_named, home_of, parse_kind, sanitised, scaffold, write_new
from salescoach.playbook.check import validate
from salescoach.playbook.library import open_library
from salescoach.playbook.models import KINDS, SLUG, Kind, Objection
from salescoach.playbook.yaml_text import read
from tests.playbook.samples import CARD, OBJECTION, layer, write


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_new_file_holds_as_it_is_and_explains_itself(kind: Kind, lang: Lang) -> None:
    text = scaffold(kind, "my-own", 'A "quoted" \\ title: yes', lang)

    book = validate(read(text, "f"))

    assert (book.kind, book.id, book.version) == (kind, "my-own", 1)
    assert book.title == 'A "quoted" \\ title: yes'
    assert text.startswith("# ")


@pytest.mark.parametrize(
    ("typed", "id_"),
    [
        ("Warranty too short!", "warranty-too-short"),
        ("../../etc/passwd", "etc-passwd"),
        ("保修太短", "bao-xiu-tai-duan"),
        ("Prix élevé", "prix-eleve"),
        ("A" * 200, "a" * 60),
        (".hidden", "hidden"),
    ],
)
def test_an_id_is_made_of_what_was_typed(typed: str, id_: str) -> None:
    assert sanitised(typed) == id_


@pytest.mark.parametrize("typed", ["", "  ", "!!!", "🙂"])
def test_what_leaves_nothing_is_refused(typed: str) -> None:
    with pytest.raises(UsageError):
        sanitised(typed)


@given(st.text(max_size=80))
def test_an_id_is_always_a_safe_file_name(typed: str) -> None:
    with suppress(UsageError):
        assert SLUG.fullmatch(sanitised(typed))


@pytest.mark.parametrize(
    ("word", "kind"), [("objection", "objection"), ("Objections", "objection"), ("rules", "rules")]
)
def test_a_kind_goes_by_its_name_or_its_folders(word: str, kind: str) -> None:
    assert parse_kind(word) == kind


def test_a_kind_that_is_none_is_refused_with_the_kinds() -> None:
    with pytest.raises(UsageError) as caught:
        parse_kind("objektion")
    assert "objection" in str(caught.value.facts["choices"])


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    path = home_of(tmp_path, "card", "spin")
    write_new(path, "one")

    with pytest.raises(UsageError):
        write_new(path, "two")
    assert path.read_text() == "one"


def test_only_ids_name_files(tmp_path: Path) -> None:
    write(tmp_path, "secret.yaml", CARD)
    (tmp_path / "me" / "cards").mkdir(parents=True)

    assert list(files_named(tmp_path / "me", "../../secret")) == []


def changed(draft: Draft, old: str, new: str) -> Draft:
    draft.path.write_text(draft.path.read_text().replace(old, new))
    return draft


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "me" / "objections" / "price.yaml"


def test_a_draft_is_seen_by_no_layer_until_it_is_made_active(tmp_path: Path, target: Path) -> None:
    ours = layer("built-in", tmp_path / "ours", price=OBJECTION)
    mine = layer("personal", tmp_path / "me")
    draft = changed(Draft(target, OBJECTION), "version: 3", "version: 4")
    assert open_library((ours, mine)).get(Objection, "price").version == 3

    assert draft.problems("objection", "price") == []
    draft.activate()

    assert open_library((ours, mine)).get(Objection, "price").version == 4
    assert list(target.parent.iterdir()) == [target]


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("version: 3", "version: x", "playbook-number"),
        ("kind: objection", "kind: [", "yaml-flow"),
        ("id: price", "id: cost", "playbook-renamed"),
    ],
)
def test_a_draft_that_does_not_hold_says_why_and_where(target: Path, old: str, new: str, key: str) -> None:
    draft = changed(Draft(target, OBJECTION), old, new)

    (problem,) = draft.problems("objection", "price")

    assert problem.key == key
    assert problem.where.startswith(f"{draft.path}:")


def test_what_was_written_before_is_gone_on_with(target: Path) -> None:
    changed(Draft(target, OBJECTION), "version: 3", "version: x")

    again: Any = Draft(target, OBJECTION)

    assert again.resumed
    assert again.changed
    assert "version: x" in again.path.read_text()


def test_a_draft_in_which_nothing_was_changed_is_no_change(target: Path) -> None:
    draft = Draft(target, OBJECTION)
    assert not draft.changed
    draft.discard()
    assert list(target.parent.iterdir()) == []
