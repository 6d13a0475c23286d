"""All checks over all files."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import reduce
from pathlib import Path

from salescoach.errors import PlaybookError
from salescoach.lint import coverage, ids, references, screens, texts, wording
from salescoach.lint.finding import Finding, finding, of_problem
from salescoach.lint.source import Known, Source, Understood, known_of, read_source
from salescoach.listing import ELSEWHERE, SOURCES, links_out, part_below
from salescoach.playbook.compile import Counting, as_problem, misplaced, untold
from salescoach.playbook.layers import playbook_files
from salescoach.playbook.library import Library
from salescoach.playbook.sources import Framework, read_sources

Check = Callable[[Source, Known], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    texts.both_languages,
    texts.same_placeholders,
    texts.same_items,
    texts.known_placeholders,
    texts.plain_words,
    texts.full_width,
    references.known_techniques,
    references.something_to_choose,
    references.something_to_replace,
    references.known_purposes,
    references.known_topics,
    references.known_phrasings,
    references.known_answers,
    references.known_items,
    references.known_proposals,
    references.known_training,
    coverage.known_frameworks,
    coverage.carried_elements,
    ids.ids_once,
    ids.ids_of_one_kind,
    screens.pauses_first,
    screens.explores_before_responding,
    screens.first_block_fits,
    screens.sections_are_short,
    screens.card_fits,
    wording.sourced_figures,
    wording.up_to_date,
    wording.no_pressure,
)


def check_playbooks(
    library: Library,
    files: Sequence[Path] | None = None,
    *,
    within: Sequence[Path] = (),
    today: date | None = None,
    understood: Understood | None = None,
    counting: Counting = untold,
) -> list[Finding]:
    """
    Every remark on some playbook files, in the order of files and lines.

    Args:
        library: What the files may refer to. Broken files in it do no harm.
        files: What is checked; None for every file of every layer.
        within: The folders that these files were found in.
        today: For what was to be read again; None asks nothing of it.
        understood: Which topics sentences are taken for; None does not ask. The built-in set is not asked: it is
            thousands of sentences, and has a test of its own.
        counting: Is told how far it is, of twice as many pieces as there are files.
    """
    found: list[Finding] = []
    books = library.readable()  # has a bar of its own
    groups = _of_layers(library, found) if files is None else [tuple(files)]
    with counting(2 * sum(map(len, groups))) as told:
        sources = [source for group in groups for source in _group(group, library, found, told)]
        roots = [os.path.realpath(one) for one in (*(layer.folder for layer in library.layers), *within)]
        found += [stray for source in sources for stray in _misplaced(source, roots)]
        folder = _listed(library)
        known = known_of([*books, *(source.playbook for source in sources)], _frameworks(folder))
        known = replace(known, today=today)
        for source in sources:
            found += [remark for check in CHECKS for remark in check(source, known)]
            told(1)
    upper, ours = ([source for source in sources if source.built_in == built_in] for built_in in (False, True))
    found += _other_topics(upper, known, understood) if understood else ()
    found += wording.said_once(ours)
    folders = [layer.folder for layer in library.layers] if files is None else within
    found += [_link(path) for one in folders for path in links_out(str(one))]
    if files is None and folder is not None:
        found += coverage.not_carried(folder, [source.playbook for source in ours])
    return sorted(found, key=_order)


def _link(path: str) -> Finding:
    return finding("PB037", f"{path}:1:1", target=os.path.realpath(path))


def _group(files: Sequence[Path], library: Library, found: list[Finding], told: Callable[[int], None]) -> list[Source]:
    """The files of one layer that hold."""
    ours = [layer.folder.resolve() for layer in library.layers if layer.name == "built-in"]
    good = []
    for file in files:
        source = _read(file, ours, found)
        good += [source] if source else []
        told(1)
    found += _twice(good)
    return good


def _other_topics(sources: Sequence[Source], known: Known, understood: Understood) -> Iterator[Finding]:
    """What customers say that is taken for another topic: each sentence is asked once, and all in one go."""
    told = [(source, path, words) for source in sources for path, _, words in wording.told_by_customers(source)]
    said = list(dict.fromkeys(words for *_, words in told))
    topics = understood(said) if said else ()
    if topics is None:
        source, path, _ = told[0]
        yield source.finding("PB036", path, count=len(said))
        return
    asked = replace(known, taken_for=dict(zip(said, topics, strict=True)))
    for source in sources:
        yield from wording.own_topic(source, asked)


def _listed(library: Library) -> Path | None:
    """The folder of the built-in set, where the list of the sources lies in it."""
    built_in = [layer.folder for layer in library.layers if layer.name == "built-in"]
    return next((folder for folder in built_in if (folder / SOURCES).exists()), None)


def _frameworks(folder: Path | None) -> Sequence[Framework]:
    """What the list holds; nothing where it is broken, which is a remark of its own."""
    try:
        return read_sources(folder)[1].frameworks if folder else ()
    except PlaybookError:
        return ()


def _of_layers(library: Library, found: list[Finding]) -> list[tuple[Path, ...]]:
    groups = []
    for layer in library.layers:
        try:
            groups.append(playbook_files(layer))
        except PlaybookError as error:
            found.append(of_problem(as_problem(error)))
    return groups


def _read(file: Path, ours: Sequence[Path], found: list[Finding]) -> Source | None:
    real = Path(os.path.realpath(file))  # of a link to itself too, where Path.resolve raises
    built_in = any(real.is_relative_to(folder) for folder in ours)
    source = read_source(file, built_in=built_in)
    if isinstance(source, Source):
        return source
    found += [of_problem(problem) for problem in source]
    return None


def _misplaced(source: Source, roots: Sequence[str]) -> Iterator[Finding]:
    """What lies below a folder of another kind; where it lies counts from the first of these folders that holds it."""
    path = Path(os.path.realpath(source.positioned.name))
    root = next((one for one in roots if path.is_relative_to(one)), path.parent)
    part = reduce(part_below, path.relative_to(root).parent.parts, ELSEWHERE)
    if stray := misplaced(str(path), source.playbook.kind, part):
        yield source.finding("PB038", ("kind",), **stray.facts)


def _twice(sources: Sequence[Source]) -> Iterator[Finding]:
    """A kind and id is one file's alone in a layer."""
    seen: dict[tuple[str, str], str] = {}
    for source in sources:
        book = source.playbook
        other = seen.setdefault((book.kind, book.id), source.positioned.name)
        if other != source.positioned.name:
            yield finding("PB002", source.positioned.where(("id",)), kind=book.kind, id=book.id, other=other)


def _order(remark: Finding) -> tuple[str, int, int, str]:
    file, line, column = remark.where.rsplit(":", 2)
    return file, int(line), int(column), remark.code
