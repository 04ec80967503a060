"""The tally of the toolbox: whatever happens to a resource, it counts what the list shows."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.http import QueryDict
from wagtail.models import Locale, PageViewRestriction

from home.models import HomePage
from members.models import User
from resources import tally
from resources.filters import ToolboxFilter
from resources.models import ResourceMission, ResourcePage, ResourceTheme, ToolboxPage
from resources.volume import seed_resources
from site_cocagne.core.facets import Counts
from site_cocagne.core.models import Audience, Door
from tests import factories

pytestmark = pytest.mark.django_db

Agrees = Callable[..., Counts]


def asked(query: str = "", language: str = "fr") -> ToolboxFilter:
    return ToolboxFilter(QueryDict(query), language_code=language)


@pytest.fixture
def agrees(toolbox: ToolboxPage, anonyme: AnonymousUser, adherent: User) -> Agrees:
    """Check the tally against the list for those outside and inside; gives what outsiders see."""

    def check(box: ToolboxPage = toolbox, language: str = "fr") -> Counts:
        for query in ("", "mission=produire&kind=guide"):
            for who in (anonyme, adherent):
                form = asked(query, language)
                counted = tally.count(box, form, who)
                assert counted == form.counts(box.get_resources(who)), (query, who)
        outside = tally.count(box, asked("", language), anonyme)
        assert outside is not None
        return outside

    return check


@pytest.fixture
def resource(toolbox: ToolboxPage) -> ResourcePage:
    mission = factories.mission("produire")
    theme = factories.theme(mission, slug="sol")
    return factories.resource(
        toolbox,
        missions=(mission,),
        themes=(theme,),
        kind="guide",
        issued_on=datetime.date(2024, 5, 1),
    )


def test_publishing_and_taking_back_are_followed(resource: ResourcePage, agrees: Agrees) -> None:
    assert agrees() == Counts(
        1,
        {
            "mission": {"produire": 1},
            "theme": {"sol": 1},
            "kind": {"guide": 1},
            "year": {"2024": 1},
            "audience": {"public": 1},
        },
    )
    resource.unpublish()
    assert agrees().total == 0
    resource.save_revision().publish()
    assert agrees().total == 1


def test_a_draft_changes_nothing_until_it_is_published(
    resource: ResourcePage, agrees: Agrees
) -> None:
    resource.kind = "video"
    revision = resource.save_revision()
    assert agrees().by_facet["kind"] == {"guide": 1}
    revision.publish()
    assert agrees().by_facet["kind"] == {"video": 1}


def test_another_audience_is_followed(resource: ResourcePage, agrees: Agrees) -> None:
    resource.audience = Audience.MEMBERS
    resource.save_revision().publish()
    assert agrees().by_facet["audience"] == {"members": 1}
    resource.door = Door.HIDDEN
    resource.save_revision().publish()
    assert agrees().total == 0


def test_a_translation_that_closes_closes_what_is_counted_in_french(
    resource: ResourcePage, home: HomePage, agrees: Agrees
) -> None:
    english = Locale.objects.get(language_code="en")
    box = resource.get_parent().specific.copy_for_translation(english, copy_parents=True)
    box.save_revision().publish()
    translated = resource.copy_for_translation(english)
    translated.save_revision().publish()
    assert agrees(box, "en").total == 1
    translated.audience, translated.door = Audience.MEMBERS, Door.HIDDEN
    translated.save_revision().publish()
    assert agrees().total == 0
    assert agrees(box, "en").total == 0


def test_rows_written_by_themselves_are_followed(resource: ResourcePage, agrees: Agrees) -> None:
    other = factories.theme(slug="eau")
    row = ResourceTheme.objects.create(page=resource, theme=other)
    assert agrees().by_facet["theme"] == {"sol": 1, "eau": 1}
    row.delete()
    ResourceMission.objects.get(page=resource).delete()
    counts = agrees().by_facet
    assert counts["theme"] == {"sol": 1}
    assert counts["mission"] == {}


def test_another_word_in_addresses_is_followed(resource: ResourcePage, agrees: Agrees) -> None:
    mission = resource.mission_rows.get().mission
    mission.slug = "cultiver"
    mission.save()
    assert agrees().by_facet["mission"] == {"cultiver": 1}


def test_a_resource_that_moves_counts_where_it_stands(
    resource: ResourcePage, home: HomePage, agrees: Agrees, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ToolboxPage, "max_count_per_parent", None)
    other = factories.add_page(home, ToolboxPage)
    resource.move(other, pos="last-child")
    assert agrees().total == 0
    assert agrees(other).total == 1


def test_what_is_deleted_counts_no_more(
    resource: ResourcePage, toolbox: ToolboxPage, agrees: Agrees
) -> None:
    second = factories.resource(toolbox, kind="tool")
    resource.delete()
    assert agrees().by_facet["kind"] == {"tool": 1}
    # As Wagtail's own screens hold it: a page of no particular type.
    second.page_ptr.delete()
    assert agrees().total == 0


def test_a_thousand_pages_apart_are_kept_in_rows_of_their_own(
    resource: ResourcePage, toolbox: ToolboxPage, agrees: Agrees, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tally, "BLOCK", 8)
    tally.rebuild_all()
    for _number in range(9):
        factories.resource(toolbox, kind="tool")
    assert agrees().total == 10
    assert tally.FacetBits.objects.filter(facet="kind", value="tool").count() > 1


def test_what_was_written_in_bulk_is_counted_anew_by_the_command(
    resource: ResourcePage, toolbox: ToolboxPage, agrees: Agrees
) -> None:
    seed_resources(5, toolbox=toolbox)
    assert agrees().total > 1
    ResourcePage.objects.filter(pk=resource.pk).update(kind="tool")
    call_command("rebuild_search_index", stdout=io.StringIO())
    agrees()


def test_without_a_tally_the_list_is_counted(
    resource: ResourcePage, toolbox: ToolboxPage, anonyme: AnonymousUser
) -> None:
    tally.FacetBits.objects.all().delete()
    assert tally.count(toolbox, asked(), anonyme) is None
    assert toolbox.get_counts(asked(), anonyme).total == 1


def test_a_restriction_of_wagtails_is_asked_page_by_page(
    resource: ResourcePage, toolbox: ToolboxPage, anonyme: AnonymousUser
) -> None:
    PageViewRestriction.objects.create(page=resource, restriction_type=PageViewRestriction.LOGIN)
    assert tally.count(toolbox, asked(), anonyme) is None
    assert toolbox.get_counts(asked(), anonyme).total == 0


def test_saving_without_a_change_writes_nothing(
    resource: ResourcePage, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(9):
        tally.refresh([resource.pk])
