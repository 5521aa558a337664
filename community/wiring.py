"""When this happens, these follow: the only place that knows everyone.

TOGETHER runs in the transaction of the action and succeeds or fails with it.
AFTERWARDS runs once it is committed; one failing never stops the next.
"""

from community.desk import events as desk
from community.desk.reactions import (
    begin_clocks,
    end_the_call,
    hear_first_words,
    leave_with_the_seat,
    queue_gap_mails,
    queue_moving,
    tell_of_a_breach,
    tell_of_a_mark,
    turn_clocks,
    write_down,
)
from community.events import Wiring
from community.inbox.events import NoticesLeft
from community.inbox.reactions import (
    queue_aside_notice,
    queue_assignment_notice,
    queue_bad_news,
    queue_call_notices,
    queue_ending,
    queue_gap_notices,
    queue_handover_notice,
    queue_notices,
    queue_request_notice,
    queue_thanks,
    read_notices,
    withdraw_call_notices,
)
from community.live.reactions import (
    recheck_member,
    send_frame,
    tell_members,
    tell_moderators,
    tell_the_desk,
    tell_the_line,
)
from community.moderation.events import FlagDecided, PostFlagged
from community.moderation.reactions import write_down_standing, write_down_what_others_did
from community.organisations import events as organisations
from community.organisations.reactions import queue_invitation
from community.people import events as people
from community.requests.events import DraftHandedOver, RequestOpened, SeverityChanged
from community.requests.reactions import queue_handover, queue_receipt
from community.search.reactions import queue_indexing
from community.threads import events as threads
from community.threads.reactions import outdate_pages
from community.tickets import events as tickets
from community.tickets.reactions import queue_first_contact, queue_mirroring

TOGETHER: Wiring = {
    threads.QuestionAsked: (begin_clocks, queue_indexing, queue_notices),
    threads.ReplyPosted: (turn_clocks, hear_first_words, queue_indexing, queue_mirroring, queue_notices),
    threads.NotePosted: (queue_indexing,),
    threads.PostEdited: (write_down_what_others_did, turn_clocks, queue_indexing),
    threads.PostDeleted: (write_down_what_others_did, turn_clocks, queue_indexing),
    threads.PostRestored: (write_down_what_others_did, turn_clocks, queue_indexing),
    threads.PostHidden: (turn_clocks, queue_indexing),
    threads.PostUnhidden: (turn_clocks, queue_indexing),
    threads.AnswerAccepted: (turn_clocks, queue_thanks),
    threads.AnswerUnaccepted: (turn_clocks,),
    threads.AnswerFailed: (turn_clocks, queue_bad_news),
    threads.ThreadClosed: (turn_clocks, end_the_call, queue_ending),
    threads.ThreadReopened: (turn_clocks, queue_ending),
    threads.DuplicateMarked: (turn_clocks, end_the_call, queue_ending),
    threads.ThreadHidden: (turn_clocks, end_the_call),
    threads.ThreadUnhidden: (turn_clocks,),
    threads.ThreadRead: (read_notices,),
    threads.ThreadRetitled: (queue_indexing,),
    threads.ThreadDeleted: (write_down_what_others_did, turn_clocks, end_the_call, queue_indexing),
    threads.ThreadRestored: (write_down_what_others_did, turn_clocks, queue_indexing),
    organisations.SeatOffered: (queue_invitation,),
    tickets.TicketLinked: (queue_first_contact,),
    tickets.TicketSolved: (turn_clocks,),
    desk.CalendarChanged: (queue_moving,),
    desk.ThreadAssigned: (queue_assignment_notice,),
    desk.AsideOpened: (queue_aside_notice,),
    desk.ClockWarned: (tell_of_a_mark,),
    desk.ClockBreached: (tell_of_a_breach,),
    desk.CallBegun: (queue_call_notices,),
    desk.CallReturned: (queue_call_notices,),
    desk.CallTaken: (withdraw_call_notices,),
    desk.CallAnswered: (withdraw_call_notices,),
    desk.CallEnded: (withdraw_call_notices,),
    desk.GapsFound: (queue_gap_mails, queue_gap_notices),
    organisations.SeatEnded: (leave_with_the_seat,),
    RequestOpened: (begin_clocks, queue_receipt, queue_request_notice),
    SeverityChanged: (begin_clocks,),
    DraftHandedOver: (queue_handover, queue_handover_notice),
    people.RoleChanged: (write_down_standing,),
    people.MemberDeactivated: (write_down_standing,),
    people.MemberReactivated: (write_down_standing,),
}

AFTERWARDS: Wiring = {
    threads.QuestionAsked: (outdate_pages, send_frame),
    threads.ReplyPosted: (outdate_pages, send_frame),
    threads.NotePosted: (outdate_pages, send_frame),
    threads.PostEdited: (outdate_pages, send_frame),
    threads.PostDeleted: (outdate_pages, send_frame),
    threads.PostRestored: (outdate_pages, send_frame),
    threads.PostHidden: (outdate_pages, send_frame),
    threads.PostUnhidden: (outdate_pages, send_frame),
    threads.AnswerAccepted: (outdate_pages, send_frame),
    threads.AnswerUnaccepted: (outdate_pages, send_frame),
    threads.AnswerFailed: (outdate_pages, send_frame),
    threads.ThreadRetitled: (outdate_pages, send_frame),
    threads.ThreadLocked: (outdate_pages, send_frame),
    threads.ThreadUnlocked: (outdate_pages, send_frame),
    threads.ThreadPinned: (outdate_pages, send_frame),
    threads.ThreadUnpinned: (outdate_pages, send_frame),
    threads.ThreadMoved: (outdate_pages, send_frame),
    threads.ThreadClosed: (outdate_pages, send_frame),
    threads.ThreadReopened: (outdate_pages, send_frame),
    threads.DuplicateMarked: (outdate_pages, send_frame),
    threads.ThreadHidden: (outdate_pages, send_frame),
    threads.ThreadUnhidden: (outdate_pages, send_frame),
    threads.ThreadDeleted: (outdate_pages, send_frame),
    threads.ThreadRestored: (outdate_pages, send_frame),
    threads.WithSupport: (outdate_pages, send_frame),
    SeverityChanged: (outdate_pages, send_frame),
    tickets.TicketLinked: (outdate_pages, send_frame),
    tickets.TicketUnlinked: (outdate_pages, send_frame),
    tickets.TicketSolved: (outdate_pages, send_frame),
    tickets.TicketLost: (outdate_pages, send_frame),
    desk.AsideOpened: (outdate_pages, send_frame),
    desk.ReadyReplyChanged: (write_down,),
    desk.QueueChanged: (tell_the_desk,),
    desk.ThreadAssigned: (tell_the_desk,),
    desk.ClockMoved: (outdate_pages,),
    desk.ClockWarned: (outdate_pages,),
    desk.ClockBreached: (outdate_pages,),
    desk.CallBegun: (tell_the_line,),
    desk.CallTaken: (tell_the_line,),
    desk.CallReturned: (tell_the_line,),
    desk.CallAnswered: (tell_the_line,),
    desk.CallEnded: (tell_the_line,),
    desk.RotaChanged: (tell_the_line,),
    NoticesLeft: (tell_members,),
    PostFlagged: (tell_moderators,),
    FlagDecided: (tell_moderators,),
    organisations.SeatGiven: (recheck_member,),
    organisations.SeatEnded: (recheck_member,),
    people.RoleChanged: (recheck_member,),
    people.MemberDeactivated: (recheck_member,),
    people.SignedOut: (recheck_member,),
}
