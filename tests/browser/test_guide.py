"""The pictures of the editors' guide, taken of the very screens it tells of.

``make guide-pictures`` puts them into docs/redaction/images; else they stay among the results of
the tests, where they can be looked at.
"""

from __future__ import annotations

import io
import os
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect

from .conftest import ROOT, OpenPage, Site

REMAKE = os.environ.get("REMAKE_GUIDE_PICTURES") == "1"
FOLDER = ROOT / ("docs/redaction/images" if REMAKE else "test-pictures/guide")
WIDTH = 1000  # pixels: enough for the room that the guide gives them
VIEWPORT = {"width": 1280, "height": 800}

# Work as a team leaves it on an ordinary day.
ORDINARY_DAY = """
import datetime
from django.utils import timezone
from editorial.models import ExternalLink, Finding, Heartbeat, Review
from editorial.views.submission import start
from home.models import ContentPage
from members.models import User
from resources.models import ResourcePage
from wagtail.models import Page

now, today = timezone.now(), timezone.localdate()
writer = User.objects.get(email="redaction@exemple.fr")
writer.first_name, writer.last_name = "Élise", "Martin"
writer.save()
french = {"live": True, "locale__language_code": "fr"}
for page in ResourcePage.objects.filter(**french).order_by("path")[:3]:
    page.summary = page.summary or page.title
    page.save_revision(user=writer, changed=True)
    start(page, writer, "", [])
pages = list(ContentPage.objects.filter(**french).order_by("path"))
for page in pages[:4]:
    Review.of(page)
    Review.objects.filter(page=page).update(
        owner=writer, verified_on=today - datetime.timedelta(days=380),
        due_on=today - datetime.timedelta(days=15),
    )
for number, page in enumerate(pages[4:7]):
    Page.objects.filter(pk=page.pk).update(expire_at=now + datetime.timedelta(days=number + 1))
Finding.objects.create(
    page=pages[2], kind="link", field="body",
    message="Un lien mène vers « Ancien dispositif », qui n’est pas en ligne.",
)
Heartbeat.beat("publish_scheduled")
print(pages[0].pk)
"""


def keep(page: Page, name: str) -> Path:
    """What is on the screen, as a small picture."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"{name}.webp"
    with Image.open(io.BytesIO(page.screenshot(animations="disabled"))) as shot:
        height = round(shot.height * WIDTH / shot.width)
        shot.convert("RGB").resize((WIDTH, height), Image.Resampling.LANCZOS).save(
            path, "WEBP", quality=70, method=6
        )
    assert path.stat().st_size < 80_000, name
    return path


def test_the_screens_of_the_guide_are_there_to_be_taken(open_page: OpenPage, site: Site) -> None:
    number = int(site.python(ORDINARY_DAY).split()[-1])
    page = open_page("validation", viewport=VIEWPORT)
    for name, address, words in (
        ("bureau", "/admin/bureau/", "En attente de ma part"),
        ("calendrier", "/admin/bureau/calendrier/", "Mois suivant"),
        ("verifications", "/admin/bureau/verifications/?etat=passe", "Élise Martin"),
        ("montrer", f"/admin/bureau/pages/{number}/partager/", "Créer"),
        ("urgence", f"/admin/bureau/pages/{number}/urgence/", "Publier"),
        ("trace", "/admin/bureau/trace/", "Élise Martin"),
    ):
        page.goto(address)
        expect(page.get_by_text(words).first).to_be_visible()
        keep(page, name)

    page.goto(f"/admin/pages/{number}/unpublish/")
    page.locator("main form button[type=submit], main form input[type=submit]").first.click()
    expect(page.get_by_text("Renvoyer").first).to_be_visible()
    keep(page, "depart")

    writer = open_page("redaction", viewport=VIEWPORT)
    writer.goto(f"/admin/pages/{number}/edit/")
    writer.fill("#id_summary", "")
    writer.locator("footer [data-w-dropdown-target='toggle']").click()
    writer.locator("button[name='action-submit']").click()
    wrong = writer.locator(".w-field__errors:not(:empty) .error-message").first
    expect(wrong).to_be_visible()
    wrong.scroll_into_view_if_needed()
    keep(writer, "soumettre")
