"""One run of the program: its settings, and the rooms opened when a command first needs them."""

import os
import sys
from datetime import UTC, date, datetime, time
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from salescoach.cli.stopping import heard
from salescoach.errors import StoreError
from salescoach.language import Lang, say
from salescoach.records.me import Me
from salescoach.settings import Settings
from salescoach.store import FILE_NAME

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from contextlib import AbstractContextManager

    from salescoach.listing import Listing
    from salescoach.playbook.library import Library
    from salescoach.store import Store


class Session:
    """What a command is given (`ctx.obj`): settings, and the library and store, opened once and only if used."""

    def __init__(self, settings: Settings, command: str = "") -> None:
        self.settings = settings
        self.command = command  # the first word after the program's name
        self._changed = False

    @property
    def lang(self) -> Lang:
        """The rep's language."""
        return self.settings.lang

    @property
    def today(self) -> date:
        """Today, as fixed for this run."""
        return self.settings.today

    def now(self) -> datetime:
        """The time on the rep's clock; where the day is fixed, that day's start."""
        now = datetime.now(UTC).astimezone()
        return now.replace(tzinfo=None) if now.date() == self.today else datetime.combine(self.today, time())

    @property
    def book(self) -> Path:
        """The database file, which need not be there."""
        return self.settings.data / FILE_NAME

    @cached_property
    def interactive(self) -> bool:
        """Somebody can answer: a terminal on both ends, and `--no-input` was not given."""
        return not self.settings.no_input and sys.stdin.isatty() and sys.stderr.isatty()

    @cached_property
    def _library(self) -> "Library":
        from salescoach.playbook.layers import layers
        from salescoach.playbook.library import open_library

        settings = self.settings
        found = layers(settings.team_playbooks, settings.personal_playbooks)
        return open_library(found, settings.cache, self._compiling)

    def _compiling(self, files: int) -> "AbstractContextManager[Callable[[int], None]]":
        """What a rep sees who waits for many playbooks to be read for the first time."""
        from salescoach.cli.progress import counted

        return counted(say("cli.compiling", self.lang), files)

    @cached_property
    def _store(self) -> "Store":
        from salescoach.store import open_store

        return open_store(self.settings.data, command=self.command, clock=self.now)

    def library(self) -> "Library":
        """The playbooks of all layers. Broken upper-layer files are in its `warnings`, said at the end of the run."""
        return self._library

    def read_playbooks_again(self) -> None:
        """Playbooks were written in this run: what is asked of the library from now on is read afresh."""
        self.__dict__.pop("_library", None)

    def store(self) -> "Store":
        """The rep's records; opened, and migrated, on first use."""
        return self._store

    def has_store(self) -> bool:
        """There are records already; a command that only reads need not create a database to find it empty."""
        return "_store" in self.__dict__ or os.path.lexists(self.settings.data / FILE_NAME)  # a dead link is an error

    def me(self) -> Me:
        """The rep, as cheaply as can be: nobody yet where there are no records."""
        if "_store" in self.__dict__:
            return self._store.me.get()
        from salescoach.store.glance import read_me

        return read_me(self.settings.data)

    def written(self) -> bool:
        """Something was written to the records in this run, or begun to be."""
        return "_store" in self.__dict__ and self._store.connection.written

    def warnings(self) -> tuple[Exception, ...]:
        """What the library complained about, if this run opened it."""
        return self._library.warnings if "_library" in self.__dict__ else ()

    def rests_on(self) -> "tuple[Collection[str], Sequence[tuple[str, list[Listing]]]]":
        """The kinds of playbooks that this run asked for, and what their files were."""
        return (self._library.asked, self._library.files()) if "_library" in self.__dict__ else ((), ())

    def close(self) -> None:
        """Close what was opened. Whether it was written to can be asked after that."""
        if "_store" in self.__dict__:
            self._changed = self._store.changed
            self._store.close()

    def back_up_daily(self) -> StoreError | None:
        """
        Once the result is on the screen: the backup of a day on which something was recorded. Never a failure: what
        went wrong comes back to be said in a line.
        """
        if not self._changed:
            return None
        from salescoach.store.backups import Backups, has_clients

        backups = Backups(self.book, self.now)
        try:
            ahead = backups.ahead()  # dated tomorrow where the clock was put back since
            made = [one.path for one in backups.list() if one.taken.date() >= self.today and one not in ahead]
            # one that was made before the first client was recorded is none for those recorded since
            if not made or (not any(map(has_clients, made)) and has_clients(self.book)):
                backups.take("daily")
        except StoreError:
            return StoreError("backup-not-made")
        except KeyboardInterrupt:  # the rep is done, and may be gone: the next change of the day makes it
            heard()
            return None
        return None
