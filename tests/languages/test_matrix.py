"""The matrix of translations: what it says, whom it shows it to, what its clicks do."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from editorial.translations_matrix import State, rows
from home.models import ContentPage, HomePage
from tests import factories
from tests.languages.test_treatment import english, translate

MATRIX = "/admin/bureau/traductions/"
LoggedIn = Callable[[Any], Client]


@pytest.fixture
def both(home: HomePage) -> HomePage:
    translate(home)
    return home


def states(user: Any, page: Page) -> set[State]:
    row = next(row for row in rows(user) if row.pk == page.pk)
    return set(row.cells[0].states)


def test_each_state_is_told(both: HomePage, superuser: Any) -> None:
    page = factories.content(both)
    assert states(superuser, page) == {State.MISSING}
    target = translate(page)
    assert states(superuser, page) == {State.CURRENT}
    changed = timezone.now() + datetime.timedelta(seconds=5)
    Page.objects.filter(pk=page.pk).update(last_published_at=changed)
    assert states(superuser, page) == {State.BEHIND}
    target.unpublish()
    assert states(superuser, page) == {State.BEHIND, State.DRAFT}


def test_a_translation_of_another_audience_is_told(both: HomePage, superuser: Any) -> None:
    page = factories.content(both)
    target = translate(page)
    target.audience = "members"
    target.save_revision().publish()
    assert states(superuser, page) == {State.CLOSER}
    page = ContentPage.objects.get(pk=page.pk)
    page.audience, page.door = "members", "hidden"
    page.save_revision().publish()
    assert State.OPENER in states(superuser, page)


def test_the_page_filters_and_says_since_when(
    both: HomePage, superuser: Any, logged_in: LoggedIn
) -> None:
    page = factories.content(both, title="Une page à suivre")
    other = factories.content(both, title="Une page sans anglais")
    translate(page)
    source = Translation.objects.get(source__object_id=page.translation_key).source
    source.last_updated_at -= datetime.timedelta(days=9)
    source.save()
    Page.objects.filter(pk=page.pk).update(
        last_published_at=timezone.now() - datetime.timedelta(days=3)
    )
    client = logged_in(superuser)
    text = client.get(MATRIX).content.decode()
    assert "3 jours" in text
    text = client.get(MATRIX, {"etat": "behind", "langue": "en"}).content.decode()
    assert page.title in text
    assert other.title not in text
    text = client.get(MATRIX, {"etat": "nothing", "langue": "xx", "page": "x"}).content.decode()
    assert other.title in text


def test_it_costs_the_same_with_many_pages(
    both: HomePage, superuser: Any, logged_in: LoggedIn
) -> None:
    client = logged_in(superuser)
    counts = []
    for number in (2, 20):
        translate(factories.content(both))
        parent = factories.content(both)
        pages = [
            ContentPage(title=f"Page {n}", slug=f"p-{number}-{n}", locale=both.locale)
            for n in range(number)
        ]
        for page in pages:
            parent.add_child(instance=page)
        client.get(MATRIX)
        with CaptureQueriesContext(connection) as queries:
            client.get(MATRIX)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_one_click_begins_a_translation_and_one_brings_it_up_to_date(
    both: HomePage, validatrice: Any, logged_in: LoggedIn
) -> None:
    client = logged_in(validatrice)
    page = factories.content(both, title="Une page")
    locale = Locale.objects.get(language_code="en")
    client.post(reverse("editorial:translation_begin", args=[page.pk, locale.pk]))
    target = page.get_translation(locale)
    assert not target.live
    assert target.alias_of_id is None
    page.title = "Une page changée"
    page.save_revision().publish()
    number = Translation.objects.get(source__object_id=page.translation_key).pk
    client.post(reverse("editorial:translation_sync", args=[number]))
    target.refresh_from_db()
    assert not target.live
    assert target.get_latest_revision_as_object().title == "Une page changée"


def test_a_page_under_one_that_is_not_translated_waits(
    both: HomePage, validatrice: Any, logged_in: LoggedIn
) -> None:
    """Wagtail would put up an alias of the parent: French, at once, under /en/."""
    client = logged_in(validatrice)
    child = factories.content(factories.content(both))
    response = client.post(
        reverse("editorial:translation_begin", args=[child.pk, english().pk]), follow=True
    )
    assert "Traduisez d’abord la page au-dessus" in response.content.decode()
    client.post(f"/admin/localize/submit/page/{child.pk}/", {"locales": [english().pk]})
    assert not child.has_translation(english())
    assert not child.get_parent().has_translation(english())


def test_a_writer_sees_it_and_cannot_begin_or_sync(
    both: HomePage, redactrice: Any, adherent: Any, logged_in: LoggedIn
) -> None:
    page = factories.content(both)
    writer = logged_in(redactrice)
    assert writer.get(MATRIX).status_code == 200
    begin = reverse("editorial:translation_begin", args=[page.pk, english().pk])
    assert writer.post(begin).status_code in (302, 403)
    assert writer.get(begin).status_code == 405
    assert not page.has_translation(english())
    assert logged_in(adherent).get(MATRIX).status_code in (302, 403)
    assert Client().get(MATRIX).status_code == 302
