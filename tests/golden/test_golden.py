"""What people read, letter by letter: one rich example of every output, in both languages, at a fixed day and width.

A change of these files is meant to be read in review. `make golden` writes them afresh.
"""

from pathlib import Path
from typing import Any

import pytest

from salescoach.records.names import short_id
from tests.program import BUYER, CLIENT, USER, Program, shelf_in, write_book

FOLDER = Path(__file__).parent
TODAY = "2026-12-01"
LANGUAGES = ("en", "zh")
#: The outputs of a language are made once, by the worker that has all its tests.
OF_A_LANGUAGE = pytest.mark.parametrize(
    "outputs",
    [pytest.param(lang, marks=pytest.mark.xdist_group(f"golden-{lang}")) for lang in LANGUAGES],
    indirect=True,
)

PLAN = {
    "en": """\
contacts: [Lena Voss, Karl Dorn]
primary_advance: {who: Karl Dorn, what: fit two trial kits on press 4, by: 2026-12-15}
fallback_advance: {who: Lena Voss, what: send the leak figures of the last year, by: 2026-12-08}
questions: [What does one stop of press 4 cost you?]
expected_objections: [price, competitor]
forecast: even
""",
    "zh": """\
contacts: [王敏, 周建国]
primary_advance: {who: 周建国, what: 在4号压机上试装两套, by: 2026-12-15}
fallback_advance: {who: 王敏, what: 把去年的漏油数据发来, by: 2026-12-08}
questions: [4号压机停一天，要损失多少？]
expected_objections: [price, competitor]
forecast: even
""",
}
CALL = {
    "en": """\
summary: Went through the test report. A stop of press 4 costs them 3,000 a day.
client_commitments:
  - {who: Karl Dorn, what: fit two trial kits on press 4, by: 2026-12-15}
  - {who: Lena Voss, what: look for the leak figures}
our_promises:
  - {what: deliver two trial kits, by: 2026-12-07}
objections:
  - {said: A fifth more is hard to explain upstairs., kind: real}
listening: {talked-more: yes}
lesson: The cost of a stop did more than the whole catalogue.
next_step: See the kits run.
next_date: 2026-12-16
""",
    "zh": """\
summary: 一起看了检测报告。4号压机停一天损失两万。
client_commitments:
  - {who: 周建国, what: 在4号压机上试装两套, by: 2026-12-15}
  - {who: 王敏, what: 找去年的漏油数据}
our_promises:
  - {what: 送两套试用件, by: 2026-12-07}
objections:
  - {said: 贵两成，跟上面不好交代。, kind: real}
listening: {talked-more: 是}
lesson: 一句“停一天损失多少”，比整本样本管用。
next_step: 去看试装效果。
next_date: 2026-12-16
""",
}
SAID = {"en": "you cost a fifth more than what we pay now", "zh": "比我们现在用的贵两成"}
NOTE = {"en": "The plant closes in August.", "zh": "八月全厂停产检修。"}
DRAWING = {"en": "send the drawing", "zh": "发图纸过来"}
#: A playbook with mistakes of several sorts.
BROKEN = """\
kind: objection
id: warranty
version: 1
title: {en: Warranty}
sources: [ours]
summary: {en: They doubt the warranty, zh: 担心保修.}
phrasings: {en: [how long is the warranty]}
say:
  - {id: answer, move: respond, text: "“{product} is covered by {you}.”"}
steps: []
tell:
  ask: {id: ask, text: "“Which part?”"}
  real: a part
  false: none
  hidden: other
"""
#: What an account's sheets hold after some weeks.
SHEETS = {
    "en": {
        "screen": "can_use: yes\ncan_use_because: Karl ran the sample for a week\n"
        "can_afford: unsure\nthinks_well: yes\nthinks_well_because: Lena asked for the next size\n",
        "criteria": "criteria:\n  - {what: price, ours: no, theirs: yes}\n  - {what: service at night, ours: yes, theirs: no}\n",
        "process": "step: test\nacts_test: [Karl Dorn]\nmoves_by: 2026-12-18\n",
        "loyalty": "net: 1\nprice: 0\nprice_because: Lena showed the rival's list\nservice: 2\nservice_because: no call waited\n",
        "renewal": "signed: 2026-01-15\nmonths: 12\nmotive: profit\nleast: two leaks a year at most\n"
        "revenue: 120000\ncurrency: EUR\nsubject: seal kits\nsatisfaction: 70\n",
    },
    "zh": {
        "screen": "can_use: yes\ncan_use_because: 周科长试用了一周\n"
        "can_afford: unsure\nthinks_well: yes\nthinks_well_because: 王经理问了下一个规格\n",
        "criteria": "criteria:\n  - {what: 价格, ours: no, theirs: yes}\n  - {what: 夜间服务, ours: yes, theirs: no}\n",
        "process": "step: test\nacts_test: [周建国]\nmoves_by: 2026-12-18\n",
        "loyalty": "net: 1\nprice: 0\nprice_because: 王经理拿出了对手的报价\nservice: 2\nservice_because: 报修没有等过夜\n",
        "renewal": "signed: 2026-01-15\nmonths: 12\nmotive: profit\nleast: 一年漏油不超过两次\n"
        "revenue: 900000\ncurrency: CNY\nsubject: 密封套件\nsatisfaction: 70\n",
    },
}
PERSON = {
    "en": "uses_it: yes\ncan_move_it: yes\nacts_for_us: spoke-for-us\nacts_for_us_because: he said so in the works meeting\n"
    "weight: 4\nreports_to: Ruth Hahn\nat_odds_with: [Lena Voss]\nrelation: 4\nrival_relation: 2\nowner: Jana\n"
    "action: bring him to the dairy that runs our seals\nby: 2026-12-11\n",
    "zh": "uses_it: yes\ncan_move_it: yes\nacts_for_us: spoke-for-us\nacts_for_us_because: 他在生产会上替我们说了话\n"
    "weight: 4\nreports_to: 何总\nat_odds_with: [王敏]\nrelation: 4\nrival_relation: 2\nowner: 林岚\n"
    "action: 陪他去看用我们轴封的乳品厂\nby: 2026-12-11\n",
}
COMPLAINT = {
    "en": "said: Press 4 leaks again after one week.\nemotion: furious\noptions: [fit new seals tonight, lend a press]\n"
    "chosen: fit new seals tonight\ncertain: no\nreport_by: 2026-12-02\n",
    "zh": "said: 4号压机才一周又漏了。\nemotion: furious\noptions: [今晚换新密封, 借一台压机]\n"
    "chosen: 今晚换新密封\ncertain: no\nreport_by: 2026-12-02\n",
}
CRISIS = {
    "en": ("The line at the dairy leaks.", "The night shift, and two pallets of milk."),
    "zh": ("乳品厂那条线漏了。", "夜班停了，两托盘牛奶要报废。"),
}

NAMES = (
    *("today.txt", "client-show.txt", "brief.txt", "brief-40.txt", "brief-deep.txt", "brief.md", "brief.html"),
    *("objection.txt", "objection-40.txt", "objection-style.txt", "objection-deep.txt", "objection-topics.txt"),
    *("account-show.txt", "account-show-40.txt", "account-map.txt", "account-map-40.txt", "account-without.txt"),
    *("account-plan.txt", "account-screen.txt", "account-criteria.txt", "account-process.txt", "account-loyalty.txt"),
    *(
        "account-stage.txt",
        "account-renewal.txt",
        "care.txt",
        "complaint.txt",
        "today-account.txt",
        "brief-account.txt",
    ),
    *("verdict.txt", "crisis.txt", "lint.txt", "help.txt", "help-prep.txt", "prep-questions.yaml"),
)


@pytest.fixture(scope="session")
def outputs(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Every output of one language, from one book that the program's own commands write."""
    lang: str = request.param
    folder = tmp_path_factory.mktemp(f"golden-{lang}")
    home = shelf_in(tmp_path_factory.getbasetemp()).empty()
    with pytest.MonkeyPatch.context() as patch:
        for name in ("LC_ALL", "LC_MESSAGES", "LANG", "SALESCOACH_PLAYBOOKS", "FORCE_COLOR"):
            patch.delenv(name, raising=False)
        fixed = {"SALESCOACH_HOME": str(home), "SALESCOACH_TODAY": TODAY, "SALESCOACH_LANG": lang}
        for name, text in {**fixed, "NO_COLOR": "1", "COLUMNS": "80"}.items():
            patch.setenv(name, text)
        patch.chdir(folder)
        return play(Program(), lang, patch, folder)


@pytest.fixture
def home_of_cards(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home without records; 80 columns."""
    monkeypatch.setenv("SALESCOACH_HOME", str(shelf_in(tmp_path_factory.getbasetemp()).empty()))
    for name, text in {"NO_COLOR": "1", "COLUMNS": "80", "SALESCOACH_TODAY": TODAY}.items():
        monkeypatch.setenv(name, text)


def play(program: Program, lang: str, patch: pytest.MonkeyPatch, folder: Path) -> dict[str, str]:
    """The story: a book, its day, prep, objection, debrief; then what needs no client."""
    client, both = CLIENT[lang], ("--contact", BUYER[lang], "--contact", USER[lang])
    write_book(program, lang)
    program.ok("note", client, NOTE[lang])
    program.ok("promise", "add", client, DRAWING[lang], "--theirs", "--who", USER[lang], "--by", "2026-12-03")
    said = program.ok
    brief = ("prep", client, "--brief", "--purpose", "negotiation", *both)
    shown = {
        "brief.txt": said(*brief),
        "brief-40.txt": narrow(program, patch, *brief),
        "brief-deep.txt": said(*brief, "--deep"),
        "brief.md": said(*brief, "--format", "md"),
        "brief.html": said(*brief, "--format", "html"),
        "prep-questions.yaml": said("prep", client, "--purpose", "negotiation", *both, "--questions"),
        "objection.txt": said("objection", SAID[lang]),
        "objection-40.txt": narrow(program, patch, "objection", SAID[lang]),
        "objection-style.txt": said("objection", SAID[lang], "--style", "analytical"),
        "objection-deep.txt": said("objection", "price", "--style", "driver", "--deep", "--why"),
        "objection-topics.txt": said("objection"),
        "help.txt": said("--help"),
        "help-prep.txt": said("prep", "--help"),
    }
    program.ok("prep", client, "--purpose", "negotiation", "--answers", "-", stdin=PLAN[lang])
    shown["today.txt"], shown["client-show.txt"] = said("today"), said("client", "show", client)
    shown["verdict.txt"] = said("debrief", "--answers", "-", stdin=CALL[lang])
    shown["crisis.txt"] = said("crisis", "product", "--answers", "-", stdin=crisis_answers(lang))
    shown |= play_account(program, lang, patch)
    (folder / "warranty.yaml").write_text(BROKEN, encoding="utf-8")
    shown["lint.txt"] = program("playbook", "lint", "warranty.yaml").out
    ids = ids_of(program)
    return {name: with_steady_ids(text, ids) for name, text in shown.items()}


def play_account(program: Program, lang: str, patch: pytest.MonkeyPatch) -> dict[str, str]:
    """The account over some weeks: its sheets, its people, a complaint, and where all of it comes back."""
    client, said = CLIENT[lang], program.ok
    for sheet, answers in SHEETS[lang].items():
        said("account", sheet, client, "--answers", "-", stdin=answers)
    person = said("account", "map", f"{client}/{USER[lang]}", "--answers", "-", stdin=PERSON[lang])
    said(
        "care",
        "add",
        f"{client}/{USER[lang]}",
        {"en": "birthday", "zh": "生日"}[lang],
        "--kind",
        "birthday",
        "--on",
        "12-03",
    )
    complaint = said("complaint", f"{client}/{BUYER[lang]}", "--answers", "-", stdin=COMPLAINT[lang])
    assert person
    one = ("account", "show", client)
    who = ("account", "map", client)
    return {
        "account-show.txt": said(*one),
        "account-show-40.txt": narrow(program, patch, *one),
        "account-map.txt": said(*who),
        "account-map-40.txt": narrow(program, patch, *who),
        "account-without.txt": said(*who, "--without", USER[lang]),
        "account-plan.txt": said(*who, "--plan"),
        **{
            f"account-{name}.txt": said("account", name, client, "--show")
            for name in ("screen", "criteria", "process", "loyalty", "stage", "renewal")
        },
        "care.txt": said("care"),
        "complaint.txt": complaint,
        "today-account.txt": said("today"),
        "brief-account.txt": said("prep", client, "--brief", "--purpose", "discovery"),
    }


def narrow(program: Program, patch: pytest.MonkeyPatch, *argv: str) -> str:
    """A screen of 40 columns."""
    patch.setenv("COLUMNS", "40")
    text = program.ok(*argv)
    patch.setenv("COLUMNS", "80")
    return text


def crisis_answers(lang: str) -> str:
    """What happened and whom it hits."""
    keys = ("what_happened", "people_affected")
    return "".join(f"{key}: {said}\n" for key, said in zip(keys, CRISIS[lang], strict=True))


def ids_of(program: Program) -> list[str]:
    """The ids of all visits, promises and lines of care, in the order in which they were made."""
    found: list[Any] = [one["visit"]["id"] for one in program.json("visit", "list")["visits"]]
    found += [one["id"] for one in program.json("complaint")["complaints"]]
    found += [one["promise"]["id"] for one in program.json("promise", "list", "--all")["promises"]]
    return sorted(found) + [one["id"] for one in program.json("care")["cares"]]


def with_steady_ids(text: str, ids: list[str]) -> str:
    """Ids are new at every run: others of the same length stand in their place."""
    for number, id_ in enumerate(ids, 1):
        short = short_id(id_)
        text = text.replace(short, f"id{number:0>{len(short) - 2}}")
    return text


@OF_A_LANGUAGE
@pytest.mark.parametrize("name", NAMES)
def test_what_is_shown_is_what_was_agreed_on(
    outputs: dict[str, str], name: str, update: bool, request: pytest.FixtureRequest
) -> None:
    file = FOLDER / request.node.callspec.params["outputs"] / name
    if update:
        file.parent.mkdir(exist_ok=True)
        file.write_text(outputs[name], encoding="utf-8")

    assert outputs[name].splitlines() == file.read_text("utf-8").splitlines(), (
        f"{name}: `make golden`, and read the diff"
    )


@OF_A_LANGUAGE
def test_every_golden_file_belongs_to_an_output(outputs: dict[str, str], request: pytest.FixtureRequest) -> None:
    files = {path.name for path in (FOLDER / request.node.callspec.params["outputs"]).iterdir() if path.is_file()}

    assert files == set(outputs) == set(NAMES)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_reference_card_reads_as_it_was_agreed_on(lang: str, update: bool, home_of_cards: None) -> None:
    program, folder = Program(), FOLDER / lang / "cards"
    cards = [one["id"] for one in program.json("guide")["cards"]]
    shown = {f"{id_}.txt": program.ok("--lang", lang, "guide", id_) for id_ in cards}
    if update:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in shown.items():
            (folder / name).write_text(text, encoding="utf-8")

    agreed = {path.name: path.read_text("utf-8").splitlines() for path in folder.iterdir()}
    assert {name: text.splitlines() for name, text in shown.items()} == agreed, "`make golden`, and read the diff"
