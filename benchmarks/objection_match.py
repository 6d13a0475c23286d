"""How well objections are understood: the figures of docs/objection-matching.md.

    python -m benchmarks.objection_match [--judge FOLDER] [--write]

Four judges. Folds: a third of our own phrasings at a time is held out, near-duplicates together, and the rest is
learned from. The examination (benchmarks/sentences_*.tsv): sentences by hands that had seen neither playbooks nor
judging files, with the second topic where there is one; thresholds were set by it. The second examination
(benchmarks/unseen_*.tsv): the same by other hands, looked at once when all was set. Judging files: sentences that were
written apart, where their folder is there (--judge, or the environment variable SALESCOACH_JUDGE, or ../shared/data).
Nothing is ever learned from the last two.
"""

import argparse
import os
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from salescoach.coach.matching import Index, Match, build, is_confident, is_match, named, rank
from salescoach.language import LANGS, Lang
from salescoach.playbook.layers import layers
from salescoach.playbook.library import Library, open_library
from salescoach.playbook.models import Objection, SmallTalk

ROOT = Path(__file__).resolve().parent.parent
REPORT = ROOT / "docs" / "objection-matching.md"
NONE = "none"
EXAM = ROOT / "benchmarks"
EXAMS = {"sentences": "Examination", "unseen": "Second examination"}
FOLDS, ALIKE = 3, 60
EDGES = (0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)


class Judged(NamedTuple):
    """A sentence with its topics, the main one first (none: no objection), and what the matcher made of it."""

    topics: tuple[str, ...]
    matches: Sequence[Match]

    @property
    def right(self) -> bool:
        """Whether one of its topics came first."""
        return self.matches[0].topic in self.topics

    @property
    def near(self) -> bool:
        """Whether one of its topics was among the first three."""
        return any(one.topic in self.topics for one in self.matches[:3])


def main() -> None:
    """Measure and print; where asked, write it down."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--judge", type=Path, default=judging_folder(), help="folder of objection_sentences_*.tsv")
    parser.add_argument("--write", action="store_true", help="write docs/objection-matching.md")
    wanted = parser.parse_args()
    with TemporaryDirectory() as folder:
        books = open_library(layers((), Path("no-personal-playbooks")), Path(folder))
        text = report(books, wanted.judge)
    print(text)
    if wanted.write:
        REPORT.write_text(text + "\n", encoding="utf-8")


def judging_folder() -> Path:
    """Where the judging files may be; nothing is said if they are not."""
    return Path(os.environ.get("SALESCOACH_JUDGE") or ROOT.parent / "shared" / "data")


def report(books: Library, judge: Path) -> str:
    """Everything, as Markdown."""
    objections, talk = books.all(Objection), books.all(SmallTalk)
    before = time.perf_counter()
    index = build(objections, talk)
    took = time.perf_counter() - before
    parts = [
        "# How well objections are understood",
        "",
        "Written by `python -m benchmarks.objection_match --write`. Where a sentence is marked with two topics, either",
        "counts: that is so in the examinations. By the first the thresholds were set; the second was written by other",
        "hands and run for the first time when all was set (2026-11-22).",
    ]
    parts += ["", *_sizes(objections, talk), "", _costs(index, took)]
    for lang in LANGS:
        parts += _section("Held out of our own phrasings", lang, list(held_out(objections, talk, lang)))
    for lang in LANGS:
        for name, title in EXAMS.items():
            exam = sentences(EXAM / f"{name}_{lang}.tsv")
            parts += _section(title, lang, [judged(index, *pair) for pair in exam])
            parts += _two_topics(index, exam)
    for lang in LANGS:
        file = judge / f"objection_sentences_{lang}.tsv"
        if file.is_file():
            parts += _section("Sentences written apart", lang, [judged(index, *pair) for pair in sentences(file)])
            parts += [*_joined(index, sentences(file), lang), *_slipped(index, sentences(file))]
    return "\n".join(parts)


def sentences(file: Path) -> list[tuple[str, str]]:
    """(topics, sentence) of a judging file: "price", "price+budget" or "none"."""
    rows = file.read_text(encoding="utf-8").splitlines()[1:]
    return [(topics, words) for topics, _, words in (row.partition("\t") for row in rows) if words]


def judged(index: Index, topics: str, words: str) -> Judged:
    """What the matcher makes of a sentence."""
    return Judged(() if topics == NONE else tuple(topics.split("+")), rank(index, words))


def _two_topics(index: Index, said: Sequence[tuple[str, str]]) -> list[str]:
    """How often the two topics of a sentence are both named, and two where there is one."""
    pairs = [(set(topics.split("+")), set(named(index, words))) for topics, words in said if topics != NONE]
    two = [(meant, heard) for meant, heard in pairs if len(meant) == 2]
    found = _share(heard == meant for meant, heard in two)
    one = _share(bool(heard) and heard < meant for meant, heard in two)
    wrong = _share(not heard <= meant for meant, heard in two)
    alone = _share(len(heard) == 2 for meant, heard in pairs if len(meant) == 1)
    figures = f"both named {found}, one of them {one}, a wrong one {wrong}"
    return ["", f"Two topics in the sentence ({len(two)}): {figures}; two named where there is one: {alone}."]


def held_out(objections: Sequence[Objection], talk: Sequence[SmallTalk], lang: Lang) -> Iterator[Judged]:
    """Every phrasing, judged by what was learned without its part."""
    parts = {book.id: _parts(book.phrasings.get(lang, ())) for book in (*objections, *talk)}
    for part in range(FOLDS):
        index = build(*([_without(book, lang, parts[book.id], part) for book in group] for group in (objections, talk)))
        for book in (*objections, *talk):
            topic = book.id if isinstance(book, Objection) else NONE
            said = zip(book.phrasings.get(lang, ()), parts[book.id], strict=True)
            yield from (judged(index, topic, words) for words, own in said if own == part)


def joined(index: Index, said: Sequence[tuple[str, str]], lang: Lang) -> Iterator[tuple[set[str], tuple[str, ...]]]:
    """Two sentences of different topics said in one breath: the topics meant, and those that are named."""
    from random import Random

    order = Random(0).sample(list(said), len(said))
    for (one, first), (other, second) in zip(order[::2], order[1::2], strict=False):
        if one != other:
            words = f"{first.rstrip('.。！!')}{', and ' if lang == 'en' else '，而且'}{second}"
            yield {one, other}, named(index, words)


def _joined(index: Index, said: Sequence[tuple[str, str]], lang: Lang) -> list[str]:
    pairs = list(joined(index, said, lang))
    found = _share(set(heard) == meant for meant, heard in pairs)
    one = _share(len(heard) > 0 and set(heard) < meant for meant, heard in pairs)
    wrong = _share(not set(heard) <= meant for meant, heard in pairs)
    alone = _share(len(named(index, words)) == 2 for _, words in said)
    figures = f"both named {found}, one of them {one}, a wrong one {wrong}"
    return ["", f"Two such sentences in one ({len(pairs)}): {figures}; two named in a single sentence: {alone}."]


def _slipped(index: Index, said: Sequence[tuple[str, str]]) -> list[str]:
    """The same sentences, each with two neighbouring characters exchanged somewhere."""
    from random import Random

    random = Random(0)
    of = [judged(index, topic, slip(words, random.randrange(max(1, len(words) - 1)))) for topic, words in said]
    figures = f"first {_share(one.right for one in of)}, among three {_share(one.near for one in of)}"
    return ["", f"With a slip in each: {figures}."]


def slip(words: str, at: int) -> str:
    """`words` with the characters at `at` and after it exchanged."""
    return words[:at] + words[at : at + 2][::-1] + words[at + 2 :]


def _without(book: Objection | SmallTalk, lang: Lang, parts: Sequence[int], part: int) -> Objection | SmallTalk:
    from dataclasses import replace

    kept = tuple(words for words, own in zip(book.phrasings.get(lang, ()), parts, strict=True) if own != part)
    return replace(book, phrasings={lang: kept})


def _parts(phrasings: Sequence[str]) -> list[int]:
    """A part for each phrasing, the same for all that are alike or joined by a chain of likeness."""
    from rapidfuzz import fuzz

    leader = list(range(len(phrasings)))
    for one, other in combinations(range(len(phrasings)), 2):
        if leader[one] != leader[other] and fuzz.ratio(phrasings[one], phrasings[other], score_cutoff=ALIKE):
            old, new = leader[other], leader[one]
            leader = [new if mine == old else mine for mine in leader]
    filled, part_of = [0] * FOLDS, {}
    for group, count in Counter(leader).most_common():
        part_of[group] = filled.index(min(filled))
        filled[part_of[group]] += count
    return [part_of[mine] for mine in leader]


def _sizes(objections: Sequence[Objection], talk: Sequence[SmallTalk]) -> list[str]:
    counts = {lang: [len(book.phrasings.get(lang, ())) for book in objections] for lang in LANGS}
    return [
        f"- {lang}: {len(of)} topics, {min(of)} to {max(of)} phrasings each (median {statistics.median(of):.0f}), "
        f"{sum(len(book.phrasings.get(lang, ())) for book in talk)} sentences that are no objection"
        for lang, of in counts.items()
    ]


def _costs(index: Index, took: float) -> str:
    import msgspec

    body = msgspec.json.encode(index)
    loads, matches = [], []
    for _ in range(15):
        start = time.perf_counter()
        loaded = msgspec.json.decode(body, type=Index)
        middle = time.perf_counter()
        rank(loaded, "you cost a fifth more than what we pay now")
        loads.append(middle - start)
        matches.append(time.perf_counter() - middle)
    load, match = (1000 * statistics.median(of) for of in (loads, matches))
    return f"Learned in {took:.1f} s; {len(body) / 1e6:.1f} MB on disk; read in {load:.1f} ms; a match {match:.1f} ms."


def _section(title: str, lang: Lang, of: Sequence[Judged]) -> list[str]:
    ours = [one for one in of if one.topics]
    none = [one for one in of if not one.topics]
    sure = [one for one in ours if is_confident(one.matches)]
    lines = ["", f"## {title}: {lang}", "", "| measure | figure |", "| --- | ---: |"]
    lines += [f"| sentences | {len(ours)} |", f"| right topic first | {_share(one.right for one in ours)} |"]
    lines += [f"| right topic among three | {_share(one.near for one in ours)} |"]
    lines += [f"| confident | {_share(is_confident(one.matches) for one in ours)} |"]
    lines += [f"| right where confident | {_share(one.right for one in sure)} |"]
    lines += [f"| taken for no objection by mistake | {_share(not is_match(one.matches) for one in ours)} |"]
    if none:
        lines += [f"| no objection, and refused ({len(none)}) | {_share(not is_match(one.matches) for one in none)} |"]
        lines += [f"| no objection, yet confident | {_share(is_confident(one.matches) for one in none)} |"]
    return [*lines, *_calibration(ours), *_topics(ours)]


def _share(of: "Iterator[bool]") -> str:
    flags = list(of)
    return f"{100 * sum(flags) / len(flags):.1f} %" if flags else "–"


def _calibration(of: Sequence[Judged]) -> list[str]:
    bins: dict[int, list[Judged]] = defaultdict(list)
    for one in of:
        bins[sum(one.matches[0].score >= edge for edge in EDGES) - 1].append(one)
    lines, error = ["", "| score of the first | sentences | mean score | right |", "| --- | ---: | ---: | ---: |"], 0.0
    for number, members in sorted(bins.items()):
        score = statistics.mean(one.matches[0].score for one in members)
        right = statistics.mean(one.right for one in members)
        error += abs(score - right) * len(members) / len(of)
        end = (*EDGES, 1.0)[number + 1]
        lines.append(f"| {EDGES[number]:.2f}–{end:.2f} | {len(members)} | {score:.2f} | {right:.2f} |")
    return [*lines, "", f"Expected calibration error: {error:.3f}."]


def _topics(of: Sequence[Judged]) -> list[str]:
    topics = sorted({one.topics[0] for one in of})
    rights = [f"{topic} {_share(one.right for one in of if one.topics[0] == topic)}" for topic in topics]
    wrong = Counter((one.topics[0], one.matches[0].topic) for one in of if not one.right).most_common(10)
    worst = [f"{topic} taken for {other} {count}×" for (topic, other), count in wrong]
    return ["", "Right by topic: " + " · ".join(rights) + ".", "", "Most often confused: " + ", ".join(worst) + "."]


if __name__ == "__main__":
    main()
