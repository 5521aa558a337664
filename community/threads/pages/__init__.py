"""What the page of a thread shows, made of plain objects: the page, its updates and the frames say the same words.

state    whose turn it is, in a sentence, and the three facts
best     the best solution and on which versions it works
record   posts and what happened between them, one page at a time
mine     what is one reader's own: votes, bookmarks, what was new
outside  the same page for search engines and for links to it
html     the pieces that also arrive over the socket, rendered without a request
"""
