"""Conditions as data: what a `when:` may say, built from the table of facts, and whether it holds.

`condition_schema` checks and normalises at the border: a fact with choices, numbers or names becomes a list of wanted
values or `{min, max}`, a yes/no fact a bool, each of `answers` a list of strings or `{min, max}`, and `all`, `any`
and `none` lists of conditions. `holds` reads that form only. Nothing outside the standard library is imported to
evaluate.
"""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

from salescoach.playbook.facts import Facts, Means

COMBINE = ("all", "any", "none")
#: Stands in a JSON Schema where a condition goes, until `check.json_schema` puts `#/$defs/when` there.
JSON_SCHEMA_STAND_IN = {"$comment": "when"}
_BIG = 1_000_000_000
#: What `answers` wants where any answer will do: `answers: {reason: "*"}`.
ANY = "*"
_TRUE = frozenset({"true", "yes", "y", "on", "1"})
_FALSE = frozenset({"false", "no", "n", "off", "0"})


class FactSpec(NamedTuple):
    """One row of the table of facts."""

    name: str
    type: Any  # bool, int, str, dict or a Literal: what one wanted value is
    several: bool  # the fact holds a set of values
    means: str

    @property
    def choices(self) -> tuple[str, ...]:
        """The fixed values, where it has such."""
        return get_args(self.type) if get_origin(self.type) is Literal else ()


@cache
def fact_table() -> dict[str, FactSpec]:
    """Every fact by name, in the order of the table, read from the type hints of `Facts`."""
    hints = get_type_hints(Facts, include_extras=True)
    return {known.name: _spec(known.name, hints[known.name]) for known in fields(Facts)}


def _spec(name: str, hint: Any) -> FactSpec:
    means = ""
    if get_origin(hint) is Annotated:
        means = next((extra.text for extra in get_args(hint)[1:] if isinstance(extra, Means)), "")
        hint = get_args(hint)[0]
    if get_origin(hint) in (UnionType, Union):
        (hint,) = (option for option in get_args(hint) if option is not type(None))
    several = get_origin(hint) is frozenset
    if several:
        (hint,) = get_args(hint)
    return FactSpec(name, dict if get_origin(hint) is dict else hint, several, means)


# Checking


def condition_schema() -> Any:
    """
    The pydantic-core schema of a `when:`; its result is the normalised form that `holds` reads.

    Raises:
        TypeError: A fact has a type that no condition can ask about. That is our bug.
    """
    from pydantic_core import core_schema

    return core_schema.no_info_plain_validator_function(
        _validator().validate_python, metadata={"pydantic_js_functions": [lambda *_: dict(JSON_SCHEMA_STAND_IN)]}
    )


@cache
def _validator() -> Any:
    """Built once and called as a function: pydantic cannot take in a recursive schema that another has built."""
    from pydantic_core import SchemaValidator, core_schema

    this = core_schema.definition_reference_schema("when")
    keys = {name: _fact_schema(spec) for name, spec in fact_table().items()}
    keys |= dict.fromkeys(COMBINE, core_schema.list_schema(this, min_length=1, max_length=50))
    optional = {name: core_schema.typed_dict_field(schema, required=False) for name, schema in keys.items()}
    when = core_schema.typed_dict_schema(optional, extra_behavior="forbid", total=False, ref="when")
    return SchemaValidator(core_schema.definitions_schema(this, [when]))


def _fact_schema(spec: FactSpec) -> Any:
    from pydantic_core import core_schema

    if spec.type is bool:
        return core_schema.bool_schema()
    if spec.type is int:
        return _choice(_list_of(core_schema.int_schema(ge=-_BIG, le=_BIG)), _range_schema())
    if spec.type is dict:
        answer = _choice(_list_of(core_schema.no_info_before_validator_function(_as_text, _text())), _range_schema())
        return core_schema.dict_schema(_text(), answer, min_length=1, max_length=50)
    if spec.choices:
        return _list_of(core_schema.literal_schema(list(spec.choices)))
    if spec.type is str:
        return _list_of(_text())
    raise TypeError(f"no condition can ask about {spec.name}: {spec.type}")


def _text() -> Any:
    from pydantic_core import core_schema

    return core_schema.str_schema(strict=True, min_length=1, max_length=200)


def _list_of(one: Any) -> Any:
    """A list of wanted values; a single one may stand alone."""
    from pydantic_core import core_schema

    several = core_schema.list_schema(one, min_length=1, max_length=100)
    return core_schema.no_info_before_validator_function(_as_list, several)


def _as_list(given: Any) -> Any:
    return given if isinstance(given, list) else [given]


def _as_text(given: Any) -> Any:
    """A scalar as the text it has in YAML: answers are compared by what they are, not by what YAML takes them for."""
    if isinstance(given, bool):
        return "true" if given else "false"
    return str(given) if isinstance(given, int | float) else given


def _range_schema() -> Any:
    from pydantic_core import core_schema

    bound = core_schema.typed_dict_field(core_schema.int_schema(ge=-_BIG, le=_BIG), required=False)
    span = core_schema.typed_dict_schema({"min": bound, "max": bound}, extra_behavior="forbid", total=False)
    return core_schema.no_info_after_validator_function(_checked_range, span)


def _checked_range(span: dict[str, int]) -> dict[str, int]:
    from pydantic_core import PydanticCustomError

    if not span:
        raise PydanticCustomError("range_empty", "neither min nor max")
    if span.get("min", -_BIG) > span.get("max", _BIG):
        raise PydanticCustomError("range_order", "min is above max")
    return span


def _choice(listed: Any, ranged: Any) -> Any:
    """A list of values or a range, told apart by shape, so that an error speaks of the one that was meant."""
    from pydantic_core import core_schema

    return core_schema.tagged_union_schema(
        {"value": listed, "range": ranged}, discriminator=lambda given: "range" if isinstance(given, dict) else "value"
    )


def condition_json_schema() -> dict[str, Any]:
    """The JSON Schema of a `when:`, to stand as `#/$defs/when`; each fact says what it means."""
    facts = {name: {"description": spec.means, **_fact_json(spec)} for name, spec in fact_table().items()}
    parts = {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/when"}}
    return {
        "type": "object",
        "description": "facts and what they must be; all of them must hold",
        "additionalProperties": False,
        "properties": {**facts, **dict.fromkeys(COMBINE, parts)},
    }


def _fact_json(spec: FactSpec) -> dict[str, Any]:
    span = {"type": "object", "additionalProperties": False, "minProperties": 1}
    span["properties"] = {"min": {"type": "integer"}, "max": {"type": "integer"}}
    if spec.type is bool:
        return {"type": "boolean"}
    if spec.type is int:
        return {"anyOf": [*_one_or_several({"type": "integer"}), span]}
    if spec.type is dict:
        anything: dict[str, Any] = {"type": ["string", "number", "boolean"]}
        return {"type": "object", "additionalProperties": {"anyOf": [*_one_or_several(anything), span]}}
    return {"anyOf": _one_or_several({"enum": list(spec.choices)} if spec.choices else {"type": "string"})}


def _one_or_several(one: dict[str, Any]) -> list[dict[str, Any]]:
    return [one, {"type": "array", "items": one, "minItems": 1}]


# Evaluating


def holds(when: Mapping[str, Any] | None, facts: Facts) -> bool:
    """
    Whether what is known meets a condition; no condition always does.

    A fact that is not known (None, or an empty set) meets nothing, so that it passes inside `none`.

    Args:
        when: Checked by `condition_schema`.
        facts: What is known.
    """
    return all(_holds_one(name, wanted, facts) for name, wanted in (when or {}).items())


def _holds_one(name: str, wanted: Any, facts: Facts) -> bool:
    if name == "all":
        return all(holds(part, facts) for part in wanted)
    if name == "any":
        return any(holds(part, facts) for part in wanted)
    if name == "none":
        return not any(holds(part, facts) for part in wanted)
    known = getattr(facts, name)
    if name == "answers":
        return known is not None and all(_answers(known.get(key), value) for key, value in wanted.items())
    return _meets(known, wanted)


def _meets(known: Any, wanted: Any) -> bool:
    if known is None:
        return False
    if isinstance(known, frozenset | set):
        return any(value in known for value in wanted)
    if isinstance(wanted, bool):
        return known is wanted
    if isinstance(wanted, Mapping):
        return bool(wanted.get("min", known) <= known <= wanted.get("max", known))
    return known in wanted


def _answers(given: Any, wanted: Any) -> bool:
    """An answer of a walk against wanted texts or a range; what it is compared as follows from what it is."""
    if isinstance(given, Mapping):  # {state, note} of a check, or {choice: ticked}
        given = given["state"] if "state" in given else [key for key, ticked in given.items() if ticked is True]
    if isinstance(wanted, Mapping):
        number = isinstance(given, int | float) and not isinstance(given, bool)
        return number and _meets(given, wanted)
    return (ANY in wanted and given not in (None, "", [])) or any(_same(given, text) for text in wanted)


def _same(given: Any, text: str) -> bool:
    if isinstance(given, bool):
        return text.lower() in (_TRUE if given else _FALSE)
    if isinstance(given, int | float):
        return _number(text) == given
    if isinstance(given, date):
        return given.isoformat() == text
    if isinstance(given, list | tuple | set | frozenset):
        return any(_same(one, text) for one in given)
    return given is not None and given == text


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
