"""The errors a person can mend: an exit code a class, and a sentence with every fact it needs in both languages."""

import ast
import re
from pathlib import Path

import pytest

from docs.exit_codes import family, page
from salescoach.cli.show import message, show_error
from salescoach.errors import (
    ExitCode,
    Interrupted,
    InvalidError,
    NotFoundError,
    PlaybookError,
    SalescoachError,
    StoreError,
    UsageError,
)
from tests.source import calls, facts, literals, messages, nodes, placeholders, said

SENTENCES = {key.removeprefix("error."): said for key, said in messages().items() if key.startswith("error.")}
#: What `Problem`, the YAML reader and the database driver's codes are turned into: keys in tables, not in calls.
FAMILIES = re.compile(r"(yaml|playbook|store)-[a-z]+(-[a-z]+)*")
#: Words of the same shape that are no message keys.
NO_KEYS = {"playbook-invalid"}
PAGE = Path(__file__).parents[1] / "docs" / "exit-codes.md"


# Exit codes


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UsageError, 2),
        (NotFoundError, 3),
        (InvalidError, 4),
        (PlaybookError, 4),
        (StoreError, 5),
        (Interrupted, 130),
    ],
)
def test_the_exit_code_is_that_of_the_class(error: type[SalescoachError], code: int) -> None:
    assert error("key").exit_code == code


def test_the_codes_are_those_of_the_contract() -> None:
    assert [int(code) for code in ExitCode] == [0, 1, 2, 3, 4, 5, 130]


def test_every_error_has_a_code_of_its_own() -> None:
    codes = [one.code for one in family()]

    assert len(codes) == len(set(codes)) == 6
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", code) for code in codes)


def test_every_exception_of_ours_is_of_the_family_or_is_caught_where_it_is_expected() -> None:
    """Whatever else reaches the edge says that it is a bug."""
    bases = {
        node.name: {getattr(base, "id", getattr(base, "attr", "")) for base in node.bases}
        for _, node in nodes()
        if isinstance(node, ast.ClassDef)
    }
    ours = {name for name, above in bases.items() if above & {"Exception", "ValueError", "RuntimeError", "KeyError"}}
    caught = {
        name.id
        for _, node in nodes()
        if isinstance(node, ast.ExceptHandler) and node.type
        for name in ast.walk(node.type)
        if isinstance(name, ast.Name)
    }

    assert "SalescoachError" in ours
    assert ours <= caught


def test_the_page_of_exit_codes_is_current() -> None:
    """`python -m docs.exit_codes > docs/exit-codes.md` writes it afresh."""
    assert PAGE.read_text("utf-8") == page()


# Sentences


def raised() -> list[tuple[str, str, set[str] | None]]:
    """Every error that is made with a plain key: its place, key, and its facts' names (None: not all in sight)."""
    made = [pair for pair in calls("Interrupted", "Problem", suffix="Error") if pair[1].args or pair[1].keywords]
    found = []
    for place, call in made:
        named = [word.value for word in call.keywords if word.arg == "key"]
        for key in [key for argument in (*call.args[:1], *named) for key in said(argument)]:
            if re.fullmatch(r"[a-z]+(-[a-z]+)+", key):
                found.append((place, key, None if named else facts(call)))
    return found


def test_every_error_that_is_raised_has_its_sentence() -> None:
    assert len(raised()) > 50
    assert [(place, key) for place, key, _ in raised() if key not in SENTENCES] == []


def test_every_key_in_a_table_has_its_sentence() -> None:
    keys = {word for word in literals() if FAMILIES.fullmatch(word)} - NO_KEYS

    assert len(keys) > 40
    assert {key for key in keys if key not in SENTENCES} == set()


def test_every_kind_of_record_can_be_unknown() -> None:
    import salescoach.store.store  # noqa: F401 - so that every shelf is there
    from salescoach.store.shelf import Shelf

    records = {one.record for one in Shelf.__subclasses__()}

    assert {"client", "contact", "visit", "promise"} <= records
    assert {f"{record}-id-unknown" for record in records} <= set(SENTENCES)


def test_every_sentence_and_hint_gets_the_facts_that_it_names() -> None:
    short = []
    for place, key, given in raised():
        wanted = {
            name for part in (key, f"{key}-hint") if part in SENTENCES for name in placeholders(SENTENCES[part][0])
        }
        if given is not None and not wanted <= given:
            short.append((place, key, wanted - given))

    assert short == []


def test_every_hint_belongs_to_a_sentence() -> None:
    hints = {key.removesuffix("-hint") for key in SENTENCES if key.endswith("-hint")}
    frame = {"usage"}  # the library's own complaints, whose sentences have keys of their own

    assert hints - set(SENTENCES) <= frame


def test_every_refusal_of_an_answer_has_its_sentence_for_a_file_too() -> None:
    refusals = {key for _, key, _ in raised() if key.startswith("answer-") or key == "date-unclear"}

    assert len(refusals) >= 9
    assert {f"answers-{key}" for key in refusals} <= set(SENTENCES)


def test_every_error_is_a_sentence() -> None:
    """A capital and a full stop in English, full-width marks in Chinese; what begins with a fact begins as that does."""
    frame = {"hint", "nearest", "warning", "usage-choices", "edit-rejected"}
    sentences = {key: two for key, two in SENTENCES.items() if not key.endswith("-hint") and key not in frame}
    wrong = []
    for key, (english, chinese) in sentences.items():
        begins = english[0].isupper() or not english[0].isalpha() or ":" in english.split()[0]
        if not (begins and english[-1] in ".?!" and chinese[-1] in "。？！"):
            wrong.append(key)

    assert wrong == []
    yaml = "“键: 值”", "“项: 值”"  # shown with its own colon
    shown = {key: chinese.replace(yaml[0], "").replace(yaml[1], "") for key, (_, chinese) in sentences.items()}
    assert [key for key, chinese in shown.items() if re.search(r"[\u4e00-\u9fff][,;:!?]", chinese)] == []


# What is shown


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_an_error_says_where_what_and_what_to_do_next(lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    error = InvalidError("answers-date-unclear", where="a.yaml:3:7", question="when", answer="soon")

    code = show_error(error, lang)  # type: ignore[arg-type]

    out, err = capsys.readouterr()
    assert (code, out) == (4, "")
    assert err.startswith("a.yaml:3:7: ")
    assert "soon" in err
    assert err.splitlines()[1].startswith("hint: " if lang == "en" else "提示：")


def test_the_nearest_three_are_named_and_no_more(capsys: pytest.CaptureFixture[str]) -> None:
    show_error(NotFoundError("client-unknown", nearest=["a", "b", "c", "d"], given="x"), "en")

    assert "nearest: a · b · c\n" in capsys.readouterr().err


def test_what_a_person_typed_cannot_act_on_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    show_error(NotFoundError("client-unknown", nearest=["\x1b]0;title\x07"], given="\x1b[2J\u202e"), "en")

    err = capsys.readouterr().err
    assert "\x1b" not in err
    assert "\u202e" not in err
    assert r"\x1b[2J" in err


def test_braces_in_what_a_person_typed_stay_as_they_are() -> None:
    assert "{0.__class__}" in message(NotFoundError("client-unknown", given="{0.__class__}"), "en")


@pytest.mark.parametrize("key", sorted(key for key, (english, _) in SENTENCES.items() if "{{" in english))
def test_braces_of_a_sentence_are_shown_single(key: str) -> None:
    given = dict.fromkeys(placeholders(SENTENCES[key][0]) | {"problem"}, "x")

    assert "{{" not in message(InvalidError(key, **given), "en")
