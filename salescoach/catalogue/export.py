"""What the export command says, and what stands in its files."""

MESSAGES: dict[str, tuple[str, str]] = {
    "help": (
        "Your records: the whole book (json), a folder to read (md), a calendar (ics), or all on one person.",
        "导出记录：整本（json）、可读的文件夹（md）、日历（ics），或某一个人的全部记录。",
    ),
    "as": ("The format.", "格式。"),
    "output": ("Write to this file (md: folder) instead of stdout.", "写到这个文件（md 为文件夹），不写到标准输出。"),
    "person": ("All that is held on one person.", "某一个人的全部记录。"),
    "whole": ("Records written to {path}: {count}. salescoach import reads them back.", "{count}条记录已写入{path}，用 salescoach import 可以导回。"),
    "written": (
        "Entries written to {path}: {count}. Exported and imported again, they are updated, not doubled.",
        "{count}条已写入{path}。以后重新导出、再导入，只会更新，不会重复。",
    ),
    "nothing": (
        "Written to {path}, but it is empty: no dated promise, planned visit, next contact, end of a contract or day to remember yet.",
        "已写入{path}，但里面是空的：还没有带日期的承诺、计划中的拜访、下次联系、合同到期日或要记住的日子。",
    ),
    "ask-over": ("{path} is there already. Write over it?", "{path}已存在，要覆盖吗？"),
    "kept": ("Nothing was written: {path} is as it was.", "没有写入，{path}保持原样。"),
    "people-written": ("Clients and contacts written to {path}: {count}.", "{count}条客户和联系人已写入{path}。"),
    "ours": ("{client}: we promised – {what}", "{client}：我方承诺——{what}"),
    "theirs": ("{client}: {who} promised – {what}", "{client}：{who}承诺——{what}"),
    "visit": ("{client}: visit – {purpose}", "{client}：拜访——{purpose}"),
    "visit-bare": ("{client}: visit", "{client}：拜访"),
    "next": ("{client}: next contact – {step}", "{client}：下次联系——{step}"),
    "next-bare": ("{client}: next contact", "{client}：下次联系"),
    "people": ("With: {names}", "见：{names}"),
    "step": ("Ask for: {who} – {what}", "目标：{who}——{what}"),
    "occasion": ("{client}: {what}", "{client}：{what}"),
    "occasion-person": ("{client}: {who} – {what}", "{client}：{who}——{what}"),
    "contract": ("{client}: the contract ends", "{client}：合同到期"),
}
