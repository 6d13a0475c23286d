"""Conditions: what may be asked, and when it holds."""

import subprocess
import sys
from dataclasses import replace
from datetime import date
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from salescoach.playbook.conditions import COMBINE, condition_json_schema, fact_table, holds
from salescoach.playbook.facts import Facts
from salescoach.playbook.models import When
from salescoach.records.ids import Purpose, Style

ADAPTER: TypeAdapter[Any] = TypeAdapter(When)


def checked(when: Any) -> dict[str, Any]:
    normal: dict[str, Any] = ADAPTER.validate_python(when)
    return normal


def wrong(when: Any) -> list[tuple[str, tuple[int | str, ...]]]:
    with pytest.raises(ValidationError) as caught:
        checked(when)
    return [(one["type"], one["loc"]) for one in caught.value.errors()]


def test_every_fact_has_a_type_that_can_be_asked_about_and_says_what_it_means() -> None:
    for spec in fact_table().values():
        assert spec.means
        assert spec.choices or spec.type in (bool, int, str, dict)


def test_values_come_out_typed_and_plain() -> None:
    when = {
        "purpose": "care",
        "styles_met": ["driver", "amiable"],
        "visits_held": {"min": "2"},
        "contacts_known": "0",
        "took_place": "no",
        "answers": {"order": True, "kind": "false", "people": {"max": "3"}},
        "none": [{"key_account": "true"}],
    }

    assert checked(when) == {
        "purpose": ["care"],
        "styles_met": ["driver", "amiable"],
        "visits_held": {"min": 2},
        "contacts_known": [0],
        "took_place": False,
        "answers": {"order": ["true"], "kind": ["false"], "people": {"max": 3}},
        "none": [{"key_account": True}],
    }


@given(st.deferred(lambda: WHENS))
def test_what_was_checked_once_is_the_same_when_checked_again(when: dict[str, Any]) -> None:
    """A compiled copy, validated anew, is not bent further."""
    assert checked(checked(when)) == checked(when)


@pytest.mark.parametrize(
    ("when", "error"),
    [
        ({"purpos": "care"}, ("extra_forbidden", ("purpos",))),
        ({"purpose": "dinner"}, ("literal_error", ("purpose", 0))),
        ({"purpose": []}, ("too_short", ("purpose",))),
        ({"visits_held": "many"}, ("int_parsing", ("visits_held", "value", 0))),
        ({"visits_held": {"mn": "1"}}, ("extra_forbidden", ("visits_held", "range", "mn"))),
        ({"visits_held": {}}, ("range_empty", ("visits_held", "range"))),
        ({"visits_held": {"min": "3", "max": "1"}}, ("range_order", ("visits_held", "range"))),
        ({"took_place": "perhaps"}, ("bool_parsing", ("took_place",))),
        ({"any": {"took_place": "no"}}, ("list_type", ("any",))),
        ({"all": []}, ("too_short", ("all",))),
        ({"any": [{"none": [{"x": "1"}]}]}, ("extra_forbidden", ("any", 0, "none", 0, "x"))),
        ({"answers": {"order": None}}, ("string_type", ("answers", "order", "value", 0))),
        ({"answers": "order"}, ("dict_type", ("answers",))),
        ("purpose", ("dict_type", ())),
    ],
)
def test_an_unknown_fact_or_a_wrong_type_is_an_error_with_its_path(when: Any, error: Any) -> None:
    assert wrong(when) == [error]


KNOWN = Facts(
    purpose="care",
    visits_held=3,
    key_account=False,
    styles_met=frozenset({"driver", "amiable"}),
    topics_met=frozenset({"price"}),
    answers={
        "order": False,
        "kind": "false",
        "people": 4,
        "by": date(2026, 12, 1),
        "topics": ["price", "trust"],
        "ticked": {"late": True, "rude": False},
        "sample": {"state": "done", "note": ""},
    },
)


@pytest.mark.parametrize(
    "when",
    [
        None,
        {},
        {"purpose": "care"},
        {"purpose": ["discovery", "care"]},
        {"visits_held": "3"},
        {"visits_held": {"min": "3"}},
        {"visits_held": {"min": "1", "max": "3"}},
        {"key_account": "no"},
        {"styles_met": "driver"},
        {"styles_met": ["expressive", "amiable"]},
        {"answers": {"order": "no"}},
        {"answers": {"kind": "false"}},
        {"answers": {"people": "4"}},
        {"answers": {"people": "*", "by": "*", "order": "*"}},
        {"answers": {"people": {"min": "2"}}},
        {"answers": {"by": "2026-12-01"}},
        {"answers": {"topics": "trust"}},
        {"answers": {"ticked": "late"}},
        {"answers": {"sample": ["done", "skip"]}},
        {"none": [{"purpose": "phone"}]},
        {"any": [{"purpose": "phone"}, {"visits_held": "3"}]},
        {"all": [{"purpose": "care"}, {"styles_met": "driver"}]},
    ],
)
def test_these_hold(when: Any) -> None:
    assert holds(None if when is None else checked(when), KNOWN)


@pytest.mark.parametrize(
    "when",
    [
        {"purpose": "phone"},
        {"purpose": "care", "visits_held": "2"},
        {"visits_held": {"max": "2"}},
        {"key_account": "yes"},
        {"styles_met": "analytical"},
        {"answers": {"order": "yes"}},
        {"answers": {"order": {"max": "0"}}},  # no is not the number 0
        {"answers": {"people": "four"}},
        {"answers": {"people": {"max": "3"}}},
        {"answers": {"ticked": "rude"}},
        {"answers": {"never-asked": "yes"}},
        {"answers": {"never-asked": "*"}},
        {"none": [{"purpose": "phone"}, {"visits_held": "3"}]},
        {"any": [{"purpose": "phone"}]},
        {"all": [{"purpose": "care"}, {"purpose": "phone"}]},
    ],
)
def test_these_do_not_hold(when: Any) -> None:
    assert not holds(checked(when), KNOWN)


@pytest.mark.parametrize("name", list(fact_table()))
def test_a_fact_that_is_not_known_meets_nothing_and_so_passes_inside_none(name: str) -> None:
    spec = fact_table()[name]
    wanted = {bool: "no", int: "0", str: "x", dict: {"x": "y"}}.get(spec.type) or spec.choices[0]

    assert not holds(checked({name: wanted}), Facts())
    assert holds(checked({"none": [{name: wanted}]}), Facts())


@given(st.sampled_from(get_args(Purpose)), st.lists(st.sampled_from(get_args(Purpose)), min_size=1))
def test_a_single_value_is_met_when_it_is_among_the_wanted(known: Any, wanted: list[str]) -> None:
    assert holds(checked({"purpose": wanted}), Facts(purpose=known)) == (known in wanted)


@given(st.frozensets(st.sampled_from(get_args(Style))), st.lists(st.sampled_from(get_args(Style)), min_size=1))
def test_a_set_is_met_when_it_holds_one_of_the_wanted(known: Any, wanted: list[str]) -> None:
    assert holds(checked({"styles_met": wanted}), Facts(styles_met=known)) == bool(known & set(wanted))


SIMPLE = st.one_of(
    st.fixed_dictionaries({"purpose": st.sampled_from(get_args(Purpose))}),
    st.fixed_dictionaries({"visits_held": st.fixed_dictionaries({"min": st.integers(0, 5)})}),
    st.fixed_dictionaries({"key_account": st.booleans()}),
)
WHENS: st.SearchStrategy[dict[str, Any]] = st.recursive(
    SIMPLE, lambda inner: st.dictionaries(st.sampled_from(COMBINE), st.lists(inner, min_size=1, max_size=3), max_size=2)
)


@given(st.lists(WHENS, min_size=1, max_size=3), st.sampled_from([*get_args(Purpose), None]), st.integers(0, 5))
def test_all_any_and_none_mean_what_they_say(parts: list[dict[str, Any]], purpose: Any, visits: int) -> None:
    facts = replace(KNOWN, purpose=purpose, visits_held=visits)
    each = [holds(checked(part), facts) for part in parts]

    assert holds(checked({"all": parts}), facts) == all(each)
    assert holds(checked({"any": parts}), facts) == any(each)
    assert holds(checked({"none": parts}), facts) == (not any(each))


def test_asking_whether_a_condition_holds_imports_nothing_heavy() -> None:
    probe = (
        "import sys; from salescoach.playbook.conditions import holds; from salescoach.playbook.facts import Facts;"
        "assert holds({'purpose': ['care']}, Facts(purpose='care')); print(*sys.modules)"
    )
    loaded = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True).stdout.split()

    assert {"pydantic", "pydantic_core", "yaml", "msgspec"}.isdisjoint(loaded)


def test_the_json_schema_explains_every_fact() -> None:
    properties = condition_json_schema()["properties"]

    assert set(properties) == {*fact_table(), *COMBINE}
    assert all(properties[name]["description"] == spec.means for name, spec in fact_table().items())
