"""The newsroom in a real browser: from a blank page to online, by two people and by three."""

from __future__ import annotations

import datetime
import re
from email.message import EmailMessage

from playwright.sync_api import Page, expect

from .conftest import OpenPage, Site

EVENT = "Visite du verger conservatoire"
RESOURCE = "Tailler un verger à plusieurs"
BRAND = "Bannières de saison"
COMMENT = "Dites aussi à quelle heure on se retrouve."


def mail(site: Site, to: str, subject: str) -> EmailMessage:
    """The latest mail to somebody, which must be about this."""
    (*_before, last) = site.mails(f"{to}@")
    assert subject in str(last["Subject"]), last["Subject"]
    return last


def words_of(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def told_of(site: Site, title: str) -> tuple[int, bool, str]:
    """Number, whether it is online, and slug of the page with that title."""
    (found,) = site.rows("SELECT id, live, slug FROM wagtailcore_page WHERE draft_title = ?", title)
    number, live, slug = found
    return number, bool(live), slug


def choose(page: Page, button: str) -> None:
    """An action of the menu at the foot of the editor; ``button`` is a selector."""
    found = page.locator(button).last
    if not found.is_visible():
        page.locator("footer [data-w-dropdown-target='toggle']").click()
    found.click()


def begin(page: Page, site: Site, model: str, parent: str, title: str) -> None:
    """A new page of a type below the one with this slug, with its title and its summary."""
    found = site.python(
        "from wagtail.models import Page\n"
        f"print(Page.objects.get(slug={parent!r}, locale__language_code='fr').pk)"
    )
    page.goto(f"/admin/pages/add/{model}/{found.strip()}/")
    page.fill("#id_title", title)
    page.fill("#id_summary", f"{title} : ce qu’il faut savoir.")


def plan(page: Page, moment: datetime.datetime) -> None:
    """Set the minute at which the page goes online, in the panel beside the editor."""
    page.locator("[data-side-panel-toggle='status']").first.click()
    page.locator("[data-a11y-dialog-show='schedule-publishing-dialog']").first.click()
    dialog = page.locator("#schedule-publishing-dialog")
    dialog.locator("#id_go_live_at").fill(f"{moment:%Y-%m-%d %H:%M}")
    # The calendar that the field opens, a moment later, lies over the button until it is left.
    calendar = page.locator(".xdsoft_datetimepicker:visible")
    expect(calendar).to_have_count(1)
    dialog.get_by_role("heading").first.click()
    expect(calendar).to_have_count(0)
    dialog.get_by_role("button", name="Enregistrer la programmation").click()
    page.wait_for_url(re.compile(r"/admin/pages/\d+/edit/"))


def submit(page: Page) -> None:
    """Send what is in the editor to those who approve."""
    choose(page, "button[name='action-submit']")
    page.wait_for_url(re.compile(r"/admin/pages/\d+/$"))


def tries_to_publish(page: Page, number: int) -> None:
    """No button, no crafted form, no address puts it online."""
    page.goto(f"/admin/pages/{number}/edit/")
    expect(page.locator("[name='action-publish']")).to_have_count(0)
    answer = page.evaluate(
        """async (address) => {
          const form = new FormData(document.querySelector("form[data-edit-form]"));
          form.append("action-publish", "action-publish");
          return (await fetch(address, {method: "POST", body: form})).status;
        }""",
        f"/admin/pages/{number}/edit/",
    )
    assert answer < 500
    page.goto(f"/admin/bureau/pages/{number}/urgence/")
    expect(page.locator("textarea[name=reason]")).to_have_count(0)


def open_from_the_desk(page: Page, title: str) -> None:
    """What waits is the first thing after login; the editor is one click away."""
    page.goto("/admin/")
    page.get_by_role("link", name=title, exact=True).first.click()
    page.wait_for_url("**/edit/")


def approve(page: Page) -> None:
    at_once = ":not([data-workflow-action-modal-url])"
    choose(page, f"button[data-workflow-action-name='approve']{at_once}")
    page.wait_for_url(re.compile(r"/admin/(pages/\d+/)?$"))


def send_back(page: Page, comment: str) -> None:
    choose(page, "button[data-workflow-action-name='reject']")
    page.locator(".modal textarea[name=comment]").fill(comment)
    page.locator(".modal form button[type=submit]").click()
    page.wait_for_url(re.compile(r"/admin/(pages/\d+/)?$"))


def story_of(page: Page, number: int) -> str:
    page.goto(f"/admin/pages/{number}/history/")
    return page.locator("main").inner_text()


def move_the_clock(site: Site, number: int) -> None:
    """The planned minute has come: it was one minute ago, in what was approved."""
    past = datetime.datetime.now(datetime.UTC) - datetime.timedelta(minutes=1)
    site.python(
        "from django.utils.dateparse import parse_datetime\n"
        "from wagtail.models import Revision\n"
        f"one = Revision.objects.get(object_id='{number}', approved_go_live_at__isnull=False)\n"
        f"one.content['go_live_at'] = {past.isoformat()!r}\n"
        f"one.approved_go_live_at = parse_datetime({past.isoformat()!r})\n"
        "one.save()"
    )


def status_of(page: Page, address: str) -> int:
    answer = page.goto(address)
    assert answer is not None
    return answer.status


def test_an_event_is_returned_approved_and_goes_online_at_its_minute(
    open_page: OpenPage, site: Site
) -> None:
    writer, approver, visitor = open_page("redaction"), open_page("validation"), open_page()
    tomorrow = datetime.datetime.now() + datetime.timedelta(days=1)  # noqa: DTZ005 (typed)
    begin(writer, site, "events/eventpage", "agenda", EVENT)
    writer.fill("#id_start_date", f"{tomorrow + datetime.timedelta(days=20):%Y-%m-%d}")
    writer.keyboard.press("Tab")
    plan(writer, tomorrow)
    submit(writer)
    number, live, slug = told_of(site, EVENT)
    asked = mail(site, "validation", "attend une approbation")
    assert EVENT in str(asked["Subject"])
    assert "/compare/" in words_of(asked)
    tries_to_publish(writer, number)
    assert not live

    open_from_the_desk(approver, EVENT)
    send_back(approver, COMMENT)
    assert COMMENT in words_of(mail(site, "redaction", "Des changements sont demandés"))
    writer.goto("/admin/bureau/")
    expect(writer.get_by_text(COMMENT).first).to_be_visible()

    writer.goto(f"/admin/pages/{number}/edit/")
    writer.fill("#id_start_time", "14:00")
    writer.keyboard.press("Tab")
    submit(writer)
    mail(site, "validation", "attend une approbation")
    open_from_the_desk(approver, EVENT)
    approve(approver)
    mail(site, "redaction", "est programmée")
    address = f"/agenda/{slug}/"
    assert status_of(visitor, address) == 404
    site.manage("run_schedule")  # its minute has not come
    assert status_of(visitor, address) == 404

    move_the_clock(site, number)
    site.manage("run_schedule")
    assert status_of(visitor, address) == 200
    expect(visitor.get_by_role("heading", level=1)).to_have_text(EVENT)
    assert address in words_of(mail(site, "redaction", "est en ligne"))

    told = story_of(writer, number)
    for words in (COMMENT, "Relecture", "redaction@exemple.fr", "validation@exemple.fr"):
        assert words in told
    writer.goto("/admin/bureau/")
    expect(writer.get_by_text("La publication programmée a tourné")).to_be_visible()


def test_a_resource_goes_online_when_another_approves(open_page: OpenPage, site: Site) -> None:
    writer, approver, visitor = open_page("redaction"), open_page("validation"), open_page()
    begin(writer, site, "resources/resourcepage", "boite-a-outils", RESOURCE)
    submit(writer)
    number, _live, slug = told_of(site, RESOURCE)
    mail(site, "validation", "attend une approbation")
    tries_to_publish(writer, number)
    assert status_of(visitor, f"/boite-a-outils/{slug}/") == 404
    open_from_the_desk(approver, RESOURCE)
    approve(approver)
    assert f"/boite-a-outils/{slug}/" in words_of(mail(site, "redaction", "est en ligne"))
    assert status_of(visitor, f"/boite-a-outils/{slug}/") == 200
    assert "validation@exemple.fr" in story_of(writer, number)


def test_a_brand_page_needs_validation_then_marque(open_page: OpenPage, site: Site) -> None:
    writer, approver, owner = open_page("redaction"), open_page("validation"), open_page("marque")
    begin(writer, site, "resources/brandpage", "marque", BRAND)
    submit(writer)
    number, _live, slug = told_of(site, BRAND)
    mail(site, "validation", "attend une approbation")
    assert not [each for each in site.mails("marque@") if BRAND in str(each["Subject"])]
    tries_to_publish(writer, number)
    open_from_the_desk(approver, BRAND)
    approve(approver)
    assert not told_of(site, BRAND)[1]
    mail(site, "redaction", "a passé une étape")
    mail(site, "marque", "attend une approbation")
    open_from_the_desk(owner, BRAND)
    approve(owner)
    assert told_of(site, BRAND)[1]
    mail(site, "redaction", "est en ligne")
    told = story_of(writer, number)
    for words in ("validation@exemple.fr", "marque@exemple.fr", "redaction@exemple.fr"):
        assert words in told
    visitor, member = open_page(), open_page("adherente")
    visitor.goto(f"/marque/{slug}/")
    assert "/connexion/" in visitor.url
    assert status_of(member, f"/marque/{slug}/") == 200
