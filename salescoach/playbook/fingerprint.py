"""What a compiled copy was made from, as one short string: if that is the same, so is the copy."""

import hashlib
import os
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from salescoach import __version__
from salescoach.playbook.layers import Layer, in_checkout, package_folder, playbook_paths


def digest(words: Iterable[str]) -> str:
    """A short name for a list of words."""
    return hashlib.blake2b("\0".join(words).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


@cache
def program_stamp() -> str:
    """The program's version; in a checkout, where the code changes under one version, also its files."""
    if not in_checkout():
        return __version__
    files = sorted(package_folder().glob("**/*.py"))
    return digest([__version__, *(stamp(file) for file in files)])


def stamp(file: Path | str) -> str:
    """When a file was last written, and its size; "gone" where it cannot be asked."""
    try:
        known = os.stat(file)  # noqa: PTH116 - of thousands, in every run
    except OSError:
        return "gone"
    return f"{known.st_mtime_ns}:{known.st_size}"


def layer_stamps(layer: Layer) -> dict[str, str]:
    """
    Path → stamp of each file of a layer. Empty for the set inside a wheel, which changes with the version alone.

    Raises:
        PlaybookError: There is far too much in the folder.
    """
    if layer.name == "built-in" and not in_checkout():
        return {}
    return {path: stamp(path) for path in playbook_paths(layer)}


def layer_fingerprint(layer: Layer, stamps: Mapping[str, str]) -> str:
    """The fingerprint of a layer whose files have these stamps."""
    files = (word for pair in sorted(stamps.items()) for word in pair)
    return digest([program_stamp(), layer.name, str(layer.folder), *files])
