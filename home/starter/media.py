"""Pictures and documents of the starter content, stored as an upload would store them."""

from __future__ import annotations

from django.core.files.base import ContentFile
from django.utils.text import slugify
from PIL import Image

from resources.models import ResourcePage
from site_cocagne.core.models import SiteDocument, SiteImage

from . import content, files, pictures, schema, stories

OWN_SHEET = "pdf"  # among the files of a resource: the resource itself, to print
NAME_LENGTH = 60  # of a file, without its ending
KEPT = (1100, 688)  # pixels: what sheets and films need of a drawing


class Studio:
    """Draws each picture once: the image, the sheets and the films all show it."""

    def __init__(self, draw: files.Draw) -> None:
        self._draw = draw
        self._kept: dict[str, Image.Image] = {}

    def draw(self, key: str) -> Image.Image:
        """The drawing at its full size, anew; a smaller one is kept."""
        drawing = self._draw(key)
        self._kept[key] = drawing.resize(KEPT, Image.Resampling.LANCZOS)
        return drawing

    def sketch(self, key: str) -> Image.Image:
        """The drawing at the size documents need."""
        if key not in self._kept:
            self.draw(key)
        return self._kept[key]


def load_pictures(refs: stories.References, studio: Studio) -> int:
    for key, drawing in pictures.DRAWINGS.items():
        data = pictures.jpeg(studio.draw(key))
        add_picture(refs, key, f"{key}.jpg", data, (drawing.title, drawing.alt))
    for key, tile in pictures.TILES.items():
        data = pictures.png(pictures.draw(key))
        add_picture(refs, key, f"partenaire-{key}.png", data, (tile.title, tile.alt))
    for key, mark in pictures.brand_marks().items():
        title = "Logo provisoire « Jardin de Cocagne »"
        words = (title, content.brand.MARK_ALT)
        add_picture(refs, key, f"{key}.png", pictures.png(mark), words)
    return len(refs.images)


def add_picture(
    refs: stories.References, key: str, name: str, data: bytes, words: tuple[str, str]
) -> None:
    """``words``: the title and the alternative text."""
    image = SiteImage(title=words[0], description=words[1], credit=pictures.CREDIT)
    # Without a name of its own, Django would not read the size of the picture.
    image.file.save(name, ContentFile(data, name=name), save=False)
    image._set_image_file_metadata()
    image.save()
    refs.images[key] = image.pk


class ReservedPictures(dict[str, int]):
    """The numbers of pictures that reserved pages show: copies of their own, made when asked for.

    A picture is as closed as the strictest page that shows it: one that a public page shows as
    well would be missing there.
    """

    def __init__(self, originals: dict[str, int]) -> None:
        super().__init__({key: originals[key] for key in pictures.brand_marks()})
        self.originals = originals

    def __missing__(self, key: str) -> int:
        image = SiteImage.objects.get(pk=self.originals[key])
        with image.file.open() as file:
            data = file.read()
        copy = SiteImage(
            title=f"{image.title} (pages réservées)",
            description=image.description,
            credit=image.credit,
        )
        name = f"{key}-reserve.jpg"
        copy.file.save(name, ContentFile(data, name=name), save=False)
        copy._set_image_file_metadata()
        copy.save()
        self[key] = copy.pk
        return int(copy.pk)


def load_documents(refs: stories.References, studio: Studio) -> int:
    for key, file in content.FILES.items():
        name = slugify(file.title)[:NAME_LENGTH].strip("-")
        add_document(refs, key, file.title, files.make(file, name, studio.sketch))
    for resource in content.RESOURCES:
        if OWN_SHEET in resource.files:
            sheet = files.make(sheet_of(resource), resource.slug, studio.sketch)
            add_document(refs, key_of(OWN_SHEET, resource), resource.title, sheet)
    return len(refs.documents)


def add_document(refs: stories.References, key: str, title: str, made: files.Made) -> int:
    document = SiteDocument(title=title, transcript=made.transcript)
    document.file.save(made.name, ContentFile(made.content), save=False)
    document.settle_facts()
    document.duration = document.duration or made.duration
    if made.captions is not None:
        words = f"{title} – sous-titres"
        document.captions_id = add_document(refs, f"{key}-vtt", words, made.captions)
    document.save()
    refs.documents[key] = document.pk
    return int(document.pk)


def key_of(file: str, resource: schema.Resource) -> str:
    """The key of a file of a resource: its own sheet has one of its own."""
    return f"{resource.slug}/{file}" if file == OWN_SHEET else file


def sheet_of(resource: schema.Resource) -> schema.Sheet:
    """The resource itself as a sheet to print."""
    return schema.Sheet(
        title=resource.title,
        label=KINDS[resource.kind],
        story=resource.body,
        picture=resource.picture,
        licence=str(ResourcePage.Licence(resource.licence).label),
        summary=resource.summary,
    )


# The words on paper are French whatever the language of the terminal that loads.
KINDS = {
    "sheet": "Fiche de capitalisation",
    "video": "Vidéo",
    "podcast": "Podcast",
    "guide": "Guide",
    "template": "Modèle",
    "tool": "Outil",
}
