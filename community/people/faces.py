"""A face for everybody: three of our shapes, placed by the handle, always the same for the same name."""

import hashlib

# Quiet on both grounds; the team's faces are solid ink instead, as its marks are.
HUES = ("#5b6f8f", "#6d7f5e", "#8f6a5b", "#77648c", "#4f7d7a", "#8a7a4a", "#86606f", "#5f6a76")
INK, PAPER = "#1d1d1b", "#fbfbf9"


def face(handle: str, *, of_team: bool = False) -> str:
    """An SVG image of less than 1 kB, without text or script."""
    dice = hashlib.sha256(handle.casefold().encode()).digest()
    ground, light = (INK, PAPER) if of_team else (HUES[dice[0] % len(HUES)], "#fff")
    drawn = "".join(
        _shape(kind, x, y, 9 + dice[4 + place] % 8, dice[8 + place])
        for place, (kind, x, y) in enumerate(zip(_kinds(dice[1]), *_places(dice[2]), strict=True))
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="64" height="64">'
        f'<path fill="{ground}" d="M0 0h64v64H0z"/><g fill="{light}">{drawn}</g></svg>'
    )


def version(handle: str, *, of_team: bool) -> str:
    """Changes whenever the face does, so that a browser may keep it for ever."""
    return hashlib.sha256(face(handle, of_team=of_team).encode()).hexdigest()[:8]


def _kinds(roll: int) -> str:
    return ("sqc", "scq", "qsc", "qcs", "csq", "cqs")[roll % 6]


def _places(roll: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Where the three stand: across and down, in units of the 64."""
    return (
        ((20, 44, 32), (22, 22, 44)),
        ((20, 44, 32), (44, 44, 22)),
        ((22, 22, 44), (20, 44, 32)),
        ((44, 44, 22), (20, 44, 32)),
        ((16, 32, 48), (32, 32, 32)),
        ((18, 32, 46), (18, 32, 46)),
        ((46, 32, 18), (18, 32, 46)),
    )[roll % 7]


def _shape(kind: str, x: int, y: int, size: int, roll: int) -> str:
    strength = (".95", ".7", ".45")[roll % 3]
    if kind == "c":
        return f'<circle cx="{x}" cy="{y}" r="{size}" opacity="{strength}"/>'
    if kind == "q":
        return f'<path d="M{x} {y - size}l{size} {size}-{size} {size}-{size}-{size}z" opacity="{strength}"/>'
    half = size - 1
    return f'<path d="M{x - half} {y - half}h{2 * half}v{2 * half}h-{2 * half}z" opacity="{strength}"/>'
