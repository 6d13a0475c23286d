"""Values as JSON text and back, through msgspec.

What a field of type `Any` holds must be JSON values and dates; a tuple comes back as a list. A date in there is kept
as `{"$date": "2026-12-01"}`, since plain JSON has none and an answer of a walk may well be one.
"""

from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any

import msgspec

from salescoach.records.account import Crisis
from salescoach.records.models import Debrief, Draft, Plan, Visit

DATE = "$date"


def pack(value: Any) -> str:
    """JSON text of a value."""
    return packed(value).decode()


def packed(value: Any) -> bytes:
    """JSON of a value or a whole record, as UTF-8."""
    return msgspec.json.encode(_free(value, _tag))


def unpack(text: str | bytes, holds: Any) -> Any:
    """
    The value of type `holds` that was packed.

    Raises:
        msgspec.MsgspecError: The text is not what `pack` made of such a value.
    """
    return dated(msgspec.json.decode(text, type=holds))


def dated(value: Any) -> Any:
    """A value that was read from JSON of ours as it is: with dates where they were marked."""
    return _free(value, _untag)


def _free(value: Any, change: Any) -> Any:
    """Change what the `Any` parts of a value hold; typed parts need no help with dates."""
    if isinstance(value, Plan | Debrief):
        return replace(value, extra=change(value.extra)) if value.extra else value
    if isinstance(value, Visit):
        if not (value.plan and value.plan.extra) and not (value.debrief and value.debrief.extra):
            return value
        return replace(value, plan=_free(value.plan, change), debrief=_free(value.debrief, change))
    if isinstance(value, Draft | Crisis):
        return replace(value, answers=change(value.answers)) if value.answers else value
    return change(value) if isinstance(value, dict) else value


def _tag(value: Any) -> Any:
    if isinstance(value, date):
        return {DATE: value.isoformat()}
    if isinstance(value, dict):
        return {key: _tag(part) for key, part in value.items()}
    return [_tag(part) for part in value] if isinstance(value, list | tuple) else value


def _untag(value: Any) -> Any:
    if isinstance(value, dict):
        if value.keys() == {DATE} and isinstance(value[DATE], str):
            with suppress(ValueError):  # somebody's own key of that name
                return date.fromisoformat(value[DATE])
        return {key: _untag(part) for key, part in value.items()}
    return [_untag(part) for part in value] if isinstance(value, list) else value
