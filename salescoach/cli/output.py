"""A picture to take along: as text, Markdown or HTML, on the screen or in a file."""

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from salescoach.cli.result import Result
from salescoach.errors import StoreError, UsageError
from salescoach.language import say

if TYPE_CHECKING:
    from salescoach.cli.context import Session

FORMATS = ("text", "md", "html")
#: Columns of text that goes to a file.
FILE_WIDTH = 80


def check_format(name: str) -> None:
    """
    A page has one of three forms.

    Raises:
        UsageError: None is called so.
    """
    if name not in FORMATS:
        raise UsageError("format-unknown", name=name)


def columns(output: Path | None) -> int:
    """Cells of a row: of the screen, or of a file."""
    from salescoach.cli.show import width

    return FILE_WIDTH if output is not None else width(sys.stdout)


def delivered(session: "Session", document: Mapping[str, Any], picture: Any, output: Path | None) -> Result:
    """
    The picture as a result; written to a file where one was named, which is told.

    Raises:
        StoreError: The file cannot be written.
    """
    if output is None:
        return Result(document=document, show=picture)
    write_file(output, picture)
    return Result(document=document, show=say("prep.written", session.lang, path=output))


def write_file(path: Path, content: Any) -> None:
    """
    Write what would have been shown to a file for the rep alone, UTF-8; bytes as they are.

    Raises:
        StoreError: It cannot be written.
    """
    text = content if isinstance(content, str | bytes) else content.plain
    save(path, [text if isinstance(text, bytes) else (text.rstrip("\n") + "\n").encode()])


def save(path: Path, pieces: Iterable[bytes]) -> None:
    """
    Write a file for the rep alone, whatever the umask and whatever it was before.

    Raises:
        StoreError: It cannot be written.
        UsageError: It has no name.
    """
    from salescoach.exchange.files import write_private

    if not path.name:  # "", which is "." by the time it comes here
        raise UsageError("output-unnamed")
    try:
        write_private(path, pieces)
    except OSError as error:
        raise StoreError("output-unwritable", path=path, why=error.strerror or str(error)) from None


def bytes_to_stdout(pieces: Iterable[bytes]) -> None:
    """
    As bytes: neither the terminal's encoding nor its line ends may change a file for programs.

    Raises:
        StoreError: It cannot be written.
    """
    from salescoach.cli.show import to_stdout

    with to_stdout() as out:
        raw: Any = getattr(out, "buffer", None)
        out.flush()
        for piece in pieces:
            if raw is None:
                out.write(piece.decode())
            else:
                raw.write(piece)
