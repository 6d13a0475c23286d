"""What a compiled copy was made from, as one short string: if that is the same, so is the copy."""

import hashlib
from collections.abc import Iterable
from functools import cache

from salescoach import __version__
from salescoach.listing import Listing, listed
from salescoach.playbook.layers import Layer, in_checkout, listing, package_folder


def digest(words: Iterable[str]) -> str:
    """A short name for a list of words."""
    return hashlib.blake2b("\0".join(words).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


@cache
def program_stamp() -> str:
    """The program's version; in a checkout, where the code changes under one version, also its files."""
    return digest([__version__, repr(listed(str(package_folder()), (".py",)))]) if in_checkout() else __version__


def layer_listing(layer: Layer, part: str) -> Listing:
    """
    The files of a part of a layer. None for the set inside a wheel, which changes with the version alone.

    Raises:
        PlaybookError: There is far too much in the folder.
    """
    return [] if is_packed(layer) else listing(layer, part)


def is_packed(layer: Layer) -> bool:
    """It is the set inside a wheel."""
    return layer.name == "built-in" and not in_checkout()


def layer_fingerprint(layer: Layer, part: str, files: Listing) -> str:
    """The fingerprint of a part of a layer with these files."""
    return digest([program_stamp(), layer.name, str(layer.folder), part, repr(files)])
