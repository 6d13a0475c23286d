"""The map of the knowledge, from the playbooks themselves: docs/knowledge-map.md.

python -m docs.knowledge_map > docs/knowledge-map.md
"""

import sys
from collections.abc import Iterator

from salescoach.playbook.layers import built_in
from salescoach.playbook.library import open_library
from salescoach.playbook.models import AnyPlaybook, Card, Checklist, Rules, Scorecard
from salescoach.playbook.sources import Coverage, coverage, read_sources

HEAD = """\
# Knowledge map

Generated from the playbooks; `python -m docs.knowledge_map > docs/knowledge-map.md` writes it afresh. The same table
with the counts that the check compares: `salescoach playbook sources`.

Every framework of the sources, the commands in which a rep meets it, and the playbooks that carry its items. The first
file named carries it whole, or the files named have its items between them; the others draw on it.
"""
TABLE = """
## {title}

| id | framework | items | commands | carried by | drawn on by |
| --- | --- | --- | --- | --- | --- |
"""
SEEDS = {
    "S000": "S000 · Client communication",
    "S001": "S001 · Key accounts",
    "S002": "S002 · The account manager",
    "S003": "S003 · The negotiation",
    "S004": "S004 · Personality and relationship",
}
#: Where a kind is met, if nothing in the file says it.
KINDS = {
    "objection": ("objection",),
    "technique": ("objection",),
    "scenario": ("practice",),
    "timeline": ("care",),
    "small-talk": ("objection",),
    "phrasings": ("objection",),
}
WALKS = {
    "objection": ("objection",),
    "crisis-review": ("crisis",),
    "contract": ("account renewal",),
}
GIVES = {"feedback": ("debrief",), "hint": ("objection",)}
TYPOLOGIES = {
    "behaviours": ("prep", "objection", "debrief"),
    "client-kinds": ("account renewal",),
    "complaint-words": ("complaint",),
    "crisis-clusters": ("crisis",),
    "crisis-first-hour": ("crisis",),
    "crisis-phases": ("crisis",),
    "criteria-lights": ("account criteria",),
    "departments": ("account process", "account map"),
    "map-gaps": ("account map",),
    "outcomes": ("debrief",),
    "pressure-words": ("playbook lint",),
    "purchasing-steps": ("account process",),
    "purposes": ("prep", "debrief"),
    "relationship-stages": ("account stage",),
    "roles": ("account map", "prep"),
    "signing-motives": ("account renewal", "care"),
    "stances": ("account map",),
    "style-pairs": ("prep", "profile"),
    "styles": ("profile", "style", "prep", "objection"),
    "warm-words": ("debrief",),
}


def met_in(book: AnyPlaybook) -> tuple[str, ...]:
    """The commands in which a rep meets a playbook."""
    if isinstance(book, Checklist):
        return WALKS.get(book.use, (book.use,))
    if isinstance(book, Scorecard):
        return (f"account {book.use}",)
    if isinstance(book, Rules):
        return GIVES.get(book.gives, ("prep",))
    if isinstance(book, Card):
        return ("prep", "guide") if book.purposes else ("guide",)
    return KINDS.get(book.kind) or TYPOLOGIES[book.id]


def page() -> str:
    """The whole page."""
    layer = built_in()
    books = open_library([layer]).readable()
    table = coverage(read_sources(layer.folder)[1], books)
    parts = [HEAD]
    for seed, title in SEEDS.items():
        rows = [_row(one, books) for one in table if one.framework.id.startswith(seed) and one.why is None]
        parts.append(TABLE.format(title=title) + "".join(rows))
    parts.append("\n## No content for a rep\n\n| id | framework | why |\n| --- | --- | --- |\n")
    parts += [f"| {one.framework.id} | {_both(one.framework.title)} | {_both(one.why)} |\n" for one in table if one.why]
    return "".join(parts)


def _row(one: Coverage, books: tuple[AnyPlaybook, ...]) -> str:
    carriers = [book for book in books if one.framework.id in book.carries]
    others = [book for book in books if one.framework.id in book.sources and book not in carriers]
    commands = dict.fromkeys(command for book in (*carriers, *others) for command in met_in(book))
    cells = (
        one.framework.id,
        _both(one.framework.title),
        str(one.framework.items),
        ", ".join(f"`{command}`" for command in commands),
        ", ".join(_names(carriers)) or "–",
        ", ".join(_names(others)) or "–",
    )
    return f"| {' | '.join(cells)} |\n"


def _names(books: list[AnyPlaybook]) -> Iterator[str]:
    return (f"{book.kind}/{book.id}" for book in books)


def _both(text: object) -> str:
    return " · ".join(text.values()) if isinstance(text, dict) else str(text)


if __name__ == "__main__":
    sys.stdout.write(page())
