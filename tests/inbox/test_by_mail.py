"""What one is told goes out by mail in the way one chose, once, and one press ends it."""

from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail

from community import clock
from community.inbox.actions import notify, read_all
from community.inbox.models import GROUP_OF, MAILED_BY_THE_DESK, Mailed, MailWish, Notice, NoticeKind
from community.inbox.tasks import mail_the_day, mail_what_is_new
from community.threads.models import Audience
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def thread(customer):
    return make.thread(by=customer, title="Photos come upside down")


@pytest.fixture
def told(customer, peer, thread):
    """A notice of this kind about a new reply."""

    def tell(kind: str) -> Notice:
        post = make.reply(thread, by=peer, body="Turn the *camera* round.")
        Notice.objects.all().delete()
        notify({customer.pk}, kind, thread=thread, post=post, actor_id=peer.pk)
        return Notice.objects.get()

    return tell


def a_minute_passes() -> None:
    clock.advance(timedelta(minutes=1))
    mail_what_is_new.call()


def sent() -> list[str]:
    a_minute_passes()
    subjects = [message.subject for message in mail.outbox]
    mail.outbox.clear()
    return subjects


def test_what_concerns_ones_own_question_goes_out_at_once_and_once(told, thread, customer):
    notice = told("proposed")
    mail_what_is_new.call()
    # Within ten seconds what moderators decided may be taken back.
    assert mail.outbox == []

    a_minute_passes()
    a_minute_passes()

    [message] = mail.outbox
    assert message.to == [customer.email]
    assert message.subject == "Photos come upside down"
    assert "tallow proposes a solution" in message.body
    assert "Turn the camera round." in message.body
    assert notice.post.permalink in message.body
    named = message.extra_headers
    assert named["References"].startswith(f"<thread-{thread.pk}@")
    assert named["Message-ID"].startswith(f"<notice-{notice.pk}-1@")
    assert named["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_of_what_is_unread_no_second_mail_comes_until_it_is_read(customer, peer, thread):
    def tell():
        notify({customer.pk}, "closed", thread=thread, post=make.reply(thread, by=peer), actor_id=peer.pk)
        return len([subject for subject in sent() if subject == thread.title])

    Notice.objects.all().delete()
    assert tell() == 1
    assert tell() == 0
    read_all(by=customer)
    assert tell() == 1


def test_what_was_read_in_time_is_not_mailed(told, customer):
    told("proposed")
    read_all(by=customer)

    assert sent() == []


def test_what_one_follows_comes_together_once_a_day(told, customer, peer):
    told("replied")
    other = make.thread(by=peer, title="Sound is gone")
    notify({customer.pk}, "replied", thread=other, post=make.reply(other), actor_id=peer.pk)
    Notice.objects.exclude(member=customer).delete()
    assert sent() == []

    mail_the_day.call()
    mail_the_day.call()

    [message] = mail.outbox
    assert message.subject == "2 things are new"
    assert "Photos come upside down" in message.body
    assert "Sound is gone" in message.body


def test_one_chooses_on_a_page_and_staff_choose_for_their_work_too(visiting_as, told, customer, agent):
    browser = visiting_as(customer)
    assert "Work at the desk" not in browser.get("/inbox/mail/").text
    assert "Work at the desk" in visiting_as(agent).get("/inbox/mail/").text
    ways = dict.fromkeys(("mine", "named", "organisation", "standing"), "here") | {"followed": "at_once"}

    assert browser.post("/inbox/mail/", ways | {"mine": "never"}).status_code == 422
    assert browser.post("/inbox/mail/", ways).status_code == 302

    told("proposed")
    assert sent() == []
    told("replied")
    assert len(sent()) == 1


def test_the_press_in_a_mail_ends_it_without_signing_in_and_a_look_does_not(told, client):
    told("proposed")
    a_minute_passes()
    address = "/inbox/mail/" + mail.outbox[0].extra_headers["List-Unsubscribe"].strip("<>").partition("/inbox/mail/")[2]
    mail.outbox.clear()

    assert "This would then stand only in your inbox:" in client.get(address).text
    told("asked_back")
    assert len(sent()) == 1
    answer = client.post(address, {"List-Unsubscribe": "One-Click"})

    assert "From now on this stands only in your inbox:" in answer.text
    for other in (address[:-3] + "x/", "/inbox/mail/stop/nonsense/"):
        assert client.post(other).status_code == 404
    told("asked_back")
    assert sent() == []


def test_the_mail_of_the_day_counts_what_is_too_much_for_it_and_its_press_ends_all_that_comes_so(
    told, customer, client, visiting_as, monkeypatch
):
    monkeypatch.setattr("community.inbox.mailing.MOST_IN_ONE", 2)
    visiting_as(customer).post(
        "/inbox/mail/",
        dict.fromkeys(("mine", "followed"), "daily") | dict.fromkeys(("named", "organisation", "standing"), "here"),
    )
    for number in range(5):
        notify({customer.pk}, "closed", thread=make.thread(title=f"Thread {number}"))
    Notice.objects.exclude(member=customer).delete()
    for _minute in range(3):
        assert sent() == []

    mail_the_day.call()

    [message] = mail.outbox
    assert message.subject == "5 things are new"
    assert "3 more things stand in your inbox:" in message.body
    address = "/inbox/mail/" + message.extra_headers["List-Unsubscribe"].strip("<>").partition("/inbox/mail/")[2]
    assert "What you asked and answered" in client.post(address).text
    ways = set(MailWish.objects.filter(member=customer, way="here").values_list("group", flat=True))
    assert {"mine", "followed"} <= ways
    assert "Nothing is mailed to you once a day any more." in client.get(address).text


def test_what_only_some_may_read_is_not_quoted_in_a_mail(customer, agent):
    thread = make.thread(by=customer, title="Our keys", audience=Audience.NAMED)
    post = make.reply(thread, by=agent, body="The serial number is ABC-123.", kind="solution")
    Notice.objects.all().delete()
    notify({customer.pk}, "proposed", thread=thread, post=post, actor_id=agent.pk)

    a_minute_passes()

    assert [message.subject for message in mail.outbox] == ["Our keys"]
    assert "ABC-123" not in mail.outbox[0].body


def test_a_mail_server_that_asks_to_try_one_later_gets_the_others(told, customer, peer, monkeypatch):
    told("proposed")
    notify({peer.pk}, "accepted", thread=make.thread(), actor_id=customer.pk)
    Notice.objects.exclude(member__in=(customer, peer)).delete()
    refused, arrived = {customer.email}, []

    def send(message):
        if refused & set(message.to):
            raise SMTPRecipientsRefused({customer.email: (450, b"Later")})
        arrived.extend(message.to)

    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", send)
    a_minute_passes()
    assert arrived == [peer.email]

    refused.clear()
    clock.advance(timedelta(minutes=1))
    a_minute_passes()
    assert arrived == [peer.email, customer.email]


def test_a_mail_whose_sender_was_killed_goes_out_under_the_same_name(told):
    notice = told("proposed")
    Notice.objects.update(mailed=Mailed.SENDING, mailed_at=clock.now())
    assert sent() == []

    clock.advance(timedelta(minutes=11))
    a_minute_passes()

    assert mail.outbox[0].extra_headers["Message-ID"].startswith(f"<notice-{notice.pk}-1@")


def test_somebody_without_an_address_is_mailed_nothing(told, customer):
    customer.email = ""
    customer.save()
    told("proposed")

    assert sent() == []
    mail_the_day.call()
    assert mail.outbox == []
    assert Notice.objects.get().mailed == Mailed.DONE


def test_every_kind_of_notice_has_its_way():
    assert set(GROUP_OF) | MAILED_BY_THE_DESK == set(NoticeKind.values)
    assert not set(GROUP_OF) & MAILED_BY_THE_DESK
