"""`salescoach objection`: an answer on the spot, by topic or in the customer's words."""

import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

from salescoach.cli.options import Json
from salescoach.cli.result import Result
from salescoach.cli.understanding import Understood, topics_of, understand
from salescoach.coach import matching
from salescoach.coach import objection as coach
from salescoach.coach.advice import Advice, Voice, voice
from salescoach.errors import ExitCode, NotFoundError, UsageError
from salescoach.language import Lang, Text, pick, say
from salescoach.playbook.models import Objection, Technique, Typology
from salescoach.records.ids import Behaviour, Style
from salescoach.shape import value

if TYPE_CHECKING:
    from salescoach.coach.history import History
    from salescoach.coach.ledger import Tally
    from salescoach.records.models import Contact

app = typer.Typer(add_completion=False)
STYLES = "|".join(get_args(Style))


@value
class Listener:
    """Whom the answer is for: what they are called, the style and language to speak, and all that is known of them."""

    client: str = ""
    contact: str = ""
    style: Style | None = None
    behaviour: Behaviour | None = None
    spoken: Lang | None = None  # with them, where it is not the rep's own
    history: "History | None" = None
    person: "Contact | None" = None


@app.command(help="objection.help")
def objection(
    ctx: typer.Context,
    words: Annotated[list[str] | None, typer.Argument(help="objection.words", show_default=False)] = None,
    for_: Annotated[str | None, typer.Option("--for", metavar="CLIENT[/CONTACT]", help="objection.for")] = None,
    style: Annotated[str | None, typer.Option("--style", metavar=STYLES, help="objection.style")] = None,
    why: Annotated[bool, typer.Option("--why", help="objection.why")] = False,
    deep: Annotated[bool, typer.Option("--deep", help="objection.deep")] = False,
    mine: Annotated[bool, typer.Option("--mine", help="objection.mine")] = False,
    answers: Annotated[str | None, typer.Option("--answers", metavar="FILE", help="deep.answers")] = None,
    questions: Annotated[bool, typer.Option("--questions", help="deep.questions")] = False,
    as_json: Json = False,
) -> Result:
    """Match the words to a topic and answer it for whoever is listening."""
    session = ctx.obj
    library = session.library()
    topics = topics_of(library)
    query = " ".join(words or ()).strip()
    listener = _listener(session, for_, style)
    if not query:
        return _topics(topics, session.lang, as_json)
    understood = understand(library, topics, query, lambda: _own_names(session, listener))
    matches: Sequence[matching.Match] = understood.matches
    if not matching.is_match(matches):
        return _no_match(ctx, query, matches, topics, as_json)
    confident = matching.is_confident(matches)
    clear = confident or understood.both or as_json
    if not clear and session.interactive and sys.stdout.isatty():
        matches = _ask(matches, topics, session.lang)
    topic = matches[0].topic
    if mine:
        return _mine(session, topic, topics, as_json)
    given = _answer(session, topic, listener, understood)
    titles = {topic: pick(title, session.lang) for topic, title in topics.titles.items()}
    document = coach.document(query, matches, titles, confident, given)
    document |= {"both": understood.both, "competitor": understood.competitor, "figure": understood.figure}
    if why:
        document["why"] = [line.because() for line in (*given.known, *given.say, *given.style, *given.steps)]
    if answers is not None or questions or deep:
        from salescoach.cli import deep as walk

        wish = walk.Wish(
            words=query,
            confident=confident,
            for_=for_,
            style=style,
            why=why,
            answers=answers,
            questions=questions,
            as_json=as_json,
        )
        if walk.walks(session, wish):
            return walk.take_through(session, given, listener, document, wish)
    last = _last(understood, matches, titles, confident, session.lang)
    return Result(document=document, show=_picture(session, given, listener, last, deep=deep, why=why), json=as_json)


def _last(
    understood: Understood, matches: Sequence[matching.Match], titles: dict[str, str], confident: bool, lang: Lang
) -> str:
    """The line below an answer: what else was said, or may be meant, or can be asked for."""
    topic = matches[0].topic
    for second in understood.both:
        if second != topic:
            return say("objection.both", lang, first=titles[topic], second=titles[second], topic=second)
    if confident:
        return say("render.try", lang)
    return say("render.also", lang, names=" · ".join(titles[one.topic] for one in matches[1:3]))


def _own_names(session: Any, listener: Listener) -> tuple[str, ...]:
    """What no rival is called: ourselves, and those we talk to."""
    me = session.me()
    people = [one.name for one in listener.history.contacts] if listener.history else []
    return tuple(name for name in (me.name, me.company, *me.products, listener.client, *people) if name)


def _listener(session: Any, for_: str | None, style: str | None) -> Listener:
    wanted: Any = None if style is None else _style_id(session, style)
    if for_ is None:
        return Listener(style=wanted)
    from salescoach.cli.gather import history_of
    from salescoach.cli.lookup import find_person
    from salescoach.coach.history import reading
    from salescoach.coach.style import effective

    client, contact = find_person(session, for_)
    history = history_of(session, client)
    styles = session.library().get(Typology, "styles")
    seen = reading(history, styles, contact, session.today)
    spoken = (contact.language if contact else None) or client.language
    return Listener(
        client=client.name,
        contact=contact.name if contact else "",
        style=wanted or effective(seen, contact),
        behaviour=contact.behaviour if contact else None,
        spoken=spoken if spoken != session.lang else None,
        history=history,
        person=contact,
    )


def _style_id(session: Any, name: str) -> str:
    """A style by any of its names in the playbook (力量型, choleric, D …)."""
    from salescoach.cli.gather import entry_called

    entry = entry_called(session.library().get(Typology, "styles"), name)
    if entry is None or entry.id == "neutral":
        raise UsageError("style-unknown", name=name)
    return entry.id


def _answer(session: Any, topic: str, listener: Listener, understood: Understood) -> coach.Answer:
    library = session.library()
    book = library.get(Objection, topic)
    techniques = library.titles(Technique)
    speaker = _voice(session, session.lang, listener, understood)
    spoken = _voice(session, listener.spoken, listener, understood) if listener.spoken else None
    behaviours = library.get(Typology, "behaviours")
    known = _known(session, topic, listener, speaker, techniques)
    return coach.answer(
        book, techniques, behaviours, speaker, listener.style, listener.behaviour, spoken=spoken, known=known
    )


def _voice(session: Any, lang: Lang, listener: Listener, understood: Understood) -> Voice:
    named = {"competitor": understood.competitor, "figure": understood.figure}
    return voice(lang, session.me(), client=listener.client, contact=listener.contact, **named)


def _known(
    session: Any, topic: str, listener: Listener, speaker: Voice, techniques: Mapping[str, Text]
) -> tuple[Advice, ...]:
    """What the records say that bears on this answer; nothing where it is for nobody in particular."""
    if listener.history is None:
        return ()
    from salescoach.coach.known import known
    from salescoach.playbook.models import Rules

    library, history = session.library(), listener.history
    met = session.store().objections.of(history.client.id)
    names = {id_: pick(title, session.lang) for id_, title in techniques.items()}
    styles = library.get(Typology, "styles")
    hints = library.labelled(Rules, "hint")
    return known(hints, styles, history, listener.person, topic, met, session.today, speaker, names)


def _picture(session: Any, given: coach.Answer, listener: Listener, last: str, *, deep: bool, why: bool) -> Any:
    from salescoach.cli.show import width
    from salescoach.render.answer import answer_text

    styles = session.library().get(Typology, "styles").entries
    title = next((pick(entry.title, session.lang) for entry in styles if entry.id == listener.style), "")
    return answer_text(given, session.lang, width(sys.stdout), deep=deep, why=why, style_title=title, last=last)


def _topics(topics: matching.Topics, lang: Any, as_json: bool) -> Result:
    titles = {topic: pick(title, lang) for topic, title in topics.titles.items()}
    document = {
        "schema": "salescoach/topics@1",
        "topics": [{"topic": topic, "title": title} for topic, title in titles.items()],
    }
    from salescoach.wrap import pad

    return Result(
        document=document, show="\n".join(f"{pad(topic, 16)}{title}" for topic, title in titles.items()), json=as_json
    )


def _no_match(
    ctx: typer.Context, query: str, matches: Sequence[matching.Match], topics: matching.Topics, as_json: bool
) -> Result:
    """The nearest three; the words are kept, and at a terminal the rep may say at once what they are."""
    from salescoach.cli import gaps

    session, lang = ctx.obj, ctx.obj.lang
    titles = {topic: pick(title, lang) for topic, title in topics.titles.items()}
    kept = gaps.keep(session, query)
    if as_json:
        document = coach.document(query, matches, titles, False, None)
        return Result(document=document, json=True, exit_code=ExitCode.NOT_FOUND)
    near = [say("objection.near", lang, topic=one.topic, title=titles[one.topic]) for one in matches[:3]]
    error = NotFoundError("no-objection", nearest=near, words=query[:60])
    if kept is None or not (session.interactive and sys.stdout.isatty()):
        raise error
    from salescoach.cli.show import show_error

    show_error(error, lang)
    ended = gaps.offer(session, kept, matches, topics)
    return ended or gaps.shown_first(session, objection(ctx, **ctx.params))


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
        names = {id_: pick(title, lang) for id_, title in session.library().titles(Technique).items()}
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
