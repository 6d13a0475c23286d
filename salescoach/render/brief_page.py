"""The brief as a page: what the screen of a terminal shows lies open, the rest is folded and a tap away."""

from collections.abc import Iterator, Sequence
from html import escape

from salescoach.coach.prep import Expected, Person
from salescoach.language import say, visible
from salescoach.render.brief import BriefView
from salescoach.render.pages import html_page
from salescoach.shape import value

#: Entries of each part that lie open, so that what is open fits one printed A4 page; all of a part without a number.
OPEN = {"warnings": 4, "promises": 5, "questions": 5, "agenda": 3, "checklist": 5}
#: People, objections and gaps that lie open.
HEADED = 4
#: Lines of an objection that lie open: how to take it, and the first sentence to say.
ANSWER = 2


@value
class Group:
    """Lines that belong together; `lines` lie open, `more` are folded."""

    title: str = ""
    about: str = ""  # what is said beside the title
    lines: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    folded: bool = False  # all but the title


def brief_html(view: BriefView) -> str:
    """The whole brief as one self-contained HTML page."""
    sections = "\n".join(_section(view, name, groups) for name, groups in parts(view) if groups)
    return html_page(view.brief.client, f'<main class="sides">\n{sections}\n</main>', view.lang, under=view.under())


def parts(view: BriefView) -> Iterator[tuple[str, list[Group]]]:
    """Every part of the brief in the order of the screen, with its lines in groups."""
    brief = view.brief
    headed = {
        "people": [_person(view, one) for one in brief.people],
        "objections": [_objection(view, one) for one in brief.objections],
        "gaps": [Group(title=one.text, lines=(one.command,)) for one in brief.gaps],
        "cards": [_folded(Group(title=one.title, more=tuple(line.text for line in one.lines))) for one in brief.cards],
    }
    for name, entries in view.parts(deep=True):
        if name in headed:
            groups = headed[name]
            yield name, [*groups[:HEADED], *map(_folded, groups[HEADED:])]
        else:
            many = OPEN.get(name, len(entries))
            yield name, [Group(lines=tuple(entries[:many]), more=tuple(entries[many:]))] if entries else []


def _person(view: BriefView, person: Person) -> Group:
    """Open is what the screen has room for; the rest of what to do, not to do and to watch is folded."""
    head, *lines = view.person(person, deep=True)
    short = view.person(person, deep=False)[1:]
    more = tuple(line for line in lines if line not in short)
    about = head.removeprefix(person.name).removeprefix(" · ")
    return Group(title=person.name, about=about, lines=tuple(short), more=more)


def _objection(view: BriefView, one: Expected) -> Group:
    lines = tuple(line.text for line in one.say)
    return Group(title=one.title, about=view.reason(one), lines=lines[:ANSWER], more=lines[ANSWER:])


def _folded(group: Group) -> Group:
    return Group(title=group.title, about=group.about, more=(*group.lines, *group.more), folded=True)


def _section(view: BriefView, name: str, groups: Sequence[Group]) -> str:
    title = escape(say(f"render.{name}", view.lang))
    inner = "\n".join(_group(view, group) for group in groups)
    return f'<section class="{name}">\n<h2>{title}</h2>\n{inner}\n</section>'


def _group(view: BriefView, group: Group) -> str:
    about = f' <span class="soft">{_safe(group.about)}</span>' if group.about else ""
    if group.folded:
        summary = f"<summary>{_safe(group.title)}{about}</summary>"
        return f'<details class="whole">\n{summary}\n{_list(group.more)}\n</details>'
    head = [f"<h3>{_safe(group.title)}{about}</h3>"] if group.title else []
    more = escape(say("render.more", view.lang, count=len(group.more)))
    folded = [f"<details>\n<summary>{more}</summary>\n{_list(group.more)}\n</details>"] if group.more else []
    return "\n".join([*head, *([_list(group.lines)] if group.lines else []), *folded])


def _list(lines: Sequence[str]) -> str:
    return "<ul>\n" + "\n".join(f"<li>{_safe(line)}</li>" for line in lines) + "\n</ul>"


def _safe(text: str) -> str:
    return escape(visible(text))
