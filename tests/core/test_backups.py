"""A backup, put back into an empty place, is the same site; a bad one touches nothing."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage
from django.db import connection

from site_cocagne.core.backups import ArchiveError, Manifest, read_manifest
from site_cocagne.core.backups.archive import MANIFEST, Hashing
from site_cocagne.core.backups.saving import files_of
from tests.databases import fingerprint

Command = Callable[..., str]


# --- the real thing: two sites of their own -----------------------------------------------------


@pytest.fixture(scope="module")
def new_database(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: object,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Callable[[str], str]]:
    """The address of a database with all tables and nothing in them."""
    made: list[str] = []
    template = fingerprint(connection)

    def on_sqlite(name: str) -> str:
        folder = request.config.cache.mkdir("databases")
        copy = tmp_path_factory.mktemp(name) / "site.sqlite3"
        copy.write_bytes((folder / f"{template}.sqlite3").read_bytes())
        return f"sqlite:///{copy}"

    def on_postgresql(name: str) -> str:
        given = os.environ["DATABASE_URL"]
        source = f"template_{given.rpartition('/')[2]}_{template}"
        made.append(f"{source}_{name}_{os.getpid()}")
        on_the_server(f'CREATE DATABASE "{made[-1]}" TEMPLATE "{source}"')
        return f"{given.rpartition('/')[0]}/{made[-1]}"

    yield on_sqlite if connection.vendor == "sqlite" else on_postgresql
    for name in made:
        on_the_server(f'DROP DATABASE "{name}" WITH (FORCE)')


def on_the_server(statement: str) -> None:
    import psycopg

    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(statement)


@pytest.fixture(scope="module")
def site_at(new_database: Callable[[str], str], root: Path) -> Callable[[Path], Command]:
    """A site of its own in a folder: its commands, which return what they print."""

    def make(folder: Path) -> Command:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "site_cocagne.settings.dev",
            "DATABASE_URL": new_database(folder.name),
            "MEDIA_ROOT": str(folder / "media"),
            "PRIVATE_MEDIA_ROOT": str(folder / "private"),
        }

        def manage(*arguments: str, succeeds: bool = True) -> str:
            done = subprocess.run(  # noqa: S603 (our own commands)
                [sys.executable, "manage.py", *arguments],
                cwd=root,
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
            assert (done.returncode == 0) is succeeds, done.stdout + done.stderr
            return done.stdout + done.stderr

        return manage

    return make


CONTENT = """
from django.core.files.base import ContentFile
from site_cocagne.core.models import SiteDocument
from members.models import User
SiteDocument.objects.create(title="Fiche", file=ContentFile(b"semis en lignes", name="fiche.txt"))
User.objects.create_user("quelquune@exemple.fr", "un-mot-de-passe")
"""
COUNT = """
from site_cocagne.core.models import SiteDocument
from members.models import User
print(User.objects.get().email, SiteDocument.objects.get().file.read())
"""


def test_a_backup_put_into_an_empty_place_is_the_same_site(
    site_at: Callable[[Path], Command], tmp_path: Path
) -> None:
    here, there = site_at(tmp_path / "here"), site_at(tmp_path / "there")
    here("bootstrap_site")
    here("shell", "--no-imports", "-c", CONTENT)
    here("backup", str(tmp_path / "saved"))
    (archive,) = (tmp_path / "saved").iterdir()
    assert archive.stat().st_mode & 0o077 == 0

    printed = there("restore", str(archive))
    assert "1 files" in printed
    assert "quelquune@exemple.fr b'semis en lignes'" in there("shell", "--no-imports", "-c", COUNT)
    # A second time there is something to lose.
    assert "restore goes into an empty one" in there("restore", str(archive), succeeds=False)


# --- what is refused ------------------------------------------------------------------------------


def archive_with(
    path: Path, members: dict[str, bytes], *, manifest: bytes | None = None, site: str = ""
) -> Path:
    named = Manifest(made_at="2026-01-01T00:00:00+00:00", vendor="sqlite", migrations=[], rows={})
    if site:
        named.site = site
    with tarfile.open(path, "w") as tar:
        for name, content in members.items():
            hashing = Hashing(io.BytesIO(content))
            hashing.read()
            named.members[name] = (hashing.size, hashing.digest.hexdigest())
            add(tar, name, content)
        add(tar, MANIFEST, named.as_json() if manifest is None else manifest)
    return path


def add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size = len(content)
    tar.addfile(info, io.BytesIO(content))


def test_a_whole_archive_is_read(tmp_path: Path) -> None:
    archive = archive_with(tmp_path / "a.tar", {"database": b"x" * 3000, "private/a/é.pdf": b"y"})
    assert set(read_manifest(archive).members) == {"database", "private/a/é.pdf"}


@pytest.mark.parametrize("place", [600, 3000])
def test_a_changed_byte_or_a_missing_end_is_refused(tmp_path: Path, place: int) -> None:
    archive = archive_with(tmp_path / "a.tar", {"database": b"x" * 4000})
    content = bytearray(archive.read_bytes())
    content[place] ^= 1
    (tmp_path / "changed.tar").write_bytes(content)
    with pytest.raises(ArchiveError, match="damaged"):
        read_manifest(tmp_path / "changed.tar")
    (tmp_path / "short.tar").write_bytes(archive.read_bytes()[:place])
    with pytest.raises(ArchiveError):
        read_manifest(tmp_path / "short.tar")


@pytest.mark.parametrize("name", ["/etc/passwd", "private/../../x", "other/file", "default"])
def test_a_member_out_of_place_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ArchiveError, match="no place"):
        read_manifest(archive_with(tmp_path / "a.tar", {name: b"x"}))


@pytest.mark.parametrize("manifest", [b"", b"{}", b"[]", b"{", b"\xff\xfe"])
def test_a_manifest_that_is_none_is_refused(tmp_path: Path, manifest: bytes) -> None:
    with pytest.raises(ArchiveError):
        read_manifest(archive_with(tmp_path / "a.tar", {"database": b"x"}, manifest=manifest))


def test_the_backup_of_another_site_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="not of this site"):
        read_manifest(archive_with(tmp_path / "a.tar", {"database": b"x"}, site="other"))


def test_a_file_that_is_no_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.tar").write_bytes(b"not an archive" * 100)
    with pytest.raises(ArchiveError, match="cannot be read"):
        read_manifest(tmp_path / "a.tar")
    with pytest.raises(ArchiveError, match="cannot be read"):
        read_manifest(tmp_path / "missing.tar")


def test_the_files_of_a_store_are_all_walked(tmp_path: Path) -> None:
    store = FileSystemStorage(location=tmp_path / "store")
    assert list(files_of(store)) == []
    for name in ("b/c/3.txt", "a.txt", "b/2.txt"):
        (tmp_path / "store" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "store" / name).write_bytes(b"x")
    assert list(files_of(store)) == ["a.txt", "b/2.txt", "b/c/3.txt"]
