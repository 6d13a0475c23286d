"""A strict reader for each value class: unknown keys are refused, whole numbers are small enough to be kept."""

from dataclasses import MISSING, fields
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec


def strict_decoder(holds: Any, bits: int) -> "msgspec.json.Decoder[Any]":
    """
    Decodes what is, key by key, a value of this class; what it gives is no such value but a twin without methods.

    Args:
        holds: A value class, which may hold others.
        bits: Of whole numbers, without the sign.
    """
    return msgspec.json.Decoder(_strict(holds, bits))


def _strict(wanted: Any, bits: int) -> Any:
    if wanted is int:
        return Annotated[int, msgspec.Meta(ge=-(2**bits), le=2**bits - 1)]
    if hasattr(wanted, "__dataclass_fields__"):
        return _twin(wanted, bits)
    origin, inner = get_origin(wanted), get_args(wanted)
    if origin is None or origin is Literal:
        return wanted
    changed = tuple(_strict(one, bits) for one in inner)
    return Union[changed] if origin in (Union, UnionType) else origin[changed]  # noqa: UP007 - made at run time


@cache
def _twin(holds: Any, bits: int) -> type[msgspec.Struct]:
    """A class with the same fields that refuses others. Defaults matter only in that there are some."""
    hints = get_type_hints(holds)
    made: list[Any] = []
    for field in fields(holds):
        needed = field.default is MISSING and field.default_factory is MISSING
        made.append((field.name, _strict(hints[field.name], bits), *(() if needed else (None,))))
    made.sort(key=len)
    return msgspec.defstruct(holds.__name__, made, forbid_unknown_fields=True, kw_only=True)
