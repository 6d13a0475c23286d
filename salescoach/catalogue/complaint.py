"""What the complaint command says."""

MESSAGES: dict[str, tuple[str, str]] = {
    "help": (
        "A complaint in four steps, with words to say and a promise you can keep. Without CLIENT: what is open.",
        "处理投诉四步走，每步有话可说，只答应做得到的。不写客户名，就列出没解决的投诉。",
    ),
    "client": ("Who complains: CLIENT or CLIENT/CONTACT.", "谁在投诉：客户，或 客户/联系人。"),
    "settled": ("It is settled: close it without questions.", "已经解决：不再提问，直接了结。"),
    "new": ("Another complaint, beside one that is open.", "另一起投诉（已有一起没解决时）。"),
    "id": ("Which of several open ones, by its id in the list.", "有好几起时，写列表里的编号。"),
    "deep": ("Ask also what takes longer.", "也问费时的问题。"),
    "why": ("Show where each line comes from.", "显示每句话的出处。"),
    # asked before the walk
    "which": ("Which complaint is it?", "是哪一起投诉？"),
    "another": ("Another one", "另一起"),
    "stopped": ("stopped on {day} · “{said}”", "{day}停下的 · “{said}”"),
    "unsaid": ("not said yet", "还没记原话"),
    "who": ("Who complains?", "谁在投诉？"),
    "nobody": ("Somebody else, or not known", "别的人，或不清楚"),
    # beside the questions
    "line": ("▸ {text}", "▸ {text}"),
    "goes-on": ("Open since {day}: “{said}”", "{day}起没解决：“{said}”"),
    # the promise
    "report-back": ("report back on: {said}", "回话：{said}"),
    # what came of it
    "title-open": ("Complaint · open · {who}", "投诉 · 没解决 · {who}"),
    "title-settled": ("Complaint · settled · {who}", "投诉 · 已了结 · {who}"),
    "said": ("Said", "原话"),
    "solution": ("Solution", "办法"),
    "solution-of": ("{chosen} (not: {others})", "{chosen}（没选：{others}）"),
    "promised": ("Promised", "承诺"),
    "no-promise": ("Nothing yet with a date: agree on a day to report back.", "还没有日期：跟客户约好哪天回话。"),
    "no-date": ("“{what}” has no date: agree on one.", "“{what}”没定日期：跟客户说定一个。"),
    "report-to": ("report to {name}", "回话给：{name}"),
    "reported": ("Report-back done.", "回话已完成。"),
    "still-promised": ("Still to be kept: {line}", "还要兑现：{line}"),
    "now": ("Say now", "现在说"),
    "then": ("Still open on {day}? Call on time:", "到{day}还没解决？照样准时打："),
    "then-undated": ("Still open by then? Call on time:", "到时还没解决？照样准时打："),
    "crisis": ("This is more than a complaint: a crisis ({kind}).", "这已不只是投诉，是危机（{kind}）。"),
    "why-label": ("Why", "出处"),
    "next-talk": ("Talk again: {command}", "再谈：{command}"),
    "next-settled": ("Settled? {command} --settled", "解决了？{command} --settled"),
    "two-weeks": ("in 2 weeks", "2周后"),
    "follow-up": ("Ask in two weeks whether it holds: {command}", "两周后问一声还好不好：{command}"),
    # the list
    "none": ("No complaint is open.", "没有没解决的投诉。"),
    "list-next": ("Go on: salescoach complaint CLIENT", "接着处理：salescoach complaint 客户"),
}
