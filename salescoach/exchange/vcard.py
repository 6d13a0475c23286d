"""vCards as phones and mail programs write them (2.1, 3.0, 4.0), and as we write them for an address book (3.0).

`vobject` reads and writes the lines: folding, quoted-printable, groups, parameters, escapes. What it does not bear is
mended before: one broken card ends its whole file, a character set that is not named or named too narrowly ends it too,
and a photo is megabytes of a line. Cards are therefore cut apart first, each line is decoded by its own character set,
and pictures and sounds are left out and counted.
"""

import quopri
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from salescoach.errors import InvalidError
from salescoach.exchange import values
from salescoach.exchange.arrival import Arrival, Broken
from salescoach.exchange.decoding import MOST_BYTES, TRIED, decode, narrow
from salescoach.exchange.rows import day_text
from salescoach.language import Lang, say
from salescoach.records.models import Client, Contact
from salescoach.records.names import fold

#: Lines and characters of one card at most, pictures apart.
MOST_LINES, LONGEST = 5_000, 256 * 1024
PICTURES = frozenset({"PHOTO", "LOGO", "SOUND", "KEY"})
PROPERTY = re.compile(rb"(?:[\w-]+\.)?([A-Za-z][\w-]*)([;:])")
CHARSET = re.compile(r";CHARSET=\"?([\w.:-]+)\"?", re.IGNORECASE)
QUOTED = re.compile(r"(?i)(?<=[;=,])quoted-printable")
#: What says nothing about a person, or is said elsewhere.
SILENT = frozenset(
    {"VERSION", "PRODID", "REV", "UID", "CLASS", "MAILER", "SORT-STRING", "PROFILE", "SOURCE", "CLIENTPIDMAP", "KIND"}
    | {"X-ABLABEL", "X-ABADR", "X-ABUID", "X-ABSHOWAS", "X-ABRELATEDNAMES", "X-PHONETIC-FIRST-NAME", "BEGIN", "END"}
    | {"X-PHONETIC-LAST-NAME", "X-PHONETIC-ORG", "X-IMAGETYPE", "X-IMAGEHASH", "X-ADDRESSBOOKSERVER-KIND", "N", "FN"}
    | {"ORG", "TITLE", "ROLE", "NICKNAME", "EMAIL", "TEL", "BDAY", "NOTE", "CATEGORIES", "ADR", "URL", "LABEL"}
    | {"X-SALESCOACH-CLIENT", "X-SALESCOACH-INDUSTRY", "X-SALESCOACH-REMARKS"}
)
#: Kept in remarks under its own name.
CHATS = frozenset(
    {"IMPP", "X-QQ", "X-WECHAT", "X-SKYPE", "X-SKYPE-USERNAME", "X-MSN", "X-AIM", "X-ICQ", "X-JABBER", "RELATED"}
    | {"X-SOCIALPROFILE", "ANNIVERSARY", "X-ANNIVERSARY", "X-SPOUSE", "X-ASSISTANT", "X-MANAGER", "LANG", "GENDER"}
)
UID = "@salescoach"
#: How Android's own property begins where it holds a nickname; other things of a card may stand there too.
NICKNAME = "vnd.android.cursor.item/nickname;"


class Cards:
    """
    The cards of a file.

    Args:
        raw: The file; its cards may be in several character sets.
        lang: Of the labels that stand in remarks.

    Raises:
        InvalidError: It is too large, or holds what no text holds.
    """

    def __init__(self, raw: bytes, lang: Lang) -> None:
        if len(raw) > MOST_BYTES:
            raise InvalidError("import-large", most=MOST_BYTES // 1024**2)
        self.lang = lang
        self.photos = self.groups = 0
        self.other: dict[str, None] = {}
        self.lines = _bytes_of(raw)

    def arrivals(self) -> Iterator[Arrival | Broken]:
        """Card by card; groups of cards are left out and counted."""
        for first, lines in self._cut():
            if lines is None:
                yield Broken(line=first, error=InvalidError("import-card-open"))
                continue
            try:
                card = self._parsed(first, lines)
            except InvalidError as error:
                yield Broken(line=first, error=error)
                continue
            if card.kind() == "group":
                self.groups += 1
            else:
                yield card.arrival()

    def _cut(self) -> Iterator[tuple[int, list[tuple[int, bytes]] | None]]:
        """The lines between BEGIN and END with their numbers; None for a card that does not end."""
        begun = 0
        lines: list[tuple[int, bytes]] = []
        for number, line in enumerate(self.lines, 1):
            word = line.strip().upper().replace(b" ", b"")
            if word == b"BEGIN:VCARD":
                if begun:
                    yield begun, None
                begun, lines = number, []
            elif word == b"END:VCARD" and begun:
                yield begun, lines
                begun, lines = 0, []
            elif begun and len(lines) <= MOST_LINES:
                lines.append((number, line))
        if begun:
            yield begun, None

    def _parsed(self, first: int, lines: list[tuple[int, bytes]]) -> "_Card":
        kept = self._without_pictures(lines)
        if len(kept) > MOST_LINES or sum(len(line) for _, line in kept) > LONGEST:
            raise InvalidError("import-card-long", lines=MOST_LINES, most=LONGEST)
        if any(b"\0" in line for _, line in kept):
            raise InvalidError("import-card-zero")
        return _Card(self, first, _properties(kept))

    def _without_pictures(self, lines: list[tuple[int, bytes]]) -> list[tuple[int, bytes]]:
        """Without what is a picture, a sound or a key, and the lines that it goes on over."""
        kept: list[tuple[int, bytes]] = []
        within = False
        for number, line in lines:
            found = None if line[:1] in (b" ", b"\t") else PROPERTY.match(line)
            if found and found[1].decode().upper() in PICTURES:
                within = True
                self.photos += found[1].upper() in (b"PHOTO", b"LOGO")
            elif found or (not within and line.strip()):
                within = False
                kept.append((number, line))
        return kept


def _bytes_of(raw: bytes) -> list[bytes]:
    """The lines; a file in UTF-16 becomes UTF-8 first, since only that can be cut apart."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in raw[:64]:
        raw = decode(raw).encode()
    return raw.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")


def _properties(lines: list[tuple[int, bytes]]) -> list[Any]:
    """
    The properties of a card, their values without quoted-printable, but with the escapes of vCard.

    Raises:
        InvalidError: A line is none of a vCard.
    """
    from io import StringIO

    from vobject.base import ParseError, VObjectError, getLogicalLines, textLineToContentLine

    text = "\n".join(_decoded(lines))
    found = []
    for line, at in getLogicalLines(StringIO(text), allowQP=True):
        try:
            found.append(textLineToContentLine(_charset_known(line), at))
        except (ParseError, VObjectError, UnicodeError, LookupError, ValueError):
            raise InvalidError("import-card-line", text=line[:40]) from None
    return found


def _decoded(lines: list[tuple[int, bytes]]) -> list[str]:
    """Each line as text: UTF-8, else the character set that its property names, else the likely one."""
    decoded, named = [], ""
    whole = b"\n".join(line for _, line in lines)
    try:
        return whole.decode().split("\n")
    except UnicodeDecodeError:
        guess = _guess(whole)
    guesses: Sequence[str | None] = guess or [None] * len(lines)
    for (_, line), guessed in zip(lines, guesses, strict=False):
        if line[:1] not in (b" ", b"\t"):
            found = CHARSET.search(line.split(b":")[0].decode("ascii", "replace"))
            named = _codec(found[1]) if found else ""
        decoded.append(_one_line(line, named, guessed))
    return decoded


def _guess(whole: bytes) -> list[str] | None:
    try:
        return narrow(whole).split("\n")
    except InvalidError:
        return None


def _one_line(line: bytes, named: str, guessed: str | None) -> str:
    """
    One line as text.

    Raises:
        InvalidError: Its encoding is not told and not recognised.
    """
    for encoding in filter(None, ("utf-8", named)):
        try:
            return line.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    if guessed is None:
        raise InvalidError("import-encoding", tried=TRIED)
    return guessed


def _codec(name: str) -> str:
    """A character set by the widest name that holds it: phones say GB2312 and write GBK."""
    return "gb18030" if name.upper().replace("-", "") in ("GB2312", "GBK", "GB18030", "CP936", "HZGB2312") else name


def _charset_known(line: str) -> str:
    """A quoted-printable line that names a character set in which it can be read."""
    head, colon, text = line.partition(":")
    if not QUOTED.search(head):
        return line
    head = QUOTED.sub("QUOTED-PRINTABLE", re.sub(r"(?i)encoding=", "ENCODING=", head))
    found = CHARSET.search(head)
    raw = quopri.decodestring(text.encode("utf-8", "replace"))
    named = _codec(found[1]) if found else "utf-8"
    for encoding in (named, "utf-8", "gb18030"):
        try:
            raw.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        return f"{CHARSET.sub('', head)};CHARSET={encoding}{colon}{text}"
    return f"{CHARSET.sub('', head)};CHARSET=cp1252{colon}{text}"


class _Card:
    """One card on its way."""

    def __init__(self, cards: Cards, line: int, properties: Sequence[Any]) -> None:
        self.cards, self.line = cards, line
        self.found: dict[str, list[Any]] = {}
        for one in properties:
            self.found.setdefault(one.name, []).append(one)
        self.remarks: list[str] = []
        self.noted: list[str] = []

    def texts(self, name: str) -> list[str]:
        """The plain values of a property, none of them empty."""
        found = (_plain(one.value) for one in self._preferred(name))
        return [text for text in found if text]

    def text(self, name: str) -> str:
        """The first value of a property."""
        return next(iter(self.texts(name)), "")

    def parts(self, name: str) -> list[str]:
        """The fields of a structured property."""
        found = self._preferred(name)
        return _fields(found[0].value) if found else []

    def kind(self) -> str:
        """Person, org or group."""
        said = self.text("KIND") or self.text("X-ADDRESSBOOKSERVER-KIND")
        return "org" if self.text("X-ABSHOWAS").upper() == "COMPANY" else said.lower()

    def arrival(self) -> Arrival:
        """What the card says."""
        company, *units = self.parts("ORG") or [""]
        name = self._name()
        mail, phone = self._mail(), self._phone()
        alone = self.kind() == "org" or (bool(company) and fold(name) == fold(company) and not any(self.parts("N")))
        if not name and not company:
            name = next(iter(self._aliases()), "") or mail
        country = self._addresses(alone)
        born = self._birthday()
        self._others()
        client = Client(
            id="", name=company, industry=self.text("X-SALESCOACH-INDUSTRY"), country=country,
            remarks=_whole(self, "X-SALESCOACH-REMARKS"),
        )  # fmt: skip
        uid = self.text("UID").removesuffix(UID) if self.text("UID").endswith(UID) else ""
        if alone or not name:
            return self._of_company(replace(client, name=company or name), mail, phone, uid)
        tags = self._several("CATEGORIES")
        if company:
            self.remarks += [self._labelled("tags", ", ".join(tags))] if tags else []
        else:
            client = replace(client, tags=tags)
        if whose := self.text("X-SALESCOACH-CLIENT"):
            client = replace(client, name=whose, kind="person")
        contact = Contact(
            id="", client_id="", name=name, aliases=self._aliases(),
            position=self._position(), department=" / ".join(unit for unit in units if unit), mail=mail, phone=phone,
            remarks="\n".join([*_wholes(self, "NOTE"), *self.remarks]),
        )  # fmt: skip
        noted = tuple(self.noted)
        return Arrival(line=self.line, client=client, contact=contact, birthday=born, uid=uid, noted=noted)

    def _of_company(self, client: Client, mail: str, phone: str, uid: str) -> Arrival:
        reached = [self._labelled(field, text) for field, text in (("mail", mail), ("phone", phone)) if text]
        said = [*_wholes(self, "NOTE"), *reached, *self.remarks]
        client = replace(client, aliases=self._aliases(), tags=self._several("CATEGORIES"), remarks="\n".join(said))
        return Arrival(line=self.line, client=client, uid=uid, noted=tuple(self.noted))

    def _aliases(self) -> tuple[str, ...]:
        """Nicknames, also where Android writes them."""
        android = [text.split(";")[1] for text in self.texts("X-ANDROID-CUSTOM") if text.startswith(NICKNAME)]
        return tuple(dict.fromkeys([*self._several("NICKNAME"), *(name.strip() for name in android if name.strip())]))

    def _name(self) -> str:
        """As written out; of a Chinese name from its parts, since phones turn these round."""
        family, given, middle, *_ = [*self.parts("N"), "", "", ""]
        built = values.full_name(family, given, middle)
        return built if built and values.CHINESE.fullmatch(built) else self.text("FN") or built

    def _mail(self) -> str:
        first, *more = self.texts("EMAIL") or [""]
        self.remarks += [self._labelled("mail", text) for text in dict.fromkeys(more) if text != first]
        return first.removeprefix("mailto:")

    def _phone(self) -> str:
        """The mobile number, else the first; fax numbers and the others go into remarks."""
        lines = [one for one in self._preferred("TEL") if _plain(one.value)]
        faxes = [one for one in lines if "FAX" in _types(one)]
        numbers = [one for one in lines if one not in faxes]
        numbers.sort(key=lambda one: not _types(one) & {"CELL", "MOBILE", "IPHONE"})
        told = list(dict.fromkeys(_number(one.value) for one in numbers))
        self.remarks += [self._labelled("phone", text) for text in told[1:]]
        self.remarks += [self._labelled("fax", _number(one.value)) for one in faxes]
        return told[0] if told else ""

    def _position(self) -> str:
        return self.text("TITLE") or self.text("ROLE")

    def _addresses(self, company: bool) -> str:
        """Into remarks; a company's bare country is its country."""
        country = ""
        for one in self._preferred("ADR"):
            parts = [part for part in _fields(one.value) if part]
            if company and len(parts) == 1 and (code := values.country(parts[0])):
                country = country or code
            elif parts:
                self.remarks.append(self._labelled("address", ", ".join(parts)))
        return country

    def _birthday(self) -> date | None:
        text = self.text("BDAY")
        day = values.birthday(text, None)
        if text and day is None and not values.NO_DAY.fullmatch(text):
            self.remarks.append(self._labelled("birthday", text))
            self.noted.append("birthday")
        return day

    def _others(self) -> None:
        """Further job titles, web pages and chats; what is nothing of ours is named in the end."""
        if self.text("TITLE") and (role := self.text("ROLE")):
            self.remarks.append(self._labelled("role", role))
        self.remarks += [self._labelled("web", text) for text in self.texts("URL")]
        for name in self.found.keys() - SILENT:
            if name in CHATS:
                self.remarks += [self._line(name.removeprefix("X-"), text) for text in self.texts(name)]
            elif any(not text.startswith(NICKNAME) for text in self.texts(name)):
                self.cards.other[name] = None

    def _several(self, name: str) -> tuple[str, ...]:
        """Words between commas, each once."""
        from vobject.base import ParseError
        from vobject.icalendar import stringToTextValues

        try:
            found = [word.strip() for one in self._preferred(name) for word in stringToTextValues(one.value)]
        except ParseError:
            found = self.texts(name)
        return tuple(dict.fromkeys(word for word in found if word))

    def _preferred(self, name: str) -> list[Any]:
        """The lines of a property, a preferred one first."""
        return sorted(self.found.get(name, ()), key=lambda one: not ("PREF" in one.params or "PREF" in _types(one)))

    def _labelled(self, field: str, text: str) -> str:
        return self._line(say(f"importing.label-{field}", self.cards.lang), text)

    def _line(self, label: str, text: str) -> str:
        return say("importing.remark", self.cards.lang, label=label, text=text)


def _types(one: Any) -> set[str]:
    """The sorts of a number or mail, as TYPE=CELL or, in 2.1, as CELL alone."""
    return {word.upper() for words in (one.params.get("TYPE", ()), one.singletonparams) for word in words}


def _fields(text: str) -> list[str]:
    """A structured value's fields; several in one are written with commas."""
    from vobject.base import ParseError
    from vobject.vcard import splitFields

    try:
        found = splitFields(text)
    except ParseError:
        return [_plain(text)]
    return [", ".join(one) if isinstance(one, list) else str(one).strip() for one in found]


def _plain(text: str) -> str:
    """A value on one line, without the escapes."""
    return " ".join(_unescaped(text).split())


def _unescaped(text: str) -> str:
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return re.sub(r"\\([nN,;:\\])", lambda found: "\n" if found[1] in "nN" else found[1], plain)


def _wholes(card: _Card, name: str) -> list[str]:
    """Values with their line ends, none of them empty."""
    found = (_unescaped(one.value).strip() for one in card.found.get(name, ()))
    return [text for text in found if text]


def _whole(card: _Card, name: str) -> str:
    return "\n".join(_wholes(card, name))


def _number(text: str) -> str:
    return _plain(text).removeprefix("tel:")


def written(people: Iterable[tuple[Client, Contact | None, date | None]]) -> bytes:
    """
    The cards of an address book, version 3.0: what the rep thinks of somebody is not on them.

    Args:
        people: Each with the client it is at, and a birthday where one is known; the client alone first, if it has more
            than a name.
    """
    return "".join(_card(*one) for one in people).encode("utf-8", "replace")


def _card(client: Client, contact: Contact | None, born: date | None) -> str:
    import vobject

    card: Any = vobject.vCard()
    one = contact or client
    person = client.kind == "person" and (contact is None or fold(contact.name) == fold(client.name))
    card.add("uid").value = one.id + UID
    card.add("fn").value = one.name
    if one.aliases:
        _add_list(card, "nickname", one.aliases)
    if contact is None and not person:
        card.add("n").value = vobject.vcard.Name()
        card.add("x-abshowas").value = "COMPANY"
    else:
        given, _, family = ("", "", one.name) if values.CHINESE.fullmatch(one.name) else one.name.rpartition(" ")
        card.add("n").value = vobject.vcard.Name(family=family, given=given)
    if contact is not None:
        _of_contact(card, contact)
    units = [contact.department] if contact and contact.department else []
    if units or not person:
        card.add("org").value = [_clean("" if person else client.name), *map(_clean, units)]
    if person and contact is not None:
        card.add("x-salescoach-client").value = client.name
    if contact is None or person:
        _of_client(card, client, person)
    if born is not None:
        card.add("bday").value = day_text(born)
    text: str = card.serialize()
    return text


def _of_contact(card: Any, one: Contact) -> None:
    for name, text in (("title", one.position), ("note", one.remarks)):
        if text.strip():
            card.add(name).value = _clean(text)
    if one.mail:
        card.add("email").value = _clean(one.mail)
    if one.phone:
        phone = card.add("tel")
        phone.value, phone.type_param = _clean(one.phone), "CELL"


def _of_client(card: Any, one: Client, person: bool) -> None:
    import vobject

    if one.tags:
        _add_list(card, "categories", one.tags)
    if one.industry:
        card.add("x-salescoach-industry").value = _clean(one.industry)
    if one.country:
        card.add("adr").value = vobject.vcard.Address(country=one.country)
    if one.remarks.strip():
        card.add("x-salescoach-remarks" if person else "note").value = _clean(one.remarks)


def _add_list(card: Any, name: str, words: Iterable[str]) -> None:
    """Words between commas, their own commas escaped."""
    line = card.add(name)
    line.value = ",".join(re.sub(r"([\\,;])", r"\\\1", _clean(word)) for word in words)
    line.encoded = True


def _clean(text: str) -> str:
    """Without what ends a line or acts; line ends of a text are escaped by the library."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(char for char in plain if char == "\n" or char.isprintable() or char.isspace())
