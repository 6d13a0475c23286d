"""Breaking lines for two scripts: English at spaces, Chinese between any two characters but never before a closing
mark or after an opening one. Widths are terminal cells; a Chinese character is two.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_CLOSING = "，。、；：？！”’）】》…—·,.;:?!)]}%"
_OPENING = "“‘（【《([{"
#: White space, one Chinese character or mark, or a word; an apostrophe is part of its word.
_PIECE = re.compile(
    r"\s+|[\u2e80-\u303f\u3040-\u9fff\uff00-\uffef“”‘’…—]"
    r"|(?:[^\s\u2e80-\u9fff\uff00-\uffef“”‘’…—]|(?<=[^\W\d_])’(?=[^\W\d_]))+"
)
#: Of a line with a command of ours: white space, the command up to a mark that ends it, or what stands up to the next
#: space or full-width mark.
_MARKS = "，。；：、！？"
_ENDS = rf"[{_MARKS}”’）》】]"
_COMMAND = re.compile(rf"\s+|salescoach(?: [^\s{_MARKS},;]+)+(?:{_ENDS}|[,;])*|[^\s{_MARKS}]+{_ENDS}*|{_ENDS}+")


@lru_cache(maxsize=4096)
def _char_cells(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def cells(text: str) -> int:
    """How many terminal cells `text` takes."""
    return sum(map(_char_cells, text))


def wrap(text: str, width: int) -> list[str]:
    """`text` in lines of at most `width` cells (at least two); nothing but white space at the breaks is lost."""
    width = max(2, width)
    return _filled(_pieces(text, width), width)


def wrap_command(text: str, width: int) -> list[str]:
    """
    `text` with a command of ours in it, as `wrap` gives it; but the command stays on one line, so that it can be
    copied; where it is longer than a line, with the words behind it, it begins one and is broken at its spaces.
    """
    width, parts = max(2, width), [[""]]
    for piece in _COMMAND.findall(text):
        fits = cells(piece) <= width
        if not fits and piece.startswith("salescoach "):
            parts.append([])
        words = [piece] if fits else re.findall(r"\s+|\S+", piece)
        parts[-1] += [bit for word in words for bit in ([word] if cells(word) <= width else _pieces(word, width))]
    return [line for part in parts for line in _filled(part, width) if line]


def _filled(pieces: Iterable[str], width: int) -> list[str]:
    """Lines of as many pieces as have room."""
    lines, line, taken = [], "", 0
    for piece in pieces:
        if taken + cells(piece.rstrip()) > width and line:
            lines.append(line.rstrip())
            line, taken = "", 0
        added = piece if line else piece.lstrip()
        line, taken = line + added, taken + cells(added)
    if line.strip() or not lines:
        lines.append(line.rstrip())
    return lines


def crop(text: str, width: int) -> str:
    """`text` on one line of at most `width` cells, ending in … where something was left out."""
    if cells(text) <= width:
        return text
    kept, taken = "", 0
    for char in text:
        taken += cells(char)
        if taken > width - 1:
            break
        kept += char
    return kept.rstrip() + "…"


def in_rows(text: str, width: int, rows: int) -> str:
    """`text` so far as it wraps to at most `rows` rows, ending in … where something was left out."""
    room = width * rows
    kept = crop(text, room)
    while len(wrap(kept, width)) > rows:
        room -= 1
        kept = crop(text, room)
    return kept


def pad(text: str, width: int) -> str:
    """`text` with spaces after it up to `width` cells."""
    return text + " " * max(0, width - cells(text))


def _pieces(text: str, width: int) -> list[str]:
    """Parts that must stay together: words, and Chinese characters with the marks that cling to them."""
    pieces: list[str] = []
    taken = 0  # cells of the last one
    for part in _PIECE.findall(text):
        clings = pieces and (part[0] in _CLOSING or pieces[-1][-1:] in _OPENING or part.isspace())
        if clings and taken + cells(part.rstrip()) <= width:
            pieces[-1] += part
            taken += cells(part)
        else:
            pieces += _chopped(part, width)
            taken = cells(pieces[-1])
    return pieces


def _chopped(part: str, width: int) -> list[str]:
    if cells(part) <= width:
        return [part]
    chunks, chunk, taken = [], "", 0
    for char in part:
        if taken + cells(char) > width:
            chunks.append(chunk)
            chunk, taken = "", 0
        chunk += char
        taken += cells(char)
    return [*chunks, chunk]
