"""Pages to take along: Markdown, or one self-contained HTML file without script or outside request; so the brief."""

import re
from html import escape
from typing import TYPE_CHECKING

from salescoach.language import Lang, say, visible

if TYPE_CHECKING:
    from salescoach.render.brief import BriefView

#: Readable on a phone and on one printed page; colours keep a contrast of 7:1 in light and in dark.
STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.45 system-ui, "PingFang SC", "Microsoft YaHei", sans-serif; margin: 0 auto; padding: 1rem;
  max-width: 44rem; color: #1a1a1a; background: #fff; overflow-wrap: anywhere; }
h1 { font-size: 1.25rem; margin: 0 0 .75rem; }
h2 { font-size: .95rem; margin: 1rem 0 .25rem; color: #0b4f6c; }
ul { margin: 0; padding-left: 1.1rem; }
li { margin: .15rem 0; }
table { border-collapse: collapse; width: 100%; font-size: .85rem; }
th, td { text-align: left; vertical-align: top; padding: .2rem .5rem .2rem 0; border-bottom: 1px solid #999; }
.warnings li { font-weight: 600; }
@media (prefers-color-scheme: dark) { body { color: #f0f0f0; background: #121212; } h2 { color: #8fd3f4; } }
@media print {
  body { font-size: 11px; max-width: none; padding: 0; color: #000; background: #fff; }
  h2 { color: #000; }
}
"""


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


def brief_html(view: "BriefView") -> str:
    """The whole brief as one HTML page."""
    body = "\n".join(_section(view, name, entries) for name, entries in view.parts(deep=True) if entries)
    return html_page(view.head(), body, view.lang)


def html_page(title: str, body: str, lang: Lang, *, style: str = "") -> str:
    """
    One self-contained page: no script, nothing from outside.

    Args:
        title: As text; also the heading.
        body: HTML, everything in it escaped already.
        style: Rules of this page's own, after those of all pages.
    """
    head = escape(visible(title))
    return (
        f'<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{head}</title>\n<style>{STYLE}{style}</style>\n</head>\n<body>\n<h1>{head}</h1>\n{body}\n</body>\n</html>\n"
    )


def _section(view: "BriefView", name: str, entries: list[str]) -> str:
    items = "\n".join(f"<li>{escape(visible(entry))}</li>" for entry in entries)
    title = escape(say(f"render.{name}", view.lang))
    return f'<section class="{name}">\n<h2>{title}</h2>\n<ul>\n{items}\n</ul>\n</section>'
