"""`salescoach me`, `crisis` and `today` as CLI.md fixes them."""

from pathlib import Path

import pytest
import yaml

from tests.program import CLIENT, ME, USER, Program

AMMERFELD = CLIENT["en"]
KINDS = ["goodwill", "product", "financial", "property", "talent"]


# me


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_me_says_who_the_rep_is_and_keeps_it(program: Program, lang: str) -> None:
    program.ok("--lang", lang, "me", "--answers", "-", stdin=ME[lang])

    kept = program.json("me", "--answers", "-")
    assert {"schema", "name", "company", "products", "proof_points", "style"} <= set(kept)
    assert kept["schema"] == "salescoach/me@1"
    expected = yaml.safe_load(ME[lang])
    assert {key: kept[key] for key in expected} == expected


def test_the_questions_of_me_hold_what_is_known_and_fed_back_change_nothing(book: Program) -> None:
    template = book.ok("me", "--questions")

    assert yaml.safe_load(template)["company"] == "Morvale Seals"
    before = book.json("me", "--answers", "-")
    assert book.json("me", "--answers", "-", stdin=template) == before


def test_one_answer_changes_one_thing(book: Program) -> None:
    kept = book.json("me", "--answers", "-", stdin="name: J. Brandt\n")

    assert (kept["name"], kept["company"]) == ("J. Brandt", "Morvale Seals")


def test_suggested_lines_are_filled_with_what_me_said(book: Program) -> None:
    text = book.ok("debrief", AMMERFELD, "--answers", "-", stdin="next_date: fri\n")

    assert "Jana Brandt, Morvale Seals" in text


# crisis


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_crisis_works_without_a_client(program: Program, kind: str) -> None:
    template = yaml.safe_load(program.ok("crisis", kind, "--questions"))
    key = next(key for key, said in template.items() if said is None)

    made = program.json("crisis", kind, "--answers", "-", stdin=f"{key}: yes\n")

    assert made["schema"].startswith("salescoach/crisis")
    assert kind in made.values()


def test_a_crisis_plan_has_the_same_ids_in_both_languages(program: Program) -> None:
    template = program.ok("crisis", "product", "--questions")
    documents = [
        program.json("--lang", lang, "crisis", "product", "--fresh", "--answers", "-", stdin=template)
        for lang in ("en", "zh")
    ]

    for made in documents:
        assert made.pop("id"), "of the record: each has its own"

    def ids(found: object) -> list[str]:
        if isinstance(found, list):
            return [id_ for one in found for id_ in ids(one)]
        if not isinstance(found, dict):
            return []
        return ([found["id"]] if "id" in found else []) + [id_ for one in found.values() for id_ in ids(one)]

    assert ids(documents[0]) == ids(documents[1])


def test_the_same_questions_are_asked_of_every_kind_in_their_order_and_fed_back_say_nothing(program: Program) -> None:
    template = program.ok("crisis", "talent", "--questions")

    assert program("crisis", "talent", "--answers", "-", stdin=template).code == 0


@pytest.mark.parametrize("words", [["crisis"], ["crisis", "weather"]])
def test_a_crisis_of_no_kind_is_wrong_usage_that_names_the_kinds(program: Program, words: list[str]) -> None:
    ran = program(*words)

    assert (ran.code, ran.out) == (2, "")
    assert all(kind in ran.err for kind in KINDS)


def test_a_crisis_without_a_kind_is_asked_for_one_and_no_empty_name_is_quoted(program: Program) -> None:
    for lang, asked in (
        ("en", "Say which kind of crisis it is: goodwill"),
        ("zh", "请说明出的是哪一类事：goodwill 商誉"),
    ):
        err = program("--lang", lang, "crisis").err

        assert err.startswith(asked)
        assert "“”" not in err


def test_a_crisis_plan_goes_to_a_file(program: Program, tmp_path: Path) -> None:
    target = tmp_path / "plan.txt"

    said = program.ok("crisis", "product", "-o", str(target), "--answers", "-")

    assert str(target) in said
    assert target.read_text("utf-8").startswith("Crisis plan · product")


# today


@pytest.mark.parametrize("words", [[], ["today"]])
def test_an_empty_book_shows_three_steps(program: Program, words: list[str]) -> None:
    out = program.ok(*words)

    assert [line.split()[:2] for line in out.splitlines()[1:]] == [
        ["salescoach", "me"],
        ["salescoach", "client"],
        ["salescoach", "prep"],
    ]
    assert program.json("today")["schema"] == "salescoach/today@1"


def test_the_program_alone_is_today(book: Program) -> None:
    assert book.ok() == book.ok("today")


def test_today_names_what_is_to_prep_to_debrief_and_due(book: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    book.ok("prep", AMMERFELD, "--when", "today", "--answers", "-")
    book.ok("client", "add", "Other Ltd")
    book.ok("prep", "Other Ltd", "--when", "2026-12-03", "--answers", "-")
    book.ok("promise", "add", AMMERFELD, "bring samples", "--by", "2026-12-02", "--theirs", "--who", USER["en"])

    found = book.json("today")

    assert list(found)[:6] == ["schema", "prep", "ready", "debrief", "promises", "next"]
    assert [(one["client"], one["when"]) for one in found["ready"]] == [("Other Ltd", "2026-12-03")]  # prep was walked
    assert [(one["client"], one["when"]) for one in found["debrief"]] == [(AMMERFELD, "2026-12-01")]
    assert [(one["what"], one["by"], one["overdue"]) for one in found["promises"]] == [
        ("send the test report for the 80 mm kit", "2026-11-20", True),
        ("bring samples", "2026-12-02", False),
    ]
    out = book.ok("today")
    assert len(out.splitlines()) <= 24
    assert f"salescoach debrief '{AMMERFELD}'" in out
    assert "11 d overdue" in out


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_day_that_asks_nothing_says_so(program: Program, lang: str) -> None:
    program.ok("client", "add", "Quiet Ltd")

    assert len(program.ok("--lang", lang, "today").splitlines()) == 2
