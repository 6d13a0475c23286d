"""What is said when something a person can mend goes wrong: `key` says what happened, `key-hint` what to do next."""

from salescoach.catalogue.walk import ERRORS as WALK_ERRORS

MESSAGES: dict[str, tuple[str, str]] = {
    **WALK_ERRORS,
    # the frame
    "hint": ("hint: {hint}", "提示：{hint}"),
    "nearest": ("nearest: {names}", "最接近的：{names}"),
    "warning": ("warning: {message}", "注意：{message}"),
    "usage": ("{message}", "用法不对：{message}"),
    "usage-hint": ("{command} --help", "{command} --help"),
    "bug": (
        "This is a bug of salescoach, not yours: {what}. Run again with SALESCOACH_DEBUG=1 and report what it prints.",
        "这是 salescoach 的缺陷，不怪您：{what}。设 SALESCOACH_DEBUG=1 再运行一次，把输出发给我们。",
    ),
    # settings
    "lang-unknown": ("{origin}: no language “{name}”", "{origin}：没有“{name}”这种语言"),
    "lang-unknown-hint": ("use en or zh", "请用 en 或 zh"),
    "today-unclear": ("SALESCOACH_TODAY: “{text}” is no date", "SALESCOACH_TODAY：“{text}”不是日期"),
    "today-unclear-hint": ("write it as 2026-12-01", "请写成 2026-12-01"),
    # walks
    "no-answers": ("This needs answers, and there is no terminal to ask at.", "需要回答问题，但现在没有终端可问。"),
    "no-answers-hint": ("{command} --questions > answers.yaml, fill it in, then {command} --answers answers.yaml", "先 {command} --questions > answers.yaml 填好，再 {command} --answers answers.yaml"),
}
