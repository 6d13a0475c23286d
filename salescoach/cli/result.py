"""What a command returns: the document for programs and the picture for eyes; one function at the edge shows it."""

from collections.abc import Mapping
from typing import Any

from salescoach.errors import ExitCode
from salescoach.shape import value


@value
class Result:
    """
    The outcome of a command.

    Args:
        document: What `--json` prints; its first key is `schema`. Values may be dates and value classes.
        show: What is printed otherwise: text, or anything Rich can draw; None prints nothing.
        json: The rep asked for the document.
        exit_code: How the run ends; a document or picture is printed all the same.
    """

    document: Mapping[str, Any]
    show: Any = None
    json: bool = False
    exit_code: ExitCode = ExitCode.OK
