"""
The entry of the program, and its quick lane: what was asked before is repeated, and Tab is answered, without loading
anything of the full lane (`salescoach.cli`), to which everything else goes unchanged.

Nothing here loads more than the standard library's cheapest modules: `re`, `json` or `pathlib` alone would cost as much
as the whole lane. See docs/decisions/0030.
"""

import os
import sys

from salescoach.quick import answers

#: Imports make hundreds of thousands of objects and no garbage: it is looked for that much later.
GARBAGE = 100_000


def run() -> int:
    """Answer the command line of this process; its exit code."""
    argv, question = sys.argv[1:], None
    try:
        if protocol := os.environ.get("_SALESCOACH_COMPLETE"):
            return _complete(protocol)
        question = answers.question(argv)
        text = answers.recall(question) if question else None
        if text is not None and _said(text):
            return 0
        _make_ready()
    except KeyboardInterrupt:
        return 130
    from salescoach.cli import run as full_lane

    return full_lane(argv, question)


def _make_ready() -> None:
    """For the full lane: until there is somebody who can say anything, Ctrl-C ends the program without a word."""
    import gc
    import signal

    gc.set_threshold(GARBAGE)
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)


def _complete(protocol: str) -> int:
    """Answer a Tab. Whatever is wrong, it says nothing: somebody is in the middle of a line."""
    from salescoach.quick.completing import answer

    try:
        return 0 if _said(answer(protocol)) else 1
    except Exception:
        return 1


def _said(text: str) -> bool:
    """Print what was remembered; where that cannot be done the full lane says why."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # its reader went away: end as programs do
    except (OSError, UnicodeError):
        return False
    return True
