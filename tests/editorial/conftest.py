"""People and pages of a newsroom: everything here goes through the admin, as an editor would."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, streamfield

from events.models import AgendaPage
from home.models import ContentPage, HomePage
from members.models import Affiliation, User
from site_cocagne import roles
from site_cocagne.core.models import Mission
from tests import factories

Submit = Callable[..., Any]


@pytest.fixture
def autre_validatrice(in_role: Callable[[roles.Role], User]) -> User:
    return in_role(roles.APPROVER)


@pytest.fixture
def responsable_marque(in_role: Callable[[roles.Role], User]) -> User:
    return in_role(roles.BRAND_OWNER)


@pytest.fixture
def mission(db: None) -> Mission:
    return factories.mission("produire")


@pytest.fixture
def referente(in_role: Callable[[roles.Role], User], mission: Mission) -> User:
    """A référente métier of the mission *produire*."""
    somebody = in_role(roles.EXPERT)
    tie = Affiliation.objects.create(user=somebody, garden=factories.garden())
    tie.missions.add(mission)
    return somebody


@pytest.fixture
def brouillon(home: HomePage) -> ContentPage:
    """A draft nobody in particular has written."""
    return factories.content(home, title="Accompagnement", summary="Un résumé.", live=False)


def form_of(page: Page, **changes: Any) -> dict[str, Any]:
    """What the editor's form of a content page would send, with these changes."""
    draft = page.specific.get_latest_revision_as_object()
    data = {
        "title": draft.title,
        "slug": draft.slug,
        "summary": draft.summary,
        "picture": "",
        "body": streamfield([]),
        "audience": draft.audience,
        "door": draft.door,
        "short_title": draft.short_title,
        "seo_title": "",
        "search_description": draft.search_description or "Ce que dit la page.",
        "go_live_at": "",
        "expire_at": "",
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
    }
    return nested_form_data({**data, **changes})


@pytest.fixture
def edit(logged_in: Callable[[User], Client]) -> Submit:
    """Send the editor's form as somebody; ``action`` as the buttons name it, none: save."""

    def send(who: User, page: Page, action: str = "", **changes: Any) -> Any:
        page = Page.objects.get(pk=page.pk)
        data = form_of(page, **changes)
        if action:
            data[action] = "1"
        return logged_in(who).post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)

    return send


@pytest.fixture
def submitted(brouillon: ContentPage, redactrice: User, edit: Submit) -> ContentPage:
    """A page that *rédaction* has changed and submitted."""
    edit(redactrice, brouillon, "action-submit", title="Accompagnement individuel")
    page = ContentPage.objects.get(pk=brouillon.pk)
    assert page.workflow_in_progress
    return page


@pytest.fixture
def judge(logged_in: Callable[[User], Client]) -> Submit:
    """Answer the running step of a page through the modal's address."""

    def send(who: User, page: Page, action: str = "approve", comment: str = "") -> Any:
        state = Page.objects.get(pk=page.pk).current_workflow_task_state
        assert state is not None
        address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])
        return logged_in(who).post(address, {"comment": comment})

    return send


@pytest.fixture
def marque(home: HomePage) -> Any:
    return factories.brand(home, title="Kit de la marque", summary="Le kit.", live=False)


@pytest.fixture
def un_agenda(agenda: AgendaPage) -> AgendaPage:
    return agenda
