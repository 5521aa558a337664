// Puts the frames of one stream in order and asks for what is missing, so that each change is applied once and in turn.
const HOLD = 300;
const RETRY = 3000;

export class Log {
  #fetchSince; #apply; #reload; #random;
  #held = new Map();
  #wanted = 0;
  #waiting = 0;
  #fetching = null;
  #overtaken = false;

  /**
   * `seen` is the last number the page shows; `fetchSince(seq)` resolves to {head, frames, more} or {reload: true} and
   * rejects when there is no answer; `apply(frames, {late})` is given new frames in order, `late` when they were fetched;
   * `reload()` is called when the page cannot be brought up to date piece by piece.
   */
  constructor({ seen, fetchSince, apply, reload = () => {}, random = Math.random }) {
    this.seen = seen;
    this.#fetchSince = fetchSince;
    this.#apply = apply;
    this.#reload = reload;
    this.#random = random;
  }

  /** A frame from the socket. */
  receive(frame) {
    if (frame.seq <= this.seen) return;              // twice is once
    this.#wanted = Math.max(this.#wanted, frame.seq);
    this.#held.set(frame.seq, frame);
    this.#drain(false);
    // Two writers may overtake each other on the way; a gap that lasts is a loss.
    if (this.#held.size) this.#soon(HOLD);
  }

  /** The log is known to go as far as `head`; when that is further than the page, it is fetched, within `spread` ms. */
  reach(head, { spread = 0 } = {}) {
    if (!(head > this.seen)) return false;
    this.#wanted = Math.max(this.#wanted, head);
    if (spread) this.#soon(spread); else this.catchUp();
    return true;
  }

  /**
   * Fetch and apply what the page lacks, as far as `head` if that is known: an answer that is already under way may be
   * older, or never come. Never rejects; tries again while something is known to be missing.
   */
  catchUp(head = 0) {
    this.#wanted = Math.max(this.#wanted, head);
    clearTimeout(this.#waiting);
    this.#waiting = 0;
    this.#fetching ??= this.#fetchAll().then(() => true, () => false).then((answered) => {
      this.#fetching = null;
      if (!answered && this.#wanted > this.seen) this.#soon(RETRY);
      else if (this.#held.size || this.#overtaken) this.#soon(HOLD);
      return answered;
    });
    return this.#fetching;
  }

  async #fetchAll() {
    for (;;) {
      const before = this.seen;
      const known = this.#wanted;
      this.#overtaken = false;
      const answer = await this.#fetchSince(this.seen);
      if (answer.reload) {
        this.#held.clear();
        this.#wanted = 0;
        this.#reload();
        return;
      }
      const fresh = [];
      for (const frame of answer.frames) {
        if (frame.seq !== this.seen + 1) continue;
        this.seen = frame.seq;
        fresh.push(frame);
      }
      if (fresh.length) this.#apply(fresh, { late: true });
      this.#drain(false);
      if (!answer.more || this.seen === before) {
        // What was heard of while the answer was under way may not be in it.
        this.#overtaken = this.#wanted > Math.max(known, this.seen);
        this.#wanted = Math.max(...this.#held.keys(), answer.head > this.seen ? answer.head : 0, this.#overtaken ? this.#wanted : 0);
        return;
      }
    }
  }

  #drain(late) {
    const next = [];
    for (const seq of this.#held.keys()) if (seq <= this.seen) this.#held.delete(seq);
    while (this.#held.has(this.seen + 1)) {
      this.seen += 1;
      next.push(this.#held.get(this.seen));
      this.#held.delete(this.seen);
    }
    if (next.length) this.#apply(next, { late });
  }

  #soon(within) {
    if (!this.#waiting && !this.#fetching) this.#waiting = setTimeout(() => this.catchUp(), within * (0.5 + this.#random()));
  }
}
