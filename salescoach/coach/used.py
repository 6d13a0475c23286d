"""Which playbooks a visit rests on: kept with it, so that it can be told later what it was walked with."""

from collections.abc import Iterable

from salescoach.coach.advice import Advice
from salescoach.coach.debrief import Verdict
from salescoach.coach.prep import Book, Books, Brief, all_advice, walked_for
from salescoach.playbook.models import Objection, Playbook, Technique, Typology
from salescoach.records.models import Visit


def used_in_prep(books: Books, made: Brief) -> dict[str, int]:
    """Version by id: the lists of a prep, what its brief says lines of, and the objections that are expected."""
    lines = (*all_advice(made), *(line for card in made.cards for line in card.lines))
    topics = {one.topic for one in made.objections}
    return _versions(walked_for(books, "prep", made.visit.purpose), lines, _called(books, Objection, topics))


def used_in_debrief(books: Books, before: Visit, verdict: Verdict) -> dict[str, int]:
    """Version by id: the lists of a debrief, what its verdict says lines of, and what its answers name; with prep's."""
    met = verdict.objections
    named = [
        *_called(books, Objection, {one.topic for one in met}),
        *_called(books, Technique, {one.technique for one in met}),
        *([books.get(Typology, "styles")] if verdict.observations else []),
    ]
    lists = walked_for(books, "debrief", before.purpose)
    return before.playbooks | _versions(lists, (*verdict.because, *verdict.feedback), named)


def _called(books: Books, kind: type[Book], ids: Iterable[str | None]) -> list[Book]:
    return [book for id_ in ids if id_ and (book := books.find(kind, id_))]


def _versions(lists: Iterable[Playbook], lines: Iterable[Advice], named: Iterable[Playbook]) -> dict[str, int]:
    """What stands in no playbook (the rep's own words) has no version."""
    said = {line.playbook: line.version for line in lines if line.version}
    return dict(sorted({**said, **{book.id: book.version for book in (*lists, *named)}}.items()))
