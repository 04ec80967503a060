"""``audit_access``: silent where nothing leaks, red where something was planted."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from editorial.desk import last_audit
from editorial.schedule import publish_due
from home.audit.asking import Outsider
from home.audit.walk import Walk
from home.models import HomePage
from members.models import AuditRun, User
from resources.filters import ToolboxFilter
from resources.models import ResourcePage, ToolboxPage
from site_cocagne.core import access
from site_cocagne.core.memo import new_generation
from site_cocagne.core.models import Audience, Door
from site_cocagne.core.sitemaps import PageSitemap
from tests import factories

pytestmark = pytest.mark.django_db
STORY = "Les carottes de la serre du fond se sèment au début du mois de mars."


def audit() -> str:
    """Run it on this site; what it printed."""
    printed = io.StringIO()
    call_command("audit_access", stdout=printed)
    return printed.getvalue()


@pytest.fixture
def reserved(home: HomePage, toolbox: ToolboxPage) -> ResourcePage:
    """A hidden resource with a picture and a file, beside an open page and the brand section."""
    body = [
        {
            "type": "paragraph",
            "value": f"<p>{STORY}</p>",
            "id": "11111111-1111-4111-8111-111111111111",
        }
    ]
    factories.content(home, title="Une page pour tout le monde")
    factories.brand(home, title="Le kit de la marque")
    return factories.resource(
        toolbox,
        title="Semer les carottes de printemps",
        body=body,
        documents=(factories.document(),),
        picture=factories.image(size=(64, 40)),
        audience=Audience.MEMBERS,
        door=Door.HIDDEN,
    )


def test_a_site_that_keeps_its_doors_passes_and_the_run_is_noted(reserved: ResourcePage) -> None:
    before = User.objects.count()
    printed = audit()
    run = last_audit()
    assert run.leaks == []
    assert run.checks > 100
    assert f"{run.checks} checks, 0 leaks." in printed
    for step in ("doors of reserved pages", "documents", "pictures", "search and suggestions"):
        assert step in printed
    assert User.objects.count() == before, "the account that asks is never stored"


def test_a_row_that_says_open_against_the_word_of_the_editor_is_found(
    reserved: ResourcePage,
) -> None:
    ResourcePage._base_manager.filter(pk=reserved.pk).update(exposure=0)
    with pytest.raises(CommandError, match="leaks"):
        audit()
    leaks = last_audit().leaks
    assert any("/documents/" in leak and "answers 200" in leak for leak in leaks)
    assert any("tells words of page" in leak for leak in leaks)
    assert any(f"/sitemap-pages.xml names {reserved.url}" in leak for leak in leaks)


def test_a_list_that_forgot_to_ask_is_found(reserved: ResourcePage, monkeypatch: Any) -> None:
    monkeypatch.setattr(PageSitemap, "pages", lambda self: Page.objects.filter(depth__gte=2))
    walk = Walk(Outsider(logged_in=False), lambda line: None)
    walk.follow()
    assert any("/sitemap-pages.xml names" in leak for leak in walk.leaks)


def test_a_picture_left_in_the_public_storage_is_found(reserved: ResourcePage) -> None:
    walk = Walk(Outsider(logged_in=False), lambda line: None)
    assert reserved.picture is not None
    rendition = reserved.picture.get_rendition("width-32")
    walk.pictures()
    assert walk.leaks == []
    name = storages["default"].save("images/carottes.png", ContentFile(b"x"))
    type(rendition).objects.filter(pk=rendition.pk).update(file=name)
    walk.pictures()
    assert walk.leaks == [f"nobody in particular: the public storage holds {name}"]


def test_filters_and_their_feeds_are_asked_choice_by_choice(
    reserved: ResourcePage, monkeypatch: Any
) -> None:
    walk = Walk(Outsider(logged_in=False), lambda line: None)
    walk.filters()
    assert walk.checks > 10
    assert walk.leaks == []
    # A list that forgets who asks as soon as somebody chooses a kind.
    apply = ToolboxFilter.apply

    def forgetful(self: ToolboxFilter, queryset: Any) -> Any:
        return apply(self, ResourcePage.objects.live() if self.values else queryset)

    monkeypatch.setattr(ToolboxFilter, "apply", forgetful)
    new_generation()
    walk = Walk(Outsider(logged_in=False), lambda line: None)
    walk.filters()
    kind = f"?kind={reserved.kind}"
    assert any(kind in leak and "atom.xml" in leak for leak in walk.leaks)


def test_an_old_address_that_leads_to_a_closed_page_is_found(
    reserved: ResourcePage, monkeypatch: Any
) -> None:
    Redirect.add_redirect("/ancienne-adresse", reserved)
    walk = Walk(Outsider(logged_in=False), lambda line: None)
    walk.moved()
    assert (walk.checks > 0, walk.leaks) == (True, [])
    monkeypatch.setattr(access, "can_view", lambda user, page: True)
    walk.moved()
    assert walk.leaks == [
        f"nobody in particular: /ancienne-adresse leads to {reserved.url}",
    ]


def test_a_run_that_is_stopped_notes_nothing(reserved: ResourcePage, monkeypatch: Any) -> None:
    def stop(self: Walk) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Walk, "documents", stop)
    with pytest.raises(CommandError, match="Stopped after") as stopped:
        audit()
    assert stopped.value.returncode == 130
    assert not AuditRun.objects.exists()


def test_the_desk_shows_the_last_run_red_where_it_found_a_leak(
    redactrice: User, logged_in: Any
) -> None:
    desk: Client = logged_in(redactrice)
    publish_due()  # nothing else is red
    AuditRun.objects.create(checks=100, leaks=["/ tells words"])
    red = desk.get("/admin/bureau/").content.decode()
    assert "help-critical" in red
    AuditRun.objects.create(checks=120, leaks=[])
    clear = desk.get("/admin/bureau/").content.decode()
    assert "120" in clear
    assert "help-critical" not in clear
