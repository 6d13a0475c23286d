"""Files for what a rep keeps: for the rep's eyes alone, whole or not at all, never through a link."""

import os
from collections.abc import Iterable
from pathlib import Path
from tempfile import mkstemp


def write_private(path: Path, pieces: Iterable[bytes]) -> None:
    """
    Write a file that nobody else may read. What was there stays until all is written; a link is replaced, not followed.

    Raises:
        OSError: It cannot be written.
    """
    if path.exists() and not path.is_file():  # a pipe, a device: nothing to replace
        with path.open("wb") as file:
            file.writelines(pieces)
        return
    handle, name = mkstemp(prefix=".", suffix=".part", dir=path.parent)  # 0600, whatever the umask
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
