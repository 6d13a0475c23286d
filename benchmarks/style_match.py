"""How well a style is read from free words: right style first, and the odds moved its way.

    python -m benchmarks.style_match [FILE…] [--wrong]

A file has `style<TAB>description` in each row, after a row of headings; without one the two judging files here are
taken. They were written after the words of the playbook and apart from them. On the first run 65 % (English) and 53 %
(Chinese) were right; the playbook was mended after that, with these files in sight, so that they guard what is reached
and no longer judge it. To judge, give files that nobody has mended by.
"""

import argparse
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from salescoach.coach.cues import Lexicon, lexicon
from salescoach.coach.described import Description, describe
from salescoach.language import LANGS, Lang
from salescoach.playbook.layers import layers
from salescoach.playbook.library import open_library
from salescoach.playbook.models import Typology

HERE = Path(__file__).resolve().parent
EVEN = 0.25


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, help="judging files")
    parser.add_argument("--wrong", action="store_true", help="list the descriptions that are read wrongly")
    wanted = parser.parse_args()
    with TemporaryDirectory() as folder:
        styles = open_library(layers((), Path("no-personal-playbooks")), Path(folder)).get(Typology, "styles")
    known = {lang: lexicon(styles, lang) for lang in LANGS}
    for file in wanted.files or [HERE / f"style_descriptions_{lang}.tsv" for lang in LANGS]:
        print(report(styles, known, file, wanted.wrong))


def report(styles: Typology, known: dict[Lang, Lexicon], file: Path, wrong: bool) -> str:
    """The figures of one file, as lines."""
    rows = [row.split("\t") for row in file.read_text(encoding="utf-8").splitlines()[1:] if "\t" in row]
    before = time.perf_counter()
    read = [(style, words, describe(styles, known.__getitem__, words)) for style, words, *_ in rows]
    took = 1000 * (time.perf_counter() - before) / max(1, len(rows))
    first = sum(right(one, style) for style, _, one in read)
    towards = sum(dict(one.shares).get(style, 0) > EVEN for style, _, one in read)  # type: ignore[call-overload]
    named = [(style, one) for style, _, one in read if one.style]
    lines = [
        f"{file.name}: {len(rows)} descriptions, {took:.1f} ms each",
        f"  right style first    {first / len(rows):.1%}",
        f"  odds moved its way   {towards / len(rows):.1%}",
        f"  nothing recognised   {sum(not one.recognised for *_, one in read) / len(rows):.1%}",
        f"  a cue found          {sum(bool(one.cues or one.denied) for *_, one in read) / len(rows):.1%}",
        f"  a style named        {len(named) / len(rows):.1%}",
        f"  right where named    {sum(one.style == style for style, one in named) / max(1, len(named)):.1%}",
    ]
    confused = Counter((style, one.shares[0][0]) for style, _, one in read if not right(one, style))
    lines += [f"  {style} taken for {other}: {count}" for (style, other), count in confused.most_common(6)]
    if wrong:
        lines += [f"  {style:10} {told(one)}  {words}" for style, words, one in read if not right(one, style)]
    return "\n".join(lines)


def right(one: Description, style: str) -> bool:
    """Whether this style came first, alone."""
    return one.recognised and one.shares[0][0] == style and one.shares[0][1] > one.shares[1][1]


def told(one: Description) -> str:
    """What was made of a description, in short."""
    cues = [*(cue.id for cue in one.cues), *(f"-{cue.id}" for cue in one.denied)]
    return f"{one.shares[0][0]} {one.shares[0][1]:.2f} {cues}"


if __name__ == "__main__":
    main()
