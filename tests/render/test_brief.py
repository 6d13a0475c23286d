"""The brief on 80×24: its parts in their order and within their budgets, whatever is known of a client."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from salescoach.catalogue.render import MESSAGES
from salescoach.cli.gather import titles
from salescoach.coach import prep
from salescoach.coach.advice import voice
from salescoach.coach.history import History
from salescoach.language import LANGS, Lang
from salescoach.playbook.layers import layers
from salescoach.playbook.library import Library, open_library
from salescoach.records.ids import STYLES, Behaviour, BuyingRole, Outcome, Purpose, RelationshipStage, Stance
from salescoach.records.me import Me
from salescoach.records.models import Client, Contact, Debrief, ObjectionMet, Plan, Promise, Step, Visit
from salescoach.render import brief_page
from salescoach.render.brief import BriefView, brief_text
from salescoach.render.lines import with_command
from salescoach.wrap import cells

TODAY = date(2026, 12, 1)
#: ARCHITECTURE.md, "the brief has a budget"; who and why is the row above them.
BUDGET = {
    "warnings": 2, "promises": 3, "people": 5, "advance": 4, "last": 1, "objections": 3, "questions": 3, "agenda": 1,
    "gaps": 1,
}  # fmt: skip

#: A failing history is shown as it was found: making it smaller takes minutes.
AS_FOUND = (Phase.explicit, Phase.reuse, Phase.generate)

NAMES = st.text(
    st.sampled_from("Ana Müller-Łęcki 王建国 欧阳明 O’Neil GmbH & Co. KG，（苏州）"), min_size=1, max_size=60
)
TEXTS = st.text(st.sampled_from("we will see 这件事再商量，月底前 answer: 3,000 “maybe” …"), min_size=1, max_size=120)
DAYS = st.one_of(st.none(), st.dates(date(2026, 1, 1), date(2027, 12, 31)))
STEPS = st.builds(Step, who=NAMES, what=TEXTS, by=DAYS)


def one_of(choices: Any) -> Any:
    return st.sampled_from(get_args(choices))


def contacts(number: int) -> Any:
    return st.builds(
        Contact,
        id=st.just(f"P{number}"),
        client_id=st.just("C"),
        name=NAMES.filter(str.strip),
        roles=st.lists(one_of(BuyingRole), unique=True).map(tuple),
        stance=st.one_of(st.none(), one_of(Stance)),
        style=st.one_of(st.none(), st.sampled_from(STYLES)),
        behaviour=st.one_of(st.none(), one_of(Behaviour)),
        influence=st.one_of(st.none(), st.integers(1, 5)),
    )


def promises(number: int) -> Any:
    return st.builds(
        Promise, id=st.just(f"R{number}"), client_id=st.just("C"), owner=st.sampled_from(["ours", "theirs"]),
        who=NAMES, what=TEXTS, by=DAYS,
    )  # fmt: skip


@st.composite
def histories(draw: Any) -> tuple[History, Visit]:
    """Everything that may be known of a client, at any length, and the visit that is prepared."""
    people = tuple(draw(contacts(number)) for number in range(draw(st.integers(0, 6))))
    plan = draw(
        st.one_of(
            st.none(),
            st.builds(
                Plan,
                primary_advance=st.one_of(st.none(), STEPS),
                fallback_advance=st.one_of(st.none(), STEPS),
                questions=st.lists(TEXTS, max_size=6).map(tuple),
            ),
        )
    )
    debrief = st.builds(Debrief, summary=TEXTS, lesson=TEXTS, outcome=one_of(Outcome))
    held = draw(st.lists(debrief, max_size=3))
    client = draw(
        st.builds(
            Client,
            id=st.just("C"),
            name=NAMES.filter(str.strip),
            stage=one_of(RelationshipStage),
            kind=st.sampled_from(["company", "person"]),
        )
    )
    topics = draw(st.lists(st.sampled_from(["price", "trust", "timing", "contract"]), unique=True))
    history = History(
        me=draw(st.sampled_from([Me(), Me(name="林岚", company="启澜密封", products=("轴封",) * 3)])),
        client=client,
        contacts=people,
        held=tuple(
            Visit(id=f"V{n}", client_id="C", when=TODAY - timedelta(days=20 * n + 5), status="done", debrief=one)
            for n, one in enumerate(held)
        ),
        promises=tuple(draw(promises(number)) for number in range(draw(st.integers(0, 8)))),
        unresolved=tuple(
            ObjectionMet(id=f"O{n}", client_id="C", on=TODAY, said=draw(TEXTS), topic=topic)
            for n, topic in enumerate(topics)
        ),
    )
    visit = Visit(
        id="V", client_id="C", when=draw(st.dates(TODAY, date(2027, 12, 31))), purpose=draw(one_of(Purpose)),
        contact_ids=tuple(one.id for one in people[: draw(st.integers(0, 6))]), plan=plan,
    )  # fmt: skip
    return history, visit


@pytest.fixture(scope="module")
def library(compiled: Path) -> Library:
    return open_library(layers((), Path("no-personal-playbooks")), compiled)


def view_of(library: Library, history: History, visit: Visit, lang: Lang) -> BriefView:
    made = prep.brief(library, history, visit, TODAY, voice(lang, history.me, client=history.client.name))
    return BriefView(made, lang, titles(library, lang))


def rows_of(view: BriefView, width: int, **how: bool) -> list[str]:
    return brief_text(view, width, **how).plain.split("\n")


def by_part(rows: list[str], lang: Lang) -> dict[str, list[str]]:
    """The rows under each label of a brief at 80 columns; the first row is under ""."""
    labels = {MESSAGES[name][LANGS.index(lang)]: name for name in BUDGET}
    parts: dict[str, list[str]] = {"": rows[:1]}
    name = ""
    for row in rows[1:]:
        label = next((label for label in labels if row.startswith(label + " ")), None)
        name = labels[label] if label else name
        parts.setdefault(name, []).append(row)
    return parts


@settings(max_examples=40, phases=AS_FOUND)
@given(known=histories(), lang=st.sampled_from(LANGS))
def test_the_brief_fits_80_by_24_and_every_part_keeps_its_budget(
    library: Library, known: tuple[History, Visit], lang: Lang
) -> None:
    rows = rows_of(view_of(library, *known, lang), 80)

    assert len(rows) <= 23, "one row is left for the prompt"
    assert all(cells(row) <= 80 for row in rows)
    parts = by_part(rows, lang)
    assert len(parts.pop("")) == 1
    assert all(len(shown) <= BUDGET[name] for name, shown in parts.items()), parts
    assert list(parts) == [name for name in BUDGET if name in parts], "their order is fixed"


@settings(max_examples=20, phases=AS_FOUND)
@given(known=histories(), lang=st.sampled_from(LANGS), width=st.sampled_from([40, 60, 120]))
def test_no_row_is_wider_than_the_screen(
    library: Library, known: tuple[History, Visit], lang: Lang, width: int
) -> None:
    view = view_of(library, *known, lang)

    for how in ({}, {"deep": True, "why": True}):
        assert all(cells(row) <= width for row in rows_of(view, width, **how))


@settings(max_examples=10, phases=AS_FOUND)
@given(known=histories(), lang=st.sampled_from(LANGS))
def test_deep_leaves_nothing_out(library: Library, known: tuple[History, Visit], lang: Lang) -> None:
    view = view_of(library, *known, lang)

    text = "".join("".join(row.split()) for row in rows_of(view, 80, deep=True)[1:])

    for _, entries in view.parts(deep=True):
        for entry in entries:
            assert "".join(entry.split()) in text


def test_a_plain_first_visit_has_nothing_that_is_not_known(library: Library) -> None:
    client = Client(id="C", name="Fresh Ltd")
    view = view_of(
        library, History(me=Me(), client=client), Visit(id="V", client_id="C", when=TODAY, purpose="discovery"), "en"
    )

    parts = by_part(rows_of(view, 80), "en")

    assert parts[""] == ["Fresh Ltd · Discovery · Tue 1 Dec 2026 · stage: developing"]
    assert {"promises", "people", "last"} & set(parts) == set()
    assert {"questions", "agenda", "gaps"} <= set(parts)


def test_overdue_promises_come_first(library: Library) -> None:
    owed = (
        Promise(id="1", client_id="C", owner="ours", who="", what="later", by=TODAY + timedelta(days=3)),
        Promise(id="2", client_id="C", owner="theirs", who="Ann", what="late", by=TODAY - timedelta(days=2)),
        Promise(id="3", client_id="C", owner="ours", who="", what="some day"),
    )
    history = History(me=Me(), client=Client(id="C", name="Fresh Ltd"), promises=owed)

    view = view_of(library, history, Visit(id="V", client_id="C", when=TODAY, purpose="care"), "en")

    shown = by_part(rows_of(view, 80), "en")["promises"]
    assert [row.rsplit(": ")[-1] for row in shown] == ["late", "later", "some day"]
    assert "2 d overdue" in shown[0]


def test_a_promise_shows_its_date_however_long_it_is(library: Library) -> None:
    owed = Promise(id="1", client_id="C", owner="ours", who="", what="send the drawings " * 30, by=TODAY)
    history = History(me=Me(), client=Client(id="C", name="Fresh Ltd"), promises=(owed,))

    view = view_of(library, history, Visit(id="V", client_id="C", when=TODAY, purpose="care"), "en")

    assert "by Tue 1 Dec" in by_part(rows_of(view, 80), "en")["promises"][0]


@pytest.mark.parametrize("lang", LANGS)
def test_what_to_say_to_the_first_objection_is_whole(lang: Lang, library: Library) -> None:
    history = History(me=Me(), client=Client(id="C", name="Fresh Ltd"))
    view = view_of(library, history, Visit(id="V", client_id="C", when=TODAY, purpose="first-visit"), lang)

    names, *say_first = by_part(rows_of(view, 80), lang)["objections"]

    assert all(one.title in names for one in view.brief.objections)
    assert "".join(say_first).replace(" ", "") in {
        line.text.replace(" ", "") for line in view.brief.objections[0].say
    }


def test_an_advance_shows_its_date_however_long_it_is(library: Library) -> None:
    step = Step(who="Ann " * 4, what="send us the drawings " * 9, by=date(2026, 12, 15))
    visit = Visit(id="V", client_id="C", when=TODAY, purpose="care", plan=Plan(primary_advance=step))

    rows = by_part(rows_of(view_of(library, History(me=Me(), client=Client(id="C", name="A")), visit, "en"), 80), "en")

    assert "by Tue 15 Dec" in rows["advance"][0]
    assert rows["advance"][1].endswith("…"), "cut after its second row"
    assert " or " in rows["advance"][2], "so that the other has its own"


@pytest.mark.parametrize("lang", LANGS)
def test_both_advances_are_whole_even_where_the_screen_is_full(lang: Lang, library: Library) -> None:
    """The questions give the row that is missing."""
    owed = tuple(
        Promise(id=str(n), client_id="C", owner="ours", who="", what=f"thing {n}", by=TODAY + timedelta(days=n))
        for n in range(4)
    )
    crowd = tuple(Contact(id=f"P{n}", client_id="C", name=f"Karl Dorn {n}", style="driver") for n in range(3))
    step = Step(who="Karl Dorn", what="approve a trial and say what result would count " * 2, by=date(2026, 12, 15))
    heard = ObjectionMet(id="O", client_id="C", on=TODAY, said="dear", topic="price")
    last = Visit(id="L", client_id="C", when=TODAY, status="done", debrief=Debrief(summary="fine"))
    history = History(
        me=Me(), client=Client(id="C", name="A"), contacts=crowd, promises=owed, unresolved=(heard,), held=(last,)
    )
    plan = Plan(primary_advance=step, fallback_advance=step, questions=("What does a leak cost?",) * 4)
    visit = Visit(id="V", client_id="C", when=TODAY, purpose="care", plan=plan, contact_ids=("P0", "P1", "P2"))
    view = view_of(library, history, visit, lang)

    rows = rows_of(view, 80)

    parts = by_part(rows, lang)
    shown = "".join("".join(parts["advance"]).split())
    assert all("".join(entry.split()) in shown for entry in view.advances())
    assert (len(rows), len(parts["questions"])) == (23, {"en": 2, "zh": 3}[lang])


def couple(*names: str) -> tuple[Contact, ...]:
    return tuple(Contact(id=f"P{n}", client_id="C", name=name, style="driver") for n, name in enumerate(names))


@pytest.mark.parametrize("lang", LANGS)
def test_of_two_people_the_adjustment_to_each_is_shown_or_counted(lang: Lang, library: Library) -> None:
    met = couple("Karl", "Lena")
    visit = Visit(id="V", client_id="C", when=TODAY, purpose="care", contact_ids=("P0", "P1"))
    client = Client(id="C", name="A")

    def people(me: Me) -> tuple[BriefView, list[str]]:
        view = view_of(library, History(me=me, client=client, contacts=met), visit, lang)
        return view, by_part(rows_of(view, 80), lang)["people"]

    view, rows = people(Me(style="amiable"))
    _, without = people(Me())

    assert len(view.brief.people[0].adjust) == 2
    assert view.brief.people[0].adjust[0].text in "".join(rows)
    assert any(row.split()[-1].startswith("Lena") or "Lena" in row for row in rows), "and the other is named"
    assert int(rows[-1].rsplit("+")[1]) == int(without[-1].rsplit("+")[1]) + 4


def test_on_a_page_the_adjustments_to_two_people_lie_open(library: Library) -> None:
    history = History(me=Me(style="amiable"), client=Client(id="C", name="A"), contacts=couple("Karl", "Lena"))
    visit = Visit(id="V", client_id="C", when=TODAY, purpose="care", contact_ids=("P0", "P1"))
    view = view_of(library, history, visit, "en")

    groups = dict(brief_page.parts(view))["people"]

    for person, group in zip(view.brief.people, groups, strict=True):
        assert {f"do: {line.text}" for line in person.adjust} <= set(group.lines)


def test_a_gap_without_room_for_its_text_is_its_command_alone() -> None:
    text, command = "Karl Dorn: style not known", 'salescoach profile "Ammerfeld Hydraulik/Karl Dorn"'

    assert with_command(text, command, 66, "en") == command
    assert with_command(text, command, 76, "en").startswith("Karl Dorn: style not")
    assert with_command(text, command, 40, "en") == ""
