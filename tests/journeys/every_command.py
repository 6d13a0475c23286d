"""
Every command with arguments that end well: the one table for tests that must leave none out.

`COMMANDS` has a row for each command of the tree, by its words; a new command without a row fails a test. The lines
run in this order on one book, each after those above it. `{visit}`, `{promise}`, `{touch}` and `{folder}` stand for
what is there by then. A line with a second part has it piped in.
"""

from collections.abc import Iterator
from typing import Any

Line = tuple[str, ...]

#: Command → its lines: the words after it, and what is piped in after "<".
COMMANDS: dict[str, tuple[str, ...]] = {
    "me": ("--answers - < name: Jana",),
    "client add": ("Acme --key-account", "Other", "Third", "Fourth"),
    "contact add": ("Acme 王总 --role purchaser", "Acme Lee", "Acme Doe"),
    "contact show": ("Acme/王总",),
    "contact edit": ("Acme/Lee",),
    "contact remove": ("Acme/Lee --yes",),
    "client show": ("Acme",),
    "client list": ("--json",),
    "client edit": ("Acme",),
    "client rename": ("Third Fifth",),
    "client merge": ("Fifth Fourth",),
    "client remove": ("Other --yes",),
    "note": ("Acme hello",),
    "promise add": ("Acme call --by tomorrow", "Acme write"),
    "promise list": ("",),
    "promise done": ("{promise}",),
    "promise drop": ("{promise}",),
    "prep": (
        "Acme --answers - < purpose: discovery",
        "Acme --when 2026-12-05 --answers - < purpose: care",
        "Acme --brief --format html -o {folder}/brief.html",
    ),
    "visit list": ("",),
    "visit show": ("{visit}",),
    "visit edit": ("{visit}",),
    "debrief": ("--answers - < objections: [{said: far too dear for us}]",),
    "visit cancel": ("{visit}",),
    "objection": ("price --for Acme", "it is far too dear"),
    "style": ("asks for numbers",),
    "profile": ("Acme/王总 --show", "Acme/王总 --questions"),
    "guide": ("", "listening"),
    "today": ("",),
    "account show": ("Acme",),
    "account screen": ("Acme --questions",),
    "account risk": ("Acme --questions",),
    "account map": ("Acme",),
    "account stage": ("Acme --questions",),
    "account analyse": ("Acme --questions",),
    "account loyalty": ("Acme --questions",),
    "account criteria": ("Acme --questions",),
    "account process": ("Acme --questions",),
    "account renewal": ("Acme --answers - < signed: 2026-03-02",),
    "account rank": ("",),
    "care add": ("Acme birthday --on 2026-12-03 --kind birthday",),
    "care": ("",),
    "care list": ("",),
    "care news": ("moved",),
    "care occasions": ("Acme",),
    "care show": ("{touch}",),
    "care done": ("{touch}",),
    "care drop": ("{touch}",),
    "care forget": ("{occasion}",),
    "review": ("", "--html -o {folder}/review.html"),
    "complaint": ("Acme --questions",),
    "prospect": ("--questions",),
    "crisis": ("product --questions",),
    "practice": ("--list",),
    "playbook list": ("",),
    "playbook show": ("price",),
    "playbook lint": ("",),
    "playbook new": ("objection mine",),
    "playbook edit": ("price",),
    "playbook schema": ("objection",),
    "playbook sources": ("--json",),
    "playbook gaps": ("",),
    "search": ("hello", "acme"),
    "contact merge": ("Acme/Doe Acme/王总",),
    "export": (
        "",
        "--as csv",
        "--as vcard",
        "--as ics",
        "-o {folder}/book.json",
        "--as md -o {folder}/pages",
        "--person Acme/王总",
    ),
    "import": (
        "- --as csv < Company,Name,E-mail\nNewcomers,Ada Lin,ada@example.org\n",
        "- --as vcard < BEGIN:VCARD\nVERSION:3.0\nFN:Bo Berg\nORG:Newcomers\nEND:VCARD\n",
        "{folder}/book.json",
    ),
    "undo": ("",),
    "backup": ("", "--list", "-o {folder}/kept.db"),
    "restore": ("{folder}/kept.db --yes",),
    "doctor": ("",),
    "forget": ("Acme/王总 --yes",),
}


#: What a word in braces stands for: a query, or a command with `--json` and the way to the id in its document.
ASKED: dict[str, Any] = {
    "{visit}": "SELECT id FROM visit WHERE status = 'planned' ORDER BY id DESC",
    "{promise}": "SELECT id FROM promise WHERE state = 'open' ORDER BY id",
    "{occasion}": "SELECT id FROM occasion ORDER BY id",
    "{touch}": ["care list --json", "cares", 0, "id"],
}


def tree() -> Iterator[str]:
    """The words of every command that the program has."""
    from salescoach.cli import tree as commands

    for name in commands.COMMANDS:
        yield from _below(name, commands.command_called(name))


def _below(words: str, command: Any) -> Iterator[str]:
    inner = getattr(command, "commands", {})
    if not inner or getattr(command, "invoke_without_command", False):
        yield words
    for name, one in inner.items():
        yield from _below(f"{words} {name}", one)
