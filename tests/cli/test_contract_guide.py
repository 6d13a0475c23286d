"""`salescoach guide` and `playbook sources` as CLI.md fixes them."""

import pytest

from salescoach.wrap import cells
from tests.program import Program


def test_a_card_is_one_document(program: Program) -> None:
    found = program.json("guide", "taking", "leave")

    assert list(found) == ["schema", "query", "matches", "card"]
    assert (found["schema"], found["query"]) == ("salescoach/guide@1", "taking leave")
    assert found["matches"][0]["card"] == found["card"]["id"] == "taking-leave"
    assert [set(one) for one in found["matches"]] == [{"card", "title", "score"}] * len(found["matches"])
    for section in found["card"]["sections"]:
        assert [set(line) for line in section["lines"]] == [{"id", "text", "source"}] * len(section["lines"])


def test_a_card_has_the_same_ids_in_both_languages(program: Program) -> None:
    english, chinese = (program.json("--lang", lang, "guide", "告辞")["card"] for lang in ("en", "zh"))

    assert [[one["id"] for one in part["lines"]] for part in english["sections"]] == [
        [one["id"] for one in part["lines"]] for part in chinese["sections"]
    ]
    assert english["title"] != chinese["title"]


def test_why_says_where_each_line_comes_from(program: Program) -> None:
    found = program.json("guide", "taking-leave", "--why")

    assert all({"id", "playbook", "version", "source"} <= set(one) for one in found["why"])
    assert "S002-LEAVE5" in program.ok("guide", "taking-leave", "--why")


def test_without_words_every_card_is_listed(program: Program) -> None:
    listed = program.json("guide")["cards"]

    assert {"id", "shelf", "title"} == set(listed[0])
    shown = program.ok("guide")
    assert all(one["id"] in shown for one in listed)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_words_that_no_card_speaks_of_are_not_found(program: Program, lang: str) -> None:
    refused = program("--lang", lang, "guide", "qwxyz")

    assert (refused.code, refused.out) == (3, "")
    assert "salescoach guide" in refused.err
    assert program.json("guide", "qwxyz", code=3)["card"] is None


@pytest.mark.unmeasured
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_card_fits_a_narrow_screen_too(program: Program, lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = [one["id"] for one in program.json("guide")["cards"]]
    monkeypatch.setenv("COLUMNS", "40")

    for id_ in ids:
        shown = program.ok("--lang", lang, "guide", id_)
        assert max(map(cells, shown.splitlines())) <= 40, id_


def test_the_table_of_the_sources_says_what_covers_what(program: Program) -> None:
    table = program.json("playbook", "sources")

    assert list(table) == ["schema", "ids", "uncovered"]
    assert table["schema"] == "salescoach/sources@1"
    assert table["uncovered"] == []
    for one in table["ids"]:
        assert {"id", "title", "items", "covered_by"} <= set(one)
        assert one["covered_by"] or one["not_content"], one["id"]


@pytest.mark.parametrize(("lang", "said"), [("en", "not carried whole: 0."), ("zh", "还没收全的：0项。")])
def test_the_table_can_be_read(program: Program, lang: str, said: str) -> None:
    shown = program.ok("--lang", lang, "playbook", "sources")

    assert "S002-LEAVE5" in shown
    assert shown.rstrip().endswith(said)
