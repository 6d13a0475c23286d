"""Each check: a sample that passes, one that fails, and where the remark points."""

from collections.abc import Callable
from typing import Any

import pytest

from salescoach.catalogue.lint import MESSAGES
from salescoach.language import LANGS
from salescoach.lint import ids, references, screens, texts
from salescoach.lint.finding import CODES, Finding
from salescoach.lint.run import CHECKS
from salescoach.lint.source import Known, Source, known_of
from salescoach.playbook.check import validate
from salescoach.playbook.yaml_text import read
from tests.playbook.samples import CARD, OBJECTION, TECHNIQUE

CHECKLIST = """\
kind: checklist
id: prep
version: 1
title: {en: Prep, zh: 准备}
sources: [ours]
use: prep
purposes: [care]
sections:
  - id: first
    title: {en: First, zh: 先做}
    questions:
      - id: sample
        type: check
        ask: {en: Pack it., zh: 带上样品。}
      - id: who
        type: one-of
        ask: {en: Who?, zh: 谁？}
        choices: [{id: a, label: {en: A, zh: 甲}}, {id: b, label: {en: B, zh: 乙}}]
        when: {answers: {sample: done}}
"""
GENERAL = CHECKLIST.replace("purposes: [care]", "purposes: []").replace("id: sample", "id: everywhere")
PURPOSES = """\
kind: typology
id: purposes
version: 1
title: Purposes
sources: [ours]
entries: [{id: care, title: Care}]
"""


def source(text: str, *, built_in: bool = False) -> Source:
    positioned = read(text, "f")
    return Source(positioned, validate(positioned), built_in)


def known(*texts: str) -> Known:
    others = texts or (OBJECTION, TECHNIQUE, PURPOSES, GENERAL.replace("id: prep", "id: general"))
    return known_of(validate(read(text, "f")) for text in others)


def remarks(
    check: Callable[[Source, Known], Any], text: str, other: Known | None = None, **how: bool
) -> list[tuple[str, str]]:
    found: list[Finding] = list(check(source(text, **how), other or known()))
    for one in found:
        assert all(one.line(lang) for lang in LANGS)
    return [(one.code, one.where.removeprefix("f:")) for one in found]


BILINGUAL = (
    CARD.replace("Four questions", "{en: Four, zh: 四问}")
    .replace("title: First", "title: {en: First, zh: 先}")
    .replace("text: Ask.", "text: {en: Ask., zh: 问。}")
)


def test_the_built_in_set_is_whole_in_both_languages() -> None:
    assert remarks(texts.both_languages, BILINGUAL, built_in=True) == []
    assert remarks(texts.both_languages, BILINGUAL.replace(", zh: 问。", ""), built_in=True) == [("PB003", "10:25")]
    assert remarks(texts.both_languages, CARD, built_in=True)[0] == ("PB003", "4:8")


def test_a_plain_text_in_the_built_in_set_lacks_both() -> None:
    codes = remarks(texts.both_languages, BILINGUAL.replace("{en: Four, zh: 四问}", "Four"), built_in=True)

    assert codes == [("PB003", "4:8"), ("PB003", "4:8")]


def test_word_lists_of_the_built_in_set_are_in_both_languages_too() -> None:
    text = BILINGUAL + "words: {en: [spin]}\n"

    assert remarks(texts.both_languages, text, built_in=True) == [("PB003", "11:8")]
    assert remarks(texts.both_languages, text.replace("[spin]", "[spin], zh: [提问]"), built_in=True) == []


def test_a_file_of_ones_own_may_be_in_one_language() -> None:
    assert remarks(texts.both_languages, CARD) == []


@pytest.mark.parametrize(
    ("title", "codes"),
    [
        ("{en: '{product} first', zh: '先看{product}'}", []),
        ("{en: '{product} {product}', zh: '{product}'}", []),
        ("{en: '{product} first', zh: 先看产品}", ["PB004"]),
        ("{en: '{product}', zh: '{company}'}", ["PB004"]),
        ("{en: '{product}'}", []),  # one language has nothing to differ from
        ("'{product}'", []),
    ],
)
def test_placeholders_are_the_same_in_both_languages(title: str, codes: list[str]) -> None:
    assert [code for code, _ in remarks(texts.same_placeholders, CARD.replace("Four questions", title))] == codes


@pytest.mark.parametrize(
    ("title", "codes"),
    [
        ("'{company} {product} {client} {contact} {rep} {proof} {competitor} {figure}'", []),
        ("'{Product}'", ["PB005"]),
        ("{en: a, zh: '{ product }'}", ["PB005"]),
        ("'{}'", ["PB005"]),
        ("'an open { only'", ["PB005"]),
        ("'{a.b} and {c!r}'", ["PB005", "PB005"]),
    ],
)
def test_only_known_placeholders_stand_in_braces(title: str, codes: list[str]) -> None:
    assert [code for code, _ in remarks(texts.known_placeholders, CARD.replace("Four questions", title))] == codes


def test_what_customers_say_holds_no_placeholder() -> None:
    assert remarks(texts.plain_words, OBJECTION) == []
    assert remarks(texts.plain_words, OBJECTION.replace("[too expensive]", "[a, '{product} is dear']")) == [
        ("PB006", "10:11")
    ]


@pytest.mark.parametrize(
    ("zh", "codes"),
    [
        ("太贵了，能便宜吗？", []),
        ("7.5%的客户,都嫌贵", ["PB017"]),
        ("贵吗?", ["PB017"]),
        ("A,B 两款：3.5 元", []),
        ("10:30 开会", []),
    ],
)
def test_chinese_has_chinese_punctuation(zh: str, codes: list[str]) -> None:
    found = list(texts.full_width(source(CARD.replace("Four questions", f'{{en: "a,b", zh: "{zh}"}}')), known()))

    assert [one.code for one in found] == codes
    assert all(one.level == "warning" for one in found)


def test_a_step_names_a_technique_that_exists() -> None:
    assert remarks(references.known_techniques, OBJECTION) == []
    assert remarks(references.known_techniques, OBJECTION, known(OBJECTION)) == [("PB007", "20:16")]


@pytest.mark.parametrize(
    ("question", "codes"),
    [
        ("type: text", []),
        ("type: one-of", ["PB008"]),
        ("type: one-of, choices: [{id: a, label: A}]", []),
        ("type: many-of, open: yes", []),
        ("type: many-of, choices_from: contacts", []),
        ("type: one-of, choices_from: topics", []),
        ("type: one-of, choices_from: techniques", []),
        ("type: one-of, choices_from: purposes", []),
        ("type: one-of, choices_from: styles", ["PB008"]),
        ("type: many-of, choices_from: cues", ["PB008"]),
        ("type: group", ["PB008"]),
        ("type: group, fields: [{id: a, ask: A, type: text}]", []),
        ("type: group, fields: [{id: a, ask: A, type: ticks}]", ["PB008"]),
    ],
)
def test_where_something_is_to_be_chosen_there_is_something(question: str, codes: list[str]) -> None:
    text = CHECKLIST + f"      - {{id: q, ask: Q, {question}}}\n"

    assert [code for code, _ in remarks(references.something_to_choose, text)] == codes


def test_a_purpose_has_a_name() -> None:
    assert remarks(references.known_purposes, CHECKLIST) == []
    assert remarks(references.known_purposes, CHECKLIST.replace("[care]", "[care, phone]")) == [("PB009", "7:18")]


def test_a_condition_on_topics_names_objections_that_exist() -> None:
    text = CARD.replace("text: Ask.", "text: Ask., when: {any: [{topics_met: [price, prise]}]}")

    assert remarks(references.known_topics, text.replace(", prise", "")) == []
    assert remarks(references.known_topics, text) == [("PB010", "10:57")]


@pytest.mark.parametrize(
    ("asked", "codes"), [("sample", []), ("who", []), ("everywhere", []), ("agreed", []), ("elsewhere", ["PB011"])]
)
def test_a_condition_on_answers_names_a_question_of_the_same_walk(asked: str, codes: list[str]) -> None:
    """Its own, a general one of the same use, or a yes/no answer that a choice stands for."""
    text = CHECKLIST.replace("answers: {sample: done}", f"none: [{{answers: {{{asked}: done}}}}]")
    text = text.replace("label: {en: A, zh: 甲}}", "label: {en: A, zh: 甲}, sets: {agreed: yes}}")

    assert [code for code, _ in remarks(references.known_answers, text)] == codes


def test_a_condition_inside_a_group_may_name_its_fields_and_outside_not() -> None:
    group = """\
      - id: lead
        type: group
        ask: {en: Lead, zh: 线索}
        fields:
          - {id: person, type: text, ask: {en: Who?, zh: 谁？}}
          - {id: position, type: text, ask: {en: What?, zh: 职务？}, when: {answers: {person: "*"}}}
"""
    outside = CHECKLIST.replace("answers: {sample: done}", "answers: {person: done}")

    assert remarks(references.known_answers, CHECKLIST + group) == []
    assert remarks(references.known_answers, outside + group) == [("PB011", "19:34")]


def test_rules_may_ask_for_the_answers_of_any_general_checklist() -> None:
    rules = "kind: rules\nid: r\nversion: 1\ntitle: R\nsources: []\ngives: feedback\nrules:\n"
    rule = "  - {id: a, say: A, when: {answers: {%s: yes}}}\n"

    assert remarks(references.known_answers, rules + rule % "everywhere") == []
    assert remarks(references.known_answers, rules + rule % "nowhere") == [("PB011", "8:47")]


def test_an_id_names_one_line_of_a_file() -> None:
    assert remarks(ids.ids_once, OBJECTION) == []
    assert remarks(ids.ids_once, OBJECTION.replace("id: value", "id: pause")) == [("PB012", "19:9")]


def test_lines_of_a_type_are_named_with_it() -> None:
    line = "{id: calm, text: Calm.}"
    text = PURPOSES.replace("title: Care", f"title: Care, lines: {{do: [{line}]}}")
    other = text.replace("entries: [", f"entries: [{{id: phone, title: Phone, lines: {{do: [{line}]}}}}, ")

    assert remarks(ids.ids_once, other) == []
    assert len(remarks(ids.ids_once, text.replace("do: [", f"avoid: [{line}], do: ["))) == 1


def test_lines_for_a_style_are_named_with_it() -> None:
    text = OBJECTION.replace('"Two options."', '"Two options."\n  amiable:\n    - {id: short, text: "No hurry."}')

    assert remarks(ids.ids_once, text) == []
    assert len(remarks(ids.ids_once, text.replace("{id: short", "{id: short, text: a}\n    - {id: short"))) == 1


def test_a_choice_is_named_within_its_question_and_a_field_within_its_group() -> None:
    other = "      - {id: w, ask: W, type: one-of, choices: [{id: a, label: A}]}\n"
    group = "      - {id: %s, ask: G, type: group, fields: [{id: who, ask: W, type: text}%s]}\n"

    assert remarks(ids.ids_once, CHECKLIST + other + group % ("g", "") + group % ("h", "")) == []
    assert len(remarks(ids.ids_once, CHECKLIST + group % ("who", ""))) == 1
    assert len(remarks(ids.ids_once, CHECKLIST + group % ("g", ", {id: who, ask: W, type: text}"))) == 1
    assert len(remarks(ids.ids_once, CHECKLIST.replace("id: b,", "id: a,"))) == 1


def test_an_id_of_two_kinds_is_pointed_out() -> None:
    """A saved visit keeps versions by id alone."""
    card = CARD.replace("id: spin", "id: price")

    assert remarks(ids.ids_of_one_kind, OBJECTION) == []
    assert remarks(ids.ids_of_one_kind, OBJECTION, known(OBJECTION, card)) == [("PB018", "2:5")]


def test_say_starts_with_a_pause() -> None:
    assert remarks(screens.pauses_first, OBJECTION) == []
    assert remarks(screens.pauses_first, OBJECTION.replace("move: pause", "move: listen")) == [("PB013", "13:11")]


@pytest.mark.parametrize(
    ("moves", "codes"),
    [
        (["pause", "explore", "respond"], []),
        (["pause", "acknowledge", "explore"], []),
        (["pause", "respond", "explore"], ["PB014"]),
        (["pause", "respond"], ["PB014"]),
        (["pause"], ["PB014"]),
    ],
)
def test_say_explores_before_it_responds(moves: list[str], codes: list[str]) -> None:
    lines = "".join(f"  - {{id: a{n}, move: {move}, text: A}}\n" for n, move in enumerate(moves))
    start, rest = OBJECTION.split("say:\n")
    text = f"{start}say:\n{lines}steps:{rest.split('steps:')[1]}"

    assert [code for code, _ in remarks(screens.explores_before_responding, text)] == codes


ROW = 74


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("x" * ROW, []),  # pause and five rows: one over it is seven
        ("贵" * (ROW // 2), []),
        ("x" * (ROW * 5), []),
        ("x" * (ROW * 5 + 1), ["PB015", "PB015"]),
        ("贵" * (ROW // 2 * 5 + 1), ["PB015", "PB015"]),  # plain text: too long in every language
        ("{product} " + "x " * (ROW * 5 // 2 - 5), ["PB015"]),  # with the words that stand in for it
    ],
)
def test_the_first_block_is_six_rows_at_most(words: str, codes: list[str]) -> None:
    text = OBJECTION.replace("Compared with what?", words)

    assert [code for code, _ in remarks(screens.first_block_fits, text)] == codes


PHRASINGS = """\
kind: phrasings
id: heard
version: 1
title: Heard
sources: [ours]
topics:
  %s:
    en: [Half of that.]
"""


@pytest.mark.parametrize(("topic", "found"), [("price", []), ("no-such-topic", [("PB020", "8:5")])])
def test_other_ways_to_say_a_topic_are_of_one_that_exists(topic: str, found: list[tuple[str, str]]) -> None:
    assert remarks(references.known_phrasings, PHRASINGS % topic) == found


SCORECARD = """\
kind: scorecard
id: screen
version: 1
title: {en: Screen, zh: 筛选}
sources: [ours]
use: screen
parts:
  - id: first
    title: {en: First, zh: 先问}
    items:
      - {id: can_use, type: text, ask: {en: Use?, zh: 用？}}
      - id: urgent
        type: one-of
        hangs_on: [%s]
        ask: {en: Urgent?, zh: 急？}
        choices: [{id: yes, label: {en: Yes, zh: 是}, proposes: [%s]}]
"""


@pytest.mark.parametrize(
    ("other", "found"), [("can_use", []), ("can_us", [("PB021", "14:20")]), ("urgent", [("PB021", "14:20")])]
)
def test_an_item_hangs_on_another_item_of_its_file(other: str, found: list[tuple[str, str]]) -> None:
    assert remarks(references.known_items, SCORECARD % (other, "user")) == found


@pytest.mark.parametrize(("role", "codes"), [("user", []), ("opponent", []), ("boss", ["PB022"])])
def test_an_answer_speaks_for_a_role_or_a_stance(role: str, codes: list[str]) -> None:
    found = remarks(references.known_proposals, SCORECARD % ("can_use", role))

    assert [code for code, _ in found] == codes


def test_a_part_of_a_scorecard_is_as_short_as_a_section() -> None:
    more = "".join(f"      - {{id: q{n}, type: text, ask: {{en: Q?, zh: 问？}}}}\n" for n in range(8))
    long = SCORECARD % ("can_use", "user") + more

    assert remarks(screens.sections_are_short, long) == [("PB016", "8:5")]
    assert remarks(screens.sections_are_short, SCORECARD % ("can_use", "user")) == []


VARIANT = "  - {id: b, move: explore, replaces: %s, text: {en: '%s', zh: '%s'}}\n"


@pytest.mark.parametrize(
    ("replaces", "en", "zh", "codes"),
    [
        ("a", "{figure}?", "{figure}？", []),
        ("a", "{competitor}?", "{figure}？", []),
        ("nobody", "{figure}?", "{figure}？", ["PB019"]),
        ("b", "{figure}?", "{figure}？", ["PB019"]),
        ("a", "That much?", "{figure}？", ["PB019"]),
    ],
)
def test_a_line_replaces_another_only_with_what_the_customer_named(
    replaces: str, en: str, zh: str, codes: list[str]
) -> None:
    start, rest = OBJECTION.split("steps:", 1)
    alone = "  - {id: a, move: explore, text: Why}\n"
    text = f"{start}{alone}{VARIANT % (replaces, en, zh)}steps:{rest}"

    assert [code for code, _ in remarks(references.something_to_replace, text)] == codes


def test_of_a_line_and_the_one_in_its_place_the_longer_counts() -> None:
    start, rest = OBJECTION.split("steps:", 1)
    alone = "  - {id: a, move: explore, text: Why}\n"
    long = VARIANT % ("a", "{figure} " + "x" * (ROW * 4), "{figure}")

    short = f"{start}{alone}steps:{rest}"
    assert remarks(screens.first_block_fits, short) == []
    assert [code for code, _ in remarks(screens.first_block_fits, f"{start}{alone}{long}steps:{rest}")] == ["PB015"]


def test_a_line_that_is_shown_only_when_a_figure_is_known_counts_too() -> None:
    text = OBJECTION.replace("Compared with what?", "{proof} " + "x" * (ROW * 5))

    assert [code for code, _ in remarks(screens.first_block_fits, text)] == ["PB015", "PB015"]


def questions(many: int, more: str = "") -> str:
    return CHECKLIST + "".join(f"      - {{id: q{n}, ask: Q, type: check{more}}}\n" for n in range(many))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (questions(7), []),
        (questions(8), ["PB016"]),
        (questions(20, ", pace: deep"), []),
        (questions(8, ", pace: quick"), ["PB016"]),
        (
            questions(7, ", when: {purpose: care}") + "      - {id: z, ask: Z, type: check, when: {purpose: phone}}\n",
            [],
        ),
    ],
)
def test_a_section_asks_nine_questions_at_most_at_once(text: str, codes: list[str]) -> None:
    """Two are there already; those for `--deep`, or for another purpose, do not count."""
    assert [code for code, _ in remarks(screens.sections_are_short, text)] == codes


def test_every_code_has_its_sentences() -> None:
    for name, _ in CODES.values():
        assert f"{name}-todo" in MESSAGES
        assert name == "shape" or name in MESSAGES
    assert len({name for name, _ in CODES.values()}) == len(CODES)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
@pytest.mark.parametrize("text", [OBJECTION, TECHNIQUE, CARD, CHECKLIST, PURPOSES], ids=lambda text: text.split()[1])
def test_every_check_takes_every_kind(check: Any, text: str) -> None:
    assert remarks(check, text) == []


SCENARIO = """\
kind: scenario
id: rain
version: 1
title: {en: Rain, zh: 下雨}
sources: [ours]
situation: {en: It rains., zh: 下雨了。}
ask: {en: And now?, zh: 怎么办？}
holds: [{id: umbrella, text: {en: An umbrella., zh: 带伞。}}]
trains: [%s]
"""


@pytest.mark.parametrize(("id_", "codes"), [("price", []), ("no-sale", []), ("charm", ["PB023"])])
def test_what_a_case_trains_can_be_shown_by_a_debrief(id_: str, codes: list[str]) -> None:
    assert [code for code, _ in remarks(references.known_training, SCENARIO % id_)] == codes
