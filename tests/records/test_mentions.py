"""Where a text names a person, and the same taken out of any record."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescoach.records.account import Crisis, LogEntry
from salescoach.records.mentions import FIXED, hints, mentions, naming, near_mentions, texts, without
from salescoach.records.models import Client, Contact, Draft, ObjectionMet, Promise, Step, Visit
from tests.store.samples import CLIENT_ID, CONTACT_ID, DEC_1, VISIT_ID, a_contact, a_visit, debriefs, plans

NAMES = ("Lena Voss", "王敏", "Jo", "Änne Groß")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Met Lena  Voss; LENA VOSS's dog", ["Lena  Voss", "LENA VOSS"]),
        ("Frau Voss, Ms. voss and Voss, Lena", ["Frau Voss", "Ms. voss", "Voss, Lena"]),
        ("我见了Lena Voss说的", ["Lena Voss"]),
        ("我见了王敏，王 敏说", ["王敏", "王 敏"]),
        ("Ｌｅｎａ Voss, A\u0308nne Gross; ÄNNE GROSS", ["Ｌｅｎａ Voss", "A\u0308nne Gross", "ÄNNE GROSS"]),
        ("Jo came", ["Jo"]),
        ("so jo, Job and banJo", []),
        ("Vossloh, Selena Vossler, 王总, 敏捷", []),
        ("", []),
    ],
)
def test_a_person_is_found_by_name_in_any_writing_and_not_inside_other_words(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in mentions(text, NAMES)] == found


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("李静", "Li Jing, LiJing, LI Jing, Li-Jing; Lǐ Jìng", ["Li Jing", "LiJing", "LI Jing", "Li-Jing", "Lǐ Jìng"]),
        ("李静", "Jing Li, and Li, Jing. 找Li Jing谈", ["Jing Li", "Li, Jing", "Li Jing"]),
        ("王小明", "Wang Xiaoming, Xiaoming Wang, Wang Xiao-Ming", ["Wang Xiaoming", "Xiaoming Wang", "Wang Xiao-Ming"]),
        ("欧阳静", "Ouyang Jing", ["Ouyang Jing"]),
        ("曾吕", "Zeng Lü, Zeng Lv, Zeng Lyu", ["Zeng Lü", "Zeng Lv", "Zeng Lyu"]),
        ("李靜", "李静、李 靜 and Li Jing", ["李静", "李 靜", "Li Jing"]),
        ("张伟", "張偉说", ["張偉"]),
        ("李静", "Li, Jing's Jingle; Lijing; li jing; Mr Li; Jing; Yuli Jing; Li Jinger", ["Li, Jing"]),
        ("李静", "Li Jing Mei, Li Jing-Mei, Xiao Jing Li, Xiao-Jing Li", []),
        ("何灿", "He can pay; HE CAN; he can", []),
        ("胡曼", "Human", []),
        ("李", "Li", []),
        ("李静液压有限公司", "Li Jing", []),
    ],
)
def test_a_chinese_name_is_found_in_pinyin_written_as_a_name_and_in_traditional_characters(
    name: str, text: str, found: list[str]
) -> None:
    assert [text[start:end] for start, end in mentions(text, [name])] == found


@pytest.mark.parametrize(
    ("name", "text", "near"),
    [
        ("李静", "li jing and lijing, LI JING, Li Jing Mei", ["li jing", "lijing", "LI JING", "Li Jing"]),
        ("李静", "Li Jing came; li, Jin, jing-pin, Elijing", []),
        ("何灿", "He can pay", ["He can"]),
    ],
)
def test_pinyin_that_may_be_any_word_only_hints(name: str, text: str, near: list[str]) -> None:
    assert hints(text, [name]) == near


@given(st.text("李静LiJngHe 可以-.,", max_size=30))
def test_what_hints_is_nothing_that_is_taken_out(text: str) -> None:
    left = without(text, ["李静"], "–")

    assert not mentions(left, ["李静"])
    assert len(hints(left, ["李静"])) >= len(hints(text, ["李静"]))


@pytest.mark.parametrize(("text", "alone"), [("王说", 0), ("问 王 吧", 1), ("老王", 0)])
def test_a_single_character_counts_only_alone(text: str, alone: int) -> None:
    assert len(mentions(text, ["王"])) == alone


def test_what_only_may_mean_the_person_is_counted_and_left() -> None:
    text = "王总和王敏、小王；Voss called"

    assert near_mentions(text, NAMES) == 3
    assert without(text, NAMES, "–") == "王总和–、小王；Voss called"


@given(st.text(max_size=40), st.lists(st.sampled_from(NAMES), min_size=1, max_size=3))
def test_taken_out_a_name_is_found_no_more(text: str, called: list[str]) -> None:
    told = f"{text} {called[0]}"

    assert mentions(told, called)
    assert not naming(without(told, called, "–"), called)


@given(st.one_of(plans, debriefs), st.sampled_from(NAMES))
def test_a_record_without_the_name_stays_the_very_same(held: object, name: str) -> None:
    if not naming(held, [name]):
        assert without(held, [name], "–") is held


def test_every_free_text_of_a_record_is_looked_through() -> None:
    name = "Lena Voss"
    records = [
        a_contact(remarks=f"like {name}"),
        Client(id=CLIENT_ID, name="Acme", tags=(name,)),
        Promise(id=VISIT_ID, client_id=CLIENT_ID, owner="theirs", who=name, what="call"),
        ObjectionMet(id=VISIT_ID, client_id=CLIENT_ID, on=DEC_1, said=f"ask {name}"),
        Draft(id=VISIT_ID, command="prep", subject="", answers={"a": [{"who": name}], name: 1}, updated=DEC_1),
        Crisis(id=VISIT_ID, kind="goodwill", opened=DEC_1, log=(LogEntry(at="", text=f"{name} called"),)),
    ]

    assert all(naming(one, [name]) for one in records)
    assert not any(naming(without(one, [name], "–"), [name]) for one in records)


def test_ids_and_fixed_words_stay_whatever_somebody_is_called() -> None:
    """Somebody called Coach, or User, is no reason to take a role off a contact."""
    contact = a_contact("Jo", roles=("coach",), stance="neutral")
    visit = a_visit(purpose="care")

    assert without(contact, ["Coach", "neutral", CONTACT_ID], "–") == contact
    assert without(visit, ["planned", "care"], "–") == visit
    assert {"roles", "stance", "status"} <= FIXED


def test_what_stays_keeps_its_shape() -> None:
    visit: Visit = a_visit()
    step = Step(who="Lena Voss", what="count")
    draft = Draft(id=VISIT_ID, command="me", subject="", answers={"a": (step, 1, None, DEC_1)}, updated=DEC_1)

    assert without(draft, NAMES, "–") == replace(draft, answers={"a": (replace(step, who="–"), 1, None, DEC_1)})
    assert list(texts(visit)) == []
    assert isinstance(without(a_contact("Lena Voss"), NAMES, "–"), Contact)
