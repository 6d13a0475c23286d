"""Table-top exercises of all five kinds, and a crisis handed from one rep to another in the middle of the walk."""

import json
import re
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml

from salescoach.language import LANGS, Lang, say, show_day
from tests.examples import each_once
from tests.journeys.asking import ask
from tests.journeys.program import Run
from tests.journeys.terminal import CTRL_C, ENTER, Terminal, cells, squeeze

KINDS = ("goodwill", "product", "financial", "property", "talent")
EXERCISES = Path(__file__).parent / "crises"
PHASE = ("--phase", "first-day")
Open = Callable[..., Terminal]


def told(said: Any) -> list[str]:
    """Every text of an answer that is shown as a person wrote it: no date, choice, yes or no."""
    if isinstance(said, dict):
        return [text for key, part in said.items() if key not in ("by", "audience") for text in told(part)]
    if isinstance(said, list):
        return [text for part in said for text in told(part)]
    return [] if re.fullmatch(r"[a-z-]+|[\d-]+|[是否]", said) else str(said).strip().splitlines()


class Texts(HTMLParser):
    """What is read on a page, and the tags that it is made of."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.read: list[str] = []
        self.tags: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """The tag alone matters."""
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        """Text between tags."""
        self.read.append(data)


def answers_of(kind: str) -> str:
    return (EXERCISES / f"{kind}.yaml").read_text("utf-8")


def shown(run: Run, *args: str, lang: Lang, **more: str) -> str:
    done = run("crisis", *args, *PHASE, lang=lang, **more)
    assert done.returncode == 0, done.stderr.decode()
    text: str = done.stdout.decode()
    return text


@each_once("kind, lang", KINDS, LANGS)
def test_a_table_top_exercise_comes_out_whole_on_screen_and_on_both_pages(run: Run, kind: str, lang: Lang) -> None:
    given = yaml.load(answers_of(kind), Loader=yaml.BaseLoader)
    done = run("crisis", kind, *PHASE, "--answers", "-", given=answers_of(kind), lang=lang)
    assert done.returncode == 0, done.stderr.decode()
    run("crisis", "--log", "第一通电话打完", "--by", "Karl Dorn", lang=lang)

    screen = shown(run, "--show", lang=lang)
    markdown = shown(run, "--show", "--format", "md", lang=lang)
    page = Texts(shown(run, "--show", "--format", "html", lang=lang))
    document = json.loads(shown(run, "--show", "--json", lang=lang))

    groups = [step for said in given.values() for step in (said if isinstance(said, list) else [said])]
    steps = [step for step in groups if isinstance(step, dict)]
    assert len(document["steps"]) + len(given["audiences"]) == len(steps) >= 12
    assert document["open"] <= 3, "an exercise answers what is asked of its kind"
    began = int(given["began"][:2]) * 60 + int(given["began"][3:])
    clock = [f"{(began + minutes) // 60:02}:{(began + minutes) % 60:02}" for minutes in (0, 5, 15, 30, 45, 60)]
    advice = [line["text"] for group in ("know", "fit", "forbid") for line in document["cluster"][group]]
    days = [date.fromisoformat(step["by"]) for step in steps]
    wanted = [*told(given), *clock, *advice, document["cluster"]["title"], "第一通电话打完"]
    wanted += [show_day(day, lang, year=day.year != 2026) for day in days] + [say("crisis.phase-first-day", lang)]
    for text in (screen, "".join(page.read), markdown.replace("\\", "")):
        assert [words for words in wanted if squeeze(words) not in squeeze(text)] == []
    assert {"script", "link", "img", "iframe"} & page.tags == set()


@each_once("kind, lang", KINDS, tuple(reversed(LANGS)))
def test_a_table_top_exercise_fits_the_screen(run: Run, kind: str, lang: Lang) -> None:
    run("crisis", kind, "--answers", "-", given=answers_of(kind), lang=lang)
    run("crisis", "--review", "--answers", "-", given=answers_of("review"), lang=lang)

    for columns in (40, 80):
        for words in (["--show"], ["--drafts"], ["--list"], ["--log", "x " * 60]):
            rows = shown(run, *words, lang=lang, COLUMNS=str(columns)).splitlines()
            assert [row for row in rows if cells(row) > columns] == [], (words, columns)


@pytest.mark.parametrize("lang", LANGS)
def test_a_crisis_left_half_way_is_gone_on_with_by_another_rep_in_the_other_language(
    at: Open, run: Run, home: Path, tmp_path: Path, lang: Lang
) -> None:
    other: Lang = "zh" if lang == "en" else "en"
    first = at("crisis", "product", "--for", "Acme Hydraulik", lang=lang)
    first.asked("Acme Hydraulik")
    first.presses("1")
    first.answers(ask("crisis", "began", lang), f"\x15\x0b14:05{ENTER}")
    first.answers(ask("crisis", "who_leads", lang), f"王总{ENTER}")
    first.asked(ask("crisis", "what_happened", lang))
    first.presses(f"half a wo{CTRL_C}")
    assert first.ends() == 130
    assert "salescoach crisis product --for 'Acme Hydraulik'" in first.text
    assert run("crisis", "--log", "Line 3 stopped", lang=lang).returncode == 0
    target = tmp_path / "crisis.json"
    assert run("crisis", "--export", str(target), lang=lang).returncode == 0

    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "cache").symlink_to(home / "cache")
    second = at("crisis", "--resume", str(target), lang=other, SALESCOACH_HOME=str(elsewhere))
    second.sees(say("crisis.client-added", other, name="Acme Hydraulik"))
    second.presses("1")  # what is still open
    second.answers(ask("crisis", "what_happened", other), f"Three kits leak{ENTER}")
    second.asked(ask("crisis", "people_affected", other))
    second.presses(CTRL_C)
    assert second.ends() == 130

    there = json.loads(run("crisis", "--export", "-", lang=other, SALESCOACH_HOME=str(elsewhere)).stdout)
    assert there["answers"] == {"began": "14:05", "who_leads": "王总", "what_happened": "Three kits leak"}
    assert [(one["text"], one["who"]) for one in there["log"]] == [("Line 3 stopped", "")]
    run("crisis", "--answers", "-", given="cannot_say: no names\n", lang=lang)
    here = json.loads(run("crisis", "--export", "-").stdout)
    assert here["answers"] == {"began": "14:05", "who_leads": "王总", "cannot_say": "no names"}, "nothing was lost"
    assert squeeze("Three kits leak") in squeeze(shown(run, "--show", lang=other, SALESCOACH_HOME=str(elsewhere)))


@pytest.mark.parametrize("lang", LANGS)
def test_one_part_is_gone_through_again_and_the_others_stay(at: Open, run: Run, lang: Lang) -> None:
    run("crisis", "talent", "--answers", "-", given=answers_of("talent"), lang=lang)
    before = json.loads(run("crisis", "--export", "-").stdout)["answers"]
    terminal = at("crisis", lang=lang)
    terminal.asked(say("crisis.go-show", lang))
    terminal.presses("6")  # Flexible: nothing is open, so the parts are numbered from 1
    terminal.replaces(ask("crisis", "plan_b", lang), "another plan")
    while terminal.child.isalive():
        terminal.until(lambda: bool(terminal.asking) or not terminal.child.isalive(), "the next question or the end")
        if terminal.asking:
            terminal.answers(terminal.asking.split("\n")[0].removesuffix(" "))

    assert terminal.ends() == 0
    after = json.loads(run("crisis", "--export", "-").stdout)["answers"]
    assert after == {**before, "plan_b": "another plan"}


def test_a_measure_with_two_owners_is_asked_again(at: Open, run: Run) -> None:
    run("crisis", "product", "--answers", "-", given=answers_of("product"))
    rest = {key: said for key, said in yaml.safe_load(answers_of("review")).items() if key != "prevent"}
    assert run("crisis", "--review", "--answers", "-", given=json.dumps(rest)).returncode == 0
    terminal = at("crisis", "--review")
    terminal.answers(ask("crisis-review", "prevent.what", "en"), f"A second carrier{ENTER}")
    terminal.answers(ask("crisis-review", "prevent.who", "en"), f"Tom and Karl{ENTER}")
    terminal.answers(ask("crisis-review", "prevent.by", "en"), f"2026-12-31{ENTER}")
    terminal.answers(ask("crisis-review", "prevent.what", "en"))
    terminal.sees(say("crisis.one-owner", "en", what="A second carrier", who="Tom and Karl"))
    terminal.answers(ask("crisis-review", "prevent.who", "en"), f"Tom{ENTER}")

    assert terminal.ends() == 0
    kept = json.loads(run("crisis", "--export", "-").stdout)["answers"]["prevent"]
    assert kept == [{"what": "A second carrier", "who": "Tom", "by": "2026-12-31"}]
