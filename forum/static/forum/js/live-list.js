// A list stays as it is under the reader's eyes; a link says how much of it has changed.
import { announce, words } from "./live-words.js";

// A list that few look at and that is urgent says so with data-live-pause, in milliseconds.
const RARELY = 10000;

export class List {
  #place; #link; #timer = 0; #asked = 0;

  constructor(place) {
    this.#place = place;
    this.#link = place.querySelector("a");
  }

  since() { return null; }

  hear({ kind }) { if (kind === "hint") this.#soon(); }

  poll() { this.#ask(); }

  #soon() {
    // Everybody who looks at the list hears of it in the same moment.
    this.#timer ||= setTimeout(() => this.#ask(), Math.max(300 + 2000 * Math.random(), (Number(this.#place.dataset.livePause) || RARELY) - (Date.now() - this.#asked)));
  }

  async #ask() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#asked = Date.now();
    try {
      const answer = await fetch(this.#place.dataset.liveCountUrl, { headers: { Accept: "application/json" } });
      if (answer.ok) this.#show((await answer.json()).count);
    } catch { /* The next hint or poll asks again. */ }
  }

  #show(count) {
    const text = words(this.#link, this.#place.dataset.liveWords, { n: count });
    if (!count || this.#link.textContent === text) return;
    this.#link.textContent = text;
    this.#place.hidden = false;
    announce(text);
  }
}
