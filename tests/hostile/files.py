"""Files that mean harm to whoever reads YAML, made here so that none of a megabyte is kept."""

from tests.hostile.texts import BIG, filled

MIB = 1024 * 1024
NESTED = 10_000


def laughs(start: str = "lol") -> str:
    """Nine aliases of nine aliases of nine…"""
    lines = [f"a0: &a0 [{start}]"]
    return "\n".join([*lines, *(f"a{at}: &a{at} [{', '.join([f'*a{at - 1}'] * 9)}]" for at in range(1, 12))]) + "\n"


#: Name → what a file may hold that is no playbook and no answers.
BOMBS: dict[str, bytes] = {
    "billion-laughs": laughs().encode(),
    "quadratic-aliases": ("a: &a " + "x" * 500_000 + "\nb: [" + "*a, " * 19_000 + "]\n").encode(),
    "alias-of-itself": b"a: &a [*a]\n",
    "anchors": ("- &a x\n" * 100_000).encode(),
    "many-anchors": "".join(f"- &a{at} x\n" for at in range(60_000)).encode(),
    "merge-keys": b"a: &a {b: c}\nd:\n  <<: *a\n",
    "merge-of-merges": (
        "a0: &a0 {x: y}\n" + "".join(f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}\n" for n in range(1, 40))
    ).encode(),
    "endless-line": b"kind: " + b"x" * (MIB - 100),
    "endless-quoted-line": b'kind: "' + b"x" * (MIB - 100) + b'"',
    "endless-key": b"? " + b"x" * (MIB - 100) + b"\n: y\n",
    "endless-unfinished-key": b"x" * (MIB - 100),
    "endless-plain-over-lines": b"kind: a\n" + b"  a\n" * 200_000,
    "endless-folded": b"kind: >\n" + b"  a\n\n" * 180_000,
    "endless-escapes": b'kind: "' + b"\\u0041" * 150_000 + b'"',
    "endless-comment": b"#" + b"x" * (MIB - 100),
    "endless-blank-lines": b"\n" * (MIB - 10),
    "endless-spaces": b" " * (MIB - 10) + b"x",
    "towers": ("kind: " + filled("a", "\u0316\u0300", "", 300_000)).encode(),
    "deep-lists": b"[" * NESTED,
    "deep-lists-closed": b"[" * NESTED + b"]" * NESTED,
    "deep-maps": b"{a: " * NESTED,
    "deep-dashes": b"- " * NESTED + b"x",
    "deep-indent": b"".join(b" " * at + b"a:\n" for at in range(1_200)),
    "deep-questions": b"? " * NESTED + b"x",
    "deep-conditions": b"when: " + b"{all: [" * NESTED,
    "tag-object": b"!!python/object/apply:os.system ['true']\n",
    "tag-name": b"kind: !!python/name:os.system\n",
    "tag-local": b"kind: !include /etc/passwd\n",
    "tag-binary": b"kind: !!binary aGVsbG8=\n",
    "tag-directive": b"%TAG ! tag:x,2000:\n---\nkind: !a b\n",
    "directive": b"%YAML 9.9\n---\nkind: card\n",
    "duplicate-keys": b"kind: card\nkind: card\n",
    "many-duplicates": b"kind: card\n" * 80_000,
    "huge-int": b"kind: card\nid: a\ntitle: a\nsources: []\nversion: " + b"9" * 20_000 + b"\n",
    "huge-float": b"kind: card\nid: a\ntitle: a\nsources: []\nversion: 1e999999999\n",
    "many-keys": b"".join(b"k%d: v\n" % at for at in range(15_000)),
    "many-unknown-keys": b"kind: card\n" + b"".join(b"k%d: v\n" % at for at in range(15_000)),
    "many-items": b"kind: card\nsources: [" + b"x, " * 19_000 + b"]\n",
    "documents": b"--- a\n" * 100_000,
    "binary": bytes(range(256)) * 400,
    "elf": b"\x7fELF\x02\x01\x01" + b"\0" * 5_000,
    "nul": b"kind: card\0\n",
    "utf-16": "kind: card\n".encode("utf-16"),
    "utf-16-plain": "kind: card\n".encode("utf-16-le"),
    "utf-32": "kind: card\n".encode("utf-32"),
    "gb18030": "kind: card\ntitle: 价格\n".encode("gb18030"),
    "two-marks": b"\xef\xbb\xbf\xef\xbb\xbfkind: card\n",
    "overlong": b"kind: \xc0\x80\xe0\x80\x80\n",
    "surrogates": b"kind: \xed\xa0\x80\n",
    "escaped-surrogate": b'kind: "\\ud800"\n',
    "escaped-bell": b'kind: "\\x07\\e[2J"\n',
    "tabs": b"kind:\tcard\n\tid: x\n",
    "only-marks": b"--- ... ? : - [ ] { } , & * ! | > ' \" % @ `\n",
    "empty-key": b": x\n",
    "null-key": b"~: x\n",
    "list-key": b"[a, b]: x\n",
    "big-texts": "\n".join(f"k{at}: {text!r}" for at, text in enumerate(BIG)).encode(),
    "not-there": b"",
    "just-a-word": b"hello\n",
    "a-number": b"42\n",
}
