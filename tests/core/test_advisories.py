"""One test for each class of weakness published for Wagtail in 2023–2026, on this site's own code.

Each names its class; the details of a surface stand with the tests of that surface.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail.admin.rich_text import get_rich_text_editor_widget
from wagtail.models import Collection, CollectionViewRestriction, Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from editorial.exports import as_csv
from home.models import ContentPage, HomePage
from members.models import User
from resources.models import ToolboxPage
from site_cocagne import roles
from site_cocagne.core.models import Mission, SiteDocument, SiteImage
from site_cocagne.core.models.audience import Audience
from site_cocagne.core.search.reader import MAX_INSIDE
from site_cocagne.core.search.reading import read
from tests import factories
from tests.editorial.conftest import form_of

pytestmark = pytest.mark.django_db

Browser = Callable[[User], Client]
SHUT = {302, 403, 404}


@pytest.fixture
def expert(in_role: Callable[[roles.Role], User]) -> User:
    """Enters the admin and holds no right over any page, file or snippet."""
    return in_role(roles.EXPERT)


def text(answer: Any) -> str:
    return answer.content.decode()


# --- admin views without a check of the object --------------------------------------------------


def test_no_admin_view_of_a_page_opens_to_who_has_no_right_over_it(
    home: HomePage, toolbox: ToolboxPage, expert: User, logged_in: Browser
) -> None:
    page = factories.resource(toolbox, audience=Audience.MEMBERS, door="hidden", title="Au secret")
    first = page.save_revision()
    page.title = "Au secret, relu"
    second = page.save_revision()
    browser = logged_in(expert)
    pages = f"/admin/pages/{page.pk}"
    for address in (
        f"{pages}/edit/",
        f"{pages}/edit/preview/",
        f"{pages}/view_draft/",
        f"{pages}/history/",
        f"{pages}/copy/",
        f"{pages}/move/",
        f"{pages}/delete/",
        f"{pages}/unpublish/",
        f"{pages}/revisions/{first.pk}/view/",
        f"{pages}/revisions/{first.pk}/revert/",
        f"{pages}/revisions/compare/{first.pk}...{second.pk}/",
        f"{pages}/workflow/preview/1/",
        f"/admin/pages/add/resources/resourcepage/{toolbox.pk}/",
        f"/admin/bureau/pages/{page.pk}/partager/",
        f"/admin/bureau/pages/{page.pk}/urgence/",
    ):
        for answer in (browser.get(address), browser.post(address, {})):
            assert answer.status_code in {*SHUT, 405}, address
            assert "Au secret" not in text(answer), address


def test_no_admin_view_of_a_picture_or_file_opens_to_who_has_no_right_over_it(
    expert: User, logged_in: Browser
) -> None:
    picture = factories.image(title="Image au secret")
    document = factories.document(title="Fichier au secret")
    browser = logged_in(expert)
    for address in (
        f"/admin/images/{picture.pk}/",
        f"/admin/images/{picture.pk}/delete/",
        f"/admin/images/{picture.pk}/generate_url/",
        f"/admin/images/{picture.pk}/preview/original/",
        f"/admin/images/{picture.pk}/generate_url/fill-10x10/",
        f"/admin/images/chooser/{picture.pk}/select_format/",
        f"/admin/documents/edit/{document.pk}/",
        f"/admin/documents/delete/{document.pk}/",
    ):
        answer = browser.get(address)
        assert answer.status_code in SHUT, address
        assert "au secret" not in text(answer), address


# --- translation endpoints ------------------------------------------------------------------------


def test_who_may_not_publish_cannot_do_so_through_a_translation(
    home: HomePage, redactrice: User, logged_in: Browser
) -> None:
    page = factories.content(home, title="Une page")
    source, _made = TranslationSource.get_or_create_from_instance(page)
    english = Locale.objects.get(language_code="en")
    translation = Translation.objects.create(source=source, target_locale=english)
    browser = logged_in(redactrice)
    for address in (
        f"/admin/localize/submit/page/{page.pk}/",
        f"/admin/localize/update/{source.pk}/",
        f"/admin/localize/translate/{translation.pk}/machine_translate/",
    ):
        browser.post(
            address, {"locales": [english.pk], "publish_translations": "on", "action": "publish"}
        )
    assert not Page.objects.filter(translation_key=page.translation_key, locale=english).exists()


# --- lists and APIs showing what hangs under something private ------------------------------------


def test_no_list_and_no_api_shows_what_hangs_under_something_private(
    home: HomePage, toolbox: ToolboxPage, client: Client
) -> None:
    above = factories.content(home, audience=Audience.MEMBERS, door="hidden", title="Au-dessus")
    kept = factories.resource(toolbox, audience=Audience.MEMBERS, door="hidden", title="Zzyzx")
    for address in (
        "/",
        toolbox.url,
        "/plan-du-site/",
        "/sitemap-pages.xml",
        "/recherche/?q=zzyzx",
        "/recherche/suggestions/?q=zzyz",
    ):
        answer = text(client.get(address))
        for page in (above, kept):
            assert page.slug not in answer, address
    for address in ("/api/v2/pages/", "/api/v3/pages/", "/admin/api/main/pages/"):
        assert client.get(address).status_code in SHUT, address


# --- snippets -------------------------------------------------------------------------------------


def test_a_snippet_one_may_not_see_cannot_be_read_by_copying_it(
    expert: User, logged_in: Browser
) -> None:
    mission = factories.mission("secrete", name="Mission au secret")
    snippets = "/admin/snippets/core/mission"
    browser = logged_in(expert)
    for action in ("copy", "edit", "delete", "history", "usage", "inspect"):
        answer = browser.get(f"{snippets}/{action}/{mission.pk}/")
        assert answer.status_code in SHUT, action
        assert "au secret" not in text(answer), action
    assert Mission.objects.filter(name__icontains="au secret").count() == 1


# --- private documents probed by their headers ----------------------------------------------------


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"range": "bytes=0-1"},
        {"if-none-match": "*"},
        {"if-modified-since": "Wed, 21 Oct 2037 07:28:00 GMT"},
    ],
)
def test_a_closed_document_answers_every_question_with_its_door(
    client: Client, headers: dict[str, str]
) -> None:
    closed = Collection.get_first_root_node().add_child(name="Fermée")
    CollectionViewRestriction.objects.create(
        collection=closed, restriction_type=CollectionViewRestriction.LOGIN
    )
    document = factories.document(content=b"au secret", collection=closed)
    for method in (client.get, client.head):
        answer = method(document.url, headers=headers)
        assert answer.status_code == 302, method
        assert "connexion" in answer["Location"]
        for name in ("ETag", "Last-Modified", "Content-Range"):
            assert name not in answer.headers


# --- settings and rights bypassed by a crafted form -----------------------------------------------


def test_fields_and_actions_that_a_form_does_not_show_cannot_be_posted(
    home: HomePage, redactrice: User, logged_in: Browser
) -> None:
    browser = logged_in(redactrice)
    page = factories.content(home, title="Avant")
    form = form_of(page, title="Après")
    crafted = {"action-publish": "1", "owner": redactrice.pk, "live": "on", "path": "00010001"}
    browser.post(f"/admin/pages/{page.pk}/edit/", {**form, **crafted})
    after = ContentPage.objects.get(pk=page.pk)
    assert (after.title, after.owner, after.path) == ("Avant", page.owner, page.path)
    for address in (
        "/admin/settings/core/navigation/1/",
        "/admin/settings/core/organisation/1/",
        "/admin/sites/new/",
        "/admin/workflows/add/",
        "/admin/groups/new/",
    ):
        assert browser.post(address, {"name": "x"}).status_code in SHUT, address


def test_no_role_holds_a_right_over_accounts_or_groups(expert: User) -> None:
    """Who may change users may make themselves a superuser: the technical role alone may."""
    from django.contrib.auth.models import Permission

    given = Permission.objects.filter(group__isnull=False)
    over = given.filter(content_type__model__in=["user", "group", "permission"])
    assert set(over.values_list("group__name", flat=True)) == {roles.TECHNICAL.name}


def test_an_account_cannot_raise_itself_by_its_own_form(
    redactrice: User, logged_in: Browser
) -> None:
    browser = logged_in(redactrice)
    raised = {"is_superuser": "on", "is_staff": "on", "groups": ["1", "2"]}
    for address in (
        "/admin/account/",
        f"/admin/users/{redactrice.pk}/",
        f"/admin/users/edit/{redactrice.pk}/",
        "/mon-espace/mon-compte/",
    ):
        browser.post(address, {**raised, "first_name": "A", "last_name": "B"})
    redactrice.refresh_from_db()
    assert not redactrice.is_superuser
    assert redactrice.groups.count() == 1


# --- scripts in values ----------------------------------------------------------------------------

SCRIPT = "<script>alert(1)</script>"


def typed(words: str, address: str) -> str:
    """What the editor's form makes of ``words`` with a link over them, sent by hand."""
    block = {
        "key": "a",
        "text": words,
        "type": "unstyled",
        "depth": 0,
        "inlineStyleRanges": [],
        "entityRanges": [{"offset": 0, "length": len(words), "key": 0}],
    }
    link = {"type": "LINK", "mutability": "MUTABLE", "data": {"url": address}}
    sent = json.dumps({"blocks": [block], "entityMap": {"0": link}})
    widget: Any = get_rich_text_editor_widget()
    return str(widget.value_from_datadict({"x": sent}, {}, "x"))


def test_no_value_of_a_page_runs_as_a_script(home: HomePage, client: Client) -> None:
    block = {"type": "paragraph", "id": "00000000-0000-4000-8000-000000000001"}
    rich = typed(f"{SCRIPT}<img src=x onerror=alert(1)>", "javascript:alert(1)")
    page = factories.content(
        home,
        title=f"T{SCRIPT}",
        short_title="<b onclick=x>c",
        summary=f"S{SCRIPT}",
        search_description=f"D{SCRIPT}",
        body=[{**block, "value": rich}],
        slug="script",
    )
    for address in (
        page.url,
        "/plan-du-site/",
        f"{page.url}?x={SCRIPT}",
        f"/recherche/?q={SCRIPT}",
    ):
        answer = text(client.get(address))
        assert SCRIPT not in answer, address
        for running in ('href="javascript:', "<b onclick", "<img src=x"):
            assert running not in answer, address


def test_the_name_of_a_page_does_not_run_in_the_admin(
    home: HomePage, superuser: User, logged_in: Browser
) -> None:
    page = factories.content(home, title=f"T{SCRIPT}", slug="script")
    browser = logged_in(superuser)
    for address in (
        f"/admin/pages/{home.pk}/",
        f"/admin/pages/{page.pk}/edit/",
        f"/admin/pages/{page.pk}/history/",
        f"/admin/pages/{page.pk}/delete/",
        "/admin/bureau/",
        "/admin/bureau/trace/",
    ):
        assert SCRIPT not in text(browser.get(address)), address


# --- denial of service ----------------------------------------------------------------------------


def test_what_is_uploaded_has_limits(superuser: User, logged_in: Browser, settings: Any) -> None:
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 100
    browser = logged_in(superuser)
    answer = browser.post(
        "/admin/documents/multiple/add/",
        {"title": "x", "files[]": SimpleUploadedFile("x.txt", b"x" * 1000)},
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    assert not answer.json()["success"]
    assert SiteDocument.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("x.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("x.html", b"<script>alert(1)</script>"),
    ],
)
def test_a_picture_that_could_run_is_refused(
    superuser: User, logged_in: Browser, name: str, content: bytes
) -> None:
    answer = logged_in(superuser).post(
        "/admin/images/multiple/add/",
        {"title": "x", "files[]": SimpleUploadedFile(name, content)},
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    assert not answer.json()["success"]
    assert SiteImage.objects.count() == 0


def test_nobody_asks_for_a_picture_in_a_size_of_their_own(client: Client) -> None:
    picture = factories.image()
    for address in (
        f"/images/{picture.pk}/fill-10000x10000/",
        f"/images/signature/{picture.pk}/width-99999/x.png",
        f"/admin/images/{picture.pk}/preview/width-99999/",
    ):
        assert client.get(address).status_code in SHUT, address


def test_a_huge_question_is_answered_and_not_searched(client: Client, home: HomePage) -> None:
    for words in ("jardin " * 3000, "a" * 20_000, '"' * 500, "(" * 500 + "*" * 500):
        assert client.get("/recherche/", {"q": words}).status_code == 200


def test_an_archive_that_grows_is_read_no_further_than_its_limit() -> None:
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w", force_zip64=True) as member,
    ):
        member.write(b"<w:document xmlns:w='urn:w'><w:t>")
        for _ in range(MAX_INSIDE // (1 << 20) + 20):
            member.write(b"a" * (1 << 20))
    found = read(factories.document(name="bombe.docx", content=buffer.getvalue()))
    assert len(found.text) < 1 << 20


# --- people ---------------------------------------------------------------------------------------


def test_nobody_learns_who_has_an_account(client: Client, adherent: User) -> None:
    answers = []
    for address in (adherent.email, "personne@exemple.fr"):
        for where, form in (
            ("/mon-espace/connexion/", {"login": address, "password": "faux-mot-de-passe"}),
            ("/mon-espace/mot-de-passe/oublie/", {"email": address}),
        ):
            answer = Client().post(where, form)
            body = text(answer).replace(address, "")
            answers.append((where, answer.status_code, answer.get("Location"), len(body)))
    assert answers[:2] == answers[2:]


def test_no_public_page_names_an_author(home: HomePage, client: Client, redactrice: User) -> None:
    User.objects.filter(pk=redactrice.pk).update(first_name="Zoraïde", last_name="Quidam")
    page = factories.content(home, owner=redactrice)
    page.save_revision(user=redactrice).publish()
    for address in (page.url, "/", "/plan-du-site/"):
        answer = text(client.get(address))
        for word in ("Zoraïde", "Quidam", redactrice.email):
            assert word not in answer, address


# --- doors ----------------------------------------------------------------------------------------


def test_no_page_is_shown_in_the_frame_of_another_site(
    home: HomePage, client: Client, superuser: User, logged_in: Browser
) -> None:
    for answer in (
        client.get("/"),
        client.get("/mon-espace/connexion/"),
        logged_in(superuser).get("/admin/"),
    ):
        assert answer["X-Frame-Options"] == "SAMEORIGIN"
        assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize(
    "onward",
    ["https://mechant.exemple/", "//mechant.exemple/", "/\\mechant.exemple", "javascript:x"],
)
def test_login_leads_to_no_other_site(client: Client, adherent: User, onward: str) -> None:
    form = {"login": adherent.email, "password": factories.PASSWORD, "next": onward}
    for address in ("/mon-espace/connexion/", "/_util/login/", "/admin/login/"):
        answer = Client().post(f"{address}?next={onward}", form)
        assert "mechant" not in answer.get("Location", ""), address
        assert "javascript" not in answer.get("Location", ""), address


def test_a_forged_host_is_refused_and_in_no_mail(
    client: Client, adherent: User, mailoutbox: list[Any]
) -> None:
    headers = {"host": "mechant.exemple"}
    assert client.get("/", headers=headers).status_code == 400
    form = {"email": adherent.email}
    assert client.post("/mon-espace/mot-de-passe/oublie/", form, headers=headers).status_code == 400
    assert mailoutbox == []
    client.post(
        "/mon-espace/mot-de-passe/oublie/", form, headers={"x-forwarded-host": "mechant.exemple"}
    )
    assert len(mailoutbox) == 1
    assert "mechant" not in mailoutbox[0].body


def test_a_cell_of_an_export_never_begins_a_formula() -> None:
    for begin in ("=", "+", "-", "@", "\t", "\r"):
        line = as_csv("x", ["a"], [[f"{begin}cmd|' /C calc'!A0"]]).content.decode().splitlines()[1:]
        assert "".join(line).lstrip('"').startswith("'"), begin


def test_every_answer_carries_the_fixed_headers(home: HomePage, client: Client) -> None:
    for address in ("/", "/sante/", "/nulle-part/", "/mon-espace/connexion/", "/sitemap.xml"):
        answer = client.get(address)
        assert answer["X-Content-Type-Options"] == "nosniff", address
        assert answer["Referrer-Policy"] == "strict-origin-when-cross-origin", address
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin", address
        assert answer["Cross-Origin-Resource-Policy"] == "same-origin", address
        assert "camera=()" in answer["Permissions-Policy"], address
        assert "default-src 'self'" in answer["Content-Security-Policy"], address


def test_production_asks_for_tls_and_keeps_it() -> None:
    import os
    import subprocess
    import sys

    code = (
        "from django.conf import settings as s;"
        "print(s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS, s.SESSION_COOKIE_SECURE,"
        " s.CSRF_COOKIE_SECURE, s.SECURE_CONTENT_TYPE_NOSNIFF, s.PAGE_CACHE, s.DEBUG)"
    )
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "site_cocagne.settings.production",
        "SECRET_KEY": "x" * 60,
        "ALLOWED_HOSTS": "www.example.org",
        "BASE_URL": "https://www.example.org",
        "DATABASE_URL": "sqlite://:memory:",
    }
    out = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True
    ).stdout
    assert out.split() == ["True", str(365 * 24 * 3600), "True", "True", "True", "True", "False"]
