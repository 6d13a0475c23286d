"""`salescoach debrief` as CLI.md fixes it: the visit it takes, the outcome it works out, what it keeps and refuses."""

from typing import Any

import pytest
import yaml

from tests.program import BUYER, CLIENT, USER, Program

AMMERFELD = CLIENT["en"]
ADVICE = {"id", "text", "source"}
FULL = "client_commitments: [{who: Karl Dorn, what: fit two trial kits on press 4, by: 2026-12-15}]\n"
PLAN = """\
purpose: negotiation
contacts: [Lena Voss, Karl Dorn]
primary_advance: {who: Karl Dorn, what: fit two trial kits on press 4, by: 2026-12-15}
fallback_advance: {who: Lena Voss, what: send the leak figures of the last year, by: 2026-12-08}
"""
LANGUAGES = pytest.mark.parametrize("both", ["en", "zh"], indirect=True)


def debrief(program: Program, answers: str, *argv: str) -> dict[str, Any]:
    """The verdict on a call at the client of the book."""
    return program.json("debrief", AMMERFELD, *argv, "--answers", "-", stdin=answers)


def visits(program: Program) -> list[dict[str, Any]]:
    return [one["visit"] for one in program.json("visit", "list")["visits"]]


def promises(program: Program) -> list[dict[str, Any]]:
    return [one["promise"] for one in program.json("promise", "list", AMMERFELD)["promises"]]


# Which visit


def test_without_a_client_it_takes_the_latest_planned_visit_not_after_today(book: Program) -> None:
    book.ok("client", "add", "Other Ltd")
    book.ok("prep", "Other Ltd", "--when", "tomorrow", "--answers", "-")
    book.ok("prep", AMMERFELD, "--when", "today", "--answers", "-")

    assert book.json("debrief", "--answers", "-", stdin="{}")["client"] == AMMERFELD


def test_without_a_client_and_with_nothing_planned_exits_3(book: Program) -> None:
    ran = book("debrief", "--answers", "-")

    assert (ran.code, ran.out) == (3, "")
    assert "salescoach debrief CLIENT" in ran.err


def test_a_client_without_a_plan_gives_an_unplanned_visit_of_today_or_the_day_named(book: Program) -> None:
    debrief(book, "summary: dropped in\n")
    debrief(book, "summary: phone\n", "--when", "2026-11-28")

    assert [(one["when"], one["status"]) for one in visits(book)[:2]] == [
        ("2026-12-01", "done"),
        ("2026-11-28", "done"),
    ]


@pytest.mark.parametrize("day", ["tomorrow", "2026-12-05", "in 3 weeks"])
def test_a_day_to_come_is_wrong_usage_and_saves_nothing(book: Program, day: str) -> None:
    book.ok("prep", AMMERFELD, "--when", "2026-12-05", "--answers", "-", stdin=PLAN)
    before = visits(book)

    ran = book("debrief", AMMERFELD, "--when", day, "--answers", "-", stdin=FULL)

    assert (ran.code, ran.out) == (2, "")
    assert "salescoach prep" in ran.err
    assert visits(book) == before


@pytest.mark.parametrize(("said", "meant"), [("mon", "2026-11-30"), ("11-30", "2026-11-30"), ("12月1日", "2026-12-01")])
def test_a_day_without_a_year_is_the_last_such(book: Program, said: str, meant: str) -> None:
    debrief(book, FULL, "--when", said)

    assert visits(book)[0]["when"] == meant


@pytest.mark.parametrize("text", ["", " \n", "# nothing\n"])
def test_an_empty_file_exits_4_and_closes_no_visit(book: Program, text: str) -> None:
    book.ok("prep", AMMERFELD, "--answers", "-", stdin=PLAN)

    ran = book("debrief", AMMERFELD, "--answers", "-", stdin=text)

    assert (ran.code, ran.out) == (4, "")
    assert "--questions" in ran.err
    assert visits(book)[0]["status"] == "planned"


def test_a_planned_visit_keeps_its_id_and_is_done(book: Program) -> None:
    book.ok("prep", AMMERFELD, "--answers", "-", stdin=PLAN)
    planned = visits(book)[0]["id"]

    found = debrief(book, FULL)

    assert found["visit"] == planned
    assert visits(book)[0]["status"] == "done"


# The document


@LANGUAGES
def test_the_verdict_has_the_keys_of_the_contract(both: Program, request: pytest.FixtureRequest) -> None:
    lang = request.node.callspec.params["both"]
    said = "你们太贵了" if lang == "zh" else "you are too expensive"
    answers = (
        f"client_commitments: [{{who: {USER[lang]}, what: 试装 trial, by: 月底}}]\n"
        f"our_promises: [{{what: 报告, by: fri}}]\nobjections: [{{said: {said}}}]\n"
    )

    found = both.json("--lang", lang, "debrief", CLIENT[lang], "--answers", "-", stdin=answers)

    keys = ["schema", "visit", "client", "outcome", "because", "plan", "promises", "objections", "feedback"]
    assert [key for key in found if key in keys] == keys
    assert found["schema"] == "salescoach/debrief@1"
    assert found["client"] == CLIENT[lang]
    assert all(set(line) == ADVICE for line in (*found["because"], *found["feedback"]))
    assert set(found["plan"]) == {"primary", "fallback"}
    assert [(one["owner"], one["what"], one["by"]) for one in found["promises"]] == [
        ("theirs", "试装 trial", "2026-12-31"),
        ("ours", "报告", "2026-12-04"),
    ]
    assert found["objections"] == [{"said": said, "topic": "price", "kind": None, "technique": None, "resolved": False}]
    assert isinstance(found["confirmation"], str)


def test_ids_are_the_same_in_both_languages(book: Program) -> None:
    answers = FULL + "listening: {talked-more: yes}\nobjections: [{said: too dear}]\n"
    book.ok("prep", AMMERFELD, "--answers", "-", stdin=PLAN)
    english = debrief(book, answers)
    book.ok("prep", AMMERFELD, "--answers", "-", stdin=PLAN)
    chinese = book.json("--lang", "zh", "debrief", AMMERFELD, "--answers", "-", stdin=answers)

    assert [line["id"] for line in english["because"]] == [line["id"] for line in chinese["because"]]
    assert {line["id"].split(".")[0] for line in english["feedback"]} == {
        line["id"].split(".")[0] for line in chinese["feedback"]
    }
    assert english["because"][0]["text"] != chinese["because"][0]["text"]


# The gate


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ("order: yes\n", "order"),
        ("refused: yes\n", "no-sale"),
        (FULL, "advance"),
        ("summary: they loved it\n", "continuation"),
        ("our_promises: [{what: send a quote, by: fri}]\n", "continuation"),
        ("client_commitments: [{who: Karl Dorn, what: think, by: }]\n", "continuation"),
        ("client_commitments: [{who: , what: test it, by: fri}]\n", "continuation"),
        ("client_commitments: [{who: Karl Dorn, what: , by: fri}]\n", "continuation"),
        ("client_commitments: [{who: me, what: send it, by: fri}]\n", "continuation"),
        ("client_commitments: [{who: us, what: send it, by: fri}]\n", "continuation"),
        ("client_commitments: [{who: 我, what: send it, by: fri}]\n", "continuation"),
        ("client_commitments: [{who: 我们, what: send it, by: fri}]\n", "continuation"),
        ("took_place: 是\nrefused: 否\norder: 是\n", "order"),
    ],
)
def test_the_outcome_is_worked_out_from_who_does_what_by_when(book: Program, answers: str, outcome: str) -> None:
    assert debrief(book, answers)["outcome"] == outcome


def test_an_order_and_a_refusal_at_once_exit_4_and_save_nothing(book: Program) -> None:
    before = visits(book)

    ran = book("debrief", AMMERFELD, "--answers", "-", stdin="order: yes\nrefused: yes\n")

    assert (ran.code, ran.out) == (4, "")
    assert ran.err.startswith("-:2:")
    assert visits(book) == before


def test_what_our_own_side_was_to_do_becomes_a_promise_of_ours(book: Program) -> None:
    found = debrief(book, "client_commitments: [{who: 我们, what: send the drawing, by: fri}]\n")

    assert [(one["owner"], one["what"]) for one in found["promises"]] == [("ours", "send the drawing")]


def test_a_commitment_with_parts_missing_is_kept(book: Program) -> None:
    debrief(book, "client_commitments: [{what: ask the boss}]\n")

    assert visits(book)[0]["debrief"]["client_commitments"] == [{"who": "", "what": "ask the boss", "by": None}]


def test_an_unknown_who_becomes_a_contact(book: Program) -> None:
    debrief(book, "client_commitments: [{who: Petra Neu, what: send figures, by: fri}]\n")

    names = [one["name"] for one in book.json("client", "show", AMMERFELD)["contacts"]]
    assert "Petra Neu" in names


def test_the_plan_is_compared_with_the_commitments(book: Program) -> None:
    book.ok("prep", AMMERFELD, "--answers", "-", stdin=PLAN)
    assert debrief(book, FULL)["plan"] == {"primary": "met", "fallback": "none"}

    book.ok("prep", AMMERFELD, "--answers", "-", stdin=PLAN)
    assert debrief(book, "summary: nothing\n")["plan"] == {"primary": "missed", "fallback": "missed"}
    assert debrief(book, FULL)["plan"] == {"primary": "none", "fallback": "none"}


def test_an_order_meets_the_plan(book: Program) -> None:
    book.ok("prep", AMMERFELD, "--answers", "-", stdin=PLAN)

    found = debrief(book, "order: yes\n")

    assert found["plan"] == {"primary": "met", "fallback": "none"}
    assert "feedback.primary-replaced" not in [line["id"] for line in found["feedback"]]


@LANGUAGES
def test_the_file_names_the_step_that_is_asked_about(both: Program, request: pytest.FixtureRequest) -> None:
    lang = request.node.callspec.params["both"]
    client = CLIENT[lang]
    both.ok("--lang", lang, "prep", client, "--answers", "-", stdin=PLAN)

    template = both.ok("--lang", lang, "debrief", client, "--questions")

    for key, step in (("primary_met", "fit two trial kits on press 4"), ("fallback_met", "send the leak figures")):
        above = template.split(f"\n{key}:")[0].rsplit("\n\n", 1)[-1]
        assert step in above.splitlines()[0], above


# What the short form leaves open


def test_the_short_form_holds_against_nobody_what_it_does_not_ask(book: Program) -> None:
    asks = "questions: [Who signs?]\nexpected_objections: [price]\n"
    for _ in range(4):
        book.ok("prep", AMMERFELD, "--answers", "-", stdin=asks)
        found = debrief(book, "summary: met\n", "--quick")
        assert "feedback.no-next-date" not in [line["id"] for line in found["feedback"]]
        assert found["expected_objections"]["stayed_away"] == []

    carried = book.json("prep", AMMERFELD, "--brief")["carried"]
    assert [(one["times"], one["drop"]) for one in carried if one["kind"] == "question"] == [(0, False)]
    assert "Who signs? · planned on Tue 1 Dec" in book.ok("prep", AMMERFELD, "--brief")


def test_what_a_file_says_beyond_the_short_form_is_kept(book: Program) -> None:
    debrief(book, "next_date: 2026-12-09\n", "--quick")

    assert visits(book)[0]["debrief"]["next_date"] == "2026-12-09"


# What follows


def test_promises_of_both_sides_are_kept_with_their_dates(book: Program) -> None:
    debrief(book, FULL + "our_promises: [{what: deliver two kits, by: 2026-12-07}]\n")

    kept = {(one["owner"], one["what"], one["by"]) for one in promises(book)}
    assert ("theirs", "fit two trial kits on press 4", "2026-12-15") in kept
    assert ("ours", "deliver two kits", "2026-12-07") in kept


def test_an_objection_needs_only_what_was_said_and_is_open_without_resolved(book: Program) -> None:
    found = debrief(book, "objections: [{said: we have no budget left this year}]\n")["objections"]

    assert found[0]["topic"] == "budget"
    assert found[0]["resolved"] is False


def test_an_objection_takes_topic_kind_technique_and_resolved(book: Program) -> None:
    technique = next(one["id"] for one in book.json("playbook", "list")["playbooks"] if one["kind"] == "technique")
    said = f"{{said: hm, topic: trust, kind: hidden, technique: {technique}, resolved: yes}}"

    found = debrief(book, f"objections: [{said}]\n")["objections"]

    assert found == [{"said": "hm", "topic": "trust", "kind": "hidden", "technique": technique, "resolved": True}]


def test_a_debrief_keeps_the_versions_of_the_playbooks_it_rests_on_and_of_no_other(book: Program) -> None:
    met = "objections: [{said: hm, topic: trust, technique: smile}]\ncues: [blunt]\ncues_about: Lena Voss\n"
    book.ok("prep", AMMERFELD, "--purpose", "care", "--when", "today", "--answers", "-")
    prepared = visits(book)[0]["playbooks"]

    feedback = debrief(book, met + FULL, "--why")["why"]

    pinned = visits(book)[0]["playbooks"]
    assert prepared.items() <= pinned.items()
    assert {"debrief", "debrief-care", "trust", "smile", "styles"} <= pinned.keys()
    assert {line["playbook"] for line in feedback if line["version"]} <= pinned.keys()
    assert not pinned.keys() & {"debrief-renewal", "tai-chi", "me"}
    assert len(pinned) < 30


def test_cues_are_ids_or_free_words_and_move_the_style(book: Program) -> None:
    book.ok("contact", "add", AMMERFELD, "Otto Zahl")
    book.ok("prep", f"{AMMERFELD}/Otto Zahl", "--answers", "-")
    debrief(book, "cues: [asks-for-data, takes-notes, something quite of its own]\n")

    seen = book.json("contact", "show", f"{AMMERFELD}/Otto Zahl")["observations"]
    assert [one["cue"] for one in seen] == ["asks-for-data", "takes-notes", "something quite of its own"]


@pytest.mark.parametrize("planned", [("Karl Dorn", "Lena Voss"), ("Karl Dorn",)])
def test_of_several_people_the_cues_go_to_the_one_named(planned: tuple[str, ...], book: Program) -> None:
    book.ok("prep", AMMERFELD, "--answers", "-", stdin=f"contacts: [{', '.join(planned)}]\n")
    template = book.ok("debrief", AMMERFELD, "--questions")
    debrief(book, "cues: [blunt]\ncues_about: Lena Voss\n")

    assert "cues_about:" in template
    seen = book.json("contact", "show", f"{AMMERFELD}/Lena Voss")["observations"]
    assert [one["cue"] for one in seen] == ["blunt"]
    assert "Lena Voss: " in book.ok("visit", "show", visits(book)[0]["id"])


def test_what_is_left_open_is_shown_with_the_visit_as_nobodys(book: Program) -> None:
    book.ok("prep", AMMERFELD, "--answers", "-", stdin="contacts: [Karl Dorn, Lena Voss]\n")
    debrief(book, "cues: [wears green]\n")

    assert "put down to nobody: wears green" in book.ok("visit", "show", visits(book)[0]["id"])


def test_the_message_to_the_client_says_who_does_what_by_when(book: Program) -> None:
    found = debrief(book, FULL + "our_promises: [{what: deliver two kits, by: 2026-12-07}]\nnext_date: 2026-12-15\n")

    message = found["confirmation"]
    assert "Karl Dorn: fit two trial kits on press 4" in message
    assert "deliver two kits" in message
    assert "Tue 15 Dec 2026" in message
    assert "Jana Brandt, Morvale Seals" in message


def test_the_message_can_be_copied_from_the_screen_without_labels(book: Program) -> None:
    out = book.ok("debrief", AMMERFELD, "--answers", "-", stdin=FULL)

    assert "\n- Karl Dorn: fit two trial kits on press 4 – by Tue 15 Dec 2026\n" in out


def test_a_visit_that_did_not_take_place_is_closed_and_moves_to_the_new_date(book: Program) -> None:
    book.ok("prep", AMMERFELD, "--answers", "-", stdin=PLAN)

    found = debrief(book, "took_place: no\nnext_date: 下周二\n")

    assert found["outcome"] is None
    assert [(one["when"], one["status"]) for one in visits(book)[:2]] == [
        ("2026-12-08", "planned"),
        ("2026-12-01", "not-held"),
    ]
    assert visits(book)[0]["plan"]["primary_advance"]["who"] == "Karl Dorn"


def test_answers_about_a_call_that_did_not_take_place_exit_4(book: Program) -> None:
    ran = book("debrief", AMMERFELD, "--answers", "-", stdin="took_place: no\norder: yes\n")

    assert (ran.code, ran.out) == (4, "")
    assert "order" in ran.err


# The file to fill in


@pytest.mark.parametrize("pace", [(), ("--quick",), ("--deep",)])
def test_the_questions_fed_back_say_nothing(book: Program, pace: tuple[str, ...]) -> None:
    book.ok("prep", AMMERFELD, "--answers", "-", stdin=PLAN)
    template = book.ok("debrief", AMMERFELD, *pace, "--questions")

    found = debrief(book, template, *pace)

    assert (found["outcome"], found["promises"], found["objections"]) == ("continuation", [], [])
    kept = visits(book)[0]["debrief"]
    assert not any(kept[key] for key in ("summary", "order", "refused", "client_commitments", "lesson", "next_date"))


def test_the_file_has_the_answer_keys_of_the_contract(book: Program) -> None:
    template = yaml.safe_load(book.ok("debrief", AMMERFELD, "--questions"))

    assert set(template) >= {
        *("took_place", "summary", "order", "refused", "client_commitments", "our_promises", "objections", "cues"),
        *("listening", "taboos", "lesson", "next_step", "next_date"),
    }
    assert set(template["client_commitments"][0]) == {"who", "what", "by"}
    assert set(template["our_promises"][0]) == {"what", "by"}
    assert set(template["objections"][0]) == {"said", "topic", "kind", "technique", "resolved"}


@pytest.mark.parametrize(
    ("answers", "place"),
    [
        ("order: perhaps\n", "-:1:8"),
        ("objections: [{topic: price}]\n", "-:1:"),
        ("our_promises: [{by: fri}]\n", "-:1:"),
        ("objections: [{said: x, topic: weather}]\n", "-:1:"),
        ("listening: {sang: yes}\n", "-:1:12"),
        ("client_commitments: [{who: A, when: fri}]\n", "-:1:31"),
        ("summary: ok\nnext_date: someday\n", "-:2:12"),
        ("summary: ok\nnext_date: 2026-11-30\n", "-:2:12"),
    ],
)
def test_answers_that_do_not_hold_exit_4_with_their_line_and_save_nothing(
    book: Program, answers: str, place: str
) -> None:
    before = visits(book)

    ran = book("debrief", AMMERFELD, "--answers", "-", stdin=answers)

    assert (ran.code, ran.out) == (4, "")
    assert ran.err.startswith(place), ran.err
    assert visits(book) == before


def test_no_terminal_and_no_answers_is_wrong_usage_that_names_the_way_out(book: Program) -> None:
    ran = book("debrief", AMMERFELD)

    assert (ran.code, ran.out) == (2, "")
    assert "--answers" in ran.err


def test_a_debrief_reaches_the_next_brief(book: Program) -> None:
    book.ok("prep", f"{AMMERFELD}/{BUYER['en']}", "--answers", "-")
    debrief(book, "lesson: bring figures\nobjections: [{said: the contract binds us too long, topic: contract}]\n")

    found = book.json("prep", AMMERFELD, "--brief")

    assert found["last_visit"]["when"] == "2026-12-01"
    assert "contract" in [one["topic"] for one in found["objections"]]


@pytest.mark.parametrize(("lang", "said"), [("en", "none: no advance was planned"), ("zh", "事先没定目标")])
def test_a_call_without_a_planned_advance_says_so(book: Program, lang: str, said: str) -> None:
    assert said in book.ok("--lang", lang, "debrief", CLIENT["en"], "--answers", "-", stdin="{}")
