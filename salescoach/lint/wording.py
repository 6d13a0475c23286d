"""Checks of what lines say: nothing twice, no figure from nowhere, no pressure, nothing out of date or lost."""

import re
from collections.abc import Iterable, Iterator, Sequence

from salescoach.coach.advice import is_spoken
from salescoach.coach.matching.words import fold
from salescoach.language import LANGS, Lang, Text, pick
from salescoach.lint.coverage import OURS
from salescoach.lint.finding import Finding
from salescoach.lint.source import Known, Source
from salescoach.playbook.anatomy import PathTo
from salescoach.playbook.models import Example, Line, Objection, Phrasings, Rule, Spoken, Step

#: Shorter lines may well be said twice: cells count for characters.
LEAST: dict[Lang, int] = {"en": 25, "zh": 12}
#: A share or a factor: what somebody must have counted.
FIGURE = re.compile(r"\d+(?:[.,]\d+)?\s?(?:%|per cent|percent|times as|×|倍)|[一二三四五六七八九两]成(?![本功长熟])")
#: Where a line stands that is not to be said.
NOT_SO = frozenset({"avoid", "mistakes", "forbid", "taboos"})


def lines_of(source: Source) -> Iterator[tuple[PathTo, Line | Spoken | Step | Rule, Text]]:
    """Every line to be said or done, with the place of its text."""
    for part in source.objects(Line, Spoken, Step, Rule):
        name = "say" if isinstance(part.value, Rule) else "text"
        yield (*part.path, name), part.value, getattr(part.value, name)


def said_once(sources: Sequence[Source]) -> Iterator[Finding]:
    """A line stands in one place; where two commands need it, one of them says it in other words or not at all."""
    for lang in LANGS:
        seen: dict[str, str] = {}
        for source in sources:
            for path, _, text in lines_of(source):
                wording = "" if isinstance(text, str) else fold(text.get(lang, ""))
                where = source.positioned.where((*path, lang))
                first = seen.setdefault(wording, where) if len(wording) >= LEAST[lang] else where
                if first != where:
                    yield source.finding("PB031", (*path, lang), other=_short(first))


def _short(where: str) -> str:
    """A place without its folders."""
    return where.rsplit("/", 1)[-1]


def sourced_figures(source: Source, known: Known) -> Iterator[Finding]:
    """A share or a factor that is ours has literature behind it."""
    first = source.playbook.sources[0] if source.playbook.sources else OURS
    for path, line, text in lines_of(source):
        if (line.source or first) != OURS or _has_literature(line.evidence or source.playbook.evidence):
            continue
        for lang in LANGS:
            if found := FIGURE.search(pick(text, lang)):
                yield source.finding("PB032", (*path, lang), found=found[0])


def _has_literature(evidence: object) -> bool:
    return bool(getattr(evidence, "source", None) and getattr(evidence, "year", None))


def up_to_date(source: Source, known: Known) -> Iterator[Finding]:
    """What was to be read again by a day was."""
    day = source.playbook.review_by
    if day is not None and known.today is not None and day < known.today:
        yield source.finding("PB033", ("review_by",), day=day.isoformat())


def no_pressure(source: Source, known: Known) -> Iterator[Finding]:
    """Nothing to be said presses the customer; as what not to do it may stand."""
    for path, text in _to_be_said(source):
        for lang in LANGS:
            wording = fold(pick(text, lang))
            for words in known.pressure:
                if words in wording:
                    yield source.finding("PB034", (*path, lang), found=words)


def _to_be_said(source: Source) -> Iterator[tuple[PathTo, Text]]:
    for path, line, text in lines_of(source):
        spoken = isinstance(line, Spoken) or any(is_spoken(pick(text, lang)) for lang in LANGS)
        if spoken and NOT_SO.isdisjoint(path):
            yield path, text
    for part in source.objects(Example):
        yield (*part.path, "answer"), part.value.answer


def own_topic(source: Source, known: Known) -> Iterator[Finding]:
    """What customers say of a topic finds that topic, where that was asked."""
    for path, topic, words in told_by_customers(source) if known.taken_for is not None else ():
        found = (known.taken_for or {}).get(words)
        if found != topic:
            yield source.finding("PB035", path, words=words, topic=topic, found=found or "–")


def told_by_customers(source: Source) -> Iterator[tuple[PathTo, str, str]]:
    """Place, topic and words of each customer's sentence; not of a draft, where they are still to be written."""
    return iter(()) if source.playbook.status == "draft" else _phrasings(source)


def _phrasings(source: Source) -> Iterator[tuple[PathTo, str, str]]:
    book = source.playbook
    if isinstance(book, Objection):
        yield from _listed(("phrasings",), book.id, book.phrasings)
    elif isinstance(book, Phrasings):
        for topic, lists in book.topics.items():
            yield from _listed(("topics", topic), topic, lists)


def _listed(path: PathTo, topic: str, lists: dict[Lang, tuple[str, ...]]) -> Iterable[tuple[PathTo, str, str]]:
    return (((*path, lang, place), topic, words) for lang in lists for place, words in enumerate(lists[lang]))
