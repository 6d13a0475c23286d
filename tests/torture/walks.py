"""Walks that are disturbed: the command, the name of its draft, and what is typed."""

from tests.journeys.asking import ask
from tests.journeys.terminal import ENTER
from tests.torture.conftest import CLIENT
from tests.torture.killing import Keys

TYPED = {
    "en": (
        "went through the test report",
        "王总",
        "fit two trial kits",
        "next fri",
        "too expensive for us",
        "send kits",
    ),
    "zh": ("一起看了检测报告", "王总", "试两套密封件", "下周五", "你们太贵了", "送两套试用件"),
}


def debriefing(lang: str) -> Keys:
    """A debrief with something of everything."""
    summary, who, what, day, said, promise = TYPED[lang]
    keys = (
        ("ended", "3"),
        ("summary", summary + ENTER),
        ("client_commitments.who", who + ENTER),
        ("client_commitments.what", what + ENTER),
        ("client_commitments.by", day + ENTER),
        ("our_promises.what", promise + ENTER),
        ("our_promises.by", day + ENTER),
        ("objections.said", said + ENTER),
        ("lesson", summary + ENTER),
    )
    return [(ask("debrief", path, lang), typed) for path, typed in keys]


def preparing(lang: str) -> Keys:
    """A plan."""
    _, _, what, _, said, _ = TYPED[lang]
    keys = (("purpose", "2"), ("primary_advance.what", f"\x15{what}{ENTER}"), ("questions", f"{said}？{ENTER}"))
    return [(ask("prep", path, lang), typed) for path, typed in keys]


def screening(lang: str) -> Keys:
    """Some answers on an account."""
    return [(ask("screen", "can_use", lang), "1")]


WALKS = {
    "debrief": (("debrief", CLIENT), "debrief", debriefing),
    "prep": (("prep", CLIENT), "prep", preparing),
    "screen": (("account", "screen", CLIENT, "--all"), "account screen", screening),
}
