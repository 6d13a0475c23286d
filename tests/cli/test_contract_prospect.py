"""`salescoach prospect` as CLI.md fixes it: leads from a file become clients, people and first visits."""

from typing import Any

import pytest
import yaml

from salescoach.wrap import cells
from tests.program import CLIENT, USER, Program

AMMERFELD, KARL = CLIENT["en"], USER["en"]
BRANDT = """\
{name: Brandt Pumps, way: trade-fairs, why: their stand leaked, contact: Uwe Lenz, position: Head of maintenance,
 channel: introduction, opening: Karl Dorn said that I should call you., when: fri}"""


def walk(*leads: str) -> str:
    return "ways: [trade-fairs, referral]\nleads:\n" + "".join(f"  - {lead}\n" for lead in leads)


def prospect(program: Program, *leads: str) -> dict[str, Any]:
    return program.json("prospect", "--answers", "-", stdin=walk(*leads))


def client(program: Program, name: str) -> dict[str, Any]:
    return program.json("client", "show", name)


def test_the_document_has_the_keys_of_the_contract(program: Program) -> None:
    found = prospect(program, BRANDT)

    assert list(found)[:4] == ["schema", "added", "planned", "ways"]
    assert found["schema"] == "salescoach/prospect@1"
    assert found["added"] == ["Brandt Pumps"]
    ((visit),) = found["planned"]
    assert (visit["client"], visit["when"]) == ("Brandt Pumps", "2026-12-04")
    assert program.json("visit", "show", visit["visit"])["visit"]["purpose"] == "first-visit"
    assert len(found["ways"]) == 10
    assert all({"id", "title", "text"} <= set(way) for way in found["ways"])


def test_ways_have_the_same_ids_in_both_languages_and_titles_of_their_own(program: Program) -> None:
    english, chinese = (program.json("--lang", lang, "prospect", "--answers", "-")["ways"] for lang in ("en", "zh"))

    assert [way["id"] for way in english] == [way["id"] for way in chinese]
    assert all(one["title"] != other["title"] for one, other in zip(english, chinese, strict=True))


def test_a_lead_becomes_a_client_with_a_person_and_a_first_visit(program: Program) -> None:
    prospect(program, BRANDT)

    known = client(program, "Brandt Pumps")
    assert (known["client"]["kind"], known["client"]["tags"]) == ("company", ["prospect", "way:trade-fairs"])
    assert known["client"]["remarks"] == "their stand leaked · found: Trade fairs and conferences"
    (person,) = known["contacts"]
    assert (person["name"], person["position"]) == ("Uwe Lenz", "Head of maintenance")
    visit = known["next_visit"]
    assert visit["contact_ids"] == [person["id"]]
    assert visit["plan"]["primary_advance"] is None
    assert visit["plan"]["notes"].splitlines() == [
        "Why them: their stand leaked",
        "Introduction by a third person",
        "Opening: Karl Dorn said that I should call you.",
    ]


def test_prep_goes_on_with_the_visit_and_its_opening(program: Program) -> None:
    planned = prospect(program, BRANDT)["planned"][0]["visit"]

    template = yaml.safe_load(program.ok("prep", "Brandt Pumps", "--questions"))
    assert (template["purpose"], str(template["when"])) == ("first-visit", "2026-12-04")
    assert "Karl Dorn said" in template["notes"]
    program.ok("prep", "Brandt Pumps", "--answers", "-", stdin="forecast: even\n")
    assert [one["visit"]["id"] for one in program.json("visit", "list")["visits"]] == [planned]


def test_a_client_of_exactly_that_name_is_not_added_twice(book: Program) -> None:
    found = prospect(book, f"{{name: {AMMERFELD.upper()}, way: referral, contact: {KARL}, when: fri}}")

    assert (found["added"], found["known"]) == ([], [AMMERFELD])
    known = client(book, AMMERFELD)
    assert len(known["contacts"]) == 2
    assert known["client"]["tags"] == []
    assert known["next_visit"]["when"] == "2026-12-04"


def test_an_alias_or_another_legal_form_is_the_client_too(book: Program) -> None:
    book.ok("client", "rename", AMMERFELD, "Ammerfeld Systems")

    assert prospect(book, f"{{name: {AMMERFELD}}}")["known"] == ["Ammerfeld Systems"]
    assert prospect(book, "{name: Ammerfeld Systems GmbH}")["known"] == ["Ammerfeld Systems"]


@pytest.mark.parametrize("name", ["Ammer", "Amerfeld Hydraulik"])
def test_whether_a_near_name_is_that_client_is_not_guessed_and_the_others_are_kept(book: Program, name: str) -> None:
    leads, before = walk(f"{{name: {name}, when: fri}}", BRANDT), client(book, AMMERFELD)["next_visit"]
    found = book.json("prospect", "--answers", "-", stdin=leads, code=3)

    assert found["unclear"] == [{"name": name, "nearest": [AMMERFELD]}]
    assert (found["added"], found["known"]) == (["Brandt Pumps"], [])
    assert client(book, AMMERFELD)["next_visit"] == before
    shown = book("prospect", "--answers", "-", stdin=leads)
    assert (shown.code, f"salescoach client add {name}" in shown.out.replace("'", "")) == (3, True)


def test_a_name_near_the_lead_before_it_is_not_guessed_either(program: Program) -> None:
    found = program.json("prospect", "--answers", "-", stdin=walk("{name: 恒泰泵业}", "{name: 恒泰}"), code=3)

    assert (found["added"], found["unclear"]) == (["恒泰泵业"], [{"name": "恒泰", "nearest": ["恒泰泵业"]}])
    program.ok("client", "add", "恒泰")
    assert prospect(program, "{name: 恒泰}")["known"] == ["恒泰"]


def test_why_they_may_need_us_stands_in_the_brief(program: Program) -> None:
    prospect(program, BRANDT, "{name: Kessler Nord, why: a new line}")

    assert program.json("prep", "Brandt Pumps", "--brief")["agenda"][0]["text"] == "Why them: their stand leaked"
    assert "their stand leaked" in program.ok("prep", "Brandt Pumps", "--brief")
    assert "a new line" in program.ok("prep", "Kessler Nord", "--brief")


def test_the_title_counts_without_minding_one_or_many(program: Program) -> None:
    text = program.ok("prospect", "--answers", "-", stdin=walk(BRANDT))

    assert text.startswith("Prospecting · added: 1 · first visits planned: 1")
    assert "线索来源：展会和会议（1条）" in program.ok("--lang", "zh", "prospect", "--questions")


def test_the_same_lead_twice_is_one_client_and_one_visit_a_day(program: Program) -> None:
    found = prospect(program, BRANDT, BRANDT.replace("Karl Dorn said", "Lena Voss said"))

    assert found["added"] == ["Brandt Pumps"]
    assert len(program.json("visit", "list")["visits"]) == 1
    notes = client(program, "Brandt Pumps")["next_visit"]["plan"]["notes"]
    assert "Karl Dorn said" in notes
    assert "Lena Voss said" in notes


def test_without_a_day_no_visit_is_planned_and_that_is_said(program: Program) -> None:
    text = program.ok("prospect", "--answers", "-", stdin=walk("{name: Kessler Nord}"))

    assert "No day" in text
    assert "salescoach prep 'Kessler Nord'" in text
    assert client(program, "Kessler Nord")["next_visit"] is None


def test_how_many_leads_each_way_has_brought_is_counted(program: Program) -> None:
    prospect(program, "{name: One, way: referral}", "{name: Two, way: trade-fairs}")
    found = prospect(program, "{name: Three, way: referral}", "{name: Four}")

    assert {way["id"]: way["leads"] for way in found["ways"] if way["leads"]} == {"referral": 2, "trade-fairs": 1}
    template = program.ok("prospect", "--questions")
    assert "# Leads so far: Customers who recommend you 2 · Trade fairs and conferences 1" in template
    untried = next(line for line in template.splitlines() if line.startswith("# No lead yet from: "))
    assert "Public tender notices" in untried
    assert "Trade fairs" not in untried


@pytest.mark.parametrize(
    "leads",
    [
        "{way: referral}",
        "{name: One, way: rumour}",
        "{name: One, when: someday}",
        "{name: One, boss: Two}",
        "{name: One, when: 2020-01-01}",
        "{name: One, position: Chief}",
    ],
)
def test_a_lead_that_does_not_hold_is_refused_and_none_is_kept(program: Program, leads: str) -> None:
    ran = program("prospect", "--answers", "-", stdin=walk("{name: Good Ltd, when: fri}", leads))

    assert (ran.code, ran.out) == (4, "")
    assert program.json("client", "list")["clients"] == []
    assert program.json("visit", "list")["visits"] == []


def test_a_name_that_cannot_be_kept_keeps_nothing_of_the_others(program: Program) -> None:
    ran = program("prospect", "--answers", "-", stdin=walk("{name: Good Ltd, when: fri}", "{name: " + "x" * 400 + "}"))

    assert (ran.code, ran.out) == (4, "")
    assert program.json("client", "list")["clients"] == []


def test_no_lead_changes_nothing(program: Program) -> None:
    found = program.json("prospect", "--answers", "-", stdin="ways: [web]\n")

    assert (found["added"], found["planned"], found["chosen"]) == ([], [], ["web"])


def test_without_a_terminal_and_answers_it_is_wrong_usage(program: Program) -> None:
    ran = program("prospect")

    assert ran.code == 2
    assert "--answers" in ran.err


@pytest.mark.parametrize("columns", ["80", "40"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_its_screen_fits_the_columns(
    program: Program, monkeypatch: pytest.MonkeyPatch, columns: str, lang: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    text = program.ok("--lang", lang, "prospect", "--answers", "-", stdin=walk(BRANDT, "{name: 华星机械}"))

    assert [line for line in text.splitlines() if cells(line) > int(columns)] == []
    assert "salescoach prep 'Brandt Pumps'" in text.replace("\n", " ")


def test_a_first_visit_planned_for_today_is_still_to_be_prepared(program: Program) -> None:
    program.ok("prospect", "--answers", "-", stdin="leads:\n  - {name: Neuwerk, when: 2026-12-01}\n")

    assert [one["client"] for one in program.json("today")["prep"]] == ["Neuwerk"]
