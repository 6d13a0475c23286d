"""What was typed, taken as it is where there is nothing to convert.

The library converts every value through pydantic, a text to a text too. Loading pydantic for that is a quarter of the
start of a command (docs/decisions/0031), and most of what is typed is text, or one of a few words, as it stands.
"""

from typing import Any


class AsTyped:
    """How one parameter takes its value: as it was typed, and as the library does whatever needs more than that."""

    def __init__(self, convert: Any) -> None:
        self.convert = convert

    def __call__(self) -> "AsTyped":
        """Itself, where the library asks how to convert."""
        return self

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """
        The value for the command.

        Raises:
            typer.BadParameter: The library cannot make of it what the command wants.
        """
        many = param.multiple or param.nargs == -1
        if value is None:
            return () if many else None
        if value is param.default and not many:
            return value  # what stands in the signature is right
        kind = param.type_descriptor.annotation
        if many and kind == list[str] and not isinstance(value, str):
            return list(value)
        if not many and isinstance(value, str) and (kind is str or _is_word_of(value, param)):
            return value
        return self.convert().coerce(value, param=param, ctx=ctx)


def take_as_typed(command: Any) -> None:
    """Let the parameters of a command take their values as they were typed; a library of another make is left alone."""
    known = command.get_params

    def get_params(ctx: Any) -> list[Any]:
        parameters: list[Any] = known(ctx)
        for one in parameters:
            convert = getattr(one, "get_runtime_param", None)
            if convert and not isinstance(convert, AsTyped):
                one.get_runtime_param = AsTyped(convert)
        return parameters

    command.get_params = get_params


def _is_word_of(text: str, parameter: Any) -> bool:
    """Whether it is one of the words that the parameter takes, letter by letter; other sorts of choices are made."""
    return any(type(one) is str and one == text for one in parameter.type_descriptor.choices or ())
