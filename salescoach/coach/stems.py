"""English words as stems: inflection, spelling and the commonest synonyms made alike, so that a paraphrase still meets.

Nothing here is exact, and it need not be: forms and descriptions are worn down by the same rules.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from salescoach.coach.matching.words import fold

#: From this length on a word may hold one slip of the pen.
SLIPPERY = 6

_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_NOT = re.compile(r"\b(?:ca|do|does|did|is|are|was|were|wo|would|could|should|has|have|had)n'?t\b|\bcan ?not\b")
#: A negation that negates nothing.
_NOT_NEGATIVE = re.compile(r"\bnot (?:only|just)\b|\b(?:kind|sort) of\b|\bno (?:doubt|wonder)\b")
_VOWELS = "aeiouy"
_ANGLED = re.compile(r"is(e[sdr]?|ing)$")


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


#: Words between which nothing is lost if they are left out.
LITTLE = _set(
    "a an the he she it they his her hers him their its them i you your we our us me my mine this that these those is "
    "are was were be been being am has have had having do does did doing will would shall should may might of to in "
    "at on for with by from as and or so then than very really quite rather extremely incredibly super just also too "
    "pretty somewhat bit lot who which what when while if there here s t d ll re ve m about can "
    "could one guy man woman person lady gentleman somebody someone customer client buyer"
)
#: After these a new thing is said, which a negation before them does not reach.
AND = _set("and but then while because although though yet however instead rather")
NEGATIVE = _set(
    "not no never without hardly rarely seldom barely scarcely nothing none nobody neither nor lack avoid refus hat "
    "littl few ignor dislik"
)
#: Behind what they negate: "smiles rarely".
AFTER = _set("rarely seldom littl never")

#: Irregular forms and other words that go under another.
_ODD = {
    "spoke": "speak", "spoken": "speak", "took": "take", "taken": "take", "gave": "give", "given": "give",
    "told": "tell", "made": "make", "went": "go", "goes": "go", "gone": "go", "came": "come", "said": "say",
    "kept": "keep", "brought": "bring", "lost": "lose", "forgot": "forget", "forgotten": "forget", "knew": "know",
    "known": "know", "thought": "think", "wrote": "write", "written": "write", "got": "get", "felt": "feel",
    "left": "leave", "sat": "sit", "stood": "stand", "began": "begin", "ran": "run", "drew": "draw", "drawn": "draw",
    "held": "hold", "heard": "hear", "meant": "mean", "met": "meet", "sent": "send", "spent": "spend",
    "threw": "throw", "understood": "understand", "won": "win", "wore": "wear", "worn": "wear", "chose": "choose",
    "chosen": "choose", "hid": "hide", "hidden": "hide", "broke": "break", "shook": "shake", "shown": "show",
    "drove": "drive", "grew": "grow", "rose": "rise", "led": "lead", "lent": "lend", "bought": "buy", "sold": "sell",
    "caught": "catch", "taught": "teach", "fell": "fall", "fallen": "fall", "blew": "blow", "flew": "fly",
    "everybody": "everyone", "anybody": "anyone", "dont": "not", "doesnt": "not", "isnt": "not", "let's": "let",
    "less": "little", "replies": "answer", "reply": "answer", "replied": "answer", "children": "child",
    "wives": "wife", "jewellery": "jewelry", "families": "family", "tidied": "tidy",
    "gets": "get", "numbers": "data", "huge": "big",
    "sits": "sit", "lets": "let", "puts": "put", "cuts": "cut", "wins": "win",
}  # fmt: skip
#: Left as they are: an ending that is none, or one that would make another word of them.
_KEPT = _set(
    "hardly rarely barely scarcely family early only note business nothing anything everything something thing always "
    "during evening morning yes less friendly lively lonely orderly detailed exacting homely closed roughly numbered "
    "orders plants"
)
#: Words that mean the same where people are described; the first stands for all.
_ALIKE = (
    "talk speak chatter speech converse", "fast quick rapid swift speedy", "like love enjoy adore relish fond",
    "hate detest loathe despise abhor", "want need require crave desire", "ask enquire inquire request query",
    "data figure", "photo picture photograph snapshot pic", "kid child son daughter toddler",
    "mail email e-mail", "answer response respond", "anecdote tale", "big large enormous massive giant vast",
    "look glance peer gaze", "meeting appointment", "smile grin", "angry mad furious irate", "boss chief",
    "shout yell scream holler", "desk worktop", "error mistake fault slip", "colleague coworker teammate workmate",
    "afraid scared frightened fearful", "tidy neat", "messy untidy cluttered", "funny hilarious amusing",
    "talkative chatty", "calm tranquil", "kind caring", "immediately instantly straightaway", "begin start",
    "wait await", "lunch dinner meal supper", "interrupt butt", "sceptical skeptical", "picky choosy finicky",
    "everyone everybody", "smart clever", "brief concise", "quiet silent hushed", "phone mobile cellphone smartphone",
    "office room", "small little tiny", "buddy pal chum", "gesture gesticulate", "nod nodding", "detail particular",
    "supplier vendor", "joke gag quip", "rule regulation", "clock wristwatch watch", "precise accurate", "team crew",
)  # fmt: skip


class Token(NamedTuple):
    """A word of a description: its stem, and whether it is one of the little ones."""

    stem: str
    little: bool


def tokens(text: str) -> list[Token]:
    """The words of a text, in order, worn down to their stems."""
    plain = _NOT.sub(" not ", _NOT_NEGATIVE.sub(" ", fold(text)))
    return [Token(stem(word), word in LITTLE) for word in _WORD.findall(plain)]


def stem(word: str) -> str:
    """A lower-case word without its ending, in one spelling, under the commonest of its synonyms."""
    worn = _base(word)
    return SAME.get(worn, worn)


def near(worn: str, known: Iterable[str]) -> str | None:
    """The one known stem that a stem with a slip in it stands for; None where there is none."""
    return next((one for one in known if _one_slip(worn, one)), None)


def _base(word: str) -> str:
    word = _ODD.get(word, word).partition("'")[0]
    bare = (word, word[:-1], word[:-1] + "e", word[:-3] + "e")
    return next((one for one in bare if one in _KEPT), None) or _worn(word)


def _worn(word: str) -> str:
    word = word.replace("our", "or") if len(word) > 4 else word
    word = _ANGLED.sub(r"iz\1", word) if len(word) > 5 else word
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith(("ches", "shes", "xes", "sses", "oes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        word = word[:-1]
    for ending, least in (("ness", 7), ("ing", 6), ("ed", 5), ("ly", 6)):
        if word.endswith(ending) and len(word) >= least:
            word = _single(word[: -len(ending)])
            break
    return word[:-1] if word.endswith("e") and len(word) > 3 else word


def _single(word: str) -> str:
    """One consonant where an ending had doubled it."""
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsaeiou" else word


def _one_slip(typed: str, meant: str) -> bool:
    """
    Whether two words differ by one slip that is common: two neighbours swapped, a vowel left out, put in or exchanged,
    a letter doubled or not. Of other slips too many make another word: complete, compete.
    """
    if typed[:1] != meant[:1] or abs(len(typed) - len(meant)) > 1 or typed == meant:
        return False
    at = next((at for at, (one, other) in enumerate(zip(typed, meant, strict=False)) if one != other), None)
    at = min(len(typed), len(meant)) if at is None else at
    rest, other = typed[at:], meant[at:]
    if len(rest) == len(other):
        swapped = rest[:2] == other[1::-1] and rest[2:] == other[2:]
        return swapped or (rest[1:] == other[1:] and rest[0] in _VOWELS and other[0] in _VOWELS)
    longer, shorter = (rest, other) if len(rest) > len(other) else (other, rest)
    return longer[1:] == shorter and (longer[0] in _VOWELS or longer[0] == typed[at - 1])


#: Stem → the stem that stands for it.
SAME = {_base(word): _base(group.split()[0]) for group in _ALIKE for word in group.split()}
