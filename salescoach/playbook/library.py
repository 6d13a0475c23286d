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
from salescoach.playbook.cache import Cache
from salescoach.playbook.fingerprint import digest
from salescoach.playbook.layers import Layer, LayerName
from salescoach.playbook.models import KINDS, AnyPlaybook, Kind, Playbook
from salescoach.playbook.problem import Problem
from salescoach.playbook.shelf import Entry, Shelf
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
        self._ones: dict[tuple[Kind, str], AnyPlaybook | None] = {}

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
        known = self._of_kind.get(kind)
        return known.get(id_) if known is not None else self._one(kind, id_)  # type: ignore[return-value]  # its kind says so

    def all(self, cls: type[P]) -> tuple[P, ...]:
        """Every playbook of this class, sorted by id."""
        return tuple(self._by_id(cls).values())

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

    def _one(self, kind: Kind, id_: str) -> AnyPlaybook | None:
        if (kind, id_) not in self._ones:
            found = (shelf.playbook(kind, id_) for shelf in reversed(self._sound()))
            self._ones[kind, id_] = next((book for book in found if book), None)
        return self._ones[kind, id_]

    def _by_id(self, cls: type[P]) -> dict[str, P]:
        kind = kind_of(cls)
        if kind not in self._of_kind:
            found = {book.id: book for shelf in self._sound() for _, book in shelf.playbooks(kind)}
            self._of_kind[kind] = dict(sorted(found.items()))
        return self._of_kind[kind]  # type: ignore[return-value]  # of this class: its kind says so


def kind_of(cls: type[Playbook]) -> Kind:
    """The kind that a class of playbooks stands for."""
    return next(kind for kind, known in KINDS.items() if known is cls)
