"""Many numbers in one: vectors whose lanes ride in a single large integer.

Adding two such integers, or multiplying one by a small number, does so in every lane at once. Plain Python thus adds
up sixteen classes in the time of one, and exactly, so that the same sentences give the same sums everywhere.
"""

import struct
from collections.abc import Sequence

#: A lane's width in bits, and what makes a signed lane unsigned for reading.
WIDTH, OFFSET = 64, 1 << 63


class Lanes:
    """So many whole numbers, each between -2^63 and 2^63, in one integer."""

    def __init__(self, count: int) -> None:
        self._bytes = count * WIDTH // 8
        self._format = f"<{count}Q"
        self._offset = sum(OFFSET << (WIDTH * lane) for lane in range(count))

    def pack(self, numbers: Sequence[int]) -> int:
        """The numbers as one."""
        raw = struct.pack(self._format, *(number + OFFSET for number in numbers))
        return int.from_bytes(raw, "little") - self._offset

    def unpack(self, packed: int) -> list[int]:
        """The numbers in it."""
        raw = (packed + self._offset).to_bytes(self._bytes, "little")
        return [number - OFFSET for number in struct.unpack(self._format, raw)]
