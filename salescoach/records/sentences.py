"""Sentences that customers said: which are worth keeping, and which are the same."""

import re
import unicodedata

from salescoach.records.names import JOINERS, fold

#: Characters of a sentence that is kept; more is a text that was pasted.
LONGEST = 300
#: So many words, or so many Chinese characters, make a sentence.
WORDS, CHARACTERS = 2, 4

_WORD = re.compile(r"[^\W\d_]+")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
#: Controls, marks that cannot be seen, halves of characters, and what no standard knows.
_UNSPOKEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
#: What stands for a name in a playbook, and in nobody's mouth.
_BRACES = frozenset("{}")
_ENDS = " .,;:!?…~。，、；：！？～\"'“”‘’「」"


def sentence(words: str) -> str:
    """The words as the sentence that a customer may have said, its spaces made plain; "" where they are none."""
    if len(words) > LONGEST or any(map(_is_unspoken, words)):
        return ""
    spoken = len(_WORD.findall(words)) >= WORDS or len(_CHINESE.findall(words)) >= CHARACTERS
    return " ".join(words.split()) if spoken else ""


def _is_unspoken(char: str) -> bool:
    return char in _BRACES or (char not in JOINERS and unicodedata.category(char) in _UNSPOKEN)


def same(said: str) -> str:
    """What is equal for a sentence said twice: case, width, accents, spacing and the signs around it apart."""
    folded = fold(said)
    return folded.strip(_ENDS) or folded
