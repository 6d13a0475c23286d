"""Small checklists that have one of everything, built from the real playbook values."""

from datetime import date
from typing import Any

from salescoach.playbook.facts import Facts
from salescoach.playbook.models import Checklist, Choice, Question, Section
from salescoach.walk.machine import Walk
from salescoach.walk.values import Option

TODAY = date(2026, 11, 26)  # a Thursday
HELD = {"none": [{"answers": {"took_place": ["false"]}}]}
CONTACTS = (Option(id="Ms Li", label="Ms Li"), Option(id="王总", label="王总"))
TOPICS = tuple(Option(id=f"topic-{i}", label={"en": f"Topic {i}", "zh": f"主题{i}"}) for i in range(12))
CHOICES = {"contacts": CONTACTS, "topics": TOPICS}


def question(key: str, kind: str = "text", **more: Any) -> Question:
    more.setdefault("ask", {"en": f"{key}?", "zh": f"{key}是什么？"})
    more.setdefault("why", {"en": f"why {key}", "zh": f"{key}的缘由"})
    return Question(id=key, type=kind, **more)


def choice(key: str, en: str, zh: str, **sets: bool) -> Choice:
    return Choice(id=key, label={"en": en, "zh": zh}, sets=sets)


def section(key: str, *questions: Question, **more: Any) -> Section:
    return Section(id=key, title={"en": key.title(), "zh": f"第{key}节"}, questions=questions, **more)


def checklist(*sections: Section, use: str = "debrief", **more: Any) -> Checklist:
    kept = {"kind": "checklist", "id": "sample", "version": 1, "title": "Sample", "sources": ("ours",)}
    return Checklist(use=use, sections=sections, **{**kept, **more})


ENDED = question(
    "ended",
    "one-of",
    pace="quick",
    choices=(
        choice("order", "An order", "下单了", took_place=True, order=True, refused=False),
        choice("refused", "Refused", "被拒绝", took_place=True, order=False, refused=True),
        choice("open", "Still open", "还没定", took_place=True, order=False, refused=False),
        choice("not-held", "It was not held", "没见成", took_place=False, order=False, refused=False),
    ),
)
COMMITMENTS = question(
    "client_commitments",
    "group",
    repeat=True,
    pace="quick",
    when=HELD,
    fields=(
        question("who", "one-of", choices_from="contacts", open=True),
        question("what"),
        question("by", "date"),
    ),
)
OBJECTIONS = question(
    "objections",
    "group",
    repeat=True,
    when=HELD,
    fields=(
        question("said", required=True),
        question("topic", "one-of", choices_from="topics"),
        question("kind", "one-of", pace="deep", choices=(choice("real", "Real", "真"), choice("false", "False", "假"))),
        question("resolved", "yes-no"),
    ),
)
LISTENING = question(
    "listening",
    "ticks",
    when=HELD,
    choices=(choice("talked-more", "Talked more", "说得多"), choice("spoke-first", "Spoke first", "先开口")),
)
DEBRIEF = checklist(
    section("happened", ENDED, question("summary", pace="quick", when=HELD)),
    section("agreed", COMMITMENTS, question("steps", repeat=True, when=HELD)),
    section(
        "heard",
        OBJECTIONS,
        question("cues", "many-of", open=True, choices_from="contacts", pace="deep", when=HELD),
        LISTENING,
        when=HELD,
    ),
    section(
        "next",
        question("share", "number", pace="deep"),
        question("again", "yes-no"),
        question("next_date", "date"),
        question("lesson", "long"),
    ),
)
PREP = checklist(
    section(
        "frame",
        question("purpose", "one-of", choices=(choice("care", "Care", "客情"), choice("phone", "Phone", "电话"))),
        question("contacts", "many-of", choices_from="contacts"),
        question("primary_advance", "group", fields=COMMITMENTS.fields),
        question("expected_objections", "many-of", choices_from="topics"),
    ),
    use="prep",
    id="prep",
)
CARE = checklist(
    section("before", question("promises-first", "check"), question("sell-nothing", "check")),
    use="prep",
    id="prep-care",
    purposes=("care",),
)


def facts(answers: dict[str, Any]) -> Facts:
    """What the command would know: only the purpose, once it is said."""
    return Facts(purpose=answers.get("purpose"))


def a_walk(*checklists: Checklist, **more: Any) -> Walk:
    more.setdefault("choices", CHOICES)
    return Walk(checklists or (DEBRIEF,), today=TODAY, facts=facts, **more)


def one(kind: str, **more: Any) -> Walk:
    """A walk of one question, called `it`."""
    return a_walk(checklist(section("only", question("it", kind, **more))))
