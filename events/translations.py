"""Facts of an event are the same in every language, and follow the source at once.

wagtail-localize brings them over when somebody synchronises a translation, and somebody else
approves it. An event cancelled in French would stay announced in English until then, in its own
page, month and calendars. So what is no matter of words follows when the source is published: it
was approved there. Words, links for one language and why it is cancelled stay the translation's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings

if TYPE_CHECKING:
    from .models import EventPage

FACTS = (
    *("start_date", "start_time", "end_date", "end_time", "time_zone"),
    *("kind", "status", "previous_date", "format", "registration_deadline"),
    *("address", "postcode", "city", "region", "latitude", "longitude"),
)


def share_facts(event: EventPage) -> list[EventPage]:
    """An event was published: what its translations changed by it, itself not counted.

    The source gives its facts to the translations that are online; a translation takes those of
    the source, whatever the draft said that was published.
    """
    kin: Any = (
        type(event)
        ._base_manager.filter(
            translation_key=event.translation_key, live=True, alias_of__isnull=True
        )
        .exclude(pk=event.pk)
    )
    if event.locale.language_code == settings.LANGUAGE_CODE:
        return [other for other in kin.select_related("locale") if _take(other, event)]
    source = kin.filter(locale__language_code=settings.LANGUAGE_CODE).first()
    if source is not None:
        _take(event, source)
    return []


def _take(event: EventPage, source: EventPage) -> bool:
    """Write the facts of ``source`` into the published ``event``; were they others?"""
    changed = [name for name in FACTS if getattr(event, name) != getattr(source, name)]
    if not changed:
        return False
    for name in changed:
        setattr(event, name, getattr(source, name))
    # Calendars ask by this moment whether anything is new.
    event.last_published_at = max(
        filter(None, (event.last_published_at, source.last_published_at)), default=None
    )
    event.settle_dates()
    event.save(
        clean=False,
        update_fields=[
            *changed,
            *("starts_at", "ends_at", "over_at", "last_date", "last_published_at"),
        ],
    )
    return True
