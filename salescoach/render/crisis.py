"""A crisis for eyes: what is shown of it, block by block, on the screen, as Markdown and as a page."""

from collections.abc import Iterator, Sequence
from datetime import date
from html import escape
from typing import TYPE_CHECKING

from salescoach.coach.crisis import (
    AUDIENCES,
    BEGAN,
    CAUSED,
    EARLY,
    LEADS,
    MOST,
    Action,
    Audience,
    Minute,
    Report,
)
from salescoach.language import Lang, say, show_day, visible
from salescoach.records.account import LogEntry
from salescoach.render.pages import html_page, html_table, literal
from salescoach.render.sheet import Sheet
from salescoach.shape import value
from salescoach.wrap import wrap

if TYPE_CHECKING:
    from rich.text import Text

FULL, EMPTY = "●", "○"


@value
class Block:
    """A heading with lines, with questions and their answers, or with a table."""

    id: str
    title: str
    lines: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def empty(self) -> bool:
        """There is nothing below the heading."""
        return not (self.lines or self.pairs or self.rows)


def planned(one: Audience, made: Report) -> str:
    """What the plan tells an audience, as long as its day has not passed."""
    is_past = made.closed is not None or (one.by is not None and one.by < made.today)
    return "" if is_past else one.what


class CrisisView:
    """The blocks of a crisis, in one language."""

    def __init__(self, made: Report, lang: Lang) -> None:
        self.made, self.lang = made, lang

    def words(self, key: str, **facts: object) -> str:
        """A message of this command."""
        return say(f"crisis.{key}", self.lang, **facts)

    def head(self) -> list[tuple[str, str]]:
        """Label and text: whom it is about, since when, who leads."""
        made = self.made
        since = self.words("since-at", day=show_day(made.opened, self.lang), hour=made.began) if made.began else ""
        rows = [
            (self.words("client-label"), made.client),
            (self.words("since-label"), since or show_day(made.opened, self.lang)),
            (self.words("closed-label"), show_day(made.closed, self.lang) if made.closed else ""),
            (self.words("leads-label"), made.leads or self.words("leads-nobody")),
            (self.words("phase-label"), self.words(f"phase-{made.phase}")),
        ]
        return [(label, text) for label, text in rows if text]

    def _labelled(self, label: str, text: str) -> str:
        return self.words("labelled", label=label, text=text)

    def blocks(self) -> Iterator[Block]:
        """Everything but the head, in the order in which it is needed."""
        made = self.made
        yield Block(id="about", title="", lines=tuple(self._labelled(*one) for one in self.head()))
        if made.phase in EARLY and made.closed is None:
            yield Block(id="first-hour", title=self.words("first-hour"), rows=tuple(map(self.minute, made.first_hour)))
        yield from self._cluster()
        yield from self._parts()
        yield self._steps("steps", self.steps)
        yield Block(
            id="audiences",
            title=self.words("audiences", phase=self.words(f"phase-{made.phase}")),
            columns=tuple(self.words(f"column-{name}") for name in ("audience", "speaks", "message")),
            rows=tuple(self.audience(one) for one in made.audiences),
        )
        log = tuple((one.at, one.who, one.text) for one in made.log)
        columns = tuple(self.words(f"column-{name}") for name in ("at", "by-whom", "happened"))
        yield Block(id="log", title=self.words("log-title"), columns=columns, rows=log)
        yield from self._review()

    def minute(self, mark: Minute) -> tuple[str, str]:
        """A mark of the first hour: by the clock, or in minutes."""
        return mark.at or self.words("minutes", count=mark.minutes), "\n".join(line.text for line in mark.do)

    def _cluster(self) -> Iterator[Block]:
        cluster = self.made.cluster
        if cluster is None:
            return
        groups = (("know", cluster.know), ("fit", cluster.fit), ("forbid", cluster.forbid))
        rows = tuple((self.words(name), line.text) for name, lines in groups for line in lines)
        yield Block(id="cluster", title=self.words("cluster", title=cluster.title), rows=rows)

    def _parts(self) -> Iterator[Block]:
        """The six F without what stands elsewhere: in the head, as the cluster, in the tables."""
        tabled = {step.question for step in self.made.steps} | {AUDIENCES, BEGAN, *LEADS}
        tabled |= set(CAUSED) if self.made.cluster else set()
        for part in self.made.parts:
            said = [one for one in part.answered if one.id not in tabled]
            pairs = tuple((one.ask, "\n".join(one.lines)) for one in said)
            yield Block(id=part.id, title=part.title, pairs=pairs)

    def _steps(self, name: str, actions: Sequence[Action]) -> Block:
        columns = tuple(self.words(f"column-{column}") for column in ("number", "owner", "what", "by"))
        return Block(id=name, title=self.words(name), columns=columns, rows=tuple(map(self.row, actions)))

    def row(self, step: Action) -> tuple[str, str, str, str]:
        """A step: number, owner, what, by when and what has become of it."""
        return str(step.number), step.who or self.words("nobody"), step.what, self.state(step)

    def state(self, step: Action) -> str:
        """By when, and whether it is done or late."""
        day = self.day(step.by) if step.by else self.words("no-day")
        if step.done:
            return self.words("done-step")
        return (
            self.words("late", day=day, days=(self.made.today - step.by).days) if self.late(step) and step.by else day
        )

    def day(self, day: date) -> str:
        """A day, with its year where that is not this one."""
        return show_day(day, self.lang, year=day.year != self.made.today.year)

    def late(self, step: Action) -> bool:
        """Past its day while the crisis goes on."""
        return self.made.closed is None and step.overdue(self.made.today)

    def audience(self, one: Audience) -> tuple[str, str, str]:
        """Whom, who speaks and how, and the message: what the plan says for now, else the first draft."""
        how = self.words("through", who=one.who, channel=one.channel) if one.channel else one.who
        message = planned(one, self.made) or (one.drafts[0].text if one.drafts else "")
        if planned(one, self.made) and one.by:
            message = self.words("by-day", day=self.day(one.by), text=message)
        return one.title, how or self.words("nobody"), message

    @property
    def steps(self) -> tuple[Action, ...]:
        """The steps of the plan: what is due first stands first, what is done last."""
        return tuple(sorted(self.made.steps, key=lambda one: (one.done, one.by or date.max)))

    @property
    def measures(self) -> tuple[Action, ...]:
        """What the review wants prevented."""
        return self.made.review.measures if self.made.review else ()

    def _review(self) -> Iterator[Block]:
        review = self.made.review
        if review is None:
            return
        scores = tuple((one.title, FULL * one.points + EMPTY * (MOST - one.points)) for one in review.scores)
        yield Block(id="scores", title=self.words("scores"), rows=scores)
        pairs = tuple((one.ask, "\n".join(one.lines)) for one in review.answered)
        yield Block(id="review", title=self.words("review-title"), pairs=pairs)
        yield self._steps("measures", self.measures)


def crisis_markdown(made: Report, lang: Lang) -> str:
    """The crisis as Markdown; what people wrote is shown as text, whatever it holds."""
    lines = [f"# {literal(made.title)}"]
    for block in CrisisView(made, lang).blocks():
        if not block.empty:
            lines += ["", f"## {literal(block.title)}", ""] if block.title else [""]
            lines += _markdown(block)
    return "\n".join(lines) + "\n"


def _markdown(block: Block) -> Iterator[str]:
    for line in block.lines:
        yield f"- {literal(line)}"
    for ask, said in block.pairs:
        yield f"- {literal(ask)}"
        yield from (f"  - {literal(line)}" for line in said.split("\n"))
    if block.rows:
        columns = block.columns or ("",) * len(block.rows[0])
        yield _row(columns)
        yield _row(["---"] * len(columns), plain=True)
        yield from map(_row, block.rows)


def _row(cells: Sequence[str], plain: bool = False) -> str:
    return f"| {' | '.join(cell if plain else literal(cell) for cell in cells)} |"


def crisis_html(made: Report, lang: Lang) -> str:
    """The crisis as one self-contained HTML page."""
    blocks = [block for block in CrisisView(made, lang).blocks() if not block.empty]
    return html_page(made.title, "\n".join(map(_section, blocks)), lang)


def _section(block: Block) -> str:
    title = f"<h2>{_html(block.title)}</h2>\n" if block.title else ""
    parts = [_list(block), _table(block)]
    return f'<section class="{block.id}">\n{title}' + "\n".join(part for part in parts if part) + "\n</section>"


def _list(block: Block) -> str:
    items = [f"<li>{_html(line)}</li>" for line in block.lines]
    for ask, said in block.pairs:
        inner = "".join(f"<li>{_html(line)}</li>" for line in said.split("\n"))
        items.append(f"<li>{_html(ask)}<ul>{inner}</ul></li>")
    return "<ul>\n" + "\n".join(items) + "\n</ul>" if items else ""


def _table(block: Block) -> str:
    if not block.rows:
        return ""
    return html_table(block.rows, block.columns, _html)


def _html(text: str) -> str:
    return "<br>".join(escape(visible(line)) for line in text.split("\n"))


def crisis_text(made: Report, lang: Lang, columns: int, closing: Sequence[str] = ()) -> "Text":
    """The crisis on a screen; `closing` are the commands that go on from here."""
    return _Screen(CrisisView(made, lang), columns).text(closing)


def drafts_text(made: Report, audiences: Sequence[Audience], lang: Lang, columns: int | None) -> str:
    """
    Messages to be copied, under the audience that each is for; what the plan says comes first.

    Args:
        columns: Of the screen; None for a file, in which no line is broken.
    """
    phase = say(f"crisis.phase-{made.phase}", lang)
    lines = [say("crisis.drafts-title", lang, phase=phase)]
    spoken = [one for one in audiences if one.drafts or planned(one, made)]
    for one in spoken:
        lines += ["", say("crisis.speaks", lang, whom=one.title, who=one.who or say("crisis.nobody", lang))]
        lines += [f"\n{text}" for text in (planned(one, made), *(line.text for line in one.drafts)) if text]
    if not spoken:
        lines += ["", say("crisis.drafts-none", lang)]
    rows = [visible(row) for line in lines for row in line.split("\n")]
    return "\n".join(rows if columns is None else [part for row in rows for part in wrap(row, columns)])


def log_text(about: str, entries: Sequence[LogEntry], lang: Lang, columns: int) -> "Text":
    """The last entries of a log."""
    sheet = Sheet(columns)
    sheet.heading(about)
    _entries(sheet, entries, lang)
    return sheet.text()


def _entries(sheet: Sheet, entries: Sequence[LogEntry], lang: Lang) -> None:
    """A log, each day once above its times."""
    day = ""
    for one in entries:
        if one.at[:10] != day:
            day = one.at[:10]
            sheet.full(day, "dim")
        _beside(sheet, one.at[11:], say("crisis.logged", lang, who=one.who, text=one.text) if one.who else one.text)


def _beside(sheet: Sheet, label: str, text: str, style: str = "") -> None:
    """Text beside a short label; on a narrow screen behind it."""
    if sheet.narrow:
        sheet.full(f"{label} {text}", style)
    else:
        sheet.part(label, [text], None, style)


class _Screen:
    """A crisis as rows of a sheet."""

    def __init__(self, view: CrisisView, columns: int) -> None:
        self.view, self.sheet = view, Sheet(columns)

    def text(self, closing: Sequence[str]) -> "Text":
        sheet, view = self.sheet, self.view
        sheet.heading(view.made.title)
        for label, text in view.head():
            _beside(sheet, label, text)
        for block in view.blocks():
            if block.id != "about" and not block.empty:
                self._block(block)
        if closing:
            sheet.blank()
        for line in closing:
            sheet.full(line)
        return sheet.text()

    def _block(self, block: Block) -> None:
        self.sheet.blank()
        self.sheet.heading(block.title, "bold cyan")
        if block.id in ("steps", "measures"):
            self._actions(block)
        elif block.id == "audiences":
            self._audiences(block)
        elif block.id == "log":
            self._log(block)
        elif block.id == "cluster":
            self._cluster(block)
        elif block.id == "scores":
            self._scores(block)
        else:
            self._rest(block)

    def _rest(self, block: Block) -> None:
        for ask, said in block.pairs:
            self.sheet.full(ask, "dim")
            self._below(said.split("\n"))
        for label, text in block.rows:
            self.sheet.part(label, text.split("\n"), None)

    def _below(self, lines: Sequence[str]) -> None:
        self.sheet.part("", lines, None)

    def _actions(self, block: Block) -> None:
        actions = self.view.steps if block.id == "steps" else self.view.measures
        for step, (number, who, what, by) in zip(actions, block.rows, strict=True):
            style = "dim" if step.done else "yellow" if self.view.late(step) else ""
            _beside(self.sheet, number, self.view.words("step", who=who, what=what, by=by), style)

    def _audiences(self, block: Block) -> None:
        """What the plan says in full; of a draft, which `--drafts` shows, the beginning."""
        for one, (whom, who, message) in zip(self.view.made.audiences, block.rows, strict=True):
            self.sheet.full(self.view.words("speaks", whom=whom, who=who))
            whole = bool(planned(one, self.view.made))
            self.sheet.part("", [message], None if whole else 1, "dim", one_row=not whole)

    def _log(self, block: Block) -> None:
        _entries(self.sheet, self.view.made.log, self.view.lang)

    def _cluster(self, block: Block) -> None:
        above = ""
        for label, text in block.rows:
            self.sheet.part("" if label == above else label, [text], None)
            above = label

    def _scores(self, block: Block) -> None:
        for title, points in block.rows:
            _beside(self.sheet, points, title)
