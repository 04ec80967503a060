"""The files of the site in two buckets, against a server that answers as an object storage does."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import boto3
import pytest
from django.core.files.storage import storages
from django.test import Client, override_settings
from moto.server import ThreadedMotoServer

from resources.models import ToolboxPage
from site_cocagne.core.backups import ArchiveError
from site_cocagne.core.backups.elsewhere import copy_there, fetch
from site_cocagne.core.models import Audience, SiteDocument, SiteImage
from site_cocagne.settings.stores import storages as stores
from tests import factories

pytestmark = pytest.mark.django_db

PUBLIC, PRIVATE, BACKUPS = "cocagne-public", "cocagne-private", "cocagne-backups"
KEYS = {"aws_access_key_id": "of-no-use", "aws_secret_access_key": "of-no-use"}


@pytest.fixture(scope="module")
def storage_server() -> Iterator[str]:
    """The address of an object storage with three empty buckets."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    client = boto3.client("s3", endpoint_url=address, region_name="us-east-1", **KEYS)
    for name in (PUBLIC, PRIVATE, BACKUPS):
        client.create_bucket(Bucket=name)
    yield address
    server.stop()


@pytest.fixture
def bucket(storage_server: str) -> Any:
    """What stands in the buckets, asked past the site."""
    return boto3.client("s3", endpoint_url=storage_server, region_name="us-east-1", **KEYS)


@pytest.fixture
def in_buckets(storage_server: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The site with its files in the buckets."""
    named = {
        "public_bucket": PUBLIC,
        "private_bucket": PRIVATE,
        "endpoint_url": storage_server,
        "region_name": "us-east-1",
        "access_key": "of-no-use",
        "secret_key": "of-no-use",
    }
    with kept_in(named, monkeypatch):
        yield storage_server


@contextmanager
def kept_in(named: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """With the files in these buckets, those that the fields of the models name included."""
    with override_settings(STORAGES=stores(Path("/nowhere"), named)):
        for model in (SiteDocument, SiteImage):
            monkeypatch.setattr(model._meta.get_field("file"), "storage", storages["private"])
        yield


def names_in(bucket: Any, name: str) -> set[str]:
    return {each["Key"] for each in bucket.list_objects_v2(Bucket=name).get("Contents", [])}


def test_a_reserved_file_is_handed_over_to_who_may_read_it_and_to_nobody_else(
    in_buckets: str, toolbox: ToolboxPage, client: Client, adherent: Any, bucket: Any
) -> None:
    file = factories.document("reserve.txt", b"pour les jardins")
    factories.resource(toolbox, documents=(file,), audience=Audience.MEMBERS)
    assert file.file.name in names_in(bucket, PRIVATE)
    assert file.file.name not in names_in(bucket, PUBLIC)
    shut = client.get(file.url)
    assert shut.status_code == 302
    assert in_buckets not in shut["Location"]
    client.force_login(adherent)
    address = client.get(file.url)["Location"]
    assert address.startswith(in_buckets)
    assert "X-Amz-Expires=60" in address
    with urlopen(address, timeout=10) as answer:  # noqa: S310 (our own server)
        assert answer.read() == b"pour les jardins"
        assert answer.headers["Content-Disposition"].startswith("attachment")


def test_pictures_go_to_the_bucket_of_their_page(
    in_buckets: str, toolbox: ToolboxPage, bucket: Any, django_capture_on_commit_callbacks: Any
) -> None:
    picture = factories.image("champ-ouvert.png")
    page = factories.resource(toolbox, picture=picture, revision=True)
    rendition = picture.get_rendition("fill-20x20")
    assert rendition.file.name in names_in(bucket, PUBLIC)
    assert rendition.url == f"/media/{rendition.file.name}"
    page.audience = Audience.MEMBERS
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    assert not {name for name in names_in(bucket, PUBLIC) if "champ-ouvert" in name}
    again = type(picture).objects.get(pk=picture.pk).get_rendition("fill-20x20")
    assert again.file.name in names_in(bucket, PRIVATE)
    assert again.url.startswith("/images/")


def test_what_is_deleted_is_gone_from_its_bucket(
    in_buckets: str, bucket: Any, django_capture_on_commit_callbacks: Any
) -> None:
    file = factories.document("a-jeter.txt")
    name = file.file.name
    assert name in names_in(bucket, PRIVATE)
    with django_capture_on_commit_callbacks(execute=True):
        file.delete()
    assert name not in names_in(bucket, PRIVATE)


def test_a_storage_that_fails_costs_the_file_and_not_the_page(
    in_buckets: str, toolbox: ToolboxPage, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = factories.document()
    page = factories.resource(toolbox, picture=factories.image("un-champ.png"), documents=(file,))
    gone = {"public_bucket": PUBLIC, "private_bucket": PRIVATE, "region_name": "us-east-1"}
    keys = {"access_key": "of-no-use", "secret_key": "of-no-use"}
    with kept_in({**gone, **keys, "endpoint_url": "http://127.0.0.1:1"}, monkeypatch):
        answer = client.get(page.url)
        assert answer.status_code == 200
        assert page.title in answer.content.decode()
        # The address of a file is signed here: nobody has to be asked for it.
        assert client.get(file.url).status_code == 302


# --- backups --------------------------------------------------------------------------------------


@pytest.fixture
def elsewhere(storage_server: str) -> Iterator[str]:
    """The address of a folder for backups, with the access that the settings give."""
    access = {"endpoint_url": storage_server, "region_name": "us-east-1", **KEYS}
    with override_settings(BACKUP_BUCKET=access):
        yield f"s3://{BACKUPS}/site"


def test_an_archive_is_copied_elsewhere_and_comes_back_the_same(
    elsewhere: str, tmp_path: Path, bucket: Any
) -> None:
    said: list[str] = []
    for day in (1, 2, 3):
        archive = tmp_path / f"cocagne-2026110{day}-020000.tar"
        archive.write_bytes(b"archive %d" % day * 1000)
        address = copy_there(archive, elsewhere, keep=2, say=said.append)
    assert names_in(bucket, BACKUPS) == {
        "site/cocagne-20261102-020000.tar",
        "site/cocagne-20261103-020000.tar",
    }
    assert any("cocagne-20261101-020000.tar" in line for line in said)
    (tmp_path / "back").mkdir()
    back = fetch(address, tmp_path / "back")
    assert back.read_bytes() == archive.read_bytes()


@pytest.mark.parametrize(
    "address", ["site", "s3://", "https://bucket/folder", "s3://no-such-bucket/site"]
)
def test_an_address_that_leads_nowhere_is_said(
    elsewhere: str, tmp_path: Path, address: str
) -> None:
    archive = tmp_path / "cocagne-20261101-020000.tar"
    archive.write_bytes(b"archive")
    with pytest.raises(ArchiveError):
        copy_there(archive, address, keep=0, say=lambda line: None)
    with pytest.raises(ArchiveError):
        fetch(address, tmp_path)


def test_a_storage_that_does_not_answer_is_said(tmp_path: Path) -> None:
    archive = tmp_path / "cocagne-20261101-020000.tar"
    archive.write_bytes(b"archive")
    nobody = {"endpoint_url": "http://127.0.0.1:1", "region_name": "us-east-1", **KEYS}
    with override_settings(BACKUP_BUCKET=nobody), pytest.raises(ArchiveError):
        copy_there(archive, "s3://bucket/site", keep=0, say=lambda line: None)
