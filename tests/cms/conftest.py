from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group

from cms import first_pages
from cms.models import HomePage
from community.people.models import Member
from tests import make


@pytest.fixture
def home() -> HomePage:
    """The pages a site begins with."""
    return first_pages.build()


@pytest.fixture
def editor() -> Member:
    """Somebody who looks after pages and nothing else."""
    member = make.member("quillon")
    member.groups.add(Group.objects.get(name="Editors"))
    return member


@pytest.fixture
def show(home):
    """Puts these parts on the home page and publishes it."""

    def published(*parts) -> None:
        home.body = list(parts)
        home.save_revision().publish()

    return published


@pytest.fixture
def restricted(customer, agent, moderator) -> SimpleNamespace:
    """Threads that not everybody reads, by their titles."""
    from community.moderation.actions import hide_thread
    from community.threads.models import Audience, Genre

    house, cellar = make.space("House", members=[customer]), make.space("Cellar", team_only=True)
    threads = [
        make.thread(by=agent, title="In the house", space=house),
        make.thread(by=agent, title="In the cellar", space=cellar),
        make.thread(by=agent, title="For the team", audience=Audience.TEAM),
        make.thread(by=agent, title="News for the team", space=cellar, genre=Genre.ANNOUNCEMENT),
        make.thread(title="Hidden"),
    ]
    hide_thread(by=moderator, thread=threads[-1], because="Advertising.")
    named = make.thread(by=agent, title="For few", audience=Audience.NAMED)
    named.named.add(customer)
    return SimpleNamespace(threads=[*threads, named], titles={thread.title for thread in [*threads, named]})
