"""A second place for an archive: a bucket on other machines, ``s3://bucket/folder``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from .archive import ArchiveError
from .saving import PREFIX

SCHEME = "s3://"


@dataclass(frozen=True)
class Elsewhere:
    """A folder in a bucket, or with ``name`` one archive in it."""

    bucket: str
    folder: str
    name: str = ""

    @classmethod
    def read(cls, address: str) -> Elsewhere:
        """``s3://bucket/folder`` or ``s3://bucket/folder/archive.tar``; ``ArchiveError`` else."""
        bucket, _slash, path = address.removeprefix(SCHEME).partition("/")
        if not address.startswith(SCHEME) or not bucket:
            raise ArchiveError(f"“{address}” is not an address like s3://bucket/folder.")
        folder, _slash, last = path.strip("/").rpartition("/")
        if last.startswith(PREFIX):
            return cls(bucket, folder, last)
        return cls(bucket, path.strip("/"))

    def key(self, name: str) -> str:
        return f"{self.folder}/{name}" if self.folder else name


def copy_there(archive: Path, address: str, *, keep: int, say: Callable[[str], None]) -> str:
    """Copy ``archive`` into the bucket and return its address there.

    Counted there by its bytes before anything older goes; ``keep`` as for the folder. Raises
    ``ArchiveError`` where the bucket refuses or does not answer.
    """
    there, client = Elsewhere.read(address), connect()
    key = there.key(archive.name)
    with refusals(address):
        client.upload_file(str(archive), there.bucket, key)
        size = client.head_object(Bucket=there.bucket, Key=key)["ContentLength"]
        if size != archive.stat().st_size:
            raise ArchiveError(f"{key} has {size} bytes in the bucket, not as many as here.")
        for old in older(client, there, keep):
            client.delete_object(Bucket=there.bucket, Key=old)
            say(f"Removed {SCHEME}{there.bucket}/{old}.")
    return f"{SCHEME}{there.bucket}/{key}"


def fetch(address: str, folder: Path) -> Path:
    """Bring an archive from the bucket into ``folder``."""
    there = Elsewhere.read(address)
    if not there.name:
        raise ArchiveError(f"“{address}” names a folder: name the archive in it.")
    target = folder / there.name
    with refusals(address):
        connect().download_file(there.bucket, there.key(there.name), str(target))
    return target


def older(client: Any, there: Elsewhere, keep: int) -> list[str]:
    """Keys of the archives beyond the ``keep`` newest; none where all are kept."""
    if not keep:
        return []
    pages = client.get_paginator("list_objects_v2").paginate(
        Bucket=there.bucket, Prefix=there.key(PREFIX)
    )
    found = [each["Key"] for page in pages for each in page.get("Contents", [])]
    return sorted(found, reverse=True)[keep:]


def connect() -> Any:
    import boto3

    return boto3.client("s3", **settings.BACKUP_BUCKET)


@contextmanager
def refusals(address: str) -> Iterator[None]:
    """Say in one sentence what the library raises."""
    from boto3.exceptions import Boto3Error
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except (Boto3Error, BotoCoreError, ClientError) as error:
        raise ArchiveError(f"{address}: {error}") from error
