// The page brings its words in the reader's language: data-words-<name>, or -<name>-one and -<name>-other with %n%.
const plural = new Intl.PluralRules(globalThis.document?.documentElement.lang || undefined);
const key = (name) => `words${name.split("-").map((part) => part[0].toUpperCase() + part.slice(1)).join("")}`;

/** The words called `name` on the element, with %…% filled in; the plural form that fits `n` when there is one. */
export function words(element, name, fill = {}) {
  const { dataset } = element;
  const counted = fill.n === undefined ? undefined
    : dataset[key(`${name}-${plural.select(fill.n)}`)] ?? dataset[key(`${name}-other`)];
  let text = counted ?? dataset[key(name)] ?? "";
  for (const [what, by] of Object.entries(fill)) text = text.replaceAll(`%${what}%`, by);
  return text;
}

const EVERY = 5000;
let queued = [];
let timer = 0;
let last = 0;

/** Say something to people who listen to the page: politely, several things at once rather than one after the other. */
export function announce(text) {
  if (text && !queued.includes(text)) queued.push(text);
  if (timer || !queued.length) return;
  timer = setTimeout(() => {
    timer = 0;
    last = Date.now();
    const place = document.getElementById("announce");
    if (place) place.textContent = queued.join(" ");
    queued = [];
  }, Math.max(1000, EVERY - (Date.now() - last)));
}
