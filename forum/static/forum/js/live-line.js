// The one websocket of a page. It subscribes to what the page shows, comes back by itself, and where it cannot get
// through it lets the page ask over HTTP instead. Knows nothing of documents, so that it can be tried without one.
const POLL = 15000;
const PING = 25000;
const PATIENCE = 10000;
const LONGEST = 60000;
// A server that was lost, or says that it starts again (1012), is not met by everybody at once.
const RETURN = { soonest: 200, spread: 1800 };
const RESTART = { code: 1012, soonest: 200, spread: 10000 };

// A page that could not hear for so long was away; one that asks every so often is away only when it could not ask.
const AWAY = { heard: 5000, asked: POLL + 5000 };

/**
 * A listener is {since(), hear(frame, away), poll(away)}: the last number it has (null: not numbered), what to do with a
 * frame of its stream, and how to ask over HTTP while no frames come. `away` says that what comes now was missed for a
 * while; whoever got an answer over HTTP says so with `touch()`.
 */
export class Line {
  #address; #Socket; #random;
  #socket = null;
  #listeners = new Map();
  #listening = new Set();
  #failures = 0;
  #retry = 0;
  #patience = 0;
  #pinging = 0;
  #polling = 0;
  #polled = 0;
  #heard = 0;
  #inTouch = Date.now();
  #patienceForAway = AWAY.asked;
  #away = false;

  constructor(address, { Socket = globalThis.WebSocket, random = Math.random } = {}) {
    this.#address = address;
    this.#Socket = Socket;
    this.#random = random;
  }

  get isOpen() { return this.#socket?.readyState === 1; }

  hears(stream) { return this.#listening.has(stream); }

  join(stream, listener) {
    this.#listeners.set(stream, listener);
    if (!this.#polling) {
      this.#polling = setInterval(() => this.#pollAll(), POLL);
      this.#polled = Date.now();
    }
    if (this.isOpen) this.#subscribe(stream); else this.open();
  }

  leave(stream) {
    this.#listeners.delete(stream);
    if (this.#listening.delete(stream)) this.say({ do: "unsubscribe", stream });
  }

  /** The server answered: the page knows what there was to know. */
  touch() { this.#touch(AWAY.asked); }

  #touch(patience) {
    this.#inTouch = Date.now();
    this.#patienceForAway = patience;
  }

  get #isAway() { return Date.now() - this.#inTouch >= this.#patienceForAway; }

  /** Send a message; false when nobody would hear it. */
  say(message) {
    if (!this.isOpen) return false;
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  open() {
    if (!this.#Socket || this.#socket) return;
    clearTimeout(this.#retry);
    let socket;
    try {
      socket = new this.#Socket(this.#address);
    } catch {
      this.#lost(0);
      return;
    }
    this.#socket = socket;
    // A proxy that swallows the handshake says nothing at all.
    this.#patience = setTimeout(() => this.#drop(socket), PATIENCE);
    socket.onopen = () => {
      clearTimeout(this.#patience);
      this.#heard = Date.now();
      this.#away = this.#isAway;
      this.#pinging = setInterval(() => this.#ping(socket), PING);
      for (const stream of this.#listeners.keys()) this.#subscribe(stream);
    };
    socket.onmessage = ({ data }) => { if (socket === this.#socket) this.#receive(data); };
    socket.onclose = ({ code }) => {
      if (socket !== this.#socket) return;
      // It was there until this moment; a silence that was found out later was not.
      if (this.#listening.size) this.#touch(AWAY.heard);
      this.#lost(code);
    };
  }

  /** The network is back, or the reader is: do not wait for the next try. */
  wake() {
    if (this.isOpen) return this.#ping(this.#socket);
    this.#failures = 0;
    if (this.#socket) this.#drop(this.#socket);
    clearTimeout(this.#retry);
    this.open();
    return undefined;
  }

  /** The network is gone, or the page goes to sleep. */
  sleep() {
    if (!this.#socket) return;
    if (this.isOpen) this.#touch(AWAY.heard);
    this.#drop(this.#socket, true);
  }

  #subscribe(stream) {
    const since = this.#listeners.get(stream)?.since();
    this.say({ do: "subscribe", stream, ...(Number.isInteger(since) ? { since } : {}) });
  }

  #receive(data) {
    this.#heard = Date.now();
    this.#touch(AWAY.heard);
    let frame;
    try { frame = JSON.parse(data); } catch { return; }
    const listener = this.#listeners.get(frame.stream);
    if (frame.kind === "subscribed") {
      this.#failures = 0;
      this.#listening.add(frame.stream);
    }
    if (frame.kind === "refused") this.#listening.delete(frame.stream);
    if (frame.kind === "error" && listener && frame.code === "unavailable") {
      setTimeout(() => { if (this.#listeners.has(frame.stream)) this.#subscribe(frame.stream); }, POLL);
    }
    listener?.hear(frame, this.#away);
  }

  #ping(socket) {
    const asked = Date.now();
    if (!this.say({ do: "ping" })) return;
    setTimeout(() => { if (socket === this.#socket && this.#heard < asked) this.#drop(socket); }, PATIENCE);
  }

  #drop(socket, forGood = false) {
    socket.onopen = socket.onmessage = socket.onclose = null;
    try { socket.close(); } catch { /* It never opened. */ }
    if (socket === this.#socket) this.#lost(0, forGood);
  }

  #lost(code, forGood = false) {
    clearTimeout(this.#patience);
    clearInterval(this.#pinging);
    const wasOn = this.#listening.size > 0;
    this.#socket = null;
    this.#listening.clear();
    if (forGood) return;
    this.#failures += 1;
    const wait = code === 1008 ? LONGEST : Math.min(LONGEST, 1000 * 2 ** (this.#failures - 1)) * (0.5 + this.#random() / 2);
    const { soonest, spread } = code === RESTART.code ? RESTART : RETURN;
    this.#retry = setTimeout(() => this.open(), this.#failures === 1 ? soonest + spread * this.#random() : wait);
    if (!wasOn && this.#failures === 1) this.#pollAll(true);
  }

  #pollAll(now = false) {
    const hidden = globalThis.document?.hidden;
    // A tab nobody looks at asks four times less often.
    if (!now && hidden && Date.now() - this.#polled < 4 * POLL - 1000) return;
    this.#polled = Date.now();
    const away = this.#isAway;
    for (const [stream, listener] of this.#listeners) if (!this.#listening.has(stream)) listener.poll(away);
  }

  /** Ask over HTTP at once for everything that brings no frames. */
  poll() { this.#pollAll(true); }
}
