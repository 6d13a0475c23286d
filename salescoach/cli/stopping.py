"""Being stopped from outside: Ctrl-C, Ctrl-backslash, a closed terminal, a polite kill. All are a rep who stops."""

import signal
import sys
import warnings
from types import FrameType

#: Those that a system has; Windows knows some of them alone.
NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT")
#: Seconds until a stop that was swallowed is said again: until whoever swallowed it has gone on.
AGAIN = 0.02
#: Seconds that tidying up may take. An event loop that was stopped between taking a step and doing it (asyncio's does
#: both in Python) waits for that step for ever.
PATIENCE = 2.0
#: Where a system has no such timer, one that is swallowed is lost.
TIMER = hasattr(signal, "setitimer")


class Stopped(KeyboardInterrupt):
    """
    What stops the run. A signal comes at any moment, also in a callback of a library that lets nothing out (of a weak
    reference, `__del__`, a bare `except`): the exception then dies there, and is raised again a moment later. As long
    as somebody tidies up because of it, it lives, and is raised again only when that does not come to an end.
    """

    def __del__(self) -> None:
        if TIMER:
            signal.setitimer(signal.ITIMER_REAL, AGAIN)


def listen() -> None:
    """From now on, being stopped is a `KeyboardInterrupt`; what ignores a signal (`nohup`) goes on ignoring it."""
    if TIMER:
        signal.signal(signal.SIGALRM, _interrupt)
    for number in _numbers():
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, _interrupt if number == signal.SIGINT else _stop)


def heard() -> None:
    """Whoever stopped the program has been heard: from here on it is not said again."""
    if TIMER and signal.getsignal(signal.SIGALRM) == _interrupt:
        signal.signal(signal.SIGALRM, signal.SIG_IGN)


def let_go() -> None:
    """All is said and done: whoever stops the program now just ends it."""
    heard()
    for number in _numbers():
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)


def _numbers() -> list[signal.Signals]:
    return [getattr(signal, name) for name in NAMES if hasattr(signal, name)]


def _interrupt(number: int, frame: FrameType | None) -> None:
    """What a library was in the middle of is left as it is, without a word: the rep has gone."""
    if TIMER:
        signal.setitimer(signal.ITIMER_REAL, PATIENCE)  # in place of what an earlier stop has armed
    warnings.simplefilter("ignore")
    sys.unraisablehook = lambda _: None
    raise Stopped


def _stop(number: int, frame: FrameType | None) -> None:
    """Once: a terminal that closes says so in several ways, and the second must not break the tidying up."""
    signal.signal(number, signal.SIG_IGN)
    _interrupt(number, frame)
