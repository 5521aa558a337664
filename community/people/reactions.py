from .events import MemberErased
from .tasks import forget


def queue_forgetting(event: MemberErased) -> None:
    forget.enqueue(event.member_id)
