"""Words to topics. How well it does on sentences nobody here wrote is for the benchmark; here is what must hold."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salescoach.coach.matching import Index, Topics, build, by_name, is_confident, is_match, names_of, rank
from salescoach.playbook.library import Library
from salescoach.playbook.models import Line, Objection, Spoken, Tell


@pytest.fixture(scope="session")
def topics(books: Library) -> Topics:
    return names_of(books.all(Objection))


@pytest.fixture(scope="session")
def index(books: Library) -> Index:
    return build(books.all(Objection))


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


def test_every_phrasing_of_a_topic_finds_it_first_nearly_always(books: Library, index: Index) -> None:
    said = [(book.id, words) for book in books.all(Objection) for lists in book.phrasings.values() for words in lists]
    right = sum(rank(index, words)[0].topic == topic for topic, words in said[::7])

    assert right / len(said[::7]) > 0.95


def test_a_topic_that_a_manager_adds_is_matched_at_once(books: Library) -> None:
    customs = a_topic("customs", "Customs will hold it at the border.", "The import duty kills us.")

    index = build([*books.all(Objection), customs])

    assert rank(index, "import duty at the border is a problem")[0].topic == "customs"


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_gives_a_ranking_of_every_topic_and_never_an_error(text: str) -> None:
    index = build([a_topic("one", "too dear"), a_topic("two", "no time"), a_topic("three", "no need")])

    matches = rank(index, text)

    assert sorted(one.topic for one in matches) == ["one", "three", "two"]
    assert all(0 <= one.score <= 1 for one in matches)
    assert not is_confident(matches) or is_match(matches)


@pytest.mark.parametrize("nothing", ["", "   ", "\x00\x01", "🙂🙂🙂", "12345 67890", "x" * 100_000])
def test_text_without_meaning_is_no_match(nothing: str, index: Index) -> None:
    assert not is_confident(rank(index, nothing))
