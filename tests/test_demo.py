"""The demo's story, played in both languages: what a newcomer sees first has to be true."""

import io
import shlex
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest
import yaml

from salescoach.cli import main

ROOT = Path(__file__).resolve().parent.parent


def story(lang: str) -> dict[str, Any]:
    """What `make demo` plays in a language."""
    told: dict[str, Any] = yaml.safe_load((ROOT / "demo" / lang / "story.yaml").read_text(encoding="utf-8"))
    return told


@pytest.fixture(params=["en", "zh"], scope="module")
def lang(request: pytest.FixtureRequest) -> str:
    """Each language in turn."""
    return str(request.param)


@pytest.fixture(scope="module")
def played(lang: str, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What each command of the story printed, in order; every one of them ended well and in silence."""
    told = story(lang)
    fixed = {"SALESCOACH_LANG": lang, "SALESCOACH_TODAY": str(told["today"]), "COLUMNS": "80", "NO_COLOR": "1"}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        patch.setenv("SALESCOACH_HOME", str(tmp_path_factory.mktemp("demo")))
        for name, text in fixed.items():
            patch.setenv(name, text)
        return [printed(step) for step in told["steps"]]


def printed(step: dict[str, Any]) -> str:
    """What one step prints, which must be no complaint; walks are answered from their files."""
    argv = shlex.split(step["run"])[1:] + (["--answers", step["answers"]] if "answers" in step else [])
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main(argv)
    assert (code, err.getvalue()) == (0, ""), f"{step['run']}: {err.getvalue()}"
    return out.getvalue()


def test_the_demo_shows_the_three_uses_on_one_screen_each(played: list[str]) -> None:
    prep, debrief, objection = (len(screen.splitlines()) for screen in played[-3:])

    assert prep <= 24
    assert debrief <= 30, "the verdict, and the message to copy below it"
    assert objection <= 24


def test_the_demo_prepares_for_what_was_left_open(lang: str, played: list[str]) -> None:
    """The overdue promise and the unresolved objection of the first visit stand in the brief for the next."""
    prep = played[-3]

    for words in {"en": ("send the test report", "20 Nov", "open)"), "zh": ("检测报告", "11月20日", "未解决")}[lang]:
        assert words in prep


def test_the_demo_ends_in_an_advance_and_an_answer_with_the_reps_own_proof(lang: str, played: list[str]) -> None:
    _, debrief, objection = played[-3:]

    assert debrief.startswith({"en": "ADVANCE", "zh": "有进展"}[lang])
    assert {"en": "A dairy two valleys from here", "zh": "无锡一家乳品厂"}[lang] in objection


def test_the_demo_is_the_same_story_in_both_languages() -> None:
    told = [[(sorted(step), step["run"].split()[1:3]) for step in story(lang)["steps"]] for lang in ("en", "zh")]

    assert [keys for keys, _ in told[0]] == [keys for keys, _ in told[1]]
    assert [words[0] for _, words in told[0]] == [words[0] for _, words in told[1]]
