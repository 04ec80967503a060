"""Whole pages: handed out without a question to anybody, and never a stale or a reserved one."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.db.models.signals import post_delete, post_save
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from members.models import User
from resources.uses import DailyUse, waiting
from site_cocagne.core import generation
from site_cocagne.core.models import MenuItem, Mission, Navigation, Organisation, Partner
from site_cocagne.core.models.audience import Audience
from site_cocagne.core.pagecache import entries
from tests import factories
from tests.site.test_public_pages import Tree, planted, tree

__all__ = ["planted", "tree"]

pytestmark = pytest.mark.django_db

PUBLIC = "public, max-age=0, s-maxage=1"


@pytest.fixture(autouse=True)
def _pages_are_kept(settings: Any) -> Iterator[None]:
    settings.PAGE_CACHE = True
    yield
    waiting.views.clear()


def kept(client: Client, address: str) -> str:
    """The page at ``address`` once it is kept: the second answer costs no query."""
    first = client.get(address)
    assert first.status_code == 200, address
    with CaptureQueriesContext(connection) as captured:
        second = client.get(address)
    assert len(captured) == 0, (address, captured.captured_queries)
    assert second.content == first.content
    return second.content.decode()


# --- what is handed out -----------------------------------------------------------------------


def test_every_public_page_is_kept_whole_and_costs_no_query(tree: Tree, client: Client) -> None:
    for page in tree.pages:
        kept(client, page.url)
    for address in ("/plan-du-site/", "/sitemap.xml", "/sitemap-pages.xml", "/en/plan-du-site/"):
        kept(client, address)


def test_a_kept_page_says_what_the_first_one_said(tree: Tree, client: Client) -> None:
    first, second = (client.get(tree.content.url) for _ in range(2))
    own = dict.fromkeys(("X-Request-ID", "X-Accel-Expires"), "")
    assert {**first.headers, **own} == {**second.headers, **own}
    assert second["Cache-Control"] == PUBLIC
    assert second["Content-Language"] == "fr"
    assert "default-src 'self'" in second["Content-Security-Policy"]
    assert "Vary" not in second.headers
    assert not second.cookies


def test_who_has_the_page_already_is_told_so_in_a_few_bytes(tree: Tree, client: Client) -> None:
    page = client.get(tree.content.url)
    for address in (tree.content.url, tree.agenda.url):
        etag = client.get(address)["ETag"]
        answer = client.get(address, headers={"if-none-match": etag})
        assert (answer.status_code, answer.content) == (304, b"")
        assert answer["Cache-Control"] == PUBLIC
        assert "Content-Security-Policy" in answer.headers
    other = client.get(tree.content.url, headers={"if-none-match": '"another"'})
    assert (other.status_code, other.content) == (200, page.content)


def test_head_is_answered_like_get_without_the_page(tree: Tree, client: Client) -> None:
    page = client.get(tree.content.url)
    head = client.head(tree.content.url)
    assert head.content == b""
    assert head["Content-Length"] == page["Content-Length"]
    assert head["ETag"] == page["ETag"]


def test_members_and_staff_neither_get_nor_leave_a_kept_page(
    tree: Tree,
    client: Client,
    adherent: User,
    superuser: User,
    logged_in: Callable[[User], Client],
) -> None:
    factories.resource(tree.toolbox, audience=Audience.MEMBERS, door="hidden", title="Au secret")
    for somebody in (adherent, superuser):
        browser = logged_in(somebody)
        own = browser.get(tree.toolbox.url)
        assert "Au secret" in own.content.decode()
        assert own["Cache-Control"] == "private, no-store"
        assert "ETag" not in own.headers
        assert "Au secret" not in kept(client, tree.toolbox.url)
        again = browser.get(tree.toolbox.url)
        assert "Au secret" in again.content.decode()
        assert again["Cache-Control"] == "private, no-store"


def test_a_session_cookie_of_nobody_is_enough_to_stand_apart(tree: Tree) -> None:
    browser = Client()
    browser.cookies["sessionid"] = "made-up"
    answer = browser.get(tree.content.url)
    assert answer.status_code == 200
    assert "Cache-Control" not in answer.headers


def test_what_is_for_one_person_or_not_a_page_is_never_kept(tree: Tree, client: Client) -> None:
    locked = factories.resource(tree.toolbox, audience=Audience.MEMBERS)
    for address in (
        locked.url,
        "/nulle-part/",
        "/mon-espace/connexion/",
        "/recherche/?q=texte",
        "/newsletter/jeton/",
        f"{tree.agenda.url}calendrier.ics/",
        "/sante/",
    ):
        for _ in range(2):
            assert client.get(address).headers.get("Cache-Control") != PUBLIC, address


def test_addresses_that_anybody_can_invent_fill_no_memory(
    tree: Tree, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entries, "MOST_COUNTED", 5)
    settle = client.get("/plan-du-site/")
    assert settle.status_code == 200
    store: Any = caches["pages"]
    for number in range(20):
        client.get(f"{tree.content.url}?x={number}")
        client.get(f"////{'/' * number}mentions/")
        client.get(tree.content.url, headers={"host": f"localhost:{8000 + number}"})
    pages = [key for key in store._cache if ":page:" in key]
    assert len(pages) <= 6
    kept(Client(), tree.agenda.url)  # what has one address is kept all the same


def test_a_view_of_a_kept_resource_is_counted(tree: Tree, client: Client) -> None:
    for _ in range(4):
        client.get(tree.resource.url, headers={"user-agent": "Mozilla/5.0"})
    client.get(tree.resource.url, headers={"user-agent": "Googlebot/2.1"})
    waiting.flush()
    assert DailyUse.objects.get(page=tree.resource).views == 4


# --- what changes is seen ---------------------------------------------------------------------


def publish(page: Any) -> None:
    page.save_revision().publish()


def retitle(tree: Tree) -> None:
    tree.content.title = "Un tout nouveau titre"
    publish(tree.content)


def rename_mission(tree: Tree) -> None:
    mission = Mission.objects.get(pk=tree.mission.pk)
    mission.name = "Semer et récolter"
    mission.save()


def reserve(tree: Tree) -> None:
    tree.resource.audience = Audience.MEMBERS
    tree.resource.door = "hidden"
    publish(tree.resource)


def rename_organisation(tree: Tree) -> None:
    found = Organisation.for_site(tree.home.get_site())
    found.name = "Le réseau des jardins"
    found.save()


def put_into_menu(tree: Tree) -> None:
    found = Navigation.for_site(tree.home.get_site())
    found.menu_items.add(MenuItem(page=tree.content))
    found.save()


def rename_document(tree: Tree) -> None:
    document = tree.resource.file_rows.get().document
    document.title = "Fiche refaite"
    document.save()


def restrict(tree: Tree) -> None:
    PageViewRestriction.objects.create(
        page=tree.resource, restriction_type=PageViewRestriction.LOGIN
    )


def schedule(tree: Tree) -> None:
    """Due a minute ago, as the job of every minute finds it."""
    page = factories.resource(tree.toolbox, title="Parue à son heure", live=False)
    page.go_live_at = timezone.now() - datetime.timedelta(minutes=1)
    revision = page.save_revision()
    revision.approved_go_live_at = page.go_live_at
    revision.save()
    call_command("publish_scheduled", stdout=io.StringIO())


CHANGES: tuple[tuple[str, Callable[[Tree], Any], str, str], ...] = (
    ("publication", retitle, "content", "Un tout nouveau titre"),
    ("publication, in a list", retitle, "/plan-du-site/", "Un tout nouveau titre"),
    ("new page", lambda t: factories.resource(t.toolbox, title="Neuve"), "toolbox", "Neuve"),
    ("snippet", rename_mission, "resource", "Semer et récolter"),
    ("snippet, far from it", rename_mission, "home", "Semer et récolter"),
    ("partner", lambda t: Partner.objects.update_or_create(
        name="Un partenaire", locale=t.home.locale, defaults={"tie": "Un autre lien."}
    ), "alliances", "Un autre lien."),
    ("setting", rename_organisation, "agenda", "Le réseau des jardins"),
    ("menu", put_into_menu, "agenda", "/mentions/"),
    ("document", rename_document, "resource", "Fiche refaite"),
    ("scheduled publication", schedule, "toolbox", "Parue à son heure"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("change", "where", "now"), [c[1:] for c in CHANGES], ids=[c[0] for c in CHANGES]
)
def test_a_change_is_seen_at_once(
    tree: Tree, client: Client, change: Callable[[Tree], Any], where: str, now: str
) -> None:
    address = where if where.startswith("/") else getattr(tree, where).url
    assert now not in kept(client, address)
    change(tree)
    assert now in kept(client, address)


TAKEN_AWAY: tuple[tuple[str, Callable[[Tree], Any]], ...] = (
    ("unpublished", lambda tree: tree.resource.unpublish()),
    ("deleted", lambda tree: tree.resource.delete()),
    ("audience", reserve),
    ("restriction", restrict),
)


@pytest.mark.parametrize("change", [c[1] for c in TAKEN_AWAY], ids=[c[0] for c in TAKEN_AWAY])
def test_what_is_taken_away_is_in_no_kept_page(
    tree: Tree, client: Client, change: Callable[[Tree], Any]
) -> None:
    own, title = tree.resource.url, tree.resource.title
    lists = (tree.toolbox.url, "/plan-du-site/", "/sitemap-pages.xml", tree.mission_page.url)
    for address in (own, *lists):
        kept(client, address)
    change(tree)
    assert client.get(own).status_code != 200
    for address in lists:
        page = kept(client, address)
        assert title not in page, address
        assert own not in page, address


def test_a_moved_page_leaves_its_old_address(tree: Tree, client: Client) -> None:
    below = factories.content(tree.content, slug="dessous", title="Dessous")
    old = below.url
    kept(client, old)
    tree.content.move(tree.join, pos="last-child")
    below.refresh_from_db()
    assert client.get(old).status_code == 301
    assert client.get("/mentions/").status_code == 301
    assert "Dessous" in kept(client, "/rejoindre/mentions/dessous/")


def test_a_picture_replaced_or_described_anew_is_seen(tree: Tree, client: Client) -> None:
    picture = factories.image(description="Un champ")
    tree.content.picture = picture
    publish(tree.content)
    assert "Un champ" in kept(client, tree.content.url)
    picture.description = "Une serre"
    picture.save()
    assert "Une serre" in kept(client, tree.content.url)


def test_an_event_leaves_what_comes_when_it_is_over(tree: Tree, client: Client) -> None:
    end = tree.event.over_at
    assert end is not None
    before, after = end - datetime.timedelta(seconds=90), end + datetime.timedelta(seconds=1)
    with time_machine.travel(before, tick=False):
        assert tree.event.url in kept(client, tree.agenda.url)
    with time_machine.travel(after, tick=False):
        assert tree.event.url not in client.get(tree.agenda.url).content.decode()


@pytest.mark.parametrize("zone", ["Europe/Paris", "Indian/Reunion", "Pacific/Marquesas"])
def test_the_turn_of_the_day_ends_what_was_kept(tree: Tree, client: Client, zone: str) -> None:
    import zoneinfo

    midnight = datetime.datetime(2026, 3, 29, tzinfo=zoneinfo.ZoneInfo(zone))
    with time_machine.travel(midnight - datetime.timedelta(seconds=1), tick=False):
        kept(client, tree.content.url)
    with (
        time_machine.travel(midnight, tick=False),
        CaptureQueriesContext(connection) as captured,
    ):
        client.get(tree.content.url)
    assert len(captured) > 0


def test_a_clock_put_back_makes_nothing_eternal(tree: Tree, client: Client) -> None:
    later = timezone.now() + datetime.timedelta(days=400)
    with time_machine.travel(later, tick=False):
        kept(client, tree.content.url)
    with CaptureQueriesContext(connection) as captured:
        client.get(tree.content.url)
    assert len(captured) > 0


def test_what_was_begun_before_a_change_is_not_kept_after_it(
    tree: Tree, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody publishes while the page is being written."""

    def slow(page: Any, *args: Any) -> Any:
        generation.begin()
        return original(page, *args)

    original = type(tree.content).serve
    monkeypatch.setattr(type(tree.content), "serve", slow)
    client.get(tree.content.url)
    monkeypatch.undo()
    with CaptureQueriesContext(connection) as captured:
        client.get(tree.content.url)
    assert len(captured) > 0


# --- what does not change ---------------------------------------------------------------------


def test_drafts_and_what_no_page_shows_forget_nothing(
    tree: Tree, client: Client, adherent: User
) -> None:
    word = generation.present()
    tree.content.title = "Un brouillon"
    tree.content.save_revision()
    adherent.first_name = "Camille"
    adherent.save()
    assert generation.present() == word


def test_changes_are_noted_after_every_listener_of_ours_has_done_its_part() -> None:
    for signal, ours in ((post_save, "generation.saved"), (post_delete, "generation.deleted")):
        names = [entry[0][0] for entry in signal.receivers if isinstance(entry[0][0], str)]
        assert names[-1] == ours


def test_a_proxy_that_counts_whole_seconds_is_told_the_second_in_which_the_answer_was_begun(
    tree: Tree, client: Client
) -> None:
    address = tree.pages[0].url
    with time_machine.travel(1_800_000_000.9, tick=False):
        made = client.get(address)
    with time_machine.travel(1_800_000_002.1, tick=False):
        kept_one = client.get(address)
        known = client.get(address, HTTP_IF_NONE_MATCH=kept_one["ETag"])
    assert made["X-Accel-Expires"] == "@1800000000"
    assert known.status_code == 304
    assert kept_one["X-Accel-Expires"] == known["X-Accel-Expires"] == "@1800000002"
