"""What is known of the person whose objection is answered."""

from datetime import date
from typing import Any

from salescoach.coach.advice import voice
from salescoach.coach.known import known
from salescoach.language import LANGS
from salescoach.playbook.library import Library
from salescoach.playbook.models import Rules, Typology
from salescoach.records.models import Contact, ObjectionMet
from tests.coach.samples import ME, TODAY, a_client, a_contact, a_history, a_promise

TECHNIQUES = {"boomerang": "Boomerang"}


def met(topic: str = "price", **changes: Any) -> ObjectionMet:
    given = {"id": "O1", "client_id": "C1", "on": date(2026, 11, 3), "said": "too dear", "topic": topic}
    return ObjectionMet(**{**given, **changes})


def told(
    books: Library, *, topic: str = "price", person: Contact | None = None, heard: tuple[ObjectionMet, ...] = (), **more: Any
) -> dict[str, str]:
    styles, history = books.get(Typology, "styles"), a_history(**more)
    rules, speaker = books.labelled(Rules, "hint"), voice("en", ME)
    lines = known(rules, styles, history, person, topic, heard, TODAY, speaker, TECHNIQUES)
    return {line.id: line.text for line in lines}


def test_the_last_time_it_was_said_here_comes_first(books: Library) -> None:
    first, *_ = told(books, heard=(met(), met(id="O0", said="older"))).values()

    assert first == "Tue 3 Nov 2026: “too dear” – left open then."


def test_what_settled_it_here_is_named(books: Library) -> None:
    lines = told(books, heard=(met(resolved=True, technique="boomerang"),)).values()

    assert "What worked here: Boomerang." in lines


def test_another_topic_said_here_is_none_of_its_business(books: Library) -> None:
    assert "records.price-1" not in told(books, heard=(met("budget"),))


def test_a_late_promise_of_ours_is_said_before_anything_else(books: Library) -> None:
    late = a_promise("the report", date(2026, 11, 20))

    assert "answer-hints.promise-first" in told(books, promises=(late,))
    assert "answer-hints.promise-first" not in told(books, promises=(a_promise("later", date(2026, 12, 9)),))


def test_the_role_of_the_person_decides_the_hint(books: Library) -> None:
    user, purchaser = (a_contact(roles=(role,)) for role in ("user", "purchaser"))

    assert "answer-hints.user-daily" in told(books, person=user, contacts=(user,))
    assert "answer-hints.purchaser-price" in told(books, person=purchaser, contacts=(purchaser,))


def test_a_hint_for_one_topic_is_not_given_on_another(books: Library) -> None:
    purchaser = a_contact(roles=("purchaser",))

    assert "answer-hints.purchaser-price" not in told(books, topic="trust", person=purchaser, contacts=(purchaser,))


def test_the_stage_of_the_relation_counts(books: Library) -> None:
    assert "answer-hints.strategic-open" in told(books, client=a_client(stage="strategic"))
    assert "answer-hints.strategic-open" not in told(books, client=a_client(stage="early"))


def test_there_are_never_more_than_four_lines(books: Library) -> None:
    person = a_contact(roles=("purchaser", "user", "influencer", "decision-maker"), stance="opponent")
    late = a_promise("the report", date(2026, 11, 20))
    heard = (met(resolved=True, technique="boomerang"),)

    assert len(told(books, person=person, contacts=(person,), promises=(late,), heard=heard)) == 4


def test_every_hint_is_worded_in_both_languages(books: Library) -> None:
    rules = [rule for book in books.all(Rules) if book.gives == "hint" for rule in book.rules]

    assert rules
    assert all(set(rule.say) == set(LANGS) for rule in rules)
