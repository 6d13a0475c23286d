"""`salescoach me`: who the rep is, their own style included."""

from tests.program import Program


def test_a_rep_who_does_not_know_their_style_is_told_by_two_questions(program: Program) -> None:
    told = program.json("me", "--answers", "-", stdin="name: Jo\npace: calm\nfocus: people\n")

    assert told["style"] == "amiable"


def test_a_rep_who_does_know_it_has_the_last_word(program: Program) -> None:
    program.json("me", "--answers", "-", stdin="style: driver\n")

    assert program.json("me", "--answers", "-", stdin="name: Jo\n")["style"] == "driver"
