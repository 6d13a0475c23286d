"""Whatever is done to a valid playbook, it stays one or becomes an error with a place; soon, and nothing else."""

import re
import time
from copy import deepcopy
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from salescoach.catalogue.scaffold import MESSAGES
from salescoach.errors import PlaybookError
from salescoach.language import LANGS, say
from salescoach.playbook.anatomy import parts
from salescoach.playbook.authoring import scaffold
from salescoach.playbook.check import validate
from salescoach.playbook.models import KINDS, Playbook
from salescoach.playbook.yaml_text import read, read_bytes
from tests.playbook.samples import OBJECTION

SAMPLES = [OBJECTION, *(scaffold(kind, "sample", "Sample", lang) for kind in KINDS for lang in LANGS)]
JUNK: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.text(max_size=8),
    st.sampled_from(["", "-1", "9" * 30, "nan", "inf", "yes", "{product}", "x" * 3000, "kind", "[key]", "string"]),
    st.lists(st.text(max_size=3), max_size=3),
    st.dictionaries(
        st.sampled_from(["en", "zh", "id", "text", "when", "all", "min", "x"]), st.text(max_size=3), max_size=3
    ),
    st.just([[[[]]]]),
    st.just({"all": [{"any": [{"none": [{}]}]}]}),
)


def outcome(text: str | bytes) -> None:
    """A playbook whose parts can be walked, or an error with a place and a sentence in both languages."""
    start = time.process_time()
    error = refusal(text)
    assert time.process_time() - start < 2.0
    if error is not None:
        assert re.fullmatch(r"f:[1-9]\d*:[1-9]\d*", error.where or "")
        assert all(say(f"error.{error.key}", lang, **error.facts) for lang in LANGS)


def refusal(text: str | bytes) -> PlaybookError | None:
    try:
        positioned = read(text, "f") if isinstance(text, str) else read_bytes(text, "f")
        book = validate(positioned)
    except PlaybookError as error:
        return error
    assert isinstance(book, Playbook)
    assert list(parts(book))
    return None


def places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in plain data."""
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path, *(place for step, part in inner for place in places(part, (*path, step)))]


def at(data: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        data = data[step]
    return data


def dumped(data: Any) -> str:
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False)


@pytest.mark.parametrize("text", SAMPLES)
def test_every_sample_is_a_playbook(text: str) -> None:
    validate(read(text, "f"))


@settings(max_examples=300)
@given(st.data())
def test_a_value_exchanged_for_junk(draw: st.DataObject) -> None:
    data = read(draw.draw(st.sampled_from(SAMPLES)), "f").data
    *path, last = draw.draw(st.sampled_from(places(data)[1:]))
    at(data, tuple(path))[last] = deepcopy(draw.draw(JUNK))

    outcome(dumped(data))


@settings(max_examples=200)
@given(st.data())
def test_a_key_dropped_renamed_or_added(draw: st.DataObject) -> None:
    data = read(draw.draw(st.sampled_from(SAMPLES)), "f").data
    group = at(data, draw.draw(st.sampled_from([place for place in places(data) if isinstance(at(data, place), dict)])))
    key = draw.draw(st.sampled_from(sorted(group) or [""]))
    held = group.pop(key, None)
    if draw.draw(st.booleans()):
        group[draw.draw(st.sampled_from([key + "s", key[:-1], key.upper(), "all", "en", "%", "1"]))] = held

    outcome(dumped(data))


@settings(max_examples=200)
@given(st.data())
def test_lines_doubled_dropped_moved_or_indented(draw: st.DataObject) -> None:
    lines = draw.draw(st.sampled_from(SAMPLES)).splitlines(keepends=True)
    place = draw.draw(st.integers(0, len(lines) - 1))
    how = draw.draw(st.sampled_from(["double", "drop", "indent", "tab", "swap"]))
    if how == "double":
        lines.insert(place, lines[place])
    elif how == "swap":
        lines[place], lines[0] = lines[0], lines[place]
    else:
        lines[place] = {"drop": "", "indent": "  " + lines[place], "tab": "\t" + lines[place]}[how]

    outcome("".join(lines))


@settings(max_examples=300)
@given(st.data())
def test_cut_off_anywhere_or_with_anything_put_in(draw: st.DataObject) -> None:
    raw = draw.draw(st.sampled_from(SAMPLES)).encode()
    start, end = sorted((draw.draw(st.integers(0, len(raw))), draw.draw(st.integers(0, len(raw)))))
    put_in = draw.draw(
        st.one_of(st.binary(max_size=6), st.sampled_from([b": ", b"- ", b'"', b"{", b"&a ", b"*a", b"#", b"!!x "]))
    )

    outcome(
        draw.draw(st.sampled_from([raw[:end], raw[:start] + put_in + raw[start:], raw[:start] + put_in + raw[end:]]))
    )


@pytest.mark.torture
@settings(max_examples=10_000)
@given(st.data())
def test_the_same_for_hours(draw: st.DataObject) -> None:
    data = read(draw.draw(st.sampled_from(SAMPLES)), "f").data
    for _ in range(draw.draw(st.integers(1, 4))):
        inner = places(data)[1:]
        if inner:
            *path, last = draw.draw(st.sampled_from(inner))
            at(data, tuple(path))[last] = deepcopy(draw.draw(JUNK))

    outcome(dumped(data))


@pytest.mark.parametrize("depth", [10, 39, 41, 500])
def test_questions_within_questions(depth: int) -> None:
    """`fields` hold questions again: a file may nest them until it is too deep, and no deeper."""
    group = "{id: a, ask: a, type: group, fields: [" * depth + "{id: a, ask: a, type: text}" + "]}" * depth
    head = "kind: checklist\nid: a\nversion: 1\ntitle: a\nsources: []\nuse: prep\n"

    outcome(f"{head}sections: [{{id: a, title: a, questions: [{group}]}}]")


def test_a_condition_as_big_as_a_file_may_be() -> None:
    head = "kind: card\nid: a\nversion: 1\ntitle: a\nsources: []\nsections: [{id: a, title: a, lines: ["
    when = "{all: [" * 14 + "{took_place: no}" + "]}" * 14
    outcome(head + f"{{id: a, text: a, when: {when}}}, " * 300 + "]}]")


def test_there_is_a_sample_of_every_kind() -> None:
    assert set(MESSAGES) == set(KINDS)
