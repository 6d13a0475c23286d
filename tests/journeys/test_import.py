"""What came twice, at a terminal: one key a pair, and the import is kept whatever is answered."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from salescoach.language import say
from tests.journeys.program import Run
from tests.journeys.terminal import CTRL_C, Terminal

TABLE = {
    "en": "Name,Company,Mail\nAnna Berg,Acme GmbH,a@x.example\nA. Berg,Acme GmbH,a@x.example\n",
    "zh": "姓名,公司,邮箱\n王敏敏,禾澄液压有限公司,w@x.example\n小王,禾澄液压有限公司,w@x.example\n",
}
KNOWN = {"en": "Acme", "zh": "禾澄液压"}
TWICE = {"en": ("A. Berg", "Anna Berg"), "zh": ("小王", "王敏敏")}


def _asks(terminal: Terminal, lang: str, gone: str, kept: str, why: str) -> None:
    question = say("importing.ask-same", lang, gone=gone, kept=kept, why=say(f"importing.why-{why}", lang))
    terminal.asked(question)


@pytest.mark.parametrize(("lang", "columns"), [("en", 80), ("zh", 40)])
def test_a_pair_is_merged_or_left_with_one_key(
    at: Callable[..., Terminal], run: Run, tmp_path: Path, lang: str, columns: int
) -> None:
    file = tmp_path / "twice.csv"
    file.write_text(TABLE[lang], "utf-8")
    assert run("client", "add", KNOWN[lang]).returncode == 0
    kept = {"en": "Acme GmbH", "zh": "禾澄液压有限公司"}[lang]
    terminal = at("import", str(file), lang=lang, columns=columns)

    _asks(terminal, lang, KNOWN[lang], kept, "name")
    terminal.presses("1")
    _asks(terminal, lang, *TWICE[lang], "mail")
    terminal.presses("3")

    assert terminal.ends() == 0
    clients = json.loads(run("client", "list", "--json").stdout)["clients"]
    assert [(one["name"], one["aliases"]) for one in clients] == [(kept, [KNOWN[lang]])]
    left = json.loads(run("client", "list", "--duplicates", "--json").stdout)["duplicates"]
    assert [{one["gone"]["name"], one["kept"]["name"]} for one in left] == [set(TWICE[lang])]


def test_an_interrupted_question_leaves_the_import_and_names_the_commands(
    at: Callable[..., Terminal], run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "twice.csv"
    file.write_text(TABLE["en"], "utf-8")
    terminal = at("import", str(file))

    terminal.asked(say("importing.why-mail", "en"))
    terminal.presses(CTRL_C)

    assert terminal.ends() == 0
    assert "salescoach contact merge" in terminal.scroll
    assert len(json.loads(run("client", "list", "--json").stdout)["clients"]) == 1
