"""The other doors: answers files, the editor, settings from the environment, and names that become files."""

import json
import os
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salescoach.playbook.compile import load
from salescoach.playbook.problem import Problem
from salescoach.walk.scripted import _scalar as scalar
from tests.examples import WHOLE
from tests.hostile.counting import tried
from tests.hostile.files import BOMBS
from tests.hostile.texts import NASTY, texts
from tests.program import CLIENT, Program, Ran, Shelf

ACME = CLIENT["en"]
#: The walks that an answers file can be given to, on the English book.
WALKS = (
    *(
        ("prep", ACME),
        ("debrief", ACME),
        ("me",),
        ("crisis", "product"),
        ("complaint", ACME),
        ("profile", f"{ACME}/Lena Voss"),
    ),
    *(("account", name, ACME) for name in ("screen", "risk", "stage", "process", "loyalty", "criteria", "renewal")),
)


def saved(home: Path) -> bytes:
    """All that the database holds, as text."""
    import sqlite3

    with sqlite3.connect(home / "data" / "salescoach.db") as base:
        return "\n".join(base.iterdump()).encode()


def refused_or_taken(program: Program, home: Path, walk: tuple[str, ...], text: str) -> Ran:
    """A run with these answers: kept, or refused with its line and nothing kept."""
    before = saved(home)
    ran = program(*walk, "--answers", "-", stdin=text)
    tried(ran.code)
    assert ran.code in (0, 4), (walk, text, ran)
    assert ran.err.replace("\n", "").isprintable()
    if ran.code == 4:
        assert ran.err.startswith("-:") or "-" in ran.err, ran
        assert ran.out == ""
        assert saved(home) == before, (walk, text)
    return ran


def names() -> list[str]:
    """One of a sort in the short tests."""
    few = (
        "billion-laughs",
        "endless-line",
        "towers",
        "deep-lists",
        "tag-object",
        "binary",
        "duplicate-keys",
        "many-keys",
    )
    return sorted(BOMBS) if WHOLE else list(few)


#: These say nothing, which a plan may.
SILENT = ("endless-blank-lines", "endless-comment", "not-there")


@pytest.mark.parametrize(
    "walk", [WALKS[1], pytest.param(WALKS[0], marks=pytest.mark.torture)], ids=lambda walk: walk[0]
)
def test_a_bomb_is_refused_and_nothing_is_kept(
    book: Program, home: Path, tmp_path: Path, walk: tuple[str, ...]
) -> None:
    before = saved(home)
    for name in [*names(), "/dev/zero", str(tmp_path)]:
        path = Path(name) if "/" in name else tmp_path / f"{name}.yaml"
        if "/" not in name:
            path.write_bytes(BOMBS[name])
        ran = book(*walk, "--answers", str(path))
        tried(ran.code)
        if walk[0] == "prep" and name in SILENT:
            assert ran.code == 0
            before = saved(home)
            continue
        assert ran.code == 4, (name, ran)
        assert len(ran.err) < 2_000, (name, len(ran.err))
    assert saved(home) == before


def places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path, *(place for step, part in inner for place in places(part, (*path, step)))]


def at(data: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        data = data[step]
    return data


JUNK: st.SearchStrategy[Any] = st.one_of(
    st.sampled_from(
        ["", "yes", "9" * 30, "-1", "1e9", "done", "2026-02-30", "9999-12-31", "0001-01-01", "=1", "∞", "１２", "²"]
    ),
    texts(20),
    st.lists(st.one_of(st.none(), texts(5)), max_size=3),
    st.dictionaries(
        st.sampled_from(["who", "what", "by", "state", "note", "said", "topic", "x", ""]), texts(5), max_size=3
    ),
    st.just([[[[]]]]),
    st.just({"a": {"b": {"c": {}}}}),
    st.just(["x"] * 3_000),
)


def mutated(draw: st.DataObject, data: dict[str, Any]) -> str:
    """Valid answers with a few things exchanged, dropped, added or renamed; as text, now and then cut."""
    data = deepcopy(data)
    for _ in range(draw.draw(st.integers(1, 3))):
        inner = places(data)[1:]
        how = draw.draw(st.sampled_from(["value", "value", "value", "key", "drop", "top"]))
        if how == "top" or not inner:
            key = draw.draw(st.one_of(st.sampled_from(["order", "refused", "took_place", "checklist", ""]), texts(5)))
            data[key] = deepcopy(draw.draw(JUNK))  # the next change may be within it
            continue
        *path, last = draw.draw(st.sampled_from(inner))
        owner = at(data, tuple(path))
        if how == "value":
            owner[last] = deepcopy(draw.draw(JUNK))
        else:
            held = owner.pop(last)
            if how == "key" and isinstance(owner, dict):
                owner[draw.draw(texts(8))] = held
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
    return text[: draw.draw(st.integers(0, 4_000))] if draw.draw(st.integers(0, 9)) == 0 else text


QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]


@pytest.mark.parametrize(
    "walk",
    [walk if at < 3 else pytest.param(walk, marks=pytest.mark.torture) for at, walk in enumerate(WALKS)],
    ids="-".join,
)
def test_answers_that_were_changed_are_kept_or_refused(
    book: Program, shelf: Shelf, home: Path, walk: tuple[str, ...]
) -> None:
    asked = book.ok(*walk, "--questions")
    data = yaml.safe_load(asked) or {}
    shown = {key: held for key, held in data.items() if held is not None} or data

    @settings(max_examples=100 if WHOLE else 25, suppress_health_check=QUIET)
    @given(st.data())
    def holds(draw: st.DataObject) -> None:
        refused_or_taken(book, home, walk, mutated(draw, draw.draw(st.sampled_from([data, shown]))))

    holds()


@pytest.mark.parametrize(
    "text", ["x" * 100_000, "a\u0301" * 100_000, "9," * 100_000, "\u0316\u0300" * 100_000], ids=ascii
)
def test_an_endless_answer_of_any_type_is_refused_soon(book: Program, home: Path, text: str) -> None:
    for key in ("took_place", "next_date", "cues", "listening", "summary", text):
        ran = book("debrief", ACME, "--answers", "-", stdin=f"? {scalar(key)}\n: {scalar(text)}\n")
        tried(ran.code)
        assert ran.code == 4 or (key == "cues" and ran.code == 0)  # the same cue again and again is one
        assert len(ran.err) < 3_000


# The editor


def editor(path: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """`$EDITOR` that runs Python over the file `f`."""
    import sys

    path.write_text(f"import sys\nfrom pathlib import Path\nf = Path(sys.argv[1])\n{script}\n", "utf-8")
    monkeypatch.setenv("EDITOR", f"{sys.executable} {path}")


@pytest.mark.parametrize("name", [name for name in names() if name != "towers"])
def test_a_bomb_from_the_editor_is_refused_and_kept_for_another_try(
    book: Program, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (tmp_path / "bomb").write_bytes(BOMBS[name])
    editor(tmp_path / "edit.py", f"f.write_bytes(Path({str(tmp_path / 'bomb')!r}).read_bytes())", monkeypatch)
    before = saved(home)

    for args in (("client", "edit", ACME), ("contact", "edit", f"{ACME}/Lena Voss")):
        ran = book(*args)
        tried(ran.code)
        assert ran.code == 4, ran
    assert saved(home) == before


@pytest.mark.parametrize("text", ["👨\u200d👩\u200d👧 Söhne", "نمی\u200cدانم", "a\u00a0b\u3000c"])
def test_editing_one_field_leaves_what_cannot_be_seen_in_another(
    program: Program, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    program.ok("client", "add", "Acme", "--industry", text)
    editor(
        tmp_path / "edit.py",
        "f.write_text(f.read_text('utf-8').replace('country:', 'country: DE'), 'utf-8')",
        monkeypatch,
    )
    program.ok("client", "edit", "Acme")

    kept = program.json("client", "show", "Acme")["client"]
    assert (kept["country"], kept["industry"]) == ("DE", text)


# Settings from outside

COMMANDS = (
    ("today",),
    ("client", "list"),
    ("prep", ACME, "--brief"),
    ("objection", "price"),
    ("care",),
    ("review",),
    ("export", "--as", "ics"),
)
STRANGE = [
    *(("COLUMNS", text) for text in ("²", "9" * 5_000, "1000000000", "-5", "0", "x", "٣")),
    *(
        ("SALESCOACH_TODAY", text)
        for text in ("9999-12-31", "0001-01-01", "9999-12-01", "2999-12-31", "1900-01-01", "x", "\udcff")
    ),
    *(("SALESCOACH_LANG", text) for text in ("\x1b[2J", "x" * 5_000, "zh-\udcff")),
    *(("SALESCOACH_PLAYBOOKS", text) for text in ("~nobody-here/x", "x" * 300, "/dev/null", "a/../" * 900, ":" * 99)),
    *(("SALESCOACH_HOME", text) for text in ("~nobody-here/x", "/dev/null/x")),
]


@pytest.mark.parametrize(
    ("turn", "name", "text"), [(turn, *one) for turn, one in enumerate(STRANGE)], ids=lambda text: ascii(text)[:30]
)
def test_a_strange_setting_is_refused_or_does_no_harm(
    book: Program, monkeypatch: pytest.MonkeyPatch, turn: int, name: str, text: str
) -> None:
    """Each setting with a third of the commands, taken in turn; with all of them in the long tests."""
    monkeypatch.setenv(name, text)
    for args in COMMANDS if WHOLE else COMMANDS[turn % 3 :: 3]:
        ran = book(*args)
        tried(ran.code)
        assert ran.code in (0, 2, 3, 5), (args, ran)
        assert ran.err.replace("\n", "").isprintable()
        assert len(ran.out) < 200_000


@pytest.mark.parametrize("day", ["9999-12-31", "9999-12-01", "0001-01-01"])
def test_a_day_at_either_end_of_the_calendar_does_no_harm(book: Program, day: str) -> None:
    given = f"next_date: {day}\nour_promises: [{{what: x, by: {day}}}]\nclient_commitments: [{{who: L, what: y, by: {day}}}]\n"
    for args, stdin in (
        (("prep", ACME, "--brief", "--when", day), None),
        (("prep", ACME, "--answers", "-"), f"when: {day}\n"),
        (("debrief", ACME, "--answers", "-"), given),
        (("promise", "add", ACME, "x", "--by", day), None),
        *(
            (command, None)
            for command in (*COMMANDS, ("visit", "list"), ("client", "show", ACME), ("account", "show", ACME))
        ),
    ):
        ran = book(*args, stdin=stdin)
        tried(ran.code)
        assert ran.code in (0, 2, 4), (args, ran)


# Names that become files


@pytest.mark.parametrize(
    "id_",
    [
        *(text.replace("\0", "") for text in NASTY[:60:6]),
        "../../../x",
        "objections/../../x",
        "价格\x1b[2J",
        "价\n格: x",
        '价"格\\',
    ],
    ids=ascii,
)
def test_a_new_playbook_lies_inside_the_folder_and_holds(program: Program, home: Path, id_: str) -> None:
    ran = program("playbook", "new", "objection", "--", id_)
    tried(ran.code)
    assert ran.code in (0, 2, 4), ran
    new = [path for path in home.rglob("*.yaml") if "cache" not in path.parts]
    assert all(path.parent == home / "data" / "playbooks" / "objections" for path in new)
    if ran.code == 0:
        assert len(new) == 1
        assert not isinstance(load(new[0]), Problem)
    assert program("playbook", "edit", "--", id_ or "x").code in (2, 3, 4)


def test_a_folder_that_leads_outside_is_not_written_to(program: Program, home: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    folder = home / "data" / "playbooks"
    folder.mkdir(parents=True)
    (folder / "objections").symlink_to(outside)

    assert program("playbook", "new", "objection", "mine").code == 4
    assert list(outside.iterdir()) == []


def test_an_output_that_cannot_be_written_ends_with_5(book: Program, tmp_path: Path) -> None:
    for name in (str(tmp_path), "/dev/full", "x" * 300, "/proc/x"):
        ran = book("prep", ACME, "--brief", "-o", name)
        assert ran.code == 5, ran
    assert json.loads(book("client", "list", "--json").out)
    assert not os.path.exists("x" * 300)  # noqa: PTH110
