"""
What is worked out when the program is packed or installed: the learned index of the objection matcher.

Learning takes some seconds, and the built-in phrasings are the same for everybody, so it is done once here. Run by
the build for a wheel as for an editable install; by hand after changing phrasings: `make packed`.
"""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent


class PackIndex(BuildHookInterface):  # type: ignore[type-arg,misc]
    """Learns the built-in phrasings before files are gathered."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by the build; `version` is "standard" or "editable"."""
        pack()


def pack() -> None:
    """Write the index of each language into `salescoach/packed`, unless what is there was learned from the same."""
    sys.path.insert(0, str(ROOT))
    from salescoach.coach import matching
    from salescoach.language import LANGS
    from salescoach.playbook.cache import Cache
    from salescoach.playbook.layers import Layer
    from salescoach.playbook.library import open_library
    from salescoach.playbook.models import Objection, Phrasings, SmallTalk

    library = open_library((Layer(name="built-in", folder=ROOT / "playbooks"),))
    objections, others, more = library.all(Objection), library.all(SmallTalk), library.all(Phrasings)
    packed = Cache(ROOT / "salescoach" / "packed")
    for lang in LANGS:
        name, stamp = f"matcher-{lang}", matching.stamp(objections, others, lang, more=more)
        stored = packed.stored(name)
        if stored is None or stored.fingerprint != stamp:
            packed.write(name, stamp, matching.build(objections, others, (lang,), more=more))
            (ROOT / "salescoach" / "packed" / f"{name}.json").chmod(0o644)  # whoever runs the program reads it


if __name__ == "__main__":
    pack()
