// Without a network: says so, keeps forms from being sent into nothing, and has the worker keep what was read.
//   [data-offline] is the line that says it (templates/components/offline.html); body[data-kept-at] marks a page out of the worker's hands,
//   [data-offline=page] one that stands in for another.
import { tell } from "./send.js";
import { localise } from "./times.js";

const line = document.querySelector("[data-offline]");
const { keptAt } = document.body.dataset;
const words = line?.dataset ?? {};
const isOld = keptAt || words.offline === "page";   // what is seen came from the device: as it was, or in place of a page
let isWaiting = false;   // something was pressed while offline

const since = {
  get() { try { return localStorage.getItem("offline-since"); } catch { return null; } },
  begin() { try { localStorage.setItem("offline-since", this.get() ?? new Date().toISOString()); } catch { /* a private window: it is since now */ } },
  end() { try { localStorage.removeItem("offline-since"); } catch { /* nothing was written */ } },
};

function say(text, at) {
  const [before, after] = text.split("{time}");
  line.replaceChildren(before);
  if (after !== undefined) {
    const time = document.createElement("time");
    time.dateTime = at;
    time.dataset.when = new Date(at).toDateString() === new Date().toDateString() ? "clock" : "stamp";
    line.append(time, after);
    localise(line);
  }
  const heard = document.getElementById("announce");
  if (heard) heard.textContent = line.textContent;
}

function lost() {
  since.begin();
  const at = since.get() ?? new Date().toISOString();
  if (isOld) say(navigator.onLine ? words.wordsUnreached : words.wordsKept, at);
  else say(document.querySelector("[data-composer]") ? words.wordsWriting : words.wordsOpen, at);
}

function back() {
  since.end();
  say(words.wordsBack);
  if (isWaiting) tell(words.wordsWaiting);
  isWaiting = false;
  // What was seen on an earlier day may be wrong by now; what stood here all the while is brought up to date by itself.
  if (isOld) {
    const again = document.createElement("a");
    again.href = "";
    again.textContent = words.wordsReload;
    line.append(" ", again);
  } else line.replaceChildren();
}

/** Nothing is sent by itself later: whoever pressed may have thought better of it. */
function refuse(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
  isWaiting = true;
  const state = event.target.querySelector("[data-draft-state]");
  if (state) state.textContent = words.wordsUnsent;
  tell(state ? words.wordsUnsent : words.wordsUndone);
}

const isSent = ({ target, submitter }) => (submitter?.getAttribute("formmethod") ?? target.getAttribute("method"))?.toLowerCase() === "post";

// Before everybody else: what is not sent must not look as if it were.
addEventListener("submit", (event) => {
  if (event.target.matches("form[action$='/logout/']")) navigator.serviceWorker?.controller?.postMessage("forget");
  if (!navigator.onLine && isSent(event)) refuse(event);
}, true);

if (line) {
  addEventListener("offline", lost);
  addEventListener("online", back);
  if (isOld || !navigator.onLine) lost(); else since.end();
  if (words.worker && navigator.serviceWorker) {
    const register = () => navigator.serviceWorker.register(words.worker).then(keepThis, () => { /* Then the forum is read online. */ });
    // A reader's first page comes first.
    const idle = globalThis.requestIdleCallback ?? setTimeout;
    if (document.readyState === "complete") idle(register); else addEventListener("load", () => idle(register));
  }
}

/** The worker came after this page and has not seen it. */
async function keepThis() {
  if (navigator.serviceWorker.controller || isOld || !document.querySelector("[data-thread-page]")) return;
  const { active } = await navigator.serviceWorker.ready;
  const pictures = [...document.querySelectorAll("main img")].filter((image) => image.complete && image.naturalWidth).map((image) => image.currentSrc);
  active.postMessage({ keep: location.href.split("#")[0], pictures });
}
