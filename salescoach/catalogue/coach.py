"""What the coach says in its own words: stand-ins for names, reasons, the confirmation message, gaps."""

MESSAGES: dict[str, tuple[str, str]] = {
    # stand-ins for placeholders
    "company": ("our company", "我们公司"),
    "product": ("our product", "我们的产品"),
    "client": ("your company", "贵公司"),
    "contact": ("you", "您"),
    "rep": ("I", "我"),
    # why this outcome
    "because-order": ("They ordered.", "客户下单了。"),
    "because-no-sale": ("They refused clearly.", "客户明确拒绝。"),
    "because-advance": (
        "{who} – {what} – by {by}: a person, an action and a date on their side.",
        "{who}，{what}，{by}之前：对方有人、有事、有日期。",
    ),
    "because-continuation": (
        "Nobody on their side does anything by a date: a continuation, however warm the words.",
        "对方没有谁答应在哪天之前做什么：话再热乎，也只算暂时中断。",
    ),
    "because-only-ours": ("Only we promised something.", "只有我方做了承诺。"),
    "because-unfinished": ("“{what}” does not count yet: no {missing}.", "“{what}”还不算数：缺{missing}。"),
    "part-who": ("person", "人"),
    "part-what": ("action", "具体的事"),
    "part-by": ("date", "日期"),
    "list-comma": (", no ", "、"),
    # the message to the client
    "confirm-greeting": ("Dear {name},", "{name}，您好！"),
    "confirm-greeting-all": ("Dear all,", "各位好！"),
    "confirm-order": ("Thank you for your order.", "感谢您的订单。"),
    "confirm-today": ("Thank you for your time today.", "感谢您今天抽时间。"),
    "confirm-earlier": ("Thank you for your time on {day}.", "感谢您{day}抽时间。"),
    "confirm-thanks": ("Thank you for your time and for speaking openly.", "感谢您抽时间，也谢谢您的坦诚。"),
    "confirm-agreed": ("This is what we agreed:", "我们说定的事，我记一下："),
    "confirm-line": ("- {who}: {what}{by}", "- {who}：{what}{by}"),
    "confirm-by": (" – by {day}", "，{day}之前"),
    "confirm-we": ("We", "我方"),
    "confirm-you": ("You", "您这边"),
    "confirm-next": ("We speak again on {day}.", "下次联系：{day}。"),
    "confirm-correct": ("If I noted anything wrong, please tell me.", "有记得不对的地方，请您指正。"),
    "confirm-open": ("If anything comes up in the meantime, please call me.", "这期间有任何事，随时找我。"),
    "confirm-regards": ("Kind regards", "祝好！"),
    "confirm-signature": ("{name}, {company}", "{company} {name}"),
    # what is missing
    "gap-me": ("Your company and product are not known", "还不知道你的公司和产品"),
    "gap-contacts": ("Nobody is recorded there", "这家还没有联系人"),
    "gap-anybody": ("NAME", "姓名"),
    "gap-decision-maker": ("No decision maker is known", "还不知道决策者是谁"),
    "gap-role": ("{name}: role not known yet", "{name}：采购角色未知"),
    "gap-style": ("{name}: style not known yet", "{name}：风格待观察"),
}
