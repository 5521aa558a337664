"""What `manage.py check`, `serve` and `collectstatic` say of a look that people could not read."""

from typing import Any

from django.core import checks

from .colours import measured, tokens


@checks.register(checks.Tags.staticfiles)
def tokens_read(**_: Any) -> list[checks.CheckMessage]:
    return [
        checks.Warning(f"tokens.css, {measure}.", hint="Make the colour darker or lighter.", id="cms.W001")
        for measure in measured(tokens())
        if not measure.holds
    ]
