"""How fast the forum is, beside a view that does nothing, on the same servers in the same run.

corpus    the threads to measure with       filling   brings them and the people into a database
serving   the forum, embedded and as past one machine     settings, urls   how it is served here
browsing  what browsers send                load      sends it and writes down how long each answer took
rows      what is measured, and our goals   readers   thousands of open sockets
beside    plain Channels and an installed forum, in the same run
results   the table, and the file that is kept of each run
felt      what somebody with a middling telephone waits for; open_threads, open_cases   too much at once
"""
