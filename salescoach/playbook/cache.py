"""Files of compiled values in the cache folder, each believed only under the fingerprint it was written with.

Nothing here can stop the rep: a file that cannot be read is not there, one that cannot be written is not written.
The first line of a file is its fingerprint, so that an old one is told apart without decoding it.
"""

import contextlib
import os
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

T = TypeVar("T")


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

    def one(self, name: str, fingerprint: str, at: int, type_: Any) -> Any:
        """The value of type `type_` at a place among the many kept under `name`; None as `read`."""
        stored = self.stored(name)
        if stored is None or stored.fingerprint != fingerprint:
            return None
        line = (*stored.body.split(b"\n", at + 2), b"", b"")[at + 1]  # behind the bracket
        return decoded(line.removesuffix(b","), type_)

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
        """
        Keep a value under `name`: whole or not at all, for this user's eyes only. Of a list each value has a line of
        its own, so that one can be read without the others.
        """
        if self.folder is None:
            return
        import msgspec

        with contextlib.suppress(OSError, UnicodeEncodeError):  # the name of a file may be no text
            many = isinstance(kept, list)
            body = b"[\n%b\n]" % b",\n".join(map(msgspec.json.encode, kept)) if many else msgspec.json.encode(kept)
            replace_file(self.folder / f"{name}.json", fingerprint.encode() + b"\n" + body)


def decoded(body: bytes, type_: Any) -> Any:
    """The value in a file's body, or None where it is not one of `type_`."""
    import msgspec

    try:
        return msgspec.json.decode(body, type=type_)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None


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
