"""Rules that several playbooks have alike are decoded once: a team's copies of a playbook differ in few of them."""

from dataclasses import fields
from typing import Literal

import msgspec

from salescoach.playbook.models import Gives, Playbook, Rule, Rules
from salescoach.shape import value


@value
class Unread(Playbook):
    """A playbook of rules as it is kept, its rules not decoded."""

    kind: Literal["rules"]
    gives: Gives
    rules: tuple[msgspec.Raw, ...]


class RulesReader:
    """Decodes playbooks of rules with their files, one after the other."""

    def __init__(self) -> None:
        self._filed = msgspec.json.Decoder(tuple[str, Unread])
        self._rule = msgspec.json.Decoder(Rule)
        self._known: dict[bytes, Rule] = {}

    def __call__(self, body: bytes) -> tuple[str, Rules]:
        """Path and playbook. Raises as msgspec does."""
        path, unread = self._filed.decode(body)
        held = {one.name: getattr(unread, one.name) for one in fields(unread)}
        return path, Rules(**held | {"rules": tuple(self._read(bytes(one)) for one in unread.rules)})

    def _read(self, rule: bytes) -> Rule:
        if rule not in self._known:
            self._known[rule] = self._rule.decode(rule)
        return self._known[rule]
