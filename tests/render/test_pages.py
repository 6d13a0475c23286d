"""The brief to take along, and hostile text: shown as text in the terminal, in Markdown and in HTML."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from salescoach.language import LANGS, Lang, visible
from salescoach.playbook.layers import layers
from salescoach.playbook.library import Library, open_library
from salescoach.records.me import Me
from salescoach.records.models import Client, Contact, Debrief, Plan, Promise, Step, Visit
from salescoach.render.brief import BriefView, brief_text
from salescoach.render.brief_page import brief_html, parts
from salescoach.render.pages import brief_markdown
from tests.render.test_brief import TODAY, History, view_of

HOSTILE = [
    "[bold red]Rich[/bold red] [link=http://x.example]x[/link]",
    "\x1b[2J\x1b[31mred\x1b]0;title\x07",
    "\u202egnp.exe\u2066",
    "zero\u200bwidth\ufeff",
    "<script>alert(1)</script><img src=http://x.example/a.png onerror=alert(1)>",
    '"><a href="javascript:alert(1)">x</a>',
    "&lt;b&gt; &amp; &#x3c;",
    "# heading",
    "- list",
    "1. one",
    "> quote",
    "***bold*** _em_ `code` ~~gone~~ ![i](http://x.example/i.png) [l](http://x.example) <http://x.example>",
    "a | b",
    "---",
    "```",
    "    code",
    "line\nbreak\r\n\r\n## other",
    "{{ 7 * 7 }} {0} %s $HOME",
]


@pytest.fixture(scope="module")
def library(compiled: Path) -> Library:
    return open_library(layers((), Path("no-personal-playbooks")), compiled)


def hostile_view(library: Library, text: str, lang: Lang = "en") -> BriefView:
    """A brief in which everything that a person can write is this text."""
    person = Contact(id="P", client_id="C", name=text)
    step = Step(who=text, what=text, by=TODAY)
    history = History(
        me=Me(name=text, company=text, products=(text,)),
        client=Client(id="C", name=text),
        contacts=(person,),
        held=(Visit(id="V0", client_id="C", when=TODAY, status="done", debrief=Debrief(summary=text)),),
        promises=(Promise(id="R", client_id="C", owner="theirs", who=text, what=text),),
    )
    plan = Plan(primary_advance=step, fallback_advance=step, questions=(text,))
    visit = Visit(id="V", client_id="C", when=TODAY, purpose="discovery", contact_ids=("P",), plan=plan)
    return view_of(library, history, visit, lang)


class Page(HTMLParser):
    """The tags, attributes and texts of a page, texts by the tag they stand in."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Every tag but those without an end is open from here."""
        self.tags.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Tags are closed in the order in which they were opened."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Text, with the tag it stands in."""
        if data.strip():
            self.texts.append((self.open[-1] if self.open else "", data))


def squeezed(text: str) -> str:
    return " ".join(text.split())


# HTML


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_names_its_language_and_fits_a_phone(library: Library, lang: Lang) -> None:
    page = Page(brief_html(hostile_view(library, "Ann", lang)))

    tags = dict(reversed(page.tags))
    assert tags["html"] == {"lang": lang}
    metas = [attrs for tag, attrs in page.tags if tag == "meta"]
    assert {"charset": "utf-8"} in metas
    assert {"name": "viewport", "content": "width=device-width, initial-scale=1"} in metas
    assert page.open == [], "every tag is closed"


@pytest.mark.parametrize("text", ["Ann", *HOSTILE])
def test_the_page_has_no_script_and_asks_for_nothing_from_outside(library: Library, text: str) -> None:
    html = brief_html(hostile_view(library, text))

    page = Page(html)
    allowed = {"html", "head", "meta", "title", "style", "body", "h1", "section", "h2", "ul", "li"}
    allowed |= {"p", "main", "h3", "span", "details", "summary"}
    assert {tag for tag, _ in page.tags} <= allowed
    assert {name for _, attrs in page.tags for name in attrs} <= {"lang", "charset", "name", "content", "class"}
    style = next(said for tag, said in page.texts if tag == "style")
    assert not re.search(r"url\(|@import|http", style)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text_on_the_page(library: Library, text: str) -> None:
    view = hostile_view(library, text)

    page = Page(brief_html(view))

    groups = [group for _, found in parts(view) for group in found]
    entries = [squeezed(visible(line)) for group in groups for line in (*group.lines, *group.more)]
    assert [squeezed(said) for tag, said in page.texts if tag == "li"] == entries
    titles = [squeezed(visible(group.title)) for group in groups if group.title and not group.folded]
    assert [squeezed(said) for tag, said in page.texts if tag == "h3"] == titles
    said = {tag: squeezed(said) for tag, said in page.texts if tag in ("title", "h1")}
    assert said == {"title": squeezed(visible(view.head())), "h1": squeezed(visible(text))}
    assert "\x1b" not in brief_html(view)
    assert "\u202e" not in brief_html(view)


@pytest.mark.parametrize("lang", LANGS)
def test_nothing_of_the_brief_is_missing_on_the_page(library: Library, lang: Lang) -> None:
    """Open or folded: each part, in the order of the screen, with every line that it has there."""
    view = hostile_view(library, "Ann", lang)
    wanted = [(name, entries) for name, entries in view.parts(deep=True) if entries]

    found = [(name, groups) for name, groups in parts(view) if groups]

    assert [name for name, _ in found] == [name for name, _ in wanted]
    for (name, groups), (_, entries) in zip(found, wanted, strict=True):
        words = "".join(text for group in groups for text in (group.title, group.about, *group.lines, *group.more))
        parted = [part for entry in entries for part in re.split(r" → | · |: |：|（|）| \(|\)|^—+ | —+$", entry)]
        assert [part for part in parted if part not in words] == [], name


# Markdown


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text_in_markdown(library: Library, text: str) -> None:
    """A Markdown reader finds one heading a part, one item an entry, and nothing inside them but their text."""
    view = hostile_view(library, text)
    parts = [(name, entries) for name, entries in view.parts(deep=True) if entries]

    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(brief_markdown(view))

    kinds = {token.type for token in tokens}
    assert kinds == {
        *("heading_open", "heading_close", "inline", "bullet_list_open", "bullet_list_close"),
        *("list_item_open", "list_item_close", "paragraph_open", "paragraph_close"),
    }
    shown = [token for token in tokens if token.type == "inline"]
    assert all({child.type for child in token.children or ()} <= {"text", "text_special"} for token in shown)
    said = [squeezed("".join(child.content for child in token.children or ())) for token in shown]
    entries = [squeezed(visible(entry)) for _, lines in parts for entry in lines]
    assert [one for one in said[1:] if one in set(entries)] == entries
    assert said[0] == squeezed(visible(view.head()))
    assert len(said) == 1 + len(parts) + len(entries)


# Terminal


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("width", [40, 80])
def test_hostile_text_is_text_in_the_terminal(library: Library, text: str, width: int) -> None:
    view = hostile_view(library, text)

    picture = brief_text(view, width, deep=True)

    plain = picture.plain
    assert plain.replace("\n", "").isprintable()
    assert "".join(visible(text).split()) in "".join(plain.split())
    assert {str(span.style) for span in picture.spans} <= {"bold", "bold cyan", "yellow", "dim"}, "our own styles alone"
