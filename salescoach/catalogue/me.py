"""What the me command says."""

MESSAGES: dict[str, tuple[str, str]] = {
    "help": (
        "Who you are: suggested lines are filled with your name, company, products and proof points.",
        "你是谁：教练给的话里，会带上你的姓名、公司、产品和实证。",
    ),
    "name": ("Name", "姓名"),
    "company": ("Company", "公司"),
    "products": ("Products", "产品"),
    "proof_points": ("Proof", "实证"),
    "style": ("Style", "风格"),
}
