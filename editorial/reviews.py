"""The weekly digest of pages to check again: to the owner, else the deputy, else the team."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from site_cocagne.core.access import works_on
from site_cocagne.roles import APPROVER

from .messages import absolute
from .models import Message, Review


def who_checks(review: Review, team: list[Any]) -> list[Any]:
    """The first who still works on the page: the owner, then the deputy, then the whole team.

    Somebody who has left the team is not even told what the page is called.
    """
    for person in (review.owner, review.deputy):
        if person is not None and works_on(person, review.page):
            return [person]
    return team


def write_review_digests() -> int:
    """One message a person with pages past their date; gives how many. Nothing due: none."""
    people = get_user_model()._default_manager
    team = list(people.filter(groups__name=APPROVER.name, is_active=True).distinct())
    by_person: dict[int, tuple[Any, list[Review]]] = {}
    # One instance a person, for rights are asked once an instance.
    due = Review.objects.due().select_related("page").prefetch_related("owner", "deputy")
    for review in due:
        for person in who_checks(review, team):
            by_person.setdefault(person.pk, (person, []))[1].append(review)
    with translation.override(settings.LANGUAGE_CODE):
        for person, reviews in by_person.values():
            write_to(person, reviews)
    return len(by_person)


def write_to(person: Any, reviews: list[Review]) -> None:
    subject = _("Pages to check again (%(number)d)") % {"number": len(reviews)}
    context = {
        "heading": subject,
        "reviews": reviews,
        "desk_url": absolute(reverse("editorial:desk")) + "#revoir",
        "account_url": absolute(reverse("wagtailadmin_account")),
    }
    Message.objects.create(
        recipient=person,
        kind=Message.Kind.DIGEST,
        subject=subject,
        text=render_to_string("emails/editorial/reviews.txt", context),
        html=render_to_string("emails/editorial/reviews.html", context),
    )
