"""Every page that the program writes, opened in a browser: on a phone and at a desk, by day and by night, on paper."""

import io
from collections.abc import Iterator
from typing import Any

import pytest

from tests.pages.books import Page

pytest.importorskip("playwright", reason="the packages of the group dev are not installed")

from axe_playwright_python.sync_playwright import Axe
from pypdf import PdfReader

PHONE, DESK = 390, 1280
#: Rules of axe-core: all of WCAG 2.2 A and AA, or contrast alone, which colours and media change.
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
CONTRAST = ["color-contrast"]
#: All on one worker: the pages are written once, and one browser opens them.
pytestmark = pytest.mark.xdist_group("pages")
#: Type that is read at arm's length, and a fingertip, in CSS pixels.
BODY, SMALLEST, FINGER = 16, 13, 44
#: In millimetres; PDF counts in points.
A4 = (210, 297)
MILLIMETRE = 25.4 / 72
UNFOLD = "document.querySelectorAll('details').forEach(one => one.open = true)"
WIDTH = "Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)"
SIZES = """[...document.querySelectorAll('body, body *')]
  .filter(one => [...one.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim()))
  .map(one => parseFloat(getComputedStyle(one).fontSize))"""
TAPPED = "[...document.querySelectorAll('summary, a, button')].map(one => one.getBoundingClientRect().height)"


class Tab:
    """A tab of the browser, with all that a page asked for or complained of."""

    def __init__(self, tab: Any) -> None:
        self.tab = tab
        self.asked: list[str] = []
        self.complaints: list[str] = []
        tab.on("request", lambda one: self.asked.append(one.url))
        tab.on("console", lambda one: self.complaints.append(one.text))
        tab.on("pageerror", lambda one: self.complaints.append(str(one)))

    def open(self, page: Page, *, unfolded: bool = False) -> Any:
        """Open a page; `unfolded` with all that it folds away."""
        self.asked.clear()
        self.complaints.clear()
        self.tab.goto(page.file.as_uri())
        if unfolded:
            self.tab.evaluate(UNFOLD)
        return self.tab


@pytest.fixture
def tab(chromium: Any) -> Iterator[Tab]:
    """A tab of its own, the size of a phone, by day."""
    context = chromium.new_context(viewport={"width": PHONE, "height": 844}, color_scheme="light")
    yield Tab(context.new_page())
    context.close()


def briefs(pages: list[Page]) -> list[Page]:
    return [page for page in pages if page.name.startswith("brief")]


def without_crowds(pages: list[Page]) -> list[Page]:
    """Pages of sixty people hold what those of two hold, sixty times: looked at once in every light is enough."""
    return [page for page in pages if page.name not in ("map-big", "plan-big", "loss-big")]


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_no_page_is_wider_than_the_screen(pages: list[Page], tab: Tab, width: int) -> None:
    tab.tab.set_viewport_size({"width": width, "height": 844})

    wide = {str(page): tab.open(page, unfolded=True).evaluate(WIDTH) for page in pages}

    assert {name: found for name, found in wide.items() if found > width} == {}


def test_a_page_asks_for_nothing_complains_of_nothing_and_has_no_script(pages: list[Page], tab: Tab) -> None:
    for page in pages:
        opened = tab.open(page, unfolded=True)

        assert tab.asked == [page.file.as_uri()], page
        assert tab.complaints == [], page
        assert opened.locator("script, iframe, object, embed, link, img, base, form").count() == 0, page
        assert opened.get_attribute("html", "lang") == page.lang


@pytest.mark.parametrize(
    ("width", "scheme", "medium", "rules"),
    [
        (PHONE, "light", "screen", WCAG),
        (PHONE, "dark", "screen", CONTRAST),
        (DESK, "dark", "screen", CONTRAST),
        (DESK, "dark", "print", CONTRAST),
    ],
)
def test_every_page_can_be_read_as_wcag_aa_asks(
    pages: list[Page], tab: Tab, width: int, scheme: str, medium: str, rules: list[str]
) -> None:
    tab.tab.set_viewport_size({"width": width, "height": 844})
    tab.tab.emulate_media(color_scheme=scheme, media=medium)

    for page in pages if rules == WCAG else without_crowds(pages):
        found = Axe().run(tab.open(page, unfolded=True), options={"runOnly": rules, "resultTypes": ["violations"]})

        assert found.violations_count == 0, f"{page}: {found.generate_report()}"


def test_dark_is_dark_and_paper_is_white(pages: list[Page], tab: Tab) -> None:
    paper = "getComputedStyle(document.body).backgroundColor"
    tab.tab.emulate_media(color_scheme="dark")
    assert {tab.open(page).evaluate(paper) for page in pages} == {"rgb(18, 18, 18)"}

    tab.tab.emulate_media(color_scheme="dark", media="print")
    assert {tab.open(page).evaluate(paper) for page in pages} == {"rgb(255, 255, 255)"}


def test_type_is_large_enough_for_an_arms_length_and_a_fold_for_a_finger(pages: list[Page], tab: Tab) -> None:
    for page in pages:
        opened = tab.open(page, unfolded=True)
        sizes = opened.evaluate(SIZES)

        assert sorted(sizes)[len(sizes) // 2] >= BODY, page
        assert min(sizes) >= SMALLEST, page
        assert min(opened.evaluate(TAPPED), default=FINGER) >= FINGER, page


def test_a_brief_is_printed_on_one_page_of_a4_with_all_that_lies_open(pages: list[Page], tab: Tab) -> None:
    """What is folded stays away, so that a full book prints no more than a page either."""
    tab.tab.emulate_media(media="print")
    for page in briefs(pages):
        opened = tab.open(page)
        shown = "".join(opened.inner_text("body").split())

        printed = PdfReader(io.BytesIO(opened.pdf(prefer_css_page_size=True))).pages

        assert len(printed) == 1, page
        sides = printed[0].mediabox
        assert (round(sides.width * MILLIMETRE), round(sides.height * MILLIMETRE)) == A4
        read = "".join(printed[0].extract_text().split())
        assert len(read) >= 0.97 * len(shown), page


def test_the_whole_brief_is_a_tap_away(pages: list[Page], tab: Tab) -> None:
    """Folded at first; a tap on a fold shows what is in it, without a script."""
    full = next(page for page in pages if page.name == "brief-big")
    opened = tab.open(full)
    fold = opened.locator(".people details").first
    inside = fold.locator("li").first
    assert not inside.is_visible()

    fold.locator("summary").click()

    assert inside.is_visible()
