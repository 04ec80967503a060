"""Facets: a filter declared once, and beside each of its values the number of what it leads to.

A list declares its facets (a column, rows of a child table, or cases), and gets from them the
bound form, the narrowing of the queryset, the counts, chips, canonical address and order.

Values of one facet are alternatives, facets narrow each other. The count beside a value is the
number of things that have it among those that every *other* facet lets through: exactly the
list one gets by choosing that value alone in its facet. All counts, and the total, come from
one query over one queryset, which the caller has already passed through ``access.visible_to``:
what a visitor may not see is in no number.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Case, CharField, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Cast
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from .listing import ListingForm, SeveralChoices, paginate, values_of

if TYPE_CHECKING:
    from django.core.paginator import Page as ResultsPage
    from django.db.models import Model
    from django.http import HttpRequest, QueryDict

Choices = Sequence[tuple[str, Any]]
TOTAL = -1  # stands for the number of a facet in the answer of the counting query


@dataclass(frozen=True, kw_only=True)
class Facet:
    """One aspect of a list. ``name`` is its word in addresses.

    ``choices`` are its values with their words, where they do not come from the form
    (``FacetedForm.choices_of``).
    """

    name: str
    label: Any
    choices: Choices = ()

    def condition(self, chosen: list[str]) -> Q:
        """What a row must meet to have one of these values."""
        raise NotImplementedError

    def column(self) -> Any | None:
        """The value of a row as text, or None where rows of another table hold it."""
        return None

    def rows(self) -> QuerySet[Any, Any] | None:
        """Pairs (key of a row, value) where another table holds the values."""
        return None


@dataclass(frozen=True, kw_only=True)
class ColumnFacet(Facet):
    """A column of the list, or a transform of one: ``kind``."""

    lookup: str

    def condition(self, chosen: list[str]) -> Q:
        return Q(**{f"{self.lookup}__in": chosen})

    def column(self) -> Any:
        return Cast(F(self.lookup), CharField())


@dataclass(frozen=True, kw_only=True)
class YearFacet(ColumnFacet):
    """The year of a day: asked as from–to, which an index of the day answers."""

    def condition(self, chosen: list[str]) -> Q:
        return reduce(operator.or_, [Q(**{f"{self.lookup}__year": int(year)}) for year in chosen])

    def column(self) -> Any:
        return Cast(F(f"{self.lookup}__year"), CharField())


@dataclass(frozen=True, kw_only=True)
class RowsFacet(Facet):
    """Rows of a child table: ``model`` has a key ``owner`` to the list, and ``value``."""

    model: Callable[[], type[Model]]
    owner: str = "page"
    value: str

    def condition(self, chosen: list[str]) -> Q:
        rows = self.model()._default_manager.filter(**{f"{self.value}__in": chosen})
        return Q(pk__in=rows.order_by().values(f"{self.owner}_id"))

    def rows(self) -> QuerySet[Any, Any]:
        manager = self.model()._default_manager
        return manager.order_by().values_list(f"{self.owner}_id", self.value)


@dataclass(frozen=True, kw_only=True)
class CaseFacet(Facet):
    """Values that are conditions, of which each row meets one at most."""

    cases: Mapping[str, Q] = field(default_factory=dict)

    def condition(self, chosen: list[str]) -> Q:
        return reduce(operator.or_, [self.cases[value] for value in chosen])

    def column(self) -> Any:
        whens = [When(condition, then=Value(value)) for value, condition in self.cases.items()]
        return Case(*whens, default=Value(""), output_field=CharField())


@dataclass(frozen=True)
class FacetValue:
    """A value as the page shows it. ``query`` is the address with the value put on or off."""

    value: str
    label: str
    count: int
    chosen: bool
    query: str

    @property
    def is_empty(self) -> bool:
        return self.count == 0

    @property
    def count_words(self) -> str:
        """The count for who listens. Here and not in the template, which takes ten times longer."""
        words = ngettext("(%(n)s result)", "(%(n)s results)", self.count)
        return words % {"n": self.count}


@dataclass(frozen=True)
class FacetGroup:
    """A facet as the page shows it."""

    name: str
    label: str
    values: list[FacetValue]

    @property
    def has_choice(self) -> bool:
        return any(value.chosen for value in self.values)


@dataclass(frozen=True)
class Counts:
    """``total`` things pass all facets; ``by_facet`` gives the number beside each value."""

    total: int
    by_facet: dict[str, dict[str, int]]


class FacetedForm(ListingForm):
    """A filter made of facets. A list declares ``facets`` and, if it can be sorted, ``sorts``.

    ``sorts`` maps a word of the query string to (label, order); the first is the default and
    stands in no address. What narrows a list without being a facet goes into ``scope``.
    """

    facets: ClassVar[tuple[Facet, ...]] = ()
    sorts: ClassVar[dict[str, tuple[Any, tuple[Any, ...]]]] = {}

    def __init__(self, data: QueryDict | None, *, language_code: str) -> None:
        self.language_code = language_code
        super().__init__(data, {f.name: list(self.choices_of(f)) for f in self.facets})

    def choices_of(self, facet: Facet) -> Choices:
        """Every value that a facet understands, with its words, in their order."""
        return facet.choices

    def add_fields(self) -> None:
        for facet in self.facets:
            self.fields[facet.name] = SeveralChoices(label=facet.label)
        if self.sorts:
            labels = [(name, label) for name, (label, _order) in self.sorts.items()]
            self.fields["sort"] = forms.ChoiceField(
                label=_("Sort by"), required=False, choices=labels
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("sort") == next(iter(self.sorts), None):
            cleaned["sort"] = ""
        return cleaned

    # --- narrowing --------------------------------------------------------------------------

    def scope(self, queryset: Any) -> Any:
        """What narrows the list besides its facets; counts and list share it."""
        return queryset

    def apply(self, queryset: Any) -> Any:
        """Any of the chosen values in each facet, all facets together, in the chosen order."""
        queryset = self.scope(queryset)
        for condition in self._conditions.values():
            queryset = queryset.filter(condition)
        return self.sort(queryset)

    def sort(self, queryset: Any) -> Any:
        if not self.sorts:
            return queryset
        chosen = self.cleaned_data.get("sort") or next(iter(self.sorts))
        return queryset.order_by(*self.sorts[chosen][1])

    @cached_property
    def _conditions(self) -> dict[str, Q]:
        """Conditions of the facets in which something was chosen."""
        return {
            facet.name: facet.condition(chosen)
            for facet in self.facets
            if (chosen := self.cleaned_data.get(facet.name))
        }

    # --- counting ---------------------------------------------------------------------------

    def counts(self, queryset: Any) -> Counts:
        """Count beside each value of each facet, and the total, in one query."""
        return count_facets(self.facets, self._conditions, self.scope(queryset))

    # --- what the page shows ------------------------------------------------------------------

    def listing(
        self, queryset: Any, request: HttpRequest, per_page: int, counts: Counts | None = None
    ) -> Listing:
        """The whole list for a page: counts, total and rows asked, ready for a template.

        ``queryset`` is what this visitor may see, nothing chosen yet. Its prefetches and
        ``for_cards`` are kept for the rows. ``counts`` where they are known otherwise.
        """
        counts = counts or self.counts(queryset)
        page = paginate(self.apply(queryset), request, per_page, counts.total)
        return Listing(self, counts, page)

    def toggled(self, name: str, value: str) -> str:
        """The canonical query string with this value put on, or off where it is on."""
        pairs = list(self.pairs())
        if (name, value) in pairs:
            pairs.remove((name, value))
            return urlencode(pairs)
        chosen = {*pairs, (name, value)}
        ordered = [
            (facet.name, key)
            for facet in self.facets
            for key, _label in values_of(self.fields[facet.name])
            if (facet.name, key) in chosen
        ]
        facets = {facet.name for facet in self.facets}
        return urlencode(ordered + [pair for pair in pairs if pair[0] not in facets])

    def offers(self, value: FacetValue, facet: Facet) -> bool:
        """Does the page show this value? What is chosen is shown in any case."""
        return True

    def groups(self, counts: Counts) -> list[FacetGroup]:
        """Facets with their values, counts and addresses."""
        return [self._group(facet, counts.by_facet[facet.name]) for facet in self.facets]

    def _group(self, facet: Facet, counts: dict[str, int]) -> FacetGroup:
        chosen = set(self.cleaned_data.get(facet.name) or [])
        values = [
            FacetValue(
                value=key,
                label=str(label),
                count=counts.get(key, 0),
                chosen=key in chosen,
                query=self.toggled(facet.name, key),
            )
            for key, label in values_of(self.fields[facet.name])
        ]
        shown = [value for value in values if value.chosen or self.offers(value, facet)]
        return FacetGroup(facet.name, str(facet.label), shown)

    @property
    def choice_count(self) -> int:
        """How many values of facets were chosen."""
        return sum(len(self.cleaned_data.get(facet.name) or []) for facet in self.facets)

    @property
    def hides_from_engines(self) -> bool:
        """Beyond one value, or in another order, a list is for people, not for search engines."""
        return self.choice_count > 1 or bool(self.cleaned_data.get("sort"))


@dataclass(frozen=True)
class Listing:
    """A filtered list, ready for a template."""

    form: FacetedForm
    counts: Counts
    page: ResultsPage[Any]

    @property
    def total(self) -> int:
        return self.counts.total

    @cached_property
    def groups(self) -> dict[str, FacetGroup]:
        """Facets by name, in their order."""
        return {group.name: group for group in self.form.groups(self.counts)}

    @property
    def chips(self) -> list[dict[str, str]]:
        return list(self.form.chips())

    @property
    def ignored(self) -> list[str]:
        """What was asked and not followed, the page number included."""
        word = getattr(self.page, "ignored", "")
        return [*self.form.ignored, *([word] if word else [])]

    @property
    def query(self) -> str:
        """The canonical query string, without the page."""
        return self.form.query

    @property
    def canonical_query(self) -> str:
        """The canonical query string with the page, beyond the first."""
        if self.page.number == 1:
            return self.query
        page = f"page={self.page.number}"
        return f"{self.query}&{page}" if self.query else page

    @property
    def noindex(self) -> bool:
        return self.form.hides_from_engines or bool(self.ignored)


# --- the counting query -----------------------------------------------------------------------


def count_facets(
    facets: Sequence[Facet], conditions: Mapping[str, Q], queryset: QuerySet[Any]
) -> Counts:
    """Number of rows of ``queryset`` beside each value, and that pass all ``conditions``.

    One statement: the rows are gone through once, each with a flag for each facet that turns
    it away; a row turned away by two facets counts nowhere and is left out at once. Written
    as a common table because a query of the ORM would go through the rows once a facet.
    """
    none = Counts(0, {facet.name: {} for facet in facets})
    try:
        sql, params = _counting_sql(facets, conditions, queryset)
    except EmptyResultSet:
        return none
    with connections[queryset.db].cursor() as cursor:
        cursor.execute(sql, params)
        answer = cursor.fetchall()
    total = 0
    for number, value, count in answer:
        if number == TOTAL:
            total = count
        elif value is not None:
            none.by_facet[facets[number].name][str(value)] = count
    return Counts(total, none.by_facet)


def _counting_sql(
    facets: Sequence[Facet], conditions: Mapping[str, Q], queryset: QuerySet[Any]
) -> tuple[str, list[Any]]:
    """The statement and its parameters. Names come from the facets declared in code."""
    names = list(conditions)
    columns, sql, params = _rows_sql(facets, conditions, queryset)
    tables = [f"list ({', '.join(columns)}) AS MATERIALIZED ({sql})"]
    parameters = list(params)
    passes = {name: f"off_{name} = 0" for name in names}
    everything = " AND ".join(passes.values()) or "1 = 1"
    parts = [f"SELECT {TOTAL}, NULL, COUNT(*) FROM list WHERE {everything}"]  # noqa: S608
    for number, facet in enumerate(facets):
        others = [test for name, test in passes.items() if name != facet.name]
        where = " AND ".join(others) or "1 = 1"
        if (rows := facet.rows()) is None:
            parts.append(
                f"SELECT {number}, value_{facet.name}, COUNT(*) FROM list"  # noqa: S608
                f" WHERE {where} GROUP BY value_{facet.name}"
            )
            continue
        rows_sql, rows_params = rows.query.get_compiler(queryset.db).as_sql()
        tables.append(f"rows_{facet.name} (owner, value) AS ({rows_sql})")
        parameters += rows_params
        parts.append(
            f"SELECT {number}, rows_{facet.name}.value, COUNT(DISTINCT list.id)"  # noqa: S608
            f" FROM list JOIN rows_{facet.name} ON rows_{facet.name}.owner = list.id"
            f" WHERE {where} GROUP BY rows_{facet.name}.value"
        )
    return f"WITH {', '.join(tables)} {' UNION ALL '.join(parts)}", parameters


def _rows_sql(
    facets: Sequence[Facet], conditions: Mapping[str, Q], queryset: QuerySet[Any]
) -> tuple[list[str], str, tuple[Any, ...]]:
    """Columns and SELECT of the rows that at most one facet turns away: key, flags, values."""
    columns: dict[str, Any] = {
        f"off_{name}": Case(
            When(condition, then=Value(0)), default=Value(1), output_field=IntegerField()
        )
        for name, condition in conditions.items()
    }
    columns |= {
        f"value_{facet.name}": column for facet in facets if (column := facet.column()) is not None
    }
    if len(conditions) > 1:
        queryset = queryset.filter(_all_but_one(list(conditions.values())))
    plain = queryset.order_by().values_list("pk").annotate(**columns)
    sql, params = plain.query.get_compiler(queryset.db).as_sql()
    return ["id", *columns], sql, params


def _all_but_one(conditions: list[Q]) -> Q:
    """Rows that meet all conditions but one, whichever."""
    return reduce(
        operator.or_,
        [
            reduce(operator.and_, conditions[:left_out] + conditions[left_out + 1 :])
            for left_out in range(len(conditions))
        ],
    )
