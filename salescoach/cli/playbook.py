"""`salescoach playbook`: read, check and write playbooks."""

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from salescoach.cli.options import Json
from salescoach.cli.result import Result
from salescoach.errors import ExitCode, NotFoundError, UsageError
from salescoach.language import Lang, pick, say

if TYPE_CHECKING:
    from salescoach.cli.context import Session
    from salescoach.lint.finding import Finding
    from salescoach.playbook.authoring import Draft
    from salescoach.playbook.library import Library
    from salescoach.playbook.models import Kind
    from salescoach.playbook.shelf import Entry

app = typer.Typer(help="cli.playbook", add_completion=False, rich_markup_mode=None)

PlaybookId = Annotated[str, typer.Argument(metavar="ID", help="playbook.arg-id")]


@app.command("list", help="playbook.help-list")
def list_(ctx: typer.Context, as_json: Json = False) -> Result:
    """Every playbook of every layer."""
    from salescoach.cli.show import width
    from salescoach.render.playbooks import list_text

    session: Session = ctx.obj
    entries = session.library().entries()
    document = {
        "schema": "salescoach/playbooks@1",
        "playbooks": [_entry_document(layer, entry, session.lang) for layer, entry in entries],
    }
    return Result(document=document, show=list_text(entries, session.lang, width(sys.stdout)), json=as_json)


@app.command("show", help="playbook.help-show")
def show(ctx: typer.Context, id_: PlaybookId, as_json: Json = False) -> Result:
    """One playbook as a page."""
    from salescoach.cli.show import width
    from salescoach.playbook.models import KINDS
    from salescoach.render.playbooks import page

    session: Session = ctx.obj
    layer, entry = find(session.library(), id_)
    book = session.library().get(KINDS[entry.kind], entry.id)
    document = {
        "schema": "salescoach/playbook@1",
        **_entry_document(layer, entry, session.lang),
        "playbook": book,
    }
    return Result(document=document, show=page(book, layer, entry.path, session.lang, width(sys.stdout)), json=as_json)


@app.command("lint", help="playbook.help-lint")
def lint(
    ctx: typer.Context,
    path: Annotated[Path | None, typer.Argument(metavar="PATH", help="playbook.arg-path", show_default=False)] = None,
    as_json: Json = False,
) -> Result:
    """Check a file, a folder, or everything."""
    from salescoach.playbook.layers import playbook_files

    session: Session = ctx.obj
    files = None if path is None else _files(path)
    found = _checked(session, files, within=[] if path is None or path in (files or ()) else [path])
    count = len(files) if files is not None else sum(len(playbook_files(one)) for one in session.library().layers)
    errors = sum(one.level == "error" for one in found)
    sums = {"files": count, "errors": errors, "warnings": len(found) - errors}
    document = {
        "schema": "salescoach/lint@1",
        **sums,
        "findings": [one.document(session.lang) for one in found],
    }
    picture = "\n".join([*_finding_lines(found, session.lang), _lint_sum(sums, session.lang)])
    code = ExitCode.INVALID if errors else ExitCode.OK
    return Result(document=document, show=_text(picture), json=as_json, exit_code=code)


@app.command("new", help="playbook.help-new")
def new(
    ctx: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="KIND", help="playbook.arg-kind")],
    id_: Annotated[str, typer.Argument(metavar="ID", help="playbook.arg-new-id")],
) -> Result:
    """A file to start from, in the personal layer."""
    from salescoach.playbook.authoring import home_of, parse_kind, sanitised, scaffold, write_new
    from salescoach.records.names import clean_name

    session: Session = ctx.obj
    known, slug = parse_kind(kind), sanitised(id_)
    taken = [entry for _, entry in session.library().entries() if (entry.kind, entry.id) == (known, slug)]
    if taken:
        raise UsageError("playbook-exists", kind=known, id=slug, path=taken[0].path)
    path = home_of(session.settings.personal_playbooks, known, slug)
    title = slug.replace("-", " ").capitalize() if id_.isascii() else clean_name(id_)
    write_new(path, scaffold(known, slug, title, session.lang))
    command = f"salescoach playbook edit {slug}"
    document = {"schema": "salescoach/playbook-file@1", "path": str(path), "kind": known, "id": slug, "next": command}
    return Result(document=document, show=_text(say("playbook.new-made", session.lang, path=path, command=command)))


@app.command("edit", help="playbook.help-edit")
def edit(ctx: typer.Context, id_: PlaybookId) -> Result:
    """Change a playbook in an editor; it becomes active only when it holds."""
    session: Session = ctx.obj
    kind, slug, target, text = _to_edit(session, id_)
    draft = _draft(target, text, session.lang)
    _edit_until_it_holds(session, draft, kind, slug)
    document = {"schema": "salescoach/playbook-file@1", "path": str(target), "kind": kind, "id": slug, "changed": True}
    if not draft.changed:
        draft.discard()
        return Result(document={**document, "changed": False}, show=say("playbook.edit-same", session.lang))
    draft.activate()
    remarks = _finding_lines(_checked(session, [target], quick=True), session.lang)
    saved = say("playbook.edit-saved", session.lang, path=target)
    return Result(document={**document, "findings": remarks}, show=_text("\n".join([saved, *remarks])))


@app.command("schema", help="playbook.help-schema")
def schema(
    ctx: typer.Context,
    kind: Annotated[str | None, typer.Argument(metavar="KIND", help="playbook.arg-kind", show_default=False)] = None,
) -> Result:
    """The JSON Schema of one kind, or of all."""
    from salescoach.playbook.authoring import parse_kind
    from salescoach.playbook.check import json_schema

    document = json_schema(parse_kind(kind) if kind else None)
    return Result(document={"schema": "salescoach/playbook-schema@1", **document}, json=True)


@app.command("sources", help="playbook.help-sources")
def sources(ctx: typer.Context, as_json: Json = False) -> Result:
    """Every framework of the sources, and which playbooks carry it."""
    from salescoach.cli.show import width
    from salescoach.playbook.layers import built_in
    from salescoach.playbook.library import open_library
    from salescoach.playbook.sources import coverage, read_sources
    from salescoach.render.playbooks import sources_text

    session: Session = ctx.obj
    layer = built_in()  # the list is of what lies beside it
    ours = open_library((layer,), session.settings.cache).readable()
    table = coverage(read_sources(layer.folder)[1], ours)
    document = {
        "schema": "salescoach/sources@1",
        "ids": [
            {
                "id": one.framework.id,
                "title": pick(one.framework.title, session.lang),
                "items": one.framework.items,
                "carried": one.carried,
                "covered_by": list(one.covered_by),
                "not_content": pick(one.why, session.lang) if one.why else None,
            }
            for one in table
        ],
        "uncovered": [one.framework.id for one in table if not one.whole],
    }
    return Result(document=document, show=sources_text(table, session.lang, width(sys.stdout)), json=as_json)


@app.command("gaps", help="playbook.help-gaps")
def gaps(
    ctx: typer.Context,
    id_: Annotated[str | None, typer.Argument(metavar="[ID]", help="playbook.arg-gap", show_default=False)] = None,
    topic: Annotated[str | None, typer.Option("--topic", metavar="TOPIC", help="playbook.opt-topic")] = None,
    drop: Annotated[bool, typer.Option("--drop", help="playbook.opt-drop")] = False,
    as_json: Json = False,
) -> Result:
    """Sentences that no topic fitted."""
    from salescoach.cli.gaps import gaps as handled

    return handled(ctx.obj, id_, topic, drop, as_json)


def _checked(
    session: "Session", files: Sequence[Path] | None = None, *, within: Sequence[Path] = (), quick: bool = False
) -> "list[Finding]":
    """
    What the checks say of some files, or of all, among the playbooks as they are now.

    Args:
        within: The folders that the files were found in.
        quick: Do not ask which topic a customer's sentence is taken for: what has changed would be learned first.
    """
    from salescoach.cli.progress import counted
    from salescoach.cli.understanding import LONG, LongToLearnError, nearest, topics_of
    from salescoach.lint.run import check_playbooks
    from salescoach.playbook.library import open_library

    library = open_library(session.library().layers, session.settings.cache)

    def understood(sentences: Sequence[str]) -> list[str | None] | None:
        try:
            with counted(say("lint.asking", session.lang), len(sentences)) as told:
                found = nearest(library, topics_of(library), sentences, most=LONG, told=told)
        except LongToLearnError:
            return None
        return [one[0].topic if one else None for one in found]

    def counting(pieces: int) -> "AbstractContextManager[Callable[[int], None]]":
        return counted(say("lint.working", session.lang), pieces)

    return check_playbooks(
        library,
        files,
        within=within,
        today=session.today,
        understood=None if quick else understood,
        counting=counting,
    )


def find(library: "Library", name: str) -> tuple[str, "Entry"]:
    """
    The playbook that an id, or kind/id, names, with its layer.

    Raises:
        NotFoundError: None, or one of several kinds; the nearest are named.
    """
    from difflib import get_close_matches

    wanted = name.strip().lower()
    named = {f"{entry.kind}/{entry.id}": (layer, entry) for layer, entry in library.entries()}
    found = [full for full in named if wanted in (full, full.split("/")[1])]
    if len(found) == 1:
        return named[found[0]]
    if found:
        raise NotFoundError("playbook-ambiguous", nearest=found, name=name)
    ids = list(dict.fromkeys(full.split("/")[1] for full in named))
    raise NotFoundError("playbook-not-found", nearest=get_close_matches(wanted.split("/")[-1], ids, 3, 0.4), name=name)


def _entry_document(layer: str, entry: "Entry", lang: Lang) -> dict[str, Any]:
    return {
        "kind": entry.kind,
        "id": entry.id,
        "version": entry.version,
        "title": pick(entry.title, lang),
        "status": entry.status,
        "layer": layer,
        "path": entry.path,
    }


def _files(path: Path) -> tuple[Path, ...]:
    from salescoach.playbook.layers import Layer, playbook_files

    if os.path.isdir(path):  # noqa: PTH112 - of a name that cannot be one it says no, where Path raises
        return playbook_files(Layer(name="team", folder=path))
    if not os.path.lexists(path):
        raise NotFoundError("playbook-path-absent", path=str(path))
    return (path,)


def _finding_lines(found: "Sequence[Finding]", lang: Lang) -> list[str]:
    """A line a finding, its file as seen from here."""
    here = f"{Path.cwd()}/"
    return [one.line(lang).removeprefix(here) for one in found]


def _lint_sum(sums: dict[str, int], lang: Lang) -> str:
    return say("playbook.lint-sum" if sums["errors"] + sums["warnings"] else "playbook.lint-clean", lang, **sums)


def _text(plain: str) -> str:
    """Text that may hold words from a file: nothing in it acts on the terminal."""
    from salescoach.cli.show import shown

    return "\n".join(shown(line) for line in plain.split("\n"))


def _to_edit(session: "Session", id_: str) -> "tuple[Kind | None, str, Path, str]":
    """Kind, id, the file that becomes active, and the text to start from; a broken file of one's own comes first."""
    from salescoach.playbook.authoring import files_named, home_of, text_of

    folder = session.settings.personal_playbooks
    layer, entry = None, None
    try:
        layer, entry = find(session.library(), id_)
    except NotFoundError:
        if not any(files_named(folder, id_)):
            raise
    if entry is not None and layer == "personal":
        return entry.kind, entry.id, Path(entry.path), text_of(Path(entry.path))
    slug = entry.id if entry else id_
    for broken in files_named(folder, slug):
        if entry is None or broken == home_of(folder, entry.kind, slug):
            return entry.kind if entry else None, slug, broken, text_of(broken)
    assert entry is not None  # find raised otherwise
    return entry.kind, slug, home_of(folder, entry.kind, slug), text_of(Path(entry.path))


def _draft(target: Path, text: str, lang: Lang) -> "Draft":
    from salescoach.playbook.authoring import Draft

    draft = Draft(target, text)
    if draft.resumed:
        _tell(say("playbook.edit-resumed", lang, path=draft.path))
    return draft


def _edit_until_it_holds(session: "Session", draft: "Draft", kind: "Kind | None", slug: str) -> None:
    """Open the editor again and again, as long as the rep wants, until the draft holds; else raise what is wrong."""
    from salescoach.cli.show import show_error

    while True:
        _open(draft, terminal=session.interactive)
        found = draft.problems(kind, slug)
        if not found:
            return
        _tell(say("playbook.edit-kept", session.lang, path=draft.path))
        if not session.interactive:
            raise found[0].error()
        for problem in found[:5]:
            show_error(problem.error(), session.lang)
        from salescoach.walk.terminal import confirm

        if not confirm(say("playbook.edit-again", session.lang), session.lang, default=True):
            raise found[0].error()


def _open(draft: "Draft", *, terminal: bool) -> None:
    """Open the editor; where that fails, a draft in which nothing was written yet is not left behind."""
    from salescoach.cli.editor import open_editor

    try:
        open_editor(draft.path, terminal=terminal)
    except UsageError:
        if not draft.changed:
            draft.discard()
        raise


def _tell(text: str) -> None:
    from salescoach.cli.show import write

    write(_text(text) + "\n", sys.stderr)
