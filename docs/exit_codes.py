"""The page of exit codes and error codes, from the classes themselves: docs/exit-codes.md.

python -m docs.exit_codes > docs/exit-codes.md
"""

from collections.abc import Iterator

from salescoach.errors import ExitCode, SalescoachError

HEAD = """\
# Exit codes

Generated from `salescoach/errors.py`; `python -m docs.exit_codes > docs/exit-codes.md` writes it afresh.

Scripts key on the exit code. What happened, and what to do next, is said on stderr in the rep's language; with
`--json`, stdout holds one document or nothing.

| exit code | when |
| --- | --- |
"""
MEANING = {
    ExitCode.OK: "Done.",
    ExitCode.BUG: "A bug of ours; it says so, and what a report needs. `SALESCOACH_DEBUG=1` shows the trace.",
    ExitCode.USAGE: "Wrong usage: a command, option or answer that is missing or cannot be.",
    ExitCode.NOT_FOUND: "Not found, or ambiguous; the nearest three are named.",
    ExitCode.INVALID: "A file or data that does not hold; nothing was saved.",
    ExitCode.STORAGE: "The database, or a file to be written, cannot be read or written.",
    ExitCode.INTERRUPTED: "Interrupted; what was answered is kept in a draft, and the same command goes on with it.",
}
CLASSES = """\

## The errors behind them

| name in the source | exit code | what it is |
| --- | --- | --- |
"""


def page() -> str:
    """The whole page."""
    codes = "".join(f"| {int(code)} | {MEANING[code]} |\n" for code in ExitCode)
    rows = (f"| `{one.code}` | {int(one.exit_code)} | {_first_line(one)} |\n" for one in family())
    return HEAD + codes + CLASSES + "".join(rows)


def family(root: type[SalescoachError] = SalescoachError) -> Iterator[type[SalescoachError]]:
    """Every error a person can mend, by exit code and then as they are written; the root alone is never raised."""
    below = [found for one in root.__subclasses__() for found in (one, *family(one))]
    yield from sorted(below, key=lambda one: one.exit_code)


def _first_line(error: type[SalescoachError]) -> str:
    return (error.__doc__ or "").strip().splitlines()[0].partition(";")[0].rstrip(".") + "."


if __name__ == "__main__":
    print(page(), end="")  # noqa: T201 - this is how the page is written
