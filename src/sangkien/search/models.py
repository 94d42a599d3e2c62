"""``Find``: what is known of one thing that can be found."""

from typing import ClassVar

from django.db import models


class Find(models.Model):
    """One findable thing, written in the transaction of the thing itself.

    ``scope`` names who may see it, before anything is ranked or counted; ``tokens`` is what the index of the database
    is made of. A trigger (SQLite) or a generated column (PostgreSQL) keeps that index in step, so that no way of
    writing a row can leave it behind: see the migration. ``title`` keeps its marks, for ranking.
    """

    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    revision_id = models.BigIntegerField(null=True, blank=True)
    scope = models.TextField()
    title = models.TextField()
    title_folded = models.TextField()
    beside_folded = models.TextField(blank=True)
    tokens = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="find_thing_once", fields=["kind", "object_id"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id} · {self.title}"
