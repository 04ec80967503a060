"""Two buckets of an object storage in the place of two folders; loaded only where named."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar
from urllib.parse import quote

from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.urls import reverse
from storages.backends.s3 import S3Storage

from .storages import ToldByName


@contextmanager
def failing_as_files_do() -> Iterator[None]:
    """A bucket that refuses or does not answer is to the site what a broken disk is."""
    try:
        yield
    except (BotoCoreError, Boto3Error, ClientError) as error:
        raise OSError(str(error)) from error


class Bucket(S3Storage):
    """What both have in common."""

    file_overwrite = False
    client_config: Any

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        # Addresses are signed as every storage of today understands; and a visitor waits for a
        # page, not for four more tries.
        ours = Config(
            signature_version="s3v4",
            connect_timeout=2,
            read_timeout=15,
            retries={"total_max_attempts": 2},
        )
        self.client_config = self.client_config.merge(ours)

    def _open(self, name: str, mode: str = "rb") -> Any:
        with failing_as_files_do():
            return super()._open(name, mode)

    def _save(self, name: str, content: Any) -> Any:
        with failing_as_files_do():
            return super()._save(name, content)

    def exists(self, name: str) -> bool:
        with failing_as_files_do():
            return bool(super().exists(name))

    def delete(self, name: str) -> None:
        with failing_as_files_do():
            super().delete(name)

    def size(self, name: str) -> int:
        with failing_as_files_do():
            return int(super().size(name))


class PublicBucket(Bucket):
    """Public pictures in a bucket, under the site's own address: the web server fetches them.

    So the policy of our pages stays ``'self'`` alone, and no other host learns who reads what.
    """

    default_acl = None
    querystring_auth = False
    object_parameters: ClassVar[dict[str, str]] = {
        "CacheControl": "public, max-age=31536000, immutable"
    }

    def url(self, name: str | None, *args: Any, **kwargs: Any) -> str:
        return f"{settings.MEDIA_URL}{quote(str(name))}"


class PrivateBucket(ToldByName, Bucket):
    """A bucket without public access: the address of a file is that of our view.

    Once the view has said yes it asks for a signed address that lives as long as ``expire``.
    """

    default_acl = "private"
    querystring_auth = True

    def url(
        self, name: str | None, parameters: Any = None, expire: int | None = None, **kwargs: Any
    ) -> str:
        if expire is None:
            return reverse("original_picture", args=[str(name)])
        return str(super().url(name, parameters=parameters, expire=expire, **kwargs))
