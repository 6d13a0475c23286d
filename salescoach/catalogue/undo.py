"""Wording of `undo`."""

MESSAGES: dict[str, tuple[str, str]] = {
    "help": ("Take back the last change that a command made.", "撤销上一条命令做的改动。"),
    "yes": ("Do not ask.", "不再询问。"),
    "ask": ("Take back {what}?", "撤销{what}？"),
    "done": ("Taken back: {what}.", "已撤销：{what}。"),
    "kept": ("Nothing was taken back.", "没有撤销。"),
    "what": ("what “{command}” did, {when}: {changes}", "“{command}”在{when}做的改动：{changes}"),
    "what-with": ("what “{command}” did, {when} ({clients}): {changes}", "“{command}”在{when}做的改动（{clients}）：{changes}"),
    "insert": ("{record} +{count}", "{record} +{count}"),
    "update": ("{record} ~{count}", "{record} ~{count}"),
    "delete": ("{record} −{count}", "{record} −{count}"),
    "draft": ("Its answers are a draft again: “{command}” goes on with them.", "答过的还在草稿里：再输入“{command}”就接着来。"),
    "staying": ("{clients} stays: a half-finished walk is about it.", "{clients}保留了：还有没答完的在等着。"),
    "next": ("“salescoach undo” again takes back {what}.", "再输入一次“salescoach undo”，就撤销{what}。"),
}
