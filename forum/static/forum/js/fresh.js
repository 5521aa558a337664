// Parts of a page that are rendered anew on the server when something has happened, and ask now and then besides.
//   [data-fresh]        where the part is fetched from, whole; with data-live-stream it hears of changes there, without
//                       it of the reader's own;  [data-says] in it is read out when it says something else
//   time[data-ticks]    how long ago that was, to the second, as the server has it and not the clock of this machine
import { line } from "./live.js";
import { announce } from "./live-words.js";
import { localise } from "./times.js";

// Many things may happen at once, and the answer is the same for all of them.
const PATIENCE = 250;
const EVERY = 20000;
const timers = new Map();

const two = (n) => String(n).padStart(2, "0");

/** Seconds as they tick: 0:42, 12:05, 1:02:05. */
export function ticking(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

const began = new WeakMap();
const seconds = (words) => words.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);

function tick() {
  for (const time of document.querySelectorAll("time[data-ticks]")) {
    if (!began.has(time)) began.set(time, Date.now() - 1000 * seconds(time.textContent));
    time.textContent = ticking((Date.now() - began.get(time)) / 1000);
  }
}

const said = (place) => place.querySelector("[data-says]")?.textContent.trim().replace(/\s+/g, " ") ?? "";
const shape = (place) => place.innerHTML.replace(/<time[^]*?<\/time>|csrfmiddlewaretoken[^>]*/g, "");
const rows = (place) => [...place.querySelectorAll("li[id]")].map(({ id }) => id);

function soon(url) {
  if (!timers.has(url)) timers.set(url, setTimeout(() => freshen(url), PATIENCE));
}

async function freshen(url) {
  timers.delete(url);
  const place = [...document.querySelectorAll("[data-fresh]")].find((each) => each.dataset.fresh === url);
  if (!place || document.hidden) return;
  try {
    const answer = await fetch(url, { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) return;
    const made = document.createElement("template");
    made.innerHTML = await answer.text();
    show(place, made.content.querySelector("[data-fresh]"));
  } catch { /* The next hint or question brings it. */ }
}

function show(place, fresh) {
  if (!fresh || shape(place) === shape(fresh)) return;
  const gone = rows(place).some((id) => !rows(fresh).includes(id));
  // What is under the hand does not move away from it; it is shown as soon as the hand is elsewhere.
  if (gone && place.matches(":hover")) {
    place.addEventListener("pointerleave", () => soon(place.dataset.fresh), { once: true });
    return;
  }
  const words = said(fresh);
  const isNews = words !== said(place);
  const held = place.contains(document.activeElement) ? document.activeElement.closest("form")?.getAttribute("action") : null;
  place.replaceWith(fresh);
  localise(fresh);
  tick();
  if (held) (fresh.querySelector(`form[action="${CSS.escape(held)}"] button`) ?? fresh.querySelector("button, a"))?.focus();
  if (isNews) announce(words);
}

for (const place of document.querySelectorAll("[data-fresh]")) {
  const url = place.dataset.fresh;
  const { liveStream } = place.dataset;
  if (liveStream) {
    line.join(liveStream, {
      since: () => null,
      hear: ({ kind }) => { if (kind === "hint") soon(url); },
      poll: () => soon(url),
    });
  } else {
    document.addEventListener("live:member", () => soon(url));
  }
  // Shifts begin and end without anybody doing anything.
  setInterval(() => soon(url), EVERY);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) soon(url); });
}

tick();
setInterval(tick, 1000);
