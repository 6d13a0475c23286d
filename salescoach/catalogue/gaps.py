"""What is said about sentences that no topic fitted: the question at the terminal, the list, and the file of them."""

MESSAGES: dict[str, tuple[str, str]] = {
    "which": ("Which topic is this a way to say?", "这句话说的是哪个主题？"),
    "another": ("Another topic", "别的主题"),
    "own": ("A topic of its own", "单独成一个主题"),
    "leave": ("None of these: leave it", "都不是，先放着"),
    "row": ("{id} · {day} · {times}× · “{said}”", "{id} · {day} · {times}次 · “{said}”"),
    "near": ("nearest: {topic} ({title})", "最接近：{topic}（{title}）"),
    "none": ("Nothing that a customer said is waiting for a topic.", "没有待归类的客户原话。"),
    "todo": (
        "salescoach playbook gaps ID --topic TOPIC keeps one as a phrasing; --drop forgets it.",
        "salescoach playbook gaps 编号 --topic 主题：收作说法；--drop：删掉。",
    ),
    "adopted": ("“{said}” is a way to say {title} ({topic}) now.", "“{said}”收作“{title}”（{topic}）的说法。"),
    "dropped": ("Forgotten: “{said}”", "已删掉：“{said}”"),
    "file-title": ("Heard from customers", "客户这样说过"),
    "file-head": (
        "More ways to say it, by topic. The program writes this file: what you add stays, comments may be lost.",
        "各主题的更多说法。这个文件由程序写入：你加的内容会保留，注释可能丢失。",
    ),
}
