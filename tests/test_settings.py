"""Where things are and how to speak: options over the environment, the environment over the platform."""

import os
from datetime import date
from pathlib import Path

import pytest

from salescoach.errors import UsageError
from salescoach.settings import choose_lang, read_settings

CLOCK = date(2026, 12, 1)


def test_one_home_holds_data_config_and_cache(tmp_path: Path) -> None:
    found = read_settings({"SALESCOACH_HOME": str(tmp_path)}, CLOCK)

    assert (found.data, found.config, found.cache) == (tmp_path / "data", tmp_path / "config", tmp_path / "cache")
    assert found.personal_playbooks == tmp_path / "data" / "playbooks"


def test_the_option_for_home_wins_over_the_variable(tmp_path: Path) -> None:
    found = read_settings({"SALESCOACH_HOME": "/elsewhere"}, CLOCK, home=tmp_path)

    assert found.data == tmp_path / "data"


def test_a_home_is_absolute_and_knows_the_tilde(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)

    assert read_settings({"SALESCOACH_HOME": "~/book"}, CLOCK).data == tmp_path / "book" / "data"
    assert read_settings({}, CLOCK, home=Path("book")).data == tmp_path / "book" / "data"


@pytest.mark.parametrize("env", [{}, {"SALESCOACH_HOME": ""}])
def test_without_a_home_everything_goes_to_the_platforms_own_folders(env: dict[str, str]) -> None:
    found = read_settings(env, CLOCK)

    assert len({found.data, found.config, found.cache}) == 3
    assert all("salescoach" in str(folder) for folder in (found.data, found.config, found.cache))


def test_team_folders_stand_between_path_separators_and_later_ones_come_later(tmp_path: Path) -> None:
    both = os.pathsep.join([str(tmp_path / "one"), "", str(tmp_path / "two")])

    assert read_settings({"SALESCOACH_PLAYBOOKS": both}, CLOCK).team_playbooks == (tmp_path / "one", tmp_path / "two")
    assert read_settings({}, CLOCK).team_playbooks == ()


def test_today_is_the_clocks_unless_it_is_fixed() -> None:
    assert read_settings({}, CLOCK).today == CLOCK
    assert read_settings({"SALESCOACH_TODAY": ""}, CLOCK).today == CLOCK
    assert read_settings({"SALESCOACH_TODAY": "2027-02-28"}, CLOCK).today == date(2027, 2, 28)


@pytest.mark.parametrize("text", ["tomorrow", "2026-02-30", "1.12.2026", "12-01"])
def test_a_today_that_is_no_iso_date_is_wrong_usage(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_settings({"SALESCOACH_TODAY": text}, CLOCK)

    assert (caught.value.key, caught.value.facts) == ("today-unclear", {"text": text})


@pytest.mark.parametrize(
    ("env", "wanted", "lang"),
    [
        ({"SALESCOACH_LANG": "en", "LC_ALL": "en_US"}, "zh", "zh"),
        ({"SALESCOACH_LANG": "zh", "LC_ALL": "en_US"}, None, "zh"),
        ({"LC_ALL": "zh_CN.UTF-8", "LC_MESSAGES": "en_US", "LANG": "en_US"}, None, "zh"),
        ({"LC_ALL": "", "LC_MESSAGES": "zh_CN", "LANG": "en_US"}, None, "zh"),
        ({"LANG": "zh_TW.UTF-8"}, None, "zh"),
        ({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, None, "en"),
        ({"LANG": "de_DE.UTF-8"}, None, "en"),
        ({}, None, "en"),
        ({"SALESCOACH_LANG": ""}, "", "en"),
    ],
)
def test_the_language_is_the_options_then_the_variables_then_the_locales(
    env: dict[str, str], wanted: str | None, lang: str
) -> None:
    assert choose_lang(env, wanted) == lang


@pytest.mark.parametrize(("env", "wanted"), [({}, "fr"), ({"SALESCOACH_LANG": "fr"}, None)])
def test_another_language_is_wrong_usage_that_says_where_it_was_asked_for(
    env: dict[str, str], wanted: str | None
) -> None:
    with pytest.raises(UsageError) as caught:
        choose_lang(env, wanted)

    assert caught.value.facts == {"origin": "--lang" if wanted else "SALESCOACH_LANG", "name": "fr"}


def test_nothing_but_the_arguments_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SALESCOACH_LANG", "zh")
    monkeypatch.setenv("SALESCOACH_TODAY", "1999-01-01")

    found = read_settings({}, CLOCK)

    assert (found.lang, found.today) == ("en", CLOCK)
