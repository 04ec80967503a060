"""The life of a page in two languages, in a real browser, by the people who lead it."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from .conftest import OpenPage, Site
from .test_newsroom import approve, begin, open_from_the_desk, status_of, submit, told_of

EVENT = "Chantier ouvert sous la serre"
IN_ENGLISH = "Open day under glass"
SUMMARY, SUMMARY_EN = f"{EVENT} : ce qu’il faut savoir.", "Everything you need to know."
NEW, NEW_EN = "On y plante aussi des fraisiers.", "Strawberries are planted too."
REASON, REASON_EN = "La serre est en réparation.", "The glasshouse is being repaired."
MATRIX = "/admin/bureau/traductions/"


def write(page: Page, site: Site) -> int:
    """A new event in French, sent to those who approve; its number."""
    day = datetime.datetime.now() + datetime.timedelta(days=30)  # noqa: DTZ005 (typed)
    begin(page, site, "events/eventpage", "agenda", EVENT)
    page.fill("#id_start_date", f"{day:%Y-%m-%d}")
    page.keyboard.press("Tab")
    submit(page)
    return told_of(site, EVENT)[0]


def approved(page: Page, title: str) -> None:
    open_from_the_desk(page, title)
    approve(page)


def change(writer: Page, approver: Page, number: int, **fields: str) -> None:
    """Change the French page, all the way until it is online."""
    writer.goto(f"/admin/pages/{number}/edit/")
    for name, value in fields.items():
        field = writer.locator(f"#id_{name}")
        if field.evaluate("element => element.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    submit(writer)
    approved(approver, EVENT)


def find_row(page: Page, state: str) -> Locator:
    """The event in the matrix, filtered by what it says of its English."""
    page.goto(f"{MATRIX}?etat={state}&langue=en")
    return page.locator("tr").filter(has=page.get_by_role("link", name=EVENT, exact=True))


def row_of(page: Page, state: str) -> str:
    return find_row(page, state).inner_text()


def press_in_matrix(page: Page, state: str, button: str) -> None:
    find_row(page, state).get_by_role("button", name=button).click()


def say(page: Page, french: str, english: str) -> None:
    """Translate one sentence in the translation editor."""
    sentence = page.locator(".js-translation-editor li li").filter(
        has=page.get_by_text(french, exact=True)
    )
    sentence.first.get_by_role("button", name=re.compile("Traduire|Modifier")).click()
    sentence.first.locator("textarea").fill(english)
    sentence.first.get_by_role("button", name="Enregistrer").click()
    expect(sentence.first.get_by_text("Traduit manuellement")).to_be_visible()


def send_to_review(page: Page) -> None:
    """From the head of the translation editor."""
    page.get_by_role("link", name="Envoyer en relecture").click()
    page.wait_for_url("**/soumettre/")
    page.get_by_role("button", name="Envoyer en relecture").click()
    page.wait_for_url("**/admin/bureau/")


def answer(page: Page, title: str) -> None:
    """Approve a translation: from the desk to its editor, and from its head to the answer."""
    open_from_the_desk(page, title)
    page.get_by_role("link", name="Répondre à la relecture").click()
    page.wait_for_url("**/reponse/")
    page.get_by_role("button", name="Approuver", exact=True).click()
    page.wait_for_url("**/admin/bureau/")


def languages_of(page: Page) -> dict[str, str]:
    """What the page tells search engines of its languages."""
    found = page.locator("link[rel=alternate][hreflang]")
    return {
        str(link.get_attribute("hreflang")): str(link.get_attribute("href")) for link in found.all()
    }


@dataclass
class Life:
    """The people around the event, and where it is."""

    site: Site
    writer: Page
    approver: Page
    visitor: Page
    member: Page
    number: int = 0
    french: str = ""
    english: str = ""
    editor: str = ""

    def is_written(self) -> None:
        """In French; the switcher says that it is not translated."""
        self.number = write(self.writer, self.site)
        approved(self.approver, EVENT)
        slug = told_of(self.site, EVENT)[2]
        self.french, self.english = f"/agenda/{slug}/", f"/en/agenda/{slug}/"
        assert status_of(self.visitor, self.french) == 200
        expect(self.visitor.locator(".languages__missing")).to_have_attribute("href", "/en/")
        assert languages_of(self.visitor) == {}
        assert status_of(self.visitor, self.english) == 404

    def is_translated(self) -> None:
        """Begun by one, written by another, online only once it is approved."""
        press_in_matrix(self.approver, "missing", "Traduire")
        self.approver.wait_for_url("**/edit/")
        self.editor = self.approver.url
        self.writer.goto(self.editor)
        say(self.writer, EVENT, IN_ENGLISH)
        say(self.writer, SUMMARY, SUMMARY_EN)
        send_to_review(self.writer)
        assert status_of(self.visitor, self.english) == 404
        answer(self.approver, IN_ENGLISH)
        assert status_of(self.visitor, self.english) == 200
        expect(self.visitor.get_by_role("heading", level=1)).to_have_text(IN_ENGLISH)
        expect(self.visitor.locator("html")).to_have_attribute("lang", "en")
        assert "à jour" in row_of(self.approver, "current")

    def names_both_languages(self) -> None:
        there = languages_of(self.visitor)
        assert there == {
            "fr": f"{self.site.url}{self.french}",
            "en": f"{self.site.url}{self.english}",
            "x-default": f"{self.site.url}{self.french}",
        }
        self.visitor.locator(".languages a").first.click()
        self.visitor.wait_for_url(f"**{self.french}")
        assert languages_of(self.visitor) == there
        assert self.english in read_map(self.visitor)

    def changes(self) -> None:
        """In French: told, brought up to date as a draft, translated, approved."""
        change(self.writer, self.approver, self.number, summary=NEW)
        assert "source modifiée" in row_of(self.approver, "behind")
        self.still_reads(SUMMARY_EN)
        press_in_matrix(self.approver, "behind", "Mettre à jour")
        assert "brouillon" in row_of(self.approver, "draft")
        self.still_reads(SUMMARY_EN)
        assert self.visitor.get_by_text(NEW).count() == 0
        self.writer.goto(self.editor)
        say(self.writer, NEW, NEW_EN)
        send_to_review(self.writer)
        self.still_reads(SUMMARY_EN)
        answer(self.approver, IN_ENGLISH)
        self.still_reads(NEW_EN)

    def still_reads(self, words: str) -> None:
        self.visitor.goto(self.english)
        expect(self.visitor.get_by_text(words).first).to_be_visible()

    def is_reserved(self) -> None:
        """In French: closed in both languages at once, open to members in both."""
        change(self.writer, self.approver, self.number, audience="members", door="hidden")
        for address in (self.french, self.english):
            self.visitor.goto(address)
            assert "/connexion/" in self.visitor.url
            assert status_of(self.member, address) == 200
        assert self.english not in read_map(self.visitor)

    def is_cancelled(self) -> None:
        """In French: said in both languages at once; the reason waits for its translation."""
        change(self.writer, self.approver, self.number, status="cancelled", status_note=REASON)
        self.member.goto(self.english)
        expect(self.member.get_by_text("Cancelled").first).to_be_visible()
        assert self.member.get_by_text(REASON).count() == 0
        press_in_matrix(self.approver, "behind", "Mettre à jour")
        self.writer.goto(self.editor)
        say(self.writer, REASON, REASON_EN)
        send_to_review(self.writer)
        answer(self.approver, IN_ENGLISH)
        self.member.goto(self.english)
        expect(self.member.get_by_text(REASON_EN).first).to_be_visible()


def test_the_life_of_a_page_in_two_languages(open_page: OpenPage, site: Site) -> None:
    life = Life(
        site,
        writer=open_page("redaction"),
        approver=open_page("validation"),
        visitor=open_page(),
        member=open_page("adherente"),
    )
    life.is_written()
    life.is_translated()
    life.names_both_languages()
    life.changes()
    life.is_reserved()
    life.is_cancelled()


def read_map(page: Page) -> str:
    answer = page.request.get("/sitemap-pages.xml")
    assert answer.ok
    return answer.text()


def test_the_translation_editor_draws_every_page_that_is_translated(
    open_page: OpenPage, site: Site
) -> None:
    """One of each type: pictures, documents and links among what it shares."""
    page = open_page("redaction")
    numbers = site.python(
        "from wagtail.models import Page\n"
        "found = {}\n"
        "for page in Page.objects.filter(locale__language_code='en', depth__gte=2):\n"
        "    found.setdefault(page.content_type_id, page.pk)\n"
        "print(*found.values())"
    ).split()
    assert len(numbers) > 10
    for number in numbers:
        page.goto(f"/admin/pages/{number}/edit/")
        expect(
            page.locator(
                ".js-translation-editor li li textarea, .js-translation-editor li li p"
            ).first
        ).to_be_visible()
        page.wait_for_load_state("networkidle")
        assert page.locator(".js-translation-editor li li").count() > 1, number
