"""What the library says about a command line that does not fit, in the rep's language.

The classes are told by their names, which have been the same in every version of the library; what we do not know is
said in the library's own words.
"""

import re
from difflib import get_close_matches
from typing import Any

from salescoach.language import Lang, say

#: Messages of the library's plain usage error.
COMMAND = re.compile(r"No such command '(?P<name>.*?)'\.( Did you mean .*)?", re.DOTALL)
EXTRA = re.compile(r"Got unexpected extra arguments?(?:\(s\))? \((?P<name>.*)\)", re.DOTALL)


def sentence(error: Any, lang: Lang) -> str:
    """What is wrong with the command line, in a sentence."""
    kind = type(error).__name__
    if kind == "MissingParameter":
        return say("error.usage-missing", lang, name=_name(error))
    if kind == "NoSuchOption":
        return _no_such_option(error, lang)
    if kind == "BadParameter":
        return say("error.usage-value", lang, name=_name(error), choices=_choices(error, lang))
    if kind == "BadOptionUsage" and "requires an argument" in error.message:
        return say("error.usage-argument", lang, name=error.option_name)
    return _plain(error, lang)


def _plain(error: Any, lang: Lang) -> str:
    message: str = error.format_message()
    if found := COMMAND.fullmatch(message):
        return _no_such_command(error.ctx, found["name"], lang)
    if found := EXTRA.fullmatch(message):
        return say("error.usage-extra", lang, name=found["name"])
    return message


def _no_such_command(ctx: Any, name: str, lang: Lang) -> str:
    """With the commands that are like it, or with all that there are."""
    commands = ctx.command.list_commands(ctx)
    between = say("walk.between", lang)
    if near := get_close_matches(name, commands):
        return say("error.usage-command-near", lang, name=name, near=between.join(near))
    return say("error.usage-command", lang, name=name, commands=between.join(commands))


def _no_such_option(error: Any, lang: Lang) -> str:
    near = say("walk.between", lang).join(sorted(error.possibilities or ()))
    key = "error.usage-option-near" if near else "error.usage-option"
    return say(key, lang, name=error.option_name, near=near)


def _name(error: Any) -> str:
    """The option as it is typed, or the argument as help shows it."""
    from salescoach.cli.help import argument_name

    option = error.param
    if option is None:
        return str(error.param_hint or "")
    return argument_name(option) if option.param_type_name == "argument" else str(option.opts[-1])


def _choices(error: Any, lang: Lang) -> str:
    """What an option takes, where it takes only certain words, or a number; else nothing."""
    from salescoach.cli.help import option_names

    if error.param is None or error.param.param_type_name != "option":
        return ""
    if (numbers := _numbers(error.param)) is not None:
        return _range(numbers, lang)
    # a word that stands for any value (FILE, DATE) is in capitals
    takes = option_names(error.param, error.ctx).partition(" ")[2]
    return say("error.usage-choices", lang, choices=takes) if takes.islower() else ""


def _numbers(option: Any) -> Any:
    """What has `min` and `max` where an option takes a number: the option, or in an older library its type."""
    if old := getattr(option, "type", None):
        return old if old.name.startswith("integer") else None
    told = getattr(option, "type_descriptor", None)
    return option if told is not None and told.annotation is int else None


def _range(numbers: Any, lang: Lang) -> str:
    least, most = getattr(numbers, "min", None), getattr(numbers, "max", None)
    key = "number" if least is None else "number-from" if most is None else "number-between"
    return say(f"cli.usage-{key}", lang, least=least, most=most)
