"""The one way a value class is declared: frozen, slotted, keyword-only, and strict where data comes in.

Values are standard dataclasses, so using them costs no import; pydantic validates them at the border and
msgspec revives them from the cache (docs/decisions/0002).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

T = TypeVar("T")

#: What pydantic is told about every value class: unknown keys are refused, wrong types are not bent to fit.
BORDER: Mapping[str, object] = {"extra": "forbid", "strict": False}


@dataclass_transform(frozen_default=True, kw_only_default=True)
def value(cls: type[T]) -> type[T]:
    """Make `cls` a frozen value: equal by content, unchangeable, refusing unknown keys at the border."""
    setattr(cls, "__pydantic_config__", dict(BORDER))  # noqa: B010 - the name is pydantic's, not ours
    return dataclass(frozen=True, slots=True, kw_only=True)(cls)
