from django.apps import AppConfig


class CommunityConfig(AppConfig):
    name = "community"

    def ready(self) -> None:
        from community import events, wiring
        from community.people import exporting
        from community.people import gate as profile_gate
        from community.threads import gate

        events.wire(together=wiring.TOGETHER, afterwards=wiring.AFTERWARDS)
        gate.keep(*wiring.GATEKEEPERS)
        profile_gate.keep(*wiring.PROFILE_GATEKEEPERS, duties=wiring.DUTIES)
        exporting.keep(*wiring.BELONGINGS)
