"""What resources are put in order by, worked out for those that exist."""

from django.db import migrations, models

from site_cocagne.core.search.words import words_of

BATCH = 500


def fill(apps, schema_editor):
    pages = apps.get_model("resources", "ResourcePage")._base_manager
    batch = []
    for page in pages.only("title", "sort_title").iterator(chunk_size=BATCH):
        page.sort_title = " ".join(words_of(page.title))[:255]
        batch.append(page)
        if len(batch) == BATCH:
            pages.bulk_update(batch, ["sort_title"])
            batch = []
    pages.bulk_update(batch, ["sort_title"])


class Migration(migrations.Migration):
    deploy = "Writes every resource once: about a minute for 100,000."

    dependencies = [("core", "0005_title_vector"), ("resources", "0006_tally")]

    operations = [
        migrations.AddField(
            model_name="resourcepage",
            name="sort_title",
            field=models.CharField(blank=True, editable=False, max_length=255),
        ),
        migrations.AddIndex(
            model_name="resourcepage",
            index=models.Index(fields=["sort_title"], name="resource_by_title"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
