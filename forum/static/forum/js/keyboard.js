// Keys: j and k go from post to post, from case to case and from row to row at the desk, r q e f and o a s act, g leads somewhere, ? shows them all. Never while
// somebody is writing, and not for whoever has switched them off: who speaks to a computer, or trembles, presses many.
const WAIT = 1200;
const sheet = document.getElementById("keys");
let leading = 0;

const STEPS = "#best[data-post], article[data-post], article[data-case], [data-item]";
const off = sheet?.querySelector("[data-keys-off]");

const isWriting = (target) => target.closest?.("input, textarea, select, [contenteditable], dialog");
const posts = () => [...document.querySelectorAll(STEPS)].filter((post) => post.offsetParent);
const current = () => document.activeElement.closest?.("[data-post], [data-case], [data-item]");

function step(by) {
  const all = posts();
  if (!all.length) return;
  const here = all.indexOf(current());
  let next = here + by;
  // Nothing chosen yet: begin with what is in view.
  if (here < 0) next = Math.max(0, all.findIndex((post) => post.getBoundingClientRect().bottom > 80));
  const post = all[Math.min(all.length - 1, Math.max(0, next))];
  post.focus({ preventScroll: true });
  post.scrollIntoView({ block: "start" });
}

/** Where words are marked: they are meant, whichever post was chosen before. */
const marked = () => (getSelection().isCollapsed ? null : getSelection().anchorNode?.parentElement?.closest("article[data-post]"));

const press = (selector, root = document) => {
  const found = root?.querySelector(selector);
  found?.click();
  return Boolean(found);
};

function edit() {
  const post = Number(current()?.dataset.post);
  const page = document.querySelector("[data-mine]");
  if (!page || !JSON.parse(page.dataset.mine).edit.includes(post)) return false;
  location.assign(`/posts/${post}/edit/`);
  return true;
}

// Where one says for how long, and why.
function aside() {
  const handle = current()?.querySelector("[data-handle]");
  if (handle) location.assign(`${handle.href}#aside`);
  return Boolean(handle);
}

function go(key) {
  const place = sheet?.querySelector(`[data-go="${key}"]`)?.dataset.to;
  if (place) location.assign(place);
  return Boolean(place);
}

const KEYS = {
  j: () => { step(1); return true; },
  k: () => { step(-1); return true; },
  r: () => press("[data-reply]", current() ?? document) || press("[data-reply]"),
  q: () => press("[data-quote]", marked() ?? current()),
  e: edit,
  o: () => current()?.matches("[data-item]") && press("h2 a", current()),
  Enter: () => document.activeElement.matches("[data-item]") && press("h2 a", document.activeElement),
  a: () => press("[data-take]", current()),
  s: aside,
  f: () => press("[data-follow] button"),
  u: () => press("[data-live-pill]:not([hidden])"),
  "?": () => { sheet?.showModal(); return Boolean(sheet); },
};

if (off) {
  try { off.checked = localStorage.getItem("keys") === "off"; } catch { /* private windows keep nothing */ }
  off.addEventListener("change", () => {
    try { localStorage.setItem("keys", off.checked ? "off" : "on"); } catch { /* so it holds for this page */ }
  });
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (isWriting(event.target) || (off?.checked && event.key !== "?")) return;
  const isSecond = Date.now() - leading < WAIT;
  leading = 0;
  if (isSecond) {
    if (go(event.key)) event.preventDefault();
    return;
  }
  if (event.key === "g") { leading = Date.now(); return; }
  if (Object.hasOwn(KEYS, event.key) && KEYS[event.key]()) event.preventDefault();
});
