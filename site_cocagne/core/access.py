"""Who may see what: the only place that decides (docs/decisions/access.md tells why).

Two verbs, used by every surface that shows anything to a visitor:

``can_view(user, obj)``
    may this person read this page, document or picture in full?
``visible_to(user, queryset)``
    the part of a queryset of pages, documents or pictures that this person may read in full;
    with ``doors=True`` also the reserved pages that show their title and summary to others.

What the verbs rest on:

* the audience of a page is content, and belongs to its *kin*: its translations and aliases.
  ``exposure`` holds the strictest of the kin, on every page of it (``settle_exposure``);
* a page type may be reserved whatever an editor does (``ReservedByTypeMixin``);
* Wagtail's view restrictions are honoured on top, over the whole kin as well;
* a member is who has a current affiliation at the moment of asking: never a group;
* those who may edit a page may read it.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache, reduce
from operator import and_, or_
from typing import Any, TypeVar, cast

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Exists,
    F,
    Func,
    IntegerField,
    Max,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Cast, Greatest
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    BaseViewRestriction,
    CollectionViewRestriction,
    Page,
    PageViewRestriction,
    ReferenceIndex,
)
from wagtail.permissions import policy_registry

from .models.audience import Audience, AudienceMixin, Door, Exposure, ReservedByTypeMixin

# A user as the request gives it: the account model of the project, or nobody. It is not named
# here, because the account belongs to an app that stands on this one.
AnyUser = Any
Pages = TypeVar("Pages", bound=QuerySet[Any, Any])

# Those who hold one of these rights over a page read it in order to do their work.
WORKING_RIGHTS = ("add", "change", "publish", "lock", "unlock")


# --- people ---------------------------------------------------------------------------------


def is_member(user: AnyUser) -> bool:
    """Is this person a member now? Worked out from affiliations, once a request."""
    if not user.is_authenticated or not user.is_active:
        return False
    if not hasattr(user, "_is_member_now"):
        user._is_member_now = user.has_current_membership()
    return bool(user._is_member_now)


def is_superuser(user: AnyUser) -> bool:
    return bool(user.is_active and getattr(user, "is_superuser", False))


def working_paths(user: AnyUser) -> list[str]:
    """Tree paths of the sections in which this person works: a right there opens what is below."""
    if not user.is_authenticated or not user.is_active:
        return []
    policy = policy_registry.get_by_type(Page)
    codenames = {f"{action}_page" for action in WORKING_RIGHTS}
    return sorted(
        {
            row.page.path
            for row in policy.get_cached_permissions_for_user(user)
            if row.permission.codename in codenames
        }
    )


def works_on(user: AnyUser, page: Page) -> bool:
    """Does this person hold a right over the section of the page (or over everything)?"""
    return is_superuser(user) or any(page.path.startswith(path) for path in working_paths(user))


# --- the two verbs ----------------------------------------------------------------------------


def can_view(user: AnyUser, obj: Page | Model) -> bool:
    """May ``user`` read ``obj`` in full? For a page this asks nothing of its being published."""
    if is_superuser(user):
        return True
    if isinstance(obj, Page):
        return _can_view_page(user, obj)
    if isinstance(obj, get_document_model()):
        return _can_view_document(user, obj)
    if isinstance(obj, get_image_model()):
        return visible_to(user, type(obj)._default_manager.filter(pk=obj.pk)).exists()
    raise TypeError(f"No rule of access is known for {type(obj).__name__}.")


def visible_to(user: AnyUser, queryset: Pages, *, doors: bool = False) -> Pages:
    """The part of ``queryset`` that ``user`` may read; pages: the published ones.

    ``doors=True`` adds the reserved pages whose door is shown to everybody: a caller that asks
    for them shows title and summary with a lock, nothing else (see ``is_locked_for``).
    It costs no query of its own beyond the person's rights, asked once a request.
    """
    model = queryset.model
    if issubclass(model, Page):
        return cast("Pages", _visible_pages(user, queryset, doors=doors))
    if issubclass(model, get_document_model()):
        return cast("Pages", _visible_documents(user, queryset))
    if issubclass(model, get_image_model()):
        return cast("Pages", _visible_images(user, queryset))
    raise TypeError(f"No rule of access is known for {model.__name__}.")


def reach_below(user: AnyUser, parent: Page, *, doors: bool = False) -> Exposure | None:
    """The exposure up to which ``visible_to`` gives this person the pages below ``parent``.

    For types with an audience. None where exposure alone does not say it: somebody who works
    on a part of what is below, or restrictions of Wagtail's, which must be asked page by page.
    """
    if is_superuser(user):
        return Exposure.HIDDEN
    paths = working_paths(user)
    if any(parent.path.startswith(path) for path in paths):
        return Exposure.HIDDEN
    if any(path.startswith(parent.path) for path in paths):
        return None
    restrictions = _shut_to(user, PageViewRestriction.objects.all())
    if _restrictions_in_force(parent) and restrictions.exists():
        return None
    if is_member(user):
        return Exposure.HIDDEN
    return Exposure.TEASER if doors else Exposure.OPEN


def is_reserved(page: Page) -> bool:
    """Is the page for members only, by its audience, its kin's, or its type?"""
    specific = page if hasattr(page, "exposure") else page.specific
    return bool(getattr(specific, "exposure", Exposure.OPEN) > Exposure.OPEN)


def is_locked_for(user: AnyUser, page: Page) -> bool:
    """For a page that a list with ``doors=True`` gave: is only its door to be shown?

    No query per row: a restriction of Wagtail's own never has a door, so that what such a list
    holds is locked exactly when it is reserved to people who are not this one.
    """
    if not is_reserved(page) or is_superuser(user) or is_member(user):
        return False
    return not works_on(user, page)


# --- pages --------------------------------------------------------------------------------------


def audience_models() -> list[type[Page]]:
    """Page types with an audience of their own."""
    return [m for m in apps.get_models() if issubclass(m, AudienceMixin) and issubclass(m, Page)]


def reserved_models() -> list[type[Page]]:
    """Page types that are for members whatever an editor does."""
    return [
        m for m in apps.get_models() if issubclass(m, ReservedByTypeMixin) and issubclass(m, Page)
    ]


def _can_view_page(user: AnyUser, page: Page) -> bool:
    """What the database says of the page, and the page as it is held: the stricter of both.

    An old revision or a draft carries the exposure of its own day, so it is never believed
    when it says open; a draft that reserves the page is believed before it is published.
    """
    if hasattr(page, "restrictions_in_force"):
        # For the rest of the request: the lists on the page need not ask again.
        user._restrictions_in_force = page.restrictions_in_force
    if not is_member(user) and (
        isinstance(page, ReservedByTypeMixin) or _asks_to_be_reserved(page)
    ):
        return works_on(user, page)
    model = _kind_of(page)
    if not _has_audience(model) and not _restrictions_in_force(page):
        return True
    closed = _closed(user, model, Exposure.OPEN)
    if not model._base_manager.filter(pk=page.pk).filter(closed).exists():
        return True
    return works_on(user, page)


def knowing_restrictions(queryset: Pages) -> Pages:
    """Pages with the answer to whether any restriction of Wagtail's is in force on the site.

    For a page that is about to be served: it spares the question at its door, and in the lists
    on it.
    """
    return queryset.annotate(restrictions_in_force=Exists(PageViewRestriction.objects.all()))


def _restrictions_in_force(page: Page) -> bool:
    """Perhaps, unless the query that read the page said that there are none."""
    return bool(getattr(page, "restrictions_in_force", True))


def _has_audience(model: type[Page]) -> bool:
    return model is Page or issubclass(model, (AudienceMixin, ReservedByTypeMixin))


def _kind_of(page: Page) -> type[Page]:
    """The page's own type, also where it is held as a plain ``Page``."""
    return page.cached_content_type.model_class() or Page


def _asks_to_be_reserved(page: Page) -> bool:
    return bool(isinstance(page, AudienceMixin) and page.own_exposure > Exposure.OPEN)


def _visible_pages(user: AnyUser, queryset: QuerySet[Any], *, doors: bool) -> QuerySet[Any]:
    queryset = queryset.filter(live=True)
    if is_superuser(user):
        return queryset
    reasons = _reasons(user, queryset.model, Exposure.TEASER if doors else Exposure.OPEN)
    if not reasons:
        return queryset
    # Each reason for itself, not one OR of them: only so PostgreSQL joins the tables of page
    # types (fifteen times faster over a hundred thousand pages) instead of asking row by row.
    shown = reduce(and_, (~reason for reason in reasons))
    for path in working_paths(user):
        shown |= Q(path__startswith=path)
    return queryset.filter(shown)


def _closed(user: AnyUser, model: type[Model], allowed: Exposure) -> Q:
    """Pages shut to this person, the sections they work in not counted."""
    return reduce(or_, _reasons(user, model, allowed) or [Q(pk__in=[])])


def _reasons(user: AnyUser, model: type[Model], allowed: Exposure) -> list[Q]:
    """Any of these shuts a page to this person."""
    reasons = [] if is_member(user) else list(_reserved(model, allowed))
    if getattr(user, "_restrictions_in_force", True):
        reasons.insert(0, _restricted(user, model))
    return reasons


@cache
def _reserved(model: type[Model], allowed: Exposure) -> tuple[Q, ...]:
    """Pages more closed than ``allowed``, for one page type or for all: any of these."""
    if issubclass(model, ReservedByTypeMixin):
        return (Q(pk__isnull=False),)
    if issubclass(model, AudienceMixin):
        # Equality where it says the same: an index then gives the open ones in their order.
        open_only = allowed is Exposure.OPEN
        return (~Q(exposure=allowed) if open_only else Q(exposure__gt=allowed),)
    if model is not Page:
        return ()
    # EXISTS, not IN: a few pages are looked up one by one, many at once, as the planner sees fit.
    # As text, not as querysets: every list of pages asks this, and to put the subqueries together
    # each time took longer than to answer them.
    closed = [(kind, f" AND exposure > {int(allowed)}") for kind in audience_models()]
    closed += [(kind, "") for kind in reserved_models()]
    return tuple(Q(_has_row(kind, more)) for kind, more in closed)


def _has_row(kind: type[Page], more: str) -> Func:
    """Has a page a row among those of this type, and is ``more`` (SQL of ours) true of it?"""
    table, key = kind._meta.db_table, kind._meta.pk.column
    text = f"EXISTS (SELECT 1 FROM {table} WHERE {table}.{key} = %(expressions)s{more})"  # noqa: S608
    return Func(F("pk"), template=text, output_field=BooleanField())


def _restricted(user: AnyUser, model: type[Model]) -> Q:
    """Pages shut by a view restriction of Wagtail's, on the path of the page or of its kin."""
    if not user.is_authenticated:
        return _restricted_to_some(model)
    return _behind(_shut_to(user, PageViewRestriction.objects.all()), model)


@cache
def _restricted_to_some(model: type[Model]) -> Q:
    return _behind(PageViewRestriction.objects.all(), model)


def _behind(restrictions: QuerySet[Any], model: type[Model]) -> Q:
    kin = Page.objects.filter(  # the page itself counted in
        Q(translation_key=OuterRef(OuterRef("translation_key")))
        | Q(pk=OuterRef(OuterRef("alias_of")))
    )
    below = kin.annotate(top=Cast(OuterRef("page__path"), CharField())).filter(
        path__startswith=F("top")
    )
    # The restrictions come first: a site that has none looks at no page at all.
    on_the_way = Q(Exists(restrictions.filter(Exists(below))))
    if model is Page and connection.vendor == "postgresql":
        return on_the_way
    # One table is walked in the order of an index: whether there is any restriction is asked once
    # before. Among the joins of all types the same question makes PostgreSQL misjudge the others.
    # SQLite needs it there: what its statistics say nothing of (an empty table) it takes for
    # large, and walks all pages for each page: two minutes for three thousand.
    return Q(Exists(restrictions)) & on_the_way


def _shut_to(user: AnyUser, restrictions: QuerySet[Any]) -> QuerySet[Any]:
    """Those of Wagtail's restrictions, of pages or collections, that hold for this person.

    The groups are asked once a request and named one by one: each level of subqueries less
    counts, for SQLite reads no query that is nested too deep.
    """
    if not user.is_authenticated or not user.is_active:
        return restrictions
    restrictions = restrictions.exclude(restriction_type=BaseViewRestriction.LOGIN)
    if not hasattr(user, "_group_ids"):
        user._group_ids = list(user.groups.values_list("pk", flat=True))
    if not user._group_ids:
        return restrictions
    groups = restrictions.model._meta.get_field("groups")
    passed = groups.remote_field.through._default_manager.filter(group_id__in=user._group_ids)
    return restrictions.exclude(
        restriction_type=BaseViewRestriction.GROUPS,
        pk__in=passed.values(groups.m2m_field_name() + "_id"),
    )


# --- the kin of a page -----------------------------------------------------------------------


def kin_of(page: Page) -> QuerySet[Any]:
    """All pages that stand or fall with ``page``: translations and aliases, itself included."""
    model = type(page)
    keys: set[Any] = set()
    found = {page.translation_key}
    if page.alias_of_id:
        found |= set(
            Page.objects.filter(pk=page.alias_of_id).values_list("translation_key", flat=True)
        )
    while found - keys:
        keys |= found
        sources = Page.objects.filter(aliases__translation_key__in=keys)
        aliases = Page.objects.filter(alias_of__translation_key__in=keys)
        found = set(sources.values_list("translation_key", flat=True)) | set(
            aliases.values_list("translation_key", flat=True)
        )
    return model._default_manager.filter(translation_key__in=keys)


OWN_EXPOSURE = Case(
    When(~Q(audience=Audience.MEMBERS), then=Value(Exposure.OPEN.value)),
    When(door=Door.HIDDEN, then=Value(Exposure.HIDDEN.value)),
    default=Value(Exposure.TEASER.value),
    output_field=IntegerField(),
)


def settle_exposure(page: Any) -> Exposure:
    """The strictest exposure of ``page`` and its kin, written on the kin at once.

    Called by ``AudienceMixin.save`` before the page itself is written. The kin is written
    first when it closes, so that no moment leaves a translation more open than its source.

    A page that was never published does not count for the others: what a draft says of its
    audience holds for the draft, and for its kin once it has been reviewed and published.
    One that was unpublished still counts, or taking the reserved source offline would open
    its translations.
    """
    kin = kin_of(page).exclude(pk=page.pk)
    counted = kin.filter(Q(live=True) | Q(first_published_at__isnull=False))
    of_kin = counted.aggregate(strictest=Max(OWN_EXPOSURE))["strictest"] or Exposure.OPEN
    for_kin = Exposure(of_kin)
    if page.live or page.first_published_at:
        for_kin = Exposure(max(page.own_exposure, of_kin))
    others = list(kin.values_list("pk", flat=True))
    if others:
        # ``update`` on a queryset of a multi-table child goes through the parent's keys.
        type(page)._base_manager.filter(pk__in=others).update(
            exposure=Greatest(OWN_EXPOSURE, Value(for_kin.value))
        )
    return Exposure(max(page.own_exposure, of_kin))


# --- documents and pictures -----------------------------------------------------------------


def pages_that_use(obj: Model) -> QuerySet[Page]:
    """The published pages whose content refers to this document or picture."""
    references = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(obj),
        to_object_id=str(obj.pk),
        base_content_type=ContentType.objects.get_for_model(Page),
    )
    ids = [int(value) for value in references.values_list("object_id", flat=True)]
    return Page.objects.filter(pk__in=ids, live=True)


def _can_view_document(user: AnyUser, document: Any) -> bool:
    """The captions of a recording, which no page names, follow the recording."""
    if _may_change(user, document):
        return True
    model = type(document)
    alone = model._default_manager.filter(pk=document.pk)
    if _visible_documents(user, alone).exists():
        return True
    if alone.filter(Exists(_uses(model))).exists():
        return False
    return _visible_documents(user, model._default_manager.filter(captions=document)).exists()


def _visible_documents(user: AnyUser, queryset: QuerySet[Any]) -> QuerySet[Any]:
    """Documents used by a published page, all of whose published pages this person may read."""
    if is_superuser(user):
        return queryset
    used = Exists(_uses(queryset.model))
    hidden = _uses(queryset.model, outside=user)
    return queryset.filter(used).exclude(Exists(hidden)).exclude(_in_closed_collection(user))


def _visible_images(user: AnyUser, queryset: QuerySet[Any]) -> QuerySet[Any]:
    """Pictures in use, that no page closed to this person uses, in no closed collection.

    What shows beside the pages (a partner's logo) counts as use. A picture that nothing
    published uses is for those who work with pictures in the admin.
    """
    if is_superuser(user):
        return queryset
    model = queryset.model
    used = Exists(_uses(model)) | Exists(_uses_outside_pages(model))
    shown = Q(used) & ~Q(Exists(_uses(model, outside=user))) & ~Q(_in_closed_collection(user))
    if (worked_with := _collections_of(user, model)) is not None:
        shown |= Q(collection__in=worked_with)
    return queryset.filter(shown)


def public_images(ids: Collection[int]) -> set[int]:
    """Which of these pictures anybody may see: only they may have a public rendition."""
    pictures = get_image_model()._default_manager.filter(pk__in=ids)
    return set(_visible_images(AnonymousUser(), pictures).values_list("pk", flat=True))


def _collections_of(user: AnyUser, model: type[Model]) -> QuerySet[Any] | None:
    """Collections in which this person adds, chooses or changes such files in the admin."""
    if not user.is_authenticated or not user.is_active:
        return None
    policy = policy_registry.get_by_type(model)
    actions = ["add", "change", "choose"]
    if not policy.user_has_any_permission(user, actions):
        return None
    found: QuerySet[Any] = policy.collections_user_has_any_permission_for(user, actions)
    return found


def _uses_outside_pages(model: type[Model]) -> QuerySet[ReferenceIndex]:
    """References to the outer object from what is not a page: snippets, settings."""
    return ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(model),
        to_object_id=Cast(OuterRef("pk"), CharField()),
    ).exclude(base_content_type=ContentType.objects.get_for_model(Page))


def _uses(model: type[Model], outside: AnyUser | None = None) -> QuerySet[ReferenceIndex]:
    """References to the outer object from published pages; those ``outside`` may not read."""
    pages = Page.objects.filter(live=True)
    if outside is not None:
        pages = pages.filter(_closed(outside, Page, Exposure.OPEN))
        for path in working_paths(outside):
            pages = pages.exclude(path__startswith=path)
    return ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(model),
        to_object_id=Cast(OuterRef("pk"), CharField()),
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id__in=pages.annotate(key=Cast("pk", CharField())).values("key"),
    )


def _in_closed_collection(user: AnyUser) -> Exists:
    restrictions = _shut_to(user, CollectionViewRestriction.objects.all())
    return Exists(
        restrictions.annotate(outer_path=Cast(OuterRef("collection__path"), CharField())).filter(
            outer_path__startswith=F("collection__path")
        )
    )


def _may_change(user: AnyUser, obj: Model) -> bool:
    if not user.is_authenticated:
        return False
    policy = policy_registry.get(obj)
    return bool(policy.user_has_permission_for_instance(user, "change", obj))
