"""What stands where in a playbook, read from the type hints of its value classes."""

from collections.abc import Iterator
from dataclasses import is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

from salescoach.language import LANGS
from salescoach.playbook.conditions import COMBINE, fact_table
from salescoach.playbook.models import Asks, Filled, Worded

#: What a part is to those who look at every one of its kind.
Role = Literal["object", "text", "words", "when"]
_ROLES: dict[type, Role] = {Worded: "text", Filled: "words", Asks: "when"}
PathTo = tuple[str | int, ...]


class Part(NamedTuple):
    """A part of a playbook: its path as in the file, what it is, and its value."""

    path: PathTo
    role: Role
    value: Any


def parts(playbook: Any) -> Iterator[Part]:
    """Every value object, shown text, word list entry and condition of a playbook, in the order of its fields."""
    yield from _parts((), type(playbook), playbook)


def _parts(path: PathTo, hint: Any, given: Any) -> Iterator[Part]:
    hint, role = _bare(hint)
    if given is None:
        return
    if role is not None:
        yield Part(path, role, given)
    elif is_dataclass(hint):
        yield Part(path, "object", given)
        for name, inner in hints(hint).items():
            yield from _parts((*path, name), inner, getattr(given, name))
    else:
        yield from _elements(path, hint, given)


def _elements(path: PathTo, hint: Any, given: Any) -> Iterator[Part]:
    if get_origin(hint) is tuple:
        for place, value in enumerate(given):
            yield from _parts((*path, place), get_args(hint)[0], value)
    elif get_origin(hint) is dict:
        for key, value in given.items():
            yield from _parts((*path, key), get_args(hint)[1], value)


def keys_at(cls: type, path: PathTo) -> tuple[str, ...]:
    """The keys that may stand in the mapping at `path` of a playbook of class `cls`; none where any may."""
    hint: Any = cls
    for step in path:
        hint, role = _bare(hint)
        if role == "when":
            return _condition_keys(path, step)
        hint = _inside(hint, step)
    hint, role = _bare(hint)
    if role == "when":
        return (*fact_table(), *COMBINE)
    if role == "text":
        return LANGS
    return _keys(hint)


def _condition_keys(path: PathTo, step: str | int) -> tuple[str, ...]:
    """Inside a condition: a range where a fact was named last, a condition otherwise."""
    last = next((key for key in reversed(path) if isinstance(key, str)), step)
    return (*fact_table(), *COMBINE) if last in COMBINE else ("min", "max")


def _keys(hint: Any) -> tuple[str, ...]:
    if is_dataclass(hint):
        return tuple(hints(hint))
    if get_origin(hint) is dict:
        key, _ = _bare(get_args(hint)[0])
        return get_args(key) if get_origin(key) is Literal else ()
    return ()


def _inside(hint: Any, step: str | int) -> Any:
    if is_dataclass(hint):
        return hints(hint).get(str(step))
    if get_origin(hint) is tuple:
        return get_args(hint)[0]
    return get_args(hint)[1] if get_origin(hint) is dict else None


def _bare(hint: Any) -> tuple[Any, Role | None]:
    """A hint without its marks and its `| None`, and the role that its marks give it."""
    role: Role | None = None
    while True:
        if get_origin(hint) is Annotated:
            role = next((_ROLES[type(mark)] for mark in get_args(hint)[1:] if type(mark) in _ROLES), role)
            hint = get_args(hint)[0]
        elif get_origin(hint) in (UnionType, Union) and NoneType in get_args(hint):
            hint = _without_none(hint)
        else:
            return hint, role


def _without_none(hint: Any) -> Any:
    return Union[tuple(option for option in get_args(hint) if option is not NoneType)]  # noqa: UP007 - built at run time


def hints(cls: Any) -> dict[str, Any]:
    """The fields of a value class with their types and marks, in order."""
    return _hints(cls)


@cache
def _hints(cls: type) -> dict[str, Any]:
    return get_type_hints(cls, include_extras=True)
