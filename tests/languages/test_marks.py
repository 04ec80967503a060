"""Tags, addresses and files that a translation is sent: none of them reaches a page unread."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import polib
import pytest
from django.test import Client
from django.urls import reverse
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    StringSegment,
    StringTranslation,
    Translation,
)

from home.models import ContentPage, HomePage
from site_cocagne import roles
from tests import factories
from tests.conftest import BuildOnce
from tests.languages.test_treatment import english, translate

LoggedIn = Callable[[Any], Client]


@pytest.fixture(scope="module")
def translated(build_once: BuildOnce) -> None:
    """The home page in both languages, made once for all tests of this file."""
    build_once(lambda: translate(HomePage.objects.get(depth=2, locale__language_code="fr")))


@pytest.fixture
def both(translated: None, home: HomePage) -> HomePage:
    return home


@pytest.fixture
def page(both: HomePage) -> ContentPage:
    return factories.content(both, title="Une page", slug="une-page", summary="Un résumé.")


def stored(page: Any) -> Any:
    return type(page)._default_manager.get(pk=page.pk)


def running(page: Any) -> Translation:
    return Translation.objects.get(source__object_id=page.translation_key)


# --- marks and addresses --------------------------------------------------------------------------

LINKED = 'Un <b>texte</b>, <a id="a1">un lien</a>.'
WITH_LINK = [
    {
        "type": "paragraph",
        "value": '<p>Un <b>texte</b>, <a href="https://example.org/">un lien</a>.</p>',
        "id": "11111111-1111-4111-8111-111111111111",
    }
]


@pytest.fixture
def linked(both: HomePage) -> ContentPage:
    return factories.content(both, title="Une page", summary="Un résumé.", body=WITH_LINK)


def put(browser: Client, page: Any, text: str, to: str) -> Any:
    """As the translation editor does: one sentence."""
    segment = StringSegment.objects.get(source=running(page).source, string__data=to)
    address = reverse(
        "wagtail_localize:edit_string_translation", args=[running(page).pk, segment.pk]
    )
    return browser.put(
        address, f"value={quote(text)}", content_type="application/x-www-form-urlencoded"
    )


@pytest.mark.parametrize(
    "text",
    [
        "A <script>alert(1)</script>",
        "A <!--><img src=x onerror=alert(1)>-->",
        "A <img src=x onerror=alert(1)>",
        'A <a id="a1" href="javascript:alert(1)">link</a>',
        'A <a href="javascript:alert(1)">link</a>',
        'A <b onmouseover="alert(1)">text</b>',
        '<b>A text, <a id="a1">a link</b></a>.',
        '<a id="a2">a link</a>',
        "<p>A text</p>",
        "<b>A text",
        "A text</b>",
        "A text <",
        "<svg/onload=alert(1)>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
    ],
)
@pytest.mark.parametrize("to", ["Un résumé.", LINKED])
def test_tags_of_a_translation_never_reach_a_page(
    text: str, to: str, linked: ContentPage, superuser: Any, redactrice: Any, client: Client,
    logged_in: LoggedIn,
) -> None:  # fmt: skip
    target = translate(linked)
    answer = put(logged_in(redactrice), linked, text, to)
    assert answer.status_code == 200
    escaped = text.startswith("&lt;")
    assert bool(answer.json()["error"]) is not escaped
    running(linked).save_target(user=superuser, publish=False)
    stored(target).get_latest_revision().publish()
    shown = client.get(target.url).content.decode()
    for bad in ("<script>alert", "onerror=", "javascript:", "onmouseover", "onload", "<p>A text"):
        assert bad not in shown, bad
    assert escaped or "A text" not in shown, "the source’s words stand in for it"


def test_an_honest_translation_keeps_its_tags_and_its_link(
    linked: ContentPage, redactrice: Any, superuser: Any, client: Client, logged_in: LoggedIn
) -> None:
    target = translate(linked)
    said = put(
        logged_in(redactrice), linked, 'A <a id="a1">link</a> & a <b>text</b>: 3 > 2.', LINKED
    )
    assert said.json()["error"] is None
    running(linked).save_target(user=superuser, publish=False)
    stored(target).get_latest_revision().publish()
    shown = client.get(target.url).content.decode()
    assert 'A <a href="https://example.org/">link</a> &amp; a <b>text</b>: 3 &gt; 2.' in shown


@pytest.mark.parametrize(("path", "longest"), [("title", 255), ("summary", 300), ("slug", 255)])
def test_a_sentence_longer_than_its_field_is_marked_and_breaks_nothing(
    path: str, longest: int, page: ContentPage, redactrice: Any, logged_in: LoggedIn
) -> None:
    target = translate(page)
    text = getattr(page, path)
    browser = logged_in(redactrice)
    answer = put(browser, page, "x" * (longest + 1), text)
    assert answer.json()["error"] == f"{longest} caractères au plus"
    submitted = browser.post(reverse("editorial:submit", args=[target.pk]))
    if path == "slug":
        assert submitted.status_code == 302
    else:
        assert "1 phrase a une faute dans sa traduction" in submitted.content.decode()
    assert put(browser, page, "x" * longest, text).json()["error"] is None


def test_a_title_is_listed_as_it_will_be_read(
    page: ContentPage, redactrice: Any, logged_in: LoggedIn
) -> None:
    target = translate(page)
    put(logged_in(redactrice), page, "Growing &amp; processing", page.title)
    assert stored(target).draft_title == "Growing & processing"
    put(logged_in(redactrice), page, "<b>Growing", page.title)
    assert stored(target).draft_title == "Growing & processing"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "java\tscript:x", "data:text/html,x", 7]
)
def test_an_address_chosen_for_one_language_leads_where_a_link_may(
    address: Any, linked: ContentPage, superuser: Any, client: Client
) -> None:
    target = translate(linked)
    segment = OverridableSegment.objects.get(
        source=running(linked).source, data_json=json.dumps("https://example.org/")
    )
    made = SegmentOverride.objects.create(
        locale=english(), context=segment.context, data_json=json.dumps(address)
    )
    assert made.get_error()
    running(linked).save_target(user=superuser, publish=False)
    stored(target).get_latest_revision().publish()
    shown = client.get(target.url).content.decode()
    assert 'href="https://example.org/"' in shown
    assert "javascript:" not in shown
    made.data_json, made.has_error = json.dumps("https://example.org/en"), False
    made.save()
    running(linked).save_target(user=superuser, publish=False)
    draft = stored(target).get_latest_revision_as_object()
    assert 'href="https://example.org/en"' in draft.body[0].value.source


# --- the file of one page -------------------------------------------------------------------------


def send(browser: Client, page: Any, data: bytes) -> str:
    """Post a PO file as the translation editor does; what is said then."""
    address = reverse("wagtail_localize:upload_pofile", args=[running(page).pk])
    answer = browser.post(address, {"file": io.BytesIO(data)} if data else {}, follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode())


def fetch(browser: Client, page: Any) -> polib.POFile:
    answer = browser.get(reverse("wagtail_localize:download_pofile", args=[running(page).pk]))
    assert answer["Content-Disposition"].endswith('.po"')
    return polib.pofile("\n" + answer.content.decode())


def words() -> list[tuple[int, str]]:
    return list(StringTranslation.objects.order_by("pk").values_list("pk", "data"))


def test_the_file_of_one_page_goes_out_and_comes_back(
    linked: ContentPage, redactrice: Any, logged_in: LoggedIn
) -> None:
    translate(linked)
    browser = logged_in(redactrice)
    file = fetch(browser, linked)
    (entry,) = [each for each in file if each.msgid == "Un résumé."]
    entry.msgstr = "A summary from elsewhere."
    assert "Les phrases du fichier ont été reprises." in send(browser, linked, str(file).encode())
    assert "A summary from elsewhere." in [text for _pk, text in words()]


@pytest.mark.parametrize(
    ("hurt", "why"),
    [
        (lambda data: b"", "autre"),
        (lambda data: b"rien", "autre"),
        (lambda data: b"\x89PNG\r\n\x1a\n", "n’est pas un fichier PO"),
        (lambda data: data[: len(data) // 2], "abîmé"),
        (lambda data: data[: data.index(b'msgctxt "end"')], "abîmé"),
        (lambda data: data.replace(b"X-WagtailLocalize", b"X-Other"), "autre"),
        (lambda data: data.replace(b"(EN)", b"<script>x</script>"), "que la source"),
        (lambda data: data.replace(b"(EN)", b"<b>"), "ferm"),
    ],
)
def test_a_damaged_or_foreign_file_of_one_page_is_refused_as_a_whole(
    hurt: Callable[[bytes], bytes], why: str, linked: ContentPage, redactrice: Any,
    logged_in: LoggedIn,
) -> None:  # fmt: skip
    translate(linked)
    browser = logged_in(redactrice)
    data, before = str(fetch(browser, linked)).encode(), words()
    said = send(browser, linked, hurt(data))
    assert why in said
    assert "<script>x" not in said
    assert words() == before


def test_the_file_of_another_page_is_refused(
    linked: ContentPage, page: ContentPage, redactrice: Any, logged_in: LoggedIn
) -> None:
    translate(linked)
    translate(page)
    browser, before = logged_in(redactrice), words()
    assert "autre" in send(browser, page, str(fetch(browser, linked)).encode())
    assert words() == before


def test_the_file_of_a_page_is_for_who_may_edit_it(
    page: ContentPage, adherent: Any, in_role: Any, logged_in: LoggedIn
) -> None:
    translate(page)
    for name, ask in (("download_pofile", "get"), ("upload_pofile", "post")):
        address = reverse(f"wagtail_localize:{name}", args=[running(page).pk])
        for browser in (logged_in(adherent), logged_in(in_role(roles.EXPERT)), Client()):
            assert getattr(browser, ask)(address).status_code in (302, 403)
