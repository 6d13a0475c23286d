"""What an import came to: counts, and what could not be brought in."""

from salescoach.shape import value


@value
class Failure:
    """A record that could not be brought in."""

    line: int  # of the file, from 1
    why: str  # in the rep's language


@value
class Tally:
    """How many records were read, and what became of them; `read` is the sum of the other four."""

    read: int = 0
    created: int = 0
    updated: int = 0
    skipped: int = 0
    failed: int = 0
    failures: tuple[Failure, ...] = ()
    saved: bool = False
