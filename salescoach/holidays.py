"""Public holidays of a country, lunar ones too; from a kept library, which is imported only here and when asked.

Nothing is fetched: the tables come with the library (docs/decisions/0015).
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from salescoach.language import Lang, say

#: The library's names of our languages, the best first.
LOCALES: dict[Lang, tuple[str, ...]] = {"en": ("en_US", "en_GB"), "zh": ("zh_CN",)}


def holidays_of(country: str, year: int, lang: Lang) -> tuple[tuple[date, str], ...]:
    """
    The holidays of a year in order, named in `lang` where that can be had, else in English or the country's own.

    Days off that only make up for a working weekend are no holidays, nor is a Monday that stands for a Sunday.

    Args:
        country: ISO 3166 alpha-2; of one that is not known there are no holidays.
    """
    import holidays

    try:
        spoken = holidays.country_holidays(country).supported_languages
    except NotImplementedError:
        return ()
    # left to itself the library would take the language of the terminal
    language = next((name for name in (*LOCALES[lang], *LOCALES["en"]) if name in spoken), None)
    found = holidays.country_holidays(country, years=year, observed=False, language=language, expand=False)
    made_up = _made_up(found)
    named = ((day, name) for day, names in sorted(found.items()) for name in _parted(names))
    return tuple((day, _called(name, lang)) for day, name in named if not (made_up and name.startswith(made_up)))


def _made_up(found: Any) -> str:
    """How the name of a day off begins that makes up for a day worked elsewhere."""
    label = getattr(found, "substituted_label", "")
    return str(found.tr(label)).partition("%s")[0] if label else ""


def _parted(names: str) -> Iterator[str]:
    """Two holidays on one day."""
    return (name for name in names.split("; ") if name)


def _called(name: str, lang: Lang) -> str:
    """The name in Chinese, where the library has it in English alone and every Chinese knows it."""
    if lang == "en" or not name.isascii():
        return name
    from salescoach.catalogue.care import MESSAGES

    key = "-".join(name.lower().replace("'", "").replace(".", "").split())
    return say(f"care.holiday-{key}", lang) if f"holiday-{key}" in MESSAGES else name
