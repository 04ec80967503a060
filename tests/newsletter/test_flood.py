"""Two thousand posts in a row: few are kept, the others cost next to nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import RequestFactory

from newsletter import guard, outbox, views
from newsletter.models import NewsletterPage, SignupRequest
from tests.newsletter.conftest import FORM

pytestmark = pytest.mark.django_db

POSTS = 2000


@pytest.mark.parametrize(
    ("machine", "kept"),
    [
        pytest.param(lambda number: f"192.0.2.{number % 250}", 40, id="from one range"),
        pytest.param(lambda number: f"10.{number // 250}.{number % 250}.1", 60, id="from many"),
    ],
)
def test_of_two_thousand_posts_few_are_kept(
    newsletter_page: NewsletterPage,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_max_num_queries: Any,
    machine: Callable[[int], str],
    kept: int,
) -> None:
    # The whole site's limit, made smaller: what is kept is what takes the time here.
    monkeypatch.setattr(guard, "WHOLE_SITE", (guard.Limit("site-hour", 60, 3600),))
    monkeypatch.setattr(guard, "token_is_good", lambda token: True)
    post = RequestFactory().post
    codes: Counter[int] = Counter()
    with django_assert_max_num_queries(kept * 12 + 50):  # a refused post asks the database nothing
        for number in range(POSTS):
            data = {"email": f"p{number % 3}@exemple.fr"}
            request = post(FORM, data, REMOTE_ADDR=machine(number))
            codes[views.subscribe(request).status_code] += 1
    assert codes == {302: kept, 429: POSTS - kept}
    assert SignupRequest.objects.count() == kept
    outbox.run()
    assert len(mail.outbox) == 3  # one an address, however often it was typed
