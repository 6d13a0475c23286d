"""What is known of the person whose objection is answered: what they said before, what worked, and what that asks for.

Sources: S001-PEOPLE3, S000-ROLES and S001-STANCE3 (who says it), S003-PROMISE (what we owe); the order is ours.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from salescoach.coach.advice import Advice, Voice, advise, own_words
from salescoach.coach.facts import facts_before
from salescoach.coach.history import History
from salescoach.language import Lang, say, show_day
from salescoach.playbook.models import Rules, Typology
from salescoach.records.models import Contact, ObjectionMet, Visit

#: Hints shown at most, the most useful first.
HINTS = 2


def known(
    hints: Iterable[Rules],
    styles: Typology,
    history: History,
    contact: Contact | None,
    topic: str,
    met: Sequence[ObjectionMet],
    today: date,
    speaker: Voice,
    techniques: dict[str, str],
) -> tuple[Advice, ...]:
    """
    What to know before answering, at most four lines.

    Args:
        hints: The rule playbooks that give hints.
        met: All objections heard at this client, newest first.
        techniques: Titles by id, in the rep's language.
    """
    visit = Visit(id="", client_id=history.client.id, when=today)
    facts = facts_before(history, styles, visit, (contact,) if contact else (), today)
    given = [
        (rule.rank, line)
        for book in hints
        for rule in book.rules
        if rule.topic in (None, topic)
        for line in advise(book, (rule,), speaker, facts)
    ]
    given.sort(key=lambda pair: (-pair[0], pair[1].id))
    return (*_past(topic, met, techniques, speaker.lang), *(line for _, line in given[:HINTS]))


def _past(topic: str, met: Sequence[ObjectionMet], techniques: dict[str, str], lang: Lang) -> list[Advice]:
    """The last time this was said here, and what settled it when something did."""
    same = [one for one in met if one.topic == topic]
    if not same:
        return []
    last = same[0]
    key = "known-settled" if last.resolved else "known-open"
    lines = [say(f"objection.{key}", lang, day=show_day(last.on, lang), said=last.said)]
    worked = next((one.technique for one in same if one.resolved and one.technique in techniques), None)
    if worked is not None:
        lines.append(say("objection.known-worked", lang, technique=techniques[worked]))
    return [own_words(f"records.{topic}-{number}", line) for number, line in enumerate(lines, 1)]
