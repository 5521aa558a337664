"""A word is found in its other forms, in each language of the house, and what only looks alike is not."""

import pytest

from community.search.tasks import index_again
from tests import make

pytestmark = pytest.mark.django_db

SAID = {
    "en": ("The connection is closed by the server, and nobody knows why.", ("connections", "closing connect")),
    "de": ("Die Verbindung wird nach dem Neustart nicht hergestellt.", ("Verbindungen", "Neustarts verbindungen")),
    "fr": ("Les connexions sont fermées par le serveur pour une heure.", ("connexion", "serveurs fermée")),
    "es": ("Las conexiones con el servidor no duran más que una hora.", ("conexión", "servidores")),
    "ar": ("هذه المفاتيح لا تعمل على الخادم بعد التحديث، لماذا؟", ("مفاتيح", "خادم")),
}


@pytest.mark.parametrize("language", SAID)
def test_a_word_is_found_in_its_other_forms(language, client, search):
    said, looked_for = SAID[language]
    make.thread(title="E4021-77 Forthcoming", body=said)

    for words in (*looked_for, "E4021-77", "forthcoming"):
        assert search(client, words) == ["E4021-77 Forthcoming / 1"], words


def test_forms_are_marked_where_they_stand(client, search):
    make.thread(title="Verbindung weg", body="Die Verbindung ist nicht da, und das seit Montag.")

    search(client, "Verbindungen")

    page = client.get("/search/", {"q": "Verbindungen"}).text
    assert page.count("<mark>Verbindung</mark>") == 2


def test_a_stem_of_one_language_is_no_word_of_another(client, search):
    make.thread(title="Leitung", body="Die Leitung ist tot, und das ist nicht nur bei mir so.")

    assert search(client, "dies") == []


def test_what_the_index_held_before_is_brought_in_step(client, search, indexed, monkeypatch):
    monkeypatch.setattr("community.search.tasks.AT_ONCE", 1)
    monkeypatch.setattr("community.threads.models.post.stems_in", lambda text, language: "")
    for title in ("Erste", "Zweite"):
        make.thread(title=title, body="Die Verbindung ist nicht da.")
    assert search(client, "Verbindungen") == []
    monkeypatch.undo()

    index_again.call(0)

    assert set(search(client, "Verbindungen")) == {"Erste / 1", "Zweite / 1"}
