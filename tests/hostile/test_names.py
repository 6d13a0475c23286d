"""Names and notes as anybody may type them: kept or refused, and shown as text wherever they come up again."""

import json
import re
from html.parser import HTMLParser
from itertools import cycle

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.examples import WHOLE
from tests.hostile.counting import tried
from tests.hostile.texts import HTML, NASTY, SURROGATES, arguments
from tests.program import Program, Ran, Shelf

CLIENT = "Acme Hydraulik"
#: Every place where a name or a note comes up again; {c} is the client, {w} what was typed.
PLACES = (
    *("client list", "client show {c}", "contact show {c}/{p}", "visit list", "promise list", "today", "care"),
    *("prep {c} --brief", "prep {c} --brief --deep --why", "prep {c} --brief --format md", "review", "account map {c}"),
    *(
        "account show {c}",
        "profile {c}/{p}",
        "objection price --for {c}/{p} --deep",
        "objection -- {w}",
        "guide -- {w}",
    ),
    *("style -- {w}", "client show -- {w}", "visit show -- {w}", "playbook show -- {w}", "prep --brief -- {w}"),
    *("prep {c} --brief --when={w}", "review --since={w}", "--lang={w} today", "crisis -- {w}"),
)
PAGES = ("prep {c} --brief --format html", "review --html")
AS_JSON = (
    "client list",
    "client show {c}",
    "prep {c} --brief",
    "today",
    "objection -- {w}",
    "guide -- {w}",
    "promise list",
)


class Page(HTMLParser):
    """What a browser would run or fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.acts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Tags that act, and attributes that act or fetch."""
        if tag in ("script", "img", "iframe", "object", "a", "link"):
            self.acts.append(tag)
        self.acts += [name for name, _ in attrs if name.startswith("on") or name in ("src", "href")]


def words(line: str, **facts: str) -> list[str]:
    """A command line in which each word is one argument, whatever is put in."""
    return [word.format(**facts) for word in line.split(" ")]


class Kept:
    """A book in which everything that a person can type is the same text."""

    def __init__(self, program: Program, text: str) -> None:
        self.program, self.text = program, text
        self.facts = {"c": CLIENT, "p": "Li", "w": text}
        self.ran("client", "add", CLIENT)
        self.ran("client", "add", "--tag=" + text, "--industry=" + text, "--", text)
        self.ran("contact", "add", CLIENT, "Li", "--position=" + text, "--department=" + text, "--mail=" + text)
        self.ran("contact", "add", "--", CLIENT, text)
        self.ran("note", "--", CLIENT, text)
        self.ran("promise", "add", "--", CLIENT, text)
        self.ran(
            "me", "--answers", "-", stdin=json.dumps({"name": text[:90], "products": [text], "company": text[:90]})
        )
        step = {"who": "Li", "what": text, "by": "2026-12-02"}
        said = {"summary": text, "lesson": text, "next_step": text, "next_date": "2026-12-02", "cues": [text]}
        debrief = said | {
            "objections": [{"said": text}],
            "our_promises": [{"what": text}],
            "client_commitments": [step],
        }
        self.ran("debrief", CLIENT, "--answers", "-", stdin=json.dumps(debrief))
        plan = {"questions": [text], "notes": text, "when": "2026-12-03", "primary_advance": step, "contacts": [text]}
        self.ran("prep", CLIENT, "--answers", "-", stdin=json.dumps(plan))

    def ran(self, *argv: str, stdin: str | None = None, tty: bool = False) -> Ran:
        """A run that is no bug, and whose messages act on nothing."""
        ran = self.program(*argv, stdin=stdin, tty=tty)
        tried(ran.code)
        assert ran.code in (0, 2, 3, 4), (argv, ran)
        assert inert(ran.err), (argv, ran)
        return ran

    def at(self, line: str, *more: str, tty: bool = False) -> Ran:
        """A run of one of the places."""
        command, dash, rest = line.partition(" -- ")
        return self.ran(
            *words(command, **self.facts), *more, *([] if not dash else ["--", *words(rest, **self.facts)]), tty=tty
        )


def inert(shown: str) -> bool:
    """Nothing but text and line ends."""
    return shown.replace("\n", "").isprintable()


def check(program: Program, text: str, places: tuple[str, ...], columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Kept(program, text)
    monkeypatch.setenv("COLUMNS", columns)
    for line in places:
        ran = kept.at(line)
        assert inert(ran.out), (line, ran.out)
    for line in PAGES:
        ran = kept.at(line)
        page = Page()
        page.feed(ran.out)
        assert page.acts == [], (line, page.acts)
        assert inert(ran.out), line
    for line in AS_JSON:
        ran = kept.at(line, "--json")
        if ran.out:
            json.loads(ran.out)
            assert inert(ran.out), line
    calendar = kept.ran("export", "--as", "ics").out
    assert inert(calendar.replace("\r\n", "\n"))
    assert len(re.findall("^END:VCALENDAR", calendar, re.MULTILINE)) == 1
    assert calendar.count("BEGIN:VEVENT\r\n") == calendar.count("END:VEVENT\r\n")


@pytest.fixture
def colours(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal that shows them."""
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "xterm-256color")


#: One of a sort in the short tests, all of them in the long ones.
FEW = (
    "\x1b]8;;https://example.com\x1b\\click\x1b]8;;\x1b\\\x9b31m[bold]x[/] evil\u202egnp {company}",
    HTML[0] + HTML[2],
    SURROGATES[1],
)


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        *((text, columns) for text, columns in zip(FEW, ("80", "40", "80"), strict=True)),
        *(
            pytest.param(text, columns, marks=pytest.mark.torture)
            for text, columns in zip((*NASTY, *SURROGATES), cycle(("80", "40")))
        ),
    ],
    ids=ascii,
)
def test_what_was_typed_is_text_wherever_it_comes_up_again(
    program: Program, monkeypatch: pytest.MonkeyPatch, text: str, columns: str
) -> None:
    check(program, text.replace("\0", ""), PLACES, columns, monkeypatch)


@pytest.mark.torture
@settings(max_examples=40 if WHOLE else 5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(arguments())
@example("=1+1")
def test_so_is_any_text(program: Program, shelf: Shelf, text: str) -> None:
    shelf.empty()
    with pytest.MonkeyPatch.context() as patch:
        check(program, text, PLACES, "80", patch)


#: A colour or a weight, as Rich writes it; nothing else of what begins with an escape is ours.
STYLE = re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.usefixtures("colours")
@pytest.mark.parametrize(
    "text", ["[bold red]x[/] \x1b[31mred :smile:", "\x1b]52;c;cm0=\x07\x9b2J[link=https://example.com]x[/link]"]
)
def test_with_colours_it_is_text_too(program: Program, text: str) -> None:
    kept = Kept(program, text)
    for line in PLACES[:8]:
        ran = kept.at(line, tty=True)
        assert inert(STYLE.sub("", ran.out)), line
        assert "\x1b[31mred" not in ran.out
    shown = STYLE.sub("", kept.at("client show {c}", tty=True).out)
    assert text[: text.index("]") + 1].replace("\x1b", "\\x1b")[:6] in shown


@pytest.mark.parametrize("text", ["evil\u202egnp", "\x9b31m", "👨\u200d👩\u200d👧", "a\u2028b", '"\\', "\U000e0041"])
def test_json_holds_the_very_text_and_nothing_that_acts(program: Program, text: str) -> None:
    program.ok("client", "add", CLIENT)
    program.ok("note", CLIENT, text)

    ran = program("client", "show", CLIENT, "--json")

    assert inert(ran.out)
    assert text in [note["text"] for note in json.loads(ran.out)["notes"]]


@pytest.mark.parametrize("text", SURROGATES)
def test_bytes_that_are_no_text_are_refused_and_never_a_bug(program: Program, text: str) -> None:
    program.ok("client", "add", CLIENT)

    assert program("note", CLIENT, text).code == 4
    assert program("promise", "add", CLIENT, text).code == 4
    assert json.loads(program("objection", text, "--json").out)["query"]
    assert program("client", "show", CLIENT, "--json").out.count(text) == 0


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=30))
def test_a_name_is_kept_and_found_or_refused(program: Program, shelf: Shelf, text: str) -> None:
    shelf.empty()
    ran = program("client", "add", "--", text)
    tried(ran.code)
    assert ran.code in (0, 4), ran
    if ran.code == 0:
        found = program("client", "show", "--json", "--", text)
        assert found.code in (0, 3), found
