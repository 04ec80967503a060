"""Keeps the index in step with what is published.

An entry is made from what the database holds of the *published* page, never from an object in
memory that may carry a draft. A page that is not published has no entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from wagtail.models import Page
from wagtail.search import index

from .. import access
from ..models import BasePage, DocumentText, Exposure, SearchEntry, SearchWord, SiteDocument
from . import engines
from .words import spelled_words, stems_of, words_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

MAX_BODY = 200_000  # characters: far below the megabyte of a PostgreSQL vector
MAX_NEW_WORDS = 3000  # of one entry, kept to be proposed
BATCH = 200
DOCUMENTS = "documents"  # the group of documents; that of a page is its type


def group_of(page: Page) -> str:
    return str(page._meta.label_lower)


# --- one page, one document -------------------------------------------------------------------


def index_page(page: Page) -> None:
    """Bring the entry of a page in step, and those of the documents it uses."""
    fresh = Page.objects.filter(pk=page.pk).first()
    if fresh is None:
        return
    specific = fresh.specific
    if specific.live and isinstance(specific, BasePage):
        write([entry_of_page(specific)])
        _follow_kin(specific)
    else:
        remove(SearchEntry.objects.filter(page_id=page.pk))
    for document in documents_of(fresh):
        index_document(document)


def forget_page(page: Page) -> None:
    """Take a page out of the index; its documents may be left with nobody who uses them."""
    remove(SearchEntry.objects.filter(page_id=page.pk))
    for document in documents_of(page):
        index_document(document)


def index_document(document: SiteDocument) -> None:
    """Bring the entry of a document in step."""
    if entry := entry_of_document(document):
        write([entry])
    else:
        remove(SearchEntry.objects.filter(document_id=document.pk))


def remove(entries: QuerySet[SearchEntry]) -> None:
    ids = list(entries.values_list("pk", flat=True))
    if ids:
        SearchEntry.objects.filter(pk__in=ids).delete()


# --- what an entry holds --------------------------------------------------------------------


def entry_of_page(page: Any) -> SearchEntry:
    """The entry of a published page, not saved yet."""
    language = page.locale.language_code
    return SearchEntry(
        page_id=page.pk,
        language=language,
        group=group_of(page),
        exposure=getattr(page, "exposure", Exposure.OPEN),
        title=page.title[:255],
        summary=page.summary,
        body=body_of_page(page),
        title_terms=title_terms(page.title, language),
        changed_at=page.last_published_at or page.first_published_at or timezone.now(),
    )


def body_of_page(page: Any) -> str:
    """Text of the searchable fields besides title and summary, and the words the type adds."""
    parts: list[str] = []
    for field in page.get_search_fields():
        if isinstance(field, index.SearchField) and field.field_name not in {"title", "summary"}:
            value = field.get_value(page)
            parts += (
                [str(item) for item in value] if isinstance(value, list) else [str(value or "")]
            )
    # A type may add words that are in none of its columns: names of its missions and themes.
    extra = getattr(page, "search_words", None)
    if callable(extra):
        parts += extra()
    return "\n".join(part for part in parts if part)[:MAX_BODY]


def entry_of_document(document: SiteDocument) -> SearchEntry | None:
    """The entry of a document that published pages use; its text where it could be read."""
    users: Any = access.pages_that_use(document)
    specific = users.specific(defer=False)
    pages = [page for page in specific if isinstance(page, BasePage)]
    if not pages:
        return None
    text = DocumentText.objects.filter(document=document).values_list("text", flat=True).first()
    languages = {page.locale.language_code for page in pages}
    language = languages.pop() if len(languages) == 1 else ""
    return SearchEntry(
        document_id=document.pk,
        language=language,
        group=DOCUMENTS,
        exposure=max(getattr(page, "exposure", Exposure.OPEN) for page in pages),
        title=document.title[:255],
        body=(text or document.transcript or "")[:MAX_BODY],
        title_terms=title_terms(document.title, language),
        changed_at=document.created_at,
    )


def title_terms(title: str, language: str) -> str:
    """Stems of a title, a bar, and its folded words: a prefix may be longer than a stem."""
    return f" {' '.join(stems_of(title, language))} | {' '.join(words_of(title))} "


def documents_of(page: Page) -> list[SiteDocument]:
    """Documents that a page refers to, by Wagtail's index of references."""
    from django.contrib.contenttypes.models import ContentType
    from wagtail.models import ReferenceIndex

    ids = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id=str(page.pk),
        to_content_type=ContentType.objects.get_for_model(SiteDocument),
    ).values_list("to_object_id", flat=True)
    return list(SiteDocument.objects.filter(pk__in=[int(pk) for pk in ids]))


# --- writing -----------------------------------------------------------------------------------


def write(entries: Sequence[SearchEntry]) -> None:
    """Write entries in the place of those there were, at most ``BATCH`` in one go."""
    for start in range(0, len(entries), BATCH):
        _write(entries[start : start + BATCH])


def _write(entries: Sequence[SearchEntry]) -> None:
    with transaction.atomic():
        before = SearchEntry.objects.filter(
            page_id__in=[entry.page_id for entry in entries if entry.page_id]
        ) | SearchEntry.objects.filter(
            document_id__in=[entry.document_id for entry in entries if entry.document_id]
        )
        ids = list(before.values_list("pk", flat=True))
        engines.forget(ids)
        SearchEntry.objects.filter(pk__in=ids)._raw_delete("default")
        made = SearchEntry.objects.bulk_create(entries)
        engines.store(made)
        _learn_words(made)


def _learn_words(entries: Iterable[SearchEntry]) -> None:
    """Keep the words of open entries, to propose them to those who mistype."""
    words: dict[tuple[str, str], str] = {}
    for entry in entries:
        if entry.exposure == Exposure.OPEN:
            text = f"{entry.title} {entry.summary} {entry.body[:20_000]}"
            for count, (folded, written) in enumerate(spelled_words(text)):
                if count >= MAX_NEW_WORDS:
                    break
                words.setdefault((entry.language or "fr", folded), written)
    rows = [
        SearchWord(language=language, folded=folded, word=written[:40])
        for (language, folded), written in words.items()
    ]
    SearchWord.objects.bulk_create(rows, ignore_conflicts=True)


def _follow_kin(page: Any) -> None:
    """Translations and aliases whose exposure changed with this page's."""
    if not hasattr(type(page), "settle_exposure") and not hasattr(page, "own_exposure"):
        return
    kin = access.kin_of(page).exclude(pk=page.pk)
    strictest = kin.aggregate(strictest=Max("exposure"))["strictest"]
    if strictest is not None:
        SearchEntry.objects.filter(page_id__in=list(kin.values_list("pk", flat=True))).update(
            exposure=strictest
        )


# --- all of it ----------------------------------------------------------------------------------


def rebuild(*, after: int = 0, batch: int = BATCH) -> Iterable[int]:
    """Write the entries of all published pages with a key above ``after``, then of documents.

    Gives the key of the last page of each batch: where to go on if it is stopped.
    """
    models = {model._meta.label_lower: model for model in _page_types()}
    while True:
        keys = Page.objects.filter(live=True, pk__gt=after).order_by("pk")
        chunk = list(keys.values_list("pk", "content_type__model")[:batch])
        if not chunk:
            break
        for model in models.values():
            ids = [pk for pk, name in chunk if name == model._meta.model_name]
            if ids:
                write([entry_of_page(page) for page in _ready(model).filter(pk__in=ids)])
        after = chunk[-1][0]
        yield after
    gone = SearchEntry.objects.filter(page__isnull=False).exclude(page__live=True)
    remove(gone)
    for document in SiteDocument.objects.iterator():
        index_document(document)


def _page_types() -> list[type[Any]]:
    from wagtail.models import get_page_models

    return [model for model in get_page_models() if issubclass(model, BasePage)]


def _ready(model: type[Any]) -> Any:
    """Pages of a type with what their entries ask for, in a constant number of queries."""
    pages = model._default_manager.select_related("locale")
    return pages.with_labels() if hasattr(pages, "with_labels") else pages
