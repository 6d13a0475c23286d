"""`salescoach crisis`: the 6F as a walk, then who does what by when, the messages, the log and the review."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from salescoach.cli.crises import PLAN, REVIEW, UNSAVED, Build, Desk, Wish
from salescoach.cli.options import Answers, Json, Questions
from salescoach.cli.output import check_format
from salescoach.cli.result import Result
from salescoach.cli.walking import Asking, conduct, read_answers, tell
from salescoach.coach import crisis as coach
from salescoach.errors import InvalidError, NotFoundError, UsageError
from salescoach.language import quoted, say, show_day
from salescoach.records.account import Crisis, LogEntry
from salescoach.records.ids import CrisisKind
from salescoach.records.models import Client, Promise
from salescoach.records.names import short_id

if TYPE_CHECKING:
    from salescoach.cli.handover import Handed
    from salescoach.walk.machine import Walk

app = typer.Typer(add_completion=False)
#: Log entries shown after a new one.
LAST = 5


@app.command(help="crisis.help")
def crisis(
    ctx: typer.Context,
    kind: Annotated[str | None, typer.Argument(help="crisis.kind", show_default=False)] = None,
    audience: Annotated[str | None, typer.Argument(help="crisis.audience", show_default=False)] = None,
    client: Annotated[str | None, typer.Option("--for", metavar="CLIENT", help="crisis.for")] = None,
    show: Annotated[bool, typer.Option("--show", help="crisis.show")] = False,
    log: Annotated[str | None, typer.Option("--log", metavar="TEXT", help="crisis.log")] = None,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="crisis.by", show_default=False)] = "",
    done: Annotated[int | None, typer.Option("--done", metavar="N", help="crisis.done")] = None,
    drafts: Annotated[bool, typer.Option("--drafts", help="crisis.drafts")] = False,
    phase: Annotated[str | None, typer.Option("--phase", metavar="PHASE", help="crisis.phase")] = None,
    review: Annotated[bool, typer.Option("--review", help="crisis.review")] = False,
    close: Annotated[bool, typer.Option("--close", help="crisis.close")] = False,
    export: Annotated[Path | None, typer.Option("--export", metavar="FILE", help="crisis.export")] = None,
    resume: Annotated[str | None, typer.Option("--resume", metavar="FILE", help="crisis.resume")] = None,
    everything: Annotated[bool, typer.Option("--list", help="crisis.list")] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="crisis.fresh")] = False,
    format_: Annotated[str, typer.Option("--format", metavar="FORMAT", help="crisis.format")] = "text",
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="crisis.output")] = None,
    answers: Answers = None,
    questions: Questions = False,
    as_json: Json = False,
) -> Result:
    """Walk the six F for one kind of crisis and show where it stands; or do one thing about it."""
    check_format(format_)
    wish = Wish(
        words=tuple(word for word in (kind, audience) if word),
        client=client, by=by, drafts=drafts, fresh=fresh, answers=answers, questions=questions, phase=_phase(phase),
        form=format_, output=output, as_json=as_json,
    )  # fmt: skip
    desk = Desk(ctx.obj, wish)
    acts: dict[str, tuple[bool, Callable[[], Result]]] = {
        "--show": (show, lambda: desk.show(desk.needed())),
        "--log": (log is not None, lambda: _log(desk, log or "")),
        "--done": (done is not None, lambda: _finish(desk, done or 0)),
        "--drafts": (drafts, lambda: _drafts(desk)),
        "--review": (review, lambda: _review(desk, close=close)),
        "--close": (close and not review, lambda: _close(desk, desk.still_open(desk.needed()))),
        "--export": (export is not None, lambda: _export(desk, export or Path())),
        "--resume": (resume is not None, lambda: _resume(desk, resume or "")),
        "--list": (everything, lambda: _list(desk)),
    }
    wanted = {name: act for name, (on, act) in acts.items() if on}
    if len(wanted) > 1:
        raise UsageError("crisis-one-thing", names=", ".join(wanted))
    return next(iter(wanted.values()), lambda: _walk(desk))()


def _phase(name: str | None) -> coach.Phase | None:
    found = next((phase for phase in coach.PHASES if phase == name), None)
    if name is not None and found is None:
        raise UsageError("crisis-phase", name=name)
    return found


# The walk


def _walk(desk: Desk) -> Result:
    """Walk the six F, of a new crisis or of the open one, and show where it stands."""
    one = None if desk.wish.fresh else desk.found()
    if one is not None:
        return _walked(desk, desk.still_open(one), new=False)
    return _walked(desk, _new(desk), new=True)


def _new(desk: Desk) -> Crisis:
    client = desk.client.id if desk.client else None
    return Crisis(id=UNSAVED, kind=desk.kind(), opened=desk.session.today, client_id=client)


def _walked(desk: Desk, one: Crisis, *, new: bool) -> Result:
    at_terminal = desk.wish.answers is None and not desk.wish.questions and desk.session.interactive
    part: str | None = ""
    if at_terminal and new:
        one = _begun(desk, one)
    elif at_terminal:
        part = _where_to_go_on(desk, one)
    elif not new:
        one = desk.drafted(one)
    if part is None:
        return desk.show(one)
    build = Build(desk, one, PLAN, part, begins_now=at_terminal and new)
    walk = _conducted(desk, PLAN, one, desk.line(one), build)
    if isinstance(walk, Result):
        return walk
    return desk.show(_kept(desk, PLAN, one, walk, new=new and not at_terminal))


def _begun(desk: Desk, one: Crisis) -> Crisis:
    """The new crisis, kept before anything is asked of it."""
    store = desk.session.store()
    with store.transaction():
        _make_room(desk, one)
        return store.crises.add(replace(one, id=store.new_id()))


def _make_room(desk: Desk, one: Crisis) -> None:
    """The open crisis in whose place this one stands is closed; one that holds nothing is not kept."""
    store = desk.session.store()
    if (known := store.crises.find(one.kind, one.client_id)) is None:
        return
    before = desk.drafted(known)
    if before.answers or before.log:
        _end(desk, before)
    else:
        store.crises.remove(before.id)


def _end(desk: Desk, one: Crisis) -> Crisis:
    """The crisis closed, with what its walks had answered."""
    store = desk.session.store()
    for command in (PLAN, REVIEW):
        store.drafts.drop(command, one.id)
    return store.crises.save(replace(one, closed=desk.session.today))


def _where_to_go_on(desk: Desk, one: Crisis) -> str | None:
    """The part that is walked: "" for all that is open; None for none of them."""
    if not one.answers or desk.session.store().drafts.find(PLAN, one.id):
        tell(desk.session, say("crisis.going-on", desk.lang, line=desk.about(one)))
        return ""
    from salescoach.walk.terminal import choose

    made = desk.made(one)
    parts = [("", say("crisis.go-open", desk.lang, count=made.open))] if made.open else []
    parts += [(part.id, part.title) for part in made.parts]
    names = [name for _, name in parts] + [say("crisis.go-show", desk.lang)]
    picked = choose(say("crisis.go-on", desk.lang, line=desk.about(one)), names, desk.lang)
    return parts[picked][0] if picked < len(parts) else None


def _conducted(desk: Desk, command: str, one: Crisis, line: str, build: Build) -> "Walk | Result":
    wish = desk.wish
    asking = Asking(command=command, subject=one.id, line=line, answers=wish.answers, questions=wish.questions)
    return conduct(desk.session, asking, build, build.beside())


def _kept(desk: Desk, command: str, one: Crisis, walk: "Walk", *, new: bool = False) -> Crisis:
    """The answers in the record, and the end of the draft: one transaction."""
    from salescoach.walk.machine import SKIPPED

    store = desk.session.store()
    asked = {*walk.keys.names(), *walk.keys.questions}
    answers = {key: said for key, said in one.answers.items() if key not in asked}
    answers |= {key: said for key, said in walk.state.items() if key != SKIPPED}
    with store.transaction():
        if new:
            _make_room(desk, one)
            one = replace(one, id=store.new_id())
        saved = store.crises.save(replace(one, answers=answers))
        store.drafts.drop(command, one.id)
        if command == REVIEW:
            _promise(desk, saved)
    return saved


# The log, the steps and the messages


def _log(desk: Desk, text: str) -> Result:
    """Write down what happened; where a kind is named and none is open, that opens it."""
    if not (said := _clean(text)):
        raise InvalidError("text-empty")
    one = None if desk.wish.fresh else desk.found()
    if one is None and desk.named[0] is None:
        raise NotFoundError("crisis-none-open")
    return _logged(desk, _begun(desk, _new(desk)) if one is None else desk.still_open(one), said, desk.wish.by)


def _clean(text: str) -> str:
    """Words for the log, as typed answers are cleaned."""
    from datetime import date

    from salescoach.playbook.models import Question
    from salescoach.walk.values import take

    return str(take(Question(id="log", ask="", type="text"), (), text, date.min) or "")


def _logged(desk: Desk, one: Crisis, text: str, who: str) -> Result:
    """The crisis with one entry more, and the last entries."""
    from salescoach.render.crisis import log_text

    store = desk.session.store()
    entry = LogEntry(at=desk.now, text=text, who=_clean(who) or store.me.get().name)
    saved = store.crises.save(replace(one, log=(*one.log, entry)))
    document = {"schema": "salescoach/crisis-log@1", "id": saved.id, "kind": saved.kind, "log": saved.log}
    return desk.out(document, log_text(desk.about(saved), saved.log[-LAST:], desk.lang, desk.columns))


def _finish(desk: Desk, number: int) -> Result:
    """A step is done: marked, and logged."""
    one = desk.still_open(desk.needed())
    steps = desk.made(one).steps
    step = next((step for step in steps if step.number == number), None)
    if step is None:
        raise UsageError("crisis-step", number=number, count=len(steps), id=short_id(one.id))
    kept = desk.session.store().crises.get(one.id)
    marked = kept if step.done else coach.finished(kept, step)
    return _logged(desk, marked, say("crisis.log-done", desk.lang, what=step.what), desk.wish.by or step.who)


def _drafts(desk: Desk) -> Result:
    """The messages of a phase, to be copied and edited."""
    from salescoach.render.crisis import drafts_text

    made = desk.made(desk.needed())
    audience = desk.named[2]
    wanted = [one for one in made.audiences if audience in ("", one.id)]
    document = {
        "schema": "salescoach/crisis-drafts@1",
        "id": made.id,
        "kind": made.kind,
        "phase": made.phase,
        "audiences": coach.audience_documents(wanted),
    }
    return desk.out(document, drafts_text(made, wanted, desk.lang, None if desk.wish.output else desk.columns))


# The end of it


def _review(desk: Desk, *, close: bool) -> Result:
    """Look back: scores, what is kept, what is prevented and by whom; then close it, where that was asked."""
    one = desk.still_open(desk.needed())
    walk = _owned(desk, one)
    if isinstance(walk, Result):
        return walk
    saved = desk.drafted(_kept(desk, REVIEW, desk.session.store().crises.get(one.id), walk))
    return _close(desk, saved) if close else desk.show(saved)


def _owned(desk: Desk, one: Crisis) -> "Walk | Result":
    """The finished review, every measure with one owner; at a terminal it is asked until it has."""
    line = f"{desk.line(one)} --review"
    while True:
        walk = _conducted(desk, REVIEW, one, line, Build(desk, one, REVIEW))
        if isinstance(walk, Result) or (wrong := coach.shared(walk.answers)) is None:
            return walk
        if desk.wish.answers is not None:
            raise InvalidError("crisis-one-owner", what=wrong.what, who=wrong.who)
        tell(desk.session, say("crisis.one-owner", desk.lang, what=wrong.what, who=wrong.who))
        _ask_owner_again(desk, one, wrong)


def _ask_owner_again(desk: Desk, one: Crisis, measure: coach.Action) -> None:
    """Take the owner of a measure out of the draft of the review, so that it is asked for."""
    drafts = desk.session.store().drafts
    if draft := drafts.find(REVIEW, one.id):
        listed = [
            {key: part for key, part in said.items() if (key, said.get("who")) != ("who", measure.who)}
            for said in draft.answers.get(coach.MEASURES) or ()
            if said
        ]
        drafts.keep(replace(draft, answers={**draft.answers, coach.MEASURES: listed}))


def _promise(desk: Desk, one: Crisis) -> None:
    """Measures for a client are promises of ours; one that is written down already is not written again."""
    if one.client_id is None:
        return
    from salescoach.records.sentences import same

    store = desk.session.store()
    known = {same(promise.what) for promise in store.promises.of(one.client_id) if promise.owner == "ours"}
    new = [measure for measure in coach.measures(one.answers) if measure.what and same(measure.what) not in known]
    for measure in new:
        store.promises.add(
            Promise(
                id=store.new_id(),
                client_id=one.client_id,
                owner="ours",
                who=measure.who,
                what=measure.what,
                by=measure.by,
            )
        )
    if new:
        client = quoted(desk.name_of(one))
        tell(desk.session, say("crisis.promised", desk.lang, count=len(new), client=client))


def _close(desk: Desk, one: Crisis) -> Result:
    """Close it, and say what is not done."""
    line, lacking = desk.line(one), coach.lacking(desk.made(one))
    with desk.session.store().transaction():
        closed = _end(desk, one)
    missing = [say(f"crisis.missing-{key}", desk.lang, count=count, command=line) for key, count in lacking]
    lines = [say("crisis.closed", desk.lang, line=desk.about(one))]
    lines += [say("crisis.not-done", desk.lang, what=what) for what in missing]
    document = {**coach.document(desk.made(closed)), "missing": dict(lacking)}
    return desk.out(document, "\n".join(lines))


# From one rep to another


def _export(desk: Desk, path: Path) -> Result:
    """Everything in one file; `-` for standard output."""
    from salescoach.cli import handover

    one = desk.needed()
    document = handover.document(one, desk.name_of(one) or None)
    if str(path) == "-":
        return Result(document=document, json=True)
    handover.write(path, document)
    return Result(document=document, show=say("crisis.exported", desk.lang, path=path), json=desk.wish.as_json)


def _resume(desk: Desk, name: str) -> Result:
    """Go on from a colleague's file."""
    from salescoach.cli import handover

    def questions(kind: CrisisKind) -> "Walk":
        return Build(desk, Crisis(id=UNSAVED, kind=kind, opened=desk.session.today), PLAN)({})

    one = _taken_over(desk, handover.read(read_answers(name), name, questions))
    if one.closed is None and (desk.session.interactive or desk.wish.answers is not None):
        return _walked(desk, one, new=False)
    return desk.show(one)


def _taken_over(desk: Desk, handed: "Handed") -> Crisis:
    """The crisis of a file as one of ours; a client that is not known here becomes one."""
    store = desk.session.store()
    client = store.clients.find_exactly(handed.client) if handed.client else None
    one = replace(handed.crisis, client_id=client.id if client else None)
    unknown = bool(handed.client) and client is None
    before = None if unknown else store.crises.find(one.kind, one.client_id)
    if before is not None and one.closed is None and not desk.wish.fresh:
        raise UsageError("crisis-open-already", line=desk.about(before))
    with store.transaction():
        if unknown:
            client = store.clients.add(Client(id=store.new_id(), name=handed.client or ""))
            one = replace(one, client_id=client.id)
        if one.closed is None:
            _make_room(desk, one)
        added = store.crises.add(replace(one, id=store.new_id()))
    if unknown and client:
        tell(desk.session, say("crisis.client-added", desk.lang, name=client.name))
    return added


def _list(desk: Desk) -> Result:
    """Every crisis, the open ones first."""
    from salescoach.render.lines import crisis_line
    from salescoach.render.listing import listing

    session, lang = desk.session, desk.lang
    found = session.store().crises.list() if session.has_store() else []
    every = sorted(found, key=lambda one: (one.closed is None, one.opened, one.id), reverse=True)
    listed = [
        {
            "id": one.id,
            "kind": one.kind,
            "client": desk.name_of(one) or None,
            "opened": one.opened,
            "closed": one.closed,
        }
        for one in every
    ]
    rows = [
        (short_id(one.id), _state(desk, one), desk.name_of(one), crisis_line(desk.drafted(one), lang, session.today))
        for one in every
    ]
    shown = listing(rows, desk.columns) if rows else say("crisis.none", lang)
    return desk.out({"schema": "salescoach/crises@1", "crises": listed}, shown)


def _state(desk: Desk, one: Crisis) -> str:
    if one.closed is None:
        return say("crisis.state-open", desk.lang)
    return say("crisis.state-closed", desk.lang, day=show_day(one.closed, desk.lang, year=False))
