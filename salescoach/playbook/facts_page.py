"""The table of facts as a page for authors: docs/facts.md."""

from salescoach.playbook.conditions import FactSpec, fact_table

HEAD = """\
# Facts that a `when:` can ask about

Generated from `salescoach/playbook/facts.py`; `python -m salescoach.playbook.facts_page > docs/facts.md` writes it
afresh. How conditions are written stands in [authoring.md](authoring.md).

A fact that is not known meets no condition, except inside `none`.

| fact | may be | means |
| --- | --- | --- |
"""


def facts_page() -> str:
    """The whole page."""
    return HEAD + "".join(f"| `{spec.name}` | {_may_be(spec)} | {spec.means} |\n" for spec in fact_table().values())


def _may_be(spec: FactSpec) -> str:
    if spec.type is bool:
        return "`true` or `false`"
    if spec.type is int:
        return "a number, several, or `{min: 2, max: 5}`"
    if spec.type is dict:
        return "`{question-id: answer}`"
    words = ", ".join(f"`{choice}`" for choice in spec.choices) or "an id, or several"
    return f"any of: {words}" if spec.several and spec.choices else words


if __name__ == "__main__":
    print(facts_page(), end="")  # noqa: T201 - this is how the page is written
