"""One layer of playbooks, compiled: what it holds and what in it is broken."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from salescoach.errors import PlaybookError
from salescoach.language import Text
from salescoach.playbook.cache import Cache, decoded
from salescoach.playbook.fingerprint import digest, layer_fingerprint, layer_stamps, program_stamp
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
    """What a layer holds, and what its files were when it was compiled."""

    program: str
    stamps: dict[str, str]  # path → stamp
    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]  # the first of each file that cannot be used


class Shelf:
    """A layer, read from the cache where that is fresh, compiled otherwise; nothing happens before it is asked."""

    def __init__(self, layer: Layer, cache: Cache, counting: "Counting | None" = None) -> None:
        self.layer = layer
        self._counting = counting
        self._cache = cache
        self._name = f"{layer.name}-{digest([str(layer.folder)])[:8]}"
        self._stamps: dict[str, str] | None = None
        self._index: Index | None = None
        self._compiled: tuple[Filed, ...] | None = None

    @property
    def fingerprint(self) -> str:
        """What the layer is now."""
        return layer_fingerprint(self.layer, self._now())

    def index(self) -> Index:
        """What the layer holds; the cache's word for it where that is fresh."""
        if self._index is None:
            self._index = self._cache.read(f"{self._name}/index", self.fingerprint, Index) or self._compile()
        return self._index

    def playbooks(self, kind: Kind) -> tuple[Filed, ...]:
        """The layer's playbooks of one kind, with their files."""
        if not any(entry.kind == kind for entry in self.index().entries):
            return ()
        if self._compiled is None:
            kept: tuple[Filed, ...] | None = self._cache.read(f"{self._name}/{kind}", self.fingerprint, _filed(kind))
            if kept is not None:
                return kept
            self._index = self._compile()
        return tuple(filed for filed in self._compiled or () if filed[1].kind == kind)

    def playbook(self, kind: Kind, id_: str) -> AnyPlaybook | None:
        """One of them, read without the others where the cache has it; a folder may hold thousands."""
        ids = [entry.id for entry in self.index().entries if entry.kind == kind]
        if id_ not in ids:
            return None
        if self._compiled is None:
            filed, place = tuple[str, KINDS[kind]], ids.index(id_)  # type: ignore[valid-type]  # as `_filed`
            kept: Filed | None = self._cache.one(f"{self._name}/{kind}", self.fingerprint, place, filed)
            if kept is not None and kept[1].id == id_:
                return kept[1]
        return next((book for _, book in self.playbooks(kind) if book.id == id_), None)

    def _now(self) -> dict[str, str]:
        if self._stamps is None:
            try:
                self._stamps = layer_stamps(self.layer)
            except PlaybookError as error:
                self._stamps = {"": error.key}
        return self._stamps

    def _compile(self) -> Index:
        from salescoach.playbook.compile import compile_files, untold

        self._compiled, problems = compile_files(self._files(), self._unchanged(), self._counting or untold)
        entries = tuple(_entry(path, playbook) for path, playbook in self._compiled)
        index = Index(program=program_stamp(), stamps=self._now(), entries=entries, problems=tuple(problems))
        for kind in {entry.kind for entry in entries}:
            filed = [filed for filed in self._compiled if filed[1].kind == kind]
            self._cache.write(f"{self._name}/{kind}", self.fingerprint, filed)
        self._cache.write(f"{self._name}/index", self.fingerprint, index)
        return index

    def _files(self) -> tuple[Path, ...] | PlaybookError:
        try:
            return playbook_files(self.layer)
        except PlaybookError as error:
            return error

    def _unchanged(self) -> dict[str, AnyPlaybook]:
        """Path → playbook of the files that are as they were when this same program last compiled the layer."""
        stored = self._cache.stored(f"{self._name}/index")
        old: Index | None = decoded(stored.body, Index) if stored else None
        if stored is None or old is None or old.program != program_stamp():
            return {}
        now, same = self._now(), {}
        for kind in {entry.kind for entry in old.entries}:
            for path, playbook in self._cache.read(f"{self._name}/{kind}", stored.fingerprint, _filed(kind)) or ():
                if path in now and now[path] == old.stamps.get(path) != "gone":
                    same[path] = playbook
        return same


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
