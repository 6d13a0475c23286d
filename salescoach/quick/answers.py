"""
What was printed for a question that depends on nothing but what stands in its key, remembered as small files.

The full lane remembers what it printed, the quick lane repeats it: the two agree because there is one writer. The key
is a text with everything the answer depends on, kept whole in the file and compared whole, so that no two questions can
be taken for one another.
"""

import os
import sys
from zlib import crc32

from salescoach import __version__
from salescoach.listing import ELSEWHERE, FOLDERS, listed, parted
from salescoach.quick import places

try:
    from _blake2 import blake2b  # hashlib's own, without what hashlib loads beside it
except ImportError:
    from hashlib import blake2b

TYPE_CHECKING = False  # `typing` costs
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from salescoach.listing import Listing

#: The pure commands: what they print is all they do. With one of the options behind it a command is not.
PURE = {"objection": ("--for", "--mine", "--deep", "--answers", "--questions"), "guide": ()}
PURE_OPTIONS = ("--version", "--show-completion")
HELP = ("--help", "-h")
#: What a run loaded that did more than print: kept records, asked, learned. It is not remembered.
DEEDS = ("peewee", "prompt_toolkit", "salescoach.coach.matching.learn")
#: All of the environment that an answer depends on, beside what says where things are (which is looked at itself).
ENVIRONMENT = (
    "SALESCOACH_LANG", "LC_ALL", "LC_MESSAGES", "LANG", "SALESCOACH_TODAY", "SALESCOACH_PLAYBOOKS", "COLUMNS", "LINES",
    "TERM", "COLORTERM", "NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "UNICODE_VERSION",
)  # fmt: skip
#: So many answers are kept, none longer than that.
MOST, LONGEST = 200, 100_000

#: The cache folder, the data folder, and the key.
Question = tuple[str, str, str]


def is_pure(argv: list[str]) -> bool:
    """Whether a command line does nothing but print, so far as it can be told before it runs."""
    words = _command(argv)
    if words[:1] and words[0] in PURE_OPTIONS:
        return True
    if words and words[-1] in HELP and not any(word.startswith("-") for word in words[:-1]):
        return True  # no option is there that would take it for its value
    impure = PURE.get(words[0]) if words else None
    return impure is not None and not any(word.partition("=")[0] in impure for word in words)


def _command(argv: list[str]) -> list[str]:
    """A command line without the global options in front of it."""
    at = 0
    while at < len(argv) and (argv[at] in ("--lang", "--no-input") or argv[at].startswith("--lang=")):
        at += 2 if argv[at] == "--lang" else 1
    return argv[at:]


def question(argv: list[str]) -> Question | None:
    """What a command line asks, with all that its answer depends on; None where it is not pure or that is unclear."""
    if not (is_pure(argv) and sys.stdin and sys.stdout and sys.stderr):
        return None
    return about("answer", lambda data: (argv, _screen(), _me(data)))


def about(what: str, facts: "Callable[[str], object]") -> Question | None:
    """
    The key of what depends on the program, the language and more; None where that is unclear.

    Args:
        facts: Gives what else it depends on, from the data folder.
    """
    try:
        data, _, cache = places.folders(os.environ)
        seen = [os.environ.get(name) for name in ENVIRONMENT]
        return cache, data, repr((what, facts(data), seen, _program()))
    except Exception:  # whatever is wrong with a folder or a file, the full lane knows how to say it
        return None


def _screen() -> object:
    """Where it is printed, and whether somebody is there to be asked."""
    try:
        columns = os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError):
        columns = 0
    return columns, sys.stdout.encoding, [one.isatty() for one in (sys.stdin, sys.stdout, sys.stderr)]


def _program() -> object:
    """The program, its libraries (an installation changes their folder) and, in a checkout, its sources."""
    package = os.path.dirname(os.path.dirname(__file__))
    libraries = [_stamp(folder) for folder in sys.path if folder.endswith("-packages") and os.path.isdir(folder)]
    packed = os.path.isdir(f"{package}/builtin")
    sources = [] if packed else [_as_text(listed(package, (".py",))), _as_text(listed(f"{package}/../playbooks"))]
    return __version__, package, sys.version, libraries, sources


def playbooks(data: str, kinds: "Collection[str]") -> str:
    """What the files are now in which the team's and the rep's own playbooks of some kinds can be."""
    teams = [os.path.expanduser(one) for one in os.environ.get("SALESCOACH_PLAYBOOKS", "").split(os.pathsep) if one]
    parts = [*(folder for kind, folder in FOLDERS.items() if kind in kinds), ELSEWHERE] if kinds else []
    return stamp((one, parted(one, parts).values()) for one in (*teams, f"{data}/playbooks")) if parts else stamp(())


def stamp(folders: "Iterable[tuple[str, Iterable[Listing]]]") -> str:
    """As `playbooks`, where the files were looked at already."""
    return repr([(os.path.realpath(one), os.path.isdir(one), _as_text([*lists])) for one, lists in folders])


def _as_text(files: object) -> str:
    """Files in short: there may be thousands."""
    return blake2b(repr(files).encode("utf-8", "surrogatepass")).hexdigest()


def _stamp(path: str) -> str:
    known = os.stat(path)
    return f"{path}:{known.st_mtime_ns}:{known.st_size}"


def _me(data: str) -> object:
    """All that is known of the rep, whose company and products stand in the lines."""
    path = f"{data}/{places.DATABASE}"
    if not os.path.exists(path):
        return None
    from salescoach.quick.book import read

    return read(path, "SELECT * FROM me")


def recall(question: Question) -> str | None:
    """What was printed for this question; None where nothing is, or what is there is outdated or broken."""
    try:
        with open(_place(question), "rb") as file:
            if not _is_ours(os.fstat(file.fileno())):
                return None
            key, kinds, seen, check, text = file.read().split(b"\n", 4)
        if key != question[2].encode() or check != b"%08x" % crc32(text):
            return None
        return text.decode() if seen.decode() == playbooks(question[1], kinds.decode().split()) else None
    except (OSError, ValueError, OverflowError):
        return None


def _is_ours(file: os.stat_result) -> bool:
    """It was written by this user, and by nobody else."""
    return not hasattr(os, "getuid") or (file.st_uid == os.getuid() and not file.st_mode & 0o022)


def remember(question: Question, kinds: "Iterable[str]", seen: str, text: str) -> None:
    """
    Keep what was printed, for this user's eyes only; the oldest go. What cannot be kept is not kept.

    Args:
        kinds: Of the playbooks that it rests on.
        seen: What their files were (`stamp`).
    """
    from contextlib import suppress
    from pathlib import Path

    from salescoach.playbook.cache import replace_file

    if len(text) > LONGEST:
        return
    place = Path(_place(question))
    with suppress(OSError, UnicodeError):
        content = text.encode()
        head = "\n".join((question[2], " ".join(sorted(kinds)), seen)).encode()
        replace_file(place, head + b"\n%08x\n" % crc32(content) + content)
        for old in sorted(place.parent.iterdir(), key=lambda file: -file.stat().st_mtime_ns)[MOST:]:
            old.unlink()


def _place(question: Question) -> str:
    cache, _, key = question
    return f"{cache}/answers/{crc32(key.encode()):08x}"
