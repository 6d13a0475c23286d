"""The one way a value class is declared: frozen, slotted, keyword-only, and strict where data comes in.

Values are standard dataclasses, so using them costs no import; pydantic validates them at the border and
msgspec revives them from the cache (docs/decisions/0002).
"""

from collections.abc import Mapping
from dataclasses import FrozenInstanceError, dataclass, fields
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")

#: What pydantic is told about every value class: unknown keys are refused, wrong types are not bent to fit.
BORDER: Mapping[str, object] = {"extra": "forbid", "strict": False}


@dataclass_transform(frozen_default=True, kw_only_default=True)
def value(cls: type[T]) -> type[T]:
    """
    Make `cls` a frozen value: equal by content, unchangeable, refusing unknown keys at the border.

    What the standard library would write and compile for each class is shared here, and `__init__` is written when
    it is first called: declaring a class takes a tenth of the time, and a command declares a hundred and makes few.
    """
    setattr(cls, "__pydantic_config__", dict(BORDER))  # noqa: B010 - the name is pydantic's, not ours
    made = dataclass(slots=True, kw_only=True, init=False, eq=False, repr=False)(cls)
    for name, shared in _SHARED.items():
        setattr(made, name, shared)
    return made


def _first(one: Any, **held: object) -> None:
    """The `__init__` of a class of which nothing was made yet: it has the standard library write one."""
    made: Any = type(one)
    known = {each.name: each for each in fields(one)}
    twin = type(made.__name__, (), {"__annotations__": {name: each.type for name, each in known.items()}, **known})
    made.__init__ = written = vars(dataclass(kw_only=True, eq=False, repr=False)(twin))["__init__"]
    written(one, **held)


def _held(one: Any) -> tuple[Any, ...]:
    return tuple(getattr(one, name) for name in one.__dataclass_fields__)


def _equal(one: Any, other: object) -> bool:
    return _held(one) == _held(other) if other.__class__ is one.__class__ else NotImplemented


def _hash(one: Any) -> int:
    return hash(_held(one))


def _repr(one: Any) -> str:
    told = ", ".join(f"{name}={getattr(one, name)!r}" for name in one.__dataclass_fields__)
    return f"{one.__class__.__qualname__}({told})"


def _set_once(one: Any, name: str, held: object) -> None:
    """A field is set once, by `__init__`, and never again."""
    if hasattr(one, name) or name not in one.__dataclass_fields__:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")
    object.__setattr__(one, name, held)


def _never_deleted(one: Any, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


_SHARED: Mapping[str, object] = {
    "__init__": _first,
    "__eq__": _equal,
    "__hash__": _hash,
    "__repr__": _repr,
    "__setattr__": _set_once,
    "__delattr__": _never_deleted,
}
