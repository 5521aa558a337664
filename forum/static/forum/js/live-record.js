// Brings a thread's page up to date: puts frames into the record without moving what is being read.
import { announce, words } from "./live-words.js";
import { Unseen } from "./live-unseen.js";

// Kinds of the log for which the page brings words of the same name.
const NEWS = new Set(["accepted", "confirmed", "locked", "unlocked", "closed", "reopened"]);
// In milliseconds, until a question that got no answer is put again.
const AGAIN = 3000;
const REMOVALS = new Set(["deleted", "hidden"]);

const elementOf = (html) => {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  return holder.content.firstElementChild;
};

export class Record {
  #root; #record; #unseen; #isLast; #asking = 0;
  #bannered = { post: null, at: 0 };

  constructor(root) {
    this.#root = root;
    this.#record = document.querySelector("[data-live-record]");
    this.#isLast = root.hasAttribute("data-live-last-page");
    this.#unseen = new Unseen(root);
  }

  /** Apply frames in order. `away`: they came while the page could not hear. */
  apply(frames, { away = false } = {}) {
    const tally = { reply: 0, edit: 0, removal: 0, change: 0 };
    this.#still(() => {
      for (const frame of frames) {
        this.#place(frame);
        this.#regions(frame);
        const mine = frame.by && frame.by === this.#root.dataset.liveMe;
        if (!mine) tally[this.#sort(frame)] += 1;
        if (!mine && !away) this.#banner(frame);
        document.dispatchEvent(new CustomEvent("live:applied", { detail: { frame } }));
      }
    });
    this.#say(tally, away);
    this.#unseen.show();
  }

  /** The stream was closed to this reader. */
  gone() { this.#put(words(this.#root, "gone")); }

  /** The page cannot be brought up to date piece by piece. */
  stale() { this.#put(words(this.#root, "stale"), location.href.split("#")[0]); }

  #sort({ kind }) {
    if (kind === "replied" || kind === "noted") return "reply";
    if (kind === "edited") return "edit";
    return REMOVALS.has(kind) ? "removal" : "change";
  }

  #place(frame) {
    const element = frame.html ? elementOf(frame.html) : null;
    if (!element || frame.place === "none") return;
    const present = element.id && document.getElementById(element.id);
    if (present) {
      this.#replace(present, element);
    } else if (frame.place === "append") {
      if (this.#isLast && this.#record) {
        this.#record.append(element);
        globalThis.htmx?.process(element);
        if (frame.by !== this.#root.dataset.liveMe && frame.post) this.#unseen.add(element);
      } else if (frame.post && frame.by !== this.#root.dataset.liveMe) {
        this.#unseen.addElsewhere(frame.url);
      }
    }
  }

  #replace(present, element) {
    // Somebody writes in here: the text must not go; the server says what changed when it is sent.
    if (present.contains(document.activeElement) && present.querySelector("textarea")) {
      present.dataset.liveStale = "";
      return;
    }
    const hadFocus = present.contains(document.activeElement);
    this.#unseen.swap(present, element);
    present.replaceWith(element);
    globalThis.htmx?.process(element);
    if (hadFocus) {
      element.tabIndex = -1;
      element.focus({ preventScroll: true });
    }
  }

  #regions({ regions = {} }) {
    for (const [name, html] of Object.entries(regions)) {
      if (name === "state" && this.#root.dataset.liveStateUrl) {
        this.#askState();
        continue;
      }
      const present = document.querySelector(`[data-live-region="${CSS.escape(name)}"]`);
      const element = present && elementOf(html);
      if (element && present.outerHTML !== element.outerHTML) this.#replace(present, element);
    }
  }

  /** The asker's own state line is a question to the asker; only the server can write it. */
  #askState(within = 100) {
    clearTimeout(this.#asking);
    const asked = this.#asking = setTimeout(async () => {
      const answer = await fetch(this.#root.dataset.liveStateUrl).catch(() => null);
      // Without a network nobody asks again by themselves: the change that called for it has been applied.
      if (!answer && asked === this.#asking) this.#askState(AGAIN);
      if (!answer?.ok) return;
      const html = await answer.text();
      // An answer that was overtaken by a newer question is an old one.
      if (asked !== this.#asking) return;
      this.#still(() => {
        const present = document.querySelector("[data-live-region='state']");
        const element = elementOf(html);
        if (present && element) this.#replace(present, element);
      });
    }, within);
  }

  /** Do something to the page while what the reader looks at stays where it is. */
  #still(change) {
    const parts = [...document.querySelectorAll("[data-live-region], [data-live-record] > *")];
    // The eye rests in the upper middle of what the masthead leaves free.
    const free = document.querySelector(".mast")?.getBoundingClientRect().bottom ?? 0;
    const eye = free + (innerHeight - free) / 3;
    const anchor = scrollY > 0 && parts.find((part) => part.getBoundingClientRect().bottom > eye);
    const top = anchor && anchor.getBoundingClientRect().top;
    // Browsers that hold the place themselves would do it twice.
    const { style } = document.documentElement;
    style.overflowAnchor = "none";
    change();
    const now = anchor && (anchor.isConnected ? anchor : anchor.id && document.getElementById(anchor.id));
    const moved = now ? now.getBoundingClientRect().top - top : 0;
    if (Math.abs(moved) >= 1) scrollBy({ top: moved, behavior: "instant" });
    style.overflowAnchor = "";
  }

  #say(tally, away) {
    const parts = Object.entries(tally).filter(([, n]) => n).map(([sort, n]) => words(this.#root, sort, { n }));
    if (!parts.length) return;
    const list = new Intl.ListFormat(document.documentElement.lang || undefined, { type: "unit" }).format(parts);
    if (away) {
      const text = words(this.#root, "away", { list });
      this.#put(text);
      announce(text);
    } else if (tally.reply) {
      announce(words(this.#root, "new-reply", { n: tally.reply }));
    } else if (tally.edit || tally.removal) {
      announce(list);
    }
  }

  #banner(frame) {
    const name = frame.kind === "replied" ? (frame.official ? "official" : "") : NEWS.has(frame.kind) && frame.kind;
    const text = name && words(this.#root, name);
    if (!text) return;
    // An official solution is accepted in the same breath; that is one piece of news.
    const again = frame.post && this.#bannered.post === frame.post && Date.now() - this.#bannered.at < 3000;
    this.#bannered = { post: frame.post, at: Date.now() };
    if (again) return;
    this.#put(text, frame.url);
    announce(text);
  }

  #put(text, url) {
    const place = document.querySelector("[data-live-banners]");
    const pattern = place?.querySelector("template");
    if (!pattern || !text) return;
    const banner = pattern.content.firstElementChild.cloneNode(true);
    banner.querySelector("[data-text]").textContent = text;
    const link = banner.querySelector("a");
    if (url) link.href = url; else link.remove();
    banner.addEventListener("click", ({ target }) => { if (target.closest("a, button")) banner.remove(); });
    // Two are news, a pile is noise.
    for (const old of [...place.querySelectorAll("[data-banner]")].slice(0, -1)) old.remove();
    place.append(banner);
  }
}
