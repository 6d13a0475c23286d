"""A record in the rep's own editor: as YAML, checked before it is saved, and never lost.

The file lies in the data folder while it is edited. It goes when the record was saved; after a mistake it stays, and
the same command goes on with it.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar, get_args, get_origin, get_type_hints

import typer

from salescoach.errors import InvalidError, StoreError, UsageError
from salescoach.language import Lang, say, visible

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from salescoach.cli.context import Session
    from salescoach.playbook.yaml_text import Positioned

V = TypeVar("V")
S = TypeVar("S")

FOLDER = "edits"


def edit(session: "Session", name: str, value: V, keep: Callable[[V], S], hidden: tuple[str, ...] = ()) -> S | None:
    """
    Let the rep edit a value, and keep what comes back.

    Args:
        session: This run.
        name: The file's name while it is edited, such as "client-9xk2qp".
        value: A value class of plain fields.
        keep: Saves the edited value; what it refuses with InvalidError is asked again, or kept in the file.
        hidden: Fields that are not shown and stay as they are.

    Returns:
        What `keep` gave; None where nothing was changed.

    Raises:
        InvalidError: The text does not hold, and is not edited again; it stays in the file that the hint names.
        UsageError: There is no editor, or it fails.
    """
    path = session.settings.data / FOLDER / f"{name}.yaml"
    original = as_yaml(value, session.lang, hidden)
    if path.exists():
        typer.echo(say("records.resumed-edit", session.lang, path=path), err=True)
    else:
        _write(path, original)
    while True:
        _run_editor(session, path, original)
        if _is_untouched(path, original):
            path.unlink(missing_ok=True)
            return None
        try:
            kept = keep(_read(path, value, hidden))
        except InvalidError as error:
            _again(session, path, error)
        else:
            path.unlink()
            return kept


def _again(session: "Session", path: Path, error: InvalidError) -> None:
    """Go on to another round, or give up and say where the text is."""
    from salescoach.cli.show import message

    what = message(error, session.lang)
    if session.interactive:
        typer.echo(visible(what), err=True)
        from salescoach.walk.terminal import confirm

        if confirm(say("records.ask-edit-again", session.lang), session.lang, default=True):
            return
    raise InvalidError("edit-rejected", what=what, path=path) from error


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise StoreError("store-cannot-open", path=path, detail=error.strerror or str(error)) from error


def _run_editor(session: "Session", path: Path, original: str) -> None:
    """Open the file; where that fails before anything was written, nothing is left behind."""
    from salescoach.cli.editor import open_editor

    try:
        open_editor(path, terminal=session.interactive)
    except UsageError:
        if _is_untouched(path, original):
            path.unlink(missing_ok=True)
        raise


def _is_untouched(path: Path, original: str) -> bool:
    """The file holds what was put in, or is gone."""
    return not path.exists() or path.read_bytes() == original.encode()


# The record as YAML


def as_yaml(value: Any, lang: Lang, hidden: tuple[str, ...] = ()) -> str:
    """A value as YAML with a comment for every field that takes only certain answers."""
    lines = [f"# {say('records.file-head', lang)}", ""]
    hints = get_type_hints(type(value))
    for field in fields(value):
        if field.name not in hidden:
            comment = _comment(hints[field.name], lang)
            lines += [f"# {comment}"] * bool(comment) + [_dumped({field.name: _plain(getattr(value, field.name))})]
    return "\n".join(lines) + "\n"


def _dumped(data: dict[str, Any]) -> str:
    """YAML with nothing after the colon of what is empty, and longer texts as they are written."""
    import yaml

    class Dumper(yaml.SafeDumper):
        """One of its own, since how a type is written is kept by the class."""

    def text(dumper: Any, said: str) -> Any:
        style = "|" if "\n" in said and not said.startswith((" ", "\n")) else None
        style = style if all(char.isprintable() or char == "\n" for char in said) else '"'
        return dumper.represent_scalar("tag:yaml.org,2002:str", said, style=style) if said else nothing(dumper, None)

    def nothing(dumper: Any, _: None) -> Any:
        return dumper.represent_scalar("tag:yaml.org,2002:null", "")

    Dumper.add_representer(str, text)
    Dumper.add_representer(type(None), nothing)
    dumped: str = yaml.dump(data, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=10_000)
    return "".join(map(_written, dumped.removesuffix("\n")))


def _written(char: str) -> str:
    """A character that cannot be seen as YAML writes it; only texts between quotes have one."""
    if char.isprintable() or char == "\n":
        return char
    return f"\\u{ord(char):04x}" if ord(char) <= 0xFFFF else f"\\U{ord(char):08x}"


def _plain(value: Any) -> Any:
    """What YAML can hold; what our own reader refuses, and no record holds but one made past it, stands as text."""
    from salescoach.playbook.yaml_text import CONTROL

    if hasattr(value, "__dataclass_fields__"):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    return CONTROL.sub(lambda found: visible(found[0]), value) if isinstance(value, str) else value


def _comment(hint: Any, lang: Lang) -> str:
    """What a field takes, where that is not plain text."""
    if choices := _choices(hint):
        key = "records.file-many" if get_origin(hint) is tuple else "records.file-choices"
        return say(key, lang, choices=" | ".join(choices))
    kinds = {hint, *get_args(hint)}
    if get_origin(hint) is tuple and str in kinds:
        return say("records.file-list", lang)
    found = next((key for kind, key in ((date, "file-date"), (bool, "file-yes-no")) if kind in kinds), None)
    return say(f"records.{found}", lang) if found else ""


def _choices(hint: Any) -> tuple[str, ...]:
    """The fixed answers of a field, also where it is optional or a list."""
    if get_origin(hint) is Literal:
        return get_args(hint)
    return next((found for part in get_args(hint) if (found := _choices(part))), ())


# And back


def _read(path: Path, before: V, hidden: tuple[str, ...]) -> V:
    from pydantic import TypeAdapter, ValidationError

    from salescoach.playbook.yaml_text import read_file

    positioned = read_file(path, error=InvalidError)
    if not isinstance(positioned.data, dict):
        raise InvalidError("record-no-mapping", where=f"{path}:1:1")
    allowed = [field.name for field in fields(before) if field.name not in hidden]  # type: ignore[arg-type]
    for name in positioned.data:
        if name not in allowed:
            where = positioned.where((name,), key=True)
            raise InvalidError("record-unknown", where=where, name=name, allowed=", ".join(allowed))
    kept = {name: getattr(before, name) for name in hidden}
    try:
        return TypeAdapter(type(before)).validate_python(_filled(positioned.data) | kept)
    except ValidationError as invalid:
        raise _error(positioned, invalid.errors(include_url=False)[0]) from invalid


def _filled(data: Any) -> Any:
    """The data without its empty places, so that they take what a field is by default."""
    if isinstance(data, dict):
        return {key: _filled(part) for key, part in data.items() if part is not None}
    return [_filled(part) for part in data if part is not None] if isinstance(data, list) else data


def _error(positioned: "Positioned", detail: "ErrorDetails") -> InvalidError:
    path = tuple(step for step in detail["loc"] if step in positioned.data or isinstance(step, int) or "[" not in step)
    name = ".".join(str(step) for step in path)
    where, kind = positioned.where(path), detail["type"]
    if kind in ("missing", "missing_argument"):
        return InvalidError("record-missing", where=where, name=name)
    given = visible(str(detail["input"]))[:60]
    if kind == "literal_error":
        choices = detail["ctx"]["expected"].replace("'", "").replace(" or ", ", ")
        return InvalidError("record-choice", where=where, name=name, given=given, choices=choices)
    return InvalidError("record-wrong", where=where, name=name, given=given)
