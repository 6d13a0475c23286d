"""Playbooks for eyes: the list of them, and one as a page that can be read."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

from salescoach.language import Lang, Text, pick, say, visible
from salescoach.playbook.models import AnyPlaybook, Evidence, Playbook
from salescoach.playbook.shelf import Entry
from salescoach.playbook.sources import Coverage
from salescoach.wrap import crop, pad, wrap

if TYPE_CHECKING:
    from rich.text import Text as RichText

#: Where a value object says what it is about, the first that it has.
_HEADS = ("text", "say", "ask", "title", "label", "said")
#: Short facts that stand behind the head.
_TAGS = ("move", "technique", "type", "choices_from", "pace", "rank", "source")
_GENERAL = frozenset(field.name for field in fields(Playbook)) | {"kind"}


#: The style of a row of a picture, which stands as it is.
DRAWN = "drawn"
#: Indent, text and style of a row.
Row = tuple[int, str, str]


def list_text(entries: Iterable[tuple[str, Entry]], lang: Lang, width: int) -> "RichText":
    """Every playbook on a row, under its kind: id, title, version, and whose it is where it is not built in."""
    from rich.text import Text as RichText

    out, last = RichText(no_wrap=True, overflow="ignore"), ""
    for layer, entry in entries:
        if entry.kind != last:
            out.append(f"{chr(10) if last else ''}{say(f'playbook.kinds-{entry.kind}', lang)}\n", style="bold")
            last = entry.kind
        whose = "" if layer == "built-in" else f" · {say(f'playbook.layer-{layer}', lang)}"
        row = f"  {pad(entry.id, 22)} {visible(pick(entry.title, lang))} · v{entry.version}{whose}"
        out.append(crop(row, width) + "\n")
    return out


def sources_text(table: Iterable[Coverage], lang: Lang, width: int) -> "RichText":
    """Every framework on a row with its items, what carries it below; what is missing stands out."""
    from rich.text import Text as RichText

    out, table = RichText(no_wrap=True, overflow="ignore"), tuple(table)
    for one in table:
        facts = {"carried": one.carried, "items": one.framework.items}
        count = say("playbook.sources-none" if one.why else "playbook.sources-count", lang, **facts)
        row = f"{pad(one.framework.id, 20)} {pad(count, 8)} {visible(pick(one.framework.title, lang))}"
        out.append(crop(row, width) + "\n", style=None if one.whole else "bold red")
        told = pick(one.why, lang) if one.why else " · ".join(one.covered_by) or "–"
        for line in wrap(visible(told), max(20, width - 4)):
            out.append(f"    {line}\n", style="dim")
    missing = sum(not one.whole for one in table)
    out.append(say("playbook.sources-sum", lang, count=len(table), missing=missing))
    return out


def page(book: AnyPlaybook, layer: str, path: str, lang: Lang, width: int) -> "RichText":
    """One playbook as a page: what it is, where it lies, then everything in it in the order of the file."""
    from rich.text import Text as RichText

    out = RichText(no_wrap=True, overflow="ignore")
    kind, status = say(f"playbook.kind-{book.kind}", lang), say(f"playbook.status-{book.status}", lang)
    for indent, text, style in [
        (0, pick(book.title, lang), "bold"),
        (0, f"{kind} · {book.id} · v{book.version} · {status} · {say(f'playbook.layer-{layer}', lang)}", "dim"),
        (0, path, "dim"),
        (0, " ".join(book.sources), "dim"),
        *_evidence(book.evidence, 0, lang),
        *_body(book, lang),
    ]:
        drawn = style == DRAWN
        for row in wrap(visible(text), max(20, width - indent)) if text and not drawn else [visible(text)]:
            out.append(" " * indent + row + "\n", style=None if drawn else style or None)
    return out


def _body(book: AnyPlaybook, lang: Lang) -> Iterator[Row]:
    for field in fields(book):
        given = getattr(book, field.name)
        if field.name not in _GENERAL and given not in (None, (), {}):
            yield 0, "", ""
            yield 0, _label(field.name, lang), "bold cyan"
            yield from _rows(given, 2, lang)


def _rows(given: Any, indent: int, lang: Lang) -> Iterator[Row]:
    """The rows of any value that a playbook is made of."""
    if is_dataclass(given):
        yield from _object(given, indent, lang)
    elif isinstance(given, tuple):
        if all(isinstance(one, str) for one in given):
            yield indent, " · ".join(given), ""
        else:
            for one in given:
                yield from _rows(one, indent, lang)
    elif isinstance(given, Mapping):
        yield from _mapping(given, indent, lang)
    else:
        yield indent, _plain(given, lang), ""


def _mapping(given: Mapping[str, Any], indent: int, lang: Lang) -> Iterator[Row]:
    if _is_text(given):
        yield indent, pick(dict(given), lang), ""  # type: ignore[arg-type]  # its keys are languages
        return
    for name, inner in given.items():
        if isinstance(inner, tuple) and inner and is_dataclass(inner[0]):
            yield indent, _label(name, lang), "cyan"
            yield from _rows(inner, indent + 2, lang)
        elif is_dataclass(inner):
            yield indent, _label(name, lang), "cyan"
            yield from _object(inner, indent + 2, lang)
        elif isinstance(inner, Mapping):
            yield indent, _label(name, lang), "cyan"
            yield from _mapping(inner, indent + 2, lang)
        else:
            words = " · ".join(inner) if isinstance(inner, tuple) else str(inner).lower()
            yield indent, _labelled(name, words, lang), ""


def _object(given: Any, indent: int, lang: Lang) -> Iterator[Row]:
    names = [field.name for field in fields(given)]
    head = next((name for name in _HEADS if isinstance(getattr(given, name, None), str | dict)), "")
    text = _plain(getattr(given, head), lang) if head else ""
    tags = [str(getattr(given, tag)) for tag in _TAGS if getattr(given, tag, None) not in (None, "", "normal", 50)]
    ids = [given.id] if "id" in names else []
    if text:
        yield indent, f"• {text}", ""
    if ids or tags:
        yield indent + 2, " · ".join([*ids, *tags]), "dim"
    yield from _evidence(getattr(given, "evidence", None), indent + 2, lang)
    for name in names:
        inner = getattr(given, name)
        if name in (head, "id", "evidence", *_TAGS) or inner in (None, (), {}, False):
            continue
        yield from _field(name, inner, indent + 2, lang)


def _field(name: str, inner: Any, indent: int, lang: Lang) -> Iterator[Row]:
    if name == "picture":
        yield indent, _label(name, lang), "cyan"
        yield from ((indent, line, DRAWN) for line in pick(inner, lang).strip("\n").split("\n"))
    elif name == "when":
        yield indent, _labelled(name, _condition(inner), lang), "dim"
    elif isinstance(inner, str | int | float) or _is_text(inner):
        yield indent, _labelled(name, _plain(inner, lang), lang), ""
    else:
        yield indent, _label(name, lang), "cyan"
        yield from _rows(inner, indent + 2, lang)


def _evidence(evidence: Evidence | None, indent: int, lang: Lang) -> Iterator[Row]:
    if evidence is None:
        return
    said = [say(f"render.strength-{evidence.strength}", lang), evidence.source, evidence.year]
    yield indent, " · ".join(str(one) for one in said if one), "dim"
    for text, key in ((evidence.finding, "finding"), (evidence.contradicted_by, "contradicted")):
        if text:
            yield indent, say(f"playbook.{key}", lang, text=pick(text, lang)), "dim"


def _condition(when: Mapping[str, Any]) -> str:
    """A condition on one row, much as it stands in the file."""
    return " · ".join(f"{name} {_wanted(wanted)}" for name, wanted in when.items())


def _wanted(wanted: Any) -> str:
    if isinstance(wanted, Mapping):
        return " ".join(f"{name} {_wanted(inner)}" for name, inner in wanted.items())
    if isinstance(wanted, list):
        return "(" + " | ".join(_condition(one) if isinstance(one, Mapping) else str(one) for one in wanted) + ")"
    return str(wanted).lower()


def _is_text(given: Any) -> bool:
    return isinstance(given, Mapping) and bool(given) and all(isinstance(one, str) for one in given.values())


def _plain(given: Text | int | float, lang: Lang) -> str:
    return pick(given, lang) if isinstance(given, str | dict) else str(given)


def _labelled(name: str, text: str, lang: Lang) -> str:
    return say("playbook.labelled", lang, label=_label(name, lang), text=text)


def _label(name: str, lang: Lang) -> str:
    """The heading of a key; the key itself where it has no name of its own."""
    from salescoach.catalogue.playbook import MESSAGES

    return say(f"playbook.field-{name}", lang) if f"field-{name}" in MESSAGES else name
