// Who is replying. Nobody says goodbye: a line that is not repeated goes away.
import { words } from "./live-words.js";

const SUPPORT = new Set(["agent", "administrator"]);

export class Presence {
  #root; #place; #people = new Map();

  /** `root` brings the words, `place` is the line. */
  constructor(root, place) {
    this.#root = root;
    this.#place = place;
  }

  hear({ handle, who, role, lasts }) {
    clearTimeout(this.#people.get(handle)?.timer);
    const timer = setTimeout(() => this.stop(handle), lasts * 1000);
    this.#people.set(handle, { who, role, timer });
    this.#show();
  }

  /** Their post is there, or the seconds are over. */
  stop(handle) {
    if (!this.#people.has(handle)) return;
    clearTimeout(this.#people.get(handle).timer);
    this.#people.delete(handle);
    this.#show();
  }

  #show() {
    const people = [...this.#people.values()];
    this.#place.hidden = !people.length;
    if (!people.length) { this.#place.textContent = ""; return; }
    const text = people.length > 2 ? words(this.#root, "typing-many", { n: people.length })
      : people.map(({ who, role }) => words(this.#root, SUPPORT.has(role) ? "typing-support" : "typing-one", { who })).join(", ");
    if (this.#place.textContent !== text) this.#place.textContent = text;
  }
}
