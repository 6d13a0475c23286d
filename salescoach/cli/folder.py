"""`export --as md -o FOLDER`: a page a client, to be read by any program that reads text."""

from pathlib import Path
from typing import TYPE_CHECKING

from salescoach.cli.result import Result
from salescoach.errors import StoreError, UsageError
from salescoach.language import say

if TYPE_CHECKING:
    from salescoach.cli.context import Session


def write_folder(session: "Session", folder: Path | None) -> Result:
    """
    Write the folder and say so.

    Raises:
        UsageError: No folder is named.
        InvalidError: It holds what no export wrote.
        StoreError: It cannot be written.
    """
    from salescoach.exchange.folder import prepare

    if folder is None:
        raise UsageError("export-folder")
    try:
        prepare(folder)
        count = _write(session, folder)
    except OSError as error:
        raise StoreError("output-unwritable", path=folder, why=error.strerror or str(error)) from None
    return Result(document={}, show=say("record.folder-written", session.lang, count=count, path=folder))


def _write(session: "Session", folder: Path) -> int:
    """The index first: whatever happens then, the folder is known to be ours."""
    from salescoach.cli.gather import titles
    from salescoach.exchange.folder import INDEX, file_names, write_page
    from salescoach.records.book import Book
    from salescoach.render.client_page import client_page, index_page
    from salescoach.render.record import Words
    from salescoach.store.whole import about_nobody, of_client

    titled = titles(session.library(), session.lang)
    words = Words(lang=session.lang, titles=titled, people={})
    if not session.has_store():
        write_page(folder, INDEX, index_page([], Book(), words))
        return 0
    store = session.store()
    with store.connection.reading():
        clients = store.clients.list()
        names = file_names((one.id, one.name) for one in clients)
        listed = [(one.name, names[one.id]) for one in clients]
        write_page(folder, INDEX, index_page(listed, about_nobody(store), words))
        for client in clients:
            held = of_client(store, client)
            people = {one.id: one.name for one in held.contacts}
            write_page(
                folder, names[client.id], client_page(held, Words(lang=session.lang, titles=titled, people=people))
            )
    return len(clients)
