"""Link health: inside by the reference index, outside politely, and what happens on leaving."""

from __future__ import annotations

import datetime
import io
import socket
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, ReferenceIndex

from editorial import links
from editorial.links import Answer, check_external, gather, in_turns, verdict
from editorial.models import ExternalLink, Finding
from home.models import ContentPage, HomePage
from tests import factories


def linking(home: HomePage, body: str, slug: str = "source", **fields: Any) -> ContentPage:
    page: ContentPage = factories.content(
        home,
        slug=slug,
        summary="Un résumé.",
        body=[{"type": "paragraph", "value": body, "id": f"t-{slug}"}],
        **fields,
    )
    ReferenceIndex.create_or_update_for_object(page)
    return page


@pytest.fixture
def cible(home: HomePage) -> ContentPage:
    page: ContentPage = factories.content(home, slug="cible", title="Cible", summary="Un résumé.")
    return page


@pytest.fixture
def source(home: HomePage, cible: ContentPage) -> ContentPage:
    return linking(home, f'<p><a linktype="page" id="{cible.pk}">la cible</a></p>')


def checked() -> str:
    said = io.StringIO()
    call_command("run_checks", "--no-external", stdout=said)
    return said.getvalue()


def test_a_link_to_a_page_that_left_is_found_and_shown_on_the_desk(
    source: ContentPage, cible: ContentPage, validatrice: Any, logged_in: Any
) -> None:
    pk = cible.pk
    checked()
    assert not Finding.objects.filter(kind="link").exists()
    cible.unpublish()
    assert "Cible" in checked()
    finding = Finding.objects.get(kind="link")
    assert (finding.page_id, finding.field, finding.is_error) == (source.pk, "body", True)
    desk = logged_in(validatrice).get("/admin/bureau/")
    (shown,) = [each for each in desk.context["lists"] if each["name"] == "liens"]
    assert [row.page.pk for row in shown["rows"]] == [source.pk]
    # Wagtail forgets what led to a deleted page; the text itself still says it.
    cible.delete()
    assert f"supprimée ({pk})" in checked()


def test_a_public_page_that_links_to_a_reserved_one_is_warned_of(
    source: ContentPage, cible: ContentPage
) -> None:
    cible.audience = "members"
    cible.save_revision().publish()
    checked()
    assert not Finding.objects.get(kind="link").is_error


def test_red_needs_two_failures_on_different_days(home: HomePage) -> None:
    page = linking(home, '<p><a href="https://ailleurs.example/x">ailleurs</a></p>')
    gather([page])
    down = lambda address: Answer(503)  # noqa: E731
    day = timezone.now()
    for hours, red in ((0, False), (0, False), (25, True)):
        with time_machine.travel(day + datetime.timedelta(hours=hours), tick=False):
            assert check_external(down, lambda seconds: None) == (1, int(red))
    assert list(ExternalLink.objects.broken().values_list("pages", flat=True)) == [page.pk]
    check_external(lambda address: Answer(200), lambda seconds: None)
    assert not ExternalLink.objects.broken().exists()
    gather([])
    assert not ExternalLink.objects.exists()


@pytest.mark.parametrize(
    ("answers", "fine"),
    [
        ([Answer(200)], True),
        ([Answer(403)], True),
        ([Answer(429)], True),
        ([Answer(404)], False),
        ([Answer(500)], False),
        ([Answer(trouble="ConnectTimeout")], False),
        ([Answer(301, onward="/ailleurs"), Answer(200)], True),
        ([Answer(301, onward="javascript:alert(1)")], False),
        ([Answer(302, onward="/")] * 10, False),
    ],
)
def test_what_an_answer_means(answers: list[Answer], fine: bool) -> None:
    given = iter(answers)
    assert (verdict("https://hote.example/", lambda address: next(given)) == "") is fine


def test_a_host_that_never_answers_is_left_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes the call and says nothing: the system itself accepts what a socket listens to."""
    monkeypatch.setattr(links, "TIMEOUT", (0.2, 0.2))
    monkeypatch.setattr(links, "is_public", lambda host: True)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        assert links.ask(f"http://127.0.0.1:{port}/") == Answer(trouble="ReadTimeout")
    assert links.ask(f"http://127.0.0.1:{port}/") == Answer(trouble="ConnectionError")


def test_hosts_are_asked_in_turns_and_never_without_a_pause(db: None) -> None:
    names = [
        "https://a.example/1",
        "https://a.example/2",
        "https://a.example/3",
        "https://b.example/",
    ]
    for url in names:
        ExternalLink.objects.create(url=url)
    order = [link.url for link in in_turns(ExternalLink.objects.order_by("pk"))]
    assert order == [names[0], names[3], names[1], names[2]]
    paused: list[float] = []
    check_external(lambda address: Answer(200), paused.append)
    assert paused == [links.PAUSE]


@pytest.mark.parametrize("host", ["127.0.0.1", "169.254.169.254", "10.0.0.8", "::1"])
def test_our_own_network_is_never_asked(host: str) -> None:
    address = f"http://[{host}]/" if ":" in host else f"http://{host}/"
    assert links.ask(address).trouble


def test_who_links_there_is_said_before_leaving_and_readers_are_sent_on(
    source: ContentPage, cible: ContentPage, home: HomePage, validatrice: Any, logged_in: Any
) -> None:
    browser = logged_in(validatrice)
    address = reverse("wagtailadmin_pages:unpublish", args=[cible.pk])
    asked = browser.post(address)
    assert [page.pk for page in asked.context["linking"]] == [source.pk]
    assert Page.objects.get(pk=cible.pk).live
    own = browser.post(address, {"editorial_links_seen": "1", "redirect_to": cible.pk})
    assert own.context["form"].errors
    assert Page.objects.get(pk=cible.pk).live
    done = browser.post(address, {"editorial_links_seen": "1", "redirect_to": source.pk})
    assert done.status_code == 302
    assert not Page.objects.get(pk=cible.pk).live
    assert Redirect.objects.get().redirect_page_id == source.pk
    answer = browser.get("/cible/")
    assert (answer.status_code, answer["Location"]) == (302, source.get_url())


def test_a_deleted_page_sends_readers_on_too(
    source: ContentPage, cible: ContentPage, superuser: Any, logged_in: Any
) -> None:
    address = reverse("wagtailadmin_pages:delete", args=[cible.pk])
    browser = logged_in(superuser)
    assert browser.post(address).status_code == 200
    browser.post(address, {"editorial_links_seen": "1", "redirect_to": source.pk})
    assert not Page.objects.filter(pk=cible.pk).exists()
    assert Redirect.objects.get().old_path == "/cible"


def bulk(browser: Any, action: str, *pages: Page, **data: Any) -> Any:
    ids = "&".join(f"id={page.pk}" for page in pages)
    return browser.post(f"/admin/bulk/wagtailcore/page/{action}/?{ids}", data)


@pytest.mark.parametrize("action", ["unpublish", "delete"])
def test_the_bulk_action_asks_the_same_question_for_what_stands_below_too(
    source: ContentPage, cible: ContentPage, home: HomePage, superuser: Any, logged_in: Any,
    action: str,
) -> None:  # fmt: skip
    below = factories.content(cible, slug="dessous", title="Dessous", summary="S.")
    other = factories.content(home, slug="autre", title="Autre", summary="S.")
    linking(home, f'<p><a linktype="page" id="{below.pk}">plus bas</a></p>', slug="second")
    browser = logged_in(superuser)
    asked = bulk(browser, action, cible, other, include_descendants="on")
    assert [page.title for page in asked.context["leaving"]] == ["Cible", "Dessous", "Autre"]
    assert {page.slug for page in asked.context["linking"]} == {"source", "second"}
    given = dict(asked.context["given"])
    assert given["include_descendants"] == "on"
    seen = {"editorial_links_seen": "1", **given}
    own = bulk(browser, action, cible, other, redirect_to=below.pk, **seen)
    assert own.context["form"].errors
    assert Page.objects.filter(slug__in=["cible", "dessous", "autre"], live=True).count() == 3
    bulk(browser, action, cible, other, redirect_to=source.pk, **seen)
    assert not Page.objects.filter(slug__in=["cible", "dessous", "autre"], live=True).exists()
    assert set(Redirect.objects.values_list("old_path", flat=True)) == {
        "/cible",
        "/cible/dessous",
        "/autre",
    }


def test_deleting_a_section_says_who_links_to_the_pages_below_it(
    home: HomePage, superuser: Any, logged_in: Any
) -> None:
    section = factories.content(home, slug="rubrique", summary="S.", live=False)
    below = factories.content(section, slug="dessous", title="Dessous", summary="S.")
    page = linking(home, f'<p><a linktype="page" id="{below.pk}">plus bas</a></p>')
    address = reverse("wagtailadmin_pages:delete", args=[section.pk])
    asked = logged_in(superuser).post(address)
    assert [each.pk for each in asked.context["linking"]] == [page.pk]


def test_other_bulk_actions_are_not_asked_about(
    cible: ContentPage, home: HomePage, superuser: Any, logged_in: Any
) -> None:
    below = factories.content(home, slug="la-bas", summary="S.")
    bulk(logged_in(superuser), "move", cible, chooser=below.pk)
    assert Page.objects.get(pk=cible.pk).get_parent().pk == below.pk


def test_nothing_is_asked_of_a_draft(
    brouillon: ContentPage, superuser: Any, logged_in: Any
) -> None:
    logged_in(superuser).post(reverse("wagtailadmin_pages:delete", args=[brouillon.pk]))
    assert not Page.objects.filter(pk=brouillon.pk).exists()
