"""What may be there twice: who is paired, who is not, and who of a pair stays."""

from salescoach.records.duplicates import Pair, duplicates
from salescoach.records.models import Client, Contact


def person(name: str, at: str = "A", **more: str) -> Contact:
    return Contact(id=f"{name}@{at}", client_id=at, name=name, **more)  # type: ignore[arg-type]


def pairs(*people: Contact, names: tuple[str, ...] = ("Acme", "Bolt Werke")) -> list[Pair]:
    clients = [Client(id=name[0], name=name) for name in names]
    return duplicates(clients, people)


def test_names_nearly_the_same_are_two_where_mail_and_number_both_differ() -> None:
    jan = person("Jan Bergmann", mail="jan@x.example", phone="0151 1111111")

    assert pairs(jan, person("Jana Bergmann", mail="jana@x.example", phone="0151 2222222")) == []
    assert len(pairs(jan, person("Jana Bergmann", mail="jana@x.example"))) == 1
    assert len(pairs(jan, person("Jana Bergmann", mail="jana@x.example", phone="0151 1111111"))) == 1


def test_persons_who_are_clients_are_two_where_mail_and_number_both_differ() -> None:
    clients = [Client(id=name, name=name, kind="person") for name in ("Jan Bergmann", "Jana Bergmann")]
    selves = [
        Contact(id=f"{one.name}!", client_id=one.id, name=one.name, mail=f"{at}@x.example", phone=f"0151 {str(at) * 7}")
        for at, one in enumerate(clients, 1)
    ]

    assert duplicates(clients, selves) == []
    assert len(duplicates(clients, selves[:1])) == 1


def test_the_same_mail_or_number_at_two_clients_is_a_pair_that_cannot_be_merged() -> None:
    found = pairs(
        person("Ida Lund", mail="ida@x.example"),
        person("I. Lund", "B", mail="IDA@x.example"),
        person("Karl Dorn", phone="0151 1111111"),
        person("Otto Tal", "B", phone="+49 151 1111111"),
    )

    assert [(one.why, one.apart) for one in found] == [("mail", True), ("phone", True)]


def test_people_at_two_clients_that_may_be_one_wait_until_those_are_merged() -> None:
    ida = person("Ida Lund", mail="ida@x.example"), person("Ida Lund", "B", mail="ida@x.example")

    (found,) = duplicates([Client(id="A", name="Acme"), Client(id="B", name="Acme GmbH")], ida)

    assert isinstance(found.gone, Client)


def test_the_fuller_record_stays() -> None:
    lean = person("Anna Maria Berg", mail="a@x.example")
    full = person("A. Berg", mail="a@x.example", phone="0151 1111111", position="buyer")

    assert [(one.gone, one.kept) for one in pairs(lean, full)] == [(lean, full)]
