"""Whether a summary has warm words, which an outcome must not be taken from."""

import re

from salescoach.coach.matching.words import fold
from salescoach.playbook.models import Typology

#: What stands before a word and takes it back; in English with up to two words between.
_DENIED = re.compile(r"(\b(not|no|never|hardly|without|\w+n.?t)( \w+){0,2} |[不没未无欠][太很怎么]*)$")


def is_warm(words: Typology, summary: str) -> bool:
    """The summary says one of the words (the aliases of the playbook's entries) and does not deny it."""
    said = fold(summary)
    return any(_said(fold(word), said) for entry in words.entries for word in entry.aliases)


def _said(word: str, text: str) -> bool:
    edge = r"\b" if word.isascii() else ""
    return any(not _DENIED.search(text[: found.start()]) for found in re.finditer(edge + re.escape(word) + edge, text))
