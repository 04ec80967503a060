"""Documents and pictures: who gets their bytes, and what travels with them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.test import Client
from django.urls import reverse
from django.utils.http import http_date
from django.utils.module_loading import import_string
from wagtail.models import (
    CollectionViewRestriction,
    GroupCollectionPermission,
    PageViewRestriction,
)

from home.models import HomePage
from members.models import User
from resources.models import ToolboxPage
from site_cocagne.core.access import can_view
from site_cocagne.core.models import Audience, SiteDocument, SiteImage, SiteRendition
from site_cocagne.core.pictures import settle_pictures
from site_cocagne.settings.environment import read_environment
from tests import factories

pytestmark = pytest.mark.django_db

BYTES = b"0123456789" * 10


@pytest.fixture
def open_file(toolbox: ToolboxPage) -> SiteDocument:
    """A document of a public resource."""
    file = factories.document(content=BYTES)
    factories.resource(toolbox, documents=(file,))
    return file


@pytest.fixture
def closed_file(toolbox: ToolboxPage) -> SiteDocument:
    """A document of a reserved resource."""
    file = factories.document(content=BYTES)
    factories.resource(toolbox, documents=(file,), audience=Audience.MEMBERS)
    return file


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_a_document_travels_closed(client: Client, open_file: SiteDocument) -> None:
    response = client.get(open_file.url)
    assert body(response) == BYTES
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("default-src 'none'")
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["Content-Disposition"].startswith("attachment")
    assert "Content-Encoding" not in response


@pytest.mark.parametrize(
    ("asked", "status", "part", "said"),
    [
        ("bytes=0-9", 206, BYTES[:10], "bytes 0-9/100"),
        ("bytes=90-", 206, BYTES[90:], "bytes 90-99/100"),
        ("bytes=-5", 206, BYTES[-5:], "bytes 95-99/100"),
        ("bytes=95-500", 206, BYTES[95:], "bytes 95-99/100"),
        ("bytes=100-", 416, b"", "bytes */100"),
        ("bytes=-0", 416, b"", "bytes */100"),
        ("bytes=5-2", 200, BYTES, None),
        ("bytes=0-1,4-5", 200, BYTES, None),
        ("lines=0-9", 200, BYTES, None),
        ("bytes=" + "9" * 40 + "-", 200, BYTES, None),
    ],
)
def test_a_range_of_a_document(
    client: Client, open_file: SiteDocument, asked: str, status: int, part: bytes, said: str | None
) -> None:
    response = client.get(open_file.url, headers={"range": asked})
    assert response.status_code == status
    assert body(response) == part
    assert response.headers.get("Content-Range") == said


def test_a_document_not_changed_is_not_sent_again(client: Client, open_file: SiteDocument) -> None:
    tag = client.get(open_file.url)["ETag"]
    again = client.get(open_file.url, headers={"if-none-match": tag})
    assert again.status_code == 304
    stale = client.get(open_file.url, headers={"range": "bytes=0-1", "if-range": '"other"'})
    assert body(stale) == BYTES


def test_a_date_alone_spares_no_second_sending(client: Client, open_file: SiteDocument) -> None:
    """A file replaced within the second has the date of the one before: the tag decides alone."""
    answer = client.get(open_file.url)
    assert "Last-Modified" not in answer
    later = http_date(time.time() + 3600)
    again = client.get(open_file.url, headers={"if-modified-since": later})
    assert again.status_code == 200
    assert body(again) == BYTES


def test_an_unused_document_is_for_those_who_can_edit_it(
    logged_in: Callable[[User], Client], redactrice: User, validatrice: User, adherent: User
) -> None:
    unused = factories.document(content=BYTES)
    own = factories.document(content=BYTES, uploaded_by_user=redactrice)
    assert body(logged_in(validatrice).get(unused.url)) == BYTES
    assert body(logged_in(redactrice).get(own.url)) == BYTES
    for somebody in (redactrice, adherent):  # to choose it is not to edit it
        assert logged_in(somebody).get(unused.url).status_code == 403
    assert Client().get(unused.url).status_code == 302


def test_head_says_the_size_and_sends_nothing(client: Client, open_file: SiteDocument) -> None:
    response = client.head(open_file.url)
    assert response["Content-Length"] == "100"
    assert response.content == b""


@pytest.mark.parametrize(
    "headers",
    [{}, {"range": "bytes=0-1"}, {"if-none-match": "*"}, {"if-modified-since": "x"}],
)
@pytest.mark.parametrize("method", ["get", "head"])
def test_an_outsider_learns_nothing_of_a_closed_document(
    closed_file: SiteDocument,
    logged_in: Callable[[User], Client],
    sans_affiliation: User,
    ancien_adherent: User,
    method: str,
    headers: dict[str, str],
) -> None:
    for browser, status in (
        (Client(), 302),
        (logged_in(sans_affiliation), 403),
        (logged_in(ancien_adherent), 403),
    ):
        response = getattr(browser, method)(closed_file.url, headers=headers)
        assert response.status_code == status
        assert not {"ETag", "Last-Modified", "Content-Range"} & set(response.headers)
        assert BYTES[:10] not in body(response)
    assert Client().get(closed_file.url)["Cache-Control"] == "private, no-store"


def test_a_member_reads_a_closed_document(
    closed_file: SiteDocument, logged_in: Callable[[User], Client], adherent: User
) -> None:
    assert body(logged_in(adherent).get(closed_file.url)) == BYTES


def test_a_wrong_name_is_not_found(client: Client, open_file: SiteDocument) -> None:
    assert client.get(open_file.url.replace("fiche", "autre")).status_code == 404


def test_the_captions_follow_their_recording(
    client: Client, toolbox: ToolboxPage, adherent: User, logged_in: Callable[[User], Client]
) -> None:
    captions = factories.document("film.vtt", b"WEBVTT\n")
    film = factories.document("film.mp4", b"0", captions=captions)
    assert client.get(captions.url).status_code == 302
    page = factories.resource(toolbox, documents=(film,))
    assert client.get(captions.url)["Content-Type"].startswith("text/vtt")
    page.audience = Audience.MEMBERS
    page.save_revision().publish()
    assert client.get(captions.url).status_code == 302
    assert logged_in(adherent).get(captions.url).status_code == 200


def test_no_private_file_stands_where_a_web_server_serves(
    client: Client, open_file: SiteDocument, settings: Any
) -> None:
    assert not str(open_file.file.path).startswith(str(settings.MEDIA_ROOT))
    assert client.get(f"/media/{open_file.file.name}").status_code == 404


def test_a_closed_collection_closes_its_documents(client: Client, open_file: SiteDocument) -> None:
    CollectionViewRestriction.objects.create(
        collection=open_file.collection, restriction_type=CollectionViewRestriction.LOGIN
    )
    assert client.get(open_file.url).status_code == 302


def test_a_file_leaves_by_the_web_server_where_one_is_set(
    client: Client, open_file: SiteDocument, closed_file: SiteDocument, settings: Any
) -> None:
    settings.SENDFILE_BACKEND = "django_sendfile.backends.nginx"
    settings.SENDFILE_ROOT = str(settings.PRIVATE_MEDIA_ROOT)
    settings.SENDFILE_URL = "/protected"
    response = client.get(open_file.url)
    assert response["X-Accel-Redirect"].startswith("/protected/documents/")
    assert response["Cache-Control"] == "private, no-store"
    assert "X-Accel-Redirect" not in client.get(closed_file.url).headers


@pytest.mark.parametrize(
    ("variables", "built"),
    [
        ({}, "None None None"),
        (
            {"ACCEL_REDIRECT": "/reserved/"},
            "django_sendfile.backends.nginx /srv/private /reserved",
        ),
        (
            {"ACCEL_REDIRECT": "/r", "S3_PUBLIC_BUCKET": "a", "S3_PRIVATE_BUCKET": "b"},
            "None None None",
        ),
    ],
    ids=["by default", "where it is named", "never with buckets"],
)
def test_production_lets_the_web_server_send_files(variables: dict[str, str], built: str) -> None:
    code = (
        "from django.conf import settings as s;"
        "print(*(getattr(s, f'SENDFILE_{name}', None) for name in ('BACKEND', 'ROOT', 'URL')))"
    )
    assert in_production(code, PRIVATE_MEDIA_ROOT="/srv/private", **variables).strip() == built


def in_production(code: str, **variables: str) -> str:
    """What ``code`` prints under the settings of production."""
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "site_cocagne.settings.production",
        "SECRET_KEY": "x" * 60,
        "ALLOWED_HOSTS": "www.example.org",
        "BASE_URL": "https://www.example.org",
        "DATABASE_URL": "sqlite://:memory:",
        **variables,
    }
    return subprocess.run(  # noqa: S603 (our own settings)
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True
    ).stdout


def test_static_files_are_readable_to_others_than_who_collects_them(tmp_path: Path) -> None:
    """In a container root collects them, and an account without rights serves them."""
    collect = (
        "import os, django; os.umask(0o077); django.setup();"
        "from django.core.management import call_command as call;"
        "ignored = ['wagtail*', 'admin', 'styleguide', 'localize', 'typed_table_block'];"
        "call('collectstatic', interactive=False, verbosity=0, ignore_patterns=ignored)"
    )
    in_production(collect, STATIC_ROOT=str(tmp_path / "static"))
    found = [path for path in (tmp_path / "static").rglob("*") if path.suffix not in {".gz", ".br"}]
    assert len(found) > 20
    modes = {(path.is_dir(), oct(path.stat().st_mode & 0o777)) for path in found}
    assert modes == {(True, "0o755"), (False, "0o644")}


def test_an_internal_location_is_a_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACCEL_REDIRECT", "fichiers-reserves")
    with pytest.raises(ImproperlyConfigured, match="ACCEL_REDIRECT"):
        read_environment(development=True)


# --- pictures ---------------------------------------------------------------------------------


def rendition(image: SiteImage) -> SiteRendition:
    fresh = SiteImage.objects.get(pk=image.pk)
    made: SiteRendition = fresh.get_rendition("width-100")
    return made


def test_the_picture_of_a_public_page_is_a_public_file(toolbox: ToolboxPage) -> None:
    image = factories.image()
    factories.resource(toolbox, picture=image)
    made = rendition(image)
    assert made.url.startswith("/media/images/")
    assert storages["default"].exists(made.file.name)


@pytest.mark.parametrize("kind", ["reserved", "brand", "draft", "unused"])
def test_no_other_picture_ever_has_a_public_file(
    toolbox: ToolboxPage, home: HomePage, kind: str, client: Client
) -> None:
    image = factories.image()
    if kind == "reserved":
        factories.resource(toolbox, picture=image, audience=Audience.MEMBERS)
    elif kind == "brand":
        factories.brand(home, picture=image)
    elif kind == "draft":
        factories.resource(toolbox, picture=image, live=False)
    made = rendition(image)
    assert not storages["default"].exists(made.file.name)
    assert client.get(made.url).status_code == 302
    assert client.get(reverse("original_picture", args=[image.file.name])).status_code == 302


def test_members_see_the_pictures_of_reserved_pages(
    toolbox: ToolboxPage,
    adherent: User,
    ancien_adherent: User,
    logged_in: Callable[[User], Client],
) -> None:
    image = factories.image()
    factories.resource(toolbox, picture=image, audience=Audience.MEMBERS)
    made = rendition(image)
    response = logged_in(adherent).get(made.url)
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    assert logged_in(ancien_adherent).get(made.url).status_code == 403


def test_closing_a_page_takes_its_public_files_away_and_opening_brings_them_back(
    toolbox: ToolboxPage,
) -> None:
    image = factories.image()
    page = factories.resource(toolbox, picture=image)
    name = rendition(image).file.name
    page.audience = Audience.MEMBERS
    page.save_revision().publish()
    assert not SiteRendition.objects.filter(file=name).exists()
    assert rendition(image).url.startswith("/images/")
    page.audience = Audience.PUBLIC
    page.save_revision().publish()
    assert rendition(image).url.startswith("/media/")
    page.unpublish()
    assert rendition(image).url.startswith("/images/")


def test_the_strictest_page_decides_for_a_picture(toolbox: ToolboxPage) -> None:
    image = factories.image()
    factories.resource(toolbox, picture=image)
    assert rendition(image).url.startswith("/media/")
    factories.resource(toolbox, picture=image, audience=Audience.MEMBERS)
    assert rendition(image).url.startswith("/images/")


def test_who_chooses_pictures_sees_the_unused_ones(
    redactrice: User, logged_in: Callable[[User], Client]
) -> None:
    assert GroupCollectionPermission.objects.filter(group__in=redactrice.groups.all()).exists()
    made = rendition(factories.image())
    assert logged_in(redactrice).get(made.url).status_code == 200


def test_settling_twice_changes_nothing(toolbox: ToolboxPage) -> None:
    image = factories.image()
    factories.resource(toolbox, picture=image)
    rendition(image)
    assert settle_pictures() == 0


def test_somebody_with_many_groups_reads_what_the_groups_open(
    toolbox: ToolboxPage, redactrice: User, adherent: User, closed_file: SiteDocument
) -> None:
    """The deepest query there is: groups, restrictions of pages and of collections at once."""
    group = redactrice.groups.get()
    adherent.groups.add(group)
    restriction = CollectionViewRestriction.objects.create(
        collection=closed_file.collection, restriction_type=CollectionViewRestriction.GROUPS
    )
    page = toolbox.get_children().get().specific
    on_page = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.GROUPS
    )
    other = Group.objects.create(name="Un groupe")
    somebody = factories.member()
    somebody.groups.add(other)
    assert not can_view(User.objects.get(pk=somebody.pk), closed_file)
    restriction.groups.add(other)
    assert not can_view(User.objects.get(pk=somebody.pk), closed_file)
    on_page.groups.add(other)
    assert can_view(User.objects.get(pk=somebody.pk), closed_file)


def test_several_renditions_of_a_reserved_picture_have_addresses_at_once(db: None) -> None:
    """The first visitor of a page makes them all in one go."""
    image = SiteImage.objects.get(pk=factories.image().pk)
    made = image.get_renditions("width-100", "width-200|format-avif")
    assert all(each.url.startswith("/images/") for each in made.values())
    again = SiteImage.objects.get(pk=image.pk).get_renditions("width-100", "width-200|format-avif")
    assert {each.url for each in made.values()} == {each.url for each in again.values()}


def test_a_deleted_file_is_gone_once_its_row_is(django_capture_on_commit_callbacks: Any) -> None:
    """The task that deletes it is written down: with the name of the storage, not its keys."""
    document, image = factories.document(), factories.image()
    rendition = image.get_rendition("fill-10x10")
    stored = [(one.file.storage, str(one.file.name)) for one in (document, image, rendition)]
    assert all(storage.exists(name) for storage, name in stored)
    with django_capture_on_commit_callbacks(execute=True):
        document.delete()
        image.delete()
    assert not any(storage.exists(name) for storage, name in stored)


def test_a_bucket_is_told_to_a_task_by_its_name(db: None) -> None:
    from site_cocagne.core.buckets import PrivateBucket

    bucket = PrivateBucket(bucket_name="private", access_key="of-no-use", secret_key="of-no-use")
    path, arguments, options = bucket.deconstruct()
    assert import_string(path)() is storages["private"]
    assert (arguments, options) == ([], {})


def test_an_object_storage_hands_over_by_an_address_that_lives_a_minute(
    client: Client,
    open_file: SiteDocument,
    closed_file: SiteDocument,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    signed: list[dict[str, Any]] = []

    def no_path(self: Any, name: str) -> str:
        raise NotImplementedError

    def url(self: Any, name: str, **asked: Any) -> str:
        signed.append(asked)
        return f"https://bucket.example/{name}?signature=x"

    storage = type(storages["private"])
    monkeypatch.setattr(storage, "path", no_path)
    monkeypatch.setattr(storage, "url", url)
    response = client.get(open_file.url)
    assert response["Location"].startswith("https://bucket.example/documents/")
    assert response["Cache-Control"] == "private, no-store"
    assert signed[0]["expire"] == 60
    assert signed[0]["parameters"]["ResponseContentDisposition"].startswith("attachment")
    assert client.get(closed_file.url)["Location"].startswith("/mon-espace/connexion/")
    assert len(signed) == 1


def test_public_pictures_are_readable_to_a_web_server_and_reserved_files_are_not() -> None:
    modes = {}
    for name in ("default", "private"):
        saved = storages[name].save("droits.txt", ContentFile(b"x"))
        modes[name] = Path(storages[name].path(saved)).stat().st_mode & 0o777
        storages[name].delete(saved)
    assert modes == {"default": 0o644, "private": 0o640}
