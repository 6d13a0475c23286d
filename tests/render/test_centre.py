"""The map for eyes: no line wider than the screen, no name cropped, whatever the book, the width and the language."""

from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salescoach.coach import centre as coach
from salescoach.coach.advice import voice
from salescoach.coach.centre import Cards, Centre, centre, without
from salescoach.language import LANGS, Lang, say
from salescoach.playbook.layers import layers
from salescoach.playbook.library import Library, open_library
from salescoach.playbook.models import Scorecard, Typology
from salescoach.records.account import Assessment, Said
from salescoach.records.ids import BuyingRole, Stance
from salescoach.records.me import Me
from salescoach.records.models import Client, Contact, Visit
from salescoach.render.centre import CentreView, Command, centre_html, centre_markdown, centre_text
from salescoach.wrap import cells

TODAY = date(2026, 12, 1)
ROLES: tuple[BuyingRole, ...] = get_args(BuyingRole)
STANCES: tuple[Stance, ...] = get_args(Stance)
DEPARTMENTS = ("Purchasing", "Quality", "Production", "", "Strategischer Einkauf Hydraulik und Dichtungen", "研发中心")
SURNAMES = {"en": ("Voss", "Dorn", "Berger", "Sommer", "von und zu Oberndorf-Feldkirchen"), "zh": tuple("王周林陈欧阳")}
FIRST = {"en": ("Lena", "Karl", "Ute", "Maximilian Alexander"), "zh": ("敏", "建国", "小红", "慧芳")}
TITLES = {
    "en": ("Head of maintenance and plant services", "Buyer", ""),
    "zh": ("设备动力部副部长兼工会主席", "采购员", ""),
}


@pytest.fixture(scope="session")
def library(compiled: Path) -> Library:
    return open_library(layers((), Path("no-personal-playbooks")), compiled)


@pytest.fixture(scope="session")
def cards(library: Library) -> Cards:
    return Cards(
        person=library.get(Scorecard, "person"),
        account=library.get(Scorecard, "account-map"),
        plan=library.get(Scorecard, "relationship-plan"),
        departments=library.get(Typology, "departments").entries,
    )


def a_person(number: int, lang: Lang) -> Contact:
    first, last = FIRST[lang][number % 4], SURNAMES[lang][number % 5]
    name = f"{last}{first}{number}" if lang == "zh" else f"{first} {last} {number}"
    return Contact(
        id=f"P{number}", client_id="C", name=name, position=TITLES[lang][number % 3],
        department=DEPARTMENTS[number % len(DEPARTMENTS)], roles=ROLES[number % 7 : number % 7 + number % 4],
        stance=(*STANCES, None)[number % 4], influence=(None, 1, 2, 3, 4, 5)[number % 6],
    )  # fmt: skip


def answered(sheet: str, contact_id: str | None, **answers: Any) -> Assessment:
    said = {id_: Said(answer=answer) for id_, answer in answers.items()}
    id_ = f"{sheet}-{contact_id}"
    return Assessment(id=id_, client_id="C", sheet=sheet, version=1, on=TODAY, answers=said, contact_id=contact_id)


def sixty(cards: Cards, lang: Lang) -> Centre:
    """Sixty people: a line of command ten deep, teams, loners, conflicts, plans, some of them late."""
    people = [a_person(number, lang) for number in range(60)]
    lines = [
        answered("person", f"P{number}", reports_to=f"P{number - 1 if number <= 10 else number // 4}",
                 influenced_by=[f"P{number // 2}"], at_odds_with=[f"P{59 - number}"] if number % 9 == 0 else [])
        for number in range(1, 40)
    ]  # fmt: skip
    plans = [
        answered("relationship-plan", f"P{number}", relation=str(number % 6), rival_relation=str(number % 5),
                 owner=("Jana", "张伟", "Wilhelmina-Charlotte")[number % 3], check="",
                 action=("Show them the plant in Morvale, with lunch", "请对方技术部来我们工厂看一天")[number % 2],
                 by=(TODAY + timedelta(days=30 - number)).isoformat())
        for number in range(0, 60, 2)
    ]  # fmt: skip
    account = answered("account-map", None, technical_content="high", decision_style="hierarchical")
    held = [
        Visit(id=f"V{number}", client_id="C", when=TODAY - timedelta(days=number * 20), status="done",
              contact_ids=(f"P{number}",))
        for number in range(0, 60, 3)
    ]  # fmt: skip
    client = Client(id="C", name={"en": "Ammerfeld Hydraulik", "zh": "苏州禾澄液压"}[lang])
    return centre(client, people, held, (), [account, *lines, *plans], cards, TODAY)


def view_of(library: Library, found: Centre, lang: Lang, *, gone: str | None = None, plan: bool = False) -> CentreView:
    speaker = voice(lang, Me(), client=found.client.name)
    words, departments = library.get(Typology, "map-gaps"), coach.department_names(found, lang)
    loss = without(found, gone) if gone else None
    gaps = coach.told(loss.gaps if loss else found.gaps, words, departments, speaker)
    commands = [Command(what="x", line="salescoach account map 'Ammerfeld Hydraulik/Lena Voss'")]
    return CentreView(found, lang, departments, gaps, commands, loss=loss, plan=plan)


def squeeze(text: str) -> str:
    """Names may be broken by the edge, and by the lines of the tree."""
    return "".join(char for char in text if not char.isspace() and char not in "│├└─…")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("width", [80, 60, 40])
@pytest.mark.parametrize("kind", ["map", "without", "plan"])
def test_sixty_people_fit_and_every_name_is_there(
    library: Library, cards: Cards, lang: Lang, width: int, kind: str
) -> None:
    found = sixty(cards, lang)
    view = view_of(library, found, lang, gone="P1" if kind == "without" else None, plan=kind == "plan")

    lines = centre_text(view, width).plain.split("\n")

    assert [line for line in lines if cells(line) > width] == []
    if kind == "plan" and width == 80:  # names wrap in their column
        widest = min(16, max(cells(one.name) for one in found.people))
        lines = [beginning(line, widest) for line in lines]
    shown = squeeze("".join(lines))
    assert [one.name for one in found.people if squeeze(one.name) not in shown] == []


def beginning(line: str, width: int) -> str:
    """The first cells of a line."""
    while cells(line) > width:
        line = line[:-1]
    return line


@pytest.mark.parametrize("lang", LANGS)
def test_at_80_a_person_whose_name_is_not_long_takes_one_line(library: Library, cards: Cards, lang: Lang) -> None:
    found = sixty(cards, lang)

    lines = centre_text(view_of(library, found, lang), 80).plain.split("\n")

    short = [one for one in found.people if cells(one.name) <= 12]
    assert len(short) > 15
    for one in short:
        (line,) = [line for line in lines if f"{one.name} ·" in line or (f"{one.name}  " in line and "→" not in line)]
        assert "▪" in line or "▫" in line


@pytest.mark.parametrize("lang", LANGS)
def test_the_signs_have_words_at_80_and_a_legend_at_40(library: Library, cards: Cards, lang: Lang) -> None:
    view = view_of(library, sixty(cards, lang), lang)

    wide, narrow = centre_text(view, 80).plain, centre_text(view, 40).plain

    for stance, sign in (("supporter", "+"), ("neutral", "○"), ("opponent", "−")):
        assert f"{sign} {say(f'centre.stance-{stance}', lang)}" in wide
    assert squeeze(say("centre.legend", lang)) in squeeze(narrow)


@pytest.mark.parametrize("lang", LANGS)
def test_roles_that_do_not_fit_are_counted_and_the_count_is_explained(
    library: Library, cards: Cards, lang: Lang
) -> None:
    def drawn(*roles: BuyingRole) -> str:
        ann = Contact(id="A", client_id="C", name="Ann", influence=4, roles=roles)
        found = centre(Client(id="C", name="Acme"), [ann], (), (), (), cards, TODAY)
        return centre_text(view_of(library, found, lang), 80).plain

    assert say("centre.more-legend", lang) in drawn("decision-maker", "key-person", "user")
    assert say("centre.more-legend", lang) not in drawn("decision-maker")


def test_the_only_person_takes_everything_along(library: Library, cards: Cards) -> None:
    ann = Contact(id="A", client_id="C", name="Ann", roles=("user",), department="Lab")
    found = centre(Client(id="C", name="Acme"), [ann], (), (), (), cards, TODAY)
    view = view_of(library, found, "en", gone="A")

    assert view.loss is not None
    assert view.lost(view.loss) == [say("centre.lost-all", "en")]


@pytest.mark.parametrize(("kind", "head"), [("map", "Engineering"), ("without", "Engineering")])
def test_a_department_has_the_reps_own_name(library: Library, cards: Cards, kind: str, head: str) -> None:
    people = [
        Contact(id="A", client_id="C", name="Ann", department="Engineering"),
        Contact(id="B", client_id="C", name="Ben", department="Lab"),
    ]
    found = centre(Client(id="C", name="Acme"), people, (), (), (), cards, TODAY)

    drawn = centre_text(view_of(library, found, "en", gone="A" if kind == "without" else None), 80).plain

    assert drawn.count("Engineering") == 2, "over the person, and among what is missing or lost"
    assert "Production" not in drawn


WORDS = st.text(st.sampled_from("Ann-王敏 ÄQ,（x1）"), max_size=40)


@settings(max_examples=40)
@given(st.data(), st.sampled_from([20, 33, 40, 59, 60, 80, 120]), st.sampled_from(LANGS))
def test_no_line_is_wider_than_the_screen(
    library: Library, cards: Cards, data: st.DataObject, width: int, lang: Lang
) -> None:
    people = [
        Contact(id=f"P{n}", client_id="C", name=f"{data.draw(WORDS)}{n}", position=data.draw(WORDS),
                department=data.draw(WORDS), roles=tuple(data.draw(st.sets(st.sampled_from(ROLES)))))
        for n in range(data.draw(st.integers(0, 8)))
    ]  # fmt: skip
    lines = [answered("person", one.id, reports_to=f"P{n - 1}") for n, one in enumerate(people)]
    plans = [answered("relationship-plan", one.id, owner=data.draw(WORDS), action=data.draw(WORDS)) for one in people]
    found = centre(Client(id="C", name=data.draw(WORDS)), people, (), (), [*lines, *plans], cards, TODAY)
    gone = people[0].id if people and data.draw(st.booleans()) else None

    drawn = centre_text(view_of(library, found, lang, gone=gone, plan=data.draw(st.booleans())), width).plain

    assert [line for line in drawn.split("\n") if cells(line) > width] == []


def test_the_plan_has_the_columns_of_the_source_and_marks_what_is_late(library: Library, cards: Cards) -> None:
    ann = Contact(id="A", client_id="C", name="Ann Lee", influence=4)
    plan = answered("relationship-plan", "A", relation="3", rival_relation="5", owner="Jana", action="Lunch",
                    by="2026-11-20", check="She comes")  # fmt: skip
    found = centre(Client(id="C", name="Acme"), [ann], (), (), [plan], cards, TODAY)
    view = view_of(library, found, "en", plan=True)

    head, first, second = centre_text(view, 80).plain.split("\n")[1:4]

    assert head.split() == ["Who", "Power", "Us", "Rival", "Owner", "Next", "step", "By", "Check"]
    assert first.split() == ["Ann", "Lee", "▪▪▪▪", "3", "5", "Jana", "Lunch", "11-20", "She", "comes"]
    assert second.strip() == "late"
    assert "11-20 late · Lunch" in centre_text(view, 40).plain


@pytest.mark.parametrize("width", [60, 70, 80])
def test_no_name_of_the_plan_is_broken_inside_a_word(library: Library, cards: Cards, width: int) -> None:
    ulrike = Contact(id="U", client_id="C", name="Dr. Ulrike Schönfeld-Hartmannsdorfer")
    plan = answered("relationship-plan", "U", owner="Wilhelmina-Charlotte", action="Show them the plant in Morvale")
    found = centre(Client(id="C", name="Acme"), [ulrike], (), (), [plan], cards, TODAY)

    words = set(centre_text(view_of(library, found, "en", plan=True), width).plain.replace("-", " ").split())

    assert {"Ulrike", "Schönfeld", "Hartmannsdorfer", "Wilhelmina", "Charlotte", "Morvale"} <= words


class Page(HTMLParser):
    """What a browser would read, and that what is opened is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Every tag but those without an end is open from here."""
        self.tags.add(tag)
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """It ends what was opened last."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """What is read."""
        self.words += data


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("kind", ["map", "without", "plan"])
def test_the_pages_hold_everybody_and_ask_for_nothing_from_outside(
    library: Library, cards: Cards, lang: Lang, kind: str
) -> None:
    found = sixty(cards, lang)
    view = view_of(library, found, lang, gone="P1" if kind == "without" else None, plan=kind == "plan")

    html, markdown = centre_html(view), centre_markdown(view)

    page = Page(html)
    assert page.open == []
    assert not page.tags & {"script", "img", "link", "iframe"}
    assert [one.name for one in found.people if one.name not in page.words] == []
    assert [one.name for one in found.people if one.name not in markdown.replace("\\", "")] == []


def test_names_are_text_on_every_page(library: Library, cards: Cards) -> None:
    ann = Contact(id="A", client_id="C", name="<b>*Ann* | \x1b[31m", position="[x](y)")
    found = centre(Client(id="C", name="<i>"), [ann], (), (), (), cards, TODAY)

    for plan in (False, True):
        view = view_of(library, found, "en", plan=plan)
        assert "<b>" not in centre_html(view)
        assert "\\<b\\>\\*Ann\\* \\| " in centre_markdown(view)
        assert all(
            "\x1b" not in drawn for drawn in (centre_html(view), centre_markdown(view), centre_text(view, 80).plain)
        )


def test_a_book_without_people_says_so(library: Library, cards: Cards) -> None:
    found = centre(Client(id="C", name="Acme"), (), (), (), (), cards, TODAY)

    assert say("centre.nobody", "en") in centre_text(view_of(library, found, "en"), 80).plain
