"""An organisation's own administrator gives, refuses, swaps and ends seats, and each of it is true at once."""

import re
import time
from collections.abc import Callable
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.server import Server

PEOPLE_PAGE = "/organisations/harbour-dental/people/"
HIS_ADDRESS = "dispatch@fenwick-freight.example"
# In seconds: a task that sends a mail, on a machine that does much else.
PATIENCE = 20


@pytest.fixture
def link_mailed_to(served: Server) -> Callable[[str], str]:
    """The address in the newest mail to somebody; waits for it."""
    folder = Path(served.environment["DATA_DIR"]) / "mail"

    def newest(address: str) -> str:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            for file in sorted(folder.glob("*"), key=lambda path: path.stat().st_mtime, reverse=True):
                mail = message_from_bytes(file.read_bytes(), policy=policy.default)
                text = mail.get_body(("plain",))
                found = re.search(r"/invitations/\S+", text.get_content()) if text else None
                if found and address in str(mail["To"]):
                    return found[0]
            time.sleep(0.2)
        raise AssertionError(f"No mail to {address} in {folder}")

    return newest


def row_of(person, name: str):
    return person.page.get_by_role("listitem").filter(has=person.page.get_by_text(name, exact=True)).first


def test_invited_by_mail_once_and_in_two_organisations_from_then_on(coming, second_customer, peer, link_mailed_to):
    """A-5, S25, S26: three presses from the menu to a seat; the link works once."""
    colleague = coming("fenwick-dispatch")
    second_customer.open("/threads/")
    second_customer.page.get_by_label("Your menu").click()
    second_customer.page.get_by_role("link", name="Your organisation").click()
    expect(second_customer.page.get_by_role("heading", name="Harbour Dental")).to_be_visible()
    second_customer.page.get_by_role("link", name="Seats and invitations").click()
    second_customer.page.get_by_label("E-mail address").fill(HIS_ADDRESS)
    second_customer.page.get_by_label("Seat", exact=True).select_option("Secondary access")
    second_customer.page.get_by_role("button", name="Send the invitation").click()
    expect(second_customer.page.get_by_text(f"{HIS_ADDRESS} has seven days to take the seat.")).to_be_visible()

    link = link_mailed_to(HIS_ADDRESS)
    peer.expected.append("403")
    peer.open(link)
    peer.page.get_by_role("button", name="Take the seat").click()
    expect(peer.page.get_by_text("sent to another e-mail address than yours")).to_be_visible()
    colleague.open(link)
    expect(colleague.page.get_by_role("heading", name="A seat for Harbour Dental")).to_be_visible()
    colleague.page.get_by_role("button", name="Take the seat").click()

    expect(colleague.page.get_by_text("You have secondary access")).to_be_visible()
    colleague.open("/organisations/")
    for name in ("Fenwick Freight", "Harbour Dental"):
        expect(colleague.page.get_by_role("link", name=name)).to_be_visible()
    colleague.expected.append("410")
    colleague.open(link)
    expect(colleague.page.get_by_text("This invitation was used")).to_be_visible()


def test_the_sixth_is_refused_a_swap_is_made_at_once_and_the_history_stays(coming, second_customer, link_mailed_to):
    """A-5, S23: a basic plan has five seats."""
    colleague = coming("fenwick-dispatch")
    second_customer.open(PEOPLE_PAGE)
    if not row_of(second_customer, "Jonas Petri").count():
        second_customer.send(PEOPLE_PAGE, email=HIS_ADDRESS, kind="reader")
        colleague.open("/threads/")
        colleague.send(link_mailed_to(HIS_ADDRESS))
    for number in range(4):
        second_customer.send(PEOPLE_PAGE, email=f"surgery-{number}@harbour-dental.example", kind="caller")

    second_customer.expected.append("422")
    second_customer.open(PEOPLE_PAGE)
    second_customer.page.get_by_label("E-mail address").fill("sixth@harbour-dental.example")
    second_customer.page.get_by_role("button", name="Send the invitation").click()
    expect(second_customer.page.get_by_text("has 5 seats for named callers and all are taken").first).to_be_visible()
    expect(second_customer.page.get_by_label("E-mail address")).to_have_value("sixth@harbour-dental.example")

    row_of(second_customer, "Tomás Viegas").get_by_role("button", name="Swap").click()
    expect(
        second_customer.page.get_by_text("Jonas Petri is a named caller now, in place of Tomás Viegas.")
    ).to_be_visible()
    colleague.open("/organisations/harbour-dental/")
    expect(colleague.page.get_by_text("You are a named caller")).to_be_visible()
    before = second_customer.page.get_by_role("region", name="Before")
    for name in ("Tomás Viegas", "Jonas Petri"):
        expect(before.get_by_role("listitem").filter(has_text=name).first).to_be_visible()

    row_of(second_customer, "Jonas Petri").get_by_role("button", name="Swap").click()
    expect(second_customer.page.get_by_text("Tomás Viegas is a named caller now")).to_be_visible()
    row_of(second_customer, "Jonas Petri").get_by_role("button", name="End the seat").click()
    expect(second_customer.page.get_by_text("Jonas Petri has no seat any more.")).to_be_visible()
    colleague.expected.append("404")
    colleague.page.reload()
    expect(colleague.page.get_by_text("Harbour Dental")).to_have_count(0)
    while (offers := second_customer.page.get_by_role("button", name="Take back")).count():
        offers.first.click()
        expect(second_customer.page.get_by_text("is taken back")).to_be_visible()


def test_an_agreement_gets_a_version_and_its_people_open_both(coming, customer, peer):
    """S30: current and past are there for the organisation; for others there is nothing."""
    manager = coming("halla")
    manager.open("/organisations/fenwick-freight/agreements/")
    manager.page.get_by_label("Title").fill("Data processing")
    manager.page.get_by_label("File").set_input_files(
        {"name": "data.txt", "mimeType": "text/plain", "buffer": b"Nothing leaves Norway."}
    )
    manager.page.get_by_role("button", name="Add").click()
    expect(manager.page.get_by_text("Version 2 of “Data processing” is here.")).to_be_visible()

    customer.open("/organisations/fenwick-freight/agreements/")
    agreement = customer.page.get_by_role("region", name="Data processing")
    links = agreement.get_by_role("link")
    expect(links).to_have_count(2)
    addresses = [link.get_attribute("href") for link in links.all()]
    newest, oldest = (customer.context.request.get(address) for address in addresses)
    assert newest.text() == "Nothing leaves Norway."
    assert "What Relay does with the data" in oldest.text()
    assert [peer.context.request.get(address).status for address in addresses] == [404, 404]
    missing = peer.context.request.get("/organisations/no-such-company/agreements/")
    existing = peer.context.request.get("/organisations/fenwick-freight/agreements/")
    assert (existing.status, len(existing.body())) == (missing.status, len(missing.body()))
