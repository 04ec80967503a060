"""What is published, taken away, uploaded, counted and logged in is right across two nodes."""

from __future__ import annotations

import io
import time
from uuid import uuid4

import pytest
from PIL import Image

from bench import servers
from bench.nodes import Browser, Nodes

from .storage import PRIVATE, PUBLIC, Storage

pytestmark = pytest.mark.production

A_SECOND = 1.1


def page(nodes: Nodes, word: str) -> str:
    """A published page whose title is ``word``; its address."""
    return str(
        nodes.ask_clerk(
            f"page = ContentPage(title={word!r}, slug={word!r}, locale=home.locale)\n"
            "home.add_child(instance=page)\n"
            "page.save_revision().publish()\nvalue = page.url"
        )
    )


def everywhere(nodes: Nodes) -> list[int]:
    return [nodes.nginx, *nodes.ports]


def test_a_change_is_seen_on_every_node_and_in_nginx_within_a_second(nodes: Nodes) -> None:
    word = f"p-{uuid4().hex[:8]}"
    address = page(nodes, word)
    for _ in range(2):
        for port in everywhere(nodes):
            assert word in nodes.get(address, port).text
    slug = address.strip("/")
    nodes.ask_clerk(
        f"page = ContentPage.objects.get(slug={slug!r})\npage.title = 'Changée'\n"
        "page.save_revision().publish()"
    )
    for port in nodes.ports:
        assert "Changée" in nodes.get(address, port).text
    time.sleep(A_SECOND)
    assert "Changée" in nodes.get(address).text


def test_a_page_that_becomes_reserved_is_gone_everywhere_within_a_second(nodes: Nodes) -> None:
    word = f"r-{uuid4().hex[:8]}"
    address = page(nodes, word)
    for _ in range(3):
        for port in everywhere(nodes):
            assert nodes.get(address, port).status == 200
    nodes.ask_clerk(
        f"page = ContentPage.objects.get(slug={word!r})\npage.audience = 'members'\n"
        "page.door = 'hidden'\npage.save_revision().publish()"
    )
    time.sleep(A_SECOND)
    for port in everywhere(nodes):
        answer = nodes.get(address, port)
        assert (answer.status, word in answer.text) == (302, False), port


def test_a_session_begun_on_one_node_holds_on_the_other_and_takes_no_kept_page(
    nodes: Nodes,
) -> None:
    nodes.ask_clerk(
        "user, _made = User.objects.get_or_create(email='noeud@exemple.fr')\n"
        "user.set_password('un-mot-de-passe-long'); user.save()"
    )
    browser: Browser = {}
    first, second = nodes.ports
    login = "/mon-espace/connexion/"
    words = {"login": "noeud@exemple.fr", "password": "un-mot-de-passe-long"}
    answer = nodes.send_form(login, browser, words, port=first)
    assert answer.status == 302, answer.text[:500]
    assert nodes.get("/mon-espace/", second, browser).status == 200
    for _ in range(2):
        assert nodes.get("/", 0, browser).headers["Cache-Control"] == "private, no-store"
        assert "s-maxage" in nodes.get("/").headers["Cache-Control"]


def test_wrong_passwords_are_counted_in_common(nodes: Nodes) -> None:
    words = {"login": f"{uuid4().hex}@exemple.fr", "password": "pas-le-bon-mot-de-passe"}
    statuses = [
        nodes.send_form("/mon-espace/connexion/", {}, words, port=nodes.ports[number % 2]).status
        for number in range(6)
    ]
    assert statuses == [200, 200, 200, 200, 429, 429]


def picture() -> bytes:
    drawn = io.BytesIO()
    Image.effect_noise((640, 480), 60).convert("RGB").save(drawn, "JPEG")
    return drawn.getvalue()


def test_a_picture_uploaded_on_one_node_is_served_by_the_other_and_by_nginx(
    nodes: Nodes, storage: Storage
) -> None:
    first, second = nodes.ports
    staff = nodes.log_in("images@exemple.fr", staff=True)
    title = f"serre-{uuid4().hex[:8]}"
    sent = nodes.send_form(
        "/admin/images/add/",
        staff,
        {"title": title, "decorative": "on", "description": "Une serre"},
        port=first,
        files={"file": (f"{title}.jpg", picture())},
    )
    assert sent.status == 302, sent.text
    # The original is handed out by a signed address to who may, by either node.
    original = nodes.ask_clerk(
        "from site_cocagne.core.models import SiteImage\n"
        f"value = SiteImage.objects.get(title={title!r}).file.url"
    )
    assert nodes.get(original, second, staff).headers["Location"].startswith(storage.url)
    assert storage.url not in str(nodes.get(original, second).headers)
    word = f"u-{uuid4().hex[:8]}"
    address = nodes.ask_clerk(
        "from site_cocagne.core.models import SiteImage\n"
        f"page = ContentPage(title={word!r}, slug={word!r}, locale=home.locale)\n"
        f"page.picture = SiteImage.objects.get(title={title!r})\n"
        "home.add_child(instance=page)\npage.save_revision().publish()\nvalue = page.url"
    )
    text = nodes.get(address, second).text
    small = "/media/images/" + text.partition("/media/images/")[2].partition(" ")[0].rstrip('",')
    served = nodes.get(small)
    assert served.status == 200, small
    assert served.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert any(title in name for name in storage.names(PRIVATE)), "the original"
    assert any(title in name for name in storage.names(PUBLIC)), "its sizes"


def test_a_public_node_has_no_address_of_the_admin(nodes: Nodes) -> None:
    staff = nodes.log_in("redaction@exemple.fr", staff=True)
    port = servers.free_port()
    with nodes.node(port, ADMIN_ENABLED="false"):
        assert nodes.get("/", port).status == 200
        for address in ("/admin/", "/admin/login/", "/admin/pages/", "/admin/images/"):
            answer = nodes.get(address, port, dict(staff))
            assert (answer.status, 'lang="fr"' in answer.text) == (404, True), address
    assert nodes.get("/admin/", nodes.ports[0], dict(staff)).status == 200
