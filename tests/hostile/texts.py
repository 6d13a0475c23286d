"""Text that means harm, for every door: what acts on a terminal, a page, a table, a file system or a patience."""

from hypothesis import strategies as st

#: What a terminal would do: colours, clearing, a link (OSC 8), the clipboard (OSC 52), the title, one byte for CSI.
TERMINAL = (
    "\x1b[2J\x1b[31mred\x1b[0m",
    "\x1b]8;;https://example.com\x1b\\click\x1b]8;;\x1b\\",
    "\x1b]52;c;cm0gLXJmIH4=\x07",
    "\x1b]0;title\x07",
    "\x9b31mred",
    "\x1bP+q544e\x1b\\",
    "a\rb",
    "a\x08\x08b",
    "\x07\x00\x7f\x85",
)
#: What our own program would take for more than text.
MARKUP = ("[bold]x[/]", "[/]", "[link=https://example.com]x[/link]", ":smile:", "{company}", "{0}", "{", "%s%n", "@id")
#: What turns, hides or piles up characters.
UNICODE = (
    "evil\u202egnp.exe",
    "\u2066isolate\u2069 \u200eleft \u200fright \u061c",
    "zero\u200bwidth\u2060join\ufeffer",
    "\u200b\u200c\u200d\ufeff",
    "\U000e0001\U000e0041tags",
    "to" + "\u0316\u0300" * 40 + "wer",
    "\u0300starts",
    "שלום עולם",
    "مرحبا بالعالم",
    "👨\u200d👩\u200d👧\u200d👦 👍🏽",
    "نمی\u200cدانم",
    "line\u2028para\u2029",
    "\uffff\ufdd0\ue000",
    "ﷺﬃ①Ⅷ㏄",
    "　全角　",
    "\U0001f1e9\U0001f1ea",
    "ß İ ı ſ Σς",
)
#: What a table would work out.
FORMULAS = ("=HYPERLINK(1)", "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "=cmd|' /C calc'!A0")
#: What a page would run.
HTML = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</style></title><svg onload=alert(1)>",
    "\"><b>'",
    "&lt;b&gt; &#60;i&#62;",
    "[x](javascript:alert(1)) ![y](//example.com/z.png)",
    "# head\n- list\n```\n| a | b |",
)
#: What would be a place on the disk.
PATHS = ("../../x", "..\\..\\x", "/etc/passwd", "~root", ".", "..", "CON", "NUL.yaml", "aux", "a/b/c", "-rf", "--help")
#: What would end a line and begin another.
LINES = (
    "a\nb: c",
    "a\r\nEND:VCALENDAR\r\nBEGIN:VCALENDAR",
    "---\n- x",
    "a\n\n\n\nb",
    "# c",
    "x\n\tlesson: y",
    "%YAML 1.2",
)
#: What YAML, JSON, SQL or a shell would read as something else.
CODE = (
    *("null", "~", "no", "007", "1e400", "nan", "2026-12-01", "&a [*a]", "!!python/object:os.system x", "<<: *a", "?"),
    *("'; DROP TABLE client; --", '"', "'", "\\", "%", "_", "*", "`id` $(id) ${HOME}", '{"a": 1}', "a: b", "- a", "|"),
)
BIG = ("x" * 5_000, "词" * 5_000, "a " * 3_000, "9" * 5_000, "(" * 3_000, "a" + "\u0301" * 3_000)
#: What no text can hold; only arguments and file names bring it in.
SURROGATES = ("\ud800", "a\udcff", "\udc80\udc81")

SHORT = (*TERMINAL, *MARKUP, *UNICODE, *FORMULAS, *HTML, *PATHS, *LINES, *CODE)
#: Every one of them; none holds a surrogate.
NASTY = (*SHORT, *BIG)

#: Runs that cost more than their length where something goes over them again and again.
RUNS = (
    *("a", " ", "\n", "词", "a ", "词 ", "/", "公司", "公司a", "co ", ",", "，", "(", "“", "'", "-", "0", "9,", "1."),
    *("\u0316\u0300", "\u200b", "\u3099\u0300", "👨\u200d", "A/S ", "太贵了，", "no, ", "too dear and ", "<", "&", "*"),
    *(
        "ﷺ",
        "İ",
        "[",
        "{",
        "a: ",
        "- ",
        "星期",
        "3 days ",
        "不",
        "没有",
        ".",
        "…",
        "1a",
        "\x1b[",
        "\u202e",
        "Mr. ",
        "Xx ",
    ),
)


def texts(most: int = 60) -> st.SearchStrategy[str]:
    """Text of any kind, the nasty ones as they are, inside others and in a row; never a surrogate."""
    nasty = st.sampled_from(NASTY)
    free = st.text(st.characters(exclude_categories=["Cs"]), max_size=most)
    among = st.tuples(free, st.sampled_from(SHORT), free).map("".join)
    return st.one_of(nasty, free, among, st.lists(st.sampled_from(SHORT), min_size=2, max_size=4).map(" ".join))


def arguments() -> st.SearchStrategy[str]:
    """What can stand on a command line: no NUL, but bytes that are no text, as Python hands them over."""
    kept = texts().map(lambda text: text.replace("\0", ""))
    return st.one_of(kept, st.sampled_from(SURROGATES), st.tuples(kept, st.sampled_from(SURROGATES)).map("".join))


def runs(length: int) -> st.SearchStrategy[str]:
    """About `length` characters: something small again and again, between two others."""
    end = st.sampled_from(["", "a", "词", "x" * 30, "词" * 30])
    return st.tuples(end, st.sampled_from(RUNS), end).map(lambda parts: filled(*parts, length))


def filled(before: str, run: str, after: str, length: int) -> str:
    """`run` between the two, until there are about `length` characters."""
    return before + run * (length // len(run)) + after
