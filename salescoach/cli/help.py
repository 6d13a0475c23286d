"""Help for a command: usage, what it does, arguments, options and subcommands, in the rep's language and width.

The library's own layout counts characters, not cells, and its headings are English.
"""

import re
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from salescoach.cli.show import width
from salescoach.language import Lang, say
from salescoach.wrap import cells, pad, wrap

#: Longer lines are hard to read, however wide the screen.
WIDEST = 90
#: Names longer than this stand on a line of their own.
COLUMN = 24
INDENT = "  "
#: What the library calls the kinds of plain values.
PLAIN = {"str": "TEXT", "list[str]": "TEXT", "int": "N", "int range": "N", "path": "FILE", "file": "FILE"}

Row = tuple[str, str]


def help_text(command: Any, commands: Sequence[Row], lang: Lang, ctx: Any) -> str:
    """
    The help of one command.

    Args:
        command: With its wording in place of the catalogue keys already.
        commands: Names of its subcommands and what they do.
        lang: Of the headings.
        ctx: The context it was asked for in; knows the command's whole name.
    """
    measure = max(20, min(width(sys.stdout), WIDEST))
    arguments = [one for one in command.params if one.param_type_name == "argument"]
    options = [one for one in command.get_params(ctx) if one.param_type_name == "option" and not one.hidden]
    rest = [say("cli.help-rest", lang)] if commands else []
    usage = " ".join([ctx.command_path, say("cli.help-options", lang), *map(_in_usage, arguments), *rest])
    lines = _hanging(say("cli.heading-usage", lang), usage, measure)
    lines += ["", *(INDENT + row for row in wrap(command.help or "", measure - 2))]
    parts = (
        ("arguments", [(argument_name(one), one.help or "") for one in arguments]),
        ("options", [(option_names(one, ctx), _about(one, lang)) for one in options]),
        ("commands", list(commands)),
    )
    for name, rows in parts:
        if rows:
            lines += ["", say(f"cli.heading-{name}", lang), *_table(rows, measure)]
    return "\n".join(lines)


def _hanging(head: str, text: str, measure: int) -> list[str]:
    first, *rest = wrap(text, measure - cells(head))
    return [head + first, *(" " * cells(head) + row for row in rest)]


def _table(rows: Iterable[Row], measure: int) -> list[str]:
    """Names on the left, what they do beside them, or below where the name is long."""
    rows = list(rows)
    column = max((cells(name) for name, _ in rows if cells(name) <= COLUMN), default=0)
    room = measure - len(INDENT) - column - 2
    lines: list[str] = []
    for name, text in rows:
        first, *rest = wrap(text, room)
        if cells(name) > column:
            lines += [INDENT + row for row in wrap(name, measure - 2)]
            rest.insert(0, first)
        else:
            lines.append(f"{INDENT}{pad(name, column)}  {first}".rstrip())
        lines += [" " * (len(INDENT) + column + 2) + row for row in rest if row]
    return lines


def argument_name(argument: Any) -> str:
    """An argument as it stands in the usage line, without brackets around it: CLIENT, CLIENT[/CONTACT]."""
    name: str = argument.metavar or argument.name.upper()
    return name[1:-1] if name.startswith("[") and name.endswith("]") else name


def _in_usage(argument: Any) -> str:
    name = argument_name(argument) + ("..." if argument.nargs == -1 else "")
    return name if argument.required else f"[{name}]"


def option_names(option: Any, ctx: Any) -> str:
    """Its names and what stands behind them: `--when DATE`, `--stance supporter|neutral|opponent`."""
    names: str = option.get_help_record(ctx)[0]
    return re.sub(r"<(.+)>$", lambda found: PLAIN.get(found[1], found[1]), names)


def _about(option: Any, lang: Lang) -> str:
    text = say("cli.help-help", lang) if option.name == "help" else option.help or ""
    if option.is_flag or not option.show_default or option.default in (None, "", ()):
        return text
    return text + say("cli.help-default", lang, default=option.default)
