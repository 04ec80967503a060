"""Members in bulk, for measuring: gardens with their people, nobody of whom can log in."""

from __future__ import annotations

import datetime
import random

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from site_cocagne.core.regions import Region

from .models import Affiliation, Garden, User

A_GARDEN = 20  # people


@transaction.atomic
def seed_members(count: int) -> int:
    """Make ``count`` accounts with their affiliations, twenty a garden; gives how many.

    One membership in ten is over, and the first of each garden is its contact person.
    """
    first = (User.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    chance = random.Random(count)  # noqa: S311 (the same members each time, no secret)
    today = timezone.localdate()
    gardens = Garden.objects.bulk_create(
        Garden(
            name=f"Jardin de mesure {first}-{number}",
            membership_valid_until=today
            + datetime.timedelta(days=-100 if chance.random() < 0.1 else chance.randrange(365)),
            region=chance.choice(Region.values),
        )
        for number in range(-(-count // A_GARDEN))
    )
    people = User.objects.bulk_create(
        User(
            email=f"mesure-{first}-{number}@exemple.invalid",
            first_name="Personne",
            last_name=str(number),
            password=make_password(None),
        )
        for number in range(count)
    )
    Affiliation.objects.bulk_create(
        Affiliation(
            user=person,
            garden=gardens[number // A_GARDEN],
            role=Affiliation.Role.MEMBER if number % A_GARDEN else Affiliation.Role.REFERENT,
        )
        for number, person in enumerate(people)
    )
    return count
