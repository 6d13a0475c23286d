"""Files of compiled values in the cache folder, each believed only under the fingerprint it was written with.

Nothing here can stop the rep: a file that cannot be read is not there, one that cannot be written is not written.
The first line of a file is its fingerprint, so that an old one is told apart without decoding it.
"""

import contextlib
import os
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, TypeVar

T = TypeVar("T")

#: From which byte of a file on, and how many.
Span = tuple[int, int]


class Stored(NamedTuple):
    """A file as it lies there."""

    fingerprint: str
    body: bytes


class Cache:
    """
    Values by name.

    Args:
        folder: Where the files are; made when first written to. None: nothing is kept.
    """

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    def read(self, name: str, fingerprint: str, type_: Any) -> Any:
        """The value kept under `name`, of type `type_`; None where there is none of this fingerprint."""
        stored = self.stored(name)
        return decoded(stored.body, type_) if stored and stored.fingerprint == fingerprint else None

    def some(
        self, name: str, fingerprint: str, spans: Iterable[Span], revive: Callable[[bytes], T]
    ) -> list[T] | None:
        """Values that `write_many` wrote there, read without the others; None as `read`, or where `revive` raises."""
        if self.folder is None:
            return None
        try:
            with (self.folder / f"{name}.json").open("rb") as file:
                if file.readline().rstrip(b"\n") != fingerprint.encode():
                    return None
                return [revive(_part(file, span)) for span in spans]
        except OSError:
            return None
        except unreadable():
            return None

    def stored(self, name: str) -> Stored | None:
        """The file of `name`, whatever its fingerprint."""
        if self.folder is None:
            return None
        try:
            head, _, body = (self.folder / f"{name}.json").read_bytes().partition(b"\n")
        except OSError:
            return None
        return Stored(head.decode("ascii", "replace"), body)

    def write(self, name: str, fingerprint: str, kept: Any) -> None:
        """Keep a value under `name`: whole or not at all, for this user's eyes only."""
        if encoded := _encoded([kept]):
            self._write(name, fingerprint, *encoded)

    def write_many(self, name: str, fingerprint: str, kept: Sequence[Any]) -> list[Span]:
        """Keep a list of values, which `read` gives as one; and where each of them lies, for `some`."""
        encoded = _encoded(kept)
        if encoded is None:
            return [(0, 0)] * len(kept)
        self._write(name, fingerprint, b"[%b]" % b",".join(encoded))
        starts = accumulate((len(one) + 1 for one in encoded), initial=len(fingerprint.encode()) + 2)
        return [(start, len(one)) for start, one in zip(starts, encoded, strict=False)]

    def _write(self, name: str, fingerprint: str, body: bytes) -> None:
        if self.folder is not None:
            with contextlib.suppress(OSError):
                replace_file(self.folder / f"{name}.json", fingerprint.encode() + b"\n" + body)


def _encoded(kept: Sequence[Any]) -> list[bytes] | None:
    """Values as bytes; None where they have none: the name of a file may be no text."""
    import msgspec

    try:
        return list(map(msgspec.json.encode, kept))
    except UnicodeEncodeError:
        return None


def _part(file: BinaryIO, span: Span) -> bytes:
    start, length = span
    file.seek(start)
    return file.read(length)


def decoded(body: bytes, type_: Any) -> Any:
    """The value in a file's body, or None where it is not one of `type_`."""
    import msgspec

    try:
        return msgspec.json.decode(body, type=type_)
    except unreadable():
        return None


def unreadable() -> tuple[type[Exception], ...]:
    """What is raised where bytes are not the value that they should be."""
    import msgspec

    return (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)


def replace_file(path: Path, content: bytes) -> None:
    """
    Write a file whole or not at all, for this user's eyes only, and the folders above it.

    Raises:
        OSError: It cannot be written; what was there is there still.
    """
    import tempfile

    for folder in reversed([*path.parents]):
        if not folder.is_dir():
            folder.mkdir(mode=0o700, exist_ok=True)  # mkdir's own parents would be open to all
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".")  # readable by this user alone
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(temporary).replace(path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise
