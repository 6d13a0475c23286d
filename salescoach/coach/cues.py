"""Cues in free words: which behaviours a description of a person names, which it denies, and what it sounds like.

A cue is named by any of its forms in the styles playbook. An English form is met by its words in nearly any order and
inflection, with a word or two between them; a Chinese one by its characters, small words left out on both sides. What
stands behind a negation is denied. Words that belong to no form still say a little: what they say of the styles is
taken from the forms they do occur in.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from salescoach.coach.matching.words import LONGEST, fold
from salescoach.coach.stems import AFTER, AND, NEGATIVE, SLIPPERY, Token, near, tokens
from salescoach.language import LANGS, Lang, pick
from salescoach.playbook.models import Cue, Typology
from salescoach.records.ids import STYLES
from salescoach.shape import value

#: What says nothing of any style.
EVEN = (0.0,) * len(STYLES)
#: Words that may stand between those of an English form, all in all; how far back a negation reaches.
LOOSE, REACH = 2, 3
#: How much each word of no form is believed, and how far all of them may move the odds, as logarithms.
BELIEF, MOST = 0.5, 1.2
#: Smoothing of what a word says, and the least that is kept.
SMOOTH, TELLS = 2.0, 0.3

#: In front of a form whose words must stand side by side.
_CLOSE = "="
_HAN = re.compile(r"[\u3400-\u9fff]")
_STOP = re.compile(r"[,.;:!?，。；：！？、…\n\r\t（）()/|—–]+|(?<=[\u3400-\u9fff]) +(?=[\u3400-\u9fff])")
#: Chinese words that change nothing, left out of forms and descriptions alike; the first group is kept.
_FILLER = re.compile(
    r"(积极|目的|太太|了解|其他|有的是|极其?好|为了|的确)|"
    r"非常|特别|十分|有一?点儿?|有些|稍微|总是|老是|经常|常常|往往|一直|一向|平时|通常|相当|极其|格外|他们|她们|"
    r"[很挺太蛮极颇的了吧呢啊哦嘛呀都也他她]"
)
_SOFT_NOT = re.compile(r"(?<=[不没])(?:怎么|那么|太|大|咋|算|是很|是太)(?!多)")
#: Chinese words that hold a character of negation and negate nothing.
_NOT_NEGATIVE = re.compile(
    r"不但|不仅|不断|不停|不管|不论|不过|不得了|不错|不愧|不光|不只|不止|忍不住|少不了|离不开|差不多|了不起|来不及|"
    r"多少|至少|不少|没事|没完|无论|无非|别人|别的|分别|个别|区别|告别|级别|(.)不\1"
)
_NEGATIVE = re.compile(r"[不没无未少别]|恨|看不惯|受不了|讨厌|懒得|拒绝|缺乏|谈不上|反感")
#: After these a new thing is said, which a negation before them does not reach.
_AND = re.compile(r"[但而却且并只]|所以|因为|然后|总爱|就爱")
#: "Details – not his thing": a negation behind what it denies.
_AFTER = re.compile(
    r"(?:方面|这块|上)?(?:几乎|基本|从来|从|一点|完全|根本|并|较)*(?:不[多够足高感在关]|没有|没兴|少$|差$)"
)


@value
class Lexicon:
    """
    What is known of a language.

    Args:
        forms: By what they are looked up by (two characters; the rarest stem): each form with its cue's number in the
            playbook. An English form is its stems in a row, with "=" in front where they must stand side by side.
        says: Stem, or two characters → logarithm of its weight for each of STYLES, 0 where even.
    """

    lang: Lang
    forms: dict[str, dict[str, int]]
    says: dict[str, list[float]]


@value
class Spotted:
    """What a description holds: numbers of the cues, in the order they are said, and the drift of all other words."""

    named: tuple[int, ...] = ()
    denied: tuple[int, ...] = ()
    drift: tuple[float, ...] = EVEN


class _Hit(NamedTuple):
    """A form found: its cue, and the places it covers."""

    cue: int
    places: frozenset[int]


class _Clause(NamedTuple):
    """What a clause holds: the cues in it with whether each is denied, and the features left over."""

    cues: list[tuple[int, bool]]
    rest: list[str]


def languages(words: str) -> tuple[Lang, ...]:
    """The languages a description is read in: one for each script it has."""
    read = fold(words[:LONGEST])
    found = {"zh": bool(_HAN.search(read)), "en": any("a" <= char <= "z" for char in read)}
    return tuple(lang for lang in LANGS if found[lang])


def lexicon(styles: Typology, lang: Lang) -> Lexicon:
    """What the styles playbook says in one language, ready to be looked up; the first cue to have a form keeps it."""
    forms: dict[str, int] = {}
    for number, cue in enumerate(styles.cues):
        for form in _forms(cue, lang):
            forms.setdefault(form, number)
    common = Counter(part for form in forms for part in _parts(form))
    shelf: dict[str, dict[str, int]] = {}
    for form, number in forms.items():
        key = form[:2] if lang == "zh" else min(_parts(form), key=lambda part: (common[part], part))
        shelf.setdefault(key, {})[form] = number
    return Lexicon(lang=lang, forms=shelf, says=_says(styles, lang))


def spot(known: Lexicon, words: str) -> Spotted:
    """The cues that a description names or denies; of a very long one only the first LONGEST characters are read."""
    read = _english if known.lang == "en" else _chinese
    named: dict[int, None] = {}
    denied: dict[int, None] = {}
    drift = [*EVEN]
    for clause in _STOP.split(fold_lines(words)):
        found = read(known, clause)
        for cue, no in found.cues:
            (denied if no else named).setdefault(cue)
        for feature in found.rest:
            drift = [sum(pair) for pair in zip(drift, known.says.get(feature, EVEN), strict=True)]
    return Spotted(
        named=tuple(named),
        denied=tuple(cue for cue in denied if cue not in named),
        drift=tuple(max(-MOST, min(MOST, BELIEF * one)) for one in drift),
    )


def fold_lines(words: str) -> str:
    """The part of a description that is read, folded, its lines kept apart."""
    return "\n".join(fold(line) for line in words[:LONGEST].splitlines())


# What the playbook says


def _forms(cue: Cue, lang: Lang) -> Iterator[str]:
    """A cue's text and words as forms; what is in another script is no form of this language."""
    for text in (pick(cue.text, lang), *cue.words.get(lang, ())):
        if bool(_HAN.search(text)) != (lang == "zh"):
            continue
        form = _compact(text) if lang == "zh" else _english_form(text)
        if len(form) > 1:
            yield form


def _english_form(text: str) -> str:
    """The words that count; where only one does, and more than that was said, all of them, side by side."""
    words = tokens(text)
    counting = [word.stem for word in words if not word.little]
    if len(counting) > 1 or len(counting) == len(words):
        return " ".join(counting)
    return _CLOSE + " ".join(word.stem for word in words)


def _parts(form: str) -> list[str]:
    return form.removeprefix(_CLOSE).split()


def _says(styles: Typology, lang: Lang) -> dict[str, list[float]]:
    """For each feature of the cues' forms and the styles' traits: how far it speaks for each style."""
    weights: dict[str, list[float]] = {}
    for text, shares in _taught(styles, lang):
        for feature in set(_features(text, lang)):
            row = weights.get(feature, EVEN)
            weights[feature] = [sum(pair) for pair in zip(row, shares, strict=True)]
    says = {}
    for feature, row in weights.items():
        even = (sum(row) + SMOOTH) / len(STYLES)
        logs = [round(math.log((one + SMOOTH / len(STYLES)) / even), 2) for one in row]
        if max(map(abs, logs)) >= TELLS:
            says[feature] = logs
    return says


def _taught(styles: Typology, lang: Lang) -> Iterator[tuple[str, list[float]]]:
    """Every text there is to learn from, with the weight of each style in it."""
    for cue in styles.cues:
        total = sum(cue.likelihood.get(style, 0.25) for style in STYLES)
        shares = [cue.likelihood.get(style, 0.25) / total for style in STYLES]
        yield from ((text, shares) for text in (pick(cue.text, lang), *cue.words.get(lang, ())))
    for entry in styles.entries:
        own = [float(entry.id == style) for style in STYLES]
        yield from ((pick(line.text, lang), own) for line in entry.lines.get("traits", ()) if any(own))


def _features(text: str, lang: Lang) -> list[str]:
    if lang == "en":
        return [word.stem for word in tokens(text) if not word.little and word.stem not in NEGATIVE]
    return [first + second for first, second in pairwise(_compact(text)) if _HAN.match(first) and _HAN.match(second)]


# English


def _english(known: Lexicon, clause: str) -> _Clause:
    whole = _mended(known, tokens(clause))
    words = [(at, word.stem) for at, word in enumerate(whole) if not word.little]
    hits = _longest(_english_hits(known, whole, words))
    covered = {place for hit in hits for place in hit.places}
    cues = [(hit.cue, _denied_in_english(hit, whole, covered)) for hit in hits]
    free = [stem for at, stem in words if at not in covered]
    return _Clause(cues, [] if any(stem in NEGATIVE for stem in free) else free)


def _mended(known: Lexicon, words: list[Token]) -> list[Token]:
    """The words, with one slip of the pen mended in a long one that is strange and comes near to a known one."""
    strange = {word.stem for word in words if len(word.stem) >= SLIPPERY and word.stem not in known.says}
    if not strange:
        return words
    parts = {part for forms in known.forms.values() for form in forms for part in _parts(form)}
    slipped = sorted(strange - parts)
    heads: dict[str, list[str]] = {}
    for part in sorted(parts):
        if len(part) >= SLIPPERY - 1:
            heads.setdefault(part[0], []).append(part)
    meant = {stem: near(stem, heads.get(stem[0], ())) or stem for stem in slipped}
    return [Token(meant.get(word.stem, word.stem), word.little) for word in words]


def _english_hits(known: Lexicon, whole: Sequence[Token], words: Sequence[tuple[int, str]]) -> Iterator[_Hit]:
    numbers = {at: number for number, (at, _) in enumerate(words)}
    for at, word in enumerate(whole):
        for form, cue in known.forms.get(word.stem, {}).items():
            if form.startswith(_CLOSE):
                yield from _closely(cue, _parts(form), whole, at)
            elif at in numbers:
                yield from _loosely(cue, _parts(form), words, numbers[at])


def _closely(cue: int, parts: list[str], whole: Sequence[Token], at: int) -> Iterator[_Hit]:
    """The form with its rarest word here, word beside word; it lies where the words of weight are, if there are any."""
    begin = at - parts.index(whole[at].stem)
    places = range(begin, begin + len(parts))
    if begin >= 0 and [word.stem for word in whole[begin : places.stop]] == parts:
        yield _Hit(cue, frozenset(place for place in places if not whole[place].little) or frozenset(places))


def _loosely(cue: int, parts: list[str], words: Sequence[tuple[int, str]], number: int) -> Iterator[_Hit]:
    """The form around its rarest word, in any order, with at most LOOSE words between the rest."""
    wide = len(parts) + (LOOSE if len(parts) > 1 else 0)
    for begin in range(max(0, number - wide + 1), number + 1):
        wanted = Counter(parts)
        places = []
        for at, stem in words[begin : begin + wide]:
            if wanted[stem] > 0:
                wanted[stem] -= 1
                places.append(at)
        if len(places) == len(parts):
            yield _Hit(cue, frozenset(places))


def _longest(hits: Iterable[_Hit]) -> list[_Hit]:
    """The hits that lie in no other of more words, one for each cue and place, in the order they are said."""

    def rank(hit: _Hit) -> tuple[int, ...]:
        first, last = min(hit.places), max(hit.places)
        return -len(hit.places), last - first, first, hit.cue

    best: list[_Hit] = []
    for hit in sorted(set(hits), key=rank):
        if not any(hit.places < one.places or (hit.cue == one.cue and hit.places & one.places) for one in best):
            best.append(hit)
    return sorted(best, key=lambda hit: (min(hit.places), hit.cue))


def _denied_in_english(hit: _Hit, whole: Sequence[Token], covered: set[int]) -> bool:
    """Whether a negation that belongs to no form stands in the hit, shortly before it, or right behind it."""
    first, last = min(hit.places), max(hit.places)
    inside = [whole[at].stem for at in range(first, last) if at not in covered]
    behind = [word.stem for at, word in enumerate(whole[last + 1 : last + 2], last + 1) if at not in covered]
    before: list[str] = []
    for at in range(first - 1, -1, -1):
        if whole[at].stem in AND or len(before) == REACH:
            break
        if not whole[at].little:
            before.append("" if at in covered else whole[at].stem)
    return not NEGATIVE.isdisjoint((*inside, *before)) or not AFTER.isdisjoint(behind)


# Chinese


def _compact(text: str) -> str:
    """Chinese text as it is compared: simplified, without spaces and the words that change nothing."""
    from salescoach.records.simplified import simplify

    bare = "".join(simplify(fold(text)).split())
    return _FILLER.sub(lambda found: found[1] or "", _SOFT_NOT.sub("", bare))


def _chinese(known: Lexicon, clause: str) -> _Clause:
    text = _compact(clause)
    hits = _longest(_chinese_hits(known, text))
    covered = {place for hit in hits for place in hit.places}
    cues = [(hit.cue, _denied_in_chinese(hit, text, covered)) for hit in hits]
    if any(found.start() not in covered for found in _NEGATIVE.finditer(_masked(text))):
        return _Clause(cues, [])
    rest = [text[at : at + 2] for at in range(len(text) - 1) if not {at, at + 1} & covered]
    return _Clause(cues, rest)


def _chinese_hits(known: Lexicon, text: str) -> Iterator[_Hit]:
    for at in range(len(text) - 1):
        for form, cue in known.forms.get(text[at : at + 2], {}).items():
            if text.startswith(form, at):
                yield _Hit(cue, frozenset(range(at, at + len(form))))


def _denied_in_chinese(hit: _Hit, text: str, covered: set[int]) -> bool:
    """Whether a negation that belongs to no form stands a few characters before the hit, or right behind it."""
    first, last = min(hit.places), max(hit.places)
    begin = max(0, first - REACH - 1)
    before = _masked(text)[begin:first]
    cut = max((found.end() for found in _AND.finditer(before)), default=0)
    found = [begin + cut + one.start() for one in _NEGATIVE.finditer(before[cut:])]
    after = _AFTER.match(text, last + 1)
    return any(at not in covered for at in found) or (after is not None and last + 1 not in covered)


def _masked(text: str) -> str:
    """The text with what only looks like a negation painted over."""
    return _NOT_NEGATIVE.sub(lambda found: "〇" * len(found[0]), text)
