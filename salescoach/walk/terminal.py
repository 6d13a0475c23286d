"""A walk at a terminal: prompts on stderr, one line a question, every answer kept before the next question appears.

Keys, the same in every prompt: Enter takes what stands there or goes on, Ctrl-B (or Shift-Tab) back, Ctrl-S skip,
Ctrl-P pause, `?` why. Imported only when a person is asked.
"""

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from prompt_toolkit.input import Input
from prompt_toolkit.output import Output, create_output

from salescoach.errors import Interrupted, InvalidError
from salescoach.language import Lang, pick, say, show_day
from salescoach.walk import widgets
from salescoach.walk.beside import Beside, narrowed, question_of
from salescoach.walk.machine import Prompt, Walk
from salescoach.walk.values import STATES, day_meant, written
from salescoach.walk.widgets import Frame, Row, Sign

Echo = Callable[[str], None]
NOTED = "not-now-note"
#: The row for words that are not among those offered.
OTHER = object()


def run(
    walk: Walk,
    lang: Lang,
    *,
    keep: Callable[[dict[str, Any]], None],
    resume: str,
    output: Output | None = None,
    input: Input | None = None,  # noqa: A002 - prompt_toolkit's name
    echo: Echo | None = None,
    beside: Beside | None = None,
) -> Walk:
    """
    Ask until the walk is done.

    Args:
        walk: New, or resumed from a draft.
        lang: The rep's.
        keep: Called with `walk.state` after every answer, before the next question appears.
        resume: The command that goes on with this walk, for the message when it is paused.
        output: Where prompts are drawn; stderr where not given.
        input: Where keys come from; the terminal where not given.
        echo: Writes a line for the rep (titles, reasons, what was said); to stderr where not given.
        beside: Lines before a question, written as it comes up, and which of its choices are offered.

    Raises:
        Interrupted: "walk-paused" – paused, Ctrl-C, Ctrl-D or the terminal is gone. All answers so far were kept.
    """
    terminal = _Terminal(lang, output or create_output(stdout=sys.stderr), input, echo or _to_stderr, beside)
    try:
        while prompt := walk.current:
            walk = _step(terminal, walk, prompt)
            keep(walk.state)
    except KeyboardInterrupt as stop:
        raise Interrupted("walk-paused", command=resume) from stop
    return walk


def _step(terminal: "_Terminal", walk: Walk, prompt: Prompt) -> Walk:
    """One step; a terminal that is gone is a rep who stops."""
    try:
        return terminal.step(walk, prompt)
    except (EOFError, OSError) as gone:
        raise KeyboardInterrupt from gone


def choose(
    ask: str,
    names: Sequence[str],
    lang: Lang,
    *,
    pointed: int = 0,
    output: Output | None = None,
    input: Input | None = None,  # noqa: A002 - prompt_toolkit's name
) -> int:
    """
    One question outside a walk: which of `names`, by its number or with the arrows; of many, by typing some of it.

    Args:
        pointed: The one that Enter alone takes, from 0.

    Returns:
        Its place in `names`, from 0.

    Raises:
        Interrupted: "stopped" – Ctrl-C or Ctrl-D.
    """
    frame = Frame("?", ask, lang, output or create_output(stdout=sys.stderr), input)
    numbered = len(names) <= widgets.DIGITS
    rows = [Row(place, name, (str(place + 1),) if numbered else ()) for place, name in enumerate(names)]
    place: int = _stopping(lambda: widgets.select(frame, rows, pointed, alone=True))
    return place


def confirm(
    ask: str,
    lang: Lang,
    *,
    default: bool = False,
    output: Output | None = None,
    input: Input | None = None,  # noqa: A002 - prompt_toolkit's name
    echo: Echo | None = None,
) -> bool:
    """
    Yes or no, by one key in either language; what was said stays as a line.

    Args:
        default: What Enter alone takes.

    Raises:
        Interrupted: "stopped" – Ctrl-C or Ctrl-D.
    """
    frame = Frame("?", ask, lang, output or create_output(stdout=sys.stderr), input)
    said: bool = _stopping(lambda: widgets.select(frame, _yes_no(lang), default, alone=True, hint="keys-confirm"))
    answer = say("walk.yes" if said else "walk.no", lang)
    line = say("walk.said", lang, position="?", ask=ask, answer=answer)
    (echo or _to_stderr)(frame.rows(line))
    return said


def _yes_no(lang: Lang) -> list[Row]:
    yes, no = say("walk.yes", lang), say("walk.no", lang)
    return [Row(True, yes, ("y", "1", "Y", "是", "对")), Row(False, no, ("n", "2", "N", "否", "不"))]


def hold(
    words: str,
    *,
    output: Output | None = None,
    input: Input | None = None,  # noqa: A002 - prompt_toolkit's name
) -> None:
    """
    Wait for any key, so that what stands on the screen can be read before a walk takes its place.

    Raises:
        Interrupted: "stopped" – Ctrl-C, or the terminal is gone.
    """
    _stopping(lambda: widgets.any_key(words, output or create_output(stdout=sys.stderr), input))


def _stopping(ask: Callable[[], Any]) -> Any:
    """What `ask` gives; outside a walk, a rep who leaves stops the command."""
    try:
        return ask()
    except (KeyboardInterrupt, EOFError, OSError) as stop:
        raise Interrupted("stopped") from stop


def _to_stderr(line: str) -> None:
    """One line to stderr; what its encoding lacks is replaced."""
    encoding = sys.stderr.encoding or "utf-8"
    sys.stderr.write(line.encode(encoding, "replace").decode(encoding) + "\n")
    sys.stderr.flush()


class _Terminal:
    """Asks one prompt after the other, and remembers which heading stands above."""

    def __init__(
        self, lang: Lang, output: Output, keys: Input | None, echo: Echo, beside: Beside | None = None
    ) -> None:
        self.lang: Lang = lang
        self.output = output
        self.keys = keys
        self.echo = echo
        self.beside = beside
        self._above: object = None

    def step(self, walk: Walk, prompt: Prompt) -> Walk:
        """The walk after this prompt: answered, skipped or back. What does not fit is asked again."""
        self._headings(prompt)
        if self.beside:
            prompt = self._told(walk, prompt, self.beside)
        typed: str | None = None
        while True:
            said = self._ask(walk, prompt, typed)
            try:
                after = self._taken(walk, said, prompt)
            except InvalidError as error:
                self.echo(say(f"error.{error.key}", self.lang, **error.facts))
                typed = said if isinstance(said, str) else None
                continue
            if after:
                self._write(walk, after, prompt, said)
                return after

    def _taken(self, walk: Walk, said: Any, prompt: Prompt) -> Walk | None:
        """The walk after what was said; None: the same prompt is shown again."""
        if said is Sign.PAUSE:
            raise KeyboardInterrupt
        if said is Sign.WHY:
            self.echo(pick(prompt.why, self.lang) if prompt.why else say("walk.no-why", self.lang))
            return None
        if said is Sign.BACK:
            return walk.back()
        if said is Sign.SKIP or (said == [] and prompt.kind == "many-of"):
            return walk.skip()
        return walk.answer(said)

    def _headings(self, prompt: Prompt) -> None:
        if prompt.section is not self._above:
            self._above = prompt.section
            self.echo(say("walk.section", self.lang, title=pick(prompt.section.title, self.lang)))
        if prompt.group and prompt.opens:
            ask = pick(prompt.group.ask, self.lang)
            more = prompt.number is not None and prompt.number > 1
            self.echo(say("walk.entry", self.lang, ask=ask, number=prompt.number) if more else ask)

    def _told(self, walk: Walk, prompt: Prompt, beside: Beside) -> Prompt:
        """The lines that stand beside the question; once for a group. The prompt with the choices that fit."""
        question, answers = question_of(prompt.path), walk.answers
        if prompt.group is None or prompt.opens:
            for line in beside.lines(question, answers):
                self.echo(line)
        return narrowed(prompt, beside.fits(question, answers))

    def _write(self, walk: Walk, after: Walk, prompt: Prompt, said: Any) -> None:
        """What was said, as the line that stays."""
        if said is Sign.BACK:
            return
        held = after.given(prompt.path)
        answer = "-" if held is None else self._label(prompt, held)
        ask = pick(prompt.question.ask, self.lang)
        self.echo(say("walk.said", self.lang, position=_place(walk), ask=ask, answer=answer))

    def _ask(self, walk: Walk, prompt: Prompt, typed: str | None) -> Any:
        frame = Frame(_place(walk), pick(prompt.question.ask, self.lang), self.lang, self.output, self.keys)
        if prompt.kind == "check":
            return self._check(frame, prompt)
        if prompt.kind in {"ticks", "many-of"} and not prompt.question.open and prompt.options:
            return self._ticks(frame, prompt)
        if prompt.kind == "text" and prompt.options and not prompt.question.choices_from:
            return self._offered(frame, prompt, walk.today)
        if prompt.kind == "yes-no" or (prompt.kind == "one-of" and not prompt.question.open and prompt.options):
            return self._one_of(frame, prompt)
        known = typed is None and walk.knows(prompt.path, prompt.default)
        return self._text(frame, prompt, walk.today, typed, known=known)

    def _text(self, frame: Frame, prompt: Prompt, today: date, typed: str | None, *, known: bool = False) -> Any:
        default = "" if prompt.default is None else self._line(prompt, prompt.default)
        return widgets.text(
            frame,
            default=default if typed is None else typed,
            over=known and prompt.kind != "long",
            lines=prompt.kind == "long",
            after=(lambda words: self._parsed(prompt, words, today)) if prompt.kind == "date" else None,
            words=[pick(option.label, self.lang) for option in prompt.options],
            many=prompt.kind == "many-of",
        )

    def _parsed(self, prompt: Prompt, words: str, today: date) -> str:
        """The day that the words name so far, with its weekday."""
        try:
            return say("walk.parsed", self.lang, date=show_day(day_meant(prompt.question, words, today), self.lang))
        except InvalidError:
            return ""

    def _one_of(self, frame: Frame, prompt: Prompt) -> Any:
        rows = _yes_no(self.lang) if prompt.kind == "yes-no" else self._rows(prompt)
        if prompt.optional:
            keys = ("0",) if rows[0].keys else ()
            rows.append(Row(Sign.SKIP, self._unanswered(), keys))
        known = prompt.default in [row.value for row in rows]
        pointed = prompt.default if known else Sign.SKIP if prompt.optional else rows[0].value
        return widgets.select(frame, rows, pointed)

    def _unanswered(self) -> str:
        return (self.beside and self.beside.unanswered) or say("walk.leave-open", self.lang)

    def _offered(self, frame: Frame, prompt: Prompt, today: date) -> Any:
        """The words that are offered, each with its number; the row after them asks for others."""
        held, rows = prompt.default, self._rows(prompt)
        digits = ((str(len(rows) + 1),), ("0",)) if len(rows) < widgets.DIGITS else ((), ())
        rows.append(Row(OTHER, say("walk.other-words", self.lang), digits[0]))
        rows += [Row(Sign.SKIP, say("walk.leave-open", self.lang), digits[1])] if prompt.optional else []
        known = held in [option.id for option in prompt.options]
        said = widgets.select(frame, rows, held if known else OTHER if held else rows[-1].value)
        if said is not OTHER:
            return said
        words = self._text(frame, replace(prompt, options=(), default=None if known else held), today, None)
        return self._offered(frame, prompt, today) if words is Sign.BACK else words

    def _rows(self, prompt: Prompt) -> list[Row]:
        """The options, numbered while one digit is enough."""
        numbered = len(prompt.options) <= widgets.DIGITS
        labels = [(option.id, pick(option.label, self.lang)) for option in prompt.options]
        return [Row(key, label, (str(i),) if numbered else ()) for i, (key, label) in enumerate(labels, 1)]

    def _ticks(self, frame: Frame, prompt: Prompt) -> Any:
        held = prompt.default or []
        ticked = [key for key, on in held.items() if on] if isinstance(held, dict) else held
        return widgets.ticks(frame, self._rows(prompt), ticked)

    def _check(self, frame: Frame, prompt: Prompt) -> Any:
        """Done, skip or not now, with one key; the fourth row asks for a note."""
        keys = (("d", "1"), ("s", "2"), ("n", "3"), ("m", "4"))
        names = (*STATES, NOTED)
        rows = [Row(name, say(f"walk.{name}", self.lang), key) for name, key in zip(names, keys, strict=True)]
        held: Any = prompt.default or STATES[0]
        noted = isinstance(held, dict)
        said = widgets.select(frame, rows, NOTED if noted else held)
        if said != NOTED:
            return said
        ask = Frame(frame.position, say("walk.note", self.lang), self.lang, self.output, self.keys)
        note = widgets.text(ask, default=held["note"] if noted else "")
        if note in {Sign.BACK, Sign.WHY}:
            return self._check(frame, prompt)
        return note if note is Sign.PAUSE else {"state": "not-now", "note": "" if note is Sign.SKIP else note}

    def _line(self, prompt: Prompt, held: Any) -> str:
        """An answer as it would be typed."""
        if isinstance(held, list):
            return ", ".join(self._named(prompt, one) for one in held)
        return self._named(prompt, held)

    def _named(self, prompt: Prompt, held: Any) -> str:
        if prompt.kind == "number":
            return written(held)
        option = next((option for option in prompt.options if option.id == held), None)
        return pick(option.label, self.lang) if option else str(held)

    def _label(self, prompt: Prompt, held: Any) -> str:
        """An answer as it is read."""
        if prompt.kind == "date":
            return show_day(date.fromisoformat(held), self.lang)
        if isinstance(held, bool):
            return say("walk.yes" if held else "walk.no", self.lang)
        if prompt.kind == "check":
            state, note = (held["state"], held["note"]) if isinstance(held, dict) else (held, "")
            name = say(f"walk.{state}", self.lang)
            return say("walk.file-named", self.lang, name=name, about=note) if note else name
        if isinstance(held, dict):
            held = [key for key, on in held.items() if on]
        if isinstance(held, list):
            return say("walk.between", self.lang).join(self._named(prompt, one) for one in held) or "-"
        return self._named(prompt, held)


def _place(walk: Walk) -> str:
    here, of = walk.position
    return f"{here}/{of}"
