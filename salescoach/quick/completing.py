"""
Tab: what can stand where the cursor is, from a description that the full lane made once, and from the records.

The description is a text with a row for each thing: the command it belongs to ("" for the program, "@card" for the
names of cards), its name ("" an argument, "..." one that repeats), what it takes and what is said about it.
"""

import os
import sys

from salescoach.listing import FOLDERS
from salescoach.quick import answers, book, places

TYPE_CHECKING = False  # `typing` costs
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: Is answered where a file is to be named: shells know files better.
FILES = "<files>"
#: The name of a backup, or any file.
BACKUPS = "<backups>"
#: More names than these are no help; and the last character there is, to end a range with.
MOST, LAST = 100, "\U0010ffff"
_BEGIN_ALIKE = (
    "SELECT DISTINCT client.name FROM client_spelling AS said JOIN client ON client.id = said.client_id"
    " WHERE said.{column} >= ? AND said.{column} < ? ORDER BY said.{column} LIMIT 100"
)
#: A client as it is written or called otherwise; of its people those whose name, alias or pinyin begins so.
_PEOPLE = """
SELECT DISTINCT client.name, contact.name FROM client
JOIN contact ON contact.client_id = client.id JOIN json_each(contact.spellings) AS said
WHERE (client.name = ?1 OR client.id IN (SELECT client_id FROM client_spelling WHERE folded = ?2)) AND ?3 IN (
    substr(json_extract(said.value, '$.folded'), 1, length(?3)),
    substr(json_extract(said.value, '$.pinyin'), 1, length(?3)),
    substr(json_extract(said.value, '$.initials'), 1, length(?3)))
ORDER BY contact.name
"""


#: Command, name, what it takes (a source, `a|b`, "command", "" for a flag), and what is said about it.
Row = tuple[str, ...]


def as_text(rows: "Iterable[Row]") -> str:
    """Rows as they are remembered."""
    return "\n".join("\t".join(row) for row in rows)


def answer(protocol: str) -> str:
    """What a shell's script expects at one Tab: `complete_bash`, `complete_zsh` or `complete_fish`."""
    bash = protocol == "complete_bash"
    words, typed = _from_bash() if bash else _from_line(os.environ.get("_TYPER_COMPLETE_ARGS", ""))
    if home := _home(words):
        os.environ["SALESCOACH_HOME"] = home
    lines = []
    for value, about in _candidates(_description(), words, _unquoted(typed)):
        line = f"{value}\t{about}" if about and not bash else value
        if bash and value != FILES:
            line = _quoted(value, typed)
        if value.isprintable() and _can_print(line):
            lines.append(line + "\n")
    return "".join(lines)


def _home(words: "list[str]") -> str:
    """The folder that the line names: another book has other clients."""
    for at, word in enumerate(words):
        name, equals, value = word.partition("=")
        if name == "--home":
            return value if equals else "".join(words[at + 1 : at + 2])
    return ""


def _description() -> "list[Row]":
    question = answers.about("completion", lambda _: None)
    text = answers.recall(question) if question else None
    if text is None:
        from salescoach.cli.completion import description

        seen = answers.playbooks(question[1], FOLDERS) if question else ""
        text = description()
        if question:
            answers.remember(question, FOLDERS, seen, text)
    return [tuple(row.split("\t")) for row in text.split("\n")]


def _can_print(line: str) -> bool:
    try:
        return bool(line.encode(sys.stdout.encoding))
    except UnicodeError:
        return False


# What was typed


def _from_bash() -> "tuple[list[str], str]":
    """The words before the cursor, and the one it is in as it was typed: bash takes `--for=x` apart."""
    at = int(os.environ.get("COMP_CWORD") or 0)
    typed = os.environ.get("COMP_WORDS", "").split("\n")[: at + 1]
    words = [_unquoted(word) for word in typed[1:at] if word != "="]
    last = typed[at] if at < len(typed) else ""
    return words, "" if last == "=" else last


def _from_line(line: str) -> "tuple[list[str], str]":
    """The same from the whole line up to the cursor."""
    words, starts = split(line)
    return words[1:-1], line[starts[-1] :]


def _unquoted(word: str) -> str:
    return split(word)[0][-1]


def split(line: str) -> "tuple[list[str], list[int]]":
    """A line as a shell splits it, the last word unfinished ("" behind a space), and where each begins."""
    words, starts, quote, escaped = [""], [0], "", False
    for at, char in enumerate(line):
        if escaped or (quote and char != quote and not (quote == '"' and char == "\\")):
            words[-1], escaped = words[-1] + char, False
        elif char == "\\":
            escaped = True
        elif char in "'\"":
            quote = "" if quote else char
        elif char.isspace():
            if at > starts[-1]:
                words.append("")
                starts.append(at)
            starts[-1] = at + 1
        else:
            words[-1] += char
    return words, starts


def _quoted(value: str, typed: str) -> str:
    """As bash is to put it on the line: inside the quotes that are open, or with a backslash where one is needed."""
    if typed[:1] == "'":
        return value.replace("'", "'\\''")
    special = '\\"$`' if typed[:1] == '"' else None
    return "".join(
        "\\" + char if (char in special if special else not (char.isalnum() or char in "-_./@+,%")) else char
        for char in value
    )


# What fits


def _candidates(rows: "list[Row]", words: "list[str]", typed: str) -> "Iterator[tuple[str, str]]":
    """Every value that can stand there, with what is said about it."""
    path, takes, places_left = _place(rows, words)
    name, equals, value = typed.partition("=")
    if not takes and typed.startswith("--") and equals:
        takes, head, typed = _option(rows, path, name), f"{name}=", value
        yield from ((one if one == FILES else head + one, about) for one, about in _values(rows, takes, typed))
    elif takes:
        yield from _values(rows, takes, typed)
    elif typed.startswith("-"):
        yield from ((row[1], row[3]) for row in rows if row[0] == path and row[1].startswith(typed))
    else:
        commands = [(row[1], row[3]) for row in rows if row[0] == path and row[2] == "command"]
        yield from (one for one in commands if one[0].startswith(typed))
        yield from _values(rows, places_left[0] if places_left else "", typed)


def _place(rows: "list[Row]", words: "list[str]") -> "tuple[str, str, list[str]]":
    """The command that the words lead to, what its last option still takes, and the arguments that are open."""
    path, takes, given = "", "", 0
    for word in words:
        below = f"{path} {word}".strip()
        if takes:
            takes = ""
        elif word.startswith("-"):
            takes = "" if "=" in word else _option(rows, path, word)
        elif any(row[0] == path and row[1] == word and row[2] == "command" for row in rows):
            path, given = below, 0
        else:
            given += 1
    arguments = [row for row in rows if row[0] == path and row[1] in ("", "...")]
    last = [row[2] for row in arguments if row[1] == "..."]
    return path, takes, [row[2] for row in arguments][given:] or last


def _option(rows: "list[Row]", path: str, name: str) -> str:
    return next((row[2] for row in rows if row[0] == path and row[1] == name), "")


def _values(rows: "list[Row]", source: str, typed: str) -> "Iterator[tuple[str, str]]":
    """What a value can be: one of a few words, a name of a playbook, a client or person, or any file."""
    if source == FILES:
        yield FILES, ""
    elif source == BACKUPS:
        yield from ((name, "") for name in _backups(typed) or [FILES])
    elif source in ("client", "person"):
        yield from ((name, "") for name in _clients(source, typed))
    elif "|" in source:
        yield from ((one, "") for one in source.split("|") if one.startswith(typed))
    else:
        yield from ((row[1], row[3]) for row in rows if row[0] == f"@{source}" and row[1].startswith(typed))


def _backups(typed: str) -> "list[str]":
    """Backups whose name begins so, the newest first."""
    try:
        names = os.listdir(f"{places.folders(os.environ)[0]}/backups")
    except OSError:
        return []
    begin = typed or "salescoach-"
    return sorted((one for one in names if one.startswith(begin) and one.endswith(".db")), reverse=True)


def _clients(source: str, typed: str) -> "list[str]":
    """Clients whose name, another spelling or pinyin begins so; behind a slash, the people there."""
    data, _, _ = places.folders(os.environ)
    path = f"{data}/{places.DATABASE}"
    client, slash, person = typed.partition("/")
    if not os.path.exists(path):
        return []
    from sqlite3 import Error

    try:
        if slash and source == "person":
            people = book.read(path, _PEOPLE, client, folded(client), folded(person))
            return [f"{row[0]}/{row[1]}" for row in people]
        return _beginning(path, folded(typed))
    except Error:
        return []


def _beginning(path: str, begin: str) -> "list[str]":
    found: dict[str, None] = {}
    for column in ("folded", "pinyin", "initials") if begin.isascii() and begin else ("folded",):
        if len(found) < MOST:
            names = book.read(path, _BEGIN_ALIKE.format(column=column), begin, begin + LAST)
            found.update((str(row[0]), None) for row in names)
    return list(found)[:MOST]


def folded(name: str) -> str:
    """A name as `records.names.fold` has it: case, width, accents of Latin letters and spacing made equal."""
    from unicodedata import combining, normalize

    plain, base = "", ""
    for char in normalize("NFKD", name).casefold():
        if not combining(char):
            base = char
        if not combining(char) or not base.isascii():
            plain += char
    words = normalize("NFKC", plain).split()
    joined = words[0] if words else ""
    for word in words[1:]:
        joined += word if _han(joined[-1]) and _han(word[0]) else f" {word}"
    return joined


def _han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"
