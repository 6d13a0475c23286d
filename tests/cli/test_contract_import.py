"""`import`, the way back with `export --as csv|vcard`, and what may be there twice."""

import stat
from pathlib import Path

import pytest

from tests.program import Program

FILES = Path(__file__).parents[1] / "exchange" / "files"
COUNTS = ("read", "created", "updated", "skipped", "failed")


def counts(document: dict[str, object]) -> list[object]:
    return [document[name] for name in COUNTS]


@pytest.mark.parametrize(("lang", "said"), [("en", "3 read: 3 new"), ("zh", "读到3条：新增3")])
def test_a_table_is_taken_in_and_a_second_time_brings_nothing(program: Program, lang: str, said: str) -> None:
    file = str(FILES / "fxiaoke.csv")

    assert said in program.ok("--lang", lang, "import", file)
    assert "采购经理" in program.ok("contact", "show", "苏州禾澄/王敏")
    again = program.json("import", file)
    assert counts(again) == [3, 0, 0, 3, 0]
    assert (again["saved"], again["clients"], again["contacts"]) == (True, 0, 0)


def test_a_dry_run_says_the_same_and_makes_no_book(program: Program, home: Path) -> None:
    tried = program.json("import", str(FILES / "salesforce.csv"), "--dry-run")

    assert counts(tried) == [3, 3, 0, 0, 0]
    assert tried["saved"] is False
    assert not list((home / "data").glob("*.db"))
    assert counts(program.json("import", str(FILES / "salesforce.csv"))) == [3, 3, 0, 0, 0]


def test_a_failure_saves_nothing_and_with_keep_going_all_the_others(program: Program) -> None:
    file = str(FILES / "broken.vcf")

    stopped = program.json("import", file, code=4)
    assert counts(stopped) == [4, 2, 0, 0, 2]
    assert [one["line"] for one in stopped["failures"]] == [6, 11]
    assert stopped["saved"] is False
    assert program.json("client", "list")["clients"] == []
    went_on = program.json("import", file, "--keep-going")
    assert (counts(went_on), went_on["saved"]) == ([4, 2, 0, 0, 2], True)
    assert [one["name"] for one in program.json("client", "list")["clients"]] == ["First Co", "Second Co"]


def test_a_column_that_is_not_known_is_named_and_can_be_mapped(program: Program, tmp_path: Path) -> None:
    file = tmp_path / "own.csv"
    file.write_text("Whom;Where;Mood\nAnna;Acme;sunny\n", "utf-8")

    refused = program("import", str(file))
    assert refused.code == 4
    assert "Whom, Where, Mood" in refused.err
    by_hand = ("--map", "Whom=name", "--map", "Where=company")
    assert "Mood" in program.ok("import", str(file), *by_hand, "--dry-run")
    taken = program.json("import", str(file), *by_hand, "--map", "Mood=remarks")
    assert taken["unused"] == []
    assert program.json("contact", "show", "Acme/Anna")["contact"]["remarks"] == "Mood: sunny"


@pytest.mark.parametrize("wrong", ["Mood", "Mood=weather", "Sky=remarks"])
def test_a_map_that_fits_nothing_is_wrong_usage(program: Program, tmp_path: Path, wrong: str) -> None:
    file = tmp_path / "own.csv"
    file.write_text("Name,Mood\nAnna,sunny\n", "utf-8")

    assert program("import", str(file), "--map", wrong).code == 2


@pytest.mark.parametrize("raw", [b"", b"\n\n", b"Name,Mail\nA\0nna,x\n", b"Name\n" + "é".encode() * 30 + b"\xff\n",
                                 b",".join([b"Name"] * 10_000) + b"\nx\n", b"BEGIN:VCARD\nVERSION:3.0\nFN:Half"])  # fmt: skip
def test_what_is_no_list_of_people_is_refused_with_a_sentence(program: Program, tmp_path: Path, raw: bytes) -> None:
    file = tmp_path / "hostile"
    file.write_bytes(raw)

    ran = program("import", str(file))

    assert ran.code == 4
    assert "bug" not in ran.err


def test_a_field_without_an_end_fails_its_row(program: Program, tmp_path: Path) -> None:
    file = tmp_path / "long.csv"
    file.write_text("Name,Remarks\nAnna," + "x" * 500_000 + "\nBob,fine\n", "utf-8")

    assert counts(program.json("import", str(file), "--keep-going")) == [2, 1, 0, 0, 1]


def test_controls_and_direction_marks_leave_a_name(program: Program, tmp_path: Path) -> None:
    file = tmp_path / "names.csv"
    file.write_text("Company\n\u202eAc\x1b[31mme\u202c Ltd\n", "utf-8")

    program.ok("import", str(file))

    assert [one["name"] for one in program.json("client", "list")["clients"]] == ["Ac[31mme Ltd"]


def test_what_may_be_there_twice_is_named_with_the_command_that_merges(program: Program, tmp_path: Path) -> None:
    program.ok("client", "add", "Acme")
    file = tmp_path / "twice.csv"
    file.write_text("Name,Company,Mail\nAnna Berg,Acme GmbH,a@x.example\nA. Berg,Acme GmbH,A@X.example\n", "utf-8")

    said = program.ok("import", str(file))
    listed = program.json("client", "list", "--duplicates")["duplicates"]

    assert "salescoach client merge Acme 'Acme GmbH'" in said
    assert [(one["kind"], one["why"]) for one in listed] == [("client", "name"), ("contact", "mail")]
    assert all(one["command"] in said for one in listed)


@pytest.mark.parametrize(
    ("lang", "also"), [("en", "Also: Behaviour: Know-it-all; Language: Chinese"), ("zh", "另有：行为：无所不知型；语言：中文")]
)
@pytest.mark.parametrize("merge", [("contact", "merge", "Acme/A. Berg", "Anna Berg"), ("client", "merge", "Akme", "Acme")])
def test_what_differs_is_told_in_words_and_not_by_ids(
    program: Program, tmp_path: Path, merge: tuple[str, ...], lang: str, also: str
) -> None:
    at, name = ("Acme", "A. Berg") if merge[0] == "contact" else ("Akme", "Anna Berg")
    table = tmp_path / "people.csv"
    rows = f"Acme,Anna Berg,complainer,en\n{at},{name},know-it-all,zh\n"
    table.write_text(f"company,name,behaviour,language\n{rows}")
    program.ok("import", str(table), "--map", "behaviour=behaviour", "--map", "language=language")

    program.ok("--lang", lang, *merge)

    assert also in program.json("contact", "show", "Acme/Anna Berg")["contact"]["remarks"]


def test_two_people_merged_are_one_with_all_that_was_recorded_of_either(program: Program) -> None:
    program.ok("client", "add", "Acme")
    program.ok("contact", "add", "Acme", "Anna Berg", "--mail", "a@x.example")
    program.ok("contact", "add", "Acme", "A. Berg", "--phone", "0151 5550177")
    program.ok("prep", "Acme", "--contact", "A. Berg", "--answers", "-", stdin="{}")

    merged = program.json("contact", "merge", "Acme/A. Berg", "Anna Berg")["contact"]

    assert (merged["name"], merged["aliases"], merged["phone"]) == ("Anna Berg", ["A. Berg"], "0151 5550177")
    (visit,) = program.json("visit", "list")["visits"]
    assert merged["id"] in str(visit)


def test_people_at_two_clients_are_not_merged(program: Program) -> None:
    for client in ("Acme", "Bolt"):
        program.ok("client", "add", client)
        program.ok("contact", "add", client, "Anna Berg")

    assert program("contact", "merge", "Acme/Anna Berg", "Bolt/Anna Berg").code == 2
    assert program("contact", "merge", "Acme/Anna Berg", "Anna Berg").code == 2


@pytest.mark.parametrize("as_", ["csv", "vcard"])
def test_an_export_is_private_and_brings_nothing_into_the_same_book(book: Program, tmp_path: Path, as_: str) -> None:
    file = tmp_path / "out"
    file.write_text("old")
    file.chmod(0o644)

    book.ok("export", "--as", as_, "-o", str(file))

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    again = book.json("import", str(file))
    assert (again["created"], again["updated"], again["left"]) == (0, 0, [])


def test_an_exported_table_opens_in_a_spreadsheet_and_holds_no_formula(program: Program, tmp_path: Path) -> None:
    program.ok("client", "add", "=HYPERLINK(1)")
    file = tmp_path / "out.csv"
    program.ok("export", "--as", "csv", "-o", str(file))

    raw = file.read_bytes()

    assert raw.startswith(b"\xef\xbb\xbf")
    assert b"\r\n'=HYPERLINK(1)," in raw
    assert program.json("import", str(file))["created"] == 0


def test_the_same_mail_at_two_clients_is_told_and_nothing_is_offered_that_would_fail(program: Program) -> None:
    for client in ("Acme", "Bolt Werke"):
        program.ok("client", "add", client)
        program.ok("contact", "add", client, "Ida Lund", "--mail", "ida@x.example")

    (pair,) = program.json("client", "list", "--duplicates")["duplicates"]
    said = program.ok("client", "list", "--duplicates")

    assert (pair["kind"], pair["why"], pair["command"]) == ("contact", "mail", None)
    assert "Acme/Ida Lund" in said
    assert "Bolt Werke/Ida Lund" in said
    assert "salescoach client merge" in said
    assert "contact merge" not in said


def test_merging_clients_says_who_was_at_both_and_who_is_called_otherwise_now(program: Program) -> None:
    for client, mail in (("Acme", "ida@x.example"), ("Akme", "ida2@x.example")):
        program.ok("client", "add", client)
        program.ok("contact", "add", client, "Ida Lund", "--mail", mail)
        program.ok("contact", "add", client, "Karl Dorn")

    said = program.ok("client", "merge", "Akme", "Acme")

    assert "now one: Karl Dorn" in said
    assert "Ida Lund (ida2@x.example)" in said


def test_a_person_is_merged_and_forgotten_by_the_end_of_the_id(program: Program) -> None:
    program.ok("client", "add", "Acme")
    anna, berg, cleo = (
        program.json("contact", "add", "Acme", name)["contact"]["id"][-6:].lower()
        for name in ("Anna Berg", "A. Berg", "Cleo Tal")
    )

    assert program.json("contact", "merge", f"Acme/{berg}", anna)["contact"]["aliases"] == ["A. Berg"]
    program.ok("forget", f"Acme/{cleo}", "--yes")
    assert program("contact", "show", "Acme/Cleo Tal").code == 3
    assert program.json("contact", "show", f"Acme/{anna}")["contact"]["name"] == "Anna Berg"
@pytest.mark.parametrize(
    ("lang", "understood", "noted"),
    [
        ("en", "Understood: 客户名称 = Company · 姓名 = Name · 生日 = Birthday.", "Kept as notes: Birthday 1."),
        ("zh", "识别的列：客户名称 · 姓名 = 联系人 · 生日。", "读不懂、记在备注里：生日1处。"),
    ],
)
def test_what_was_understood_and_what_was_not_is_told(
    program: Program, tmp_path: Path, lang: str, understood: str, noted: str
) -> None:
    file = tmp_path / "table.csv"
    file.write_text("客户名称,姓名,生日\n禾澄,王敏,1990/2/31\n", "utf-8")

    tried = program.json("import", str(file), "--dry-run")
    said = program.ok("--lang", lang, "import", str(file))

    assert (understood in said, noted in said) == (True, True)
    assert tried["kept_as_notes"] == {"birthday": 1}
    assert tried["understood"][0] == {"header": "客户名称", "field": "company"}
    assert program.json("import", str(file))["kept_as_notes"] == {}


def test_a_table_without_a_header_says_so_and_is_told_by_number(program: Program, tmp_path: Path) -> None:
    file = tmp_path / "bare.csv"
    file.write_text("Gamma Ltd,Gus Gamma,gus@gamma.example\nDelta Ltd,Dan Delta,dan@delta.example\n", "utf-8")

    refused = program("import", str(file))
    taken = program.json("import", str(file), "--map", "1=company", "--map", "2=name", "--map", "3=remarks")

    assert refused.code == 4
    assert "--map 1=company" in refused.err
    assert counts(taken) == [2, 2, 0, 0, 0]
    assert program.json("contact", "show", "Gamma Ltd/Gus")["contact"]["remarks"] == "gus@gamma.example"
    assert program("import", str(file), "--map", "4=company").code == 2


def test_a_damaged_row_is_left_out_with_keep_going(program: Program, tmp_path: Path) -> None:
    file = tmp_path / "mixed.csv"
    file.write_bytes("Company,Name\nÉtoile,Zo".encode() + b"\xe9\nAcme,Ann\n")

    assert counts(program.json("import", str(file), code=4)) == [2, 1, 0, 0, 1]
    assert counts(program.json("import", str(file), "--keep-going")) == [2, 1, 0, 0, 1]


def test_a_report_ends_without_a_client_called_total(program: Program, tmp_path: Path) -> None:
    file = tmp_path / "report.csv"
    file.write_text("Account Name,Last Name\nAcme,Berg\n,\n\nGrand Totals (1 records)\n", "utf-8")

    taken = program.json("import", str(file))

    assert (counts(taken), taken["footer"]) == ([1, 1, 0, 0, 0], ["Grand Totals (1 records)"])


@pytest.mark.parametrize(("lang", "day"), [("en", "9 May"), ("zh", "5月9日")])
def test_a_birthday_without_a_year_is_shown_without_one(program: Program, tmp_path: Path, lang: str, day: str) -> None:
    file = tmp_path / "card.vcf"
    file.write_text("BEGIN:VCARD\nVERSION:3.0\nN:Berg;Ann\nFN:Ann Berg\nORG:Acme\nBDAY:1604-05-09\nEND:VCARD\n", "utf-8")
    hint = program.ok("care")
    program.ok("import", str(file))
    program.ok("export", "--as", "md", "-o", str(tmp_path / "pages"))
    asked = (("contact", "show", "Acme/Ann"), ("client", "show", "Acme"), ("export", "--person", "Acme/Ann"), ("care", "occasions", "Acme"))

    told = [program.ok("--lang", lang, *words) for words in asked]
    pages = "".join(page.read_text("utf-8") for page in (tmp_path / "pages").iterdir())

    assert all(day in text and "1904" not in text for text in told), told
    assert "9 May" in pages
    assert "1904" not in pages
    assert "salescoach care add" in hint
    assert "salescoach care add" not in program.ok("care")
