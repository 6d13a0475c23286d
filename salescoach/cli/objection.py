"""`salescoach objection`: an answer on the spot, by topic or in the customer's words."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

import salescoach
from salescoach.cli.result import Result
from salescoach.coach import matching
from salescoach.coach import objection as coach
from salescoach.coach.advice import voice
from salescoach.coach.matching.words import language_of
from salescoach.errors import ExitCode, NotFoundError, UsageError
from salescoach.language import Lang, pick, say
from salescoach.playbook.cache import Cache
from salescoach.playbook.models import Objection, SmallTalk, Technique, Typology
from salescoach.records.ids import Behaviour, Style
from salescoach.shape import value

if TYPE_CHECKING:
    from salescoach.coach.ledger import Tally

app = typer.Typer(add_completion=False)
#: What was worked out when the program was packed (`hatch_build.py`), believed only for what it was learned from.
PACKED = Cache(Path(salescoach.__file__).parent / "packed")


@value
class Listener:
    """Whom the answer is for: their names, and the style and behaviour to speak to."""

    client: str = ""
    contact: str = ""
    style: Style | None = None
    behaviour: Behaviour | None = None


@app.command(help="objection.help")
def objection(
    ctx: typer.Context,
    words: Annotated[list[str] | None, typer.Argument(help="objection.words", show_default=False)] = None,
    for_: Annotated[str | None, typer.Option("--for", metavar="CLIENT[/CONTACT]", help="objection.for")] = None,
    style: Annotated[str | None, typer.Option("--style", metavar="STYLE", help="objection.style")] = None,
    why: Annotated[bool, typer.Option("--why", help="objection.why")] = False,
    deep: Annotated[bool, typer.Option("--deep", help="objection.deep")] = False,
    mine: Annotated[bool, typer.Option("--mine", help="objection.mine")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="objection.json")] = False,
) -> Result:
    """Match the words to a topic and answer it for whoever is listening."""
    session = ctx.obj
    library = session.library()
    topics = topics_of(library)
    query = " ".join(words or ()).strip()
    listener = _listener(session, for_, style)
    if not query:
        return _topics(topics, session.lang, as_json)
    matches = find(library, topics, query)
    if not matching.is_match(matches):
        return _no_match(query, matches, topics, session.lang, as_json)
    confident = matching.is_confident(matches)
    if not confident and not as_json and session.interactive and sys.stdout.isatty():
        matches = _ask(matches, topics, session.lang)
    if mine:
        return _mine(session, matches[0].topic, topics, as_json)
    given = _answer(session, matches[0].topic, listener)
    titles = {topic: pick(title, session.lang) for topic, title in topics.titles.items()}
    document = coach.document(query, matches, titles, confident, given)
    if why:
        document["why"] = [line.because() for line in (*given.say, *given.style, *given.steps)]
    also = () if confident else [titles[one.topic] for one in matches[1:3]]
    return Result(document=document, show=_picture(session, given, listener, also, deep=deep, why=why), json=as_json)


def topics_of(library: Any) -> matching.Topics:
    """The topics by name, from the cache."""
    topics: matching.Topics = library.derived(
        "topics", lambda books: matching.names_of(books.all(Objection)), matching.Topics
    )
    return topics


def find(library: Any, topics: matching.Topics, query: str) -> Sequence[matching.Match]:
    """The topics that words may mean, best first: by name without the learned index, else by likeness."""
    named = matching.by_name(topics, query)
    if named:
        return named
    lang = language_of(query)
    index = library.derived(f"matcher-{lang}", lambda books: _index(books, lang), matching.Index)
    return matching.rank(index, query)


def _index(library: Any, lang: Lang) -> matching.Index:
    """What was learned of a language: packed with the program for the built-in set, learned now for any other."""
    objections, others = library.all(Objection), library.all(SmallTalk)
    packed: matching.Index | None = PACKED.read(
        f"matcher-{lang}", matching.stamp(objections, others, lang), matching.Index
    )
    if packed is not None:
        return packed
    from salescoach.cli.show import write

    write(say("objection.learning", lang) + "\n", sys.stderr)
    return matching.build(objections, others, (lang,))


def _listener(session: Any, for_: str | None, style: str | None) -> Listener:
    wanted: Any = None if style is None else _style_id(session, style)
    if for_ is None:
        return Listener(style=wanted)
    from salescoach.cli.gather import history_of
    from salescoach.coach.history import reading
    from salescoach.coach.style import effective

    client, contact = session.store().find_person(for_)
    history = history_of(session, client)
    styles = session.library().get(Typology, "styles")
    seen = reading(history, styles, contact, session.today)
    return Listener(
        client=client.name,
        contact=contact.name if contact else "",
        style=wanted or effective(seen, contact),
        behaviour=contact.behaviour if contact else None,
    )


def _style_id(session: Any, name: str) -> str:
    """A style by any of its names in the playbook (力量型, choleric, D …)."""
    from salescoach.cli.gather import entry_called

    entry = entry_called(session.library().get(Typology, "styles"), name)
    if entry is None or entry.id == "neutral":
        raise UsageError("style-unknown", name=name)
    return entry.id


def _answer(session: Any, topic: str, listener: Listener) -> coach.Answer:
    library = session.library()
    book = library.get(Objection, topic)
    wanted = {step.technique for step in book.steps if step.technique}
    techniques = {one.id: one for one in library.all(Technique) if one.id in wanted}
    speaker = voice(session.lang, session.me(), client=listener.client, contact=listener.contact)
    behaviours = library.get(Typology, "behaviours")
    return coach.answer(book, techniques, behaviours, speaker, listener.style, listener.behaviour)


def _picture(
    session: Any, given: coach.Answer, listener: Listener, also: Sequence[str], *, deep: bool, why: bool
) -> Any:
    from salescoach.cli.show import width
    from salescoach.render.answer import answer_text

    styles = session.library().get(Typology, "styles").entries
    title = next((pick(entry.title, session.lang) for entry in styles if entry.id == listener.style), "")
    return answer_text(given, session.lang, width(sys.stdout), deep=deep, why=why, style_title=title, also=also)


def _topics(topics: matching.Topics, lang: Any, as_json: bool) -> Result:
    titles = {topic: pick(title, lang) for topic, title in topics.titles.items()}
    document = {
        "schema": "salescoach/topics@1",
        "topics": [{"topic": topic, "title": title} for topic, title in titles.items()],
    }
    from salescoach.render.wrap import pad

    return Result(
        document=document, show="\n".join(f"{pad(topic, 16)}{title}" for topic, title in titles.items()), json=as_json
    )


def _no_match(
    query: str, matches: Sequence[matching.Match], topics: matching.Topics, lang: Any, as_json: bool
) -> Result:
    if not as_json:
        nearest = [pick(topics.titles[one.topic], lang) for one in matches[:3]]
        raise NotFoundError("no-objection", nearest=nearest, words=query[:60])
    titles = {topic: pick(title, lang) for topic, title in topics.titles.items()}
    document = coach.document(query, matches, titles, False, None)
    return Result(document=document, json=True, exit_code=ExitCode.NOT_FOUND)


def _ask(matches: Sequence[matching.Match], topics: matching.Topics, lang: Any) -> Sequence[matching.Match]:
    """Three choices, one key; the chosen one comes first."""
    from salescoach.walk.terminal import choose

    names = [pick(topics.titles[one.topic], lang) for one in matches[:3]]
    chosen = choose(say("objection.which", lang), names, lang)
    return [matches[chosen], *(one for number, one in enumerate(matches) if number != chosen)]


def _mine(session: Any, topic: str, topics: matching.Topics, as_json: bool) -> Result:
    """What worked for the rep on this topic; silent below five cases."""
    from salescoach.coach import ledger

    lang = session.lang
    met = session.store().objections.on_topic(topic)
    whole, techniques = ledger.tally(topic, met), ledger.by_technique(met)
    title = pick(topics.titles[topic], lang)
    if whole.count < ledger.ENOUGH:
        show = say("objection.mine-few", lang, title=title, count=whole.count)
    else:
        names = {one.id: pick(one.title, lang) for one in session.library().all(Technique)}
        lines = [say("objection.mine-all", lang, title=title, **_figures(whole))]
        untold = say("objection.mine-untold", lang)
        lines += [
            say("objection.mine-technique", lang, technique=names.get(one.label, one.label or untold), **_figures(one))
            for one in techniques
        ]
        show = "\n".join(lines)
    return Result(document=ledger.document(topic, whole, techniques), show=show, json=as_json)


def _figures(one: "Tally") -> dict[str, int]:
    return {"won": one.won, "count": one.count, "low": one.low, "high": one.high}
