"""Whether what is online still holds: review dates, last night's findings, the last audit."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from wagtail.models import Page

from ..models import ExternalLink, Finding, Message, Review
from .common import EVERYTHING, Chosen, Listing, Row, columns, take


def to_review(user: Any, chosen: Chosen, part: slice = EVERYTHING) -> Listing:
    """Published pages past their review date, the longest overdue first."""
    mine = Review.objects.due().filter(page__in=chosen.pages(user).values("pk"))
    due = chosen.of_person(mine, "owner", "deputy")
    due = due.select_related("page__locale", "owner", "deputy")
    reviews, count = take(
        due.only("verified_on", "due_on", *columns("owner", "deputy", page="page")), part
    )
    return Listing(
        [
            Row(
                review.page,
                who=str(review.owner or review.deputy or ""),
                when=review.verified_on,
                due=review.due_on,
            )
            for review in reviews
        ],
        count,
    )


def findings(user: Any, chosen: Chosen, kind: str) -> Any:
    """What was found on pages of the sections this person works in, errors first."""
    pages = chosen.of_person(chosen.pages(user), "owner")
    found = Finding.objects.filter(kind=kind, page__in=pages.values("pk"))
    return (
        found.select_related("page__locale", "page__owner")
        .only("message", "found_on", *columns("page__owner", page="page"))
        .order_by("-is_error", "page__path", "pk")
    )


def as_row(finding: Finding) -> Row:
    return Row(
        finding.page,
        who=str(finding.page.owner or ""),
        when=finding.found_on,
        note=finding.message,
    )


def faulty(user: Any, chosen: Chosen, part: slice = EVERYTHING) -> Listing:
    """What the rules of the quality gate found last night on published pages."""
    found, count = take(findings(user, chosen, Finding.Kind.QUALITY), part)
    return Listing([as_row(finding) for finding in found], count)


def broken_links(user: Any, chosen: Chosen, part: slice = EVERYTHING) -> Listing:
    """Links of published pages that lead nowhere: inside as of last night, outside twice red."""
    upto = slice(0, part.stop)
    inside, number_inside = take(findings(user, chosen, Finding.Kind.LINK), upto)
    pages: Any = chosen.of_person(chosen.pages(user), "owner")
    uses = ExternalLink.pages.through._default_manager.filter(
        externallink__in=ExternalLink.objects.broken(), page__in=pages.values("pk")
    ).select_related("externallink", "page__locale", "page__owner")
    uses = uses.only(
        *("externallink__url", "externallink__detail", "externallink__first_failed_on"),
        *columns("page__owner", page="page"),
    )
    outside, number_outside = take(
        uses.order_by("externallink__first_failed_on", "page__path", "pk"), upto
    )
    rows = [as_row(finding) for finding in inside]
    rows += [of_use(use.page, use.externallink) for use in outside]
    return Listing(rows[part], number_inside + number_outside)


def of_use(page: Page, link: ExternalLink) -> Row:
    note = f"{link.url} ({link.detail})"
    return Row(page, who=str(page.owner or ""), when=link.first_failed_on, note=note)


def last_audit() -> Any:
    """The latest run of the audit of access, or nothing where none has run."""
    return apps.get_model("members", "AuditRun")._default_manager.order_by("-ran_at").first()


def undelivered() -> int:
    """Messages that the outbox has given up."""
    return Message.objects.stuck().count()
