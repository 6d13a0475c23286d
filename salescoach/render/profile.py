"""A person's style on one screen."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from salescoach.coach.profile import Profile
from salescoach.coach.style import THRESHOLD
from salescoach.coach.watching import Seen
from salescoach.language import Lang, say, show_day
from salescoach.render.sheet import Sheet
from salescoach.render.styles import BAR, SHORT_BAR, bar, percent
from salescoach.render.why import because_line
from salescoach.wrap import cells, pad

if TYPE_CHECKING:
    from rich.text import Text

#: From here on the words say that it is sure enough.
HIGH = 0.8
#: Rows of the parts; with the heading and the bars they fit one screen.
SEEN, UNNAMED, AGAINST, DO, STRESS = 4, 1, 2, 2, 4


class ProfileView:
    """
    The parts of a profile as plain entries.

    Args:
        titles: Style → its title.
        mine: The rep has said what their own style is.
        command: What records more of this person.
    """

    def __init__(
        self, made: Profile, titles: Mapping[str, str], lang: Lang, today: date, *, mine: bool, command: str
    ) -> None:
        self.made, self.titles, self.today, self.mine, self.command = made, titles, today, mine, command
        self.lang: Lang = lang

    def head(self) -> str:
        """Who, and which style where one is acted on."""
        made, reading = self.made, self.made.reading
        key = "clear" if reading.style else "own" if made.own else "open"
        who = " · ".join(dict.fromkeys((made.name, made.client)))
        return say(f"profile.head-{key}", self.lang, name=who, style=self.titles.get(made.style or "", ""))

    def sure(self) -> str:
        """How sure it is, in words."""
        reading = self.made.reading
        key = "clear" if reading.style else "open"
        if not reading.seen:
            key = "none"
        elif reading.shares[0][1] >= HIGH:
            key = "high"
        share, least = round(100 * reading.shares[0][1]), round(100 * THRESHOLD)
        style = self.titles[reading.shares[0][0]]
        return say(f"profile.sure-{key}", self.lang, share=share, least=least, style=style)

    def own(self) -> list[str]:
        """The rep's own judgement, and how it stands to the evidence."""
        own, seen = self.made.own, self.made.reading.style
        if own is None:
            return []
        key = "agrees" if own == seen else "differs" if seen else "stands"
        return [say(f"profile.own-{key}", self.lang, style=self.titles[own], seen=self.titles.get(seen or "", ""))]

    def seen(self) -> list[str]:
        """The evidence, newest first."""
        return [self._seen(one) for one in self.made.seen]

    def _seen(self, one: Seen) -> str:
        day = show_day(one.on, self.lang, year=one.on.year != self.today.year)
        mark = say("profile.fading", self.lang) if one.fading else ""
        return say("profile.line", self.lang, day=day, text=one.text, mark=mark)

    def unnamed(self) -> list[str]:
        """What was noticed there, and not said in whom: it counts for nobody."""
        cues = say("render.between", self.lang).join(self.made.unnamed)
        return [say("profile.unnamed-line", self.lang, cues=cues)] if cues else []

    def against(self) -> list[str]:
        """What speaks against the likeliest style, and for which; each cue once."""
        told = {one.cue: one for one in reversed(self.made.seen) if one.against}
        return [
            say("profile.against-line", self.lang, text=one.text, style=self.titles[one.speaks_for])
            for one in reversed(told.values())
        ]

    def adjust(self) -> list[str]:
        """How the rep adjusts; where their own style is not known, how to say it."""
        if self.made.style and not self.mine:
            return [say("profile.adjust-me", self.lang)]
        return [line.text for line in self.made.adjust]


def profile_text(view: ProfileView, width: int, *, why: bool = False) -> "Text":
    """Four bars, how sure, the evidence and what speaks against it, what to watch, what to do; stress apart."""
    sheet, made, lang = Sheet(width), view.made, view.lang
    sheet.heading(view.head())
    room = max(cells(view.titles[style]) for style, _ in made.reading.shares) + 2
    for style, share in made.reading.shares:
        length = SHORT_BAR if sheet.narrow else BAR
        sheet.spoken(f"{pad(view.titles[style], room)}{bar(share, length)} {percent(share)}")
    sheet.part(say("profile.sure", lang), [view.sure()], None)
    sheet.part(say("profile.own", lang), view.own(), None)
    sheet.part(say("profile.seen", lang), view.seen(), SEEN, one_row=True)
    sheet.part(say("profile.unnamed", lang), view.unnamed(), UNNAMED, one_row=True)
    sheet.part(say("profile.against", lang), view.against(), AGAINST, one_row=True)
    watch = "profile.watch" if made.reading.style else "profile.look"
    sheet.part(say(watch, lang), [line.text for line in made.looked_for], None)
    sheet.part(say("profile.do", lang), [line.text for line in made.do[:DO]], None)
    sheet.part(say("profile.adjust", lang), view.adjust(), None)
    if made.stress:
        sheet.blank()
        sheet.part(say("profile.stress", lang), [line.text for line in made.stress], STRESS)
    if why:
        lines = [because_line(line, lang) for line in made.because(SEEN, DO)]
        sheet.part(say("render.why", lang), lines, None)
    if not made.seen:
        sheet.blank()
        sheet.full(say("profile.add", lang, command=view.command))
    return sheet.text()
