"""What a form tells of how it was filled in: when it was shown, and whether somebody filled in what people do not see.

It is one sign among others and keeps nobody from sending: a form without it is taken as before.
"""

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest

from community import clock, limits

from .gate import Signs

TRAP, SHOWN = "addition", "shown"


def signer() -> Signer:
    return Signer(salt="community.threads.signs")


def shown_stamp(request: HttpRequest | None = None) -> str:
    """For a field of the form; a form that comes back to its writer keeps the time at which he first saw it."""
    sent = request.POST.get(SHOWN, "") if request is not None and request.method == "POST" else ""
    return sent if seconds_since(sent) is not None else signer().sign(int(clock.now().timestamp()))


def seconds_since(stamp: str) -> float | None:
    """None for what is no stamp of ours."""
    try:
        return clock.now().timestamp() - int(signer().unsign(stamp))
    except (BadSignature, ValueError):
        return None


def signs_of(request: HttpRequest) -> Signs:
    return Signs(
        trap=request.POST.get(TRAP, "")[:200],
        seconds=seconds_since(request.POST.get(SHOWN, "")),
        address=limits.address(request),
    )
