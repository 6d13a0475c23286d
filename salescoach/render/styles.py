"""A style read from free words, on one screen."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from salescoach.coach.advice import Advice
from salescoach.coach.style import THRESHOLD
from salescoach.language import Lang, say
from salescoach.render.sheet import Sheet
from salescoach.render.why import because_line
from salescoach.wrap import cells, pad

if TYPE_CHECKING:
    from rich.text import Text

    from salescoach.coach.described import Description

#: Cells of a bar, where the screen is as wide as it should be and where it is narrow.
BAR, SHORT_BAR = 30, 14
#: From nothing to all; a share is never drawn as nothing but where it is.
LEVELS = "▁▂▃▄▅▆▇█"
#: Rows that the cues named may take.
ROWS = 4


def style_text(
    found: "Description",
    titles: Mapping[str, str],
    lang: Lang,
    width: int,
    *,
    seen: Sequence[Advice],
    denied: Sequence[Advice],
    watch: Sequence[Advice],
    tactics: Sequence[Advice],
    why: bool,
) -> "Text":
    """
    Bars of the four styles, the cues behind them, the next to watch, and tactics; cues to look for where it is open.

    Args:
        titles: Style → its title.
        seen, denied: The cues named, and those said to be missing.
        watch: Cues that would tell the likeliest styles apart, best first.
        tactics: What to do with this style; empty where it is open.
    """
    sheet = Sheet(width)
    best, share = found.shares[0]
    clear = "clear" if found.style else "open"
    facts = {"style": titles[best], "share": round(100 * share), "least": round(100 * THRESHOLD)}
    sheet.heading(say(f"style.head-{clear}", lang, **facts))
    room = max(cells(titles[style]) for style, _ in found.shares) + 2
    for style, one in found.shares:
        sheet.spoken(f"{pad(titles[style], room)}{bar(one, SHORT_BAR if sheet.narrow else BAR)} {percent(one)}")
    sheet.blank()
    sheet.part(say("style.seen", lang), _joined(seen) or [say("style.no-cue", lang)], ROWS)
    sheet.part(say("style.denied", lang), _joined(denied), ROWS)
    sheet.part(say("style.sure", lang), [say(f"style.sure-{clear}", lang, **facts)], None)
    if tactics:
        sheet.part(say("style.next", lang), [watch[0].text], None)
        sheet.part(say("style.do", lang), [line.text for line in tactics], None)
    else:
        sheet.part(say("style.look", lang), [line.text for line in watch], None)
    if why:
        lines = (*seen, *denied, watch[0], *tactics)
        sheet.part(say("render.why", lang), [because_line(line, lang) for line in lines], None)
    return sheet.text()


def bar(share: float, length: int) -> str:
    """A share from 0 to 1 as a bar of `length` cells."""
    full = round(share * length)
    return "█" * full + "░" * (length - full)


def level(share: float) -> str:
    """A share from 0 to 1 as one cell; the lowest level is for nothing alone."""
    return LEVELS[0] if share <= 0 else LEVELS[max(1, min(len(LEVELS) - 1, round(share * (len(LEVELS) - 1))))]


def percent(share: float) -> str:
    """A share as whole per cent, in four cells."""
    return f"{round(100 * share):3d}%"


def _joined(cues: Sequence[Advice]) -> list[str]:
    return [" · ".join(cue.text for cue in cues)] if cues else []
