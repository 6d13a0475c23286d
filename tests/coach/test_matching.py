"""Words to topics. How well it does on sentences nobody here wrote is for the benchmark; here is what must hold."""

import os
import time
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescoach.coach.matching import (
    Index,
    Match,
    Topics,
    both,
    build,
    by_name,
    is_confident,
    is_match,
    named,
    names_of,
    rank,
    stamp,
)
from salescoach.coach.matching.lanes import Lanes
from salescoach.language import LANGS
from salescoach.playbook.library import Library
from salescoach.playbook.models import Line, Objection, Phrasings, SmallTalk, Spoken, Tell

#: Where the sentences for judging may be; the tests that need them are skipped where they are not.
JUDGE = Path(os.environ.get("SALESCOACH_JUDGE") or Path(__file__).resolve().parents[3] / "shared" / "data")


@pytest.fixture(scope="session")
def topics(books: Library) -> Topics:
    return names_of(books.all(Objection))


@pytest.fixture(scope="session")
def tiny() -> Index:
    return build([a_topic("one", "too dear"), a_topic("two", "no time"), a_topic("three", "no need")])


def a_topic(id_: str, *phrasings: str) -> Objection:
    line = Line(id="ask", text="?")
    return Objection(
        kind="objection", id=id_, version=1, title=id_, sources=("ours",), summary=id_,
        phrasings={"en": phrasings}, say=(Spoken(id="p", move="pause", text="Pause."),), steps=(),
        tell=Tell(ask=line, real="", false="", hidden=""),
    )  # fmt: skip


@pytest.mark.parametrize("name", ["price", "Price", " PRICE ", "价格", "太贵", "too expensive"])
def test_an_id_a_title_or_an_alias_is_the_topic_itself(name: str, topics: Topics) -> None:
    first = by_name(topics, name)[0]

    assert (first.topic, first.score) == ("price", 1.0)


@pytest.mark.parametrize(
    ("said", "topic"),
    [
        ("This is too expensive for us.", "price"),
        ("they think we're pricey", "price"),
        ("We already have a supplier for that.", "competitor"),
        ("I have to ask my boss first.", "authority"),
        ("Just send me a brochure.", "send-info"),
        ("We need to think it over.", "think-it-over"),
        ("What if we want to cancel the contract early?", "contract"),
        ("老板说再等等", "timing"),
        ("太贵了，便宜点吧", "price"),
        ("你们是骗子吧，没听说过你们公司", "trust"),
        ("我们不需要这个", "need"),
        ("先发份资料过来看看吧", "send-info"),
    ],
)
def test_plain_sentences_find_their_topic_among_the_first_three(said: str, topic: str, index: Index) -> None:
    assert topic in [one.topic for one in rank(index, said)[:3]]


@pytest.mark.unmeasured
def test_every_phrasing_of_a_topic_finds_it_first_nearly_always(books: Library, index: Index) -> None:
    said = [(book.id, words) for book in books.all(Objection) for lists in book.phrasings.values() for words in lists]
    right = sum(rank(index, words)[0].topic == topic for topic, words in said[::7])

    assert right / len(said[::7]) > 0.95


def test_a_topic_that_a_manager_adds_is_matched_at_once(books: Library) -> None:
    customs = a_topic("customs", "Customs will hold it at the border.", "The import duty kills us.")

    others = books.all(Objection)[:4]  # all of them take long to learn, and the same way

    index = build([*others, customs], books.all(SmallTalk), ("en",))

    assert rank(index, "import duty at the border is a problem")[0].topic == "customs"


def more_ways(topic: str, *said: str, id_: str = "heard") -> Phrasings:
    return Phrasings(
        kind="phrasings", id=id_, version=1, title="t", sources=("ours",), topics={topic: {"en": said}}
    )  # fmt: skip


def test_a_sentence_of_the_reps_own_is_the_topic_itself_before_anything_is_learned() -> None:
    topics = names_of([a_topic("one"), a_topic("two")], [more_ways("two", "The moon is full.")])

    assert by_name(topics, " the  MOON is full. ")[0] == Match(topic="two", score=1.0)


def test_a_name_of_a_topic_stays_its_name_whatever_is_said_to_be_another() -> None:
    topics = names_of([a_topic("one"), a_topic("two")], [more_ways("two", "one")])

    assert by_name(topics, "one")[0].topic == "one"


def test_sentences_of_ones_own_are_learned_with_the_topics_from_any_number_of_files() -> None:
    topics = [a_topic("one", "too dear", "that is dear"), a_topic("two", "no time", "not now")]
    more = [more_ways("two", "The moon is full tonight."), more_ways("one", "Seen it for half.", id_="other")]

    index = build(topics, langs=("en",), more=more)

    assert rank(index, "is the moon full tonight?")[0].topic == "two"
    assert rank(index, "we have seen it for half")[0].topic == "one"


def test_sentences_of_a_topic_that_there_is_not_are_passed_over() -> None:
    topics = [a_topic("one", "too dear"), a_topic("two", "no time")]
    lost = [more_ways("three", "The moon is full.")]

    assert build(topics, more=lost) == build(topics)
    assert stamp(topics, (), "en", more=lost) == stamp(topics, (), "en")
    assert names_of(topics, lost) == names_of(topics)


def test_a_stamp_tells_when_a_sentence_was_added_and_only_in_its_language() -> None:
    topics, more = [a_topic("one", "too dear")], [more_ways("one", "The moon is full.")]

    assert stamp(topics, (), "en", more=more) != stamp(topics, (), "en")
    assert stamp(topics, (), "zh", more=more) == stamp(topics, (), "zh")


def test_the_same_playbooks_give_the_same_index() -> None:
    topics = [a_topic("one", "too dear", "that is dear"), a_topic("two", "no time", "not now")]

    assert build(topics) == build(topics)


def test_an_index_comes_back_from_its_file_as_it_went(tiny: Index) -> None:
    assert msgspec.json.decode(msgspec.json.encode(tiny), type=Index) == tiny


def test_a_language_without_phrasings_matches_nothing(tiny: Index) -> None:
    assert not is_match(rank(tiny, "太贵了"))


@pytest.mark.parametrize(
    ("traditional", "simplified"), [("價錢太貴了", "价钱太贵了"), ("請發資料給我", "请发资料给我")]
)
def test_traditional_characters_are_read_as_simplified_ones(traditional: str, simplified: str, index: Index) -> None:
    assert rank(index, traditional) == rank(index, simplified)


@pytest.mark.parametrize("said", ["this is too expensive", "THIS IS TOO EXPENSIVE!!", "ｔｈｉｓ is  too expensive…"])
def test_case_width_spaces_and_marks_do_not_matter(said: str, index: Index) -> None:
    assert rank(index, said)[0].topic == "price"


@pytest.mark.parametrize("said", ["this is too expensiv", "thats to exspensive", "give us a discuont"])
def test_slips_of_the_pen_are_forgiven(said: str, index: Index) -> None:
    assert "price" in [one.topic for one in rank(index, said)[:3]]


@pytest.mark.parametrize(
    "said",
    ["Lovely weather today.", "Good morning, how are you?", "def f(x): return x + 1", "今天天气真好", "早上好，吃了吗"],
)
def test_small_talk_and_program_code_are_no_match(said: str, index: Index) -> None:
    assert not is_match(rank(index, said))


def test_what_a_manager_lists_as_small_talk_is_no_match() -> None:
    talk = SmallTalk(
        kind="small-talk", id="t", version=1, title="t", sources=("ours",),
        phrasings={"en": ("the penguin waddles home", "penguins waddle", "a penguin")},
    )  # fmt: skip
    topics = [a_topic("one", "too dear", "that is dear"), a_topic("two", "no time", "not now")]

    assert not is_match(rank(build(topics, [talk]), "the penguin waddles"))


@pytest.mark.parametrize(
    ("said", "topics"),
    [
        ("It's too expensive, and I have to ask my boss first.", ("price", "authority")),
        ("太贵了，而且我得问问领导", ("price", "authority")),
        ("This is far too expensive.", ("price",)),
        ("Lovely weather today.", ()),
    ],
)
def test_every_objection_that_is_clearly_said_is_named(said: str, topics: tuple[str, ...], index: Index) -> None:
    assert named(index, said) == topics


def test_a_clause_in_the_other_language_needs_no_index_of_its_own() -> None:
    chinese = build([a_topic("one", "too dear")], langs=("zh",))

    assert named(chinese, "太贵, too dear, 没时间") == ()
    assert not is_match(rank(chinese, "too dear"))


def test_two_topics_are_both_meant_where_they_share_the_score() -> None:
    shared = [Match(topic="price", score=0.5), Match(topic="budget", score=0.4), Match(topic="need", score=0.05)]
    spread = [Match(topic="price", score=0.4), Match(topic="budget", score=0.3), Match(topic="need", score=0.28)]

    assert both(shared) == ("price", "budget")
    assert both(spread) == ()


@given(text=st.text(max_size=300) | st.text(alphabet="ab 太贵\x00\u202e\ud800'#", max_size=300))
def test_any_text_gives_a_ranking_of_every_topic_and_never_an_error(text: str, tiny: Index) -> None:
    matches = rank(tiny, text)

    assert sorted(one.topic for one in matches) == ["one", "three", "two"]
    assert all(0 <= one.score <= 1 for one in matches)
    assert not is_confident(matches) or is_match(matches)
    assert len(named(tiny, text)) <= 2


@pytest.mark.parametrize(
    "long", ["x" * 100_000, "too dear " * 12_000, "太贵" * 50_000, "，" * 100_000, "1" * 100_000, "\ufdfa" * 100_000]
)
def test_a_hundred_thousand_characters_take_no_longer_than_a_page(long: str, index: Index) -> None:
    before = time.process_time()

    assert len(rank(index, long)) == len(index.topics)
    named(index, long)

    assert time.process_time() - before < 1


@pytest.mark.parametrize("nothing", ["", "   ", "\x00\x01", "🙂🙂🙂", "12345 67890", "x" * 100_000])
def test_text_without_meaning_is_no_match(nothing: str, index: Index) -> None:
    assert not is_match(rank(index, nothing))


@given(st.lists(st.integers(-(2**40), 2**40), min_size=4, max_size=4), st.integers(-300, 300))
def test_sums_of_lanes_are_the_sums_in_each_lane(numbers: list[int], times: int) -> None:
    lanes = Lanes(4)

    assert lanes.unpack(lanes.pack(numbers)) == numbers
    assert lanes.unpack(times * lanes.pack(numbers) + lanes.pack([1, 2, 3, 4])) == [
        times * number + more for number, more in zip(numbers, (1, 2, 3, 4), strict=True)
    ]


@pytest.mark.parametrize("lang", LANGS)
def test_no_phrasing_is_taken_from_the_sentences_for_judging(lang: str, books: Library) -> None:
    from rapidfuzz import fuzz, process

    file = JUDGE / f"objection_sentences_{lang}.tsv"
    if not file.is_file():
        pytest.skip("no judging files here")
    judging = [row.partition("\t")[2].casefold() for row in file.read_text(encoding="utf-8").splitlines()[1:]]
    ours = [words for book in books.all(Objection) for words in book.phrasings[lang]]  # type: ignore[index]

    taken = [
        words for words in ours if process.extractOne(words.casefold(), judging, scorer=fuzz.ratio, score_cutoff=90)
    ]

    assert taken == []
