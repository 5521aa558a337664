"""Keeps open pages true: sockets, catching up, presence.

One websocket a tab, at /live/. Texts in both directions are JSON objects. Nothing a client sends changes anything;
what is personal or asks for rights goes over HTTP.

Getting in
    The Origin must be the forum's own; a missing or foreign one is refused before the handshake ends (403), and so
    are too many sockets or too fast openings from one address or member. A session cookie makes the reader a member;
    without one a visitor listens to what visitors may read.

Streams
    thread:<id>         changes everybody who may read the thread sees     numbered by the thread's log, lane "all"
    thread:<id>:team    changes only the team sees                         numbered by the thread's log, lane "team"
    list:all            something changed in a thread every visitor reads  not numbered
    list:space-<id>     the same in one space                              not numbered
    list:flags          a case was opened, claimed, decided or undone      not numbered; only moderators
    list:desk           a thread came into a queue of the desk             not numbered; only the team
    list:line           somebody asks for a person, or waits no more       not numbered; only support
    member:<id>         something of this member's own changed             not numbered; only this member

Client to server (at most 16 kB, 20 at once and then 2 a second, 20 streams a socket)
    {"do": "subscribe", "stream": "thread:42", "since": 5}   `since`, optional: the last number already shown
    {"do": "unsubscribe", "stream": "thread:42"}
    {"do": "typing", "stream": "thread:42"}                  members, in a thread they listen to; repeated while typing
    {"do": "ping"}

Server to client: always `stream`, `seq` and `kind`. `stream` is null when the frame is about the socket itself.
    seq 1, 2, 3 … (threads): one change, once, in order. A reader who knows 5 applies 6; sees 8 and waits for 7 or
    fetches it from GET /threads/<id>/since/5/ (?lane=team for the team's lane).
        {"stream": "thread:42", "seq": 6, "kind": "replied", "html": "<article …>",
         "place": "append" | "replace" | "none", "lang": "en", "by": "tallow",
         "post": 311, "number": 4, "url": "/threads/42/…#post-311", "official": false,
         "regions": {"state": "<section …>", …}}
        `kind` is a word of the log (threads.models.EntryKind), `by` the handle of who did it, null for the house.
        `html` is the one HTML of the post, or a line of the record, and may be empty. `place` says what becomes of it:
        put at the end of the record (or, if the element's id is on the page already, in its place), put in the place
        of the element with the same id if it is there, or nothing. `lang` is the language of the words around what
        people wrote; a frame is made once for all, in the house's own language. A page in another one does not show
        it but takes it as the news that there is such a number, and fetches it, which answers in the reader's
        language, a moment later and not all at once. `post`, `number` (null for a note), `url` and
        `official` are there when the change is about a post. `regions` replaces the elements that carry
        data-live-region="<name>"; they show the thread as it is when the frame is made, so the later frame is right.
    seq null: nothing to keep, nothing to catch up.
        subscribed   {"head": 9}       frames follow; a reader behind 9 fetches what it lacks (null: not numbered)
        head         {"head": 9}       frames up to 9 exist, in case one was lost on the way
        unsubscribed
        refused                        not there, or not for you (any more): the two cannot be told apart
        presence     {"who": "Ada", "handle": "ada", "role": "agent", "lasts": 6}   is replying, for so many seconds
        hint         {"thread": 42}    something changed; ask over HTTP what
        pong
        error        {"code": "…", "reason": "…"}   this message was not taken; the codes are
                     broken, oversize, binary, unknown, stream (no such name), too_fast, too_many (streams),
                     unavailable (ask over HTTP and try again later), sign_in, not_listening

Close codes
    1008  too many errors            1009  a message of more than 64 kB
    1012  this server starts again: come back within some ten seconds, not all at once
    4008  too slow a reader: come back and catch up
    4401  no longer signed in as before: come back as who you are now

Catching up
    GET /threads/<id>/since/<seq>/ answers {"stream", "head", "frames": […], "more": true|false} in order. Frames made
    for catching up show posts as they are now: an edit twice is the last text twice, a post removed since is a line.
    `regions` comes with the last frame of an answer. A reader whose `seq` is ahead of the log gets {"reload": true}.

Promises
    A frame may get lost, and those of two writers may overtake each other; the log has all, in order. A right that ends
    is noticed at once when an event says so, and in any case no frame is handed over on a right that was last seen more
    than five seconds ago.
"""
