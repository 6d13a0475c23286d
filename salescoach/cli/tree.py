"""The command tree: one table of names; a command's module is imported only when that command is asked for."""

from collections.abc import Sequence
from functools import partial
from importlib import import_module
from typing import Any

from typer.core import TyperGroup
from typer.main import get_command

from salescoach.cli.typed import take_as_typed
from salescoach.language import Lang, say

#: Command → its module here. A module's `app` is a Typer app with the command or the family.
COMMANDS = (
    "today",
    "prep",
    "debrief",
    "objection",
    "style",
    "profile",
    "guide",
    "me",
    "client",
    "contact",
    "account",
    "visit",
    "note",
    "promise",
    "care",
    "review",
    "complaint",
    "prospect",
    "crisis",
    "practice",
    "search",
    "playbook",
    "import",
    "export",
    "undo",
    "forget",
    "backup",
    "restore",
    "doctor",
)
#: Commands whose name no module may have.
MODULES = {"import": "importing"}


#: Commands that have commands of their own.
FAMILIES = ("client", "contact", "account", "visit", "promise", "care", "playbook")


def command_words(name: str, argv: Sequence[str]) -> str:
    """The command that a command line calls, with the one below it: "client merge"."""
    behind = list(argv)[list(argv).index(name) + 1 :] if name in argv else []
    return f"{name} {behind[0]}" if name in FAMILIES and behind and behind[0].isalpha() else name


def command_called(name: str) -> Any:
    """A command of the table, imported."""
    return get_command(import_module(f"salescoach.cli.{MODULES.get(name, name)}").app)


class LazyGroup(TyperGroup):
    """A group that knows its commands by name and imports them one by one."""

    def list_commands(self, ctx: Any) -> list[str]:
        """The names in the order of the table: what is used most first."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command in the language of this run; None where there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        command = command_called(cmd_name)
        command.name = cmd_name
        command.no_args_is_help = hasattr(command, "commands") and not getattr(command, "invoke_without_command", False)
        translate(command, language_of(ctx))
        return command


def language_of(ctx: Any) -> Lang:
    """The language of this run, from what `run` put on the outermost context."""
    lang: Lang = ctx.find_root().obj.lang
    return lang


def translate(command: Any, lang: Lang) -> None:
    """Put the wording in place of the catalogue keys in a command's help, its options' and its subcommands'; and let
    its options take what was typed as it is.
    """
    command.help, command.short_help = wording(command.help, lang), wording(command.short_help, lang)
    command.rich_markup_mode = None  # plain help: as fast as it can be, and the same in a pipe
    command.get_help = partial(_ask_for_help, command, lang)
    for parameter in command.params:
        parameter.help = wording(getattr(parameter, "help", None), lang)
    take_as_typed(command)
    for inner in getattr(command, "commands", {}).values():
        translate(inner, lang)


def wording(text: str | None, lang: Lang) -> str | None:
    """The message where `text` is a catalogue key such as "prep.help", else the text itself."""
    if not text or not text.replace(".", "").replace("-", "").isalpha() or text.count(".") != 1:
        return text
    return say(text, lang)


class HelpAsked(Exception):  # noqa: N818 - it is no error
    """Help is wanted: shown at the edge like every result, whatever the encoding; the library would print it itself."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


def _ask_for_help(command: Any, lang: Lang, ctx: Any) -> str:
    raise HelpAsked(help_text(command, lang, ctx))


def help_text(command: Any, lang: Lang, ctx: Any) -> str:
    """A command's help in the rep's language; the commands of the outermost group are listed, not imported."""
    from salescoach.cli.help import help_text as drawn

    if isinstance(command, LazyGroup):
        return drawn(command, [(name, say(f"cli.{name}", lang)) for name in COMMANDS], lang, ctx)
    inner = getattr(command, "commands", {})
    return drawn(command, [(name, one.help or "") for name, one in inner.items()], lang, ctx)
