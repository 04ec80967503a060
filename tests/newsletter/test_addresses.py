"""Addresses: one spelling each, and a clear word for what is none."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from hypothesis import example, given
from hypothesis import strategies as st

from newsletter.addresses import address_key, is_disposable, normalise_address
from newsletter.models import SignupRequest


@pytest.mark.parametrize(
    ("raw", "spelling"),
    [
        ("Lea@Exemple.FR", "lea@exemple.fr"),
        ("  lea@exemple.fr  ", "lea@exemple.fr"),
        ("lea+lettre@exemple.fr", "lea+lettre@exemple.fr"),
        ('"lea.martin"@exemple.fr', "lea.martin@exemple.fr"),
        ("ｌｅａ＠exemple.fr", "lea@exemple.fr"),
        ("lea@jardin-été.fr", "lea@xn--jardin-t-h1ab.fr"),
        ("lea@exemple.fr.", "lea@exemple.fr"),
        ("o’brien".replace("’", "'") + "@exemple.fr", "o'brien@exemple.fr"),
    ],
)
def test_each_address_has_one_spelling(raw: str, spelling: str) -> None:
    assert normalise_address(raw) == spelling
    assert normalise_address(spelling) == spelling


NO_ADDRESSES = [
    "",
    "lea",
    "lea@",
    "@exemple.fr",
    "lea@exemple",
    "lea@@exemple.fr",
    "lea@exemple.fr, leo@exemple.fr",
    "lea@exemple.fr;leo@exemple.fr",
    "lea@exemple.fr leo@exemple.fr",
    "lea@exemple.fr\nBcc: tous@exemple.fr",
    "lea@exemple.fr\r\nSubject: gagné",
    "lea\u2028@exemple.fr",
    "lea\x00@exemple.fr",
    "<lea@exemple.fr>",
    "Léa <lea@exemple.fr>",
    "léa@exemple.fr",
    "a" * 65 + "@exemple.fr",
    "a" * 308 + "@exemple.fr",
    "lea@" + "é" * 80 + ".fr",
    '"lea martin"@exemple.fr',
]


@pytest.mark.parametrize("raw", NO_ADDRESSES)
def test_what_is_no_single_address_is_refused(raw: str) -> None:
    with pytest.raises(ValidationError):
        normalise_address(raw)


@pytest.mark.django_db
@pytest.mark.parametrize("raw", NO_ADDRESSES)
def test_the_form_says_what_is_wrong_beside_the_field(
    raw: str, sign_up: Callable[..., HttpResponse]
) -> None:
    response = sign_up(raw)
    assert response.status_code == 422
    assert "field__error" in response.content.decode()
    assert SignupRequest.objects.count() == 0
    assert mail.outbox == []


@given(st.text(max_size=330))
@example("\ud800@exemple.fr")
@example("a@" + "." * 40)
def test_any_text_gives_an_address_or_a_clear_refusal(raw: str) -> None:
    try:
        address = normalise_address(raw)
    except ValidationError:
        return
    assert normalise_address(address) == address
    assert address.isascii()
    assert "\n" not in address
    assert address.count("@") == 1 or address.startswith('"')


def test_disposable_domains_are_refused_with_the_names_below_them() -> None:
    assert is_disposable("a@yopmail.com")
    assert is_disposable("a@boite.yopmail.com")
    assert not is_disposable("a@exemple.fr")
    assert is_disposable("a@jetable.example", "autre.example\njetable.example")


@pytest.mark.django_db
def test_a_disposable_address_is_told_so(sign_up: Callable[..., HttpResponse]) -> None:
    response = sign_up("lea@yopmail.com")
    assert "jetables" in response.content.decode()


def test_the_key_of_an_address_tells_nothing_of_it() -> None:
    key = address_key("lea@exemple.fr")
    assert key == address_key("lea@exemple.fr")
    assert "lea" not in key
    assert len(key) == 64
