"""The rep's own file of more ways to say it: sentences that the program adds to topics, in the personal layer."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from salescoach.errors import PlaybookError
from salescoach.language import LANGS, Lang, say
from salescoach.playbook.authoring import home_of
from salescoach.playbook.check import validate
from salescoach.playbook.library import Library
from salescoach.playbook.models import Kind
from salescoach.playbook.yaml_text import read, read_file

HEARD = "heard"
KIND: Kind = "phrasings"


def file_of(library: Library, folder: Path) -> Path:
    """The file: wherever in the rep's own folder it lies, or where it belongs."""
    for layer, entry in library.entries():
        if (layer, entry.kind, entry.id) == ("personal", KIND, HEARD):
            return Path(entry.path)
    homes = home_of(folder, KIND, HEARD), folder / f"{HEARD}.yaml"  # a broken one is in no library
    return next((path for path in homes if os.path.lexists(path)), homes[0])


def adopt(path: Path, topic: str, said: str, spoken: Lang, lang: Lang) -> None:
    """
    Add a sentence to a topic in the file, which is made where there is none. What was in it stays, but for comments.

    Args:
        path: From `file_of`.
        topic: Its id.
        said: One line of text.
        spoken: The language that it is in.
        lang: The rep's.

    Raises:
        PlaybookError: The file there is broken or full, or cannot be written. Nothing was changed.
    """
    data = _data(path)
    lists = _inside(data, "topics", topic)
    if said not in (sentences := lists.setdefault(spoken, None) or []):
        lists[spoken] = [*sentences, said]
    text = "".join(f"# {line}\n" for line in say("gaps.file-head", lang).splitlines()) + _dumped(data)
    validate(read(text, str(path)))
    _replace(path, text)


def _data(path: Path) -> dict[str, Any]:
    """The file as plain data, which holds; that of a new one where there is none."""
    if not os.path.lexists(path):
        title = {str(lang): say("gaps.file-title", lang) for lang in LANGS}
        return {"kind": KIND, "id": HEARD, "version": "1", "title": title, "sources": ["ours"], "status": "draft"}
    positioned = read_file(path)
    book = validate(positioned)
    if (book.kind, book.id) != (KIND, HEARD):
        raise PlaybookError("playbook-renamed", where=positioned.where(("id",)), kind=KIND, id=HEARD)
    data: dict[str, Any] = positioned.data
    return data


def _inside(data: dict[str, Any], *keys: str) -> dict[str, Any]:
    """The mapping in a mapping, made where there is none."""
    for key in keys:
        data[key] = data.get(key) or {}
        data = data[key]
    return data


def _dumped(data: Any) -> str:
    import yaml

    class Dumper(yaml.SafeDumper):
        """One of its own, since how a type is written is kept by the class."""

        yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - every scalar is text, as our reader has it

        def ignore_aliases(self, data: Any) -> bool:
            """Text that stands twice is written twice."""
            return True

    def text(dumper: Any, words: str) -> Any:
        bare = words.replace("-", "").replace("_", "").isalnum() and words.isascii() and words.casefold() != "null"
        return dumper.represent_scalar("tag:yaml.org,2002:str", words, style=None if bare else '"')

    def nothing(dumper: Any, _: None) -> Any:
        return dumper.represent_scalar("tag:yaml.org,2002:str", "null")

    Dumper.add_representer(str, text)
    Dumper.add_representer(type(None), nothing)
    dumped: str = yaml.dump(data, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=10_000)
    return dumped


def _replace(path: Path, text: str) -> None:
    """The whole text or nothing, for this user's eyes; a link goes on pointing to the file that it points to."""
    target = Path(os.path.realpath(path))
    temporary: Path | None = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{HEARD}-")
        temporary = Path(name)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    except OSError as error:
        if temporary:
            with suppress(OSError):
                temporary.unlink()
        raise PlaybookError("playbook-unwritable", where=str(path), why=error.strerror or str(error)) from error
