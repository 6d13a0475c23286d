"""Where playbooks lie: the built-in set, team folders over it, the rep's own on top; later wins, by kind and id."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from salescoach.errors import PlaybookError
from salescoach.listing import MOST_FILES, Listing, listed, parted, stamps
from salescoach.shape import value

LayerName = Literal["built-in", "team", "personal"]


@value
class Layer:
    """A folder of playbooks, and whose it is."""

    name: LayerName
    folder: Path


def package_folder() -> Path:
    """Where the program itself lies."""
    return Path(__file__).resolve().parent.parent


def in_checkout() -> bool:
    """Whether the program runs from its sources, where the built-in set is being written."""
    return not (package_folder() / "builtin").is_dir()


def built_in() -> Layer:
    """The playbooks that come with the program: inside a wheel, or beside the package in a checkout."""
    package = package_folder()
    return Layer(name="built-in", folder=package.parent / "playbooks" if in_checkout() else package / "builtin")


def layers(team: Sequence[Path] = (), personal: Path | None = None) -> tuple[Layer, ...]:
    """The layers from the lowest to the one that wins."""
    teams = tuple(Layer(name="team", folder=folder) for folder in team)
    return (built_in(), *teams, *((Layer(name="personal", folder=personal),) if personal else ()))


def playbook_files(layer: Layer, part: str | None = None) -> tuple[Path, ...]:
    """
    The playbook files anywhere under a layer's folder, in a fixed order (`listing.listed` says which they are).

    Args:
        part: Only this part of the folder, see `listing.parted`.

    Raises:
        PlaybookError: There is far too much in the folder for one of playbooks.
    """
    return tuple(map(Path, sorted(stamps(listing(layer, part)), key=lambda path: path.replace(os.sep, "/"))))


def listing(layer: Layer, part: str | None = None) -> Listing:
    """
    The files of a layer, and what each is now.

    Raises:
        PlaybookError: As `playbook_files`.
    """
    try:
        return listed(str(layer.folder)) if part is None else parted(str(layer.folder), [part])[part]
    except OverflowError:
        raise PlaybookError("playbook-folder-huge", where=f"{layer.folder}:1:1", files=MOST_FILES) from None
