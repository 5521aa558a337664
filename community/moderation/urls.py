from django.urls import path

from .views import choosing, curating, deciding, holding, people, reviewing, watching, waves

app_name = "moderation"

urlpatterns = [
    path("moderation/", reviewing.queue, name="queue"),
    path("moderation/next/", reviewing.claim_next, name="claim_next"),
    path("moderation/cases/<int:pk>/claim/", reviewing.claim, name="claim"),
    path("moderation/cases/<int:pk>/undo/", reviewing.undo, name="undo_decision"),
    path("moderation/contradictions/<int:pk>/", reviewing.decide_contradiction, name="decide_contradiction"),
    path("moderation/log/", deciding.log, name="log"),
    path("moderation/new/", reviewing.new_count, name="new_count"),
    path("moderation/mine/", deciding.mine, name="mine"),
    path("moderation/choose/", choosing.choose, name="choose"),
    path("moderation/batches/<int:pk>/", choosing.batch, name="batch"),
    path("moderation/batches/<int:pk>/undo/", choosing.undo, name="undo"),
    path("moderation/held/", holding.held_list, name="held_list"),
    path("moderation/held/<int:pk>/", holding.held, name="held"),
    path("moderation/held/<int:pk>/decide/", holding.decide, name="decide_held"),
    path("moderation/held/<int:pk>/withdraw/", holding.withdraw, name="withdraw_held"),
    path("moderation/waves/<int:pk>/", waves.wave, name="wave"),
    path("moderation/accounts/<int:pk>/free/", waves.free_account, name="free_account"),
    path("moderation/words/", watching.words, name="words"),
    path("moderation/words/new/", watching.word_add, name="word_add"),
    path("moderation/words/<int:pk>/", watching.word_change, name="word_change"),
    path("moderation/words/<int:pk>/drop/", watching.word_drop, name="word_drop"),
    path("moderation/rules/", watching.rules, name="rules"),
    path("moderation/rules/<slug:slug>/", watching.rule, name="rule"),
    path("moderation/flags/<int:pk>/", deciding.decide, name="decide"),
    path("moderation/appeals/<int:pk>/", people.decide_appeal, name="decide_appeal"),
    path("moderation/decisions/<int:pk>/", people.sanction, name="sanction"),
    path("moderation/decisions/<int:pk>/end/", people.end_sanction, name="end_sanction"),
    path("moderation/appeal/<str:token>/", people.appeal, name="appeal"),
    path("people/<slug:handle>/sanction/", people.sanction_member, name="sanction_member"),
    path("people/<slug:handle>/note/", people.note, name="note"),
    path("posts/<int:pk>/flag/", deciding.flag, name="flag"),
    path("posts/<int:pk>/hide/", curating.hide_post, name="hide_post"),
    path("posts/<int:pk>/unhide/", curating.unhide_post, name="unhide_post"),
    path("threads/<int:pk>/curate/", curating.curate, name="curate"),
    path("threads/<int:pk>/curate/<str:act>/", curating.act_on_thread, name="act"),
]
