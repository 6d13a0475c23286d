"""What columns are called: our own headers, and those of the common CRM and address-book exports.

A header is compared by its letters alone: case, width, accents, digits, signs and what stands in brackets do not count,
so that "E-mail 1 - Value" and "*手机（必填）" are known. Of a field's synonyms the first that a file has comes first:
"Kraj" is the country in Polish and a region in Czech, whose own word for the country stands before it.
"""

import re

from salescoach.records.names import fold

#: Field → the headers that mean it, the strongest first. The first two of a field are what `export` writes.
SYNONYMS: dict[str, str] = {
    "company": """
        Company|客户名称|Account Name|Company Name|Organization Name|Organization|Organisation|Employer|Firm|
        Account|Associated Company|Organization - Name|Person - Organization|Customer Name|Customer|Client|
        Client Name|Parent Account|Company/Account|Lead Company|公司名称|公司|企业名称|企业|所在企业|单位|
        单位名称|工作单位|所属客户|所属公司|客户全称|公司全称|客户|关联客户|组织|公司/单位|Firma|Unternehmen|
        Firmenname|Société|Entreprise|Organisation|Nazwa firmy|Przedsiębiorstwo|Organizacja|Klient|Nazwa klienta|
        Kontrahent|Nazwa kontrahenta|Společnost|Název firmy|Název společnosti|Organizace|Zákazník|
        Název zákazníka|Odběratel""",
    "name": """
        Name|联系人|Full Name|Contact Name|Display Name|Contact|Contact Person|Person - Name|Lead Name|
        Formatted Name|Primary Contact|Person|联系人姓名|姓名|联系人名称|客户姓名|主要联系人|首要联系人|
        线索姓名|显示名称|Vollständiger Name|Ansprechpartner|Nom complet|名称|
        Imię i nazwisko|Osoba kontaktowa|Nazwa kontaktu|Jméno a příjmení|Celé jméno|Kontaktní osoba|Kontakt|
        Wyświetlana nazwa|Zobrazované jméno""",
    "family": """
        Last Name|姓|Family Name|Surname|Contact Last Name|Person - Last name|姓氏|Nachname|Nom|Nom de famille|
        Nazwisko|Příjmení""",
    "given": """
        First Name|名|Given Name|Forename|Contact First Name|Person - First name|名字|Vorname|Prénom|Imię|
        Jméno|Křestní jméno""",
    "middle": """
        Middle Name|中间名|Additional Name|Zweiter Vorname|Weitere Vornamen|Deuxième prénom|Drugie imię|
        Prostřední jméno|Druhé jméno""",
    "aliases": "Also called|别名|Nickname|昵称|Nick Name|英文名|English Name|Known As|Spitzname|Surnom|备注名",
    "position": """
        Position|职务|Job Title|Organization - Title|Role Title|Designation|Contact Title|Person - Job title|
        Title|职位|岗位|职称|头衔|Position (Beruf)|Funktion|Poste|Fonction|Titre|
        Job|Role|Function|Stanowisko|Stanowisko pracy|Funkcja|Pozice|Pracovní pozice|Funkce""",
    "department": """
        Department|部门|Organization - Department|所属部门|所在部门|Abteilung|Service|Département|Departement|
        Dział|Oddělení|Útvar""",
    "mail": """
        Mail|邮箱|E-mail|Email Address|E-mail Address|E-mail - Value|Work Email|Email - Work|Person - Email|
        Person - Email - Work|Primary Email|Business Email|电子邮箱|电子邮件|电子邮件地址|邮件|邮件地址|
        工作邮箱|企业邮箱|公司邮箱|联系人邮箱|E-Mail-Adresse|E-Mail|Adresse de messagerie|Courriel|
        Secondary Email|Personal Email|Email - Home|Person - Email - Home|Person - Email - Other|Other Email|
        个人邮箱|E-Mail-Adresse 2|Adresse de messagerie 2|Adres e-mail|Adres poczty elektronicznej|
        E-mail służbowy|Poczta elektroniczna|E-mailová adresa|Pracovní e-mail|Elektronická pošta""",
    "phone": """
        Mobile|手机|Mobile Phone Number|Mobile Phone|Mobile Number|Cell Phone|Phone - Mobile|
        Person - Phone - Mobile|手机号|
        手机号码|移动电话|联系人手机|Mobiltelefon|Handy|Téléphone mobile|Tél. mobile|
        Telefon komórkowy|Tel. komórkowy|Komórka|Mobilní telefon|Mobil|Phone - Value|Phone Number|
        Telephone|Tel|Business Phone|Work Phone|Phone - Work|Person - Phone|Person - Phone - Work|
        Company Main Phone|Primary Phone|电话|联系电话|电话号码|办公电话|工作电话|公司电话|座机|固定电话|
        Phone|Telefon|Telefon geschäftlich|Téléphone|Téléphone (bureau)|Tél.|Home Phone|Phone - Home|
        Person - Phone - Home|Person - Phone - Other|Other Phone|Asst. Phone|家庭电话|住宅电话|其他电话|
        Telefon privat|Téléphone (domicile)|Numer telefonu|Telefon służbowy|Telefon stacjonarny|
        Telefonní číslo|Telefon do zaměstnání|Telefon do práce|Pracovní telefon|Pevná linka|Telefon domowy|
        Telefon domů""",
    "birthday": """
        Birthday|生日|Person - Birthday|Birthdate|Date of Birth|Birth Date|出生日期|出生年月日|Geburtstag|Anniversaire|
        Date de naissance|DOB|Urodziny|Data urodzenia|Narozeniny|Datum narození""",
    "remarks": """
        Remarks|备注|Notes|Note|Description|Comments|Contact Description|Lead Description|备注信息|描述|说明|
        其他备注|联系人备注|Notiz|Notizen|Bemerkung|Bemerkungen|Anmerkung|Anmerkungen|Kommentar|Remarque|Remarques|
        Notatka|Notatki|Uwagi|Opis|Poznámka|Poznámky|Popis""",
    "address": """
        Address|地址|Address - Formatted|Mailing Address|Full Address|Office Address|详细地址|公司地址|办公地址|
        联系地址|通讯地址|Street|Mailing Street|Business Street|Street Address|Address 1: Street 1|Address 1|
        Address Line|Address - Street|Billing Street|Business Street 2|Address 2|Street 2|街道|Straße|
        Straße geschäftlich|Rue|Rue (bureau)|Mailing City|Business City|City|Address 1: City|Address - City|
        Billing City|市|城市|区|区县|区/县|Ort|Ort geschäftlich|Ville|Ville (bureau)|Mailing State|
        Business State|State|State/Province|State/Region|Address 1: State/Province|Address - Region|
        Billing State|Mailing State/Province|Mailing Zip|Mailing Zip/Postal Code|Business Postal Code|
        Postal Code|Zip|Zip Code|ZIP/Postal Code|Address 1: ZIP/Postal Code|Address - Postal Code|Billing Zip|
        Billing Zip/Postal Code|省|省份|省/市|省市区|邮编|邮政编码|PLZ|Postleitzahl geschäftlich|Postleitzahl|
        Code postal|Home Street|Home City|Home State|Home Postal Code|Address - PO Box|PO Box|
        Address - Extended Address|Adres|Adresa|Ulica|Ulice|Miasto|Miejscowość|Město|Obec|Województwo|
        Kod pocztowy|PSČ""",
    "web": """
        Web page|网址|Website|Website - Value|Web Site|Company Website|Website URL|Company Domain Name|URL|
        Homepage|公司网址|公司网站|官网|网站|主页|Webseite|Page Web|Site web|
        Strona internetowa|Strona WWW|Webová stránka|Webové stránky|WWW""",
    "fax": """
        Fax|传真|Business Fax|Fax Number|Work Fax|Phone - Fax|传真号码|Fax geschäftlich|Télécopie (bureau)|
        Faks|Faks służbowy|Fax do zaměstnání""",
    "kind": "Client kind|客户性质",
    "company-aliases": "Company also called|客户别名|客户简称|公司简称|企业简称|Trading Name",
    "industry": """
        Industry|行业|Lead Industry|Sector|Line of Business|所属行业|客户行业|行业类别|Branche|Secteur|
        Secteur d'activité|Branża|Obor|Odvětví""",
    "country": """
        Country|国家|Country/Region|Mailing Country|Business Country|Billing Country|Address - Country|
        Business Country/Region|Address 1: Country/Region|Country Code|Organization - Country|国家/地区|
        国家地区|国别|Land|Land/Region geschäftlich|Pays|Pays/Région (bureau)|Země|
        Stát|Kraj|Kraj/region""",
    "company-language": "Client language|客户语言",
    "stage": "Relationship stage|关系阶段",
    "key-account": "Key account|大客户|是否大客户|重点客户|是否重点客户",
    "tags": """
        Tags|标签|Labels|Categories|Group Membership|Organization - Labels|客户标签|分组|Kategorien|Catégories|
        Tag|Etykiety|Tagi|Kategorie|Štítky""",
    "company-remarks": """
        Client remarks|客户备注|Account Description|Company Description|About Us|Company Notes|公司备注|客户描述""",
    "roles": "Buying roles|采购角色",
    "stance": "Stance|立场",
    "influence": "Influence|分量",
    "style": "Style|风格",
    "behaviour": "Behaviour|行为类型",
    "language": "Contact language|联系人语言",
}
#: What only labels another column.
LABELS = """
        E-mail - Type|E-mail - Label|Phone - Type|Phone - Label|Address - Type|Address - Label|Website - Type|
        Website - Label|Organization - Type|Email Type|E-mail Type|E-mail Display Name|E-mail 2 Display Name"""
#: Fields that take every column that means them; of the others the first column counts.
SEVERAL = frozenset({"mail", "phone", "address", "web", "fax", "remarks", "company-remarks", "tags", "aliases"})
#: What `export` writes over a field whose strongest synonym is narrower.
OWN = {"phone": ("Phone", "电话")}
#: A column that is left out on purpose (`--map "Header=skip"`).
SKIP = "skip"
BRACKETS = re.compile(r"[（(［\[【].*?[）)］\]】]")


def key(header: str) -> str:
    """A header as it is compared: its letters, without what stands in brackets unless nothing else does."""
    folded = fold(header)
    bare = "".join(char for char in BRACKETS.sub("", folded) if char.isalpha())
    return bare or "".join(char for char in folded if char.isalpha())


def known() -> dict[str, tuple[str, int]]:
    """Compared header → its field, and its rank there, from 0."""
    found: dict[str, tuple[str, int]] = {}
    for field, written in SYNONYMS.items():
        for rank, header in enumerate(written.split("|")):
            found.setdefault(key(header.strip()), (field, rank))
    return found


def labels() -> frozenset[str]:
    """Compared headers of columns that only label another one."""
    return frozenset(key(header.strip()) for header in LABELS.split("|"))


def own(field: str, chinese: bool) -> str:
    """The header that `export` writes over a field."""
    if field in OWN:
        return OWN[field][chinese]
    english, zh = SYNONYMS[field].split("|")[:2]
    return zh.strip() if chinese else english.strip()
