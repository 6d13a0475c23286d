"""The program's own source as trees, for tests of what it says: which messages it asks for, and with which facts."""

import ast
import re
import string
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import salescoach

PACKAGE = Path(salescoach.__file__).parent
#: Where what a fact is stands: every area of the catalogue.
AREAS = sorted(path.stem for path in (PACKAGE / "catalogue").glob("*.py") if path.stem != "__init__")


@cache
def messages() -> dict[str, tuple[str, str]]:
    """Every message: "area.key" → (English, Chinese)."""
    found: dict[str, tuple[str, str]] = {}
    for area in AREAS:
        found |= {f"{area}.{key}": said for key, said in import_module(f"salescoach.catalogue.{area}").MESSAGES.items()}
    return found


@cache
def trees() -> dict[str, ast.Module]:
    """Every module outside the catalogue, by its path in the package."""
    paths = [path for path in sorted(PACKAGE.rglob("*.py")) if "catalogue" not in path.parts]
    return {str(path.relative_to(PACKAGE)): ast.parse(path.read_text("utf-8")) for path in paths}


def nodes() -> Iterator[tuple[str, ast.AST]]:
    """Every node with its place, "cli/prep.py:12"."""
    for name, tree in trees().items():
        for node in ast.walk(tree):
            yield f"{name}:{getattr(node, 'lineno', 0)}", node


@cache
def literals() -> frozenset[str]:
    """Every plain string."""
    return frozenset(
        node.value for _, node in nodes() if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


@cache
def patterns() -> tuple[re.Pattern[str], ...]:
    """Every f-string that begins with fixed text, or ends with it, as what it may become."""
    found = []
    for _, node in nodes():
        if isinstance(node, ast.JoinedStr) and any(isinstance(part, ast.Constant) for part in node.values):
            fixed = [re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[^.]+" for part in node.values]
            found.append(re.compile("".join(fixed)))
    return tuple(found)


def said(argument: ast.expr) -> list[str]:
    """The plain strings that an argument may be: itself, or either side of `a if … else b`."""
    if isinstance(argument, ast.IfExp):
        return [*said(argument.body), *said(argument.orelse)]
    return [argument.value] if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else []


def calls(*names: str, suffix: str = "\0") -> Iterator[tuple[str, ast.Call]]:
    """Every call of a function or class of one of these names, or whose name ends in `suffix`."""
    for place, node in nodes():
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in names or name.endswith(suffix):
                yield place, node


def facts(call: ast.Call) -> set[str] | None:
    """The names of a call's keyword arguments; None where some come in a mapping."""
    names = {word.arg for word in call.keywords}
    return None if None in names else {name for name in names if name}


def placeholders(wording: str) -> set[str]:
    """The names between braces."""
    return {name for _, name, _, _ in string.Formatter().parse(wording) if name}
