"""The edge: a result or an error becomes text or JSON, whatever the terminal's width, colours and encoding."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, TextIO

from salescoach.cli.result import Result
from salescoach.errors import ExitCode, NotFoundError, SalescoachError, StoreError
from salescoach.language import Lang, say, told

#: Plain stand-ins for the glyphs we use, where a terminal's encoding has none (GBK, CP1252, ASCII).
PLAIN = str.maketrans(
    {
        "“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "...", "·": "-", "•": "*", "→": "->",
        "↘": "->", "✓": "x", "✗": "x", "✔": "x", "○": "o", "●": "*", "─": "-", "│": "|", "┌": "+", "┐": "+",
        "└": "+", "┘": "+", "├": "+", "┤": "+", "┬": "+", "┴": "+", "┼": "+", "━": "=", "█": "#", "░": ".",
        "▏": "|", "≥": ">=", "≤": "<=", "×": "x", "\u00a0": " ", "↳": "->", "▸": ">",
        "▪": "#", "▫": ".", "−": "-", "▁": "_", "▂": ".", "▃": "-", "▄": "=", "▅": "+", "▆": "*", "▇": "%",
    }
)  # fmt: skip
#: No screen has more columns; a number of more digits is not read to its end.
WIDEST, WIDEST_DIGITS = 1_000, 9
#: So many warnings are shown; a folder of broken files would push the answer off the screen.
WARNINGS = 8


def show_result(outcome: Any, lang: Lang, keep: Callable[[str], None] | None = None) -> int:
    """
    Print what a command returned and give the exit code; a bare number is the library's own (help: 0).

    Args:
        keep: Is given what was printed, letter by letter, where all went well.
    """
    if not isinstance(outcome, Result):
        return int(outcome or 0)
    if outcome.json or outcome.show is not None:
        text = write(as_json(outcome.document) + "\n" if outcome.json else drawn(outcome.show), sys.stdout)
        if keep is not None and outcome.exit_code == ExitCode.OK:
            keep(text)
    return outcome.exit_code


def show_error(error: SalescoachError, lang: Lang) -> int:
    """Say what happened, where, and what to do next, on stderr."""
    lines = [message(error, lang)]
    if isinstance(error, NotFoundError) and error.nearest:
        lines.append(say("error.nearest", lang, names=" · ".join(error.nearest)))
    hint = _optional(f"{error.key}-hint", lang, error.facts)
    if hint:
        lines.append(say("error.hint", lang, hint=hint))
    _tell(lines)
    return error.exit_code


def _tell(lines: Sequence[str]) -> None:
    write(rows([shown(line) for line in lines], sys.stderr) + "\n", sys.stderr)


def rows(lines: Sequence[str], stream: TextIO) -> str:
    """Lines of words, broken between words at a terminal."""
    return "\n".join(broken(line, stream) for line in lines)


def show_warnings(errors: Sequence[SalescoachError], lang: Lang) -> None:
    """What is wrong with playbooks, a line each; of very many how many they are."""
    for error in errors[:WARNINGS]:
        show_warning(error, lang)
    if left := len(errors[WARNINGS:]):
        _tell([say("error.warning", lang, message=say("error.more-warnings", lang, count=left))])


def show_warning(error: SalescoachError, lang: Lang) -> None:
    """One line on stderr for something that did not stop the run."""
    _tell([say("error.warning", lang, message=message(error, lang))])


def message(error: SalescoachError, lang: Lang) -> str:
    """The sentence of an error, its place in front."""
    sentence = say(f"error.{error.key}", lang, **told(error.facts, lang))
    return f"{error.where}: {sentence}" if error.where else sentence


def show_usage(error: Any, lang: Lang) -> int:
    """Wrong usage: what is wrong, and where help is."""
    from salescoach.cli.usage import sentence

    path = error.ctx.command_path if getattr(error, "ctx", None) else "salescoach"
    what = sentence(error, lang)
    hint = say("error.hint", lang, hint=say("error.usage-hint", lang, command=path))
    _tell([what, hint])
    return ExitCode.USAGE


def show_bug(bug: Exception, lang: Lang) -> int:
    """Something that is our fault: say so, with what a report needs; the whole trace with SALESCOACH_DEBUG."""
    import traceback

    if os.environ.get("SALESCOACH_DEBUG"):
        write(traceback.format_exc(), sys.stderr)
    place = traceback.extract_tb(bug.__traceback__)[-1]
    what = f"{type(bug).__name__}: {bug} ({place.filename.rsplit(os.sep, 1)[-1]}:{place.lineno})"
    _tell([say("error.bug", lang, what=what)])
    return ExitCode.BUG


def as_json(document: Any) -> str:
    """A document as indented JSON, its values in any of our value classes, dates in ISO 8601."""
    import msgspec

    try:
        encoded = msgspec.json.encode(document)
    except UnicodeEncodeError:  # bytes that are no text, from the command line or a file's name
        encoded = msgspec.json.encode(_sayable(msgspec.to_builtins(document)))
    return "\n".join(map(_inert, msgspec.json.format(encoded, indent=2).decode().split("\n")))


def _sayable(part: Any) -> Any:
    """Plain data with a sign in place of each half character."""
    if isinstance(part, dict):
        return {_sayable(key): _sayable(inner) for key, inner in part.items()}
    if isinstance(part, list):
        return [_sayable(inner) for inner in part]
    return part.encode("utf-8", "replace").decode() if isinstance(part, str) else part


def _inert(line: str) -> str:
    """A line of JSON in which what would act on a terminal is written as JSON writes it: the same text."""
    if not line.isprintable():
        line = "".join(char if char.isprintable() else _escaped(char) for char in line)
    return line


def _escaped(char: str) -> str:
    units = char.encode("utf-16-be")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))


def drawn(picture: Any) -> str:
    """Text as it is, anything else drawn by Rich for the width and colours of stdout."""
    if isinstance(picture, str):
        return picture.rstrip("\n") + "\n"
    from rich.console import Console

    console = Console(width=width(sys.stdout), force_terminal=colours(sys.stdout), highlight=False, emoji=False)
    with console.capture() as capture:
        console.print(picture)
    return "\n".join(line.rstrip() for line in capture.get().splitlines()) + "\n"


def width(stream: TextIO) -> int:
    """Columns: the terminal's own, else `COLUMNS`, else 80."""
    try:
        columns = os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):
        said = os.environ.get("COLUMNS", "")
        columns = int(said[:WIDEST_DIGITS]) if said.isascii() and said.isdigit() else 0
    return min(columns, WIDEST) or 80


def broken(text: str, stream: TextIO) -> str:
    """A line of words in rows of the terminal's width; as it is where it goes to no terminal."""
    if not stream.isatty():
        return text
    from salescoach.wrap import cells, wrap, wrap_command

    columns = width(stream)
    if cells(text) <= columns:
        return text
    return "\n".join((wrap_command if "salescoach " in text else wrap)(text, columns))


def write(text: str, stream: TextIO) -> str:
    """Write text in whatever encoding the stream has: a plain glyph stands in for one it cannot show, as returned."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        text = "".join(_plain(char, encoding) for char in text)
    if stream is not sys.stdout:
        stream.write(text)
        stream.flush()
        return text
    with to_stdout() as out:
        out.write(text)
    return text


@contextmanager
def to_stdout() -> Iterator[TextIO]:
    """
    Standard output, flushed at the end.

    Raises:
        StoreError: It cannot be written.
    """
    try:
        yield sys.stdout
        sys.stdout.flush()
    except OSError as error:
        with suppress(OSError, ValueError):  # what is still to be written goes nowhere, without another word
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):  # its reader went away (`… | head`): nobody misses it
            return
        raise StoreError("stdout-unwritable", why=error.strerror or str(error)) from None


def shown(text: str) -> str:
    """Text from outside made harmless: control characters and direction marks stand as escapes."""
    from salescoach.language import visible

    return visible(text)


def _plain(char: str, encoding: str) -> str:
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return char.translate(PLAIN).encode(encoding, "replace").decode(encoding)
    return char


def colours(stream: TextIO) -> bool:
    """Whether colours may be shown there."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _optional(key: str, lang: Lang, facts: dict[str, object]) -> str | None:
    from salescoach.catalogue.error import MESSAGES

    return say(f"error.{key}", lang, **facts) if key in MESSAGES else None
