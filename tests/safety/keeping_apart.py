"""The presses by which members part: from each other, or from the house."""

from tests.safety.press import Press

KEEPING_APART = [
    Press("people:mute", "peer", lambda stage: ["asker"], {"do": "block"}),
    Press("people:own_data", "peer", lambda stage: []),
    Press("people:leave", "peer", lambda stage: [], {"handle": "peer"}),
    Press("people:erase", "keeper", lambda stage: ["gone"], {"handle": "gone", "because": "So."}),
]
