"""What people send, made clean. Forms never save: whether something may be said, and is enough, the action decides."""

import difflib
import re
import secrets
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from community import prose
from community.people.policies import is_team
from community.prose.characters import UNSAFE
from community.spaces.models import Platform, Product, Space, Tag, Version

from .actions.asking import TITLE_LENGTH
from .attaching import MOST_FILES, addresses_in
from .models import LONGEST_REASON, MOST_TAGS, Audience, Genre, Kind, Post, Thread, WaitReason

TOKEN_LENGTH = 64
# What a person may keep while it is still too long to be posted.
DRAFT_LENGTH = 4 * prose.MAX_LENGTH


def fresh_token() -> str:
    """One for each form that is shown: however often the form is sent, it makes one post."""
    return secrets.token_urlsafe(24)


class Words(forms.CharField):
    """Text as people type it: line ends are made equal, characters that no database takes are left out."""

    def __init__(self, **options: Any):
        super().__init__(**{"strip": False, "required": False, "widget": forms.Textarea} | options)

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        return re.sub(r"[\x00\ud800-\udfff]", "", text.replace("\r\n", "\n").replace("\r", "\n"))


class Line(Words):
    """One line of words, without the characters that no page shows and no feed can carry."""

    def __init__(self, **options: Any):
        super().__init__(**{"widget": forms.TextInput} | options)

    def to_python(self, value: Any) -> str:
        return " ".join(UNSAFE.sub("", " ".join(super().to_python(value).split())).split())


class TokenField(Words):
    """What is no token of ours is taken for none; a cookie brings it back, and cookies are plain letters."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput, max_length=TOKEN_LENGTH)

    def to_python(self, value: Any) -> str:
        token = super().to_python(value)
        return token if re.fullmatch(r"[A-Za-z0-9_-]*", token) else ""


def check_files(body: str) -> str:
    if len(addresses_in(body)) > MOST_FILES:
        words = ngettext_lazy("One post shows at most %d file.", "One post shows at most %d files.", MOST_FILES)
        raise forms.ValidationError(words % MOST_FILES)
    return body


def kinds_for(member: Any, thread: Thread) -> list[tuple[str, Any]]:
    """The kinds a member may choose for a reply there, in the order in which they are offered."""
    kinds = [Kind.SOLUTION, Kind.WORKAROUND, Kind.INFORMATION, Kind.QUESTION, Kind.ACKNOWLEDGEMENT]
    if thread.is_inside(member):
        kinds.append(Kind.NOTE)
    return [(kind.value, kind.label) for kind in kinds]


CODE_OR_STEPS = re.compile(r"^(```|~~~| {4}\S|\t\S|\s{0,3}\d{1,3}[.)] )", re.MULTILINE)


QUESTION_MARKS = ("?", "\N{ARABIC QUESTION MARK}", "\N{FULLWIDTH QUESTION MARK}")
# What may stand behind a question mark and still leave it the end.
CLOSING = "`*_~)]\"'»”\N{RIGHT SINGLE QUOTATION MARK} .!"


def ends_with_a_question(body: str) -> bool:
    """Whether the last line asks, in words that are not quoted from somebody else."""
    line = body.rstrip().rpartition("\n")[2]
    return not line.startswith(">") and line.rstrip(CLOSING).endswith(QUESTION_MARKS)


def guessed_kind(member: Any, thread: Thread, body: str) -> Kind:
    """What a reply probably is: the asker tells more; who shows code or steps offers a solution, who ends with a
    question asks back.
    """
    if thread.author_id == member.pk or not thread.is_question:
        return Kind.INFORMATION
    if CODE_OR_STEPS.search(body):
        return Kind.SOLUTION
    return Kind.QUESTION if ends_with_a_question(body) else Kind.INFORMATION


class ReplyForm(forms.Form):
    body = Words(label=_("Your reply"))
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    because = forms.ChoiceField(
        label=_("Why it takes time"), choices=[("", _("No reason given")), *WaitReason.choices], required=False
    )
    more = Line(label=_("In own words"), max_length=200)
    token = TokenField()

    def __init__(self, *args: Any, member: Any, thread: Thread, **options: Any):
        super().__init__(*args, **options)
        self.member, self.thread = member, thread
        self.fields["kind"].choices = kinds_for(member, thread)

    def clean_body(self) -> str:
        return check_files(self.cleaned_data["body"])

    def clean(self) -> None:
        if not self.cleaned_data.get("kind") and "kind" not in self.errors:
            body = self.cleaned_data.get("body", "")
            self.cleaned_data["kind"] = guessed_kind(self.member, self.thread, body)


class EditForm(forms.Form):
    body = Words(label=_("The text"))
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    because = Line(label=_("Why"), max_length=LONGEST_REASON, help_text=_("Stands in the history of the post."))
    seen_revision = forms.IntegerField(min_value=0, max_value=10**9, widget=forms.HiddenInput)

    def __init__(self, *args: Any, member: Any, post: Post, **options: Any):
        super().__init__(*args, **options)
        if post.is_first or post.is_note:
            del self.fields["kind"]
        else:
            kinds = [choice for choice in kinds_for(member, post.thread) if choice[0] != Kind.NOTE]
            self.fields["kind"].choices = kinds

    def clean_body(self) -> str:
        return check_files(self.cleaned_data["body"])


class ReasonForm(forms.Form):
    because = Line(label=_("Why"), max_length=LONGEST_REASON, help_text=_("The reason stands where the post stood."))


class DifferentForm(forms.Form):
    """What the asker of a merged question may say about it."""

    because = forms.CharField(required=False, max_length=LONGEST_REASON)


class DraftForm(forms.Form):
    """What has been typed so far; anything goes, because it is nobody's business yet."""

    title = Line()
    body = Words(max_length=DRAFT_LENGTH)
    kind = Line()
    token = TokenField()

    KEPT = ("genre", "space", "product", "version", "platform", "tags", "audience")

    def clean_title(self) -> str:
        return self.cleaned_data["title"][:TITLE_LENGTH]

    def kept_fields(self) -> dict[str, str]:
        """The choices of an unfinished question, as they were sent."""
        field = Line()
        return {name: field.to_python(self.data[name])[:500] for name in self.KEPT if self.data.get(name)}


class TagsField(Line):
    """Names of curated tags with commas between them, as a list of tags. A merged name means the tag it went into."""

    def to_python(self, value: Any) -> list[Tag]:  # type: ignore[override]
        names = list(dict.fromkeys(name.strip().lstrip("#").lower() for name in super().to_python(value).split(",")))
        names = [name[:40] for name in names if name]
        if not names:
            return []
        if len(names) > 4 * MOST_TAGS:
            raise self.too_many()
        condition = Q(slug__in=names)
        for name in names:
            condition |= Q(name__iexact=name)
        found = Tag.objects.filter(condition).select_related("merged_into")
        by_name = {key: tag for tag in found for key in (tag.slug.lower(), tag.name.lower())}
        if unknown := [name for name in names if name not in by_name]:
            raise forms.ValidationError(self.words_for_unknown(unknown[0]))
        tags = {tag.pk: tag for tag in (by_name[name].merged_into or by_name[name] for name in names)}
        if len(tags) > MOST_TAGS:
            raise self.too_many()
        return list(tags.values())

    def too_many(self) -> forms.ValidationError:
        return forms.ValidationError(_("Choose at most %(count)s tags.") % {"count": MOST_TAGS})

    def words_for_unknown(self, name: str) -> Any:
        known = Tag.objects.in_use().values_list("name", flat=True)[:1000]
        near = difflib.get_close_matches(name, known, n=2, cutoff=0.5)
        if near:
            return _("There is no tag “%(name)s”. Did you mean %(near)s?") % {"name": name, "near": ", ".join(near)}
        return _("There is no tag “%(name)s”. Choose from the list, or leave it out.") % {"name": name}


class VersionChoices(forms.ModelChoiceField):
    """Versions grouped by their product, which reads well without scripts too."""

    def grouped(self) -> list[Any]:
        groups: dict[str, list[tuple[int, str]]] = {}
        for version in self.queryset:
            groups.setdefault(version.product.name, []).append((version.pk, version.name))
        return [("", _("Not sure")), *groups.items()]


class SpaceChoices(forms.ModelChoiceField):
    def label_from_instance(self, space: Space) -> str:
        return f"{space.parent.name}: {space.name}" if space.parent else space.name


class ThreadFields(forms.Form):
    title = Line(
        label=_("In one sentence"),
        help_text=_("What you did, and what came instead of what you expected."),
        widget=forms.TextInput(attrs={"maxlength": TITLE_LENGTH, "class": "title-input", "dir": "auto"}),
    )
    tags = TagsField(
        label=_("Tags"),
        help_text=_("Up to five, with commas between them."),
        widget=forms.TextInput(attrs={"list": "tag-names", "autocomplete": "off", "data-tags": ""}),
    )

    @property
    def tag_names(self) -> list[str]:
        return list(Tag.objects.in_use().values_list("name", flat=True)[:500])


class RetitleForm(ThreadFields):
    field_order = ("title", "tags")


class AskForm(ThreadFields):
    genre = forms.ChoiceField(label=_("What it is"), required=False)
    space = SpaceChoices(Space.objects.none(), label=_("Space"), empty_label=_("Choose a space"), required=False)
    product = forms.ModelChoiceField(
        Product.objects.all(), label=_("Product"), required=False, empty_label=_("None of them")
    )
    version = VersionChoices(Version.objects.none(), label=_("Version"), required=False)
    platform = forms.ModelChoiceField(
        Platform.objects.all(), label=_("Platform"), required=False, empty_label=_("Not sure")
    )
    audience = forms.ChoiceField(label=_("Who sees it"), required=False, widget=forms.RadioSelect)
    body = Words(label=_("The details"))
    token = TokenField()

    def __init__(self, *args: Any, member: Any, **options: Any):
        super().__init__(*args, **options)
        self.fields["space"].queryset = Space.objects.open_for_posting(member).as_tree()
        self.fields["version"].queryset = Version.objects.select_related("product").order_by(
            "product__position", "product__name", "position", "name"
        )
        self.fields["version"].choices = self.fields["version"].grouped()
        genres = [Genre.QUESTION, Genre.DISCUSSION] + ([Genre.ANNOUNCEMENT] if is_team(member) else [])
        self.fields["genre"].choices = [(genre.value, GENRE_WORDS[genre]) for genre in genres]
        self.fields["audience"].choices = [(value.value, words) for value, words in AUDIENCE_WORDS.items()]

    def clean_title(self) -> str:
        if not self.cleaned_data["title"]:
            raise forms.ValidationError(_("Say in one sentence what happened."))
        return self.cleaned_data["title"]

    def clean_body(self) -> str:
        # Asked here too, so that everything that is missing is said at once.
        if not self.cleaned_data["body"].strip():
            raise forms.ValidationError(_("Write something first."))
        return check_files(self.cleaned_data["body"])

    def clean_genre(self) -> str:
        return self.cleaned_data["genre"] or Genre.QUESTION

    def clean_audience(self) -> str:
        return self.cleaned_data["audience"] or Audience.EVERYONE

    def clean_space(self) -> Space:
        if not self.cleaned_data["space"]:
            raise forms.ValidationError(_("Choose where it belongs."))
        return self.cleaned_data["space"]


GENRE_WORDS = {
    Genre.QUESTION: _("A question"),
    Genre.DISCUSSION: _("A discussion"),
    Genre.ANNOUNCEMENT: _("An announcement"),
}
AUDIENCE_WORDS = {
    Audience.EVERYONE: _("Everybody who may read the space. Peers answer too, and others find it later."),
    Audience.NAMED: _("The team and you. Nobody else can read it."),
}
