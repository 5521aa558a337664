"""The page on which the pictures lie side by side."""

from html import escape
from pathlib import Path

HEAD = """<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Pictures</title>
<style>
  body { font: 15px/1.5 system-ui, sans-serif; margin: 0 1rem 4rem; background: #777; color: #fff; }
  nav { columns: 12rem; padding-block: 1rem; } a { color: inherit; }
  section { display: flex; gap: 1rem; overflow-x: auto; align-items: flex-start; }
  figure { margin: 0; } img { height: 70vh; width: auto; max-width: 90vw; object-fit: cover; object-position: top; }
</style>
"""


def write(folder: Path, sights: list[str], looks: list[str]) -> None:
    page = [HEAD, "<nav>", *(f'<a href="#{escape(name)}">{escape(name)}</a><br>' for name in sights), "</nav>"]
    for name in sights:
        page.append(f'<h2 id="{escape(name)}">{escape(name)}</h2><section>')
        for look in looks:
            place = f"{look}/{name}.jpg"
            if (folder / place).exists():
                page.append(f"<figure><figcaption>{escape(look)}</figcaption>")
                page.append(f'<a href="{place}"><img loading="lazy" src="{place}" alt=""></a></figure>')
        page.append("</section>")
    (folder / "index.html").write_text("\n".join(page))
