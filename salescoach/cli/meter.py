"""What a walk at a terminal costs the rep: questions and seconds, over all sittings. The clock stays here."""

import math
import time
from collections.abc import Callable, Mapping
from typing import Any

from salescoach.records.models import Effort

#: Seconds that count of one question, at most: a rep who is longer over it was driving, or talking to somebody.
LONGEST = 300.0
#: Key of a draft that holds what was spent so far. No question can be called so.
SPENT = "_spent"


class Meter:
    """
    Counts while a walk is at a terminal.

    A question counts when it is left: answered, passed over, or gone back from; one that is come back to counts again,
    since it stood before the rep again. Its seconds run from its appearance to the key that leaves it, at most
    `LONGEST`. A question left by pausing counts in the next sitting, where it is asked again.

    Args:
        clock: Seconds that never run backwards, from any start.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.effort: Effort | None = None
        self._since = 0.0

    def begin(self, draft: Mapping[str, Any] | None) -> dict[str, Any]:
        """
        The first question of this sitting is about to appear.

        Args:
            draft: What an earlier sitting left; None for a new walk.

        Returns:
            The answers of the draft, without what was spent. Where it does not say that (an earlier version kept it),
            the whole is not known, and stays so.
        """
        self.effort = Effort(prompts=0, seconds=0.0) if draft is None else _spent(draft.get(SPENT))
        self._since = self.clock()
        return {key: said for key, said in (draft or {}).items() if key != SPENT}

    def step(self, state: Mapping[str, Any]) -> dict[str, Any]:
        """A question was left: the answers for the draft, with what was spent until now."""
        now, before = self.clock(), self.effort
        took, self._since = min(LONGEST, max(0.0, now - self._since)), now
        if before is None:
            return dict(state)
        self.effort = Effort(prompts=before.prompts + 1, seconds=round(before.seconds + took, 1))
        return {**state, SPENT: {"prompts": self.effort.prompts, "seconds": self.effort.seconds}}


def _spent(kept: Any) -> Effort | None:
    """What a draft says was spent; None where it says nothing that can be."""
    try:
        prompts, seconds = int(kept["prompts"]), float(kept["seconds"])
    except (KeyError, TypeError, ValueError, OverflowError):
        return None
    return Effort(prompts=prompts, seconds=seconds) if prompts >= 0 and 0 <= seconds < math.inf else None
