from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from sangkien.vietnamese import fold


def fill(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    messages = apps.get_model("notices", "Message").objects.filter(folded="")
    for message in messages.iterator():
        message.folded = fold(f"{message.title} {message.text}")
        message.save(update_fields=["folded"])


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0001_initial"),
        ("units", "0002_versions_do_not_overlap"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="folded",
            field=models.TextField(default="", editable=False),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("to_unit__isnull", False)), fields=["scope_uid", "id"], name="notice_of_scope"
            ),
        ),
    ]
