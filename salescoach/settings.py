"""Where things are and how to speak: read once from the environment and the global options, then passed on.

Only `cli` reads this. `SALESCOACH_HOME` puts data, config and cache under one folder; otherwise each goes where the
platform keeps such things.
"""

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from salescoach.errors import UsageError
from salescoach.language import Lang, parse_lang
from salescoach.quick.places import folders
from salescoach.shape import value

#: What "today" may be: a year more or less than these has no days around it to be planned.
YEARS = range(1900, 3000)


@value
class Settings:
    """The answers to "where" and "how" for one run of the program."""

    lang: Lang
    data: Path  # the database, drafts, backups and the rep's own playbooks
    config: Path
    cache: Path
    team_playbooks: tuple[Path, ...]
    today: date
    no_input: bool

    @property
    def personal_playbooks(self) -> Path:
        """The rep's own playbooks: the last layer, which wins."""
        return self.data / "playbooks"


def read_settings(
    env: Mapping[str, str],
    clock: date,
    *,
    lang: str | None = None,
    home: Path | None = None,
    no_input: bool = False,
) -> Settings:
    """
    Settings of this run: options win over the environment, the environment over the platform.

    Args:
        clock: Today by the computer's clock; `SALESCOACH_TODAY` replaces it.

    Raises:
        UsageError: A language other than en and zh, a `SALESCOACH_TODAY` that is no ISO date of our time, or a folder
            of a user whom this machine does not know.
    """
    _expanded(home or Path(env.get("SALESCOACH_HOME", "")))
    data, config, cache = map(Path, folders(env, str(home) if home else ""))
    return Settings(
        lang=choose_lang(env, lang),
        data=data,
        config=config,
        cache=cache,
        team_playbooks=_paths(env.get("SALESCOACH_PLAYBOOKS", "")),
        today=_today(env.get("SALESCOACH_TODAY"), clock),
        no_input=no_input,
    )


def choose_lang(env: Mapping[str, str], wanted: str | None = None) -> Lang:
    """`--lang`, else `SALESCOACH_LANG`, else the locale, else English."""
    for origin, name in (("--lang", wanted), ("SALESCOACH_LANG", env.get("SALESCOACH_LANG"))):
        if name:
            lang = parse_lang(name)
            if lang is None:
                raise UsageError("lang-unknown", origin=origin, name=name)
            return lang
    locales = (env.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return next((parse_lang(name) or "en" for name in locales if name), "en")


def _paths(text: str) -> tuple[Path, ...]:
    return tuple(_expanded(Path(part)) for part in text.split(os.pathsep) if part)


def _expanded(path: Path) -> Path:
    try:
        return path.expanduser()
    except RuntimeError:
        raise UsageError("home-unknown", path=path) from None


def _today(text: str | None, clock: date) -> date:
    if not text:
        return clock
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise UsageError("today-unclear", text=text) from None
    if day.year not in YEARS:
        raise UsageError("today-unclear", text=text)
    return day
