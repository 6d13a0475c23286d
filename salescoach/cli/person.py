"""`export --person CLIENT/CONTACT`: every record about one person, and every text anywhere that names them."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from salescoach.cli.output import save
from salescoach.cli.result import Result
from salescoach.language import say
from salescoach.records.models import Client, Contact
from salescoach.shape import value

if TYPE_CHECKING:
    from salescoach.cli.context import Session

SCHEMA = "salescoach/person@1"


@value
class Found:
    """A record in which a person stands."""

    part: str
    because: str  # "refers": by id; "names": by name
    record: Any


def held(session: "Session", given: str, *, as_json: bool, output: Path | None) -> Result:
    """Show all that is held on a person, or write it to a file for the rep alone."""
    from salescoach.cli.lookup import find_contact
    from salescoach.cli.show import as_json as printed

    client, contact = find_contact(session, given)
    found, near = everything(session, contact)
    document = {
        "schema": SCHEMA,
        "client": client.name,
        "contact": contact.name,
        "records": [{"part": one.part, "because": one.because, "record": one.record} for one in found],
        "near_mentions": near,
    }
    if output is None:
        show = None if as_json else _text(session, client, contact, found, near)
        return Result(document=document, show=show, json=as_json)
    text = printed(document) + "\n" if as_json else _text(session, client, contact, found, near)
    save(output, [text.encode("utf-8", "backslashreplace")])
    told = say("record.person-written", session.lang, name=contact.name, path=output, count=len(found))
    return Result(document=document, show=told)


def everything(session: "Session", contact: Contact) -> tuple[list[Found], int]:
    """Every record that refers to a person or names them, part by part; and how many texts may mean them."""
    from salescoach.records.mentions import naming, near_mentions, texts
    from salescoach.store.whole import parts

    names, found, near = (contact.name, *contact.aliases), [], 0
    store = session.store()
    with store.connection.reading():
        for part, records in parts(store):
            for record in records:
                if _refers(part, record, contact.id):
                    found.append(Found(part=part, because="refers", record=record))
                elif part != "contacts" and naming(record, names):  # somebody else of the same name is not asked about
                    found.append(Found(part=part, because="names", record=record))
                near += sum(near_mentions(text, names) for text in texts(record)) if part != "contacts" else 0
    return found, near


def _refers(part: str, record: Any, identifier: str) -> bool:
    if part == "contacts":
        return bool(record.id == identifier)
    about = getattr(record, "contact_id", None) or getattr(record, "subject", None)
    return about == identifier or identifier in getattr(record, "contact_ids", ())


def _text(session: "Session", client: Client, contact: Contact, found: list[Found], near: int) -> str:
    from salescoach.cli.gather import titles
    from salescoach.language import visible
    from salescoach.render.record import IDS, OURS, Words, told

    lang = session.lang
    words = Words(lang=lang, titles=titles(session.library(), lang), people={contact.id: contact.name})
    lines = [f"# {say('record.person-title', lang, name=contact.name, client=client.name)}"]
    part = ""
    for one in found:
        if one.part != part:
            part = one.part
            lines += ["", f"## {say(f'record.part-{part}', lang)}"]
        lines += ["", f"({say(f'record.person-{one.because}', lang)})"]
        lines += [f"- {name}: {text}" for name, text in told(one.record, words, leave=IDS | OURS)]
    if near:
        lines += ["", say("record.person-near", lang, count=near)]
    return "\n".join(visible(line) for line in lines) + "\n"
