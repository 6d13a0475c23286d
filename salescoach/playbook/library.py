"""The playbooks of all layers as one: what the commands and the coaching use.

A broken file of an upper layer never stops the rep: it is one warning, and the layer below answers. The built-in set
is ours: a broken file in it is an error.
"""

import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from salescoach.errors import PlaybookError
from salescoach.language import Text
from salescoach.listing import ELSEWHERE, FOLDERS, Listing
from salescoach.playbook.cache import Cache
from salescoach.playbook.fingerprint import digest
from salescoach.playbook.layers import Layer, LayerName
from salescoach.playbook.models import KINDS, AnyPlaybook, Kind, Playbook
from salescoach.playbook.problem import Problem, twice
from salescoach.playbook.shelf import Entry, Place, Shelf
from salescoach.shape import value

if TYPE_CHECKING:
    from salescoach.playbook.compile import Counting

P = TypeVar("P", bound=Playbook)
T = TypeVar("T")
K = TypeVar("K", bound=Any)


@value
class Origin:
    """Where a playbook comes from."""

    layer: LayerName
    path: Path


def open_library(
    layers: Sequence[Layer], cache_folder: Path | None = None, counting: "Counting | None" = None
) -> "Library":
    """
    The library over these layers. Nothing is read before something is asked for.

    Args:
        layers: From the lowest to the one that wins (`layers.layers`).
        cache_folder: The program's cache folder; None keeps no compiled copy.
        counting: Is told how far it is while files are compiled.
    """
    return Library(layers, cache_folder, counting)


class Library:
    """
    Playbooks by kind and id, from the layer that wins.

    Every method raises `PlaybookError` where a built-in playbook is broken.
    """

    def __init__(
        self, layers: Sequence[Layer], cache_folder: Path | None = None, counting: "Counting | None" = None
    ) -> None:
        self.layers = tuple(layers)
        self._cache = Cache(cache_folder / "playbooks" if cache_folder else None)
        self._shelves = {
            layer: {part: Shelf(layer, part, self._cache, counting) for part in (*FOLDERS.values(), ELSEWHERE)}
            for layer in self.layers
        }
        self._of_kind: dict[Kind, dict[str, AnyPlaybook]] = {}
        self._known: dict[Kind, dict[str, tuple[Shelf, Place]]] = {}
        self._ones: dict[tuple[Kind, str], AnyPlaybook] = {}
        #: The kinds that anything was asked of: all that this run rests on.
        self.asked: set[Kind] = set()

    def get(self, cls: type[P], id_: str) -> P:
        """
        The playbook of this class and id.

        Raises:
            PlaybookError: There is none.
        """
        found = self.find(cls, id_)
        if found is None:
            raise PlaybookError("playbook-absent", kind=kind_of(cls), id=id_)
        return found

    def find(self, cls: type[P], id_: str) -> P | None:
        """The playbook of this class and id, if there is one; the others of its kind are not read for it."""
        kind = kind_of(cls)
        found = self._some(kind, [id_] if id_ in self._places(kind) else [])
        return found[0] if found else None  # type: ignore[return-value]  # of this class: its kind says so

    def all(self, cls: type[P]) -> tuple[P, ...]:
        """Every playbook of this class, sorted by id."""
        return tuple(self._by_id(cls).values())

    def labelled(self, cls: type[P], label: str) -> tuple[P, ...]:
        """Every playbook of this class with this label, sorted by id; the others of its kind are not read for it."""
        kind = kind_of(cls)
        ids = [id_ for id_, labels in self.labels(cls).items() if label in labels]
        return tuple(self._some(kind, ids))  # type: ignore[arg-type]  # of this class: its kind says so

    def outlined(self, cls: type[P], outline: type[T]) -> tuple[P | T, ...]:
        """Every playbook of this class, sorted by id, as far as `outline` has its fields; whole where it is at hand."""
        found = self._over([kind_of(cls)], lambda shelf: shelf.outlines(kind_of(cls), outline))
        return tuple(one for _, one in found.values())

    def labels(self, cls: type[P]) -> dict[str, tuple[str, ...]]:
        """The labels of every playbook of this class, by id, sorted; none is read for it."""
        return {id_: place.labels for id_, (_, place) in self._places(kind_of(cls)).items()}

    def titles(self, cls: type[P]) -> dict[str, Text]:
        """The titles of every playbook of this class, by id, sorted; none is read for it."""
        return {id_: place.title for id_, (_, place) in self._places(kind_of(cls)).items()}

    @property
    def warnings(self) -> tuple[PlaybookError, ...]:
        """One for each upper-layer file of what was asked for that cannot be used, and for each team folder missing."""
        missing = [
            Problem(key="playbook-folder-missing", where=str(layer.folder), facts={})
            for layer in self.layers
            if layer.name == "team" and not os.path.isdir(layer.folder)  # noqa: PTH112 - never raises
        ]
        upper = [shelf for layer in self.layers if layer.name != "built-in" for shelf in self._parts(layer, self.asked)]
        broken = [found for shelf in upper for found in shelf.problems]
        found = [*missing, *broken, *self._twice()]
        return tuple(one.error() for one in {(one.key, one.where): one for one in found}.values())  # of all parts alike

    def entries(self) -> tuple[tuple[LayerName, Entry], ...]:
        """What there is, without loading it: the winning layer and index entry of each, by kind and id."""
        return tuple((shelf.layer.name, entry) for shelf, entry in self._winners.values())

    def readable(self) -> tuple[AnyPlaybook, ...]:
        """Every playbook that can be read, of every layer, though others are broken; for the checks."""
        self.asked.update(KINDS)
        places = [(kind, shelf) for layer in self.layers for kind in KINDS for shelf in self._parts(layer, [kind])]
        return tuple(book for kind, shelf in places for _, book in shelf.playbooks(kind))

    def origin(self, playbook: AnyPlaybook | Playbook) -> Origin:
        """The layer and file that a playbook of this library comes from."""
        kind = kind_of(type(playbook))
        found = self._over([kind], lambda shelf: {entry.id: entry for entry in shelf.entries() if entry.kind == kind})
        shelf, entry = found[playbook.id]
        return Origin(layer=shelf.layer.name, path=Path(entry.path))

    def files(self) -> list[tuple[str, list[Listing]]]:
        """Of each upper layer the folder, and what the files were that this run rests on, by `FOLDERS`."""
        upper = (layer for layer in self.layers if layer.name != "built-in" and self.asked)
        return [(str(layer.folder), [shelf.files for shelf in self._parts(layer, self.asked)]) for layer in upper]

    def derived(
        self, name: str, classes: Sequence[type[Playbook]], build: Callable[["Library"], T], type_: type[T]
    ) -> T:
        """
        Something worked out from the playbooks of some classes, kept beside them until any of these changes.

        Args:
            name: A file name: lower-case words joined by hyphens.
            build: Works it out.
            type_: What msgspec revives it as.
        """
        kinds = [kind_of(cls) for cls in classes]
        self.asked.update(kinds)
        stamp = digest([shelf.fingerprint for layer in self.layers for shelf in self._parts(layer, kinds)])
        return self.kept(name, stamp, lambda: build(self), type_)

    def kept(self, name: str, stamp: str, build: Callable[[], T], type_: type[T]) -> T:
        """As `derived`, kept for as long as `stamp`, which says all that it rests on, is the same."""
        kept: T | None = self._cache.read(f"derived/{name}", stamp, type_)
        if kept is None:
            kept = build()
            self._cache.write(f"derived/{name}", stamp, kept)
        return kept

    @cached_property
    def _winners(self) -> dict[tuple[Kind, str], tuple[Shelf, Entry]]:
        return self._over([*KINDS], lambda shelf: {(entry.kind, entry.id): entry for entry in shelf.entries()})

    def _places(self, kind: Kind) -> dict[str, tuple[Shelf, Place]]:
        """By id, sorted: the layer that wins, and what is known before a playbook is read."""
        if kind not in self._known:
            self._known[kind] = self._over([kind], lambda shelf: shelf.places(kind))
        return self._known[kind]

    def _parts(self, layer: Layer, kinds: Collection[Kind]) -> list[Shelf]:
        """Where a layer's playbooks of some kinds can be: below the folders of these kinds, and below none of any."""
        names = [folder for kind, folder in FOLDERS.items() if kind in kinds]
        return [self._shelves[layer][name] for name in (*names, *([ELSEWHERE] if names else []))]

    def _over(self, kinds: Collection[Kind], of: Callable[[Shelf], Mapping[K, T]]) -> dict[K, tuple[Shelf, T]]:
        """By key, sorted: what the layer that wins has; in a layer, what lies below the folder of its kind wins."""
        self.asked.update(kinds)
        found: dict[K, tuple[Shelf, T]] = {}
        for layer in self.layers:
            parts = self._parts(layer, kinds)
            broken = (problem for shelf in parts for problem in shelf.problems if layer.name == "built-in")
            for problem in broken:
                raise problem.error()
            for shelf in reversed(parts):
                found.update((key, (shelf, one)) for key, one in of(shelf).items())
        return dict(sorted(found.items()))

    def _twice(self) -> Iterator[Problem]:
        """What an upper layer has both below the folder of its kind and elsewhere."""
        for layer in self.layers:
            for kind in KINDS if layer.name != "built-in" else ():
                first, second = self._shelves[layer][FOLDERS[kind]], self._shelves[layer][ELSEWHERE]
                there = second.places(kind) if kind in self.asked else {}
                for id_ in sorted(there.keys() & first.places(kind).keys()) if there else ():
                    other, path = (
                        next(entry.path for entry in shelf.entries() if (entry.kind, entry.id) == (kind, id_))
                        for shelf in (first, second)
                    )
                    yield twice(path, kind, id_, other)

    def _some(self, kind: Kind, ids: Sequence[str]) -> list[AnyPlaybook]:
        """Those of these ids, all of which there are; none whose file went away this moment."""
        of_shelf: dict[Shelf, list[str]] = {}
        for id_ in ids:
            if (kind, id_) not in self._ones:
                of_shelf.setdefault(self._places(kind)[id_][0], []).append(id_)
        for shelf, wanted in of_shelf.items():
            self._ones.update(((kind, book.id), book) for book in shelf.some(kind, wanted))
        return [self._ones[kind, id_] for id_ in ids if (kind, id_) in self._ones]

    def _by_id(self, cls: type[P]) -> dict[str, P]:
        kind = kind_of(cls)
        if kind not in self._of_kind:
            books = self._over([kind], lambda shelf: {book.id: book for _, book in shelf.playbooks(kind)})
            self._of_kind[kind] = found = {id_: book for id_, (_, book) in books.items()}
            self._ones.update(((kind, id_), book) for id_, book in found.items())
        return self._of_kind[kind]  # type: ignore[return-value]  # of this class: its kind says so


def kind_of(cls: type[Playbook]) -> Kind:
    """The kind that a class of playbooks stands for."""
    return next(kind for kind, known in KINDS.items() if known is cls)
