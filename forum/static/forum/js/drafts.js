// What is typed is kept: on the server, so that another device has it too, and on this device while the server has not.
//   form[data-writing][data-place][data-writer], with [data-composer][data-draft-url] where the server keeps drafts
//   [data-discard] drops the draft of its form, [data-leave] what this device kept of it; [data-forget="place"] anywhere drops what this device kept
const PAUSE = 2000;
const LONGEST_PAUSE = 5000;
const TRY_AGAIN = 10000;
// A text that nobody came back for in a week was meant for another day.
const KEPT_FOR = 7 * 86400000;
const LARGEST_LAST_WORD = 60000;   // what browsers send while a page is closing

const store = {
  read(key) {
    try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
  },
  write(key, copy) {
    try { localStorage.setItem(key, JSON.stringify(copy)); } catch { /* full, or a private window: the server still has it */ }
  },
  drop(key) {
    try { localStorage.removeItem(key); } catch { /* nothing was kept */ }
  },
  keys() {
    try { return Object.keys(localStorage).filter((key) => key.startsWith("draft:")); } catch { return []; }
  },
};

function forgetWhatWasSent() {
  const sent = document.cookie.split("; ").find((one) => one.startsWith("sent="))?.slice(5);
  for (const key of store.keys()) {
    const copy = store.read(key);
    if (!copy || Date.now() - copy.at > KEPT_FOR || (sent && copy.values.token === sent)) store.drop(key);
  }
  if (sent) document.cookie = "sent=; max-age=0; path=/; samesite=lax";
}

function keep(form, composer) {
  const { draftUrl, wordsSaved, wordsOffline, wordsFailed, wordsBegun } = composer.dataset;
  const key = `draft:${form.dataset.writer}:${form.dataset.place}`;
  const text = composer.querySelector("[data-text]");
  const state = composer.querySelector("[data-draft-state]");
  const clock = new Intl.DateTimeFormat(document.documentElement.lang || undefined, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  let version = 0;      // counts what has been typed
  let saved = 0;        // the version the server has
  let waitingSince = 0;
  let timer = 0;
  let isDone = false;   // sent or discarded: nothing is kept any more

  // That all is well is there to be read; only what is not well is said aloud.
  const say = (words, { aloud = false } = {}) => {
    if (!state || state.textContent.trim() === words) return;
    state.textContent = words;
    const place = document.getElementById("announce");
    if (aloud && place) place.textContent = words;
  };

  function everything() {
    const data = new FormData(form);
    data.delete("files");
    // A kind that was only guessed is guessed again from the text.
    if (form.querySelector("select[data-kind]:not([data-chosen])")) data.delete("kind");
    return data;
  }

  function keepHere() {
    const values = {};
    for (const [name, value] of everything()) if (name !== "csrfmiddlewaretoken" && typeof value === "string") values[name] = value;
    store.write(key, { at: Date.now(), values });
  }

  function changed() {
    if (isDone) return;
    version += 1;
    keepHere();
    if (!draftUrl) return;
    waitingSince ||= Date.now();
    clearTimeout(timer);
    timer = setTimeout(save, Math.max(0, Math.min(PAUSE, waitingSince + LONGEST_PAUSE - Date.now())));
  }

  async function save() {
    clearTimeout(timer);
    if (isDone || saved === version) return;
    const saving = version;
    waitingSince = 0;
    try {
      const answer = await fetch(draftUrl, { method: "POST", body: everything(), headers: { Accept: "application/json" } });
      const told = await answer.json().catch(() => ({}));
      if (isDone) return;
      if (answer.ok) {
        saved = saving;
        if (saved === version) store.drop(key);
        say(told.saved_at ? `${wordsSaved} ${clock.format(new Date(told.saved_at))}` : "");
        return;
      }
      say(told.reason ?? wordsFailed, { aloud: true });
      if (answer.status === 403 || answer.status === 404 || answer.status === 422) return;
    } catch {
      if (isDone) return;
      say(navigator.onLine ? wordsFailed : wordsOffline, { aloud: true });
    }
    timer = setTimeout(save, TRY_AGAIN);
  }

  /** The page may be closing: one last word, which the browser sends even then. */
  function saveNow() {
    if (isDone || !draftUrl || saved === version) return;
    const data = everything();
    let size = 0;
    for (const [name, value] of data) size += name.length + String(value).length + 100;
    if (size > LARGEST_LAST_WORD) { save(); return; }
    fetch(draftUrl, { method: "POST", body: data, headers: { Accept: "application/json" }, keepalive: true }).catch(() => {});
  }

  function bringBack(copy) {
    for (const [name, value] of Object.entries(copy.values)) {
      if (["token", "seen_revision", "seen", "look"].includes(name)) continue;
      const field = form.elements[name];
      if (!field || field instanceof HTMLButtonElement) continue;
      field.value = value;
      if (value && field.type !== "hidden") field.closest?.("details")?.setAttribute("open", "");
      if (field.matches?.("select[data-kind]")) field.dispatchEvent(new Event("change", { bubbles: true }));
    }
    const { shared } = form.dataset;
    if (shared && !text.value.includes(shared)) text.value = `${text.value.trimEnd()}\n\n${shared}`;
    for (const field of [form.elements.title, text]) field?.dispatchEvent(new InputEvent("input", { bubbles: true }));
    say(wordsBegun, { aloud: true });
  }

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", (event) => {
    if (event.submitter?.matches("[data-preview]") || event.defaultPrevented) return;
    isDone = true;
    clearTimeout(timer);
    if (event.submitter?.matches("[data-discard]")) store.drop(key);
  });
  for (const way of form.querySelectorAll("[data-leave]")) {
    way.addEventListener("click", () => { isDone = true; store.drop(key); });
  }
  addEventListener("pagehide", saveNow);
  document.addEventListener("visibilitychange", () => { if (document.hidden) saveNow(); });
  addEventListener("online", () => { if (saved !== version) save(); });
  addEventListener("pageshow", ({ persisted }) => { if (persisted) isDone = false; });

  const copy = store.read(key);
  const onServer = Date.parse(form.dataset.draftAt ?? "") || 0;
  if (!copy) return;
  // A question may have got no further than its first sentence.
  const differs = ["title", "body"].some((name) => copy.values[name]?.trim() && copy.values[name] !== form.elements[name]?.value);
  if (copy.at > onServer && differs) bringBack(copy);
  else if (draftUrl) store.drop(key);
}

forgetWhatWasSent();
for (const form of document.querySelectorAll("form[data-writing][data-place]")) {
  const composer = form.querySelector("[data-composer]");
  if (composer) keep(form, composer);
}
document.addEventListener("click", ({ target }) => {
  const place = target.closest?.("[data-forget]")?.dataset.forget;
  if (place) for (const key of store.keys()) if (key.endsWith(`:${place}`)) store.drop(key);
});
