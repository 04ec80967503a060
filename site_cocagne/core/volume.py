"""Pages in bulk, for measuring: what treebeard makes in 35 ms each is written at once here.

The tree stays sound (``fix_tree`` finds nothing), but nothing listens: no search entry, no
reference, no revision. Rebuild what a measure needs.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models.sql import InsertQuery
from django.utils import timezone
from wagtail.models import Page

from .memo import new_generation

ROWS_A_STATEMENT = 100  # SQLite takes a limited number of values in one


@transaction.atomic
def add_below(parent: Page, count: int, make: Callable[[dict[str, Any]], Page]) -> list[Any]:
    """Write ``count`` published pages below ``parent``, all of one type; gives them.

    ``make`` gets what places a page in the tree and gives the page, not saved.
    """
    locked = Page.objects.select_for_update().get(pk=parent.pk)
    first = (Page.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    pages = [make(place) for place in _places(locked, count, first)]
    if not pages:
        return []
    model = type(pages[0])
    for page in pages:
        page.content_type = ContentType.objects.get_for_model(model)
        page.draft_title = page.title
    # The two tables of a page one after the other: bulk_create refuses inherited models.
    bases = Page.objects.bulk_create([_base(page) for page in pages])
    for page, base in zip(pages, bases, strict=True):
        page.page_ptr_id = page.pk = base.pk
    fields = list(model._meta.local_concrete_fields)
    for start in range(0, len(pages), ROWS_A_STATEMENT):
        query = InsertQuery(model)
        query.insert_values(fields, pages[start : start + ROWS_A_STATEMENT])
        query.get_compiler(connection=connection).execute_sql()
    Page.objects.filter(pk=locked.pk).update(numchild=locked.numchild + count)
    new_generation()
    return pages


def _places(parent: Page, count: int, first: int) -> list[dict[str, Any]]:
    """What places each new page: path, slug, address, language, dates of publication."""
    last = parent.get_last_child()
    path = last.path if last else Page._get_path(parent.path, parent.depth + 1, 0)
    now = timezone.now()
    places = []
    for number in range(count):
        path = str(Page(path=path, depth=len(path) // Page.steplen)._inc_path())
        slug = f"volume-{first}-{number}"
        places.append(
            {
                "path": path,
                "depth": parent.depth + 1,
                "numchild": 0,
                "slug": slug,
                "url_path": f"{parent.url_path}{slug}/",
                "locale_id": parent.locale_id,
                "live": True,
                "has_unpublished_changes": False,
                "first_published_at": now,
                "last_published_at": now,
            }
        )
    return places


def _base(page: Page) -> Page:
    """The part of a page that stands in Wagtail's table."""
    names = [field.attname for field in Page._meta.concrete_fields if not field.primary_key]
    return Page(**{name: getattr(page, name) for name in names})


def take_stock() -> None:
    """Tell PostgreSQL how much there is now; until it knows, it plans as for empty tables.

    It finds out by itself within a minute or so, which the first visitors would wait through.
    The site's own tables by name: without names the catalogues that all databases of the server
    share are looked through as well, and stay locked until the end of the transaction.
    """
    if connection.vendor == "postgresql":
        tables = connection.introspection.django_table_names(only_existing=True)
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {', '.join(map(connection.ops.quote_name, sorted(tables)))}")
