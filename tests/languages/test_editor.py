"""What the translation editor asks for while somebody works in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.test import Client

from site_cocagne import roles
from tests import factories

LoggedIn = Callable[[Any], Client]
PICTURES, PAPERS = "/admin/api/main/images/", "/admin/api/main/documents/"


def test_the_editor_is_told_of_a_picture_and_a_document_that_are_shared(
    redactrice: Any, logged_in: LoggedIn
) -> None:
    """Without an answer it stays blank on every page that shows a picture."""
    image, paper = factories.image(), factories.document()
    browser = logged_in(redactrice)
    told = browser.get(f"{PICTURES}{image.pk}/").json()
    assert (told["id"], told["title"]) == (image.pk, image.title)
    assert browser.get(told["thumbnail"]["url"]).status_code in (200, 404)  # 404: the web server's
    assert told["thumbnail"]["width"] <= 165
    assert browser.get(f"{PAPERS}{paper.pk}/").json() == {"id": paper.pk, "title": paper.title}


def test_a_picture_that_was_deleted_leaves_the_editor_something_to_print(
    redactrice: Any, logged_in: LoggedIn
) -> None:
    image = factories.image()
    number = image.pk
    image.delete()
    answer = logged_in(redactrice).get(f"{PICTURES}{number}/")
    assert answer.status_code == 404
    assert "supprimé" in answer.json()["title"]
    assert answer.json()["thumbnail"] == {}


def test_a_picture_whose_file_is_lost_is_told_without_one(
    redactrice: Any, logged_in: LoggedIn
) -> None:
    image = factories.image()
    image.file.storage.delete(image.file.name)
    told = logged_in(redactrice).get(f"{PICTURES}{image.pk}/").json()
    assert told == {"id": image.pk, "title": image.title, "thumbnail": {}}


def test_files_are_told_to_who_may_choose_them_one_at_a_time(
    redactrice: Any, adherent: Any, in_role: Any, logged_in: LoggedIn
) -> None:
    image, paper = factories.image(), factories.document()
    for address in (PICTURES, PAPERS, f"{PICTURES}find/?id={image.pk}", f"{PAPERS}?search=a"):
        assert logged_in(redactrice).get(address).status_code == 404, address
    for address in (f"{PICTURES}{image.pk}/", f"{PAPERS}{paper.pk}/"):
        expert = logged_in(in_role(roles.EXPERT)).get(address)
        assert expert.status_code == 404
        assert image.title not in expert.content.decode()
        assert logged_in(adherent).get(address).status_code in (302, 403)
        assert Client().get(address).status_code in (302, 403)
