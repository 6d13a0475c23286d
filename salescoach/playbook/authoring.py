"""Writing playbooks: a file to start from, where it goes, and a draft that becomes active only when it holds."""

import os
import re
from collections.abc import Iterator
from errno import ENOTDIR
from pathlib import Path

from salescoach.errors import PlaybookError, UsageError
from salescoach.language import Lang, normal, say
from salescoach.listing import FOLDERS
from salescoach.playbook.check import problems, validate
from salescoach.playbook.models import KINDS, SLUG, AnyPlaybook, Kind
from salescoach.playbook.problem import Problem
from salescoach.playbook.yaml_text import read_file

_LONGEST_ID = 60


def parse_kind(name: str) -> Kind:
    """
    The kind that a word means: its name, or its folder's.

    Raises:
        UsageError: None.
    """
    wanted = name.strip().lower()
    for kind in KINDS:
        if wanted in (kind, FOLDERS[kind]):
            return kind
    raise UsageError("playbook-kind-unknown", name=name, choices=", ".join(KINDS))


def sanitised(id_: str) -> str:
    """
    An id made of what somebody typed: lower-case words joined by hyphens, Chinese in pinyin.

    Raises:
        UsageError: Nothing is left of it.
    """
    words = re.findall(r"[a-z0-9]+", _latin(id_).lower())
    slug = "-".join(words)[:_LONGEST_ID].strip("-")
    if not SLUG.fullmatch(slug):
        raise UsageError("playbook-id-unusable", name=id_)
    return slug


def _latin(text: str) -> str:
    if re.search(r"[\u3400-\u9fff]", text):
        from pypinyin import lazy_pinyin

        text = " ".join(lazy_pinyin(text))
    return normal("NFKD", text).encode("ascii", "ignore").decode()


def scaffold(kind: Kind, id_: str, title: str, lang: Lang, said: tuple[Lang, str] | None = None) -> str:
    """
    A valid file of this kind to start from, with comments in the rep's language.

    Args:
        said: Of an objection, what a customer said, and in which language; it takes the place of the samples.
    """
    text, filled = say(f"scaffold.{kind}", lang), {"id": id_, "title": _escaped(title)}
    if said:
        spoken, words = said
        text = text.replace(f"\n  {lang}:", f"\n  {spoken}:")
        text = text.replace("\nsources: [ours]\n", "\nsources: [ours]\nstatus: draft\n")
        filled["phrasings"] = f'    - "{_escaped(words)}"'
    else:
        filled["phrasings"] = say("playbook.sample-phrasings", lang)
    return re.sub(r"@(id|title|phrasings)\b", lambda found: filled[found[1]], text)


def _escaped(text: str) -> str:
    """Text as it stands between double quotes."""
    return text.replace("\\", "\\\\").replace('"', '\\"')


def home_of(folder: Path, kind: Kind, id_: str) -> Path:
    """Where a playbook belongs in a layer's folder."""
    return folder / FOLDERS[kind] / f"{id_}.yaml"


def write_new(path: Path, text: str) -> None:
    """
    Write a new file.

    Raises:
        UsageError: There is one already.
        PlaybookError: It cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.parent.is_symlink():  # it would lie where no layer reads it
            raise NotADirectoryError(ENOTDIR, os.strerror(ENOTDIR), str(path.parent))
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        raise UsageError("playbook-file-exists", path=str(path)) from error
    except OSError as error:
        raise PlaybookError("playbook-unwritable", where=str(path), why=error.strerror or str(error)) from error


def files_named(folder: Path, id_: str) -> Iterator[Path]:
    """The files in the places where a playbook of this id belongs, whether they hold or not."""
    if SLUG.fullmatch(id_):
        yield from (path for kind in KINDS if (path := home_of(folder, kind, id_)).is_file())


def text_of(path: Path) -> str:
    """
    A file's text as it can be edited; what is no UTF-8 in it is marked.

    Raises:
        PlaybookError: It cannot be read.
    """
    try:
        return path.read_text("utf-8", "replace")
    except OSError as error:
        raise PlaybookError("yaml-unreadable", where=str(path), why=error.strerror or str(error)) from error


class Draft:
    """
    A playbook being edited beside the place where it will be active: hidden, so that no layer reads it.

    Args:
        target: The file that becomes active.
        text: What is edited where there is no draft from an earlier time.
    """

    def __init__(self, target: Path, text: str) -> None:
        self.target = target
        self.path = target.with_name(f".{target.stem}.draft.yaml")
        self.resumed = self.path.exists()
        self._before = text
        if not self.resumed:
            write_new(self.path, text)

    @property
    def changed(self) -> bool:
        """The draft differs from what it started with."""
        return self.path.read_bytes() != self._before.encode()

    def problems(self, kind: Kind | None, id_: str) -> list[Problem]:
        """What keeps the draft from becoming active: its shape, or another kind or id than it had."""
        try:
            positioned = read_file(self.path)
        except PlaybookError as error:
            from salescoach.playbook.compile import as_problem

            return [as_problem(error)]
        found = problems(positioned)
        if found:
            return found
        book = validate(positioned)
        if book.id == id_ and kind in (None, book.kind):
            return []
        facts: dict[str, str | int] = {"kind": kind or book.kind, "id": id_}
        return [Problem(key="playbook-renamed", where=positioned.where(("id",)), facts=facts)]

    def activate(self) -> AnyPlaybook:
        """Put a draft that holds in its place, at once."""
        book = validate(read_file(self.path))
        self.path.replace(self.target)
        return book

    def discard(self) -> None:
        """Forget the draft."""
        self.path.unlink(missing_ok=True)
