"""The buying centre for eyes: the tree, lines of influence, gaps, what goes with a person, the relationship plan."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from html import escape
from typing import TYPE_CHECKING

from salescoach.coach.centre import Branch, Centre, Loss, Person, Told, listing
from salescoach.language import Lang, say, show_day, visible
from salescoach.records.ids import BuyingRole, Stance
from salescoach.render.pages import html_page, html_table, literal
from salescoach.render.sheet import Sheet
from salescoach.shape import value
from salescoach.wrap import cells, crop, pad, wrap

if TYPE_CHECKING:
    from rich.text import Text

#: Readable without colour: for us, undecided, against.
SIGNS: Mapping[Stance | None, str] = {"supporter": "+", "neutral": "○", "opponent": "−", None: "?"}
STYLES: Mapping[Stance | None, str] = {"supporter": "green", "neutral": "", "opponent": "red", None: ""}
#: What a role weighs in the line of a person: the first are named where not all fit.
RANK: tuple[BuyingRole, ...] = (
    "decision-maker", "key-person", "coach", "purchaser", "influencer", "user", "informed",
)  # fmt: skip
KNOWN, ASSUMED = "▪", "▫"
#: Cells that roles and the name of the holder may take.
ROLES, HOLDER = 16, 7
#: Cells that columns of the plan may take: who, power, our relation, the rival's, the owner. Then come the rest.
FIXED: Mapping[int, int] = {0: 16, 1: 5, 2: 5, 3: 5, 4: 8}
WHO, OWNER, STEP, DAY, CHECK = 0, 4, 5, 6, 7
#: So far a column of names grows for a part of a name that must not be broken.
NAMES: Mapping[int, int] = {WHO: 20, OWNER: 12}
#: Parts of a name: a row may end after each.
NAME_PARTS = re.compile(r"[^\s-]*(?:-+|\s+|$)")
#: The check has so many cells, or the plan is no table.
LEAST_CHECK = 8
#: A level of the tree, and the share of the screen that levels may take.
LEVEL, NARROW_LEVEL, DEPTH = 3, 2, 3
#: Below so many cells a job title is left out.
LEAST = 6
#: Days until an age is told in months.
OLD = 99
#: The columns leave so much for the tree with its names, or they are not drawn; its branches leave that for a name.
LEFT, ROOM = 24, 14


@value
class Command:
    """What goes on from here: what it does, and the line to type."""

    what: str
    line: str


class CentreView:
    """The map of one client in the rep's language."""

    def __init__(
        self,
        centre: Centre,
        lang: Lang,
        departments: Mapping[str, str],
        gaps: Sequence[Told],
        commands: Sequence[Command],
        *,
        loss: Loss | None = None,
        plan: bool = False,
    ) -> None:
        self.centre = centre
        self.lang: Lang = lang
        self.departments = departments  # id to title
        self.gaps = gaps  # of the map; with a loss, those that open
        self.commands = commands
        self.loss = loss
        self.plan = plan
        self.today = centre.book.today

    def head(self) -> str:
        """Whose map it is, how many people, and how they decide."""
        name, lang = self.centre.client.name, self.lang
        if self.plan:
            return say("centre.plan", lang, client=name)
        technical, style = self.centre.technical_content, self.centre.decision_style
        words = [
            say("centre.head", lang, client=name, count=len(self.centre.people)),
            say(f"centre.technical-{technical}", lang) if technical in ("low", "medium", "high") else "",
            say(f"centre.style-{style}", lang) if style in ("flat", "hierarchical") else "",
        ]
        return " · ".join(word for word in words if word)

    def department(self, name: str) -> str:
        """The heading of a department."""
        return self.departments.get(name, name) or say("centre.no-department", self.lang)

    def roles(self, person: Person, room: int | None = None) -> str:
        """A person's roles in short words; those that do not fit are counted."""
        words = [say(f"centre.role-{role}", self.lang) for role in RANK if role in person.roles]
        between = say("walk.between", self.lang)
        for count in range(len(words), 0, -1):
            shown = between.join(words[:count])
            rest = len(words) - count
            line = say("centre.more-roles", self.lang, roles=shown, count=rest) if rest else shown
            if room is None or cells(line) <= room:
                return line
        return crop(words[0], room or 0) if words else ""

    def stance(self, person: Person) -> str:
        """The sign with its word."""
        word = say(f"centre.stance-{person.stance}", self.lang) if person.stance else ""
        return f"{SIGNS[person.stance]} {word}".strip()

    def bar(self, person: Person) -> str:
        """Weight as one to five marks, hollow where it is assumed."""
        return (ASSUMED if person.influence is None else KNOWN) * max(1, min(5, int(person.weight + 0.5)))

    def age(self, person: Person) -> str:
        """How long ago somebody was met."""
        if person.last_touch is None:
            return say("centre.never", self.lang)
        days = (self.today - person.last_touch).days
        key, count = ("days", days) if days <= OLD else ("months", days * 12 // 365)
        return say(f"centre.{key}", self.lang, count=count)

    def about(self, person: Person) -> list[str]:
        """What a narrow screen says below a name, and a page after it."""
        holder = say("centre.held-by", self.lang, holder=person.holder) if person.holder else ""
        seen = say("centre.seen", self.lang, when=self.age(person)) if person.last_touch else ""
        return [part for part in (person.contact.position, self.roles(person), holder, seen) if part]

    def whole(self, person: Person) -> str:
        """A person in one line, however long."""
        title, *rest = [person.contact.position, *self.about(person)[bool(person.contact.position) :]]
        return " · ".join(part for part in (person.name, title, self.stance(person), self.bar(person), *rest) if part)

    def lines(self) -> list[str]:
        """Who sways whom; those who sway the most first."""
        swayed: dict[str, list[str]] = {}
        for one in self.centre.people:
            for id_ in one.influenced_by:
                swayed.setdefault(id_, []).append(one.name)
        return [
            say("centre.sways", self.lang, who=one.name, whom=say("walk.between", self.lang).join(swayed[one.id]))
            for one in sorted(self.centre.people, key=lambda one: -len(swayed.get(one.id, ())))
            if one.id in swayed
        ]

    def conflicts(self) -> list[str]:
        """Who is at odds with whom."""
        return [say("centre.odds", self.lang, one=a.name, other=b.name) for a, b in self.centre.conflicts]

    def lost(self, loss: Loss) -> list[str]:
        """What goes with a person, the share of all weight last; with the only one, all that is known goes."""
        lang, name = self.lang, loss.person.name
        promised = [self._promised(one.what, one.by) for one in loss.promises]
        if loss.nobody_left:
            return [say("centre.lost-all", lang), *promised]
        roles = [say(f"centre.role-{role}", lang) for role in RANK if role in loss.roles]
        places = [self.department(one) for one in loss.departments]
        reach = [one.name for one in loss.cut_off]
        said = [
            say("centre.lost-roles", lang, roles=listing(roles, lang, len(roles))) if roles else "",
            say("centre.lost-departments", lang, names=listing(places, lang)) if places else "",
            say("centre.lost-supporter", lang) if loss.last_supporter else "",
            say("centre.lost-reach", lang, name=name, names=listing(reach, lang, len(reach))) if reach else "",
            *promised,
        ]
        found = [line for line in said if line] or [say("centre.lost-nothing", lang, name=name)]
        return [*found, say("centre.lost-share", lang, share=round(100 * loss.share))]

    def _promised(self, what: str, by: date | None) -> str:
        if by is None:
            return say("centre.lost-promise", self.lang, what=what)
        return say("centre.lost-promise-by", self.lang, what=what, day=show_day(by, self.lang))

    def sections(self) -> list[tuple[str, list[str]]]:
        """What stands below the tree on every page, but the gaps."""
        found = [(say("centre.lines", self.lang), self.lines()), (say("centre.conflicts", self.lang), self.conflicts())]
        if self.loss is not None:
            found.append((say("centre.without", self.lang, name=self.loss.person.name), self.lost(self.loss)))
        return [(title, rows) for title, rows in found if rows]

    def gaps_title(self) -> str:
        """The heading of the gaps."""
        return say("centre.opens" if self.loss is not None else "centre.gaps", self.lang)

    def advice(self, gap: Told, most: int | None = None) -> list[str]:
        """What to do about a gap, each line with its source."""
        return [say("centre.do", self.lang, text=one.text, source=one.source) for one in gap.do[:most]]

    # the plan

    def columns(self) -> list[str]:
        """The heads of the relationship plan (S001-KEY5 step 5)."""
        return [
            say(f"centre.col-{name}", self.lang)
            for name in ("who", "weight", "relation", "rival", "owner", "action", "by", "check")
        ]

    def planned(self, person: Person) -> list[str]:
        """A person's row of the relationship plan."""
        unknown, plan = say("centre.unknown", self.lang), person.plan
        late = say("centre.late", self.lang) if plan.overdue(self.today) else ""
        return [
            person.name,
            self.bar(person),
            unknown if person.relation is None else str(person.relation),
            unknown if person.rival_relation is None else str(person.rival_relation),
            person.holder,
            plan.action,
            f"{self.day(plan.by)} {late}".strip(),
            plan.check,
        ]

    def day(self, by: date | None) -> str:
        """A day as short as it can be typed: without the year where it is this one."""
        if by is None:
            return ""
        return f"{by:%m-%d}" if by.year == self.today.year else by.isoformat()


# On a terminal


def centre_text(view: CentreView, width: int) -> "Text":
    """The map for a terminal; no line is wider than `width`, and no name is cropped."""
    sheet = Sheet(width)
    sheet.heading(view.head())
    people = view.centre.people
    if not people:
        sheet.full(say("centre.nobody", view.lang))
    elif view.plan:
        _draw_plan(sheet, view)
    else:
        _draw_map(sheet, view)
    _draw_commands(sheet, view)
    return sheet.text()


def _draw_map(sheet: Sheet, view: CentreView) -> None:
    wide = _Wide(sheet, view)
    narrow = sheet.narrow or wide.left < LEFT
    (_Narrow(sheet, view) if narrow else wide).tree(view.centre.tree)
    if narrow:
        sheet.full(say("centre.legend", view.lang), "dim")
    elif signs := _signs(wide, view):
        sheet.full("  ".join(signs), "dim")
    for title, rows in view.sections():
        sheet.blank()
        sheet.heading(title, "bold cyan")
        for row in rows:
            sheet.spoken(row)
    _draw_gaps(sheet, view)


def _signs(wide: "_Wide", view: CentreView) -> list[str]:
    """What the signs mean that have no word beside them."""
    assumed = any(one.influence is None for one in view.centre.people)
    found = [say("centre.assumed", view.lang)] if assumed else []
    return found + ([say("centre.more-legend", view.lang)] if wide.crowded else [])


def _draw_gaps(sheet: Sheet, view: CentreView) -> None:
    if not view.gaps:
        if view.loss is None:
            sheet.blank()
            sheet.full(say("centre.no-gaps", view.lang))
        return
    sheet.blank()
    sheet.heading(view.gaps_title(), "bold cyan")
    for gap in view.gaps:
        sheet.full(gap.text, "yellow")
        for line in view.advice(gap, 1):
            sheet.spoken(line)


def _draw_commands(sheet: Sheet, view: CentreView) -> None:
    if not view.commands:
        return
    sheet.blank()
    sheet.heading(say("centre.next", view.lang), "bold cyan")
    for one in view.commands:
        line = say("centre.command", view.lang, what=one.what, command=one.line)
        if cells(line) <= sheet.width:
            sheet.full(line)
        else:  # on rows of its own, a command can be read and copied
            sheet.full(one.what)
            sheet.spoken(one.line)


class _Tree:
    """Draws rows of the tree; what differs with the width is in the subclasses."""

    level = LEVEL

    def __init__(self, sheet: Sheet, view: CentreView) -> None:
        self.sheet = sheet
        self.view = view
        self.people = {one.id: one for one in view.centre.people}

    def tree(self, branches: Sequence[Branch]) -> None:
        """The whole tree."""
        for branch in branches:
            if branch.contact_id is None:
                self.sheet.full(self.view.department(branch.department), "cyan")
            else:
                self.person(self.people[branch.contact_id], *self.prefixes(branch.last))

    def person(self, person: Person, first: str, rest: str) -> None:
        """One person; `first` stands before the first row, `rest` before further ones."""
        raise NotImplementedError

    def prefixes(self, last: tuple[bool, ...]) -> tuple[str, str]:
        """Box characters before a row and before its further rows; where the tree is too deep, its last levels."""
        most = max(1, self.branches() // self.level)
        if not last:
            return "", ""
        shown = last[-most:]
        above = "".join(pad("" if ended else "│", self.level) for ended in shown[:-1])
        if len(last) > most:  # how deep, in place of the levels that are left out
            deep = next(text for text in (f"{len(last)}…", f"{len(last)}", "…") if cells(text) <= self.level)
            above = pad(deep, self.level) + above[self.level :]
        corner = "└" if shown[-1] else "├"
        first = above + pad(corner + "─" * (self.level - 2), self.level)
        return first, above + pad("" if shown[-1] else "│", self.level)

    def branches(self) -> int:
        """Cells that the branches of the tree may take."""
        return self.sheet.width // DEPTH

    def row(self, text: str, person: Person) -> None:
        """A row as it is, in the colour of the stance."""
        self.sheet.rows.append(("", text.rstrip(), f"={STYLES[person.stance]}"))


class _Wide(_Tree):
    """One line a person, in columns."""

    def __init__(self, sheet: Sheet, view: CentreView) -> None:
        super().__init__(sheet, view)
        people = view.centre.people
        columns = [
            [view.roles(one, ROLES) for one in people],
            [view.stance(one) for one in people],
            [view.bar(one) for one in people],
            [crop(visible(one.holder), HOLDER) for one in people],
            [view.age(one) for one in people],
        ]
        heads = [say(f"centre.col-{name}", view.lang) for name in ("roles", "stance", "weight", "holder", "last")]
        self.heads = [head if any(column) else "" for head, column in zip(heads, columns, strict=True)]
        self.widths = [
            max(cells(cell) for cell in (head, *column))
            for head, column in zip(self.heads, columns, strict=True)
        ]  # fmt: skip
        self.crowded = any(view.roles(one, ROLES) != view.roles(one) for one in people)
        self.left = sheet.width - sum(width + 1 for width in self.widths if width)
        self.cells = {one.id: list(row) for one, row in zip(people, zip(*columns, strict=True), strict=True)}

    def tree(self, branches: Sequence[Branch]) -> None:
        """The tree below the heads of its columns."""
        head = self._joined(say("centre.col-who", self.view.lang), self.heads)
        self.sheet.rows.append(("", head.rstrip(), "=dim"))
        super().tree(branches)

    def person(self, person: Person, first: str, rest: str) -> None:
        """A name that the columns leave no room for has rows of its own above them."""
        name = visible(person.name)
        room = self.left - cells(first)
        if cells(name) > room:
            for row in wrap(name, self.sheet.width - cells(first)):
                self.row(first + row, person)
                first = rest
            name = ""
        self.row(self._joined(first + self._titled(name, person, room), self.cells[person.id]), person)

    def branches(self) -> int:
        """As many cells as leave room for a short name."""
        return self.left - ROOM

    def _titled(self, name: str, person: Person, room: int) -> str:
        """The name and as much of the job title as there is room for."""
        title = visible(person.contact.position)
        left = room - cells(name) - 3 * bool(name)
        if not title or left < min(LEAST, cells(title)):
            return name
        return " · ".join(part for part in (name, crop(title, left)) if part)

    def _joined(self, left: str, columns: Iterable[str]) -> str:
        shown = [pad(cell, width) for cell, width in zip(columns, self.widths, strict=True) if width]
        return " ".join([pad(left, self.left), *shown])


class _Narrow(_Tree):
    """The name with its signs, and below it what else there is."""

    level = NARROW_LEVEL

    def person(self, person: Person, first: str, rest: str) -> None:
        """As many rows as it takes."""
        line = f"{visible(person.name)} {SIGNS[person.stance]} {self.view.bar(person)}"
        for row in wrap(line, self.sheet.width - cells(first)):
            self.row(first + row, person)
            first = rest
        about = visible(" · ".join(self.view.about(person)))
        for row in wrap(about, self.sheet.width - cells(rest) - 2) if about else ():
            self.row(f"{rest}  {row}", person)


def _draw_plan(sheet: Sheet, view: CentreView) -> None:
    heads = view.columns()
    rows = [[visible(cell) for cell in view.planned(one)] for one in view.centre.people]
    widths = _widths(heads, rows, sheet.width)
    if sheet.narrow or widths[CHECK] < LEAST_CHECK:
        for one in view.centre.people:
            _draw_planned(sheet, view, one)
    else:
        _draw_table(sheet, view, heads, rows, widths)
    late = [one.name for one in view.centre.people if one.plan.overdue(view.today)]
    if late:
        sheet.blank()
        sheet.full(say("centre.late-count", view.lang, names=listing(late, view.lang, len(late))), "bold red")


def _draw_planned(sheet: Sheet, view: CentreView, person: Person) -> None:
    """A person's plan as text."""
    _, _, us, rival, owner, action, by, check = view.planned(person)
    _, _, us_head, rival_head, _, _, _, check_head = view.columns()
    lang, style = view.lang, "bold red" if person.plan.overdue(view.today) else ""
    sheet.full(f"{person.name} {view.bar(person)}", style)
    near = say("centre.of-five", lang, title=us_head, points=us) if person.relation is not None else ""
    far = say("centre.of-five", lang, title=rival_head, points=rival) if person.rival_relation is not None else ""
    checked = say("centre.check-line", lang, title=check_head, check=check) if check else ""
    for parts in ((near, far, owner), (by, action), (checked,)):
        if line := " · ".join(part for part in parts if part):
            sheet.spoken(line, style)


def _draw_table(
    sheet: Sheet, view: CentreView, heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]
) -> None:
    """A row a person; every cell wraps, names between their words."""
    _draw_row(sheet, heads, widths, "dim")
    for one, row in zip(view.centre.people, rows, strict=True):
        _draw_row(sheet, row, widths, "bold red" if one.plan.overdue(view.today) else "")


def _widths(heads: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> list[int]:
    """The step and how it is checked share what the other columns leave."""
    columns = list(zip(heads, *rows, strict=True))
    widths = {place: min(most, max(map(cells, columns[place]))) for place, most in FIXED.items()}
    for place, most in NAMES.items():
        parts = [cells(part.rstrip()) for name in columns[place] for part in NAME_PARTS.findall(name)]
        widths[place] = max(widths[place], min(most, max(parts)))
    widths[DAY] = max(cells(word) for cell in columns[DAY] for word in cell.split(" "))
    left = width - sum(widths.values()) - len(heads) + 1
    widths[STEP], widths[CHECK] = left - left * 2 // 5, left * 2 // 5
    return [widths[place] for place in range(len(heads))]


def _name_rows(name: str, width: int) -> list[str]:
    """A name in rows that end between its words or after a hyphen; only what no row can hold is broken elsewhere."""
    rows = [""]
    for part in NAME_PARTS.findall(name):
        if rows[-1] and cells(rows[-1] + part.rstrip()) > width:
            rows.append("")
        rows[-1] += part
    return [line for row in rows for line in wrap(row.strip(), width)]


def _draw_row(sheet: Sheet, row: Sequence[str], widths: Sequence[int], style: str) -> None:
    wrapped = [
        (_name_rows if place in NAMES else wrap)(cell, width)
        for place, (cell, width) in enumerate(zip(row, widths, strict=True))
    ]
    for number in range(max(map(len, wrapped))):
        parts = [lines[number] if number < len(lines) else "" for lines in wrapped]
        line = " ".join(pad(part, width) for part, width in zip(parts, widths, strict=True))
        sheet.rows.append(("", line.rstrip(), f"={style}"))


# As a page


def centre_markdown(view: CentreView) -> str:
    """The map as Markdown; names and notes are shown as text, whatever they hold."""
    lines = [f"# {literal(view.head())}", ""]
    if view.plan:
        lines += [_table_row(view.columns()), _table_row(["---"] * 8, plain=True)]
        lines += [_table_row(view.planned(one)) for one in view.centre.people]
    else:
        people = {one.id: one for one in view.centre.people}
        lines += [f"{'  ' * depth}- {literal(text)}" for depth, text in _entries(view, people)]
        for title, rows in view.sections():
            lines += ["", f"## {literal(title)}", "", *(f"- {literal(row)}" for row in rows)]
        lines += ["", f"## {literal(view.gaps_title())}", ""] if view.gaps else []
        for gap in view.gaps:
            lines += [f"- {literal(gap.text)}", *(f"  - {literal(row)}" for row in view.advice(gap))]
    return "\n".join(lines) + "\n"


def _table_row(row: Sequence[str], plain: bool = False) -> str:
    return "| " + " | ".join(cell if plain else literal(cell) for cell in row) + " |"


def _entries(view: CentreView, people: Mapping[str, Person]) -> list[tuple[int, str]]:
    """Rows of the tree with their depth."""
    rows = []
    for branch in view.centre.tree:
        person = people.get(branch.contact_id or "")
        rows.append((len(branch.last), view.whole(person) if person else view.department(branch.department)))
    return rows


def centre_html(view: CentreView) -> str:
    """The map as one self-contained HTML page."""
    if view.plan:
        return html_page(view.head(), _html_plan(view), view.lang)
    names = {one.id: one.name for one in view.centre.people}
    entries = _entries(view, {one.id: one for one in view.centre.people})
    called = [names.get(branch.contact_id or "", "") for branch in view.centre.tree]
    parts = [_nested([(depth, _named(name, text)) for (depth, text), name in zip(entries, called, strict=True)])]
    parts += [_html_section(title, [(0, _html(row)) for row in rows]) for title, rows in view.sections()]
    if view.gaps:
        parts.append(_html_section(view.gaps_title(), [row for gap in view.gaps for row in _html_gap(gap)]))
    return html_page(view.head(), "\n".join(parts), view.lang)


def _named(name: str, text: str) -> str:
    """A person's line with the name in bold; a department as it is."""
    return f"<strong>{_html(name)}</strong>{_html(text.removeprefix(name))}" if name else _html(text)


def _html_gap(gap: Told) -> list[tuple[int, str]]:
    """What is missing, and below it what to do about it, the sources in small type."""
    do = [f'{_html(one.text)} <small class="soft">{_html(one.source)}</small>' for one in gap.do]
    return [(0, f"<strong>{_html(gap.text)}</strong>"), *((1, line) for line in do)]


def _html_section(title: str, rows: Sequence[tuple[int, str]]) -> str:
    return f"<section>\n<h2>{_html(title)}</h2>\n{_nested(rows)}\n</section>"


def _nested(rows: Sequence[tuple[int, str]]) -> str:
    """Rows of HTML with their depth, as lists in lists."""
    out, depth = [], -1
    for level, text in rows:
        if level > depth:
            out.append("<ul>" * (level - depth))
        else:
            out.append("</li>" + "</ul></li>" * (depth - level))
        out.append(f"<li>{text}")
        depth = level
    return "\n".join([*out, "</li></ul>" * (depth + 1)])


def _html_plan(view: CentreView) -> str:
    unknown = say("centre.unknown", view.lang)
    return html_table([view.planned(one) for one in view.centre.people], view.columns(), _html, none=unknown)


def _html(text: str) -> str:
    return escape(visible(text))
