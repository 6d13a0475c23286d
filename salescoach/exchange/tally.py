"""What became of what a file brought: counts that add up, and the reasons of those that failed."""

from salescoach.shape import value


@value
class Failure:
    """Something in a file that could not be taken in: the line it begins on, from 1, and why, in the rep's language."""

    line: int
    why: str


@value
class Tally:
    """
    The counts of one import.

    Args:
        created: Of what was read, what brought somebody or something new.
        updated: What filled something in.
        skipped: What was known already.
        failed: What could not be taken in.
        failures: Why; of very many the first ones.
        saved: It is kept; False after a dry run, and after a failure that stops everything.
    """

    created: int = 0
    updated: int = 0
    skipped: int = 0
    failed: int = 0
    failures: tuple[Failure, ...] = ()
    saved: bool = False

    @property
    def read(self) -> int:
        """Everything that was read: the sum of the other four."""
        return self.created + self.updated + self.skipped + self.failed
