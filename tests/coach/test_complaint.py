"""A complaint: the words of each step, the honest promise, and which complaints are still open."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescoach.coach import complaint as coach
from salescoach.coach.advice import voice
from salescoach.coach.complaint import BESIDE, Complaint, Outcome, Setting
from salescoach.coach.prep import walked
from salescoach.playbook.library import Library
from salescoach.playbook.models import Typology
from salescoach.records.account import Assessment, Said
from salescoach.records.me import Me
from salescoach.records.models import Promise

TODAY = date(2026, 12, 1)
FRIDAY = "2026-12-04"
STEPS = ("listen", "acknowledge", "help", "solve")
STYLES = ("driver", "expressive", "amiable", "analytical")
EMOTIONS = ("annoyed", "disappointed", "discouraged", "furious")
SPEAKER = voice("en", Me(name="Jana"), client="Acme")
NUMBERS = count(1)


def new_id() -> str:
    return f"ID{next(NUMBERS):024d}"


def setting(before: Complaint | None = None, today: date = TODAY) -> Setting:
    return Setting(
        client_id="C", contact_id=None, version=1, today=today, rep="Jana", lang="en",
        case=before.id if before else new_id(), before=before,
    )  # fmt: skip


def talk(answers: dict[str, Any], before: Complaint | None = None, today: date = TODAY) -> Outcome:
    return coach.outcome({"said": "the pump stands still", **answers}, setting(before, today), new_id)


def after(*talks: Outcome, promises: tuple[Promise, ...] = ()) -> Complaint:
    """The complaint as the store gives it back."""
    kept = {one.id: one for each in talks for one in each.promises} | {one.id: one for one in promises}
    (found,) = coach.complaints([one.assessment for one in talks], kept.values())
    return found


# Words


@pytest.mark.parametrize("style", [None, *STYLES])
@pytest.mark.parametrize("step", STEPS)
def test_every_step_has_words_for_every_style_and_neutral_ones(books: Library, step: str, style: Any) -> None:
    said = coach.words(books, step, style, None, SPEAKER)

    assert 1 <= len(said) <= BESIDE
    book = books.get(Typology, "complaint-words")
    mine = next(one for one in book.entries if one.id == (style or "any"))
    assert {line.id for line in said} <= {f"complaint-words.{line.id}" for line in mine.lines[step]}


@pytest.mark.parametrize("emotion", EMOTIONS)
def test_the_feeling_is_acknowledged_first_and_nowhere_else(books: Library, emotion: str) -> None:
    for step in STEPS:
        first = coach.words(books, step, "driver", emotion, SPEAKER)[0].id.split(".")[1]

        assert first.startswith(f"{emotion}-") == (step == "acknowledge")


def test_words_stand_at_the_first_question_of_a_step_and_after_the_feeling_is_known(books: Library) -> None:
    lists = walked(books, "complaint")

    def at(question: str, **answers: Any) -> list[str]:
        return [one.id for one in coach.beside(books, lists, question, answers, None, SPEAKER)]

    assert at("said")[0].startswith("complaint-words.any-")
    assert at("tone") == []
    assert at("emotion") == []
    assert at("acknowledged", emotion="furious")[0].startswith("complaint-words.furious-")
    assert at("help_offered")
    assert at("options")
    assert at("options", options=["one"]) == [], "they stand above already"
    assert at("settled") == []


def test_where_nothing_is_certain_the_words_say_so_at_the_day_of_the_report(books: Library) -> None:
    lists = walked(books, "complaint")
    said = coach.beside(books, lists, "report_by", {"certain": False}, "driver", SPEAKER)

    assert said == coach.for_all(books, "not_sure", {}, SPEAKER)[:BESIDE]


def test_sentences_to_say_are_in_the_language_spoken_with_them_and_hints_in_the_reps_own(books: Library) -> None:
    spoken = voice("zh", Me())
    said = coach.for_all(books, "not_sure", {}, SPEAKER, spoken)

    for line in said:
        assert line.text.startswith("“") == (not line.text.isascii()), line
    assert {line.text.startswith("“") for line in said} == {True, False}


# The promise


def test_what_is_certain_is_promised_as_it_was_said() -> None:
    ended = talk({"certain": True, "promise": "a new pump", "promise_by": FRIDAY})

    assert ended.promise == ended.promises[0]
    assert (ended.promise.what, ended.promise.by) == ("a new pump", date(2026, 12, 4))
    assert (ended.promise.owner, ended.promise.who, ended.certain) == ("ours", "Jana", True)


def test_what_is_not_certain_is_not_promised_only_the_day_of_the_report() -> None:
    ended = talk({"certain": False, "promise": "a new pump", "promise_by": "2026-12-02", "report_by": FRIDAY})

    assert [(one.what, one.by) for one in ended.promises] == [
        ("report back on: the pump stands still", date(2026, 12, 4))
    ]
    assert not ended.certain


@given(st.sampled_from([True, False, None]), st.booleans(), st.booleans())
def test_no_result_is_ever_promised_without_certainty(certain: bool | None, promise: bool, report: bool) -> None:
    answers = {
        "certain": certain,
        "promise": "a new pump" if promise else None,
        "report_by": FRIDAY if report else None,
    }
    ended = talk({key: said for key, said in answers.items() if said is not None})

    assert any(one.what == "a new pump" for one in ended.promises) == (certain is True and promise)


def test_a_long_complaint_names_itself_shortly_in_the_promise() -> None:
    ended = talk({"said": "x" * 4000, "certain": False, "report_by": FRIDAY})

    assert ended.promise is not None
    assert len(ended.promise.what) < 90
    assert ended.objection.said == "x" * 4000


def test_talking_again_with_nothing_new_changes_no_promise() -> None:
    first = talk({"certain": False, "report_by": FRIDAY})
    again = talk({"certain": False, "report_by": FRIDAY}, after(first))

    assert again.promises == ()
    assert again.promise == first.promise


def test_a_new_day_for_the_report_means_that_this_one_was_given() -> None:
    first = talk({"certain": False, "report_by": FRIDAY})
    again = talk({"certain": False, "report_by": "2026-12-08"}, after(first), date(2026, 12, 4))

    done, new = again.promises
    assert (done.id, done.state, done.closed_on) == (first.promise.id, "done", date(2026, 12, 4))  # type: ignore[union-attr]
    assert again.promise == new
    assert (new.by, new.state) == (date(2026, 12, 8), "open")


def test_another_day_for_the_same_thing_is_the_same_promise() -> None:
    first = talk({"certain": True, "promise": "a new pump", "promise_by": FRIDAY})
    again = talk({"certain": True, "promise": "a new pump", "promise_by": "2026-12-08"}, after(first))

    assert again.promises == (replace(first.promises[0], by=date(2026, 12, 8)),)


def test_a_promise_that_was_kept_is_not_made_again() -> None:
    first = talk({"certain": True, "promise": "a new pump", "promise_by": FRIDAY})
    kept = replace(first.promises[0], state="done", closed_on=TODAY)
    again = talk({"certain": True, "promise": "a new pump", "promise_by": FRIDAY}, after(first, promises=(kept,)))

    assert (again.promise, again.promises) == (None, ())


def test_the_day_of_the_report_that_is_over_is_no_default() -> None:
    first = talk({"certain": False, "report_by": FRIDAY, "settled": False})

    assert coach.defaults(after(first), TODAY)["report_by"] == FRIDAY
    known = coach.defaults(after(first), date(2026, 12, 5))
    assert "report_by" not in known
    assert known["said"] == "the pump stands still"
    assert "settled" not in known


# Its end


def test_settled_means_reported_back_and_the_objection_resolved() -> None:
    first = talk({"certain": False, "report_by": FRIDAY})
    ended = coach.closed(setting(after(first)), after(first), new_id)

    assert [(one.state, one.closed_on) for one in ended.promises] == [("done", TODAY)]
    assert (ended.settled, ended.promise, ended.objection.resolved) == (True, None, True)
    assert {key for key in ended.assessment.answers if not key.startswith("_")} == {"settled"}
    assert after(first, ended).settled


def test_what_we_promised_to_do_stays_open_when_it_is_settled() -> None:
    first = talk({"certain": True, "promise": "a new pump", "promise_by": FRIDAY})
    ended = coach.closed(setting(after(first)), after(first), new_id)

    assert (ended.promises, ended.promise) == ((), first.promise)


def test_settled_at_once_asks_for_no_report() -> None:
    assert talk({"certain": False, "report_by": FRIDAY, "settled": True}).promises == ()


# Crises


@pytest.mark.parametrize(
    ("answers", "kind"),
    [
        ({}, None),
        ({"danger": False, "several_clients": False, "reputation": False}, None),
        ({"danger": True}, "product"),
        ({"several_clients": True, "reputation": True}, "product"),
        ({"reputation": True}, "goodwill"),
        ({"danger": True, "settled": True}, None),
    ],
)
def test_danger_or_several_clients_is_a_crisis_of_the_product_our_name_one_of_goodwill(
    answers: dict[str, bool], kind: str | None
) -> None:
    assert talk(answers).escalate == kind


# Those that are open


def test_the_last_word_decides_whether_it_is_open() -> None:
    first = talk({"settled": False})
    ended = talk({"settled": True}, after(first))
    other = talk({"said": "another"})
    talks = [first.assessment, other.assessment, ended.assessment]

    assert [one.said for one in coach.open_complaints(talks)] == ["another"]
    assert len(coach.complaints(talks)) == 2


def test_what_is_due_first_comes_first_and_only_an_open_promise_is_due() -> None:
    late, soon, none = (talk({"said": by, "certain": False, "report_by": by}) for by in ("2026-12-09", FRIDAY, ""))
    promises = [*late.promises, *soon.promises]
    talks = [one.assessment for one in (none, late, soon)]

    assert [one.due for one in coach.open_complaints(talks, promises)] == [date(2026, 12, 4), date(2026, 12, 9), None]
    assert [one.due for one in coach.open_complaints(talks)] == [None, None, None]


def test_other_sheets_are_no_complaints() -> None:
    sheet = Assessment(id="A", client_id="C", sheet="screen", version=1, on=TODAY, answers={"said": Said(answer="x")})

    assert coach.complaints([sheet]) == ()


@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.integers(0, 9), st.booleans()), min_size=1, max_size=5))
def test_however_often_it_is_talked_about_at_most_one_report_is_open_and_none_once_it_is_settled(
    talks: list[tuple[bool, bool, int, bool]],
) -> None:
    before, ledger, said = None, {}, []
    for day, (certain, asked, later, settled) in enumerate(talks):
        today = TODAY + timedelta(days=day)
        by = (today + timedelta(days=later)).isoformat()
        answers = {"certain": certain, "settled": settled}
        answers |= {} if not asked else {"promise": "pump", "promise_by": by} if certain else {"report_by": by}
        ended = talk(answers, before, today)
        ledger |= {one.id: one for one in ended.promises}
        said.append(ended.assessment)
        (before,) = coach.complaints(said, ledger.values())

        reports = [one for one in ledger.values() if one.state == "open" and one.what.startswith("report back")]
        assert len(reports) <= 1
        assert not (settled and reports)
