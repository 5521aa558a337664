"""When this happens, these follow: the only place that knows everyone.

TOGETHER runs in the transaction of the action and succeeds or fails with it.
AFTERWARDS runs once it is committed; one failing never stops the next.
"""

from community.moderation.events import FlagDecided, PostFlagged
from community.moderation.reactions import write_down_what_others_did
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
}

AFTERWARDS = {
    PostFlagged: (),
    FlagDecided: (),
}
