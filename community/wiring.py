"""When this happens, these follow: the only place that knows everyone.

TOGETHER runs in the transaction of the action and succeeds or fails with it.
AFTERWARDS runs once it is committed; one failing never stops the next.
"""

from community.moderation.events import FlagDecided, PostFlagged
from community.moderation.reactions import write_down_what_others_did
from community.threads import events as threads
from community.tickets import events as tickets

CHANGES = (
    threads.QuestionAsked,
    threads.ReplyPosted,
    threads.NotePosted,
    threads.PostEdited,
    threads.PostDeleted,
    threads.PostRestored,
    threads.PostHidden,
    threads.PostUnhidden,
    threads.AnswerAccepted,
    threads.AnswerUnaccepted,
    threads.AnswerFailed,
    threads.ThreadRetitled,
    threads.ThreadLocked,
    threads.ThreadUnlocked,
    threads.ThreadPinned,
    threads.ThreadUnpinned,
    threads.ThreadMoved,
    threads.ThreadClosed,
    threads.ThreadReopened,
    threads.DuplicateMarked,
    threads.ThreadHidden,
    threads.ThreadUnhidden,
    threads.ThreadDeleted,
    threads.ThreadRestored,
    threads.WithSupport,
    tickets.TicketLinked,
    tickets.TicketUnlinked,
)

TOGETHER = {
    threads.PostEdited: (write_down_what_others_did,),
    threads.PostDeleted: (write_down_what_others_did,),
    threads.PostRestored: (write_down_what_others_did,),
    threads.ThreadDeleted: (write_down_what_others_did,),
    threads.ThreadRestored: (write_down_what_others_did,),
}

AFTERWARDS = {
    PostFlagged: (),
    FlagDecided: (),
}
