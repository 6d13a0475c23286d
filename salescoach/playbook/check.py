"""The border of a playbook: plain data in, a typed value out, or every problem with its line and column."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from salescoach.playbook.anatomy import keys_at
from salescoach.playbook.conditions import JSON_SCHEMA_STAND_IN, condition_json_schema
from salescoach.playbook.models import KINDS, AnyPlaybook, Kind
from salescoach.playbook.problem import Problem
from salescoach.playbook.yaml_text import Positioned, YamlPath

if TYPE_CHECKING:
    from pydantic import TypeAdapter
    from pydantic_core import ErrorDetails

T = TypeVar("T")

DIALECT = "https://json-schema.org/draft/2020-12/schema"
#: More than this is a file of something else.
MOST_PROBLEMS = 100


def validate(positioned: Positioned) -> AnyPlaybook:
    """
    The playbook that a file holds.

    Raises:
        PlaybookError: It does not hold; the first problem from the top, with `where` as "file:line:col".
    """
    playbook, found = examine(positioned)
    if playbook is None:
        raise found[0].error()
    return playbook


def problems(positioned: Positioned) -> list[Problem]:
    """Everything that is wrong with a file, from top to bottom; at most 100."""
    return examine(positioned)[1]


def examine(positioned: Positioned) -> tuple[AnyPlaybook | None, list[Problem]]:
    """The playbook, or None and what is wrong."""
    data = positioned.data
    if not isinstance(data, dict):
        return None, [Problem(key="playbook-no-mapping", where=positioned.where(()), facts={})]
    kind = data.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        return None, [_wrong_kind(positioned, kind)]
    return checked(positioned, KINDS[kind])


def checked(positioned: Positioned, cls: type[T]) -> tuple[T | None, list[Problem]]:
    """The value of class `cls` that a file holds, or None and what is wrong."""
    from pydantic import ValidationError

    try:
        held: T = _adapter(cls).validate_python(positioned.data)  # type: ignore[arg-type]  # a class is hashable
    except ValidationError as invalid:
        details = invalid.errors(include_url=False)[:MOST_PROBLEMS]
        return None, _told_once(sorted((_problem(positioned, detail, cls) for detail in details), key=_place))
    return held, []


def _told_once(found: list[Problem]) -> list[Problem]:
    """A misspelt key is also a missing one: the suggestion says all."""
    meant = {one.facts["nearest"] for one in found if one.key == "playbook-unknown-near"}
    return [one for one in found if one.key != "playbook-missing" or one.facts["name"] not in meant]


def _place(problem: Problem) -> tuple[int, int]:
    _, line, column = problem.where.rsplit(":", 2)
    return int(line), int(column)


@cache
def _adapter(cls: Any) -> "TypeAdapter[Any]":
    from pydantic import TypeAdapter

    return TypeAdapter(cls)


def _wrong_kind(positioned: Positioned, given: object) -> Problem:
    choices = " · ".join(KINDS)
    if not isinstance(given, str):
        return Problem(key="playbook-no-kind", where=positioned.where(("kind",)), facts={"choices": choices})
    facts: dict[str, str | int] = {"name": "kind", "given": _short(given), "choices": choices}
    return Problem(key="playbook-choice", where=positioned.where(("kind",)), facts=facts)


# One complaint of pydantic's, as a sentence of ours

_SAME = {
    "literal_error": "playbook-choice",
    "string_type": "playbook-text",
    "string_too_short": "playbook-empty",
    "string_too_long": "playbook-long",
    "greater_than_equal": "playbook-range",
    "less_than_equal": "playbook-range",
    "finite_number": "playbook-number",
    "too_short": "playbook-empty",
    "too_long": "playbook-many",
    "tuple_type": "playbook-list",
    "list_type": "playbook-list",
    "dict_type": "playbook-mapping",
    "dataclass_type": "playbook-mapping",
    "no_language": "playbook-no-language",
    "range_empty": "playbook-range-empty",
    "range_order": "playbook-range-order",
}
_FAMILY = {"int": "playbook-number", "float": "playbook-number", "bool": "playbook-yes-no"}
_UNKNOWN = frozenset({"extra_forbidden", "unexpected_keyword_argument"})


def _problem(positioned: Positioned, detail: "ErrorDetails", cls: type) -> Problem:
    path, of_key = _path(positioned.data, detail["loc"]), detail["loc"][-1:] == ("[key]",)
    if detail["type"] == "missing":
        return _missing(positioned, path, str(detail["loc"][-1]))
    if detail["type"] in _UNKNOWN:
        return _unknown_key(positioned, path, str(detail["loc"][-1]), cls)
    names = [step for step in path if isinstance(step, str)]
    facts: dict[str, str | int] = {"name": names[-1] if names else "", "given": _short(detail["input"])}
    facts |= _limits(detail.get("ctx") or {})
    return Problem(key=_message(detail), where=positioned.where(path, key=of_key), facts=facts)


def _path(data: Any, loc: Iterable[str | int]) -> YamlPath:
    """A place as in the file: pydantic's own marks, and what is not there, passed over."""
    path: list[str | int] = []
    for step in loc:
        if isinstance(data, dict) and step in data:
            data = data[str(step)]
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            continue
        path.append(step)
    return tuple(path)


def _missing(positioned: Positioned, path: YamlPath, name: str) -> Problem:
    return Problem(key="playbook-missing", where=positioned.where(path), facts={"name": name})


def _unknown_key(positioned: Positioned, path: YamlPath, name: str, cls: type) -> Problem:
    from difflib import get_close_matches

    allowed = keys_at(cls, path[:-1])
    near = get_close_matches(name[:60], allowed, n=1, cutoff=0.6)
    listed = ", ".join(allowed[:40])
    facts: dict[str, str | int] = {"name": _short(name), "nearest": near[0] if near else "", "allowed": listed}
    key = "playbook-unknown-near" if near else "playbook-unknown"
    return Problem(key=key, where=positioned.where(path, key=True), facts=facts)


def _message(detail: "ErrorDetails") -> str:
    kind = detail["type"]
    if detail["input"] is None:
        return "playbook-empty"
    if kind == "string_pattern_mismatch":
        return "playbook-source-id" if detail["ctx"]["pattern"].startswith("^(S") else "playbook-id"
    return _SAME.get(kind) or _FAMILY.get(kind.split("_")[0], "playbook-wrong")


def _limits(context: Mapping[str, Any]) -> dict[str, str | int]:
    """The choices or bounds that were missed."""
    facts: dict[str, str | int] = {"limit": ""}
    if "expected" in context:
        facts["choices"] = str(context["expected"]).replace("'", "").replace(" or ", ", ")
    for name, sign in (("ge", "≥ "), ("le", "≤ "), ("max_length", "")):
        if name in context:
            facts["limit"] = f"{sign}{context[name]}"
    return facts


def _short(given: object) -> str:
    """A value as it can stand in a message: one line, not long; nothing for what is no scalar."""
    text = " ".join(str(given).split()) if isinstance(given, str | int | float) else ""
    return text if len(text) <= 40 else text[:39] + "…"


# For editors


def json_schema(kind: Kind | None = None) -> dict[str, Any]:
    """The JSON Schema (2020-12) of one kind, or of every kind told apart by `kind`; for YAML language servers."""
    from pydantic import Field, TypeAdapter

    every: Any = Annotated[AnyPlaybook, Field(discriminator="kind")]
    schema = TypeAdapter(KINDS[kind] if kind else every).json_schema()
    schema = _replaced(schema, lambda part: {"$ref": "#/$defs/when"} if part == JSON_SCHEMA_STAND_IN else part)
    schema.setdefault("$defs", {})["when"] = condition_json_schema()
    return {"$schema": DIALECT, "title": f"salescoach {kind or 'playbook'}", **schema}


def _replaced(part: Any, put: Callable[[Any], Any]) -> Any:
    if isinstance(part, dict):
        return put({name: _replaced(inner, put) for name, inner in part.items()})
    return [_replaced(inner, put) for inner in part] if isinstance(part, list) else part
