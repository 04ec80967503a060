"""An object storage that answers as the real one does, until it is told to fail or to hang."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from typing import Any

import boto3
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

PUBLIC, PRIVATE = "cocagne-public", "cocagne-private"
KEYS = {"aws_access_key_id": "of-no-use", "aws_secret_access_key": "of-no-use"}


class Storage:
    def __init__(self) -> None:
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        self.fails = False
        self.answers = threading.Event()
        self.answers.set()
        # Set while somebody waits for an answer.
        self.asked = threading.Event()
        self._within = DomainDispatcherApplication(create_backend_app)
        self._server = make_server("127.0.0.1", 0, self, threaded=True)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self.client = boto3.client("s3", endpoint_url=self.url, region_name="us-east-1", **KEYS)
        for name in (PUBLIC, PRIVATE):
            self.client.create_bucket(Bucket=name)
        # As an operator does it: whoever asks may read the public bucket.
        self.client.put_bucket_acl(Bucket=PUBLIC, ACL="public-read")

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if not self.answers.is_set():
            self.asked.set()
            self.answers.wait(30)
        if self.fails:
            start("500 Internal Server Error", [("Content-Type", "application/xml")])
            return [b"<Error><Code>InternalError</Code></Error>"]
        return self._within(environ, start)

    def names(self, bucket: str) -> set[str]:
        found = self.client.list_objects_v2(Bucket=bucket).get("Contents", [])
        return {each["Key"] for each in found}

    def env(self) -> dict[str, str]:
        return {
            "S3_PUBLIC_BUCKET": PUBLIC,
            "S3_PRIVATE_BUCKET": PRIVATE,
            "S3_ENDPOINT_URL": self.url,
            "S3_REGION": "us-east-1",
            "S3_ACCESS_KEY": "of-no-use",
            "S3_SECRET_KEY": "of-no-use",
        }

    def stop(self) -> None:
        self.answers.set()
        self._server.shutdown()
