"""What allauth asks us, answered with the name that editors gave the house: in mails, beside passkeys and codes."""

from cms import brand
from community.people import adapters


class AccountAdapter(adapters.AccountAdapter):
    @property
    def house(self) -> str:
        return brand.current().name


class SecondFactorAdapter(adapters.SecondFactorAdapter):
    def _get_site_name(self) -> str:
        return brand.current().name
