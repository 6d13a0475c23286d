"""How long a rep waits beside what others use for the same sort of question: whole processes, in one run.

    python -m benchmarks.compare [--rounds N] [--write] [--strict]

The program is built and installed like theirs: from its wheel, into an environment of its own. Environments are kept in
the user's cache folder; a tool that cannot be installed is left out, and said to be. Every round runs every program
once, by turns; medians are compared with a bare interpreter. See `benchmarks.startup` for the rest of the commands.
"""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from benchmarks.baseline import settle
from benchmarks.startup import (
    BARE,
    CHINESE,
    CLIENTS,
    FREE_TEXT,
    HERE,
    REPORT,
    WANTED,
    Run,
    filled,
    medians_of,
    once_of,
    steadiness,
    used_by,
    with_section,
    with_usual_options,
)

ROOT = HERE.parent
SIDE_BY_SIDE = "## Side by side"
TOOLS = ("tldr", "todoman", "jrnl", "khal", "sqlite-utils")
OURS = "salescoach"
PLAIN = "bare interpreter"
WARM_UPS = 3
#: Medians of these may take so many times what those take.
QUICK, QUICK_PEAK = 3.0, 25.0
LATEST = (
    "`objection price`, asked before",
    "`objection` in free words, asked before",
    "the same in Chinese",
    "`guide`",
)
TAB = f"Tab behind `prep Wei`, {CLIENTS:,} clients"
#: Until its first question stands on the screen, beside a program that loads the same libraries and asks one.
DEBRIEF, ASKING = "`debrief CLIENT`, to its first prompt", "Typer, pydantic, peewee, questionary: to a prompt"
PROMPT = 1.2
QUESTION, FIRST_QUESTION = "Did the visit take place?", "How did it end?"
TASK = "todoman: `todo list`"
PAGE = "tldr: `tldr tar`, cached"
TARGETS = {
    **dict.fromkeys(("`--version`", *LATEST, TAB), (PLAIN, QUICK)),
    "`prep CLIENT --brief`": (TASK, 1.0),
    "`today`": (TASK, 1.0),
    DEBRIEF: (ASKING, PROMPT),
}


class Program(NamedTuple):
    """A command line, what is set in its environment beside the usual, and where it is taken to have answered."""

    name: str
    argv: Sequence[str]
    env: Mapping[str, str] = MappingProxyType({})
    new: bool = False  # a word is added that no round had before
    until: str = ""  # run at a terminal until this stands there; to its end where nothing is named


def main() -> None:
    """Measure, print the table and, where asked, write it down."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15)
    wanted = with_usual_options(parser).parse_args()
    with tempfile.TemporaryDirectory() as folder:
        programs = [*_bare(), *_ours(Path(folder)), *_theirs(Path(folder))]
        found = measure(programs, wanted.rounds)
    text = report(found, wanted.rounds)
    print(text)
    bare = found[PLAIN].seconds
    ratios = {name: run.seconds / bare for name, run in found.items()}
    settle("compare", ratios, write=wanted.write, strict=wanted.strict)
    if wanted.write:
        REPORT.write_text(with_section(REPORT.read_text(encoding="utf-8"), text), encoding="utf-8")


def measure(programs: Sequence[Program], rounds: int) -> dict[str, Run]:
    """Medians by name: all programs by turns, the first rounds uncounted."""
    runs = [[_once(one, number) for one in programs] for number in range(WARM_UPS + rounds)]
    return {one.name: medians_of([turn[at] for turn in runs[WARM_UPS:]]) for at, one in enumerate(programs)}


def _once(one: Program, number: int) -> Run:
    if one.until:
        return _at_terminal(one)
    return once_of(one.name, [*one.argv, f"number {number}"] if one.new else one.argv, one.env)


def _at_terminal(one: Program) -> Run:
    """From the start until the text stands on a terminal; there the program is ended."""
    env = {**os.environ, **one.env, "TERM": "xterm-256color", "PROMPT_TOOLKIT_NO_CPR": "1"}
    ours, theirs = os.openpty()
    termios.tcsetwinsize(theirs, (24, 80))
    before, shown = time.perf_counter(), b""
    child = subprocess.Popen(
        one.argv, stdin=theirs, stdout=theirs, stderr=theirs, env=env, cwd=HERE.parent, start_new_session=True
    )
    os.close(theirs)
    try:
        while one.until.encode() not in shown:
            shown += os.read(ours, 65_536)
    except OSError:
        raise SystemExit(f"{one.name} ended without its prompt: {shown.decode(errors='replace')}") from None
    after = time.perf_counter()
    child.kill()
    used = used_by(child)
    os.close(ours)
    return Run(after - before, *used)


# The programs


def _bare() -> Iterator[Program]:
    python = _environment(OURS, str(ROOT))
    if python is None:
        raise SystemExit("The program itself cannot be installed.")
    yield Program(PLAIN, [str(python), "-c", "pass"])
    yield Program(BARE, [str(python), str(HERE / "bare.py")])
    yield Program(ASKING, [str(python), str(HERE / "asking.py")], until=QUESTION)


def _ours(folder: Path) -> Iterator[Program]:
    coach = str(_folder(OURS) / "bin" / "salescoach")
    home = filled(folder / "book", "benchmarks.book", CLIENTS)
    env = {"SALESCOACH_HOME": str(home), "SALESCOACH_TODAY": "2026-12-01", "SALESCOACH_LANG": "en"}
    words = ([coach, "objection", *rest] for rest in (["price"], [FREE_TEXT], [CHINESE]))
    asked = dict(zip(LATEST, (*words, [coach, "guide", "seats"]), strict=True))
    tab = {**env, "_SALESCOACH_COMPLETE": "complete_fish", "_TYPER_COMPLETE_ARGS": "salescoach prep Wei"}
    yield Program("`--version`", [coach, "--version"], env)
    yield from (Program(name, argv, env) for name, argv in asked.items())
    yield Program(TAB, [coach], tab)
    yield Program("`objection` in free words, never asked before", [coach, "objection", FREE_TEXT], env, new=True)
    yield Program("`prep CLIENT --brief`", [coach, "prep", WANTED, "--brief"], env)
    yield Program("`today`", [coach, "today"], env)
    yield Program(DEBRIEF, [coach, "debrief", WANTED], env, until=FIRST_QUESTION)


def _theirs(folder: Path) -> Iterator[Program]:
    for tool in TOOLS:
        if _environment(tool, tool) is None:
            print(f"{tool} cannot be installed here: left out", file=sys.stderr)
        else:
            place = folder / tool
            place.mkdir()
            yield _SETUPS[tool](_folder(tool) / "bin", place)


def _tldr(scripts: Path, place: Path) -> Program:
    page = place / "tldr" / "pages" / "common" / "tar.md"
    page.parent.mkdir(parents=True)
    page.write_text("# tar\n\n> Archiving utility.\n\n- Extract a file:\n\n`tar xf {{file}}`\n", encoding="utf-8")
    env = {"XDG_CACHE_HOME": str(place), "TLDR_CACHE_MAX_AGE": "9000", "TLDR_LANGUAGE": "en"}
    return Program(PAGE, [str(scripts / "tldr"), "--platform", "common", "tar"], env)


def _todoman(scripts: Path, place: Path) -> Program:
    for number in range(20):
        body = f"BEGIN:VTODO\nUID:{number}\nDTSTAMP:20261101T090000Z\nSUMMARY:Call client {number}\nEND:VTODO"
        _calendar(place / "work" / f"{number}.ics", body)
    config = place / "config.py"
    config.write_text(f'path = "{place}/*"\ncache_path = "{place}/cache.sqlite3"\n', encoding="utf-8")
    return Program(TASK, [str(scripts / "todo"), "--config", str(config), "list"])


def _jrnl(scripts: Path, place: Path) -> Program:
    (place / "journal.txt").write_text("[2026-11-30 09:00] Called the client. They want a trial.\n", encoding="utf-8")
    config = place / "jrnl.yaml"
    config.write_text(
        f"journals:\n  default:\n    journal: {place}/journal.txt\neditor: ''\nencrypt: false\ntemplate: false\n"
        "default_hour: 9\ndefault_minute: 0\ntimeformat: '%F %r'\ntagsymbols: '@'\nhighlight: true\nlinewrap: 79\n"
        "indent_character: '|'\ncolors:\n  body: none\n  date: none\n  tags: none\n  title: none\nversion: v4.6\n",
        encoding="utf-8",
    )
    return Program("jrnl: `jrnl -n 1`", [str(scripts / "jrnl"), "--config-file", str(config), "-n", "1"])


def _khal(scripts: Path, place: Path) -> Program:
    for number in range(20):
        days = "DTSTART:20261201T090000Z\nDTEND:20261201T100000Z"
        body = f"BEGIN:VEVENT\nUID:{number}\nDTSTAMP:20261101T090000Z\n{days}\nSUMMARY:Visit {number}\nEND:VEVENT"
        _calendar(place / "work" / f"{number}.ics", body)
    config = place / "khal.conf"
    config.write_text(
        f"[calendars]\n[[work]]\npath = {place}/work\n[sqlite]\npath = {place}/khal.db\n[locale]\n"
        "timeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
        "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n",
        encoding="utf-8",
    )
    return Program("khal: `khal list`", [str(scripts / "khal"), "-c", str(config), "list", "2026-12-01"])


def _sqlite_utils(scripts: Path, place: Path) -> Program:
    import sqlite3

    with sqlite3.connect(place / "book.db") as database:
        database.execute("CREATE TABLE client (name TEXT)")
        database.executemany("INSERT INTO client VALUES (?)", [(f"Client {number}",) for number in range(CLIENTS)])
    query = "SELECT name FROM client WHERE name LIKE 'Client 7%' LIMIT 10"
    return Program("sqlite-utils: a query", [str(scripts / "sqlite-utils"), str(place / "book.db"), query])


_SETUPS = {"tldr": _tldr, "todoman": _todoman, "jrnl": _jrnl, "khal": _khal, "sqlite-utils": _sqlite_utils}


def _calendar(path: Path, body: str) -> None:
    path.parent.mkdir(exist_ok=True)
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//bench//EN\n{body}\nEND:VCALENDAR\n"
    path.write_text(text.replace("\n", "\r\n"), encoding="utf-8")


# Their environments


def _folder(name: str) -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "salescoach-bench" / name


def _environment(name: str, what: str) -> Path | None:
    """The interpreter of an environment with this program in it, installed where it is not; None where it cannot be."""
    folder = _folder(name)
    python = folder / "bin" / "python"
    try:
        if not python.exists():
            subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True, capture_output=True)
        if what != name or not any(folder.glob(f"lib/*/site-packages/{name.replace('-', '_')}-*")):
            pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", what]
            subprocess.run(pip, check=True, capture_output=True, timeout=600)
    except (subprocess.SubprocessError, OSError):
        return None
    return python


# The table


def report(found: dict[str, Run], rounds: int) -> str:
    """The section of docs/performance.md."""
    names = max(map(len, found))
    bare, typer = found[PLAIN], found[BARE]
    lines = [
        f"| {'whole process':{names}} |    ms | × bare | × Typer | peak MiB | target |      |",
        f"| {'-' * names} | ----: | -----: | ------: | -------: | ------ | ---- |",
    ]
    for name, run in found.items():
        ratios = f"{run.seconds / bare.seconds:6.2f} | {run.seconds / typer.seconds:7.2f}"
        lines.append(
            f"| {name:{names}} | {run.seconds * 1000:5.0f} | {ratios} | {run.peak:8.1f} | {_verdict(name, found)} |"
        )
    return f"""{SIDE_BY_SIDE}

Written by `python -m benchmarks.compare --write` on {time.strftime("%Y-%m-%d")}: {os.cpu_count()} cores \
({platform.machine()}, {platform.system()}), Python {platform.python_version()}, {_versions()}.
{steadiness(os.getloadavg()[0])}
Each program is installed from a package into an environment of its own; ours too, from its wheel. Medians of {rounds}
rounds by turns, after {WARM_UPS} that do not count. The quick lane is to stay within {QUICK:.0f} × of the bare
interpreter, {QUICK_PEAK:.0f} MiB and half of tldr's time.

{chr(10).join(lines)}
"""


def _verdict(name: str, found: dict[str, Run]) -> str:
    beside, most = TARGETS.get(name, ("", 0.0))
    if beside not in found:
        return "       |     "
    run = found[name]
    met = run.seconds <= most * found[beside].seconds
    if beside == PLAIN:
        met = met and run.peak <= QUICK_PEAK and (PAGE not in found or run.seconds <= found[PAGE].seconds / 2)
    told = f"≤ {most:.1f}" if beside == PLAIN else "≤ todoman" if beside == TASK else f"≤ {most:.1f} × it"
    return f"{told:6} | {'met' if met else 'MISS':4}"


def _versions() -> str:
    lines = []
    for name in (OURS, *TOOLS):
        stem = name.replace("-", "_")
        known = [path.name for path in _folder(name).glob(f"lib/*/site-packages/{stem}-*.dist-info")]
        lines += [f"{name} {known[0].removeprefix(f'{stem}-').removesuffix('.dist-info')}"] if known else []
    return ", ".join(lines)


if __name__ == "__main__":
    main()
