"""Sentences that no topic fitted: kept, offered as a phrasing or as a topic of the rep's own, and listed."""

import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from salescoach.cli.result import Result
from salescoach.cli.understanding import learn, nearest, topics_of
from salescoach.coach.matching.words import fold, language_of
from salescoach.errors import ExitCode, NotFoundError, StoreError, UsageError
from salescoach.language import Lang, pick, say, show_day, visible
from salescoach.records.models import Unmatched
from salescoach.records.names import short_id
from salescoach.records.sentences import sentence

if TYPE_CHECKING:
    from salescoach.cli.context import Session
    from salescoach.coach.matching import Match, Topics

#: Seconds to wait for another program that is writing: somebody is on the phone.
PATIENCE = 0.2
NEAREST = 3
#: Words that make the id of a topic, cells of its title.
WORDS, TITLE = 4, 60


def keep(session: "Session", words: str) -> Unmatched | None:
    """Keep words that may be a customer's; None where they are not, or where nothing can be written. Never fails."""
    said = sentence(words)
    if not said:
        return None
    from salescoach.store import FILE_NAME, open_store

    path, new = session.settings.data / FILE_NAME, False
    try:
        new = not path.exists()
        with open_store(path.parent, command=session.command, patience=PATIENCE) as store:
            return store.unmatched.keep(Unmatched(id=store.new_id(), said=said, on=session.today))
    except (StoreError, OSError) as error:
        if new and getattr(error, "key", "") != "store-busy":  # else another program is about to fill it
            _take_away(path)
        return None


def _take_away(path: Path) -> None:
    """An empty file that was made in vain, and its folder."""
    with suppress(OSError):
        if path.stat().st_size == 0:
            path.unlink()
        path.parent.rmdir()


def offer(session: "Session", kept: Unmatched, matches: Sequence["Match"], topics: "Topics") -> Result | None:
    """
    Ask what a sentence is, and make it that.

    Returns:
        None where it is a phrasing of a topic now; how the run ends where it is not.

    Raises:
        Interrupted: Ctrl-C.
        PlaybookError: The file of phrasings is broken, or something cannot be written.
    """
    from salescoach.walk.terminal import choose

    lang, near = session.lang, [one.topic for one in matches[:NEAREST]]
    rest = [say(f"gaps.{name}", lang) for name in ("another", "own", "leave")]
    names = [*(pick(topics.titles[topic], lang) for topic in near), *rest]
    place = choose(say("gaps.which", lang), names, lang, pointed=len(names) - 1)
    if place == len(names) - 1:
        return Result(document={}, exit_code=ExitCode.NOT_FOUND)
    if place == len(names) - 2:
        return _own_topic(session, kept)
    if place == len(near):
        every = list(topics.titles)
        titles = [pick(title, lang) for title in topics.titles.values()]
        adopt(session, kept, every[choose(say("gaps.which", lang), titles, lang)])
    else:
        adopt(session, kept, near[place])
    with suppress(StoreError):  # it stays on the list, which does no harm
        session.store().unmatched.remove(kept.id)
    return None


def adopt(session: "Session", kept: Unmatched, topic: str) -> Path:
    """
    Make a sentence a phrasing of a topic, in the rep's own file.

    Raises:
        PlaybookError: That file is broken, or cannot be written.
    """
    from salescoach.playbook import heard

    path = heard.file_of(session.library(), session.settings.personal_playbooks)
    heard.adopt(path, topic, kept.said, language_of(kept.said), session.lang)
    session.read_playbooks_again()
    return path


def shown_first(session: "Session", result: Result) -> Result:
    """Show a result and only then learn: what was asked for does not wait, nor does the next question."""
    from salescoach.cli.show import show_result

    show_result(result, session.lang)
    learn(session.library())
    return replace(result, show=None, json=False)


def _own_topic(session: "Session", kept: Unmatched) -> Result:
    """A topic to be written, the sentence in it already."""
    from salescoach.playbook.authoring import home_of, scaffold, write_new
    from salescoach.wrap import crop

    slug, title = _free_id(session, kept.said), crop(kept.said, TITLE)
    path = home_of(session.settings.personal_playbooks, "objection", slug)
    said = (language_of(kept.said), kept.said)
    write_new(path, scaffold("objection", slug, title, session.lang, said))
    session.read_playbooks_again()
    with suppress(StoreError):
        session.store().unmatched.remove(kept.id)
    command = f"salescoach playbook edit {slug}"
    show = say("playbook.new-made", session.lang, path=visible(str(path)), command=command)
    return shown_first(session, Result(document={}, show=show, exit_code=ExitCode.NOT_FOUND))


def _free_id(session: "Session", said: str) -> str:
    """An id made of the first words, or characters, that no playbook has."""
    from salescoach.playbook.authoring import home_of, sanitised

    words = said[:WORDS] if language_of(said) == "zh" else " ".join(said.split()[:WORDS])
    try:
        slug = sanitised(words)
    except UsageError:  # a script that has no letters of ours
        slug = "own-topic"
    folder = session.settings.personal_playbooks
    taken = {entry.id for _, entry in session.library().entries()}
    ids = (slug, *(f"{slug}-{number}" for number in range(2, len(taken) + 1000)))
    return next(id_ for id_ in ids if id_ not in taken and not home_of(folder, "objection", id_).exists())


# the list


def gaps(session: "Session", identifier: str | None, topic: str | None, drop: bool, as_json: bool) -> Result:
    """The list, one of it, or what becomes of one."""
    if topic is not None and drop:
        raise UsageError("gap-topic-or-drop")
    if identifier is None:
        if topic is not None or drop:
            raise UsageError("gap-id-needed")
        return _list(session, session.store().unmatched.list() if session.has_store() else [], as_json)
    if not session.has_store():
        raise NotFoundError("unmatched-id-unknown", given=identifier)
    kept = session.store().unmatched.get(identifier)
    if topic is not None:
        return _adopted(session, kept, _topic(session, topic), as_json)
    return _dropped(session, kept, as_json) if drop else _list(session, [kept], as_json)


def _topic(session: "Session", name: str) -> str:
    """A topic by its id, title or alias."""
    from difflib import get_close_matches

    topics = topics_of(session.library())
    found = topics.names.get(fold(name))
    if found is None:
        near = get_close_matches(name.strip().lower(), topics.titles, NEAREST, 0.4)
        raise NotFoundError("topic-not-found", nearest=near, name=name[:60])
    return found


def _adopted(session: "Session", kept: Unmatched, topic: str, as_json: bool) -> Result:
    path = adopt(session, kept, topic)
    session.store().unmatched.remove(kept.id)
    title = pick(topics_of(session.library()).titles[topic], session.lang)
    said = say("gaps.adopted", session.lang, said=kept.said, title=title, topic=topic)
    document = {"schema": "salescoach/gap@1", "id": kept.id, "said": kept.said, "topic": topic, "path": str(path)}
    show = f"{_broken(said)}\n{visible(str(path))}"
    return shown_first(session, Result(document=document, show=show, json=as_json))


def _dropped(session: "Session", kept: Unmatched, as_json: bool) -> Result:
    session.store().unmatched.remove(kept.id)
    document = {"schema": "salescoach/gap@1", "id": kept.id, "said": kept.said, "topic": None, "path": None}
    return Result(document=document, show=_broken(say("gaps.dropped", session.lang, said=kept.said)), json=as_json)


def _list(session: "Session", found: Sequence[Unmatched], as_json: bool) -> Result:
    from salescoach.cli.show import width

    topics = topics_of(session.library())
    matches = nearest(session.library(), topics, [one.said for one in found])
    near = [[match.topic for match in likely[:NEAREST]] for likely in matches]
    listed = [_entry(one, topic_ids) for one, topic_ids in zip(found, near, strict=True)]
    titles = {topic: pick(title, session.lang) for topic, title in topics.titles.items()}
    show = _picture(found, near, titles, session.lang, width(sys.stdout))
    return Result(document={"schema": "salescoach/gaps@1", "gaps": listed}, show=show, json=as_json)


def _entry(one: Unmatched, near: Sequence[str]) -> dict[str, Any]:
    return {"id": one.id, "said": one.said, "times": one.times, "on": one.on, "nearest": near}


def _picture(
    found: Sequence[Unmatched], near: Sequence[Sequence[str]], titles: dict[str, str], lang: Lang, columns: int
) -> str:
    """Of each sentence what it is and which topic comes nearest; below them what can be done."""
    from salescoach.wrap import wrap

    if not found:
        return "\n".join(wrap(say("gaps.none", lang), columns))
    rows: list[str] = []
    for one, topics in zip(found, near, strict=True):
        facts = {"id": short_id(one.id), "day": show_day(one.on, lang), "times": one.times, "said": visible(one.said)}
        texts = [say("gaps.row", lang, **facts)]
        texts += [say("gaps.near", lang, topic=topic, title=visible(titles[topic])) for topic in topics[:1]]
        first, *more = [row for text in texts for row in wrap(text, columns - 2)]
        rows += [first, *(f"  {row}" for row in more)]
    return "\n".join([*rows, "", *wrap(say("gaps.todo", lang), columns)])


def _broken(text: str) -> str:
    """A line that holds words from outside, in rows that fit; nothing in it acts on the terminal."""
    from salescoach.cli.show import width
    from salescoach.wrap import wrap

    return "\n".join(wrap(visible(text), width(sys.stdout)))
