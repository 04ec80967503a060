from django.db import migrations
from django.db.models import F
from django.db.models.functions import Coalesce


def settle(apps, schema_editor):
    """Events saved before the column was there."""
    events = apps.get_model("events", "EventPage").objects.filter(start_date__isnull=False)
    events.filter(last_date__isnull=True).update(last_date=Coalesce(F("end_date"), F("start_date")))


class Migration(migrations.Migration):

    dependencies = [("events", "0002_calendars")]

    operations = [migrations.RunPython(settle, migrations.RunPython.noop)]
