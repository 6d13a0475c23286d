"""A client's whole record as a page of plain Markdown, and the page that lists them. What was written stays text."""

from collections.abc import Iterable
from typing import Any

from salescoach.language import say
from salescoach.records.book import PARTS, Book
from salescoach.records.me import Me
from salescoach.render.pages import literal
from salescoach.render.record import IDS, OURS, Words, told

LEFT_OUT = IDS | OURS


def client_page(held: Book, words: Words) -> str:
    """
    Everything kept of one client.

    Args:
        held: The client alone, and what belongs to it.
    """
    (client,) = held.clients
    lines = [f"# {literal(client.name)}", "", *_bullets(client, words, leave=LEFT_OUT | {"name"})]
    for name in PARTS:
        if name != "clients":
            lines += section(name, getattr(held, name), words)
    return "\n".join(lines) + "\n"


def index_page(entries: Iterable[tuple[str, str]], mine: Book, words: Words) -> str:
    """
    The list of clients, then what is about none of them.

    Args:
        entries: Names of clients and of their files.
        mine: What is about none of them.
    """
    lines = [f"# {say('record.index', words.lang)}", ""]
    lines += [f"- [{literal(name)}](<{file}>)" for name, file in entries]
    rest = [] if mine.me == Me() else ["", f"## {say('record.part-me', words.lang)}", "", *_bullets(mine.me, words)]
    rest += [line for name in PARTS for line in section(name, getattr(mine, name), words)]
    if rest:
        lines += ["", f"# {say('record.mine', words.lang)}", *rest]
    return "\n".join(lines) + "\n"


def section(name: str, records: Iterable[Any], words: Words) -> list[str]:
    """A part of a book under its heading: a record a paragraph. Nothing for no records."""
    lines = [line for record in records for line in (*_headed(record, words), "")]
    return ["", f"## {say(f'record.part-{name}', words.lang)}", "", *lines[:-1]] if lines else []


def _headed(record: Any, words: Words) -> list[str]:
    """What stands first in a record heads it, be it a name or a day; whom it is about follows."""
    whom = words.people.get(getattr(record, "contact_id", None) or "")
    (_, first), *rest = [*told(record, words, leave=LEFT_OUT)] or [("", "–")]
    head = f"{first} · {whom}" if whom else first
    return [f"### {literal(head)}", "", *(f"- {literal(name)}: {literal(text)}" for name, text in rest)]


def _bullets(record: Any, words: Words, leave: frozenset[str] = LEFT_OUT) -> list[str]:
    return [f"- {literal(name)}: {literal(text)}" for name, text in told(record, words, leave=leave)]
