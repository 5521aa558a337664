"""The addresses by which what is flagged, held and decided could be reached, and what kind of answer each gives."""

from tests.safety.way import NOTHING, Way, places, post, thread, writers

IN_QUEUE = ("mine", "decided", "flags", "held", "appeals", "contradictions")

WAYS_TO_MODERATE: dict[str, Way] = {
    "moderation:curate": thread(),
    "moderation:act": Way(
        "page", "thread", arguments=lambda row: [row.pk, "lock"], sends={"because": "So."}, reads=False
    ),
    "moderation:flag": post(sends={"reason": "spam"}),
    "moderation:flag_thread": thread(sends={"reason": "spam"}),
    "moderation:flag_profile": places("list", writers("moderation:flag_profile", "")),
    **{
        f"moderation:{name}": Way("page", "file", arguments=lambda row: [row.key], sends={"because": "So."})
        for name in ("take_file_away", "give_file_back")
    },
    "moderation:flag_file": Way("page", "file", arguments=lambda row: [row.key], sends={"reason": "spam"}),
    "moderation:hide_post": post(sends={"because": "So."}),
    "moderation:unhide_post": post(sends={"because": "So."}),
    "moderation:held_list": places("held", lambda world: ["/moderation/held/"]),
    "moderation:held": Way("held", "held", sends={"body": "Better."}),
    "moderation:decide_held": Way("held", "held", sends={"approve": "1"}, reads=False),
    "moderation:withdraw_held": Way("held", "held", sends={}, reads=False),
    "moderation:mine": places("list", lambda world: ["/moderation/mine/"]),
    "moderation:powers": places("list", lambda world: ["/moderation/mine/trust/"]),
    "moderation:queue": places(
        "care", lambda world: ["/moderation/", *(f"/moderation/?show={show}" for show in IN_QUEUE)]
    ),
    "moderation:wave": places("care", lambda world: [world.wave.get_absolute_url()]),
    **{
        f"moderation:{name}": places("care", lambda world, name=name: [f"/moderation/{name}/"])
        for name in ("words", "rules", "trust", "choose", "log")
    },
    "moderation:word_add": places("care", lambda world: ["/moderation/words/new/"]),
    "moderation:rule": places(
        "care", lambda world: [f"/moderation/rules/{slug}/" for slug in ("everywhere", "gardens", "house", "cellar")]
    ),
    "moderation:export": places("care", lambda world: ["/moderation/log.csv"]),
    "moderation:new_count": places("care", lambda world: ["/moderation/new/?after=0"]),
    "moderation:public": places("outside", lambda world: ["/moderation/public/"]),
    # These show nothing that somebody wrote to others, or take what they say from the sender alone.
    **dict.fromkeys(
        (
            "moderation:decide",
            # Between one member and the moderators: tests/moderation/test_sanctions.py, test_trust_by_hand.py.
            *("moderation:set_trust", "moderation:release_trust"),
            *("moderation:sanction_member", "moderation:note", "moderation:end_sanction", "moderation:sanction"),
            *("moderation:appeal", "moderation:decide_appeal", "moderation:word_change", "moderation:word_drop"),
            # Between moderators: tests/moderation/test_many_at_once.py.
            *("moderation:batch", "moderation:undo"),
            *("moderation:free_account", "moderation:claim", "moderation:claim_next", "moderation:undo_decision"),
            "moderation:decide_contradiction",
        ),
        NOTHING,
    ),
}
