"""What the export command says, and what stands in its files."""

MESSAGES: dict[str, tuple[str, str]] = {
    "help": (
        "Your records for other programs. --as ics: dated promises, visits, next contacts, ends of contracts.",
        "把记录导出给别的程序用。--as ics：有日期的承诺、计划中的拜访、约好的下次联系、合同到期日。",
    ),
    "as": ("The format.", "格式。"),
    "output": ("Write to this file instead of stdout.", "写到这个文件，不写到标准输出。"),
    "written": (
        "Entries written to {path}: {count}. Exported and imported again, they are updated, not doubled.",
        "{count}条已写入{path}。以后重新导出、再导入，只会更新，不会重复。",
    ),
    "nothing": (
        "Written to {path}, but it is empty: no dated promise, planned visit, next contact or end of a contract yet.",
        "已写入{path}，但里面是空的：还没有带日期的承诺、计划中的拜访、下次联系或合同到期日。",
    ),
    "people-written": ("Clients and contacts written to {path}: {count}.", "{count}条客户和联系人已写入{path}。"),
    "ours": ("{client}: we promised – {what}", "{client}：我方承诺——{what}"),
    "theirs": ("{client}: {who} promised – {what}", "{client}：{who}承诺——{what}"),
    "visit": ("{client}: visit – {purpose}", "{client}：拜访——{purpose}"),
    "visit-bare": ("{client}: visit", "{client}：拜访"),
    "next": ("{client}: next contact – {step}", "{client}：下次联系——{step}"),
    "next-bare": ("{client}: next contact", "{client}：下次联系"),
    "people": ("With: {names}", "见：{names}"),
    "step": ("Ask for: {who} – {what}", "目标：{who}——{what}"),
    "contract": ("{client}: the contract ends", "{client}：合同到期"),
}
