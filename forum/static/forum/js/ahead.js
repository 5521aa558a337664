// What is about to be opened is asked for as soon as it is pointed at, reached by key or touched: between that and the
// press lies the time that it takes to come.

const ASK = { headers: { "HX-Request": "true", Accept: "text/html" } };
// In milliseconds: a pointer that only crosses a link wants nothing from it.
const DWELL = 60;
// In milliseconds. What one may do with a post can change elsewhere; what was asked for longer ago is asked for again.
const FRESH = 10000;
const coming = new Map();
const fresh = (url) => performance.now() - (coming.get(url)?.at ?? -Infinity) < FRESH;

/** What the address holds for a page that is there already. Rejects when only the page itself can tell. */
async function fragment(url) {
  const answer = await fetch(url, ASK);
  // Signed out meanwhile, or gone: the page itself knows what to say.
  if (!answer.ok || answer.redirected) throw new Error(url);
  return answer.text();
}

function ask(url) {
  if (fresh(url)) return coming.get(url).answer;
  const answer = fragment(url);
  // A failure ahead of time is nobody's: whoever opens it asks again.
  answer.catch(() => { if (coming.get(url)?.answer === answer) coming.delete(url); });
  coming.set(url, { answer, at: performance.now() });
  return answer;
}

/** The content of a link that is opened now, from what was asked for ahead or anew. Each answer is shown once. */
export async function content(link) {
  const answer = ask(link.href);
  coming.delete(link.href);
  const holder = document.createElement("template");
  holder.innerHTML = await answer;
  return holder.content;
}

/** Ask ahead for whatever fits the selector. */
export function ahead(selector) {
  let waiting;
  document.addEventListener("pointerover", ({ target, relatedTarget, pointerType }) => {
    const link = target.closest?.(selector);
    if (!link || pointerType === "touch" || link.contains(relatedTarget)) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => ask(link.href), DWELL);
  });
  document.addEventListener("pointerout", ({ target, relatedTarget }) => {
    const link = target.closest?.(selector);
    if (link && !link.contains(relatedTarget)) clearTimeout(waiting);
  });
  document.addEventListener("pointerdown", ({ target }) => {
    const link = target.closest?.(selector);
    clearTimeout(waiting);
    if (link) ask(link.href);
  }, { passive: true });
  document.addEventListener("focusin", ({ target }) => {
    if (target.matches?.(selector) && target.matches(":focus-visible")) ask(target.href);
  });
  // Whatever was sent may have changed what may be done next.
  for (const change of ["submit", "forum:sent", "live:applied"]) document.addEventListener(change, () => coming.clear());
}
