"""A crisis as it stands: phases, the first hour, blame, steps, who speaks to whom, the review."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescoach.coach import crisis as coach
from salescoach.coach.advice import voice
from salescoach.language import LANGS, Lang
from salescoach.playbook.library import Library
from salescoach.playbook.models import Checklist, Typology
from salescoach.records.account import Crisis, LogEntry
from salescoach.records.me import Me
from salescoach.render.crisis import crisis_html, crisis_markdown, crisis_text, drafts_text
from salescoach.render.lines import crisis_line
from tests.coach.samples import TODAY
from tests.examples import tried

NOON = "2026-12-01 12:00"


def a_crisis(**changes: Any) -> Crisis:
    return Crisis(**{"id": "X1", "kind": "product", "opened": TODAY, **changes})


def logged(at: str, text: str = "it leaks") -> LogEntry:
    return LogEntry(at=at, text=text, who="Li Wei")


def reported(books: Library, crisis: Crisis, lang: Lang = "en", **changes: Any) -> coach.Report:
    lists = [book for book in books.all(Checklist) if book.use in ("crisis", "crisis-review")]
    typologies = {book.id: book for book in books.all(Typology)}
    speaker = voice(lang, Me(name="Anna Berg", company="Nordfluid"), client="Hengtai Pumps")
    given_ = {"phase": "first-hour", "client": "Hengtai Pumps", **changes}
    return coach.report(lists, typologies, crisis, TODAY, speaker, **given_)


def step(what: str, by: date | None = None, who: str = "Karl Dorn") -> dict[str, Any]:
    return {"what": what, "who": who, **({"by": by.isoformat()} if by else {})}


# Clock and phase


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        *[("14:05", "14:05"), ("9:40", "09:40"), ("at 14.05", "14:05"), ("14：05", "14:05"), ("14点05", "14:05")],
        *[("下午2点", "02:00"), ("14h", "14:00"), ("2026-12-01 14:05", "14:05"), ("23:59", "23:59")],
    ],
)
def test_the_time_it_began_is_found_in_what_was_said(said: str, shown: str) -> None:
    minutes = coach.clock(said)

    assert minutes is not None
    assert coach.hour(minutes) == shown


@pytest.mark.parametrize("said", ["", "just now", "2026-12-01", "120:30", "刚才"])
def test_what_is_no_time_is_none(said: str) -> None:
    assert coach.clock(said) is None


@given(st.integers(0, 23), st.integers(0, 59))
def test_every_time_of_day_is_read_back_as_it_is_shown(hours: int, minutes: int) -> None:
    assert coach.clock(coach.hour(hours * 60 + minutes)) == hours * 60 + minutes


def test_the_first_hour_is_over_an_hour_after_the_first_entry_or_the_beginning() -> None:
    assert coach.phase_at(a_crisis(), NOON) == "first-hour"
    assert coach.phase_at(a_crisis(log=(logged("2026-12-01 11:00"),)), NOON) == "first-hour"
    assert coach.phase_at(a_crisis(log=(logged("2026-12-01 10:59"),)), NOON) == "first-day"
    assert coach.phase_at(a_crisis(answers={"began": "10:30"}), NOON) == "first-day"
    assert coach.phase_at(a_crisis(answers={"began": "11:30"}), NOON) == "first-hour"


def test_from_the_next_day_on_it_is_being_solved_and_once_closed_it_is_over() -> None:
    assert coach.phase_at(a_crisis(opened=TODAY - timedelta(days=1)), NOON) == "until-solved"
    assert coach.phase_at(a_crisis(closed=TODAY), NOON) == "afterwards"


# The first hour and the blame


def test_the_first_hour_is_shown_by_the_clock_once_its_beginning_is_known(books: Library) -> None:
    known = reported(books, a_crisis(answers={"began": "23:40"}))
    unknown = reported(books, a_crisis())

    assert [one.minutes for one in known.first_hour] == [0, 5, 15, 30, 45, 60]
    assert [one.at for one in known.first_hour] == ["23:40", "23:45", "23:55", "00:10", "00:25", "00:40"]
    assert {one.at for one in unknown.first_hour} == {""}
    assert all(one.do for one in unknown.first_hour)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("caused", ["outside", "accident", "preventable"])
def test_the_answer_fits_who_is_held_responsible(books: Library, caused: str, lang: Lang) -> None:
    cluster = reported(books, a_crisis(answers={"who_caused": caused}), lang).cluster

    assert cluster is not None
    assert cluster.id == caused
    assert cluster.know
    assert cluster.fit
    assert cluster.forbid


def test_an_older_plan_said_the_same_in_other_words(books: Library) -> None:
    old = reported(books, a_crisis(answers={"seen_as": "victim", "leader": "Anna Berg"}))

    assert old.cluster is not None
    assert old.cluster.id == "outside"
    assert old.leads == "Anna Berg"
    assert reported(books, a_crisis()).cluster is None


# Steps


def test_a_step_is_overdue_after_its_day_until_it_is_done(books: Library) -> None:
    late, due = step("stop the lorry", TODAY - timedelta(days=1)), step("call them", TODAY)
    crisis = a_crisis(answers={"first_actions": [late, due, step("think")]})

    one, two, three = reported(books, crisis).steps

    assert [one.overdue(TODAY), two.overdue(TODAY), three.overdue(TODAY)] == [True, False, False]
    done = reported(books, coach.finished(crisis, one)).steps
    assert (done[0].done, done[0].overdue(TODAY)) == (True, False)
    assert [other.done for other in done[1:]] == [False, False]


def test_a_step_stays_done_when_others_come_before_it(books: Library) -> None:
    crisis = coach.finished(
        a_crisis(answers={"first_actions": [step("call")]}), coach.steps({"first_actions": [step("call")]})[0]
    )
    crisis.answers["first_actions"].insert(0, step("stop the lorry"))

    assert [(one.what, one.done) for one in reported(books, crisis).steps] == [
        ("stop the lorry", False),
        ("call", True),
    ]


def test_messages_and_measures_are_no_steps(books: Library) -> None:
    answers = {
        "audiences": [{"audience": "client", "what": "we know", "who": "Anna"}],
        "prevent": [step("a second carrier")],
        "own_up": step("say which part is ours"),
    }

    made = reported(books, a_crisis(answers=answers))

    assert [one.what for one in made.steps] == ["say which part is ours"]
    assert [one.what for one in coach.steps(answers)] == ["say which part is ours"]
    assert made.review is not None
    assert [one.what for one in made.review.measures] == ["a second carrier"]


@tried(40)
@given(st.dictionaries(st.text(max_size=8), st.recursive(st.none() | st.booleans() | st.text(max_size=5), lambda inner:
    st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["what", "who", "by", "x"]), inner, max_size=3))))  # fmt: skip
def test_steps_are_found_in_any_answers(answers: dict[str, Any]) -> None:
    """The line on another screen rests on what was kept, whatever the playbooks were."""
    answers.pop(coach.DONE, None)

    assert crisis_line(a_crisis(answers=answers), "en", TODAY)


@pytest.mark.parametrize("lang", LANGS)
def test_the_line_elsewhere_names_the_step_that_is_due_first_or_how_late_it_is(lang: Lang) -> None:
    later, soon = step("write the report", date(2026, 12, 9)), step("send the rig", date(2026, 12, 3), "李工")
    crisis = a_crisis(answers={"first_actions": [later, soon]})

    line = crisis_line(crisis, lang, TODAY)
    assert "send the rig" in line
    assert "李工" in line
    assert "write the report" not in line
    assert "2" in crisis_line(crisis, lang, date(2026, 12, 5))
    assert "send the rig" not in crisis_line(a_crisis(answers=crisis.answers, closed=TODAY), lang, TODAY)
    assert crisis_line(a_crisis(), lang, TODAY)


# Who speaks to whom


def test_those_the_plan_names_stand_first_with_who_speaks_and_how(books: Library) -> None:
    told = {"audience": "own-boss", "what": "we need 20,000", "who": "Anna", "channel": "phone", "by": "2026-12-02"}

    first, *others = reported(books, a_crisis(answers={"audiences": [told]})).audiences

    assert (first.id, first.who, first.channel, first.by) == ("own-boss", "Anna", "phone", date(2026, 12, 2))
    assert first.planned
    assert not any(one.planned for one in others)
    assert {"client", "authorities", "press-public"} <= {one.id for one in others}
    assert all(one.who for one in others), "who of us it should be"


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("phase", coach.PHASES)
def test_there_is_something_to_say_to_everybody_in_every_phase(books: Library, phase: coach.Phase, lang: Lang) -> None:
    for kind in ("goodwill", "product", "financial", "property", "talent"):
        made = reported(books, a_crisis(kind=kind), lang, phase=phase)
        client = next(one for one in made.audiences if one.id == "client")

        assert client.drafts, (kind, phase)
        assert "{" not in "".join(line.text for one in made.audiences for line in one.drafts)


def test_what_the_plan_says_counts_until_its_day_has_passed(books: Library) -> None:
    told = {"audience": "client", "what": "You hear from us at five.", "who": "Anna", "by": "2026-11-30"}
    past = reported(books, a_crisis(answers={"audiences": [told]}))
    now = reported(books, a_crisis(answers={"audiences": [{**told, "by": "2026-12-01"}]}))

    assert "at five" not in drafts_text(past, past.audiences, "en", 80)
    assert "at five" in drafts_text(now, now.audiences, "en", 80)
    assert "at five" not in crisis_text(past, "en", 80).plain


# The review


def test_every_f_has_its_score(books: Library) -> None:
    made = reported(books, a_crisis(answers={"f_forecast": "2", "f_frank": "5", "kept": "the call at five"}))

    assert made.review is not None
    assert [(one.id, one.points) for one in made.review.scores] == [("f_forecast", 2), ("f_frank", 5)]
    assert [one.id for one in made.review.answered] == ["kept"]
    assert "●●○○○" in crisis_text(made, "en", 80).plain


@pytest.mark.parametrize("who", ["Anna, Karl", "Anna and Karl", "Anna & Karl", "林岚、周建国", "林岚和周建国", "A/B"])
def test_a_measure_with_two_owners_has_none(who: str) -> None:
    found = coach.shared({"prevent": [step("one", who="Anna"), step("two", who=who)]})

    assert found is not None
    assert (found.number, found.what) == (2, "two")


@pytest.mark.parametrize("who", ["Anna Berg", "林岚", "Andrea Brandt", "Order desk", "和珅", "财务小何"])
def test_one_owner_is_one_owner(who: str) -> None:
    assert coach.shared({"prevent": [step("one", who=who)]}) is None


def test_what_is_not_done_is_counted(books: Library) -> None:
    open_one = reported(books, a_crisis(answers={"first_actions": [step("call")]}), asked=("first_actions", "known"))
    reviewed = reported(books, a_crisis(answers={"kept": "x"}))
    settled = reported(books, a_crisis(answers={"kept": "x", "prevent": [step("y")]}))

    assert coach.lacking(open_one) == [("questions", 1), ("steps", 1), ("review", 1)]
    assert coach.lacking(reviewed) == [("measures", 1)]
    assert coach.lacking(settled) == []


# Pictures


HOSTILE = "<script>alert(1)</script> | \x1b[2J\u202e *x* `y`"


@pytest.mark.parametrize("lang", LANGS)
def test_what_people_wrote_is_shown_as_text(books: Library, lang: Lang) -> None:
    answers = {
        "what_happened": HOSTILE, "who_leads": HOSTILE, "first_actions": [step(HOSTILE, TODAY, HOSTILE)],
        "audiences": [{"audience": "client", "what": HOSTILE, "who": HOSTILE}], "kept": HOSTILE,
    }  # fmt: skip
    made = reported(books, a_crisis(answers=answers, log=(logged("2026-12-01 14:05", HOSTILE),)), lang, client=HOSTILE)

    pages = crisis_html(made, lang), crisis_markdown(made, lang), crisis_text(made, lang, 40).plain
    for page in pages:
        assert "\x1b" not in page
        assert "\u202e" not in page
        assert r"\x1b" in page or r"\\x1b" in page
    assert "<script>" not in pages[0]
    assert "<script>" not in pages[1]
    assert "|" not in pages[1].replace(r"\|", "").split("##")[0]


@pytest.mark.parametrize("lang", LANGS)
def test_the_clock_of_the_first_hour_is_gone_once_it_no_longer_matters(books: Library, lang: Lang) -> None:
    answers = {"began": "14:05"}

    early = crisis_text(reported(books, a_crisis(answers=answers)), lang, 80).plain
    late = crisis_text(reported(books, a_crisis(answers=answers), phase="until-solved"), lang, 80).plain

    assert "14:20" in early
    assert "14:20" not in late
