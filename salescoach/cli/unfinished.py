"""How a half-finished walk is taken up again."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from salescoach.language import Lang, quoted, say

if TYPE_CHECKING:
    from salescoach.store.unfinished import Started

#: Walks that are not about a client.
PLAIN = ("me", "prospect")
#: So many are named in an error, and the others counted.
NAMED = 4


def few(names: Sequence[str], lang: Lang) -> tuple[str, str]:
    """The first of several on one line, and how many more there are; "" where these are all."""
    rest = len(names) - NAMED
    return " · ".join(names[:NAMED]), say("cli.and-more", lang, count=rest) if rest > 0 else ""


def going_on(draft: "Started") -> str:
    """The command line that takes a half-finished walk up again."""
    name, _, rest = draft.command.partition(" ")
    about = quoted(draft.about) if draft.about else ""
    if name in PLAIN:
        words = [name]
    elif name == "practice":
        words = [name, draft.subject]
    elif name == "objection":
        words = [name, quoted(rest), "--deep", *(["--for", about] if about else [])]
    elif name in ("crisis", "crisis-review"):
        words = (
            ["crisis", quoted(draft.subject), *(["--review"] if name != "crisis" else [])]
            if draft.subject
            else ["crisis"]
        )
    elif name == "complaint":
        words = [name, about]
    else:
        words = [*draft.command.split(), about]
    return " ".join(["salescoach", *(word for word in words if word)])
