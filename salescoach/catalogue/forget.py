"""Wording of `forget`."""

MESSAGES: dict[str, tuple[str, str]] = {
    "help": ("Erase a person everywhere, backups too; cannot be undone.", "彻底删除一个人的资料，备份里的也删，删了就找不回来。"),
    "whom": ("CLIENT/CONTACT, or a client who is a person.", "客户/联系人，或者本身是个人的客户。"),
    "yes": ("Do not ask.", "不再询问。"),
    "ask": ("Erase {name} everywhere: records, every text with the name, undo, backups ({backups})? This cannot be undone.", "彻底删除{name}：记录、写到这个名字的每句话、撤销记录、{backups}份备份？删了就找不回来。"),
    "ask-damaged": ("{count} damaged files that were kept aside will be deleted whole.", "另存的{count}个损坏文件会整个删掉。"),
    "kept": ("Nothing was erased.", "没有删除。"),
    "instead": ("(erased)", "（已删除）"),
    "working": ("Erasing", "正在删除"),
    "done": ("Erased. Records deleted: {records}, other records changed: {texts}, files changed: {files}, backups rewritten: {rewritten}.", "已彻底删除。删掉记录{records}条，改写别的记录{texts}条，改写文件{files}个，重写备份{rewritten}份。"),
    "deleted": ("Unreadable copies that could not be rewritten were deleted: {count}.", "打不开、没法改写的副本已删掉：{count}个。"),
    "hints": ("Words that may still mean them, {count}: {some}. “salescoach search” shows where.", "可能还在指这个人的写法有{count}种：{some}。用“salescoach search”看在哪儿。"),
    "called": ("Clients whose own name has theirs, left as they are, {count}: {some}.", "名字里带这个人的客户没动（{count}个）：{some}。"),
    "left": ("Files that still have the name, in their own or where it cannot be rewritten, {count}: {some}.", "还带着这个名字、没法改写的文件有{count}个：{some}。"),
    "elsewhere": ("Not within reach: files you exported, backups you keep elsewhere.", "管不到的：你导出的文件，你存在别处的备份。"),
    "receipt": ("Receipt: {path}", "凭证：{path}"),
    "receipt-text": ("salescoach, {day}: a person was erased. Records deleted: {records}. Other records changed: {texts}. Files changed: {files}. Backups rewritten: {rewritten}, deleted: {deleted}.", "salescoach，{day}：彻底删除了一个人的资料。删掉记录{records}条，改写别的记录{texts}条，改写文件{files}个，重写备份{rewritten}份，删除副本{deleted}份。"),
}
