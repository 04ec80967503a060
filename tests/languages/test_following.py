"""What happens to the French happens, once somebody agreed, to its translations."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation, TranslationLog

from editorial import translation_sync
from editorial.translations_matrix import State, rows
from events.models import EventPage
from home.models import ContentPage, HomePage
from tests import factories
from tests.languages.test_treatment import english, translate

LoggedIn = Callable[[Any], Client]
SEEN = {"editorial_links_seen": "1", "redirect_to": ""}


@pytest.fixture
def both(home: HomePage) -> HomePage:
    translate(home)
    return home


@pytest.fixture
def page(both: HomePage) -> ContentPage:
    return factories.content(both, title="Une page", summary="Un résumé.")


def stored(page: Any) -> Any:
    return type(page)._default_manager.get(pk=page.pk)


def running(page: Any) -> Translation:
    return Translation.objects.get(source__object_id=page.translation_key)


def states(user: Any, page: Page) -> set[State]:
    return set(next(row for row in rows(user) if row.pk == page.pk).cells[0].states)


# --- leaving the site -----------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["unpublish", "delete"])
def test_a_page_that_leaves_proposes_to_take_its_translations_along(
    way: str, page: ContentPage, both: HomePage, superuser: Any, logged_in: LoggedIn
) -> None:
    target = translate(page)
    address, browser = reverse(f"wagtailadmin_pages:{way}", args=[page.pk]), logged_in(superuser)
    asked = browser.post(address)
    assert f"{target.title} (Anglais)" in asked.content.decode()
    assert asked.context["form"]["translations"].initial == [target.pk]
    assert stored(target).live
    browser.post(address, {**SEEN, "redirect_to": both.pk, "translations": [target.pk]})
    assert not stored(target).live
    english_home = both.get_translation(english())
    assert Redirect.objects.get(old_path=target.url.rstrip("/")).redirect_page_id == english_home.pk


def test_a_translation_stays_where_nobody_agreed_and_the_matrix_says_so(
    page: ContentPage, validatrice: Any, logged_in: LoggedIn
) -> None:
    target = translate(page)
    address = reverse("wagtailadmin_pages:unpublish", args=[page.pk])
    logged_in(validatrice).post(address, SEEN)
    assert not stored(page).live
    assert stored(target).live
    assert states(validatrice, page) == {State.ALONE}


def test_nobody_takes_offline_what_is_not_a_translation_of_the_page(
    page: ContentPage, both: HomePage, superuser: Any, logged_in: LoggedIn
) -> None:
    other = factories.content(both)
    translate(page)
    address = reverse("wagtailadmin_pages:unpublish", args=[page.pk])
    answer = logged_in(superuser).post(address, {**SEEN, "translations": [other.pk]})
    assert answer.context["form"].errors["translations"]
    assert stored(page).live
    assert stored(other).live


def test_a_translation_that_leaves_takes_nothing_along(
    page: ContentPage, superuser: Any, logged_in: LoggedIn
) -> None:
    target = translate(page)
    address = reverse("wagtailadmin_pages:unpublish", args=[target.pk])
    asked = logged_in(superuser).post(address)
    assert "translations" not in asked.context["form"].fields
    logged_in(superuser).post(address, SEEN)
    assert not stored(target).live
    assert stored(page).live


def test_a_translation_whose_source_was_deleted_is_in_the_matrix(
    page: ContentPage, superuser: Any, validatrice: Any, logged_in: LoggedIn
) -> None:
    target, number = translate(page), running(page).pk
    page.delete()
    assert states(validatrice, target) == {State.ALONE}
    answer = logged_in(superuser).post(reverse("editorial:translation_sync", args=[number]))
    assert answer.status_code == 404
    assert stored(target).live


# --- cancelled, moved -----------------------------------------------------------------------------


@pytest.fixture
def event(both: HomePage, validatrice: Any) -> EventPage:
    agenda = factories.agenda(both)
    translate(agenda)
    return factories.event(agenda, title="Une rencontre", summary="Un résumé.")


def test_a_cancelled_event_says_so_in_every_language_at_once_and_its_words_wait(
    event: EventPage, redactrice: Any, validatrice: Any
) -> None:
    target = translate(event)
    event.status, event.status_note = EventPage.Status.CANCELLED, "Trop peu d’inscriptions."
    event.save_revision(user=redactrice).publish()
    online = stored(target)
    assert online.is_cancelled
    assert (online.title, online.status_note) == (target.title, "")
    assert State.BEHIND in states(validatrice, event)


# --- bringing up to date --------------------------------------------------------------------------


def refuse_english(self: Any) -> dict[str, Any]:
    return {"title": "Refusé."} if self.locale.language_code == "en" else {}


@pytest.mark.parametrize(
    "way", ["editorial:translation_sync", "wagtail_localize:update_translations"]
)
def test_a_synchronisation_that_fails_keeps_nothing(
    way: str, event: EventPage, validatrice: Any, logged_in: LoggedIn,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    target = translate(event)
    event.title = "Un autre titre"
    event.save_revision().publish()
    monkeypatch.setattr(EventPage, "_other_errors", refuse_english)
    before = running(event).source.last_updated_at
    number = running(event).pk if way.startswith("editorial") else running(event).source_id
    answer = logged_in(validatrice).post(reverse(way, args=[number]), follow=True)
    assert "Refusé." in answer.content.decode()
    assert running(event).source.last_updated_at == before
    assert states(validatrice, event) == {State.BEHIND}
    assert not stored(target).has_unpublished_changes


def test_the_synchronisation_of_localize_makes_a_draft_that_the_matrix_shows(
    page: ContentPage, validatrice: Any, logged_in: LoggedIn
) -> None:
    target = translate(page)
    page.title = "Un autre titre"
    page.save_revision().publish()
    address = reverse("wagtail_localize:update_translations", args=[running(page).source_id])
    logged_in(validatrice).post(address, {"publish_translations": "on"})
    assert stored(target).title == target.title
    assert stored(target).get_latest_revision_as_object().title == "Un autre titre"
    assert states(validatrice, page) == {State.DRAFT}


def test_a_language_that_was_not_saved_since_the_copy_was_renewed_is_behind(
    page: ContentPage, validatrice: Any
) -> None:
    """The copy of the source is one for all languages: renewing it for one ages the others."""
    translate(page)
    saved = timezone.now() - datetime.timedelta(days=4)
    TranslationLog.objects.filter(source=running(page).source).update(created_at=saved)
    StringTranslation.objects.update(updated_at=saved)
    Page.objects.filter(pk=page.pk).update(
        last_published_at=timezone.now() - datetime.timedelta(days=2)
    )
    assert states(validatrice, page) == {State.BEHIND}


# --- its review -----------------------------------------------------------------------------------


@pytest.fixture
def waiting(event: EventPage, redactrice: Any) -> EventPage:
    """A published translation with a newer draft, which waits."""
    target = translate(event)
    target.title = "A better title"
    target.save_revision(user=redactrice)
    translation_sync.submit(stored(target), redactrice)
    found: EventPage = stored(target)
    return found


def header_of(editor: Any) -> str:
    """The buttons in the head of the translation editor."""
    text: str = editor.content.decode()
    assert "js-translation-editor" in text
    return text.partition('id="w-slim-header-buttons"')[2].partition("</nav>")[0]


def test_the_translation_editor_leads_who_is_asked_to_the_answer(
    waiting: EventPage, validatrice: Any, redactrice: Any, logged_in: LoggedIn
) -> None:
    editor, answer = (
        reverse(name, args=[waiting.pk]) for name in ("wagtailadmin_pages:edit", "editorial:judge")
    )
    seen = header_of(logged_in(validatrice).get(editor))
    assert f'href="{answer}"' in seen
    assert "Répondre à la relecture" in seen
    assert reverse("wagtailadmin_pages:history", args=[waiting.pk]) in seen
    assert answer not in header_of(logged_in(redactrice).get(editor))


def correct(event: EventPage, path: str, text: str) -> None:
    """Translate one sentence anew, as the translation editor keeps it: the page is not saved."""
    found = StringTranslation.objects.get(
        context__object_id=event.translation_key, context__path=path, locale=english()
    )
    found.data, found.has_error = text, False
    found.save()


def test_a_corrected_sentence_is_submitted_and_online_once_approved(
    event: EventPage, redactrice: Any, validatrice: Any, logged_in: LoggedIn
) -> None:
    target = translate(event)
    editor = reverse("wagtailadmin_pages:edit", args=[target.pk])
    submission = reverse("editorial:submit", args=[target.pk])
    browser = logged_in(redactrice)
    assert f'href="{submission}"' in header_of(browser.get(editor))
    for refused in (browser.get(submission), browser.post(submission)):
        assert refused["Location"] == editor
    assert "Rien n’a changé depuis ce qui est en ligne." in browser.get(editor).content.decode()
    assert stored(target).current_workflow_state is None

    correct(event, "summary", "A better summary.")
    assert states(validatrice, event) == {State.DRAFT}
    assert browser.get(submission).status_code == 200
    browser.post(submission)
    assert stored(target).summary == target.summary
    answer = {"revision": stored(target).latest_revision_id, "action": "approve"}
    logged_in(validatrice).post(reverse("editorial:judge", args=[target.pk]), answer)
    assert stored(target).summary == "A better summary."
    assert states(validatrice, event) == {State.CURRENT}


def test_sentences_that_are_missing_or_wrong_are_told_before_the_review(
    event: EventPage, redactrice: Any, validatrice: Any, logged_in: LoggedIn
) -> None:
    target = translate(event)
    browser, submission = logged_in(redactrice), reverse("editorial:submit", args=[target.pk])
    correct(event, "title", "A <b>title</b>")
    text = browser.post(submission).content.decode()
    assert "1 phrase a une faute dans sa traduction" in text
    assert stored(target).current_workflow_state is None
    correct(event, "title", "A title")
    StringTranslation.objects.filter(context__path="summary").delete()
    text = browser.post(submission).content.decode()
    assert "1 phrase n’est pas traduite" in text
    browser.post(submission, {"submission_note": "Le résumé viendra demain."})
    judged = logged_in(validatrice).get(reverse("editorial:judge", args=[target.pk]))
    assert "Le résumé viendra demain." in judged.content.decode()
    assert "1 phrase n’est pas traduite" in judged.content.decode()


def test_a_source_that_changed_since_is_told_before_the_review(
    event: EventPage, redactrice: Any, logged_in: LoggedIn
) -> None:
    target = translate(event)
    event.title = "Un autre titre"
    event.save_revision().publish()
    correct(event, "summary", "A better summary.")
    text = logged_in(redactrice).post(reverse("editorial:submit", args=[target.pk]))
    assert "La source a changé depuis" in text.content.decode()
    assert stored(target).current_workflow_state is None


def test_the_editor_of_a_source_keeps_its_own_head(
    event: EventPage, redactrice: Any, logged_in: LoggedIn
) -> None:
    editor = reverse("wagtailadmin_pages:edit", args=[event.pk])
    text = logged_in(redactrice).get(editor).content.decode()
    assert text.count('id="w-slim-header-buttons"') == 1


def test_a_translation_is_sent_back_with_a_word_and_never_judged_unseen(
    waiting: EventPage, validatrice: Any, redactrice: Any, logged_in: LoggedIn
) -> None:
    browser, address = logged_in(validatrice), reverse("editorial:judge", args=[waiting.pk])
    answer = {"revision": waiting.current_workflow_task_state.revision_id, "action": "reject"}
    assert "Dites-le en quelques mots" in browser.post(address, answer).content.decode()
    for wrong in ({"action": "publish"}, {"revision": "x"}, {"action": "approve", "revision": "1"}):
        assert browser.post(address, {**answer, **wrong}).status_code == 200
    assert stored(waiting).current_workflow_state.status == "in_progress"
    browser.post(address, {**answer, "comment": "Traduire la raison."})
    assert stored(waiting).current_workflow_state.status == "needs_changes"
    assert stored(waiting).title != "A better title"
