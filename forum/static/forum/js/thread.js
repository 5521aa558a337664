// A thread's page: links to posts that are on it stay on it, Reply leads into the text, and what was seen counts as read.
import { send } from "./send.js";

const page = document.querySelector("[data-thread-page]");
const PAUSE = 1000;

document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target.closest?.("a[href]");
  if (!link || link.origin !== location.origin) return;
  if (link.dataset.reply !== undefined) {
    const text = document.querySelector("#reply textarea:not([readonly])");
    if (!text) return;
    event.preventDefault();
    text.focus();
    text.scrollIntoView({ block: "center" });
    return;
  }
  const post = /^\/posts\/(\d+)\/$/.exec(link.pathname)?.[1];
  const place = post && (document.querySelector(`#best[data-post="${post}"]`) ?? document.getElementById(`post-${post}`));
  // In the margin of its own post the link is there to be copied, and shows its place in the address.
  if (!place) return;
  event.preventDefault();
  history.pushState(null, "", `#${place.id}`);
  place.scrollIntoView();
  place.focus({ preventScroll: true });
});

// What has come by itself stands on the page, so a reply need not be held up for it.
document.addEventListener("live:applied", () => {
  const seen = document.querySelector("#reply [data-seen]");
  const numbers = [...document.querySelectorAll("[data-live-record] [data-number]")].map((post) => Number(post.dataset.number));
  if (seen) seen.value = Math.max(Number(seen.value), ...numbers);
});

// What somebody muted says is folded away also when it arrives by itself.
const folded = document.querySelector("template[data-muted]");
if (folded) {
  const { muted } = JSON.parse(page.dataset.mine);
  document.addEventListener("live:applied", () => {
    for (const post of page.querySelectorAll("[data-live-record] > .post:not(.gone, .official)")) {
      if (!muted.includes(Number(post.dataset.author))) continue;
      const fold = folded.content.firstElementChild.cloneNode(true);
      post.replaceWith(fold);
      fold.append(post);
    }
  });
}

// What is like this thread is looked up when its place comes near; until then a search for its words stands there.
const beside = document.querySelector("[data-beside]");
if (beside) {
  const near = new IntersectionObserver(async ([{ isIntersecting }]) => {
    if (!isIntersecting) return;
    near.disconnect();
    try {
      const answer = await fetch(beside.dataset.beside, { headers: { Accept: "text/html" } });
      const html = answer.ok ? (await answer.text()).trim() : "";
      if (html) beside.querySelector("p").outerHTML = html;
    } catch { /* the search is still there */ }
  });
  near.observe(beside);
}

if (page?.dataset.readUrl) markReading();

function markReading() {
  const { readTo } = JSON.parse(page.dataset.mine);
  const seen = new Set();
  const onPage = () => [...page.querySelectorAll("[data-live-record] [data-number]")];
  const first = Number(onPage()[0]?.dataset.number ?? 1);
  let told = readTo ?? 0;
  let timer = 0;

  const look = () => {
    if (document.hidden) return;
    for (const post of onPage()) {
      const { bottom } = (post.closest(".muted:not([open])") ?? post).getBoundingClientRect();
      if (bottom > 0 && bottom <= innerHeight + 8) seen.add(Number(post.dataset.number));
    }
    clearTimeout(timer);
    timer = setTimeout(tell, PAUSE);
  };

  // Who jumps to a post in the middle has not read what stands before it on the page.
  const reached = () => {
    let number = Math.max(told, first - 1);
    while (seen.has(number + 1)) number += 1;
    return number;
  };

  const tell = () => {
    clearTimeout(timer);
    const number = reached();
    if (number <= told) return;
    told = number;
    send(page.dataset.readUrl, { number }, { keepalive: true }).catch(() => { /* Said again with the next post. */ });
  };

  let waiting = 0;
  const soon = () => {
    waiting ||= setTimeout(() => { waiting = 0; look(); }, 200);
  };
  addEventListener("scroll", soon, { passive: true });
  addEventListener("resize", soon);
  addEventListener("load", soon);
  addEventListener("pagehide", tell);
  document.addEventListener("live:applied", soon);
  document.addEventListener("visibilitychange", () => { if (document.hidden) tell(); else soon(); });
  // Not before the page has loaded: until then a slow browser may still show the top to somebody who jumps elsewhere.
  if (document.readyState === "complete") soon();
}
