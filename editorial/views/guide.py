"""The editors' guide (docs/redaction/), shown inside the admin: one address a page of it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

FIRST = "index"
HEADING = re.compile(r"(#+) (.*)")
ITEM = re.compile(r"(?:-|(\d+)\.) (.*)")
PICTURE = re.compile(r"!\[(?P<words>[^\]]+)\]\(images/(?P<name>[\w-]+\.webp)\)")
LISTS = {"ul": "w-list-disc", "ol": "w-list-decimal"}


@require_safe
def guide(request: HttpRequest, name: str = FIRST) -> HttpResponse:
    pages = titles()
    if name not in pages:
        raise Http404
    text = path_of(name).read_text(encoding="utf-8")
    context = {
        "heading": _("Editors’ guide"),
        "icon": "help",
        "guide": as_html(text),
        "title": pages[name],
        "pages": pages,
        "name": name,
    }
    return render(request, "editorial/guide.html", context)


@require_safe
def picture(request: HttpRequest, name: str) -> FileResponse:
    """A picture of the guide: one of those that stand in its folder, nothing else."""
    known = {path.name: path for path in (path_of(FIRST).parent / "images").glob("*.webp")}
    if name not in known:
        raise Http404
    answer = FileResponse(known[name].open("rb"), content_type="image/webp")
    answer["Cache-Control"] = "private, max-age=3600"
    return answer


def path_of(name: str) -> Path:
    return Path(settings.BASE_DIR) / "docs" / "redaction" / f"{name}.md"


@cache
def titles() -> dict[str, str]:
    """The pages of the guide by name, each with its first heading; the index first."""
    found = {
        path.stem: path.read_text(encoding="utf-8").partition("\n")[0].lstrip("# ").strip()
        for path in sorted(path_of(FIRST).parent.glob("*.md"))
    }
    return {FIRST: found.pop(FIRST), **found}


def as_html(text: str) -> SafeString:
    """The few marks the guide is written with: headings, lists, paragraphs, emphasis, links."""
    pieces = [as_block(kind, lines) for kind, lines in blocks_of(text)]
    # Escaped by ``inline``; the files are our own.
    return mark_safe("\n".join(filter(None, pieces)))  # noqa: S308


def blocks_of(text: str) -> list[tuple[str, list[str]]]:
    """Runs of lines that belong together: (``h2``, ``ul``, ``ol`` or ``p``, lines or items)."""
    found: list[tuple[str, list[str]]] = [("", [])]
    for line in map(str.strip, text.splitlines()):
        kind, words = kind_of(line)
        before, lines = found[-1]
        if kind == "p" and before in {"p", "ul", "ol"}:
            lines[-1] += f" {words}"  # the same paragraph or item, on a line of its own
        elif kind == before and kind in LISTS:
            lines.append(words)
        else:
            found.append((kind, [words]))
    return found


def kind_of(line: str) -> tuple[str, str]:
    if heading := HEADING.fullmatch(line):
        return f"h{len(heading[1])}", heading[2]
    if item := ITEM.fullmatch(line):
        return "ol" if item[1] else "ul", item[2]
    if PICTURE.fullmatch(line):
        return "img", line
    return ("p", line) if line else ("", "")


def as_block(kind: str, lines: list[str]) -> str:
    """One block; nothing of the title, which stands in the header of the admin."""
    if kind in LISTS:
        items = "".join(f"<li>{inline(item)}</li>" for item in lines)
        return f'<{kind} class="{LISTS[kind]} w-pl-5">{items}</{kind}>'
    if kind == "img" and (shown := PICTURE.fullmatch(lines[0])):
        address = reverse("editorial:guide_picture", args=[shown["name"]])
        return f'<p><img src="{address}" alt="{escape(shown["words"])}" loading="lazy"></p>'
    if kind == "p":
        return f"<p>{inline(lines[0])}</p>"
    return f"<{kind}>{inline(lines[0])}</{kind}>" if kind not in {"", "h1"} else ""


def inline(words: str) -> str:
    """Emphasis, code, and links to other pages of the guide."""
    words = str(escape(words))
    words = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", words)
    words = re.sub(r"\*(.+?)\*", r"<em>\1</em>", words)
    words = re.sub(r"`(.+?)`", r"<code>\1</code>", words)
    return re.sub(
        r"\[(.+?)\]\(([\w-]+)\.md\)",
        lambda link: f'<a href="{reverse("editorial:guide_page", args=[link[2]])}">{link[1]}</a>',
        words,
    )
