"""Lists with a filter: a bound form that never fails, and pages.

A query string goes through ``ListingForm``: what it does not know is left out of the answer,
remembered in ``ignored`` and said on the page, never a 500.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Page as ResultsPage
from django.core.paginator import Paginator
from django.http import Http404, QueryDict

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

MAX_VALUES = 50  # of one facet, in one query string
PAGE_PARAMETER = "page"


class SeveralChoices(forms.MultipleChoiceField):
    """Several values of a list; values it does not know are dropped, not an error."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)
        self.unknown: list[str] = []

    def clean(self, value: Any) -> list[str]:
        asked = [str(item) for item in (value or [])][:MAX_VALUES]
        known = [item for item in dict.fromkeys(asked) if self.valid_value(item)]
        self.unknown = [item[:60] for item in asked if item and item not in known]
        return known


class ListingForm(forms.Form):
    """A filter read from a query string. ``apply`` narrows a queryset by what was chosen."""

    def __init__(self, data: QueryDict | None, choices: dict[str, list[tuple[str, Any]]]) -> None:
        super().__init__(data if data is not None else QueryDict())
        for name, values in choices.items():
            self.fields[name].choices = values  # type: ignore[attr-defined]
        self.is_valid()

    @property
    def ignored(self) -> list[str]:
        """Words of the query string that were not understood."""
        unknown = [
            word
            for field in self.fields.values()
            if isinstance(field, SeveralChoices)
            for word in field.unknown
        ]
        return unknown + [str(self.data.get(name, ""))[:60] for name in self.errors]

    @property
    def values(self) -> dict[str, Any]:
        """What was chosen and understood, by name; empty choices left out."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def query(self) -> str:
        """The canonical query string of what was chosen, without the page."""
        return urlencode(self._pairs())

    def chips(self) -> Iterable[dict[str, str]]:
        """Each chosen value with its words and the query string without it."""
        pairs = self._pairs()
        for name, item in pairs:
            choices = dict(getattr(self.fields[name], "choices", []))
            rest = [pair for pair in pairs if pair != (name, item)]
            yield {"label": str(choices.get(item, item)), "query": urlencode(rest)}

    def _pairs(self) -> Sequence[tuple[str, str]]:
        return [
            (name, str(item))
            for name, value in self.values.items()
            for item in (value if isinstance(value, list) else [value])
        ]

    def apply(self, queryset: QuerySet[Any]) -> Any:
        raise NotImplementedError


def paginate(queryset: QuerySet[Any], request: HttpRequest, per_page: int) -> ResultsPage[Any]:
    """The page of results that the query string asks for.

    A number that is none is read as the first page; one past the last is a 404, so that no
    crawler walks on for ever.
    """
    paginator = Paginator(queryset, per_page)
    asked = request.GET.get(PAGE_PARAMETER, "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else 1
    number = max(number, 1)
    if number > paginator.num_pages:
        raise Http404
    return paginator.page(number)
