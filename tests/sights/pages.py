"""The list itself, from the door to the desk."""

import re
from collections.abc import Callable

from . import VISITOR, Places, Sight, states

CUSTOMER, OTHER, PEER, MODERATOR, AGENT, KEEPER = "fenwick-it", "harbour-dental", "tallow", "osier", "desk-2", "keeper"
MANAGER = "halla"

# Threads of the demo by what they show.
LONG = "push-mail-stops"
SOLVED = "signing-keys-expired"
NEW = "two-new-phones"
CLOSED = "relay-desktop-5"
LOCKED = "which-encoding"
ARABIC = "لا-تصل"
TALK = "how-do-you-name"
ANNOUNCED = "console-new-database"
WAITING_ASKER = "backup-of-the-console"
# Something is promised, and needed earlier; something was promised and has not come.
UNDECIDED = "calendar-invitations-arrive-twice"
OVERDUE = "shared-inbox-shows"


def thread(begins: str, end: str = "") -> Callable[[Places], str]:
    return lambda places: places.thread(begins) + end


def of_thread(begins: str, end: str) -> Callable[[Places], str]:
    return lambda places: f"/threads/{places.number(begins)}/{end}"


def merged_into(begins: str) -> Callable[[Places], str]:
    """It stands in no list; the thread it leads to names it."""
    return lambda places: re.findall(r"/threads/\d+/merged/", places.read(places.thread(begins)))[0]


def at_desk(begins: str) -> Callable[[Places], str]:
    return lambda places: f"/desk/threads/{places.number(begins)}/"


def of_post(begins: str, number: int, end: str) -> Callable[[Places], str]:
    return lambda places: f"/posts/{places.post(begins, number)}/{end}"


AT_THE_DOOR = [
    Sight("sign-in", "account_login", VISITOR, "/accounts/login/"),
    Sight("sign-in-refused", "account_login", VISITOR, "/accounts/login/", states.sign_in_wrongly),
    Sight("sign-up", "account_signup", VISITOR, "/accounts/signup/"),
    Sight("sign-up-refused", "account_signup", VISITOR, "/accounts/signup/", states.sign_up_badly),
    Sight("forgotten", "account_reset_password", VISITOR, "/accounts/password/reset/"),
    Sight("forgotten-sent", "account_reset_password_done", VISITOR, "/accounts/password/reset/done/"),
    Sight("reset-outdated", "account_reset_password_from_key", VISITOR, "/accounts/password/reset/key/1-x/"),
    Sight("reset-done", "account_reset_password_from_key_done", VISITOR, "/accounts/password/reset/key/done/"),
    Sight("mail-sent", "account_email_verification_sent", VISITOR, "/accounts/confirm-email/"),
    Sight("mail-outdated", "account_confirm_email", VISITOR, "/accounts/confirm-email/x/"),
    Sight("inactive", "account_inactive", VISITOR, "/accounts/inactive/"),
]
LISTS = [
    Sight("home", "home", VISITOR, "/"),
    Sight("home-member", "home", CUSTOMER, "/"),
    Sight("list", "threads:list", VISITOR, "/threads/"),
    Sight("list-member", "threads:list", CUSTOMER, "/threads/?show=mine"),
    Sight("list-empty", "threads:list", PEER, "/threads/?show=waiting"),
    Sight("list-team", "threads:list", AGENT, "/threads/?show=waiting_us"),
    Sight("tags", "threads:tags", VISITOR, "/tags/"),
    Sight("tag", "threads:tag", VISITOR, "/tags/keys/"),
    Sight("areas", "spaces:index", VISITOR, "/spaces/"),
    Sight("area", "spaces:detail", VISITOR, "/spaces/mail/"),
    Sight("search", "search:results", VISITOR, "/search/"),
    Sight("search-found", "search:results", VISITOR, "/search/?q=keys"),
    Sight("search-nothing", "search:results", VISITOR, "/search/?q=xylophones"),
    Sight("help", "wagtail_serve", VISITOR, "/help/"),
    Sight("help-article", "wagtail_serve", VISITOR, states.first_article),
    Sight("rules", "wagtail_serve", VISITOR, "/rules/"),
    Sight("welcome-package", "wagtail_serve", VISITOR, "/welcome-package/"),
    Sight("language", "people:language", VISITOR, "/language/?next=/threads/"),
]
THREADS = [
    Sight("thread", "threads:detail", VISITOR, thread(SOLVED)),
    Sight("thread-asker", "threads:detail", CUSTOMER, thread(SOLVED)),
    Sight("thread-team", "threads:detail", AGENT, thread(SOLVED)),
    Sight("thread-moderator", "threads:detail", MODERATOR, thread("moving-40")),
    Sight("thread-new", "threads:detail", OTHER, thread(NEW)),
    Sight("thread-long", "threads:detail", PEER, thread(LONG)),
    Sight("thread-second-page", "threads:detail", VISITOR, thread(LONG, "?page=2")),
    Sight("thread-closed", "threads:detail", CUSTOMER, thread(CLOSED)),
    Sight("thread-locked", "threads:detail", CUSTOMER, thread(LOCKED)),
    Sight("thread-merged", "threads:merged", VISITOR, merged_into(SOLVED)),
    Sight("thread-arabic", "threads:detail", VISITOR, thread(ARABIC)),
    Sight("thread-discussion", "threads:detail", PEER, thread(TALK)),
    Sight("thread-announced", "threads:detail", VISITOR, thread(ANNOUNCED)),
    Sight("thread-waiting-for-asker", "threads:detail", VISITOR, thread(WAITING_ASKER)),
    Sight("thread-my-menu", "threads:detail", CUSTOMER, thread(SOLVED), states.open_my_menu, floats=True),
    Sight("thread-post-menu", "threads:detail", AGENT, thread(SOLVED), states.open_a_post_menu, floats=True),
    Sight("thread-keys", "threads:detail", CUSTOMER, thread(SOLVED), states.open_the_keys, floats=True),
    Sight("thread-preview", "threads:detail", OTHER, thread(SOLVED), states.preview_a_reply),
    Sight("thread-mentioning", "threads:detail", OTHER, thread(SOLVED), states.begin_a_mention, floats=True),
]
WRITING = [
    Sight("ask", "threads:ask", CUSTOMER, "/ask/"),
    Sight("ask-refused", "threads:ask", CUSTOMER, "/ask/", states.send_an_empty_form),
    Sight("reply", "threads:reply", CUSTOMER, of_thread(SOLVED, "reply/")),
    Sight("reply-refused", "threads:reply", CUSTOMER, of_thread(SOLVED, "reply/"), states.send_an_empty_form, 422),
    Sight("edit", "threads:edit", CUSTOMER, of_post(SOLVED, 1, "edit/")),
    Sight("delete", "threads:delete", PEER, of_post(SOLVED, 3, "delete/")),
    Sight("retitle", "threads:retitle", CUSTOMER, of_thread(SOLVED, "title/")),
    Sight("history", "threads:history", VISITOR, of_post(SOLVED, 1, "history/")),
    Sight("post-menu", "threads:menu", CUSTOMER, of_post(SOLVED, 2, "menu/")),
    Sight("tried", "threads:tried", CUSTOMER, of_post(SOLVED, 2, "tried/")),
    Sight("drafts", "threads:drafts", CUSTOMER, "/drafts/"),
    Sight("flag", "moderation:flag", CUSTOMER, of_post(LONG, 3, "flag/")),
    Sight("flag-thread", "moderation:flag_thread", CUSTOMER, of_thread(LONG, "flag/")),
    Sight("flag-profile", "moderation:flag_profile", CUSTOMER, "/people/tallow/flag/"),
]
PEOPLE = [
    Sight("profile", "people:profile", VISITOR, "/people/tallow/"),
    Sight("profile-own", "people:profile", PEER, "/people/tallow/?show=confirmed"),
    Sight("powers", "moderation:powers", PEER, "/moderation/mine/trust/"),
    Sight("settings", "people:settings", CUSTOMER, "/people/settings/"),
    Sight("muted", "people:muted", PEER, "/people/settings/muted/"),
    Sight("own-data", "people:own_data", CUSTOMER, "/people/settings/data/"),
    Sight("leave", "people:leave", CUSTOMER, "/people/settings/leave/"),
    Sight("standing", "people:standing", KEEPER, "/people/tallow/standing/"),
    Sight("mail-addresses", "account_email", CUSTOMER, "/accounts/email/"),
    Sight("password", "account_change_password", CUSTOMER, "/accounts/password/change/"),
    Sight("password-set", "account_set_password", CUSTOMER, "/accounts/password/set/"),
    Sight("sign-out", "account_logout", CUSTOMER, "/accounts/logout/"),
    Sight("once-more", "account_reauthenticate", CUSTOMER, "/accounts/reauthenticate/"),
    Sight("second-factor", "mfa_index", CUSTOMER, "/accounts/2fa/"),
    Sight("second-factor-app", "mfa_activate_totp", CUSTOMER, "/accounts/2fa/totp/activate/"),
    Sight("passkeys", "mfa_list_webauthn", CUSTOMER, "/accounts/2fa/webauthn/"),
    Sight("passkey-new", "mfa_add_webauthn", CUSTOMER, "/accounts/2fa/webauthn/add/"),
    Sight("sessions", "usersessions_list", CUSTOMER, "/accounts/sessions/"),
]
ORGANISATIONS = [
    Sight("organisation", "organisations:detail", CUSTOMER, "/organisations/fenwick-freight/"),
    Sight("call", "desk:call", CUSTOMER, "/organisations/fenwick-freight/call/"),
    Sight("call-refused", "desk:call", OTHER, "/organisations/harbour-dental/call/"),
    Sight("organisation-ended", "organisations:detail", MANAGER, "/organisations/lanternbay-ferries/"),
    Sight("organisation-seats", "organisations:people", CUSTOMER, "/organisations/fenwick-freight/people/"),
    Sight(
        "organisation-seats-refused",
        "organisations:people",
        CUSTOMER,
        "/organisations/fenwick-freight/people/",
        states.invite_badly,
        422,
    ),
    Sight("agreements", "organisations:agreements", CUSTOMER, "/organisations/fenwick-freight/agreements/"),
    Sight(
        "agreements-refused",
        "organisations:agreements",
        MANAGER,
        "/organisations/fenwick-freight/agreements/",
        states.send_an_empty_form,
        422,
    ),
    Sight("organisation-list", "organisations:list", MANAGER, "/organisations/"),
    Sight("organisation-list-empty", "organisations:list", PEER, "/organisations/"),
]
REQUESTS = [
    Sight("inbox", "inbox:list", CUSTOMER, "/inbox/"),
    Sight("inbox-mail", "inbox:mail", AGENT, "/inbox/mail/"),
    Sight("inbox-all", "inbox:list", CUSTOMER, "/inbox/?show=all"),
    Sight("requests", "requests:list", CUSTOMER, "/requests/"),
    Sight("requests-support", "requests:list", AGENT, "/requests/"),
    Sight("requests-none", "requests:list", PEER, "/requests/"),
    Sight("request", "threads:detail", CUSTOMER, "/requests/1/"),
    Sight("request-new", "requests:new", CUSTOMER, "/organisations/fenwick-freight/requests/new/"),
    Sight("request-to-hand-over", "requests:new", "fenwick-dispatch", "/organisations/fenwick-freight/requests/new/"),
    Sight("request-for-whom", "requests:choose", AGENT, "/requests/new/"),
    Sight("request-close", "requests:close", CUSTOMER, "/requests/1/close/"),
]
TEAM = [
    Sight("desk", "desk:inbox", AGENT, "/desk/"),
    Sight("desk-nothing", "desk:inbox", MODERATOR, "/desk/?show=teams"),
    Sight("desk-in-hand", "desk:handle", AGENT, at_desk(NEW)),
    Sight("desk-same-case", "desk:same_case", AGENT, lambda places: f"/desk/threads/{places.number(NEW)}/same/"),
    Sight("desk-private", "desk:aside", AGENT, lambda places: f"/desk/threads/{places.number(NEW)}/aside/"),
    Sight("desk-person", "desk:of_person", AGENT, "/desk/people/fenwick-it/"),
    Sight("desk-organisation", "desk:of_organisation", AGENT, "/desk/organisations/fenwick-freight/"),
    Sight("desk-tickets", "tickets:desk", AGENT, "/desk/tickets/"),
    Sight("promises", "desk:promises", AGENT, "/desk/promises/"),
    Sight("promise", "desk:promise", AGENT, of_thread(UNDECIDED, "promise/")),
    Sight("offer", "desk:offer", AGENT, of_thread(UNDECIDED, "offer/")),
    Sight("deadlines", "desk:deadlines", AGENT, "/desk/deadlines/"),
    Sight("deadlines-declined", "desk:deadlines", AGENT, "/desk/deadlines/?show=declined"),
    Sight("deadline", "desk:deadline", CUSTOMER, of_thread(SOLVED, "deadline/")),
    Sight("deadline-decide", "desk:deadline_decide", AGENT, "/desk/deadlines/1/"),
    Sight("thanks", "desk:thanks", OTHER, of_thread("no-free-slot-after", "thanks/")),
    Sight("complaint", "desk:complaint", PEER, of_thread(CLOSED, "complaint/")),
    Sight("complaints", "desk:complaints", AGENT, "/desk/complaints/"),
    Sight("complaint-answer", "desk:complaint_answer", AGENT, "/desk/complaints/1/"),
    Sight("reports", "desk:reports", AGENT, "/desk/reports/"),
    Sight("report", "desk:report", AGENT, "/desk/reports/reply/"),
    Sight("escalations", "desk:escalations", AGENT, "/desk/escalations/"),
    Sight("escalation", "desk:escalation", CUSTOMER, "/desk/escalations/1/"),
    Sight("escalate", "desk:escalate", CUSTOMER, "/organisations/fenwick-freight/escalate/"),
    Sight("write-down", "desk:write_down", AGENT, "/desk/received/"),
    Sight("thread-promised", "threads:detail", VISITOR, thread(UNDECIDED)),
    Sight("thread-overdue", "threads:detail", VISITOR, thread(OVERDUE)),
    Sight("clocks", "desk:clocks", AGENT, "/desk/clocks/"),
    Sight("line", "desk:line", AGENT, "/desk/line/"),
    Sight("rota", "desk:rota", KEEPER, "/desk/rota/"),
    Sight("canned-replies", "desk:replies", AGENT, "/desk/replies/"),
    Sight("canned-reply-new", "desk:reply_add", AGENT, "/desk/replies/new/"),
    Sight("canned-reply-change", "desk:reply_change", AGENT, "/desk/replies/1/"),
    Sight("canned-reply-drop", "desk:reply_drop", AGENT, "/desk/replies/1/drop/"),
    Sight("ticket", "tickets:link", AGENT, of_thread(SOLVED, "ticket/")),
    Sight("ticket-new", "tickets:make", AGENT, of_thread(SOLVED, "ticket/new/")),
    Sight("queue", "moderation:queue", MODERATOR, "/moderation/"),
    Sight("queue-decided", "moderation:queue", MODERATOR, "/moderation/?show=decided"),
    Sight("queue-held", "moderation:queue", MODERATOR, "/moderation/?show=held"),
    Sight("held-to-decide", "moderation:held", MODERATOR, "/moderation/held/2/"),
    Sight("held-of-mine", "moderation:held", OTHER, "/moderation/held/2/"),
    Sight("held-list", "moderation:held_list", OTHER, "/moderation/held/"),
    Sight("words", "moderation:words", KEEPER, "/moderation/words/"),
    Sight("word-new", "moderation:word_add", KEEPER, "/moderation/words/new/"),
    Sight("word-change", "moderation:word_change", KEEPER, "/moderation/words/1/"),
    Sight("approval-rules", "moderation:rules", KEEPER, "/moderation/rules/"),
    Sight("trust-and-limits", "moderation:trust", KEEPER, "/moderation/trust/"),
    Sight("approval-rule", "moderation:rule", KEEPER, "/moderation/rules/everywhere/"),
    Sight("operation", "operation", KEEPER, "/operation/"),
    Sight("queue-appeals", "moderation:queue", MODERATOR, "/moderation/?show=appeals"),
    Sight("standing-decided", "people:standing", MODERATOR, "/people/brightseats/standing/"),
    Sight("decided-about-me", "moderation:sanction", OTHER, "/moderation/decisions/1/"),
    Sight("log", "moderation:log", MODERATOR, "/moderation/log/?verb=hid_post"),
    Sight("log-for-all", "moderation:public", VISITOR, "/moderation/public/"),
    Sight("decisions-about-me", "moderation:mine", OTHER, "/moderation/mine/"),
    Sight("curate", "moderation:curate", MODERATOR, of_thread(LONG, "curate/")),
    Sight("choose", "moderation:choose", MODERATOR, "/moderation/choose/?show=waiting_us"),
    Sight("batch", "moderation:batch", MODERATOR, "/moderation/batches/1/"),
    Sight("hide", "moderation:hide_post", MODERATOR, of_post(LONG, 3, "hide/")),
    Sight("unhide", "moderation:unhide_post", MODERATOR, of_post(LOCKED, 5, "unhide/")),
]
WHAT_WENT_WRONG = [
    Sight("offline", "offline", VISITOR, "/offline/"),
    Sight("not-found", "wagtail_serve", VISITOR, "/nowhere/", status=404),
    Sight("not-found-member", "wagtail_serve", CUSTOMER, "/nowhere/", status=404),
    Sight("not-by-address", "threads:vote", CUSTOMER, of_post(SOLVED, 2, "vote/"), status=405),
    Sight("forbidden", "moderation:queue", CUSTOMER, "/moderation/", status=403),
]
LOOK = [
    Sight("design", "design", VISITOR, "/design/"),
    Sight("design-sides", "design_sides", VISITOR, "/design/sides/"),
    Sight("design-mails", "design_mails", VISITOR, "/design/mails/"),
]

SIGHTS = [*AT_THE_DOOR, *LISTS, *THREADS, *WRITING, *PEOPLE, *ORGANISATIONS, *REQUESTS, *TEAM, *WHAT_WENT_WRONG, *LOOK]
