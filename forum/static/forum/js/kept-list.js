// The offline page: what the worker has kept of the threads that were read here. [data-kept-list] holds a list and a <template> of its lines.
const place = document.querySelector("[data-kept-list]");
if (place && "caches" in globalThis) list();

async function list() {
  const found = new Map();
  for (const name of await caches.keys()) {
    if (!name.startsWith("pages:")) continue;
    const cache = await caches.open(name);
    for (const key of await cache.keys()) {
      const page = new DOMParser().parseFromString(await (await cache.match(key, { ignoreVary: true })).text(), "text/html");
      const { pathname } = new URL(key.url);
      // One line a thread, leading to the page of it that was read last.
      found.delete(pathname);
      found.set(pathname, { url: key.url, title: page.querySelector("h1")?.textContent.trim(), at: page.body.dataset.keptAt });
    }
  }
  const lines = place.querySelector("ul");
  for (const { url, title, at } of [...found.values()].reverse()) {
    const line = place.querySelector("template").content.cloneNode(true);
    line.querySelector("a").href = url;
    line.querySelector("bdi").textContent = title ?? url;
    line.querySelector("time").dateTime = at;
    lines.append(line);
  }
  lines.hidden = !found.size;
  place.querySelector("[data-none]").hidden = found.size > 0;
}
