"""What came twice, at a terminal: one key a pair, and the import is kept whatever is answered."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from salescoach.language import say
from salescoach.records.models import Contact
from salescoach.store import open_store
from tests.journeys.program import Run
from tests.journeys.terminal import CTRL_C, ENTER, Terminal, squeeze

TABLE = {
    "en": "Name,Company,Mail\nAnna Berg,Acme GmbH,a@x.example\nA. Berg,Acme GmbH,a@x.example\n",
    "zh": "姓名,公司,邮箱\n王敏敏,禾澄液压有限公司,w@x.example\n小王,禾澄液压有限公司,w@x.example\n",
}
KNOWN = {"en": "Acme", "zh": "禾澄液压"}
TWICE = {"en": ("A. Berg", "Anna Berg"), "zh": ("小王", "王敏敏")}


def _asks(terminal: Terminal, lang: str, gone: str, kept: str, why: str, place: int = 1, count: int = 1) -> None:
    terminal.asked(say("importing.ask-same", lang, gone=gone, kept=kept))
    why = say(f"importing.why-{why}", lang)
    terminal.sees(say("importing.ask-place", lang, place=place, count=count, why=why))


@pytest.mark.parametrize(("lang", "columns"), [("en", 80), ("zh", 40)])
def test_a_pair_is_merged_or_left_with_one_key(
    at: Callable[..., Terminal], run: Run, tmp_path: Path, lang: str, columns: int
) -> None:
    file = tmp_path / "twice.csv"
    file.write_text(TABLE[lang], "utf-8")
    assert run("client", "add", KNOWN[lang]).returncode == 0
    kept = {"en": "Acme GmbH", "zh": "禾澄液压有限公司"}[lang]
    terminal = at("import", str(file), lang=lang, columns=columns)

    _asks(terminal, lang, KNOWN[lang], kept, "name", 1, 2)
    terminal.presses("1")
    _asks(terminal, lang, *TWICE[lang], "mail", 2, 2)
    terminal.presses(ENTER)  # alone it merges nobody

    assert terminal.ends() == 0
    assert not terminal.broken
    counts = say("importing.counts", lang, read=2, created=2, updated=0, skipped=0, failed=0)
    assert squeeze(terminal.scroll).count(squeeze(counts)) == 1
    clients = json.loads(run("client", "list", "--json").stdout)["clients"]
    assert [(one["name"], one["aliases"]) for one in clients] == [(kept, [KNOWN[lang]])]
    left = json.loads(run("client", "list", "--duplicates", "--json").stdout)["duplicates"]
    assert [{one["gone"]["name"], one["kept"]["name"]} for one in left] == [set(TWICE[lang])]


@pytest.mark.parametrize("keys", [CTRL_C, "4"])
def test_who_has_enough_of_the_questions_keeps_the_import_and_reads_the_commands(
    at: Callable[..., Terminal], run: Run, tmp_path: Path, keys: str
) -> None:
    file = tmp_path / "twice.csv"
    file.write_text(TABLE["en"], "utf-8")
    terminal = at("import", str(file))

    _asks(terminal, "en", *TWICE["en"], "mail")
    terminal.presses(keys)

    assert terminal.ends() == 0
    assert "salescoach contact merge" in terminal.scroll
    assert len(json.loads(run("client", "list", "--json").stdout)["clients"]) == 1


def test_people_are_paired_anew_after_their_clients_were_merged(
    at: Callable[..., Terminal], run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "twice.csv"
    rows = ["Name,Company,Mail", "Ida Lund,Acme,ida@x.example", "Ida Lund,Acme GmbH,ida@x.example"]
    file.write_text("\n".join([*rows, "I. Lund,Acme,ida@x.example"]) + "\n", "utf-8")
    terminal = at("import", str(file))

    _asks(terminal, "en", "Acme", "Acme GmbH", "name", 1, 2)
    terminal.presses("1")
    _asks(terminal, "en", "I. Lund", "Ida Lund", "mail", 2, 2)
    terminal.presses("1")

    assert terminal.ends() == 0
    assert "already" not in terminal.scroll.replace("known already", "")
    assert say("records.merge-joined", "en", names="Ida Lund") in terminal.scroll
    assert json.loads(run("client", "list", "--duplicates", "--json").stdout)["duplicates"] == []
    (person,) = [json.loads(run("contact", "show", "Acme GmbH/Ida Lund", "--json").stdout)["contact"]]
    assert person["aliases"] == ["I. Lund"]


def test_both_stand_beside_each_other_with_what_decides(at: Callable[..., Terminal], tmp_path: Path) -> None:
    file = tmp_path / "twice.csv"
    rows = ["Name,Company,Mail,Phone,Position", "A. Berg,Acme,a@x.example,,", "Anna Berg,Acme,a@x.example,0151 1,buyer"]
    file.write_text("\n".join(rows) + "\n", "utf-8")
    terminal = at("import", str(file))

    _asks(terminal, "en", "A. Berg", "Anna Berg", "mail")
    rows = [" ".join(line.split()) for line in terminal.lines]
    terminal.presses(ENTER)

    assert "Name Anna Berg A. Berg" in rows
    assert "Mail a@x.example a@x.example" in rows
    assert "Position buyer" in rows
    assert terminal.ends() == 0


def test_of_two_people_of_one_name_the_one_picked_is_shown(at: Callable[..., Terminal], run: Run, home: Path) -> None:
    assert run("client", "add", "Acme").returncode == 0
    with open_store(home / "data") as store:
        (client,) = store.clients.list()
        mails = ("ida1@x.example", "ida2@x.example")
        store.contacts.add_all(
            [Contact(id=store.new_id(), client_id=client.id, name="Ida Lund", mail=mail) for mail in mails]
        )
    terminal = at("contact", "show", "Acme/Ida Lund")

    terminal.asked("Acme/Ida Lund (ida2@x.example)")
    terminal.presses("2")

    assert terminal.ends() == 0
    assert "ida2@x.example" in terminal.text
    assert "ida1@x.example" not in terminal.text
