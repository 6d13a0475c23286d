"""How alike two short texts are: a step that was planned and one that was agreed; works in both scripts."""

#: From CLEAR on two steps are the same, from DOUBT on it is not sure.
CLEAR, DOUBT = 0.6, 0.3


def likeness(planned: str, agreed: str) -> float:
    """How much of the shorter text's letter pairs the other one has, 0 to 1."""
    first, second = _pairs(planned), _pairs(agreed)
    smaller = min(len(first), len(second))
    return len(first & second) / smaller if smaller else 0.0


def _pairs(text: str) -> set[str]:
    plain = "".join(char for char in text.casefold() if char.isalnum())
    return {plain[at : at + 2] for at in range(len(plain) - 1)}
