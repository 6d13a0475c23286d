"""The commands about records, run as the rep runs them: what they keep, say, print as JSON and refuse."""

import json
import shlex
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pexpect
import pytest
from hypothesis import HealthCheck, given, settings

from salescoach.cli import main
from salescoach.cli.editing import _read, as_yaml
from salescoach.language import visible
from salescoach.playbook.yaml_text import CONTROL
from salescoach.records.models import Client, Debrief, Draft, Note, Plan, Step, Visit
from salescoach.render.listing import listing
from salescoach.store import Store, open_store
from salescoach.wrap import cells
from tests.store import samples

Run = Callable[..., "Ran"]


class Ran:
    """How a run of the program ended, and what it wrote."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def json(self) -> Any:
        """The document on stdout."""
        assert self.code == 0, self.err
        return json.loads(self.out)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run one command line."""

    def ran(*argv: str) -> Ran:
        code = main(argv)
        out, err = capsys.readouterr()
        return Ran(code, out, err)

    return ran


@pytest.fixture
def done(run: Run) -> Callable[..., str]:
    """Run one command line that must succeed; gives what it printed."""

    def ran(*argv: str) -> str:
        result = run(*argv)
        assert result.code == 0, result.err
        return result.out

    return ran


@pytest.fixture
def kept(home: Path) -> Callable[[], Store]:
    return lambda: open_store(home / "data")


def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *changes: tuple[str, str]) -> None:
    """An editor that makes one change a time it is opened, the last one for ever."""
    script = tmp_path / "editor.py"
    script.write_text(
        "import sys, pathlib\n"
        f"changes = {list(changes)!r}\n"
        f"count = pathlib.Path({str(tmp_path / 'count')!r})\n"
        "at = int(count.read_text()) if count.exists() else 0\n"
        "count.write_text(str(at + 1))\n"
        "old, new = changes[min(at, len(changes) - 1)]\n"
        "path = pathlib.Path(sys.argv[1]); text = path.read_text(encoding='utf-8')\n"
        "assert old in text, text\n"
        "path.write_text(text.replace(old, new), encoding='utf-8')\n"
    )
    monkeypatch.setenv("EDITOR", f"{sys.executable} {script}")


# Clients


def test_a_name_is_all_a_client_needs(done: Any, run: Run) -> None:
    assert done("client", "add", "Acme GmbH") == "Added Acme GmbH.\n"

    (client,) = run("client", "list", "--json").json["clients"]
    assert (client["name"], client["kind"], client["stage"], client["aliases"]) == (
        "Acme GmbH",
        "company",
        "developing",
        [],
    )


def test_everything_about_a_client_can_be_said_when_it_is_added(run: Run, kept: Any) -> None:
    about = "--kind person --alias A --alias B --industry steel --country de --language zh"
    more = "--stage stable --tag x --key-account --json"
    document = run("client", "add", "Acme", *about.split(), *more.split()).json
    with kept() as store:
        (client,) = store.clients.list()

    assert list(document) == ["schema", "client"]
    assert document["schema"] == "salescoach/client@1"
    assert client == Client(
        id=document["client"]["id"],
        name="Acme",
        kind="person",
        aliases=("A", "B"),
        industry="steel",
        country="DE",
        language="zh",
        stage="stable",
        key_account=True,
        tags=("x",),
    )


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (("client", "add", ""), 4),
        (("client", "add", "\x1b\u202e"), 4),
        (("client", "add", "x" * 201), 4),
        (("client", "add", "acme gmbh"), 4),
        (("client", "add", "X", "--country", "Germany"), 4),
        (("client", "add", "X", "--stage", "warm"), 2),
        (("client", "add", "X", "--kind", "dog"), 2),
        (("client", "add"), 2),
        (("client", "show", "nobody at all"), 3),
        (("client", "rename", "acme", ""), 4),
        (("client", "merge", "Acme GmbH", "Acme GmbH"), 2),
        (("client", "merge", "acm", "nord"), 3),
        (("client", "remove", "Acme GmbH"), 2),
        (("client", "remove", "acm", "--yes"), 3),
        (("client", "edit", "acme"), 2),
        (("contact", "add", "nobody at all", "Jo"), 3),
        (("contact", "add", "acme", " "), 4),
        (("contact", "add", "acme", "Jo", "--role", "boss"), 2),
        (("contact", "add", "acme", "Jo", "--influence", "6"), 2),
        (("contact", "show", "acme"), 2),
        (("contact", "show", "acme/nobody"), 3),
        (("visit", "show", "abcdef"), 3),
        (("visit", "list", "nobody at all"), 3),
        (("note", "acme", "  "), 4),
        (("promise", "add", "acme", ""), 4),
        (("promise", "add", "acme", "x", "--by", "some day"), 4),
        (("promise", "done", "abcdef"), 3),
    ],
)
def test_what_does_not_hold_is_refused_with_its_code_and_changes_nothing(
    run: Run, kept: Any, argv: tuple[str, ...], code: int
) -> None:
    run("client", "add", "Acme GmbH")
    run("client", "add", "Nord AG")

    ended = run(*argv)

    assert (ended.code, ended.out) == (code, "")
    assert ended.err
    with kept() as store:
        assert [client.name for client in store.clients.list()] == ["Acme GmbH", "Nord AG"]
        assert store.contacts.list() == store.promises.list() == store.notes.list() == []


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_client_not_known_names_the_nearest_and_what_to_do(run: Run, done: Any, lang: str) -> None:
    done("client", "add", "Acme")

    ended = run("--lang", lang, "client", "show", "acne")

    assert ended.code == 3
    assert "Acme" in ended.err
    assert "salescoach client add" in ended.err


def test_the_screen_about_a_client_says_who_what_is_owed_what_was_and_what_is_missing(done: Any) -> None:
    done("client", "add", "宝士达有限公司", "--industry", "电器")
    done("contact", "add", "bsd", "李伟", "--role", "decision-maker", "--stance", "supporter", "--position", "采购总监")
    done("promise", "add", "bsd", "send the report", "--by", "2026-11-20")
    done("promise", "add", "bsd", "samples", "--theirs", "--who", "liwei", "--by", "fri")
    done("note", "bsd", "prefers", "mail")

    screen = done("client", "show", "baoshida")

    assert screen.startswith("宝士达有限公司 · 电器")
    for part in (
        "李伟 · 采购总监 · Decision maker · Supporter",
        "11 d overdue (Fri 20 Nov) · we: send the report",
        "by Fri 4 Dec · 李伟: samples",
        "Tue 1 Dec 2026 · prefers mail",
        "salescoach prep",
    ):
        assert part in screen
    assert max(map(cells, screen.splitlines())) <= 80
    assert len(screen.splitlines()) <= 24


def test_the_document_about_a_client_holds_it_all(done: Any, run: Run) -> None:
    done("client", "add", "Acme")
    done("contact", "add", "acme", "Jo")
    document = run("client", "show", "acme", "--json").json

    assert list(document) == [
        "schema", "client", "contacts", "promises", "promises_kept", "last_visit", "next_visit", "notes", "gaps"
    ]  # fmt: skip
    assert [one["name"] for one in document["contacts"]] == ["Jo"]
    assert document["last_visit"] is None
    assert all(gap["text"] and gap["command"].startswith("salescoach ") for gap in document["gaps"])


def test_a_renamed_client_answers_to_both_names(done: Any) -> None:
    done("client", "add", "Acme")
    done("client", "rename", "acme", "Zenit")

    assert done("client", "show", "Acme").startswith("Zenit")


def test_merging_by_names_in_full_moves_everything(done: Any, kept: Any) -> None:
    done("client", "add", "Acme")
    done("client", "add", "Zenit")
    done("contact", "add", "acme", "Jo")
    assert done("client", "merge", "Acme", "Zenit") == "Acme is now part of Zenit.\n"

    with kept() as store:
        assert [(client.name, client.aliases) for client in store.clients.list()] == [("Zenit", ("Acme",))]
        assert store.find_person("acme/jo")[1] is not None


def test_removing_with_yes_removes(done: Any, run: Run) -> None:
    done("client", "add", "Acme")
    done("contact", "add", "acme", "Jo")
    assert done("contact", "remove", "acme/jo", "--yes") == "Removed Jo at Acme. Texts that name them stay; “salescoach forget” erases those too.\n"
    done("client", "remove", "acme", "--yes")

    assert run("client", "list", "--json").json["clients"] == []


# Text from outside

NASTY = "[bold]x[/] \x1b[2J\u202egnp\nend"


def test_what_could_act_on_a_terminal_is_shown_as_text(done: Any) -> None:
    done("client", "add", NASTY, "--industry", NASTY, "--tag", NASTY)
    done("contact", "add", "[bold]x", NASTY, "--position", NASTY, "--mail", NASTY)
    done("note", "[bold]x", NASTY)
    done("promise", "add", "[bold]x", NASTY)
    listings = ("client list", "client show [bold]x", "contact show [bold]x/[bold]x", "promise list", "note [bold]x hm")
    shown = "".join(done(*words.split()) for words in listings)

    assert "[bold]x[/]" in shown
    assert "\\x1b[2J" in shown
    assert not {char for char in shown if char != "\n" and not char.isprintable()}


def test_a_name_is_kept_without_what_is_not_seen(done: Any, run: Run) -> None:
    done("client", "add", NASTY)

    assert run("client", "list", "--json").json["clients"][0]["name"] == "[bold]x[/] [2Jgnp end"


# Width


@pytest.mark.parametrize("columns", [40, 80, 120])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_listing_fits_the_width(
    done: Any, kept: Any, monkeypatch: pytest.MonkeyPatch, columns: int, lang: str
) -> None:
    for number in range(3):
        name = f"宝士达电器{number}号非常长的公司名称有限责任公司 Aktiengesellschaft"
        done("client", "add", name, "--industry", "electrical " * 9, "--alias", f"alias {number}" * 5)
        done(
            "contact",
            "add",
            name,
            "Maximiliane " * 4,
            "--position",
            "采购总监" * 9,
            "--mail",
            "m" * 90,
        )
        done("promise", "add", name, "send 样品 and the report " * 9, "--by", "2026-11-20")
    with kept() as store:
        client = store.clients.list()[0]
        store.visits.add(
            Visit(
                id=store.new_id(),
                client_id=client.id,
                when=date(2026, 11, 1),
                status="done",
                plan=Plan(questions=("why? " * 30,), notes="样品 " * 40),
                debrief=Debrief(summary="good 好 " * 30, client_commitments=(Step(who="Jo", what="x " * 60),)),
            )
        )
        visit = store.visits.list()[0].id
    monkeypatch.setenv("COLUMNS", str(columns))

    person = f"{client.name}/Maximiliane"
    for argv in (
        ("client", "list"),
        ("client", "show", client.name),
        ("contact", "show", person),
        ("promise", "list"),
        ("visit", "list"),
        ("visit", "show", visit[-6:]),
    ):
        for line in done("--lang", lang, *argv).splitlines():
            assert cells(line) <= columns, (argv, line)


def test_a_listing_leaves_out_columns_that_are_empty_everywhere() -> None:
    assert listing([["a", "", "b"], ["宝", "", "c"]], 80) == "a   b\n宝  c"


def test_a_listing_of_nothing_is_nothing() -> None:
    assert listing([], 80) == ""


# Contacts


def test_everything_about_a_person_is_kept_and_shown(done: Any, run: Run) -> None:
    done("client", "add", "Acme")
    who = "--position CFO --department finance --role user --role decision-maker --stance opponent"
    more = "--style analytical --influence 5 --mail jo@acme --phone 123 --alias JB"
    done("contact", "add", "acme", "Jo Berg", *who.split(), *more.split())
    document = run("contact", "show", "acme/jb", "--json").json
    screen = done("contact", "show", "acme/jo")

    assert document["schema"] == "salescoach/contact@1"
    assert document["contact"]["roles"] == ["user", "decision-maker"]
    assert document["contact"]["influence"] == 5
    assert screen.startswith("Jo Berg · CFO · finance · Acme")
    for part in ("Opponent", "influence 5 of 5", "jo@acme · 123", "JB"):
        assert part in screen


# Notes, promises, visits


def test_a_note_is_dated_today_and_needs_no_quotes(done: Any, kept: Any) -> None:
    done("client", "add", "Acme")
    assert done("note", "acme", "prefers", "mail") == "Noted on Acme.\n"

    with kept() as store:
        (note,) = store.notes.list()
    assert isinstance(note, Note)
    assert (note.on, note.text) == (date(2026, 12, 1), "prefers mail")


def test_a_promise_is_echoed_with_its_weekday_and_closed_by_its_short_id(done: Any, run: Run) -> None:
    done("client", "add", "Acme")
    said = done("promise", "add", "acme", "send the report", "--by", "fri")
    identifier = said.strip().rpartition(" ")[2]
    assert said.startswith("Promised · by Fri 4 Dec · we: send the report · ")
    assert done("promise", "done", identifier) == "Kept: send the report\n"

    assert done("promise", "list") == "No open promises.\n"
    (listed,) = run("promise", "list", "acme", "--all", "--json").json["promises"]
    assert (listed["promise"]["state"], listed["promise"]["closed_on"]) == ("done", "2026-12-01")
    assert run("promise", "drop", identifier).code == 2


def test_their_promise_names_the_contact_who_is_meant_and_somebody_only_alike_as_written(done: Any, run: Run) -> None:
    done("client", "add", "Acme")
    done("contact", "add", "acme", "Jo Berg")
    done("promise", "add", "acme", "one", "--theirs", "--who", "jo")
    done("promise", "add", "acme", "two", "--theirs", "--who", "Jon Bergh")

    listed = run("promise", "list", "--json").json["promises"]
    assert [(one["promise"]["who"], one["promise"]["owner"]) for one in listed] == [
        ("Jo Berg", "theirs"),
        ("Jon Bergh", "theirs"),
    ]


@pytest.fixture
def visit(done: Any, kept: Any) -> str:
    """The id of a held visit to Acme with Jo, where a planned advance was met."""
    done("client", "add", "Acme")
    done("contact", "add", "acme", "Jo Berg")
    made = Step(who="Jo Berg", what="sends the drawings", by=date(2026, 12, 8))
    with kept() as store:
        client, contact = store.find_person("acme/jo")
        assert contact is not None
        plan = Plan(primary_advance=made, checklist={}, extra={"own": date(2026, 1, 1)})
        debrief = Debrief(client_commitments=(made,), outcome="advance", primary="met", feedback=("x",))
        store.visits.add(
            Visit(
                id="01M80HVW1GSAER47BYHS8RW0DV",
                client_id=client.id,
                when=date(2026, 11, 30),
                purpose="discovery",
                contact_ids=(contact.id,),
                status="done",
                plan=plan,
                debrief=debrief,
            )
        )
    return "8rw0dv"


def test_a_visit_is_listed_and_shown_with_plan_and_debrief(done: Any, run: Run, visit: str) -> None:
    assert done("visit", "list").split("  ")[:3] == ["8rw0dv", "Mon 30 Nov", "Acme"]
    screen = done("visit", "show", visit)
    for part in ("Acme · Mon 30 Nov 2026", "Jo Berg: sends the drawings · by Tue 8 Dec 2026", "Advance"):
        assert part in screen
    assert run("visit", "show", visit, "--json").json["visit"]["debrief"]["outcome"] == "advance"


def test_a_cancelled_visit_asks_for_nothing_any_more(done: Any, run: Run, kept: Any) -> None:
    done("client", "add", "Acme")
    done("prep", "acme", "--answers", "/dev/null")
    with kept() as store:
        (planned,) = store.visits.list()
    done("visit", "cancel", planned.id[-6:])

    with kept() as store:
        assert store.visits.latest_to_debrief(date(2026, 12, 1)) is None
    assert run("debrief").code == 3
    assert run("visit", "cancel", planned.id).code == 2


# Editing


def test_an_edited_client_is_saved_and_the_file_is_gone(
    done: Any, run: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done("client", "add", "Acme", "--tag", "no")
    editor(tmp_path, monkeypatch, ("remarks:", "remarks: 1.10"))
    assert done("client", "edit", "acme") == "Saved Acme.\n"

    (client,) = run("client", "list", "--json").json["clients"]
    assert (client["remarks"], client["tags"]) == ("1.10", ["no"])
    assert list((home / "data" / "edits").iterdir()) == []


def test_closing_the_editor_without_a_change_changes_nothing(
    done: Any, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done("client", "add", "Acme")
    monkeypatch.setenv("EDITOR", "true")

    assert done("client", "edit", "acme") == "Nothing was changed.\n"
    assert list((home / "data" / "edits").iterdir()) == []


@pytest.mark.parametrize(
    ("change", "place", "word"),
    [
        (("stage: developing", "stage: warm"), ":13:8", "warm"),
        (("stage: developing", "stages: stable"), ":13:1", "stages"),
        (("name: Acme", "name:"), "", "name"),
        (("key_account: false", "key_account: maybe"), ":15:14", "maybe"),
        (("tags: []", "tags: [a"), ":18:", ""),
        (("name: Acme", "name: Nord"), "", "Nord"),
        (("country:", "country: Germany"), "", "Germany"),
        (("name: Acme", "\tname: Acme"), ":3:", ""),
    ],
)
def test_an_edit_that_does_not_hold_is_refused_with_its_line_and_kept(
    run: Run,
    home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    change: tuple[str, str],
    place: str,
    word: str,
) -> None:
    run("client", "add", "Acme")
    run("client", "add", "Nord")
    editor(tmp_path, monkeypatch, change)

    ended = run("client", "edit", "acme")

    (file,) = (home / "data" / "edits").iterdir()
    assert ended.code == 4
    assert f"{file}{place}" in ended.err
    assert word in ended.err
    assert change[1] in file.read_text()
    assert file.stat().st_mode & 0o777 == 0o600
    names = [client["name"] for client in run("client", "list", "--json").json["clients"]]
    assert names == ["Acme", "Nord"]


def test_a_refused_edit_goes_on_where_it_was(
    run: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("client", "add", "Acme")
    editor(tmp_path, monkeypatch, ("stage: developing", "stage: warm"), ("stage: warm", "stage: early"))
    assert run("client", "edit", "acme").code == 4

    ended = run("client", "edit", "acme")

    assert ended.code == 0
    assert "not saved" in ended.err
    assert run("client", "list", "--json").json["clients"][0]["stage"] == "early"


def test_an_editor_that_fails_or_does_not_exist_is_wrong_usage(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("client", "add", "Acme")
    for command in ("false", "no-such-editor-here", "'"):
        monkeypatch.setenv("EDITOR", command)
        assert run("client", "edit", "acme").code == 2


def test_an_editor_that_takes_the_file_away_changes_nothing(done: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    done("client", "add", "Acme")
    monkeypatch.setenv("EDITOR", "rm")

    assert done("client", "edit", "acme") == "Nothing was changed.\n"


def test_a_contact_is_edited_and_an_influence_out_of_range_refused(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("client", "add", "Acme")
    run("contact", "add", "acme", "Jo")
    editor(tmp_path, monkeypatch, ("influence:", "influence: 9"), ("influence: 9", "influence: 4"))
    assert run("contact", "edit", "acme/jo").code == 4
    assert run("contact", "edit", "acme/jo").code == 0

    assert run("contact", "show", "acme/jo", "--json").json["contact"]["influence"] == 4


def test_an_edited_commitment_without_a_date_is_no_advance_any_more(
    done: Any, kept: Any, visit: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(tmp_path, monkeypatch, ("what: sends the drawings\n    by: 2026-12-08\n  lesson", "what: thinks\n  lesson"))
    done("visit", "edit", visit)

    with kept() as store:
        debrief = store.visits.get(visit).debrief
        plan = store.visits.get(visit).plan
    assert (debrief.outcome, debrief.primary, debrief.feedback) == ("continuation", "missed", ("x",))
    assert plan.extra == {"own": date(2026, 1, 1)}


def test_an_edit_that_leaves_the_commitments_alone_leaves_the_outcome_alone(
    done: Any, kept: Any, visit: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with kept() as store:
        before = store.visits.get(visit)
    editor(tmp_path, monkeypatch, ("lesson:", "lesson: ask earlier"))
    done("visit", "edit", visit)

    with kept() as store:
        after = store.visits.get(visit)
    assert after.debrief.lesson == "ask earlier"
    assert (after.debrief.outcome, after.debrief.primary) == ("advance", "met")
    assert (after.plan, after.contact_ids) == (before.plan, before.contact_ids)


def test_a_visit_with_somebody_unknown_is_refused(
    run: Run, visit: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(tmp_path, monkeypatch, ("- Jo Berg", "- Nobody"))

    ended = run("visit", "edit", visit)

    assert ended.code == 4
    assert "Nobody" in ended.err


seen = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def _seen(text: str) -> str:
    """As it stands in the file: what our own reader refuses is written out."""
    return CONTROL.sub(lambda found: visible(found[0]), text)


@seen
@given(samples.clients())
def test_a_record_written_as_yaml_and_read_back_is_the_same_but_for_control_characters(
    tmp_path: Path, client: Client
) -> None:
    path = tmp_path / "client.yaml"
    path.write_text(as_yaml(client, "en", ("id",)), encoding="utf-8", newline="\n")

    back = _read(path, client, ("id",))

    assert back.name == _seen(client.name)
    assert back.tags == tuple(_seen(tag) for tag in client.tags if tag)
    assert (back.key_account, back.stage, back.language) == (client.key_account, client.stage, client.language)


# At a terminal


@pytest.fixture
def terminal() -> Callable[..., Any]:
    """Run one command line in a terminal of its own."""

    def spawn(*argv: str) -> Any:
        program = [sys.executable, "-c", "from salescoach.cli import run; run()", *argv]
        return pexpect.spawn(shlex.join(program), encoding="utf-8", timeout=20, dimensions=(24, 80))

    return spawn


@pytest.mark.parametrize(("answer", "left"), [("n", ["Acme"]), ("y", [])])
def test_removing_asks_once_and_says_what_goes(
    done: Any, run: Run, terminal: Any, answer: str, left: list[str]
) -> None:
    done("client", "add", "Acme")
    done("contact", "add", "acme", "Jo")
    at = terminal("client", "remove", "acm")
    at.expect("Remove Acme with 1 contacts")
    at.sendline(answer)
    at.expect(pexpect.EOF)

    assert [client["name"] for client in run("client", "list", "--json").json["clients"]] == left


def test_an_edit_that_does_not_hold_can_be_edited_again_on_the_spot(
    done: Any, run: Run, terminal: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done("client", "add", "Acme")
    editor(tmp_path, monkeypatch, ("stage: developing", "stage: warm"), ("stage: warm", "stage: early"))
    at = terminal("client", "edit", "acme")
    at.expect("Edit again")
    at.sendline("")
    at.expect("Saved Acme")
    at.expect(pexpect.EOF)

    assert run("client", "list", "--json").json["clients"][0]["stage"] == "early"


def test_a_name_that_is_not_known_can_be_picked_from_the_nearest(done: Any, run: Run, terminal: Any) -> None:
    done("client", "add", "Acme")
    at = terminal("note", "acne", "prefers mail")
    at.expect("who is meant")
    at.send("1\r")
    at.expect("Noted on Acme")
    at.expect(pexpect.EOF)

    assert [note["text"] for note in run("client", "show", "acme", "--json").json["notes"]] == ["prefers mail"]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    ("client", "person", "asked_client", "asked_person"),
    [("东方电机", "张伟强", "東方電機", "張偉強"), ("東方電機", "張偉強", "东方电机", "张伟强")],
)
def test_a_client_and_a_person_are_found_in_the_other_characters(
    run: Run, done: Callable[..., str], lang: str, client: str, person: str, asked_client: str, asked_person: str
) -> None:
    done("client", "add", client)
    done("contact", "add", client, person)

    shown = [("client", "show", asked_client), ("contact", "show", f"{asked_client}/{asked_person}")]
    shown += [("prep", asked_client, "--brief"), ("search", asked_person), ("search", asked_client)]
    for argv in shown:
        assert client in done("--lang", lang, *argv), argv
    assert run("--lang", lang, "contact", "show", f"{asked_client}/李娜").code == 3


@pytest.mark.parametrize(
    ("argv", "en", "zh"),
    [
        (("care", "--days", "-1"), "from 0 to ", "填0到"),
        (("care", "--days", "soon"), "from 0 to ", "填0到"),
        (("visit", "list", "--limit", "0"), "--limit: this value does not fit; a whole number from 1 on", "不小于1的整数"),
        (("contact", "add", "A", "B", "--influence", "9"), "from 1 to 5", "填1到5的整数"),
        (("crisis", "--done", "x"), "a whole number is wanted", "要填整数"),
    ],
)
def test_a_number_that_an_option_does_not_take_is_answered_with_those_that_it_takes(
    run: Run, argv: tuple[str, ...], en: str, zh: str
) -> None:
    for lang, wanted in (("en", en), ("zh", zh)):
        ran = run("--lang", lang, *argv)
        assert ran.code == 2
        assert wanted in ran.err


@pytest.mark.parametrize("argv", [("prep", "Acme", "--brief"), ("export",), ("review",)])
@pytest.mark.parametrize("name", ["", "."])
def test_an_empty_name_of_a_file_is_wrong_usage(
    run: Run, done: Callable[..., str], argv: tuple[str, ...], name: str
) -> None:
    done("client", "add", "Acme")
    for lang, wanted in (("en", "-o names no file."), ("zh", "-o 后面没写文件名。")):
        ran = run("--lang", lang, *argv, "-o", name)
        assert ran.code == 2
        assert wanted in ran.err


@pytest.mark.parametrize(
    ("begun", "named", "more"), [(1, 1, None), (2, 2, None), (4, 4, None), (6, 4, {"en": "2 more", "zh": "另有2件"})]
)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_half_done_debriefs_are_named_with_the_lines_that_go_on_with_them_and_many_are_counted(
    run: Run, done: Callable[..., str], home: Path, lang: str, begun: int, named: int, more: dict[str, str] | None
) -> None:
    for number in range(begun):
        done("client", "add", f"Firm {number}")
    with open_store(home / "data") as store:
        for client in store.clients.list():
            draft = Draft(id=store.new_id(), command="debrief", subject=client.id, answers={}, updated=samples.DEC_1)
            store.drafts.keep(draft)

    ran = run("--lang", lang, "--no-input", "debrief", "--answers", "-")

    assert ran.code == 3
    assert ran.err.count('salescoach debrief "Firm') + ran.err.count("salescoach debrief 'Firm") == named
    assert more is None or more[lang] in ran.err
