"""The pages that the program writes, made once, and one browser to open them with."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from salescoach.language import LANGS
from tests.conftest import TODAY, UNSET
from tests.pages.books import Page, Pages

#: Names under which systems install it.
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
#: A browser without windows that asks for nothing of its own.
QUIET = (
    *("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-default-apps", "--disable-dev-shm-usage"),
)
#: People in the buying centre of the big book.
CROWD = 60


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """
    One Chromium, its profile new and empty; without one the tests are skipped. It ends with the last of them: the
    driver's event loop runs for as long, and walks of other tests need one of their own.
    """
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium): the pages were not opened")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture(scope="module", params=LANGS)
def pages(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, compiled: Path, chromium: Any
) -> list[Page]:
    """Every page that the program writes in a language, of no book, a small one and a big one."""
    folder = tmp_path_factory.mktemp("pages")
    fixed = {"SALESCOACH_TODAY": TODAY, "LANG": "en_GB.UTF-8", "NO_COLOR": "1", "COLUMNS": "80", "LINES": "24"}
    home = folder / "home"
    home.mkdir()
    (home / "cache").symlink_to(compiled)
    with pytest.MonkeyPatch.context() as patch:
        for name in UNSET:
            patch.delenv(name, raising=False)
        for name, text in {**fixed, "SALESCOACH_HOME": str(home)}.items():
            patch.setenv(name, text)
        writer = Pages(request.param, folder)
        for fill in (writer.of_nothing, writer.of_a_small_book, lambda: writer.of_a_big_book(CROWD)):
            for name in ("data", "config"):
                shutil.rmtree(home / name, ignore_errors=True)
            fill()
    return writer.made
