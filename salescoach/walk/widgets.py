"""The prompts of a walk: questionary's, with keys for back, skip, pause and why, which it has none of.

Every prompt erases itself when it is left; what was said is written as one line by whoever asked. Imported only when
a person is asked at a terminal.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

import questionary
from prompt_toolkit.application import Application, get_app
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition, FilterOrBool, is_done, to_filter
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.input import Input
from prompt_toolkit.key_binding import KeyBindings, merge_key_bindings
from prompt_toolkit.key_binding.key_processor import KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import ConditionalContainer, HSplit, Layout, Window
from prompt_toolkit.layout.controls import FormattedTextControl
from prompt_toolkit.layout.layout import walk
from prompt_toolkit.layout.processors import AfterInput
from prompt_toolkit.output import Output
from questionary.prompts.common import InquirerControl

from salescoach.language import Lang, say, visible
from salescoach.wrap import wrap

#: Rows that can be picked with one digit.
DIGITS = 9
#: Rows kept free below an input for its suggestions.
MENU = 6
POINTER = ">"
#: A question is not broken into shorter rows than this, however narrow the screen.
LEAST = 20


class Sign(Enum):
    """What a rep may do instead of answering."""

    BACK = "back"
    SKIP = "skip"
    PAUSE = "pause"
    WHY = "why"


@dataclass(frozen=True, slots=True)
class Row:
    """One line to choose from, and the single keys that choose it."""

    value: Any
    label: str
    keys: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The line as shown, its first key in front."""
        return f"{self.keys[0]} {self.label}" if self.keys else self.label


@dataclass(frozen=True, slots=True)
class Frame:
    """What every prompt of a walk has: its place ("3/12"), the question, the language, the terminal."""

    position: str
    ask: str
    lang: Lang
    output: Output
    input: Input | None

    @property
    def words(self) -> str:
        """The question, in rows where it is longer than one."""
        return self.rows(f"{self.position} {self.ask}").removeprefix(self.position).lstrip()

    def rows(self, line: str) -> str:
        """A line, broken as a question is."""
        return "\n".join(wrap(visible(line), max(LEAST, self.output.get_size().columns - 1)))

    @property
    def terminal(self) -> dict[str, Any]:
        """The terminal, as prompt_toolkit takes it."""
        return {"output": self.output, "input": self.input}


def text(
    frame: Frame,
    *,
    default: str = "",
    over: bool = False,
    lines: bool = False,
    after: Callable[[str], str] | None = None,
    words: Sequence[str] = (),
    many: bool = False,
) -> Any:
    """
    Ask for words.

    Args:
        frame: What every prompt has.
        default: Stands in the line already, to be kept or changed.
        over: The first key typed takes the place of the default, as it was not said in this walk; after a key that
            moves in the line, it is changed.
        lines: Alt-Enter starts a new line.
        after: What is shown behind the words while they are typed.
        words: Suggested while typing; Tab picks.
        many: Suggestions go on after each comma.

    Returns:
        The words, or a `Sign`.
    """
    completer = _Words(words, many) if words else None
    processors = [AfterInput(lambda: after(get_app().current_buffer.text), style="class:instruction")] if after else []
    question = questionary.text(
        frame.words,
        default=default,
        qmark=frame.position,
        completer=completer,
        complete_while_typing=bool(words),
        reserve_space_for_menu=MENU if words else 0,
        input_processors=processors,
        **frame.terminal,
    )
    app = question.application
    untouched = Condition(lambda: get_app().current_buffer.text in {"", default})
    keys = _keys(untouched)
    if completer:
        keys.add("tab", eager=True)(completer.pick)
        if not default:
            app.pre_run_callables.append(lambda: app.current_buffer.start_completion(select_first=False))
    if over and default:
        _type_over(keys, app, default)
    if lines:
        keys.add("escape", "enter", eager=True)(lambda event: event.current_buffer.insert_text("\n"))
    hint = "keys-long" if lines else "keys-words" if many else "keys-pick" if words else "keys"
    return _run(app, keys, say(f"walk.{hint}", frame.lang))


def _type_over(keys: KeyBindings, app: "Application[Any]", default: str) -> None:
    """A default is typed over, until somebody moves in it."""
    moved: list[bool] = []
    app.pre_run_callables.append(
        lambda: app.current_buffer.on_cursor_position_changed.add_handler(lambda _: moved.append(True))
    )
    waiting = Condition(lambda: not moved and app.current_buffer.text == default)
    for key in ("right", "end", "c-e"):  # at the end of the line already: they say that it is to go on there
        keys.add(key, filter=waiting)(lambda _: moved.append(True))

    @keys.add(Keys.Any, filter=waiting)
    @keys.add(Keys.BracketedPaste, filter=waiting)
    def replace(event: KeyPressEvent) -> None:
        if event.data.isprintable():
            event.current_buffer.reset()
            event.current_buffer.insert_text(event.data)


def any_key(words: str, output: Output, keys: Input | None) -> None:
    """Wait for a key below what was just printed."""
    question = questionary.press_any_key_to_continue(words, output=output, input=keys)
    question.application.erase_when_done = True
    question.unsafe_ask()


def select(frame: Frame, rows: Sequence[Row], pointed: Any, *, alone: bool = False, hint: str = "") -> Any:
    """
    Ask for one of `rows`; a row's key chooses it at once, Enter the one pointed at. Without keys, typing filters.
    `alone`: a single question with nothing to go back to, to skip or to explain. `hint`: of which keys the line below
    tells, where these are not the usual ones.

    Returns:
        The row's value, or a `Sign`.
    """
    filtering = not any(row.keys for row in rows)
    question = questionary.select(
        frame.words,
        choices=[questionary.Choice(row.title, value=row.value) for row in rows],
        default=pointed,
        qmark=frame.position,
        pointer=POINTER,
        instruction=" ",
        use_jk_keys=False,
        use_search_filter=filtering,
        **frame.terminal,
    )
    app = question.application
    control = _fit(app)
    keys = KeyBindings() if alone else _keys(_unfiltered(control))
    _closing(keys)
    for row in rows:
        for key in row.keys:
            keys.add(key, eager=True)(_leaving(row.value))
    if filtering:
        _filter_any_script(keys, control)
    name = "keys-filter" if filtering else "keys"
    named = hint or (f"{name}-alone" if alone else name)
    return _run(app, keys, _hint(control, say(f"walk.{named}", frame.lang), frame.lang))


def ticks(frame: Frame, rows: Sequence[Row], ticked: Iterable[Any]) -> Any:
    """
    Ask for any number of `rows`: Space or a row's digit ticks, Enter is done. Without keys, typing filters.

    Returns:
        The values that are ticked, in order, or a `Sign`.
    """
    filtering, checked = not any(row.keys for row in rows), set(ticked)
    question = questionary.checkbox(
        frame.words,
        choices=[questionary.Choice(row.title, value=row.value, checked=row.value in checked) for row in rows],
        qmark=frame.position,
        pointer=POINTER,
        instruction=" ",
        use_jk_keys=False,
        use_search_filter=filtering,
        **frame.terminal,
    )
    app = question.application
    control = _fit(app)
    _plain_boxes(control)
    keys = _keys(_unfiltered(control))
    _closing(keys)
    for row in rows:
        for key in row.keys:
            keys.add(key, eager=True)(_ticking(control, row.value))
    if filtering:
        _filter_any_script(keys, control)
    hint = say("walk.keys-filter-tick" if filtering else "walk.keys-tick", frame.lang)
    return _run(app, keys, _hint(control, hint, frame.lang))


def _run(app: "Application[Any]", keys: KeyBindings, hint: str | Callable[[], str]) -> Any:
    """Ask, with our keys over questionary's and a line that names them below."""
    keys.add("c-\\", eager=True)(lambda event: event.app.exit(exception=KeyboardInterrupt))
    app.key_bindings = merge_key_bindings([app.key_bindings or KeyBindings(), keys])
    app.erase_when_done = True
    line = Window(FormattedTextControl(hint), height=1, dont_extend_height=True, style="class:instruction")
    app.layout = Layout(HSplit([app.layout.container, ConditionalContainer(line, ~is_done)]))
    return app.run(handle_sigint=False)  # a signal is the program's own: the library's loses one between two prompts


def _keys(untouched: FilterOrBool) -> KeyBindings:
    """The keys that every prompt of a walk has; `?` only while nothing was typed."""
    keys = KeyBindings()
    for sign, names in ((Sign.BACK, ("c-b", "s-tab")), (Sign.SKIP, ("c-s",)), (Sign.PAUSE, ("c-p",))):
        for name in names:
            keys.add(name, eager=True)(_leaving(sign))
    for name in ("?", "？"):
        keys.add(name, eager=True, filter=untouched)(_leaving(Sign.WHY))
    return keys


def _closing(keys: KeyBindings) -> None:
    """Ctrl-D leaves a list too, as it does a line of text."""
    keys.add("c-d", eager=True)(lambda event: event.app.exit(exception=EOFError))


def _leaving(answer: Any) -> Callable[[KeyPressEvent], None]:
    return lambda event: event.app.exit(result=answer)


def _ticking(control: InquirerControl, row: Any) -> Callable[[KeyPressEvent], None]:
    def tick(event: KeyPressEvent) -> None:
        held: list[Any] = control.selected_options
        (held.remove if row in held else held.append)(row)

    return tick


def _unfiltered(control: InquirerControl) -> Condition:
    return Condition(lambda: not control.search_filter)


def _unmatched(control: InquirerControl) -> Condition:
    """No row holds what was typed; questionary shows all of them then, one pointed at."""

    def unmatched() -> bool:
        rows = control.filtered_choices  # looks anew
        return bool(rows and control.search_filter) and not control.found_in_search

    return Condition(unmatched)


def _hint(control: InquirerControl, keys: str, lang: Lang) -> Callable[[], str]:
    """The line below a list: its keys, or that nothing matches."""
    unmatched = _unmatched(control)
    return lambda: say("walk.no-match", lang) if unmatched() else keys


def _filter_any_script(keys: KeyBindings, control: InquirerControl) -> None:
    """Questionary filters by ASCII alone: let Chinese filter too; and where nothing matches, take no row."""
    for key in ("enter", "space"):
        keys.add(key, eager=True, filter=_unmatched(control))(lambda event: None)

    @keys.add(Keys.Any)
    @keys.add(Keys.BracketedPaste)
    def narrow(event: KeyPressEvent) -> None:
        for char in event.data:
            if char.isprintable():
                control.add_search_character(char)  # type: ignore[arg-type]


def _fit(app: "Application[Any]") -> InquirerControl:
    """
    Let long rows wrap under themselves instead of being cut off, and show none where none matches what was typed.

    Returns:
        The control that holds the rows.
    """
    window = next(each for each in app.layout.find_all_windows() if isinstance(each.content, InquirerControl))
    window.wrap_lines = to_filter(True)
    window.get_line_prefix = lambda line, wrapped: "     " if wrapped else ""
    control: InquirerControl = window.content  # type: ignore[assignment]
    for each in walk(app.layout.container):
        if isinstance(each, ConditionalContainer) and each.content is window:
            each.filter &= ~_unmatched(control)
    return control


def _plain_boxes(control: InquirerControl) -> None:
    """[x] and [ ] for questionary's bullets, which not every encoding can show."""
    draw: Callable[[], StyleAndTextTuples] = control.text  # type: ignore[assignment]
    boxes = {"● ": "[x] ", "○ ": "[ ] "}
    control.text = lambda: [(style, boxes.get(part, part)) for style, part, *_ in draw()]


class _Words(Completer):
    """Suggests the words that hold what was typed (after the last comma, where there may be many)."""

    def __init__(self, words: Sequence[str], many: bool) -> None:
        self.words = words
        self.many = many

    def pick(self, event: KeyPressEvent) -> None:
        """The next suggestion; the first at once, even where the menu is not drawn yet."""
        buffer = event.current_buffer
        first = next(iter(self.get_completions(buffer.document, CompleteEvent())), None)
        if buffer.complete_state:
            buffer.complete_next()
        elif first:
            buffer.apply_completion(first)

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        typed = document.text_before_cursor
        if self.many:
            typed = typed[max(typed.rfind(char) for char in ",，、;；") + 1 :].lstrip()
        for word in self.words:
            if typed.casefold() in word.casefold():
                yield Completion(word, start_position=-len(typed))
