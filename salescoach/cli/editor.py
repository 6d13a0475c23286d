"""The rep's own editor."""

import os
import shlex
import shutil
import subprocess
from pathlib import Path

from salescoach.errors import UsageError

#: What most machines have, where nothing is set.
_USUAL = ("nano", "vi", "notepad")


def open_editor(path: Path, *, terminal: bool) -> None:
    """
    Open a file in `$VISUAL`, else `$EDITOR`, else what the machine has, and wait until it is closed.

    Args:
        path: The file.
        terminal: There is one; without it only an editor that was asked for is opened.

    Raises:
        UsageError: There is no editor, or it ends with an error.
    """
    command = _command(terminal)
    try:
        ended = subprocess.run([*command, str(path)], check=False).returncode
    except OSError as error:
        raise UsageError("playbook-editor-failed", editor=command[0], detail=error.strerror or str(error)) from error
    if ended:
        raise UsageError("playbook-editor-failed", editor=command[0], detail=ended)


def _command(terminal: bool) -> list[str]:
    wanted = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    if not wanted and terminal:
        wanted = next((name for name in _USUAL if shutil.which(name)), "")
    try:
        command = shlex.split(wanted, posix=os.name != "nt")
    except ValueError:
        command = []
    if not command:
        raise UsageError("playbook-no-editor")
    return command
