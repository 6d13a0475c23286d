"""What today says."""

MESSAGES: dict[str, tuple[str, str]] = {
    "help": ("What today asks of you, one screen.", "今天该做什么，一屏看完。"),
    "welcome": ("Your book is empty. Three steps to the first brief:", "还没有客户。三步就有第一份简报："),
    "gone": ("There are no clients here, but there are in a backup: salescoach restore", "这里没有客户，但备份里有：salescoach restore"),
    "step-me": ("who you are, so that lines carry your names", "说说你是谁，给的话术才带上你的产品"),
    "step-client": ("your next client", "记下下一个要见的客户"),
    "step-prep": ("the one screen before the visit", "见面前看的那一屏"),
    "sample-client": ("NAME", "客户名"),
    "prep": ("Prepare", "要准备"),
    "debrief": ("Debrief", "要复盘"),
    "promises": ("Promises", "承诺"),
    "ready": ("Ready", "已备好"),
    "next": ("Contact", "该联系"),
    "line": ("{day} → {command}", "{day} → {command}"),
    "quiet": ("Nothing is due today. Who is next? salescoach prep CLIENT", "今天没有到期的事。下一个见谁？salescoach prep 客户"),
    "affairs": ("Pressing", "急事"),
    "accounts": ("Accounts", "大客户"),
    "practise": ("Practise", "练一道"),
    "care": ("Care", "关怀"),
    "ends": ("{client} · the contract ends in {days} days", "{client} · 合同还有 {days} 天到期"),
    "danger": ("{client} · in danger: {title}", "{client} · 有风险：{title}"),
}
