"""Bytes become text: by their mark, else by what decodes strictly and looks like writing.

A ladder, not a detector: over short files it was right where the detector guessed (docs/decisions/0020).
"""

import codecs
import re

from salescoach.errors import InvalidError
from salescoach.exchange.central import is_central

#: A file larger than this is no list of people.
MOST_BYTES = 200 * 1024 * 1024
#: So much is looked at to tell an encoding.
SAMPLE = 256 * 1024
MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
SIGNS = "€–—‘’“”„…®©°§«»´·•\u00a0"
#: Letters and signs beyond ASCII that text of Western, and of Central Europe is made of.
WESTERN = frozenset(f"{SIGNS}äöüÄÖÜßéèêëàâçñáíîïìóôòúûùœæøåÅØÆÉÈÊÀÂÇÑÁÍÎÓÔÚÛÙŒãõÃÕŠšŽžÿÝýþÞðÐ²³½¡¿ªº£")
CENTRAL = frozenset(f"{SIGNS}ąćęłńóśźżĄĆĘŁŃÓŚŹŻáčďéěíňřšťúůýžÁČĎÉĚÍŇŘŠŤÚŮÝŽäëöőüűôľĺŕÄËÖŐÜŰÔĽĹŔăâîşţĂÂÎŞŢđĐçß")
HIGH = re.compile(rb"[^\r\n]*[\x80-\xff][^\r\n]*")
#: A byte of a file that is UTF-8 but for a few.
DAMAGE = re.compile("[\udc80-\udcff]")
#: Western letters stand three together at most; writing in two bytes, or in other letters, runs on.
RUN = re.compile(rb"[\x80-\xff]{4,}")
TRIED = "UTF-8, UTF-16, GB18030, CP1250, CP1252"


def decode(raw: bytes) -> str:
    """
    The text of a file in UTF-8, UTF-16, GB18030 (with GBK and GB2312), CP1250 or CP1252; a mark at its beginning is
    left out. Of a file that is UTF-8 but for a few bytes these stand as `DAMAGE`.

    Raises:
        InvalidError: It is too large, holds what no text holds, is damaged UTF-16, or in another encoding.
    """
    if len(raw) > MOST_BYTES:
        raise InvalidError("import-large", most=MOST_BYTES // 1024**2)
    text = _decoded(raw)
    if "\0" in text:
        raise InvalidError("import-binary", line=text.count("\n", 0, text.index("\0")) + 1)
    return text


def _decoded(raw: bytes) -> str:
    for mark, encoding in MARKS:
        if raw.startswith(mark):
            return _marked(raw[len(mark) :], encoding)
    if wide := _wide(raw):
        return _strictly(raw, wide)
    text = raw.decode("utf-8", "surrogateescape")
    if b"\0" in raw or not DAMAGE.search(text) or _nearly_utf8(text, raw):
        return text
    return narrow(raw)


def _marked(raw: bytes, encoding: str) -> str:
    return raw.decode("utf-8", "surrogateescape") if encoding == "utf-8" else _strictly(raw, encoding)


def _strictly(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise InvalidError("import-damaged", line=raw.count(b"\n", 0, error.start) + 1) from None


def _wide(raw: bytes) -> str | None:
    """UTF-16 without a mark: commas, digits and line ends have a zero byte, always on the same side."""
    even, odd = raw[:SAMPLE:2].count(0), raw[1:SAMPLE:2].count(0)
    if len(raw) % 2 or not (even or odd) or min(even, odd) * 20 > max(even, odd):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _nearly_utf8(text: str, raw: bytes) -> bool:
    """
    Most of what is not ASCII is UTF-8: the file is not in another encoding but broken somewhere. Where it could be
    Chinese as well, nearly all of it must be.
    """
    beyond = [char for char in text if char > "\x7f"]
    bad = sum(bool(DAMAGE.match(char)) for char in beyond)
    return bad * 10 < len(beyond) or (bad * 2 <= len(beyond) and _try(raw, "gb18030") is None)


def narrow(raw: bytes) -> str:
    """
    Text in GB18030, CP1250 or CP1252, whichever decodes and looks like writing.

    Raises:
        InvalidError: None does.
    """
    chinese, western, central = _try(raw, "gb18030"), _try(raw, "cp1252"), _try(raw, "cp1250")
    sample = b"\n".join(HIGH.findall(raw[:SAMPLE]))
    likely = _common(_try(sample, "gb18030") or chinese) if chinese else 0.0
    other = _plausible(sample, "cp1252", WESTERN) if western else 0.0
    if chinese and likely > 0.5 and likely >= other:
        return chinese
    if central and _plausible(sample, "cp1250", CENTRAL) > 0.7 and is_central(sample.decode("cp1252", "replace")):
        return central
    if western and other > 0.7:
        return western
    raise InvalidError("import-encoding", tried=TRIED)


def _try(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def _common(text: str) -> float:
    """The share of characters beyond ASCII that are among the 3,755 common ones of GB 2312, or its punctuation."""
    beyond = [char.encode("gb18030") for char in text if char > "\x7f"]
    usual = [two for two in beyond if len(two) == 2 and two[1] >= 0xA1]
    common = sum(0xB0 <= two[0] <= 0xD7 or 0xA1 <= two[0] <= 0xA3 for two in usual)
    return common / max(1, len(beyond))


def _plausible(sample: bytes, encoding: str, usual: frozenset[str]) -> float:
    """The share of usual letters and signs among those beyond ASCII, those of long runs not counted."""
    count = sum(byte > 0x7F for byte in sample)
    return sum(char in usual for char in RUN.sub(b"", sample).decode(encoding, "replace")) / max(1, count)
