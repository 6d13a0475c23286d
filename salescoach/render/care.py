"""The picture of care: which touches are due, by client, with what to do and to say."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from salescoach.coach.care import Care, by_client, in_order
from salescoach.language import Lang, say, show_day
from salescoach.records.ids import WAY
from salescoach.records.models import Client
from salescoach.records.names import fold
from salescoach.render.sheet import Sheet

if TYPE_CHECKING:
    from rich.text import Text


def care_sheet(
    cares: Sequence[Care],
    today: date,
    lang: Lang,
    width: int,
    *,
    everything: bool = False,
    left: int = 0,
    hint: bool = True,
) -> "Text":
    """
    What is due, grouped by client: one thing to do and one to say for each line.

    Args:
        everything: All there is to do and to say.
        left: Clients that wait and are not shown.
        hint: Where nothing is due, how days to remember are kept.
    """
    sheet = Sheet(width)
    sheet.heading(say("care.heading", lang, day=show_day(today, lang)))
    for lines in by_client(cares):
        sheet.blank()
        sheet.heading(say("care.between", lang).join((lines[0].client.name, *_tags(lines[0].client))))
        sheet.full(_talked(lines[0], today, lang), style="dim")
        for one in lines:
            sheet.part(one.id, care_entries(one, today, lang, everything=everything), None)
    _below(sheet, cares, left, lang, "key-done" if everything else "keys", hint)
    return sheet.text()


def _tags(client: Client) -> list[str]:
    """Its tags but for the way by which it was found."""
    return [tag for tag in client.tags if not tag.startswith(WAY)]


def _below(sheet: Sheet, cares: Sequence[Care], left: int, lang: Lang, keys: str, hint: bool) -> None:
    if not cares:
        sheet.full(say("care.quiet", lang))
        if hint:
            sheet.full(say("care.quiet-hint", lang), style="dim")
        return
    sheet.blank()
    sheet.full(say(f"care.{keys}", lang, id=in_order(cares)[0].id), style="dim")
    if left:
        sheet.full(say("care.more", lang, count=left))


def care_entries(one: Care, today: date, lang: Lang, *, everything: bool) -> list[str]:
    """A line of care: what it is, for whom and how long; then what to do and to say."""
    about = "" if fold(one.about) == fold(one.title) else one.about
    head = [one.title, about, one.contact.name if one.contact else "", window(one, today, lang, everything)]
    limit = None if everything else 1
    do = [say("care.do", lang, text=line.text) for line in one.do[:limit]]
    speak = [say("care.say", lang, text=line.text) for line in one.say[:limit]]
    return [say("care.between", lang).join(part for part in head if part), *do, *speak]


def window(one: Care, today: date, lang: Lang, span: bool = False) -> str:
    """How long there is: until when, from when, or since when it waits; with `span` from when until when."""
    if one.since > today:
        return say("care.from", lang, day=_day(one.since, today, lang))
    if one.until < today:
        return say("care.overdue", lang, day=_day(one.since, today, lang))
    until = _day(one.until, today, lang)
    if one.since == today or not span:
        return say("care.until", lang, day=until)
    return say("care.span", lang, since=_day(one.since, today, lang), until=until)


def _talked(one: Care, today: date, lang: Lang) -> str:
    if one.talked is None:
        return say("care.never", lang)
    return say("care.talked", lang, day=_day(one.talked.on, today, lang), text=one.talked.text)


def _day(day: date, today: date, lang: Lang) -> str:
    return show_day(day, lang, year=day.year != today.year)
