"""The files that rows name: pictures, attachments, agreements, documents."""

import hashlib
import shutil
from collections.abc import Iterable
from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db.models import FileField

from .rows import columns, kept_models


def named(using: str) -> set[str]:
    """The names of all files that the rows of this database speak of."""
    names: set[str] = set()
    for model in kept_models():
        for field in columns(model):
            if isinstance(field, FileField):
                found = model._base_manager.using(using).order_by().values_list(field.attname, flat=True)
                names.update(name for name in found if name)
    return names


def copy(names: Iterable[str], folder: Path) -> None:
    """Copy what is there and not copied yet; files are never changed, only brought and taken away."""
    for name in names:
        place = folder / name
        if place.exists() or not default_storage.exists(name):
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        with default_storage.open(name) as source, place.open("wb") as target:
            shutil.copyfileobj(source, target)


def bring_back(name: str, folder: Path) -> None:
    if not default_storage.exists(name):
        with (folder / name).open("rb") as source:
            default_storage.save(name, File(source))


def hash_of(place: Path) -> str:
    with place.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
