"""What is said about completion in a shell."""

MESSAGES: dict[str, tuple[str, str]] = {
    "installed": (
        "Tab completes salescoach in every new {shell}. This line is in {path}:\n{line}",
        "新开的 {shell} 里按 Tab 就能补全。{path} 里已有这一行：\n{line}",
    ),
}
