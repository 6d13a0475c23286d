"""Cues in free words: said in other words, denied, misspelt, in traditional characters; and nothing where nothing is."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salescoach.coach.cues import Lexicon, languages, lexicon, spot
from salescoach.coach.described import Description, describe, recognise, telltale
from salescoach.coach.matching.words import LONGEST
from salescoach.coach.stems import stem, tokens
from salescoach.coach.style import THRESHOLD, telling
from salescoach.language import LANGS, Lang, pick
from salescoach.playbook.library import Library
from salescoach.playbook.models import Typology
from salescoach.records.ids import STYLES

#: Text of every sort that a shell can hand over, with the words of both languages among it.
ANYTHING = st.one_of(
    st.text(max_size=300),
    st.lists(
        st.sampled_from(
            [*"不没很笑快慢，。 \x00\x1b\u202e\ud800é𝕏", "not ", "never", "talks", "fast", "数据", "n't", "可不可以"]
        ),
        max_size=60,
    ).map("".join),
)


@pytest.fixture(scope="module")
def styles(books: Library) -> Typology:
    """The built-in styles."""
    return books.get(Typology, "styles")


@pytest.fixture(scope="module")
def known(styles: Typology) -> dict[Lang, Lexicon]:
    """Their lexicons."""
    return {lang: lexicon(styles, lang) for lang in LANGS}


@pytest.fixture(scope="module")
def told(styles: Typology, known: dict[Lang, Lexicon]) -> "Told":
    """What is read from words."""
    return Told(styles, known)


class Told:
    """`told(words)` is the description; `.cues(words)` and `.denied(words)` the ids in it."""

    def __init__(self, styles: Typology, known: dict[Lang, Lexicon]) -> None:
        self.styles, self.known = styles, known

    def __call__(self, words: str) -> Description:
        """Read the words."""
        return describe(self.styles, self.known.__getitem__, words)

    def cues(self, words: str) -> list[str]:
        """Ids of the cues named."""
        return [cue.id for cue in self(words).cues]

    def denied(self, words: str) -> list[str]:
        """Ids of the cues said to be missing."""
        return [cue.id for cue in self(words).denied]


# What the words say


@pytest.mark.parametrize(
    ("words", "cues"),
    [
        ("talks fast, wants the bottom line", ["talks-fast", "talks-results"]),
        ("桌上全是表格,很少笑", ["draws-tables", "blank-face"]),
        ("he was constantly interrupting me", ["impatient"]),
        ("INTERRUPTED me twice!", ["impatient"]),
        ("is always looking at the clock", ["watches-clock"]),
        ("說話特別快，沒有耐心", ["talks-fast", "impatient"]),
        ("说话很快 没耐心", ["talks-fast", "impatient"]),
        ("very decisive，爱开玩笑", ["decides-fast", "tells-stories"]),
    ],
)
def test_a_cue_is_met_in_other_words_inflections_and_scripts(told: Told, words: str, cues: list[str]) -> None:
    assert told.cues(words) == cues


def test_cues_are_named_in_the_order_they_are_said(told: Told) -> None:
    assert told.cues("takes notes, talks slowly, blunt") == ["takes-notes", "talks-slowly", "blunt"]


@pytest.mark.parametrize(
    ("words", "cue"), [("interupts me", "impatient"), ("very imaptient", "impatient"), ("methodcal", "meticulous")]
)
def test_a_slip_of_the_pen_in_a_long_word_does_no_harm(told: Told, words: str, cue: str) -> None:
    assert cue in told.cues(words)


@pytest.mark.parametrize(
    ("words", "never", "style"),
    [
        ("never smiles", "smiles-often", "analytical"),
        ("很少笑", "smiles-often", "analytical"),
        ("不爱说话", "talks-more", "amiable"),
        ("is not interested in details", "asks-for-data", "expressive"),
        ("does not talk much", "talks-more", "amiable"),
        ("对细节不感兴趣", "asks-for-data", "expressive"),
        ("without any patience", "patient", "driver"),
        ("isn't patient at all", "patient", "driver"),
        ("没有什么耐心", "patient", "driver"),
    ],
)
def test_what_is_negated_does_not_count_and_speaks_for_the_opposite(
    told: Told, words: str, never: str, style: str
) -> None:
    assert never not in told.cues(words)
    shares = dict(told(words).shares)
    assert shares[style] > 0.25  # type: ignore[index]


def test_a_negation_that_belongs_to_no_form_denies_the_cue(told: Told) -> None:
    assert told.denied("not at all blunt") == ["blunt"]
    assert told.denied("并不果断") == ["decides-fast"]


@pytest.mark.parametrize(
    ("words", "cue"),
    [
        ("not only blunt", "blunt"),
        ("never late and very blunt", "blunt"),
        ("not loud, blunt", "blunt"),
        ("不仅果断", "decides-fast"),
        ("不吵但果断", "decides-fast"),
        ("话不多很果断", "decides-fast"),
    ],
)
def test_a_negation_reaches_no_further_than_it_means(told: Told, words: str, cue: str) -> None:
    assert cue in told.cues(words)


def test_what_is_both_said_and_denied_is_said(told: Told) -> None:
    read = told("blunt. not blunt")

    assert [cue.id for cue in read.cues] == ["blunt"]
    assert read.denied == ()


@pytest.mark.parametrize("words", ["", "   ", "qqqq", "??", "the", "he is", "123", "\x00\x1b[31m", "的了", "🙂"])
def test_where_nothing_is_said_of_a_style_all_four_are_even(told: Told, words: str) -> None:
    read = told(words)

    assert not read.recognised
    assert [share for _, share in read.shares] == [0.25] * 4
    assert read.style is None


def test_a_style_is_named_from_the_threshold_on(told: Told) -> None:
    clear, open_ = told("cuts small talk, takes control, impatient"), told("talks fast")

    assert (clear.style, clear.shares[0][1] >= THRESHOLD) == ("driver", True)
    assert (open_.style, open_.shares[0][1] < THRESHOLD) == (None, True)


# What the playbook says


@pytest.mark.unmeasured
@pytest.mark.parametrize("lang", LANGS)
def test_every_form_of_the_playbook_names_its_own_cue(told: Told, lang: Lang) -> None:
    lost = [
        (cue.id, form)
        for cue in told.styles.cues
        for form in (pick(cue.text, lang), *cue.words.get(lang, ()))
        if cue.id not in told.cues(form)
    ]

    assert len(lost) <= 0.03 * sum(len(cue.words[lang]) for cue in told.styles.cues), lost


def test_a_form_belongs_to_one_cue(styles: Typology) -> None:
    owners: dict[str, str] = {}
    twice = [
        (form, owners[form], cue.id)
        for cue in styles.cues
        for forms in cue.words.values()
        for form in forms
        if owners.setdefault(form, cue.id) != cue.id
    ]

    assert twice == []


def test_every_style_has_a_cue_of_its_own_to_look_for(styles: Typology, told: Told) -> None:
    for style, cue in zip(STYLES, telltale(styles), strict=True):
        assert max(cue.likelihood, key=lambda one: cue.likelihood[one]) == style
        assert cue.id in told.cues(pick(cue.text, "en"))
        assert cue.id in told.cues(pick(cue.text, "zh"))


def test_the_cue_to_watch_next_is_none_that_was_named(styles: Typology, told: Told) -> None:
    read = told("cuts small talk")

    assert "cuts-small-talk" not in [cue.id for cue in telling(styles, read.shares, {"cuts-small-talk"}, 90)]


def test_an_id_is_its_own_cue_and_other_words_are_looked_up(styles: Typology) -> None:
    assert recognise(styles, "talks-fast") == ("talks-fast",)
    assert recognise(styles, "does not smile; 说话快") == ("blank-face", "talks-fast")
    assert recognise(styles, "not blunt") == ()


# Whatever is typed


@given(words=ANYTHING)
@settings(max_examples=150, deadline=None)
def test_whatever_is_typed_the_shares_sum_to_one_best_first(told: Told, words: str) -> None:
    read = told(words)

    shares = [share for _, share in read.shares]
    assert abs(sum(shares) - 1) < 1e-9
    assert shares == sorted(shares, reverse=True)
    assert {style for style, _ in read.shares} == set(STYLES)
    assert not {cue.id for cue in read.cues} & {cue.id for cue in read.denied}


@given(words=st.text(max_size=200))
@settings(max_examples=100, deadline=None)
def test_reading_twice_reads_the_same(told: Told, words: str) -> None:
    assert told(words) == told(words)


@pytest.mark.parametrize(
    "piece", ["talks fast never ", "不说话快", "strnage wrods abcdefgh ", "\n", "a", "不", "looks at "]
)
def test_a_hundred_kilobytes_take_no_longer_than_what_is_read_of_them(told: Told, piece: str) -> None:
    before = time.perf_counter()
    read = told(piece * (100_000 // len(piece)))

    assert time.perf_counter() - before < 2
    assert read == told((piece * (LONGEST // len(piece) + 1))[:LONGEST])


def test_only_the_languages_that_are_there_are_looked_up(known: dict[Lang, Lexicon]) -> None:
    assert languages("talks fast") == ("en",)
    assert languages("说话快") == ("zh",)
    assert set(languages("PPT 一页")) == {"en", "zh"}
    assert languages("12 ?") == ()
    assert spot(known["zh"], "talks fast").named == ()


# Stems


@pytest.mark.parametrize("words", ["complete sentences", "a water pump", "shares an office", "weather in Munich"])
def test_a_word_that_is_not_misspelt_is_not_mended_into_a_cue(told: Told, words: str) -> None:
    assert not {"wants-to-win", "waits-for-facts", "steady-gaze"} & set(told.cues(words))


@pytest.mark.parametrize(
    "alike",
    [
        ("decides", "deciding", "decided"),
        ("organise", "organizing", "organised"),
        ("colour", "colors"),
        ("chatting", "chatted", "chats"),
        ("stories", "story"),
        ("took", "takes", "taking"),
        ("speaks", "talking", "spoke"),
    ],
)
def test_inflections_spellings_and_synonyms_have_one_stem(alike: tuple[str, ...]) -> None:
    assert len({stem(word) for word in alike}) == 1


@pytest.mark.parametrize(("one", "other"), [("note", "not"), ("hardly", "hard"), ("orderly", "order")])
def test_words_that_only_look_alike_keep_apart(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@pytest.mark.parametrize("text", ["doesn't", "don’t", "cannot", "isn't", "won't", "dont"])
def test_every_way_to_write_not_is_not(text: str) -> None:
    assert [word.stem for word in tokens(text)] == ["not"]


@pytest.mark.parametrize("words", ["has a cold", "cold coffee", "nice weather", "wears a blue tie", "今天天气不错", "戴蓝领带"])
def test_what_says_nothing_of_a_person_is_taken_for_no_style(words: str, books: Library) -> None:
    styles = books.get(Typology, "styles")

    assert not describe(styles, lambda lang: lexicon(styles, lang), words).recognised
