"""Municipalities and areas: data with dates, because regions and councils come and go."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tvaers.database.history import HistoryTriggers


class Part(models.TextChoices):
    """The two parts of the country that the ladder knows (R8)."""

    EAST = "EAST", _("Øst for Storebælt")
    WEST = "WEST", _("Vest for Storebælt")


class Municipality(models.Model):
    """One of the 98; the four-digit code is text, so that "0259" keeps its zero."""

    code = models.CharField(max_length=4, primary_key=True)
    name = models.CharField(max_length=60, unique=True)
    sort_key = models.CharField(max_length=60)
    region = models.CharField(max_length=40)
    part = models.CharField(max_length=4, choices=Part.choices)
    latitude = models.FloatField()
    longitude = models.FloatField()
    tile_x = models.SmallIntegerField()
    tile_y = models.SmallIntegerField()

    class Meta:
        ordering = ["sort_key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9]{4}$"), name="municipality_code_has_four_digits"
            ),
            models.UniqueConstraint(fields=["tile_x", "tile_y"], name="municipality_own_tile"),
        ]
        triggers = HistoryTriggers()

    def __str__(self) -> str:
        return self.name


class AreaKind(models.TextChoices):
    NATION = "NATION", _("Hele landet")
    PART = "PART", _("Landsdel (øst/vest)")
    REGION = "REGION", _("Region")
    ALLIANCE = "ALLIANCE", _("Samarbejdets område")
    COUNCIL = "COUNCIL", _("Arbejdsmarkedsråd")


class Area(models.Model):
    """A named set of municipalities with dates."""

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=AreaKind.choices)
    starts_on = models.DateField(default=date(2007, 1, 1))
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "starts_on"], name="area_name_once_a_start"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="area_ends_after_start",
            ),
        ]
        triggers = HistoryTriggers()

    def __str__(self) -> str:
        return self.name


class AreaMunicipality(models.Model):
    """A municipality's place in an area, from one day to another (both included)."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="parts")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="areas")
    starts_on = models.DateField(default=date(2007, 1, 1))
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area", "municipality", "starts_on"], name="area_municipality_once_a_start"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="area_municipality_ends_after_start",
            ),
        ]
        triggers = HistoryTriggers()


class PostcodeList(models.Model):
    """A list of postcodes that was imported and changed something: from which file, and when."""

    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    imported_at = models.DateTimeField()

    class Meta:
        triggers = HistoryTriggers()

    def __str__(self) -> str:
        return self.file_name


class Postcode(models.Model):
    """Where the part of a postcode that lies in a municipality is, by the list that said so last.

    `latitude` and `longitude` are degrees (WGS 84 or ETRS89, which is the same here).
    """

    postcode = models.CharField(max_length=4)
    name = models.CharField(max_length=60)
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="postcodes")
    latitude = models.FloatField()
    longitude = models.FloatField()
    taken_from = models.ForeignKey(PostcodeList, models.PROTECT, related_name="postcodes")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["postcode", "municipality"], name="postcode_once_a_municipality"
            ),
            models.CheckConstraint(
                condition=Q(postcode__regex=r"^[0-9]{4}$"), name="postcode_has_four_digits"
            ),
            models.CheckConstraint(
                condition=Q(latitude__range=(54, 58)) & Q(longitude__range=(7.5, 15.6)),
                name="postcode_lies_in_denmark",
            ),
        ]
        triggers = HistoryTriggers()

    def __str__(self) -> str:
        return f"{self.postcode} {self.name}"
