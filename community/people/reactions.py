from .events import DataAskedFor, DataReady, MemberErased
from .tasks import forget, mail_data, put_data_together


def queue_forgetting(event: MemberErased) -> None:
    forget.enqueue(event.member_id)


def queue_export(event: DataAskedFor) -> None:
    put_data_together.enqueue(event.export_id)


def queue_data_mail(event: DataReady) -> None:
    mail_data.enqueue(event.export_id)
