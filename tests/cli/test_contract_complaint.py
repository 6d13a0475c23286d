"""`salescoach complaint` as CLI.md fixes it: the walk from a file, its document, the list, and the end."""

from typing import Any

import pytest
import yaml

from salescoach.wrap import cells
from tests.program import BUYER, CLIENT, USER, Program

AMMERFELD, LENA, KARL = CLIENT["en"], BUYER["en"], USER["en"]
WHO = f"{AMMERFELD}/{KARL}"
SAID = "press 4 stands still since Friday"
WALK = f"""\
said: {SAID}
emotion: furious
options: [swap the seal tonight, lend a press]
chosen: swap the seal tonight
certain: no
report_by: fri
settled: no
"""


def complain(book: Program, walk: str = WALK, *more: str, who: str = WHO) -> dict[str, Any]:
    return book.json("complaint", who, *more, "--answers", "-", stdin=walk)


def promises(book: Program, *more: str) -> list[dict[str, Any]]:
    return [one["promise"] for one in book.json("promise", "list", AMMERFELD, *more)["promises"]]


def reports(book: Program, *more: str) -> list[tuple[str, str]]:
    """By when and in which state a report is owed."""
    return [(one["by"], one["state"]) for one in promises(book, *more) if one["what"].startswith("report back")]


# The document


def test_the_document_has_the_keys_of_the_contract(book: Program) -> None:
    found = complain(book)

    keys = "schema client contact open emotion options chosen promise say escalate settled"
    assert list(found)[:11] == keys.split()
    assert found["schema"] == "salescoach/complaint@1"
    assert (found["client"], found["contact"], found["open"]) == (AMMERFELD, KARL, True)
    assert found["options"] == ["swap the seal tonight", "lend a press"]
    assert list(found["promise"]) == ["id", "what", "by", "certain"]
    assert all(list(line) == ["id", "text", "source"] for line in found["say"])
    assert (found["escalate"], found["settled"]) == (None, False)


def test_ids_are_the_same_in_both_languages(book: Program) -> None:
    said = [
        [
            line["id"]
            for line in book.json("--lang", lang, "complaint", WHO, "--new", "--answers", "-", stdin=WALK)["say"]
        ]
        for lang in ("en", "zh")
    ]

    assert said[0] == said[1] != []


def test_the_report_that_is_promised_lands_in_the_ledger(book: Program) -> None:
    found = complain(book)["promise"]

    assert (found["what"], found["by"], found["certain"]) == (f"report back on: {SAID}", "2026-12-04", False)
    assert found["id"] in [one["id"] for one in promises(book)]


def test_on_its_day_the_report_is_what_today_asks_for(book: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    found = complain(book)["promise"]
    monkeypatch.setenv("SALESCOACH_TODAY", "2026-12-04")

    assert found["id"] in [one["id"] for one in book.json("today")["promises"]]
    assert SAID in " ".join(book.ok("today").split())


def test_what_is_certain_is_promised_itself(book: Program) -> None:
    found = complain(book, f"said: {SAID}\ncertain: yes\npromise: a new seal\npromise_by: mon\n")["promise"]

    assert (found["what"], found["by"], found["certain"]) == ("a new seal", "2026-12-07", True)
    assert reports(book) == []


def test_the_next_brief_expects_the_complaint(book: Program) -> None:
    complain(book)

    expected = book.json("prep", AMMERFELD, "--brief")["objections"]
    assert ("service", "unresolved") in [(one["topic"], one["reason"]) for one in expected]


@pytest.mark.parametrize(
    ("answer", "kind"), [("danger", "product"), ("several_clients", "product"), ("reputation", "goodwill")]
)
def test_when_it_is_a_crisis_the_command_for_it_is_given(book: Program, answer: str, kind: str) -> None:
    found = complain(book, f"{WALK}{answer}: yes\n")

    assert found["escalate"] == {"kind": kind, "command": f"salescoach crisis {kind} --for '{AMMERFELD}'"}
    assert any("crisis" in line["id"] for line in found["say"])


def test_why_says_where_each_line_stands(book: Program) -> None:
    found = complain(book, WALK, "--why")

    assert [one["id"] for one in found["why"]] == [one["id"] for one in found["say"]]


# Going on, and the end


def test_it_goes_on_with_what_was_answered(book: Program) -> None:
    first = complain(book)
    again = complain(book, "report_by: 12-08\n")

    assert (again["id"], again["said"], again["since"]) == (first["id"], SAID, "2026-12-01")
    assert again["options"] == first["options"]
    assert len(book.json("complaint")["complaints"]) == 1
    assert reports(book, "--all") == [("2026-12-04", "done"), ("2026-12-08", "open")]


def test_the_questions_hold_what_was_answered_and_fed_back_change_no_promise(book: Program) -> None:
    complain(book)
    template = book.ok("complaint", WHO, "--questions")

    assert yaml.safe_load(template)["said"] == SAID
    complain(book, template)
    assert reports(book, "--all") == [("2026-12-04", "open")]


def test_what_was_promised_may_stay_in_the_questions_when_it_is_not_certain_any_more(book: Program) -> None:
    complain(book, f"said: {SAID}\ncertain: yes\npromise: a new seal\npromise_by: mon\n")
    template = book.ok("complaint", WHO, "--questions").replace("certain: true", "certain: no")

    assert complain(book, template.replace("report_by:", "report_by: fri"))["promise"]["certain"] is False


def test_settled_closes_it_with_the_report_and_the_objection(book: Program) -> None:
    complain(book)

    ended = book.json("complaint", AMMERFELD, "--settled")

    assert (ended["settled"], ended["open"], ended["said"]) == (True, False, SAID)
    assert reports(book, "--all") == [("2026-12-04", "done")]
    assert book.json("complaint")["complaints"] == []
    expected = book.json("prep", AMMERFELD, "--brief")["objections"]
    assert ("service", "unresolved") not in [(one["topic"], one["reason"]) for one in expected]
    assert book("complaint", AMMERFELD, "--settled").code == 3


def test_settled_in_the_talk_itself_leaves_nothing_open(book: Program) -> None:
    ended = complain(book, f"said: {SAID}\nsettled: yes\n")

    assert (ended["settled"], ended["promise"]) == (True, None)
    assert book.json("complaint")["complaints"] == []


def test_of_several_open_ones_an_id_says_which(book: Program) -> None:
    first, second = complain(book), complain(book, WALK.replace(SAID, "nobody calls back"), "--new")

    unclear = book("complaint", AMMERFELD, "--settled")
    assert unclear.code == 3
    assert all(one["id"][-6:].lower() in unclear.err for one in (first, second))
    assert book("complaint", AMMERFELD, "--id", "zzzz", "--settled").code == 3

    ended = book.json("complaint", AMMERFELD, "--id", second["id"][-6:].lower(), "--settled")
    assert ended["said"] == "nobody calls back"
    assert [one["said"] for one in book.json("complaint")["complaints"]] == [SAID]


def test_another_person_of_the_client_has_a_complaint_of_their_own(book: Program) -> None:
    complain(book)
    other = complain(book, "said: the invoice is wrong\n", who=f"{AMMERFELD}/{LENA}")

    assert other["contact"] == LENA
    assert len(book.json("complaint")["complaints"]) == 2


# The list


def test_the_list_shows_what_is_overdue_first(book: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    complain(book)
    complain(book, "said: the invoice is wrong\n", "--new")
    complain(book, "said: nobody calls back\ncertain: no\nreport_by: tomorrow\n", "--new")
    monkeypatch.setenv("SALESCOACH_TODAY", "2026-12-03")

    found = book.json("complaint")

    assert found["schema"] == "salescoach/complaints@1"
    assert [(one["said"], one["by"], one["overdue"]) for one in found["complaints"]] == [
        ("nobody calls back", "2026-12-02", True),
        (SAID, "2026-12-04", False),
        ("the invoice is wrong", None, False),
    ]
    assert "1 d overdue" in book.ok("complaint").splitlines()[0]


def test_without_a_complaint_the_list_says_so(program: Program) -> None:
    assert program.ok("complaint") == "No complaint is open.\n"


# What is refused


@pytest.mark.parametrize(
    ("argv", "stdin", "code"),
    [
        (["complaint", "--settled"], "", 2),
        (["complaint", "--answers", "-"], "", 2),
        (["complaint", AMMERFELD], "", 2),
        (["complaint", AMMERFELD, "--answers", "-"], "emotion: furious\n", 4),
        (["complaint", AMMERFELD, "--answers", "-"], "said: x\nemotion: bored\n", 4),
        (["complaint", AMMERFELD, "--answers", "-"], "said: x\nunheard: of\n", 4),
        (["complaint", AMMERFELD, "--answers", "-"], "said: x\ncertain: no\npromise: new pump\n", 4),
        (["complaint", AMMERFELD, "--answers", "-"], "said: x\ncertain: no\nreport_by: 2026-11-01\n", 4),
        (["complaint", AMMERFELD, "--answers", "-"], "said: x\ncertain: yes\npromise_by: 2026-11-01\n", 4),
        (["complaint", "Nobody Ltd", "--answers", "-"], "said: x\n", 3),
        (["complaint", AMMERFELD, "--settled"], "", 3),
    ],
)
def test_what_does_not_hold_is_refused_and_nothing_is_kept(
    book: Program, argv: list[str], stdin: str, code: int
) -> None:
    ran = book(*argv, stdin=stdin)

    assert (ran.code, ran.out) == (code, "")
    assert book.json("complaint")["complaints"] == []
    assert reports(book) == []


# Its screens


@pytest.mark.parametrize("columns", ["80", "40"])
@pytest.mark.parametrize("both", ["en", "zh"], indirect=True)
def test_every_screen_fits_the_columns(
    both: Program, monkeypatch: pytest.MonkeyPatch, columns: str, request: pytest.FixtureRequest
) -> None:
    lang = request.node.callspec.params["both"]
    monkeypatch.setenv("COLUMNS", columns)
    who = f"{CLIENT[lang]}/{USER[lang]}"

    screens = [
        both.ok("--lang", lang, "complaint", who, "--answers", "-", stdin=WALK + "reputation: yes\n"),
        both.ok("--lang", lang, "complaint"),
        both.ok("--lang", lang, "complaint", who, "--settled"),
    ]

    assert [line for screen in screens for line in screen.splitlines() if cells(line) > int(columns)] == []
    assert columns == "40" or len(screens[0].splitlines()) <= 24, screens[0]
    assert all(name in screens[0] for name in (CLIENT[lang], "salescoach crisis goodwill"))
