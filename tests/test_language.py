"""Two languages: texts of playbooks, messages of the program, dates, and text from outside made harmless."""

import errno
import os
import re
import shlex
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescoach.language import LANGS, parse_lang, pick, quoted, say, show_day, told, visible
from tests.source import AREAS, calls, facts, literals, messages, patterns, placeholders, said

CHINESE = re.compile(r"[\u3400-\u9fff]")
HALF_WIDTH = re.compile(r"[\u3400-\u9fff][,;:!?.]|[,;!?][\u3400-\u9fff]")
#: What is typed or filled in, and the same in every language.
NOTATION = re.compile(
    r"\{[^}]*\}|“[^”]*”|\"[^\"]*\"|\[[^\]]*\]|--[\w-]+|salescoach( [a-z]+)*|[a-z]+-[a-z-]+|\w+(\|\w+)+|YAML|JSON|  \? ?"
)


# Every message


@pytest.mark.parametrize("area", AREAS)
def test_every_message_has_both_languages(area: str) -> None:
    for key, (english, chinese) in messages().items():
        if key.startswith(f"{area}."):
            assert english, key
            assert chinese, key
            sentence = len(re.findall(r"\b[a-z]{2,}\b", NOTATION.sub("", english))) > 2
            assert CHINESE.search(chinese) or not sentence, key


def test_both_languages_of_a_message_have_the_same_placeholders() -> None:
    differing = [
        key
        for key, (english, chinese) in messages().items()
        if not key.startswith("scaffold.") and placeholders(english) != placeholders(chinese)
    ]

    assert differing == []


def test_chinese_messages_have_chinese_punctuation() -> None:
    wrong = {
        key: found[0]
        for key, (_, chinese) in messages().items()
        if not key.startswith("scaffold.") and (found := HALF_WIDTH.search(NOTATION.sub("", chinese)))
    }

    assert wrong == {}


def test_every_message_that_is_asked_for_by_name_is_there() -> None:
    asked = [(place, key) for place, call in calls("say") if call.args for key in said(call.args[0])]

    assert len(asked) > 100
    assert [(place, key) for place, key in asked if key not in messages()] == []


def test_every_help_of_an_option_or_command_that_looks_like_a_key_is_there() -> None:
    helps = [
        (place, key)
        for place, call in calls("Option", "Argument", "Typer", "command", "callback")
        for word in call.keywords
        if word.arg == "help"
        for key in said(word.value)
    ]

    assert len(helps) > 60
    assert [(place, key) for place, key in helps if key not in messages()] == []


def test_every_message_gets_the_facts_that_its_placeholders_name() -> None:
    short = []
    for place, call in calls("say"):
        given_facts = facts(call)
        for key in said(call.args[0]) if call.args and given_facts is not None else ():
            wanted = placeholders(messages()[key][0])
            if not wanted <= given_facts:
                short.append((place, key, wanted - given_facts))

    assert short == []


def test_no_message_is_left_that_nobody_asks_for() -> None:
    """A key is asked for in full, by an f-string with a beginning of its own, or its name stands somewhere as it is."""
    unused = []
    for full in messages():
        area, _, key = full.partition(".")
        names = {full, key}
        if area == "error":
            names |= {key.removesuffix("-hint"), key.removeprefix("answers-").removesuffix("-hint")}
        if area == "lint":
            names |= {key.removesuffix("-todo")}
        if not names & literals() and not any(
            _asks_for(pattern.pattern, name) for pattern in patterns() for name in names
        ):
            unused.append(full)

    assert unused == []


def _asks_for(pattern: str, name: str) -> bool:
    """The f-string may become this name, and says more than an area."""
    fixed = pattern.replace("[^.]+", "")
    return re.fullmatch(pattern, name) is not None and bool(re.search(r"[a-z]{2,}\\?-|-[a-z]{2,}", fixed))


def test_a_message_that_is_not_there_is_our_bug() -> None:
    with pytest.raises(KeyError):
        say("cli.no-such-message", "en")


# Texts and languages


def test_a_text_in_one_language_alone_is_shown_in_both() -> None:
    assert [pick({"zh": "你好"}, lang) for lang in LANGS] == ["你好", "你好"]
    assert [pick("hello", lang) for lang in LANGS] == ["hello", "hello"]
    assert [pick({"en": "hello", "zh": "你好"}, lang) for lang in LANGS] == ["hello", "你好"]
    assert pick({}, "en") == ""


@pytest.mark.parametrize(
    ("name", "lang"),
    [
        *[("en", "en"), ("EN", "en"), ("en_GB.UTF-8", "en"), ("en-GB", "en"), ("en.UTF-8", "en")],
        *[("zh", "zh"), ("zh_CN.UTF-8", "zh"), ("zh-Hant-TW", "zh"), ("ZH_cn", "zh")],
        *[("fr_FR", None), ("", None), ("C", None), ("POSIX", None), ("english", None), ("zhuang", None)],
    ],
)
def test_a_code_or_locale_names_a_language_or_none(name: str, lang: str | None) -> None:
    assert parse_lang(name) == lang


def test_a_day_is_shown_with_its_weekday() -> None:
    day = date(2026, 12, 1)

    assert [show_day(day, lang) for lang in LANGS] == ["Tue 1 Dec 2026", "2026年12月1日（周二）"]
    assert [show_day(day, lang, year=False) for lang in LANGS] == ["Tue 1 Dec", "12月1日（周二）"]


@given(st.dates())
def test_the_weekday_and_the_day_shown_are_those_of_the_calendar(day: date) -> None:
    shown = show_day(day, "en").split()

    assert shown == [f"{day:%a}", str(day.day), f"{day:%b}", str(day.year)]
    assert show_day(day, "zh").endswith("（周" + "一二三四五六日"[day.weekday()] + "）")


# Text from outside


@given(st.text())
def test_nothing_that_acts_on_a_terminal_is_left_in_visible_text(text: str) -> None:
    shown = visible(text)

    assert shown.isprintable() or shown == ""
    assert visible(shown) == shown


@given(st.text(st.characters(exclude_categories=["C", "Z"])))
def test_plain_text_of_any_script_is_shown_as_it_is(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", r"\x1b[31mred"),
        ("a\tb\nc\u3000d", "a b c d"),
        ("\u202egnp.exe", r"\u202egnp.exe"),
        ("zero\u200bwidth", r"zero\u200bwidth"),
        ("bell\x07", r"bell\x07"),
    ],
)
def test_escapes_and_direction_marks_stand_as_text(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text(st.characters(exclude_characters="\0"), min_size=1))
def test_a_quoted_name_is_one_word_of_a_shell(name: str) -> None:
    assert shlex.split(quoted(name)) == [name]


def test_what_the_system_says_is_said_in_the_language_of_the_rep() -> None:
    facts = {"why": os.strerror(errno.ENOSPC), "path": "x", "rows": 3}

    assert told(facts, "zh") == {"why": "磁盘满了", "path": "x", "rows": 3}
    assert told(facts, "en")["why"] == "the disk is full"
    assert told({"why": "something else"}, "zh") == {"why": "something else"}
