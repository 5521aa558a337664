from community import kept

from .events import ThreadChanged


def outdate_pages(event: ThreadChanged) -> None:
    """What visitors were shown of the thread, and the lists it stands in, is no longer true."""
    kept.outdate(kept.of_thread(event.thread_id), kept.LISTS)
