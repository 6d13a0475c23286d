"""The program's start, as the script on the path and as `python -m salescoach`."""

import signal


def run() -> None:
    """Run. Until there is somebody who can say anything, Ctrl-C ends it without a word."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from salescoach.cli import run as begin

    begin()


if __name__ == "__main__":
    run()
