"""What the customer's words mean: topics by name or by likeness, two at once, and the names and figures in them."""

import math
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import salescoach
from salescoach.coach import matching
from salescoach.coach.matching.words import language_of
from salescoach.language import LANGS, Lang, say
from salescoach.playbook.cache import Cache
from salescoach.playbook.models import Objection, Phrasings, SmallTalk, Typology
from salescoach.shape import value

if TYPE_CHECKING:
    from salescoach.coach.cues import Lexicon
    from salescoach.playbook.library import Library

#: What learning may cost (`matching.effort`) before it takes long: twice what the built-in set costs, which is some 20
#: seconds. It grows with the square of the playbooks.
LONG = 450_000
#: What was worked out when the program was packed (`hatch_build.py`), believed only for what it was learned from.
PACKED = Cache(Path(salescoach.__file__).parent / "packed")


@value
class Understood:
    """Topics best first, the two that were clearly said where there are two, a rival and a figure that were named."""

    matches: tuple[matching.Match, ...]
    both: tuple[str, ...] = ()  # the best match is one of them
    competitor: str = ""
    figure: str = ""


def topics_of(library: "Library") -> matching.Topics:
    """The topics by name, from the cache."""
    return library.derived(
        "topics",
        (Objection, Phrasings),
        lambda books: matching.names_of(books.all(Objection), books.all(Phrasings)),
        matching.Topics,
    )


def find(library: "Library", topics: matching.Topics, words: str) -> Sequence[matching.Match]:
    """The topics that words may mean, best first: by name without the learned index, else by likeness."""
    return matching.by_name(topics, words) or matching.rank(_index(library, language_of(words)), words)


class LongToLearnError(Exception):
    """Learning costs more than it may."""


def nearest(
    library: "Library",
    topics: matching.Topics,
    sentences: Sequence[str],
    *,
    most: float = math.inf,
    told: Callable[[int], None] = lambda _: None,
) -> list[Sequence[matching.Match]]:
    """
    `find` for many sentences: what was learned is read once.

    Args:
        most: What learning may cost where it was not done yet, see `matching.effort`.
        told: Hears after each sentence that one more is done.

    Raises:
        LongToLearnError: Learning would cost more.
    """
    indexes = {lang: _index(library, lang, most) for lang in {language_of(words) for words in sentences}}
    found: list[Sequence[matching.Match]] = []
    for one in sentences:
        found.append(matching.by_name(topics, one) or matching.rank(indexes[language_of(one)], one))
        told(1)
    return found


def understand(library: "Library", topics: matching.Topics, words: str, own: Callable[[], Iterable[str]]) -> Understood:
    """
    All that a sentence tells.

    Args:
        own: Gives the names that are no rival's, see `coach.heard`; not asked where a topic is named.
    """
    if by_name := matching.by_name(topics, words):
        return Understood(matches=tuple(by_name))
    from salescoach.coach.heard import heard

    index = _index(library, language_of(words))
    matches = matching.rank(index, words)
    clear = matching.named(index, words)
    both = clear if len(clear) == 2 and matches[0].topic in clear else ()
    said = heard(words, own(), lambda word: matching.is_ordinary(index, word))
    return Understood(matches=tuple(matches), both=both, competitor=said.competitor, figure=said.figure)


def lexicons(library: "Library") -> Callable[[Lang], "Lexicon"]:
    """What the styles playbook says in each language, from the cache."""
    from salescoach.coach.cues import Lexicon, lexicon

    def known(lang: Lang) -> Lexicon:
        def build(books: "Library") -> Lexicon:
            return lexicon(books.get(Typology, "styles"), lang)

        return library.derived(f"style-{lang}", (Typology,), build, Lexicon)

    return known


def learn(library: "Library") -> None:
    """Learn now what has changed, in every language, so that nobody waits for it later."""
    for lang in LANGS:
        _index(library, lang)


def _index(library: "Library", lang: Lang, most: float = math.inf) -> matching.Index:
    """What was learned of a language."""
    rests_on = (Objection, SmallTalk, Phrasings)
    return library.derived(f"matcher-{lang}", rests_on, lambda books: _learned(books, lang, most), matching.Index)


def _learned(library: "Library", lang: Lang, most: float) -> matching.Index:
    """Packed with the program for the built-in set, learned once for any other, whatever else changes beside it."""
    objections, others, more = library.all(Objection), library.all(SmallTalk), library.all(Phrasings)
    stamp = matching.stamp(objections, others, lang, more=more)
    packed: matching.Index | None = PACKED.read(f"matcher-{lang}", stamp, matching.Index)
    if packed is not None:
        return packed

    def learn() -> matching.Index:
        from salescoach.cli.show import write

        effort = matching.effort(objections, others, lang, more=more)
        if effort > most:
            raise LongToLearnError
        write(say("objection.learning-long" if effort > LONG else "objection.learning", lang) + "\n", sys.stderr)
        return matching.build(objections, others, (lang,), more=more)

    return library.kept(f"learned-{lang}", stamp, learn, matching.Index)
