"""Lists with a filter: a bound form that never fails, and pages.

A query string goes through ``ListingForm``: what it does not know is left out of the answer,
remembered in ``ignored`` and said on the page, never a 500. Facets with counts stand on it in
``core/facets.py``.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Page as ResultsPage
from django.core.paginator import Paginator
from django.http import QueryDict

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

MAX_VALUES = 50  # of one facet, in one query string
MAX_SAID = 60  # characters of a word that was not understood
MAX_IGNORED = 10  # words said; nobody reads more
MAX_DIGITS = 9  # of a page number: below the integers of every database
PAGE_PARAMETER = "page"
UNREADABLE = "\ufffd"


def sayable(text: str) -> str:
    """A word of a visitor fit to be shown again: cut, without invisible or direction marks.

    Of one that is nothing else, the sign for what is unreadable is shown.
    """
    kept = "".join(sign for sign in text if unicodedata.category(sign)[0] != "C")
    kept = " ".join(kept.split()) or UNREADABLE
    return kept if len(kept) <= MAX_SAID else f"{kept[:MAX_SAID]}…"


def values_of(field: Any) -> list[tuple[str, Any]]:
    """Values of a field of choices, as text, with their words."""
    return [(str(value), label) for value, label in field.choices]


class SeveralChoices(forms.MultipleChoiceField):
    """Several values of a list; values it does not know are dropped, not an error."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)
        self.unknown: list[str] = []

    def clean(self, value: Any) -> list[str]:
        """Known values in the order of the list, whatever the order of the query string."""
        asked = list(dict.fromkeys(str(item) for item in (value or []) if item))
        wanted = set(asked[:MAX_VALUES])
        known = [key for key, _label in values_of(self) if key in wanted]
        self.unknown = [item for item in asked if item not in known]
        return known


class ListingForm(forms.Form):
    """A filter read from a query string. ``apply`` narrows a queryset by what was chosen."""

    def __init__(self, data: QueryDict | None, choices: dict[str, list[tuple[str, Any]]]) -> None:
        super().__init__(data if data is not None else QueryDict())
        self.add_fields()
        for name, values in choices.items():
            self.fields[name].choices = values  # type: ignore[attr-defined]
        self.is_valid()

    def add_fields(self) -> None:
        """Fields that a class works out instead of declaring them."""

    @property
    def ignored(self) -> list[str]:
        """Words of the query string that were not understood, fit to be shown."""
        unknown = [
            word
            for field in self.fields.values()
            if isinstance(field, SeveralChoices)
            for word in field.unknown
        ]
        unknown += [str(self.data.get(name, "")) for name in self.errors]
        return [sayable(word) for word in unknown[:MAX_IGNORED]]

    @property
    def values(self) -> dict[str, Any]:
        """What was chosen and understood, by name; empty choices left out."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def query(self) -> str:
        """The canonical query string of what was chosen, without the page."""
        return urlencode(self.pairs())

    def chips(self) -> Iterable[dict[str, str]]:
        """Each chosen value with its words and the query string without it."""
        pairs = self.pairs()
        for name, item in pairs:
            choices = dict(getattr(self.fields[name], "choices", []))
            rest = [pair for pair in pairs if pair != (name, item)]
            yield {"label": str(choices.get(item, item)), "query": urlencode(rest)}

    def pairs(self) -> Sequence[tuple[str, str]]:
        """Names and values of the canonical query string, in the order of the form."""
        return [
            (name, str(item))
            for name, value in self.values.items()
            for item in (value if isinstance(value, list) else [value])
        ]

    def apply(self, queryset: QuerySet[Any]) -> Any:
        raise NotImplementedError


class Rows:
    """A list that is asked for slice by slice, as a paginator does with a queryset."""

    def __init__(self, ask: Callable[[slice], list[Any]]) -> None:
        self.ask = ask

    def __getitem__(self, part: slice) -> list[Any]:
        return self.ask(part)


class CountedPaginator(Paginator[Any]):
    """A paginator that may be told how many rows there are instead of counting them again."""

    def __init__(self, rows: Any, per_page: int, total: int | None = None) -> None:
        super().__init__(rows, per_page)
        if total is not None:
            self.count = total  # a cached property, filled beforehand


def asked_page(request: HttpRequest) -> tuple[int, str]:
    """The page of results that a query string asks for, and the words that are no number."""
    asked = request.GET.get(PAGE_PARAMETER, "")
    if not asked:
        return 1, ""
    if asked.isascii() and asked.isdigit() and len(asked) <= MAX_DIGITS and int(asked) > 0:
        return int(asked), ""
    return 1, sayable(asked)


def paginate(
    rows: QuerySet[Any] | Rows, request: HttpRequest, per_page: int, total: int | None = None
) -> ResultsPage[Any]:
    """The page of results that the query string asks for.

    What is no page number is read as the first page, one past the last as the last one;
    ``ignored`` of the answer then holds the word that was not followed, to be said.
    ``total`` spares the query that counts, where the number is known.
    """
    paginator = CountedPaginator(rows, per_page, total)
    number, ignored = asked_page(request)
    if number > paginator.num_pages:
        number, ignored = paginator.num_pages, str(number)
    page = paginator.page(number)
    page.ignored = ignored  # type: ignore[attr-defined]
    return page
