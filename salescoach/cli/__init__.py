"""The command line: parse, call the rooms, show. `run` is the only place where errors become text."""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Annotated, Any, NoReturn

import typer

from salescoach.cli.result import Result
from salescoach.cli.tree import HelpAsked, LazyGroup, command_words, translate
from salescoach.errors import ExitCode, Interrupted, SalescoachError
from salescoach.language import Lang, parse_lang
from salescoach.quick import answers
from salescoach.settings import choose_lang, read_settings

app = typer.Typer(
    cls=LazyGroup,
    add_completion=False,
    rich_markup_mode=None,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


#: The shells whose Tab is answered.
SHELLS = "bash|zsh|fish"
#: Every usage error of the library: their common base has no public name.
USAGE_ERRORS: type[Exception] = typer.BadParameter.__mro__[1]


@app.callback(help="cli.help")
def start(
    ctx: typer.Context,
    lang: Annotated[str | None, typer.Option("--lang", metavar="en|zh", help="cli.lang")] = None,
    home: Annotated[str | None, typer.Option("--home", metavar="DIR", help="cli.home")] = None,
    no_input: Annotated[bool, typer.Option("--no-input", help="cli.no-input")] = False,
    version: Annotated[bool, typer.Option("--version", help="cli.version")] = False,
    show: Annotated[str | None, typer.Option("--show-completion", metavar=SHELLS, help="cli.show-completion")] = None,
    put: Annotated[str | None, typer.Option("--install-completion", metavar=SHELLS, help="cli.put-completion")] = None,
) -> Result | None:
    """Read the settings of this run; without a command, show today."""
    if version:
        return _version()
    if shell := show or put:
        from salescoach.cli import completion

        return completion.script(shell) if show else completion.install(shell, ctx.obj.lang)
    from salescoach.cli.context import Session

    folder = Path(home) if home else None  # an unset variable in a script is no folder
    settings = read_settings(os.environ, date.today(), lang=lang, home=folder, no_input=no_input)  # noqa: DTZ011
    session = Session(settings, command_words(ctx.invoked_subcommand or "today", ctx.obj.argv))
    ctx.obj.session, ctx.obj = session, session
    ctx.call_on_close(session.close)
    if ctx.invoked_subcommand is not None:
        return None
    from salescoach.cli.today import today

    return today(ctx)


def _version() -> Result:
    from salescoach import __version__

    return Result(document={"schema": "salescoach/version@1", "version": __version__}, show=f"salescoach {__version__}")


def run(argv: Sequence[str] | None = None, question: answers.Question | None = None) -> NoReturn:
    """Run one command and exit with its code; what `salescoach.quick`, the entry of the program, hands over."""
    from salescoach.cli.stopping import let_go, listen

    os.umask(0o077)  # whatever is written here is the rep's alone: records, playbooks, edits, exports
    _stand_in()
    try:
        listen()
        code = main(sys.argv[1:] if argv is None else argv, question)
    except KeyboardInterrupt:  # again, or between two words
        code = ExitCode.INTERRUPTED
    except OSError:  # the terminal is gone, and nobody can be told
        code = _nobody_listens(ExitCode.INTERRUPTED)
    let_go()
    _leave(int(code))


def _leave(code: int) -> NoReturn:
    """End at once. All is written and closed by now, and to take the program apart costs a sixth of a whole run."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


def _stand_in() -> None:
    """Where a stream was closed: nothing is read, nobody is told, and output that is wanted cannot be written."""
    for name, flags, mode in (("stdin", os.O_RDONLY, "r"), ("stdout", os.O_RDONLY, "w"), ("stderr", os.O_WRONLY, "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, flags), mode, encoding="utf-8"))


def main(argv: Sequence[str], question: answers.Question | None = None) -> int:
    """
    Run one command line and return its exit code: results and errors are shown here and nowhere else.

    Args:
        question: What the quick lane will ask for if it meets this command line again, where it may.
    """
    from salescoach.cli.show import show_bug, show_error, show_usage
    from salescoach.cli.stopping import heard

    peek = SimpleNamespace(lang=_peek_lang(argv), session=None, question=question, argv=argv)
    for stream in (sys.stdout, sys.stderr):
        getattr(stream, "reconfigure", lambda **_: None)(errors="replace")  # what a library prints never ends a run
    try:
        try:
            return _run(argv, peek)
        finally:
            heard()  # while what stopped it lives: said again, it would break into what is said of it
    except SalescoachError as error:
        return show_error(_stopped(peek) if error.key == "stopped" else error, peek.lang)
    except USAGE_ERRORS as error:
        return show_usage(error, peek.lang)
    except (KeyboardInterrupt, typer.Abort):
        sys.stderr.write("\n" if sys.stderr.isatty() else "")  # the line that was being typed ends here
        return show_error(_stopped(peek), peek.lang)
    except BrokenPipeError:
        return _nobody_listens(ExitCode.OK)  # the reader of a pipe went away (`… | head`): as programs do
    except Exception as bug:  # whatever else escapes is ours, and says so
        return show_bug(bug, peek.lang)


def _run(argv: Sequence[str], peek: Any) -> int:
    """Run the command and show what it returns; help is shown the same way, not as the library would."""
    from salescoach.cli.show import show_result, show_warning, show_warnings

    command = typer.main.get_command(app)
    translate(command, peek.lang)
    try:
        outcome = command.main(list(argv), "salescoach", standalone_mode=False, obj=peek)
    except HelpAsked as asked:
        outcome = Result(document={}, show=asked.text)
    warnings = peek.session.warnings() if peek.session else ()
    show_warnings(warnings, peek.lang)
    code = show_result(outcome, peek.lang, None if warnings else partial(_keep, list(argv), peek))
    if peek.session and (trouble := peek.session.back_up_daily()):
        show_warning(trouble, peek.lang)
    return code


def _keep(argv: list[str], peek: Any, text: str) -> None:
    """Remember what a pure command printed, where printing is all that it did and nothing changed meanwhile."""
    question: answers.Question | None = peek.question
    if question and not any(deed in sys.modules for deed in answers.DEEDS) and answers.question(argv) == question:
        kinds, files = peek.session.rests_on() if peek.session else ((), ())
        answers.remember(question, kinds, answers.stamp(files), text)


def _peek_lang(argv: Sequence[str]) -> Lang:
    """The language wanted, before anything is parsed: help and usage errors need it too."""
    wanted: Any = None
    for word, following in zip(argv, [*argv[1:], ""], strict=False):
        if word == "--lang":
            wanted = following
        elif word.startswith("--lang="):
            wanted = word.removeprefix("--lang=")
    env = {**os.environ, "SALESCOACH_LANG": parse_lang(os.environ.get("SALESCOACH_LANG", "")) or ""}
    return choose_lang(env, parse_lang(wanted or ""))


def _stopped(peek: Any) -> Interrupted:
    """The rep stopped a command; whether anything was changed before."""
    return Interrupted("stopped-late" if peek.session and peek.session.written() else "stopped")


def _nobody_listens(code: int) -> int:
    """What is still to be written goes nowhere, and ends the run with this code and no other."""
    for stream in (sys.stdout, sys.stderr):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    return code
