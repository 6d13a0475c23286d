"""Walking a checklist from the command line: at a terminal, from an answers file, or printed to be filled in."""

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from functools import partial
from typing import TYPE_CHECKING, Any

from salescoach.cli.result import Result
from salescoach.errors import InvalidError, StoreError, UsageError
from salescoach.language import say, show_day
from salescoach.playbook.models import ChoicesFrom, Objection, Technique, Typology
from salescoach.records.models import Contact, Draft
from salescoach.shape import value

if TYPE_CHECKING:
    from salescoach.cli.context import Session
    from salescoach.cli.meter import Meter
    from salescoach.playbook.library import Library
    from salescoach.walk.beside import Beside
    from salescoach.walk.machine import Walk
    from salescoach.walk.values import Option

#: Makes the walk from the answers it starts with: none, or those of a draft.
Build = Callable[[Mapping[str, Any]], "Walk"]
#: An answers file larger than this is not one.
LARGEST = 1_048_576


@value
class Asking:
    """How a walk is to be asked, and what its draft is filed under."""

    command: str  # of the draft, and of the line that resumes: "prep"
    subject: str  # what the draft is about: an id
    line: str  # the command line that goes on with this walk
    answers: str | None = None  # --answers FILE or "-"
    questions: bool = False  # --questions
    hidden: bool = True  # a file may answer what its other answers hide
    empty: bool = True  # a file may be without a word; not where all left open would mean something
    carried: Mapping[str, Any] = field(default_factory=dict)  # kept in the draft too, under names with _ first


def conduct(
    session: "Session", asking: Asking, build: Build, beside: "Beside | None" = None, meter: "Meter | None" = None
) -> "Walk | Result":
    """
    The finished walk; with `--questions` the file to fill in, as a result to be shown.

    At a terminal a draft is resumed, and kept after every answer; the caller drops it together with its save. What
    stands `beside` a question is shown before it. A `meter` counts what the walk costs at a
    terminal, over all sittings.

    Raises:
        UsageError: Nobody can be asked and there are no answers.
        InvalidError: The answers file does not hold.
        Interrupted: Paused; the draft is kept.
        StoreError: An answer could not be kept, or another window went on with this walk.
    """
    if asking.questions:
        from salescoach.walk.scripted import template

        said = _said(_begun(session, asking), asking)
        walk = build(meter.begin(said) if meter else said or {})
        return Result(document={}, show=template(walk, session.lang, beside))
    if asking.answers is not None:
        from salescoach.walk.scripted import answer_all

        name = "-" if asking.answers == "-" else asking.answers
        text = read_answers(asking.answers)
        walk = answer_all(build({}), text, name, hidden=asking.hidden, empty=asking.empty)
        if begun := _begun(session, asking):
            tell(session, say("cli.replaced", session.lang, day=show_day(begun.updated, session.lang)))
        return walk
    if not session.interactive:
        raise UsageError("no-answers", command=asking.line)
    return _at_terminal(session, asking, build, beside, meter)


def _begun(session: "Session", asking: Asking) -> Draft | None:
    return session.store().drafts.find(asking.command, asking.subject) if session.has_store() else None


def _said(draft: Draft | None, asking: Asking) -> dict[str, Any] | None:
    """What was answered, without what the draft keeps beside it."""
    return {key: one for key, one in draft.answers.items() if key not in asking.carried} if draft else None


def _at_terminal(
    session: "Session", asking: Asking, build: Build, beside: "Beside | None", meter: "Meter | None"
) -> "Walk":
    from salescoach.walk.terminal import run

    session.store().must_be_writable()
    drafts = session.store().drafts
    kept = drafts.find(asking.command, asking.subject)
    if kept is not None:
        tell(session, say("cli.resuming", session.lang, day=show_day(kept.updated, session.lang)))
    name = kept.id if kept is not None else session.store().new_id()

    last = kept

    def keep(state: Mapping[str, Any]) -> None:
        nonlocal last
        answers = meter.step(state) if meter else dict(state)
        answers |= asking.carried
        draft = Draft(
            id=name, command=asking.command, subject=asking.subject, answers=answers, updated=session.today
        )  # fmt: skip
        last = drafts.go_on(draft, last)
        if last is None:
            raise StoreError("walk-elsewhere", command=asking.line)

    answers = _said(kept, asking)
    walk = build(meter.begin(answers) if meter else answers or {})
    if kept is not None and walk.current is None:
        walk = walk.back()  # all was answered: the rep sees the last question again before anything is saved
    return run(walk, session.lang, keep=keep, resume=asking.line, echo=partial(tell, session), beside=beside)


def tell(session: "Session", line: str) -> None:
    """A line for the rep, beside the result: on stderr, broken between words where the terminal is narrower."""
    from salescoach.cli.show import broken, shown, write

    write(broken(shown(line), sys.stderr) + "\n", sys.stderr)


def read_answers(name: str) -> str:
    """
    The text of an answers file, "-" for standard input.

    Raises:
        InvalidError: It cannot be read, is too large or is not UTF-8.
    """
    try:
        if name == "-":
            raw = sys.stdin.buffer.read(LARGEST + 1)
        else:
            with open(name, "rb") as file:  # noqa: PTH123 - a name as typed, "-" aside
                raw = file.read(LARGEST + 1)
    except OSError as error:
        raise InvalidError("answers-unreadable", name=name, why=error.strerror or str(error)) from None
    if len(raw) > LARGEST:
        raise InvalidError("answers-too-large", name=name)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidError("answers-not-utf8", name=name) from None


#: Playbooks that are chosen by their titles.
NAMED: tuple[tuple[ChoicesFrom, type[Objection | Technique]], ...] = (("topics", Objection), ("techniques", Technique))


def choices(
    library: "Library",
    contacts: Sequence[Contact] = (),
    questions: Sequence[str] = (),
    carried: Mapping[str, str] | None = None,
) -> dict[ChoicesFrom, Sequence["Option"]]:
    """
    What `choices_from` stands for: the playbooks' topics, techniques, cues and types, and the client's people.

    Args:
        questions: What the rep had in mind to ask.
        carried: What came back too often, by id, in words.
    """
    from salescoach.walk.values import Option

    styles = library.get(Typology, "styles")
    return {
        "contacts": [Option(id=one.name, label=one.name) for one in contacts],
        **{name: [Option(id=id_, label=title) for id_, title in library.titles(cls).items()] for name, cls in NAMED},
        "cues": [Option(id=cue.id, label=cue.text) for cue in styles.cues],
        "styles": [Option(id=one.id, label=one.title) for one in styles.entries if one.id != "neutral"],
        "behaviours": [Option(id=one.id, label=one.title) for one in library.get(Typology, "behaviours").entries],
        "purposes": [Option(id=one.id, label=one.title) for one in library.get(Typology, "purposes").entries],
        "planned-questions": [Option(id=text, label=text) for text in questions],
        "carried": [Option(id=id_, label=label) for id_, label in (carried or {}).items()],
    }
