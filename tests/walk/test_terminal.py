"""The terminal front end, in process: keys go in through a pipe, the walk comes out."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput
from prompt_toolkit.utils import get_cwidth

from salescoach.catalogue.walk import MESSAGES
from salescoach.errors import Interrupted, InvalidError
from salescoach.language import Lang, say
from salescoach.walk.machine import Walk
from salescoach.walk.terminal import run
from salescoach.walk.tree import Path
from tests.walk.samples import CONTACTS, TOPICS, a_walk, checklist, choice, one, question, section

ENTER, SPACE, TAB = "\r", " ", "\t"
UP, DOWN, END = "\x1b[A", "\x1b[B", "\x1b[F"
RUB_OUT = "\x7f"
BACK, SHIFT_TAB, SKIP, PAUSE = "\x02", "\x1b[Z", "\x13", "\x10"
CTRL_C, CTRL_D, ALT_ENTER, ERASE = "\x03", "\x04", "\x1b\r", "\x15"
FORECAST = (
    choice("likely", "Likely", "把握大"),
    choice("even", "Even", "一半"),
    choice("unlikely", "Unlikely", "希望不大"),
)
OPEN = {"choices_from": "contacts", "open": True}


class Desk:
    """A rep at a terminal: what is typed, what is kept and what is read."""

    def __init__(self, keys: PipeInput) -> None:
        self.keys = keys
        self.kept: list[dict[str, Any]] = []
        self.read: list[str] = []

    def walks(self, walk: Walk, *typed: str, lang: Lang = "en") -> Walk:
        """Type all of it, and see where the walk ends."""
        self.keys.send_text("".join(typed))
        return run(
            walk,
            lang,
            keep=self.kept.append,
            resume="salescoach debrief acme",
            input=self.keys,
            output=DummyOutput(),
            echo=self.read.append,
        )


@pytest.fixture
def desk() -> Iterator[Desk]:
    """A desk at which nobody waits for ever."""
    with create_pipe_input() as keys:
        watch = threading.Timer(10, keys.close)
        watch.start()
        yield Desk(keys)
        watch.cancel()


KINDS: dict[str, tuple[Callable[[], Walk], list[str], Any]] = {
    "text": (lambda: one("text"), ["hello", ENTER], "hello"),
    "Chinese text": (lambda: one("text"), ["客户要试样", ENTER], "客户要试样"),
    "long": (lambda: one("long"), ["one", ALT_ENTER, "two", ENTER], "one\ntwo"),
    "number": (lambda: one("number"), ["12", ENTER], 12),
    "date": (lambda: one("date"), ["next tue", ENTER], "2026-12-01"),
    "yes by key": (lambda: one("yes-no"), ["y"], True),
    "no by key": (lambda: one("yes-no"), ["n"], False),
    "yes in Chinese": (lambda: one("yes-no"), ["是"], True),
    "no by arrows": (lambda: one("yes-no"), [UP, ENTER], False),
    "one-of by number": (lambda: one("one-of", choices=FORECAST), ["2"], "even"),
    "one-of by arrows": (lambda: one("one-of", choices=FORECAST), [DOWN, DOWN, ENTER], "even"),
    "one of many, filtered": (lambda: one("one-of", choices_from="topics"), ["c 7", ENTER], "topic-7"),
    "open one-of": (lambda: one("one-of", **OPEN), ["张工", ENTER], "张工"),
    "open one-of, suggested": (lambda: one("one-of", **OPEN), ["ms", TAB, ENTER], "Ms Li"),
    "many-of": (
        lambda: one("many-of", choices=FORECAST),
        [SPACE, DOWN, DOWN, SPACE, ENTER],
        ["likely", "unlikely"],
    ),
    "many-of by number": (lambda: one("many-of", choices=FORECAST), ["1", "3", "1", ENTER], ["unlikely"]),
    "many of many, filtered": (
        lambda: one("many-of", choices_from="topics"),
        ["7", SPACE, ENTER],
        ["topic-7"],
    ),
    "open many-of": (
        lambda: one("many-of", **OPEN),
        ["ms li, 张工", ENTER],
        ["Ms Li", "张工"],
    ),
    "ticks": (lambda: one("ticks", choices=FORECAST[:2]), [DOWN, SPACE, ENTER], {"likely": False, "even": True}),
    "no ticks": (lambda: one("ticks", choices=FORECAST[:2]), [ENTER], {"likely": False, "even": False}),
}


@pytest.mark.parametrize(("build", "typed", "answer"), KINDS.values(), ids=KINDS)
def test_every_kind_of_question_is_answered_with_few_keys(
    desk: Desk, build: Callable[[], Walk], typed: list[str], answer: Any
) -> None:
    assert desk.walks(build(), *typed).answers == {"it": answer}
    assert desk.kept[-1]["it"] == answer


CHECKS = {
    "d": "done",
    "1": "done",
    ENTER: "done",
    "s": "skip",
    "n": "not-now",
    f"mno time{ENTER}": {"state": "not-now", "note": "no time"},
    f"m{ENTER}": "not-now",
    f"m{BACK}s": "skip",
    f"{DOWN}{ENTER}": "skip",
}


@pytest.mark.parametrize(("typed", "answer"), CHECKS.items())
def test_a_check_takes_one_key_and_a_note_where_it_is_wanted(desk: Desk, typed: str, answer: Any) -> None:
    assert desk.walks(one("check"), typed).answers == {"checklist": {"it": answer}}


PLAIN = ["text", "long", "number", "date", "yes-no"]
ALL_KINDS = {
    **{kind: (lambda kind=kind: one(kind)) for kind in PLAIN},
    "one-of": lambda: one("one-of", choices=FORECAST),
    "one of many": lambda: one("one-of", choices_from="topics"),
    "open one-of": lambda: one("one-of", **OPEN),
    "many-of": lambda: one("many-of", choices=FORECAST),
    "many of many": lambda: one("many-of", choices_from="topics"),
    "ticks": lambda: one("ticks", choices=FORECAST),
    "check": lambda: one("check"),
}
every_kind = pytest.mark.parametrize("build", ALL_KINDS.values(), ids=ALL_KINDS)


@every_kind
def test_ctrl_s_skips_any_question(desk: Desk, build: Callable[[], Walk]) -> None:
    walk = desk.walks(build(), SKIP)

    assert (walk.answers, walk.current) == ({}, None)
    assert walk.state["_skipped"]


@pytest.mark.parametrize("kind", ["text", "number", "date", "yes-no", "one-of"])
def test_enter_skips_what_has_no_default(desk: Desk, kind: str) -> None:
    assert desk.walks(one(kind, choices=FORECAST if kind == "one-of" else ()), ENTER).answers == {}


@every_kind
def test_why_tells_the_reason_and_asks_again(desk: Desk, build: Callable[[], Walk]) -> None:
    assert desk.walks(build(), "?", SKIP).answers == {}
    assert "why it" in desk.read


def test_a_question_mark_in_the_middle_of_a_text_is_a_question_mark(desk: Desk) -> None:
    assert desk.walks(one("text"), "really?", ENTER).answers == {"it": "really?"}


def test_a_question_without_a_reason_says_so(desk: Desk) -> None:
    desk.walks(one("text", why=None), "？", ENTER, lang="zh")

    assert "这一条没有写缘由。" in desk.read


@every_kind
@pytest.mark.parametrize("key", [BACK, SHIFT_TAB])
def test_back_works_in_every_kind_of_prompt(desk: Desk, build: Callable[[], Walk], key: str) -> None:
    second = build().checklists[0].sections[0].questions[0]
    walk = a_walk(checklist(section("only", question("first"), second)))

    after = desk.walks(walk, "a", ENTER, key, "b", ENTER, SKIP)

    assert after.answers == {"first": "ab"}
    assert [state.get("first") for state in desk.kept] == ["a", "a", "ab", "ab"]


@every_kind
@pytest.mark.parametrize("key", [PAUSE, CTRL_C, CTRL_D])
def test_a_pause_in_any_prompt_says_how_to_go_on_and_has_kept_everything(
    desk: Desk, build: Callable[[], Walk], key: str
) -> None:
    second = build().checklists[0].sections[0].questions[0]
    walk = a_walk(checklist(section("only", question("first"), second)))

    with pytest.raises(Interrupted) as paused:
        desk.walks(walk, "a", ENTER, key)

    assert (paused.value.key, paused.value.exit_code) == ("walk-paused", 130)
    assert paused.value.facts == {"command": "salescoach debrief acme"}
    assert desk.kept == [{"first": "a"}]


def test_a_terminal_that_is_gone_is_a_pause(desk: Desk) -> None:
    threading.Timer(0.2, desk.keys.close).start()

    with pytest.raises(Interrupted):
        desk.walks(one("text"), "half a wo")


def test_what_does_not_fit_is_said_and_asked_again_with_the_words_still_there(desk: Desk) -> None:
    walk = desk.walks(one("date"), "next year", ENTER, ERASE, "tomorrow", ENTER)

    assert walk.answers == {"it": "2026-11-27"}
    assert "“next year” is no date that I understand." in desk.read
    assert "1/1 it? Fri 27 Nov 2026" in desk.read


def test_what_did_not_fit_can_be_mended_where_it_stands(desk: Desk) -> None:
    assert desk.walks(one("date"), "next tu", ENTER, "e", ENTER).answers == {"it": "2026-12-01"}


def test_a_required_question_insists(desk: Desk) -> None:
    assert desk.walks(one("text", required=True), ENTER, SKIP, "x", ENTER).answers == {"it": "x"}
    assert desk.read.count("This one needs an answer.") == 2


def test_the_default_is_one_enter_away(desk: Desk) -> None:
    words = {"text": "王总", "date": "2026-12-01", "yes-no": False}
    picks = {"one-of": "even", "many-of": ["even"], "ticks": {"likely": False, "even": True, "unlikely": False}}
    asked = [question(kind, kind, choices=FORECAST if kind in picks else ()) for kind in {**words, **picks}]
    walk = a_walk(checklist(section("only", *asked)), known={**words, **picks})

    assert desk.walks(walk, ENTER * 6).answers == {**words, **picks}


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        (["14:05"], "14:05"),
        (["张工"], "张工"),
        ([END, " or so"], "11:44 or so"),
        ([RUB_OUT], "11:4"),
    ],
    ids=["typed over", "typed over in Chinese", "gone on with", "mended"],
)
def test_what_was_only_known_is_typed_over_until_somebody_moves_in_it(
    desk: Desk, typed: list[str], answer: str
) -> None:
    walk = a_walk(checklist(section("only", question("when"))), known={"when": "11:44"})

    assert desk.walks(walk, *typed, ENTER).answers == {"when": answer}


def test_what_was_said_in_this_walk_is_changed_and_not_typed_over(desk: Desk) -> None:
    walk = a_walk(checklist(section("only", question("first"), question("second"))), known={"first": "x"})

    assert desk.walks(walk, "ab", ENTER, BACK, "c", ENTER, ENTER).answers == {"first": "abc"}


def test_clearing_a_text_takes_the_answer_back(desk: Desk) -> None:
    walk = a_walk(checklist(section("only", question("first"), question("second"))))

    assert desk.walks(walk, "a", ENTER, BACK, ERASE, ENTER, ENTER).answers == {}


def test_headings_and_what_was_said_stay_as_lines(desk: Desk) -> None:
    fields = (question("who"), question("by", "date"))
    group = question("agreed", "group", repeat=True, fields=fields)
    walk = a_walk(checklist(section("happened", question("ended", "yes-no")), section("next", group)))

    desk.walks(walk, "y", "Li", ENTER, "12-01", ENTER, ENTER, lang="zh")

    assert desk.read == [
        "-- 第happened节 --",
        "1/2 ended是什么？ 是",
        "-- 第next节 --",
        "agreed是什么？",
        "2/2 who是什么？ Li",
        "2/2 by是什么？ 2026年12月1日（周二）",
        "agreed是什么？（第2项）",
        "2/2 who是什么？ -",
    ]


def test_every_answer_is_kept_before_the_next_question_appears(desk: Desk) -> None:
    walk = a_walk(checklist(section("only", question("first"), question("second"))))
    seen: list[tuple[int, str]] = []
    desk.keys.send_text(f"a{ENTER}b{ENTER}")

    run(
        walk,
        "en",
        keep=lambda state: seen.append((len(state), "kept")),
        resume="x",
        input=desk.keys,
        output=DummyOutput(),
        echo=lambda line: seen.append((0, line)),
    )

    assert seen == [(0, "-- Only --"), (0, "1/2 first? a"), (1, "kept"), (0, "2/2 second? b"), (2, "kept")]


@pytest.mark.parametrize(
    ("kind", "row", "answer"), [("one-of", ["7", ENTER], "topic-7"), ("many-of", ["7", SPACE, ENTER], ["topic-7"])]
)
def test_what_no_row_of_a_list_holds_takes_none(desk: Desk, kind: str, row: list[str], answer: Any) -> None:
    walk = one(kind, choices_from="topics")

    assert desk.walks(walk, "Siem", ENTER, SPACE, ENTER, RUB_OUT * 4, *row).answers == {"it": answer}


def refuse_seven(path: Path, held: Any) -> None:
    if held == "seven":
        raise InvalidError("answer-not-a-name", answer="seven")


def test_what_the_walk_refuses_is_said_and_asked_again(desk: Desk) -> None:
    walk = a_walk(checklist(section("only", question("it"))), check=refuse_seven)

    assert desk.walks(walk, "seven", ENTER, ERASE, "eight", ENTER).answers == {"it": "eight"}
    assert desk.read[1] == say("error.answer-not-a-name", "en", answer="seven")


def test_the_samples_have_too_many_topics_for_digits_and_few_contacts() -> None:
    assert len(TOPICS) > 9 > len(CONTACTS)


@pytest.mark.parametrize("key", [key for key in MESSAGES if key.startswith("keys") or key == "no-match"])
def test_the_line_of_keys_fits_forty_columns_in_both_languages(key: str) -> None:
    assert max(get_cwidth(line) for line in MESSAGES[key]) < 40


def test_ctrl_c_while_an_answer_is_being_kept_is_a_pause_too(desk: Desk) -> None:
    def keep(state: dict[str, Any]) -> None:
        raise KeyboardInterrupt

    desk.keys.send_text(f"a{ENTER}")
    with pytest.raises(Interrupted):
        run(one("text"), "en", keep=keep, resume="x", input=desk.keys, output=DummyOutput(), echo=desk.read.append)


def test_a_disk_that_cannot_keep_an_answer_is_no_pause(desk: Desk) -> None:
    def keep(state: dict[str, Any]) -> None:
        raise OSError("full")

    desk.keys.send_text(f"a{ENTER}")
    with pytest.raises(OSError, match="full"):
        run(one("text"), "en", keep=keep, resume="x", input=desk.keys, output=DummyOutput(), echo=desk.read.append)
