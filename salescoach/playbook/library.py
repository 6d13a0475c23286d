"""The playbooks of all layers as one: what the commands and the coaching use.

A broken file of an upper layer never stops the rep: it is one warning, and the layer below answers. The built-in set
is ours: a broken file in it is an error.
"""

import os
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from salescoach.errors import PlaybookError
from salescoach.language import Text
from salescoach.playbook.cache import Cache
from salescoach.playbook.fingerprint import digest
from salescoach.playbook.layers import Layer, LayerName
from salescoach.playbook.models import KINDS, AnyPlaybook, Kind, Playbook
from salescoach.playbook.problem import Problem
from salescoach.playbook.shelf import Entry, Place, Shelf
from salescoach.shape import value

if TYPE_CHECKING:
    from salescoach.playbook.compile import Counting

P = TypeVar("P", bound=Playbook)
T = TypeVar("T")


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
        self._shelves = tuple(Shelf(layer, self._cache, counting) for layer in self.layers)
        self._of_kind: dict[Kind, dict[str, AnyPlaybook]] = {}
        self._known: dict[Kind, dict[str, tuple[Shelf, Place]]] = {}
        self._ones: dict[tuple[Kind, str], AnyPlaybook] = {}

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

    def labels(self, cls: type[P]) -> dict[str, tuple[str, ...]]:
        """The labels of every playbook of this class, by id, sorted; none is read for it."""
        return {id_: place.labels for id_, (_, place) in self._places(kind_of(cls)).items()}

    def titles(self, cls: type[P]) -> dict[str, Text]:
        """The titles of every playbook of this class, by id, sorted; none is read for it."""
        return {id_: place.title for id_, (_, place) in self._places(kind_of(cls)).items()}

    @cached_property
    def warnings(self) -> tuple[PlaybookError, ...]:
        """One for each upper-layer file that cannot be used, and for each team folder that is not there."""
        upper = [shelf for shelf in self._shelves if shelf.layer.name != "built-in"]
        missing = [
            Problem(key="playbook-folder-missing", where=str(shelf.layer.folder), facts={})
            for shelf in upper
            if shelf.layer.name == "team" and not os.path.isdir(shelf.layer.folder)  # noqa: PTH112 - never raises
        ]
        broken = [found for shelf in upper for found in shelf.problems]
        return tuple(found.error() for found in [*missing, *broken])

    def entries(self) -> tuple[tuple[LayerName, Entry], ...]:
        """What there is, without loading it: the winning layer and index entry of each, by kind and id."""
        return tuple((shelf.layer.name, entry) for shelf, entry in self._winners.values())

    def readable(self) -> tuple[AnyPlaybook, ...]:
        """Every playbook that can be read, of every layer, though others are broken; for the checks."""
        return tuple(book for shelf in self._shelves for kind in KINDS for _, book in shelf.playbooks(kind))

    def origin(self, playbook: AnyPlaybook | Playbook) -> Origin:
        """The layer and file that a playbook of this library comes from."""
        shelf, entry = self._winners[kind_of(type(playbook)), playbook.id]
        return Origin(layer=shelf.layer.name, path=Path(entry.path))

    @cached_property
    def fingerprint(self) -> str:
        """Changes whenever any playbook of any layer, or the program, does."""
        return digest([shelf.fingerprint for shelf in self._shelves])

    def derived(self, name: str, build: Callable[["Library"], T], type_: type[T]) -> T:
        """
        Something worked out from the playbooks, kept beside them until any of them changes.

        Args:
            name: A file name: lower-case words joined by hyphens.
            build: Works it out.
            type_: What msgspec revives it as.
        """
        return self.kept(name, self.fingerprint, lambda: build(self), type_)

    def kept(self, name: str, stamp: str, build: Callable[[], T], type_: type[T]) -> T:
        """As `derived`, kept for as long as `stamp`, which says all that it rests on, is the same."""
        kept: T | None = self._cache.read(f"derived/{name}", stamp, type_)
        if kept is None:
            kept = build()
            self._cache.write(f"derived/{name}", stamp, kept)
        return kept

    @cached_property
    def _winners(self) -> dict[tuple[Kind, str], tuple[Shelf, Entry]]:
        found = {(entry.kind, entry.id): (shelf, entry) for shelf in self._sound() for entry in shelf.entries()}
        return dict(sorted(found.items()))

    def _sound(self) -> tuple[Shelf, ...]:
        for shelf in self._shelves:
            if shelf.layer.name == "built-in" and (broken := shelf.problems):
                raise broken[0].error()
        return self._shelves

    def _places(self, kind: Kind) -> dict[str, tuple[Shelf, Place]]:
        """By id, sorted: the layer that wins, and what is known before a playbook is read."""
        if kind not in self._known:
            found = {id_: (shelf, place) for shelf in self._sound() for id_, place in shelf.places(kind).items()}
            self._known[kind] = dict(sorted(found.items()))
        return self._known[kind]

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
            found = {book.id: book for shelf in self._sound() for _, book in shelf.playbooks(kind)}
            self._of_kind[kind] = dict(sorted(found.items()))
            self._ones.update(((kind, id_), book) for id_, book in found.items())
        return self._of_kind[kind]  # type: ignore[return-value]  # of this class: its kind says so


def kind_of(cls: type[Playbook]) -> Kind:
    """The kind that a class of playbooks stands for."""
    return next(kind for kind, known in KINDS.items() if known is cls)
