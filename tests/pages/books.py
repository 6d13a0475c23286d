"""Books of invented records, small and big, and every page that the program writes of them."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.program import BUYER, CLIENT, ME, TRADE, USER, Program, write_book

#: A name that no row of a phone holds; and people in number.
LONG = {
    "en": "Niederösterreichische Walzwerkshydraulikinstandhaltungsgesellschaft & Söhne mbH (Werk Ost)",
    "zh": "内蒙古鄂尔多斯准格尔经济开发区重型液压装备再制造与维修服务股份有限公司（第二分公司）",
}
SURNAMES = {"en": ("Ahrens", "Baumgartner-Lichtenfels", "Czerny", "van der Velden"), "zh": ("欧阳", "王", "司马", "李")}
FIRST_NAMES = {
    "en": ("Anneliese", "Bo", "Constantin", "Dagmar", "Evi", "Ferdinand", "Gu", "Hans-Heinrich", "Ida", "Jo", "Kim", "Lu", "Maximiliane", "Ned", "Oda"),
    "zh": ("敏", "建国", "海燕", "志强", "丽华", "伟", "晓东", "秀英", "俊", "雪梅", "永强", "芳", "子涵", "立群", "明"),
}  # fmt: skip
PLACES = {
    "en": ("Head of maintenance, rolling mill and continuous casting", "Buyer", "Foreman", "Plant manager"),
    "zh": ("热轧与连铸车间设备维修负责人", "采购员", "班长", "厂长"),
}
ROLES = ("user", "purchaser", "influencer", "decision-maker", "informed", "coach")
STANCES = ("supporter", "neutral", "opponent")
VISITS = ("2026-07-02", "2026-09-03", "2026-10-08", "2026-10-29", "2026-11-19")
#: People noted with position, role and stance; the others of a crowd are names that a visit brought.
NOTED = 12

PREP = {
    "en": """\
purpose: negotiation
contacts: [{people}]
primary_advance: {{who: {first}, what: order two trial kits for the stop of the second line and name a day for fitting them, by: 2026-12-10}}
fallback_advance: {{who: {first}, what: test one sample, by: 2026-12-15}}
expected_objections: [price, timing, trust]
questions: [What does an hour of standstill cost you?, Who signs for a trial?, What was tried before?]
forecast: likely
""",
    "zh": """\
purpose: negotiation
contacts: [{people}]
primary_advance: {{who: {first}, what: 二号线检修前订两套试用密封，并定下安装日期, by: 2026-12-10}}
fallback_advance: {{who: {first}, what: 先试一个样品, by: 2026-12-15}}
expected_objections: [price, timing, trust]
questions: [停机一小时损失多少？, 试用由谁签字？, 以前试过什么办法？]
forecast: likely
""",
}
CALL = {
    "en": """\
summary: Went through the leak count of the second line with maintenance and purchasing; they fear the change more than the price.
client_commitments:
  - {{who: {first}, what: have the leak count of the last twelve months confirmed by the shift leaders, by: {late}}}
our_promises:
  - {{what: send the test report for the 80 mm kit with the certificate of the rubber, by: {late}}}
objections:
  - {{said: You are a good deal dearer than our present supplier., topic: price, kind: real}}
  - {{said: We have no time before the winter stop., topic: timing}}
  - {{said: We have been let down by a newcomer before., topic: trust}}
cues: [asks-for-data, takes-notes, wants-short-answer]
listening: {{talked-more: yes}}
lesson: Ask what a leak costs before showing anything.
next_step: Come back with the test report.
next_date: 2026-12-01
""",
    "zh": """\
summary: 和设备科、采购一起过了二号线的漏油记录；他们担心的不是价格，是换供应商的风险。
client_commitments:
  - {{who: {first}, what: 请各班组长核实过去十二个月的漏油次数, by: {late}}}
our_promises:
  - {{what: 发80毫米套件的检测报告和橡胶材质证书, by: {late}}}
objections:
  - {{said: 你们比现在这家贵不少。, topic: price, kind: real}}
  - {{said: 年底检修前没时间换密封。, topic: timing}}
  - {{said: 以前吃过新供应商的亏。, topic: trust}}
cues: [asks-for-data, takes-notes, wants-short-answer]
listening: {{talked-more: 是}}
lesson: 先问漏一次油要花多少钱，再拿产品。
next_step: 带检测报告再来。
next_date: 2026-12-01
""",
}
STEP = {
    "en": "reports_to: {boss}\nacts_for_us: spoke-for-us\nrelation: 4\nrival_relation: 1\nowner: Jana\n"
    "action: Take the leak count to the plant manager together\nby: 2026-12-10\ncheck: The numbers come by mail\n",
    "zh": "reports_to: {boss}\nacts_for_us: spoke-for-us\nrelation: 4\nrival_relation: 1\nowner: 林岚\n"
    "action: 一起把漏油统计带给厂长看\nby: 2026-12-10\ncheck: 数据发到邮箱\n",
}
CRISIS = {
    "en": """\
began: "14:05"
who_leads: Jana Brandt
what_happened: Three seal kits of batch 88 leak on the second line, and the line stands since noon.
who_caused: preventable
first_actions:
  - {what: Stop the lorry with the rest of the batch, who: Karl Dorn, by: 2026-11-30}
  - {what: Take two good kits along, who: Jana Brandt, by: 2026-12-02}
audiences:
  - {audience: client, what: “We know and are checking.”, who: Jana Brandt, channel: phone, by: 2026-12-01}
""",
    "zh": """\
began: "14:05"
who_leads: 林岚
what_happened: 二号线上三套88批次的密封漏油，中午起停线。
who_caused: preventable
first_actions:
  - {what: 拦下装着同批次货的车, who: 周建国, by: 2026-11-30}
  - {what: 带两套合格的过去, who: 林岚, by: 2026-12-02}
audiences:
  - {audience: client, what: “我们已经知道了，正在查。”, who: 林岚, channel: 电话, by: 2026-12-01}
""",
}
LOOK_BACK = {
    "en": "f_fast: 4\nf_face: 2\nkept: The call at five every day.\n"
    "prevent:\n  - {what: A carrier with a night slot, who: Tom Ferris, by: 2026-12-31}\n",
    "zh": "f_fast: 4\nf_face: 2\nkept: 每天下午五点通一次电话。\n"
    "prevent:\n  - {what: 换一家夜里也送货的承运商, who: 陈涛, by: 2026-12-31}\n",
}


@dataclass(frozen=True, slots=True)
class Page:
    """A page that the program writes: what it is called here, its language, and its file."""

    name: str
    lang: str
    file: Path

    def __str__(self) -> str:
        """What a failing assert shows."""
        return f"{self.name}.{self.lang}"


class Pages:
    """Runs the program in one language and keeps the pages that it writes."""

    def __init__(self, lang: str, folder: Path) -> None:
        self.lang, self.folder, self.program = lang, folder, Program()
        self.made: list[Page] = []

    def run(self, *argv: str, stdin: str | None = None) -> None:
        """One command that must end well."""
        self.program.ok("--lang", self.lang, *argv, stdin=stdin)

    def write(self, name: str, *argv: str) -> None:
        """A command that writes a page."""
        file = self.folder / f"{name}.{self.lang}.html"
        self.run(*argv, "-o", str(file))
        self.made.append(Page(name, self.lang, file))

    def of_nothing(self) -> None:
        """Before there is any record."""
        self.write("review-empty", "review", "--html")
        self.run("client", "add", "Neu")
        self.write("brief-new", "prep", "Neu", "--brief", "--format", "html")
        self.write("map-empty", "account", "map", "Neu", "--format", "html")

    def of_a_small_book(self) -> None:
        """One client, two people, one visit behind and a crisis."""
        write_book(self.program, self.lang)
        client = CLIENT[self.lang]
        self.run("account", "map", f"{client}/{USER[self.lang]}", "--answers", "-", stdin=STEP[self.lang].format(boss=BUYER[self.lang]))
        self.run("crisis", "product", "--for", client, "--answers", "-", stdin=CRISIS[self.lang])
        self.write("brief", "prep", client, "--brief", "--format", "html")
        self.write("map", "account", "map", client, "--format", "html")
        self.write("plan", "account", "map", client, "--plan", "--format", "html")
        self.write("crisis", "crisis", "product", "--show", "--format", "html")
        self.write("review", "review", "--html")

    def of_a_big_book(self, people: int) -> None:
        """A client with a name too long, a crowd, and half a year of visits that all left something open."""
        lang, client = self.lang, LONG[self.lang]
        self.run("me", "--answers", "-", stdin=ME[lang])
        self.run("client", "add", client, "--industry", TRADE[lang][0], "--country", TRADE[lang][1], "--stage", "early")
        names = self._crowd(client, people)
        met = names[:4]
        for day, late in zip(VISITS, (*VISITS[1:], "2026-11-27"), strict=True):
            self._planned_and_held(client, names if day == VISITS[0] else met, day, late)
        for name in names[:6]:
            said = STEP[lang].format(boss=names[7])
            self.run("account", "map", f"{client}/{name}", "--answers", "-", stdin=said)
        self.run("crisis", "product", "--for", client, "--answers", "-", stdin=CRISIS[lang])
        self.run("crisis", "product", "--review", "--answers", "-", stdin=LOOK_BACK[lang])
        self.run("prep", client, "--when", "2026-12-01", "--answers", "-", stdin=self._answers(PREP, met))
        self.write("brief-big", "prep", client, "--brief", "--format", "html")
        self.write("map-big", "account", "map", client, "--format", "html")
        self.write("plan-big", "account", "map", client, "--plan", "--format", "html")
        self.write("loss-big", "account", "map", client, "--without", names[0], "--format", "html")
        self.write("crisis-big", "crisis", "product", "--show", "--format", "html")
        self.write("review-big", "review", "--since", "2026-05-01", "--html")

    def _crowd(self, client: str, people: int) -> list[str]:
        lang, names = self.lang, []
        for number in range(people):
            first, last = FIRST_NAMES[lang][number % 15], SURNAMES[lang][number // 15]
            names.append(f"{first} {last}" if lang == "en" else f"{last}{first}")
            if number >= NOTED:
                continue
            place, role, stance = PLACES[lang][number % 4], ROLES[number % 6], STANCES[number % 3]
            more = ("--position", place, "--role", role, "--stance", stance, "--influence", str(number % 5 + 1))
            self.run("contact", "add", client, names[-1], *more)
        return names

    def _planned_and_held(self, client: str, met: list[str], day: str, late: str) -> None:
        with pytest.MonkeyPatch.context() as then:
            then.setenv("SALESCOACH_TODAY", day)  # nobody prepares a day that is over
            self.run("prep", client, "--when", day, "--answers", "-", stdin=self._answers(PREP, met))
        self.run("debrief", client, "--when", day, "--answers", "-", stdin=self._answers(CALL, met, late=late))

    def _answers(self, form: dict[str, str], met: list[str], **more: str) -> str:
        return form[self.lang].format(people=", ".join(met), first=met[0], **more)

