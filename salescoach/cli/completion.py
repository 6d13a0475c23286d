"""Tab in bash, zsh and fish: what a shell is told to do, how that is switched on, and what there is to complete.

The Tab itself is answered by `salescoach.quick.completing` from the description made here, which is remembered until
the program, the language or a playbook changes. The environment variables are those of Typer's own protocol.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from salescoach.cli.result import Result
from salescoach.errors import StoreError, UsageError
from salescoach.language import Lang, pick, say, visible
from salescoach.quick.completing import BACKUPS, FILES, Row, as_text

if TYPE_CHECKING:
    from salescoach.playbook.library import Library

SCRIPTS = {
    "bash": """\
_salescoach_completion() {
    local line
    COMPREPLY=()
    while IFS= read -r line; do
        if [ "$line" = '%(files)s' ]; then compopt -o default; COMPREPLY=(); return; fi
        COMPREPLY+=("$line")
    done < <(IFS=$'\\n'; env COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD=$COMP_CWORD \\
        _SALESCOACH_COMPLETE=complete_bash "$1" 2>/dev/null)
}
complete -F _salescoach_completion salescoach
""",
    "zsh": """\
_salescoach_completion() {
    local line
    local -a values shown
    while IFS= read -r line; do
        if [[ $line == '%(files)s' ]]; then _files; return; fi
        values+=("${line%%%%$'\\t'*}")
        shown+=("${line/$'\\t'/  -- }")
    done < <(env _TYPER_COMPLETE_ARGS="${(j: :)words[1,$CURRENT]}" \\
        _SALESCOACH_COMPLETE=complete_zsh $words[1] 2>/dev/null)
    compadd -U -l -d shown -a values
}
if (( ! $+functions[compdef] )); then autoload -Uz compinit && compinit; fi
compdef _salescoach_completion salescoach
""",
    "fish": """\
function __salescoach_completion
    set -l found (env _TYPER_COMPLETE_ARGS=(commandline -cp | string collect) \\
        _SALESCOACH_COMPLETE=complete_fish salescoach 2>/dev/null)
    if test "$found" = '%(files)s'
        __fish_complete_path (commandline -ct)
    else
        printf '%%s\\n' $found
    end
end
complete --command salescoach --no-files --arguments '(__salescoach_completion)'
""",
}
#: The line that switches it on, and the file it goes to, below the rep's home folder.
LINE = {
    "bash": 'eval "$(salescoach --show-completion bash)"',
    "zsh": 'eval "$(salescoach --show-completion zsh)"',
    "fish": "salescoach --show-completion fish | source",
}
RC = {"bash": ".bashrc", "zsh": ".zshrc", "fish": ".config/fish/completions/salescoach.fish"}

#: What stands for a value in help, and what it is completed from: records, playbooks or files.
SOURCES = {
    "CLIENT": "client", "INTO": "client", "CLIENT/CONTACT": "person", "CLIENT[/CONTACT]": "person",
    "FILE": FILES, "DIR": FILES, "PATH": FILES, "TOPIC": "objection", "KIND": "kind", "FORMAT": "text|md|html",
}  # fmt: skip
#: The same for what has no name of its own in help, by its command.
NAMELESS = {
    "prep client": "person", "debrief client": "client", "objection words": "objection", "guide words": "card",
    "practice case": "scenario", "crisis kind": "crisis", "contact add style": "style", "prep purpose": "purpose",
    "playbook show id_": "any", "playbook edit id_": "any",
}  # fmt: skip
#: What takes more than its name in help says.
SPECIAL = {"restore file": BACKUPS}
#: Values that are the entries of one playbook.
ENTRIES = {"style": "styles", "purpose": "purposes"}
KINDS_OF_NAMES = ("objection", "card", "scenario")


def script(shell: str) -> Result:
    """
    What a shell runs to complete our command lines.

    Raises:
        UsageError: It is none of the shells.
    """
    _check(shell)
    return Result(document={}, show=SCRIPTS[shell] % {"files": FILES})


def install(shell: str, lang: Lang) -> Result:
    """
    Put the line that switches completion on into the shell's own file, once.

    Raises:
        UsageError: It is none of the shells.
        StoreError: The file cannot be read or written.
    """
    _check(shell)
    path = Path.home() / RC[shell]
    try:
        there = path.read_text(encoding="utf-8") if path.exists() else ""
        if LINE[shell] not in there.splitlines():
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("a", encoding="utf-8") as file:
                file.write(("\n" if there and not there.endswith("\n") else "") + LINE[shell] + "\n")
    except (OSError, UnicodeError) as error:
        raise StoreError("output-unwritable", path=path, why=getattr(error, "strerror", "") or str(error)) from None
    return Result(document={}, show=say("completion.installed", lang, path=path, line=LINE[shell], shell=shell))


def _check(shell: str) -> None:
    if shell not in SCRIPTS:
        raise UsageError("shell-unknown", name=shell)


def description() -> str:
    """Everything that can be completed beside records, as `quick.completing` reads it."""
    from datetime import date

    from salescoach.playbook.layers import layers
    from salescoach.playbook.library import open_library
    from salescoach.settings import choose_lang, read_settings

    settings = read_settings(os.environ, date.min, lang=choose_lang(os.environ))
    library = open_library(layers(settings.team_playbooks, settings.personal_playbooks), settings.cache)
    return as_text([*_tree(settings.lang), *_names(library, settings.lang)])


def _tree(lang: Lang) -> Iterator[Row]:
    """Commands with their subcommands, options and arguments."""
    from types import SimpleNamespace

    from salescoach.cli import app
    from salescoach.cli.tree import translate

    command: Any = typer.main.get_command(app)
    translate(command, lang)
    root = SimpleNamespace(find_root=lambda: SimpleNamespace(obj=SimpleNamespace(lang=lang)))
    yield from _below(command, "", root, lang)


def _below(command: Any, path: str, ctx: Any, lang: Lang) -> Iterator[Row]:
    for one in command.params:
        yield from _parameter(one, path)
    yield (path, "--help", "", say("cli.help-help", lang))
    for name in command.list_commands(ctx) if hasattr(command, "commands") else ():
        inner = command.get_command(ctx, name)
        yield (path, name, "command", _short(inner.help) if path else say(f"cli.{name}", lang))
        yield from _below(inner, f"{path} {name}".strip(), ctx, lang)


def _parameter(one: Any, path: str) -> Iterator[Row]:
    metavar = (one.metavar or "").removeprefix("[").removesuffix("]" if (one.metavar or "").startswith("[") else "")
    name = f"{path} {one.name}"
    words = metavar if "|" in metavar else _words(one)
    source = SPECIAL.get(name) or SOURCES.get(metavar) or NAMELESS.get(name) or words
    if one.param_type_name == "argument":
        yield (path, "..." if one.nargs == -1 else "", source, "")
        return
    for name in one.opts:
        yield (path, name, "" if one.is_flag else source, _short(one.help))


def _words(parameter: Any) -> str:
    """The words that it takes, where there are some; else any text."""
    kind = getattr(parameter, "type_descriptor", None)
    return "|".join(map(str, getattr(kind, "choices", None) or ())) or "text"


def _names(library: "Library", lang: Lang) -> Iterator[Row]:
    """The values that playbooks give."""
    from typing import get_args

    from salescoach.playbook.models import KINDS, Typology
    from salescoach.records.ids import CrisisKind

    for _, entry in library.entries():
        for source in ("any", entry.kind) if entry.kind in KINDS_OF_NAMES else ("any",):
            yield (f"@{source}", entry.id, "", visible(pick(entry.title, lang)))
    for source, id_ in ENTRIES.items():
        for one in library.get(Typology, id_).entries:
            yield (f"@{source}", one.id, "", visible(pick(one.title, lang)))
    for source, ids in (("kind", tuple(KINDS)), ("crisis", get_args(CrisisKind))):
        yield from ((f"@{source}", one, "", "") for one in ids)


def _short(text: str | None) -> str:
    """The first line of a help text."""
    return " ".join((text or "").split("\n")[0].split())
