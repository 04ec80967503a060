"""What the team's list counts and searches over a hundred thousand subscriptions."""

from django.db import migrations, models

NAME = "subscriber_address_parts"


def index_parts(apps, schema_editor):
    """A part of an address is found by its groups of three letters; SQLite reads them all."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        schema_editor.execute(
            f"CREATE INDEX {NAME} ON newsletter_subscriber USING gin (address gin_trgm_ops)"
        )


def forget_parts(apps, schema_editor):
    schema_editor.execute(f"DROP INDEX IF EXISTS {NAME}")


class Migration(migrations.Migration):
    dependencies = [("newsletter", "0006_provider")]

    operations = [
        migrations.RunPython(index_parts, forget_parts),
        migrations.AddIndex(
            model_name="subscription",
            index=models.Index(fields=["state", "subscriber"], name="subscription_by_state"),
        ),
    ]
