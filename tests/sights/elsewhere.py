"""Addresses without a sight, and why: whoever adds one says whether it shows a page."""

# They take a press and lead back to a page, or answer a script with a piece of one.
PRESSED = {
    "desk:act", "desk:call_back", "desk:call_here", "desk:call_leave", "desk:call_now", "desk:call_take",
    "desk:line_now", "desk:reply_find", "desk:shift_drop", "moderation:act", "moderation:decide",
    "moderation:decide_held", "moderation:withdraw_held", "moderation:word_drop", "threads:different", "threads:helps",
    "moderation:undo", "moderation:free_account", "moderation:claim", "moderation:claim_next",
    "moderation:undo_decision", "moderation:decide_contradiction",
    "moderation:decide_appeal", "moderation:end_sanction", "moderation:note", "moderation:sanction_member",
    "people:deactivate", "people:erase", "people:mute", "people:demo_sign_in", "people:reactivate", "people:set_role",
    "moderation:release_trust", "moderation:set_trust",
    "threads:accept", "threads:attachment_remove", "threads:bookmark", "threads:confirm", "threads:draft",
    "threads:draft_discard", "threads:draft_question", "threads:draft_question_discard", "threads:drop_filter",
    "threads:follow", "threads:me_too", "threads:mentions", "threads:numbers", "threads:preview", "threads:read",
    "threads:restore", "threads:since",
    "threads:on_day", "threads:save_filter", "threads:state", "threads:unaccept", "threads:upload",
    "search:read_article", "search:read_thread", "search:similar", "search:similar_to_thread", "tickets:unlink",
    "inbox:read", "inbox:read_all", "requests:draft", "requests:draft_discard", "requests:reopen", "requests:severity",
    "requests:copy_in", "requests:take_out",
    "organisations:end_seat", "organisations:second_factor", "organisations:swap", "organisations:withdraw",
    "tickets:close", "tickets:send_again",
    "mfa_login_webauthn", "desk:promise_done", "desk:promise_judge", "desk:offer_answer", "desk:escalation_take",
    "desk:part_case", "run_again", "run_all_again",
}  # fmt: skip
# They lead on to a page that is in the list.
LEADING_ON = {
    "people:enter_pages", "requests:detail", "threads:post", "threads:quote", "threads:short", "threads:unread",
    "wagtailcore_login",
}  # fmt: skip
# Programs read them.
FOR_PROGRAMS = {
    "brand_style", "desk:new_count", "desk:reports_table", "icon", "inbox:count", "manifest", "moderation:export",
    "moderation:new_count", "people:face", "people:fetch_data", "picture", "robots", "sitemap",
    "sitemap-section", "tickets:hook", "threads:attachment", "worker",
    "threads:feed", "threads:feed_space", "threads:feed_tag", "threads:feed_thread", "threads:new_count",
    "threads:seen", "mfa_download_recovery_codes", "organisations:agreement",
}  # fmt: skip
# They need a second factor that is set up, or a code or link from a mail; templates and forms are those of the others.
WITH_A_KEY = {
    "account_confirm_login_code", "mfa_authenticate", "mfa_deactivate_totp", "mfa_edit_webauthn",
    "mfa_generate_recovery_codes", "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "mfa_remove_webauthn",
    "inbox:stop_mail", "mfa_view_recovery_codes", "moderation:appeal", "organisations:invitation",
}  # fmt: skip
# Thirty accounts at once: tests/moderation/test_a_wave.py.
WITH_MANY = {"moderation:wave"}
# Those of posts with another name in them; the key of a file is another one in every demo.
OF_A_FILE = {"moderation:flag_file", "moderation:give_file_back", "moderation:take_file_away"}
ELSEWHERE = OF_A_FILE | WITH_MANY | PRESSED | LEADING_ON | FOR_PROGRAMS | WITH_A_KEY
# Editors and operators work in applications of others.
OF_OTHERS = ("wagtailadmin", "wagtaildocs", "wagtailimages", "wagtailusers", "wagtail_bulk_action")
