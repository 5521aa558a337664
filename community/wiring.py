"""When this happens, these follow: the only place that knows everyone.

TOGETHER runs in the transaction of the action and succeeds or fails with it.
AFTERWARDS runs once it is committed; one failing never stops the next.
"""

from community.desk import events as desk
from community.desk.reactions import (
    begin_clocks,
    end_the_call,
    hear_first_words,
    leave_the_desk,
    leave_with_the_seat,
    mail_those_called,
    queue_gap_mails,
    queue_moving,
    queue_reminder,
    state_held_deadline,
    tell_of_a_breach,
    tell_of_a_mark,
    turn_clocks,
    write_down,
)
from community.events import Wiring
from community.inbox.belongings import belongings as told_in_inbox
from community.inbox.events import NoticesLeft
from community.inbox.reactions import (
    call_for_a_decision,
    call_for_an_answer,
    call_people,
    drop_notices,
    queue_aside_notice,
    queue_assignment_notice,
    queue_bad_news,
    queue_call_notices,
    queue_copying_notice,
    queue_ending,
    queue_gap_notices,
    queue_handover_notice,
    queue_joined_notice,
    queue_merge_notices,
    queue_move_notices,
    queue_notices,
    queue_notices_again,
    queue_request_notice,
    queue_split_notices,
    queue_thanks,
    queue_unmerge_notice,
    queue_word_of_the_desk,
    read_notices,
    remind_of_promise,
    take_back_word,
    tell_of_answered_offer,
    tell_of_clock,
    tell_of_decided_appeal,
    tell_of_decided_flag,
    tell_of_held,
    tell_of_hidden_by_flags,
    tell_of_its_end,
    tell_of_late_call,
    tell_of_own_data,
    tell_of_promise,
    tell_of_sanction,
    tell_of_skipped_timer,
    tell_of_thanks,
    tell_of_the_answer,
    tell_of_trust,
    tell_of_what_was_taken,
    tell_that_nobody_decided,
    tell_who_takes_it,
    withdraw_call_notices,
    withdraw_late_call,
    withdraw_move_notices,
    withdraw_notices_of,
)
from community.live.reactions import (
    recheck_member,
    send_frame,
    tell_members,
    tell_moderators,
    tell_the_desk,
    tell_the_line,
)
from community.moderation import events as moderation
from community.moderation.belongings import belongings as left_with_moderators
from community.moderation.gatekeeper import look_at, look_at_profile
from community.moderation.reactions import (
    close_held,
    hold_new_account,
    line_up_held,
    mail_whom_it_concerns,
    move_cases,
    queue_taking_apart,
    weigh_what_is_said,
    write_down_erasure,
    write_down_standing,
    write_down_unmerging,
    write_down_what_others_did,
)
from community.organisations import events as organisations
from community.organisations.reactions import free_seats, queue_invitation, still_looks_after
from community.people import events as people
from community.people.exporting import Keeper
from community.people.gate import Duty, ProfileGatekeeper
from community.people.reactions import queue_data_mail, queue_export, queue_forgetting
from community.requests.belongings import belongings as in_requests
from community.requests.events import (
    ColleagueCopiedIn,
    DraftHandedOver,
    RequestOpened,
    SeverityChanged,
)
from community.requests.reactions import pass_on, queue_handover, queue_receipt
from community.search.reactions import index_again, queue_comparing, queue_indexing, queue_merging
from community.threads import events as threads
from community.threads.belongings import belongings as said_in_threads
from community.threads.events import ThreadChanged
from community.threads.gate import Gatekeeper
from community.threads.reactions import drop_what_was_private, outdate_all_pages, outdate_pages
from community.tickets import events as tickets
from community.tickets.reactions import queue_first_contact, queue_mirroring, queue_mirroring_of_edit, tell_tickets

TOGETHER: Wiring = {
    threads.QuestionAsked: (begin_clocks, queue_indexing, queue_comparing, queue_notices),
    threads.ReplyPosted: (turn_clocks, hear_first_words, queue_indexing, queue_mirroring, queue_notices),
    threads.NotePosted: (queue_indexing,),
    threads.PostEdited: (write_down_what_others_did, turn_clocks, queue_indexing, queue_mirroring_of_edit),
    threads.PostShownAnew: (queue_indexing, queue_mirroring_of_edit),
    threads.PostDeleted: (write_down_what_others_did, turn_clocks, weigh_what_is_said, queue_indexing, tell_tickets),
    threads.PostRestored: (write_down_what_others_did, turn_clocks, queue_indexing, tell_tickets),
    threads.PostHidden: (turn_clocks, weigh_what_is_said, queue_indexing, tell_tickets),
    threads.PostUnhidden: (turn_clocks, queue_indexing, tell_tickets),
    threads.AnswerAccepted: (turn_clocks, weigh_what_is_said, queue_thanks),
    threads.AnswerUnaccepted: (turn_clocks, weigh_what_is_said),
    threads.AnswerFailed: (turn_clocks, weigh_what_is_said, queue_bad_news),
    threads.ThreadClosed: (turn_clocks, end_the_call, queue_ending),
    threads.ThreadReopened: (turn_clocks, queue_ending),
    threads.ThreadMerged: (turn_clocks, end_the_call, queue_merge_notices),
    threads.ThreadUnmerged: (turn_clocks, write_down_unmerging, queue_unmerge_notice),
    threads.HelpedElsewhere: (turn_clocks,),
    threads.ThreadSplitOff: (turn_clocks, withdraw_move_notices),
    threads.PostsMovedHere: (turn_clocks, move_cases, queue_move_notices),
    threads.ThreadBegunOfPosts: (begin_clocks, move_cases, queue_indexing, queue_split_notices),
    threads.ThreadHidden: (turn_clocks, end_the_call, queue_taking_apart, tell_tickets),
    threads.ThreadUnhidden: (turn_clocks, tell_tickets),
    threads.ThreadRead: (read_notices,),
    threads.ThreadMoved: (move_cases,),
    threads.ThreadRetitled: (queue_indexing,),
    threads.ThreadDeleted: (
        write_down_what_others_did,
        turn_clocks,
        end_the_call,
        queue_indexing,
        queue_taking_apart,
        tell_tickets,
    ),
    threads.ThreadRestored: (write_down_what_others_did, turn_clocks, queue_indexing, tell_tickets),
    organisations.SeatOffered: (queue_invitation,),
    tickets.TicketLinked: (queue_first_contact,),
    tickets.TicketSolved: (turn_clocks,),
    desk.CalendarChanged: (queue_moving,),
    desk.ThreadAssigned: (queue_assignment_notice,),
    desk.AsideOpened: (queue_aside_notice,),
    desk.CallBegun: (queue_call_notices,),
    desk.CallReturned: (queue_call_notices,),
    desk.CallTaken: (withdraw_call_notices,),
    desk.CallOverdue: (tell_of_late_call,),
    desk.CallAnswered: (withdraw_call_notices, withdraw_late_call),
    desk.CallEnded: (withdraw_call_notices, withdraw_late_call),
    desk.GapsFound: (queue_gap_mails, queue_gap_notices),
    organisations.SeatEnded: (leave_with_the_seat,),
    desk.ClockWarned: (tell_of_a_mark, tell_of_clock),
    desk.ClockBreached: (tell_of_a_breach, tell_of_clock),
    desk.PromiseMade: (turn_clocks,),
    desk.PromiseDelivered: (turn_clocks, tell_of_promise),
    desk.PromiseJudged: (turn_clocks, tell_of_promise),
    desk.PromiseOverdue: (turn_clocks, tell_of_promise),
    desk.PromiseDue: (queue_reminder, remind_of_promise),
    desk.DeadlineStated: (turn_clocks, call_for_a_decision),
    desk.DeadlineUndecided: (tell_that_nobody_decided,),
    desk.DeadlineDecided: (turn_clocks, queue_word_of_the_desk),
    desk.OfferMade: (queue_word_of_the_desk,),
    desk.OfferAnswered: (tell_of_answered_offer,),
    desk.Escalated: (call_people, mail_those_called),
    desk.EscalationShown: (turn_clocks,),
    desk.EscalationTaken: (tell_who_takes_it,),
    desk.WrittenDown: (queue_word_of_the_desk,),
    desk.CaseJoined: (queue_joined_notice,),
    desk.ComplaintMade: (call_for_an_answer,),
    desk.ComplaintAnswered: (tell_of_the_answer,),
    desk.ThanksGiven: (tell_of_thanks,),
    RequestOpened: (begin_clocks, queue_receipt, queue_request_notice),
    SeverityChanged: (begin_clocks,),
    ColleagueCopiedIn: (queue_copying_notice,),
    DraftHandedOver: (queue_handover, queue_handover_notice),
    moderation.MemberSanctioned: (mail_whom_it_concerns, tell_of_sanction),
    moderation.SanctionEnded: (mail_whom_it_concerns, tell_of_its_end),
    moderation.TimerSkipped: (tell_of_skipped_timer,),
    moderation.WaveCleared: (withdraw_notices_of,),
    moderation.WaveRestored: (queue_notices_again,),
    moderation.ApprovedAgain: (queue_notices_again,),
    moderation.TextHeld: (line_up_held,),
    moderation.HeldDecided: (close_held, tell_of_held, state_held_deadline),
    moderation.FlagDecided: (tell_of_decided_flag,),
    moderation.TakenFromMember: (tell_of_what_was_taken,),
    moderation.HiddenByFlags: (tell_of_hidden_by_flags,),
    moderation.TrustChanged: (tell_of_trust,),
    moderation.DecisionUndone: (take_back_word,),
    moderation.AppealDecided: (mail_whom_it_concerns, tell_of_decided_appeal),
    people.TrapFilled: (hold_new_account,),
    people.RoleChanged: (write_down_standing,),
    people.MemberDeactivated: (write_down_standing,),
    people.MemberReactivated: (write_down_standing,),
    people.MemberErased: (
        write_down_erasure,
        free_seats,
        pass_on,
        drop_what_was_private,
        drop_notices,
        leave_the_desk,
        queue_forgetting,
    ),
    people.MemberForgotten: (drop_what_was_private, queue_merging),
    people.DataAskedFor: (queue_export,),
    people.DataReady: (queue_data_mail, tell_of_own_data),
    people.WordsTakenOut: (index_again, tell_tickets),
}

AFTERWARDS: Wiring = {
    # Every change to a thread: its kept pages are let go, and whoever has it open sees it.
    **dict.fromkeys(ThreadChanged.__subclasses__(), (outdate_pages, send_frame)),
    desk.ReadyReplyChanged: (write_down,),
    desk.QueueChanged: (tell_the_desk,),
    desk.ThreadAssigned: (tell_the_desk,),
    desk.ClockMoved: (outdate_pages,),
    desk.ClockWarned: (outdate_pages,),
    desk.ClockBreached: (outdate_pages,),
    desk.CallBegun: (tell_the_line,),
    desk.CallTaken: (tell_the_line,),
    desk.CallReturned: (tell_the_line,),
    desk.CallOverdue: (tell_the_line,),
    desk.CallAnswered: (tell_the_line,),
    desk.CallEnded: (tell_the_line,),
    desk.RotaChanged: (tell_the_line,),
    NoticesLeft: (tell_members,),
    moderation.CaseChanged: (tell_moderators,),
    moderation.MemberSanctioned: (recheck_member,),
    organisations.SeatGiven: (recheck_member,),
    organisations.SeatEnded: (recheck_member,),
    organisations.SeatLocked: (recheck_member,),
    people.RoleChanged: (recheck_member,),
    people.MemberDeactivated: (recheck_member,),
    people.MemberErased: (outdate_all_pages, recheck_member),
    people.MemberForgotten: (outdate_all_pages,),
    people.SignedOut: (recheck_member,),
}

# Who looks at what members want to say, and at what they say about themselves, before anybody else reads it; in order.
GATEKEEPERS: tuple[Gatekeeper, ...] = (look_at,)
PROFILE_GATEKEEPERS: tuple[ProfileGatekeeper, ...] = (look_at_profile,)
# What somebody hands over before he can go for good, and where his own data lies, as he gets it who asks for it.
DUTIES: tuple[Duty, ...] = (still_looks_after,)
BELONGINGS: tuple[Keeper, ...] = (said_in_threads, left_with_moderators, in_requests, told_in_inbox)
