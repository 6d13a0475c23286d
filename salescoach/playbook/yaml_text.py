"""YAML as plain, positioned data: every scalar a string, nothing executed, everything bounded.

Scalars are never guessed at (`no`, `2026-12-01` and `007` stay text until a model asks for something else); an
empty scalar, `null` and `~` are None. Playbooks and answers files both come through here, and both are written by
somebody else: size, depth and aliases have limits, tags and directives are refused.
"""

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from salescoach.errors import InvalidError, PlaybookError

#: A step into data: a key of a mapping or a place in a list.
Step = str | int
YamlPath = tuple[Step, ...]

BYTES = 1024 * 1024
DEPTH = 40
#: Scalars, lists and mappings of a document, an alias counting as all that it stands for.
NODES = 20_000

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
#: What moves a cursor, hides text or breaks a line where no line ends; tab, line feed and carriage return are none.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_DIRECTIVE = re.compile(r"^%", re.MULTILINE)
#: What libyaml and PyYAML say, and the sentence of ours that says it better.
_SYNTAX = (
    ("mapping values are not allowed", "yaml-colon"),
    ("found unexpected end of stream", "yaml-unclosed"),
    ("did not find expected key", "yaml-indent"),
    ("did not find expected '-' indicator", "yaml-indent"),
    ("expected <block end>", "yaml-indent"),
    ("could not find expected ':'", "yaml-no-colon"),
    ("did not find expected ',' or", "yaml-flow"),
    ("expected ',' or", "yaml-flow"),
    ("did not find expected node content", "yaml-flow"),
)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a node of a document starts (1-based), and where its keys and parts are."""

    line: int
    column: int
    keys: dict[str, "Spot"] = field(default_factory=dict)
    parts: dict[Step, "Spot"] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Positioned:
    """
    Plain data and where each part of it stands in its text.

    `data` is made of dict (keys are str), list, str and None.
    """

    name: str
    data: Any
    root: Spot

    def where(self, path: YamlPath, *, key: bool = False) -> str:
        """
        The place of `path` as "name:line:col"; of its nearest known ancestor where it is not there itself.

        Args:
            path: Steps from the root. A step that is not there is passed over, so that a validator's own marks
                ("str", "[key]") in a path do no harm.
            key: The place of the last key rather than of its value.
        """
        node = spot = self.root
        for step in path:
            if step in node.parts:
                spot = node.keys.get(step, node.parts[step]) if key and isinstance(step, str) else node.parts[step]
                node = node.parts[step]
        return f"{self.name}:{spot.line}:{spot.column}"


def read_file(path: Path, error: type[InvalidError] = PlaybookError, name: str | None = None) -> Positioned:
    """
    Read a YAML file: a regular one, in UTF-8, of at most 1 MiB.

    Args:
        path: A symbolic link is followed; a pipe or device is not waited for.
        error: The class that is raised.
        name: What the file is called in messages; its path where not given.

    Raises:
        InvalidError: As `error`: it cannot be read, or does not hold; `where` has line and column.
    """
    called = name or str(path)
    try:
        raw = _bytes_of(path)
    except OSError as why:
        raise error("yaml-unreadable", where=f"{called}:1:1", why=why.strerror or str(why)) from why
    if raw is None:
        raise error("yaml-not-a-file", where=f"{called}:1:1")
    return read_bytes(raw, called, error)


def _bytes_of(path: Path) -> bytes | None:
    """At most one byte more than allowed of a regular file; None for a pipe, device or folder, without waiting."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        return None
    with os.fdopen(handle, "rb") as file:
        return file.read(BYTES + 1)


def read_bytes(raw: bytes, name: str, error: type[InvalidError] = PlaybookError) -> Positioned:
    """`read` for undecoded text."""
    if len(raw) > BYTES:  # before decoding: a cut in the middle of a character is not what is wrong
        raise error("yaml-too-big", where=f"{name}:1:1", kib=BYTES // 1024)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as why:
        line, column = _place(raw[: why.start].decode("utf-8", "replace"))
        raise error("yaml-encoding", where=f"{name}:{line}:{column}") from why
    return read(text, name, error)


def read(text: str, name: str, error: type[InvalidError] = PlaybookError) -> Positioned:
    """
    Turn YAML text into plain, positioned data. An empty text is None.

    Args:
        text: The whole of it; at most 1 MiB.
        name: What the text is called in messages, usually a path.
        error: The class that is raised.

    Raises:
        InvalidError: As `error`, with `where` as "name:line:col": syntax, a tab, a duplicate or non-text key, a tag,
            a directive, a second document, control characters, or a limit of size, depth or nodes.
    """
    text = text.removeprefix("\ufeff")
    _refuse_the_unreadable(text, name, error)
    reader = _Reader(name, error)
    for event in _events(text, name, error):
        reader.take(event)
    return Positioned(name, reader.data, reader.root)


def _refuse_the_unreadable(text: str, name: str, error: type[InvalidError]) -> None:
    if len(text) > BYTES or len(text.encode("utf-8", "surrogatepass")) > BYTES:
        raise error("yaml-too-big", where=f"{name}:1:1", kib=BYTES // 1024)
    for pattern, key in ((CONTROL, "yaml-control"), (_DIRECTIVE, "yaml-directive")):
        if found := pattern.search(text):
            line, column = _place(text[: found.start()])
            raise error(key, where=f"{name}:{line}:{column}", code=f"U+{ord(found[0]):04X}")


def _place(before: str) -> tuple[int, int]:
    """Line and column, from 1, of what follows `before`."""
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def _events(text: str, name: str, error: type[InvalidError]) -> Iterator[Any]:
    """The parser's events. Events, not nodes: the C composer recurses, and a deep text would overflow its stack."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        yield from yaml.parse(text, Loader=loader)
    except yaml.YAMLError as why:
        mark = getattr(why, "problem_mark", None) or getattr(why, "context_mark", None)
        line, column = (mark.line, mark.column) if mark else (0, 0)
        key = _syntax_key(text, line, column, str(getattr(why, "problem", None) or ""))
        problem = getattr(why, "problem", None) or getattr(why, "reason", None) or "?"
        raise error(key, where=f"{name}:{line + 1}:{column + 1}", problem=problem) from why


def _syntax_key(text: str, line: int, column: int, problem: str) -> str:
    """The message for the parser's complaint; a tab in the indentation is named before anything else."""
    lines = text.split("\n")
    here = lines[line] if line < len(lines) else ""
    if here[column : column + 1] == "\t" or "\t" in here[: len(here) - len(here.lstrip())]:
        return "yaml-tab"
    return next((key for needle, key in _SYNTAX if needle in problem), "yaml-syntax")


@dataclass(slots=True)
class _Node:
    """A finished node: its value, place, number of nodes and levels."""

    value: Any
    spot: Spot
    nodes: int = 1
    levels: int = 0


@dataclass(slots=True)
class _Open:
    """A list or mapping that is being read; `key` is the key whose value comes next."""

    node: _Node
    anchor: str | None
    key: str | None = None
    key_spot: Spot | None = None


class _Reader:
    """Builds data and places from parser events, within the limits."""

    def __init__(self, name: str, error: type[InvalidError]) -> None:
        self.name = name
        self.error = error
        self.data: Any = None
        self.root = Spot(1, 1)
        self._open: list[_Open] = []
        self._anchors: dict[str, _Node] = {}
        self._nodes = 0
        self._documents = 0

    def take(self, event: Any) -> None:
        """Go on by one event; its class name says what it is (the same in both parsers)."""
        handler = getattr(self, f"_take_{type(event).__name__}", None)
        if handler:
            handler(event)

    def _take_DocumentStartEvent(self, event: Any) -> None:  # noqa: N802 - the parser's names
        self._documents += 1
        if self._documents > 1:
            self._refuse("yaml-documents", event)

    def _take_ScalarEvent(self, event: Any) -> None:  # noqa: N802
        spot = self._start(event)
        if found := CONTROL.search(event.value):  # written as an escape: "\x1b"
            self._refuse("yaml-control", event, code=f"U+{ord(found[0]):04X}")
        plain = event.implicit[0] and not event.style
        self._finish(_Node(None if plain and event.value in _NULLS else event.value, spot), event.anchor, event)

    def _take_SequenceStartEvent(self, event: Any) -> None:  # noqa: N802
        self._push(event, [])

    def _take_MappingStartEvent(self, event: Any) -> None:  # noqa: N802
        self._push(event, {})

    def _take_SequenceEndEvent(self, event: Any) -> None:  # noqa: N802
        done = self._open.pop()
        self._finish(done.node, done.anchor, event)

    def _take_MappingEndEvent(self, event: Any) -> None:  # noqa: N802
        self._take_SequenceEndEvent(event)

    def _take_AliasEvent(self, event: Any) -> None:  # noqa: N802
        known = self._anchors.get(event.anchor)
        if known is None:
            self._refuse("yaml-alias", event, alias=event.anchor)
        if self._expects_key():
            self._refuse("yaml-key", event)
        self._count(known.nodes, event)
        if len(self._open) + known.levels > DEPTH:
            self._refuse("yaml-too-deep", event, depth=DEPTH)
        self._finish(known, None, event)

    def _start(self, event: Any) -> Spot:
        if event.tag is not None:
            self._refuse("yaml-tag", event, tag=event.tag)
        self._count(1, event)
        return Spot(event.start_mark.line + 1, event.start_mark.column + 1)

    def _push(self, event: Any, empty: Any) -> None:
        spot = self._start(event)
        if self._expects_key():
            self._refuse("yaml-key", event)
        if len(self._open) >= DEPTH:
            self._refuse("yaml-too-deep", event, depth=DEPTH)
        self._open.append(_Open(_Node(empty, spot, levels=1), event.anchor))

    def _finish(self, node: _Node, anchor: str | None, event: Any) -> None:
        if anchor:
            self._anchors[anchor] = node
        if not self._open:
            self.data, self.root = node.value, node.spot
            return
        parent = self._open[-1]
        if self._expects_key():
            self._take_key(parent, node, event)
            return
        parent.node.nodes += node.nodes
        parent.node.levels = max(parent.node.levels, node.levels + 1)
        self._attach(parent, node)

    def _take_key(self, parent: _Open, node: _Node, event: Any) -> None:
        if node.value is None:
            self._refuse("yaml-key", event)
        if node.value in parent.node.value:
            self._refuse("yaml-duplicate", event, name=node.value)
        parent.key, parent.key_spot = node.value, node.spot

    @staticmethod
    def _attach(parent: _Open, node: _Node) -> None:
        if isinstance(parent.node.value, list):
            parent.node.spot.parts[len(parent.node.value)] = node.spot
            parent.node.value.append(node.value)
            return
        assert parent.key is not None  # _expects_key said so
        assert parent.key_spot is not None
        parent.node.spot.keys[parent.key] = parent.key_spot
        parent.node.spot.parts[parent.key] = node.spot
        parent.node.value[parent.key] = node.value
        parent.key = None

    def _expects_key(self) -> bool:
        return bool(self._open) and isinstance(self._open[-1].node.value, dict) and self._open[-1].key is None

    def _count(self, nodes: int, event: Any) -> None:
        self._nodes += nodes
        if self._nodes > NODES:
            self._refuse("yaml-too-many", event, nodes=NODES)

    def _refuse(self, key: str, event: Any, **facts: object) -> NoReturn:
        mark = event.start_mark
        facts = {name: _shown(fact) for name, fact in facts.items()}
        raise self.error(key, where=f"{self.name}:{mark.line + 1}:{mark.column + 1}", **facts)


def _shown(fact: object) -> object:
    """A fact short enough for a message."""
    return fact[:60] + "…" if isinstance(fact, str) and len(fact) > 60 else fact
