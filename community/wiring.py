"""When this happens, these follow: the only place that knows everyone.

TOGETHER runs in the transaction of the action and succeeds or fails with it.
AFTERWARDS runs once it is committed; one failing never stops the next.
"""

from community.live.reactions import recheck_member, send_frame, tell_moderators
from community.moderation.events import FlagDecided, PostFlagged
from community.moderation.reactions import write_down_standing, write_down_what_others_did
from community.people import events as people
from community.search.reactions import queue_indexing
from community.threads import events as threads
from community.tickets import events as tickets

TOGETHER = {
    threads.QuestionAsked: (queue_indexing,),
    threads.ReplyPosted: (queue_indexing,),
    threads.NotePosted: (queue_indexing,),
    threads.PostEdited: (write_down_what_others_did, queue_indexing),
    threads.PostDeleted: (write_down_what_others_did, queue_indexing),
    threads.PostRestored: (write_down_what_others_did, queue_indexing),
    threads.PostHidden: (queue_indexing,),
    threads.PostUnhidden: (queue_indexing,),
    threads.ThreadRetitled: (queue_indexing,),
    threads.ThreadDeleted: (write_down_what_others_did, queue_indexing),
    threads.ThreadRestored: (write_down_what_others_did, queue_indexing),
    people.RoleChanged: (write_down_standing,),
    people.MemberDeactivated: (write_down_standing,),
    people.MemberReactivated: (write_down_standing,),
}

AFTERWARDS = {
    threads.QuestionAsked: (send_frame,),
    threads.ReplyPosted: (send_frame,),
    threads.NotePosted: (send_frame,),
    threads.PostEdited: (send_frame,),
    threads.PostDeleted: (send_frame,),
    threads.PostRestored: (send_frame,),
    threads.PostHidden: (send_frame,),
    threads.PostUnhidden: (send_frame,),
    threads.AnswerAccepted: (send_frame,),
    threads.AnswerUnaccepted: (send_frame,),
    threads.AnswerFailed: (send_frame,),
    threads.ThreadRetitled: (send_frame,),
    threads.ThreadLocked: (send_frame,),
    threads.ThreadUnlocked: (send_frame,),
    threads.ThreadPinned: (send_frame,),
    threads.ThreadUnpinned: (send_frame,),
    threads.ThreadMoved: (send_frame,),
    threads.ThreadClosed: (send_frame,),
    threads.ThreadReopened: (send_frame,),
    threads.DuplicateMarked: (send_frame,),
    threads.ThreadHidden: (send_frame,),
    threads.ThreadUnhidden: (send_frame,),
    threads.ThreadDeleted: (send_frame,),
    threads.ThreadRestored: (send_frame,),
    threads.WithSupport: (send_frame,),
    tickets.TicketLinked: (send_frame,),
    tickets.TicketUnlinked: (send_frame,),
    PostFlagged: (tell_moderators,),
    FlagDecided: (tell_moderators,),
    people.RoleChanged: (recheck_member,),
    people.MemberDeactivated: (recheck_member,),
    people.SignedOut: (recheck_member,),
}
