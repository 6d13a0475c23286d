"""Being stopped from outside: Ctrl-C, Ctrl-backslash, a closed terminal, a polite kill. All are a rep who stops."""

import signal
import sys
import warnings
from types import FrameType

#: Those that a system has; Windows knows some of them alone.
NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT")


def listen() -> None:
    """From now on, being stopped is a `KeyboardInterrupt`; what ignores a signal (`nohup`) goes on ignoring it."""
    for number in _numbers():
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, _interrupt if number == signal.SIGINT else _stop)


def let_go() -> None:
    """All is said and done: whoever stops the program now just ends it."""
    for number in _numbers():
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)


def _numbers() -> list[signal.Signals]:
    return [getattr(signal, name) for name in NAMES if hasattr(signal, name)]


def _interrupt(number: int, frame: FrameType | None) -> None:
    """What a library was in the middle of is left as it is, without a word: the rep has gone."""
    warnings.simplefilter("ignore")
    sys.unraisablehook = lambda _: None
    raise KeyboardInterrupt


def _stop(number: int, frame: FrameType | None) -> None:
    """Once: a terminal that closes says so in several ways, and the second must not break the tidying up."""
    signal.signal(number, signal.SIG_IGN)
    _interrupt(number, frame)
