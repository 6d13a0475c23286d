"""Checks of wording: both languages, the same placeholders, known ones only, Chinese punctuation."""

import re
from collections.abc import Iterator

from salescoach.language import LANGS, Lang, Text
from salescoach.lint.finding import Finding
from salescoach.lint.source import Known, Source
from salescoach.playbook.models import SmallTalk

PLACEHOLDERS = frozenset({"company", "product", "client", "contact", "rep", "proof", "competitor", "figure"})
_BRACES = re.compile(r"\{[^{}]*\}|[{}]")
_HAN = r"[\u3400-\u9fff]"
_HALF_WIDTH = re.compile(rf"{_HAN}[,;:!?.]|[,;:!?]{_HAN}")


def both_languages(source: Source, known: Known) -> Iterator[Finding]:
    """The built-in set is whole in both languages."""
    if not source.built_in:
        return
    for part in source.parts("text"):
        for lang in missing_languages(part.value):
            yield source.finding("PB003", part.path, lang=lang)
    for path, words in _word_lists(source):
        for lang in LANGS:
            if words and lang not in words:
                yield source.finding("PB003", path, lang=lang)


def missing_languages(text: Text) -> tuple[Lang, ...]:
    """The languages that a text is not written in; a plain string is written in none of them."""
    return LANGS if isinstance(text, str) else tuple(lang for lang in LANGS if not text.get(lang))


def _word_lists(source: Source) -> Iterator[tuple[tuple[str | int, ...], dict[str, object]]]:
    for part in source.objects():
        for name in ("words", "aliases", "keywords", "phrasings"):
            words = getattr(part.value, name, None)
            if isinstance(words, dict):
                yield (*part.path, name), words


def same_placeholders(source: Source, known: Known) -> Iterator[Finding]:
    """A line says the same in both languages, so it is filled with the same names."""
    for part in source.parts("text"):
        if isinstance(part.value, str) or missing_languages(part.value):
            continue
        one, other = (set(_BRACES.findall(part.value[lang])) for lang in LANGS)
        if one != other:
            yield source.finding("PB004", part.path, names=" ".join(sorted(one ^ other)))


def same_items(source: Source, known: Known) -> Iterator[Finding]:
    """A text that lists things, in lines or along arrows, lists as many in both languages."""
    for part in source.parts("text"):
        if isinstance(part.value, str) or missing_languages(part.value):
            continue
        for mark in ("\n", "→"):
            one, other = (part.value[lang].strip().count(mark) + 1 for lang in LANGS)
            if one != other:
                yield source.finding("PB030", part.path, en=one, zh=other)


def known_placeholders(source: Source, known: Known) -> Iterator[Finding]:
    """Nothing in braces but what is filled."""
    for part in source.parts("text"):
        wordings = {"": part.value} if isinstance(part.value, str) else part.value
        for lang, wording in wordings.items():
            for found in _BRACES.findall(wording):
                if found[1:-1] not in PLACEHOLDERS:
                    yield source.finding("PB005", (*part.path, lang), found=found)


def plain_words(source: Source, known: Known) -> Iterator[Finding]:
    """What customers say, and what is looked up, is matched as it stands: nothing in it is filled."""
    if isinstance(source.playbook, SmallTalk):
        return  # code and shell lines are among what is no objection
    for part in source.parts("words"):
        for found in _BRACES.findall(part.value):
            yield source.finding("PB006", part.path, found=found)


def full_width(source: Source, known: Known) -> Iterator[Finding]:
    """Chinese text has Chinese punctuation."""
    for part in source.parts("text"):
        wording = part.value if isinstance(part.value, str) else part.value.get("zh", "")
        if found := _HALF_WIDTH.search(wording):
            yield source.finding("PB017", (*part.path, "zh"), found=found[0])
