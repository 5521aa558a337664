"""The spaces, products, platforms and tags of the demo."""

import tomllib
from pathlib import Path

from django.utils.text import slugify

from community.people.models import Member
from community.spaces.models import Platform, Product, Space, Tag, Version

PLACES = Path(__file__).with_name("places.toml")
EARLY_BIRDS = ("kestrel-print", "sundial", "pinegrid", "tallow")


def build_places(people: dict[str, Member]) -> None:
    """Adds what is missing; a space, product or tag that is there already stays as it is."""
    places = tomllib.loads(PLACES.read_text(encoding="utf-8"))
    for position, facts in enumerate(places["spaces"]):
        parent = Space.objects.get(slug=facts.pop("inside")) if "inside" in facts else None
        Space.objects.get_or_create(slug=facts.pop("slug"), defaults={**facts, "parent": parent, "position": position})
    Space.objects.get(slug="early-builds").members.add(*(people[handle] for handle in EARLY_BIRDS))
    for position, facts in enumerate(places["products"]):
        product, _ = Product.objects.get_or_create(
            name=facts["name"], defaults={"slug": slugify(facts["name"]), "position": position}
        )
        for place, name in enumerate(reversed(facts["versions"])):
            Version.objects.get_or_create(product=product, name=name, defaults={"position": place})
    for position, name in enumerate(places["platforms"]["names"]):
        Platform.objects.get_or_create(name=name, defaults={"position": position})
    for name, description in places["tags"].items():
        Tag.objects.get_or_create(slug=name, defaults={"name": name, "description": description})
    for name, target in places["merged_tags"].items():
        Tag.objects.get_or_create(slug=name, defaults={"name": name, "merged_into": Tag.objects.get(slug=target)})
