"""What nothing fitted, at a terminal: it becomes a phrasing, a topic of its own, or waits on the list."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from salescoach.language import pick, say
from salescoach.playbook.layers import layers
from salescoach.playbook.library import open_library
from salescoach.playbook.models import Objection
from tests.journeys.program import Run
from tests.journeys.terminal import CTRL_C, ENTER, Terminal, squeeze

LANGS = ("en", "zh")
#: Where everything is learned afresh, which takes English longer, one language is enough for every day.
LEARNED = pytest.mark.parametrize("lang", [pytest.param("en", marks=pytest.mark.torture), "zh"])
SAID = {"en": "the coffee in Vienna tastes of squirrels", "zh": "今天天气怎么样"}
#: The rows below the nearest three.
ANOTHER, OWN, LEAVE = "4", "5", "6"
Open = Callable[..., Terminal]


def waiting(run: Run) -> list[Any]:
    """What is on the list."""
    found: list[Any] = json.loads(run("playbook", "gaps", "--json").stdout)["gaps"]
    return found


def title(topic: str, lang: str) -> str:
    """A topic as it is read."""
    return pick(open_library(layers()).get(Objection, topic).title, "zh" if lang == "zh" else "en")


def asked(at: Open, lang: str) -> Terminal:
    """The program, asking what the sentence is, below what it says anywhere."""
    terminal = at("objection", SAID[lang], lang=lang)
    terminal.asked(say("gaps.which", lang))
    assert squeeze(say("error.no-objection", lang, words=SAID[lang])) in squeeze(terminal.said)
    return terminal


@LEARNED
def test_one_of_the_nearest_is_answered_at_once_and_the_sentence_is_known_from_then_on(
    at: Open, run: Run, home: Path, lang: str
) -> None:
    terminal = asked(at, lang)
    nearest = waiting(run)[0]["nearest"]
    terminal.presses("2")

    assert terminal.ends() == 0
    shown, answer = squeeze(terminal.scroll), squeeze(say("render.try", lang))
    assert squeeze(title(nearest[1], lang)) in shown
    assert answer in shown
    assert shown.index(answer) < shown.rindex(squeeze(say("objection.learning", lang))), "nobody waits for the answer"
    assert SAID[lang] in (home / "data" / "playbooks" / "phrasings" / "heard.yaml").read_text("utf-8")
    assert waiting(run) == []
    again = run("objection", SAID[lang], "--json")
    assert (again.returncode, again.stderr) == (0, b""), "nothing is left to be learned"
    found = json.loads(again.stdout)
    assert (found["matches"][0]["topic"], found["matches"][0]["score"]) == (nearest[1], 1.0)


@pytest.mark.torture
def test_another_topic_is_chosen_among_all_by_typing_some_of_it(at: Open, run: Run) -> None:
    terminal = asked(at, "en")
    terminal.presses(ANOTHER)
    terminal.until(lambda: say("walk.keys-filter-alone", "en") in terminal.text, "all topics")
    terminal.presses("budg")
    terminal.until(lambda: "Brush-off" not in terminal.asking, "the others gone")
    terminal.presses(ENTER)

    assert terminal.ends() == 0
    assert json.loads(run("objection", SAID["en"], "--json").stdout)["matches"][0]["topic"] == "budget"


@pytest.mark.torture
@pytest.mark.parametrize("lang", LANGS)
def test_a_topic_of_its_own_is_a_file_with_the_sentence_in_it(at: Open, run: Run, home: Path, lang: str) -> None:
    terminal = asked(at, lang)
    terminal.presses(OWN)

    assert terminal.ends() == 3
    (path,) = (home / "data" / "playbooks" / "objections").iterdir()
    assert squeeze(f"{path}") in squeeze(terminal.scroll)
    assert squeeze(f"salescoach playbook edit {path.stem}") in squeeze(terminal.scroll)
    assert f'phrasings:\n  {lang}:\n    - "{SAID[lang]}"\n' in path.read_text("utf-8")
    assert run("playbook", "lint", str(path)).returncode == 0
    assert waiting(run) == []
    assert json.loads(run("objection", SAID[lang], "--json").stdout)["matches"][0]["topic"] == path.stem


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("key", [LEAVE, ENTER])
def test_left_alone_it_waits_on_the_list(at: Open, run: Run, home: Path, lang: str, key: str) -> None:
    terminal = asked(at, lang)
    terminal.presses(key)

    assert terminal.ends() == 3
    assert [one["said"] for one in waiting(run)] == [SAID[lang]]
    assert not (home / "data" / "playbooks").exists()


@pytest.mark.parametrize("lang", LANGS)
def test_ctrl_c_ends_with_130_and_the_sentence_waits(at: Open, run: Run, lang: str) -> None:
    terminal = asked(at, lang)
    terminal.presses(CTRL_C)

    assert terminal.ends() == 130
    assert say("error.stopped", lang) in terminal.text
    assert [one["said"] for one in waiting(run)] == [SAID[lang]]


def test_the_question_fits_a_narrow_screen(at: Open) -> None:
    for lang in LANGS:
        terminal = at("objection", SAID[lang], lang=lang, columns=40)
        shown = terminal.asked(say("gaps.which", lang)).split("\n")
        terminal.presses(LEAVE)

        assert terminal.ends() == 3
        assert len(shown) == 8, "the question, six rows and the keys"
        assert not set(shown) & set(terminal.broken)


@pytest.mark.parametrize("args", [("--no-input", "objection", SAID["en"]), ("objection", "qqqq")])
def test_nothing_is_asked_where_nobody_answers_or_nobody_said_anything(at: Open, args: tuple[str, ...]) -> None:
    terminal = at(*args)

    assert terminal.ends() == 3
    assert say("gaps.which", "en") not in terminal.scroll


def test_the_walk_goes_on_with_what_was_adopted(at: Open) -> None:
    terminal = at("objection", SAID["en"], "--deep")
    terminal.answers(say("gaps.which", "en"), "1")
    terminal.until(lambda: "1/" in terminal.asking, "the first question of the walk")
    terminal.presses(CTRL_C)

    assert terminal.ends() == 130


def test_a_broken_file_of_phrasings_is_not_written_over(at: Open, run: Run, home: Path) -> None:
    path = home / "data" / "playbooks" / "phrasings" / "heard.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("kind: phrasings\nid: heard\n", encoding="utf-8")
    terminal = asked(at, "en")
    terminal.presses("1")

    assert terminal.ends() == 4
    assert "heard.yaml:" in terminal.scroll
    assert path.read_text("utf-8") == "kind: phrasings\nid: heard\n"
    assert [one["said"] for one in waiting(run)] == [SAID["en"]]
