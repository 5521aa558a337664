// What can be measured on a page. Each measure gives a list of complaints; an empty one is good.
window.measures = (() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const seen = (part) => part.checkVisibility({ checkOpacity: true, visibilityProperty: true }) && getComputedStyle(part).clipPath === "none" && !part.closest(".vh") && part.getClientRects().length > 0;
  const told = (part) => part.outerHTML.replace(/\s+/g, " ").slice(0, 140);
  const words = (part) => part.textContent.trim();
  const frames = (count) => new Promise((done) => {
    const wait = (left) => (left ? requestAnimationFrame(() => wait(left - 1)) : done());
    wait(count);
  });
  const FOCUSABLE = "a[href], button:not(:disabled), input:not([type=hidden], :disabled), select:not(:disabled), textarea:not(:disabled), summary, [tabindex='0']";

  function headings() {
    const complaints = [];
    const found = all("h1, h2, h3, h4, h5, h6").filter((one) => one.checkVisibility() && !one.closest(".text, dialog"));
    const first = found.filter((one) => one.localName === "h1");
    if (first.length !== 1) complaints.push(`${first.length} headings of the first level`);
    let above = 0;
    for (const one of found) {
      const level = Number(one.localName[1]);
      if (level > above + 1) complaints.push(`h${level} after h${above}: ${words(one).slice(0, 60)}`);
      above = level;
    }
    return complaints;
  }

  function places() {
    // A page that asks nothing about the reader has a masthead without ways and no foot.
    const foot = document.querySelector(".mast nav") ? 1 : 0;
    const wanted = { "main#main": 1, "body > header": 1, "body > footer": foot, ".skip[href='#main']": 1, "#announce[aria-live=polite]": 1 };
    return Object.entries(wanted).filter(([what, count]) => all(what).length !== count).map(([what]) => `${what}: ${all(what).length}`);
  }

  function unlabelled() {
    return all("input:not([type=hidden]), select, textarea").filter((field) => field.checkVisibility())
      .filter((field) => !field.labels?.length && !field.ariaLabel && !field.getAttribute("aria-labelledby")).map(told);
  }

  // Only what a word or a shape says too may be said by a colour.
  function colourAlone() {
    return all(".owe, .act, .ok, .late, .inner").filter(seen)
      .filter((part) => !words(part) && !part.ariaLabel && !part.closest("[aria-label], p, li, dd, td, a")).map(told);
  }

  function sideways() {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return [];
    const scrolled = (part) => part !== document.body && (getComputedStyle(part).overflowX !== "visible" || scrolled(part.parentElement));
    const wide = all("body *").filter((part) => { if (!part.checkVisibility()) return false; const box = part.getBoundingClientRect(); return box.width && (box.right > room + 1 || box.left < -1) && !scrolled(part.parentElement); })
      .filter((part, _index, wide) => !wide.includes(part.parentElement));
    return [`${document.documentElement.scrollWidth} on ${room}`, ...wide.slice(0, 4).map(told)];
  }

  // Words that are cut off by their box and cannot be scrolled to.
  function cutOff() {
    return all("body *").filter((part) => {
      if (!seen(part) || part.closest("svg, select, .text, [aria-hidden=true]") || !words(part)) return false;
      const style = getComputedStyle(part);
      const clips = (axis) => ["hidden", "clip"].includes(style[`overflow${axis}`]);
      return (clips("X") && part.scrollWidth > part.clientWidth + 1) || (clips("Y") && part.scrollHeight > part.clientHeight + 1);
    }).map(told);
  }

  // Controls of a post that lie over each other or over its words.
  function overlapping() {
    const covers = (a, b) => a.left < b.right - 2 && b.left < a.right - 2 && a.top < b.bottom - 2 && b.top < a.bottom - 2;
    return all("[data-post]").flatMap((post) => {
      const acts = all(".acts > *", post).filter(seen);
      const text = post.querySelector(".text")?.getBoundingClientRect();
      return acts.filter((act, index) => {
        const box = act.getBoundingClientRect();
        return (text && covers(box, text)) || acts.slice(index + 1).some((other) => covers(box, other.getBoundingClientRect()));
      });
    }).map(told);
  }

  function moving() {
    const long = (times) => times.split(",").some((time) => parseFloat(time) > 0);
    return all("body, body *").filter((part) => ["", "::before", "::after"].some((pseudo) => {
      const style = getComputedStyle(part, pseudo || null);
      return long(style.transitionDuration) || (style.animationName !== "none" && long(style.animationDuration));
    })).map(told);
  }

  // Distances of text as WCAG 1.4.12 lets everybody set them.
  function spread() {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; } p { margin-block-end: 2em !important; }");
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }
  function together() { document.adoptedStyleSheets = []; }

  const looks = (part) => {
    const of = (one, pseudo) => { const s = getComputedStyle(one, pseudo); return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow, s.borderColor, s.borderWidth, s.backgroundColor, s.textDecorationLine].join(); };
    return [part, part.parentElement, part.nextElementSibling, ...(part.labels ?? [])].filter(Boolean).map((one) => of(one)).join("|");
  };

  // Every stop of the Tab key, forwards and then back: whether the focus is seen there, and is not under something.
  async function focus() {
    const stops = all(FOCUSABLE).filter((part) => part.checkVisibility() && part.tabIndex >= 0 && !part.closest("[inert]"));
    const modal = document.querySelector("dialog[open]:modal");
    const within = modal ? stops.filter((part) => modal.contains(part)) : stops;
    const complaints = new Set();
    document.activeElement?.blur();
    const before = new Map(within.map((part) => [part, looks(part)]));
    for (const part of [...within, ...within.toReversed()]) {
      // A menu that was open closes when the focus leaves it.
      if (!part.checkVisibility()) continue;
      part.focus();
      if (document.activeElement !== part) { complaints.add(`takes no focus: ${told(part)}`); continue; }
      if (!part.matches(":focus-visible")) { complaints.add(`the browser shows no focus: ${told(part)}`); continue; }
      if (before.get(part) === looks(part)) complaints.add(`looks as before: ${told(part)}`);
      if (hidden(part)) complaints.add(`is hidden while it has the focus: ${told(part)}`);
    }
    return [...complaints];
  }

  // Wholly behind something that does not belong to it, at nine points of what the window shows of it.
  function hidden(part) {
    const ours = (hit) => hit && (part.contains(hit) || hit.contains(part) || [...(part.labels ?? [])].some((label) => label.contains(hit)));
    const within = (from, to, room, share) => { const [start, end] = [Math.max(0, from), Math.min(room, to)]; return start + share * (end - start); };
    return ![...part.getClientRects()].some((box) => [0.1, 0.5, 0.9].some((x) => [0.1, 0.5, 0.9].some((y) =>
      ours(document.elementFromPoint(within(box.left, box.right, innerWidth, x), within(box.top, box.bottom, innerHeight, y))))));
  }

  // Where the system's colours replace ours, what can be pressed still has an edge or an underline, and what is chosen a sign.
  function forced() {
    const none = (style) => style.borderStyle === "none" || parseFloat(style.borderWidth) === 0;
    const framed = (part) => part && part !== document.body && (!none(getComputedStyle(part)) || framed(part.parentElement));
    const bare = all("button, .btn, input:not([type=hidden], [type=radio], [type=checkbox]), textarea, select").filter(seen)
      .filter((part) => !framed(part) && !words(part) && !part.querySelector("svg, img"));
    const chosen = all("[aria-current], [aria-pressed=true], [aria-selected=true]").filter(seen).filter((part) => {
      const plain = all("*", part.parentElement.parentElement).find((other) => other.localName === part.localName && other !== part && seen(other) && !other.matches("[aria-current], [aria-pressed=true], [aria-selected=true]"));
      const sign = (one) => { const s = getComputedStyle(one); return [s.fontWeight, s.borderColor, s.borderWidth, s.borderStyle, s.textDecorationLine, s.outlineStyle, s.backgroundColor, s.color].join(); };
      return plain && sign(plain) === sign(part);
    });
    return [...bare, ...chosen].map(told);
  }

  return { headings, places, unlabelled, colourAlone, sideways, cutOff, overlapping, moving, spread, together, focus, forced, frames };
})();
