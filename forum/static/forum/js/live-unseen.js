// What has come since and was not looked at yet: the pill, and the number before the title.
import { words } from "./live-words.js";

export class Unseen {
  #root; #pill; #observer;
  #title = document.title;
  #elements = new Set();
  #elsewhere = [];

  constructor(root) {
    this.#root = root;
    this.#pill = root.querySelector("[data-live-pill]");
    this.#observer = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) if (isIntersecting && !document.hidden) this.#seen(target);
      this.show();
    }, { threshold: 0.2 });
    document.addEventListener("visibilitychange", () => {
      // An observer tells only of changes; what was below the eye all the time must be asked again.
      if (!document.hidden) for (const element of this.#elements) { this.#observer.unobserve(element); this.#observer.observe(element); }
    });
  }

  add(element) {
    this.#elements.add(element);
    this.#observer.observe(element);
  }

  /** A reply that stands on a later page. */
  addElsewhere(url) { this.#elsewhere.push(url); }

  swap(old, element) {
    if (!this.#elements.has(old)) return;
    this.#seen(old);
    this.add(element);
  }

  #seen(element) {
    this.#elements.delete(element);
    this.#observer.unobserve(element);
  }

  show() {
    const n = this.#elements.size + this.#elsewhere.length;
    document.title = n ? `(${n}) ${this.#title}` : this.#title;
    if (!this.#pill) return;
    this.#pill.hidden = !n;
    if (!n) return;
    const [first] = this.#elements;
    this.#pill.href = first ? `#${first.id}` : this.#elsewhere[0];
    this.#pill.querySelector("[data-text]").textContent = words(this.#root, "new-reply", { n });
  }
}
