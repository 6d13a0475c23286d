"""A profile: what was seen, weighed and dated; the quiz asks for what would tell the most, and nothing twice."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from salescoach.coach.advice import voice
from salescoach.coach.profile import ASKED, Profile, document, on_axes, profile, quiz
from salescoach.coach.style import read
from salescoach.coach.watching import most_telling
from salescoach.language import LANGS, pick
from salescoach.playbook.library import Library
from salescoach.playbook.models import Typology
from salescoach.records.ids import Style
from salescoach.records.me import Me
from salescoach.records.models import Contact, Observation
from tests.coach.samples import TODAY, a_contact, a_history, in_english, seen
from tests.examples import WHOLE

STYLES: tuple[Style, ...] = get_args(Style)
BOLD = ("cuts-small-talk", "takes-control", "talks-results")
SHARED = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40 if WHOLE else 15)


@pytest.fixture(scope="module")
def styles(books: Library) -> Typology:
    return books.get(Typology, "styles")


def cues_of(styles: Typology) -> tuple[str, ...]:
    return tuple(cue.id for cue in styles.cues)


def made(books: Library, seen_: Sequence[Observation], contact: Contact | None = None, mine: Any = None) -> Profile:
    return profile(books, seen_, "Hengtai Pumps", contact, mine, TODAY, in_english())


# What was seen


@SHARED
@given(data=st.data())
def test_the_order_of_observations_on_a_day_does_not_matter(styles: Typology, data: st.DataObject) -> None:
    cues = data.draw(st.lists(st.sampled_from(cues_of(styles)), unique=True, max_size=12))
    there = [seen(cue, id=f"{number:02}") for number, cue in enumerate(cues)]
    back = [seen(cue, id=f"{number:02}") for number, cue in enumerate(reversed(cues))]

    assert read(styles, there, TODAY).shares == read(styles, data.draw(st.permutations(back)), TODAY).shares


@SHARED
@given(data=st.data())
def test_a_cue_that_contradicts_widens_and_only_such_a_cue_does(styles: Typology, data: st.DataObject) -> None:
    cues = data.draw(st.lists(st.sampled_from(styles.cues), unique_by=lambda cue: cue.id, min_size=2, max_size=8))
    *before, new = cues
    held = read(styles, [seen(cue.id) for cue in before], TODAY)
    best, share = held.shares[0]
    usual = sum(p * new.likelihood.get(style, 0.25) for style, p in held.shares)
    assume(abs(usual - new.likelihood.get(best, 0.25)) > 1e-6)

    after = dict(read(styles, [seen(cue.id) for cue in cues], TODAY).shares)

    assert (after[best] < share) == (new.likelihood.get(best, 0.25) < usual)


@SHARED
@given(data=st.data())
def test_the_older_all_that_was_seen_is_the_less_it_says(styles: Typology, data: st.DataObject) -> None:
    cues = data.draw(st.lists(st.sampled_from(cues_of(styles)), unique=True, min_size=1, max_size=6))
    younger, older = sorted(data.draw(st.tuples(st.integers(0, 3000), st.integers(0, 3000))))

    def sure(age: int) -> float:
        return read(styles, [seen(cue, TODAY - timedelta(days=age)) for cue in cues], TODAY).shares[0][1]

    assert sure(older) <= sure(younger) + 1e-9


def test_evidence_comes_newest_first_and_what_is_a_year_old_is_marked(books: Library) -> None:
    old, new = TODAY - timedelta(days=365), TODAY - timedelta(days=364)

    found = made(books, [seen("blunt", old), seen("talks-fast", new)]).seen

    assert [(one.cue, one.on, one.fading) for one in found] == [("talks-fast", new, False), ("blunt", old, True)]


def test_what_contradicts_the_likeliest_style_is_marked(books: Library) -> None:
    found = made(books, [*map(seen, BOLD), seen("relations-first")])

    assert found.style == "driver"
    assert [one.cue for one in found.seen if one.against] == ["relations-first"]


def test_below_the_threshold_tactics_are_neutral_with_three_things_to_look_for(books: Library) -> None:
    found = document(made(books, []))

    assert found["style"] is None
    assert all(line["id"].startswith("styles.neutral.") for line in found["do"])
    assert len(found["look_for"]) == 3
    assert found["look_for"][0] == found["next_cue"]
    assert (found["stress"], found["adjust"]) == ([], [])


def test_the_rep_s_own_judgement_stands_beside_what_was_seen(books: Library) -> None:
    found = document(made(books, [*map(seen, BOLD)], a_contact(style="amiable")))

    assert (found["style"], found["own"]) == ("driver", "amiable")


def test_style_under_stress_is_a_part_of_its_own(books: Library) -> None:
    found = made(books, [*map(seen, BOLD)])

    assert "autocratic" in found.stress[0].text
    assert not {line.id for line in found.stress} & {line.id for line in found.do}


# Two styles


@pytest.mark.parametrize("lang", LANGS)
def test_every_pair_of_styles_has_two_adjustments_that_fit_a_row_of_the_brief(books: Library, lang: Any) -> None:
    from salescoach.coach.prep import adjusting
    from salescoach.wrap import cells

    texts = [adjusting(books, mine, theirs, voice(lang, Me())) for mine in STYLES for theirs in STYLES]

    assert [len(lines) for lines in texts] == [2] * 16
    assert len({line.text for lines in texts for line in lines}) == 32
    assert max(cells(line.text) for lines in texts for line in lines) <= 66


def test_who_has_not_said_their_own_style_gets_no_adjustment(books: Library) -> None:
    assert made(books, [*map(seen, BOLD)]).adjust == ()
    assert len(made(books, [*map(seen, BOLD)], mine="amiable").adjust) == 2


def test_the_brief_ends_what_to_do_with_the_two_adjustments(books: Library) -> None:
    from salescoach.coach import prep
    from salescoach.render.brief import BriefView
    from tests.coach.samples import a_visit

    history = a_history(me=Me(style="amiable"), contacts=(a_contact(style="driver"),))
    brief = prep.brief(books, history, a_visit(), TODAY, in_english())

    wanted = [line.id for line in brief.people[0].adjust]
    assert wanted == ["style-pairs.amiable-driver." + one for one in (
        "amiable-driver-one-firm-proposal", "amiable-driver-say-it-plainly")]  # fmt: skip
    assert [line["id"] for line in prep.document(brief)["contacts"][0]["do"]][-2:] == wanted
    shown = BriefView(brief, "en", {}).person(brief.people[0], deep=False)
    assert len(shown) == 5, "as many rows as the people of a brief have"
    assert all(any(line.text in row for row in shown) for line in brief.people[0].adjust)


# The quiz


@SHARED
@given(data=st.data())
def test_a_quiz_asks_no_cue_twice_and_none_that_still_counts(styles: Typology, data: st.DataObject) -> None:
    met = data.draw(st.lists(st.sampled_from(cues_of(styles)), max_size=20))
    age = data.draw(st.integers(0, 364))
    observed = [seen(cue, TODAY - timedelta(days=age)) for cue in met]

    asked = [cue.id for cue in quiz(styles, read(styles, observed, TODAY), TODAY)]

    assert len(asked) == len(set(asked)) == ASKED
    assert not set(asked) & set(met)


def test_the_same_evidence_always_gives_the_same_quiz(styles: Typology) -> None:
    reading = read(styles, [seen("blunt")], TODAY)

    assert quiz(styles, reading, TODAY) == quiz(styles, reading, TODAY)


def test_what_has_faded_may_be_asked_again(styles: Typology) -> None:
    first = quiz(styles, read(styles, [], TODAY), TODAY)[0].id
    old = [seen(first, TODAY - timedelta(days=3000))]

    assert first in {cue.id for cue in quiz(styles, read(styles, old, TODAY), TODAY)}


def test_a_quiz_left_half_way_goes_on_with_what_it_asked(styles: Typology) -> None:
    begun = ("wavers", "talks-slowly")

    asked = [cue.id for cue in quiz(styles, read(styles, [], TODAY), TODAY, begun)]

    assert asked[:2] == [*begun]
    assert len(asked) == len(set(asked)) == ASKED


def test_from_an_even_start_each_style_has_a_cue_that_speaks_for_it(styles: Typology) -> None:
    asked = quiz(styles, read(styles, [], TODAY), TODAY)

    assert {max(STYLES, key=lambda style: cue.likelihood.get(style, 0.25)) for cue in asked} == set(STYLES)


def test_a_cue_that_every_style_shows_alike_is_asked_last(styles: Typology) -> None:
    from dataclasses import replace

    flat = replace(styles.cues[0], id="breathes", likelihood=dict.fromkeys(STYLES, 0.9))
    cues = (flat, *styles.cues[:4])

    assert most_telling(styles, cues, read(styles, [], TODAY).shares, 5)[-1] == flat


def test_of_two_cues_that_tell_the_same_the_one_seen_more_often_is_asked_first(styles: Typology) -> None:
    from dataclasses import replace

    often = replace(styles.cues[0], id="often", likelihood=dict(zip(STYLES, (0.8, 0.2, 0.2, 0.2), strict=True)))
    seldom = replace(often, id="seldom", likelihood={style: p / 8 for style, p in often.likelihood.items()})

    assert most_telling(styles, (seldom, often), read(styles, [], TODAY).shares, 1) == (often,)


def test_who_answers_a_quiz_as_a_style_does_is_read_as_it(styles: Typology) -> None:
    for style in STYLES:
        shown = [cue.id for cue in quiz(styles, read(styles, [], TODAY), TODAY) if cue.likelihood[style] >= 0.4]

        assert read(styles, [seen(cue) for cue in shown], TODAY).shares[0][0] == style, pick(style, "en")


@pytest.mark.parametrize(
    ("pace", "focus", "style"),
    [
        ("quick", "task", "driver"),
        ("quick", "people", "expressive"),
        ("calm", "people", "amiable"),
        ("calm", "task", "analytical"),
        ("quick", None, None),
        (None, "task", None),
    ],
)
def test_who_says_where_they_lie_on_both_axes_has_a_style(pace: str | None, focus: str | None, style: str | None) -> None:
    assert on_axes(pace, focus) == style
