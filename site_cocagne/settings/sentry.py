"""Errors told to a Sentry, where ``SENTRY_DSN`` names one: the fault, and nobody's data."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ImproperlyConfigured

from ..core.logs import without_personal_data


def report_to(dsn: str) -> None:
    """Begin to report, by the library that only those who want this install."""
    try:
        import sentry_sdk
    except ImportError as error:
        raise ImproperlyConfigured("SENTRY_DSN needs the package sentry-sdk.") from error
    sentry_sdk.init(
        dsn=dsn,
        send_default_pii=False,
        include_local_variables=False,
        max_breadcrumbs=0,
        before_send=without_people,
    )


def without_people(event: dict[str, Any], hint: dict[str, Any]) -> dict[str, Any]:
    """Neither who asked, nor with what: the method, and the messages as the log has them."""
    method = event.pop("request", {}).get("method", "")
    for key in ("user", "server_name", "breadcrumbs", "extra"):
        event.pop(key, None)
    event["request"] = {"method": method}
    for each in event.get("exception", {}).get("values", []):
        each["value"] = without_personal_data(str(each.get("value") or ""))
    if "logentry" in event:
        event["logentry"] = {
            "message": without_personal_data(str(event["logentry"].get("formatted", "")))
        }
    return event
