"""The page of results, and the suggestions while one types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.apps import apps
from django.core.paginator import Page as ResultsPage
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from wagtail.models import Page

from ..listing import UNREADABLE, paginate, sayable
from ..models import SearchEntry, SiteDocument
from . import extracts, fruitless
from .entries import DOCUMENTS
from .finding import Found, Match, propose, search, suggestions
from .question import ask

MAX_QUERY = 200
PER_PAGE = 20


class SearchForm(forms.Form):
    """The words looked for; too long a text is cut rather than refused."""

    q = forms.CharField(label=_("Search"), required=False, strip=False)
    dans = forms.CharField(required=False)

    def clean_q(self) -> str:
        text = sayable_text(str(self.cleaned_data["q"]))
        self.cut = len(text) > MAX_QUERY
        return text[:MAX_QUERY]


def sayable_text(text: str) -> str:
    """Without control and direction marks, white space made plain; a last space is kept."""
    import unicodedata

    head = text[: 4 * MAX_QUERY]
    kept = "".join(" " if sign.isspace() else sign for sign in head)
    kept = "".join(sign for sign in kept if unicodedata.category(sign)[0] != "C")
    return " ".join(kept.split())


@dataclass(frozen=True)
class Result:
    """One line of the results."""

    title: list[extracts.Piece]
    url: str
    group: str
    summary: list[extracts.Piece]
    extract: list[extracts.Piece]
    pinned: bool
    document: Any = None


@dataclass(frozen=True)
class GroupLink:
    name: str
    label: str
    count: int
    query: str
    current: bool


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """What this reader may read in full of what holds the words asked for.

    Titles, summaries and words of reserved things answer outsiders nothing, not even a count.
    """
    form = SearchForm(request.GET)
    form.is_valid()
    words = form.cleaned_data.get("q", "")
    context: dict[str, Any] = {"form": form, "words": words, "results": None}
    if request.GET.get("q", "").strip() and not words:
        context["ignored"] = [UNREADABLE]  # invisible signs and nothing else
    if words:
        context |= _answer(request, form, words)
    return render(request, "search.html", context)


def _answer(request: HttpRequest, form: SearchForm, words: str) -> dict[str, Any]:
    language = get_language() or "fr"
    question = ask(words, language)
    found = search(question, request.user)
    group = form.cleaned_data.get("dans", "")
    ignored = []
    if group and group not in found.counts:
        ignored.append(sayable(group))
        group = ""
    page = paginate(found.of_group(group), request, PER_PAGE)  # type: ignore[arg-type]
    if page.ignored:  # type: ignore[attr-defined]
        ignored.append(page.ignored)  # type: ignore[attr-defined]
    query = [("q", words), ("dans", group)] if group else [("q", words)]
    proposal = "" if found.total else propose(question, request.user)
    if not found.total:
        fruitless.note(words, language, request)
    return {
        "found": found,
        "results": page,
        "lines": lines(found, page),
        "groups": _groups(found, words, group),
        "group": group,
        "ignored": ignored,
        "cut": form.cut or question.cut,
        "proposal": proposal,
        "proposal_query": urlencode({"q": proposal}),
        "query": urlencode(query),
    }


def _groups(found: Found, words: str, current: str) -> list[GroupLink]:
    if len(found.counts) < 2:
        return []
    links = [
        GroupLink(
            name,
            group_label(name, count),
            count,
            urlencode({"q": words, "dans": name}),
            name == current,
        )
        for name, count in sorted(found.counts.items(), key=lambda item: (-item[1], item[0]))
    ]
    everything = GroupLink(
        "", str(_("Everything")), found.total, urlencode({"q": words}), not current
    )
    return [everything, *links]


def group_label(name: str, count: int = 1) -> str:
    """The kind of a result, in the plural for several: many types have one page only."""
    if name == DOCUMENTS:
        return str(ngettext("Document", "Documents", count))
    meta = apps.get_model(name)._meta
    label = str(meta.verbose_name_plural if count > 1 else meta.verbose_name)
    return label[:1].upper() + label[1:]


def lines(found: Found, page: ResultsPage[Any]) -> list[Result]:
    """What the page shows of each match (three queries for any number)."""
    shown: list[Match] = list(page.object_list)
    entries = SearchEntry.objects.in_bulk([match.entry for match in shown])
    # Their words are those of the entry: of the page no more than its address takes.
    addresses = Page.objects.only("url_path", "locale", "content_type", "depth")
    pages = addresses.in_bulk([match.page for match in shown if match.page])
    documents = SiteDocument.objects.in_bulk([match.document for match in shown if match.document])
    answer = []
    for match in shown:
        entry = entries.get(match.entry)
        thing: Any = pages.get(match.page) if match.page else documents.get(match.document)
        if entry is None or thing is None:
            continue  # taken back between two queries
        answer.append(
            Result(
                title=extracts.marked(entry.title, found.question),
                url=thing.url or "/",
                group=group_label(match.group),
                summary=extracts.marked(entry.summary, found.question),
                extract=extracts.extract(entry.body, found.question),
                pinned=match.pinned,
                document=thing if match.document else None,
            )
        )
    return answer


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """Titles that begin like what is typed: ``{"suggestions": [{"title", "url", "group"}]}``.

    The answer depends on who asks, and says so to every cache.
    """
    form = SearchForm(request.GET)
    form.is_valid()
    words = form.cleaned_data.get("q", "")
    found = suggestions(words, get_language() or "fr", request.user) if len(words) > 1 else []
    rows = [
        {"title": one.title, "url": one.thing.url or "/", "group": group_label(one.group)}
        for one in found
    ]
    everything = f"{reverse('search')}?{urlencode({'q': words})}"
    response = JsonResponse({"suggestions": rows, "all": everything})
    response["Cache-Control"] = "private, max-age=60"
    patch_vary_headers(response, ["Cookie"])
    return response
