"""Two that become one: nothing of either is lost, and everybody can still be reached."""

from dataclasses import replace
from datetime import date

import pytest

from salescoach.errors import NotFoundError
from salescoach.language import Lang
from salescoach.records.account import NO_YEAR, Occasion
from salescoach.records.joining import Saying
from salescoach.records.models import Contact
from salescoach.store import Store
from tests.store.samples import CLIENT_ID, a_client, a_contact, a_visit

OTHER = "01M80HVW1GSAER47BYHS8RW0DZ"


@pytest.fixture
def two(store: Store) -> Store:
    """Two clients, of which one will go into the other."""
    store.clients.add(a_client("Acme GmbH"))
    store.clients.add(a_client("Akme", OTHER))
    return store


def ida(end: str, at: str = CLIENT_ID, **more: str) -> Contact:
    return a_contact("Ida Lund", f"01M80HVW1GSAER47BYHS8RWID{end}", client_id=at, **more)


def born(id_: str, who: str, day: date) -> Occasion:
    return Occasion(id=id_ * 26, client_id=CLIENT_ID, kind="birthday", what="", day=day, yearly=True, contact_id=who)


# People of two clients that become one


@pytest.mark.parametrize("also", [{}, {"mail": "ida@x.example"}, {"mail": "IDA@x.example", "phone": "0151 222222"}])
def test_somebody_at_both_clients_is_one_person_with_all_visits(two: Store, also: dict[str, str]) -> None:
    kept = two.contacts.add(ida("A", mail="ida@x.example", phone="0151 111111"))
    gone = two.contacts.add(replace(ida("B", OTHER, position="buyer"), **also))  # type: ignore[arg-type]
    two.visits.add(a_visit(client_id=OTHER, contact_ids=(gone.id,)))

    two.clients.merge(OTHER, CLIENT_ID)

    (one,) = two.contacts.list()
    assert (one.id, one.client_id, one.position) == (kept.id, CLIENT_ID, "buyer")
    assert [(visit.client_id, visit.contact_ids) for visit in two.visits.list()] == [(CLIENT_ID, (kept.id,))]


def test_somebody_called_so_by_an_alias_is_one_person_too(two: Store) -> None:
    two.contacts.add(replace(ida("A"), aliases=("I. Lund",)))
    two.contacts.add(replace(ida("B", OTHER), name="i. lund"))

    two.clients.merge(OTHER, CLIENT_ID)

    assert [(one.name, one.aliases) for one in two.contacts.list()] == [("Ida Lund", ("I. Lund",))]


def test_two_of_one_name_whose_mail_differs_stay_two_that_can_be_told_apart(two: Store) -> None:
    two.contacts.add(ida("A", mail="ida@x.example"))
    two.contacts.add(ida("B", OTHER, mail="ida2@x.example"))

    two.clients.merge(OTHER, CLIENT_ID)

    assert [one.name for one in two.contacts.of(CLIENT_ID)] == ["Ida Lund", "Ida Lund (ida2@x.example)"]
    assert two.find_person("acme gmbh/ida lund")[1] == two.contacts.get(ida("A").id)
    assert two.find_person("acme gmbh/ida lund (ida2@x.example)")[1] == two.contacts.get(ida("B").id)


def test_two_persons_who_are_one_are_one_contact_too(store: Store) -> None:
    for end, client_id, name in (("A", CLIENT_ID, "Ida Lund"), ("B", OTHER, "I. Lund")):
        store.clients.add(a_client(name, client_id, kind="person"))
        store.contacts.add(replace(ida(end, client_id, mail=f"{end}@x.example"), name=name))

    store.clients.merge(OTHER, CLIENT_ID)

    (one,) = store.contacts.list()
    assert (one.name, one.aliases, one.mail, one.remarks) == (
        "Ida Lund", ("I. Lund",), "A@x.example", "Also: Mail: B@x.example",
    )  # fmt: skip


# What differs


@pytest.mark.parametrize(
    ("lang", "also"),
    [
        ("en", "Also: Position: fitter; Stance: opponent; Mail: b@x.example; Phone: 0151 222222"),
        ("zh", "另有：职位：fitter；立场：反对；邮箱：b@x.example；电话：0151 222222"),
    ],
)
def test_what_the_one_who_goes_has_otherwise_becomes_a_remark(two: Store, lang: Lang, also: str) -> None:
    kept = two.contacts.add(
        replace(ida("A", position="buyer", mail="a@x.example", phone="0151 111111", remarks="likes tea"),
                roles=("user",), stance="supporter", department="B")
    )  # fmt: skip
    gone = two.contacts.add(
        replace(ida("B", position="fitter", mail="b@x.example", phone="0151 222222", remarks="likes cake"),
                name="I. Lund", roles=("coach", "user"), stance="opponent", department="b")
    )  # fmt: skip

    one = two.contacts.merge(gone.id, kept.id, Saying(lang=lang))

    assert (one.position, one.mail, one.stance, one.roles) == ("buyer", "a@x.example", "supporter", ("user", "coach"))
    assert one.remarks.split("\n") == ["likes tea", "likes cake", also]


def test_a_number_written_otherwise_is_not_said_twice(two: Store) -> None:
    kept = two.contacts.add(ida("A", phone="0151 5550177"))
    gone = two.contacts.add(replace(ida("B", phone="+49 (151) 555-0177"), name="I. Lund"))

    assert two.contacts.merge(gone.id, kept.id).remarks == ""


def test_what_a_client_has_otherwise_becomes_a_remark_and_its_kind_stays(store: Store) -> None:
    store.clients.add(a_client(industry="steel", country="DE", stage="stable"))
    store.clients.add(a_client("Akme", OTHER, kind="person", industry="tools", country="AT", stage="early"))

    one = store.clients.merge(OTHER, CLIENT_ID)

    assert (one.kind, one.industry, one.country, one.stage) == ("company", "steel", "DE", "stable")
    assert one.remarks == "Also: Industry: tools; Country: AT; Stage: early"


@pytest.mark.parametrize(
    ("ours", "theirs", "stays", "said"),
    [
        (date(1980, 5, 3), date(1980, 5, 3), date(1980, 5, 3), ""),
        (date(NO_YEAR, 5, 3), date(1980, 5, 3), date(1980, 5, 3), ""),
        (date(1980, 5, 3), date(NO_YEAR, 5, 3), date(1980, 5, 3), ""),
        (date(1980, 5, 3), date(1981, 5, 3), date(1980, 5, 3), "Also: Birthday: 1981-05-03"),
        (date(1980, 5, 3), date(NO_YEAR, 6, 4), date(1980, 5, 3), "Also: Birthday: --06-04"),
        (None, date(1980, 5, 3), date(1980, 5, 3), ""),
    ],
)
def test_one_person_has_one_birthday(two: Store, ours: date | None, theirs: date, stays: date, said: str) -> None:
    kept = two.contacts.add(ida("A"))
    gone = two.contacts.add(replace(ida("B"), name="I. Lund"))
    if ours:
        two.occasions.add(born("K", kept.id, ours))
    two.occasions.add(born("G", gone.id, theirs))

    one = two.contacts.merge(gone.id, kept.id)

    assert [(each.day, each.contact_id) for each in two.occasions.list()] == [(stays, kept.id)]
    assert one.remarks == said


# People of one name, as books from before have them


@pytest.fixture
def twins(two: Store) -> list[Contact]:
    """Three of one name at one client: two with a mail of their own."""
    people = [ida("A", mail="a@x.example"), ida("B", mail="b@x.example"), ida("C")]
    two.contacts.add_all(people)
    return people


def test_people_of_one_name_are_named_so_that_each_can_be_typed(two: Store, twins: list[Contact]) -> None:
    with pytest.raises(NotFoundError) as caught:
        two.find_person("acme gmbh/ida lund")

    assert caught.value.key == "contact-ambiguous"
    assert caught.value.nearest == tuple(
        f"Acme GmbH/Ida Lund ({part})" for part in ("a@x.example", "b@x.example", "8rwidc")
    )
    assert [two.find_person(name)[1] for name in caught.value.nearest] == twins


def test_a_person_is_reached_by_the_end_of_their_id(two: Store, twins: list[Contact]) -> None:
    assert [two.find_person(f"acme gmbh/{one.id[-6:].lower()}")[1] for one in twins] == twins
    assert [two.find_person(f"acme gmbh/{one.id}")[1] for one in twins] == twins
    with pytest.raises(NotFoundError):
        two.find_person("akme/8rwida")
    with pytest.raises(NotFoundError):
        two.find_person("acme gmbh/rwida")


def test_people_of_one_name_can_be_merged_one_after_the_other(two: Store, twins: list[Contact]) -> None:
    first, second, third = twins
    two.contacts.merge(second.id, first.id)
    one = two.contacts.merge(third.id, first.id)

    assert two.contacts.list() == [one]
    assert one.remarks == "Also: Mail: b@x.example"
    assert two.find_person("acme gmbh/ida lund")[1] == one
