"""Styles of the mails, written on each element: mail programs drop style sheets.

Templates of mails carry element names and classes only; ``inline_styles`` adds to each element
the rules for its name, then those for its classes. Widths and colours stand here once.
"""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup

INK, SOFT, LEAF, PAPER, CARD, LINE = (
    "#23281b",
    "#4a503f",
    "#1f5c3a",
    "#fbf6e9",
    "#ffffff",
    "#d9d2bd",
)

RULES: dict[str, str] = {
    "body": (
        f"margin:0;padding:0;background-color:{PAPER};color:{INK};font-size:17px;line-height:1.55;"
        "font-family:'Source Sans 3','Segoe UI',Helvetica,Arial,sans-serif"
    ),
    "h1": f"margin:0 0 14px 0;font-size:26px;line-height:1.25;color:{LEAF}",
    "h2": f"margin:26px 0 10px 0;font-size:21px;line-height:1.3;color:{LEAF}",
    "h3": "margin:0 0 4px 0;font-size:18px;line-height:1.35",
    "p": "margin:0 0 14px 0",
    "ul": "margin:0 0 18px 0;padding-left:22px",
    "ol": "margin:0 0 18px 0;padding-left:22px",
    "li": "margin:0 0 6px 0",
    "a": f"color:{LEAF}",
    "img": "display:block;width:100%;height:auto;border:0;border-radius:10px",
    ".page": f"background-color:{PAPER}",
    ".page-cell": "padding:24px 12px",
    ".card": f"width:100%;max-width:600px;background-color:{CARD};border-radius:14px",
    ".sign": f"padding:26px 32px 0 32px;font-size:15px;font-weight:bold;color:{LEAF}",
    ".content": "padding:10px 32px 30px 32px",
    ".foot": "width:100%;max-width:600px",
    ".foot-cell": f"padding:18px 32px;font-size:14px;line-height:1.5;color:{SOFT}",
    ".item": f"margin:0;padding:14px 0;border-top:1px solid {LINE}",
    ".small": f"font-size:15px;color:{SOFT}",
    ".last": "margin:0",
    ".button": (
        f"display:inline-block;padding:13px 24px;border-radius:999px;background-color:{LEAF};"
        "color:#ffffff;font-weight:bold;text-decoration:none"
    ),
}


def inline_styles(html: str) -> str:
    """``html`` with the rules above on each element, and without its classes."""
    soup = BeautifulSoup(html, "html.parser")
    for element in soup.find_all(True):
        classes: Any = element.attrs.pop("class", [])
        rules = [RULES.get(element.name, ""), *(RULES.get(f".{name}", "") for name in classes)]
        if style := ";".join(rule for rule in rules if rule):
            element["style"] = style
    return str(soup)


def absolute_links(html: str, base: str) -> str:
    """Links and pictures of the site with its full address: a mail has no site around it."""
    soup = BeautifulSoup(html, "html.parser")
    for name, attribute in (("a", "href"), ("img", "src")):
        for element in soup.find_all(name):
            value = str(element.get(attribute, ""))
            if value.startswith("/") and not value.startswith("//"):
                element[attribute] = base + value
    return str(soup)


def text_of(html: str) -> str:
    """The mail as plain text: headings underlined, links with their address, one idea a line."""
    body = BeautifulSoup(html, "html.parser").body
    if body is None:
        return ""
    for link in body.find_all("a"):
        words, address = link.get_text(" ", strip=True), link.get("href", "")
        link.replace_with(f"{words} <{address}>" if words != address else f"<{address}>")
    lines: list[str] = []
    for element in body.find_all(["h1", "h2", "h3", "p", "li"]):
        words = " ".join(element.get_text(" ").split())
        if not words:
            continue
        if element.name == "li":
            lines.append(f"- {words}")
        elif element.name in ("h1", "h2"):
            mark = "=" if element.name == "h1" else "-"
            lines += ["", words, mark * min(len(words), 70), ""]
        else:
            lines += [words, ""]
    return "\n".join(lines).strip() + "\n"
