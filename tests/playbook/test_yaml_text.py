"""YAML as plain, positioned data: what is read, what is refused, and where."""

import os
import re
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from salescoach.catalogue.error import MESSAGES
from salescoach.errors import InvalidError, PlaybookError
from salescoach.language import LANGS, say
from salescoach.playbook.yaml_text import BYTES, DEPTH, NODES, read, read_bytes, read_file


def refusal(text: str) -> PlaybookError:
    with pytest.raises(PlaybookError) as caught:
        read(text, "f.yaml")
    return caught.value


def test_scalars_stay_the_text_they_are() -> None:
    """No Norway problem: nothing is guessed at before a model asks for a type."""
    data = read("{a: no, b: false, c: 2026-12-01, d: 007, e: 1e3, f: 0x1F, g: 12:30:00}", "f").data

    assert data == {"a": "no", "b": "false", "c": "2026-12-01", "d": "007", "e": "1e3", "f": "0x1F", "g": "12:30:00"}


def test_nothing_null_and_tilde_are_none_and_quotes_make_them_text() -> None:
    assert read("a:\nb: null\nc: ~\nd: ''\ne: 'null'\nf: \"~\"", "f").data == {
        "a": None, "b": None, "c": None, "d": "", "e": "null", "f": "~",
    }  # fmt: skip


def test_an_empty_text_is_none_at_the_first_place() -> None:
    nothing = read("# a remark\n", "f")

    assert nothing.data is None
    assert nothing.where(("a",)) == "f:1:1"


def test_a_merge_key_is_a_key_like_any_other() -> None:
    assert read("a: &a {x: y}\nb: {<<: *a}", "f").data["b"] == {"<<": {"x": "y"}}


TEXT = """\
kind: objection
say:
  - id: pause
    text:
      en: "Wait."
"""


@pytest.mark.parametrize(
    ("path", "where"),
    [
        ((), "f:1:1"),
        (("kind",), "f:1:7"),
        (("say", 0), "f:3:5"),
        (("say", 0, "text", "en"), "f:5:11"),
        (("say", 0, "text", "zh"), "f:5:7"),  # its mapping
        (("say", 7, "id"), "f:3:3"),  # the list
        (("say", 0, "text", "languages", "en"), "f:5:11"),  # a validator's own mark
    ],
)
def test_a_place_is_that_of_the_value_or_of_the_nearest_that_is_there(path: tuple[Any, ...], where: str) -> None:
    assert read(TEXT, "f").where(path) == where


def test_the_place_of_a_key_can_be_asked_for() -> None:
    assert read(TEXT, "f").where(("say", 0, "text"), key=True) == "f:4:5"


def test_places_count_characters_not_bytes() -> None:
    assert read("{太贵: 便宜, b: c}", "f").where(("b",)) == "f:1:13"


@pytest.mark.parametrize(
    ("text", "key", "where"),
    [
        ("a:\n\tb: 1", "yaml-tab", "2:1"),
        ('a: "open', "yaml-unclosed", "1:9"),
        ("a: b: c", "yaml-colon", "1:5"),
        ("a:\n  b: 1\n c: 2", "yaml-indent", "3:2"),
        ("a: [1, 2", "yaml-flow", "2:1"),
        ("a: 1\nb: 2\na: 3", "yaml-duplicate", "3:1"),
        ("a: {b: 1, b: 2}", "yaml-duplicate", "1:11"),
        ("a: !!python/object/apply:os.system [x]", "yaml-tag", "1:4"),
        ("a: !!str x", "yaml-tag", "1:4"),
        ("a: 1\n---\nb: 2", "yaml-documents", "2:1"),
        ("%YAML 1.1\n---\na: 1", "yaml-directive", "1:1"),
        ("? [a]\n: b", "yaml-key", "1:3"),
        ("~: b", "yaml-key", "1:1"),
        ("a: *b", "yaml-alias", "1:4"),
        ("a: &a [*a]", "yaml-alias", "1:8"),
        ("a: b\n\x1b[2Jc", "yaml-control", "2:1"),
        ('a: "\\x1b[2J"', "yaml-control", "1:4"),
        ("a: \u202eb", "yaml-control", "1:4"),
        ("a: \ud800", "yaml-control", "1:4"),
        ("- " * (DEPTH + 1) + "a", "yaml-too-deep", "1:81"),
        ("&a &b c", "yaml-syntax", "1:4"),
    ],
)
def test_what_is_refused_says_why_and_where(text: str, key: str, where: str) -> None:
    error = refusal(text)

    assert (error.key, error.where) == (key, f"f.yaml:{where}")
    for lang in LANGS:
        assert say(f"error.{key}", lang, **error.facts)
        assert f"{key}-hint" not in MESSAGES or say(f"error.{key}-hint", lang, **error.facts)


def test_the_caller_says_which_error_is_raised() -> None:
    """Answers files come through here too, and are no playbooks."""
    with pytest.raises(InvalidError) as caught:
        read("a: [", "answers.yaml", InvalidError)

    assert type(caught.value) is InvalidError


def test_a_list_may_be_used_twice_by_its_name() -> None:
    assert read("a: &styles [driver, amiable]\nb: *styles", "f").data["b"] == ["driver", "amiable"]


def test_an_alias_bomb_is_refused_before_it_goes_off() -> None:
    levels = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 12))

    assert refusal(f"a0: &a0 [x, x]\n{levels}").key == "yaml-too-many"


def test_a_chain_of_aliases_is_no_way_around_the_depth() -> None:
    chain = "".join(f"a{n}: &a{n} [[[[[*a{n - 1}]]]]]\n" for n in range(1, 20))

    assert refusal(f"a0: &a0 [x]\n{chain}").key == "yaml-too-deep"


def test_as_many_values_as_are_allowed_are_read_and_one_more_is_not() -> None:
    assert len(read("[" + "x, " * (NODES - 1) + "]", "f").data) == NODES - 1
    assert refusal("[" + "x, " * NODES + "]").key == "yaml-too-many"


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, "{" * 100_000, "? " * 100_000, "- " * 100_000, "&a " * 100_000, "%TAG !a! b\n" * 90_000,
     "'" * 999_999, ":" * 900_000, "[" + "," * 900_000, "k: v\n" * 200_000, "a: " + "x" * 1_000_000, " " * 1_000_000,
     "".join(" " * n + "a:\n" for n in range(1_400)), "---\n" * 200_000],
    ids=["lists", "maps", "keys", "dashes", "anchors", "directives", "quotes", "colons", "commas", "duplicates",
         "a line", "spaces", "steps", "documents"],
)  # fmt: skip
def test_a_megabyte_of_anything_is_answered_in_a_second(text: str) -> None:
    start = time.process_time()
    with suppress(PlaybookError):
        read(text, "f")
    assert time.process_time() - start < 1.0


def test_more_than_a_megabyte_is_not_looked_at() -> None:
    assert refusal("#" * (BYTES + 1)).key == "yaml-too-big"
    assert refusal("中" * (BYTES // 3 + 1)).key == "yaml-too-big"


def test_a_file_says_its_path_and_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes("\ufeffa: 价格\r\nb: c\r\n".encode())

    read_it = read_file(path)

    assert read_it.data == {"a": "价格", "b": "c"}
    assert read_it.where(("b",)) == f"{path}:2:4"


@pytest.mark.parametrize(
    ("raw", "where"), [(b"a: b\nc: \xff", "2:4"), ("a: 价".encode("gbk"), "1:4"), (b"\xff\xfea", "1:1")]
)
def test_bytes_that_are_no_utf_8_have_a_place(raw: bytes, where: str) -> None:
    with pytest.raises(PlaybookError) as caught:
        read_bytes(raw, "f")

    assert (caught.value.key, caught.value.where) == ("yaml-encoding", f"f:{where}")


def test_only_regular_files_are_read(tmp_path: Path) -> None:
    """A pipe would wait for ever, a device never end."""
    os.mkfifo(tmp_path / "pipe.yaml")
    for path, key in (
        (tmp_path / "pipe.yaml", "yaml-not-a-file"),
        (Path("/dev/zero"), "yaml-not-a-file"),
        (tmp_path, "yaml-not-a-file"),
        (tmp_path / "none.yaml", "yaml-unreadable"),
    ):
        with pytest.raises(PlaybookError) as caught:
            read_file(path)
        assert caught.value.key == key


#: Text of the sort that tries a parser: its own signs, and a little of everything else.
YAMLISH = st.text(
    st.one_of(st.sampled_from("-?:,[]{}#&*!|>'\"%@` \n\tab~"), st.characters(codec=None)), max_size=60
)  # fmt: skip


def place_of(text: str | bytes) -> str:
    """Where the document starts, or where it is refused."""
    try:
        positioned = read(text, "f") if isinstance(text, str) else read_bytes(text, "f")
    except PlaybookError as error:
        return error.where or ""
    return positioned.where(())


@given(YAMLISH)
def test_any_text_is_data_or_an_error_with_a_place(text: str) -> None:
    assert re.fullmatch(r"f:[1-9]\d*:[1-9]\d*", place_of(text))


@given(st.binary(max_size=60))
def test_any_bytes_are_data_or_an_error(raw: bytes) -> None:
    assert re.fullmatch(r"f:[1-9]\d*:[1-9]\d*", place_of(raw))


PRINTABLE = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cf", "Zl", "Zp", "Cn", "Co"]), max_size=20)
PLAIN: st.SearchStrategy[Any] = st.recursive(
    st.none() | PRINTABLE, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(PRINTABLE, inner, max_size=4)
)


@given(PLAIN)
def test_what_was_written_is_what_is_read(data: Any) -> None:
    assert (
        read(yaml.safe_dump(data, allow_unicode=True, default_style='"').replace('!!null "null"', "~"), "f").data
        == data
    )
