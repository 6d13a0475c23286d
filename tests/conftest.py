"""What every test stands on: a home of its own, a fixed day, one language, no colours, and steady properties."""

import gc
import os
from collections import Counter
from collections.abc import Generator
from pathlib import Path

import pytest
from coverage import Coverage
from hypothesis import settings

from tests.torture.tally import PROPERTY, Tally, summary

#: The day that tests play on: a Tuesday, and the first of the month.
TODAY = "2026-12-01"
#: What a person may have set and a test must not depend on.
UNSET = (
    *("SALESCOACH_LANG", "SALESCOACH_PLAYBOOKS", "SALESCOACH_DEBUG"),
    *("LC_ALL", "LC_MESSAGES", "FORCE_COLOR", "EDITOR", "VISUAL"),
)

settings.register_profile("steady", deadline=None, derandomize=True, max_examples=40)
settings.register_profile("torture", deadline=None, max_examples=5_000, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


#: Folders whose tests run the program in processes of its own, where coverage sees nothing and costs as much again.
ELSEWHERE = ("journeys", "pages", "torture", "hostile", "simulated")
#: Sets of parameters with which a test is traced: the others reach few lines that these do not.
MEASURED = 3


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """
    Measure coverage where it can still grow: tracing costs as much as what is traced.

    All tests run and fail as ever; those of these folders, properties, what is marked, and a test with parameters after
    its first few are not traced. So what is reported is the least that is covered.
    """
    here, seen = Path(__file__).parent, Counter[tuple[Path, str]]()
    for item in items:
        place = item.path.relative_to(here).parts[0] if item.path.is_relative_to(here) else ""
        test = item.path, item.name.partition("[")[0]
        property_ = getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
        if place in ELSEWHERE or property_ or seen[test] >= MEASURED:
            item.add_marker("unmeasured")
        seen[test] += item.get_closest_marker("torture") is None


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: the garbage collector need not walk through it again."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Without tracing, from the first fixture to the last, where no line is counted."""
    stopped = _untraced() if item.get_closest_marker("unmeasured") else []
    try:
        return (yield)
    finally:
        for measuring in reversed(stopped):
            measuring.start()


def _untraced() -> list[Coverage]:
    """Stop all that measures: a worker of pytest-xdist has two, and to stop one sets the other going again."""
    stopped = []
    while (measuring := Coverage.current()) is not None:
        measuring.stop()
        stopped.append(measuring)
    return stopped


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache folder for all tests, filled by the first that needs it: compiling takes a second, and is tested."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, compiled: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of this run's data, config and cache: no records, and never the rep's own, asked for or not."""
    for name in UNSET:
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "home"
    folder.mkdir()
    (folder / "cache").symlink_to(compiled)
    fixed = {"SALESCOACH_TODAY": TODAY, "LANG": "en_GB.UTF-8", "NO_COLOR": "1", "COLUMNS": "80", "LINES": "24"}
    for name, text in {"SALESCOACH_HOME": str(folder), **fixed}.items():
        monkeypatch.setenv(name, text)
    return folder


@pytest.fixture
def tally(request: pytest.FixtureRequest) -> Tally:
    """What a test that kills, starves or races the program counts; printed at the end of the run."""
    counted = Tally()
    request.node.user_properties.append((PROPERTY, counted.counts))
    return counted


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The counts of all tests that counted."""
    counted = summary([report for reports in terminalreporter.stats.values() for report in reports])
    if counted:
        terminalreporter.section("harm tried, and what came of it")
        terminalreporter.line(counted)
