"""The playbooks of all layers as one, and the compiled copy that makes them cheap."""

import os
import re
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import get_args

import pytest

from salescoach.errors import PlaybookError
from salescoach.playbook import compile as compiling
from salescoach.playbook.layers import Layer, layers
from salescoach.playbook.library import Library, open_library
from salescoach.playbook.models import (
    Card,
    Checklist,
    Clocks,
    Gives,
    Objection,
    Rules,
    Technique,
    Timeline,
    Timing,
)
from salescoach.records.ids import Purpose
from tests.playbook.samples import CARD, OBJECTION, TECHNIQUE, layer, write

CHECKOUT = Path(__file__).parents[2]
MINE = OBJECTION.replace("version: 3", "version: 9").replace('en: "Price"', 'en: "Money"')
RULES = """\
kind: rules
id: one
version: 1
title: Rules one
sources: [ours]
gives: hint
rules:
  - {id: first, say: Listen.}
"""
BROKEN = OBJECTION.replace("version: 3", "version: three")


@pytest.fixture
def ours(tmp_path: Path) -> Layer:
    return layer("built-in", tmp_path / "built-in", price=OBJECTION, boomerang=TECHNIQUE, spin=CARD)


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def yaml_read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are read as YAML, in order."""
    read: list[str] = []
    load = compiling.load

    def noted(file: Path) -> object:
        read.append(file.name)
        return load(file)

    monkeypatch.setattr(compiling, "load", noted)
    return read


def opened(cache: Path | None, *layers: Layer) -> Library:
    return open_library(layers, cache)


def rules(**gives: str) -> dict[str, str]:
    """Files of rules by id, each giving what is said."""
    return {id_: RULES.replace("one", id_).replace("hint", what) for id_, what in gives.items()}


def read_again(library: Library, cache: Path) -> Library:
    """The same library in the next run."""
    return open_library(library.layers, cache)


# What is found


def test_a_playbook_is_found_by_its_class_and_id(ours: Layer) -> None:
    assert opened(None, ours).get(Objection, "price").version == 3


def test_one_that_is_not_there_is_an_error_that_says_so(ours: Layer) -> None:
    with pytest.raises(PlaybookError) as caught:
        opened(None, ours).get(Technique, "price")
    assert (caught.value.key, caught.value.facts) == ("playbook-absent", {"kind": "technique", "id": "price"})


def test_all_of_a_kind_come_sorted_by_id(tmp_path: Path) -> None:
    files = {f"file{n}": CARD.replace("id: spin", f"id: {id_}") for n, id_ in enumerate(("zeta", "alpha", "mu"))}

    assert [card.id for card in opened(None, layer("built-in", tmp_path, **files)).all(Card)] == ["alpha", "mu", "zeta"]


def test_the_last_layer_wins_by_kind_and_id_and_its_origin_is_told(ours: Layer, tmp_path: Path) -> None:
    team = layer("team", tmp_path / "team", anything=MINE.replace("version: 9", "version: 5"))
    personal = layer("personal", tmp_path / "me", price=MINE)

    library = opened(None, ours, team, personal)
    price = library.get(Objection, "price")

    assert price.version == 9
    assert library.origin(price).layer == "personal"
    assert library.origin(price).path == tmp_path / "me" / "price.yaml"
    assert library.origin(library.get(Card, "spin")).layer == "built-in"
    assert {entry.id: entry.version for _, entry in library.entries()} == {"price": 9, "boomerang": 1, "spin": 1}
    assert library.warnings == ()


def test_a_playbook_of_another_kind_with_the_same_id_replaces_nothing(ours: Layer, tmp_path: Path) -> None:
    personal = layer("personal", tmp_path / "me", card=CARD.replace("id: spin", "id: price"))

    library = opened(None, ours, personal)

    assert library.get(Objection, "price").version == 3
    assert library.get(Card, "price").kind == "card"


# What is broken


def test_a_broken_personal_file_is_one_warning_and_the_built_in_answers(ours: Layer, tmp_path: Path) -> None:
    text = BROKEN.replace("move: pause", "move: wait")  # two mistakes
    library = opened(None, ours, layer("personal", tmp_path / "me", price=text, spin=CARD))

    assert library.get(Objection, "price").version == 3
    assert [(one.key, one.where) for one in library.warnings] == [
        ("playbook-number", f"{tmp_path / 'me' / 'price.yaml'}:3:10")
    ]
    assert library.origin(library.get(Card, "spin")).layer == "personal"


def test_a_broken_team_file_lets_the_layer_below_answer_too(ours: Layer, tmp_path: Path) -> None:
    first = layer("team", tmp_path / "a", price=MINE)
    second = layer("team", tmp_path / "b", price="kind: [", binary="")
    write(tmp_path / "b", "binary.yaml", "").write_bytes(b"\xff\x00")

    library = opened(None, ours, first, second)

    assert library.get(Objection, "price").version == 9
    assert sorted(one.key for one in library.warnings) == ["yaml-encoding", "yaml-flow"]


def test_two_files_of_one_layer_with_the_same_id_are_a_warning_and_the_first_holds(ours: Layer, tmp_path: Path) -> None:
    personal = layer("personal", tmp_path / "me", a=MINE, b=MINE.replace("version: 9", "version: 10"))

    library = opened(None, ours, personal)

    assert library.get(Objection, "price").version == 9
    assert [one.key for one in library.warnings] == ["playbook-twice"]


def test_a_broken_built_in_file_is_an_error(tmp_path: Path) -> None:
    library = opened(None, layer("built-in", tmp_path, price=BROKEN, spin=CARD))

    with pytest.raises(PlaybookError) as caught:
        library.get(Card, "spin")
    assert caught.value.key == "playbook-number"


def test_a_team_folder_that_is_not_there_is_a_warning_and_a_personal_one_is_not(ours: Layer, tmp_path: Path) -> None:
    library = opened(
        None, ours, Layer(name="team", folder=tmp_path / "gone"), Layer(name="personal", folder=tmp_path / "no")
    )

    assert [(one.key, one.where) for one in library.warnings] == [("playbook-folder-missing", str(tmp_path / "gone"))]


def test_a_huge_team_folder_is_a_warning(ours: Layer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("salescoach.listing.MOST_FILES", 3)
    team = layer("team", tmp_path / "huge", **{f"f{n}": CARD for n in range(5)})

    library = opened(None, ours, team)

    assert library.get(Objection, "price")
    assert [one.key for one in library.warnings] == ["playbook-folder-huge"]


# Where it lies


def test_who_asks_for_one_kind_looks_at_the_folders_of_that_kind_and_at_those_of_none(
    tmp_path: Path, yaml_read: list[str]
) -> None:
    folder = tmp_path / "ours"
    write(folder, "deep/objections/pumps/price.yaml", OBJECTION)
    write(folder, "cards/spin.yaml", CARD)
    write(folder, "boomerang.yaml", TECHNIQUE)

    library = opened(None, Layer(name="built-in", folder=folder))

    assert library.get(Objection, "price").version == 3
    assert sorted(yaml_read) == ["boomerang.yaml", "price.yaml"]
    assert {kind for kind in ("card", "objection", "technique") if kind in library.asked} == {"objection"}
    assert len(library.entries()) == 3


def test_what_lies_below_a_folder_of_another_kind_is_a_warning_and_not_used(ours: Layer, tmp_path: Path) -> None:
    mine = layer("personal", tmp_path / "me")
    write(mine.folder, "cards/price.yaml", MINE)

    library = opened(None, ours, mine)

    assert (library.get(Objection, "price").version, library.warnings) == (3, ())
    assert library.all(Card)
    (warning,) = library.warnings
    assert (warning.key, warning.facts) == (
        "playbook-elsewhere", {"kind": "objection", "folder": "cards", "right": "objections"}
    )  # fmt: skip


def test_of_one_id_in_two_places_of_a_layer_the_folder_of_its_kind_wins_and_the_other_is_a_warning(
    ours: Layer, tmp_path: Path
) -> None:
    mine = layer("personal", tmp_path / "me", price=MINE)
    write(mine.folder, "objections/price.yaml", MINE.replace("version: 9", "version: 10"))

    library = opened(None, ours, mine)

    assert library.get(Objection, "price").version == 10
    (warning,) = library.warnings
    assert warning.key == "playbook-twice"
    assert str(warning.where).endswith("me/price.yaml:1:1")


def test_a_broken_file_is_a_warning_for_who_asks_for_its_kind(ours: Layer, tmp_path: Path) -> None:
    mine = layer("personal", tmp_path / "me")
    write(mine.folder, "objections/price.yaml", BROKEN)
    library = opened(None, ours, mine)

    assert library.get(Card, "spin")
    assert library.warnings == ()
    assert library.get(Objection, "price")
    assert len(library.warnings) == 1


def test_of_a_built_in_set_a_broken_file_is_an_error_for_who_asks_for_its_kind(tmp_path: Path) -> None:
    folder = tmp_path / "ours"
    write(folder, "objections/price.yaml", BROKEN)
    write(folder, "cards/spin.yaml", CARD)
    library = opened(None, Layer(name="built-in", folder=folder))

    assert library.get(Card, "spin")
    with pytest.raises(PlaybookError):
        library.get(Objection, "price")


# The compiled copy


def test_the_second_run_reads_no_yaml_and_finds_the_same(
    ours: Layer, cache: Path, tmp_path: Path, yaml_read: list[str]
) -> None:
    first = opened(cache, ours, layer("personal", tmp_path / "me", price=MINE, spin="kind: ["))
    before = (first.all(Objection), first.all(Card), first.entries(), [one.where for one in first.warnings])
    yaml_read.clear()

    second = read_again(first, cache)

    assert (second.all(Objection), second.all(Card), second.entries(), [one.where for one in second.warnings]) == before
    assert yaml_read == []


def test_one_playbook_is_read_from_the_compiled_copy_without_the_others(
    ours: Layer, cache: Path, tmp_path: Path, yaml_read: list[str]
) -> None:
    many = {f"p{number}": MINE.replace("id: price", f"id: p{number}") for number in range(5)}
    first = opened(cache, ours, layer("personal", tmp_path / "me", **many))
    held = {book.id: book for book in first.all(Objection)}
    yaml_read.clear()
    (kept,) = (file for file in cache.rglob("personal-*/others/objection.json"))
    kept.write_bytes(re.sub(rb'"id":"p[0124]"', b'"id":1234', kept.read_bytes()))  # the others can be read no more

    assert read_again(first, cache).get(Objection, "p3") == held["p3"]
    assert yaml_read == []


def test_playbooks_with_a_label_are_found_without_the_others_and_the_winning_file_says_which_it_has(
    ours: Layer, cache: Path, tmp_path: Path, yaml_read: list[str]
) -> None:
    before = rules(one="hint", two="warning", three="hint")
    after = rules(three="warning", four="hint")
    first = opened(cache, layer("built-in", tmp_path / "ours", **before), layer("personal", tmp_path / "me", **after))
    held = {book.id: book for book in first.all(Rules)}
    yaml_read.clear()
    kept = next(cache.rglob("built-in-*/others/rules.json"))
    kept.write_bytes(kept.read_bytes().replace(b'"id":"two"', b'"id":12345'))

    again = read_again(first, cache)

    assert again.labelled(Rules, "hint") == (held["four"], held["one"])
    assert again.labelled(Rules, "agenda") == ()
    assert again.labels(Rules) == {"four": ("hint",), "one": ("hint",), "three": ("warning",), "two": ("warning",)}
    assert again.titles(Rules) == {id_: held[id_].title for id_ in ("four", "one", "three", "two")}
    assert yaml_read == []


def test_rules_that_copies_of_a_playbook_have_alike_are_one_value_and_others_are_their_own(
    cache: Path, tmp_path: Path
) -> None:
    told = rules(one="hint", two="hint")
    told["three"] = told["one"].replace("id: one", "id: three").replace("Listen.", "Ask.")
    first = opened(cache, layer("built-in", tmp_path / "ours", **told))
    held = {book.id: book for book in first.all(Rules)}

    again = {book.id: book for book in read_again(first, cache).labelled(Rules, "hint")}

    assert again == held
    assert again["one"].rules[0] is again["two"].rules[0]
    assert again["three"].rules[0].say != again["one"].rules[0].say


def test_the_built_in_rules_are_the_same_however_they_are_read(compiled: Path) -> None:
    def library() -> Library:
        return open_library(layers(), compiled)

    library().all(Rules)  # compiled, where no test has yet

    read = [book for gives in get_args(Gives) for book in library().labelled(Rules, gives)]
    assert sorted(read, key=lambda book: book.id) == [*library().all(Rules)]
    assert len(read) > 5


def test_timelines_are_known_without_their_words(compiled: Path) -> None:
    def library() -> Library:
        return open_library(layers(), compiled)

    whole = {book.id: book for book in library().all(Timeline)}

    told = library().outlined(Timeline, Clocks)

    assert [book.id for book in told] == [*whole]
    for book in told:
        assert isinstance(book, Clocks)
        for beat, full in zip(book.beats, whole[book.id].beats, strict=True):
            assert {one.name: getattr(beat, one.name) for one in fields(Timing)} == {
                one.name: getattr(full, one.name) for one in fields(Timing)
            }


def test_what_was_compiled_in_this_run_is_at_hand_whole(ours: Layer, cache: Path, tmp_path: Path) -> None:
    timeline = """\
kind: timeline
id: calls
version: 1
title: Calls
sources: [ours]
beats:
  - {id: a-call, title: Call, starts: last-touch, days: 30, do: [{id: call, text: Call.}]}
"""
    personal = layer("personal", tmp_path / "me", calls=timeline)

    (first,) = opened(cache, ours, personal).outlined(Timeline, Clocks)
    (second,) = opened(cache, ours, personal).outlined(Timeline, Clocks)

    assert isinstance(first, Timeline)
    assert isinstance(second, Clocks)
    assert (second.id, second.beats[0].id, second.beats[0].days) == ("calls", "a-call", 30)


def test_a_checklist_is_found_by_its_use_and_by_each_purpose_or_by_none() -> None:
    def labels(*purposes: Purpose) -> tuple[str, ...]:
        told = {"id": "one", "version": 1, "title": "One", "sources": ("ours",), "sections": ()}
        return Checklist(kind="checklist", use="prep", purposes=purposes, **told).labels

    assert labels() == ("prep", "prep:")
    assert labels("care", "renewal") == ("prep", "prep:care", "prep:renewal")


def test_every_playbook_is_the_same_alone_and_among_the_others(ours: Layer, cache: Path, tmp_path: Path) -> None:
    many = {f"p{number}": MINE.replace("id: price", f"id: p{number}") for number in range(5)}
    first = opened(cache, ours, layer("personal", tmp_path / "me", price=MINE, **many))
    held = first.all(Objection)

    alone = read_again(first, cache)

    assert tuple(alone.get(Objection, book.id) for book in held) == held
    assert alone.find(Objection, "nothing") is None


def test_whoever_waits_is_told_of_every_file(ours: Layer, cache: Path) -> None:
    told: list[int] = []

    @contextmanager
    def counting(total: int) -> Iterator[Callable[[int], None]]:
        told.append(-total)
        yield told.append

    open_library((ours,), cache, counting).entries()
    open_library((ours,), cache, counting).entries()

    assert told == [-3, 1, 1, 1]


def test_what_limits_an_answer_survives_the_compiled_copy(cache: Path, tmp_path: Path, yaml_read: list[str]) -> None:
    questions = (
        "      - {id: months, ask: m, type: number, min: 1, max: 600, whole: yes}\n"
        "      - {id: signed, ask: s, type: date, tense: past}\n"
        "      - {id: currency, ask: c, type: text, no_figures: yes}\n"
    )
    text = (
        "kind: checklist\nid: it\nversion: 1\ntitle: It\nsources: [ours]\nuse: contract\n"
        f"sections:\n  - id: a\n    title: A\n    questions:\n{questions}"
    )
    ours = layer("built-in", tmp_path / "built-in", it=text)
    opened(cache, ours).get(Checklist, "it")
    yaml_read.clear()

    months, signed, currency = read_again(opened(cache, ours), cache).get(Checklist, "it").sections[0].questions

    assert yaml_read == []
    assert (months.min, months.max, months.whole) == (1, 600, True)
    assert (signed.tense, currency.no_figures) == ("past", True)


def test_the_warm_way_imports_neither_yaml_nor_pydantic(tmp_path: Path) -> None:
    write(tmp_path / "me", "price.yaml", MINE)
    probe = (
        "import sys; from pathlib import Path\n"
        "from salescoach.playbook.library import open_library; from salescoach.playbook.layers import layers\n"
        "from salescoach.playbook.models import Objection\n"
        f"library = open_library(layers((), Path({str(tmp_path / 'me')!r})), Path({str(tmp_path / 'cache')!r}))\n"
        "assert library.get(Objection, 'price').version == 9; library.warnings; library.entries()\n"
        "print(*sys.modules)"
    )
    for _ in range(2):
        ended = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True, cwd=CHECKOUT)

    heavy = {"yaml", "pydantic", "pydantic_core", "difflib", "tempfile", "rich", "typer", "peewee"}
    assert heavy.isdisjoint(ended.stdout.split())


def test_only_the_file_that_changed_is_read_again(ours: Layer, cache: Path, yaml_read: list[str]) -> None:
    opened(cache, ours).entries()
    yaml_read.clear()
    write(ours.folder, "price.yaml", MINE)

    assert opened(cache, ours).get(Objection, "price").version == 9
    assert yaml_read == ["price.yaml"]


def test_a_file_that_went_and_one_that_came_are_noticed(ours: Layer, cache: Path) -> None:
    opened(cache, ours).entries()
    (ours.folder / "spin.yaml").unlink()
    write(ours.folder, "sub/new.yaml", CARD.replace("id: spin", "id: new"))

    assert [card.id for card in opened(cache, ours).all(Card)] == ["new"]


def test_a_broken_file_that_was_mended_is_no_warning_any_more(ours: Layer, cache: Path, tmp_path: Path) -> None:
    personal = layer("personal", tmp_path / "me", price=BROKEN)
    broken = opened(cache, ours, personal)
    assert broken.get(Objection, "price").version == 3
    assert len(broken.warnings) == 1

    write(personal.folder, "price.yaml", MINE)

    mended = opened(cache, ours, personal)
    assert mended.get(Objection, "price").version == 9
    assert mended.warnings == ()


def test_a_new_program_version_compiles_anew(
    ours: Layer, cache: Path, yaml_read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(cache, ours).entries()
    yaml_read.clear()
    for module in ("fingerprint", "shelf"):
        monkeypatch.setattr(f"salescoach.playbook.{module}.program_stamp", lambda: "9.9.9")

    opened(cache, ours).entries()

    assert sorted(yaml_read) == ["boomerang.yaml", "price.yaml", "spin.yaml"]


def test_the_set_inside_a_wheel_is_not_even_listed(ours: Layer, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It changes with the program's version alone."""
    monkeypatch.setattr("salescoach.playbook.fingerprint.in_checkout", lambda: False)
    monkeypatch.setattr("salescoach.playbook.fingerprint.program_stamp", lambda: "1.0")
    monkeypatch.setattr("salescoach.playbook.shelf.program_stamp", lambda: "1.0")
    opened(cache, ours).entries()

    for file in ours.folder.glob("*.yaml"):
        file.unlink()

    assert opened(cache, ours).get(Objection, "price").version == 3


def all_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("junk", [b"", b"\xff\xfe", b"{}", b"x\n{}", b"[" * 100_000, None], ids=str)
def test_a_corrupt_copy_is_made_again_without_a_word(ours: Layer, cache: Path, junk: bytes | None) -> None:
    """Also one with the right fingerprint and a body that is cut short."""
    whole = opened(cache, ours).all(Objection)
    for file in all_files(cache):
        file.write_bytes(junk[:200] if junk is not None else file.read_bytes()[:-20])

    library = opened(cache, ours)

    assert library.all(Objection) == whole
    assert library.get(Card, "spin")
    assert opened(cache, ours).all(Objection) == whole


def test_a_copy_of_one_kind_that_is_gone_is_made_again(ours: Layer, cache: Path) -> None:
    opened(cache, ours).entries()
    for file in all_files(cache):
        if file.name == "objection.json":
            file.unlink()

    assert opened(cache, ours).get(Objection, "price").version == 3


def test_the_copy_is_for_this_user_alone_and_nothing_half_written_stays(ours: Layer, cache: Path) -> None:
    opened(cache, ours).derived("topics", (Card,), lambda library: [card.id for card in library.all(Card)], list[str])

    assert {stat.S_IMODE(file.stat().st_mode) for file in all_files(cache)} == {0o600}
    folders = [folder for folder in cache.rglob("*") if folder.is_dir()]
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in folders} == {0o700}
    assert all(file.suffix == ".json" and not file.name.startswith(".") for file in all_files(cache))


@pytest.mark.parametrize("how", ["a file in its place", "no right to write"])
def test_a_cache_that_cannot_be_written_is_done_without(ours: Layer, cache: Path, how: str) -> None:
    if how == "a file in its place":
        cache.write_text("not a folder")
    elif os.geteuid() == 0:
        cache = Path("/proc/salescoach")  # where not even root may write
    else:
        cache.mkdir(mode=0o500)

    assert opened(cache, ours).get(Objection, "price").version == 3


def test_without_a_cache_folder_nothing_is_written(ours: Layer, tmp_path: Path) -> None:
    before = all_files(tmp_path)

    opened(None, ours).entries()

    assert all_files(tmp_path) == before


def test_the_same_files_give_the_same_bytes(ours: Layer, tmp_path: Path) -> None:
    for name in ("one", "two"):
        opened(tmp_path / name, ours).entries()

    first, second = ([file.read_bytes() for file in all_files(tmp_path / name)] for name in ("one", "two"))
    assert first == second


# What others work out from them


def test_derived_data_is_worked_out_once_and_again_after_any_change(ours: Layer, cache: Path, tmp_path: Path) -> None:
    personal = layer("personal", tmp_path / "me")
    worked: list[int] = []

    def ids(library: Library) -> dict[str, list[str]]:
        worked.append(1)
        return {"objections": [one.id for one in library.all(Objection)]}

    def ask() -> dict[str, list[str]]:
        return opened(cache, ours, personal).derived("ids", (Objection,), ids, dict[str, list[str]])

    assert ask() == ask() == {"objections": ["price"]}
    assert len(worked) == 1
    write(personal.folder, "budget.yaml", MINE.replace("id: price", "id: budget"))
    assert ask() == ask() == {"objections": ["budget", "price"]}
    assert len(worked) == 2


def test_derived_data_without_a_cache_is_worked_out_each_time(ours: Layer) -> None:
    assert opened(None, ours).derived("n", (Objection,), lambda library: len(library.entries()), int) == 3


# What comes with the program


def test_the_built_in_set_holds(tmp_path: Path) -> None:
    """Every file of it, whatever else is in this checkout."""
    from salescoach.playbook.layers import built_in

    assert {entry.kind for _, entry in opened(tmp_path, built_in()).entries()} >= {
        "objection",
        "technique",
        "checklist",
    }
