// What is written as it will be read: instead of the text, or beside it while one writes. The server renders it, with the
// function that posts go through.
//   [data-composer][data-preview-url] with buttons [data-view="write|preview|both"] and a [data-preview-pane]
//   The composer says in data-shows which of them is shown.

// In milliseconds: the server makes so many previews for each of us, and half a word is none.
const PAUSE = 400;
const AT_MOST_EVERY = 1500;

for (const composer of document.querySelectorAll("[data-composer][data-preview-url]")) {
  const pane = composer.querySelector("[data-preview-pane]");
  if (pane && composer.querySelector("[data-view]")) furnish(composer, pane);
}

function furnish(composer, pane) {
  const text = composer.querySelector("[data-text]");
  const views = [...composer.querySelectorAll("[data-view]")];
  const { previewUrl, wordsUnpreviewed } = composer.dataset;
  let shows = "write";
  let shown = null;
  let waiting;
  let askedAt = -Infinity;
  let turn = 0;
  let coming = null;

  async function render() {
    clearTimeout(waiting);
    if (text.value === shown) return;
    if (coming?.written !== text.value) coming = { written: text.value, there: ask(text.value) };
    await coming.there;
  }

  async function ask(written) {
    askedAt = performance.now();
    const mine = ++turn;
    const asked = new FormData();
    asked.set("body", written);
    asked.set("csrfmiddlewaretoken", text.form.elements.csrfmiddlewaretoken.value);
    let html = null;
    pane.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(previewUrl, { method: "POST", body: asked, headers: { Accept: "text/html" } });
      if (answer.ok || answer.status === 422) html = await answer.text();
    } catch { /* offline: said below */ }
    if (mine !== turn) return;
    coming = null;
    pane.removeAttribute("aria-busy");
    shown = html === null ? null : written;
    if (html !== null) pane.innerHTML = html;   // made safe by the server, as in every post
    // While somebody writes, what was there is better than an excuse.
    else if (shows !== "both" || !pane.innerHTML) pane.textContent = wordsUnpreviewed;
  }

  async function show(view) {
    shows = view;
    for (const button of views) button.setAttribute("aria-pressed", String(button.dataset.view === view));
    if (view === "preview") await render();
    // Somebody may have chosen something else while it came.
    if (shows !== view) return;
    composer.dataset.shows = view;
    text.hidden = view === "preview";
    pane.hidden = view === "write";
    if (view === "both") render();
    if (view === "preview") pane.focus({ preventScroll: true });
    else text.focus({ preventScroll: true });
  }

  for (const button of views) {
    button.addEventListener("click", () => show(button.dataset.view));
    // Whoever reaches for it will press it; by then it is there.
    if (button.dataset.view !== "write") button.addEventListener("pointerenter", () => render());
  }

  composer.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.code !== "KeyP") return;
    event.preventDefault();
    show(shows === "preview" ? "write" : "preview");
  });

  // What the toolbar puts in goes where it can be seen.
  composer.querySelector("[role=toolbar]")?.addEventListener("click", ({ target }) => {
    if (shows === "preview" && target.closest("button")) show("write");
  }, true);

  text.addEventListener("input", () => {
    if (shows !== "both") return;
    clearTimeout(waiting);
    waiting = setTimeout(render, Math.max(PAUSE, askedAt + AT_MOST_EVERY - performance.now()));
  });
}
