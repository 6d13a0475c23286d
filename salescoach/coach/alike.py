"""How alike two short texts are: a step that was planned and one that was agreed; works in both scripts."""

import re

#: From CLEAR on two steps are the same, from DOUBT on it is not sure.
CLEAR, DOUBT = 0.6, 0.3
#: Of what is asked in Chinese so many characters in their order make it the same: words stand between them.
SAME_ORDER = 2 / 3
#: Fewer characters than that say nothing.
LEAST = 3
_CHINESE = re.compile("[\u3400-\u9fff]")
_CLAUSE = re.compile("[，、；：。]")
_FILLING = re.compile("我们|你们|咱们|一个|一次|一下|[的了把给跟和与]")


def likeness(planned: str, agreed: str) -> float:
    """How much of the shorter text's letter pairs the other one has, 0 to 1."""
    first, second = _pairs(planned), _pairs(agreed)
    smaller = min(len(first), len(second))
    return len(first & second) / smaller if smaller else 0.0


def covered(asked: str, agreed: str) -> bool:
    """
    What is to be asked for was agreed to already, as far as the words tell.

    A Chinese step is short and its words are parted by which machine, whose, when: its first clause is looked for
    character by character. To miss it means asking again; to see it wrongly only that another step is asked for.
    """
    return likeness(asked, agreed) >= CLEAR or (bool(_CHINESE.search(asked)) and _in_order(asked, agreed))


def _in_order(asked: str, agreed: str) -> bool:
    heart, said = _plain(_CLAUSE.split(asked)[0]), _plain(agreed)
    shorter = min(len(heart), len(said))
    return shorter >= LEAST and _common(heart, said) / shorter >= SAME_ORDER


def _plain(text: str) -> str:
    return "".join(char for char in _FILLING.sub("", text) if char.isalnum())


def _common(first: str, second: str) -> int:
    """How many characters both have in the same order."""
    row = [0] * (len(second) + 1)
    for char in first:
        above, row = row, [0]
        for at, other in enumerate(second):
            row.append(above[at] + 1 if char == other else max(above[at + 1], row[at]))
    return row[-1]


def _pairs(text: str) -> set[str]:
    plain = "".join(char for char in text.casefold() if char.isalnum())
    return {plain[at : at + 2] for at in range(len(plain) - 1)}
