"""`salescoach style` as CLI.md fixes it: the four styles, the cues, the next cue, and nothing where nothing is said."""

import json

import pytest

from salescoach.wrap import cells
from tests.program import Program

STYLES = {"driver", "expressive", "amiable", "analytical"}
SAID = {"en": "talks fast, wants the bottom line", "zh": "桌上全是表格,很少笑"}
ADVICE = {"id", "text", "source"}
NOTHING = ["", "   ", "qqqq", "??", "\x1b[31m\x07", "🙂", "\ud800"]

SCREEN = {
    "en": """\
Driver, by what you say
  Driver      █████████████████████░░░░░░░░░  70%
  Expressive  ██████░░░░░░░░░░░░░░░░░░░░░░░░  21%
  Analytical  ██░░░░░░░░░░░░░░░░░░░░░░░░░░░░   6%
  Amiable     █░░░░░░░░░░░░░░░░░░░░░░░░░░░░░   3%

Cues      Talks fast · Talks about results: the bottom line
Sure?     70 %: a guess to be checked at the visit, enough to act on
Watch     Cuts small talk short
Do        Say who you are and why you came, then straight to the point.
          Put two or three clear options down and let them choose.
""",
    "zh": """\
照你说的，像分析型
  分析型  ███████████░░░  77%
  支配型  ███░░░░░░░░░░░  21%
  友善型  ░░░░░░░░░░░░░░   1%
  表达型  ░░░░░░░░░░░░░░   1%

线索
  画图、列表格 · 面无表情
把握
  77%：可以照此打，拜访时再核对
再看
  主导会谈
要
  准时到，尽快切入正题。
  把数字摆上桌：数据、计划、一张图表。
""",
}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_document_has_the_keys_of_the_contract(program: Program, lang: str) -> None:
    found = program.json("--lang", lang, "style", SAID[lang])

    assert list(found)[:4] == ["schema", "styles", "cues", "next_cue"]
    assert found["schema"] == "salescoach/style@1"
    assert {one["style"] for one in found["styles"]} == STYLES
    shares = [one["p"] for one in found["styles"]]
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) == pytest.approx(1)
    assert found["cues"]
    assert all(set(one) == ADVICE for one in [*found["cues"], found["next_cue"]])


def test_ids_are_the_same_in_both_languages_and_texts_are_not(program: Program) -> None:
    english, chinese = (program.json("--lang", lang, "style", SAID["zh"]) for lang in ("en", "zh"))

    assert [one["id"] for one in english["cues"]] == [one["id"] for one in chinese["cues"]]
    assert english["next_cue"]["id"] == chinese["next_cue"]["id"]
    assert english["cues"][0]["text"] != chinese["cues"][0]["text"]


def test_a_cue_has_the_id_that_a_debrief_takes(program: Program) -> None:
    program.ok("client", "add", "One Ltd")
    cues = [one["id"] for one in program.json("style", SAID["en"])["cues"]]

    program.ok("debrief", "One Ltd", "--answers", "-", stdin=f"cues: [{', '.join(cues)}]\n")


def test_words_need_no_quotes(program: Program) -> None:
    assert program.json("style", "talks", "fast") == program.json("style", "talks fast")


def test_what_is_denied_is_told_apart(program: Program) -> None:
    found = program.json("style", "not blunt")

    assert found["cues"] == []
    assert [one["id"] for one in found["denied"]] == ["blunt"]
    assert "Lacks     Blunt and forceful" in program.ok("style", "not blunt")


@pytest.mark.parametrize("words", NOTHING)
def test_where_nothing_is_recognised_it_exits_3_with_even_styles(program: Program, words: str) -> None:
    found = program.json("style", words, code=3)

    assert [one["p"] for one in found["styles"]] == [0.25] * 4
    assert found["cues"] == []
    assert set(found["next_cue"]) == ADVICE


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("argv", [[], *([words] for words in NOTHING)])
def test_without_json_it_is_said_on_stderr_with_three_cues_that_can_be_typed(
    program: Program, argv: list[str], lang: str
) -> None:
    ran = program("--lang", lang, "style", *argv)

    assert (ran.code, ran.out) == (3, "")
    assert "\x1b" not in ran.err
    typed = ran.err.splitlines()[-1].split('"')[1]
    assert len(program.json("--lang", lang, "style", typed)["cues"]) == 3


@pytest.mark.parametrize("words", ["talks fast " * 9000, "说话快，" * 9000, "\x00\x1b" * 50_000, "x" * 100_000])
def test_a_hundred_kilobytes_give_an_answer_or_exit_3(program: Program, words: str) -> None:
    ran = program("style", words, "--json")

    assert ran.code in (0, 3), ran
    assert json.loads(ran.out)["schema"] == "salescoach/style@1"


# The screen


@pytest.mark.parametrize(("lang", "columns"), [("en", "80"), ("zh", "40")])
def test_the_screen_is_as_it_was_agreed_on(
    program: Program, monkeypatch: pytest.MonkeyPatch, lang: str, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)

    assert program.ok("--lang", lang, "style", SAID[lang]) == SCREEN[lang]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("columns", ["80", "40"])
@pytest.mark.parametrize(
    "words", [*SAID.values(), "talks fast", "not blunt", "办公室乱，语速快，爱开玩笑，嗓门大，手势多，迟到"]
)
def test_it_fits_one_screen(
    program: Program, monkeypatch: pytest.MonkeyPatch, lang: str, columns: str, words: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)

    lines = program.ok("--lang", lang, "style", words).splitlines()

    assert all(cells(line) <= int(columns) for line in lines)
    assert len(lines) <= 24


def test_below_the_threshold_it_gives_three_cues_to_look_for_and_no_tactics(program: Program) -> None:
    out = program.ok("style", "talks fast")

    assert "\nLook for  " in out
    assert "\nDo " not in out
    assert out.partition("Look for")[2].count("\n") == 3
    assert program.json("style", "talks fast")["next_cue"]["text"] in out


def test_why_names_playbook_version_and_source(program: Program) -> None:
    out = program.ok("style", SAID["en"], "--why")

    because = program.json("style", SAID["en"], "--why")["why"]
    assert all(set(one) >= {"id", "playbook", "version", "source"} for one in because)
    assert f"styles.talks-fast: styles v{because[0]['version']} · {because[0]['source']}" in " ".join(out.split())
