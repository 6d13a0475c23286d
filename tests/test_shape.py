"""A value: equal by content, set once, never changed."""

from dataclasses import FrozenInstanceError, field, replace

import pytest

from salescoach.shape import value


@value
class Point:
    """Two numbers, the second with a default."""

    x: int
    y: int = 0


@value
class Other:
    """The same fields under another name."""

    x: int
    y: int = 0


def test_equal_content_is_equal_and_has_the_same_hash() -> None:
    assert Point(x=1) == Point(x=1, y=0)
    assert hash(Point(x=1)) == hash(Point(x=1, y=0))
    assert Point(x=1) != Point(x=2)
    assert Point(x=1) != Other(x=1)  # type: ignore[comparison-overlap]


def test_it_cannot_be_changed() -> None:
    point = Point(x=1)
    with pytest.raises(FrozenInstanceError):
        point.x = 2  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        point.z = 3  # type: ignore[attr-defined]
    with pytest.raises(FrozenInstanceError):
        del point.x
    assert point.x == 1


def test_a_changed_copy_leaves_it_as_it_was() -> None:
    point = Point(x=1)

    assert replace(point, y=5) == Point(x=1, y=5)
    assert point == Point(x=1)


def test_it_shows_its_fields() -> None:
    assert repr(Point(x=1, y=2)) == "Point(x=1, y=2)"


def test_fields_are_named() -> None:
    with pytest.raises(TypeError):
        Point(1)  # type: ignore[call-arg]


@value
class Bag:
    """A field that every bag has its own of."""

    name: str
    held: dict[str, int] = field(default_factory=dict)


@value
class LargeBag(Bag):
    """One more field."""

    size: int = 3


def test_what_is_missing_or_unknown_is_refused_the_first_time_and_later() -> None:
    for _ in range(2):
        with pytest.raises(TypeError, match="name"):
            Bag()  # type: ignore[call-arg]
        with pytest.raises(TypeError, match="colour"):
            Bag(name="a", colour="red")  # type: ignore[call-arg]


def test_each_has_its_own_of_what_is_made_for_it() -> None:
    first, second = Bag(name="a"), Bag(name="a")

    first.held["x"] = 1

    assert second.held == {}


def test_one_that_is_made_of_another_has_the_fields_of_both() -> None:
    Bag(name="made first")

    assert LargeBag(name="a") == LargeBag(name="a", held={}, size=3)
    assert Bag(name="a") != LargeBag(name="a")
