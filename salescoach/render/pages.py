"""Pages to take along: Markdown, or one self-contained HTML file without script or outside request; so the brief."""

import re
from collections.abc import Callable, Sequence
from html import escape
from itertools import zip_longest
from typing import TYPE_CHECKING

from salescoach.language import Lang, say, visible
from salescoach.render.stylesheet import STYLE

if TYPE_CHECKING:
    from salescoach.render.brief import BriefView

#: What would begin a list, a line across or a heading where a line starts with it.
_LIST_MARK = re.compile(r"^(\d{0,9})([-+=.)])(?=[\s=-]|$)")


def brief_markdown(view: "BriefView") -> str:
    """The whole brief as Markdown; names and notes are shown as text, whatever they hold."""
    lines = [f"# {literal(view.head())}"]
    for name, entries in view.parts(deep=True):
        if entries:
            lines += ["", f"## {say(f'render.{name}', view.lang)}", ""]
            lines += [f"- {literal(entry)}" for entry in entries]
    return "\n".join(lines) + "\n"


def literal(text: str) -> str:
    """Text that Markdown takes literally, also at the beginning of a list entry."""
    literal = "".join(f"\\{char}" if char in "\\`*_{}[]<>#|!~&" else char for char in visible(text).strip())
    return _LIST_MARK.sub(r"\1\\\2", literal)


def html_page(title: str, body: str, lang: Lang, *, under: str = "", style: str = "") -> str:
    """
    One self-contained page: no script, nothing from outside.

    Args:
        title: As text; also the heading.
        body: HTML, everything in it escaped already.
        under: As text; what stands in small type under the heading, and in the title of the page.
        style: Rules of this page's own, after those of all pages.
    """
    head, small = escape(visible(title)), escape(visible(under))
    name = f"{head} · {small}" if small else head
    shown = f'<h1>{head}</h1>\n<p class="under">{small}</p>' if small else f"<h1>{head}</h1>"
    return (
        f'<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{name}</title>\n<style>{STYLE}{style}</style>\n</head>\n"
        f"<body>\n{shown}\n{body}\n</body>\n</html>\n"
    )


def html_table(
    rows: Sequence[Sequence[str]], heads: Sequence[str], escaped: Callable[[str], str], *, none: str = ""
) -> str:
    """
    A table; on a phone, one with heads is a block a row, in which each cell names its head.

    Args:
        rows: Cells as text.
        heads: Of the columns; may be empty.
        escaped: Makes HTML of a cell.
        none: What a cell holds that says nothing; a phone leaves it out, as it does an empty one.
    """
    head = "".join(f'<th scope="col">{escaped(name)}</th>' for name in heads)
    names = ["", *heads[1:]] if heads else []
    body = ["".join(_cell(text, name, escaped, none) for text, name in zip_longest(row, names)) for row in rows]
    lines = "\n".join(f"<tr>{row}</tr>" for row in ([head] if head else []) + body)
    return f'<table class="{"rows" if heads else "pairs"}">\n{lines}\n</table>'


def _cell(text: str, head: str | None, escaped: Callable[[str], str], none: str) -> str:
    named = f' data-head="{escape(visible(head))}"' if head else ""
    empty = ' class="none"' if text in ("", none) else ""
    return f"<td{empty}{named}>{escaped(text)}</td>"
