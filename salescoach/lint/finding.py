"""What a check has to say about a place in a playbook."""

from typing import Any, Literal, NamedTuple

from salescoach.language import Lang, say, told
from salescoach.playbook.problem import Problem
from salescoach.shape import value

Level = Literal["error", "warning"]


class Code(NamedTuple):
    """A code, which never changes its meaning; its sentences are `lint.<name>` and `lint.<name>-todo`."""

    name: str
    level: Level


CODES: dict[str, Code] = {
    "PB001": Code("shape", "error"),  # says what the border says
    "PB002": Code("twice", "error"),
    "PB003": Code("one-language", "error"),
    "PB004": Code("placeholders-differ", "error"),
    "PB005": Code("placeholder-unknown", "error"),
    "PB006": Code("placeholder-in-words", "error"),
    "PB007": Code("technique-unknown", "error"),
    "PB008": Code("choices-empty", "error"),
    "PB009": Code("purpose-unknown", "error"),
    "PB010": Code("topic-unknown", "error"),
    "PB011": Code("answer-unknown", "error"),
    "PB012": Code("id-twice", "error"),
    "PB013": Code("say-no-pause", "error"),
    "PB014": Code("say-no-explore", "error"),
    "PB015": Code("say-too-long", "error"),
    "PB016": Code("section-too-long", "error"),
    "PB017": Code("half-width", "warning"),
    "PB018": Code("id-of-two-kinds", "warning"),
    "PB019": Code("replaces-nothing", "error"),
    "PB020": Code("phrasings-topic-unknown", "error"),
    "PB021": Code("hangs-on-unknown", "error"),
    "PB022": Code("proposes-unknown", "error"),
    "PB023": Code("trains-unknown", "error"),
    "PB024": Code("framework-unknown", "error"),
    "PB025": Code("carries-unknown", "error"),
    "PB026": Code("carries-out-of-order", "error"),
    "PB027": Code("not-carried", "error"),
    "PB028": Code("card-too-long", "error"),
    "PB029": Code("picture-too-wide", "error"),
    "PB030": Code("items-differ", "error"),
    "PB031": Code("said-twice", "error"),
    "PB032": Code("figure-unsourced", "error"),
    "PB033": Code("review-overdue", "warning"),
    "PB034": Code("pressure", "error"),
    "PB035": Code("other-topic", "warning"),
    "PB036": Code("topics-unasked", "warning"),
    "PB037": Code("link-out", "error"),
    "PB038": Code("elsewhere", "error"),
}


@value
class Finding:
    """One remark: a code, where, what it says and what to do (catalogue keys with their facts)."""

    code: str
    level: Level
    where: str  # "file:line:col"
    what: str
    todo: str
    facts: dict[str, Any]

    def line(self, lang: Lang) -> str:
        """The remark as one line: `file:line:col: CODE what · what to do`."""
        return f"{self.where}: {self.code} {self.wording(lang)} · {self.advice(lang)}"

    def wording(self, lang: Lang) -> str:
        """What is wrong."""
        return say(self.what, lang, **told(self.facts, lang))

    def advice(self, lang: Lang) -> str:
        """What to do."""
        return say(self.todo, lang, **self.facts)

    def document(self, lang: Lang) -> dict[str, Any]:
        """As it stands in `--json`."""
        file, line, column = self.where.rsplit(":", 2)
        place = {"file": file, "line": int(line), "column": int(column)}
        return {"code": self.code, "level": self.level, **place, "what": self.wording(lang), "todo": self.advice(lang)}


def finding(code: str, where: str, **facts: Any) -> Finding:
    """A remark with the level and sentences of its code."""
    name, level = CODES[code]
    return Finding(code=code, level=level, where=where, what=f"lint.{name}", todo=f"lint.{name}-todo", facts=facts)


def of_problem(problem: Problem) -> Finding:
    """A remark that the border made."""
    what = f"error.{problem.key}"
    todo = f"{what}-hint" if _has(f"{problem.key}-hint") else "lint.shape-todo"
    return Finding(code="PB001", level="error", where=problem.where, what=what, todo=todo, facts=problem.facts)


def _has(key: str) -> bool:
    from salescoach.catalogue.error import MESSAGES

    return key in MESSAGES
