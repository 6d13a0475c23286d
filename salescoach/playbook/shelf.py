"""A part of one layer of playbooks, compiled: what it holds and what in it is broken."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from salescoach.errors import PlaybookError
from salescoach.language import Text
from salescoach.listing import Listing, stamps
from salescoach.playbook.cache import Cache, decoded
from salescoach.playbook.fingerprint import digest, is_packed, layer_fingerprint, layer_listing, program_stamp
from salescoach.playbook.layers import Layer, playbook_files
from salescoach.playbook.models import KINDS, AnyPlaybook, Kind
from salescoach.playbook.problem import Problem
from salescoach.shape import value

if TYPE_CHECKING:
    from salescoach.playbook.compile import Counting

#: A playbook with the file it comes from.
Filed = tuple[str, AnyPlaybook]


@value
class Entry:
    """A playbook as the index knows it."""

    kind: Kind
    id: str
    version: int
    title: Text
    status: str
    path: str


@value
class Index:
    """What the files were when they were compiled, and what they hold: to list them, and to compile them again."""

    program: str
    stamps: dict[str, str]  # path → stamp
    entries: tuple[Entry, ...]


class Place(NamedTuple):
    """What is asked of a playbook before it is read: where it lies in the file of its kind, its labels, its title."""

    start: int
    length: int
    labels: tuple[str, ...]
    title: Text


@value
class Contents:
    """What is asked first: what is broken, and of which kinds there are any."""

    problems: tuple[Problem, ...]  # the first of each file that cannot be used
    kinds: tuple[Kind, ...]


class Shelf:
    """
    A part of a layer, read from the cache where that is fresh, compiled otherwise; nothing happens before it is asked.

    Args:
        part: See `listing.parted`.
    """

    def __init__(self, layer: Layer, part: str, cache: Cache, counting: "Counting | None" = None) -> None:
        self.layer, self.part = layer, part
        self._counting = counting
        self._cache = cache
        self._name = f"{layer.name}-{digest([str(layer.folder)])[:8]}/{part or 'others'}"
        self._places: dict[Kind, dict[str, Place]] = {}
        self._compiled: tuple[Filed, ...] | None = None

    @cached_property
    def fingerprint(self) -> str:
        """What the files are now."""
        return layer_fingerprint(self.layer, self.part, self.files)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What cannot be used."""
        return self._contents.problems

    def entries(self) -> tuple[Entry, ...]:
        """What there is, without loading it."""
        if self._compiled is None and self._contents.kinds:
            index: Index | None = self._cache.read(f"{self._name}/index", self.fingerprint, Index)
            if index is not None:
                return index.entries
            self._contents = self._compile()
        return tuple(_entry(path, playbook) for path, playbook in self._compiled or ())

    def playbooks(self, kind: Kind) -> tuple[Filed, ...]:
        """The playbooks of one kind, with their files."""
        if not self.places(kind):
            return ()
        if self._compiled is None:
            kept: tuple[Filed, ...] | None = self._cache.read(f"{self._name}/{kind}", self.fingerprint, _filed(kind))
            if kept is not None:
                return kept
            self._contents = self._compile()
        return tuple(filed for filed in self._compiled or () if filed[1].kind == kind)

    def places(self, kind: Kind) -> Mapping[str, Place]:
        """The playbooks of one kind by id, as they are known before they are read."""
        if kind in self._contents.kinds and kind not in self._places:
            kept = self._cache.read(f"{self._name}/{kind}-places", self.fingerprint, dict[str, Place])
            if kept is None:
                self._contents = self._compile()
            else:
                self._places[kind] = kept
        return self._places.get(kind, {})

    def some(self, kind: Kind, ids: Sequence[str]) -> list[AnyPlaybook]:
        """Those of these ids, read without the others; a folder may hold thousands."""
        if self._compiled is None:
            spans = [self.places(kind)[id_][:2] for id_ in ids]
            kept: list[Filed] | None = self._cache.some(f"{self._name}/{kind}", self.fingerprint, spans, _reader(kind))
            if kept is not None and [playbook.id for _, playbook in kept] == [*ids]:
                return [playbook for _, playbook in kept]
        known = {playbook.id: playbook for _, playbook in self.playbooks(kind)}
        return [known[id_] for id_ in ids if id_ in known]

    def outlines(self, kind: Kind, outline: type[Any]) -> dict[str, Any]:
        """The playbooks of one kind by id, as far as a class has their fields; whole where they are at hand."""
        if self.places(kind) and self._compiled is None:
            kept = self._cache.read(f"{self._name}/{kind}", self.fingerprint, tuple[tuple[str, outline], ...])  # type: ignore[valid-type]  # as `_filed`
            if kept is not None:
                return {one.id: one for _, one in kept}
        return {playbook.id: playbook for _, playbook in self.playbooks(kind)}

    @cached_property
    def _contents(self) -> Contents:
        if not self.files and not is_packed(self.layer):
            return Contents(problems=(), kinds=())
        return self._cache.read(f"{self._name}/contents", self.fingerprint, Contents) or self._compile()

    @cached_property
    def files(self) -> Listing:
        """The files, looked at once."""
        try:
            return layer_listing(self.layer, self.part)
        except PlaybookError as error:
            return [(error.key, [])]

    def _compile(self) -> Contents:
        from salescoach.playbook.compile import compile_files, untold

        self._compiled, problems = compile_files(
            self._files(), self._unchanged(), self._counting or untold, self.part
        )
        entries = tuple(_entry(path, playbook) for path, playbook in self._compiled)
        index = Index(program=program_stamp(), stamps=stamps(self.files), entries=entries)
        self._places = {kind: self._write(kind) for kind in sorted({entry.kind for entry in entries})}
        contents = Contents(problems=tuple(problems), kinds=tuple(self._places))
        self._cache.write(f"{self._name}/index", self.fingerprint, index)
        self._cache.write(f"{self._name}/contents", self.fingerprint, contents)
        return contents

    def _write(self, kind: Kind) -> dict[str, Place]:
        """Write the playbooks of one kind, and where each of them lies."""
        filed = [filed for filed in self._compiled or () if filed[1].kind == kind]
        spans = self._cache.write_many(f"{self._name}/{kind}", self.fingerprint, filed)
        places = {book.id: Place(*span, book.labels, book.title) for (_, book), span in zip(filed, spans, strict=True)}
        self._cache.write(f"{self._name}/{kind}-places", self.fingerprint, places)
        return places

    def _files(self) -> tuple[Path, ...] | PlaybookError:
        try:
            return playbook_files(self.layer, self.part)
        except PlaybookError as error:
            return error

    def _unchanged(self) -> dict[str, AnyPlaybook]:
        """Path → playbook of the files that are as they were when this same program last compiled them."""
        stored = self._cache.stored(f"{self._name}/index")
        old: Index | None = decoded(stored.body, Index) if stored else None
        if stored is None or old is None or old.program != program_stamp():
            return {}
        now, same = stamps(self.files), {}
        for kind in {entry.kind for entry in old.entries}:
            for path, playbook in self._cache.read(f"{self._name}/{kind}", stored.fingerprint, _filed(kind)) or ():
                if path in now and now[path] == old.stamps.get(path) != "gone":
                    same[path] = playbook
        return same


def _reader(kind: Kind) -> Callable[[bytes], Filed]:
    """What makes a playbook with its file of its bytes."""
    if kind == "rules":
        from salescoach.playbook.sharing import RulesReader

        return RulesReader()
    from msgspec.json import Decoder

    filed = tuple[str, KINDS[kind]]  # type: ignore[valid-type]  # as `_filed`
    return Decoder(filed).decode


def _filed(kind: Kind) -> Any:
    return tuple[tuple[str, KINDS[kind]], ...]  # type: ignore[valid-type]  # the class is chosen at run time


def _entry(path: str, playbook: AnyPlaybook) -> Entry:
    return Entry(
        kind=playbook.kind,
        id=playbook.id,
        version=playbook.version,
        title=playbook.title,
        status=playbook.status,
        path=path,
    )
