"""The editors' guide (docs/redaction/index.md), shown inside the admin."""

from __future__ import annotations

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

GUIDE = "docs/redaction/index.md"


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    text = (settings.BASE_DIR / GUIDE).read_text(encoding="utf-8")
    return render(request, "editorial/guide.html", {"guide": as_html(text)})


def as_html(text: str) -> SafeString:
    """The few marks the guide is written with: headings, lists, paragraphs, emphasis."""
    pieces: list[str] = []
    for block in re.split(r"\n{2,}", text.strip()):
        lines = re.sub(r"\*(.+?)\*", r"<em>\1</em>", str(escape(block)))
        if heading := re.match(r"(#+) (.*)", lines):
            level = len(heading[1])
            # The title of the page stands in the header of the admin.
            if level > 1:
                pieces.append(f'<h{level} class="w-h3">{heading[2]}</h{level}>')
        elif lines.startswith("- "):
            items = "".join(f"<li>{item}</li>" for item in re.split(r"(?:^|\n)- ", lines)[1:])
            pieces.append(f'<ul class="w-list-disc w-pl-5">{items}</ul>')
        else:
            pieces.append(f"<p>{lines}</p>")
    return mark_safe("\n".join(pieces))  # noqa: S308 (escaped above; the file is our own)
