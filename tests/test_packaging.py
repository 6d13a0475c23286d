"""What goes out is whole: versions agree, the playbooks are in the wheel, and nothing of a workplace is in a file."""

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import salescoach

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROGRAM = [sys.executable, "-c", "from salescoach.cli import run; run()"]
#: Folders that the project itself makes, and that are no part of it.
MADE = {".git", ".venv", ".demo-home", "dist", "build", "htmlcov", "__pycache__"}
TEXT = {".py", ".md", ".toml", ".yaml", ".yml", ".json", ".txt", ".svg", ".cfg", ""}
#: Folders of the machines that this is written on, and hosts of package indexes. Put together here, or they match.
MACHINE = re.compile(r"(?<![\w.])/(?:work|tmp/v|root|opt/pypi)(?=[/\s\"'`]|$)", re.MULTILINE)
INDEX = re.compile("|".join(["pypi" + r"\.org", "python" + r"hosted\.org", "extra-" + "index-url", "find-" + "links"]))


def project_files() -> Iterator[Path]:
    """The text files of the project."""
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        hidden = any(part in MADE or part.endswith(("_cache", ".egg-info")) or part == ".hypothesis" for part in parts)
        if path.is_file() and not hidden and path.suffix in TEXT and not path.name.startswith(".coverage"):
            yield path


def make_targets() -> set[str]:
    """The targets of the Makefile."""
    return set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def test_the_program_says_the_version_that_is_packaged() -> None:
    said = subprocess.run([*PROGRAM, "--version"], capture_output=True, text=True, check=True).stdout

    assert said == f"salescoach {PROJECT['project']['version']}\n"
    assert salescoach.__version__ == PROJECT["project"]["version"]


def test_a_wheel_takes_the_playbooks_along() -> None:
    included = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]

    assert included == {"playbooks": "salescoach/builtin"}


def test_every_make_command_in_the_readme_is_there() -> None:
    said = set(re.findall(r"\bmake ([a-z]+)\b", (ROOT / "README.md").read_text(encoding="utf-8")))

    assert {"demo", "test"} <= said & make_targets()
    assert said <= make_targets() | {"it", "a", "the"}


def test_the_two_languages_of_the_demo_tell_the_same_story() -> None:
    english, chinese = ({path.name for path in (ROOT / "demo" / lang).iterdir()} for lang in ("en", "zh"))

    assert english == chinese


def test_no_file_names_a_folder_of_the_machine_it_was_written_on() -> None:
    found = [f"{path.relative_to(ROOT)}: {hit[0]}" for path in project_files() for hit in MACHINE.finditer(_text(path))]

    assert found == []


def test_no_file_names_a_package_index() -> None:
    found = [f"{path.relative_to(ROOT)}: {hit[0]}" for path in project_files() for hit in INDEX.finditer(_text(path))]

    assert found == []


def test_the_benchmarks_ask_for_a_client_of_their_own_book() -> None:
    from benchmarks.book import names
    from benchmarks.startup import CLIENTS, WANTED

    book = list(names(CLIENTS))
    assert WANTED in book
    assert len(set(book)) == CLIENTS


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")
