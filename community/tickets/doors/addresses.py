from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from community.policy import Invalid

# As long as the column that keeps it.
LONGEST_ADDRESS = 200
is_address = URLValidator(schemes=["http", "https"])


def clean_address(url: str) -> str:
    """Where agents open a ticket, as typed; raises Invalid("url", …) for what a browser should not be sent to."""
    url = url.strip()
    if not url:
        return ""
    try:
        is_address(url)
    except ValidationError:
        raise Invalid("url", _("That is no address. It begins with https://.")) from None
    if len(url) > LONGEST_ADDRESS:
        raise Invalid("url", _("That address is too long to be kept."))
    return url
