"""A picture to take along: as text, Markdown or HTML, on the screen or in a file."""

import os
import stat
import sys
from collections.abc import Mapping
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
    Write what would have been shown to a file, UTF-8; bytes as they are.

    Raises:
        StoreError: It cannot be written.
    """
    text = content if isinstance(content, str | bytes) else content.plain
    raw = text if isinstance(text, bytes) else (text.rstrip("\n") + "\n").encode()
    try:
        path.write_bytes(raw)
    except OSError as error:
        raise StoreError("output-unwritable", path=path, why=error.strerror or str(error)) from None


def write_private(path: Path, raw: bytes) -> None:
    """
    Write what is nobody else's to a file that the rep alone may read, whatever it was before.

    Raises:
        StoreError: It cannot be written.
    """
    try:
        opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(opened, "wb") as file:
            if stat.S_ISREG(os.fstat(opened).st_mode):
                path.chmod(0o600)
            file.write(raw)
    except OSError as error:
        raise StoreError("output-unwritable", path=path, why=error.strerror or str(error)) from None
