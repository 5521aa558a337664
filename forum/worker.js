// Lets a thread that somebody has opened be read again without a network. Nothing is fetched ahead but the offline page.
// forum/pocket.py writes RELEASE in front of this: it changes with the offline page, and a browser then takes the new worker.
//
// Whose pages these are: an answer says by X-Reader for whom it was made (forum/privacy.py), and what is kept stands in
// caches of that name. As soon as one was made for somebody else, after a sign-out for a visitor, all others are dropped.
// Whether a page may be kept at all is the server's to say, by X-Keep-Offline (community/kept.py).
const HOUSE = `house:${RELEASE}`;
// Named by their content, so that a file of any release is right for ever, and a kept page finds those of its own time.
const FILES = "files";
const OFFLINE = "/offline/";
const MOST = { pages: 40, pictures: 120 };
const LARGEST_PICTURE = 1024 * 1024;
const NAMED_BY_CONTENT = /^\/(static\/forum\/.+\.|brand\/)[0-9a-f]{12}\.\w+$/;
const NAMES = /["'(]((?:\/static\/forum\/|\/brand\/|\.{1,2}\/)(?:[^"'()\s#]+\.)?[0-9a-f]{12}\.\w+)/g;
const PICTURE = /^\/(attachments|people)\//;
// Opening one of these is a download, or it is nothing that a page could stand in for.
const NO_PAGE = /^\/(static|media|attachments|documents|feeds)\//;
const THREAD = /^\/threads\/\d+\//;

// What changes the caches happens one after the other, so that nothing is put back behind the one who forgets.
let queue = Promise.resolve();
const inTurn = (work) => (queue = queue.then(work).catch(() => { /* The disk is full or the line went: nothing is kept. */ }));
// For whom the newest answer was made, and when that changed: an answer asked for before is somebody else's.
let reader = null;
let turnedAt = 0;

addEventListener("install", (event) => event.waitUntil(furnish().then(() => skipWaiting())));
addEventListener("activate", (event) => event.waitUntil(moveIn()));
addEventListener("message", ({ data, source }) => {
  if (data === "forget") forget();
  if (data?.keep && data.keep === source?.url.split("#")[0]) inTurn(() => keepFirst(data));
});
addEventListener("fetch", (event) => {
  const { request } = event;
  // Forms, parts of files and other people's addresses go their way as if nobody were here.
  if (request.method !== "GET" || request.headers.has("range")) return;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.mode === "navigate") {
    if (!NO_PAGE.test(pathname)) event.respondWith(open(event));
  } else if (NAMED_BY_CONTENT.test(pathname)) event.respondWith(file(event));
  else if (request.destination === "image" && PICTURE.test(pathname)) event.respondWith(picture(event));
});

async function furnish() {
  const page = await fetch(OFFLINE, { cache: "reload" });
  if (!page.ok) throw new Error(`${page.status}`);
  const text = await page.text();
  await bring(text, page.url);
  await (await caches.open(HOUSE)).put(OFFLINE, toKeep(text, page));
}

/** An answer as it is kept: how it travelled and for whom it was made does not have to stay. */
function toKeep(text, answer) {
  const headers = new Headers(answer.headers);
  for (const name of ["Content-Encoding", "Content-Length", "X-Reader"]) headers.delete(name);
  return new Response(text, { headers });
}

async function moveIn() {
  for (const name of await caches.keys()) if (name.startsWith("house:") && name !== HOUSE) await caches.delete(name);
  await clients.claim();
  inTurn(sweep);
}

/** Files that neither the offline page nor a kept one names, nor one of their files, are of no use any more. */
async function sweep() {
  const used = new Set();
  for (const name of [HOUSE, ...await caches.keys().then((names) => names.filter((one) => one.startsWith("pages:")))]) {
    const cache = await caches.open(name);
    for (const key of await cache.keys()) await bring(await (await cache.match(key, { ignoreVary: true })).text(), key.url, used);
  }
  const files = await caches.open(FILES);
  for (const key of await files.keys()) if (!used.has(key.url)) await files.delete(key);
}

/** Have every file that the text names, and what those name in turn; `had` collects their addresses. */
async function bring(text, base, had = new Set()) {
  const files = await caches.open(FILES);
  await Promise.all([...text.matchAll(NAMES)].map(async ([, name]) => {
    const { href } = new URL(name, base);
    if (had.has(href)) return;
    had.add(href);
    let answer = await files.match(href);
    if (!answer) {
      answer = await fetch(href);
      if (!answer.ok) return;
      await files.put(href, answer.clone());
    }
    if (/\.(js|css)$/.test(href)) await bring(await answer.text(), href, had);
  }));
}

async function open(event) {
  const askedAt = performance.now();
  const url = event.request.url.split("#")[0];
  let answer;
  try {
    answer = await fetch(event.request);
  } catch {
    return await find(url) ?? await caches.match(OFFLINE, { cacheName: HOUSE, ignoreVary: true }) ?? Response.error();
  }
  if (answer.headers.has("X-Reader")) {
    const copy = mayBeKept(answer) ? answer.clone() : answer;
    turn(answer.headers.get("X-Reader"), askedAt);
    event.waitUntil(inTurn(() => see(url, copy, askedAt)));
  }
  return answer;
}

const mayBeKept = (answer) => answer.status === 200 && answer.headers.has("X-Keep-Offline")
  && !/no-store/.test(answer.headers.get("Cache-Control") ?? "");

function turn(now, askedAt) {
  if (now === reader || askedAt < turnedAt) return;
  reader = now;
  turnedAt = askedAt;
}

async function see(url, answer, askedAt) {
  const madeFor = answer.headers.get("X-Reader");
  if (madeFor !== reader || askedAt < turnedAt) return;
  for (const name of await caches.keys()) {
    if (/^(pages|pictures):/.test(name) && !name.endsWith(`:${madeFor}`)) await caches.delete(name);
  }
  if (!mayBeKept(answer)) return;
  const page = await answer.text();
  await bring(page, url);
  // The page says itself when it was seen, so that it does so in its first line.
  const marked = page.replace("<body", `<body data-kept-at="${new Date().toISOString()}"`);
  await put(`pages:${madeFor}`, url, toKeep(marked, answer), MOST.pages);
}

/** The worker came after the page it is wanted for: once, that page is asked for again. */
async function keepFirst({ keep, pictures }) {
  const askedAt = performance.now();
  const answer = await fetch(keep, { headers: { Accept: "text/html" } });
  turn(answer.headers.get("X-Reader"), askedAt);
  await see(keep, answer, askedAt);
  for (const address of pictures ?? []) {
    if (PICTURE.test(new URL(address, location).pathname)) await keepPicture(address, await fetch(address));
  }
}

async function put(name, url, answer, most) {
  const cache = await caches.open(name);
  // The oldest stand first, and what is seen again is new.
  await cache.delete(url, { ignoreVary: true });
  await cache.put(url, answer);
  const keys = await cache.keys();
  for (const key of keys.slice(0, Math.max(0, keys.length - most))) await cache.delete(key, { ignoreVary: true });
}

async function forget() {
  reader = null;
  turnedAt = performance.now();
  await inTurn(async () => {
    for (const name of await caches.keys()) if (/^(pages|pictures):/.test(name)) await caches.delete(name);
  });
}

/** The page as it was last seen; of a thread whose address is spelt otherwise, whatever is kept of it. */
async function find(url) {
  const { pathname, searchParams } = new URL(url);
  const thread = THREAD.exec(pathname)?.[0];
  for (const name of await caches.keys()) {
    if (!name.startsWith("pages:")) continue;
    const cache = await caches.open(name);
    const page = await cache.match(url, { ignoreVary: true });
    if (page) return page;
    const same = thread && !searchParams.has("page")
      && (await cache.keys()).find((key) => new URL(key.url).pathname.startsWith(thread));
    if (same) return Response.redirect(same.url);
  }
  return null;
}

async function file(event) {
  const { url } = event.request;
  const had = await caches.match(url, { cacheName: FILES });
  if (had) return had;
  const answer = await fetch(event.request);
  if (answer.ok) {
    const copy = answer.clone();
    event.waitUntil(inTurn(async () => (await caches.open(FILES)).put(url, copy)));
  }
  return answer;
}

async function picture(event) {
  const { url } = event.request;
  try {
    const answer = await fetch(event.request);
    const copy = answer.clone();
    event.waitUntil(inTurn(() => keepPicture(url, copy)));
    return answer;
  } catch {
    for (const name of await caches.keys()) {
      const had = name.startsWith("pictures:") && await caches.match(url, { cacheName: name });
      if (had) return had;
    }
    return Response.error();
  }
}

/** Only what everybody may see is kept, and beside pages of the same reader. */
async function keepPicture(url, answer) {
  if (!answer.ok || !/public/.test(answer.headers.get("Cache-Control") ?? "")) return;
  const pages = (await caches.keys()).find((name) => name.startsWith("pages:"));
  if (!pages) return;
  const content = await answer.blob();
  if (content.size > LARGEST_PICTURE) return;
  await put(pages.replace("pages:", "pictures:"), url, new Response(content, { headers: answer.headers }), MOST.pictures);
}
