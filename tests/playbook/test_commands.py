"""`salescoach playbook …`: what is printed, what is written, and how it ends."""

import json
import shlex
import sys
from pathlib import Path
from typing import Any

import pytest

from salescoach.cli import main
from salescoach.playbook.layers import built_in
from salescoach.playbook.models import KINDS
from tests.playbook.samples import CARD, OBJECTION, write


@pytest.fixture
def mine(home: Path) -> Path:
    """The folder of the rep's own playbooks."""
    return home / "data" / "playbooks"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Any:
    """Run a command: its exit code, stdout and stderr."""

    def go(*words: str) -> tuple[int, str, str]:
        code = main(["playbook", *words])
        told = capsys.readouterr()
        return int(code), told.out, told.err

    return go


def editor(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, change: str) -> None:
    """An editor that does `change` to the text it opens, and counts how often."""
    script = write(
        tmp_path,
        "editor.py",
        "import sys, pathlib\npath = pathlib.Path(sys.argv[1])\ntext = path.read_text('utf-8')\n"
        f"{change}\npath.write_text(text, 'utf-8')\n",
    )
    monkeypatch.setenv("EDITOR", shlex.join([sys.executable, str(script)]))


def test_list_names_every_playbook_and_whose_it_is(run: Any, mine: Path) -> None:
    write(mine, "spin2.yaml", CARD.replace("id: spin", "id: my-card"))

    code, out, _ = run("list")

    assert code == 0
    assert "my-card" in out
    assert "your own" in out
    assert all(len(line) <= 80 for line in out.splitlines())
    document = json.loads(run("list", "--json")[1])
    assert next(iter(document)) == "schema"
    assert document["schema"] == "salescoach/playbooks@1"
    assert {"kind": "card", "id": "my-card", "layer": "personal"}.items() <= next(
        one for one in document["playbooks"] if one["id"] == "my-card"
    ).items()


@pytest.mark.unmeasured
@pytest.mark.parametrize(
    ("lang", "part"),
    [
        ("en", slice(0, None, 2)),
        ("zh", slice(1, None, 2)),
        pytest.param("en", slice(1, None, 2), marks=pytest.mark.torture),
        pytest.param("zh", slice(0, None, 2), marks=pytest.mark.torture),
    ],
)
def test_every_built_in_playbook_can_be_shown_within_80_columns(
    lang: str, part: slice, capsys: pytest.CaptureFixture[str]
) -> None:
    from salescoach.wrap import cells

    main(["playbook", "list", "--json"])
    for one in json.loads(capsys.readouterr().out)["playbooks"][part]:
        assert main(["--lang", lang, "playbook", "show", f"{one['kind']}/{one['id']}"]) == 0
        out = capsys.readouterr().out
        assert max(map(cells, out.splitlines())) <= max(80, len(one["path"]))
        assert not any(sign in out for sign in ("Line(", "{'", "id='"))


def test_show_gives_the_whole_playbook_as_json(run: Any) -> None:
    document = json.loads(run("show", "price", "--json")[1])

    assert document["schema"] == "salescoach/playbook@1"
    assert document["playbook"]["say"][0]["move"] == "pause"


def test_what_is_shown_from_a_file_does_nothing_to_the_terminal(run: Any, mine: Path) -> None:
    write(mine, "a.yaml", CARD.replace("Ask.", '"[red]bold[/red] {{x}}"'))

    assert "[red]bold[/red]" in run("show", "card/spin")[1]


def test_an_id_that_is_not_there_ends_with_3_and_the_nearest(run: Any) -> None:
    code, out, err = run("show", "prise")

    assert (code, out) == (3, "")
    assert "price" in err


def test_an_id_of_two_kinds_wants_the_kind_too(run: Any, mine: Path) -> None:
    write(mine, "a.yaml", CARD.replace("id: spin", "id: price"))

    code, _, err = run("show", "price")

    assert code == 3
    assert "card/price · objection/price" in err
    assert run("show", "card/price")[0] == 0


def test_lint_prints_a_line_a_finding_and_ends_with_4(run: Any, mine: Path, tmp_path: Path, monkeypatch: Any) -> None:
    file = write(tmp_path, "price.yaml", OBJECTION.replace("move: pause", "move: wait"))
    monkeypatch.chdir(tmp_path)

    code, out, _ = run("lint", str(file))

    assert code == 4
    assert out.splitlines()[0].startswith("price.yaml:13:11: PB001 move: “wait” is none of pause, listen,")
    assert " · " in out.splitlines()[0]
    document = json.loads(run("lint", str(file), "--json")[1])
    assert document["errors"] == 1
    assert document["findings"][0] | {"what": "", "todo": ""} == {
        "code": "PB001", "level": "error", "file": str(file), "line": 13, "column": 11, "what": "", "todo": "",
    }  # fmt: skip


def test_lint_of_what_holds_ends_with_0(run: Any, tmp_path: Path) -> None:
    write(tmp_path / "team", "price.yaml", OBJECTION)

    assert run("lint", str(tmp_path / "team"))[0] == 0
    assert run("lint", str(tmp_path / "team" / "price.yaml"))[:2] == (0, "Files checked: 1. Nothing to remark.\n")


def test_lint_of_nothing_ends_with_3(run: Any, tmp_path: Path) -> None:
    assert run("lint", str(tmp_path / "none"))[0] == 3


#: A new one of these has the matcher learn afresh.
LEARNED = ("phrasings", "objection")


@pytest.mark.parametrize(
    "kind", [pytest.param(one, marks=pytest.mark.torture) if one in LEARNED else one for one in KINDS]
)
def test_new_writes_a_file_that_holds_and_says_what_is_next(run: Any, mine: Path, kind: str) -> None:
    code, out, _ = run("new", kind, "Warranty too short")

    path, following = out.splitlines()
    assert code == 0
    assert Path(path).parent.parent == mine
    assert following == "next: salescoach playbook edit warranty-too-short"
    assert run("lint", path)[0] == 0
    assert run("show", "warranty-too-short")[0] == 0


def test_new_overwrites_nothing(run: Any, mine: Path) -> None:
    assert run("new", "card", "mine")[0] == 0
    file = mine / "cards" / "mine.yaml"
    file.write_text("kind: [")  # broken: no playbook of that id is known

    assert run("new", "card", "mine")[0] == 2
    assert file.read_text() == "kind: ["
    code, _, err = run("new", "objection", "price")
    assert code == 2
    assert "salescoach playbook edit price" in err


@pytest.mark.parametrize("id_", ["../../evil", "/etc/evil", "..\\evil"])
def test_new_writes_nowhere_else(run: Any, mine: Path, id_: str) -> None:
    path = Path(run("new", "card", id_)[1].splitlines()[0])

    assert path.parent == mine / "cards"


def test_edit_copies_a_built_in_playbook_up_and_saves_it_when_it_holds(
    run: Any, mine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(monkeypatch, tmp_path, "text = text.replace('version: 1', 'version: 77')")

    code, out, _ = run("edit", "price")

    target = mine / "objections" / "price.yaml"
    assert code == 0
    assert out.startswith(f"Saved: {target}")
    document = json.loads(run("show", "price", "--json")[1])
    assert (document["version"], document["layer"]) == (77, "personal")
    assert list(target.parent.iterdir()) == [target]
    assert "version: 77" not in (built_in().folder / "objections" / "price.yaml").read_text()


def test_edit_without_a_change_copies_nothing(run: Any, mine: Path, tmp_path: Path, monkeypatch: Any) -> None:
    editor(monkeypatch, tmp_path, "")

    assert run("edit", "price")[:2] == (0, "Nothing was changed.\n")
    assert not (mine / "objections" / "price.yaml").exists()


def test_a_broken_edit_never_becomes_active_and_what_was_written_is_kept(
    run: Any, mine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(monkeypatch, tmp_path, "text = text.replace('move: pause', 'move: wait')")

    code, out, err = run("edit", "price")

    assert (code, out) == (4, "")
    assert "“wait” is none of pause" in err
    assert ".price.draft.yaml" in err
    assert json.loads(run("show", "price", "--json")[1])["layer"] == "built-in"
    editor(
        monkeypatch, tmp_path, "text = text.replace('move: wait', 'move: pause').replace('version: 1', 'version: 2')"
    )
    assert run("edit", "price")[0] == 0
    assert json.loads(run("show", "price", "--json")[1])["version"] == 2


def test_a_file_that_was_broken_by_other_hands_can_be_mended_with_edit(
    run: Any, mine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rep's own broken text is opened, not the built-in one over it."""
    write(mine, "objections/price.yaml", OBJECTION.replace("version: 3", "version: x"))
    assert "warning" in run("list")[2]
    editor(monkeypatch, tmp_path, "text = text.replace('version: x', 'version: 8')")

    assert run("edit", "price")[0] == 0
    assert json.loads(run("show", "price", "--json")[1])["version"] == 8


def test_an_edit_keeps_kind_and_id(run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    editor(monkeypatch, tmp_path, "text = text.replace('id: price', 'id: cost', 1)")

    code, _, err = run("edit", "price")

    assert code == 4
    assert "playbook new objection" in err


@pytest.mark.parametrize("command", ["false", "no-such-editor", "'", ""])
def test_without_an_editor_that_works_nothing_is_changed(run: Any, mine: Path, monkeypatch: Any, command: str) -> None:
    monkeypatch.setenv("EDITOR", command)

    assert run("edit", "price")[0] == 2
    assert not list(mine.rglob("*.yaml"))


@pytest.mark.parametrize("words", [["schema"], ["schema", "objection"]])
def test_schema_prints_a_json_schema(run: Any, words: list[str]) -> None:
    document = json.loads(run(*words)[1])

    assert document["schema"] == "salescoach/playbook-schema@1"
    assert document["$schema"].startswith("https://json-schema.org/")
    assert "when" in document["$defs"]


def test_a_kind_that_is_none_ends_with_2(run: Any) -> None:
    assert run("schema", "poem")[0] == 2
    assert run("new", "poem", "x")[0] == 2


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("command", ["list", "show", "lint", "new", "edit", "schema"])
def test_every_command_explains_itself(command: str, lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", lang, "playbook", command, "--help"]) == 0

    out = capsys.readouterr().out
    assert not any(key in out for key in ("playbook.help", "playbook.arg", "playbook.opt"))
    assert ("用法" in out) == (lang == "zh")
