from datetime import datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from community.spaces.models import Space, Tag
from community.threads.actions.splitting import MOST_POSTS
from community.threads.forms import Line, TagsField, Words, check_files
from community.threads.models import LONGEST_REASON, Genre, Thread

from .models import TO_MANY, FlagReason, Held, TimerAct


class FlagForm(forms.Form):
    reason = forms.ChoiceField(label=_("What is wrong?"), choices=FlagReason, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("In your words"),
        help_text=_("Moderators read this, the author does not."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("reason") == FlagReason.OTHER and not cleaned.get("words", "").strip():
            self.add_error("words", _("Say in your words what is wrong."))
        return cleaned


class ReasonForm(forms.Form):
    because = forms.CharField(
        label=_("Reason"),
        help_text=_("The person concerned reads this sentence."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Give a reason. The person concerned reads it.")},
    )


class CannedReasonForm(ReasonForm):
    """The reason in one's own words, or one of those that are given often."""

    canned = forms.CharField(max_length=LONGEST_REASON, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["because"].required = False

    def clean(self):
        cleaned = super().clean()
        if "because" in cleaned and not cleaned["because"].strip():
            cleaned["because"] = cleaned.get("canned", "").strip()
            if not cleaned["because"]:
                self.add_error("because", self.fields["because"].error_messages["required"])
        return cleaned


class FlagDecisionForm(CannedReasonForm):
    """And where a thread is moved with it."""

    space = forms.ModelChoiceField(
        queryset=Space.objects.none(), required=False, empty_label=_("Choose a space"), label=_("To which space")
    )

    def __init__(self, *args, moderator, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["space"].queryset = Space.objects.visible_to(moderator).as_tree()

    @cached_property
    def spaces(self) -> list[tuple[Any, Any]]:
        """To choose from; looked up once for a whole page of cases."""
        # Not list(): that would count them first.
        return [choice for choice in self.fields["space"].choices]  # noqa: C416


class QuietForm(forms.Form):
    """For what is undone without anybody having to be told why."""


class MoveForm(forms.Form):
    space = forms.ModelChoiceField(
        label=_("To which space"), queryset=Space.objects.none(), empty_label=_("Choose a space")
    )
    because = forms.CharField(label=_("Reason"), max_length=LONGEST_REASON, required=False)

    def __init__(self, *args, moderator, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["space"].queryset = Space.objects.visible_to(moderator).as_tree()


class MergeForm(forms.Form):
    into = forms.CharField(
        label=_("Number of the thread it repeats"), help_text=_("For example 4127 or #4127."), max_length=12
    )

    def __init__(self, *args, moderator, **kwargs):
        super().__init__(*args, **kwargs)
        self.moderator = moderator

    def clean_into(self) -> Thread:
        return numbered(self.cleaned_data["into"], self.moderator)


class SlowForm(forms.Form):
    minutes = forms.TypedChoiceField(
        label=_("One reply each in"),
        coerce=int,
        choices=[
            (0, _("as often as one likes")),
            (1, _("1 minute")),
            (5, _("5 minutes")),
            (15, _("15 minutes")),
            (60, _("1 hour")),
            (24 * 60, _("24 hours")),
        ],
    )
    because = forms.CharField(label=_("Reason"), max_length=LONGEST_REASON, required=False)


class TimerForm(forms.Form):
    act = forms.ChoiceField(label=_("What to do"), choices=TimerAct)
    at = forms.DateTimeField(
        label=_("When"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    because = forms.CharField(
        label=_("Reason"), help_text=_("Locking and closing need one."), max_length=LONGEST_REASON, required=False
    )

    def __init__(self, *args, moderator, **kwargs):
        super().__init__(*args, **kwargs)
        self.zone = ZoneInfo(moderator.time_zone or settings.TIME_ZONE)
        self.fields["at"].help_text = _("By the clock of %(zone)s.") % {"zone": self.zone.key}

    def clean_at(self) -> datetime:
        return self.cleaned_data["at"].replace(tzinfo=self.zone)


class BatchForm(forms.Form):
    act = forms.ChoiceField(
        label=_("What to do"), choices=[(act, act.label) for act in TO_MANY], widget=forms.RadioSelect
    )
    because = forms.CharField(
        label=_("Reason"),
        help_text=_("Locking, closing and hiding need one; everybody concerned reads it."),
        max_length=LONGEST_REASON,
        required=False,
    )
    space = forms.ModelChoiceField(
        label=_("Move: to which space"),
        queryset=Space.objects.none(),
        empty_label=_("Choose a space"),
        required=False,
    )
    into = forms.CharField(label=_("Merge: into which number"), max_length=12, required=False)
    tag = TagsField(label=_("Give or take off: which tag"), max_length=40)

    def __init__(self, *args, moderator, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["space"].queryset = Space.objects.visible_to(moderator).as_tree()
        self.moderator = moderator

    def clean_into(self) -> Thread | None:
        if not self.cleaned_data["into"].strip():
            return None
        return numbered(self.cleaned_data["into"], self.moderator)

    def clean_tag(self) -> Tag | None:
        if len(self.cleaned_data["tag"]) > 1:
            raise forms.ValidationError(_("Name one tag."))
        return next(iter(self.cleaned_data["tag"]), None)


def numbered(typed: str, moderator) -> Thread:
    """The thread whose number was typed. Raises ValidationError where the moderator finds none."""
    typed = typed.strip().removeprefix("#")
    thread = None
    if typed.isascii() and typed.isdigit() and len(typed) < 10:
        thread = Thread.objects.visible_to(moderator).filter(pk=int(typed)).first()
    if thread is None:
        raise forms.ValidationError(_("There is no thread with this number."))
    return thread


class PostsForm(ReasonForm):
    """Some posts of a thread."""

    posts = forms.CharField(
        label=_("Which posts"), help_text=_("By their numbers, for example 7-9, 12."), max_length=200
    )

    def clean_posts(self) -> list[int]:
        numbers: set[int] = set()
        for part in self.cleaned_data["posts"].replace("\u2013", "-").split(","):
            first, _dash, last = (piece.strip() for piece in part.partition("-"))
            last = last or first
            if not all(piece.isascii() and piece.isdigit() and len(piece) < 7 for piece in (first, last)):
                raise forms.ValidationError(_("Give numbers, for example 7-9, 12."))
            if int(last) - int(first) > MOST_POSTS:
                raise forms.ValidationError(_("Choose between 1 and %(most)s posts.") % {"most": MOST_POSTS})
            numbers.update(range(int(first), int(last) + 1))
        return sorted(numbers)


class SplitForm(PostsForm):
    title = forms.CharField(label=_("Title of the new thread"), max_length=200)
    space = forms.ModelChoiceField(
        label=_("In which space"), queryset=Space.objects.none(), empty_label=_("Choose a space")
    )
    genre = forms.ChoiceField(
        label=_("Sort"), choices=[(Genre.QUESTION, Genre.QUESTION.label), (Genre.DISCUSSION, Genre.DISCUSSION.label)]
    )
    field_order = ["posts", "title", "space", "genre", "because"]

    def __init__(self, *args, moderator, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["space"].queryset = Space.objects.visible_to(moderator).as_tree()


class MovePostsForm(PostsForm):
    into = forms.CharField(
        label=_("Number of the thread they go to"), help_text=_("For example 4127 or #4127."), max_length=12
    )
    field_order = ["posts", "into", "because"]

    def __init__(self, *args, moderator, **kwargs):
        super().__init__(*args, **kwargs)
        self.moderator = moderator

    def clean_into(self) -> Thread:
        return numbered(self.cleaned_data["into"], self.moderator)


class HeldText(forms.Form):
    """The words of something held: with a title where it has one, with a text where it has one."""

    title = Line(label=_("Title"), max_length=200)
    body = Words(label=_("The text"), widget=forms.Textarea(attrs={"rows": 10, "dir": "auto"}))

    def __init__(self, *args, held: Held, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("title", "body"):
            if not getattr(held, name):
                del self.fields[name]

    def clean_body(self) -> str:
        return check_files(self.cleaned_data["body"])


class RewriteForm(HeldText):
    """Its author puts it better."""


class HeldForm(HeldText):
    """The moderator's words, if any, and the decision."""

    because = forms.CharField(
        label=_("Reason"),
        help_text=_("The author reads it. Needed to decline; on approval it may say what you corrected."),
        max_length=LONGEST_REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args, held: Held, approves: bool = True, **kwargs):
        super().__init__(*args, held=held, **kwargs)
        if not approves:
            self.fields["because"].required = True
            self.fields["because"].error_messages["required"] = _("Give a reason. The person concerned reads it.")
