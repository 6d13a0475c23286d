"""Breaking, cropping and padding lines of two scripts, measured in cells."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescoach.wrap import cells, crop, pad, wrap, wrap_command

CLOSING = "，。、；：？！”’）】》…·"
OPENING = "“‘（【《"
#: Both scripts, their marks, and what a phone's keyboard gives.
MIXED = st.text(st.sampled_from("abc XYZ 12.5 %,-/(don’t) 客户说太贵了，再想想。：？！“”（）《》… 🙂é\u3000"))
#: A sentence: words between single marks, as people write.
SENTENCE = st.lists(
    st.tuples(st.text(st.sampled_from("客户说太贵了"), min_size=1, max_size=8), st.sampled_from("，。；：？！、")),
    min_size=1,
    max_size=8,
).map(lambda parts: "".join(word + mark for word, mark in parts))


def spaceless(text: str) -> str:
    return "".join(text.split())


@given(MIXED, st.integers(2, 90))
def test_no_line_is_wider_than_asked(text: str, width: int) -> None:
    assert all(cells(line) <= width for line in wrap(text, width))


@given(st.text(), st.integers(2, 90))
def test_no_line_of_any_text_is_wider_than_asked(text: str, width: int) -> None:
    assert all(cells(line) <= width for line in wrap(text, width))


@given(st.text(), st.integers(2, 90))
def test_nothing_but_white_space_is_lost(text: str, width: int) -> None:
    assert spaceless("".join(wrap(text, width))) == spaceless(text)


@given(MIXED, st.integers(2, 90))
def test_no_line_begins_or_ends_with_a_space_and_there_is_always_a_line(text: str, width: int) -> None:
    lines = wrap(text, width)

    assert lines
    assert all(line == line.strip() for line in lines)
    assert all(lines[1:])


@given(MIXED)
def test_a_text_that_fits_is_left_as_it_is(text: str) -> None:
    assert wrap(text.strip(), max(2, cells(text))) == [text.strip()]


@given(SENTENCE, st.integers(12, 40))
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(text: str, width: int) -> None:
    quoted = f"他说“{text}”（{text}）。"

    lines = wrap(quoted, width)

    assert all(line[0] not in CLOSING for line in lines)
    assert all(line[-1] not in OPENING for line in lines)


@given(st.lists(st.sampled_from(["they", "don’t", "customer’s", "price", "“fine”", "(really)", "3,000"]), min_size=1))
def test_an_english_word_is_broken_nowhere(words: list[str]) -> None:
    lines = wrap(" ".join(words), 14)

    assert [word for line in lines for word in line.split()] == words


def test_a_word_that_fits_no_line_is_chopped() -> None:
    assert wrap("Donaudampfschifffahrt", 8) == ["Donaudam", "pfschiff", "fahrt"]


def test_chinese_breaks_between_any_two_characters_and_keeps_its_marks() -> None:
    assert wrap("客户说太贵，再想想。", 10) == ["客户说太", "贵，再想", "想。"]


def test_english_inside_chinese_stays_whole() -> None:
    assert wrap("请看hydraulic样本", 14) == ["请看hydraulic", "样本"]


#: What a command line of ours holds, and what stands around it.
TYPED = st.lists(st.sampled_from(["debrief", "华星机械/王总", "'Ammerfeld", "GmbH'", "--when", "2026-12-01"]), min_size=1)
AROUND = st.sampled_from(["", "hint: ", "提示：接着答：", "a visit that was: ", "如果刚做过恢复，之前的内容在 "])


@given(AROUND, TYPED, st.sampled_from(["", ", or not", "，或者重来", " 里"]), st.integers(14, 60))
def test_a_command_is_broken_at_its_spaces_alone_and_where_it_is_longer_than_a_line(
    before: str, typed: list[str], after: str, width: int
) -> None:
    command = " ".join(["salescoach", *typed])
    lines = wrap_command(before + command + after, width)

    assert all(cells(line) <= width for line in lines)
    assert spaceless("".join(lines)) == spaceless(before + command + after)
    assert all(any(word in line for line in lines) for word in typed)
    if cells(command + after.split(" ")[0][:1]) <= width:
        assert any(command in line for line in lines)


@given(st.text(), st.integers(2, 90))
def test_any_text_with_a_command_is_broken_too(text: str, width: int) -> None:
    lines = wrap_command(text, width)

    assert all(cells(line) <= width for line in lines)
    assert spaceless("".join(lines)) == spaceless(text)


@pytest.mark.parametrize(
    ("text", "width"),
    [("price", 5), ("价格", 4), ("价格price", 9), ("é", 1), ("e\u0301", 1), ("🙂", 2), ("“”", 2), ("，", 2), ("", 0)],
)
def test_a_chinese_character_takes_two_cells_and_a_combining_mark_none(text: str, width: int) -> None:
    assert cells(text) == width


@given(st.text(), st.integers(1, 60))
def test_a_cropped_text_is_never_wider_and_says_that_something_is_left_out(text: str, width: int) -> None:
    shown = crop(text, width)

    assert cells(shown) <= width
    assert shown == text or (shown.endswith("…") and text.startswith(shown[:-1]))


@given(st.text(), st.integers(0, 60))
def test_a_padded_text_has_the_width_unless_it_was_wider(text: str, width: int) -> None:
    shown = pad(text, width)

    assert cells(shown) == max(width, cells(text))
    assert shown.startswith(text)
    assert not re.search(r"[^ ]", shown[len(text) :])
