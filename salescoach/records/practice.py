"""What a rep practised: a case of the playbooks, answered on a day and held against what a good answer holds."""

from datetime import date

from salescoach.shape import value


@value
class Exercise:
    """One case worked once."""

    id: str
    case: str  # the scenario's id
    on: date
    answer: str = ""  # in the rep's own words; empty: it was thought or said, not written
    hit: tuple[str, ...] = ()  # ids of the points that the answer held
    of: int = 0  # of how many, on that day
