"""The rep. Apart from the other records, since an answer on the spot needs this one and none of them."""

from salescoach.records.ids import Style
from salescoach.shape import value


@value
class Me:
    """The rep: what suggested lines are filled with."""

    name: str = ""
    company: str = ""
    products: tuple[str, ...] = ()
    proof_points: tuple[str, ...] = ()  # full sentences that can be said to a customer
    style: Style | None = None
