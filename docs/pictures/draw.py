"""Draws the pictures of the README: the real program in a terminal, its colours kept, as SVG through Rich.

    python -m docs.pictures.draw

A picture holds no link and no font: it is drawn in whatever monospaced font the reader's machine has, and every run of
wide (Chinese) or narrow characters is placed on the terminal's grid by itself, so that columns line up in any of them.
"""

import io
import re
import shlex
import sys
import tempfile
from html import escape, unescape
from itertools import groupby
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from docs.refresh import story

HERE = Path(__file__).parent
COLUMNS, ROWS = 80, 30
CJK = "'Noto Sans Mono CJK SC', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', 'WenQuanYi Zen Hei'"
FONTS = f"ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', {CJK}, monospace"
PREP = "salescoach prep {client} --purpose negotiation --brief"
#: File → language, and the command as a person types it.
PICTURES = {
    "prep.en.svg": ("en", PREP.format(client="ammerfeld")),
    "prep.zh.svg": ("zh", PREP.format(client="苏州禾澄")),
    "objection.en.svg": ("en", 'salescoach objection "you cost a fifth more" --for ammerfeld/lena'),
    "objection.zh.svg": ("zh", "salescoach objection 比现在用的贵两成 --for 苏州禾澄/王敏"),
}


def screen(lang: str, line: str, cache: Path) -> str:
    """What a terminal is sent by a command on the demo's book, colours and all."""
    from tests.journeys.terminal import Terminal

    with story(lang, cache) as told:
        told.book(lang)
        told.run(line)  # what is learned from playbooks once is learned before anybody waits at the terminal
        env = {name: text for name, text in told.env.items() if name not in ("NO_COLOR", "COLUMNS")}
        terminal = Terminal(shlex.split(line)[1:], {**env, "TERM": "xterm-256color"}, COLUMNS, ROWS)
        try:
            terminal.ends()
            return terminal.raw
        finally:
            terminal.close()


def draw(line: str, output: str) -> str:
    """A command and its coloured output as SVG."""
    console = Console(width=COLUMNS, record=True, file=io.StringIO(), force_terminal=True, legacy_windows=False)
    console.print(Text.assemble(("$ ", "dim"), (line, "bold")), soft_wrap=True)
    for row in output.replace("\r", "").rstrip("\n").split("\n"):
        console.print(Text.from_ansi(row), soft_wrap=True)
    return on_the_grid(console.export_svg(title="salescoach", unique_id="salescoach"))


def on_the_grid(svg: str) -> str:
    """The picture without fonts from elsewhere, and with every run of wide or narrow characters in its place."""
    svg = re.sub(r"\s*@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    svg = re.sub(r"font-family: [^;]+;", f"font-family: {FONTS};", svg)
    svg = re.sub(r"<!--.*?-->\s*", "", svg, flags=re.DOTALL)
    return PIECE.sub(_runs, svg).rstrip() + "\n"


#: Text as Rich places it: a class, where it starts, how long it is in all.
PIECE = re.compile(
    r'<text class="(?P<style>[\w-]+)" x="(?P<x>[\d.]+)" y="(?P<y>[\d.]+)" textLength="(?P<long>[\d.]+)"'
    r"[^>]*>(?P<text>[^<]*)</text>"
)
FONT_SIZE = 20


def _runs(piece: re.Match[str]) -> str:
    """One text as its narrow runs and its wide characters, each in its place on the grid."""
    text, x = unescape(piece["text"]), float(piece["x"])
    cell = float(piece["long"]) / max(1, len(text))  # Rich counts characters here, though not for x
    out = []
    for wide, chars in groupby(text, key=lambda char: cell_len(char) == 2):
        for run in chars if wide else ("".join(chars),):
            bare = run.strip("\u00a0 ")
            start = x + (cell - FONT_SIZE / 2 if wide else cell * (len(run) - len(run.lstrip("\u00a0 "))))
            length = "" if wide else f' textLength="{cell * len(bare):.1f}"'
            if bare:
                shown = escape(bare, quote=False).replace(" ", "\u00a0").replace("\u00a0", "&#160;")
                out.append(f'<text class="{piece["style"]}" x="{start:.1f}" y="{piece["y"]}"{length}>{shown}</text>')
            x += cell * cell_len(run)
    return "".join(out)


def words(svg: str) -> str:
    """What a picture says, spaces aside: the part that a newer Rich may not change."""
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", svg)
    return "".join("".join(unescape(text).split()) for text in texts)


def main() -> int:
    """Draw every picture."""
    with tempfile.TemporaryDirectory() as cache:
        for name, (lang, line) in PICTURES.items():
            (HERE / name).write_text(draw(line, screen(lang, line, Path(cache))), encoding="utf-8")
            sys.stdout.write(f"docs/pictures/{name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
