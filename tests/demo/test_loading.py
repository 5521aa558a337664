from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command

from community import clock, events, wiring
from community.people.models import Member
from community.spaces.models import Space
from forum.demo import building
from forum.demo.people import DOORS
from forum.demo.pictures import PICTURES
from forum.demo.script import Unreadable, read_age, read_all
from forum.demo.stage import Stage
from forum.demo.verbs import play
from forum.demo.words import MARK


@pytest.mark.django_db
def test_a_closed_door_means_no_demo(settings, capsys):
    settings.DEMO_SIGN_IN = False

    call_command("demo")

    assert "not loaded" in capsys.readouterr().out
    assert not Member.objects.exists()


@pytest.mark.django_db
def test_what_goes_wrong_half_way_leaves_nothing_and_lets_the_clock_run(settings, monkeypatch):
    settings.DEMO_SIGN_IN = True

    def stumble(step, stage):
        raise Unreadable(f"{step}: no")

    monkeypatch.setattr(building, "play", stumble)

    with pytest.raises(Unreadable):
        call_command("demo")

    assert not Member.objects.exists()
    assert not Space.objects.exists()
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=1)
    assert events._afterwards.keys() == wiring.AFTERWARDS.keys()


def test_the_people_at_the_door_are_those_the_sign_in_page_offers():
    from forum.settings import embedded

    assert [handle for handle, _role in embedded.DEMO_PEOPLE] == list(DOORS)


def test_every_thread_begins_by_being_asked_and_goes_forward_in_time():
    for script in read_all():
        ages = [step.age for step in script.steps]
        assert ages == sorted(ages, reverse=True), script.name
        assert script.steps[0].sentence.split(" ", 1)[1] in {"asks", "opens a discussion", "announces"}, script.name


def test_every_picture_is_drawn_and_shown():
    marks = [mark for script in read_all() for step in script.steps for mark in MARK.finditer(step.body)]

    assert {mark[2] for mark in marks if mark[1] == "image"} == PICTURES.keys()


def test_ages_read_as_people_say_them():
    assert read_age("2 d 4 h") == timedelta(days=2, hours=4)
    assert read_age("1 h 58 min") == timedelta(hours=1, minutes=58)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("title: A\n\n@ yesterday, tallow asks\nWhy?\n", "line 3: not a step: @ yesterday, tallow asks"),
        ("title\n@ 1 h ago, tallow asks\nWhy?\n", "the header has a line without a colon: title"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_its_line(tmp_path, text, reason):
    (tmp_path / "odd.md").write_text(text)

    with pytest.raises(Unreadable, match=f"odd.md.*{reason}"):
        read_all(tmp_path)


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("tallow dances", "nobody knows how to do this"),
        ("nobody-we-know asks", "nobody is called nobody-we-know"),
        ("tallow votes for 3", "at that time nobody had asked odd"),
    ],
)
def test_a_sentence_that_cannot_be_played_is_named_with_its_line(tmp_path, sentence, reason):
    (tmp_path / "odd.md").write_text(f"title: A\n\n@ 1 h ago, {sentence}\nWhy?\n")
    stage = Stage(people={"tallow": Member(handle="tallow")}, loaded_at=clock.now())

    with pytest.raises(Unreadable, match=f"odd, line 3: {sentence}: {reason}"):
        play(read_all(tmp_path)[0].steps[0], stage)
