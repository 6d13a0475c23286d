"""`salescoach profile`: what was seen is kept with its day, and shown with the four styles, in both languages."""

import pytest

from salescoach.wrap import cells
from tests.program import CLIENT, USER, Program

ADVICE = {"id", "text", "source"}
KEYS = ["schema", "client", "contact", "styles", "confidence", "style", "evidence", "next_cue"]
BOLD = "cuts-small-talk: yes\ntakes-control: yes\ntalks-results: 是\nblunt: no\n"


@pytest.fixture
def li(program: Program) -> Program:
    """A client with one person, and a rep who said their own style."""
    program.ok("me", "--answers", "-", stdin="style: amiable\n")
    program.ok("client", "add", "One Ltd")
    program.ok("contact", "add", "One Ltd", "Li Wei")
    return program


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_document_has_the_keys_of_the_contract(li: Program, lang: str) -> None:
    found = li.json("--lang", lang, "profile", "One Ltd/Li Wei", "--answers", "-", stdin=BOLD)

    assert list(found)[:8] == KEYS
    assert found["schema"] == "salescoach/profile@1"
    assert (found["client"], found["contact"], found["style"], found["own"]) == ("One Ltd", "Li Wei", "driver", None)
    shares = [one["p"] for one in found["styles"]]
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) == pytest.approx(1)
    assert found["confidence"] == round(shares[0], 2)
    assert {one["cue"] for one in found["evidence"]} == {"cuts-small-talk", "takes-control", "talks-results"}
    assert {one["on"] for one in found["evidence"]} == {"2026-12-01"}
    assert all(set(one) == ADVICE for one in [found["next_cue"], *found["stress"], *found["adjust"]])
    assert len(found["adjust"]) == 2


def test_the_next_brief_ends_with_the_same_two_adjustments(li: Program) -> None:
    adjust = li.json("profile", "One Ltd", "--answers", "-", stdin=BOLD)["adjust"]

    (person,) = li.json("prep", "One Ltd", "--brief")["contacts"]
    assert person["style"]["id"] == "driver"
    assert person["do"][-2:] == adjust
    shown = li.ok("prep", "One Ltd", "--brief")
    assert all(line["text"] in shown for line in adjust)


def test_show_reads_and_saves_nothing(li: Program) -> None:
    before = li.json("profile", "One Ltd", "--show")

    assert before["evidence"] == []
    assert before["style"] is None
    assert li.json("profile", "One Ltd", "--show") == before
    assert li("profile", "One Ltd", "--show", "--questions").code == 2
    assert li("profile", "One Ltd", "--show", "--answers", "-", stdin=BOLD).code == 2


def test_the_same_answers_twice_on_a_day_are_kept_once(li: Program) -> None:
    first = li.json("profile", "One Ltd", "--answers", "-", stdin=BOLD)

    assert li.json("profile", "One Ltd", "--answers", "-", stdin=BOLD) == first


def test_the_file_to_fill_in_answers_nothing_as_it_is(li: Program) -> None:
    asked = li.ok("profile", "One Ltd", "--questions")

    keys = [line for line in asked.splitlines() if line and not line.startswith("#")]
    assert len(keys) == 10, "nine cues, and what else was seen"
    assert li.json("profile", "One Ltd", "--answers", "-", stdin=asked)["evidence"] == []


def test_more_may_be_said_by_id_or_in_free_words(li: Program) -> None:
    stdin = "cues: [wavers, talks really fast, wears green]\n"

    found = li.json("profile", "One Ltd", "--answers", "-", stdin=stdin)

    assert {one["cue"] for one in found["evidence"]} == {"wavers", "talks-fast"}
    assert "wears green" in str(li.json("contact", "show", "One Ltd/Li Wei")["observations"])


@pytest.mark.parametrize("stdin", ["no-such-cue: yes\n", "blunt: perhaps\n", "- blunt\n"])
def test_a_file_with_a_mistake_saves_nothing(li: Program, stdin: str) -> None:
    ran = li("profile", "One Ltd", "--answers", "-", stdin="takes-control: yes\n" * (stdin[0] != "-") + stdin)

    assert ran.code == 4, ran
    assert li.json("profile", "One Ltd", "--show")["evidence"] == []


def test_without_a_terminal_and_answers_it_names_answers(li: Program) -> None:
    ran = li("profile", "One Ltd")

    assert (ran.code, ran.out) == (2, "")
    assert "--answers" in ran.err


def test_of_several_people_one_must_be_named(li: Program) -> None:
    li.ok("contact", "add", "One Ltd", "Ann Bo")

    ran = li("profile", "One Ltd", "--show")

    assert ran.code == 3
    assert "One Ltd/Li Wei" in ran.err
    assert "One Ltd/Ann Bo" in ran.err


def test_a_client_without_people_has_a_profile_of_its_own(program: Program) -> None:
    program.ok("client", "add", "Solo")

    found = program.json("profile", "Solo", "--answers", "-", stdin="takes-notes: yes\n")

    assert (found["contact"], [one["cue"] for one in found["evidence"]]) == (None, ["takes-notes"])


def test_what_a_debrief_saw_stands_in_the_profile(li: Program) -> None:
    li.ok("debrief", "One Ltd/Li Wei", "--answers", "-", stdin="cues: [wavers]\n")
    li.ok("prep", "One Ltd/Li Wei", "--answers", "-", stdin="purpose: discovery\n")
    li.ok("debrief", "One Ltd", "--answers", "-", stdin="cues: [takes-notes]\n")

    assert "takes-notes" in [one["cue"] for one in li.json("profile", "One Ltd/Li Wei", "--show")["evidence"]]


@pytest.mark.parametrize("both", ["en", "zh"], indirect=True)
@pytest.mark.parametrize("columns", [80, 40])
@pytest.mark.parametrize("cues", ["", "cuts-small-talk: yes\ntakes-control: yes\nrelations-first: yes\nwavers: yes\n"])
def test_it_fits_the_screen(
    both: Program, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, columns: int, cues: str
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    lang = request.node.callspec.params["both"]
    whom = f"{CLIENT[lang]}/{USER[lang]}"

    lines = both.ok("--lang", lang, "profile", whom, "--answers", "-", stdin=cues).splitlines()

    assert all(cells(line) <= columns for line in lines)
    assert columns < 80 or len(lines) <= 24


def test_what_was_noticed_among_several_people_is_shown_as_nobodys(li: Program) -> None:
    li.ok("contact", "add", "One Ltd", "Zhao Min")
    li.ok("debrief", "One Ltd", "--answers", "-", stdin="cues: [takes-notes, wears green]\n")

    shown = li.ok("profile", "One Ltd/Li Wei", "--show")

    assert "noticed there, not said in whom: Writes everything down · wears green" in shown
    assert li.json("profile", "One Ltd/Li Wei", "--show")["evidence"] == []
    li.ok("debrief", "One Ltd", "--answers", "-", stdin="cues: [blunt]\ncues_about: zhao min\n")
    seen = li.json("profile", "One Ltd/Zhao Min", "--show")["evidence"]
    assert [one["cue"] for one in seen] == ["blunt"]


def test_why_gives_reasons_for_what_is_on_the_screen_and_the_evidence_too(li: Program) -> None:
    li.ok("profile", "One Ltd", "--answers", "-", stdin=BOLD)

    rows = li.ok("profile", "One Ltd", "--show", "--why").splitlines()

    found = li.json("profile", "One Ltd", "--show", "--why")
    reasons = [line["id"] for line in found["why"] if line["id"].count(".") == 1]
    evidence = [f"styles.{one['cue']}" for one in found["evidence"]]
    assert [id_ for id_ in reasons if id_.startswith("styles.")] == [*evidence, found["next_cue"]["id"]]
    named = [row.split(": styles v")[0].split()[-1] for row in rows if ": styles v" in row]
    assert named[: len(evidence) + 1] == [*evidence, found["next_cue"]["id"]]
    assert named[len(evidence) + 1].count(".") == 2, "and no other cue"


def test_why_names_playbook_version_and_source(li: Program) -> None:
    li.ok("profile", "One Ltd", "--answers", "-", stdin=BOLD)

    assert "style-pairs.amiable-driver" in li.ok("profile", "One Ltd", "--show", "--why")
    assert all(
        set(one) >= {"id", "playbook", "version", "source"}
        for one in li.json("profile", "One Ltd", "--show", "--why")["why"]
    )
