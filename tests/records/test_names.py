"""Names are found again however a hurried rep types them, in both scripts; in doubt nothing is guessed."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ulid import ULID

from salescoach.errors import InvalidError
from salescoach.records.names import (
    MAX_LENGTH,
    Ambiguous,
    Named,
    Resolution,
    Resolved,
    Unknown,
    clean_name,
    entered_on,
    fold,
    loosen,
    rank,
    resolve,
    short_id,
    spell,
)
from salescoach.records.simplified import traditional_forms


def named(*names: str) -> Named:
    """A client with a name and aliases; its id is its name."""
    return Named(id=names[0], spellings=tuple(spell(name) for name in names))


def winner(found: Resolution) -> str:
    assert isinstance(found, Resolved), found
    return found.match.id


def candidates(*all_names: str | tuple[str, ...]) -> list[Named]:
    return [named(*([names] if isinstance(names, str) else names)) for names in all_names]


# Two keys


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("ACME", "acme"),
        ("  Acme \t Tools ", "acme tools"),
        ("ＡＣＭＥ　Ｔｏｏｌｓ", "acme tools"),
        ("Müller Söhne", "muller sohne"),
        ("Große Straße", "grosse strasse"),
        ("宝 士 达", "宝士达"),
        ("（中国）", "(中国)"),
        ("がん", "がん"),
    ],
)
def test_case_width_accents_and_spaces_make_no_difference(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize(
    "written",
    [
        "Acme GmbH",
        "ACME Co., Ltd.",
        "Acme, Inc.",
        "acme gmbh & co. kg",
        "Acme S.A.",
        "Acme Group Holding",
        "A-C-M-E AG",
    ],
)
def test_a_legal_form_is_left_out_of_the_looser_key(written: str) -> None:
    assert loosen(written) == "acme"


@pytest.mark.parametrize(
    "written", ["宝士达有限公司", "宝士达股份有限公司", "宝士达（集团）有限公司", "宝士达集团", "宝士达 有限责任公司"]
)
def test_a_chinese_legal_form_is_left_out_of_the_looser_key(written: str) -> None:
    assert loosen(written) == "宝士达"


@pytest.mark.parametrize("written", ["Group", "公司", "集团有限公司", "Co. & Co."])
def test_a_name_that_is_nothing_but_a_legal_form_keeps_something_to_be_found_by(written: str) -> None:
    assert loosen(written)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=st.characters(categories=("L", "N")), min_size=1, max_size=40))
def test_every_name_of_letters_finds_itself(name: str) -> None:
    assert winner(resolve(name, candidates(name))) == name


# Pinyin


def test_a_chinese_name_keeps_its_pinyin_and_initials_without_the_legal_form() -> None:
    spelling = spell("宝士达电器有限公司")

    assert (spelling.pinyin, spelling.initials) == ("baoshidadianqi", "bsddq")


def test_latin_letters_and_digits_stay_in_the_pinyin() -> None:
    spelling = spell("TCL电器3厂")

    assert (spelling.pinyin, spelling.initials) == ("tcldianqi3chang", "tcldq3c")


def test_a_latin_name_has_no_pinyin() -> None:
    assert spell("Acme").pinyin == ""


def test_a_surname_is_read_as_a_surname_only_in_a_persons_name() -> None:
    assert spell("曾伟", person=True).pinyin == "zengwei"
    assert spell("曾伟").pinyin == "cengwei"


# Exact, alias, prefix, fuzzy

BOOK = candidates(
    "Acme GmbH", ("Nordlicht Energie AG", "NLE"), "宝士达有限公司", ("Bergmann & Sohn KG", "BSD Tools"), "宝洁（中国）"
)


@pytest.mark.parametrize(
    ("typed", "meant", "how"),
    [
        ("acme gmbh", "Acme GmbH", "exact"),
        ("ACME", "Acme GmbH", "exact"),
        ("nle", "Nordlicht Energie AG", "alias"),
        ("nordl", "Nordlicht Energie AG", "prefix"),
        ("nordlihct energie", "Nordlicht Energie AG", "fuzzy"),
        ("energie nordlicht", "Nordlicht Energie AG", "fuzzy"),
        ("bergman", "Bergmann & Sohn KG", "prefix"),
        ("宝士达", "宝士达有限公司", "exact"),
        ("士达", "宝士达有限公司", "fuzzy"),
        ("baoshida", "宝士达有限公司", "pinyin"),
        ("Bao Shi Da", "宝士达有限公司", "pinyin"),
        ("baosh", "宝士达有限公司", "pinyin"),
        ("bjzg", "宝洁（中国）", "pinyin"),
    ],
)
def test_a_name_is_meant_by(typed: str, meant: str, how: str) -> None:
    found = resolve(typed, BOOK)

    assert winner(found) == meant
    assert isinstance(found, Resolved)
    assert found.match.how == how


def test_initials_that_are_also_the_beginning_of_a_written_name_are_asked_back() -> None:
    found = resolve("bsd", BOOK)

    assert isinstance(found, Ambiguous)
    assert {match.id for match in found.matches} == {"宝士达有限公司", "Bergmann & Sohn KG"}


def test_an_exact_name_wins_over_longer_ones_that_begin_with_it() -> None:
    assert winner(resolve("acme", candidates("Acme Tools", "Acme", "Acme Foods"))) == "Acme"


def test_a_name_wins_over_anothers_alias() -> None:
    assert winner(resolve("acme", candidates(("Tools Inc", "Acme"), "Acme"))) == "Acme"


def test_the_full_pinyin_wins_over_a_longer_one() -> None:
    assert winner(resolve("baoshida", candidates("宝士达科技", "宝士达"))) == "宝士达"


def test_a_beginning_that_two_share_is_ambiguous() -> None:
    found = resolve("acm", candidates("Acme Tools", "Acme Foods", "Nord"))

    assert isinstance(found, Ambiguous)
    assert [match.id for match in found.matches] == ["Acme Foods", "Acme Tools"]


def test_two_names_that_differ_in_legal_form_alone_are_ambiguous_without_it() -> None:
    book = candidates("Acme GmbH", "Acme Ltd")

    assert isinstance(resolve("acme", book), Ambiguous)
    assert winner(resolve("acme ltd", book)) == "Acme Ltd"


def test_two_chinese_names_that_sound_the_same_are_ambiguous_by_pinyin_and_clear_in_writing() -> None:
    book = candidates("宝士达", "保时大")

    assert isinstance(resolve("baoshida", book), Ambiguous)
    assert winner(resolve("保时大", book)) == "保时大"


# A guess is used only when it is good, and clear


def test_a_guess_that_is_not_good_enough_is_not_used_but_named() -> None:
    found = resolve("acne", candidates("Acme", "Nord"))

    assert isinstance(found, Unknown)
    assert [match.id for match in found.nearest] == ["Acme"]


def test_two_guesses_that_are_about_as_good_are_asked_back() -> None:
    found = resolve("steinmeyer", candidates("Steinmeier", "Steinmayer", "Nord"))

    assert isinstance(found, Ambiguous)
    assert {match.id for match in found.matches} == {"Steinmeier", "Steinmayer"}


def test_a_guess_a_little_better_than_the_next_is_asked_back() -> None:
    found = resolve("steinmeyer", candidates("Steinmeyr", "Steinmeier", "Nord"))

    assert isinstance(found, Ambiguous)
    assert [match.id for match in found.matches] == ["Steinmeyr", "Steinmeier"]


def test_a_guess_clearly_better_than_the_next_is_used() -> None:
    assert winner(resolve("steinmeyer", candidates("Steinmeier", "Steinmetz Werke", "Nord"))) == "Steinmeier"


def test_one_latin_letter_begins_too_many_names_to_mean_one() -> None:
    assert isinstance(resolve("a", candidates("Acme")), Unknown)


def test_one_chinese_character_is_enough_where_only_one_name_begins_with_it() -> None:
    assert winner(resolve("宝", candidates("宝士达", "Nord"))) == "宝士达"


def test_at_most_three_are_named_as_nearest() -> None:
    found = resolve("xxme", candidates("Acme", "Icme", "Ocme", "Ucme", "Ycme"))

    assert isinstance(found, Unknown)
    assert len(found.nearest) == 3


@pytest.mark.parametrize("empty", ["", "  ", "\u3000"])
def test_nothing_typed_means_nobody(empty: str) -> None:
    assert resolve(empty, BOOK) == Unknown(nearest=())


def test_ranking_gives_each_candidate_once_best_first() -> None:
    ranked = rank("acme", candidates(("Acme Tools", "Acme Works"), "Acme", "Acne Cream"))

    assert [match.id for match in ranked] == ["Acme", "Acme Tools", "Acne Cream"]
    assert [match.score for match in ranked] == sorted((match.score for match in ranked), reverse=True)


@given(st.text(max_size=30), st.lists(st.text(min_size=1, max_size=20), max_size=5, unique=True))
def test_any_query_over_any_names_has_an_answer_and_always_the_same(query: str, names: list[str]) -> None:
    book = candidates(*names)

    assert resolve(query, book) == resolve(query, list(reversed(book)))


# What may be saved


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Acme \n Tools ", "Acme Tools"),
        ("A\x1b[2Jcme", "A[2Jcme"),
        ("Ac\u202eme\u2066", "Acme"),
        ("宝士达\u200b", "宝士达"),
        ("[bold]x[/]", "[bold]x[/]"),
        ("Ac\ud800me", "Acme"),
        ("e\u0301cole", "école"),
    ],
)
def test_a_name_is_cleaned_of_what_is_not_seen(typed: str, kept: str) -> None:
    assert clean_name(typed) == kept


@pytest.mark.parametrize("typed", ["", " ", "\x00\x1b", "\u200b", "\n"])
def test_a_name_of_nothing_that_is_seen_is_refused(typed: str) -> None:
    with pytest.raises(InvalidError) as caught:
        clean_name(typed)

    assert caught.value.key == "name-empty"


def test_a_name_longer_than_a_name_is_refused() -> None:
    assert len(clean_name("宝" * MAX_LENGTH)) == MAX_LENGTH
    with pytest.raises(InvalidError) as caught:
        clean_name("宝" * (MAX_LENGTH + 1))

    assert caught.value.key == "name-long"


@given(st.text(max_size=100))
def test_what_is_clean_stays_as_it_is(text: str) -> None:
    try:
        name = clean_name(text)
    except InvalidError:
        return

    assert clean_name(name) == name
    assert name.encode()


def test_an_id_is_shown_by_its_last_six_characters() -> None:
    assert short_id("01M80HVW1GSAER47BYHS8RW0DV") == "8rw0dv"


@given(st.dates(date(1970, 1, 2)), st.times())
def test_an_id_tells_the_day_on_which_it_was_made(day: date, time: time) -> None:
    identifier = str(ULID.from_datetime(datetime.combine(day, time, UTC)))

    assert entered_on(identifier) == entered_on(identifier.lower()) == day


@pytest.mark.parametrize(
    "identifier", ["", "C1", "01M80HVW1G", "01M80HVW1GSAER47BYHS8RW0DU", "8" + "0" * 25, "7" + "Z" * 25, "٠" * 26]
)
def test_an_id_that_is_none_of_ours_tells_no_day(identifier: str) -> None:
    assert entered_on(identifier) is None
    assert entered_on("01M8P570G0" + "0" * 16) == date(2026, 11, 30)


# Simplified and traditional characters


@pytest.mark.parametrize(
    ("kept", "asked"),
    [
        ("张伟强", "張偉強"),
        ("張偉強", "张伟强"),
        ("东方电机有限公司", "東方電機"),
        ("東方電機股份有限公司", "东方电机"),
    ],
)
def test_a_name_is_the_same_in_simplified_and_in_traditional_characters(kept: str, asked: str) -> None:
    found = resolve(asked, candidates(kept, "李娜"))
    assert isinstance(found, Resolved)
    assert (found.match.name, found.match.how) == (kept, "exact")


@pytest.mark.parametrize("typed", ["张伟强", "張偉強"])
def test_of_two_names_the_one_in_the_characters_that_were_typed_is_meant(typed: str) -> None:
    assert winner(resolve(typed, candidates("张伟强", "張偉強"))) == typed


def test_a_surname_in_traditional_characters_is_read_as_one() -> None:
    assert spell("單強", person=True).pinyin == "shanqiang"


@pytest.mark.parametrize(
    ("plain", "forms"),
    [("张伟强", {"張偉強"}), ("发", {"發", "髮"}), ("皇后", {"皇後"}), ("acme", set()), ("张" * 41, set())],
)
def test_a_word_is_written_in_the_traditional_ways_there_are(plain: str, forms: set[str]) -> None:
    assert set(traditional_forms(plain)) == forms
